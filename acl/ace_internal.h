/*
 * ace_internal.h - what the files about single entries share: the walk along an entry's words, the
 * text being written, and the table of qualifiers.
 */
#ifndef ACL_ACE_INTERNAL_H
#define ACL_ACE_INTERNAL_H

#include "acl/ace_names.h"
#include "acl/acl.h"

/* ---- the rare parts: ace_rare.c ---- */

enum { ACE_RARE_TEXTS = 7 };
extern const struct ace_rare ace_rare_none;	/* none of the criteria */
/* The entry's block, or the empty one: to look something up without asking first. */
const struct ace_rare *ace_rare_of(const struct ace *ace);
/* The block's texts, by number. */
const char **ace_rare_text_at(struct ace_rare *rare, size_t i);
const char *ace_rare_text_of(const struct ace_rare *rare, size_t i);

/* ---- reading: ace_walk.c ---- */

enum ace_where {		/* which entries a word is part of the language in */
	IN_STANDARD = 1 << 0,
	IN_EXTENDED_NAMED = 1 << 1,
	IN_EXTENDED_NUMBERED = 1 << 2,
	IN_EXTENDED = IN_EXTENDED_NAMED | IN_EXTENDED_NUMBERED,
	IN_IPV6 = 1 << 3,
	IN_MAC = 1 << 4,
	IN_NAMED_IP = IN_EXTENDED_NAMED | IN_IPV6,
	IN_EXTENDED_IP = IN_EXTENDED | IN_IPV6,
};

enum { ACE_OFFERS_MAX = 192 };	/* choices at one position: all ICMP names, all qualifiers */

struct ace_qualifier;

struct ace_walk {
	struct word_reader *r;
	struct ace *ace;
	struct ace_room *room;
	enum ace_where where;
	struct ace_addr *bare;		/* standard: an address typed without its wildcard yet */
	struct ace_ports *ports;	/* what may get an operator or more ports here, or NULL */
	const struct ace_qualifier *last;	/* the qualifier just read, or NULL */
	bool last_was_number;		/* it began with a number, not a name */
	struct choice offer[ACE_OFFERS_MAX];	/* the choices at this position */
	size_t offers;
};

/*
 * What a choice's id says: the tag, the kind of word, in the high bits; which of them in the low
 * eight.
 */
enum ace_tag {
	TAG_END,
	TAG_ACTION,
	TAG_PROTOCOL,
	TAG_PROTOCOL_NUMBER,
	TAG_IP,
	TAG_SERVICE,
	TAG_ADDRESS,
	TAG_WILDCARD,
	TAG_PORT_OP,
	TAG_PORT,
	TAG_PORT_NUMBER,
	TAG_VALUE,
	TAG_VALUE_NUMBER,
	TAG_MORE,
	TAG_SEQUENCE,
	TAG_QUALIFIER,	/* of the first row; the others follow */
};
int ace_walk_id(unsigned tag, size_t which);
unsigned ace_walk_tag(int id);
unsigned ace_walk_which(int id);

/* Put one more choice, or a table of names, on offer at this position. */
void ace_walk_offer(struct ace_walk *w, const struct choice *c);
void ace_walk_offer_keyword(struct ace_walk *w, int id, const char *text, const char *help);
void ace_walk_offer_number(struct ace_walk *w, int id, uint32_t lo, uint32_t hi, const char *help);
void ace_walk_offer_ipv4(struct ace_walk *w, int id, const char *help);
void ace_walk_offer_word(struct ace_walk *w, int id, const char *help);
void ace_walk_offer_name(struct ace_walk *w, int id, const struct ace_name *name);
void ace_walk_offer_names(struct ace_walk *w, unsigned tag, const struct ace_names *names);
/* Takes one of what is on offer; the next position starts with nothing. Its id, or -1. */
int ace_walk_choose(struct ace_walk *w, struct choice_value *v);
/* True while there is a word at this position: not when `?` asks what may stand here. */
bool ace_walk_typed(const struct ace_walk *w);

extern const struct choice ace_end_of_line;	/* TAG_END */

/* Positions where only one thing may stand. 0 or -1. */
int ace_walk_end(struct ace_walk *w);
int ace_walk_ipv4(struct ace_walk *w, const char *help, uint32_t *addr);
int ace_walk_number(
	struct ace_walk *w, uint32_t lo, uint32_t hi, const char *help, uint32_t *number);
/* A number up to hi, or a name for one of them or for more. */
int ace_walk_value(struct ace_walk *w, const struct ace_names *names, uint32_t hi, const char *help,
	uint32_t *value);
/* A name of at most ACE_NAME_MAX bytes, kept in the entry's room. */
int ace_walk_name(struct ace_walk *w, const char *help, const char **name);

/* The entry's rare parts, for writing; the block is set up at the first call. */
struct ace_rare *ace_walk_rare(struct ace_walk *w);
/* Puts a text in the entry's room, terminated. It fits: names are checked where they are read. */
const char *ace_walk_keep(struct ace_walk *w, const char *text, size_t len);

/* ---- ports, and all that stands behind the addresses: ace_tail.c ---- */

/* The names of the ports that the entry may have, or NULL when it has no ports. */
const struct ace_names *ace_entry_port_names(const struct ace *ace);
/* An operator, or another port where w->ports takes one more; then one of them was chosen. */
void ace_ports_offer(struct ace_walk *w);
bool ace_ports_chosen(int id);
int ace_ports_take(struct ace_walk *w, int id, const struct choice_value *chosen);
/* From behind the last address to the end of the line. 0 or -1. */
int ace_tail_read(struct ace_walk *w);

