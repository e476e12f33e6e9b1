/*
 * ace_header.c - the qualifiers about the IP header: precedence, tos, dscp, options, ttl, fragments.
 *
 * One row each of the table in ace_qualifiers.c, with how it is read, printed and matched side by
 * side.  The type-of-service byte: precedence is its upper three bits and tos the four below them
 * (RFC 791, RFC 1349), dscp the upper six (RFC 2474), which is why dscp stands alone.  These are
 * in every fragment, so they do not count as layer 4.
 *
 * Constant data and pure functions.
 */
#include "acl/ace_internal.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* ---- precedence, tos, dscp ---- */

static const struct ace_name precedence_word[] = {
	{ "precedence", "Match packets with given precedence value", 0, 0, NAME_SHOWN },
};
static const struct ace_names precedence_words = { precedence_word, COUNT(precedence_word) };

static bool
precedence_open(const struct ace *ace, const struct ace_name *word)
{
	(void)word;
	return ace->precedence == ACE_UNSET && ace->dscp == ACE_UNSET;
}

static int
precedence_take(struct ace_walk *w, const struct ace_name *word, uint32_t number)
{
	uint32_t value;

	(void)word;
	(void)number;
	if (ace_walk_value(w, &ace_precedences, 7, "Precedence value", &value) < 0)
		return -1;
	w->ace->precedence = (int8_t)value;
	return 0;
}

static bool
precedence_is_set(const struct ace *ace)
{
	return ace->precedence != ACE_UNSET;
}

static void
precedence_format(const struct ace *ace, struct ace_text *t)
{
	ace_text_word(t, precedence_word[0].name);
	ace_text_value(t, &ace_precedences, (uint32_t)ace->precedence);
}

static bool
precedence_match(const struct ace *ace, const struct acl_env *env, const struct acl_key *key)
{
	(void)env;
	return key->tos >> 5 == ace->precedence;
}

const struct ace_qualifier ace_precedence = {
	.words = &precedence_words,
	.where = IN_EXTENDED,
	.proto = ACE_ALL_PROTOCOLS,
	.open = precedence_open,
	.take = precedence_take,
	.is_set = precedence_is_set,
	.format = precedence_format,
	.match = precedence_match,
};

static const struct ace_name tos_word[] = {
	{ "tos", "Match packets with given TOS value", 0, 0, NAME_SHOWN },
};
static const struct ace_names tos_words = { tos_word, COUNT(tos_word) };

static bool
tos_open(const struct ace *ace, const struct ace_name *word)
{
	(void)word;
	return ace->tos == ACE_UNSET && ace->dscp == ACE_UNSET;
}

static int
tos_take(struct ace_walk *w, const struct ace_name *word, uint32_t number)
{
	uint32_t value;

	(void)word;
	(void)number;
	if (ace_walk_value(w, &ace_tos_values, 15, "Type of service value", &value) < 0)
		return -1;
	w->ace->tos = (int8_t)value;
	return 0;
}

static bool
tos_is_set(const struct ace *ace)
{
	return ace->tos != ACE_UNSET;
}

static void
tos_format(const struct ace *ace, struct ace_text *t)
{
	ace_text_word(t, tos_word[0].name);
	ace_text_value(t, &ace_tos_values, (uint32_t)ace->tos);
}

static bool
tos_match(const struct ace *ace, const struct acl_env *env, const struct acl_key *key)
{
	(void)env;
	return (key->tos >> 1 & 15) == ace->tos;
}

const struct ace_qualifier ace_tos = {
	.words = &tos_words,
	.where = IN_EXTENDED,
	.proto = ACE_ALL_PROTOCOLS,
	.open = tos_open,
	.take = tos_take,
	.is_set = tos_is_set,
	.format = tos_format,
	.match = tos_match,
};

static const struct ace_name dscp_word[] = {
	{ "dscp", "Match packets with given dscp value", 0, 0, NAME_SHOWN },
};
static const struct ace_names dscp_words = { dscp_word, COUNT(dscp_word) };

static bool
dscp_open(const struct ace *ace, const struct ace_name *word)
{
	(void)word;
	return ace->dscp == ACE_UNSET && ace->precedence == ACE_UNSET && ace->tos == ACE_UNSET;
}

static int
dscp_take(struct ace_walk *w, const struct ace_name *word, uint32_t number)
{
	uint32_t value;

	(void)word;
	(void)number;
	if (ace_walk_value(
		    w, &ace_dscp_values, 63, "Differentiated services codepoint value", &value) < 0)
		return -1;
	w->ace->dscp = (int8_t)value;
	return 0;
}

static bool
dscp_is_set(const struct ace *ace)
{
	return ace->dscp != ACE_UNSET;
}

static void
dscp_format(const struct ace *ace, struct ace_text *t)
{
	ace_text_word(t, dscp_word[0].name);
	ace_text_value(t, &ace_dscp_values, (uint32_t)ace->dscp);
}

static bool
dscp_match(const struct ace *ace, const struct acl_env *env, const struct acl_key *key)
{
	(void)env;
	return key->tos >> 2 == ace->dscp;
}

const struct ace_qualifier ace_dscp = {
	.words = &dscp_words,
	.where = IN_EXTENDED_IP,
	.proto = ACE_ALL_PROTOCOLS,
	.open = dscp_open,
	.take = dscp_take,
	.is_set = dscp_is_set,
	.format = dscp_format,
	.match = dscp_match,
};

/* ---- option: a type among the header's options, or any option at all ---- */

