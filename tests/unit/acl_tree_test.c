/*
 * acl_tree_test.c - trees that are deep, wide, or do not split: each way to search them gives the
 * readable matcher's answers, and what they hold stays within bounds.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "acl/acl_internal.h"
#include "bench/classify/lists.h"
#include "tests/lib/acl_lines.h"
#include "tests/lib/dice.h"

enum {
	PACKETS = 1500,
	LONG = 2500,
};

/* ---- answers ---- */

static void
compare_each_way(const struct acl *acl, struct acl_program *p, const struct acl_key *key, size_t n)
{
	static struct acl_verdict want[PACKETS], got[PACKETS];

	for (size_t i = 0; i < n; i++)
		want[i] = acl_classify_reference(acl, NULL, &key[i], 1);
	for (size_t way = 0; acl_search_available(way) != NULL; way++) {
		p->search = acl_search_available(way);
		acl_classify(p, key, NULL, n, 1, got);
		for (size_t i = 0; i < n; i++)
			if (got[i].slot != want[i].slot || got[i].action != want[i].action ||
				got[i].implicit != want[i].implicit)
				fail_msg("%s: %08x:%u -> %08x:%u proto %u has %x: slot %u, not %u",
					p->search->name, key[i].src, key[i].sport, key[i].dst,
					key[i].dport, key[i].proto, key[i].has, got[i].slot,
					want[i].slot);
	}
}

/* Some of the packets become later fragments, some are cut short. */
static void
break_some(struct dice *d, struct acl_key *key, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (dice_one_in(d, 4)) {
			key[i].has = dice_one_in(d, 2) ? ACL_NONINITIAL : 0;
			key[i].sport = key[i].dport = 0;
			key[i].tcp_flags = key[i].icmp_type = 0;
		}
}

static void
compare_generated(uint64_t seed, enum bench_character c, unsigned odd_percent)
{
	static struct acl_key key[PACKETS];
	struct bench_list l = bench_list_make(c, LONG, odd_percent, seed);
	struct dice d = { .state = seed };
	struct acl_program *p;

	assert_int_equal(acl_compile(l.acl, NULL, &p), 0);
	for (int t = 0; t < BENCH_TRAFFICS; t++) {
		bench_traffic_make((enum bench_traffic)t, &l, p, seed, key, PACKETS);
		break_some(&d, key, PACKETS);
		compare_each_way(l.acl, p, key, PACKETS);
	}
	acl_program_unref(p);
	bench_list_fini(&l);
}

static void
long_lists_decide_as_the_reference(void **state)
{
	struct dice d = dice_from_environment("long_lists_decide_as_the_reference");

	(void)state;
	for (int c = 0; c < BENCH_CHARACTERS; c++) {
		compare_generated(dice_roll(&d) >> 40, (enum bench_character)c, 0);
		compare_generated(dice_roll(&d) >> 40, (enum bench_character)c, 20);
	}
}

/* ---- what does not split ---- */

/* Entries that are only about ports, in ranges that lie across each other. */
static struct acl *
crossing_ranges(struct dice *d)
{
	struct acl *acl = acl_create("crossing", ACL_EXTENDED, 1);
	char line[128];

	while (acl_ace_count(acl) < LONG) {
		uint32_t a = dice_below(d, 30000), b = dice_below(d, 30000);

		snprintf(line, sizeof(line), "%s tcp any range %u %u any range %u %u",
			dice_one_in(d, 2) ? "permit" : "deny", a, a + dice_below(d, 30000), b,
			b + dice_below(d, 30000));
		line_add(acl, 0, line);
	}
	return acl;
}

static void
entries_that_do_not_split(void **state)
{
	struct dice d = dice_from_environment("entries_that_do_not_split");
	struct acl *acl = crossing_ranges(&d);
	static struct acl_key key[PACKETS];
	struct acl_program *p;

	(void)state;
	for (size_t i = 0; i < PACKETS; i++)
		key[i] = (struct acl_key){ .src = (uint32_t)dice_roll(&d),
			.proto = 6,
			.sport = (uint16_t)dice_roll(&d),
			.dport = (uint16_t)dice_roll(&d),
			.has = ACL_HAS_PORTS | ACL_HAS_TCP_FLAGS };
	break_some(&d, key, PACKETS);
	assert_int_equal(acl_compile(acl, NULL, &p), 0);
	compare_each_way(acl, p, key, PACKETS);
	printf("# %zu entries: %zu bytes\n", acl_ace_count(acl),
		acl_tree_bytes(&p->level[0].piece->tree));
	assert_true(acl_tree_bytes(&p->level[0].piece->tree) < 2000000);
	acl_program_unref(p);
	acl_destroy(acl);
}

/* ---- MAC lists ---- */

static void
mac_lists_decide_as_the_reference(void **state)
{
	struct dice d = dice_from_environment("mac_lists_decide_as_the_reference");
	struct acl *acl = acl_create("mac", ACL_MAC, 1);
	struct acl_program *p;

	(void)state;
	for (int i = 0; i < 400; i++) {
		char line[128], mac[MAC_TEXT_MAX];

		mac_text(dice_below(&d, 600), mac);
		snprintf(line, sizeof(line), "%s host %s any", i % 3 == 0 ? "deny" : "permit", mac);
		line_add(acl, 0, line);
	}
	assert_int_equal(acl_compile(acl, NULL, &p), 0);
	for (int i = 0; i < 3000; i++) {
		struct acl_mac_key key = { .src = dice_below(&d, 700),
			.dst = dice_roll(&d) >> 16,
			.ethertype = (uint16_t)(0x600 + dice_below(&d, 9)) };
		struct acl_verdict got, want = acl_classify_mac_reference(acl, NULL, &key);

		for (size_t way = 0; acl_search_available(way) != NULL; way++) {
			p->search = acl_search_available(way);
			acl_classify_mac(p, &key, 1, &got);
			assert_int_equal(got.slot, want.slot);
			assert_int_equal(got.action, want.action);
			assert_int_equal(got.implicit, want.implicit);
		}
	}
	acl_program_unref(p);
	acl_destroy(acl);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(long_lists_decide_as_the_reference),
		cmocka_unit_test(entries_that_do_not_split),
		cmocka_unit_test(mac_lists_decide_as_the_reference),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
