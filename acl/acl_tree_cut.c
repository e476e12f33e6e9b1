/*
 * acl_tree_cut.c - where to cut: the neighbouring bits of a word that tell a node's rows apart best.
 *
 * First the rows that want a bit set, or clear, are counted for all bits at once; then for each word
 * and width the window is tried that has the most bits on which rows disagree.  A try counts the rows
 * (a sample, where they are many) that each child would have.  The score is in halvings: how much fewer rows a
 * packet is left with, less what the copies of rows that are in many children cost.  The same cut is
 * scored with those rows kept apart, in the rest.
 *
 * No state.
 */
#include "acl/acl_tree_build.h"

#include <string.h>

enum {
	SAMPLE = 1000,
	SHORT_LIST = 4000,
	LONG_ROWS = 4 * ACL_LEAF_ROWS,
	PLANES = 11, /* counts up to 2047 */
};

/* Weights found by measuring with bench/classify, in halvings of the rows. */
#define COPY_COST 0.3F	/* lost for each doubling of the rows in all children together */
#define REST_COST 1.6F	/* for a second path */
#define SHORT_REST 2.0F /* the same in a list so short that copies stay in the cache */
#define REST_LEFT 0.3F	/* rows of the rest that further cuts will not tell apart, of each */
#define GAIN_MIN 0.4F
#define LONG_GAIN 0.1F /* of LONG_ROWS and more */

bool
acl_cut_is_layer4(const struct acl_rows *rows, const struct acl_cut *cut)
{
	return cut->word == acl_form_words[rows->form] - 1 ||
	       (cut->word == acl_form_meta[rows->form] && cut->shift >= ACL_META_FLAGS);
}

/* ---- counting bits ---- */

/* Counters of 64 bits' rows at once: bit b of plane p is bit p of the count for b. */
static void
count_bits(uint64_t plane[PLANES], uint64_t bits)
{
	for (unsigned p = 0; bits != 0 && p < PLANES; p++) {
		uint64_t carry = plane[p] & bits;

		plane[p] ^= bits;
		bits = carry;
	}
}

static unsigned
count_of(const uint64_t plane[PLANES], unsigned planes, unsigned bit)
{
	unsigned n = 0;

	for (unsigned p = 0; p < planes; p++)
		n |= (unsigned)(plane[p] >> bit & 1) << p;
	return n;
}

/* What a look at some of a node's rows tells. */
struct survey {
	const struct acl_rows *rows;
	const struct acl_work *w;
	size_t step, n; /* every step-th row, n of them */
	float copies;	/* rows that the children may have for each */
	float rest_cost;
	uint16_t split[ACL_WORDS_MAX *
		       32]; /* for each bit, rows that disagree with as many others */
};

static void
count_splits(struct survey *s)
{
	const unsigned words = acl_form_words[s->rows->form], pairs = (words + 1) / 2;
	const unsigned planes = 32 - (unsigned)__builtin_clz((unsigned)s->n);
	uint64_t ones[ACL_WORDS_MAX / 2][PLANES] = { 0 }, cares[ACL_WORDS_MAX / 2][PLANES] = { 0 };

	for (size_t i = 0; i < s->w->n; i += s->step) {
		const uint32_t *row = acl_row_at(s->rows, s->w->row[i]);

		for (unsigned p = 0; p < pairs; p++) {
			uint64_t care = row[words + 2 * p], value = row[2 * p];

			if (2 * p + 1 < words) {
				care |= (uint64_t)row[words + 2 * p + 1] << 32;
				value |= (uint64_t)row[2 * p + 1] << 32;
			}
			count_bits(cares[p], care);
			count_bits(ones[p], value & care);
		}
	}
	for (unsigned bit = 0; bit < words * 32; bit++) {
		unsigned one = count_of(ones[bit / 64], planes, bit % 64);
		unsigned zero = count_of(cares[bit / 64], planes, bit % 64) - one;

		s->split[bit] = (uint16_t)(one < zero ? one : zero);
	}
}

/* ---- trying a window ---- */

struct tally {
	uint32_t child[1 << ACL_CUT_BITS_MAX];
	uint32_t everywhere;
};

static void
tally_row(struct tally *t, const struct acl_cut *cut, struct acl_spread s)
{
	const uint32_t mask = (1U << cut->bits) - 1;

	if (s.everywhere) {
		t->everywhere++;
	} else if (s.is_range) {
		for (uint32_t i = 0; i <= s.free; i++)
			t->child[(s.first + i) & mask]++;
	} else {
		uint32_t sub = 0;

		do {
			t->child[s.first | sub]++;
			sub = (sub - s.free) & s.free;
		} while (sub != 0);
	}
}

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

/* Halvings from n rows to `left`; below a leaf's worth there is nothing more to gain. */
static float
halvings(float n, float left)
{
	return log2_of(n / (left > ACL_LEAF_ROWS / 2 ? left : ACL_LEAF_ROWS / 2));
}

static void
keep_better(struct acl_cut *best, const struct acl_cut *cut, bool rest, float score)
{
	if (score <= best->score)
		return;
	*best = *cut;
	best->rest = rest;
	best->score = score;
}

/* How many rows a packet is left with, from the sums over a sample of the children's rows. */
static float
left_with(float sum, float squares, float scale)
{
	return 1 + (squares / sum - 1) * scale;
}

