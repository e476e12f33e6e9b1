/*
 * acl_tree_build.h - what the files that build a tree share.
 */
#ifndef ACL_ACL_TREE_BUILD_H
#define ACL_ACL_TREE_BUILD_H

#include "acl/acl_tree.h"

enum {
	ACL_LEAF_ROWS = 2 * ACL_GROUP_ROWS,	/* as many are never cut */
	ACL_PORT_BITS = 16,			/* of each half of the ports' word */
	ACL_FREE_ANY = 255,
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
