/*
 * parse.c - from the bytes of a frame to the key of an access list.
 *
 * Everything here is arithmetic on a buffer and its length: no state, any thread.  Whatever the
 * bytes claim is checked against what is there before it is used.  IPv6 is in parse_ipv6.c.  The
 * header formats are RFC 791 (IPv4), 793 (TCP), 768 (UDP), 792 (ICMP), 4443 (ICMPv6), 2236 (IGMP),
 * 4960 (SCTP), IEEE 802.1Q, IEEE 802.2 (LLC) and RFC 1042 (SNAP).
 */
#include "dataplane/parse.h"

#include <string.h>

#include "dataplane/packet.h"

enum {
	MIN_TYPE = 0x0600, /* smaller values are an 802.3 length */
	SNAP_HEADER = 8,
	SAPS_OF_SNAP = 0xaaaa,
	TAG = 4,
	MAX_NESTING = 8,
	FRAGMENT_OFFSET = 0x1fff,
	TCP_FLAGS = 0x3f,
	IPV4_HEADER = 20,
	OPTION_END = 0,
	OPTION_NOP = 1,
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
			v->snap = true;
		} else {
			break;
		}
	}
	v->type = type;
	v->l3 = (uint16_t)at;
	return DP_DROP_NONE;
}

static uint64_t
load_mac(const uint8_t *p)
{
	return (uint64_t)load16(p) << 32 | load32(p + 2);
}

void
parse_mac(const uint8_t *frame, size_t len, const struct ether_view *v, uint16_t vlan, uint8_t cos,
	struct acl_mac_key *key)
{
	*key = (struct acl_mac_key){
		.dst = load_mac(frame),
		.src = load_mac(frame + 6),
		.vlan = vlan,
		.cos = cos,
	};
	if (v->type >= MIN_TYPE)
		key->ethertype = v->type;
	else if (len >= v->l3 + 2u)
		key->lsap = load16(frame + v->l3);
	if (v->snap && v->type >= MIN_TYPE)
		key->lsap = SAPS_OF_SNAP;
}

void
parse_layer4(const uint8_t *l4, size_t len, struct acl_key *key)
{
	bool ipv6 = (key->has & ACL_IS_IPV6) != 0;

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
	case PROTO_ICMPV6:
		/* Each family has its own; the other's number is just a protocol there. */
		if (len >= 2 && ipv6 == (key->proto == PROTO_ICMPV6)) {
			key->icmp_type = l4[0];
			key->icmp_code = l4[1];
			key->has |= ACL_HAS_ICMP;
		}
		break;
	case PROTO_IGMP:
		if (len >= 1 && !ipv6) {
			key->icmp_type = l4[0];
			key->has |= ACL_HAS_IGMP;
		}
		break;
	}
}

static void
add_option(struct acl_key *key, uint8_t type)
{
	for (unsigned i = 0; i < key->options; i++)
		if (key->option[i] == type)
			return;
	key->option[key->options++] = type;
}

/* Lists the options, at most 40 bytes of them, which bounds what can be different ones. */
static void
parse_options(const uint8_t *p, size_t len, struct acl_key *key)
{
	while (len > 0) {
		size_t size = 1;

		if (p[0] != OPTION_END && p[0] != OPTION_NOP) {
			if (len < 2 || p[1] < 2 || p[1] > len)
				return;
			size = p[1];
		}
		add_option(key, p[0]);
		if (p[0] == OPTION_END)
			return;
		p += size;
		len -= size;
	}
}

enum dp_drop
parse_ipv4(const uint8_t *ip, size_t len, struct acl_key *key)
{
	size_t header, total;

	memset(key, 0, sizeof(*key));
	if (len >= 1 && ip[0] >> 4 != 4)
		return DP_DROP_ip_bad_version;
	if (len < IPV4_HEADER)
		return DP_DROP_ip_header_short;
	header = (ip[0] & 15u) * 4;
	if (header < IPV4_HEADER || header > len)
		return DP_DROP_ip_bad_header_length;
	total = load16(ip + 2);
	if (total < header || total > len)
		return DP_DROP_ip_bad_total_length;

	key->tos = ip[1];
	key->ttl = ip[8];
	key->proto = ip[9];
	key->src = load32(ip + 12);
	key->dst = load32(ip + 16);
	if (header > IPV4_HEADER)
		key->has |= ACL_HAS_OPTIONS;
	parse_options(ip + IPV4_HEADER, header - IPV4_HEADER, key);
	if ((load16(ip + 6) & FRAGMENT_OFFSET) != 0)
		key->has |= ACL_NONINITIAL;
	else
		parse_layer4(ip + header, total - header, key);
	return DP_DROP_NONE;
}
