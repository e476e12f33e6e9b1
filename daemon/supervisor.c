/*
 * supervisor.c - the process that keeps its privileges.
 *
 * It does little, so that little can be done to it: waits for children, signals, and requests of one
 * byte.  Whoever has taken over the router's process can have acegate-vtyd started, one at a time and
 * not more often than once a second, and the router itself; no more.
 *
 * The router's process dies with this one (PR_SET_PDEATHSIG), so that killing acegated kills the
 * router; a signal that asks for the end is passed on, and its exit status is the router's.
 */
#include "config.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "confine/confine.h"
#include "daemon/listen.h"
#include "daemon/supervisor.h"
#include "daemon/vtyd.h"

enum { VTYD_PAUSE_MS = 1000, KILLED = 128 };

struct supervisor {
	struct listeners listeners;
	sigset_t before; /* the signal mask for children */
	int signals, control;
	pid_t router, vtyd;
	int channel;	   /* for the acegate-vtyd to come: -1 nobody asked */
	bool vtyd_current; /* this router asked for it, not the one before */
	bool pausing, reload;
	int status; /* the router's, once it has ended */
};

int
supervisor_send(int control, enum supervisor_message what, int fd)
{
	char byte = (char)what;
	union {
		struct cmsghdr header;
		char space[CMSG_SPACE(sizeof(int))];
	} c = { .header = { .cmsg_len = CMSG_LEN(sizeof(int)),
			.cmsg_level = SOL_SOCKET,
			.cmsg_type = SCM_RIGHTS } };
	struct iovec iov = { .iov_base = &byte, .iov_len = 1 };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1 };

	if (fd >= 0) {
		memcpy(CMSG_DATA(&c.header), &fd, sizeof(fd));
		msg.msg_control = &c;
		msg.msg_controllen = sizeof(c);
	}
	return sendmsg(control, &msg, MSG_NOSIGNAL) < 0 ? -errno : 0;
}

/* The byte of a message, 0 at the end; *fd is what came with it, or -1. */
static char
receive(int control, int *fd)
{
	char byte = 0;
	union {
		struct cmsghdr header;
		char space[CMSG_SPACE(sizeof(int))];
	} c;
	struct iovec iov = { .iov_base = &byte, .iov_len = 1 };
	struct msghdr msg = { .msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = &c,
		.msg_controllen = CMSG_LEN(sizeof(int)) }; /* room for one */

	*fd = -1;
	if (recvmsg(control, &msg, MSG_CMSG_CLOEXEC | MSG_DONTWAIT) <= 0)
		return 0;
	if (CMSG_FIRSTHDR(&msg) != NULL && c.header.cmsg_type == SCM_RIGHTS &&
		c.header.cmsg_len == CMSG_LEN(sizeof(int)))
		memcpy(fd, CMSG_DATA(&c.header), sizeof(*fd));
	return byte;
}

static void
forget_channel(struct supervisor *s)
{
	if (s->channel >= 0)
		close(s->channel);
	s->channel = -1;
}

static void
start_vtyd(struct supervisor *s)
{
	if (s->vtyd > 0 || s->pausing || s->channel < 0)
		return;
	s->vtyd = fork();
	if (s->vtyd == 0) {
		sigprocmask(SIG_SETMASK, &s->before, NULL);
		vtyd_exec(&s->listeners, s->channel);
	}
	if (s->vtyd < 0) {
		perror("acegated: acegate-vtyd");
		s->pausing = true; /* and then again */
		return;
	}
	s->vtyd_current = true;
	forget_channel(s);
}

static void
on_request(struct supervisor *s)
{
	int fd;

	switch (receive(s->control, &fd)) {
	case SUPERVISOR_VTYD:
		forget_channel(s);
		s->channel = fd;
		fd = -1;
		start_vtyd(s);
		break;
	case SUPERVISOR_RELOAD:
		s->reload = true;
		break;
	case 0: /* it ends; SIGCHLD says how */
		close(s->control);
		s->control = -1;
		break;
	}
	if (fd >= 0)
		close(fd);
}

