/*
 * ssh_login.c - one login over SSH: the life of its process.
 *
 * First the router has its say: no byte goes to the network before it has given the login a line, so
 * that a client that is turned away sees a reset and no more, as over telnet.  Then everything that
 * acegate takes is made ready, the host keys are read, the rights go, and the network is listened to.
 *
 * The authentication has a time limit (`ip ssh time-out`), and so has the client, once it is in, to ask
 * for a session.  When acegate ends, its exit status is told and the channel closed; the connection
 * ends when the client has closed its side, too, or does not read any more.
 *
 * One thread, libssh not blocking: everything waits in one poll().  While libssh has something to
 * write that the client does not read, the client is not read either.
 */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "cli/vty/confine.h"
#include "cli/vty/ssh.h"

enum {
	LOGIN_ROUTER_MS = 30000, /* for the router's first word */
	LOGIN_STALL_MS = 10000, /* for the client to read the last words, each time it reads some */
	LOGIN_LINGER_MS = 2000, /* for it to take leave */
};

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void login_reset(int net) __attribute__((noreturn));

/* Ends without a word, by a reset. */
static void
login_reset(int net)
{
	const struct linger at_once = { .l_onoff = 1, .l_linger = 0 };

	setsockopt(net, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
	_exit(0);
}

/* ---- the beginning ---- */

/* The router's first word: the banner, or nothing. False when it will not have this login. */
static bool
login_is_given_a_line(struct ssh_login *l)
{
	struct pollfd router = { .fd = l->router.fd, .events = POLLIN };
	enum proto_type type;
	const uint8_t *payload;
	size_t len;

	while (!wire_next(&l->router, &type, &payload, &len)) {
		if (l->router.gone || poll(&router, 1, LOGIN_ROUTER_MS) <= 0)
			return false;
		wire_fill(&l->router);
	}
	if (type != PROTO_OUTPUT)
		return false;
	if (len > 0)
		l->banner = strndup((const char *)payload, len);
	return true;
}

static int
login_on_message(ssh_session ssh, ssh_message msg, void *arg)
{
	struct ssh_login *l = arg;

	(void)ssh;
	if (ssh_auth_interactive(l, msg))
		return 0;
	if (ssh_message_type(msg) == SSH_REQUEST_AUTH)
		ssh_auth_none(l);
	return 1; /* refused, in the way that this kind of message is */
}

/* libssh takes the connection over. False when it cannot. */
static bool
login_take_over(struct ssh_login *l, ssh_bind server)
{
	l->ssh = ssh_new();
	if (l->ssh == NULL || ssh_bind_accept_fd(server, l->ssh, l->net) != SSH_OK)
		return false;
	ssh_bind_free(server);
	ssh_options_set(l->ssh, SSH_OPTIONS_COMPRESSION, "no");
	ssh_set_blocking(l->ssh, 0);
	l->server_callbacks.userdata = l;
	ssh_auth_init(l);
	ssh_channel_init(l);
	ssh_callbacks_init(&l->server_callbacks);
	ssh_set_server_callbacks(l->ssh, &l->server_callbacks);
	ssh_set_message_callback(l->ssh, login_on_message, l);
	return true;
}

static void
login_tune(int net)
{
	int on = 1, ahead = VTY_SEND_AHEAD;

	setsockopt(net, SOL_SOCKET, SO_SNDBUF, &ahead, sizeof(ahead));
	setsockopt(net, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	setsockopt(net, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on));
	fcntl(net, F_SETFL, O_NONBLOCK);
}

/* ---- the loop ---- */

/* Waits for what can be done, at most so long (-1: for ever); false when nothing was. */
static bool
login_wait(struct ssh_login *l, int64_t ms)
{
	bool unsent = (ssh_get_status(l->ssh) & SSH_WRITE_PENDING) != 0;
	short program = l->fd >= 0 ? ssh_relay_events(l) : 0;
	struct pollfd fds[] = {
		{ .fd = l->net, .events = unsent ? POLLOUT : POLLIN },
		{ .fd = program != 0 ? l->fd : -1, .events = program },
		{ .fd = l->router.fd, .events = POLLIN },
	};
	int n;

	do
		n = poll(fds, 3, ms > INT32_MAX ? INT32_MAX : (int)ms);
	while (n < 0 && errno == EINTR);
	/* Between questions the router says nothing: it has ended the login. */
	if (n < 0 || fds[2].revents != 0)
		l->over = true;
	return n != 0;
}

/* Lets libssh read and write. */
static void
login_pump(struct ssh_login *l, ssh_event event)
{
	if (ssh_event_dopoll(event, 0) == SSH_ERROR || !ssh_is_connected(l->ssh))
		l->over = true;
}

static void
login_tell_transport(struct ssh_login *l)
{
	const char *cipher = ssh_get_cipher_in(l->ssh), *hmac = ssh_get_hmac_in(l->ssh);
	char text[128];
	int n = snprintf(text, sizeof(text), "%s %s", cipher != NULL ? cipher : "-",
		hmac != NULL ? hmac : "-");

	wire_send(&l->router, PROTO_TRANSPORT, text, (size_t)n);
}

/* Keys, then whatever `done` waits for. False when it did not come in time. */
static bool
login_reach(struct ssh_login *l, ssh_event event, int64_t until, bool (*done)(struct ssh_login *))
{
	while (!l->over && !done(l)) {
		int64_t left = until - now_ms();

		if (left <= 0 || !login_wait(l, left))
			return false;
		login_pump(l, event);
	}
	return !l->over;
}

static bool
keys_agreed(struct ssh_login *l)
{
	int rc = ssh_handle_key_exchange(l->ssh);

	if (rc == SSH_ERROR)
		l->over = true;
	return rc == SSH_OK;
}

static bool
is_admitted(struct ssh_login *l)
{
	return l->admitted;
}

static bool
is_started(struct ssh_login *l)
{
	return l->fd >= 0;
}

static void
login_relay(struct ssh_login *l, ssh_event event)
{
	fcntl(l->fd, F_SETFL, O_NONBLOCK);
	while (!l->over && !l->remote_closed && ssh_relay_turn(l)) {
		login_wait(l, -1);
		login_pump(l, event);
	}
	close(l->fd); /* hangs up on acegate, if it is still there */
	l->fd = -1;
}

/* All that was sent goes out, as long as the client reads. */
static void
login_flush(struct ssh_login *l, ssh_event event)
{
	while (!l->over && (ssh_get_status(l->ssh) & SSH_WRITE_PENDING) != 0) {
		if (!login_wait(l, LOGIN_STALL_MS))
			return;
		login_pump(l, event);
	}
}

static void
login_take_leave(struct ssh_login *l, ssh_event event)
{
	int status = program_wait(&l->program);
	int64_t until;

	if (l->over)
		return;
	if (!l->remote_closed) {
		ssh_channel_request_send_exit_status(l->channel, status);
		ssh_channel_send_eof(l->channel);
	}
	ssh_channel_close(l->channel);
	login_flush(l, event);
	until = now_ms() + LOGIN_LINGER_MS;
	while (!l->over && !l->remote_closed && now_ms() < until && login_wait(l, until - now_ms()))
		login_pump(l, event);
}

static void
login_serve(struct ssh_login *l, unsigned timeout_s)
{
	ssh_event event = ssh_event_new();
	int64_t limit = (int64_t)timeout_s * 1000, until = now_ms() + limit;

	/* Nothing waits in libssh's own poll() any more; the session has one since its first step. */
	if (event == NULL || keys_agreed(l) || l->over ||
		ssh_event_add_session(event, l->ssh) != SSH_OK)
		return;
	if (!login_reach(l, event, until, keys_agreed))
		return;
	login_tell_transport(l);
	if (!login_reach(l, event, until, is_admitted) ||
		!login_reach(l, event, now_ms() + limit, is_started)) {
		if (l->over) /* the last refusal still goes out */
			l->over = false;
		login_flush(l, event);
		return;
	}
	login_relay(l, event);
	login_take_leave(l, event);
}

void
vty_ssh_login(int net, int session, const struct vty_program *program, char *settings)
{
	static struct ssh_login l; /* too big for a stack; one per process */
	ssh_bind server;
	unsigned timeout_s = 0;

	l.net = net;
	l.fd = -1;
	wire_init(&l.router, session);
	login_tune(net);
	if (!login_is_given_a_line(&l) || program_prepare(&l.program, program, session) < 0)
		login_reset(net);
	close(program->fd);
	server = ssh_server_create(settings, &timeout_s);
	explicit_bzero(settings, VTY_SSH_TEXT_MAX);
	vty_confine_transport();
	if (server == NULL || !login_take_over(&l, server))
		login_reset(net);
	login_serve(&l, timeout_s);
	ssh_silent_disconnect(l.ssh);
	_exit(0);
}
