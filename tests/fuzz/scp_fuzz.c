/*
 * scp_fuzz.c - what an scp client may say, and a router that answers as it likes: cli/console/scp.c
 * between the two.
 *
 * The input is the command up to a NUL, two bytes that say how much of the rest the router says, that,
 * and what the client sends.  Claims: it comes to an end; the router is asked by legal frames, of files
 * only, and for no file's bytes before a file was named; no more bytes are written than the client has
 * sent; and the client hears only of good (0), of what went wrong (1, one line), or what it asked for.
 */
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "cli/console/scp.h"
#include "tests/fuzz/fuzz.h"

struct stage {
	int router; /* the router's end of the wire */
	int stdin_was, stdout_was;
	int heard; /* what goes to the client */
};

/* As many of the bytes as fit in a pipe or a socket: far more than an input has. */
static void
fill(int fd, const uint8_t *data, size_t size)
{
	fuzz_require(size == 0 || write(fd, data, size) == (ssize_t)size, "no room");
}

static void
set_up(struct stage *g, struct wire *w, const uint8_t *router, size_t router_len,
	const uint8_t *client, size_t client_len)
{
	int wire[2], in[2], out[2];

	fuzz_require(
		socketpair(AF_UNIX, SOCK_STREAM, 0, wire) == 0 && pipe(in) == 0 && pipe(out) == 0,
		"no descriptors");
	g->router = wire[0];
	fill(wire[0], router, router_len);
	shutdown(wire[0], SHUT_WR);
	wire_init(w, wire[1]);
	fill(in[1], client, client_len);
	close(in[1]);
	g->stdin_was = dup(STDIN_FILENO);
	g->stdout_was = dup(STDOUT_FILENO);
	dup2(in[0], STDIN_FILENO);
	close(in[0]);
	dup2(out[1], STDOUT_FILENO);
	close(out[1]);
	g->heard = out[0];
}

static void
restore(int was, int fd)
{
	if (was >= 0)
		dup2(was, fd);
	else
		close(fd);
	if (was >= 0)
		close(was);
}

/* Whether a file was asked for. */
static bool
check_requests(int router, size_t sent)
{
	static uint8_t asked[1 << 18];
	ssize_t n = recv(router, asked, sizeof(asked), MSG_DONTWAIT);
	size_t left = n > 0 ? (size_t)n : 0, at = 0, bytes = 0, len;
	const uint8_t *payload;
	enum proto_type type;
	bool writing = false, reading = false;
	long whole;

	while ((whole = proto_parse(asked + at, left - at, &type, &payload, &len)) > 0) {
		switch (type) {
		case PROTO_FILE_WRITE:
			writing = true;
			break;
		case PROTO_FILE_DATA:
			bytes += len;
			/* fall through */
		case PROTO_FILE_WHOLE:
			fuzz_require(writing, "bytes of no file");
			break;
		case PROTO_FILE_READ:
			reading = true;
			break;
		case PROTO_FILE_NEXT:
			fuzz_require(reading, "no file is being read");
			break;
		default:
			fuzz_fail(__FILE__, __LINE__, "the router was asked %d", type);
		}
		at += (size_t)whole;
	}
	fuzz_require(whole == 0 && at == left, "a request that is not legal");
	fuzz_require(bytes <= sent, "%zu bytes out of %zu", bytes, sent);
	return reading;
}

static void
check_heard(int heard, bool reads)
{
	static char said[1 << 17];
	ssize_t n;

	fcntl(heard, F_SETFL, O_NONBLOCK);
	n = read(heard, said, sizeof(said));
	if (n <= 0 || reads)
		return;
	for (ssize_t i = 0; i < n; i++) {
		const char *end;

		if (said[i] == '\0')
			continue;
		end = memchr(said + i, '\n', (size_t)(n - i));
		fuzz_require(said[i] == '\001' && end == said + n - 1,
			"the client hears byte %d at %zd of %zd", said[i], i, n);
		return;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t len = strnlen((const char *)data, size), router_len;
	char *command = fuzz_text(data, len);
	struct fuzz_input in = { data + len, size - len };
	struct stage g;
	struct wire w;

	(void)fuzz_u8(&in);
	router_len = fuzz_u16(&in);
	router_len = router_len < in.left ? router_len : in.left;
	if (size < 1 << 15) {
		set_up(&g, &w, in.at, router_len, in.at + router_len, in.left - router_len);
		(void)scp_run(&w, command);
		restore(g.stdin_was, STDIN_FILENO);
		restore(g.stdout_was, STDOUT_FILENO);
		wire_fini(&w);
		check_heard(g.heard, check_requests(g.router, in.left - router_len));
		close(g.router);
		close(g.heard);
	}
	free(command);
	return 0;
}
