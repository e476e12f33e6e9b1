/*
 * reflexive_test.c - reflexive lists: what comes back, for how long, and a random test against the
 * plainest table there is.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "acl/acl.h"
#include "tests/lib/dice.h"

enum {
	ICMP = 1,
	TCP = 6,
	UDP = 17,
	FIN = 1,
	SYN = 2,
	RST = 4,
	ACK = 16,
	ROOM = 8,
	SECOND = 1000,
};

static struct acl_key
packet(uint8_t proto, uint32_t src, uint16_t sport, uint32_t dst, uint16_t dport, uint8_t flags)
{
	struct acl_key key = {
		.src = src,
		.dst = dst,
		.sport = sport,
		.dport = dport,
		.proto = proto,
		.tcp_flags = flags,
	};

	if (proto == TCP || proto == UDP)
		key.has |= ACL_HAS_PORTS;
	if (proto == TCP)
		key.has |= ACL_HAS_TCP_FLAGS;
	if (proto == ICMP)
		key.has |= ACL_HAS_ICMP;
	return key;
}

/* A packet of the test's one TCP connection, from inside and from outside. */
static struct acl_key
sent(uint8_t flags)
{
	return packet(TCP, 0x0a000001, 1025, 0xc0000201, 80, flags);
}

static struct acl_key
came(uint8_t flags)
{
	return packet(TCP, 0xc0000201, 80, 0x0a000001, 1025, flags);
}

static bool
learn(struct reflexive *t, struct acl_key key, uint32_t timeout_s, uint64_t now_ms)
{
	return reflexive_learn(t, &key, timeout_s, now_ms);
}

static bool
match(struct reflexive *t, struct acl_key key, uint64_t now_ms)
{
	return reflexive_match(t, &key, 1, now_ms);
}

static size_t
living(const struct reflexive *t, uint64_t now_ms)
{
	return reflexive_copy(t, NULL, 0, now_ms);
}

static void
the_mirror_image_comes_back(void **state)
{
	struct reflexive *t = reflexive_create(ROOM);
	struct reflexive_entry e;

	(void)state;
	assert_false(match(t, came(ACK), 0));
	assert_true(learn(t, sent(SYN), 0, 0));
	assert_true(match(t, came(SYN | ACK), 1));
	assert_true(match(t, came(ACK), 2));
	assert_false(match(t, sent(ACK), 3));
	assert_false(match(t, packet(TCP, 0xc0000201, 81, 0x0a000001, 1025, ACK), 4));
	assert_false(match(t, packet(TCP, 0xc0000201, 80, 0x0a000001, 1026, ACK), 4));
	assert_false(match(t, packet(TCP, 0xc0000202, 80, 0x0a000001, 1025, ACK), 4));
	assert_false(match(t, packet(TCP, 0xc0000201, 80, 0x0a000002, 1025, ACK), 4));
	assert_false(match(t, packet(UDP, 0xc0000201, 80, 0x0a000001, 1025, 0), 4));
	assert_int_equal(reflexive_copy(t, &e, 1, 2), 1);
	assert_int_equal(e.proto, TCP);
	assert_int_equal(e.src[0], 0xc0000201);
	assert_int_equal(e.dst[0], 0x0a000001);
	assert_int_equal(e.sport, 80);
	assert_int_equal(e.dport, 1025);
	assert_int_equal(e.packets, 2);
	assert_int_equal(e.left_s, REFLEXIVE_TIMEOUT_S);
	assert_false(e.ipv6);
	reflexive_destroy(t);
	reflexive_destroy(NULL);
}

