/*
 * packet_tx_ring.h - short frames to a device through memory shared with the kernel: one system call
 * a burst.
 *
 * Only frames of which a slot holds all, and that nobody has to cut, go this way; the caller sends the
 * others through a socket, between two calls, and so keeps the order: when packet_tx_ring_send()
 * returns, what it took has been given to the device.  Used by the worker, but for
 * packet_tx_ring_bind().  References: packet(7), the kernel's packet_mmap.rst.
 */
#ifndef DATAPLANE_PACKET_TX_RING_H
#define DATAPLANE_PACKET_TX_RING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dataplane/packet.h"

struct packet_tx_ring {
	int fd;		/* a socket of its own: one with such a ring sends in no other way */
	uint8_t *map;	/* NULL: not open */
	size_t next;	/* the slot that the kernel looks at next */
};

/* 0 or -errno; packet_tx_ring_close() is fine after either, and on one that is {-1, NULL}. */
int packet_tx_ring_open(struct packet_tx_ring *r);
void packet_tx_ring_close(struct packet_tx_ring *r);
/* Sends through this device from now on; any thread, under the port's lock. 0 or -errno. */
int packet_tx_ring_bind(struct packet_tx_ring *r, int ifindex);
/* Whether it is one of the frames that go this way. */
bool packet_tx_ring_fits(const struct packet *p);
/*
 * Sends frames from the first up to one that does not fit; how many are gone.  One that fits and was
 * not sent was refused: by the device, or because all slots wait for a slower one.
 */
size_t packet_tx_ring_send(struct packet_tx_ring *r, struct packet *const *pkt, size_t n);

#endif