/* ---- writing: ace_format.c ---- */

struct ace_text {		/* a buffer that is always terminated and never overrun */
	char *buf;
	size_t size, len;
	enum ace_style style;
	const struct acl_env *env;
};

/* The text, the number, as it stands. */
void ace_text_put(struct ace_text *t, const char *s);
void ace_text_digits(struct ace_text *t, uint32_t number);
/* A blank and the word, the number, the number's name if it has one that is displayed. */
void ace_text_word(struct ace_text *t, const char *word);
void ace_text_number(struct ace_text *t, uint32_t number);
void ace_text_value(struct ace_text *t, const struct ace_names *names, uint32_t value);
/* The protocol, ports, qualifiers of an entry, each word behind a blank. */
void ace_text_protocol(struct ace_text *t, const struct ace *ace);
void ace_text_ports(struct ace_text *t, const struct ace *ace, const struct ace_ports *p);
/* An ICMP type by one of the names, or the numbers. */
void ace_text_icmp(struct ace_text *t, const struct ace_names *names, const struct ace *ace);
void ace_text_qualifiers(struct ace_text *t, const struct ace *ace);

/* ---- matching: ace_match.c, ace_match_groups.c ---- */

/* a op b for a number in the packet: the operators of ports and of ttl. */
bool ace_op_holds(enum ace_port_op op, uint32_t number, uint32_t first, uint32_t second);
/* The entry's ports, both of them. */
bool ace_ports_match(const struct ace *ace, const struct acl_key *key);
/* Those qualifiers of the entry that look behind the IP header, or those that do not. */
bool ace_qualifiers_match(const struct ace *ace, const struct acl_env *env,
	const struct acl_key *key, bool layer4);
/* Is the address in the network object group of this name? */
bool ace_group_has_address(const struct acl_env *env, const char *group, uint32_t addr);
/*
 * Does a member of the service object group match, in an entry with this action?  Each member is
 * like an entry of its own, in non-initial fragments too.
 */
bool ace_group_has_service(const struct acl_env *env, const char *group, uint8_t action,
	const struct acl_key *key);
/* What env answers, also when there is no env. */
const struct object_group *acl_env_group(const struct acl_env *env, const char *name,
	enum object_group_kind kind);
bool acl_env_active(const struct acl_env *env, const char *time_range);
struct reflexive *acl_env_reflexive(const struct acl_env *env, const char *name);

/* ---- qualifiers: ace_qualifiers.c ---- */

enum { ACE_ALL_PROTOCOLS = -1 };

/* A qualifier is what may stand behind the addresses and ports, in any order. */
struct ace_qualifier {
	const struct ace_names *words;	/* the keywords it begins with, one or many */
	const char *number_help;	/* it may begin with a number 0-255 instead; NULL: no */
	uint8_t where;			/* enum ace_where */
	int16_t proto;			/* the one protocol it belongs to, or ACE_ALL_PROTOCOLS */
	bool layer4;			/* looks behind the IP header */
	/* In the numbered form it is read, so that a wrong word gets its caret, then refused so. */
	const char *refused_numbered;

	/* May it be typed, with what stands there already?  word is NULL for the number. */
	bool (*open)(const struct ace *ace, const struct ace_name *word);
	/* Reads it; word is NULL for the number. 0, or -1 with the walk's error. */
	int (*take)(struct ace_walk *w, const struct ace_name *word, uint32_t number);
	/* What else may follow right behind it, or NULL: offered under ids 0..255, then taken. */
	void (*offer_more)(struct ace_walk *w);
	int (*take_more)(struct ace_walk *w, int id, const struct choice_value *v);

	/* Does the entry have it?  Only then the two below are asked. */
	bool (*is_set)(const struct ace *ace);
	void (*format)(const struct ace *ace, struct ace_text *t);
	/* NULL: it decides nothing. */
	bool (*match)(
		const struct ace *ace, const struct acl_env *env, const struct acl_key *key);
};

/* In display order. A new qualifier is a new row in one of the files below and its name here. */
extern const struct ace_qualifier *const ace_qualifiers[];
extern const size_t ace_qualifier_count;

/* ace_layer4.c; the steps of a row about ICMP types are those of ICMPv6 too */
bool ace_icmp_open(const struct ace *ace, const struct ace_name *word);
int ace_icmp_take(struct ace_walk *w, const struct ace_name *word, uint32_t number);
void ace_icmp_offer_code(struct ace_walk *w);
int ace_icmp_take_code(struct ace_walk *w, int id, const struct choice_value *v);
bool ace_icmp_match(
	const struct ace *ace, const struct acl_env *env, const struct acl_key *key);
extern const struct ace_qualifier ace_icmp, ace_igmp, ace_established, ace_flags, ace_match_all,
	ace_match_any;
/* ace_header.c */
extern const struct ace_qualifier ace_precedence, ace_tos, ace_dscp, ace_option, ace_ttl,
	ace_fragments;
/* ace_effects.c */
extern const struct ace_qualifier ace_log, ace_log_input, ace_time_range, ace_reflect;

/* ace_ipv6_qualifiers.c */
extern const struct ace_qualifier ace_icmpv6, ace_flow_label, ace_extension, ace_mobility_type,
	ace_routing_type, ace_undetermined;

/* True when the entry names ports, flags, an ICMP type ... */
bool ace_has_layer4(const struct ace *ace);

#endif
