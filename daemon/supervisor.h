/*
 * supervisor.h - the process that keeps its privileges, and the one that holds the router.
 *
 * acegated is two processes.  The supervisor opens the sockets for logins, starts the router's process
 * and acegate-vtyd, and starts the router anew for `reload`; it parses nothing but one-byte requests.
 * The router's process opens its ports and then gives up its privileges for good.
 */
#ifndef DAEMON_SUPERVISOR_H
#define DAEMON_SUPERVISOR_H

#include <stdbool.h>

#include "daemon/options.h"

struct supervised {		/* what the router's process knows of its supervisor */
	int control;		/* SOCK_SEQPACKET */
	bool reloaded;		/* started again for a `reload` */
	bool logins;		/* there are listeners: acegate-vtyd can be had */
};

enum supervisor_message {
	/* to the supervisor */
	SUPERVISOR_VTYD = 'v',		/* start acegate-vtyd; with its end of the channel */
	SUPERVISOR_RELOAD = 'r',	/* this process ends to be started again */
	/* from it */
	SUPERVISOR_VTYD_ENDED = 'e',	/* another may be asked for */
};

/*
 * Supervises until the router ends other than for a reload, or a signal asks for the end, and returns the
 * exit status.  In each process that is to be the router it returns -1, with *s filled in.
 */
int supervise(const struct options *o, struct supervised *s);

/* From the router's process: a message, with a descriptor unless that is -1. 0 or -errno. */
int supervisor_send(int control, enum supervisor_message what, int fd);

#endif
