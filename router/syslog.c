/*
 * syslog.c - syslog hosts, and the UDP socket their lines leave by.
 *
 * One unconnected socket serves all hosts: an unreachable one then cannot hold up another with its
 * ICMP errors.  A line longer than a datagram of 1024 bytes is cut, as RFC 3164 wants it.
 */
#include "router/syslog.h"

#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "router/internal.h"

enum { DATAGRAM_MAX = 1024 };

const char *const syslog_facility_names[SYSLOG_FACILITIES] = { "kern", "user", "mail", "daemon",
	"auth", "syslog", "lpr", "news", "uucp", "sys9", "sys10", "sys11", "sys12", "sys13",
	"sys14", "cron", "local0", "local1", "local2", "local3", "local4", "local5", "local6",
	"local7" };

/* ---- the transport ---- */

/* The socket is kept in the pointer itself. */
static int
udp_socket(const void *arg)
{
	return (int)(intptr_t)arg;
}

/* Asks for a source address; 0 lets the kernel choose. */
static size_t
put_source(struct msghdr *msg, uint32_t from)
{
	struct in_pktinfo info = { .ipi_spec_dst.s_addr = htonl(from) };
	struct cmsghdr *c = CMSG_FIRSTHDR(msg);

	c->cmsg_level = IPPROTO_IP;
	c->cmsg_type = IP_PKTINFO;
	c->cmsg_len = CMSG_LEN(sizeof(info));
	memcpy(CMSG_DATA(c), &info, sizeof(info));
	return CMSG_SPACE(sizeof(info));
}

static int
udp_send(void *arg, uint32_t host, uint16_t port, uint32_t from, const char *text, size_t len)
{
	struct sockaddr_in to = {
		.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(host)
	};
	union {
		struct cmsghdr align;
		char room[CMSG_SPACE(sizeof(struct in_pktinfo))];
	} control = { 0 };
	struct iovec iov = { (void *)(uintptr_t)text, len };
	struct msghdr msg = { .msg_name = &to,
		.msg_namelen = sizeof(to),
		.msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = control.room,
		.msg_controllen = sizeof(control.room) };

	if (from != 0) {
		msg.msg_controllen = put_source(&msg, from);
		if (sendmsg(udp_socket(arg), &msg, MSG_DONTWAIT) >= 0)
			return 0;
		if (errno != EINVAL && errno != EADDRNOTAVAIL && errno != ENETUNREACH)
			return -errno;
		/* The host has no such address: better from another than not at all. */
	}
	msg.msg_control = NULL;
	msg.msg_controllen = 0;
	return sendmsg(udp_socket(arg), &msg, MSG_DONTWAIT) < 0 ? -errno : 0;
}

int
syslog_udp_open(struct syslog_transport *t)
{
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0)
		return -errno;
	*t = (struct syslog_transport){ udp_send, (void *)(intptr_t)fd };
	return 0;
}

void
syslog_udp_close(struct syslog_transport *t)
{
	if (t->send == udp_send)
		close(udp_socket(t->arg));
	*t = (struct syslog_transport){ 0 };
}

/* ---- the hosts ---- */

struct syslog *
syslog_settings(struct router *r)
{
	return &r->syslog;
}

static struct syslog_host *
find_host(struct syslog *s, uint32_t address, uint16_t port)
{
	for (size_t i = 0; i < s->hosts; i++)
		if (s->host[i].address == address && s->host[i].port == port)
			return &s->host[i];
	return NULL;
}

int
syslog_host_add(struct router *r, uint32_t address, uint16_t port)
{
	struct syslog *s = &r->syslog;

	if (find_host(s, address, port) != NULL)
		return 0;
	if (s->hosts == SYSLOG_HOSTS)
		return -ENOSPC;
	s->host[s->hosts++] = (struct syslog_host){ .address = address, .port = port };
	return 0;
}

bool
syslog_host_remove(struct router *r, uint32_t address, uint16_t port)
{
	struct syslog *s = &r->syslog;
	struct syslog_host *h = find_host(s, address, port);

	if (h == NULL)
		return false;
	s->hosts--;
	memmove(h, h + 1, (size_t)(&s->host[s->hosts] - h) * sizeof(*h));
	return true;
}

/* The address lines are to come from; 0: whichever. */
static uint32_t
source_address(const struct router *r)
{
	return r->syslog.source != NULL ? r->syslog.source->address : 0;
}

/* The router's own address as it is told: the source interface's, or that of the first that has one. */
static uint32_t
told_address(const struct router *r)
{
	if (source_address(r) != 0)
		return source_address(r);
	for (size_t i = 0; i < r->interfaces; i++)
		if (r->interface[i]->address != 0)
			return r->interface[i]->address;
	return 0;
}

/* "branch-1: ", or "" without an origin id. */
static void
put_origin(struct router *r, char *buf, size_t size)
{
	char address[IPV4_TEXT_MAX];

	buf[0] = '\0';
	switch (r->syslog.origin) {
	case ORIGIN_NONE:
		break;
	case ORIGIN_HOSTNAME:
		snprintf(buf, size, "%s: ", r->hostname);
		break;
	case ORIGIN_IP:
		snprintf(buf, size, "%s: ", ipv4_text(told_address(r), address));
		break;
	case ORIGIN_STRING:
		snprintf(buf, size, "%s: ", r->syslog.origin_text);
		break;
	}
}

void
syslog_send(struct router *r, int severity, const char *line)
{
	struct syslog *s = &r->syslog;
	char datagram[DATAGRAM_MAX + 1], origin[SYSLOG_ORIGIN_MAX + 3];
	size_t len;

	s->sent++;
	if (s->hosts == 0 || s->transport == NULL)
		return;
	put_origin(r, origin, sizeof(origin));
	len = (size_t)snprintf(datagram, sizeof(datagram), "<%u>%" PRIu64 ": %s%s",
		s->facility * 8 + (unsigned)severity, s->sent, origin, line);
	if (len > DATAGRAM_MAX)
		len = DATAGRAM_MAX;
	for (size_t i = 0; i < s->hosts; i++) {
		struct syslog_host *h = &s->host[i];

		if (s->transport->send(s->transport->arg, h->address, h->port, source_address(r),
			    datagram, len) == 0)
			h->logged++;
		else
			h->dropped++;
	}
}
