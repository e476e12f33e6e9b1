/*
 * acl_tree.h - the heart of a program: rows of words to compare, and the tree that finds the first
 * row that a packet matches.
 *
 * A packet is a key of a few 32-bit words: addresses, the numbers of the header, and last the two
 * ports.  A row says of each word but the last which bits it cares for and what they must be, and of
 * the ports between what they must lie.  Rows are in the order of evaluation by their `pos`; several
 * may have the same, when it takes several to say what one entry says.
 *
 * The tree (acl_tree_build.c) is made of cuts: a few neighbouring bits of one word choose among the
 * children.  At its end are leaves of a handful of rows that are compared all at once.  A row that
 * does not care for the bits of a cut is in many children, or, where that would be too many, in a
 * `rest` that is searched as well.
 *
 * A later fragment shows no layer 4.  What bits and numbers it hides are not compared (ACL_META_LAYER4,
 * the ports), and a cut on them has a child of its own for fragments.
 *
 * Threads: built by one, never changed, searched by any.
 */
#ifndef ACL_ACL_TREE_H
#define ACL_ACL_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What the words are. All but the last have bits; the last is sport | dport << 16. */
enum acl_form {
	ACL_FORM_IPV4,		/* src, dst, meta, ports */
	ACL_FORM_IPV4_TTL,	/* src, dst, ttl, 0, meta, ports */
	ACL_FORM_IPV6,		/* src 4, dst 4, meta, chain, flow label, ports */
	ACL_FORM_MAC,		/* src 2, dst 2, rest 2, 0, ports (unused) */
	ACL_FORMS,
};

enum { ACL_WORDS_MAX = 12 };

/* The words of a form, an even number, and which of them is meta; -1 for none. */
extern const uint8_t acl_form_words[ACL_FORMS];
extern const int8_t acl_form_meta[ACL_FORMS];

/* meta: protocol, type of service, TCP flags, enum acl_key_has from the low byte up. */
enum {
	ACL_META_TOS = 8,
	ACL_META_FLAGS = 16,
	ACL_META_HAS = 24,
};
#define ACL_META_NONINITIAL (UINT32_C(0x10) << ACL_META_HAS)
#define ACL_META_LAYER4 (UINT32_C(0x0fff) << ACL_META_FLAGS)

/* ---- rows ---- */

/*
 * Row i is at v + i * acl_row_stride(form): the words' values, the bits cared for, the lowest ports,
 * the highest ports, the position, doubled, plus ACL_ROW_INEXACT when there is more to test than the
 * row says.  The ports' value and bits are those that all ports between have.
 */
enum { ACL_ROW_INEXACT = 1 };

struct acl_rows {
	enum acl_form form;
	uint32_t *v;
	size_t n, room;
};

static inline size_t
acl_row_stride(enum acl_form form)
{
	return 2U * acl_form_words[form] + 3;
}

static inline uint32_t *
acl_row_at(const struct acl_rows *rows, size_t i)
{
	return rows->v + i * acl_row_stride(rows->form);
}

/* ---- the tree ---- */

enum {
	ACL_TREE_PATHS = 8,	/* leaves that one packet meets at most */
	ACL_TREE_BURST = 256,	/* packets searched together at most */
	ACL_GROUP_ROWS = 8,	/* rows compared together */
	ACL_CUT_BITS_MAX = 12,
	ACL_PAIRS_MAX = ACL_WORDS_MAX / 2,
};

/*
 * Where a packet goes: to a node, or, with ACL_WAY_LEAF, to so many groups from a first one, or, when
 * they are more than ACL_WAY_GROUPS_MAX, with ACL_WAY_LONG to one of the tree's runs of them.
 */
#define ACL_WAY_LEAF (UINT32_C(1) << 31)
#define ACL_WAY_LONG (UINT32_C(1) << 28)
#define ACL_WAY_NONE ACL_WAY_LEAF	/* no rows at all */
enum {
	ACL_WAY_GROUPS = 29,
	ACL_WAY_GROUPS_MAX = 3,
	ACL_WAY_NUMBER = (1 << 28) - 1,
};

/*
 * A cut: bits of two pairs of words choose one of the ways from `way` on, those of pair[1] above those of
 * pair[0], which are `shift`.  The way before the first leads to the rest, searched as well.
 */
struct acl_node {
	uint64_t bits[2];
	uint32_t way;
	uint8_t pair[2];
	uint8_t shift;
};

struct acl_run {
	uint32_t first, n;
};

/*
 * Eight rows column by column, and padded with such as say ACL_NO_ROW: for each pair of words (the first of them
 * in the low half) eight values and eight masks; of the last pair's high half, the ports, the lowest and the
 * distances to the highest.  Their positions are apart.
 *
 * Later fragments are few, so the leaves of their ways, all of them runs, have no rows of their own but say
 * where the rows are in the groups of the others: group * ACL_GROUP_ROWS + row.
 */
struct acl_tree {
	enum acl_form form;
	uint32_t root, fragments;	/* ways; that of later fragments looks at no layer 4 */
	struct acl_node *node;
	uint32_t *way;
	uint64_t *group;		/* on cache lines; acl_group_words() for each */
	uint32_t *pos;
	struct acl_run *run;
	uint32_t *ref;
	size_t nodes, ways, groups, runs, refs;
};

static inline size_t
acl_group_words(enum acl_form form)
{
	return (size_t)ACL_GROUP_ROWS * acl_form_words[form]; /* 2 columns for 2 words */
}

/* What it holds. */
size_t acl_tree_bytes(const struct acl_tree *t);

enum { ACL_NO_ROW = UINT32_MAX };

/*
 * May the row at this position, doubled and so on, win packet i, which matches it as far as it says?
 * Asked for inexact rows, or for every row.
 */
struct acl_check {
	bool (*passes)(const struct acl_check *c, size_t i, uint32_t at);
	bool every;
};
/*
 * best[i] is the position, doubled and so on, of the first row that key i matches, or ACL_NO_ROW.
 * n <= ACL_TREE_BURST; the words of key i are pairs, key[i * pairs] the first.  check is NULL when no row
 * is inexact and all count.
 */
typedef void acl_search_fn(const struct acl_tree *t, const uint64_t *key, size_t n,
	const struct acl_check *check, uint32_t *best);

struct acl_search {
	const char *name;
	acl_search_fn *packets[ACL_FORMS];
	acl_search_fn *fragments[ACL_FORMS];	/* later ones */
};

extern const struct acl_search acl_search_portable;
#if defined(__x86_64__)
extern const struct acl_search acl_search_avx2, acl_search_avx512;
#endif
/* The searches that this machine can do, the best first; NULL behind the last. */
const struct acl_search *acl_search_available(size_t i);

/*
 * Builds the tree of rows that are sorted by position.  Each row is wherever a packet that matches it
 * may come, also behind rows that match all of those: a check may pass over any row, so that the next
 * one is found.  0 or -ENOMEM.
 */
int acl_tree_build(const struct acl_rows *rows, struct acl_tree *out);
/* The same, made several times faster, searched more slowly: for a program that will soon be another. */
int acl_tree_build_quickly(const struct acl_rows *rows, struct acl_tree *out);
/* The same without cuts: made in no time, and for few rows. */
int acl_tree_leaf(const struct acl_rows *rows, struct acl_tree *out);
void acl_tree_fini(struct acl_tree *t);

#endif
