/*
 * netdev.h - what the live ports ask the kernel about the network device under them.
 */
#ifndef DATAPLANE_NETDEV_H
#define DATAPLANE_NETDEV_H

#include <net/if.h>

#include "dataplane/dataplane.h"
#include "dataplane/port.h"

struct netdev {
	int fd;			/* for questions; needs no privilege */
	int index;
	char name[IFNAMSIZ];
};

/*
 * Finds a device fit for a port: there, Ethernet, and one wire ("any" and "lo" are not: what they
 * show is seen twice).  0, or -errno with a sentence.  netdev_close() either way.
 */
int netdev_open(struct netdev *d, const char *name, char err[DP_ERR_MAX]);
void netdev_close(struct netdev *d);
/* Fills mac, mtu and link_up, and the port's own mtu. Any thread. */
void netdev_info(const struct netdev *d, struct port *port, struct dp_port_info *out);
/* What became of a frame whose sending failed with this errno. */
enum dp_drop netdev_send_error(int error);

#endif
