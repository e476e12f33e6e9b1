/*
 * vtyd.c - see the header.
 */
#include "tests/lib/vtyd.h"

#include <arpa/inet.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/lib/fake_router.h"

int
vtyd_start(struct vtyd *v, const char *transport)
{
	socklen_t len = sizeof(v->address);
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), pair[2];
	char path[512], option[32], listening[8], channel[8];

	v->transport = transport;
	v->address = (struct sockaddr_in){ .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	if (bind(listener, (struct sockaddr *)&v->address, sizeof(v->address)) < 0 ||
		listen(listener, 8) < 0 ||
		getsockname(listener, (struct sockaddr *)&v->address, &len) < 0 ||
		socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
		return -1;
	snprintf(option, sizeof(option), "--%s-fd", transport);
	snprintf(listening, sizeof(listening), "%d", VTYD_LISTEN_FD);
	snprintf(channel, sizeof(channel), "%d", VTYD_CHANNEL_FD);
	v->pid = fork();
	if (v->pid == 0) {
		dup2(listener, VTYD_LISTEN_FD);
		dup2(pair[1], VTYD_CHANNEL_FD);
		execl(fake_program("acegate-vtyd", path, sizeof(path)), "acegate-vtyd", option,
			listening, "--channel-fd", channel, (char *)NULL);
		_exit(127);
	}
	close(listener);
	close(pair[1]);
	v->channel = pair[0];
	return 0;
}

int
vtyd_stop(struct vtyd *v)
{
	int status;

	close(v->channel);
	if (waitpid(v->pid, &status, 0) != v->pid)
		return -1;
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : -1;
}

int
vtyd_dial(const struct vtyd *v)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_int_equal(connect(fd, (const struct sockaddr *)&v->address, sizeof(v->address)), 0);
	return fd;
}

/* The login's announcement into text. */
static int
take(const struct vtyd *v, char *text, size_t size)
{
	union {
		struct cmsghdr header;
		char space[CMSG_SPACE(sizeof(int))];
	} control;
	struct iovec iov = { .iov_base = text, .iov_len = size - 1 };
	struct msghdr msg = { .msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control) };
	struct pollfd ready = { .fd = v->channel, .events = POLLIN };
	ssize_t n;
	int fd;

	assert_int_equal(poll(&ready, 1, FAKE_PATIENCE_MS), 1);
	n = recvmsg(v->channel, &msg, MSG_CMSG_CLOEXEC);
	assert_true(n > 0);
	text[n] = '\0';
	assert_non_null(CMSG_FIRSTHDR(&msg));
	memcpy(&fd, CMSG_DATA(&control.header), sizeof(fd));
	return fd;
}

int
vtyd_take_login(const struct vtyd *v, unsigned port)
{
	char text[64], peer[64];
	int fd = take(v, text, sizeof(text));

	snprintf(peer, sizeof(peer), "%s 127.0.0.1 %u", v->transport, port);
	assert_string_equal(text, peer);
	return fd;
}

int
vtyd_take_any_login(const struct vtyd *v)
{
	char text[64], peer[64];
	int fd = take(v, text, sizeof(text));

	snprintf(peer, sizeof(peer), "%s 127.0.0.1 ", v->transport);
	assert_memory_equal(text, peer, strlen(peer));
	return fd;
}

void
vtyd_tell_ssh(const struct vtyd *v, const char *text)
{
	char message[40000];
	int n = snprintf(message, sizeof(message), "ssh\n%s", text);

	assert_true(n < (int)sizeof(message));
	assert_int_equal(send(v->channel, message, (size_t)n, 0), n);
}

pid_t
vtyd_child_of(pid_t parent)
{
	char path[64];
	FILE *children;
	int pid = -1;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/children", parent, parent);
	children = fopen(path, "r");
	assert_non_null(children);
	if (fscanf(children, "%d", &pid) != 1)
		pid = -1;
	fclose(children);
	return pid;
}
