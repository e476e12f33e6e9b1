/*
 * reflexive_test.c - `reflect` on the way out, `evaluate` on the way in: who may answer, how long,
 * and what happens when the table is full.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/lib/acl_lines.h"
#include "tests/vectors/bench.h"

enum { TCP = 6, UDP = 17, ICMP = 1, ICMPV6 = 58, ROOM = 4 };
enum { FIN = 1, SYN = 2, RST = 4, ACK = 16 };
enum { INSIDE = 0xc0a8c807, OUTSIDE = 0xcb007119 };

static struct frame frame;
static struct reflexive *table;
static struct acl *out, *in;

static struct reflexive *
find_table(void *arg, const char *name)
{
	(void)arg;
	return strcmp(name, "WEB") == 0 ? table : NULL;
}

/* What leaves by the WAN is reflected; what comes in by it must be an answer. */
static void
bind(enum acl_kind kind, const char *reflecting)
{
	struct dp_snapshot *s = bench_snapshot();

	out = acl_create("Out", kind, 1);
	in = acl_create("In", kind, 2);
	assert_non_null(out);
	assert_non_null(in);
	line_add(out, 0, reflecting);
	line_add(in, 0, "evaluate WEB");
	bench_bind(s, WAN, ACL_OUT, out);
	bench_bind(s, WAN, ACL_IN, in);
	dataplane_publish(bench, s);
}

static int
set_up(void **state)
{
	int ret = bench_set_up(state);

	table = reflexive_create(ROOM);
	bench_env.reflexive = find_table;
	return table == NULL ? -1 : ret;
}

static int
tear_down(void **state)
{
	int ret = bench_tear_down(state);

	acl_destroy(out);
	acl_destroy(in);
	reflexive_destroy(table);
	return ret;
}

struct flow {
	bool ipv6;
	uint8_t proto;
	uint16_t inside, outside; /* ports; of ICMP the types that go out and come in */
};

static void
build(const struct flow *f, bool outward, uint8_t flags)
{
	uint16_t here = outward ? f->inside : f->outside, there = outward ? f->outside : f->inside;
	bool icmp = f->proto == ICMP || f->proto == ICMPV6;
	struct frame_spec s = { .ipv6 = f->ipv6,
		.from = outward ? 1 : 9,
		.to = outward ? 9 : 1,
		.src = outward ? INSIDE : OUTSIDE,
		.dst = outward ? OUTSIDE : INSIDE,
		.proto = f->proto,
		.sport = here,
		.dport = icmp ? 0 : there,
		.tcp_flags = flags,
		.payload = 6 };

	frame_build(&frame, &s);
}

/* Sends a packet of the flow; says whether it came out on the other side. */
static bool
transfer(const struct flow *f, bool outward, uint8_t flags)
{
	build(f, outward, flags);
	bench_send(outward ? FA0 : WAN, &frame);
	return strstr(bench_seen(), outward ? "WAN" : "FA0") != NULL;
}

static size_t
living(void)
{
	struct reflexive_entry entry[ROOM];

	return (size_t)dataplane_reflexive_copy(bench, table, entry, ROOM);
}

static void
test_answers_only(void **state)
{
	static const struct flow flow = { false, TCP, 1034, 80 }, other = { false, TCP, 1034, 81 },
				 udp = { false, UDP, 1034, 80 };
	struct reflexive_entry e[ROOM];

	(void)state;
	bind(ACL_EXTENDED, "permit tcp any any reflect WEB");
	assert_false(transfer(&flow, false, SYN));
	assert_true(transfer(&flow, true, SYN));
	assert_true(transfer(&flow, false, SYN | ACK));
	assert_false(transfer(&other, false, SYN | ACK));
	assert_false(transfer(&udp, false, 0));
	assert_int_equal(dataplane_reflexive_copy(bench, table, e, ROOM), 1);
	assert_false(e[0].ipv6);
	assert_int_equal(e[0].proto, TCP);
	assert_int_equal(e[0].src[0], OUTSIDE);
	assert_int_equal(e[0].dst[0], INSIDE);
	assert_int_equal(e[0].sport, 80);
	assert_int_equal(e[0].dport, 1034);
	/* Nothing else is let out, so nothing else comes back. */
	assert_false(transfer(&udp, true, 0));
	assert_int_equal(living(), 1);
	assert_int_equal(bench_drops(WAN, DP_DROP_acl_denied), 4);
}

