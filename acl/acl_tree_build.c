/*
 * acl_tree_build.c - rows -> a tree.
 *
 * From the root down: few rows are a leaf; else they are cut by the bits that acl_tree_cut.c chooses and
 * the children built.  Children with the same rows are the same child, and several with few rows
 * share a leaf that has them all.  Rows behind one that every packet at the node matches stay: what is in the
 * way today may be passed over tomorrow, when its entry is removed.
 *
 * What bounds the memory: a node may spend so many rows on the leaves below it, and shares them out
 * among its children.  Where cutting would copy more, rows that do not care are kept apart in the
 * rest; where a packet would meet too many leaves by that, a leaf is as long as it must be.
 *
 * Later fragments have ways of their own, made of rows without what they do not show.
 *
 * One thread; nothing is kept but the tree.
 */
#include "acl/acl_tree_build.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
	COPIES = 1,	     /* rows in leaves for each row there is, at most */
	COPIES_SHORT = 5,    /* and so many more, as long as that is no more than */
	COPIES_FREE = 60000, /* what caches hold, less half as many as there are rows */
	DEPTH_MAX = 40,
	CACHE_LINE = 64,
	FEW_QUICK = 128, /* rows of a leaf in a tree that is made quickly */
};

/* What a cut makes of a node's rows: child i has those from start[i] to start[i] + count[i], the last is the rest. */
struct split {
	struct acl_cut cut;
	size_t children;
	uint32_t *start, *count;
	uint32_t *row;
};

static int build(struct acl_builder *b, struct acl_work *w, unsigned depth, uint32_t *way);

/* ---- cutting ---- */

/* The chosen bits of a number side by side, and the other way round. */
static uint32_t
gather_bits(uint64_t from, uint64_t bits)
{
	uint32_t v = 0;

	for (unsigned i = 0; bits != 0; bits &= bits - 1, i++)
		v |= (uint32_t)(from >> __builtin_ctzll(bits) & 1) << i;
	return v;
}

static uint64_t
scatter_bits(uint32_t from, uint64_t bits)
{
	uint64_t v = 0;

	for (; bits != 0; bits &= bits - 1, from >>= 1)
		v |= (uint64_t)(from & 1) << __builtin_ctzll(bits);
	return v;
}

/* Of a child: what its packets have in one of the cut's pairs. */
static uint64_t
child_bits(const struct acl_cut *c, size_t child, unsigned which)
{
	const unsigned shift = which == 1 ? (unsigned)__builtin_popcountll(c->bits[0]) : 0;

	return scatter_bits((uint32_t)child >> shift, c->bits[which]);
}

/* A row's children: from a first number, those that differ from it in free bits. */
struct spread {
	uint32_t first, free;
	bool rest;
};

static struct spread
spread_of(const struct acl_builder *b, const struct acl_cut *c, const uint32_t *row)
{
	const unsigned words = acl_form_words[b->rows->form];
	struct spread s = { 0 };
	unsigned shift = 0;

	for (unsigned i = 0; i < 2; i++) {
		const uint64_t care = acl_pair_of(row + words, c->pair[i]);

		if (c->bits[i] == 0)
			continue;
		s.first |= gather_bits(acl_pair_of(row, c->pair[i]) & care, c->bits[i]) << shift;
		s.free |= gather_bits(~care, c->bits[i]) << shift;
		shift += (unsigned)__builtin_popcountll(c->bits[i]);
	}
	s.rest = __builtin_popcount(s.free) > c->free_max;
	return s;
}

/* Of the pairs of a cut, the one that has bits of ports; -1: none. */
static int
ports_of(const struct acl_cut *c, unsigned words)
{
	for (int i = 0; i < 2; i++)
		if (c->pair[i] == words / 2 - 1 && c->bits[i] >> 32 != 0)
			return i;
	return -1;
}

