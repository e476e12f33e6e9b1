/*
 * listen.h - `--telnet ADDR:PORT`, `--ssh ADDR:PORT`: the sockets that logins come in by.
 */
#ifndef DAEMON_LISTEN_H
#define DAEMON_LISTEN_H

#include "daemon/options.h"

struct listeners {
	int telnet[OPTIONS_LISTEN_MAX], ssh[OPTIONS_LISTEN_MAX];
	size_t telnets, sshs;
};

/*
 * Opens them all, close-on-exec. 0, or -1 with a message; either way listeners_close() ends them.
 */
int listeners_open(struct listeners *l, const struct options *o);
void listeners_close(struct listeners *l);

#endif
