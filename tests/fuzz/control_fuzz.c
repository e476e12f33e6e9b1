/*
 * control_fuzz.c - the control socket and acegate-vtyd's channel: any bytes from a client, to a real
 * server on a real event loop.
 *
 * The first byte chooses the door: the socket, or a login that acegate-vtyd hands over, by telnet, by
 * SSH, or by a message that is the input's first line, whatever that says.  Claims: every answer is a
 * legal frame that only a server sends; no request is answered twice, and the first is answered unless
 * the connection ends (what takes time is not waited for: the clock stands); a vty is a vty whatever it says; and nobody has a session over
 * SSH who was not let in by a password or a verified key.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <event2/event.h>

#include "cli/session/protocol.h"
#include "cli/session/server.h"
#include "cli/session/session.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/fuzz_router.h"

enum door { DOOR_SOCKET, DOOR_TELNET, DOOR_SSH, DOOR_ANY_MESSAGE, DOORS };

enum { MESSAGE_MAX = 200 };

struct peer {
	struct fuzz_router f;
	struct event_base *base;
	struct server *server;
	int fd;
	bool closed; /* by the server */
	enum door door;
	size_t answers; /* READY, ASK and VERDICT */
	size_t verdicts;
	bool let_in;   /* by a verdict that was no answer to a mere query */
	char *methods; /* of the AUTH frames, in order */
	size_t auths;
	uint8_t *heard; /* what came and is not a whole frame yet */
	size_t have, room;
};

static const char *
socket_path(void)
{
	static char path[64];

	if (path[0] == '\0')
		snprintf(path, sizeof(path), "/tmp/acegate-fuzz-%ld.sock", (long)getpid());
	return path;
}

/* ---- what the server says ---- */

static void
check_verdict(struct peer *p, const uint8_t *payload, size_t len)
{
	fuzz_require(p->door != DOOR_SOCKET && p->door != DOOR_TELNET, "a verdict unasked for");
	fuzz_require(len == 1 && payload[0] <= AUTH_CLOSE, "VERDICT of %zu bytes", len);
	fuzz_require(p->verdicts < p->auths, "more verdicts than questions");
	if (payload[0] == AUTH_ACCEPTED && p->methods[p->verdicts] != PROTO_KEY_QUERY)
		p->let_in = true;
	p->verdicts++;
	p->answers++;
}

static void
check_answer(struct peer *p, enum proto_type type, const uint8_t *payload, size_t len)
{
	struct proto_ready ready;
	uint8_t again[sizeof(ready.prompt) + 16];

	fuzz_require(
		p->door != DOOR_SSH || p->let_in || type == PROTO_VERDICT || type == PROTO_OUTPUT,
		"the server said %d to somebody it has not let in", type);
	switch (type) {
	case PROTO_VERDICT:
		check_verdict(p, payload, len);
		break;
	case PROTO_READY:
		fuzz_require(
			proto_ready_decode(payload, len, &ready) == 0, "READY of %zu bytes", len);
		fuzz_require(proto_ready_encode(&ready, again, sizeof(again)) == len &&
				     memcmp(payload, again, len) == 0,
			"READY is not what it was");
		p->answers++;
		break;
	case PROTO_ASK:
		fuzz_require(len > 0 && payload[0] <= ASK_TEXT, "ASK of %zu bytes", len);
		p->answers++;
		break;
	case PROTO_OUTPUT:
	case PROTO_MONITOR:
	case PROTO_LINE:
	case PROTO_BYE:
		break;
	default:
		fuzz_fail(__FILE__, __LINE__, "the server said %d", type);
	}
}

static void
take_answers(struct peer *p)
{
	const uint8_t *payload;
	enum proto_type type;
	size_t at = 0, len;
	long whole;

	while ((whole = proto_parse(p->heard + at, p->have - at, &type, &payload, &len)) > 0) {
		check_answer(p, type, payload, len);
		at += (size_t)whole;
	}
	fuzz_require(whole == 0, "the server's frame is not legal");
	p->have -= at;
	memmove(p->heard, p->heard + at, p->have);
}

/* Reads all there is; false when there was nothing. */
static bool
hear(struct peer *p)
{
	bool any = false;
	ssize_t n;

	do {
		if (p->room - p->have < 4096) {
			p->room += 65536;
			p->heard = realloc(p->heard, p->room);
			fuzz_require(p->heard != NULL, "out of memory");
		}
		n = read(p->fd, p->heard + p->have, p->room - p->have);
		if (n > 0) {
			p->have += (size_t)n;
			take_answers(p);
			any = true;
		}
	} while (n > 0);
	if (n == 0 || (errno != EAGAIN && errno != EINTR))
		p->closed = true;
	return any;
}

/* ---- what we say ---- */

/*
 * The requests in the input that ask for an answer, up to the first frame that is not one; of those that
 * ask to be let in, how.
 */
