/*
 * edit_test.c - a list replaced entry by entry on a live interface, under a flood.
 *
 * Each edit publishes a whole list: no packet sees a part of one.  So what the list denies before
 * and after every single edit never gets out, and no packet is counted twice or not at all.  Made
 * for the thread sanitizer, and a real test without it.
 */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <time.h>

#include <cmocka.h>

#include "tests/lib/acl_lines.h"
#include "tests/vectors/bench.h"

enum { FRAMES = 20000, ENTRIES = 12, ROUNDS = 40, STEP = 10, BAD_PORT = 25 };

static struct acl *list;
static uint64_t counted; /* by entries that are gone */

static void
build(struct frame *f, bool ipv6, uint16_t dport)
{
	struct frame_spec s = { .ipv6 = ipv6,
		.from = 1,
		.to = 9,
		.proto = 6,
		.src = 1,
		.dst = 2,
		.sport = 1034,
		.dport = dport,
		.payload = 6 };

	frame_build(f, &s);
}

struct flood {
	bool ipv6;
	atomic_bool done;
	size_t bad, good; /* got through */
};

/* Counts what came out; the bad must not be among it. */
static void
take_out(struct flood *f)
{
	size_t dport = f->ipv6 ? 56 : 36;
	uint8_t out[2000];

	while (dataplane_memory_take(bench, WAN, out, sizeof(out)) > 0) {
		if (out[dport] == 0 && out[dport + 1] == BAD_PORT)
			f->bad++;
		else
			f->good++;
	}
}

static void *
pour(void *arg)
{
	static struct frame frame[4];
	struct flood *f = arg;

	build(&frame[0], f->ipv6, BAD_PORT);
	build(&frame[1], f->ipv6, 80);
	build(&frame[2], f->ipv6, BAD_PORT);
	build(&frame[3], f->ipv6, 2003);
	for (size_t i = 0; i < FRAMES;) {
		const struct frame *next = &frame[i % 4];

		if (dataplane_memory_put(bench, FA0, next->bytes, next->len) == 0)
			i++;
		take_out(f);
	}
	atomic_store(&f->done, true);
	return NULL;
}

/* Entry i of the list as it looks in a round: each says the same in other words than the last. */
static void
add_entry(uint32_t seq, int i, int round)
{
	const char *any = acl_kind(list) == ACL_IPV6 ? "ipv6" : "ip";
	char line[100];

	if (i == 0)
		snprintf(line, sizeof(line), "deny tcp any any range %d %d", BAD_PORT,
			BAD_PORT + round % 7);
	else if (i == ENTRIES - 1)
		snprintf(line, sizeof(line), "permit %s any any %s", any,
			round % 2 == 0 ? "" : "dscp default");
	else
		snprintf(line, sizeof(line), "%s tcp any any eq %d",
			(i + round) % 2 == 0 ? "permit" : "deny", 2000 + i + round % 2 * 20);
	line_add(list, seq, line);
}

static void
check_that_it_denies(bool ipv6)
{
	struct acl_key key = { .proto = 6, .dport = BAD_PORT, .has = ACL_HAS_PORTS };

	key.has |= ipv6 ? ACL_IS_IPV6 : 0;
	assert_int_equal(acl_classify_reference(list, NULL, &key, 0).action, ACL_DENY);
}

static void
publish(void)
{
	bench_publish_bound(VLAN1, ACL_IN, list);
	acl_reclaim(list);
}

/* Replaces every entry by its next wording, the new one first, each half an edit of its own. */
static void
edit_all(int round, bool ipv6)
{
	uint32_t from = (uint32_t)(round % 2) * 5, to = 5 - from;

	for (int i = 0; i < ENTRIES; i++) {
		uint32_t seq = (uint32_t)(i + 1) * STEP;
		uint32_t slot = ACL_SLOT_IMPLICIT;

		add_entry(seq + to, i, round);
		check_that_it_denies(ipv6);
		publish();
		for (size_t k = 0; k < acl_length(list); k++)
			if (acl_at(list, k)->seq == seq + from)
				slot = acl_at(list, k)->slot;
		assert_int_not_equal(slot, ACL_SLOT_IMPLICIT);
		assert_true(acl_remove_seq(list, seq + from));
		check_that_it_denies(ipv6);
		bench_publish_bound(VLAN1, ACL_IN, list);
		counted += acl_hits(list, slot).packets;
		acl_reclaim(list);
	}
}

static uint64_t
received(void)
{
	struct dp_if_stats s;

	dataplane_if_stats(bench, FA0, &s);
	return s.rx_packets;
}

static void
flood_while_editing(enum acl_kind kind)
{
	const struct timespec nap = { .tv_nsec = 1000000 };
	struct flood flood = { .ipv6 = kind == ACL_IPV6 };
	pthread_t thread;

	list = acl_create("Inside", kind, 1);
	assert_non_null(list);
	counted = 0;
	for (int i = 0; i < ENTRIES; i++)
		add_entry((uint32_t)(i + 1) * STEP, i, 13);
	publish();
	assert_int_equal(dataplane_start(bench), 0);
	assert_int_equal(pthread_create(&thread, NULL, pour, &flood), 0);
	for (int round = 0; round < ROUNDS || !atomic_load(&flood.done); round++)
		edit_all(round, flood.ipv6);
	pthread_join(thread, NULL);
	for (int i = 0; i < 60000 && received() < FRAMES; i++)
		nanosleep(&nap, NULL);
	/* After this returns the worker has nothing in its hands. */
	bench_publish_bound(VLAN1, ACL_IN, NULL);
	take_out(&flood);
	assert_int_equal(received(), FRAMES);
	assert_int_equal(flood.bad, 0);
	assert_true(flood.good > 0);
	assert_int_equal(flood.good + bench_drops(VLAN1, DP_DROP_acl_denied), FRAMES);
	for (size_t i = 0; i < acl_length(list); i++)
		counted += acl_hits(list, acl_at(list, i)->slot).packets;
	counted += acl_hits(list, ACL_SLOT_IMPLICIT).packets;
	assert_int_equal(counted, FRAMES);
	acl_destroy(list);
}

static void
test_ipv4(void **state)
{
	(void)state;
	flood_while_editing(ACL_EXTENDED);
}

static void
test_ipv6(void **state)
{
	(void)state;
	flood_while_editing(ACL_IPV6);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, bench_set_up, bench_tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_ipv4),
		TEST(test_ipv6),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
