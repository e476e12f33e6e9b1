/*
 * server_test.c - the control socket with real sockets on a real event loop: requests, hostile clients,
 * slow ones, the vty channel.
 *
 * One thread plays both ends: a client's wait turns the server's loop until its frame is there.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <event2/event.h>

#include "cli/session/protocol.h"
#include "cli/session/server.h"
#include "cli/session/session.h"
#include "router/reload.h"

enum { PATIENCE_MS = 20000, BIG_OUTPUT = 300 * 1024, LOG_LINES = 10000, STEP_MS = 10 };

static unsigned big_runs;

static int
run_hello(struct session *s, const struct args *a)
{
	(void)a;
	session_print(s, "hello\nworld\n");
	return 0;
}

static int
run_big(struct session *s, const struct args *a)
{
	char line[1025];

	(void)a;
	big_runs++;
	memset(line, 'x', sizeof(line) - 1);
	line[sizeof(line) - 1] = '\0';
	for (int i = 0; i < BIG_OUTPUT / 1024; i++)
		session_print(s, line);
	return 0;
}

static void
answered(struct session *s, const char *answer, void *arg)
{
	(void)arg;
	session_printf(s, "<%s>\n", answer);
}

static int
run_ask(struct session *s, const struct args *a)
{
	(void)a;
	session_ask(s, ASK_SECRET, "Secret: ", answered, NULL);
	return 0;
}

static int
run_log(struct session *s, const struct args *a)
{
	(void)a;
	session_print(s, "before\n");
	logging_emit(session_router(s), "TEST", 5, "NOTE", "said");
	session_print(s, "behind\n");
	return 0;
}

static int
run_monitor(struct session *s, const struct args *a)
{
	(void)a;
	session_set_monitor(s, true);
	return 0;
}

static int
run_exit(struct session *s, const struct args *a)
{
	(void)a;
	session_print(s, "bye\n");
	session_exit(s);
	return 0;
}

static int
run_reload(struct session *s, const struct args *a)
{
	(void)a;
	logging_emit(session_router(s), "TEST", 5, "NOTE", "reloading");
	router_request_reload(session_router(s));
	return 0;
}

/* Work of five steps, on a clock that the test turns. */
static unsigned steps, stops, ends;

static int64_t
count_step(struct session *s, void *arg)
{
	(void)arg;
	session_put(s, ".");
	return ++steps == 5 ? WORK_DONE : STEP_MS;
}

static void
count_stopped(struct session *s, void *arg)
{
	(void)arg;
	stops++;
	session_put(s, "stopped\n");
}

static void
count_ended(void *arg)
{
	(void)arg;
	ends++;
}

static int
run_count(struct session *s, const struct args *a)
{
	(void)a;
	session_print(s, "counting\n");
	session_work(s, &(struct session_work){ count_step, count_stopped, count_ended, NULL });
	return 0;
}

static const struct command table[] = {
	{ .syntax = "hello", .help = "Greets", .run = run_hello },
	{ .syntax = "big", .help = "Prints a lot", .run = run_big },
	{ .syntax = "ask", .help = "Asks", .run = run_ask },
	{ .syntax = "log", .help = "Logs", .run = run_log },
	{ .syntax = "count", .help = "Takes time", .run = run_count },
	{ .syntax = "monitor", .help = "Listens", .run = run_monitor },
	{ .syntax = "exit", .help = "Leaves", .run = run_exit },
	{ .syntax = "reload", .help = "Begins anew", .run = run_reload },
	{ .syntax = NULL },
};

static const struct command *const tables[] = { table, NULL };

struct bench {
	char dir[32], path[64];
	struct event_base *base;
	struct router *router;
	struct grammar *grammar;
	struct server *server;
};

struct client {
	struct bench *b;
	int fd;
	uint8_t buf[PROTO_MAX];
	size_t have;
	enum proto_type type; /* the last frame */
	char text[PROTO_MAX];
	size_t len;
};

static struct client one, two;

/* The router's clock: stands still until a test turns it. */
static uint64_t now_ms;

static int64_t
turned_wall(void *arg)
{
	(void)arg;
	return INT64_C(1700000000000000) + (int64_t)now_ms * 1000;
}

static uint64_t
turned_mono(void *arg)
{
	(void)arg;
	return now_ms;
}

static const struct router_clock turned_clock = { turned_wall, turned_mono, NULL };

static int
setup_with(void **state, const struct router_clock *clock)
{
	static struct bench b;
	struct router_options router = { .clock = clock };
	struct server_options opt;

	strcpy(b.dir, "/tmp/acegate-test-XXXXXX");
	assert_non_null(mkdtemp(b.dir));
	snprintf(b.path, sizeof(b.path), "%s/acegate.sock", b.dir);
	b.base = event_base_new();
	b.router = router_create(&router);
	b.grammar = grammar_create(tables);
	assert_true(b.base != NULL && b.router != NULL && b.grammar != NULL);
	opt = (struct server_options){ b.base, b.router, b.grammar, b.path };
	b.server = server_create(&opt);
	assert_non_null(b.server);
	one.fd = two.fd = -1;
	big_runs = steps = stops = ends = 0;
	now_ms = 5000;
	*state = &b;
	return 0;
}

static int
setup(void **state)
{
	return setup_with(state, NULL);
}

static int
setup_turned(void **state)
{
	return setup_with(state, &turned_clock);
}

static int
teardown(void **state)
{
	struct bench *b = *state;

	if (one.fd >= 0)
		close(one.fd);
	if (two.fd >= 0)
		close(two.fd);
	server_destroy(b->server);
	grammar_destroy(b->grammar);
	router_destroy(b->router);
	event_base_free(b->base);
	/* The server has taken its socket away: the directory is empty. */
	assert_int_equal(rmdir(b->dir), 0);
	return 0;
}

