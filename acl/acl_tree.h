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
	ACL_FORM_IPV4_TTL,	/* src, dst, meta, ttl, ports */
	ACL_FORM_IPV6,		/* src 4, dst 4, meta, chain, flow label, ports */
	ACL_FORM_MAC,		/* src 2, dst 2, rest 2, ports (unused) */
	ACL_FORMS,
};

enum { ACL_WORDS_MAX = 12 };

/* The words of a form, and which of them is meta; -1 for none. */
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
	ACL_NODE_LEAF = 0x80,
	ACL_NODE_REST = 0x40,	/* a child behind the others is searched as well */
	ACL_NODE_LAYER4 = 0x20,	/* the last child is for fragments, and it alone */
	ACL_NODE_WORD = 0x0f,
	ACL_TREE_PATHS = 8,	/* leaves that one packet meets at most */
	ACL_PACKET_BITS = 6,
	ACL_TREE_BURST = 1 << ACL_PACKET_BITS,	/* packets searched together at most */
	ACL_TREE_NODES_MAX = 1 << (32 - ACL_PACKET_BITS),
	ACL_LEAF_ROWS_MAX = (1 << 24) - 1,
};

/*
 * A cut: child is the first of mask + 1 (and the rest, and the one for fragments).  A leaf: child is
 * where its columns start in acl_tree.pool, n with shift above it how many rows they have: for each
 * word but the ports a column of values and one of masks; the lowest ports and the distances to the
 * highest; positions.
 */
struct acl_node {
	uint32_t child;
	uint8_t shift;
	uint8_t word;		/* and ACL_NODE_... */
	union {
		uint16_t mask;	/* 2^bits - 1 */
		uint16_t n;
	};
};

struct acl_tree {
	enum acl_form form;
	struct acl_node *node;	/* [0] is the root */
	uint32_t *pool;
	size_t nodes, words;
};

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
 * n <= ACL_TREE_BURST; word w of key i is key[w * ACL_TREE_BURST + i].  check is NULL when no row
 * is inexact and all count.
 */
typedef void acl_search_fn(const struct acl_tree *t, const uint32_t *key, size_t n,
	const struct acl_check *check, uint32_t *best);

struct acl_search {
	const char *name;
	acl_search_fn *packets[ACL_FORMS];
	acl_search_fn *fragments[ACL_FORMS];
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
/* The same without cuts: quickly made, and for few rows. */
int acl_tree_leaf(const struct acl_rows *rows, struct acl_tree *out);
void acl_tree_fini(struct acl_tree *t);

#endif
