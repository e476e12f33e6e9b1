/*
 * acl_counters_test.c - hits: who counts where, what clearing, editing and reclaiming do to them,
 * and reading while threads write.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>
#include <pthread.h>

#include "tests/lib/acl_lines.h"

enum { THREADS = 2 };

static struct acl *acl;

static int
setup(void **state)
{
	(void)state;
	acl = acl_create("Inside", ACL_EXTENDED, 1);
	line_add(acl, 0, "permit tcp any any");
	line_add(acl, 0, "permit udp any any");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	acl_destroy(acl);
	return 0;
}

static void
assert_hits(struct acl_hits hits, uint64_t packets, uint64_t bytes)
{
	assert_int_equal(hits.packets, packets);
	assert_int_equal(hits.bytes, bytes);
}

static void
places_and_threads_add_up(void **state)
{
	struct acl_counters *in = acl_counters_on(acl, 1, ACL_IN, THREADS);
	struct acl_counters *out = acl_counters_on(acl, 1, ACL_OUT, THREADS);
	uint32_t slot = acl_at(acl, 0)->slot;

	(void)state;
	assert_int_not_equal(slot, ACL_SLOT_IMPLICIT);
	assert_int_not_equal(slot, acl_at(acl, 1)->slot);
	assert_ptr_not_equal(in, out);
	assert_ptr_equal(acl_counters_on(acl, 1, ACL_IN, THREADS), in);
	acl_counters_hit(in, 0, slot, 1, 60, 1);
	acl_counters_hit(in, 1, slot, 44, 64000, 1);
	acl_counters_hit(out, 0, slot, 2, 200, 1);
	acl_counters_hit(out, 1, ACL_SLOT_IMPLICIT, 5, 500, 1);
	assert_hits(acl_hits(acl, slot), 47, 64260);
	assert_hits(acl_hits_on(acl, 1, ACL_IN, slot), 45, 64060);
	assert_hits(acl_hits_on(acl, 1, ACL_OUT, slot), 2, 200);
	assert_hits(acl_hits_on(acl, 2, ACL_OUT, slot), 0, 0);
	assert_hits(acl_hits(acl, ACL_SLOT_IMPLICIT), 5, 500);
	assert_hits(acl_hits(acl, acl_at(acl, 1)->slot), 0, 0);
}

static void
clearing_is_for_readers(void **state)
{
	struct acl_counters *c = acl_counters_on(acl, 3, ACL_IN, THREADS);
	uint32_t slot = acl_at(acl, 0)->slot;

	(void)state;
	acl_counters_hit(c, 0, slot, 10, 1000, 1);
	acl_counters_hit(c, 1, ACL_SLOT_IMPLICIT, 3, 300, 1);
	acl_clear_hits(acl);
	assert_hits(acl_hits(acl, slot), 0, 0);
	assert_hits(acl_hits(acl, ACL_SLOT_IMPLICIT), 0, 0);
	acl_counters_hit(c, 1, slot, 1, 60, 1);
	assert_hits(acl_hits(acl, slot), 1, 60);
	assert_hits(acl_hits_on(acl, 3, ACL_IN, slot), 1, 60);
	acl_clear_hits(acl);
	assert_hits(acl_hits(acl, slot), 0, 0);
}

static void
assert_times(struct acl_hits hits, uint64_t first_ms, uint64_t last_ms)
{
	assert_int_equal(hits.first_ms, first_ms);
	assert_int_equal(hits.last_ms, last_ms);
}

static void
first_and_last_hit(void **state)
{
	struct acl_counters *in = acl_counters_on(acl, 3, ACL_IN, THREADS);
	struct acl_counters *out = acl_counters_on(acl, 3, ACL_OUT, THREADS);
	uint32_t slot = acl_at(acl, 0)->slot;

	(void)state;
	assert_times(acl_hits(acl, slot), 0, 0);
	acl_counters_hit(in, 1, slot, 1, 60, 2000);
	acl_counters_hit(in, 0, slot, 1, 60, 3000);
	acl_counters_hit(in, 1, slot, 1, 60, 2500);
	acl_counters_hit(out, 0, slot, 1, 60, 9000);
	assert_times(acl_hits_on(acl, 3, ACL_IN, slot), 2000, 3000);
	assert_times(acl_hits_on(acl, 3, ACL_OUT, slot), 9000, 9000);
	assert_times(acl_hits(acl, slot), 2000, 9000);
	assert_times(acl_hits(acl, ACL_SLOT_IMPLICIT), 0, 0);
	/* After a clear: those since then. */
	acl_clear_hits(acl);
	assert_times(acl_hits(acl, slot), 0, 0);
	acl_counters_hit(in, 0, slot, 1, 60, 9500);
	assert_times(acl_hits_on(acl, 3, ACL_IN, slot), 9500, 9500);
	assert_times(acl_hits_on(acl, 3, ACL_OUT, slot), 0, 0);
	acl_counters_hit(in, 1, slot, 1, 60, 9600);
	assert_times(acl_hits(acl, slot), 9500, 9600);
	/* A removed entry that comes back has no past. */
	acl_remove_seq(acl, acl_at(acl, 0)->seq);
	acl_reclaim(acl);
	line_add(acl, 5, "permit tcp any any eq 9");
	assert_int_equal(acl_at(acl, 0)->slot, slot);
	assert_times(acl_hits(acl, slot), 0, 0);
}

