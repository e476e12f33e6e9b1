/*
 * ace_ipv6_qualifiers.c - the qualifiers that only IPv6 entries have: ICMPv6 types, the flow label,
 * extension headers, undetermined-transport.
 *
 * One row each of the table in ace_qualifiers.c.  An extension header is there or not by what was
 * seen on the way along the chain, also when that way did not lead to its end; so these do not count
 * as layer 4.  undetermined-transport is for the packets whose way did not, and there is no layer 4
 * to combine it with.
 *
 * Constant data and pure functions.
 */
#include "acl/ace_ipv6.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* ---- icmp: a name, a type, or a type and a code ---- */

static bool
icmpv6_is_set(const struct ace *ace)
{
	return ace->kind == ACL_IPV6 && ace->proto == IPV6_PROTO_ICMP && ace->icmp_type != ICMP_ANY;
}

static void
icmpv6_format(const struct ace *ace, struct ace_text *t)
{
	ace_text_icmp(t, &ace_icmpv6_types, ace);
}

const struct ace_qualifier ace_icmpv6 = {
	.words = &ace_icmpv6_types,
	.number_help = "ICMP message type",
	.where = IN_IPV6,
	.proto = IPV6_PROTO_ICMP,
	.layer4 = true,
	.open = ace_icmp_open,
	.take = ace_icmp_take,
	.offer_more = ace_icmp_offer_code,
	.take_more = ace_icmp_take_code,
	.is_set = icmpv6_is_set,
	.format = icmpv6_format,
	.match = ace_icmp_match,
};

/* ---- flow-label ---- */

enum { FLOW_LABEL_MAX = 0xfffff };

static const struct ace_name flow_label_word[] = {
	{ "flow-label", "Flow label", 0, 0, NAME_SHOWN },
};
static const struct ace_names flow_label_words = { flow_label_word, COUNT(flow_label_word) };

static bool
flow_label_is_set(const struct ace *ace)
{
	return ace_rare_of(ace)->flow_label != ACE_UNSET;
}

static bool
flow_label_open(const struct ace *ace, const struct ace_name *word)
{
	(void)word;
	return !flow_label_is_set(ace);
}

static int
flow_label_take(struct ace_walk *w, const struct ace_name *word, uint32_t number)
{
	(void)word;
	if (ace_walk_number(w, 0, FLOW_LABEL_MAX, "Flow label value", &number) < 0)
		return -1;
	ace_walk_rare(w)->flow_label = (int32_t)number;
	return 0;
}

static void
flow_label_format(const struct ace *ace, struct ace_text *t)
{
	ace_text_word(t, flow_label_word[0].name);
	ace_text_number(t, (uint32_t)ace->rare->flow_label);
}

static bool
flow_label_match(const struct ace *ace, const struct acl_env *env, const struct acl_key *key)
{
	(void)env;
	return key->flow_label == (uint32_t)ace->rare->flow_label;
}

const struct ace_qualifier ace_flow_label = {
	.words = &flow_label_words,
	.where = IN_IPV6,
	.proto = ACE_ALL_PROTOCOLS,
	.open = flow_label_open,
	.take = flow_label_take,
	.is_set = flow_label_is_set,
	.format = flow_label_format,
	.match = flow_label_match,
};

/* ---- extension headers, of any type ---- */

static const struct ace_name extension_word[] = {
	{ "auth", "Match on authentication header", ACL_EXT_AUTH, 0, NAME_SHOWN },
	{ "dest-option", "Destination Option header (all types)", ACL_EXT_DEST, 0, NAME_SHOWN },
	{ "hbh", "Match on hop-by-hop option", ACL_EXT_HBH, 0, NAME_SHOWN },
	{ "mobility", "Mobility header (all types)", ACL_EXT_MOBILITY, 0, NAME_SHOWN },
	{ "routing", "Routing header (all types)", ACL_EXT_ROUTING, 0, NAME_SHOWN },
};
static const struct ace_names extension_words = { extension_word, COUNT(extension_word) };

static bool
extension_open(const struct ace *ace, const struct ace_name *word)
{
	return !(ace->ext & word->value);
}

static int
extension_take(struct ace_walk *w, const struct ace_name *word, uint32_t number)
{
	(void)number;
	w->ace->ext |= (uint8_t)word->value;
	return 0;
}

static bool
extension_is_set(const struct ace *ace)
{
	return ace->ext != 0;
}

static void
extension_format(const struct ace *ace, struct ace_text *t)
{
	for (size_t i = 0; i < COUNT(extension_word); i++)
		if (ace->ext & extension_word[i].value)
			ace_text_word(t, extension_word[i].name);
}

static bool
extension_match(const struct ace *ace, const struct acl_env *env, const struct acl_key *key)
{
	(void)env;
	return (key->ext & ace->ext) == ace->ext;
}

const struct ace_qualifier ace_extension = {
	.words = &extension_words,
	.where = IN_IPV6,
	.proto = ACE_ALL_PROTOCOLS,
	.open = extension_open,
	.take = extension_take,
	.is_set = extension_is_set,
	.format = extension_format,
	.match = extension_match,
};

