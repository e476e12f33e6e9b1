/*
 * protocol_test.c - the control socket's frames: written, taken apart, sent; and every wrong one refused.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "cli/session/protocol.h"

static void
frames(void **state)
{
	uint8_t buf[64];
	enum proto_type type;
	const uint8_t *payload;
	size_t len;

	(void)state;
	proto_header(buf, PROTO_EXECUTE, 4);
	memcpy(buf + PROTO_HEADER, "show", 4);
	for (size_t have = 0; have < PROTO_HEADER + 4; have++)
		assert_int_equal(proto_parse(buf, have, &type, &payload, &len), 0);
	assert_int_equal(proto_parse(buf, sizeof(buf), &type, &payload, &len), PROTO_HEADER + 4);
	assert_int_equal(type, PROTO_EXECUTE);
	assert_ptr_equal(payload, buf + PROTO_HEADER);
	assert_int_equal(len, 4);
	proto_header(buf, PROTO_BYE, 0);
	assert_int_equal(proto_parse(buf, PROTO_HEADER, &type, &payload, &len), PROTO_HEADER);
	assert_int_equal(len, 0);
}

static void
wrong_frames(void **state)
{
	uint8_t buf[PROTO_HEADER];
	enum proto_type type;
	const uint8_t *payload;
	size_t len;

	(void)state;
	proto_header(buf, PROTO_OUTPUT, PROTO_MAX);
	assert_int_equal(proto_parse(buf, sizeof(buf), &type, &payload, &len), 0);
	proto_header(buf, PROTO_OUTPUT, PROTO_MAX + 1);
	assert_int_equal(proto_parse(buf, sizeof(buf), &type, &payload, &len), -1);
	for (unsigned t = 0; t < 256; t++) {
		int known = (t >= PROTO_HELLO && t <= PROTO_FILE_NEXT) ||
			    (t >= PROTO_OUTPUT && t <= PROTO_FILE_BYTES);

		proto_header(buf, (enum proto_type)t, 0);
		assert_int_equal(proto_parse(buf, sizeof(buf), &type, &payload, &len),
			known ? PROTO_HEADER : -1);
	}
}

static void
ready(void **state)
{
	struct proto_ready r = { .status = 1,
		.flags = PROTO_READY_CONFIG,
		.length = 512,
		.width = 511,
		.history = 256,
		.prompt = "Router(config)#" };
	struct proto_ready back;
	uint8_t buf[300];
	size_t len = proto_ready_encode(&r, buf, sizeof(buf));

	(void)state;
	assert_int_equal(len, 8 + strlen(r.prompt));
	assert_int_equal(proto_ready_decode(buf, len, &back), 0);
	assert_int_equal(back.status, 1);
	assert_int_equal(back.flags, PROTO_READY_CONFIG);
	assert_int_equal(back.length, 512);
	assert_int_equal(back.width, 511);
	assert_int_equal(back.history, 256);
	assert_string_equal(back.prompt, "Router(config)#");

	assert_int_equal(proto_ready_encode(&r, buf, len - 1), 0);
	for (size_t cut = 0; cut < 8; cut++)
		assert_int_equal(proto_ready_decode(buf, cut, &back), -1);
	assert_int_equal(proto_ready_decode(buf, 8, &back), 0);
	assert_string_equal(back.prompt, "");
	assert_int_equal(proto_ready_decode(buf, 8 + sizeof(back.prompt), &back), -1);
}

/* More than a socket buffer holds: the rest goes out as the reader, a child, makes room. */
static void
long_send(void **state)
{
	static uint8_t sent[PROTO_MAX], got[PROTO_HEADER + PROTO_MAX];
	enum proto_type type;
	const uint8_t *payload;
	size_t len, have = 0;
	int fd[2];
	pid_t child;

	(void)state;
	for (size_t i = 0; i < sizeof(sent); i++)
		sent[i] = (uint8_t)(i * 7);
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fd), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		close(fd[0]);
		_exit(proto_send(fd[1], PROTO_OUTPUT, sent, sizeof(sent)) == 0 ? 0 : 1);
	}
	close(fd[1]);
	while (have < sizeof(got)) {
		ssize_t n = read(fd[0], got + have, sizeof(got) - have);

		assert_true(n > 0);
		have += (size_t)n;
	}
	assert_int_equal(proto_parse(got, have, &type, &payload, &len), (long)sizeof(got));
	assert_memory_equal(payload, sent, sizeof(sent));
	close(fd[0]);
}

static void
send_to_nobody(void **state)
{
	int fd[2];

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fd), 0);
	close(fd[1]);
	assert_true(proto_send(fd[0], PROTO_INTERRUPT, NULL, 0) < 0);
	close(fd[0]);
	assert_true(proto_connect("/nonexistent/acegate.sock") < 0);
}

static void
default_socket(void **state)
{
	(void)state;
	setenv("ACEGATE_SOCKET", "/tmp/other.sock", 1);
	assert_string_equal(proto_default_socket(), "/tmp/other.sock");
	setenv("ACEGATE_SOCKET", "", 1);
	assert_string_equal(proto_default_socket(), ACEGATE_RUNDIR "/acegate.sock");
	unsetenv("ACEGATE_SOCKET");
	assert_string_equal(proto_default_socket(), ACEGATE_RUNDIR "/acegate.sock");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(frames),
		cmocka_unit_test(wrong_frames),
		cmocka_unit_test(ready),
		cmocka_unit_test(long_send),
		cmocka_unit_test(send_to_nobody),
		cmocka_unit_test(default_socket),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
