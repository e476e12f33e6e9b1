/*
 * ace_layer4.c - the qualifiers that look behind the IP header: ICMP and IGMP types, TCP flags.
 *
 * One row each of the table in ace_qualifiers.c, with how it is read, printed and matched side by
 * side.  What a criterion means: RFC 793 for the flags, RFC 792 for ICMP, RFC 1112/2236/3376 for
 * IGMP, Cisco's "established" (ACK or RST set), its old-style flags (any of those listed) and
 * match-all/match-any (each flag with + is set, with - is clear).
 *
 * Constant data and pure functions.
 */
#include "acl/ace_internal.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

enum {
	PROTO_ICMP = 1,
	PROTO_IGMP = 2,
	PROTO_TCP = 6,
	TCP_RST = 4,
	TCP_ACK = 16,
};

/* ---- icmp: a name, a type, or a type and a code ---- */

bool
ace_icmp_open(const struct ace *ace, const struct ace_name *word)
{
	(void)word;
	return ace->icmp_type == ICMP_ANY;
}

int
ace_icmp_take(struct ace_walk *w, const struct ace_name *word, uint32_t number)
{
	w->ace->icmp_type = (int16_t)(word != NULL ? word->value : number);
	w->ace->icmp_code = word != NULL ? word->code : ICMP_ANY;
	return 0;
}

void
ace_icmp_offer_code(struct ace_walk *w)
{
	if (w->last_was_number && w->ace->icmp_code == ICMP_ANY)
		ace_walk_offer_number(w, 0, 0, 255, "ICMP message code");
}

int
ace_icmp_take_code(struct ace_walk *w, int id, const struct choice_value *v)
{
	(void)id;
	w->ace->icmp_code = (int16_t)v->number;
	return 0;
}

static bool
icmp_is_set(const struct ace *ace)
{
	return ace->proto == PROTO_ICMP && ace->icmp_type != ICMP_ANY;
}

void
ace_text_icmp(struct ace_text *t, const struct ace_names *names, const struct ace *ace)
{
	const struct ace_name *name =
		ace_name_shown(names, (uint32_t)ace->icmp_type, ace->icmp_code);

	if (name != NULL) {
		ace_text_word(t, name->name);
		return;
	}
	ace_text_number(t, (uint32_t)ace->icmp_type);
	if (ace->icmp_code != ICMP_ANY)
		ace_text_number(t, (uint32_t)ace->icmp_code);
}

static void
icmp_format(const struct ace *ace, struct ace_text *t)
{
	ace_text_icmp(t, &ace_icmp_types, ace);
}

bool
ace_icmp_match(const struct ace *ace, const struct acl_env *env, const struct acl_key *key)
{
	(void)env;
	if (!(key->has & ACL_HAS_ICMP) || key->icmp_type != ace->icmp_type)
		return false;
	return ace->icmp_code == ICMP_ANY || key->icmp_code == ace->icmp_code;
}

const struct ace_qualifier ace_icmp = {
	.words = &ace_icmp_types,
	.number_help = "ICMP message type",
	.where = IN_EXTENDED,
	.proto = PROTO_ICMP,
	.layer4 = true,
	.open = ace_icmp_open,
	.take = ace_icmp_take,
	.offer_more = ace_icmp_offer_code,
	.take_more = ace_icmp_take_code,
	.is_set = icmp_is_set,
	.format = icmp_format,
	.match = ace_icmp_match,
};

/* ---- igmp: a name or a type ---- */

/*
 * IOS numbers the kinds of IGMP message by itself, from 0 on, below any type that is in use on the
 * wire; from 16 on a number is the type itself.  0: its number means nothing, not even there.
 */
static const uint8_t igmp_by_ios_number[] = { 0x11, 0x12, 0x13, 0x14, 0x15, 0, 0, 0x1e, 0x1f };

static int
igmp_take(struct ace_walk *w, const struct ace_name *word, uint32_t number)
{
	if (word != NULL)
		number = word->value;
	else if (number < COUNT(igmp_by_ios_number) && igmp_by_ios_number[number] != 0)
		number = igmp_by_ios_number[number];
	w->ace->icmp_type = (int16_t)number;
	return 0;
}

static bool
igmp_is_set(const struct ace *ace)
{
	return ace->proto == PROTO_IGMP && ace->icmp_type != ICMP_ANY;
}

