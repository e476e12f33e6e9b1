/*
 * packet_ring.h - what a packet socket hears, in memory shared with the kernel: no system call a frame.
 *
 * Slots are taken in order and stay ours until packet_ring_release().  A frame that does not fit in
 * a slot is cut there, but waits whole in the socket's queue; such a slot says TP_STATUS_COPY, and
 * one recvmsg(2) for each, in the order of the slots, fetches it.  Used by the worker.  References:
 * packet(7), the kernel's packet_mmap.rst (TPACKET_V2: no timer decides when a frame is seen).
 */
#ifndef DATAPLANE_PACKET_RING_H
#define DATAPLANE_PACKET_RING_H

#include <linux/if_packet.h>
#include <linux/virtio_net.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct packet_ring {
	uint8_t *map;	/* NULL: not open */
	size_t next;	/* the slot that is filled next */
	size_t held;	/* those before it that are ours */
};

/* For a socket that has virtio-net headers on and is not bound yet. 0 or -errno. */
int packet_ring_open(struct packet_ring *r, int fd);
void packet_ring_close(struct packet_ring *r);
/* Whether there is a filled slot to take. */
bool packet_ring_waits(const struct packet_ring *r);
/* The next filled slot, which is then held; NULL when there is none. */
struct tpacket2_hdr *packet_ring_take(struct packet_ring *r);
/* Gives all held slots back: what was in them is gone. */
void packet_ring_release(struct packet_ring *r);
/* The frame of a slot, tp_snaplen bytes, and the virtio-net header that came with it. */
uint8_t *packet_ring_frame(struct tpacket2_hdr *h);
const struct virtio_net_hdr *packet_ring_vnet(struct tpacket2_hdr *h);

#endif
