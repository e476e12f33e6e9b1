/*
 * acl_tree_match.h - the search through a tree, written once and compiled for each kind of machine:
 * included by acl_tree_portable.c, acl_tree_avx2.c and acl_tree_avx512.c.
 *
 * The including file defines ISA, the target attribute of all functions here, pick(), which puts chosen
 * bits of a number side by side, and match_group(), which compares the rows of a group.
 *
 * A burst goes down the tree together, one level a pass, and then to the leaves.  There is no branch
 * that depends on a packet, since it would be guessed wrong: which packets go on and which are at a
 * leaf is added up.  So the processor sees far ahead, and looks at many packets' nodes and leaves at the
 * same time while they are on their way from memory.
 */
#ifndef ACL_ACL_TREE_MATCH_H
#define ACL_ACL_TREE_MATCH_H

#include "acl/acl_tree.h"

#define INLINE ISA static inline __attribute__((always_inline))

enum {
	LINE = 64,
	PACKET = 8, /* a step is where to, shifted by this, and whose */
	STEPS = ACL_TREE_BURST * ACL_TREE_PATHS,
	NEAR = 400000, /* bytes in a cache that are read as soon as asked for */
	AHEAD = 8,     /* groups between asking for one and reading it */
};

/* What is stored may go beyond what counts. */
struct acl_steps {
	uint64_t v[STEPS + 8];
	size_t n;
};

struct acl_groups {
	uint64_t v[STEPS * ACL_WAY_GROUPS_MAX + 8 + AHEAD];
	size_t n;
};

INLINE uint64_t pick(uint64_t from, uint64_t bits);
/* Bit i: row i of the group matches the key. */
INLINE unsigned match_group(const uint64_t *group, const uint64_t *key, unsigned pairs);

/* A search at work: what all of its functions need, and the compiler knows much of. */
struct acl_quest {
	const struct acl_tree *t;
	const uint64_t *key;
	unsigned pairs;
	int meta; /* of later fragments, the pair with meta in its low half; -1: they are others */
	const struct acl_check *check;
	uint32_t *best;
};

/* ---- groups ---- */

/* The position of the lowest row of a set, or ACL_NO_ROW for none; without a branch. */
INLINE uint32_t
lowest(const uint32_t *pos, unsigned match)
{
	const uint32_t at = pos[__builtin_ctz(match | 1U << (ACL_GROUP_ROWS - 1))];

	return match != 0 ? at : ACL_NO_ROW;
}

/* The same of the rows that win if they pass the check. */
INLINE uint32_t
lowest_checked(const uint32_t *pos, unsigned match, uint32_t packet, uint32_t best,
	const struct acl_check *check)
{
	for (; match != 0; match &= match - 1) {
		const uint32_t at = pos[__builtin_ctz(match)];

		if (at >= best || !(check->every || (at & ACL_ROW_INEXACT)) ||
			check->passes(check, packet, at))
			return at;
	}
	return ACL_NO_ROW;
}

INLINE void
search_group(const struct acl_quest *q, size_t group, uint32_t packet)
{
	const uint64_t *rows = q->t->group + group * 2 * ACL_GROUP_ROWS * q->pairs;
	const uint32_t *pos = q->t->pos + group * ACL_GROUP_ROWS;
	const unsigned match = match_group(rows, q->key + packet * q->pairs, q->pairs);
	const uint32_t best = q->best[packet];
	const uint32_t found = q->check == NULL
				       ? lowest(pos, match)
				       : lowest_checked(pos, match, packet, best, q->check);

	q->best[packet] = found < best ? found : best;
}

/* A leaf of many groups, as long as a row there could still win. */
INLINE void
search_run(const struct acl_quest *q, const struct acl_run *run, uint32_t packet)
{
	for (size_t g = run->first; g < (size_t)run->first + run->n; g++) {
		if (q->best[packet] <= q->t->pos[g * ACL_GROUP_ROWS])
			break;
		search_group(q, g, packet);
	}
}

/* ---- later fragments ---- */

