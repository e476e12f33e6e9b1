/*
 * listener.c - accepts connections, tells acegated of each, forks a process for it.
 *
 * This process parses nothing of what the network sends.  It holds the listening sockets and the
 * channel to acegated, and ends with the channel: without a router there is nothing to log in to.
 * Logins are children; they end with this process (PR_SET_PDEATHSIG), it survives theirs.
 *
 * What an SSH login needs, host keys included, comes from acegated over the channel whenever it
 * changes, and is kept here for the logins to come.  Without host keys SSH is off: whoever connects
 * is reset.  A telnet login, whose process speaks with the network too, gets its copy wiped.
 *
 * A login that cannot be served (too many, no memory, no descriptors) is reset, as IOS does when all
 * lines are busy.  When not even accept() works, listening pauses instead of spinning; and when logins
 * come too fast (pace.h), they wait.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cli/vty/confine.h"
#include "cli/vty/pace.h"
#include "cli/vty/runner.h"
#include "cli/vty/vty.h"

enum { LISTENER_PAUSE_MS = 1000, PEER_TEXT_MAX = INET6_ADDRSTRLEN + 8 };

struct listener {
	const struct vty_options *opt;
	int signals;
	size_t logins;
	struct pace pace;
	int64_t paused_until_ms;
	bool over;
	char ssh[VTY_SSH_TEXT_MAX]; /* what SSH logins need; "" SSH is off */
};

/* "A.B.C.D PORT" for IPv4, also where it came mapped into IPv6. */
static void
listener_peer_text(const struct sockaddr_storage *from, char text[PEER_TEXT_MAX])
{
	const struct sockaddr_in *v4 = (const struct sockaddr_in *)from;
	const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)from;
	char address[INET6_ADDRSTRLEN] = "";
	uint16_t port = 0;

	if (from->ss_family == AF_INET) {
		inet_ntop(AF_INET, &v4->sin_addr, address, sizeof(address));
		port = ntohs(v4->sin_port);
	} else if (from->ss_family == AF_INET6) {
		if (IN6_IS_ADDR_V4MAPPED(&v6->sin6_addr))
			inet_ntop(AF_INET, v6->sin6_addr.s6_addr + 12, address, sizeof(address));
		else
			inet_ntop(AF_INET6, &v6->sin6_addr, address, sizeof(address));
		port = ntohs(v6->sin6_port);
	}
	snprintf(text, PEER_TEXT_MAX, "%s %u", address, port);
}

/* Hands the router its end of the login, with the transport and the peer's address and port. */
static int
listener_announce(
	const struct listener *l, enum vty_transport transport, const char *peer, int session)
{
	static const char *const names[] = { [VTY_TELNET] = "telnet ", [VTY_SSH] = "ssh " };
	union {
		struct cmsghdr header;
		char space[CMSG_SPACE(sizeof(int))];
	} control = { .header = { .cmsg_len = CMSG_LEN(sizeof(int)),
			      .cmsg_level = SOL_SOCKET,
			      .cmsg_type = SCM_RIGHTS } };
	struct iovec iov[] = {
		{ .iov_base = (void *)names[transport], .iov_len = strlen(names[transport]) },
		{ .iov_base = (void *)peer, .iov_len = strlen(peer) },
	};
	struct msghdr msg = { .msg_iov = iov,
		.msg_iovlen = sizeof(iov) / sizeof(iov[0]),
		.msg_control = &control,
		.msg_controllen = sizeof(control) };

	memcpy(CMSG_DATA(&control.header), &session, sizeof(session));
	return sendmsg(l->opt->channel, &msg, MSG_NOSIGNAL) < 0 ? -errno : 0;
}

static void
listener_reset(int net)
{
	const struct linger at_once = { .l_onoff = 1, .l_linger = 0 };

	setsockopt(net, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
	close(net);
}

static void listener_become_login(struct listener *l, enum vty_transport transport, pid_t parent,
	int net, int session) __attribute__((noreturn));

/* In the child. */
static void
listener_become_login(
	struct listener *l, enum vty_transport transport, pid_t parent, int net, int session)
{
	const int keep[] = { net, session, l->opt->program.fd };
	sigset_t none;

	if (transport != VTY_SSH)
		explicit_bzero(l->ssh, sizeof(l->ssh));
	confine_descriptors(keep, sizeof(keep) / sizeof(keep[0]));
	vty_confine_login(parent);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_IGN);
	runner_forgets(l->ssh, sizeof(l->ssh));
	if (transport == VTY_SSH)
		vty_ssh_login(net, session, &l->opt->program, l->ssh);
	vty_login(net, session, &l->opt->program);
}

