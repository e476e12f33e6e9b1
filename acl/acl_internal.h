/*
 * acl_internal.h - what the files about lists share: the list itself, its items, its counters and
 * the compiled program.
 */
#ifndef ACL_ACL_INTERNAL_H
#define ACL_ACL_INTERNAL_H

#include "acl/acl.h"
#include "acl/acl_order.h"

/* ---- lists: acl_list.c, ace_equal.c ---- */

enum acl_group {
	GROUP_HOST,	/* hosts of a standard list come first */
	GROUP_RANGE,	/* all else */
	GROUP_TAIL,	/* remarks that wait for the next entry added at the end */
};

/*
 * An entry or a remark.  An entry's item keeps its counter slot for life: once removed it waits for
 * the grace period and then serves, slot and all, for another entry.  A remark's text is behind it.
 */
struct acl_item {
	struct acl_entry entry;
	struct acl_sort_key key;
	uint32_t hash;
	struct acl_item *next;		/* in its hash chain, or among the retired or the spare */
	char text[];
};

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
	struct acl_item *retired;	/* removed; a live program may still count in their slots */
	struct acl_item *spare;		/* free for use, their counters at zero */

	struct acl_counters *counters;	/* one per place the list is used */
};

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

/* ---- programs: acl_compile.c, acl_classify.c ---- */

struct port_span {			/* lo > hi: no port at all */
	uint16_t lo, hi;
};

struct port_test {
	uint32_t first;			/* in acl_program.span */
	uint8_t n;			/* 0: any port */
	bool outside;			/* in none of the spans, instead of in one */
};

/* An entry as the classifier wants it: every test a compare under a mask or a walk of few spans. */
struct acl_rule {
	uint32_t src, src_care;
	uint32_t dst, dst_care;
	uint8_t proto, proto_care;	/* proto_care 255, or 0 for any */
	uint8_t layer4;			/* something below here is to be tested */
	uint8_t needs;			/* enum acl_key_has: what the packet must have for that */
	uint8_t any_flags;		/* 0, or one of these TCP flags must be set */
	uint8_t action, log;
	uint16_t icmp, icmp_care;	/* type << 8 | code */
	struct port_test sport, dport;
	uint32_t slot;
};

struct acl_program {
	unsigned refs;
	uint32_t list_id;
	enum acl_kind kind;
	size_t rules, spans;
	struct port_span *span;		/* behind the rules, in the same block */
	struct acl_rule rule[];
};

#endif