static void
edits_of_neighbours_change_nothing(void **state)
{
	struct acl_counters *c = acl_counters_on(acl, 3, ACL_IN, THREADS);
	struct parse_error err;
	uint32_t slot = acl_at(acl, 1)->slot;

	(void)state;
	acl_counters_hit(c, 0, slot, 7, 700, 1);
	line_add(acl, 5, "deny tcp any any eq smtp");
	line_add(acl, 0, "remark end");
	assert_true(acl_remove_seq(acl, 10));
	assert_int_equal(acl_resequence(acl, 100, 100, &err), 0);
	acl_reclaim(acl);
	assert_int_equal(acl_at(acl, 1)->slot, slot);
	assert_int_equal(acl_at(acl, 1)->seq, 200);
	assert_hits(acl_hits(acl, slot), 7, 700);
}

static void
a_removed_entry_comes_back_at_zero(void **state)
{
	struct acl_counters *c = acl_counters_on(acl, 3, ACL_IN, THREADS);
	uint32_t old = acl_at(acl, 1)->slot, again;

	(void)state;
	acl_counters_hit(c, 0, old, 7, 700, 1);
	acl_clear_hits(acl);
	acl_counters_hit(c, 0, old, 5, 500, 1);
	assert_true(acl_remove_seq(acl, 20));
	/* Not reclaimed yet: the dataplane may still count in the old slot, so another serves. */
	line_add(acl, 20, "permit udp any any");
	again = acl_at(acl, 1)->slot;
	assert_int_not_equal(again, old);
	acl_counters_hit(c, 0, old, 1, 100, 1);
	assert_hits(acl_hits(acl, again), 0, 0);
	acl_reclaim(acl);
	line_add(acl, 30, "permit gre any any");
	assert_int_equal(acl_at(acl, 2)->slot, old);
	assert_hits(acl_hits(acl, old), 0, 0);
	acl_counters_hit(c, 1, old, 2, 20, 1);
	assert_hits(acl_hits(acl, old), 2, 20);
}

/* A place keeps counting while entries are added by the thousand; made late, it is complete. */
static void
growing_moves_nothing(void **state)
{
	struct acl_counters *early = acl_counters_on(acl, 1, ACL_IN, THREADS), *late;
	uint32_t first = acl_at(acl, 0)->slot;
	struct parse_error err;

	(void)state;
	acl_counters_hit(early, 0, first, 1, 10, 1);
	for (uint32_t i = 0; i < 5000; i++) {
		struct ace ace = line_ace("permit tcp host 0.0.0.0 any", ACL_EXTENDED);

		ace.src.addr = i;
		assert_int_equal(acl_add(acl, 0, &ace, &err), 1);
		acl_counters_hit(early, 1, acl_at(acl, 2 + i)->slot, i, 10, 1);
	}
	late = acl_counters_on(acl, 2, ACL_IN, THREADS);
	for (uint32_t i = 0; i < 5000; i++) {
		uint32_t slot = acl_at(acl, 2 + i)->slot;

		acl_counters_hit(late, 0, slot, 1, 1, 1);
		assert_hits(acl_hits(acl, slot), i + 1, 11);
		assert_hits(acl_hits_on(acl, 1, ACL_IN, slot), i, 10);
	}
	assert_hits(acl_hits(acl, first), 1, 10);
}

enum { WRITES = 200000 };

struct writer {
	struct acl_counters *counters;
	unsigned thread;
	uint32_t slot;
};

static void *
write_hits(void *arg)
{
	const struct writer *w = arg;

	for (int i = 0; i < WRITES; i++)
		acl_counters_hit(w->counters, w->thread, w->slot, 1, 100, 1);
	return NULL;
}

static void
reading_while_threads_write(void **state)
{
	struct acl_counters *c = acl_counters_on(acl, 1, ACL_IN, THREADS);
	uint32_t slot = acl_at(acl, 0)->slot;
	struct writer w[THREADS];
	pthread_t thread[THREADS];
	uint64_t last = 0;

	(void)state;
	for (unsigned i = 0; i < THREADS; i++) {
		w[i] = (struct writer){ .counters = c, .thread = i, .slot = slot };
		assert_int_equal(pthread_create(&thread[i], NULL, write_hits, &w[i]), 0);
	}
	for (uint32_t i = 0; i < 2000; i++) {
		struct acl_hits hits = acl_hits(acl, slot);
		char line[64];

		assert_true(hits.packets >= last);
		assert_true(hits.packets <= THREADS * WRITES);
		last = hits.packets;
		/* The list grows under the writers' hands. */
		snprintf(line, sizeof(line), "permit udp any any eq %u", 20000 + i);
		line_add(acl, 0, line);
	}
	for (unsigned i = 0; i < THREADS; i++)
		pthread_join(thread[i], NULL);
	assert_hits(acl_hits(acl, slot), THREADS * WRITES, THREADS * WRITES * 100ULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(places_and_threads_add_up, setup, teardown),
		cmocka_unit_test_setup_teardown(clearing_is_for_readers, setup, teardown),
		cmocka_unit_test_setup_teardown(first_and_last_hit, setup, teardown),
		cmocka_unit_test_setup_teardown(
			edits_of_neighbours_change_nothing, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_removed_entry_comes_back_at_zero, setup, teardown),
		cmocka_unit_test_setup_teardown(growing_moves_nothing, setup, teardown),
		cmocka_unit_test_setup_teardown(reading_while_threads_write, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
