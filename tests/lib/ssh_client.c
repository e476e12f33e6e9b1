/*
 * ssh_client.c - see the header. In the child, failures are exit statuses.
 */
#include "tests/lib/ssh_client.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <libssh/libssh.h>

enum { CLIENT_PATIENCE_S = 30 };

const char *ssh_client_banner;

static volatile sig_atomic_t resized;

static void
on_resize(int sig)
{
	(void)sig;
	resized = 1;
}

/* One prompt, without echo, as it stands in the contract. */
static int
answer(ssh_session s, const char *password)
{
	int rc = ssh_userauth_kbdint(s, NULL, NULL);
	char echo = 1;

	while (rc == SSH_AUTH_INFO && ssh_userauth_kbdint_getnprompts(s) == 0)
		rc = ssh_userauth_kbdint(s, NULL, NULL);
	if (rc != SSH_AUTH_INFO)
		return rc;
	if (ssh_userauth_kbdint_getnprompts(s) != 1 ||
		strcmp(ssh_userauth_kbdint_getprompt(s, 0, &echo), "Password: ") != 0 || echo != 0)
		_exit(CLIENT_WRONG);
	ssh_userauth_kbdint_setanswer(s, 0, password);
	do
		rc = ssh_userauth_kbdint(s, NULL, NULL);
	while (rc == SSH_AUTH_INFO && ssh_userauth_kbdint_getnprompts(s) == 0);
	return rc;
}

static int
prove(ssh_session s, const struct ssh_client *c)
{
	int rc = SSH_AUTH_DENIED;
	ssh_key key = NULL;

	if (c->method == CLIENT_KEY) {
		if (ssh_pki_import_privkey_base64(c->key, NULL, NULL, NULL, &key) != SSH_OK)
			_exit(CLIENT_WRONG);
		rc = ssh_userauth_try_publickey(s, NULL, key);
		return rc == SSH_AUTH_SUCCESS ? ssh_userauth_publickey(s, NULL, key) : rc;
	}
	for (const char *const *p = c->passwords; *p != NULL && rc == SSH_AUTH_DENIED; p++)
		rc = c->method == CLIENT_INTERACTIVE ? answer(s, *p)
						     : ssh_userauth_password(s, NULL, *p);
	return rc;
}

static void
check_methods(ssh_session s)
{
	const int methods =
		SSH_AUTH_METHOD_PUBLICKEY | SSH_AUTH_METHOD_INTERACTIVE | SSH_AUTH_METHOD_PASSWORD;
	char *banner;

	if (ssh_userauth_none(s, NULL) != SSH_AUTH_DENIED)
		_exit(ssh_is_connected(s) ? CLIENT_WRONG : CLIENT_CUT_OFF);
	if (ssh_userauth_list(s, NULL) != methods)
		_exit(CLIENT_WRONG);
	banner = ssh_get_issue_banner(s);
	if (ssh_client_banner == NULL ? banner != NULL
				      : banner == NULL || strcmp(banner, ssh_client_banner) != 0)
		_exit(CLIENT_WRONG);
	free(banner);
}

static ssh_session
log_in(const struct ssh_client *c)
{
	ssh_session s = ssh_new();
	long patience = CLIENT_PATIENCE_S;
	int no = 0, rc;

	ssh_options_set(s, SSH_OPTIONS_PROCESS_CONFIG, &no);
	ssh_options_set(s, SSH_OPTIONS_HOST, "127.0.0.1");
	ssh_options_set(s, SSH_OPTIONS_PORT, &c->port);
	ssh_options_set(s, SSH_OPTIONS_USER, c->user);
	ssh_options_set(s, SSH_OPTIONS_TIMEOUT, &patience);
	if (c->host_key != NULL)
		ssh_options_set(s, SSH_OPTIONS_HOSTKEYS, c->host_key);
	if (ssh_connect(s) != SSH_OK)
		_exit(CLIENT_NO_CONNECTION);
	check_methods(s);
	rc = prove(s, c);
	if (rc != SSH_AUTH_SUCCESS)
		_exit(rc == SSH_AUTH_DENIED ? CLIENT_REFUSED : CLIENT_CUT_OFF);
	return s;
}

static ssh_channel
open_session(ssh_session s, const struct ssh_client *c)
{
	ssh_channel channel = ssh_channel_new(s);

	if (ssh_channel_open_session(channel) != SSH_OK)
		_exit(CLIENT_NO_SESSION);
	if (c->terminal && ssh_channel_request_pty_size(
				   channel, "xterm", (int)c->columns, (int)c->rows) != SSH_OK)
		_exit(CLIENT_NO_SESSION);
	if (c->extra != NULL)
		c->extra(s, channel);
	if ((c->command != NULL ? ssh_channel_request_exec(channel, c->command)
				: ssh_channel_request_shell(channel)) != SSH_OK)
		_exit(CLIENT_NO_SESSION);
	return channel;
}

static void
write_all(int fd, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t done = write(fd, p, n);

		if (done < 0)
			_exit(CLIENT_WRONG);
		p += done;
		n -= (size_t)done;
	}
}

/*
 * Carries bytes until the channel ends.  Who does not read `fd` holds this up, and with it the
 * channel's window.
 */
static void
carry(ssh_session s, ssh_channel channel, int fd)
{
	char buf[16384];
	bool typing = true;
	int n;

	while (!ssh_channel_is_closed(channel)) {
		struct pollfd fds[] = {
			{ .fd = ssh_get_fd(s), .events = POLLIN },
			{ .fd = typing ? fd : -1, .events = POLLIN },
		};

		while ((n = ssh_channel_read_nonblocking(channel, buf, sizeof(buf), 0)) > 0)
			write_all(fd, buf, (size_t)n);
		if (n < 0 || ssh_channel_is_eof(channel))
			return;
		if (resized) {
			resized = 0;
			ssh_channel_change_pty_size(channel, 140, 60);
		}
		if (poll(fds, 2, 50) <= 0 || fds[1].revents == 0)
			continue;
		n = (int)read(fd, buf, sizeof(buf));
		if (n > 0 && ssh_channel_write(channel, buf, (uint32_t)n) != n)
			return;
		if (n <= 0) {
			ssh_channel_send_eof(channel);
			typing = false;
		}
	}
}

static void run(const struct ssh_client *c, int fd) __attribute__((noreturn));

static void
run(const struct ssh_client *c, int fd)
{
	ssh_session s = log_in(c);
	ssh_channel channel = open_session(s, c);
	int status;

	carry(s, channel, fd);
	status = ssh_channel_get_exit_status(channel);
	ssh_channel_close(channel);
	ssh_disconnect(s);
	_exit(status < 0 ? CLIENT_NO_STATUS : status);
}

pid_t
ssh_client_start(const struct ssh_client *c, int *fd)
{
	int pair[2];
	pid_t pid;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
		return -1;
	pid = fork();
	if (pid == 0) {
		signal(SIGUSR1, on_resize);
		close(pair[0]);
		run(c, pair[1]);
	}
	close(pair[1]);
	*fd = pair[0];
	return pid;
}

void
ssh_client_resize(pid_t client)
{
	kill(client, SIGUSR1);
}

int
ssh_client_wait(pid_t client)
{
	int status;

	while (waitpid(client, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
