/*
 * server.c - the control socket: who may come in, and the log that goes out to all.
 *
 * A Unix socket with mode 0660.  What happens on a connection is connection.c's; logins from the
 * network come through vty_channel.c.  Control thread.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <event2/event.h>
#include <event2/listener.h>

#include "cli/session/protocol.h"
#include "cli/session/server_internal.h"

enum { BACKLOG = 32, ACCEPT_PAUSE_S = 1 };

static void
on_accept(struct evconnlistener *l, evutil_socket_t fd, struct sockaddr *addr, int len, void *arg)
{
	(void)l;
	(void)addr;
	(void)len;
	connection_open(arg, fd, NULL);
}

/* Out of descriptors: without a pause the loop would spin on the connection that cannot be taken.
 */
static void
on_accept_error(struct evconnlistener *l, void *arg)
{
	static const struct timeval pause = { .tv_sec = ACCEPT_PAUSE_S };
	struct server *s = arg;

	evconnlistener_disable(l);
	event_add(s->resume, &pause);
}

static void
on_resume(evutil_socket_t fd, short what, void *arg)
{
	struct server *s = arg;

	(void)fd;
	(void)what;
	evconnlistener_enable(s->listener);
}

static void
on_log(void *arg, enum log_destination which, const char *line)
{
	connections_show_log(arg, which, line);
}

static void
on_broadcast(void *arg, const char *text)
{
	connections_broadcast(arg, text);
}

/* Clears the way for bind(): a socket nobody answers at is stale. False when somebody does. */
static bool
clear_path(const char *path)
{
	int fd = proto_connect(path);

	if (fd >= 0) {
		close(fd);
		fprintf(stderr, "acegated: %s: another router answers there\n", path);
		return false;
	}
	if (fd == -ECONNREFUSED)
		unlink(path);
	return true;
}

static int
listen_at(const char *path)
{
	struct sockaddr_un addr = { .sun_family = AF_UNIX };
	mode_t mask;
	int fd, bound;

	if (strlen(path) >= sizeof(addr.sun_path)) {
		fprintf(stderr, "acegated: %s: the path is too long\n", path);
		return -1;
	}
	if (!clear_path(path))
		return -1;
	strcpy(addr.sun_path, path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	mask = umask(0117); /* born with mode 0660 */
	bound = fd < 0 ? -1 : bind(fd, (struct sockaddr *)&addr, sizeof(addr));
	umask(mask);
	if (bound == 0 && listen(fd, BACKLOG) == 0)
		return fd;
	fprintf(stderr, "acegated: %s: %s\n", path, strerror(errno));
	if (fd >= 0)
		close(fd);
	return -1;
}

struct server *
server_create(const struct server_options *opt)
{
	struct server *s = calloc(1, sizeof(*s));
	int fd;

	if (s == NULL)
		return NULL;
	signal(SIGPIPE, SIG_IGN); /* a client may go while it is written to */
	s->opt = *opt;
	TAILQ_INIT(&s->connections);
	fd = listen_at(opt->socket_path);
	if (fd < 0) {
		free(s);
		return NULL;
	}
	snprintf(s->path, sizeof(s->path), "%s", opt->socket_path);
	s->listener = evconnlistener_new(opt->base, on_accept, s, LEV_OPT_CLOSE_ON_FREE, 0, fd);
	s->resume = evtimer_new(opt->base, on_resume, s);
	if (s->listener == NULL || s->resume == NULL ||
		logging_listen(opt->router, on_log, s) != 0) {
		fprintf(stderr, "acegated: %s: cannot listen\n", opt->socket_path);
		if (s->listener == NULL)
			close(fd);
		server_destroy(s);
		return NULL;
	}
	router_on_broadcast(opt->router, on_broadcast, s);
	evconnlistener_set_error_cb(s->listener, on_accept_error);
	return s;
}

void
server_destroy(struct server *s)
{
	if (s == NULL)
		return;
	connections_destroy(s);
	router_on_broadcast(s->opt.router, NULL, NULL);
	logging_unlisten(s->opt.router, on_log, s);
	vty_channel_destroy(s->vty_channel);
	if (s->listener != NULL)
		evconnlistener_free(s->listener);
	if (s->resume != NULL)
		event_free(s->resume);
	unlink(s->path);
	free(s);
}

int
server_add_vty_channel(struct server *s, int fd)
{
	vty_channel_destroy(s->vty_channel);
	s->vty_channel = vty_channel_create(s, &s->opt, fd);
	return s->vty_channel != NULL ? 0 : -ENOMEM;
}

size_t
server_session_count(const struct server *s)
{
	return s->sessions;
}
