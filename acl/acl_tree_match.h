/*
 * acl_tree_match.h - the search through a tree, written once and compiled for each kind of machine:
 * included by acl_tree_portable.c, acl_tree_avx2.c and acl_tree_avx512.c.
 *
 * The including file defines ISA, the target attribute of all functions here, LANES, how many rows it
 * compares at once, and leaf_lanes(), which does it; and OWN_DESCENT with a descend() of its own, if it
 * has one.
 *
 * A burst goes down the tree together, one level a pass, and then to the leaves.  There is no branch
 * that depends on a packet, since it would be guessed wrong: which packets go on and which are at a
 * leaf is added up.  So the processor sees far ahead, and looks at many packets' nodes and leaves at the
 * same time while they are on their way from memory.
 */
#ifndef ACL_ACL_TREE_MATCH_H
#define ACL_ACL_TREE_MATCH_H

#include <string.h>

#include "acl/acl_tree.h"

#define INLINE ISA static inline __attribute__((always_inline))

enum {
	LINE = 64,
	QUEUE = ACL_TREE_BURST * ACL_TREE_PATHS + 32, /* what is stored may go beyond what counts */
	AHEAD = 6,				      /* leaves between asking for one and reading it */
	AHEAD_LINES = 4,
};

/* Packets at nodes: each is the node's number, shifted by ACL_PACKET_BITS, and the packet's. */
struct acl_steps {
	uint32_t v[QUEUE];
	size_t n;
};

/* Bit i: row `from + i` of the leaf matches the packet's key. Rows behind the last may be anything. */
INLINE uint64_t leaf_lanes(const uint32_t *leaf, size_t n, size_t from, const uint32_t *key,
	unsigned words, int meta, bool fragment);

/* The position of the lowest row of a set, or ACL_NO_ROW for none; without a branch. */
INLINE uint32_t
lowest(const uint32_t *pos, uint64_t match)
{
	const uint32_t at = pos[__builtin_ctzll(match | UINT64_C(1) << (LANES - 1))];

	return match != 0 ? at : ACL_NO_ROW;
}

/* The same of the rows that win if they pass the check. */
INLINE uint32_t
lowest_checked(const uint32_t *pos, uint64_t match, uint32_t packet, uint32_t best,
	const struct acl_check *check)
{
	for (; match != 0; match &= match - 1) {
		const uint32_t at = pos[__builtin_ctzll(match)];

		if (at >= best || !(check->every || (at & ACL_ROW_INEXACT)) ||
			check->passes(check, packet, at))
			return at;
	}
	return ACL_NO_ROW;
}

/* A search at work: what all of its functions need, and the compiler knows much of. */
struct acl_quest {
	const struct acl_tree *t;
	const uint32_t *key;
	unsigned words;
	int meta;
	bool fragment;
	const struct acl_check *check;
	uint32_t *best;
};

/* As many rows of the leaf as are compared at once. */
INLINE void
search_rows(const struct acl_quest *q, struct acl_node node, size_t from, uint32_t packet)
{
	const size_t rows = node.n | (size_t)node.shift << 16, left = rows - from;
	const uint32_t *leaf = q->t->pool + node.child, *pos = leaf + 2 * q->words * rows + from;
	uint64_t match = leaf_lanes(
		leaf, rows, from, q->key + packet, q->words, q->meta, q->fragment);
	uint32_t found, best = q->best[packet];

	match &= (UINT64_C(1) << (left < LANES ? left : LANES)) - 1;
	found = q->check == NULL
			? lowest(pos, match)
			: lowest_checked(pos, match, packet, best, q->check);
	q->best[packet] = found < best ? found : best;
}

/* The rest of a leaf that has more, as long as a row there could still win. */
INLINE void
search_more(const struct acl_quest *q, struct acl_node node, uint32_t packet)
{
	const size_t rows = node.n | (size_t)node.shift << 16;
	const uint32_t *pos = q->t->pool + node.child + 2 * q->words * rows;

	for (size_t from = LANES; from < rows && q->best[packet] > pos[from]; from += LANES)
		search_rows(q, node, from, packet);
}

/*
 * All leaves that the packets came to.  The first rows of each, which is all that most have, without
 * a branch; then the others.
 */