/* Can a packet that goes to the child have ports within the row's ranges? */
static bool
ports_reach(const struct acl_builder *b, const struct acl_work *w, const struct acl_cut *c,
	int which, size_t child, const uint32_t *row)
{
	const unsigned words = acl_form_words[b->rows->form], pair = words / 2 - 1;
	const uint32_t *ports = row + 2 * words;
	const uint32_t known = (uint32_t)((w->region.known[pair] | c->bits[which]) >> 32);
	const uint32_t value =
		(uint32_t)((w->region.value[pair] | child_bits(c, child, (unsigned)which)) >> 32);

	for (unsigned half = 0; half < 32; half += ACL_PORT_BITS) {
		uint32_t lo = ports[0] >> half & 0xffff, hi = ports[1] >> half & 0xffff;

		if (!acl_clip_port(&lo, &hi, known >> half & 0xffff, value >> half & 0xffff))
			return false;
	}
	return true;
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
visit_rows(const struct acl_builder *b, const struct acl_work *w, struct split *s, visit_fn *visit)
{
	const unsigned words = acl_form_words[b->rows->form];
	const int ports = ports_of(&s->cut, words);

	for (size_t i = 0; i < w->n; i++) {
		const uint32_t *row = acl_row_at(b->rows, w->row[i]);
		const struct spread at = spread_of(b, &s->cut, row);
		const bool range = ports >= 0 && acl_row_has_range(row + 2 * words);
		uint32_t sub = 0;

		if (at.rest) {
			visit(s, s->children - 1, w->row[i]);
			continue;
		}
		do {
			if (!range || ports_reach(b, w, &s->cut, ports, at.first | sub, row))
				visit(s, at.first | sub, w->row[i]);
			sub = (sub - at.free) & at.free;
		} while (sub != 0);
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
split_rows(const struct acl_builder *b, const struct acl_work *w, struct split *s)
{
	uint32_t sum = 0;

	s->children = ((size_t)1 << s->cut.n) + 1;
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

static struct acl_region
child_region(const struct acl_work *w, const struct split *s, size_t i)
{
	struct acl_region r = w->region;

	for (unsigned k = 0; k < 2 && i + 1 < s->children; k++) {
		r.known[s->cut.pair[k]] |= s->cut.bits[k];
		r.value[s->cut.pair[k]] |= child_bits(&s->cut, i, k);
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

/* ---- nodes ---- */

static unsigned
paths_of(const struct acl_work *w, const struct split *s, size_t i)
{
	const unsigned rest = w->paths / 2;

	if (s->count[s->children - 1] == 0)
		return w->paths;
	return i == s->children - 1 ? rest : w->paths - rest;
}

/* The way of one child, unless it goes to one of the leaves that are shared. */
static int
build_child(struct acl_builder *b, const struct acl_work *w, const struct split *s, size_t i,
	size_t left, size_t total, uint32_t first, unsigned depth)
{
	struct acl_work child = { .row = s->row + s->start[i],
		.n = s->count[i],
		.region = child_region(w, s, i),
		.paths = paths_of(w, s, i) };
	uint32_t way;
	int err;

	child.budget = (size_t)((double)left * (double)child.n / (double)(total + 1));
	err = build(b, &child, depth + 1, &way);
	if (err == 0)
		b->t->way[i + 1 == s->children ? first - 1 : first + i] = way;
	return err;
}

/*
 * May the child be another's?  Below a cut of ports only a leaf may, since what is known of a range's end differs
 * further down.
 */
static bool
may_share(const struct acl_builder *b, const struct split *s, size_t i)
{
	return ports_of(&s->cut, acl_form_words[b->rows->form]) < 0 || s->count[i] <= ACL_LEAF_ROWS;
}

static int
build_children(struct acl_builder *b, const struct acl_work *w, struct split *s, struct same *same,
	struct acl_shared shared[ACL_SHARED], uint32_t first, unsigned depth)
{
	const size_t before = b->t->groups * ACL_GROUP_ROWS + b->t->refs;
	/* Where rows may hardly be copied, groups are to be full, too. */
	const bool tight = w->budget < w->n + w->n / 4;
	size_t total = s->start[s->children - 1] + s->count[s->children - 1], spent, left;
	int err = 0;

	for (size_t i = 0; err == 0 && i < s->children; i++) {
		struct acl_work child = { .row = s->row + s->start[i], .n = s->count[i] };
		const bool rest = i + 1 == s->children;

		spent = b->t->groups * ACL_GROUP_ROWS + b->t->refs - before;
		left = spent < w->budget ? w->budget - spent : 0;
		if (child.n == 0)
			b->t->way[rest ? first - 1 : first + i] = ACL_WAY_NONE;
		else if (child.n <= ACL_LEAF_ROWS && !rest)
			err = acl_shared_add(b, shared, &child,
				tight || child.n > ACL_GROUP_ROWS ? ACL_LEAF_ROWS : ACL_GROUP_ROWS,
				i, first);
		else if (rest || !may_share(b, s, i) || same_child(same, s, i) == i)
			err = build_child(b, w, s, i, left, total, first, depth);
		else
			b->t->way[first + i] = b->t->way[first + same_child(same, s, i)];
		total -= child.n;
	}
	for (unsigned k = 0; err == 0 && k < ACL_SHARED; k++)
		err = acl_shared_flush(b, &shared[k], first);
	return err;
}

static int
make_cut(struct acl_builder *b, const struct acl_work *w, struct acl_cut cut, unsigned depth,
	uint32_t *way)
{
	struct split s = { .cut = cut };
	struct same same = { .buckets = (size_t)2 << cut.n };
	struct acl_shared shared[ACL_SHARED] = { 0 };
	bool room = true;
	int err = split_rows(b, w, &s);
	uint32_t node, first;

	same.at = calloc(same.buckets, sizeof(*same.at));
	for (unsigned i = 0; i < ACL_SHARED; i++) {
		shared[i].limit = i % 2 == 0 ? ACL_GROUP_ROWS : ACL_LEAF_ROWS;
		shared[i].child = calloc(same.buckets, sizeof(*shared[i].child));
		room &= shared[i].child != NULL;
	}
	node = ACL_NEW(b, node, nodes, node_room, 1);
	first = ACL_NEW(b, way, ways, way_room, s.children);
	if (err != 0 || same.at == NULL || !room || node >= ACL_WAY_NUMBER ||
		first >= UINT32_MAX / 2) {
		err = -ENOMEM;
	} else {
		b->t->node[node] = (struct acl_node){ .bits = { cut.bits[0], cut.bits[1] },
			.way = first + 1,
			.pair = { cut.pair[0], cut.pair[1] },
			.shift = (uint8_t)__builtin_popcountll(cut.bits[0]) };
		*way = node;
		err = build_children(b, w, &s, &same, shared, first + 1, depth);
	}
	free(same.at);
	for (unsigned i = 0; i < ACL_SHARED; i++)
		free(shared[i].child);
	split_fini(&s);
	return err;
}

static int
build(struct acl_builder *b, struct acl_work *w, unsigned depth, uint32_t *way)
{
	struct acl_cut cut = { 0 };

	if (b->trial != NULL && w->n > b->few && depth < DEPTH_MAX)
		cut = acl_tree_choose(b->trial, b->rows, w);
	return cut.n == 0 ? acl_leaf_make(b, w->row, w->n, way) : make_cut(b, w, cut, depth, way);
}

/* ---- trees ---- */

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

/* The ways of packets, or of fragments, to the builder's rows. */
static int
build_kind(struct acl_builder *b, size_t copies, uint32_t *way)
{
	const struct acl_rows *rows = b->rows;
	const int meta = acl_form_meta[rows->form];
	struct acl_work w = { .paths = ACL_TREE_PATHS };
	uint32_t *row = calloc(rows->n + 1, sizeof(*row));
	int err;

	if (row == NULL)
		return -ENOMEM;
	for (size_t i = 0; i < rows->n; i++)
		if (!is_other_kind(rows, acl_row_at(rows, i), b->fragments))
			row[w.n++] = (uint32_t)i;
	w.row = row;
	w.budget = w.n * COPIES + copies;
	if (meta >= 0) {
		const unsigned shift = meta % 2 * 32;

		w.region.known[meta / 2] = (uint64_t)ACL_META_NONINITIAL << shift;
		w.region.value[meta / 2] = b->fragments ? w.region.known[meta / 2] : 0;
	}
	err = build(b, &w, 0, way);
	free(row);
	return err;
}

/* What a later fragment has to be of each row. */
static int
without_layer4(const struct acl_rows *rows, struct acl_rows *out)
{
	const unsigned words = acl_form_words[rows->form];
	const size_t stride = acl_row_stride(rows->form);

	*out = *rows;
	out->v = calloc(rows->n + 1, stride * sizeof(*out->v));
	if (out->v == NULL)
		return -ENOMEM;
	if (rows->n > 0)
		memcpy(out->v, rows->v, rows->n * stride * sizeof(*out->v));
	for (size_t i = 0; i < rows->n; i++) {
		uint32_t *row = acl_row_at(out, i);

		row[words + (unsigned)acl_form_meta[rows->form]] &= ~ACL_META_LAYER4;
		row[words - 1] = row[2 * words - 1] = row[2 * words] = 0;
		row[2 * words + 1] = UINT32_MAX;
	}
	return 0;
}

/* Rows that no packet but a fragment matches are in no group yet. */
static int
place_missing(struct acl_builder *b)
{
	uint32_t *row = calloc(b->rows->n + 1, sizeof(*row)), first = ACL_NOWHERE;
	size_t n = 0;

	for (size_t i = 0; row != NULL && i < b->rows->n; i++)
		if (b->at[i] == ACL_NOWHERE)
			row[n++] = (uint32_t)i;
	if (row != NULL)
		first = acl_leaf_groups(b, row, n);
	free(row);
	return first != ACL_NOWHERE ? 0 : -ENOMEM;
}

static int
build_fragments(struct acl_builder *b)
{
	const struct acl_rows *rows = b->rows;
	struct acl_rows shown;
	int err = place_missing(b);

	if (err == 0)
		err = without_layer4(rows, &shown);
	if (err != 0)
		return err;
	b->rows = &shown;
	b->fragments = true;
	err = build_kind(b, 0, &b->t->fragments);
	free(shown.v);
	return err;
}

/* Takes no more room than needed; groups on cache lines. */
static int
trim(struct acl_tree *t)
{
	const size_t bytes = t->groups * acl_group_words(t->form) * sizeof(*t->group);
	uint64_t *group = aligned_alloc(CACHE_LINE, bytes + CACHE_LINE);
	uint32_t *pos = reallocarray(t->pos, t->groups + 1, ACL_GROUP_ROWS * sizeof(*pos));
	struct acl_node *node = reallocarray(t->node, t->nodes + 1, sizeof(*node));
	uint32_t *way = reallocarray(t->way, t->ways + 1, sizeof(*way));
	struct acl_run *run = reallocarray(t->run, t->runs + 1, sizeof(*run));
	uint32_t *ref = reallocarray(t->ref, t->refs + 1, sizeof(*ref));

	t->run = run != NULL ? run : t->run;
	t->ref = ref != NULL ? ref : t->ref;
	t->pos = pos != NULL ? pos : t->pos;
	t->node = node != NULL ? node : t->node;
	t->way = way != NULL ? way : t->way;
	if (group == NULL)
		return -ENOMEM;
	if (bytes > 0)
		memcpy(group, t->group, bytes);
	free(t->group);
	t->group = group;
	return 0;
}

static int
build_tree(const struct acl_rows *rows, struct acl_trial *trial, size_t few, struct acl_tree *out)
{
	const size_t more = rows->n * COPIES_SHORT, half = rows->n / 2;
	const size_t most = half < COPIES_FREE ? COPIES_FREE - half : 0;
	struct acl_builder b = { .rows = rows, .t = out, .trial = trial, .few = few };
	int err = -ENOMEM;

	*out = (struct acl_tree){ .form = rows->form, .fragments = ACL_WAY_NONE };
	b.at = calloc(rows->n + 1, sizeof(*b.at));
	if (b.at != NULL) {
		memset(b.at, 0xff, rows->n * sizeof(*b.at));
		err = build_kind(&b, more < most ? more : most, &out->root);
	}
	if (err == 0 && acl_form_meta[rows->form] >= 0)
		err = build_fragments(&b);
	free(b.at);
	if (err == 0)
		err = trim(out);
	if (err != 0)
		acl_tree_fini(out);
	return err;
}

static int
build_cut(const struct acl_rows *rows, bool quick, struct acl_tree *out)
{
	struct acl_trial *trial = acl_trial_create(quick);
	int err = -ENOMEM;

	if (trial != NULL)
		err = build_tree(rows, trial, quick ? FEW_QUICK : ACL_LEAF_ROWS, out);
	acl_trial_destroy(trial);
	return err;
}

int
acl_tree_build(const struct acl_rows *rows, struct acl_tree *out)
{
	return build_cut(rows, false, out);
}

int
acl_tree_build_quickly(const struct acl_rows *rows, struct acl_tree *out)
{
	return build_cut(rows, true, out);
}

int
acl_tree_leaf(const struct acl_rows *rows, struct acl_tree *out)
{
	return build_tree(rows, NULL, 0, out);
}

size_t
acl_tree_bytes(const struct acl_tree *t)
{
	const size_t group = acl_group_words(t->form) * sizeof(*t->group);

	return t->nodes * sizeof(*t->node) + t->ways * sizeof(*t->way) +
	       t->groups * (group + ACL_GROUP_ROWS * sizeof(*t->pos)) + t->runs * sizeof(*t->run) +
	       t->refs * sizeof(*t->ref);
}

void
acl_tree_fini(struct acl_tree *t)
{
	free(t->node);
	free(t->way);
	free(t->group);
	free(t->pos);
	free(t->run);
	free(t->ref);
	*t = (struct acl_tree){ 0 };
}