/* The answer is there before the worker has looked up from the question. */
static void
test_quick_answer(void **state)
{
	static const struct flow flow = { false, TCP, 1034, 80 };

	(void)state;
	bind(ACL_EXTENDED, "permit tcp any any reflect WEB");
	build(&flow, true, SYN);
	assert_int_equal(dataplane_memory_put(bench, FA0, frame.bytes, frame.len), 0);
	build(&flow, false, SYN | ACK);
	assert_int_equal(dataplane_memory_put(bench, WAN, frame.bytes, frame.len), 0);
	assert_int_equal(dataplane_run_once(bench), 2);
	assert_string_equal(bench_seen(), "FA0 FA1 FA2 WAN");
	assert_int_equal(bench_drops(WAN, DP_DROP_acl_denied), 0);
}

/* Fragments of an answer: the first by its ports, the others by its hosts. */
static void
test_fragments(void **state)
{
	static const struct flow flow = { false, UDP, 1034, 53 };

	(void)state;
	bind(ACL_EXTENDED, "permit udp any any reflect WEB");
	for (int asked = 0; asked < 2; asked++) {
		static const uint16_t pieces[] = { 0x2000, 0x2003, 0x0006 };

		if (asked)
			assert_true(transfer(&flow, true, 0));
		for (size_t i = 0; i < 3; i++) {
			build(&flow, false, 0);
			frame.bytes[20] = (uint8_t)(pieces[i] >> 8);
			frame.bytes[21] = (uint8_t)pieces[i];
			bench_send(WAN, &frame);
			assert_string_equal(bench_seen(), asked ? "FA0" : "");
		}
	}
}

static void
test_protocols(void **state)
{
	static const struct flow flow[] = {
		{ false, UDP, 1034, 53 },
		{ false, ICMP, 8, 0 },
		{ true, UDP, 1034, 53 },
		{ true, TCP, 1034, 443 },
		{ true, ICMPV6, 128, 129 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(flow) / sizeof(flow[0]); i++) {
		bool ipv6 = flow[i].ipv6;

		bind(ipv6 ? ACL_IPV6 : ACL_EXTENDED,
			ipv6 ? "permit ipv6 any any reflect WEB" : "permit ip any any reflect WEB");
		assert_false(transfer(&flow[i], false, ACK));
		assert_true(transfer(&flow[i], true, ACK));
		assert_true(transfer(&flow[i], false, ACK));
		assert_int_equal(living(), 1);
		/* Forgotten: the same answer is a stranger's. */
		dataplane_reflexive_clear(bench, table);
		assert_int_equal(living(), 0);
		assert_false(transfer(&flow[i], false, ACK));
		bench_publish_bound(WAN, ACL_IN, NULL);
		acl_destroy(in);
		acl_destroy(out);
	}
	in = out = NULL;
}

/* Every packet of the flow, of either side, keeps it alive. */
static void
test_timeout(void **state)
{
	static const struct {
		const char *line;
		uint32_t router, seconds;
	} row[] = {
		{ "permit udp any any reflect WEB timeout 20", 60, 20 },
		{ "permit udp any any reflect WEB", 60, 60 },
		{ "permit udp any any reflect WEB", 0, 300 },
	};
	static const struct flow flow = { false, UDP, 1034, 53 };

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct dp_snapshot *s = bench_snapshot();

		bind(ACL_EXTENDED, row[i].line);
		s->reflexive_timeout_s = row[i].router;
		bench_bind(s, WAN, ACL_OUT, out);
		bench_bind(s, WAN, ACL_IN, in);
		dataplane_publish(bench, s);
		assert_true(transfer(&flow, true, 0));
		bench_now_ms += row[i].seconds * 1000 - 1000;
		assert_true(transfer(&flow, false, 0));
		bench_now_ms += row[i].seconds * 1000 - 1000;
		assert_true(transfer(&flow, true, 0));
		bench_now_ms += row[i].seconds * 1000 - 1000;
		assert_true(transfer(&flow, false, 0));
		bench_now_ms += row[i].seconds * 1000 + 1000;
		assert_false(transfer(&flow, false, 0));
		assert_int_equal(living(), 0);
		bench_publish_bound(WAN, ACL_IN, NULL);
		acl_destroy(in);
		acl_destroy(out);
	}
	in = out = NULL;
}

