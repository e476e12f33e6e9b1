/*
 * acl_compile_rows.c - what a rule tests, said in rows.
 *
 * Addresses, protocol, type of service, TCP flags, types and the rest of the header are bits of words;
 * a range of ports is a range.  What is neither becomes several: a list of ports, `neq`, one flag of many, a
 * range of ttl, the addresses of an object group.  The alternatives of each are multiplied out; where
 * that would take too many rows the widest is replaced by one that includes it, and the rule is marked
 * inexact: then what wins is tested once more, with acl_tests_pass().
 *
 * Types of ICMP and IGMP, which have no ports, take the destination port's place.
 *
 * Control thread; no state.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "acl/acl_internal.h"

enum {
	ROWS_OF_RULE = 128,	/* alternatives multiplied out, at most */
	ROWS_OF_RULE_LATER = 8, /* when the list has many rows for its rules */
	ROWS_FREE = 32768,
	WAYS_MAX = 256,
	FLAG_BITS = 6,
	TTL_WORD = 2,
};

struct way { /* bits that must be so, or the lowest and the highest port */
	uint32_t a, b;
};

/* The ways to pass one test. */
struct test_ways {
	uint8_t word;
	uint8_t shift; /* of ports: 0 or 16 */
	bool is_port;
	bool too_many;
	size_t n;
	struct way v[WAYS_MAX];
};

enum { TEST_SRC, TEST_DST, TEST_SPORT, TEST_DPORT, TEST_FLAGS, TEST_TTL, TESTS };

struct lowering {
	struct acl_rows *rows;
	const struct acl_piece *p;
	const struct acl_tests *tests;
	unsigned words, meta;
	uint32_t row[2 * ACL_WORDS_MAX + 3]; /* what all of its rows have */
	struct test_ways ways[TESTS];
	bool exact;
};

static void
add_way(struct test_ways *t, uint32_t a, uint32_t b)
{
	if (t->n < WAYS_MAX)
		t->v[t->n++] = (struct way){ a, b };
	else
		t->too_many = true;
}

/* ---- ranges as bits under masks ---- */

/* The longest prefixes that make up lo..hi, of numbers of so many bits. */
static void
add_prefixes(struct test_ways *t, uint32_t lo, uint32_t hi, unsigned bits)
{
	const uint32_t all = bits == 32 ? UINT32_MAX : (1U << bits) - 1;
	uint64_t at = lo;

	while (at <= hi) {
		unsigned zeros = at == 0 ? bits : (unsigned)__builtin_ctzll(at);

		zeros = zeros < bits ? zeros : bits;
		while (((UINT64_C(1) << zeros) - 1) + at > hi)
			zeros--;
		add_way(t, (uint32_t)at, (uint32_t)(all & ~((UINT64_C(1) << zeros) - 1)));
		at += UINT64_C(1) << zeros;
	}
}

/* The bits that all numbers from lo to hi have. */
static uint32_t
common_mask(uint32_t lo, uint32_t hi)
{
	uint32_t differ = lo ^ hi;

	return differ == 0 ? UINT32_MAX : ~(UINT32_MAX >> __builtin_clz(differ));
}

static void
set_ways(struct lowering *l, struct test_ways *t, uint32_t set, unsigned word)
{
	const struct acl_set *s;

	t->word = (uint8_t)word;
	if (set == ACL_NO_SET)
		return;
	s = &l->p->set[set];
	for (uint32_t i = 0; i < s->n && !t->too_many; i++)
		add_prefixes(t, l->p->range[s->first + i].lo, l->p->range[s->first + i].hi, 32);
}

static void
ttl_ways(struct lowering *l, struct test_ways *t)
{
	const struct acl_span *ttl = &l->tests->ttl;

	t->word = TTL_WORD;
	if (l->rows->form != ACL_FORM_IPV4_TTL)
		return;
	if (!l->tests->ttl_outside) {
		add_prefixes(t, ttl->lo, ttl->hi, 8);
		return;
	}
	if (ttl->lo > 0)
		add_prefixes(t, 0, ttl->lo - 1U, 8);
	if (ttl->hi < UINT8_MAX)
		add_prefixes(t, ttl->hi + 1U, UINT8_MAX, 8);
}

