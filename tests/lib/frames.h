/*
 * frames.h - for tests: frames made byte by byte, with sums computed by a plain loop of our own.
 *
 * Nothing here uses the dataplane's arithmetic, so it can be held against it.
 */
#ifndef TESTS_FRAMES_H
#define TESTS_FRAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct frame {
	uint8_t bytes[70000];
	size_t len;
};

struct frame_spec {
	uint8_t to, from;	/* stations, see frame_mac() */
	uint32_t src, dst;	/* IPv4, host byte order; unused with ipv6 */
	bool ipv6;
	uint8_t proto;
	uint16_t sport, dport;
	uint8_t tcp_flags;
	uint32_t seq;
	uint16_t id;
	size_t options;		/* bytes of IPv4 options, a multiple of 4 */
	uint16_t fragment;	/* flags and offset, as in the header */
	size_t payload;		/* bytes behind the L4 header, 0, 1, 2, ... 250, 0, ... */
};

/* The station's MAC address: 02:00:00:00:00:n, or broadcast for 0xff. */
void frame_mac(uint8_t n, uint8_t mac[6]);
/* Builds a whole, valid frame. */
void frame_build(struct frame *f, const struct frame_spec *spec);
/* A frame of another EtherType with 46 bytes of payload. */
void frame_other(struct frame *f, uint8_t to, uint8_t from, uint16_t type);
/* Inserts a VLAN tag behind the addresses. */
void frame_tag(struct frame *f, uint16_t tpid, uint16_t tci);
/* Wraps what follows the addresses in 802.3 length, LLC and SNAP. */
void frame_snap(struct frame *f);

/* The 16-bit one's complement sum of the bytes, added to `sum`. */
uint16_t sum16(uint32_t sum, const uint8_t *p, size_t len);
/* Whether the IPv4 header sum and the TCP or UDP sum of an untagged frame verify. */
bool frame_sums_hold(const uint8_t *bytes, size_t len);
/*
 * Writes the pseudo-header's sum where the L4 checksum goes, as a host that leaves it to hardware.
 */
void frame_make_partial(struct frame *f);

#endif
