/*
 * acl_tree_build.h - what the files that build a tree share.
 */
#ifndef ACL_ACL_TREE_BUILD_H
#define ACL_ACL_TREE_BUILD_H

#include "acl/acl_tree.h"

enum {
	ACL_LEAF_ROWS = 16,	/* as many are never cut */
	ACL_CUT_BITS_MAX = 12,
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

/* The children that a row is in: from a fixed number, those that differ from it in free bits. */
struct acl_spread {
	uint32_t first, free;	/* ports: the first child, and how many follow */
	bool is_range;
	bool everywhere;
};
struct acl_spread acl_cut_spread(const struct acl_rows *rows, const uint32_t *row,
	const struct acl_cut *cut, const struct acl_region *region);

#endif
