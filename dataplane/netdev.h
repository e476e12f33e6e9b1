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
	char name[IFNAMSIZ];
};

/*
 * Finds a device fit for a port: there, Ethernet, and one wire ("any" and "lo" are not: what they
 * show is seen twice).  0, or -errno with a sentence.  netdev_close() either way.
 */
int netdev_open(struct netdev *d, const char *name, char err[DP_ERR_MAX]);
void netdev_close(struct netdev *d);
/*
 * The kernel's index of the device that has the name now, if it is fit for a port; or -errno with a
 * sentence.  Any thread, as all below.
 */
int netdev_index(const struct netdev *d, char err[DP_ERR_MAX]);
/* The index of what a packet socket is bound to; < 0 once that device was removed (packet(7)). */
int netdev_bound_index(int packet_socket);
/* Fills mac, mtu and link_up, and the port's own mtu. */
void netdev_info(const struct netdev *d, struct port *port, struct dp_port_info *out);
/* What became of a frame whose sending failed with this errno. */
enum dp_drop netdev_send_error(int error);

#endif