INLINE void
search_leaves(const struct acl_quest *q, struct acl_steps *end)
{
	const struct acl_node *node = q->t->node;
	size_t longer = 0;

	for (size_t i = 0; i < AHEAD; i++)
		end->v[end->n + i] = 0; /* the root, looked at in vain */
	for (size_t i = 0; i < end->n; i++) {
		const uint32_t step = end->v[i];
		const struct acl_node leaf = node[step >> ACL_PACKET_BITS];
		const uint32_t *then = q->t->pool + node[end->v[i + AHEAD] >> ACL_PACKET_BITS].child;

		for (unsigned line = 0; line < AHEAD_LINES; line++)
			__builtin_prefetch((const char *)then + line * LINE);
		search_rows(q, leaf, 0, step & (ACL_TREE_BURST - 1));
		end->v[longer] = step;
		longer += leaf.n > LANES || leaf.shift > 0;
	}
	for (size_t i = 0; i < longer; i++)
		search_more(q, node[end->v[i] >> ACL_PACKET_BITS], end->v[i] & (ACL_TREE_BURST - 1));
}

#ifdef OWN_DESCENT

INLINE void descend(const struct acl_tree *t, const uint32_t *key, bool fragment,
	const struct acl_steps *now, struct acl_steps *next, struct acl_steps *end);

#else

/* Goes one level down with all of `now`: those that go on are in `next`, those at a leaf with rows in `end`. */
INLINE void
descend(const struct acl_tree *t, const uint32_t *key, bool fragment, const struct acl_steps *now,
	struct acl_steps *next, struct acl_steps *end)
{
	size_t going = 0, ended = end->n;

	for (size_t i = 0; i < now->n; i++) {
		const uint32_t packet = now->v[i] & (ACL_TREE_BURST - 1);
		const struct acl_node node = t->node[now->v[i] >> ACL_PACKET_BITS];
		const uint32_t bits = key[(node.word & ACL_NODE_WORD) * ACL_TREE_BURST + packet];
		const uint32_t behind = node.child + node.mask + 1;
		uint32_t child = node.child + (bits >> (node.shift & 31) & node.mask);
		bool is_leaf = node.word & ACL_NODE_LEAF, rest = node.word & ACL_NODE_REST;

		if (fragment && (node.word & ACL_NODE_LAYER4)) {
			child = behind + rest;
			rest = false;
		}
		end->v[ended] = now->v[i];
		ended += is_leaf & ((node.n | node.shift) != 0);
		next->v[going] = behind << ACL_PACKET_BITS | packet;
		going += rest;
		next->v[going] = child << ACL_PACKET_BITS | packet;
		going += !is_leaf;
		__builtin_prefetch(&t->node[child]);
	}
	end->n = ended;
	next->n = going;
}

#endif

INLINE void
search(const struct acl_tree *t, const uint32_t *key, size_t n, unsigned words, int meta,
	bool fragment, const struct acl_check *check, uint32_t *best)
{
	const struct acl_quest q = { t, key, words, meta, fragment, check, best };
	struct acl_steps step[2], end;

	for (size_t i = 0; i < n; i++) {
		step[0].v[i] = (uint32_t)i;
		best[i] = ACL_NO_ROW;
	}
	step[0].n = n;
	end.n = 0;
	for (unsigned level = 0; step[level].n > 0; level ^= 1)
		descend(t, key, fragment, &step[level], &step[level ^ 1], &end);
	search_leaves(&q, &end);
}

/* One function for each form, of packets and of fragments, and the table of them. */
#define SEARCH(name, words, meta, fragment)                                                       \
	ISA static void name(const struct acl_tree *t, const uint32_t *key, size_t n,             \
		const struct acl_check *check, uint32_t *best)                                    \
	{                                                                                         \
		if (check == NULL)                                                                \
			search(t, key, n, words, meta, fragment, NULL, best);                     \
		else                                                                              \
			search(t, key, n, words, meta, fragment, check, best);                    \
	}

SEARCH(ipv4, 4, 2, false)
SEARCH(ipv4_ttl, 5, 2, false)
SEARCH(ipv6, 12, 8, false)
SEARCH(mac, 7, -1, false)
SEARCH(ipv4_fragments, 4, 2, true)
SEARCH(ipv4_ttl_fragments, 5, 2, true)
SEARCH(ipv6_fragments, 12, 8, true)

#define SEARCH_TABLE(text)                                                                        \
	{                                                                                         \
		.name = text,                                                                     \
		.packets = { ipv4, ipv4_ttl, ipv6, mac },                                         \
		.fragments = { ipv4_fragments, ipv4_ttl_fragments, ipv6_fragments, NULL },        \
	}

#endif