static void
turn(struct bench *b)
{
	assert_true(event_base_loop(b->base, EVLOOP_NONBLOCK) >= 0);
}

static void
attach(struct client *c, struct bench *b, int fd)
{
	assert_true(fd >= 0);
	c->b = b;
	c->fd = fd;
	c->have = 0;
}

static void
say(struct client *c, enum proto_type type, const char *text)
{
	assert_int_equal(proto_send(c->fd, type, text, strlen(text)), 0);
}

/* Waits for the next frame; false when the connection ends instead. */
static bool
next_frame(struct client *c)
{
	for (int waited = 0; waited < PATIENCE_MS; waited++) {
		const uint8_t *payload;
		long whole = proto_parse(c->buf, c->have, &c->type, &payload, &c->len);
		struct pollfd p = { .fd = c->fd, .events = POLLIN };
		ssize_t n;

		assert_true(whole >= 0);
		if (whole > 0) {
			memcpy(c->text, payload, c->len);
			c->text[c->len] = '\0';
			c->have -= (size_t)whole;
			memmove(c->buf, c->buf + whole, c->have);
			return true;
		}
		turn(c->b);
		if (poll(&p, 1, 1) <= 0)
			continue;
		n = recv(c->fd, c->buf + c->have, sizeof(c->buf) - c->have, MSG_DONTWAIT);
		if (n == 0 || (n < 0 && errno == ECONNRESET))
			return false;
		assert_true(n > 0);
		c->have += (size_t)n;
	}
	fail_msg("no frame within %d ms", PATIENCE_MS);
	return false;
}

static void
expect(struct client *c, enum proto_type type, const char *text)
{
	assert_true(next_frame(c));
	assert_int_equal(c->type, type);
	if (text != NULL)
		assert_string_equal(c->text, text);
}

static void
expect_ready(struct client *c, int status, const char *prompt)
{
	struct proto_ready r;

	expect(c, PROTO_READY, NULL);
	assert_int_equal(proto_ready_decode((const uint8_t *)c->text, c->len, &r), 0);
	assert_int_equal(r.status, status);
	assert_string_equal(r.prompt, prompt);
}

static void
expect_end(struct client *c)
{
	assert_false(next_frame(c));
	close(c->fd);
	c->fd = -1;
}

static void
console(struct client *c, struct bench *b)
{
	attach(c, b, proto_connect(b->path));
	say(c, PROTO_HELLO, "console 24 80");
	expect_ready(c, 0, "Router>");
}

static void
window(struct client *c, const char *said, unsigned length, unsigned width)
{
	struct proto_ready r;

	say(c, PROTO_RESIZE, said);
	say(c, PROTO_INTERRUPT, "");
	expect(c, PROTO_READY, NULL);
	assert_int_equal(proto_ready_decode((const uint8_t *)c->text, c->len, &r), 0);
	assert_int_equal(r.length, length);
	assert_int_equal(r.width, width);
}

