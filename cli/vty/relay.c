/*
 * relay.c - the loop of a login's process.
 *
 * Two bounded buffers; a side is read only while what that can make fits, so a slow reader holds the
 * writer back and nothing is lost.  The options are not offered, and nothing typed is taken, before the
 * terminal has written something: until then the router may still turn the login away, and then the
 * client shall see a reset and no more, as IOS does when all lines are busy.
 *
 * A client that closes its side (a script piped into it) still gets what its last lines print: the
 * terminal is told that no more will come, and ends when all of it is done.  One that is gone altogether
 * resets the connection at the first byte it gets.
 *
 * When the session has ended nothing holds the process for long: what was said last goes out as long as the
 * client reads, and what it still sends is dropped.  Else who was never let in could keep processes by
 * not reading, or by sending a byte now and then, and there are not many to be had.
 *
 * On Linux the pty's master reads what the other side wrote to the last byte, and then EIO.
 */
#include "cli/vty/relay.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "cli/vty/nvt.h"

enum {
	RELAY_BUFFER = 65536,
	RELAY_READ = 2048,
	RELAY_ANSWERS = RELAY_READ * NVT_ANSWER_MAX, /* what one read can make to send */
	RELAY_AHEAD = 4096, /* unsent bytes that are enough: the rest is better dropped at Ctrl-C */
	RELAY_LINGER_MS = 2000, /* for the client to take leave, whatever it sends meanwhile */
	RELAY_STALL_MS = 10000, /* for it to read the last words */
};

struct buffer {
	size_t start, used;
	char data[RELAY_BUFFER];
};

struct relay {
	int net, pty;
	struct nvt *nvt;
	struct buffer to_net, to_pty;
	bool greeted;  /* the terminal has written, so the client knows of us */
	bool net_eof;  /* the client closed its side; it may still read */
	bool pty_told; /* ... and the terminal knows */
	bool pty_over; /* nobody has the terminal any more; there may be more to read from it */
	bool net_gone, pty_gone;
};

static size_t
buffer_room(const struct buffer *b)
{
	return RELAY_BUFFER - b->used;
}

/* False when it does not fit. */
static bool
buffer_add(struct buffer *b, const char *p, size_t n)
{
	if (n > buffer_room(b))
		return false;
	if (b->start + b->used + n > RELAY_BUFFER) {
		memmove(b->data, b->data + b->start, b->used);
		b->start = 0;
	}
	memcpy(b->data + b->start + b->used, p, n);
	b->used += n;
	return true;
}

/* Writes what fd takes. False when it takes nothing any more. */
static bool
buffer_drain(struct buffer *b, int fd)
{
	ssize_t n = write(fd, b->data + b->start, b->used);

	if (n < 0)
		return errno == EAGAIN || errno == EINTR;
	b->used -= (size_t)n;
	b->start = b->used > 0 ? b->start + (size_t)n : 0;
	return true;
}

static void
relay_keys(void *arg, const char *buf, size_t len)
{
	struct relay *r = arg;

	if (!buffer_add(&r->to_pty, buf, len))
		r->net_gone = true;
}

static void
relay_send(void *arg, const char *buf, size_t len)
{
	struct relay *r = arg;

	if (!buffer_add(&r->to_net, buf, len))
		r->net_gone = true;
}

static void
relay_window(void *arg, unsigned rows, unsigned columns)
{
	struct relay *r = arg;
	struct winsize size = { 0 };

	size.ws_row = rows > 0 ? (unsigned short)rows : 24;
	size.ws_col = columns > 0 ? (unsigned short)columns : 80;
	ioctl(r->pty, TIOCSWINSZ, &size);
}

static void
relay_read_net(struct relay *r)
{
	char buf[RELAY_READ];
	ssize_t n = read(r->net, buf, sizeof(buf));

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n == 0)
		r->net_eof = true;
	else if (n < 0 || !nvt_receive(r->nvt, buf, (size_t)n))
		r->net_gone = true;
}

static void
relay_read_pty(struct relay *r)
{
	char buf[RELAY_READ];
	ssize_t n = read(r->pty, buf, sizeof(buf));

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) {
		r->pty_gone = true;
		return;
	}
	if (!r->greeted)
		nvt_greet(r->nvt);
	r->greeted = true;
	nvt_print(r->nvt, buf, (size_t)n);
}

