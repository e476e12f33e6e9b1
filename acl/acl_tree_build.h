/*
 * acl_tree_build.h - what the files that build a tree share.
 */
#ifndef ACL_ACL_TREE_BUILD_H
#define ACL_ACL_TREE_BUILD_H

#include <stdlib.h>
#include <string.h>

#include "acl/acl_tree.h"

enum {
	ACL_LEAF_ROWS = 2 * ACL_GROUP_ROWS,	/* as many are never cut */
	ACL_PORT_BITS = 16,			/* of each half of the ports' word */
	ACL_FREE_ANY = 255,
	ACL_SHARED = 8,				/* leaves that children are being added to */
};

/* What is known of a packet that came to a node, by pairs of words. */
struct acl_region {
	uint64_t known[ACL_PAIRS_MAX], value[ACL_PAIRS_MAX];
};

/* The rows of a node, and what may be made of them. */
struct acl_work {
	const uint32_t *row;	/* numbers, ascending */
	size_t n;
	struct acl_region region;
	size_t budget;		/* rows in all the leaves below */
	unsigned paths;		/* leaves that a packet may meet below */
};

struct acl_cut {
	uint64_t bits[2];	/* of two pairs */
	uint8_t pair[2];
	uint8_t n;		/* bits of both; 0: none that helps */
	uint8_t free_max;	/* rows that do not care for more of them are the rest */
	float score;
};

/* ---- acl_tree_cut.c ---- */

struct acl_trial;		/* room to try cuts in */

/* quick: fewer cuts are tried, of fewer rows. NULL without memory. */
struct acl_trial *acl_trial_create(bool quick);
void acl_trial_destroy(struct acl_trial *t);
/* The cut that promises most. */
struct acl_cut acl_tree_choose(
	struct acl_trial *t, const struct acl_rows *rows, const struct acl_work *w);

/* ---- a tree in the making ---- */

#define ACL_NOWHERE UINT32_MAX

struct acl_builder {
	const struct acl_rows *rows;
	struct acl_tree *t;
	struct acl_trial *trial; /* NULL: nothing is cut */
	size_t few;		 /* rows that are not cut */
	size_t node_room, way_room, group_room, run_room, ref_room;
	bool fragments; /* the ways of later fragments are made */
	uint32_t *at;	/* where each row is in the groups; ACL_NOWHERE */
};

/* An array of n with room for more: where it is now, or NULL without memory. */
static inline void *
acl_room_for(void *v, size_t n, size_t more, size_t *room, size_t size)
{
	if (v != NULL && n + more <= *room)
		return v;
	v = reallocarray(v, (n + more) * 3 / 2 + 16, size);
	if (v != NULL)
		*room = (n + more) * 3 / 2 + 16;
	return v;
}

/* The first of n new ones of a kind, or UINT32_MAX; they are zero. */
#define ACL_NEW(b, array, count, room, n)                                                              \
	(__extension__({                                                                           \
		void *v = acl_room_for(                                                                \
			(b)->t->array, (b)->t->count, (n), &(b)->room, sizeof(*(b)->t->array));    \
		uint32_t new_first = UINT32_MAX;                                                   \
                                                                                                   \
		if (v != NULL) {                                                                   \
			(b)->t->array = v;                                                         \
			new_first = (uint32_t)(b)->t->count;                                       \
			memset((b)->t->array + new_first, 0, (n) * sizeof(*(b)->t->array));        \
			(b)->t->count += (n);                                                      \
		}                                                                                  \
		new_first;                                                                         \
	}))

/* ---- acl_tree_leaf.c ---- */

/* The rows in groups of their own: the first, or ACL_NOWHERE without memory. */
uint32_t acl_leaf_groups(struct acl_builder *b, const uint32_t *row, size_t n);
/* A leaf of the rows, in *way. 0 or -ENOMEM. */
int acl_leaf_make(struct acl_builder *b, const uint32_t *row, size_t n, uint32_t *way);

/* Rows of several children that want no more groups together than each by itself; in one leaf, at most `limit`. */
struct acl_shared {
	uint32_t row[ACL_LEAF_ROWS];
	size_t n, limit;
	size_t *child, children;
};

/* Puts the child's rows where they fit; else the fullest leaf that would be long enough is made first. */
int acl_shared_add(struct acl_builder *b, struct acl_shared shared[ACL_SHARED],
	const struct acl_work *child, size_t limit, size_t i, uint32_t first);
/* Makes the leaf, if there is one, and sends its children there: their ways are from `first` on. */
int acl_shared_flush(struct acl_builder *b, struct acl_shared *s, uint32_t first);

/* ---- rows by pairs of words; here, since they are asked for each row again and again ---- */

static inline uint64_t
acl_pair_of(const uint32_t *word, unsigned pair)
{
	return word[2 * pair] | (uint64_t)word[2 * pair + 1] << 32;
}

/* From the lowest to the highest port between that may be in a region; false: none. */
static inline bool
acl_clip_port(uint32_t *lo, uint32_t *hi, uint32_t known, uint32_t value)
{
	uint32_t min = value & known, max = min | (~known & 0xffff);

	*lo = *lo > min ? *lo : min;
	*hi = *hi < max ? *hi : max;
	return *lo <= *hi;
}

/* Is one of the ports a range, that is more than a number and less than any? */
static inline bool
acl_row_has_range(const uint32_t *ports)
{
	for (unsigned half = 0; half < 32; half += ACL_PORT_BITS) {
		uint32_t lo = ports[0] >> half & 0xffff, hi = ports[1] >> half & 0xffff;

		if (lo != hi && (lo != 0 || hi != UINT16_MAX))
			return true;
	}
	return false;
}

#endif
