/*
 * listen.c - the sockets that logins come in by: opened while there is privilege for low ports, and
 * handed to acegate-vtyd, which alone accepts on them.
 */
#include "config.h"

#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "daemon/listen.h"

static int
listen_on(const char *option, const char *where)
{
	char host[256];
	const char *colon = strrchr(where, ':');
	struct addrinfo hints = { .ai_flags = AI_PASSIVE | AI_NUMERICSERV,
		.ai_socktype = SOCK_STREAM },
			*found = NULL;
	int fd = -1, one = 1, rc;

	if (colon == NULL || (size_t)(colon - where) >= sizeof(host)) {
		fprintf(stderr, "acegated: %s %s: not ADDR:PORT\n", option, where);
		return -1;
	}
	snprintf(host, sizeof(host), "%.*s", (int)(colon - where), where);
	if (host[0] == '[' && host[strlen(host) - 1] == ']') {
		memmove(host, host + 1, strlen(host));
		host[strlen(host) - 1] = '\0';
	}
	rc = getaddrinfo(
		host[0] == '\0' || strcmp(host, "*") == 0 ? NULL : host, colon + 1, &hints, &found);
	if (rc != 0) {
		fprintf(stderr, "acegated: %s %s: %s\n", option, where, gai_strerror(rc));
		return -1;
	}
	fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd >= 0)
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (fd < 0 || bind(fd, found->ai_addr, found->ai_addrlen) < 0 || listen(fd, 64) < 0) {
		fprintf(stderr, "acegated: %s %s: %s\n", option, where, strerror(errno));
		if (fd >= 0)
			close(fd);
		fd = -1;
	}
	freeaddrinfo(found);
	return fd;
}

static int
open_all(const char *option, const char *const *where, size_t n, int *fd, size_t *opened)
{
	for (size_t i = 0; i < n; i++) {
		fd[i] = listen_on(option, where[i]);
		if (fd[i] < 0)
			return -1;
		*opened = i + 1;
	}
	return 0;
}

int
listeners_open(struct listeners *l, const struct options *o)
{
	if (open_all("--telnet", o->telnet, o->telnets, l->telnet, &l->telnets) < 0)
		return -1;
	return open_all("--ssh", o->ssh, o->sshs, l->ssh, &l->sshs);
}

void
listeners_close(struct listeners *l)
{
	for (size_t i = 0; i < l->telnets; i++)
		close(l->telnet[i]);
	for (size_t i = 0; i < l->sshs; i++)
		close(l->ssh[i]);
	l->telnets = l->sshs = 0;
}
