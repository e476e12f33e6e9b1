/*
 * acl_internal.h - what the files about lists share: the list itself, its items, its counters and
 * the compiled program.
 */
#ifndef ACL_ACL_INTERNAL_H
#define ACL_ACL_INTERNAL_H

#include "acl/acl.h"
#include "acl/acl_order.h"
#include "acl/acl_tree.h"

/* ---- lists: acl_list.c, ace_equal.c ---- */

enum acl_group {
	GROUP_HOST,	/* hosts of a standard list come first */
	GROUP_RANGE,	/* all else */
	GROUP_TAIL,	/* remarks that wait for the next entry added at the end */
};

/*
 * An entry or a remark.  An entry's item keeps its counter slot for life: once removed it waits for
 * the grace period and then serves, slot and all, for another entry.  So entries' items are kept many
 * together, where their slots say; a remark's is allocated alone.  The rare block an item points to, if
 * any, is the item's.
 */
enum { ACL_SLAB = 16 };

struct acl_item {
	struct acl_entry entry;
	struct acl_sort_key key;
	uint32_t hash;
	struct acl_item *next;		/* in its hash chain, or among the retired or the spare */
};

struct acl_whole;

struct acl_wildcard {			/* a wildcard in use among the ranges of a standard list */
	uint32_t wild;
	uint32_t uses;
};

struct acl {
	char name[ACL_NAME_MAX + 1];
	enum acl_kind kind;
	uint32_t id;
	struct acl_order *order;
	size_t aces;			/* items that are no remarks */
	uint32_t highest;		/* the highest sequence number in use, 0 for none */
	uint32_t arrivals;		/* remarks added so far */

	struct acl_item **bucket;	/* items by ace_hash() */
	size_t buckets;			/* a power of two, or 0 */

	struct acl_wildcard *wildcard;	/* standard lists */
	size_t wildcards, wildcard_room;

	uint32_t slots;			/* counter slots in existence, the implicit deny's too */
	struct acl_item **slab;		/* of ACL_SLAB entries' items each, by slot; the first are nobody's */
	size_t slabs, slab_room;
	struct acl_item *retired;	/* removed; a live program may still count in their slots */
	struct acl_item *spare;		/* free for use, their counters at zero */

	struct acl_counters *counters;	/* one per place the list is used */

	/* What was edited since the program that acl_recompile() made last, unless all is to be compiled. */
	bool tracked;
	bool renumbered;
	struct acl_member *change;	/* in order; slot 0: removed, else added */
	size_t changes, change_room;
	size_t applied;			/* the first so many are in that program; a whole one in the making needs them */
	struct acl_whole *making;	/* that one */
};

/* Whose the slot is or was. */
static inline struct acl_item *
acl_item_of(const struct acl *acl, uint32_t slot)
{
	return &acl->slab[slot / ACL_SLAB][slot % ACL_SLAB];
}

/* A block of one allocation for free(), texts and all; NULL without memory. */
struct ace_rare *ace_rare_dup(const struct ace_rare *rare);
/* Equal entries have equal hashes. */
uint32_t ace_hash(const struct ace *ace);

/* ---- finding items by what they say: acl_index.c ---- */

/* Makes sure that the next acl_index_add(), of this entry, needs no memory. 0 or -ENOMEM. */
int acl_index_reserve(struct acl *acl, const struct ace *ace);
void acl_index_add(struct acl *acl, struct acl_item *item);
void acl_index_remove(struct acl *acl, struct acl_item *item);
/* The item equal to ace; of several equal remarks the first in order. NULL when there is none. */
struct acl_item *acl_index_find(const struct acl *acl, const struct ace *ace);
/*
 * Standard lists: the lowest-numbered range below seq that the host is part of, whatever it does
 * with it, or NULL.  Costs a few look-ups per distinct wildcard in the list, not per entry.
 */
const struct acl_entry *acl_index_covering(
	const struct acl *acl, const struct ace *host, uint32_t seq);
void acl_index_fini(struct acl *acl);

/* ---- remarks find their entry: acl_remarks.c ---- */

/* entry is about to go to the very end: the remarks there are for it, and stay where they are. */
void acl_remarks_adopt(struct acl *acl, const struct acl_item *entry);
/* A standard host, the newest entry, went to the front: the remarks at the tail follow it. */
void acl_remarks_pull_tail(struct acl *acl, const struct acl_item *host);
/* A standard host went to the front: remarks that were given its number beforehand follow it. */
void acl_remarks_pull_numbered(struct acl *acl, const struct acl_item *host);