static size_t
requests(struct peer *p, const uint8_t *data, size_t size)
{
	const uint8_t *payload;
	enum proto_type type;
	size_t len, n = 0;
	long whole;

	while ((whole = proto_parse(data, size, &type, &payload, &len)) > 0) {
		fuzz_require((size_t)whole <= size && payload + len == data + whole,
			"a frame of %ld bytes out of %zu", whole, size);
		n += type < PROTO_OUTPUT && type != PROTO_RESIZE && type != PROTO_TRANSPORT;
		if (type == PROTO_AUTH)
			p->methods[p->auths++] = len > 0 ? (char)payload[0] : '\0';
		data += whole;
		size -= (size_t)whole;
	}
	return n;
}

static void
turn(struct peer *p)
{
	fuzz_require(event_base_loop(p->base, EVLOOP_NONBLOCK) >= 0, "the loop has failed");
}

/* Sends everything and listens until nothing moves any more. */
static void
talk(struct peer *p, const uint8_t *data, size_t size)
{
	int idle = 0;

	while (idle < 3 && !p->closed) {
		ssize_t n = size == 0 ? 0 : send(p->fd, data, size, MSG_NOSIGNAL);

		turn(p);
		idle = hear(p) || n > 0 ? 0 : idle + 1;
		if (n > 0) {
			data += n;
			size -= (size_t)n;
		}
	}
}

/* Hands one end of a new connection over as acegate-vtyd does. */
static int
connect_vty(int channel, const void *message, size_t len)
{
	union {
		struct cmsghdr head;
		char room[CMSG_SPACE(sizeof(int))];
	} control = { 0 };
	struct iovec iov = { (void *)message, len };
	struct msghdr msg = { .msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = control.room,
		.msg_controllen = sizeof(control.room) };
	struct cmsghdr *c = CMSG_FIRSTHDR(&msg);
	int pair[2];

	fuzz_require(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0, "no sockets");
	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(c), &pair[1], sizeof(int));
	fuzz_require(sendmsg(channel, &msg, 0) >= 0, "the channel takes nothing");
	close(pair[1]);
	return pair[0];
}

/* The login's message: the one acegate-vtyd sends, or the input's first line. */
static int
connect_by(struct peer *p, int channel, struct fuzz_input *in)
{
	static const char telnet[] = "telnet 192.0.2.7 40000", ssh[] = "ssh 192.0.2.7 40000";
	const uint8_t *end;
	size_t len;
	int fd;

	switch (p->door) {
	case DOOR_SOCKET:
		return proto_connect(socket_path());
	case DOOR_TELNET:
		return connect_vty(channel, telnet, sizeof(telnet) - 1);
	case DOOR_SSH:
		return connect_vty(channel, ssh, sizeof(ssh) - 1);
	default:
		end = in->left > 0 ? memchr(in->at, '\n', in->left) : NULL;
		len = end != NULL ? (size_t)(end - in->at) : in->left;
		fd = connect_vty(channel, in->at, len < MESSAGE_MAX ? len : MESSAGE_MAX);
		in->at += end != NULL ? len + 1 : len;
		in->left -= end != NULL ? len + 1 : len;
		return fd;
	}
}

static void
open_peer(struct peer *p, int channel[2], struct fuzz_input *in)
{
	static const char config[] = "username fuzz privilege 15 password 0 fuzz\n"
				     "line vty 0 4\n login local\n transport input all\nend\n";
	struct server_options opt;

	fuzz_router_open(&p->f, false);
	fuzz_router_load_whole(p->f.router, config);
	p->base = event_base_new();
	fuzz_require(p->base != NULL, "no event loop");
	opt = (struct server_options){ p->base, p->f.router, fuzz_grammar(), socket_path() };
	p->server = server_create(&opt);
	fuzz_require(p->server != NULL, "no server");
	fuzz_require(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, channel) == 0 &&
			     server_add_vty_channel(p->server, channel[1]) == 0,
		"no vty channel");
	p->fd = connect_by(p, channel[0], in);
	fuzz_require(p->fd >= 0 && fcntl(p->fd, F_SETFL, O_NONBLOCK) == 0, "no connection");
	turn(p);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input in = { data, size };
	struct peer p = { .door = fuzz_u8(&in) % DOORS };
	size_t expected;
	int channel[2];

	p.methods = malloc(size / PROTO_HEADER + 1);
	fuzz_require(p.methods != NULL, "out of memory");
	open_peer(&p, channel, &in);
	expected = requests(&p, in.at, in.left);
	talk(&p, in.at, in.left);
	fuzz_require(p.answers <= expected, "%zu answers to %zu requests", p.answers, expected);
	fuzz_require(p.answers > 0 || p.closed || p.auths > 0 || expected == 0, "no answer at all");
	fuzz_require(p.door == DOOR_SOCKET || !line_get(p.f.router, LINE_CON, 0)->busy,
		"a vty has become a console");
	close(p.fd);
	turn(&p);
	server_destroy(p.server);
	close(channel[0]);
	event_base_free(p.base);
	fuzz_router_close(&p.f);
	free(p.heard);
	free(p.methods);
	return 0;
}
