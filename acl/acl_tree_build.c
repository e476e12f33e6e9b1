/*
 * acl_tree_build.c - rows -> a tree.
 *
 * From the root down: few rows are a leaf; else they are cut where acl_tree_cut.c says and the children
 * built.  Children with the same rows are the same child.  Rows behind one that every packet at the node
 * matches stay: what is in the way today may be passed over tomorrow, when its entry is removed
 * (measured: dropping them wins nothing on lists that people write).
 *
 * What bounds the memory: a node may spend so many rows on the leaves below it, and shares them out
 * among its children.  Where cutting would copy more, rows that do not care are kept apart in the
 * rest; where a packet would meet too many leaves by that, a leaf is as long as it must be.
 *
 * One thread; nothing is kept but the tree.
 */
#include "acl/acl_tree_build.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
	COPIES = 1,	     /* rows in leaves for each row there is, at most */
	COPIES_SHORT = 12,   /* and so many more, as long as that is no more than */
	COPIES_FREE = 42000, /* what caches hold */
	LEAF_PAD = 16,	     /* words behind the last leaf that may be read */
	DEPTH_MAX = 40,
};

struct builder {
	const struct acl_rows *rows;
	struct acl_tree *t;
	size_t node_room, pool_room;
};

/* What a cut makes of a node's rows: child i has those from start[i] to start[i] + count[i]. */
struct split {
	struct acl_cut cut;
	size_t children; /* the rest and the fragments' child included */
	bool layer4;
	uint32_t *start, *count;
	uint32_t *row;
};

static int build(struct builder *b, uint32_t at, struct acl_work *w, unsigned depth);

/* ---- room ---- */

/* The first of n new nodes, or UINT32_MAX. */
static uint32_t
new_nodes(struct builder *b, size_t n)
{
	struct acl_tree *t = b->t;
	size_t at = t->nodes;

	if (at + n > b->node_room) {
		size_t room = (at + n) * 3 / 2 + 16;
		struct acl_node *v = reallocarray(t->node, room, sizeof(*v));

		if (v == NULL || at + n > ACL_TREE_NODES_MAX) {
			t->node = v != NULL ? v : t->node;
			return UINT32_MAX;
		}
		t->node = v;
		b->node_room = room;
	}
	t->nodes += n;
	memset(t->node + at, 0, n * sizeof(*t->node));
	return (uint32_t)at;
}

static uint32_t
new_words(struct builder *b, size_t n)
{
	struct acl_tree *t = b->t;
	size_t at = t->words;

	if (at + n + LEAF_PAD > b->pool_room) {
		size_t room = (at + n) * 3 / 2 + 4 * LEAF_PAD;
		uint32_t *v = reallocarray(t->pool, room, sizeof(*v));

		if (v == NULL || room > UINT32_MAX) {
			t->pool = v != NULL ? v : t->pool;
			return UINT32_MAX;
		}
		t->pool = v;
		b->pool_room = room;
	}
	t->words += n;
	return (uint32_t)at;
}

/* ---- leaves ---- */

static uint32_t
span_of(uint32_t lo, uint32_t hi)
{
	return ((hi >> 16) - (lo >> 16)) << 16 | ((hi & 0xffff) - (lo & 0xffff));
}

static int
make_leaf(struct builder *b, uint32_t at, const struct acl_work *w)
{
	const unsigned words = acl_form_words[b->rows->form];
	struct acl_node *node = &b->t->node[at];
	uint32_t *column;

	*node = (struct acl_node){ .word = ACL_NODE_LEAF };
	if (w->n == 0)
		return 0;
	if (w->n > ACL_LEAF_ROWS_MAX)
		return -ENOMEM;
	node->child = new_words(b, (2 * words + 1) * w->n);
	if (node->child == UINT32_MAX)
		return -ENOMEM;
	node->n = (uint16_t)w->n;
	node->shift = (uint8_t)(w->n >> 16);
	column = b->t->pool + node->child;
	for (size_t i = 0; i < w->n; i++, column++) {
		const uint32_t *row = acl_row_at(b->rows, w->row[i]), *ports = row + 2 * words;
		uint32_t *c = column;

		for (unsigned k = 0; k + 1 < words; k++, c += 2 * w->n) {
			c[0] = row[k];
			c[w->n] = row[words + k];
		}
		c[0] = ports[0];
		c[w->n] = span_of(ports[0], ports[1]);
		c[2 * w->n] = ports[2];
	}
	return 0;
}

/* ---- cutting ---- */

/* Rows of later fragments, or of all others, only: is this one of neither? */
static bool
is_other_kind(const struct acl_rows *rows, const uint32_t *row, bool fragment)
{
	const int meta = acl_form_meta[rows->form];
	const uint32_t bit = ACL_META_NONINITIAL;

	if (meta < 0 || !(row[acl_form_words[rows->form] + (unsigned)meta] & bit))
		return false;
	return ((row[meta] & bit) != 0) != fragment;
}

