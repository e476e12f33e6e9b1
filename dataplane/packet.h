/*
 * packet.h - a frame on its way through the router.
 *
 * The bytes belong to the port that received the frame, until that port's next rx_burst(); nothing
 * on the path copies them.  A packet may stand for many: a frame that a kernel or a VM left to be
 * cut by hardware (GSO) carries in `offload` how it will be cut, and counts as the packets it
 * stands for.
 */
#ifndef DATAPLANE_PACKET_H
#define DATAPLANE_PACKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "acl/acl.h"

enum {
	DP_BURST = 64,		/* frames handled together */
	ETHER_HEADER = 14,
	PACKET_MAX = 65536 + 256,	/* the longest frame a live port can receive */
};

enum packet_gso {
	GSO_NONE,
	GSO_TCP4,
	GSO_TCP6,
	GSO_UDP,		/* UDP datagrams of gso_size bytes each, IPv4 or IPv6 */
	GSO_UNKNOWN,		/* divided in a way we do not know: cannot be sent on */
};

enum packet_family {	/* which lists look at it */
	PACKET_OTHER,	/* neither of these, ARP for one: MAC lists */
	PACKET_IPV4,
	PACKET_IPV6,
};

/*
 * Work that a sender left to the hardware, as virtio-net describes it. Offsets are from
 * packet.data.
 */
struct packet_offload {
	bool partial_checksum;	/* the L4 checksum holds the pseudo-header's sum only */
	bool ecn;		/* TCP: CWR belongs to the first segment only */
	uint8_t gso;		/* enum packet_gso */
	uint16_t gso_size;	/* payload bytes of each segment */
	uint16_t csum_start;	/* with partial_checksum: where summing starts */
	uint16_t csum_offset;	/* ... and where the sum goes, from there */
};

struct packet {
	uint8_t *data;		/* at the destination MAC address */
	uint32_t len;		/* bytes there */
	uint32_t wire_len;	/* bytes the frame really had; more than len = cut by the capture */
	uint64_t time_ns;	/* arrival, since 1970 UTC */
	struct packet_offload offload;
	uint16_t tag_type;	/* TPID of a VLAN tag the kernel took off; 0 none */
	uint16_t tag;		/* its TCI */

	/* What the path found out. */
	uint32_t packets;	/* packets it stands for on a wire */
	uint32_t bytes;		/* and their bytes, Ethernet headers included */
	uint16_t headers;	/* gso: bytes of headers each of them repeats; 0 not understood */
	uint32_t rx_ifindex;	/* its port, then the SVI or routed port it came in by */
	uint8_t family;		/* enum packet_family: which key is valid */
	union {
		struct acl_key key;
		struct acl_mac_key mac_key;
	};
};

/* A burst, or what is left of it. */
struct burst {
	struct packet *pkt[DP_BURST];
	size_t n;
};

/* To a group of stations, or to all of them. */
static inline bool
packet_is_group(const struct packet *p)
{
	return p->len >= 6 && (p->data[0] & 1) != 0;
}

static inline bool
packet_is_broadcast(const struct packet *p)
{
	return p->len >= 6 && memcmp(p->data, "\xff\xff\xff\xff\xff\xff", 6) == 0;
}

static inline uint16_t
load16(const uint8_t *p)
{
	return (uint16_t)(p[0] << 8 | p[1]);
}

static inline uint32_t
load32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static inline void
store16(uint8_t *p, uint16_t v)
{
	p[0] = (uint8_t)(v >> 8);
	p[1] = (uint8_t)v;
}

static inline void
store32(uint8_t *p, uint32_t v)
{
	store16(p, (uint16_t)(v >> 16));
	store16(p + 2, (uint16_t)v);
}

#endif
