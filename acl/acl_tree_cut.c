/*
 * acl_tree_cut.c - where to cut: the few bits that tell a node's rows apart best.
 *
 * Bits are taken one after the other, from anywhere in two pairs of words, each time the one that leaves a
 * packet with the fewest rows for the copies it costs.  So that the next one is judged by what is left to do,
 * a sample of the rows is parted by those taken.  That is done twice: with all rows that do not care
 * for a bit copied to both sides, and with those that do not care for several kept apart, in the rest.
 * The score is in halvings: how much fewer rows a packet is left with, less what copies and the rest cost.
 *
 * Rows that want a bit set, or clear, are counted for all bits of a part at once.
 */
#include "acl/acl_tree_build.h"

#include <stdlib.h>
#include <string.h>

enum {
	SAMPLE = 700,
	SAMPLE_QUICK = 100,
	LONG_ROWS = 4 * ACL_LEAF_ROWS,
	PLANES = 11, /* counts up to 2047 */
	SIDES_MAX = 8 * SAMPLE,
	PARTS_MAX = 1 << ACL_CUT_BITS_MAX,
};

/* Weights found by measuring with bench/classify, in halvings of the rows. */
/* Of a doubling of the rows, for each halving that is wanted by each doubling that is allowed. */
#define COPY_COST 0.2F
#define REST_COST 1.0F /* for a second path */
/* Rows of the rest, when they are few, that further cuts will not tell apart; of each. */
#define REST_LEFT 0.15F
#define GAIN_MIN 0.5F /* of a cut */
#define STEP_MIN 0.1F /* of another bit */
/* Where else a leaf would be long, copies cost nothing, as long as they are allowed. */
#define LONG_GAIN 0.1F
#define LONG_STEP 0.01F

/* A row of the sample: its pairs' values and the bits cared for. */
struct seen {
	uint64_t value[ACL_PAIRS_MAX], care[ACL_PAIRS_MAX];
	uint32_t ports[2];
	bool range;
};

struct side { /* a row in a part */
	uint16_t seen;
	uint16_t unasked; /* bits taken that it does not care for */
};

struct part {
	uint32_t first, n;
	uint32_t known, value; /* ports */
};

struct half_trial {
	struct side side[SIDES_MAX];
	struct part part[PARTS_MAX];
	size_t sides, parts;
};

/* What taking a bit would come to: sums over the parts. */
struct outcome {
	float rows, squares, rest;
};

struct acl_trial {
	struct seen seen[2 * SAMPLE];
	struct half_trial of[2], *now, *next;
	size_t n;
	const struct acl_work *w;
	unsigned pairs;
	float scale; /* rows for each of the sample */
	float floor; /* rows of the sample that a group holds */
	float most;  /* rows in all children */
	float copy_cost, step_min;
	bool quick;
	uint64_t open[ACL_PAIRS_MAX]; /* bits that may still be taken */
	struct acl_cut cut;
	struct outcome done[ACL_PAIRS_MAX * 64];
};

struct acl_trial *
acl_trial_create(bool quick)
{
	struct acl_trial *t = malloc(sizeof(*t));

	if (t != NULL)
		t->quick = quick;
	return t;
}

void
acl_trial_destroy(struct acl_trial *t)
{
	free(t);
}

/* ---- counting bits ---- */

/* Counters of 64 bits' rows at once: bit b of plane p is bit p of the count for b. */
static inline void
count_bits(uint64_t plane[PLANES], uint64_t bits)
{
	for (unsigned p = 0; bits != 0 && p < PLANES; p++) {
		uint64_t carry = plane[p] & bits;

		plane[p] ^= bits;
		bits = carry;
	}
}

static inline unsigned
count_of(const uint64_t plane[PLANES], unsigned planes, unsigned bit)
{
	unsigned n = 0;

	for (unsigned p = 0; p < planes; p++)
		n |= (unsigned)(plane[p] >> bit & 1) << p;
	return n;
}

/* ---- rows ---- */

/* The bits that all numbers from lo to hi have. */
static uint32_t
common_bits(uint32_t lo, uint32_t hi)
{
	return lo == hi ? 0xffff : 0xffff & ~(0xffffU >> (__builtin_clz(lo ^ hi) - ACL_PORT_BITS));
}