static void
flag_ways(struct lowering *l, struct test_ways *t)
{
	t->word = (uint8_t)l->meta;
	for (unsigned i = 0; i < FLAG_BITS; i++) {
		uint32_t bit = 1U << i;

		if (l->tests->any_care & bit)
			add_way(t, (~l->tests->any_flip & bit) << ACL_META_FLAGS,
				bit << ACL_META_FLAGS);
	}
}

/* ---- ports ---- */

static int
by_start(const void *a, const void *b)
{
	const struct acl_span *x = a, *y = b;

	return x->lo < y->lo ? -1 : x->lo > y->lo;
}

/* The spans, or what is between them. */
static void
port_ways(struct lowering *l, struct test_ways *t, const struct acl_port_test *port, unsigned shift)
{
	struct acl_span span[ACE_PORTS_MAX];
	uint32_t from = 0;

	t->is_port = true;
	t->word = (uint8_t)(l->words - 1);
	t->shift = (uint8_t)shift;
	if (port->n == 0)
		return;
	if (port->n == 1)
		span[0] = port->span;
	else
		memcpy(span, l->p->span + port->first, port->n * sizeof(span[0]));
	qsort(span, port->n, sizeof(span[0]), by_start);
	for (unsigned i = 0; i < port->n; i++) {
		if (span[i].lo > span[i].hi)
			continue;
		if (!port->outside)
			add_way(t, span[i].lo, span[i].hi);
		else if (span[i].lo > from)
			add_way(t, from, span[i].lo - 1U);
		from = span[i].hi + 1U;
	}
	if (port->outside && from <= UINT16_MAX)
		add_way(t, from, UINT16_MAX);
}

/* A type, and the code if it is given. */
static void
type_way(struct lowering *l, struct test_ways *t)
{
	if (l->tests->icmp_care != 0)
		add_way(t, l->tests->icmp, l->tests->icmp | (uint16_t)~l->tests->icmp_care);
}

/* ---- too many ---- */

/* One way that includes all of the test's; of an object group's addresses, the whole group's. */
static void
widen(struct lowering *l, int which)
{
	struct test_ways *t = &l->ways[which];
	uint32_t lo = UINT32_MAX, hi = 0, mask;

	for (size_t i = 0; i < t->n; i++) {
		uint32_t end = t->is_port ? t->v[i].b : t->v[i].a | ~t->v[i].b;

		lo = t->v[i].a < lo ? t->v[i].a : lo;
		hi = end > hi ? end : hi;
	}
	if (t->too_many) {
		const struct acl_set *s =
			&l->p->set[which == TEST_SRC ? l->tests->src_set : l->tests->dst_set];

		lo = l->p->range[s->first].lo;
		hi = l->p->range[s->first + s->n - 1].hi;
	}
	mask = common_mask(lo, hi);
	t->too_many = false;
	t->n = 1;
	t->v[0] = t->is_port ? (struct way){ lo, hi } : (struct way){ lo & mask, mask };
	if (which == TEST_FLAGS || which == TEST_TTL)
		t->n = 0;
	l->exact = false;
}

/* Brings the product down to what may be. */
static void
narrow(struct lowering *l, size_t rules)
{
	const bool later = l->rows->n > 4 * rules + ROWS_FREE;
	const size_t most = later ? ROWS_OF_RULE_LATER : ROWS_OF_RULE;

	for (;;) {
		size_t product = 1;
		int widest = 0;

		for (int i = 0; i < TESTS; i++) {
			const struct test_ways *t = &l->ways[i];

			product *= t->too_many ? most + 1 : t->n > 1 ? t->n : 1;
			if (t->too_many > l->ways[widest].too_many ||
				(t->too_many == l->ways[widest].too_many &&
					t->n > l->ways[widest].n))
				widest = i;
		}
		if (product <= most)
			return;
		widen(l, widest);
	}
}

/* ---- rows ---- */