/* Does the fragment match the row, as far as both show? */
INLINE bool
match_fragment(const struct acl_quest *q, uint32_t ref, const uint64_t *key)
{
	const uint64_t *column = q->t->group +
				 ref / ACL_GROUP_ROWS * (2UL * ACL_GROUP_ROWS * q->pairs) +
				 ref % ACL_GROUP_ROWS;
	uint64_t differ = 0;

	for (unsigned p = 0; p < q->pairs; p++, column += 2 * ACL_GROUP_ROWS) {
		uint64_t mask = column[ACL_GROUP_ROWS];

		if ((int)p == q->meta)
			mask &= ~(uint64_t)ACL_META_LAYER4;
		if (p + 1 == q->pairs)
			mask &= UINT32_MAX;
		differ |= (key[p] ^ column[0]) & mask;
	}
	return differ == 0;
}

INLINE void
search_refs(const struct acl_quest *q, const struct acl_run *run, uint32_t packet)
{
	const uint32_t *ref = q->t->ref + run->first;
	const struct acl_check *c = q->check;

	for (size_t i = 0; i < run->n && q->t->pos[ref[i]] < q->best[packet]; i++) {
		const uint32_t at = q->t->pos[ref[i]];

		if (match_fragment(q, ref[i], q->key + packet * q->pairs) &&
			(c == NULL || !(c->every || (at & ACL_ROW_INEXACT)) ||
				c->passes(c, packet, at)))
			q->best[packet] = at;
	}
}

/* ---- leaves ---- */

/* Asks for groups ahead of time when there are more than a near cache holds. */
INLINE void
search_groups(const struct acl_quest *q, const struct acl_groups *at, size_t n, bool ahead)
{
	const size_t bytes = 2 * ACL_GROUP_ROWS * q->pairs * sizeof(uint64_t);
	const char *memory = (const char *)q->t->group;

	for (size_t i = 0; i < n; i++) {
		const size_t then = at->v[i + AHEAD] >> PACKET;

		if (ahead) {
			__builtin_prefetch(q->t->pos + then * ACL_GROUP_ROWS);
#pragma GCC unroll 12
			for (size_t line = 0; line < bytes; line += LINE)
				__builtin_prefetch(memory + then * bytes + line);
		}
		search_group(q, at->v[i] >> PACKET, at->v[i] & (ACL_TREE_BURST - 1));
	}
}

/* All leaves that the packets came to, group by group. */
INLINE void
search_leaves(const struct acl_quest *q, struct acl_steps *end)
{
	const size_t bytes = 2 * ACL_GROUP_ROWS * q->pairs * sizeof(uint64_t);
	struct acl_groups at;
	size_t n = 0, runs = 0;

	for (size_t i = 0; i < end->n; i++) {
		const uint64_t step = end->v[i], way = step >> PACKET;
		const uint64_t first = step & ~((uint64_t)~ACL_WAY_NUMBER << PACKET);

		for (unsigned k = 0; k < ACL_WAY_GROUPS_MAX; k++)
			at.v[n + k] = first + ((uint64_t)k << PACKET);
		n += way >> ACL_WAY_GROUPS & ACL_WAY_GROUPS_MAX;
		end->v[runs] = step;
		runs += (way & ACL_WAY_LONG) != 0;
	}
	for (size_t i = 0; i < AHEAD; i++)
		at.v[n + i] = 0;
	if (q->t->groups * bytes > NEAR)
		search_groups(q, &at, n, true);
	else
		search_groups(q, &at, n, false);
	for (size_t i = 0; i < runs; i++) {
		const uint32_t packet = end->v[i] & (ACL_TREE_BURST - 1);
		const struct acl_run *run = &q->t->run[end->v[i] >> PACKET & ACL_WAY_NUMBER];

		if (q->meta >= 0)
			search_refs(q, run, packet);
		else
			search_run(q, run, packet);
	}
}

/* ---- nodes ---- */