/* False when the login cannot be served. */
static bool
listener_login(struct listener *l, enum vty_transport transport, int net, const char *peer)
{
	int pair[2];
	pid_t parent = getpid(), child;
	bool announced;

	if (l->logins >= VTY_LOGINS_MAX || (transport == VTY_SSH && l->ssh[0] == '\0'))
		return false;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
		return false;
	announced = listener_announce(l, transport, peer, pair[0]) == 0;
	close(pair[0]);
	child = announced ? fork() : -1;
	if (child == 0)
		listener_become_login(l, transport, parent, net, pair[1]);
	close(pair[1]);
	if (child < 0)
		return false;
	l->logins++;
	return true;
}

static int64_t
listener_now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* How long nobody is to be accepted, 0: now. */
static int
listener_wait_ms(const struct listener *l)
{
	int64_t now = listener_now_ms(), pace = pace_wait_ms(&l->pace, now);
	int64_t pause = l->paused_until_ms - now;

	return (int)(pause > pace ? pause : pace);
}

static void
listener_accept(struct listener *l, const struct vty_listener *at)
{
	struct sockaddr_storage from = { 0 };
	socklen_t len = sizeof(from);
	int net = accept4(at->fd, (struct sockaddr *)&from, &len, SOCK_CLOEXEC);
	char peer[PEER_TEXT_MAX];

	if (net < 0) {
		if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)
			l->paused_until_ms = listener_now_ms() + LISTENER_PAUSE_MS;
		return;
	}
	pace_take(&l->pace, listener_now_ms());
	listener_peer_text(&from, peer);
	if (listener_login(l, at->transport, net, peer))
		close(net);
	else
		listener_reset(net);
}

static void
listener_on_signal(struct listener *l)
{
	struct signalfd_siginfo info;

	if (read(l->signals, &info, sizeof(info)) != sizeof(info))
		return;
	if (info.ssi_signo != SIGCHLD) {
		l->over = true;
		return;
	}
	while (waitpid(-1, NULL, WNOHANG) > 0)
		l->logins--;
}

/* "ssh" and a line end, then what SSH logins need; or the router has gone. */
static void
listener_on_channel(struct listener *l)
{
	static const char ssh[] = "ssh\n";
	const size_t head = sizeof(ssh) - 1;
	char text[sizeof(ssh) - 1 + VTY_SSH_TEXT_MAX]; /* what fits into l->ssh, and its NUL */
	ssize_t n = recv(l->opt->channel, text, sizeof(text) - 1, MSG_DONTWAIT | MSG_TRUNC);

	if (n == 0)
		l->over = true;
	if (n < (ssize_t)head || memcmp(text, ssh, head) != 0)
		return;
	/* Cut short it would be half a key. */
	text[n < (ssize_t)sizeof(text) ? (size_t)n : head] = '\0';
	memcpy(l->ssh, text + head, strlen(text + head) + 1);
	explicit_bzero(text, sizeof(text));
}

static void
listener_turn(struct listener *l)
{
	const struct vty_options *o = l->opt;
	int wait = listener_wait_ms(l);
	struct pollfd fds[2 + VTY_LISTENERS_MAX] = {
		{ .fd = l->signals, .events = POLLIN },
		{ .fd = o->channel, .events = POLLIN },
	};

	for (size_t i = 0; i < o->listeners; i++)
		fds[2 + i] = (struct pollfd){ .fd = wait > 0 ? -1 : o->listener[i].fd,
			.events = POLLIN };
	if (poll(fds, 2 + o->listeners, wait > 0 ? wait : -1) < 0)
		return;
	if (fds[0].revents != 0)
		listener_on_signal(l);
	if (fds[1].revents != 0)
		listener_on_channel(l);
	for (size_t i = 0; i < o->listeners && !l->over; i++) {
		if (fds[2 + i].revents != 0 && listener_wait_ms(l) <= 0)
			listener_accept(l, &o->listener[i]);
	}
}

int
vty_serve(const struct vty_options *opt)
{
	static struct listener l; /* the keys are many bytes */
	sigset_t handled;

	l.opt = opt;

	sigemptyset(&handled);
	sigaddset(&handled, SIGCHLD);
	sigaddset(&handled, SIGINT);
	sigaddset(&handled, SIGTERM);
	sigprocmask(SIG_BLOCK, &handled, NULL);
	l.signals = signalfd(-1, &handled, SFD_CLOEXEC);
	if (l.signals < 0) {
		perror("acegate-vtyd: signalfd");
		return 1;
	}
	/* Another process must not take a connection between our poll() and accept(). */
	for (size_t i = 0; i < opt->listeners; i++)
		fcntl(opt->listener[i].fd, F_SETFL, O_NONBLOCK);
	while (!l.over)
		listener_turn(&l);
	close(l.signals);
	return 0;
}