static void
silence_ends_a_flow(void **state)
{
	struct reflexive *t = reflexive_create(ROOM);
	struct reflexive_entry e;

	(void)state;
	assert_true(learn(t, sent(SYN), 10, 0));
	assert_true(match(t, came(ACK), 9999));
	assert_true(match(t, came(ACK), 19998));
	assert_int_equal(reflexive_copy(t, &e, 1, 20 * SECOND), 1);
	assert_int_equal(e.left_s, 10);
	assert_true(learn(t, sent(ACK), 10, 25 * SECOND));
	assert_int_equal(living(t, 35 * SECOND - 1), 1);
	assert_int_equal(living(t, 35 * SECOND), 0);
	assert_false(match(t, came(ACK), 35 * SECOND));
	reflexive_expire(t, 35 * SECOND);
	assert_false(match(t, came(ACK), 26 * SECOND)); /* gone for good */

	/* The shorter of two lives counts from the packet that asks for it. */
	assert_true(learn(t, sent(SYN), 100, 40 * SECOND));
	assert_true(learn(t, sent(ACK), 5, 41 * SECOND));
	assert_int_equal(living(t, 46 * SECOND), 0);
	reflexive_destroy(t);
}

static void
both_fins_end_it_in_five_seconds(void **state)
{
	struct reflexive *t = reflexive_create(ROOM);

	(void)state;
	assert_true(learn(t, sent(SYN), 300, 0));
	assert_true(match(t, came(FIN | ACK), 1 * SECOND));
	assert_true(match(t, came(FIN | ACK), 2 * SECOND)); /* again, the same side */
	assert_int_equal(living(t, 100 * SECOND), 1);
	assert_true(learn(t, sent(FIN | ACK), 300, 10 * SECOND));
	assert_true(match(t, came(ACK), 14 * SECOND));
	assert_true(match(t, came(FIN | ACK), 15 * SECOND - 1)); /* puts nothing off */
	assert_false(match(t, came(ACK), 15 * SECOND));

	/* The ports used again before that: a new connection. */
	assert_true(learn(t, sent(SYN), 300, 20 * SECOND));
	assert_true(learn(t, sent(FIN | ACK), 300, 21 * SECOND));
	assert_true(match(t, came(FIN | ACK), 22 * SECOND));
	assert_true(learn(t, sent(SYN), 300, 23 * SECOND));
	assert_true(match(t, came(SYN | ACK), 100 * SECOND));
	reflexive_destroy(t);
}

static void
a_reset_ends_it_at_once(void **state)
{
	struct reflexive *t = reflexive_create(ROOM);

	(void)state;
	assert_true(learn(t, sent(SYN), 300, 0));
	assert_true(match(t, came(RST | ACK), 1)); /* itself passes */
	assert_false(match(t, came(ACK), 2));
	assert_true(learn(t, sent(SYN), 300, 3));
	assert_true(learn(t, sent(RST), 300, 4));
	assert_false(match(t, came(ACK), 5));
	assert_true(learn(t, sent(RST), 300, 6)); /* of no flow: begins none */
	assert_int_equal(living(t, 6), 0);
	reflexive_destroy(t);
}

static void
protocols_without_ports_are_between_hosts(void **state)
{
	struct reflexive *t = reflexive_create(ROOM);
	struct acl_key echo = packet(ICMP, 1, 0, 2, 0, 0), reply = packet(ICMP, 2, 0, 1, 0, 0);

	(void)state;
	echo.icmp_type = 8;
	assert_true(learn(t, echo, 300, 0));
	assert_true(match(t, reply, 1));
	assert_true(learn(t, packet(47, 1, 0, 2, 0, 0), 300, 2));
	assert_true(match(t, packet(47, 2, 0, 1, 0, 0), 3));
	assert_false(match(t, packet(50, 2, 0, 1, 0, 0), 3));
	assert_int_equal(living(t, 3), 2);
	reflexive_destroy(t);
}