static void
requests(void **state)
{
	struct bench *b = *state;
	struct stat st;

	assert_int_equal(stat(b->path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0660);
	console(&one, b);
	assert_int_equal(server_session_count(b->server), 1);
	say(&one, PROTO_EXECUTE, "hello");
	expect(&one, PROTO_OUTPUT, "hello\nworld\n");
	expect_ready(&one, 0, "Router>");
	say(&one, PROTO_EXECUTE, "hello you");
	expect(&one, PROTO_OUTPUT, "             ^\n% Invalid input detected at '^' marker.\n\n");
	expect_ready(&one, 1, "Router>");
	say(&one, PROTO_HELP, "he");
	expect(&one, PROTO_OUTPUT, "hello  \n\n");
	expect_ready(&one, 0, "Router>");
	say(&one, PROTO_COMPLETE, "he");
	expect(&one, PROTO_LINE, "hello ");
	expect_ready(&one, 0, "Router>");
	window(&one, "50 132", 50, 132);
	/* Sizes no terminal has are brought within bounds. */
	window(&one, "0 0", 24, 80);
	window(&one, "1 1", 2, 11);
	window(&one, "1000 511", 512, 511);
	window(&one, "65535 65535", 512, 512);
	window(&one, "-1 -1", 24, 80);
	say(&one, PROTO_EXECUTE, "ask");
	expect(&one, PROTO_ASK, NULL);
	assert_int_equal(one.text[0], ASK_SECRET);
	assert_string_equal(one.text + 1, "Secret: ");
	say(&one, PROTO_ANSWER, "xyzzy");
	expect(&one, PROTO_OUTPUT, "<xyzzy>\n");
	expect_ready(&one, 0, "Router>");
	say(&one, PROTO_EXECUTE, "ask");
	expect(&one, PROTO_ASK, NULL);
	say(&one, PROTO_INTERRUPT, "");
	expect_ready(&one, 0, "Router>");
	say(&one, PROTO_EXECUTE, "ask");
	expect(&one, PROTO_ASK, NULL);
	say(&one, PROTO_INTERRUPT, "line");
	expect_ready(&one, 0, "Router>");
	say(&one, PROTO_INTERRUPT, "line"); /* nothing to stop any more; answered all the same */
	expect_ready(&one, 0, "Router>");
	say(&one, PROTO_EXECUTE, "exit");
	expect(&one, PROTO_OUTPUT, "bye\n");
	expect(&one, PROTO_BYE, "");
	expect_end(&one);
	assert_int_equal(server_session_count(b->server), 0);
}

static void
batch(void **state)
{
	attach(&one, *state, proto_connect(((struct bench *)*state)->path));
	say(&one, PROTO_HELLO, "batch 0 0");
	expect_ready(&one, 0, "Router#");
	say(&one, PROTO_EXECUTE, "ask");
	expect(&one, PROTO_OUTPUT, "Secret: \n<>\n");
	expect_ready(&one, 0, "Router#");
}

/* A frame may come a byte at a time, several may come at once. */
static void
odd_pieces(void **state)
{
	uint8_t frame[PROTO_HEADER + 5];

	console(&one, *state);
	proto_header(frame, PROTO_EXECUTE, 5);
	memcpy(frame + PROTO_HEADER, "hello", 5);
	for (size_t i = 0; i < sizeof(frame); i++) {
		assert_int_equal(send(one.fd, frame + i, 1, 0), 1);
		turn(*state);
	}
	expect(&one, PROTO_OUTPUT, "hello\nworld\n");
	expect_ready(&one, 0, "Router>");
	for (int i = 0; i < 3; i++)
		say(&one, PROTO_EXECUTE, "hello");
	for (int i = 0; i < 3; i++) {
		expect(&one, PROTO_OUTPUT, "hello\nworld\n");
		expect_ready(&one, 0, "Router>");
	}
}

/* Each of these ends its own connection, and no other. */
static void
hostile_clients(void **state)
{
	static const struct {
		const char *hello; /* NULL: none */
		unsigned type;
		size_t len;
		const char *payload;
	} t[] = {
		{ NULL, PROTO_EXECUTE, 5, "hello" },
		{ NULL, PROTO_HELLO, 4, "root" },
		{ NULL, PROTO_HELLO, 10, "vty 24 80 " },
		{ NULL, PROTO_HELLO, 9, "console 1" },
		{ "console 24 80", PROTO_HELLO, 13, "console 24 80" },
		{ "console 24 80", PROTO_RESIZE, 3, "big" },
		{ "console 24 80", PROTO_OUTPUT, 1, "x" },
		{ "console 24 80", PROTO_BYE, 0, "" },
		{ "console 24 80", 0, 0, "" },
		{ "console 24 80", 200, 0, "" },
		{ "console 24 80", PROTO_EXECUTE, PROTO_MAX + 1, "x" },
		{ "console 24 80", PROTO_EXECUTE, UINT32_MAX, "x" },
	};
	struct bench *b = *state;

	console(&two, b);
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		uint8_t header[PROTO_HEADER];

		attach(&one, b, proto_connect(b->path));
		if (t[i].hello != NULL) {
			say(&one, PROTO_HELLO, t[i].hello);
			expect(&one, PROTO_READY, NULL);
		}
		proto_header(header, (enum proto_type)t[i].type, t[i].len);
		assert_int_equal(send(one.fd, header, sizeof(header), 0), sizeof(header));
		assert_true(send(one.fd, t[i].payload, strlen(t[i].payload), MSG_NOSIGNAL) >= 0);
		expect_end(&one);
		assert_int_equal(server_session_count(b->server), 1);
		say(&two, PROTO_EXECUTE, "hello");
		expect(&two, PROTO_OUTPUT, "hello\nworld\n");
		expect_ready(&two, 0, "Router>");
	}
}

static void
vanishing_client(void **state)
{
	struct bench *b = *state;

	console(&one, b);
	say(&one, PROTO_EXECUTE, "big");
	close(one.fd);
	one.fd = -1;
	for (int i = 0; i < 1000 && server_session_count(b->server) > 0; i++)
		turn(b);
	assert_int_equal(server_session_count(b->server), 0);
	assert_false(line_get(b->router, LINE_CON, 0)->busy);
}

/* ---- slow clients and the log ---- */

static void
expect_log(struct client *c, int flags, const char *text)
{
	expect(c, PROTO_MONITOR, NULL);
	assert_int_equal(c->text[0], flags);
	assert_non_null(strstr(c->text + 1, text));
}

static void
log_lines(void **state)
{
	struct bench *b = *state;

	console(&one, b);
	attach(&two, b, proto_connect(b->path));
	say(&two, PROTO_HELLO, "batch 0 0");
	expect_ready(&two, 0, "Router#");
	/* On the console that caused it the line stands behind the prompt. */
	say(&one, PROTO_EXECUTE, "log");
	expect(&one, PROTO_OUTPUT, "before\nbehind\n");
	expect_ready(&one, 0, "Router>");
	expect_log(&one, 0, "%TEST-5-NOTE: said");
	/* How it is shown follows the line as it is now, whoever changed that. */
	line_get(b->router, LINE_CON, 0)->logging_synchronous = true;
	logging_emit(b->router, "TEST", 5, "NOTE", "redrawn");
	expect_log(&one, PROTO_MONITOR_SYNCHRONOUS, "%TEST-5-NOTE: redrawn");
	/* What everybody is told is one block, to be redrawn after once; batches do not hear it. */
	reload_schedule(b->router, 300, "console", "test");
	expect_log(&one, PROTO_MONITOR_SYNCHRONOUS,
		"\n\n***\n*** --- SHUTDOWN in 00:05:00 ---\n***\n");
	assert_true(reload_cancel(b->router));
	expect_log(&one, PROTO_MONITOR_SYNCHRONOUS, "\n\n***\n*** --- SHUTDOWN ABORTED ---\n***\n");
	/* Others hear it only when they asked to. */
	say(&two, PROTO_EXECUTE, "monitor");
	expect_ready(&two, 0, "Router#");
	say(&one, PROTO_EXECUTE, "log");
	expect_log(&two, 0, "%TEST-5-NOTE: said");
	/* A batch, which has no prompt, where it is said. */
	say(&two, PROTO_EXECUTE, "log");
	expect(&two, PROTO_OUTPUT, "before\n");
	expect_log(&two, 0, "%TEST-5-NOTE: said");
	expect(&two, PROTO_OUTPUT, "behind\n");
	expect_ready(&two, 0, "Router#");
}