static const struct ace_name option_word[] = {
	{ "option", "Match packets with given IP Options value", 0, 0, NAME_SHOWN },
};
static const struct ace_names option_words = { option_word, COUNT(option_word) };

static bool
option_is_set(const struct ace *ace)
{
	return ace_rare_of(ace)->option != ACE_UNSET;
}

static bool
option_open(const struct ace *ace, const struct ace_name *word)
{
	(void)word;
	return !option_is_set(ace);
}

static int
option_take(struct ace_walk *w, const struct ace_name *word, uint32_t number)
{
	uint32_t value;

	(void)word;
	(void)number;
	if (ace_walk_value(w, &ace_ip_options, 255, "IP Options value", &value) < 0)
		return -1;
	ace_walk_rare(w)->option = (int16_t)value;
	return 0;
}

static void
option_format(const struct ace *ace, struct ace_text *t)
{
	ace_text_word(t, option_word[0].name);
	ace_text_value(t, &ace_ip_options, (uint32_t)ace->rare->option);
}

static bool
option_match(const struct ace *ace, const struct acl_env *env, const struct acl_key *key)
{
	(void)env;
	if (!(key->has & ACL_HAS_OPTIONS))
		return false;
	if (ace->rare->option == OPTION_ANY)
		return true;
	for (unsigned i = 0; i < key->options; i++)
		if (key->option[i] == ace->rare->option)
			return true;
	return false;
}

const struct ace_qualifier ace_option = {
	.words = &option_words,
	.where = IN_EXTENDED_NAMED,
	.proto = ACE_ALL_PROTOCOLS,
	.open = option_open,
	.take = option_take,
	.is_set = option_is_set,
	.format = option_format,
	.match = option_match,
};

/* ---- ttl ---- */

static const struct ace_name ttl_word[] = {
	{ "ttl", "Match packets with given TTL value", 0, 0, NAME_SHOWN },
};
static const struct ace_names ttl_words = { ttl_word, COUNT(ttl_word) };

static bool
ttl_is_set(const struct ace *ace)
{
	return ace_rare_of(ace)->ttl_op != PORT_ANY;
}

static bool
ttl_open(const struct ace *ace, const struct ace_name *word)
{
	(void)word;
	return !ttl_is_set(ace);
}

static int
ttl_take(struct ace_walk *w, const struct ace_name *word, uint32_t number)
{
	struct ace_rare *rare = ace_walk_rare(w);
	uint32_t value;
	int id;

	(void)word;
	(void)number;
	ace_walk_offer_names(w, TAG_VALUE, &ace_ttl_ops);
	id = ace_walk_choose(w, NULL);
	if (id < 0)
		return -1;
	rare->ttl_op = (uint8_t)ace_ttl_ops.v[ace_walk_which(id)].value;
	for (unsigned i = 0; i < (rare->ttl_op == PORT_RANGE ? 2 : 1); i++) {
		if (ace_walk_number(w, 0, 255, "TTL value", &value) < 0)
			return -1;
		rare->ttl[i] = (uint8_t)value;
	}
	return 0;
}

static void
ttl_format(const struct ace *ace, struct ace_text *t)
{
	ace_text_word(t, ttl_word[0].name);
	ace_text_value(t, &ace_ttl_ops, ace->rare->ttl_op);
	ace_text_number(t, ace->rare->ttl[0]);
	if (ace->rare->ttl_op == PORT_RANGE)
		ace_text_number(t, ace->rare->ttl[1]);
}

static bool
ttl_match(const struct ace *ace, const struct acl_env *env, const struct acl_key *key)
{
	const struct ace_rare *rare = ace->rare;

	(void)env;
	return ace_op_holds((enum ace_port_op)rare->ttl_op, key->ttl, rare->ttl[0], rare->ttl[1]);
}

const struct ace_qualifier ace_ttl = {
	.words = &ttl_words,
	.where = IN_EXTENDED_NAMED,
	.proto = ACE_ALL_PROTOCOLS,
	.open = ttl_open,
	.take = ttl_take,
	.is_set = ttl_is_set,
	.format = ttl_format,
	.match = ttl_match,
};

/* ---- fragments: those without a layer 4 header, so it is not combined with layer 4 criteria ---- */

static const struct ace_name fragments_word[] = {
	{ "fragments", "Check non-initial fragments", 0, 0, NAME_SHOWN },
};
static const struct ace_names fragments_words = { fragments_word, COUNT(fragments_word) };

static bool
fragments_open(const struct ace *ace, const struct ace_name *word)
{
	(void)word;
	return !ace->fragments && !ace_has_layer4(ace);
}

static int
fragments_take(struct ace_walk *w, const struct ace_name *word, uint32_t number)
{
	(void)word;
	(void)number;
	w->ace->fragments = true;
	return 0;
}

static bool
fragments_is_set(const struct ace *ace)
{
	return ace->fragments;
}

static void
fragments_format(const struct ace *ace, struct ace_text *t)
{
	(void)ace;
	ace_text_word(t, fragments_word[0].name);
}

static bool
fragments_match(const struct ace *ace, const struct acl_env *env, const struct acl_key *key)
{
	(void)ace;
	(void)env;
	return key->has & ACL_NONINITIAL;
}

const struct ace_qualifier ace_fragments = {
	.words = &fragments_words,
	.where = IN_EXTENDED_IP,
	.proto = ACE_ALL_PROTOCOLS,
	.open = fragments_open,
	.take = fragments_take,
	.is_set = fragments_is_set,
	.format = fragments_format,
	.match = fragments_match,
};