static void
ipv6_flows_are_their_own(void **state)
{
	struct reflexive *t = reflexive_create(ROOM);
	struct acl_key out = {
		.src6 = { 0x20010db800000000, 0x0123456789abcdef },
		.dst6 = { 0x20010db800010000, 0x1 },
		.sport = 5000,
		.dport = 53,
		.proto = UDP,
		.has = ACL_IS_IPV6 | ACL_HAS_PORTS,
	};
	struct acl_key back = out;
	struct reflexive_entry e;

	(void)state;
	memcpy(back.src6, out.dst6, sizeof(back.src6));
	memcpy(back.dst6, out.src6, sizeof(back.dst6));
	back.sport = 53;
	back.dport = 5000;
	assert_true(learn(t, out, 300, 0));
	assert_true(match(t, back, 1));
	back.dst6[1] ^= UINT64_C(1) << 63;
	assert_false(match(t, back, 1));
	assert_int_equal(reflexive_copy(t, &e, 1, 1), 1);
	assert_true(e.ipv6);
	assert_int_equal(e.src[0], 0x20010db8);
	assert_int_equal(e.src[1], 0x00010000);
	assert_int_equal(e.src[3], 1);
	assert_int_equal(e.dst[2], 0x01234567);
	assert_int_equal(e.dst[3], 0x89abcdef);

	/* The same numbers in another family are another flow. */
	assert_true(learn(t, packet(UDP, 1, 5000, 2, 53, 0), 300, 2));
	back = (struct acl_key){ .src6 = { 2 }, .dst6 = { 1 }, .sport = 53, .dport = 5000 };
	back.proto = UDP;
	back.has = ACL_IS_IPV6 | ACL_HAS_PORTS;
	assert_false(match(t, back, 3));
	reflexive_destroy(t);
}

static void
fragments_follow_their_hosts(void **state)
{
	struct reflexive *t = reflexive_create(ROOM);
	struct acl_key later = packet(UDP, 2, 0, 1, 0, 0);
	struct reflexive_entry e[2];

	(void)state;
	later.has = ACL_NONINITIAL;
	assert_false(match(t, later, 0));
	assert_true(learn(t, packet(UDP, 1, 1000, 2, 53, 0), 10, 0));
	assert_true(learn(t, packet(UDP, 1, 1001, 2, 53, 0), 300, 1));
	assert_true(match(t, later, 2));
	later.proto = TCP;
	later.tcp_flags = RST;
	assert_false(match(t, later, 3));
	later.proto = UDP;
	assert_int_equal(reflexive_copy(t, e, 2, 3), 2);
	assert_int_equal(e[0].packets, 0);
	assert_int_equal(e[1].packets, 1); /* the newest flow's */
	assert_int_equal(e[1].dport, 1001);

	/* What shows no ports begins no flow, and is of none. */
	reflexive_clear(t);
	later = packet(UDP, 1, 0, 2, 0, 0);
	later.has = ACL_NONINITIAL;
	assert_true(learn(t, later, 300, 4));
	later.has = 0;
	assert_true(learn(t, later, 300, 4));
	later.has = ACL_IS_IPV6 | ACL_UNDETERMINED;
	assert_true(learn(t, later, 300, 4));
	assert_int_equal(living(t, 4), 0);
	assert_true(learn(t, packet(UDP, 2, 0, 1, 0, 0), 300, 4));
	later.has = 0;
	assert_false(match(t, later, 5));
	later.has = ACL_UNDETERMINED | ACL_NONINITIAL;
	assert_false(match(t, later, 5));
	reflexive_destroy(t);
}

static void
a_full_table_says_so(void **state)
{
	struct reflexive *t = reflexive_create(ROOM);
	struct reflexive_entry e[ROOM];

	(void)state;
	for (uint16_t i = 0; i < ROOM; i++)
		assert_true(learn(t, packet(UDP, 1, i, 2, 53, 0), (uint32_t)(10 + i), 0));
	assert_false(learn(t, packet(UDP, 1, 99, 2, 53, 0), 10, 1));
	assert_true(learn(t, packet(UDP, 1, 3, 2, 53, 0), 13, 2)); /* that one is there */
	assert_true(learn(t, packet(UDP, 1, 99, 2, 53, 0), 10, 10 * SECOND));
	assert_false(learn(t, packet(UDP, 1, 98, 2, 53, 0), 10, 10 * SECOND));
	assert_int_equal(reflexive_copy(t, e, ROOM, 10 * SECOND), ROOM);
	for (uint16_t i = 0; i < ROOM - 1; i++)
		assert_int_equal(e[i].dport, i + 1);
	assert_int_equal(e[ROOM - 1].dport, 99);
	assert_int_equal(reflexive_copy(t, e, 2, 10 * SECOND), ROOM);
	reflexive_clear(t);
	assert_int_equal(living(t, 10 * SECOND), 0);
	assert_false(match(t, packet(UDP, 2, 53, 1, 99, 0), 10 * SECOND));
	for (uint16_t i = 0; i < ROOM; i++)
		assert_true(learn(t, packet(UDP, i, 1, 2, 53, 0), 10, 10 * SECOND));
	reflexive_destroy(t);
	assert_null(reflexive_create(0));
	assert_null(reflexive_create(SIZE_MAX));
}

