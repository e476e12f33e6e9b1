/*
 * parse_ipv6.c - an IPv6 packet to the key of an access list, through its chain of headers.
 *
 * What stands between the fixed header and layer 4 is the sender's choice, so every header is
 * measured before it is passed, and only so many are.  A chain that cannot be followed to its end
 * yields no layer 4 at all: the key says ACL_UNDETERMINED, and what a list then does is its
 * entries' business.  Broken are
 * - a header that the packet ends in, and a chain of more than IPV6_EXTENSIONS_MAX headers;
 * - hop-by-hop options anywhere but first (a receiver discards such a packet);
 * - a second routing or mobility header of another type, since the key tells of one;
 * - a later fragment that begins inside the chain, before layer 4.
 * ESP hides what follows and "no next header" says that nothing does: both are a proper end.
 * Formats: RFC 8200 (IPv6), 4302 (AH), 6275 (mobility), 7045 (which numbers are such headers).
 */
#include "dataplane/parse.h"

#include <string.h>

#include "dataplane/packet.h"

enum {
	EXTENSION_MIN = 8,
	AUTH_MIN = 12,
	FRAGMENT_OFFSET_BITS = 0xfff8,
};

static bool
is_extension(uint8_t proto)
{
	return proto == PROTO_HOP_BY_HOP || proto == PROTO_DESTINATION || proto == PROTO_ROUTING ||
	       proto == PROTO_FRAGMENT || proto == PROTO_AUTH || proto == PROTO_MOBILITY;
}

/* Notes a header that the key tells the type of; false for a second one of another type. */
static bool
note_type(struct ipv6_chain *c, enum acl_key_ext bit, uint8_t *noted, uint8_t type)
{
	if ((c->ext & bit) != 0)
		return *noted == type;
	c->ext |= bit;
	*noted = type;
	return true;
}

/* Reads the header at h and says how long it is; 0 when it has no business there. */
static size_t
extension_length(const uint8_t *h, struct ipv6_chain *c)
{
	size_t units = (h[1] + 1u) * 8;

	switch (c->proto) {
	case PROTO_HOP_BY_HOP:
		c->ext |= ACL_EXT_HBH;
		return c->l4 == IPV6_HEADER ? units : 0;
	case PROTO_ROUTING:
		return note_type(c, ACL_EXT_ROUTING, &c->routing_type, h[2]) ? units : 0;
	case PROTO_MOBILITY:
		return note_type(c, ACL_EXT_MOBILITY, &c->mobility_type, h[2]) ? units : 0;
	case PROTO_FRAGMENT:
		c->ext |= ACL_EXT_FRAGMENT;
		c->noninitial = (load16(h + 2) & FRAGMENT_OFFSET_BITS) != 0;
		return EXTENSION_MIN;
	case PROTO_AUTH:
		c->ext |= ACL_EXT_AUTH;
		return h[1] + 2u >= AUTH_MIN / 4 ? (h[1] + 2u) * 4 : 0;
	default:
		c->ext |= ACL_EXT_DEST;
		return units;
	}
}

/* Passes one header; false when it breaks the chain. */
static bool
pass_extension(const uint8_t *ip, struct ipv6_chain *c)
{
	size_t len, left = c->end - c->l4;

	if (left < EXTENSION_MIN)
		return false;
	len = extension_length(ip + c->l4, c);
	if (len == 0 || len > left)
		return false;
	c->proto = ip[c->l4];
	c->l4 += len;
	return true;
}

enum dp_drop
parse_ipv6_chain(const uint8_t *ip, size_t len, struct ipv6_chain *c)
{
	if (len >= 1 && ip[0] >> 4 != 6)
		return DP_DROP_ip6_bad_version;
	if (len < IPV6_HEADER)
		return DP_DROP_ip6_header_short;
	*c = (struct ipv6_chain){
		.proto = ip[6],
		.l4 = IPV6_HEADER,
		.end = IPV6_HEADER + load16(ip + 4),
	};
	if (c->end > len)
		return DP_DROP_ip6_bad_payload_length;
	for (int passed = 0; is_extension(c->proto) && !c->broken; passed++)
		c->broken =
			c->noninitial || passed == IPV6_EXTENSIONS_MAX || !pass_extension(ip, c);
	return DP_DROP_NONE;
}

static uint64_t
load64(const uint8_t *p)
{
	return (uint64_t)load32(p) << 32 | load32(p + 4);
}

enum dp_drop
parse_ipv6(const uint8_t *ip, size_t len, struct acl_key *key)
{
	struct ipv6_chain chain;
	enum dp_drop why = parse_ipv6_chain(ip, len, &chain);

	memset(key, 0, sizeof(*key));
	if (why != DP_DROP_NONE)
		return why;
	for (int half = 0; half < 2; half++) {
		key->src6[half] = load64(ip + 8 + 8 * half);
		key->dst6[half] = load64(ip + 24 + 8 * half);
	}
	key->has = ACL_IS_IPV6;
	key->tos = (uint8_t)(load16(ip) >> 4);
	key->flow_label = load32(ip) & 0xfffff;
	key->ttl = ip[7];
	key->proto = chain.proto;
	key->ext = chain.ext;
	key->routing_type = chain.routing_type;
	key->mobility_type = chain.mobility_type;
	if (chain.noninitial)
		key->has |= ACL_NONINITIAL;
	if (chain.broken)
		key->has |= ACL_UNDETERMINED;
	if (!chain.noninitial && !chain.broken)
		parse_layer4(ip + chain.l4, chain.end - chain.l4, key);
	return DP_DROP_NONE;
}