/* Who asked for a reload gets no prompt any more, but hears of it; as all others. */
static void
reload(void **state)
{
	struct bench *b = *state;
	uint8_t byte;

	console(&one, b);
	say(&one, PROTO_EXECUTE, "reload");
	expect_log(&one, 0, "%TEST-5-NOTE: reloading");
	for (int i = 0; i < 100; i++)
		turn(b);
	assert_int_equal(one.have, 0);
	assert_int_equal(recv(one.fd, &byte, 1, MSG_DONTWAIT), -1);
}

static void
slow_client(void **state)
{
	struct bench *b = *state;
	unsigned shown = 0, missed = 0;

	console(&one, b);
	for (int i = 0; i < 50; i++)
		say(&one, PROTO_EXECUTE, "big");
	for (int i = 0; i < 200; i++)
		turn(b);
	/* It does not read, so what it asks waits: a command or two ran, not fifty. */
	assert_in_range(big_runs, 1, 5);
	for (int i = 0; i < LOG_LINES; i++)
		logging_emit(b->router, "TEST", 5, "NOTE", "%d", i);
	/* Once it reads, all is served, and what it missed is counted. */
	for (int ready = 0; ready < 50 || missed == 0;) {
		assert_true(next_frame(&one));
		if (one.type == PROTO_READY)
			ready++;
		if (one.type == PROTO_MONITOR && strstr(one.text + 1, "%TEST-5-NOTE") != NULL)
			shown++;
		else if (one.type == PROTO_MONITOR)
			assert_int_equal(sscanf(one.text + 1, "%u log messages were not shown here",
						 &missed),
				1);
	}
	assert_int_equal(big_runs, 50);
	assert_int_equal(shown + missed, LOG_LINES);
	assert_true(missed > 0);
}

static void
on_restless(evutil_socket_t fd, short what, void *arg)
{
	struct bench *b = *(void **)arg;

	(void)fd;
	(void)what;
	event_base_loopbreak(b->base);
	*(void **)arg = NULL;
}

/*
 * A client that asks without end and never reads costs nothing while it does not: each turn of the
 * loop comes to an end, because nothing is left to be done at once.
 */
static void
flood(void **state)
{
	static const struct timeval patience = { .tv_sec = PATIENCE_MS / 1000 };
	static uint8_t frames[64 * (PROTO_HEADER + 3)];
	struct bench *b = *state;
	void *rests = b;
	struct event *restless = evtimer_new(b->base, on_restless, &rests);
	size_t at = 0;
	int full = 0;

	for (size_t i = 0; i < sizeof(frames); i += PROTO_HEADER + 3) {
		proto_header(frames + i, PROTO_EXECUTE, 3);
		memcpy(frames + i + PROTO_HEADER, "big", 3);
	}
	console(&one, b);
	event_add(restless, &patience);
	/* Until the server has not taken anything for a long while. */
	while (full < 1000) {
		ssize_t n =
			send(one.fd, frames + at, sizeof(frames) - at, MSG_DONTWAIT | MSG_NOSIGNAL);

		assert_true(n > 0 || errno == EAGAIN);
		full = n > 0 ? 0 : full + 1;
		at = n > 0 ? (at + (size_t)n) % sizeof(frames) : at;
		turn(b);
		assert_non_null(rests);
	}
	event_free(restless);
	/* When it reads, it is served on. */
	big_runs = 0;
	while (big_runs < 100)
		assert_true(next_frame(&one));
}

/* ---- the vty channel ---- */

static int
hand_over(int channel, const char *peer)
{
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(sizeof(int))];
	} control = { 0 };
	struct iovec iov = { (void *)peer, strlen(peer) };
	struct msghdr msg = { .msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = control.bytes,
		.msg_controllen = sizeof(control.bytes) };
	struct cmsghdr *c = CMSG_FIRSTHDR(&msg);
	int fd[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fd), 0);
	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(c), &fd[1], sizeof(int));
	assert_int_equal(sendmsg(channel, &msg, 0), (ssize_t)strlen(peer));
	close(fd[1]);
	return fd[0];
}