/* What a range says within a part: its bits and the ports that are left. */
static void
narrow_range(const struct seen *s, const struct part *part, uint64_t *value, uint64_t *care)
{
	for (unsigned half = 0; half < 32; half += ACL_PORT_BITS) {
		uint32_t lo = s->ports[0] >> half & 0xffff, hi = s->ports[1] >> half & 0xffff;
		uint64_t bits;

		if (!acl_clip_port(
			    &lo, &hi, part->known >> half & 0xffff, part->value >> half & 0xffff))
			continue;
		bits = common_bits(lo, hi);
		*care |= bits << (32 + half);
		*value = (*value & ~(UINT64_C(0xffff) << (32 + half))) | (uint64_t)lo
										 << (32 + half);
	}
}

static inline void
look(const struct acl_trial *t, const struct part *part, const struct seen *s, unsigned pair,
	uint64_t *value, uint64_t *care)
{
	*value = s->value[pair];
	*care = s->care[pair];
	if (s->range && pair == t->pairs - 1)
		narrow_range(s, part, value, care);
}

/* ---- parting ---- */

/* The binary logarithm of a normal positive number, near enough: to 0.01. */
static float
log2_of(float x)
{
	uint32_t bits;
	float m;

	memcpy(&bits, &x, sizeof(bits));
	m = (float)(bits & 0x7fffff) / 0x800000;
	return (float)(int)(bits >> 23) - 127 + m * (1.34F - 0.34F * m);
}

/* The square root, near enough. */
static float
root_of(float x)
{
	float y = x > 1 ? (1 + x) / 2 : 1;

	for (int i = 0; i < 4 && x > 1; i++)
		y = (y + x / y) / 2;
	return y;
}

/* Below a group's worth there is nothing more to gain. */
static inline float
square(const struct acl_trial *t, float n)
{
	return n * (n > t->floor ? n : t->floor);
}

/* Rows of the rest are told apart by other bits, unless there are too many of them. */
static float
score(const struct acl_trial *t, const struct outcome *o)
{
	const float n = (float)t->n, share = o->rest / n;
	float left = 1 + (o->squares / (o->rows + 0.01F) - 1) * t->scale;

	left += (REST_LEFT + (1 - REST_LEFT) * share * share) * o->rest * t->scale;
	left = left > ACL_GROUP_ROWS ? left : ACL_GROUP_ROWS;
	return log2_of(n * t->scale / left) - t->copy_cost * log2_of((o->rows + o->rest + 1) / n);
}

struct planes {
	uint64_t ones[PLANES], zeros[PLANES];
};

static void
count_part(struct acl_trial *t, const struct part *part)
{
	const struct half_trial *h = t->now;
	const unsigned depth = 32 - (unsigned)__builtin_clz(part->n);

	for (unsigned pair = 0; pair < t->pairs; pair++) {
		struct planes keep, last;
		float last_n = 0;

		if (t->open[pair] == 0)
			continue;
		for (unsigned p = 0; p < depth && p < PLANES; p++)
			keep.ones[p] = keep.zeros[p] = last.ones[p] = last.zeros[p] = 0;
		for (size_t i = part->first; i < part->first + part->n; i++) {
			const struct side s = h->side[i];
			struct planes *to = s.unasked == t->cut.free_max ? &last : &keep;
			uint64_t value, care;

			look(t, part, &t->seen[s.seen], pair, &value, &care);
			care &= t->open[pair];
			count_bits(to->ones, value & care);
			count_bits(to->zeros, ~value & care);
			last_n += to == &last;
		}
		for (uint64_t left = t->open[pair]; left != 0; left &= left - 1) {
			const unsigned bit = (unsigned)__builtin_ctzll(left);
			struct outcome *o = &t->done[pair * 64 + bit];
			float ones = (float)count_of(keep.ones, depth, bit);
			float zeros = (float)count_of(keep.zeros, depth, bit);
			float both = (float)part->n - last_n - ones - zeros, more;

			if (last_n > 0) {
				more = (float)count_of(last.ones, depth, bit);
				o->rest += (last_n - more) / (float)(1U << t->cut.free_max);
				ones += more;
				more = (float)count_of(last.zeros, depth, bit);
				o->rest -= more / (float)(1U << t->cut.free_max);
				zeros += more;
			}
			ones += both;
			zeros += both;
			o->rows += ones + zeros;
			o->squares += square(t, ones) + square(t, zeros);
		}
	}
}

