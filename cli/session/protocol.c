/*
 * protocol.c - the frames of the control socket: how they are written, taken apart and sent.
 *
 * The codec keeps no state and trusts nothing: a length or a type that cannot be is an error, never
 * an allocation.  The helpers at the end block, and are for the client.
 */
#include "cli/session/protocol.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>

enum { READY_FIXED = 8 }; /* READY's bytes before the prompt */

static void
put_u32(uint8_t *p, uint32_t v)
{
	p[0] = (uint8_t)(v >> 24);
	p[1] = (uint8_t)(v >> 16);
	p[2] = (uint8_t)(v >> 8);
	p[3] = (uint8_t)v;
}

static uint32_t
get_u32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static void
put_u16(uint8_t *p, unsigned v)
{
	p[0] = (uint8_t)(v >> 8);
	p[1] = (uint8_t)v;
}

static unsigned
get_u16(const uint8_t *p)
{
	return (unsigned)p[0] << 8 | p[1];
}

void
proto_header(uint8_t *h, enum proto_type type, size_t len)
{
	put_u32(h, (uint32_t)len);
	h[4] = (uint8_t)type;
}

static bool
type_known(uint8_t type)
{
	return (type >= PROTO_HELLO && type <= PROTO_FILE_NEXT) ||
	       (type >= PROTO_OUTPUT && type <= PROTO_FILE_BYTES);
}

long
proto_parse(const uint8_t *buf, size_t have, enum proto_type *type, const uint8_t **payload,
	size_t *len)
{
	uint32_t n;

	if (have < PROTO_HEADER)
		return 0;
	n = get_u32(buf);
	if (n > PROTO_MAX || !type_known(buf[4]))
		return -1;
	if (have - PROTO_HEADER < n)
		return 0;
	*type = (enum proto_type)buf[4];
	*payload = buf + PROTO_HEADER;
	*len = n;
	return (long)n + PROTO_HEADER;
}

size_t
proto_ready_encode(const struct proto_ready *r, uint8_t *buf, size_t size)
{
	size_t prompt = strnlen(r->prompt, sizeof(r->prompt));

	if (size < READY_FIXED + prompt)
		return 0;
	buf[0] = (uint8_t)r->status;
	buf[1] = (uint8_t)r->flags;
	put_u16(buf + 2, r->length);
	put_u16(buf + 4, r->width);
	put_u16(buf + 6, r->history);
	memcpy(buf + READY_FIXED, r->prompt, prompt);
	return READY_FIXED + prompt;
}

int
proto_ready_decode(const uint8_t *p, size_t len, struct proto_ready *r)
{
	size_t prompt = len - READY_FIXED;

	if (len < READY_FIXED || prompt >= sizeof(r->prompt))
		return -1;
	r->status = p[0];
	r->flags = p[1];
	r->length = get_u16(p + 2);
	r->width = get_u16(p + 4);
	r->history = get_u16(p + 6);
	memcpy(r->prompt, p + READY_FIXED, prompt);
	r->prompt[prompt] = '\0';
	return 0;
}

/* sendmsg() until all of both parts is gone. */
static int
send_all(int fd, struct iovec iov[2])
{
	struct msghdr msg = { .msg_iov = iov, .msg_iovlen = 2 };

	while (iov[0].iov_len + iov[1].iov_len > 0) {
		ssize_t sent = sendmsg(fd, &msg, MSG_NOSIGNAL);

		if (sent < 0 && errno == EINTR)
			continue;
		if (sent < 0)
			return -errno;
		for (int i = 0; i < 2; i++) {
			size_t part = (size_t)sent < iov[i].iov_len ? (size_t)sent : iov[i].iov_len;

			iov[i].iov_base = (char *)iov[i].iov_base + part;
			iov[i].iov_len -= part;
			sent -= (ssize_t)part;
		}
	}
	return 0;
}

int
proto_send(int fd, enum proto_type type, const void *payload, size_t len)
{
	uint8_t header[PROTO_HEADER];
	struct iovec iov[2] = {
		{ header, sizeof(header) },
		{ (void *)payload, len },
	};

	if (len > PROTO_MAX)
		return -EMSGSIZE;
	proto_header(header, type, len);
	return send_all(fd, iov);
}

int
proto_connect(const char *path)
{
	struct sockaddr_un addr = { .sun_family = AF_UNIX };
	int fd, err;

	if (strlen(path) >= sizeof(addr.sun_path))
		return -ENAMETOOLONG;
	strcpy(addr.sun_path, path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -errno;
	if (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) == 0)
		return fd;
	err = -errno;
	close(fd);
	return err;
}

const char *
proto_default_socket(void)
{
	const char *path = getenv("ACEGATE_SOCKET");

	return path != NULL && *path != '\0' ? path : ACEGATE_RUNDIR "/acegate.sock";
}