typedef void visit_fn(struct split *s, size_t child, uint32_t row);

static void
visit_count(struct split *s, size_t child, uint32_t row)
{
	(void)row;
	s->count[child]++;
}

static void
visit_fill(struct split *s, size_t child, uint32_t row)
{
	s->row[s->start[child] + s->count[child]++] = row;
}

static inline __attribute__((always_inline)) void
visit_children(struct split *s, struct acl_spread at, uint32_t row, visit_fn *visit)
{
	const uint32_t mask = (1U << s->cut.bits) - 1;
	uint32_t sub = 0;

	if (at.everywhere && s->cut.rest) {
		visit(s, mask + 1, row);
	} else if (at.is_range) {
		for (uint32_t i = 0; i <= at.free; i++)
			visit(s, (at.first + i) & mask, row);
	} else {
		do {
			visit(s, at.first | sub, row);
			sub = (sub - at.free) & at.free;
		} while (sub != 0);
	}
}

static inline __attribute__((always_inline)) void
visit_rows(struct builder *b, const struct acl_work *w, struct split *s, visit_fn *visit)
{
	for (size_t i = 0; i < w->n; i++) {
		const uint32_t *row = acl_row_at(b->rows, w->row[i]);

		if (s->layer4 && !is_other_kind(b->rows, row, true))
			visit(s, s->children - 1, w->row[i]);
		if (!s->layer4 || !is_other_kind(b->rows, row, false))
			visit_children(s, acl_cut_spread(b->rows, row, &s->cut, &w->region),
				w->row[i], visit);
	}
}

static void
split_fini(struct split *s)
{
	free(s->start);
	free(s->count);
	free(s->row);
}

static int
split_rows(struct builder *b, const struct acl_work *w, struct split *s)
{
	uint32_t sum = 0;

	s->layer4 = acl_cut_is_layer4(b->rows, &s->cut);
	s->children = ((size_t)1 << s->cut.bits) + s->cut.rest + s->layer4;
	s->start = calloc(s->children, sizeof(*s->start));
	s->count = calloc(s->children, sizeof(*s->count));
	if (s->start == NULL || s->count == NULL)
		return -ENOMEM;
	visit_rows(b, w, s, visit_count);
	for (size_t i = 0; i < s->children; i++) {
		s->start[i] = sum;
		sum += s->count[i];
		s->count[i] = 0;
	}
	s->row = calloc(sum + 1U, sizeof(*s->row));
	if (s->row == NULL)
		return -ENOMEM;
	visit_rows(b, w, s, visit_fill);
	return 0;
}

/* What is known of a packet in the child. */
static struct acl_region
child_region(const struct builder *b, const struct acl_work *w, const struct split *s, size_t i)
{
	const uint32_t mask = (1U << s->cut.bits) - 1;
	const int meta = acl_form_meta[b->rows->form];
	struct acl_region r = w->region;

	if (s->layer4 && !r.fragment) {
		r.known[meta] |= ACL_META_NONINITIAL;
		r.value[meta] &= ~ACL_META_NONINITIAL;
	}
	if (i <= mask) {
		r.known[s->cut.word] |= mask << s->cut.shift;
		r.value[s->cut.word] &= ~(mask << s->cut.shift);
		r.value[s->cut.word] |= (uint32_t)i << s->cut.shift;
	} else if (s->layer4 && i == s->children - 1) {
		r.value[meta] |= ACL_META_NONINITIAL;
		r.fragment = true;
	}
	return r;
}

/* ---- children that are the same ---- */

struct same { /* an open hash of children by their rows; child + 1, 0 is empty */
	uint32_t *at;
	size_t buckets;
};

static uint32_t
hash_rows(const uint32_t *row, size_t n)
{
	uint64_t h = n;

	for (size_t i = 0; i < n; i++)
		h = (h ^ row[i]) * 0x9e3779b97f4a7c15ULL ^ h >> 29;
	return (uint32_t)(h >> 32);
}

/* An earlier child with the same rows, or i itself. */
static size_t
same_child(struct same *same, const struct split *s, size_t i)
{
	const uint32_t *row = s->row + s->start[i];
	const size_t n = s->count[i];
	size_t at = hash_rows(row, n) & (same->buckets - 1);

	for (; same->at[at] != 0; at = (at + 1) & (same->buckets - 1)) {
		size_t k = same->at[at] - 1;

		if (s->count[k] == n && memcmp(s->row + s->start[k], row, n * sizeof(*row)) == 0)
			return k;
	}
	same->at[at] = (uint32_t)i + 1;
	return i;
}

/*
 * May the child be another's?  Not the rest or the fragments' child; and below a cut of ports only a
 * leaf, since what is known of a range's end differs further down.
 */
