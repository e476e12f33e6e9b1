/*
 * server_internal.h - what server.c, connection.c and vty_channel.c share.
 */
#ifndef CLI_SERVER_INTERNAL_H
#define CLI_SERVER_INTERNAL_H

#include <sys/queue.h>
#include <sys/un.h>

#include "cli/session/server.h"

struct connection;
struct evconnlistener;
struct event;
struct vty_channel;

struct server {
	struct server_options opt;
	struct evconnlistener *listener;
	struct event *resume;	/* listening again, after descriptors ran out */
	struct vty_channel *vty_channel;
	TAILQ_HEAD(, connection) connections;
	size_t sessions;
	char path[sizeof(((struct sockaddr_un *)0)->sun_path)];
};

/* ---- connection.c ---- */

/* A login on fd, which is taken over. vty NULL: HELLO says whether it is console or batch. */
void connection_open(struct server *s, int fd, struct line *vty);
/*
 * All lines are taken: ends a login that has not been let in, of an address that has several of them, for
 * one from `peer`, which has fewer.  False when there is none, or the line is not for the newcomer.
 */
bool connections_free_line(struct server *s, enum line_transport transport, const char *peer,
	uint16_t port);
void connections_show_log(struct server *s, enum log_destination which, const char *line);
/* To every terminal, line by line. */
void connections_broadcast(struct server *s, const char *text);
void connections_destroy(struct server *s);

/* ---- admission.c ---- */

/*
 * AUTH's payload, which a NUL follows: enum auth_verdict, or -1 when it is none. TRANSPORT's: false when
 * it is none.
 */
int admission_auth(struct session *s, const char *payload, size_t len);
bool admission_transport(struct router *r, struct line *l, const char *text);

/* ---- vty_channel.c ---- */

/* NULL without memory. Takes fd over when it succeeds. */
struct vty_channel *vty_channel_create(struct server *s, const struct server_options *opt, int fd);
void vty_channel_destroy(struct vty_channel *c);

#endif