static void
igmp_format(const struct ace *ace, struct ace_text *t)
{
	ace_text_value(t, &ace_igmp_types, (uint32_t)ace->icmp_type);
}

static bool
igmp_match(const struct ace *ace, const struct acl_env *env, const struct acl_key *key)
{
	(void)env;
	return (key->has & ACL_HAS_IGMP) && key->icmp_type == ace->icmp_type;
}

const struct ace_qualifier ace_igmp = {
	.words = &ace_igmp_types,
	.number_help = "IGMP message type",
	.where = IN_EXTENDED,
	.proto = PROTO_IGMP,
	.layer4 = true,
	.open = ace_icmp_open,
	.take = igmp_take,
	.is_set = igmp_is_set,
	.format = igmp_format,
	.match = igmp_match,
};

/* ---- established ---- */

static const struct ace_name established_word[] = {
	{ "established", "Match established connections", 0, 0, NAME_SHOWN },
};
static const struct ace_names established_words = { established_word, COUNT(established_word) };

static bool
no_flags_yet(const struct ace *ace, const struct ace_name *word)
{
	(void)word;
	return ace->flags_op == FLAGS_NONE;
}

static int
established_take(struct ace_walk *w, const struct ace_name *word, uint32_t number)
{
	(void)word;
	(void)number;
	w->ace->flags_op = FLAGS_ESTABLISHED;
	return 0;
}

static bool
established_is_set(const struct ace *ace)
{
	return ace->flags_op == FLAGS_ESTABLISHED;
}

static void
established_format(const struct ace *ace, struct ace_text *t)
{
	(void)ace;
	ace_text_word(t, established_word[0].name);
}

static bool
established_match(const struct ace *ace, const struct acl_env *env, const struct acl_key *key)
{
	(void)ace;
	(void)env;
	return (key->has & ACL_HAS_TCP_FLAGS) && (key->tcp_flags & (TCP_ACK | TCP_RST));
}

const struct ace_qualifier ace_established = {
	.words = &established_words,
	.where = IN_EXTENDED_IP,
	.proto = PROTO_TCP,
	.layer4 = true,
	.open = no_flags_yet,
	.take = established_take,
	.is_set = established_is_set,
	.format = established_format,
	.match = established_match,
};

/* ---- TCP flags, old style: several words, one criterion ---- */

static bool
flags_open(const struct ace *ace, const struct ace_name *word)
{
	return ace->flags_op == FLAGS_NONE ||
	       (ace->flags_op == FLAGS_LISTED && !(ace->flags & word->value));
}

static int
flags_take(struct ace_walk *w, const struct ace_name *word, uint32_t number)
{
	(void)number;
	w->ace->flags_op = FLAGS_LISTED;
	w->ace->flags |= (uint8_t)word->value;
	return 0;
}

static bool
flags_is_set(const struct ace *ace)
{
	return ace->flags_op == FLAGS_LISTED;
}

static void
flags_format(const struct ace *ace, struct ace_text *t)
{
	for (size_t i = 0; i < ace_tcp_flags.n; i++)
		if (ace->flags & ace_tcp_flags.v[i].value)
			ace_text_word(t, ace_tcp_flags.v[i].name);
}

static bool
flags_match(const struct ace *ace, const struct acl_env *env, const struct acl_key *key)
{
	(void)env;
	return (key->has & ACL_HAS_TCP_FLAGS) && (key->tcp_flags & ace->flags);
}

const struct ace_qualifier ace_flags = {
	.words = &ace_tcp_flags,
	.where = IN_EXTENDED_IP,
	.proto = PROTO_TCP,
	.layer4 = true,
	.open = flags_open,
	.take = flags_take,
	.is_set = flags_is_set,
	.format = flags_format,
	.match = flags_match,
};

/* ---- match-all, match-any: flags that must be set (+) or clear (-) ---- */

static const struct ace_name match_all_word[] = {
	{ "match-all", "Match if all specified flags are present", FLAGS_ALL, 0, NAME_SHOWN },
};
static const struct ace_names match_all_words = { match_all_word, COUNT(match_all_word) };

static const struct ace_name match_any_word[] = {
	{ "match-any", "Match if any specified flags is present", FLAGS_ANY, 0, NAME_SHOWN },
};
static const struct ace_names match_any_words = { match_any_word, COUNT(match_any_word) };

