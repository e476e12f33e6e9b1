/*
 * ports.h - `-p PORT=DRIVER:ARG`: an interface gets its port.
 */
#ifndef DAEMON_PORTS_H
#define DAEMON_PORTS_H

#include "router/router.h"

/* Opens the port, for which it takes what privilege the device needs. 0, or -1 with a message. */
int ports_add(struct router *r, const char *option);

#endif