static void
on_child(struct supervisor *s)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		if (pid == s->router) {
			s->router = -1;
			s->status =
				WIFEXITED(status) ? WEXITSTATUS(status) : KILLED + WTERMSIG(status);
			if (WIFSIGNALED(status))
				fprintf(stderr, "acegated: the router ended: %s\n",
					strsignal(WTERMSIG(status)));
		} else if (pid == s->vtyd) {
			s->vtyd = -1;
			s->pausing = s->vtyd_current;
			if (s->vtyd_current && s->router > 0 && s->control >= 0)
				fprintf(stderr,
					"acegated: acegate-vtyd ended (status %#x), starting it "
					"again\n",
					(unsigned)status);
		}
	}
	start_vtyd(s);
}

static void
on_signal(struct supervisor *s)
{
	struct signalfd_siginfo info;

	if (read(s->signals, &info, sizeof(info)) != sizeof(info))
		return;
	if (info.ssi_signo == SIGCHLD)
		on_child(s);
	else if (s->router > 0)
		kill(s->router, SIGTERM);
}

static void
end_pause(struct supervisor *s)
{
	s->pausing = false;
	if (s->channel < 0 && s->control >= 0)
		supervisor_send(s->control, SUPERVISOR_VTYD_ENDED, -1);
	start_vtyd(s);
}

/* Until the router's process has ended. */
static void
watch(struct supervisor *s)
{
	while (s->router > 0) {
		struct pollfd fds[] = { { .fd = s->signals, .events = POLLIN },
			{ .fd = s->control, .events = POLLIN } };
		int n = poll(fds, 2, s->pausing ? VTYD_PAUSE_MS : -1);

		if (n == 0)
			end_pause(s);
		if (n > 0 && fds[1].revents != 0)
			on_request(s);
		if (n > 0 && fds[0].revents != 0)
			on_signal(s);
	}
	/* What it sent last. */
	while (s->control >= 0)
		on_request(s);
}

/* In the router's process: nothing of the supervisor's is left in it. */
static int
become_router(
	struct supervisor *s, pid_t parent, int control, bool reloaded, struct supervised *child)
{
	*child = (struct supervised){ .control = control,
		.reloaded = reloaded,
		.logins = s->listeners.telnets + s->listeners.sshs > 0 };
	listeners_close(&s->listeners);
	forget_channel(s);
	close(s->signals);
	close(s->control);
	sigprocmask(SIG_SETMASK, &s->before, NULL);
	if (confine_to_parent(parent, SIGKILL) < 0)
		exit(1);
	return -1;
}

/* The exit status, or -1 in the router's process. */
static int
run_router(struct supervisor *s, bool reloaded, struct supervised *child)
{
	pid_t parent = getpid();
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0) {
		perror("acegated");
		return 1;
	}
	s->reload = s->vtyd_current = false;
	s->control = pair[0];
	s->router = fork();
	if (s->router == 0)
		return become_router(s, parent, pair[1], reloaded, child);
	close(pair[1]);
	if (s->router < 0) {
		perror("acegated");
		return 1;
	}
	watch(s);
	return s->status;
}

int
supervise(const struct options *o, struct supervised *child)
{
	struct supervisor s = { .router = -1, .vtyd = -1, .channel = -1, .control = -1 };
	sigset_t handled;
	int status = 1;

	sigemptyset(&handled);
	sigaddset(&handled, SIGCHLD);
	sigaddset(&handled, SIGINT);
	sigaddset(&handled, SIGTERM);
	sigprocmask(SIG_BLOCK, &handled, &s.before);
	s.signals = signalfd(-1, &handled, SFD_CLOEXEC);
	if (s.signals < 0) {
		perror("acegated: signalfd");
		return 1;
	}
	if (listeners_open(&s.listeners, o) == 0) {
		status = run_router(&s, false, child);
		while (status == 0 && s.reload)
			status = run_router(&s, true, child);
	}
	if (status < 0)
		return -1; /* the router's process */
	forget_channel(&s);
	if (s.vtyd > 0) { /* its channel is closed: it is about to end */
		kill(s.vtyd, SIGTERM);
		waitpid(s.vtyd, NULL, 0);
	}
	listeners_close(&s.listeners);
	close(s.signals);
	return status;
}