enum { SIGNED_FLAGS = 12, MINUS = 6 }; /* the second half: with - */
static const struct ace_name signed_flag[SIGNED_FLAGS] = {
	{ "+ack", "Match on the ACK bit", 16, 0, NAME_SHOWN },
	{ "+fin", "Match on the FIN bit", 1, 0, NAME_SHOWN },
	{ "+psh", "Match on the PSH bit", 8, 0, NAME_SHOWN },
	{ "+rst", "Match on the RST bit", 4, 0, NAME_SHOWN },
	{ "+syn", "Match on the SYN bit", 2, 0, NAME_SHOWN },
	{ "+urg", "Match on the URG bit", 32, 0, NAME_SHOWN },
	{ "-ack", "Match on the ACK bit not set", 16, 0, NAME_SHOWN },
	{ "-fin", "Match on the FIN bit not set", 1, 0, NAME_SHOWN },
	{ "-psh", "Match on the PSH bit not set", 8, 0, NAME_SHOWN },
	{ "-rst", "Match on the RST bit not set", 4, 0, NAME_SHOWN },
	{ "-syn", "Match on the SYN bit not set", 2, 0, NAME_SHOWN },
	{ "-urg", "Match on the URG bit not set", 32, 0, NAME_SHOWN },
};

/* Each flag once, with + or with -. */
static void
signed_offer(struct ace_walk *w)
{
	for (size_t i = 0; i < SIGNED_FLAGS; i++)
		if (!((w->ace->flags | w->ace->flags_clear) & signed_flag[i].value))
			ace_walk_offer_name(w, (int)i, &signed_flag[i]);
}

static int
signed_take(struct ace_walk *w, int id, const struct choice_value *v)
{
	(void)v;
	*(id < MINUS ? &w->ace->flags : &w->ace->flags_clear) |= (uint8_t)signed_flag[id].value;
	return 0;
}

static int
match_take(struct ace_walk *w, const struct ace_name *word, uint32_t number)
{
	int id;

	(void)number;
	w->ace->flags_op = (uint8_t)word->value;
	signed_offer(w);
	id = ace_walk_choose(w, NULL);
	return id < 0 ? -1 : signed_take(w, id, NULL);
}

static bool
match_all_is_set(const struct ace *ace)
{
	return ace->flags_op == FLAGS_ALL;
}

static bool
match_any_is_set(const struct ace *ace)
{
	return ace->flags_op == FLAGS_ANY;
}

static void
match_format(const struct ace *ace, struct ace_text *t)
{
	ace_text_word(
		t, ace->flags_op == FLAGS_ALL ? match_all_word[0].name : match_any_word[0].name);
	for (size_t i = 0; i < MINUS; i++) {
		if (ace->flags & signed_flag[i].value)
			ace_text_word(t, signed_flag[i].name);
		if (ace->flags_clear & signed_flag[i].value)
			ace_text_word(t, signed_flag[i + MINUS].name);
	}
}

static bool
match_all_match(const struct ace *ace, const struct acl_env *env, const struct acl_key *key)
{
	(void)env;
	return (key->has & ACL_HAS_TCP_FLAGS) && (key->tcp_flags & ace->flags) == ace->flags &&
	       (key->tcp_flags & ace->flags_clear) == 0;
}

static bool
match_any_match(const struct ace *ace, const struct acl_env *env, const struct acl_key *key)
{
	(void)env;
	return (key->has & ACL_HAS_TCP_FLAGS) &&
	       ((key->tcp_flags & ace->flags) || (~key->tcp_flags & ace->flags_clear));
}

#define NAMED_ONLY "% match-all/match-any are allowed on named ACLs only"

const struct ace_qualifier ace_match_all = {
	.words = &match_all_words,
	.where = IN_EXTENDED,
	.proto = PROTO_TCP,
	.layer4 = true,
	.refused_numbered = NAMED_ONLY,
	.open = no_flags_yet,
	.take = match_take,
	.offer_more = signed_offer,
	.take_more = signed_take,
	.is_set = match_all_is_set,
	.format = match_format,
	.match = match_all_match,
};

const struct ace_qualifier ace_match_any = {
	.words = &match_any_words,
	.where = IN_EXTENDED,
	.proto = PROTO_TCP,
	.layer4 = true,
	.refused_numbered = NAMED_ONLY,
	.open = no_flags_yet,
	.take = match_take,
	.offer_more = signed_offer,
	.take_more = signed_take,
	.is_set = match_any_is_set,
	.format = match_format,
	.match = match_any_match,
};