static bool
may_share(const struct builder *b, const struct split *s, size_t i)
{
	if (i >= (size_t)1 << s->cut.bits)
		return false;
	return s->cut.word != acl_form_words[b->rows->form] - 1 || s->count[i] <= ACL_LEAF_ROWS;
}

static unsigned
paths_of(const struct acl_work *w, const struct split *s, size_t i)
{
	unsigned rest = w->paths / 2;

	if (!s->cut.rest || (s->layer4 && i == s->children - 1))
		return w->paths;
	return i == (size_t)1 << s->cut.bits ? rest : w->paths - rest;
}

static int
build_children(struct builder *b, const struct acl_work *w, struct split *s, struct same *same,
	uint32_t first, unsigned depth)
{
	size_t total = 0;
	int err = 0;

	for (size_t i = 0; i < s->children; i++)
		total += s->count[i];
	for (size_t i = 0; err == 0 && i < s->children; i++) {
		struct acl_work child = {
			.row = s->row + s->start[i], .n = s->count[i], .paths = paths_of(w, s, i)
		};
		size_t twin = may_share(b, s, i) ? same_child(same, s, i) : i;

		if (twin != i) {
			b->t->node[first + i] = b->t->node[first + twin];
			continue;
		}
		child.region = child_region(b, w, s, i);
		child.budget = (size_t)((double)w->budget * (double)child.n / (double)(total + 1));
		err = build(b, first + (uint32_t)i, &child, depth + 1);
	}
	return err;
}

static int
make_cut(struct builder *b, uint32_t at, const struct acl_work *w, struct acl_cut cut,
	unsigned depth)
{
	struct split s = { .cut = cut };
	struct same same = { .buckets = (size_t)2 << cut.bits };
	uint32_t first;
	int err = split_rows(b, w, &s);

	same.at = calloc(same.buckets, sizeof(*same.at));
	first = err == 0 && same.at != NULL ? new_nodes(b, s.children) : UINT32_MAX;
	if (first == UINT32_MAX) {
		err = -ENOMEM;
	} else {
		b->t->node[at] = (struct acl_node){ .child = first,
			.shift = cut.shift,
			.word = (uint8_t)(cut.word | (cut.rest ? ACL_NODE_REST : 0) |
					  (s.layer4 ? ACL_NODE_LAYER4 : 0)),
			.mask = (uint16_t)((1U << cut.bits) - 1) };
		err = build_children(b, w, &s, &same, first, depth);
	}
	free(same.at);
	split_fini(&s);
	return err;
}

static int
build(struct builder *b, uint32_t at, struct acl_work *w, unsigned depth)
{
	struct acl_cut cut;

	if (w->n <= ACL_LEAF_ROWS || depth >= DEPTH_MAX)
		return make_leaf(b, at, w);
	cut = acl_tree_choose(b->rows, w);
	return cut.bits == 0 ? make_leaf(b, at, w) : make_cut(b, at, w, cut, depth);
}

static void
trim(struct acl_tree *t)
{
	struct acl_node *node = reallocarray(t->node, t->nodes, sizeof(*node));
	uint32_t *pool = reallocarray(t->pool, t->words + LEAF_PAD, sizeof(*pool));

	t->node = node != NULL ? node : t->node;
	t->pool = pool != NULL ? pool : t->pool;
	if (pool != NULL)
		memset(pool + t->words, 0, LEAF_PAD * sizeof(*pool));
}

static int
build_tree(const struct acl_rows *rows, bool cut, struct acl_tree *out)
{
	const size_t more = rows->n * COPIES_SHORT;
	struct builder b = { .rows = rows, .t = out };
	struct acl_work w = { .n = rows->n,
		.budget = rows->n * COPIES + (more < COPIES_FREE ? more : COPIES_FREE),
		.paths = ACL_TREE_PATHS };
	uint32_t *row = calloc(rows->n + 1, sizeof(*row));
	int err = -ENOMEM;

	*out = (struct acl_tree){ .form = rows->form };
	for (size_t i = 0; row != NULL && i < rows->n; i++)
		row[i] = (uint32_t)i;
	w.row = row;
	if (row != NULL && new_nodes(&b, 1) == 0)
		err = cut ? build(&b, 0, &w, 0) : make_leaf(&b, 0, &w);
	free(row);
	if (err == 0)
		trim(out);
	else
		acl_tree_fini(out);
	return err;
}

int
acl_tree_build(const struct acl_rows *rows, struct acl_tree *out)
{
	return build_tree(rows, true, out);
}

int
acl_tree_leaf(const struct acl_rows *rows, struct acl_tree *out)
{
	return build_tree(rows, false, out);
}

void
acl_tree_fini(struct acl_tree *t)
{
	free(t->node);
	free(t->pool);
	*t = (struct acl_tree){ 0 };
}