/* ---- counters: acl_counters.c ---- */

/* Makes room for slots below `slots` at every place the list is used. 0 or -ENOMEM. */
int acl_counters_grow(struct acl *acl, uint32_t slots);
/* Zeroes a slot that no thread can reach any more. */
void acl_counters_zero(struct acl *acl, uint32_t slot);
void acl_counters_destroy(struct acl *acl);

/* ---- programs: acl_compile.c, acl_compile_tests.c, acl_compile_groups.c, acl_classify.c ---- */

struct acl_span {			/* of ports or ttl; lo > hi: none at all */
	uint16_t lo, hi;
};

struct acl_port_test {
	union {
		struct acl_span span;	/* n is 1 */
		uint32_t first;		/* more: in acl_program.span */
	};
	uint8_t n;			/* 0: any port */
	bool outside;			/* in none of the spans, instead of in one */
};

struct acl_range {			/* of addresses, inclusive */
	uint32_t lo, hi;
};

struct acl_set {			/* an object group's addresses, in acl_program.range: sorted, apart */
	uint32_t first, n;
};

enum { ACL_NO_SET = UINT32_MAX };

/*
 * What a rule tests besides addresses, protocol and type of service.  Rules with equal tests share
 * them: long lists have few different ones.
 */
struct acl_tests {
	struct reflexive *table;	/* to reflect to, or to evaluate */
	uint32_t timeout_s;
	uint32_t src_set, dst_set;	/* in acl_program.set, or ACL_NO_SET */
	struct acl_span ttl;
	bool ttl_outside;
	uint8_t wants;			/* enum acl_key_has that must be there, also in a fragment */
	int16_t option;			/* as in struct ace_rare */
	uint8_t ext;			/* IPv6: enum acl_key_ext that must all have been seen */
	bool determined;		/* IPv6: the chain's end must have been reached */
	int32_t flow_label;		/* IPv6, as in struct ace_rare, and so these: */
	int16_t routing_type, mobility_type;

	bool layer4;			/* something below is to be tested */
	uint8_t needs;			/* enum acl_key_has that must be there for it */
	uint8_t all, all_care;		/* TCP flags: those of all_care must be as in all */
	uint8_t any_flip, any_care;	/* unless 0: flipped so, one of these must be set */
	uint16_t icmp, icmp_care;	/* type << 8 | code; of IGMP the type */
	struct acl_port_test sport, dport;
};

enum acl_rule_does { RULE_DECIDES, RULE_REFLECTS, RULE_EVALUATES };

/* An entry, or a part of one, as the classifier wants it: the common tests at hand, others apart. */
struct acl_rule {
	uint32_t src, src_care;
	uint32_t dst, dst_care;
	uint8_t proto, proto_care;	/* proto_care 255, or 0 for any */
	uint8_t tos, tos_care;
	uint8_t action, log;
	uint8_t does;			/* enum acl_rule_does */
	uint32_t slot;
	uint32_t tests;			/* in acl_program.tests; 0: none, and that one is never used */
};

struct acl_rule6 {			/* of an IPv6 list */
	uint64_t src[2], src_care[2];
	uint64_t dst[2], dst_care[2];
	struct acl_rule rest;		/* its addresses are not used */
};

struct acl_mac_rule {			/* of a MAC list */
	uint64_t src, src_care;
	uint64_t dst, dst_care;
	uint64_t rest, rest_care;	/* type, SAPs, VLAN, class of service: packed in acl_mac.c */
	uint32_t slot;
	uint8_t action;
};

/*
 * What a position's result says: slot, action and log of a plain rule, or with ACL_RESULT_SPECIAL the
 * number of one of acl_program.special.
 */
enum {
	ACL_RESULT_ACTION = 28,
	ACL_RESULT_LOG = 29,
	ACL_RESULT_SLOTS = 1 << ACL_RESULT_ACTION,
};
#define ACL_RESULT_SPECIAL (UINT32_C(1) << 31)

/* How much was done for a fast search. */
enum acl_effort {
	ACL_EFFORT_FULL,
	ACL_EFFORT_QUICK,
	ACL_EFFORT_LEAF,		/* no tree, though there may be more rows than a leaf should have */
};

/*
 * A piece of a program: entries, not always neighbours in the list, compiled together.  What is edited later does
 * not change it.
 */