/* ---- the random test ---- */

enum { MODEL_ROOM = 24, STEPS = 200000 };

struct model_flow {
	struct acl_key back; /* src, dst, ports, proto of a packet that comes back */
	uint64_t end_ms;
	uint32_t timeout_s;
	bool fin_sent, fin_came;
};

struct model { /* in the order in which they were made */
	struct model_flow flow[MODEL_ROOM];
	size_t n;
};

static void
model_drop(struct model *m, size_t i)
{
	m->n--;
	memmove(&m->flow[i], &m->flow[i + 1], (m->n - i) * sizeof(m->flow[0]));
}

static void
model_expire(struct model *m, uint64_t now_ms)
{
	for (size_t i = m->n; i-- > 0;)
		if (m->flow[i].end_ms <= now_ms)
			model_drop(m, i);
}

static size_t
model_find(const struct model *m, const struct acl_key *k, bool mirrored)
{
	bool ports = k->proto == TCP || k->proto == UDP;
	size_t i = m->n;

	while (i-- > 0) {
		const struct acl_key *b = &m->flow[i].back;

		if (b->proto != k->proto || (mirrored ? b->src != k->dst || b->dst != k->src
						      : b->src != k->src || b->dst != k->dst))
			continue;
		if (!ports || (!mirrored && (k->has & ACL_NONINITIAL)))
			return i;
		if (mirrored ? b->sport == k->dport && b->dport == k->sport
			     : b->sport == k->sport && b->dport == k->dport)
			return i;
	}
	return MODEL_ROOM;
}

static void
model_packet(struct model *m, size_t i, const struct acl_key *k, bool is_sent, uint64_t now_ms)
{
	struct model_flow *f = &m->flow[i];
	bool seen = k->proto == TCP && (k->has & ACL_HAS_TCP_FLAGS);
	bool was_closed;

	if (is_sent && seen && (k->tcp_flags & (SYN | ACK)) == SYN)
		f->fin_sent = f->fin_came = false;
	was_closed = f->fin_sent && f->fin_came;
	if (!was_closed)
		f->end_ms = now_ms + f->timeout_s * UINT64_C(1000);
	if (seen && (k->tcp_flags & RST)) {
		model_drop(m, i);
		return;
	}
	if (seen && (k->tcp_flags & FIN))
		*(is_sent ? &f->fin_sent : &f->fin_came) = true;
	if (!was_closed && f->fin_sent && f->fin_came)
		f->end_ms = now_ms + REFLEXIVE_FIN_MS;
}

static bool
model_learn(struct model *m, const struct acl_key *k, uint32_t timeout_s, uint64_t now_ms)
{
	bool ports = k->proto == TCP || k->proto == UDP;
	size_t i;

	model_expire(m, now_ms);
	if ((k->has & ACL_NONINITIAL) || (ports && !(k->has & ACL_HAS_PORTS)))
		return true;
	i = model_find(m, k, true);
	if (i == MODEL_ROOM) {
		if (k->proto == TCP && (k->has & ACL_HAS_TCP_FLAGS) && (k->tcp_flags & RST))
			return true;
		if (m->n == MODEL_ROOM)
			return false;
		i = m->n++;
		m->flow[i] = (struct model_flow){ .back = *k };
		m->flow[i].back.src = k->dst;
		m->flow[i].back.dst = k->src;
		m->flow[i].back.sport = k->dport;
		m->flow[i].back.dport = k->sport;
	}
	m->flow[i].timeout_s = timeout_s;
	model_packet(m, i, k, true, now_ms);
	return true;
}