/* A window without rows and columns says so (cli/console/console.c). */
static void
relay_end_input(struct relay *r)
{
	const struct winsize none = { 0 };

	r->pty_told = true;
	ioctl(r->pty, TIOCSWINSZ, &none);
}

/* One turn: waits, then moves what can be moved. */
static void
relay_turn(struct relay *r)
{
	bool answers_fit = buffer_room(&r->to_net) >= RELAY_ANSWERS;
	bool read_net = r->greeted && !r->net_eof && !r->pty_over && answers_fit &&
			buffer_room(&r->to_pty) >= RELAY_READ;
	short net = (read_net ? POLLIN : 0) | (r->to_net.used > 0 ? POLLOUT : 0);
	bool read_pty = answers_fit && r->to_net.used < RELAY_AHEAD;
	short pty = (read_pty ? POLLIN : 0) | (r->to_pty.used > 0 ? POLLOUT : 0);
	struct pollfd fds[] = {
		{ .fd = r->net, .events = net },
		{ .fd = pty != 0 || !r->pty_over ? r->pty : -1, .events = pty },
	};
	int n = poll(fds, 2, r->pty_over ? RELAY_STALL_MS : -1);

	if (n < 0)
		return;
	if (n == 0)
		r->net_gone = true;
	if ((fds[1].revents & POLLHUP) != 0)
		r->pty_over = true;
	if ((fds[0].revents & (POLLERR | POLLHUP)) != 0)
		r->net_gone = true;
	if (r->to_net.used > 0 && !buffer_drain(&r->to_net, r->net))
		r->net_gone = true;
	if (read_net && (fds[0].revents & POLLIN) != 0)
		relay_read_net(r);
	if (r->to_pty.used > 0 && !buffer_drain(&r->to_pty, r->pty))
		r->pty_gone = true;
	if (r->net_eof && !r->pty_told && r->to_pty.used == 0)
		relay_end_input(r);
	if (read_pty && fds[1].revents != 0)
		relay_read_pty(r);
}

static int64_t
relay_now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Waits for fd; false when nothing comes in time. */
static bool
relay_wait(int fd, short events, int ms)
{
	struct pollfd p = { .fd = fd, .events = events };
	int n;

	do
		n = poll(&p, 1, ms);
	while (n < 0 && errno == EINTR);
	return n > 0 && (p.revents & (POLLERR | POLLHUP)) == 0;
}

/*
 * The last words, then the end of our side, then what the client still sends, unread: closing with
 * input unread would make the kernel reset the connection and take the last words back.
 */
static void
relay_take_leave(struct relay *r)
{
	char unread[RELAY_READ];
	int64_t until;

	while (r->to_net.used > 0) {
		if (!relay_wait(r->net, POLLOUT, RELAY_STALL_MS) ||
			!buffer_drain(&r->to_net, r->net))
			return;
	}
	shutdown(r->net, SHUT_WR);
	until = relay_now_ms() + RELAY_LINGER_MS;
	for (int64_t left = RELAY_LINGER_MS; left > 0; left = until - relay_now_ms()) {
		if (!relay_wait(r->net, POLLIN, (int)left) ||
			read(r->net, unread, sizeof(unread)) <= 0)
			return;
	}
}

static void
relay_reset(int net)
{
	const struct linger at_once = { .l_onoff = 1, .l_linger = 0 };

	setsockopt(net, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
}

void
relay_run(int net, int pty)
{
	static struct relay r; /* too big for a stack; one per process */
	const struct nvt_ops ops = { relay_keys, relay_send, relay_window, &r };

	r.net = net;
	r.pty = pty;
	r.nvt = nvt_create(&ops);
	fcntl(net, F_SETFL, O_NONBLOCK);
	fcntl(pty, F_SETFL, O_NONBLOCK);
	while (r.nvt != NULL && !r.net_gone && !r.pty_gone)
		relay_turn(&r);
	close(pty); /* hangs up on whoever is left there */
	if (r.pty_gone && r.greeted && !r.net_gone)
		relay_take_leave(&r);
	else if (!r.greeted)
		relay_reset(net);
	close(net);
	nvt_destroy(r.nvt);
}