/* The packet goes on to a node, or has come to a leaf. */
INLINE void
arrive(uint32_t way, uint64_t packet, struct acl_steps *next, struct acl_steps *end)
{
	const uint64_t step = (uint64_t)way << PACKET | packet;

	next->v[next->n] = step;
	next->n += way < ACL_WAY_LEAF;
	end->v[end->n] = step;
	end->n += way > ACL_WAY_NONE;
}

/* The way that a packet takes at a node; two pairs are all that IPv4 has. */
INLINE uint32_t
way_at(const struct acl_quest *q, const struct acl_node *node, const uint32_t *way, uint64_t packet)
{
	const uint64_t *key = q->key + packet * q->pairs;
	const uint64_t low = pick(key[q->pairs == 2 ? 0 : node->pair[0]], node->bits[0]);
	const uint64_t high = pick(key[q->pairs == 2 ? 1 : node->pair[1]], node->bits[1]);

	return way[low | high << node->shift];
}

/* From the root, which is the same for all. */
INLINE void
begin(const struct acl_quest *q, uint32_t root, size_t n, struct acl_steps *next,
	struct acl_steps *end)
{
	const struct acl_node *node;
	const uint32_t *way;

	next->n = end->n = 0;
	for (uint64_t i = 0; i < n; i++)
		q->best[i] = ACL_NO_ROW;
	if (root >= ACL_WAY_LEAF) {
		for (uint64_t i = 0; i < n; i++)
			arrive(root, i, next, end);
		return;
	}
	node = &q->t->node[root];
	way = q->t->way + node->way;
	for (uint64_t i = 0; i < n; i++)
		arrive(way_at(q, node, way, i), i, next, end);
	if (way[-1] != ACL_WAY_NONE)
		for (uint64_t i = 0; i < n; i++)
			arrive(way[-1], i, next, end);
}

/* Goes one level down with all of `now`. */
INLINE void
descend(const struct acl_quest *q, const struct acl_steps *now, struct acl_steps *next,
	struct acl_steps *end)
{
	const struct acl_node *nodes = q->t->node;
	const uint32_t *ways = q->t->way;
	const size_t n = now->n;

	next->n = 0;
	for (size_t i = 0; i < n; i++) {
		const uint64_t step = now->v[i], packet = step & (ACL_TREE_BURST - 1);
		const struct acl_node *node = &nodes[step >> PACKET];
		const uint32_t *way = ways + node->way;

		arrive(way[-1], packet, next, end);
		arrive(way_at(q, node, way, packet), packet, next, end);
	}
}

INLINE void
search(const struct acl_tree *t, const uint64_t *key, size_t n, unsigned pairs, int meta,
	const struct acl_check *check, uint32_t *best)
{
	const struct acl_quest q = { t, key, pairs, meta, check, best };
	struct acl_steps step[2], end;

	begin(&q, meta >= 0 ? t->fragments : t->root, n, &step[0], &end);
	for (unsigned level = 0; step[level].n > 0; level ^= 1)
		descend(&q, &step[level], &step[level ^ 1], &end);
	search_leaves(&q, &end);
}

/* One function for each form, of packets and of fragments, and the table of them. */
#define SEARCH(name, pairs, meta)                                                                  \
	ISA static void name(const struct acl_tree *t, const uint64_t *key, size_t n,              \
		const struct acl_check *check, uint32_t *best)                                     \
	{                                                                                          \
		if (check == NULL)                                                                 \
			search(t, key, n, pairs, meta, NULL, best);                                \
		else                                                                               \
			search(t, key, n, pairs, meta, check, best);                               \
	}

SEARCH(ipv4, 2, -1)
SEARCH(ipv4_ttl, 3, -1)
SEARCH(ipv6, 6, -1)
SEARCH(mac, 4, -1)
SEARCH(ipv4_fragments, 2, 1)
SEARCH(ipv4_ttl_fragments, 3, 2)
SEARCH(ipv6_fragments, 6, 4)

#define SEARCH_TABLE(text)                                                                         \
	{                                                                                          \
		.name = text, .packets = { ipv4, ipv4_ttl, ipv6, mac },                            \
		.fragments = { ipv4_fragments, ipv4_ttl_fragments, ipv6_fragments, NULL },         \
	}

#endif