static bool
model_match(struct model *m, const struct acl_key *k, uint64_t now_ms)
{
	bool ports = k->proto == TCP || k->proto == UDP;
	size_t i;

	model_expire(m, now_ms);
	if (ports && !(k->has & (ACL_NONINITIAL | ACL_HAS_PORTS)))
		return false;
	i = model_find(m, k, false);
	if (i == MODEL_ROOM)
		return false;
	model_packet(m, i, k, false, now_ms);
	return true;
}

static struct acl_key
random_packet(struct dice *d, bool is_sent)
{
	static const uint8_t proto[] = { TCP, TCP, TCP, UDP, UDP, ICMP, 47 };
	static const uint8_t flags[] = { SYN, ACK, ACK, ACK, FIN | ACK, FIN | ACK, RST, SYN | ACK };
	uint32_t in = 1 + dice_below(d, 3), out = 100 + dice_below(d, 3);
	uint16_t near = (uint16_t)dice_below(d, 6), far = (uint16_t)dice_below(d, 2);
	struct acl_key k = packet(proto[dice_below(d, 7)], is_sent ? in : out, is_sent ? near : far,
		is_sent ? out : in, is_sent ? far : near, flags[dice_below(d, 8)]);

	if (dice_below(d, 12) == 0)
		k.has = ACL_NONINITIAL;
	else if (dice_below(d, 20) == 0)
		k.has &= (uint8_t) ~(dice_below(d, 2) ? ACL_HAS_PORTS : ACL_HAS_TCP_FLAGS);
	return k;
}

static void
it_does_as_the_plainest_table(void **state)
{
	static const uint32_t timeout_s[] = { 1, 4, 10, 30 };
	struct dice d = dice_from_environment("it_does_as_the_plainest_table");
	struct reflexive *t = reflexive_create(MODEL_ROOM);
	struct reflexive_entry e[MODEL_ROOM];
	size_t matched = 0, full = 0;
	struct model m = { .n = 0 };
	uint64_t now_ms = 1;

	(void)state;
	for (int step = 0; step < STEPS; step++) {
		bool is_sent = dice_below(&d, 2) == 0, want, got;
		struct acl_key k = random_packet(&d, is_sent);
		uint32_t s = timeout_s[dice_below(&d, 4)];

		now_ms += dice_below(&d, 400);
		if (is_sent) {
			want = model_learn(&m, &k, s, now_ms);
			got = reflexive_learn(t, &k, s, now_ms);
			full += !want;
		} else {
			want = model_match(&m, &k, now_ms);
			got = reflexive_match(t, &k, 1, now_ms);
			matched += want;
		}
		if (got != want)
			fail_msg("step %d: %d, not %d", step, got, want);
		if (step % 100 != 0)
			continue;
		model_expire(&m, now_ms);
		assert_int_equal(reflexive_copy(t, e, MODEL_ROOM, now_ms), m.n);
		for (size_t i = 0; i < m.n; i++) {
			assert_int_equal(e[i].src[0], m.flow[i].back.src);
			assert_int_equal(e[i].left_s, (m.flow[i].end_ms - now_ms + 999) / 1000);
		}
	}
	assert_true(matched > STEPS / 20);
	assert_true(full > 0);
	reflexive_destroy(t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_mirror_image_comes_back),
		cmocka_unit_test(silence_ends_a_flow),
		cmocka_unit_test(both_fins_end_it_in_five_seconds),
		cmocka_unit_test(a_reset_ends_it_at_once),
		cmocka_unit_test(protocols_without_ports_are_between_hosts),
		cmocka_unit_test(ipv6_flows_are_their_own),
		cmocka_unit_test(fragments_follow_their_hosts),
		cmocka_unit_test(a_full_table_says_so),
		cmocka_unit_test(it_does_as_the_plainest_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
