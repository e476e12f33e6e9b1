/*
 * vty_channel.c - the channel to acegate-vtyd: logins come from it, one way; what its SSH servers need
 * goes to it, the other.
 *
 * The channel is one end of a SOCK_SEQPACKET pair.  Each message from it, "telnet ADDRESS PORT" or
 * "ssh ADDRESS PORT" with a socket, takes the lowest free vty that admits the transport; when there is
 * none, or its access class does not let the address in, the socket is closed, which the other end
 * passes on as a closed connection.  acegate-vtyd holds no rights of the router: all it can do here is
 * open sessions that still have to log in.
 *
 * Each message to it is "ssh", a line end, and ssh_server_text() as it stands, host keys included: the
 * first at once, then whenever that changes.  One that does not fit into the channel is not waited
 * for, but sent when there is room, as it then is.
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
	struct event *readable, *writable;
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
keep_peer(char kept[LINE_PEER_MAX + 1], const char *peer, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len && n < LINE_PEER_MAX; i++)
		if (strchr("0123456789abcdefABCDEF.:%", peer[i]) != NULL && peer[i] != '\0')
			kept[n++] = peer[i];
	kept[n] = '\0';
}

/* Takes a message apart: "TRANSPORT ADDRESS PORT". False when it is none. */
static bool
read_login(char *text, enum line_transport *transport, struct word *address, uint32_t *port)
{
	struct word word[4];

	if (words_split(text, word, 4) != 3 || !word_number(&word[2], 0, UINT16_MAX, port))
		return false;
	if (word[0].len == 6 && memcmp(word[0].text, "telnet", 6) == 0)
		*transport = LINE_TELNET;
	else if (word[0].len == 3 && memcmp(word[0].text, "ssh", 3) == 0)
		*transport = LINE_SSH;
	else
		return false;
	*address = word[1];
	return true;
}

static void
open_session(struct vty_channel *c, int fd, char *text)
{
	enum line_transport transport;
	struct word address;
	uint32_t port;
	char peer[LINE_PEER_MAX + 1];
	struct line *vty = NULL;

	if (read_login(text, &transport, &address, &port)) {
		keep_peer(peer, address.text, address.len);
		vty = line_take_vty(c->router, transport);
		if (vty == NULL &&
			connections_free_line(c->server, transport, peer, (uint16_t)port))
			vty = line_take_vty(c->router, transport);
	}
	if (vty == NULL) {
		close(fd);
		return;
	}
	strcpy(vty->peer, peer);
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
	char text[LINE_PEER_MAX + 16]; /* with the transport and the port */
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(sizeof(int))];
	} control;
	struct iovec iov = { text, sizeof(text) - 1 };
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
	if (fd < 0)
		return;
	text[len] = '\0';
	open_session(c, fd, text);
}

/* Tells acegate-vtyd what its SSH servers need. */
static void
send_ssh(struct vty_channel *c)
{
	static const char head[] = "ssh\n";
	char *text = ssh_server_text(c->router);
	struct iovec iov[] = { { (void *)head, sizeof(head) - 1 }, { text, 0 } };
	struct msghdr msg = { .msg_iov = iov, .msg_iovlen = 2 };

	if (text == NULL)
		return;
	iov[1].iov_len = strlen(text);
	if (sendmsg(c->fd, &msg, MSG_DONTWAIT | MSG_NOSIGNAL) < 0 &&
		(errno == EAGAIN || errno == EWOULDBLOCK))
		event_add(c->writable, NULL);
	explicit_bzero(text, iov[1].iov_len);
	free(text);
}

static void
on_writable(evutil_socket_t s, short what, void *arg)
{
	(void)s;
	(void)what;
	send_ssh(arg);
}

static void
on_ssh_changed(void *arg)
{
	send_ssh(arg);
}

struct vty_channel *
vty_channel_create(struct server *s, const struct server_options *opt, int fd)
{
	struct vty_channel *c = calloc(1, sizeof(*c));

	if (c == NULL)
		return NULL;
	c->server = s;
	c->router = opt->router;
	c->fd = -1;
	c->readable = event_new(opt->base, fd, EV_READ | EV_PERSIST, on_readable, c);
	c->writable = event_new(opt->base, fd, EV_WRITE, on_writable, c);
	if (c->readable == NULL || c->writable == NULL || event_add(c->readable, NULL) != 0) {
		vty_channel_destroy(c);
		return NULL;
	}
	c->fd = fd;
	ssh_listen(c->router, on_ssh_changed, c);
	send_ssh(c);
	return c;
}

void
vty_channel_destroy(struct vty_channel *c)
{
	if (c == NULL)
		return;
	if (c->readable != NULL)
		event_free(c->readable);
	if (c->writable != NULL)
		event_free(c->writable);
	if (c->fd >= 0) {
		ssh_listen(c->router, NULL, NULL);
		close(c->fd);
	}
	free(c);
}
