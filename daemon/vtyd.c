/*
 * vtyd.c - keeps acegate-vtyd running: the router makes a channel and asks the supervisor for it.
 *
 * It gets copies of the listening sockets and one end of the channel, and no other descriptor.  When it
 * dies, its logins go with it, and after a moment another takes its place: the router itself has
 * lost nothing.
 */
#include "config.h"

#include <errno.h>
#include <event2/event.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "daemon/supervisor.h"
#include "daemon/vtyd.h"

enum { VTYD_ARGS_MAX = 4 + 4 * OPTIONS_LISTEN_MAX };

struct vtyd {
	struct server *server;
	struct event *told;
	int control;
};

/* Beside our own executable when run in place, else where it was installed. */
static void
vtyd_path(char *path, size_t size)
{
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);

	if (n > 0) {
		self[n] = '\0';
		snprintf(path, size, "%s/acegate-vtyd", dirname(self));
		if (access(path, X_OK) == 0)
			return;
	}
	snprintf(path, size, "%s/acegate-vtyd", ACEGATE_LIBEXECDIR);
}

struct arguments {
	char *argv[VTYD_ARGS_MAX];
	char number[VTYD_ARGS_MAX][12];
	size_t n;
};

/* "OPTION N", N being a copy of fd: dup(2) leaves close-on-exec behind. */
static void
add_descriptor(struct arguments *a, const char *option, int fd)
{
	snprintf(a->number[a->n], sizeof(a->number[0]), "%d", dup(fd));
	a->argv[a->n + 1] = a->number[a->n];
	a->argv[a->n] = (char *)option;
	a->n += 2;
}

void
vtyd_exec(const struct listeners *l, int channel)
{
	static struct arguments a = { .argv = { "acegate-vtyd" }, .n = 1 };
	char path[PATH_MAX];

	add_descriptor(&a, "--channel-fd", channel);
	for (size_t i = 0; i < l->telnets; i++)
		add_descriptor(&a, "--telnet-fd", l->telnet[i]);
	for (size_t i = 0; i < l->sshs; i++)
		add_descriptor(&a, "--ssh-fd", l->ssh[i]);
	vtyd_path(path, sizeof(path));
	execv(path, a.argv);
	fprintf(stderr, "acegated: %s: %s\n", path, strerror(errno));
	_exit(127);
}

static int
ask_for_vtyd(struct vtyd *v)
{
	int pair[2], rc;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
		return -errno;
	rc = supervisor_send(v->control, SUPERVISOR_VTYD, pair[1]);
	close(pair[1]);
	if (rc == 0)
		return server_add_vty_channel(v->server, pair[0]);
	close(pair[0]);
	return rc;
}

static void
on_told(evutil_socket_t fd, short what, void *arg)
{
	struct vtyd *v = arg;
	char byte;
	int rc;

	(void)what;
	if (recv((int)fd, &byte, 1, MSG_DONTWAIT) != 1 || byte != SUPERVISOR_VTYD_ENDED)
		return;
	rc = ask_for_vtyd(v);
	if (rc < 0)
		fprintf(stderr, "acegated: acegate-vtyd: %s\n", strerror(-rc));
}

struct vtyd *
vtyd_create(struct event_base *base, struct server *server, int control)
{
	struct vtyd *v = calloc(1, sizeof(*v));
	int rc = -ENOMEM;

	if (v != NULL) {
		*v = (struct vtyd){ .server = server, .control = control };
		v->told = event_new(base, control, EV_READ | EV_PERSIST, on_told, v);
		if (v->told != NULL && event_add(v->told, NULL) == 0)
			rc = ask_for_vtyd(v);
	}
	if (rc < 0) {
		fprintf(stderr, "acegated: acegate-vtyd: %s\n", strerror(-rc));
		vtyd_destroy(v);
		v = NULL;
	}
	return v;
}

void
vtyd_destroy(struct vtyd *v)
{
	if (v == NULL)
		return;
	if (v->told != NULL)
		event_free(v->told);
	free(v);
}
