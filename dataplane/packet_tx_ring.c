/*
 * packet_tx_ring.c - slots filled by us, emptied by the kernel within send(2).
 *
 * The kernel takes slots in a circle, from the one where it stopped, as long as they ask to be sent.
 * It stops at the first that the device refuses, and stands there: that slot and those behind it are
 * taken back, so that nobody sends them twice, and the next frame goes into the same slot.
 *
 * A slot is ours again when the frame is out of the kernel, which may be long after send(2).  Its
 * bytes are copied there whole, not referred to (the virtio-net header's length of the headers says
 * so): a veth would copy them later, at more cost.
 *
 * The socket has nobody waiting on it, or every frame that leaves would look whom to wake.
 */
#include "dataplane/packet_tx_ring.h"

#include <errno.h>
#include <linux/if_packet.h>
#include <linux/virtio_net.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "dataplane/packet_vnet.h"

enum {
	SLOT = 2048,
	SLOTS = 256,
	BLOCK = 1 << 16, /* what the kernel allocates in one piece */
	RING = SLOT * SLOTS,
	HEADER = TPACKET_ALIGN(sizeof(struct tpacket2_hdr)),
	/*
	 * Every device carries this much that carries IPv6, and most do.  Of a longer frame the
	 * socket, unlike the ring, tells when it is too long, whatever the MTU was a moment ago.
	 */
	LONGEST = 1280 + ETHER_HEADER,
	WAITS = TP_STATUS_SEND_REQUEST | TP_STATUS_WRONG_FORMAT, /* the kernel did not take it */
	NOT_OURS = WAITS | TP_STATUS_SENDING,
	SEND_BUFFER = 1 << 20,
};

_Static_assert(HEADER + sizeof(struct virtio_net_hdr) + LONGEST <= SLOT, "a frame fits in a slot");

int
packet_tx_ring_open(struct packet_tx_ring *r)
{
	struct tpacket_req size = {
		.tp_block_size = BLOCK,
		.tp_block_nr = RING / BLOCK,
		.tp_frame_size = SLOT,
		.tp_frame_nr = SLOTS,
	};
	int version = TPACKET_V2, on = 1, buffer = SEND_BUFFER;
	void *map;

	*r = (struct packet_tx_ring){
		.fd = socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, 0),
	};
	if (r->fd < 0 ||
		setsockopt(r->fd, SOL_PACKET, PACKET_VERSION, &version, sizeof(version)) < 0 ||
		setsockopt(r->fd, SOL_PACKET, PACKET_VNET_HDR, &on, sizeof(on)) < 0 ||
		setsockopt(r->fd, SOL_PACKET, PACKET_TX_RING, &size, sizeof(size)) < 0)
		return -errno;
	if (setsockopt(r->fd, SOL_SOCKET, SO_SNDBUFFORCE, &buffer, sizeof(buffer)) < 0)
		(void)setsockopt(r->fd, SOL_SOCKET, SO_SNDBUF, &buffer, sizeof(buffer));
	map = mmap(NULL, RING, PROT_READ | PROT_WRITE, MAP_SHARED, r->fd, 0);
	if (map == MAP_FAILED)
		return -errno;
	r->map = map;
	return 0;
}

void
packet_tx_ring_close(struct packet_tx_ring *r)
{
	if (r->map != NULL)
		munmap(r->map, RING);
	if (r->fd >= 0)
		close(r->fd);
	*r = (struct packet_tx_ring){ .fd = -1 };
}

int
packet_tx_ring_bind(struct packet_tx_ring *r, int ifindex)
{
	struct sockaddr_ll where = { .sll_family = AF_PACKET, .sll_ifindex = ifindex };

	return bind(r->fd, (struct sockaddr *)&where, sizeof(where)) < 0 ? -errno : 0;
}

bool
packet_tx_ring_fits(const struct packet *p)
{
	return p->len <= LONGEST && p->offload.gso == GSO_NONE;
}

static struct tpacket2_hdr *
slot_at(const struct packet_tx_ring *r, size_t i)
{
	return (struct tpacket2_hdr *)(r->map + (r->next + i) % SLOTS * SLOT);
}

/* Status words belong to whoever may write the slot, so they come last and are looked at first. */
static uint32_t
status_of(const struct packet_tx_ring *r, size_t i)
{
	return __atomic_load_n(&slot_at(r, i)->tp_status, __ATOMIC_ACQUIRE);
}

static void
set_status(const struct packet_tx_ring *r, size_t i, uint32_t status)
{
	__atomic_store_n(&slot_at(r, i)->tp_status, status, __ATOMIC_RELEASE);
}

static void
fill(const struct packet_tx_ring *r, size_t i, const struct packet *p)
{
	uint8_t *slot = (uint8_t *)slot_at(r, i);
	struct virtio_net_hdr vnet;

	packet_vnet_write(&vnet, p);
	vnet.hdr_len = (uint16_t)p->len; /* to be copied */
	memcpy(slot + HEADER, &vnet, sizeof(vnet));
	memcpy(slot + HEADER + sizeof(vnet), p->data, p->len);
	slot_at(r, i)->tp_len = (uint32_t)sizeof(vnet) + p->len;
	set_status(r, i, TP_STATUS_SEND_REQUEST);
}

/* How many of n filled slots the kernel took; the others are emptied. */
static size_t
settle(const struct packet_tx_ring *r, size_t n)
{
	size_t gone = n;

	while (gone > 0 && (status_of(r, gone - 1) & WAITS) != 0)
		set_status(r, --gone, TP_STATUS_AVAILABLE);
	return gone;
}

size_t
packet_tx_ring_send(struct packet_tx_ring *r, struct packet *const *pkt, size_t n)
{
	size_t filled = 0, gone;

	while (filled < n && packet_tx_ring_fits(pkt[filled]) &&
		(status_of(r, filled) & NOT_OURS) == 0) {
		fill(r, filled, pkt[filled]);
		filled++;
	}
	if (filled == 0)
		return 0;
	/* What it returns says less than the slots do: a number of bytes, or what was wrong with one. */
	while (send(r->fd, NULL, 0, MSG_DONTWAIT) < 0 && errno == EINTR)
		;
	gone = settle(r, filled);
	r->next = (r->next + gone) % SLOTS;
	return gone;
}