static void
vtys(void **state)
{
	struct bench *b = *state;
	struct line *vty0 = line_get(b->router, LINE_VTY, 0);
	int dead[2], channel[2], taken[8];
	char byte;

	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, channel), 0);
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, dead), 0);
	assert_int_equal(server_add_vty_channel(b->server, dead[1]), 0);
	/* acegate-vtyd died and was started again: the new channel is the one that counts. */
	close(dead[0]);
	assert_int_equal(server_add_vty_channel(b->server, channel[1]), 0);
	strcpy(vty0->password, "letmein");

	/* Whatever it says it is, it has to log in. */
	attach(&one, b, hand_over(channel[0], "telnet 192.0.2.9\n\x1b[2J 4000"));
	say(&one, PROTO_HELLO, "batch 24 80");
	expect(&one, PROTO_OUTPUT, "\n\nUser Access Verification\n\n");
	expect(&one, PROTO_ASK, NULL);
	assert_true(vty0->busy);
	assert_string_equal(vty0->peer, "192.0.2.92");
	say(&one, PROTO_EXECUTE, "hello");
	expect(&one, PROTO_ASK, NULL);
	say(&one, PROTO_INTERRUPT, "");
	expect(&one, PROTO_ASK, NULL);
	say(&one, PROTO_ANSWER, "letmein");
	expect_ready(&one, 0, "Router>");

	/* Four more are free; who comes then finds a closed door. */
	for (int i = 0; i < 5; i++)
		taken[i] = hand_over(channel[0], "telnet 192.0.2.10 4001");
	for (int i = 0; i < 100; i++)
		turn(b);
	assert_int_equal(recv(taken[4], &byte, 1, 0), 0);
	assert_int_equal(recv(taken[3], &byte, 1, MSG_DONTWAIT), -1);
	for (int i = 0; i < 5; i++)
		close(taken[i]);
	for (int i = 0; i < 100; i++)
		turn(b);
	assert_false(line_get(b->router, LINE_VTY, 1)->busy);

	/* A message without a socket is nothing; the channel's end leaves the session alone. */
	assert_int_equal(send(channel[0], "telnet 192.0.2.11 1", 19, 0), 19);
	close(channel[0]);
	say(&one, PROTO_EXECUTE, "hello");
	expect(&one, PROTO_OUTPUT, "hello\nworld\n");
	expect_ready(&one, 0, "Router>");
}

/* Who holds lines without logging in loses the oldest of them; who was let in keeps what there is. */
static void
strangers(void **state)
{
	struct bench *b = *state;
	int channel[2], taken[SERVER_STRANGERS_MAX + 2];
	char byte;

	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, channel), 0);
	assert_int_equal(server_add_vty_channel(b->server, channel[1]), 0);
	for (unsigned i = 0; i < LINE_VTYS; i++) {
		line_get(b->router, LINE_VTY, i)->configured = true;
		strcpy(line_get(b->router, LINE_VTY, i)->password, "letmein");
	}
	attach(&one, b, hand_over(channel[0], "telnet 192.0.2.9 4000"));
	say(&one, PROTO_HELLO, "vty 24 80");
	expect(&one, PROTO_OUTPUT, NULL);
	expect(&one, PROTO_ASK, NULL);
	say(&one, PROTO_ANSWER, "letmein");
	expect_ready(&one, 0, "Router>");

	for (int i = 0; i < SERVER_STRANGERS_MAX + 2; i++)
		taken[i] = hand_over(channel[0], "telnet 192.0.2.10 4001");
	for (int i = 0; i < 100; i++)
		turn(b);
	assert_int_equal(recv(taken[0], &byte, 1, MSG_DONTWAIT), 0);
	assert_int_equal(recv(taken[1], &byte, 1, MSG_DONTWAIT), 0);
	for (int i = 2; i < SERVER_STRANGERS_MAX + 2; i++)
		assert_int_equal(recv(taken[i], &byte, 1, MSG_DONTWAIT), -1);
	say(&one, PROTO_EXECUTE, "hello");
	expect(&one, PROTO_OUTPUT, "hello\nworld\n");
	expect_ready(&one, 0, "Router>");
	for (int i = 0; i < SERVER_STRANGERS_MAX + 2; i++)
		close(taken[i]);
	close(channel[0]);
}

static bool
is_closed(int fd)
{
	char byte;

	return recv(fd, &byte, 1, MSG_DONTWAIT) == 0;
}

static int
come(struct bench *b, int channel, const char *peer)
{
	int fd = hand_over(channel, peer);

	for (int i = 0; i < 20; i++)
		turn(b);
	return fd;
}

/* One address holds all lines without logging in: the others come in all the same, and it does not. */
static void
crowd(void **state)
{
	struct bench *b = *state;
	int channel[2], taken[5], other[3];

	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, channel), 0);
	assert_int_equal(server_add_vty_channel(b->server, channel[1]), 0);
	for (int i = 0; i < 5; i++)
		taken[i] = come(b, channel[0], "telnet 192.0.2.10 4001");
	/* Of the crowd itself nobody more. */
	other[0] = come(b, channel[0], "telnet 192.0.2.10 4002");
	assert_true(is_closed(other[0]));
	close(other[0]);
	other[0] = come(b, channel[0], "telnet 192.0.2.11 4003");
	other[1] = come(b, channel[0], "telnet 192.0.2.12 4004");
	assert_false(is_closed(other[0]));
	assert_false(is_closed(other[1]));
	assert_true(is_closed(taken[0]));
	assert_true(is_closed(taken[1]));
	assert_false(is_closed(taken[2]));
	/* Who would be turned away moves nobody. */
	for (unsigned i = 0; i < LINE_VTYS; i++)
		line_get(b->router, LINE_VTY, i)->transport_ssh = false;
	other[2] = come(b, channel[0], "ssh 192.0.2.13 4005");
	assert_true(is_closed(other[2]));
	assert_false(is_closed(taken[2]));
	for (int i = 0; i < 5; i++)
		close(taken[i]);
	for (int i = 0; i < 3; i++)
		close(other[i]);
	/* Five who are one each keep what they have. */
	for (int i = 0; i < 20; i++)
		turn(b);
	for (int i = 0; i < 5; i++) {
		char peer[32];

		snprintf(peer, sizeof(peer), "telnet 192.0.2.%d 4006", 20 + i);
		taken[i] = come(b, channel[0], peer);
	}
	other[0] = come(b, channel[0], "telnet 192.0.2.30 4007");
	assert_true(is_closed(other[0]));
	for (int i = 0; i < 5; i++) {
		assert_false(is_closed(taken[i]));
		close(taken[i]);
	}
	close(other[0]);
	close(channel[0]);
}