/* Parts that a group holds are not parted further: they will share. */
static bool
is_done(const struct acl_trial *t, const struct part *p)
{
	return (float)p->n <= t->floor;
}

static void
count_parts(struct acl_trial *t, float rest)
{
	struct outcome same = { .rest = rest };

	memset(t->done, 0, sizeof(t->done));
	for (size_t i = 0; i < t->now->parts; i++) {
		const struct part *p = &t->now->part[i];

		if (!is_done(t, p)) {
			count_part(t, p);
			continue;
		}
		same.rows += (float)p->n;
		same.squares += square(t, (float)p->n);
	}
	for (unsigned i = 0; i < t->pairs * 64; i++) {
		t->done[i].rows += same.rows;
		t->done[i].squares += same.squares;
		t->done[i].rest += same.rest;
	}
}

/* The bit with the best outcome; -1: none is allowed. */
static int
best_bit(const struct acl_trial *t, float *best)
{
	int at = -1;

	for (unsigned pair = 0; pair < t->pairs; pair++)
		for (uint64_t left = t->open[pair]; left != 0; left &= left - 1) {
			const unsigned bit = pair * 64 + (unsigned)__builtin_ctzll(left);
			const struct outcome *o = &t->done[bit];
			float s = score(t, o);

			if ((o->rows + o->rest) * t->scale > t->most || o->rows > SIDES_MAX - 1)
				continue;
			if (at < 0 || s > *best) {
				*best = s;
				at = (int)bit;
			}
		}
	return at;
}

static void
put_side(struct half_trial *h, struct side s)
{
	if (h->sides < SIDES_MAX)
		h->side[h->sides++] = s;
}

/* One half of a part. */
static void
put_part(struct acl_trial *t, const struct part *p, unsigned pair, unsigned bit, unsigned wanted)
{
	struct half_trial *h = t->next;
	struct part to = { .first = (uint32_t)h->sides, .known = p->known, .value = p->value };

	if (pair == t->pairs - 1 && bit >= 32) {
		to.known |= 1U << (bit - 32);
		to.value |= wanted << (bit - 32);
	}
	for (size_t i = p->first; i < p->first + p->n; i++) {
		struct side s = t->now->side[i];
		uint64_t value, care;

		look(t, p, &t->seen[s.seen], pair, &value, &care);
		if (care >> bit & 1) {
			if ((value >> bit & 1) == wanted)
				put_side(h, s);
		} else if (s.unasked != t->cut.free_max) {
			s.unasked++;
			put_side(h, s);
		}
	}
	to.n = (uint32_t)h->sides - to.first;
	if (to.n > 0 && h->parts < PARTS_MAX)
		h->part[h->parts++] = to;
}

static void
keep_part(struct half_trial *h, const struct half_trial *from, const struct part *p)
{
	struct part to = *p;

	to.first = (uint32_t)h->sides;
	for (size_t i = p->first; i < p->first + p->n; i++)
		put_side(h, from->side[i]);
	if (h->parts < PARTS_MAX)
		h->part[h->parts++] = to;
}

static void
part_by(struct acl_trial *t, unsigned pair, unsigned bit)
{
	struct half_trial *was = t->now;

	t->next->sides = t->next->parts = 0;
	for (size_t i = 0; i < was->parts; i++) {
		const struct part *p = &was->part[i];

		if (is_done(t, p)) {
			keep_part(t->next, was, p);
			continue;
		}
		put_part(t, p, pair, bit, 0);
		put_part(t, p, pair, bit, 1);
	}
	t->now = t->next;
	t->next = was;
}

/* Takes the bit; of pairs only two may be in a cut. */
static void
take(struct acl_trial *t, unsigned pair, unsigned bit)
{
	struct acl_cut *c = &t->cut;
	const bool second = c->n > 0 && c->pair[0] != pair;

	if (c->n == 0)
		c->pair[0] = (uint8_t)pair;
	c->bits[second] |= UINT64_C(1) << bit;
	c->n++;
	t->open[pair] &= ~(UINT64_C(1) << bit);
	if (!second)
		return;
	c->pair[1] = (uint8_t)pair;
	for (unsigned i = 0; i < t->pairs; i++)
		if (i != c->pair[0] && i != c->pair[1])
			t->open[i] = 0;
}

