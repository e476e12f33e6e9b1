/*
 * ace_qualifiers.c - the words behind the addresses of an entry: one row each, with how it is read,
 * printed and matched side by side.
 *
 * The table at the end is in the order in which entries are displayed; `?` sorts by itself.  To add
 * a qualifier: its words in ace_names.c, its fields in struct ace (and in ace_equal() and the hash
 * beside it), its functions and its row here, and its fields in the compiled rule.  Parsing, help,
 * display, the reference matcher and the fragment rules then know it.
 *
 * Constant data and pure functions.  What a criterion means: RFC 793 for the flags, RFC 792 for
 * ICMP, Cisco's "established" (ACK or RST set) and its old-style flags (any of those listed).
 */
#include "acl/ace_internal.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

enum {
	PROTO_ICMP = 1,
	PROTO_TCP = 6,
	TCP_RST = 4,
	TCP_ACK = 16,
};

/* ---- icmp: a name, a type, or a type and a code ---- */

static bool
icmp_open(const struct ace *ace, const struct ace_name *word)
{
	(void)word;
	return ace->icmp_type == ICMP_ANY;
}

static int
icmp_take(struct ace_walk *w, const struct ace_name *word, uint32_t number)
{
	w->ace->icmp_type = (int16_t)(word != NULL ? word->value : number);
	w->ace->icmp_code = word != NULL ? word->code : ICMP_ANY;
	return 0;
}

static void
icmp_offer_code(struct ace_walk *w)
{
	if (w->last_was_number && w->ace->icmp_code == ICMP_ANY)
		ace_walk_offer_number(w, 0, 0, 255, "ICMP message code");
}

static int
icmp_take_code(struct ace_walk *w, int id, const struct choice_value *v)
{
	(void)id;
	w->ace->icmp_code = (int16_t)v->number;
	return 0;
}

static bool
icmp_is_set(const struct ace *ace)
{
	return ace->icmp_type != ICMP_ANY;
}

static void
icmp_format(const struct ace *ace, struct ace_text *t)
{
	const struct ace_name *name =
		ace_name_shown(&ace_icmp_types, (uint32_t)ace->icmp_type, ace->icmp_code);

	if (name != NULL) {
		ace_text_word(t, name->name);
		return;
	}
	ace_text_number(t, (uint32_t)ace->icmp_type);
	if (ace->icmp_code != ICMP_ANY)
		ace_text_number(t, (uint32_t)ace->icmp_code);
}

static bool
icmp_match(const struct ace *ace, const struct acl_key *key)
{
	if (!(key->has & ACL_HAS_ICMP) || key->icmp_type != ace->icmp_type)
		return false;
	return ace->icmp_code == ICMP_ANY || key->icmp_code == ace->icmp_code;
}

/* ---- established ---- */

static const struct ace_name established_word[] = {
	{ "established", "Match established connections", 0, 0, NAME_SHOWN },
};
static const struct ace_names established_words = { established_word, COUNT(established_word) };

static bool
established_open(const struct ace *ace, const struct ace_name *word)
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
established_match(const struct ace *ace, const struct acl_key *key)
{
	(void)ace;
	return (key->has & ACL_HAS_TCP_FLAGS) && (key->tcp_flags & (TCP_ACK | TCP_RST));
}

/* ---- TCP flags, old style: several words, one criterion ---- */

static bool
flags_open(const struct ace *ace, const struct ace_name *word)
{
	return ace->flags_op != FLAGS_ESTABLISHED && !(ace->flags & word->value);
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
flags_match(const struct ace *ace, const struct acl_key *key)
{
	return (key->has & ACL_HAS_TCP_FLAGS) && (key->tcp_flags & ace->flags);
}

/* ---- log, log-input ---- */

static const struct ace_name log_word[] = {
	{ "log", "Log matches against this entry", ACE_LOG, 0, NAME_SHOWN },
};
static const struct ace_names log_words = { log_word, COUNT(log_word) };

static const struct ace_name log_input_word[] = {
	{ "log-input", "Log matches against this entry, including input interface", ACE_LOG_INPUT,
		0, NAME_SHOWN },
};
static const struct ace_names log_input_words = { log_input_word, COUNT(log_input_word) };

static bool
log_open(const struct ace *ace, const struct ace_name *word)
{
	(void)word;
	return ace->log == ACE_LOG_NONE;
}

static int
log_take(struct ace_walk *w, const struct ace_name *word, uint32_t number)
{
	(void)number;
	w->ace->log = (uint8_t)word->value;
	return 0;
}

static bool
log_is_set(const struct ace *ace)
{
	return ace->log == ACE_LOG;
}

static void
log_format(const struct ace *ace, struct ace_text *t)
{
	(void)ace;
	ace_text_word(t, log_word[0].name);
}

static bool
log_input_is_set(const struct ace *ace)
{
	return ace->log == ACE_LOG_INPUT;
}

static void
log_input_format(const struct ace *ace, struct ace_text *t)
{
	(void)ace;
	ace_text_word(t, log_input_word[0].name);
}

const struct ace_qualifier ace_qualifiers[] = {
	{
		.words = &ace_icmp_types,
		.number_help = "ICMP message type",
		.where = IN_EXTENDED,
		.proto = PROTO_ICMP,
		.layer4 = true,
		.open = icmp_open,
		.take = icmp_take,
		.offer_more = icmp_offer_code,
		.take_more = icmp_take_code,
		.is_set = icmp_is_set,
		.format = icmp_format,
		.match = icmp_match,
	},
	{
		.words = &established_words,
		.where = IN_EXTENDED,
		.proto = PROTO_TCP,
		.layer4 = true,
		.open = established_open,
		.take = established_take,
		.is_set = established_is_set,
		.format = established_format,
		.match = established_match,
	},
	{
		.words = &ace_tcp_flags,
		.where = IN_EXTENDED,
		.proto = PROTO_TCP,
		.layer4 = true,
		.open = flags_open,
		.take = flags_take,
		.is_set = flags_is_set,
		.format = flags_format,
		.match = flags_match,
	},
	{
		.words = &log_words,
		.where = IN_ANY,
		.proto = ACE_ALL_PROTOCOLS,
		.open = log_open,
		.take = log_take,
		.is_set = log_is_set,
		.format = log_format,
	},
	{
		.words = &log_input_words,
		.where = IN_EXTENDED,
		.proto = ACE_ALL_PROTOCOLS,
		.open = log_open,
		.take = log_take,
		.is_set = log_input_is_set,
		.format = log_input_format,
	},
};
const size_t ace_qualifier_count = COUNT(ace_qualifiers);
