/*
 * parse.h - what a frame is: where its layer 3 starts, and the key an access list decides on.
 *
 * Pure functions over bytes, never reading past the length given.  The pipeline and replay share
 * them, so a capture is judged as the live frames were.
 */
#ifndef DATAPLANE_PARSE_H
#define DATAPLANE_PARSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "acl/acl.h"
#include "dataplane/dataplane.h"

enum {
	TYPE_IPV4 = 0x0800,
	TYPE_VLAN = 0x8100,	/* 802.1Q */
	TYPE_IPV6 = 0x86dd,
	TYPE_SVLAN = 0x88a8,	/* 802.1ad */
	TYPE_VLAN_OLD = 0x9100,	/* stacked tags before 802.1ad */
	PROTO_ICMP = 1,
	PROTO_IGMP = 2,
	PROTO_TCP = 6,
	PROTO_UDP = 17,
	PROTO_SCTP = 132,
};

struct ether_view {
	uint16_t type;		/* of what lies at l3, past tags and a SNAP header */
	uint16_t l3;		/* its offset */
	uint8_t tags;		/* VLAN tags on the way there */
	uint16_t tag_at;	/* offset of the first one's TCI */
};

/*
 * Follows an EtherType, found just before offset `at` of a frame, to layer 3.  A length instead of
 * a type leads through an LLC/SNAP header (RFC 1042, 802.1H), because hosts and access points
 * accept IP in it and a list must not be walked around that way.  DP_DROP_runt when the frame ends
 * inside a tag.
 */
enum dp_drop parse_ether(const uint8_t *frame, size_t len, uint16_t type, size_t at,
	struct ether_view *v);

/*
 * Reads an IPv4 packet of which `len` bytes are there, bytes after its total length (Ethernet's
 * padding) ignored.  Layer 4 that is cut off leaves its bits out of key->has.  RFC 791.
 */
enum dp_drop parse_ipv4(const uint8_t *ip, size_t len, struct acl_key *key);

#endif