/* ---- mobility-type, routing-type: of that one type ---- */

static const struct ace_name mobility_type_word[] = {
	{ "mobility-type", "Mobility header type", 0, 0, NAME_SHOWN },
};
static const struct ace_names mobility_type_words = { mobility_type_word,
	COUNT(mobility_type_word) };

static bool
mobility_type_is_set(const struct ace *ace)
{
	return ace_rare_of(ace)->mobility_type != ACE_UNSET;
}

static bool
mobility_type_open(const struct ace *ace, const struct ace_name *word)
{
	(void)word;
	return !mobility_type_is_set(ace);
}

static int
mobility_type_take(struct ace_walk *w, const struct ace_name *word, uint32_t number)
{
	(void)word;
	if (ace_walk_value(w, &ace_mobility_types, 255, "Mobility header type", &number) < 0)
		return -1;
	ace_walk_rare(w)->mobility_type = (int16_t)number;
	return 0;
}

static void
mobility_type_format(const struct ace *ace, struct ace_text *t)
{
	ace_text_word(t, mobility_type_word[0].name);
	ace_text_value(t, &ace_mobility_types, (uint32_t)ace->rare->mobility_type);
}

static bool
mobility_type_match(const struct ace *ace, const struct acl_env *env, const struct acl_key *key)
{
	(void)env;
	return (key->ext & ACL_EXT_MOBILITY) && key->mobility_type == ace->rare->mobility_type;
}

const struct ace_qualifier ace_mobility_type = {
	.words = &mobility_type_words,
	.where = IN_IPV6,
	.proto = ACE_ALL_PROTOCOLS,
	.open = mobility_type_open,
	.take = mobility_type_take,
	.is_set = mobility_type_is_set,
	.format = mobility_type_format,
	.match = mobility_type_match,
};

static const struct ace_name routing_type_word[] = {
	{ "routing-type", "Routing header type", 0, 0, NAME_SHOWN },
};
static const struct ace_names routing_type_words = { routing_type_word, COUNT(routing_type_word) };

static bool
routing_type_is_set(const struct ace *ace)
{
	return ace_rare_of(ace)->routing_type != ACE_UNSET;
}

static bool
routing_type_open(const struct ace *ace, const struct ace_name *word)
{
	(void)word;
	return !routing_type_is_set(ace);
}

static int
routing_type_take(struct ace_walk *w, const struct ace_name *word, uint32_t number)
{
	(void)word;
	if (ace_walk_number(w, 0, 255, "Routing header type", &number) < 0)
		return -1;
	ace_walk_rare(w)->routing_type = (int16_t)number;
	return 0;
}

static void
routing_type_format(const struct ace *ace, struct ace_text *t)
{
	ace_text_word(t, routing_type_word[0].name);
	ace_text_number(t, (uint32_t)ace->rare->routing_type);
}

static bool
routing_type_match(const struct ace *ace, const struct acl_env *env, const struct acl_key *key)
{
	(void)env;
	return (key->ext & ACL_EXT_ROUTING) && key->routing_type == ace->rare->routing_type;
}

const struct ace_qualifier ace_routing_type = {
	.words = &routing_type_words,
	.where = IN_IPV6,
	.proto = ACE_ALL_PROTOCOLS,
	.open = routing_type_open,
	.take = routing_type_take,
	.is_set = routing_type_is_set,
	.format = routing_type_format,
	.match = routing_type_match,
};

/* ---- undetermined-transport ---- */

static const struct ace_name undetermined_word[] = {
	{ "undetermined-transport", "Transport cannot be determined or is missing", 0, 0,
		NAME_SHOWN },
};
static const struct ace_names undetermined_words = { undetermined_word, COUNT(undetermined_word) };

/* Not where a protocol is named: that would be a determined one. */
static bool
undetermined_open(const struct ace *ace, const struct ace_name *word)
{
	(void)word;
	return ace->any_proto && !ace->undetermined;
}

static int
undetermined_take(struct ace_walk *w, const struct ace_name *word, uint32_t number)
{
	(void)word;
	(void)number;
	w->ace->undetermined = true;
	return 0;
}

static bool
undetermined_is_set(const struct ace *ace)
{
	return ace->undetermined;
}

static void
undetermined_format(const struct ace *ace, struct ace_text *t)
{
	(void)ace;
	ace_text_word(t, undetermined_word[0].name);
}

static bool
undetermined_match(const struct ace *ace, const struct acl_env *env, const struct acl_key *key)
{
	(void)ace;
	(void)env;
	return key->has & ACL_UNDETERMINED;
}

const struct ace_qualifier ace_undetermined = {
	.words = &undetermined_words,
	.where = IN_IPV6,
	.proto = ACE_ALL_PROTOCOLS,
	.open = undetermined_open,
	.take = undetermined_take,
	.is_set = undetermined_is_set,
	.format = undetermined_format,
	.match = undetermined_match,
};