static void
try_window(const struct survey *s, const struct acl_cut *cut, struct tally *t, struct acl_cut *best)
{
	const size_t children = (size_t)1 << cut->bits;
	const float scale = (float)s->step, n = (float)s->n, all_n = (float)s->w->n;
	const float most = all_n * s->copies + ACL_LEAF_ROWS;
	float sum = 0, squares = 0, sum_rest = 0, squares_rest = 0, rest, left;

	memset(t->child, 0, children * sizeof(t->child[0]));
	t->everywhere = 0;
	for (size_t i = 0; i < s->w->n; i += s->step)
		tally_row(t, cut,
			acl_cut_spread(
				s->rows, acl_row_at(s->rows, s->w->row[i]), cut, &s->w->region));
	rest = (float)t->everywhere;
	for (size_t i = 0; i < children; i++) {
		float few = (float)t->child[i], many = few + rest;

		sum += many;
		squares += many * many;
		sum_rest += few;
		squares_rest += few * few;
	}
	if (sum * scale <= most)
		keep_better(best, cut, false,
			halvings(all_n, left_with(sum, squares, scale)) -
				COPY_COST * log2_of(sum / n));
	if (rest == 0 || rest == n || s->w->paths < 2 || (sum_rest + rest) * scale > most)
		return;
	left = left_with(sum_rest, squares_rest, scale) + REST_LEFT * rest * scale;
	keep_better(best, cut, true,
		halvings(all_n, left) - COPY_COST * log2_of((sum_rest + rest) / n) - s->rest_cost);
}

/* The window of that width between two bits that has the most to tell; false: nothing. */
static bool
place_window(const struct survey *s, unsigned from, unsigned to, unsigned bits, unsigned *at)
{
	unsigned sum = 0, most = 0;

	for (unsigned b = from; b < to; b++) {
		sum += s->split[b];
		if (b - from >= bits)
			sum -= s->split[b - bits];
		if (b - from + 1 >= bits && sum > most) {
			most = sum;
			*at = b + 1 - bits;
		}
	}
	return most > 0;
}

static void
try_at(const struct survey *s, unsigned at, unsigned bits, struct tally *t, struct acl_cut *best)
{
	try_window(s,
		&(struct acl_cut){ .word = (uint8_t)(at / 32),
			.shift = (uint8_t)(at % 32),
			.bits = (uint8_t)bits },
		t, best);
}

/*
 * Ranges that lie across each other have no bits in common to disagree on; the highest bits of the port that
 * are not known yet still tell them apart a little.
 */
static void
try_ranges(const struct survey *s, unsigned from, struct tally *t, struct acl_cut *best)
{
	static const uint8_t width[] = { 1, 3, 5 };
	const uint32_t known = s->w->region.known[from / 32] >> from % 32 << ACL_PORT_BITS;
	const unsigned top = ~known == 0 ? 0 : ACL_PORT_BITS - (unsigned)__builtin_clz(~known);

	for (size_t i = 0; i < sizeof(width) && s->w->n >= LONG_ROWS; i++)
		if (width[i] <= top && top <= ACL_PORT_BITS)
			try_at(s, from + top - width[i], width[i], t, best);
}

/* Tries windows of all widths between two bits. */
static void
try_stretch(
	const struct survey *s, unsigned from, unsigned to, struct tally *t, struct acl_cut *best)
{
	static const uint8_t width[] = { 1, 2, 3, 4, 5, 6, 8, 10, 12 };

	for (size_t i = 0; i < sizeof(width); i++) {
		unsigned at;

		if (width[i] > to - from || (s->w->n < (size_t)1 << width[i] && width[i] > 2))
			break;
		if (!place_window(s, from, to, width[i], &at))
			break;
		try_at(s, at, width[i], t, best);
	}
}

/* Both ports, each by itself. */
static void
try_ports(const struct survey *s, unsigned from, struct tally *t, struct acl_cut *best)
{
	for (unsigned half = from; half < from + 32; half += ACL_PORT_BITS) {
		try_stretch(s, half, half + ACL_PORT_BITS, t, best);
		try_ranges(s, half, t, best);
	}
}

struct acl_cut
acl_tree_choose(const struct acl_rows *rows, const struct acl_work *w)
{
	const unsigned words = acl_form_words[rows->form];
	struct survey s = { .rows = rows, .w = w, .step = w->n / SAMPLE + 1 };
	struct acl_cut best = { .score = w->n >= LONG_ROWS ? LONG_GAIN : GAIN_MIN };
	struct tally t;

	s.n = (w->n + s.step - 1) / s.step;
	s.copies = root_of((float)w->budget / (float)w->n);
	s.rest_cost = rows->n <= SHORT_LIST ? SHORT_REST : REST_COST;
	count_splits(&s);
	for (unsigned word = 0; word < words; word++) {
		unsigned from = word * 32;

		if (word == words - 1) {
			if (!w->region.fragment)
				try_ports(&s, from, &t, &best);
		} else if ((int)word != acl_form_meta[rows->form]) {
			try_stretch(&s, from, from + 32, &t, &best);
		} else {
			try_stretch(&s, from, from + ACL_META_FLAGS, &t, &best);
			if (!w->region.fragment)
				try_stretch(&s, from + ACL_META_FLAGS, from + 32, &t, &best);
		}
	}
	return best;
}