static int
put_row(struct acl_rows *rows, const uint32_t *row)
{
	const size_t stride = acl_row_stride(rows->form);
	uint32_t *v = acl_grow(rows->v, rows->n, &rows->room, stride * sizeof(*v));

	if (v == NULL)
		return -ENOMEM;
	rows->v = v;
	memcpy(v + rows->n++ * stride, row, stride * sizeof(*v));
	return 0;
}

/* The words of ports from the ranges: bits that all ports between have. */
static void
finish_ports(uint32_t *row, unsigned words)
{
	const uint32_t lo = row[2 * words], hi = row[2 * words + 1];

	row[words - 1] = lo;
	row[2 * words - 1] = (common_mask(lo >> 16, hi >> 16) & 0xffff) << 16 |
			     (common_mask(lo & 0xffff, hi & 0xffff) & 0xffff);
}

static void
apply_way(uint32_t *row, unsigned words, const struct test_ways *t, struct way way)
{
	if (t->is_port) {
		row[2 * words] = (row[2 * words] & ~(0xffffU << t->shift)) | way.a << t->shift;
		row[2 * words + 1] =
			(row[2 * words + 1] & ~(0xffffU << t->shift)) | way.b << t->shift;
	} else {
		row[t->word] |= way.a;
		row[words + t->word] |= way.b;
	}
}

/* All combinations, one row each. */
static int
put_rows(struct lowering *l)
{
	size_t at[TESTS] = { 0 };
	int carry = 0;

	while (carry < TESTS) {
		uint32_t row[2 * ACL_WORDS_MAX + 3];

		memcpy(row, l->row, sizeof(row));
		for (int i = 0; i < TESTS; i++)
			if (l->ways[i].n > 0)
				apply_way(row, l->words, &l->ways[i], l->ways[i].v[at[i]]);
		finish_ports(row, l->words);
		if (put_row(l->rows, row) != 0)
			return -ENOMEM;
		for (carry = 0; carry < TESTS && ++at[carry] >= l->ways[carry].n; carry++)
			at[carry] = 0;
	}
	return 0;
}

/* ---- rules ---- */

/* The word's bits must be so; false when others were wanted already. */
static bool
want(struct lowering *l, unsigned word, uint32_t value, uint32_t care)
{
	uint32_t both = l->row[l->words + word] & care;

	if (((l->row[word] ^ value) & both) != 0)
		return false;
	l->row[word] |= value & care;
	l->row[l->words + word] |= care;
	return true;
}

static bool
want_has(struct lowering *l, uint8_t has, uint8_t care)
{
	return want(l, l->meta, (uint32_t)(has & 0x7f) << ACL_META_HAS,
		(uint32_t)(care & 0x7f) << ACL_META_HAS);
}

/* Can a packet that is no later fragment pass the ports? `gt 65535` is an entry, too. */
static bool
is_possible(const struct acl_port_test *port, const struct test_ways *t)
{
	return port->n == 0 || t->n > 0;
}

/* What the tests say of the header. false: no packet can pass. */
static bool
lower_tests(struct lowering *l, uint8_t action)
{
	const struct acl_tests *t = l->tests;

	if (!want_has(l, t->wants, t->wants))
		return false;
	if (t->option >= 0 && t->option != OPTION_ANY)
		l->exact = false;
	set_ways(l, &l->ways[TEST_SRC], t->src_set, 0);
	set_ways(l, &l->ways[TEST_DST], t->dst_set, 1);
	ttl_ways(l, &l->ways[TEST_TTL]);
	if (l->rows->form == ACL_FORM_IPV4_TTL && l->ways[TEST_TTL].n == 0)
		return false;
	if (!t->layer4)
		return true;
	if (action == ACL_DENY && !want_has(l, 0, ACL_NONINITIAL))
		return false;
	port_ways(l, &l->ways[TEST_SPORT], &t->sport, 0);
	port_ways(l, &l->ways[TEST_DPORT], &t->dport, 16);
	if (!is_possible(&t->sport, &l->ways[TEST_SPORT]) ||
		!is_possible(&t->dport, &l->ways[TEST_DPORT])) {
		l->ways[TEST_SPORT].n = l->ways[TEST_DPORT].n = 0;
		return want_has(l, ACL_NONINITIAL, ACL_NONINITIAL);
	}
	type_way(l, &l->ways[TEST_DPORT]);
	flag_ways(l, &l->ways[TEST_FLAGS]);
	return want_has(l, t->needs, t->needs) &&
	       want(l, l->meta, (uint32_t)t->all << ACL_META_FLAGS,
		       (uint32_t)t->all_care << ACL_META_FLAGS);
}

