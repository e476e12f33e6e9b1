/*
 * ace_ipv6_match.c - does one IPv6 entry match one packet?  Written to be read, like ace_match.c,
 * whose rules for fragments and truncated packets hold here too.
 *
 * A protocol is that of the last header of the chain.  The numbers of extension headers (ahp, hbh,
 * and 43, 44, 60, 135) are never last: an entry that names one matches the packets that have such a
 * header.  In a later fragment the last header that can be known is the one the fragment header
 * names (RFC 8200, section 4.5).
 *
 * When the chain could not be followed to its end, nothing is known of the protocol and of what it
 * carries: an entry that names either does not match, permit or deny.  The headers that were seen,
 * the addresses and the rest of the fixed header are known.
 *
 * Pure functions.
 */
#include "acl/ace_ipv6.h"

enum {
	ND_NS = 135,
	ND_NA = 136,
};

void
ace_ipv6_care(uint8_t prefix_len, uint64_t care[2])
{
	for (unsigned half = 0; half < 2; half++) {
		unsigned before = half * 64, bits = 0;

		if (prefix_len > before)
			bits = prefix_len - before < 64 ? prefix_len - before : 64;
		care[half] = bits > 0 ? UINT64_MAX << (64 - bits) : 0;
	}
}

static bool
address_match(const uint64_t prefix[2], uint8_t len, const uint64_t addr[2])
{
	uint64_t care[2];

	ace_ipv6_care(len, care);
	return ((addr[0] ^ prefix[0]) & care[0]) == 0 && ((addr[1] ^ prefix[1]) & care[1]) == 0;
}

uint8_t
ace_ipv6_extension(uint8_t proto)
{
	switch (proto) {
	case 0:
		return ACL_EXT_HBH;
	case 43:
		return ACL_EXT_ROUTING;
	case 44:
		return ACL_EXT_FRAGMENT;
	case 51:
		return ACL_EXT_AUTH;
	case 60:
		return ACL_EXT_DEST;
	case 135:
		return ACL_EXT_MOBILITY;
	default:
		return 0;
	}
}

static bool
protocol_match(const struct ace *ace, const struct acl_key *key)
{
	uint8_t extension = ace_ipv6_extension(ace->proto);

	if (ace->any_proto)
		return true;
	if (extension != 0)
		return key->ext & extension;
	return !(key->has & ACL_UNDETERMINED) && key->proto == ace->proto;
}

bool
ace_ipv6_match(const struct ace *ace, const struct acl_env *env, const struct acl_key *key)
{
	if (!protocol_match(ace, key) || !address_match(ace->src6, ace->src_len, key->src6) ||
		!address_match(ace->dst6, ace->dst_len, key->dst6) ||
		!ace_qualifiers_match(ace, env, key, false))
		return false;
	if (!ace_has_layer4(ace))
		return true;
	if (key->has & ACL_NONINITIAL)
		return ace->action == ACL_PERMIT;
	return ace_ports_match(ace, key) && ace_qualifiers_match(ace, env, key, true);
}

/* Whole messages only: neighbour discovery does not work in fragments (RFC 6980). */
bool
acl_ipv6_implicit_permit(const struct acl_key *key)
{
	return (key->has & ACL_IS_IPV6) && (key->has & ACL_HAS_ICMP) &&
	       key->proto == IPV6_PROTO_ICMP &&
	       (key->icmp_type == ND_NS || key->icmp_type == ND_NA);
}
