/*
 * acl_tree_leaf.c - rows -> groups, and leaves made of them.
 *
 * A leaf of fragments has no rows of its own: it refers to those in the groups of the others.  Children with
 * few rows share a leaf that has the rows of all: comparing more rows of a group costs nothing.
 *
 * One thread; nothing is kept but the tree.
 */
#include <errno.h>

#include "acl/acl_tree_build.h"

static uint32_t
new_groups(struct acl_builder *b, size_t n)
{
	const size_t words = acl_group_words(b->rows->form);
	struct acl_tree *t = b->t;
	size_t room = b->group_room, at = t->groups;
	uint64_t *group = acl_room_for(t->group, at, n, &room, words * sizeof(*group));
	uint32_t *pos;

	if (group == NULL)
		return UINT32_MAX;
	t->group = group;
	pos = room == b->group_room && t->pos != NULL
		      ? t->pos
		      : reallocarray(t->pos, room, ACL_GROUP_ROWS * sizeof(*pos));
	if (pos == NULL || at + n > ACL_WAY_NUMBER)
		return UINT32_MAX;
	t->pos = pos;
	b->group_room = room;
	memset(group + at * words, 0, n * words * sizeof(*group));
	memset(pos + at * ACL_GROUP_ROWS, 0xff, n * ACL_GROUP_ROWS * sizeof(*pos));
	t->groups += n;
	return (uint32_t)at;
}

/* ---- leaves ---- */

static uint64_t
span_of(uint32_t lo, uint32_t hi)
{
	return ((hi >> 16) - (lo >> 16)) << 16 | ((hi & 0xffff) - (lo & 0xffff));
}

static void
put_row(struct acl_builder *b, size_t group, size_t i, uint32_t number)
{
	const unsigned words = acl_form_words[b->rows->form];
	const uint32_t *row = acl_row_at(b->rows, number), *ports = row + 2 * words;
	uint64_t *column = b->t->group + group * acl_group_words(b->rows->form) + i;

	for (unsigned p = 0; p < words / 2; p++, column += 2 * ACL_GROUP_ROWS) {
		column[0] = acl_pair_of(row, p);
		column[ACL_GROUP_ROWS] = acl_pair_of(row + words, p);
	}
	column -= 2 * ACL_GROUP_ROWS;
	column[0] = (column[0] & UINT32_MAX) | (uint64_t)ports[0] << 32;
	column[ACL_GROUP_ROWS] = (column[ACL_GROUP_ROWS] & UINT32_MAX) | span_of(ports[0], ports[1])
										 << 32;
	b->t->pos[group * ACL_GROUP_ROWS + i] = ports[2];
	b->at[number] = (uint32_t)(group * ACL_GROUP_ROWS + i);
}

uint32_t
acl_leaf_groups(struct acl_builder *b, const uint32_t *row, size_t n)
{
	const uint32_t first = new_groups(b, (n + ACL_GROUP_ROWS - 1) / ACL_GROUP_ROWS);

	for (size_t i = 0; first != ACL_NOWHERE && i < n; i++)
		put_row(b, first + i / ACL_GROUP_ROWS, i % ACL_GROUP_ROWS, row[i]);
	return first;
}

static int
make_run(struct acl_builder *b, uint32_t first, size_t n, uint32_t *way)
{
	const uint32_t run = ACL_NEW(b, run, runs, run_room, 1);

	if (first == ACL_NOWHERE || run >= ACL_WAY_NUMBER)
		return -ENOMEM;
	b->t->run[run] = (struct acl_run){ .first = first, .n = (uint32_t)n };
	*way = ACL_WAY_LEAF | ACL_WAY_LONG | run;
	return 0;
}

/* A leaf of fragments. */
static int
make_refs(struct acl_builder *b, const uint32_t *row, size_t n, uint32_t *way)
{
	const uint32_t first = ACL_NEW(b, ref, refs, ref_room, n);

	for (size_t i = 0; first != ACL_NOWHERE && i < n; i++)
		b->t->ref[first + i] = b->at[row[i]];
	return make_run(b, first, n, way);
}

int
acl_leaf_make(struct acl_builder *b, const uint32_t *row, size_t n, uint32_t *way)
{
	const size_t groups = (n + ACL_GROUP_ROWS - 1) / ACL_GROUP_ROWS;
	uint32_t first;

	*way = ACL_WAY_NONE;
	if (n == 0)
		return 0;
	if (b->fragments)
		return make_refs(b, row, n, way);
	first = acl_leaf_groups(b, row, n);
	if (first == ACL_NOWHERE)
		return -ENOMEM;
	if (groups > ACL_WAY_GROUPS_MAX)
		return make_run(b, first, groups, way);
	*way = ACL_WAY_LEAF | (uint32_t)groups << ACL_WAY_GROUPS | first;
	return 0;
}

/* ---- children that share a leaf ---- */

/* Both, ascending and each once; how many, or limit + 1. */
static size_t
merge(const uint32_t *a, size_t n, const uint32_t *b, size_t m, uint32_t *to, size_t limit)
{
	size_t i = 0, k = 0, out = 0;

	while (i < n || k < m) {
		uint32_t x = i < n ? a[i] : UINT32_MAX, y = k < m ? b[k] : UINT32_MAX;

		if (out == limit)
			return limit + 1;
		to[out++] = x < y ? x : y;
		i += x <= y;
		k += y <= x;
	}
	return out;
}

int
acl_shared_flush(struct acl_builder *b, struct acl_shared *s, uint32_t first)
{
	uint32_t way;
	int err = acl_leaf_make(b, s->row, s->n, &way);

	for (size_t i = 0; err == 0 && i < s->children; i++)
		b->t->way[first + s->child[i]] = way;
	s->n = s->children = 0;
	return err;
}

int
acl_shared_add(struct acl_builder *b, struct acl_shared shared[ACL_SHARED],
	const struct acl_work *child, size_t limit, size_t i, uint32_t first)
{
	uint32_t both[ACL_LEAF_ROWS];
	struct acl_shared *s = NULL;
	size_t n = limit + 1;
	int err = 0;

	for (unsigned k = 0; k < ACL_SHARED && n > limit; k++) {
		if (shared[k].limit != limit)
			continue;
		n = merge(shared[k].row, shared[k].n, child->row, child->n, both, limit);
		if (n <= limit || s == NULL || shared[k].n > s->n)
			s = &shared[k];
	}
	if (n > limit) {
		err = acl_shared_flush(b, s, first);
		n = child->n;
		memcpy(both, child->row, n * sizeof(both[0]));
	}
	memcpy(s->row, both, n * sizeof(both[0]));
	s->n = n;
	s->child[s->children++] = i;
	return err;
}
