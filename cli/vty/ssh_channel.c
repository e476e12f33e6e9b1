/*
 * ssh_channel.c - what a client may ask for once it is in: one session, with a shell or one command.
 *
 * Everything else is refused in the protocol's own way, and the connection goes on: a second session,
 * forwarding of any kind, the agent, X11, subsystems, environment variables.  A shell is the same with
 * and without a pty request, as on IOS, where every login is a line with a terminal.
 */
#include <string.h>

#include "cli/vty/ssh.h"

static int
channel_on_pty(ssh_session ssh, ssh_channel channel, const char *term, int columns, int rows,
	int pixels_wide, int pixels_high, void *arg)
{
	struct ssh_login *l = arg;

	(void)ssh;
	(void)channel;
	(void)term;
	(void)pixels_wide;
	(void)pixels_high;
	if (l->fd >= 0)
		return -1;
	program_window(
		&l->program, rows > 0 ? (unsigned)rows : 0, columns > 0 ? (unsigned)columns : 0);
	return 0;
}

static int
channel_on_window(ssh_session ssh, ssh_channel channel, int columns, int rows, int pixels_wide,
	int pixels_high, void *arg)
{
	struct ssh_login *l = arg;

	(void)ssh;
	(void)channel;
	(void)pixels_wide;
	(void)pixels_high;
	if ((l->fd >= 0 && !l->shell) || l->input_ended)
		return -1;
	program_window(
		&l->program, rows > 0 ? (unsigned)rows : 0, columns > 0 ? (unsigned)columns : 0);
	return 0;
}

/* acegate has the session from here. */
static int
channel_started(struct ssh_login *l, int fd, bool shell)
{
	wire_fini(&l->router);
	l->router.fd = -1;
	if (fd < 0) {
		l->over = true;
		return -1;
	}
	l->fd = fd;
	l->shell = shell;
	return 0;
}

static int
channel_on_shell(ssh_session ssh, ssh_channel channel, void *arg)
{
	struct ssh_login *l = arg;

	(void)ssh;
	(void)channel;
	if (l->fd >= 0 || l->over)
		return -1;
	return channel_started(l, program_shell(&l->program), true);
}

static int
channel_on_exec(ssh_session ssh, ssh_channel channel, const char *command, void *arg)
{
	struct ssh_login *l = arg;

	(void)ssh;
	(void)channel;
	if (l->fd >= 0 || l->over || strlen(command) > PROGRAM_COMMAND_MAX)
		return -1;
	return channel_started(l, program_exec(&l->program, command), false);
}

/* Ctrl-C by another way; the other signals mean nothing here. */
static void
channel_on_signal(ssh_session ssh, ssh_channel channel, const char *name, void *arg)
{
	struct ssh_login *l = arg;

	(void)ssh;
	(void)channel;
	if (strcmp(name, "INT") == 0 && l->shell && l->in.start + l->in.used < sizeof(l->in.data))
		l->in.data[l->in.start + l->in.used++] = 0x03;
}

static void
channel_on_close(ssh_session ssh, ssh_channel channel, void *arg)
{
	struct ssh_login *l = arg;

	(void)ssh;
	(void)channel;
	l->remote_closed = true;
}

static ssh_channel
channel_on_open(ssh_session ssh, void *arg)
{
	struct ssh_login *l = arg;

	if (l->channel != NULL || !l->admitted)
		return NULL;
	l->channel = ssh_channel_new(ssh);
	if (l->channel != NULL)
		ssh_set_channel_callbacks(l->channel, &l->channel_callbacks);
	return l->channel;
}

void
ssh_channel_init(struct ssh_login *l)
{
	l->fd = -1;
	l->channel_callbacks = (struct ssh_channel_callbacks_struct){
		.userdata = l,
		.channel_pty_request_function = channel_on_pty,
		.channel_pty_window_change_function = channel_on_window,
		.channel_shell_request_function = channel_on_shell,
		.channel_exec_request_function = channel_on_exec,
		.channel_signal_function = channel_on_signal,
		.channel_close_function = channel_on_close,
	};
	ssh_callbacks_init(&l->channel_callbacks);
	l->server_callbacks.channel_open_request_session_function = channel_on_open;
}