struct acl_piece {
	unsigned refs;
	enum acl_kind kind;
	struct acl_tree tree;
	size_t rules, specials, evaluates, n_tests, spans, sets, ranges;
	uint8_t effort;			/* enum acl_effort */
	bool inexact;			/* some row leaves something to acl_tests_pass() */
	uint32_t *result;		/* of each position */
	/* Rules with an effect or with tests that rows cannot say. */
	struct acl_rule *special;
	uint32_t *evaluate;		/* positions of rules that evaluate, ascending */
	struct acl_tests *tests;	/* what special rules may need, and so the following: */
	struct acl_span *span;
	struct acl_set *set;
	struct acl_range *range;

	/* While it is made: one rule for each position; which array, the kind says. */
	struct acl_rule *rule;
	struct acl_rule6 *rule6;
	struct acl_mac_rule *mac_rule;
};

struct acl_words {			/* shared by programs, never changed once one has it */
	unsigned refs;
	size_t n;			/* ranks; or how many are dead */
	uint32_t v[];
};

struct acl_level {			/* a piece as a program has it */
	struct acl_piece *piece;
	struct acl_words *rank;		/* of each position, ascending */
	struct acl_words *dead;		/* a bit for each position whose entry was removed; NULL: none was */
};

struct acl_asked {			/* a rule that evaluates */
	uint32_t rank;
	const struct acl_rule *rule;
	const struct acl_piece *piece;
};

enum { ACL_LEVELS_MAX = 24 };

/*
 * All pieces are searched, and of what they find the lowest rank wins.  In a program that is whole, that
 * is the one piece there is.
 */
struct acl_program {
	unsigned refs;
	uint32_t list_id;
	enum acl_kind kind;
	const struct acl_search *search;
	size_t levels;
	struct acl_level level[ACL_LEVELS_MAX];
	/* Unless the program is single: rules that evaluate, of all levels, by rank. */
	struct acl_asked *asked;
	size_t n_asked;
};

/* One piece, all of it alive: the common case, and the fast one. */
static inline bool
acl_program_is_single(const struct acl_program *p)
{
	return p->levels == 1 && p->level[0].dead == NULL;
}

static inline bool
acl_level_dead(const struct acl_level *l, uint32_t pos)
{
	return l->dead != NULL && (l->dead->v[pos / 32] >> pos % 32 & 1);
}

/* The counter slot of a position. */
static inline uint32_t
acl_piece_slot(const struct acl_piece *p, uint32_t pos)
{
	const uint32_t result = p->result[pos];

	return result & ACL_RESULT_SPECIAL ? p->special[result & ~ACL_RESULT_SPECIAL].slot
					   : result & (ACL_RESULT_SLOTS - 1);
}

/* A piece in the making. The rooms are how many of each fit what is allocated. */
struct acl_compiler {
	const struct acl_env *env;
	struct acl_piece *p;
	struct acl_words *rank;
	size_t rule_room, rank_room, tests_room, span_room, set_room, range_room;
	uint32_t *tests_at;		/* open hash of the tests by their bytes; 0 is empty */
	size_t tests_buckets;		/* a power of two */
	const struct object_group **group;	/* whose addresses set i is */
};

/*
 * v with room for one more than n of that size, or NULL without memory (v is still there).  Doubles.
 */
void *acl_grow(void *v, size_t n, size_t *room, size_t size);
/* Tests that every packet passes, for acl_tests_of() to add to. */
extern const struct acl_tests acl_no_tests;
/* Adds what the entry tests; a service group in it was resolved before. 0 or -ENOMEM. */
int acl_tests_of(struct acl_compiler *c, const struct ace *ace, struct acl_tests *t);
/* Puts the tests in the program: their index, 0 for acl_no_tests. 0 or -ENOMEM. */
int acl_tests_place(struct acl_compiler *c, const struct acl_tests *t, uint32_t *index);
/* The parts of a rule that entries of both families have: type of service, reflexive table. */
void acl_rule_tos(const struct ace *ace, struct acl_rule *r);
void acl_rule_reflect(const struct acl_compiler *c, const struct ace *ace, struct acl_rule *r,
	struct acl_tests *t);
/* The addresses of a network group: *set, ACL_NO_SET when there are none. 0 or -ENOMEM. */
int acl_set_place(struct acl_compiler *c, const char *group, uint32_t *set);
/*
 * Calls row for each entry that the members of the entry's service group stand for, until one is
 * not 0, which is returned.
 */
