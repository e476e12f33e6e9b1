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
	TYPE_VLAN = 0x8100, /* 802.1Q */
	TYPE_IPV6 = 0x86dd,
	TYPE_SVLAN = 0x88a8,	/* 802.1ad */
	TYPE_VLAN_OLD = 0x9100, /* stacked tags before 802.1ad */
	VID_MASK = 0x0fff,	/* of a tag's TCI; the priority is above it */
	PRIORITY_SHIFT = 13,
	PROTO_HOP_BY_HOP = 0,
	PROTO_ICMP = 1,
	PROTO_IGMP = 2,
	PROTO_TCP = 6,
	PROTO_UDP = 17,
	PROTO_ROUTING = 43,
	PROTO_FRAGMENT = 44,
	PROTO_ESP = 50,
	PROTO_AUTH = 51,
	PROTO_ICMPV6 = 58,
	PROTO_NONE = 59,
	PROTO_DESTINATION = 60,
	PROTO_SCTP = 132,
	PROTO_MOBILITY = 135,
	IPV6_HEADER = 40,
	IPV6_EXTENSIONS_MAX = 16, /* headers of a chain that we follow */
};

struct ether_view {
	uint16_t type;	 /* of what lies at l3, past tags and a SNAP header; 802.3: a length */
	uint16_t l3;	 /* its offset; with an 802.3 length, that of the LLC header */
	uint8_t tags;	 /* VLAN tags on the way there */
	bool snap;	 /* type was in a SNAP header */
	uint16_t tag_at; /* offset of the first tag's TCI */
};

/*
 * Follows an EtherType, found just before offset `at` of a frame, to layer 3.  A length instead of
 * a type leads through an LLC/SNAP header (RFC 1042, 802.1H), because hosts and access points
 * accept IP in it and a list must not be walked around that way.  DP_DROP_runt when the frame ends
 * inside a tag.
 */
enum dp_drop parse_ether(
	const uint8_t *frame, size_t len, uint16_t type, size_t at, struct ether_view *v);

/*
 * What a MAC list sees of a frame that is not IP.  802.3: ethertype 0 and the LLC header's two
 * SAPs (null SAPs when the frame ends before them); in SNAP both the type inside and SAPs of aa.
 */
void parse_mac(const uint8_t *frame, size_t len, const struct ether_view *v, uint16_t vlan,
	uint8_t cos, struct acl_mac_key *key);

/*
 * Reads an IPv4 packet of which `len` bytes are there, bytes after its total length (Ethernet's
 * padding) ignored.  Layer 4 that is cut off leaves its bits out of key->has.  Options are listed
 * up to the first malformed one.  RFC 791.
 */
enum dp_drop parse_ipv4(const uint8_t *ip, size_t len, struct acl_key *key);

/*
 * Reads an IPv6 packet in the same way, through its extension headers.  A chain that cannot be
 * followed to its end sets ACL_UNDETERMINED; then proto is the number of the header it broke off
 * at.  RFC 8200.
 */
enum dp_drop parse_ipv6(const uint8_t *ip, size_t len, struct acl_key *key);

struct ipv6_chain {
	uint8_t proto; /* of what stands at l4 */
	uint8_t ext;   /* enum acl_key_ext: headers whose first eight bytes are there */
	uint8_t routing_type, mobility_type;
	bool noninitial; /* a fragment's later part: the chain is not followed into it */
	bool broken;	 /* cut off, too long, or not as RFC 8200 has it */
	size_t l4, end;	 /* offsets from the IPv6 header; l4 <= end <= len */
};

/* Follows the headers of an IPv6 packet. With a drop reason *c is undefined. */
enum dp_drop parse_ipv6_chain(const uint8_t *ip, size_t len, struct ipv6_chain *c);

/* Of TCP, UDP, SCTP, ICMP, ICMPv6, IGMP: what a list looks at, as far as `len` bytes hold it. */
void parse_layer4(const uint8_t *l4, size_t len, struct acl_key *key);

#endif
