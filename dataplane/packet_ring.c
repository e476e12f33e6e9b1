/*
 * packet_ring.c - the slots and who owns them.
 *
 * The kernel fills slots in a circle; the status word of each says whose it is.  It is read and
 * written with acquire and release, so that a frame is never seen before it is there, nor written
 * over before we are done.
 */
#include "dataplane/packet_ring.h"

#include <errno.h>
#include <sys/mman.h>
#include <sys/socket.h>

enum {
	SLOT = 2048, /* an Ethernet frame, its headers and the kernel's */
	SLOTS = 4096,
	BLOCK = 1 << 16, /* what the kernel allocates in one piece */
	RING = SLOT * SLOTS,
};

int
packet_ring_open(struct packet_ring *r, int fd)
{
	struct tpacket_req size = {
		.tp_block_size = BLOCK,
		.tp_block_nr = RING / BLOCK,
		.tp_frame_size = SLOT,
		.tp_frame_nr = SLOTS,
	};
	int version = TPACKET_V2, copy_larger = 1;
	void *map;

	*r = (struct packet_ring){ 0 };
	if (setsockopt(fd, SOL_PACKET, PACKET_VERSION, &version, sizeof(version)) < 0 ||
		setsockopt(fd, SOL_PACKET, PACKET_COPY_THRESH, &copy_larger, sizeof(copy_larger)) <
			0 ||
		setsockopt(fd, SOL_PACKET, PACKET_RX_RING, &size, sizeof(size)) < 0)
		return -errno;
	map = mmap(NULL, RING, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (map == MAP_FAILED)
		return -errno;
	r->map = map;
	return 0;
}

void
packet_ring_close(struct packet_ring *r)
{
	if (r->map != NULL)
		munmap(r->map, RING);
	r->map = NULL;
}

static struct tpacket2_hdr *
slot_at(const struct packet_ring *r, size_t i)
{
	return (struct tpacket2_hdr *)(r->map + i % SLOTS * SLOT);
}

bool
packet_ring_waits(const struct packet_ring *r)
{
	const struct tpacket2_hdr *h = slot_at(r, r->next);

	return r->held < SLOTS &&
	       (__atomic_load_n(&h->tp_status, __ATOMIC_ACQUIRE) & TP_STATUS_USER) != 0;
}

struct tpacket2_hdr *
packet_ring_take(struct packet_ring *r)
{
	struct tpacket2_hdr *h = slot_at(r, r->next);

	if (!packet_ring_waits(r))
		return NULL;
	r->next = (r->next + 1) % SLOTS;
	r->held++;
	return h;
}

void
packet_ring_release(struct packet_ring *r)
{
	for (; r->held > 0; r->held--)
		__atomic_store_n(&slot_at(r, r->next + SLOTS - r->held)->tp_status,
			TP_STATUS_KERNEL, __ATOMIC_RELEASE);
}

uint8_t *
packet_ring_frame(struct tpacket2_hdr *h)
{
	return (uint8_t *)h + h->tp_mac;
}

const struct virtio_net_hdr *
packet_ring_vnet(struct tpacket2_hdr *h)
{
	return (const struct virtio_net_hdr *)(packet_ring_frame(h) -
					       sizeof(struct virtio_net_hdr));
}
