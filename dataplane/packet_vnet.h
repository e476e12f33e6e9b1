/*
 * packet_vnet.h - what a sender left to the hardware, between our words for it and virtio-net's.
 *
 * Pure functions, any thread.  Reference: virtio 1.2 section 5.1.6.
 */
#ifndef DATAPLANE_PACKET_VNET_H
#define DATAPLANE_PACKET_VNET_H

#include <linux/virtio_net.h>

#include "dataplane/packet.h"

struct packet_offload packet_vnet_read(const struct virtio_net_hdr *h);
/* All of *h. The frame's gso is not GSO_UNKNOWN. */
void packet_vnet_write(struct virtio_net_hdr *h, const struct packet *p);

#endif
