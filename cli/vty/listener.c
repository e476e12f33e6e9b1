/*
 * listener.c - accepts connections, tells acegated of each, forks a process for it.
 *
 * This process parses nothing of what the network sends.  It holds the listening sockets and the
 * channel to acegated, and ends with the channel: without a router there is nothing to log in to.
 * Logins are children; they end with this process (PR_SET_PDEATHSIG), it survives theirs.
 *
 * A login that cannot be served (too many, no memory, no descriptors) is reset, as IOS does when all
 * lines are busy.  When not even accept() works, listening pauses instead of spinning.
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
#include <unistd.h>

#include "cli/vty/confine.h"
#include "cli/vty/vty.h"

enum { LISTENER_PAUSE_MS = 1000 };

struct listener {
	const struct vty_options *opt;
	int signals;
	size_t logins;
	bool paused;
	bool over;
};

/* "A.B.C.D" for IPv4, also where it came mapped into IPv6. */
static void
listener_peer_text(const struct sockaddr_storage *from, char text[INET6_ADDRSTRLEN])
{
	const struct sockaddr_in *v4 = (const struct sockaddr_in *)from;
	const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)from;

	text[0] = '\0';
	if (from->ss_family == AF_INET)
		inet_ntop(AF_INET, &v4->sin_addr, text, INET6_ADDRSTRLEN);
	else if (from->ss_family == AF_INET6 && IN6_IS_ADDR_V4MAPPED(&v6->sin6_addr))
		inet_ntop(AF_INET, v6->sin6_addr.s6_addr + 12, text, INET6_ADDRSTRLEN);
	else if (from->ss_family == AF_INET6)
		inet_ntop(AF_INET6, &v6->sin6_addr, text, INET6_ADDRSTRLEN);
}

/* Hands the router its end of the login, with the peer's address. */
static int
listener_announce(const struct listener *l, const char *peer, int session)
{
	union {
		struct cmsghdr header;
		char space[CMSG_SPACE(sizeof(int))];
	} control = { .header = { .cmsg_len = CMSG_LEN(sizeof(int)),
			      .cmsg_level = SOL_SOCKET,
			      .cmsg_type = SCM_RIGHTS } };
	struct iovec iov = { .iov_base = (void *)peer, .iov_len = strlen(peer) };
	struct msghdr msg = { .msg_iov = &iov,
		.msg_iovlen = 1,
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

/* In the child. */
static void __attribute__((noreturn))
listener_become_login(const struct listener *l, pid_t parent, int net, int session)
{
	const int keep[] = { net, session, l->opt->program.fd };
	sigset_t none;
	int err;

	confine_descriptors(keep, sizeof(keep) / sizeof(keep[0]));
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_IGN);
	err = confine_privileges(parent);
	if (err < 0) {
		fprintf(stderr, "acegate-vtyd: cannot give up privileges: %s\n", strerror(-err));
		_exit(1);
	}
	vty_login(net, session, &l->opt->program);
}

/* False when the login cannot be served. */
static bool
listener_login(struct listener *l, int net, const char *peer)
{
	int pair[2];
	pid_t parent = getpid(), child;
	bool announced;

	if (l->logins >= VTY_LOGINS_MAX)
		return false;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
		return false;
	announced = listener_announce(l, peer, pair[0]) == 0;
	close(pair[0]);
	child = announced ? fork() : -1;
	if (child == 0)
		listener_become_login(l, parent, net, pair[1]);
	close(pair[1]);
	if (child < 0)
		return false;
	l->logins++;
	return true;
}

static void
listener_accept(struct listener *l, int fd)
{
	struct sockaddr_storage from = { 0 };
	socklen_t len = sizeof(from);
	int net = accept4(fd, (struct sockaddr *)&from, &len, SOCK_CLOEXEC);
	char peer[INET6_ADDRSTRLEN];

	if (net < 0) {
		l->paused =
			errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM;
		return;
	}
	listener_peer_text(&from, peer);
	if (listener_login(l, net, peer))
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

/* The router says nothing there; it only closes. */
static void
listener_on_channel(struct listener *l)
{
	char byte;

	if (recv(l->opt->channel, &byte, sizeof(byte), MSG_DONTWAIT) == 0)
		l->over = true;
}

static void
listener_turn(struct listener *l)
{
	const struct vty_options *o = l->opt;
	struct pollfd fds[2 + VTY_LISTENERS_MAX] = {
		{ .fd = l->signals, .events = POLLIN },
		{ .fd = o->channel, .events = POLLIN },
	};

	for (size_t i = 0; i < o->listeners; i++)
		fds[2 + i] =
			(struct pollfd){ .fd = l->paused ? -1 : o->listener[i], .events = POLLIN };
	if (poll(fds, 2 + o->listeners, l->paused ? LISTENER_PAUSE_MS : -1) < 0)
		return;
	l->paused = false;
	if (fds[0].revents != 0)
		listener_on_signal(l);
	if (fds[1].revents != 0)
		listener_on_channel(l);
	for (size_t i = 0; i < o->listeners && !l->over; i++) {
		if (fds[2 + i].revents != 0)
			listener_accept(l, o->listener[i]);
	}
}

int
vty_serve(const struct vty_options *opt)
{
	struct listener l = { .opt = opt };
	sigset_t handled;

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
		fcntl(opt->listener[i], F_SETFL, O_NONBLOCK);
	while (!l.over)
		listener_turn(&l);
	close(l.signals);
	return 0;
}