/* A door that is closed to some: who is refused sees the end of the connection at once. */
static void
access_class(void **state)
{
	static const char line[] = "deny 192.0.2.0 0.0.0.255 log";
	struct bench *b = *state;
	struct word w[8];
	struct parse_error err = { 0 };
	struct word_reader reader = { .line = line, .word = w, .err = &err };
	struct line *vty0 = line_get(b->router, LINE_VTY, 0);
	struct acl *acl = lists_open(b->router, "9", ACL_STANDARD, &err);
	struct ace_room room;
	struct ace ace;
	int channel[2], refused;
	const char *said;
	char byte;

	reader.n = words_split(line, w, 8);
	assert_int_equal(ace_parse(&reader, ACL_STANDARD, ACE_IN_NAMED, &ace, &room), 0);
	assert_int_equal(lists_add(b->router, acl, 0, &ace, &err), 1);
	reader = (struct word_reader){ .line = "permit any", .word = w, .err = &err };
	reader.n = words_split(reader.line, w, 8);
	assert_int_equal(ace_parse(&reader, ACL_STANDARD, ACE_IN_NAMED, &ace, &room), 0);
	assert_int_equal(lists_add(b->router, acl, 0, &ace, &err), 1);
	for (unsigned n = 0; n < 5; n++)
		strcpy(line_get(b->router, LINE_VTY, n)->access_class, "9");
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, channel), 0);
	assert_int_equal(server_add_vty_channel(b->server, channel[1]), 0);

	refused = hand_over(channel[0], "telnet 192.0.2.66 40000");
	for (int i = 0; i < 100; i++)
		turn(b);
	assert_int_equal(recv(refused, &byte, 1, 0), 0);
	close(refused);
	assert_false(vty0->busy);
	said = logging_buffer_line(b->router, 0);
	assert_non_null(said);
	assert_string_equal(strchr(said, '%'),
		"%SEC-6-IPACCESSLOGNP: list 9 denied 0 192.0.2.66 -> 0.0.0.0, 1 packet");

	strcpy(vty0->password, "letmein");
	attach(&one, b, hand_over(channel[0], "telnet 192.0.3.66 40001"));
	say(&one, PROTO_HELLO, "vty 24 80");
	expect(&one, PROTO_OUTPUT, "\n\nUser Access Verification\n\n");
	expect(&one, PROTO_ASK, NULL);
	assert_string_equal(vty0->peer, "192.0.3.66");
	assert_int_equal(acl_hits(acl, acl_at(acl, 0)->slot).packets, 1);
	assert_int_equal(acl_hits(acl, acl_at(acl, 1)->slot).packets, 1);
	close(channel[0]);
}

/* ---- SSH ---- */

/* A login over SSH, from its line to the banner. */
static void
knock(struct client *c, struct bench *b, int *channel)
{
	int pair[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair), 0);
	assert_int_equal(server_add_vty_channel(b->server, pair[1]), 0);
	*channel = pair[0];
	attach(c, b, hand_over(pair[0], "ssh 192.0.2.7 40000"));
	expect(c, PROTO_OUTPUT, "");
}

static void
say_auth(struct client *c, const char *frame, size_t len)
{
	assert_int_equal(proto_send(c->fd, PROTO_AUTH, frame, len), 0);
}

#define SAY_AUTH(c, frame) say_auth((c), (frame), sizeof(frame) - 1)

static void
expect_verdict(struct client *c, enum auth_verdict verdict)
{
	expect(c, PROTO_VERDICT, NULL);
	assert_int_equal(c->len, 1);
	assert_int_equal(c->text[0], verdict);
}

/* The line's password lets in, after HELLO's time has come; the transport is kept for show ssh. */
static void
ssh_login(void **state)
{
	struct bench *b = *state;
	struct line *vty0 = line_get(b->router, LINE_VTY, 0);
	int channel;

	strcpy(vty0->password, "letmein");
	knock(&one, b, &channel);
	assert_true(vty0->busy);
	assert_int_equal(vty0->transport, LINE_SSH);
	assert_int_equal(server_session_count(b->server), 0);
	say(&one, PROTO_TRANSPORT, "aes256-ctr hmac-sha2-256");
	SAY_AUTH(&one, "pben\0letmein");
	expect_verdict(&one, AUTH_ACCEPTED);
	assert_string_equal(vty0->cipher, "aes256-ctr");
	assert_string_equal(vty0->hmac, "hmac-sha2-256");
	say(&one, PROTO_HELLO, "vty 24 80");
	expect_ready(&one, 0, "Router>");
	assert_int_equal(server_session_count(b->server), 1);
	say(&one, PROTO_EXECUTE, "exit");
	expect(&one, PROTO_OUTPUT, "bye\n");
	expect(&one, PROTO_BYE, "");
	expect_end(&one);
	assert_false(vty0->busy);
	close(channel);
}

/* One command: it is asked nothing, and there is a session only while it runs. */
static void
ssh_exec(void **state)
{
	struct bench *b = *state;
	int channel;

	strcpy(line_get(b->router, LINE_VTY, 0)->password, "letmein");
	knock(&one, b, &channel);
	SAY_AUTH(&one, "pben\0letmein");
	expect_verdict(&one, AUTH_ACCEPTED);
	say(&one, PROTO_HELLO, "exec 0 0");
	expect_ready(&one, 0, "Router>");
	say(&one, PROTO_EXECUTE, "ask");
	expect(&one, PROTO_OUTPUT, "Secret: \n<>\n");
	expect_ready(&one, 0, "Router>");
	close(one.fd);
	one.fd = -1;
	for (int i = 0; i < 100; i++)
		turn(b);
	assert_false(line_get(b->router, LINE_VTY, 0)->busy);
	close(channel);
}

