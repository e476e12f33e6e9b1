/*
 * vty_channel.c - logins that acegate-vtyd hands over: a peer's address and a socket in one
 * message.
 *
 * The channel is one end of a SOCK_SEQPACKET pair.  Each message, "ADDRESS PORT", takes the lowest
 * free vty; when there is none, or its access class does not let the address in, the socket is
 * closed, which the other end passes on as a closed connection.
 * acegate-vtyd holds no rights of the router: all it can do here is open sessions that still have
 * to log in.
 *
 * When acegate-vtyd goes, the channel is quiet and the sessions stay.  Control thread.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <event2/event.h>

#include "cli/session/server_internal.h"

struct vty_channel {
	struct server *server;
	struct router *router;
	int fd;
	struct event *readable;
};

/* The descriptor that came with the message, or -1. */
static int
attached_fd(struct msghdr *msg)
{
	struct cmsghdr *c = CMSG_FIRSTHDR(msg);
	int fd;

	if (c == NULL || c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS ||
		c->cmsg_len != CMSG_LEN(sizeof(int)))
		return -1;
	memcpy(&fd, CMSG_DATA(c), sizeof(fd));
	return fd;
}

/* Only what an address is written with: it goes into log lines and `show users`. */
static void
keep_peer(struct line *l, const char *peer, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len && n + 1 < sizeof(l->peer); i++)
		if (strchr("0123456789abcdefABCDEF.:%", peer[i]) != NULL && peer[i] != '\0')
			l->peer[n++] = peer[i];
	l->peer[n] = '\0';
}

static void
open_session(struct vty_channel *c, int fd, const char *peer, size_t len)
{
	struct line *vty = line_take_vty(c->router);
	struct word word[2] = { { "", 0, 0 }, { "", 0, 0 } };
	char text[LINE_PEER_MAX + 9];
	uint32_t port = 0;

	if (vty == NULL) {
		close(fd);
		return;
	}
	snprintf(text, sizeof(text), "%.*s", (int)len, peer);
	if (words_split(text, word, 2) == 2)
		(void)word_number(&word[1], 0, UINT16_MAX, &port);
	keep_peer(vty, word[0].text, word[0].len);
	if (line_admits(c->router, vty, vty->peer, (uint16_t)port)) {
		connection_open(c->server, fd, vty);
	} else {
		line_release(vty);
		close(fd);
	}
}

static void
on_readable(evutil_socket_t s, short what, void *arg)
{
	struct vty_channel *c = arg;
	char peer[LINE_PEER_MAX + 8]; /* with the port */
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(sizeof(int))];
	} control;
	struct iovec iov = { peer, sizeof(peer) };
	struct msghdr msg = { .msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = control.bytes,
		.msg_controllen = CMSG_LEN(sizeof(int)) }; /* room for one */
	ssize_t len = recvmsg((int)s, &msg, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
	int fd;

	(void)what;
	if (len < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	fd = len >= 0 ? attached_fd(&msg) : -1;
	if (len <= 0 && fd < 0)
		event_del(c->readable);
	if (fd >= 0)
		open_session(c, fd, peer, (size_t)len);
}

struct vty_channel *
vty_channel_create(struct server *s, const struct server_options *opt, int fd)
{
	struct vty_channel *c = calloc(1, sizeof(*c));

	if (c == NULL)
		return NULL;
	c->server = s;
	c->router = opt->router;
	c->fd = fd;
	c->readable = event_new(opt->base, fd, EV_READ | EV_PERSIST, on_readable, c);
	if (c->readable == NULL || event_add(c->readable, NULL) != 0) {
		if (c->readable != NULL)
			event_free(c->readable);
		free(c);
		return NULL;
	}
	return c;
}

void
vty_channel_destroy(struct vty_channel *c)
{
	if (c == NULL)
		return;
	event_free(c->readable);
	close(c->fd);
	free(c);
}