static void
lower_header(struct lowering *l, const struct acl_rule *r)
{
	want(l, l->meta, (uint32_t)(r->proto | r->tos << ACL_META_TOS),
		(uint32_t)(r->proto_care | r->tos_care << ACL_META_TOS));
}

/* A number of several words, the high one first. */
static void
lower_long(struct lowering *l, unsigned word, uint64_t value, uint64_t care)
{
	want(l, word, (uint32_t)(value >> 32), (uint32_t)(care >> 32));
	want(l, word + 1, (uint32_t)value, (uint32_t)care);
}

static bool
lower_ipv6(struct lowering *l, const struct acl_rule6 *r)
{
	const struct acl_tests *t = l->tests;

	for (unsigned i = 0; i < 2; i++) {
		lower_long(l, 2 * i, r->src[i], r->src_care[i]);
		lower_long(l, 4 + 2 * i, r->dst[i], r->dst_care[i]);
	}
	lower_header(l, &r->rest);
	if (t->ttl.lo != 0 || t->ttl.hi != UINT8_MAX)
		l->exact = false;
	want(l, l->meta + 1, t->ext, t->ext);
	if (t->routing_type != ACE_UNSET)
		want(l, l->meta + 1, (uint32_t)t->routing_type << 8, 0xff00);
	if (t->mobility_type != ACE_UNSET)
		want(l, l->meta + 1, (uint32_t)t->mobility_type << 16, 0xff0000);
	if (t->flow_label != ACE_UNSET)
		want(l, l->meta + 2, (uint32_t)t->flow_label, UINT32_MAX);
	return !t->determined || want_has(l, 0, ACL_UNDETERMINED);
}

static void
lower_mac(struct lowering *l, const struct acl_mac_rule *r)
{
	lower_long(l, 0, r->src, r->src_care);
	lower_long(l, 2, r->dst, r->dst_care);
	lower_long(l, 4, r->rest, r->rest_care);
}

static bool
lower_rule(struct lowering *l, size_t pos)
{
	const struct acl_rule *r;

	if (l->p->kind == ACL_MAC) {
		lower_mac(l, &l->p->mac_rule[pos]);
		return true;
	}
	r = l->p->kind == ACL_IPV6 ? &l->p->rule6[pos].rest : &l->p->rule[pos];
	l->tests = r->tests != 0 ? &l->p->tests[r->tests] : &acl_no_tests;
	if (l->p->kind == ACL_IPV6)
		return lower_ipv6(l, &l->p->rule6[pos]) && lower_tests(l, r->action);
	want(l, 0, r->src, r->src_care);
	want(l, 1, r->dst, r->dst_care);
	lower_header(l, r);
	return lower_tests(l, r->action);
}

int
acl_rows_add(struct acl_rows *rows, const struct acl_piece *p, size_t pos, bool *exact)
{
	struct lowering l; /* not all of it is written: the ways are many, and few are used */
	bool matches;

	l.rows = rows;
	l.p = p;
	l.words = acl_form_words[rows->form];
	l.meta = (unsigned)acl_form_meta[rows->form];
	l.exact = true;
	for (int i = 0; i < TESTS; i++) {
		l.ways[i].is_port = l.ways[i].too_many = false;
		l.ways[i].n = 0;
	}
	memset(l.row, 0, sizeof(l.row));
	l.row[2 * l.words + 1] = UINT32_MAX;
	matches = lower_rule(&l, pos);
	*exact = true;
	if (!matches)
		return 0;
	narrow(&l, p->rules);
	*exact = l.exact;
	l.row[2 * l.words + 2] = (uint32_t)pos << 1 | (l.exact ? 0 : ACL_ROW_INEXACT);
	return put_rows(&l);
}