/* Whoever was not let in starts no session, and what is no question ends the connection. */
static void
ssh_forgeries(void **state)
{
	static const struct {
		enum proto_type type;
		const char *payload;
		size_t len;
	} forged[] = {
		{ PROTO_HELLO, "vty 24 80", 9 },
		{ PROTO_HELLO, "exec 0 0", 8 },
		{ PROTO_EXECUTE, "hello", 5 },
		{ PROTO_INTERRUPT, "", 0 },
		{ PROTO_AUTH, "", 0 },
		{ PROTO_AUTH, "p", 1 },
		{ PROTO_AUTH, "pben", 4 },
		{ PROTO_AUTH, "xben\0letmein", 12 },
		{ PROTO_AUTH, "pben\0let\0mein", 13 },
		{ PROTO_TRANSPORT, "", 0 },
		{ PROTO_TRANSPORT, "one", 3 },
		{ PROTO_TRANSPORT, "one two three", 13 },
		{ PROTO_TRANSPORT, "one t\x1bo", 7 },
		{ PROTO_VERDICT, "\1", 1 },
	};
	struct bench *b = *state;
	int channel;

	strcpy(line_get(b->router, LINE_VTY, 0)->password, "letmein");
	for (size_t i = 0; i < sizeof(forged) / sizeof(forged[0]); i++) {
		knock(&one, b, &channel);
		assert_int_equal(
			proto_send(one.fd, forged[i].type, forged[i].payload, forged[i].len), 0);
		expect_end(&one);
		assert_int_equal(server_session_count(b->server), 0);
		close(channel);
	}
	/* To ask whether a key would do is not to prove it. */
	knock(&one, b, &channel);
	SAY_AUTH(&one, "qben\0ssh-ed25519 AAAA");
	expect_verdict(&one, AUTH_REFUSED);
	say(&one, PROTO_HELLO, "vty 24 80");
	expect_end(&one);
	close(channel);
	/* How it is protected is said, and logged, once. */
	knock(&one, b, &channel);
	say(&one, PROTO_TRANSPORT, "aes256-ctr hmac-sha2-256");
	say(&one, PROTO_TRANSPORT, "aes256-ctr hmac-sha2-256");
	expect_end(&one);
	close(channel);
	/* Somebody who is in needs not be let in again. */
	knock(&one, b, &channel);
	SAY_AUTH(&one, "pben\0letmein");
	expect_verdict(&one, AUTH_ACCEPTED);
	SAY_AUTH(&one, "pben\0letmein");
	expect_end(&one);
	close(channel);
	/* Over telnet nobody says who they are this way. */
	assert_false(line_get(b->router, LINE_VTY, 0)->busy);
}

/* What the SSH servers need comes at once, and whenever it changes; without a key there is none. */
static void
ssh_settings_sent(void **state)
{
	struct bench *b = *state;
	char text[64];
	int channel[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, channel), 0);
	assert_int_equal(server_add_vty_channel(b->server, channel[1]), 0);
	assert_int_equal(recv(channel[0], text, sizeof(text), MSG_DONTWAIT), 4);
	assert_memory_equal(text, "ssh\n", 4);
	assert_int_equal(recv(channel[0], text, sizeof(text), MSG_DONTWAIT), -1);
	ssh_settings_changed(b->router);
	assert_int_equal(recv(channel[0], text, sizeof(text), MSG_DONTWAIT), 4);
	/* Nobody reads: it is not waited for, and the newest comes when there is room. */
	for (int i = 0; i < 100000; i++)
		ssh_settings_changed(b->router);
	while (recv(channel[0], text, sizeof(text), MSG_DONTWAIT) == 4)
		continue;
	turn(b);
	assert_int_equal(recv(channel[0], text, sizeof(text), MSG_DONTWAIT), 4);
	close(channel[0]);
}

/* A line for telnet alone is none for SSH, and the other way round. */
static void
transports(void **state)
{
	struct bench *b = *state;
	int channel[2], refused;
	char byte;

	for (unsigned n = 0; n < LINE_VTYS; n++) {
		line_get(b->router, LINE_VTY, n)->transport_telnet = n == 1;
		line_get(b->router, LINE_VTY, n)->transport_ssh = n == 2;
	}
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, channel), 0);
	assert_int_equal(server_add_vty_channel(b->server, channel[1]), 0);
	attach(&one, b, hand_over(channel[0], "telnet 192.0.2.7 40000"));
	attach(&two, b, hand_over(channel[0], "ssh 192.0.2.8 40000"));
	expect(&two, PROTO_OUTPUT, "");
	assert_string_equal(line_get(b->router, LINE_VTY, 1)->peer, "192.0.2.7");
	assert_string_equal(line_get(b->router, LINE_VTY, 2)->peer, "192.0.2.8");
	assert_false(line_get(b->router, LINE_VTY, 0)->busy);
	for (int i = 0; i < 3; i++) {
		static const char *const said[] = { "ssh 192.0.2.9 40000", "tls 192.0.2.9 40000",
			"192.0.2.9 40000" };

		refused = hand_over(channel[0], said[i]);
		for (int k = 0; k < 100; k++)
			turn(b);
		assert_int_equal(recv(refused, &byte, 1, 0), 0);
		close(refused);
	}
	close(channel[0]);
}