static void
test_end_of_a_connection(void **state)
{
	static const struct flow flow = { false, TCP, 1034, 80 };

	(void)state;
	bind(ACL_EXTENDED, "permit tcp any any reflect WEB");
	assert_true(transfer(&flow, true, SYN));
	assert_true(transfer(&flow, false, RST | ACK)); /* the last that gets in */
	assert_false(transfer(&flow, false, ACK));
	assert_int_equal(living(), 0);

	assert_true(transfer(&flow, true, SYN));
	assert_true(transfer(&flow, true, FIN | ACK));
	assert_true(transfer(&flow, false, FIN | ACK));
	bench_now_ms += REFLEXIVE_FIN_MS - 1000;
	assert_true(transfer(&flow, false, ACK));
	bench_now_ms += 2000;
	assert_false(transfer(&flow, false, ACK));
}

/* A full table costs answers, and is told; what goes out goes out. */
static void
test_full_table(void **state)
{
	struct dp_if_stats s;

	(void)state;
	bind(ACL_EXTENDED, "permit udp any any reflect WEB timeout 20");
	for (uint16_t i = 0; i < ROOM + 3; i++) {
		struct flow flow = { false, UDP, (uint16_t)(2000 + i), 53 };

		assert_true(transfer(&flow, true, 0));
		assert_int_equal(transfer(&flow, false, 0), i < ROOM);
	}
	dataplane_if_stats(bench, WAN, &s);
	assert_int_equal(s.reflexive_full, 3);
	assert_int_equal(living(), ROOM);
	/* What has run out makes room. */
	bench_now_ms += 21000;
	for (uint16_t i = 0; i < ROOM; i++) {
		struct flow flow = { false, UDP, (uint16_t)(3000 + i), 53 };

		assert_true(transfer(&flow, true, 0));
		assert_true(transfer(&flow, false, 0));
	}
	dataplane_if_stats(bench, WAN, &s);
	assert_int_equal(s.reflexive_full, 3);
}

/* A copy is of at most so many, the oldest first, and says how many there are. */
static void
test_copy(void **state)
{
	struct reflexive_entry e[2] = { 0 };

	(void)state;
	bind(ACL_EXTENDED, "permit udp any any reflect WEB");
	for (uint16_t i = 0; i < 3; i++) {
		struct flow flow = { false, UDP, (uint16_t)(2000 + i), 53 };

		assert_true(transfer(&flow, true, 0));
		bench_now_ms += 1000;
	}
	assert_int_equal(dataplane_reflexive_copy(bench, table, e, 2), 3);
	assert_int_equal(e[0].dport, 2000);
	assert_int_equal(e[1].dport, 2001);
	assert_int_equal(e[0].left_s, 297);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_answers_only),
		TEST(test_quick_answer),
		TEST(test_fragments),
		TEST(test_protocols),
		TEST(test_timeout),
		TEST(test_end_of_a_connection),
		TEST(test_full_table),
		TEST(test_copy),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
