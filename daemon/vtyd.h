/*
 * vtyd.h - keeps acegate-vtyd running: the process that takes logins from the network.
 */
#ifndef DAEMON_VTYD_H
#define DAEMON_VTYD_H

#include "cli/session/server.h"
#include "daemon/listen.h"

struct event_base;
struct vtyd;

/*
 * In the router's process: has the supervisor at control start it, and again whenever it has ended; its
 * channel becomes the server's. Takes over control. NULL with a message. Control thread.
 */
struct vtyd *vtyd_create(struct event_base *base, struct server *server, int control);
/* Has it started no more. The one that runs ends with its channel, which the server closes. */
void vtyd_destroy(struct vtyd *v);

/* In a child of the supervisor: becomes it, with copies of the listeners and its end of the channel. */
void vtyd_exec(const struct listeners *l, int channel) __attribute__((noreturn));

#endif
