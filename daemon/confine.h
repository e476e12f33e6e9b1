/*
 * confine.h - what the router's process is left with.
 */
#ifndef DAEMON_CONFINE_H
#define DAEMON_CONFINE_H

#include "daemon/options.h"

/*
 * For good: no capabilities, no files but the configuration's, the file area's and what the system tells
 * everybody, no TCP connections, no system calls a router has no use for. After the ports and the control
 * socket were opened, before the second thread. 0, or -1 with a message.
 */
int daemon_confine(const struct options *o);

#endif
