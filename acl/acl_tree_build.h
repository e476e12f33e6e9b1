/*
 * acl_tree_build.h - what the files that build a tree share.
 */
#ifndef ACL_ACL_TREE_BUILD_H
#define ACL_ACL_TREE_BUILD_H

#include "acl/acl_tree.h"

enum {
	ACL_LEAF_ROWS = 16,	/* as many are never cut */
	ACL_CUT_BITS_MAX = 12,
	ACL_PORT_BITS = 16,	/* of each half of the ports' word */
};

/* What is known of a packet that came to a node. */
struct acl_region {
	uint32_t known[ACL_WORDS_MAX], value[ACL_WORDS_MAX];
	bool fragment;		/* a later fragment: layer 4 is not seen */
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
	uint8_t word, shift, bits;	/* bits 0: none that helps */
	bool rest;			/* rows that do not care are kept apart */
	float score;
};

/* ---- acl_tree_cut.c ---- */

/* The cut that promises most. */
struct acl_cut acl_tree_choose(const struct acl_rows *rows, const struct acl_work *w);
/* Does the cut look at what a later fragment does not show? */
bool acl_cut_is_layer4(const struct acl_rows *rows, const struct acl_cut *cut);

/* ---- which children a row is in; here, since they are asked for each row again and again ---- */

/* From a first number, those that differ from it in free bits. */
struct acl_spread {
	uint32_t first, free;	/* ports: the first child, and how many follow */
	bool is_range;
	bool everywhere;
};

/* From the lowest to the highest port between that have the region's bits. */
static inline void
acl_cut_clip(uint32_t *lo, uint32_t *hi, uint32_t known, uint32_t value)
{
	uint32_t min = value & known, max = min | (~known & 0xffff);

	*lo = *lo > min ? *lo : min;
	*hi = *hi < max ? *hi : max;
}

static inline struct acl_spread
acl_cut_spread_ports(const uint32_t *ports, const struct acl_cut *cut, uint32_t known, uint32_t value)
{
	const unsigned half = cut->shift >= ACL_PORT_BITS ? ACL_PORT_BITS : 0, shift = cut->shift - half;
	const uint32_t mask = (1U << cut->bits) - 1;
	uint32_t lo = ports[0] >> half & 0xffff, hi = ports[1] >> half & 0xffff;

	acl_cut_clip(&lo, &hi, known >> half & 0xffff, value >> half & 0xffff);
	if (lo > hi)
		hi = lo;
	lo >>= shift;
	hi >>= shift;
	return (struct acl_spread){ .first = lo & mask,
		.free = hi - lo < mask ? hi - lo : mask,
		.is_range = true,
		.everywhere = hi - lo >= mask };
}

static inline struct acl_spread
acl_cut_spread(const struct acl_rows *rows, const uint32_t *row, const struct acl_cut *cut,
	const struct acl_region *region)
{
	const unsigned words = acl_form_words[rows->form], w = cut->word;
	const uint32_t mask = (1U << cut->bits) - 1;
	uint32_t care;

	if (w == words - 1)
		return acl_cut_spread_ports(row + 2 * words, cut, region->known[w], region->value[w]);
	care = row[words + w] >> cut->shift & mask;
	return (struct acl_spread){
		.first = row[w] >> cut->shift & care, .free = mask & ~care, .everywhere = care == 0
	};
}

#endif