static void
exec_timeout(void **state)
{
	struct bench *b = *state;

	line_get(b->router, LINE_CON, 0)->exec_timeout_s = 1;
	console(&one, b);
	expect(&one, PROTO_OUTPUT, NULL); /* con0 is now available */
	expect(&one, PROTO_BYE, "return");
	expect_end(&one);
	assert_int_equal(server_session_count(b->server), 0);
}

/* ---- the socket's place ---- */

static void
places(void **state)
{
	struct bench *b = *state;
	struct server_options opt = { b->base, b->router, b->grammar, b->path };
	char stale[80], copy[80], longest[200];
	struct server *second;

	/* Where a router answers, another does not start. */
	assert_null(server_create(&opt));
	/* A socket left behind is in nobody's way. */
	snprintf(stale, sizeof(stale), "%s/stale.sock", b->dir);
	snprintf(copy, sizeof(copy), "%s/copy.sock", b->dir);
	opt.socket_path = stale;
	second = server_create(&opt);
	assert_non_null(second);
	assert_int_equal(link(stale, copy), 0);
	server_destroy(second);
	assert_int_equal(rename(copy, stale), 0);
	second = server_create(&opt);
	assert_non_null(second);
	server_destroy(second);
	memset(longest, 'x', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	opt.socket_path = longest;
	assert_null(server_create(&opt));
}

/* What the work has printed when it has come so far; its steps come when the clock has been turned. */
static void
expect_steps(struct client *c, const char *dots)
{
	for (; *dots != '\0'; dots++) {
		expect(c, PROTO_OUTPUT, ".");
		now_ms += STEP_MS;
	}
}

static void
working(void **state)
{
	struct bench *b = *state;

	console(&one, b);
	console(&two, b);
	say(&one, PROTO_EXECUTE, "count");
	expect(&one, PROTO_OUTPUT, "counting\n.");
	/* Others are served meanwhile; what its own client sends behind the command waits for it. */
	say(&one, PROTO_EXECUTE, "hello");
	say(&two, PROTO_EXECUTE, "hello");
	expect(&two, PROTO_OUTPUT, "hello\nworld\n");
	expect_ready(&two, 0, "Router>");
	now_ms += STEP_MS;
	expect_steps(&one, "....");
	expect_ready(&one, 0, "Router>");
	assert_int_equal(ends, 1);
	assert_int_equal(stops, 0);
	expect(&one, PROTO_OUTPUT, "hello\nworld\n");
	expect_ready(&one, 0, "Router>");
}

/* The interrupt is answered, and so is the command that it ended. */
static void
working_interrupted(void **state)
{
	struct bench *b = *state;

	console(&one, b);
	say(&one, PROTO_EXECUTE, "count");
	expect(&one, PROTO_OUTPUT, "counting\n.");
	say(&one, PROTO_RESIZE, "30 100");
	say(&one, PROTO_INTERRUPT, "");
	/* The command's answer, what is said about its end, the interrupt's answer. */
	expect_ready(&one, 0, "Router>");
	expect(&one, PROTO_OUTPUT, "stopped\n");
	expect_ready(&one, 0, "Router>");
	assert_int_equal(steps, 1);
	assert_int_equal(stops, 1);
	assert_int_equal(ends, 1);
	say(&one, PROTO_EXECUTE, "hello");
	expect(&one, PROTO_OUTPUT, "hello\nworld\n");
	expect_ready(&one, 0, "Router>");
}

/* A client that goes takes its work with it. */
static void
working_abandoned(void **state)
{
	struct bench *b = *state;

	console(&one, b);
	say(&one, PROTO_EXECUTE, "count");
	expect(&one, PROTO_OUTPUT, "counting\n.");
	close(one.fd);
	one.fd = -1;
	for (int i = 0; i < PATIENCE_MS && ends == 0; i++) {
		turn(b);
		poll(NULL, 0, 1);
	}
	assert_int_equal(ends, 1);
	assert_int_equal(stops, 0);
	assert_int_equal(steps, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(requests, setup, teardown),
		cmocka_unit_test_setup_teardown(batch, setup, teardown),
		cmocka_unit_test_setup_teardown(odd_pieces, setup, teardown),
		cmocka_unit_test_setup_teardown(hostile_clients, setup, teardown),
		cmocka_unit_test_setup_teardown(vanishing_client, setup, teardown),
		cmocka_unit_test_setup_teardown(log_lines, setup, teardown),
		cmocka_unit_test_setup_teardown(reload, setup, teardown),
		cmocka_unit_test_setup_teardown(slow_client, setup, teardown),
		cmocka_unit_test_setup_teardown(flood, setup, teardown),
		cmocka_unit_test_setup_teardown(vtys, setup, teardown),
		cmocka_unit_test_setup_teardown(strangers, setup, teardown),
		cmocka_unit_test_setup_teardown(crowd, setup, teardown),
		cmocka_unit_test_setup_teardown(ssh_login, setup, teardown),
		cmocka_unit_test_setup_teardown(ssh_exec, setup, teardown),
		cmocka_unit_test_setup_teardown(ssh_forgeries, setup, teardown),
		cmocka_unit_test_setup_teardown(ssh_settings_sent, setup, teardown),
		cmocka_unit_test_setup_teardown(transports, setup, teardown),
		cmocka_unit_test_setup_teardown(access_class, setup, teardown),
		cmocka_unit_test_setup_teardown(exec_timeout, setup, teardown),
		cmocka_unit_test_setup_teardown(places, setup, teardown),
		cmocka_unit_test_setup_teardown(working, setup_turned, teardown),
		cmocka_unit_test_setup_teardown(working_interrupted, setup_turned, teardown),
		cmocka_unit_test_setup_teardown(working_abandoned, setup_turned, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