/* ---- choosing ---- */

static void
see(struct acl_trial *t, const struct acl_rows *rows, const struct acl_work *w)
{
	const unsigned words = acl_form_words[rows->form];
	const size_t step = w->n / (t->quick ? SAMPLE_QUICK : SAMPLE) + 1;

	t->w = w;
	t->pairs = words / 2;
	t->n = 0;
	for (size_t i = 0; i < w->n; i += step) {
		const uint32_t *row = acl_row_at(rows, w->row[i]);
		struct seen *s = &t->seen[t->n++];

		for (unsigned p = 0; p < t->pairs; p++) {
			s->value[p] = acl_pair_of(row, p);
			s->care[p] = acl_pair_of(row + words, p);
		}
		s->range = acl_row_has_range(row + 2 * words);
		s->ports[0] = row[2 * words];
		s->ports[1] = row[2 * words + 1];
	}
	t->scale = (float)w->n / (float)t->n;
	t->floor = ACL_GROUP_ROWS / t->scale;
	t->most = (float)w->n * root_of((float)w->budget / (float)w->n) + ACL_LEAF_ROWS;
	t->copy_cost = COPY_COST * log2_of((float)w->n / ACL_GROUP_ROWS) /
		       log2_of(1.05F + (float)w->budget / (float)w->n);
}

static struct acl_cut
try_cut(struct acl_trial *t, uint8_t free_max)
{
	const struct acl_region *r = &t->w->region;
	struct part all = { .n = (uint32_t)t->n };
	float rest = 0;

	t->cut = (struct acl_cut){ .free_max = free_max };
	for (unsigned p = 0; p < t->pairs; p++)
		t->open[p] = ~r->known[p];
	all.known = (uint32_t)(r->known[t->pairs - 1] >> 32);
	all.value = (uint32_t)(r->value[t->pairs - 1] >> 32);
	t->now = &t->of[0];
	t->next = &t->of[1];
	t->now->sides = t->n;
	t->now->parts = 1;
	t->now->part[0] = all;
	for (size_t i = 0; i < t->n; i++)
		t->now->side[i] = (struct side){ .seen = (uint16_t)i };
	while (t->cut.n < ACL_CUT_BITS_MAX) {
		float best = 0;
		int bit;

		count_parts(t, rest);
		bit = best_bit(t, &best);
		if (bit < 0 || best < t->cut.score + t->step_min)
			break;
		t->cut.score = best;
		rest = t->done[bit].rest;
		take(t, (unsigned)bit / 64, (unsigned)bit % 64);
		part_by(t, (unsigned)bit / 64, (unsigned)bit % 64);
	}
	if (rest > 0)
		t->cut.score -= REST_COST;
	return t->cut;
}

/* A cut has its pairs in order, and all that IPv4 has. */
static void
order_pairs(struct acl_cut *c)
{
	if (c->bits[1] == 0)
		c->pair[1] = c->pair[0] == 0 ? 1 : 0;
	if (c->pair[0] > c->pair[1]) {
		const uint64_t bits = c->bits[0];
		const uint8_t pair = c->pair[0];

		c->bits[0] = c->bits[1];
		c->pair[0] = c->pair[1];
		c->bits[1] = bits;
		c->pair[1] = pair;
	}
}

static struct acl_cut
best_cut(struct acl_trial *t, float least)
{
	static const uint8_t free_max[] = { ACL_FREE_ANY, 0, 1, 2 };
	struct acl_cut best = { .score = least };

	for (size_t i = 0; i < sizeof(free_max); i++) {
		if (i > 0 && (t->quick || t->w->paths < 2))
			break;
		struct acl_cut c = try_cut(t, free_max[i]);

		if (c.score > best.score)
			best = c;
	}
	return best;
}

struct acl_cut
acl_tree_choose(struct acl_trial *t, const struct acl_rows *rows, const struct acl_work *w)
{
	struct acl_cut best;

	see(t, rows, w);
	t->step_min = STEP_MIN;
	best = best_cut(t, GAIN_MIN);
	if (best.n == 0 && w->n >= LONG_ROWS) {
		t->copy_cost = 0;
		t->step_min = LONG_STEP;
		best = best_cut(t, LONG_GAIN);
	}
	if (best.n > 0)
		order_pairs(&best);
	return best;
}
