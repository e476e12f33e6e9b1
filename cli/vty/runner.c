/*
 * runner.c - the process that will be acegate for a login: told what to be by one message, with its
 * standard descriptors attached (SCM_RIGHTS).
 *
 * It leads a session of its own, so that a terminal can be its controlling one: when the transport
 * ends, however it ends, the kernel hangs up on acegate.  Without a terminal the parent-death signal does
 * the same.
 */
#include "cli/vty/runner.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/vty/confine.h"

enum { STANDARD_FDS = 3, ARGUMENTS_MAX = 64 };

union control {
	struct cmsghdr header;
	char space[CMSG_SPACE(STANDARD_FDS * sizeof(int))];
};

static struct {
	void *at;
	size_t len;
} secret;

void
runner_forgets(void *at, size_t len)
{
	secret.at = at;
	secret.len = len;
}

/* Waits for its orders; exits when none will come. The length of text. */
static size_t
take_orders(int control, char *text, size_t size, int fd[STANDARD_FDS])
{
	union control c;
	struct iovec iov = { .iov_base = text, .iov_len = size };
	struct msghdr msg = { .msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = c.space,
		.msg_controllen = sizeof(c.space) };
	ssize_t n;

	do
		n = recvmsg(control, &msg, MSG_CMSG_CLOEXEC);
	while (n < 0 && errno == EINTR);
	if (n < 0 || CMSG_FIRSTHDR(&msg) == NULL ||
		CMSG_FIRSTHDR(&msg)->cmsg_len != CMSG_LEN(STANDARD_FDS * sizeof(int)))
		_exit(0);
	memcpy(fd, CMSG_DATA(CMSG_FIRSTHDR(&msg)), STANDARD_FDS * sizeof(int));
	return (size_t)n;
}

static void __attribute__((noreturn))
become_acegate(int session, const struct vty_program *program, char *text, size_t len)
{
	const int keep[] = { session, program->fd };
	static char *const environment[] = { "TERM=dumb", "PATH=/usr/bin:/bin", "HOME=/", NULL };
	static char *argv[ARGUMENTS_MAX + 1] = { "acegate", "--session-fd" };
	char number[16];
	size_t n = 2;

	snprintf(number, sizeof(number), "%d", session);
	argv[n++] = number;
	for (char *p = text; p < text + len && n < ARGUMENTS_MAX; p += strlen(p) + 1)
		argv[n++] = p;
	confine_descriptors(keep, sizeof(keep) / sizeof(keep[0]));
	fcntl(session, F_SETFD, 0);
	execve(program->path, argv, environment);
	/* A tree that our user may not enter: the open descriptor leads past it. */
	execveat(program->fd, "", argv, environment, AT_EMPTY_PATH);
	_exit(127);
}

static void __attribute__((noreturn))
run(int control, int session, const struct vty_program *program)
{
	const int keep[] = { control, session, program->fd };
	char text[RUNNER_ARGUMENTS_MAX + 1];
	int fd[STANDARD_FDS];
	size_t len;

	confine_descriptors(keep, sizeof(keep) / sizeof(keep[0]));
	setsid();
	vty_confine_console();
	len = take_orders(control, text, RUNNER_ARGUMENTS_MAX, fd);
	text[len] = '\0';
	if (isatty(fd[0]) && ioctl(fd[0], TIOCSCTTY, 0) < 0)
		_exit(127);
	for (int i = 0; i < STANDARD_FDS; i++)
		if (dup2(fd[i], i) < 0)
			_exit(127);
	become_acegate(session, program, text, len);
}

int
runner_start(struct runner *r, int session, const struct vty_program *program)
{
	pid_t parent = getpid();
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
		return -errno;
	r->pid = fork();
	if (r->pid == 0) {
		if (secret.at != NULL)
			explicit_bzero(secret.at, secret.len);
		vty_confine_login(parent);
		run(pair[1], session, program);
	}
	close(pair[1]);
	r->control = pair[0];
	if (r->pid > 0)
		return 0;
	close(r->control);
	return -errno;
}

int
runner_run(struct runner *r, const char *const *argument, const int fd[3])
{
	char text[RUNNER_ARGUMENTS_MAX];
	union control c = { .header = { .cmsg_len = CMSG_LEN(STANDARD_FDS * sizeof(int)),
				    .cmsg_level = SOL_SOCKET,
				    .cmsg_type = SCM_RIGHTS } };
	struct iovec iov = { .iov_base = text };
	struct msghdr msg = { .msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = c.space,
		.msg_controllen = sizeof(c.space) };

	for (; *argument != NULL; argument++) {
		size_t n = strlen(*argument) + 1;

		if (n > sizeof(text) - iov.iov_len)
			return -E2BIG;
		memcpy(text + iov.iov_len, *argument, n);
		iov.iov_len += n;
	}
	memcpy(CMSG_DATA(&c.header), fd, STANDARD_FDS * sizeof(int));
	return sendmsg(r->control, &msg, MSG_NOSIGNAL) < 0 ? -errno : 0;
}

int
runner_wait(struct runner *r)
{
	int status = 0;

	close(r->control);
	while (waitpid(r->pid, &status, 0) < 0 && errno == EINTR)
		continue;
	return status;
}