typedef int acl_row_fn(struct acl_compiler *c, const struct ace *ace, uint32_t slot);
int acl_service_rows(
	struct acl_compiler *c, const struct ace *ace, uint32_t slot, acl_row_fn *row);

/* Does the rule apply, as far as its tests decide that? r->tests is not 0. */
bool acl_tests_pass(
	const struct acl_piece *p, const struct acl_rule *r, const struct acl_key *key);
/* The answer of a rule that applies; an evaluate rule asks its table whether it does. */
bool acl_rule_decide(const struct acl_piece *p, const struct acl_rule *r,
	const struct acl_key *key, uint32_t packets, uint64_t now_ms, struct acl_verdict *out);

struct acl_found {			/* by a packet in a program of several pieces; piece NULL: nothing */
	const struct acl_piece *piece;
	uint32_t rank, best;		/* best: as acl_search_fn says it */
};
/* Could the level have something that comes before what n packets found? Often not: lines are added at the end. */
bool acl_level_matters(const struct acl_level *l, const struct acl_found *found, size_t n);
/* Replaces what was found for n packets where what they found in this level comes first. */
void acl_find_lowest(const struct acl_level *l, const uint32_t *best, size_t n,
	struct acl_found *found);

/* The extension headers, and what is in them. */
bool acl_chain_pass(const struct acl_tests *t, const struct acl_key *key);

/* Adds the rows that say what the rule of a position does; *exact when they say all. 0 or -ENOMEM. */
int acl_rows_add(struct acl_rows *rows, const struct acl_piece *p, size_t pos, bool *exact);
/* Makes rows and results of the rules, which are dropped; rows->v is for free(). 0 or -ENOMEM. */
int acl_piece_lower(struct acl_piece *p, struct acl_rows *rows);
/* Makes the tree, or one leaf, of the rows. Any thread that nobody shares the piece with. 0 or -ENOMEM. */
int acl_piece_build(struct acl_piece *p, const struct acl_rows *rows);

/* ---- pieces, and programs of them: acl_compile.c, acl_program.c, acl_recompile.c ---- */

struct acl_member {			/* an entry that a piece is to have */
	uint32_t rank, slot;
};

/* The entry's place in the order of evaluation, as a number. */
static inline uint32_t
acl_item_rank(const struct acl *acl, const struct acl_item *item)
{
	const bool behind = acl->kind == ACL_STANDARD && item->key.group != GROUP_HOST;

	return item->key.place | (uint32_t)behind << 31;
}

/*
 * The list's entries that are members, sorted by rank; all with NULL.  Not yet built: *rows is for
 * acl_piece_build() and then free(). 0 or -ENOMEM.
 */
int acl_piece_begin(const struct acl *acl, const struct acl_env *env, const struct acl_member *member,
	size_t n, struct acl_level *out, struct acl_rows *rows);
struct acl_piece *acl_piece_ref(struct acl_piece *p);
void acl_piece_unref(struct acl_piece *p);
struct acl_words *acl_words_ref(struct acl_words *w);
void acl_words_unref(struct acl_words *w);
void acl_level_unref(struct acl_level *l);
/* A program without levels for this list, or NULL without memory. */
struct acl_program *acl_program_create(const struct acl *acl);
/* As acl_compile(). */
int acl_compile_all(const struct acl *acl, const struct acl_env *env, enum acl_effort effort,
	struct acl_program **out);
/* All levels are in: makes what is found by looking at them all. 0 or -ENOMEM. */
int acl_program_finish(struct acl_program *p);

/* What edits leave for the next program; called with each. acl_recompile.c */
void acl_note_added(struct acl *acl, const struct acl_item *item);
void acl_note_removed(struct acl *acl, const struct acl_item *item);
void acl_note_renumbered(struct acl *acl);
void acl_note_reclaimed(struct acl *acl);

/* ---- MAC lists: acl_mac.c ---- */

/* The rule of an entry that is no remark. 0 or -ENOMEM. */
int acl_compile_mac(struct acl_compiler *c, const struct ace *ace, uint32_t slot);

/* ---- IPv6 lists: acl_compile_ipv6.c, acl_classify.c ---- */

/* The rule of an entry that is no remark and whose time range is open. 0 or -ENOMEM. */
int acl_compile_ipv6(struct acl_compiler *c, const struct ace *ace, uint32_t slot);
/* What the end of an IPv6 list does with a packet that no entry decided. */
struct acl_verdict acl_ipv6_implicit(const struct acl_key *key);

#endif
