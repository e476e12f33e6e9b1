/*
 * parse.c - from the bytes of a frame to the key of an access list.
 *
 * Everything here is arithmetic on a buffer and its length: no state, any thread.  Whatever the
 * bytes claim is checked against what is there before it is used.  The header formats are RFC 791
 * (IPv4), 793 (TCP), 768 (UDP), 792 (ICMP), 2236 (IGMP), 4960 (SCTP), IEEE 802.1Q and RFC 1042
 * (SNAP).
 */
#include "dataplane/parse.h"

#include <string.h>

#include "dataplane/packet.h"

enum {
	MIN_TYPE = 0x0600, /* smaller values are an 802.3 length */
	SNAP_HEADER = 8,
	TAG = 4,
	MAX_NESTING = 8,
	FRAGMENT_OFFSET = 0x1fff,
	TCP_FLAGS = 0x3f,
};

static bool
is_tag(uint16_t type)
{
	return type == TYPE_VLAN || type == TYPE_SVLAN || type == TYPE_VLAN_OLD;
}

/* DSAP AA, SSAP AA, unnumbered information, and an OUI that says "an EtherType follows". */
static bool
is_snap(const uint8_t *llc)
{
	static const uint8_t rfc1042[6] = { 0xaa, 0xaa, 3, 0, 0, 0 };
	static const uint8_t bridge_tunnel[6] = { 0xaa, 0xaa, 3, 0, 0, 0xf8 };

	return memcmp(llc, rfc1042, sizeof(rfc1042)) == 0 ||
	       memcmp(llc, bridge_tunnel, sizeof(bridge_tunnel)) == 0;
}

enum dp_drop
parse_ether(const uint8_t *frame, size_t len, uint16_t type, size_t at, struct ether_view *v)
{
	*v = (struct ether_view){ 0 };
	for (int depth = 0; depth < MAX_NESTING; depth++) {
		if (is_tag(type)) {
			if (len < at + TAG)
				return DP_DROP_runt;
			if (v->tags++ == 0)
				v->tag_at = (uint16_t)at;
			type = load16(frame + at + 2);
			at += TAG;
		} else if (type < MIN_TYPE && len >= at + SNAP_HEADER && is_snap(frame + at)) {
			type = load16(frame + at + 6);
			at += SNAP_HEADER;
		} else {
			break;
		}
	}
	v->type = type;
	v->l3 = (uint16_t)at;
	return DP_DROP_NONE;
}

/* The first bytes of layer 4, as many as `len` holds. */
static void
parse_layer4(const uint8_t *l4, size_t len, struct acl_key *key)
{
	switch (key->proto) {
	case PROTO_TCP:
	case PROTO_UDP:
	case PROTO_SCTP:
		if (len >= 4) {
			key->sport = load16(l4);
			key->dport = load16(l4 + 2);
			key->has |= ACL_HAS_PORTS;
		}
		if (key->proto == PROTO_TCP && len >= 14) {
			key->tcp_flags = l4[13] & TCP_FLAGS;
			key->has |= ACL_HAS_TCP_FLAGS;
		}
		break;
	case PROTO_ICMP:
		if (len >= 2) {
			key->icmp_type = l4[0];
			key->icmp_code = l4[1];
			key->has |= ACL_HAS_ICMP;
		}
		break;
	case PROTO_IGMP:
		if (len >= 1) {
			key->icmp_type = l4[0];
			key->has |= ACL_HAS_IGMP;
		}
		break;
	}
}

enum dp_drop
parse_ipv4(const uint8_t *ip, size_t len, struct acl_key *key)
{
	size_t header, total;

	memset(key, 0, sizeof(*key));
	if (len >= 1 && ip[0] >> 4 != 4)
		return DP_DROP_ip_bad_version;
	if (len < 20)
		return DP_DROP_ip_header_short;
	header = (ip[0] & 15u) * 4;
	if (header < 20 || header > len)
		return DP_DROP_ip_bad_header_length;
	total = load16(ip + 2);
	if (total < header || total > len)
		return DP_DROP_ip_bad_total_length;

	key->tos = ip[1];
	key->ttl = ip[8];
	key->proto = ip[9];
	key->src = load32(ip + 12);
	key->dst = load32(ip + 16);
	if (header > 20)
		key->has |= ACL_HAS_OPTIONS;
	if ((load16(ip + 6) & FRAGMENT_OFFSET) != 0)
		key->has |= ACL_NONINITIAL;
	else
		parse_layer4(ip + header, total - header, key);
	return DP_DROP_NONE;
}
