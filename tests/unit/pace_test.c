/*
 * pace_test.c - how fast logins may begin.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "cli/vty/pace.h"

enum { STEP_MS = 1000 / PACE_PER_SECOND };

static void
burst(struct pace *p, int64_t now)
{
	for (int i = 0; i < PACE_BURST; i++) {
		assert_int_equal(pace_wait_ms(p, now), 0);
		pace_take(p, now);
	}
}

static void
test_burst_then_pace(void **state)
{
	struct pace p = { 0 };
	int64_t now = 5000;

	(void)state;
	burst(&p, now);
	for (int i = 0; i < 100; i++) {
		assert_int_equal(pace_wait_ms(&p, now), STEP_MS);
		assert_int_equal(pace_wait_ms(&p, now + STEP_MS - 1), 1);
		now += STEP_MS;
		assert_int_equal(pace_wait_ms(&p, now), 0);
		pace_take(&p, now);
	}
}

static void
test_rest_earns_a_burst(void **state)
{
	struct pace p = { 0 };

	(void)state;
	burst(&p, 5000);
	assert_true(pace_wait_ms(&p, 5000) > 0);
	burst(&p, 5000 + 1000 * PACE_BURST / PACE_PER_SECOND);
	/* However long the rest was, no more than that. */
	assert_true(pace_wait_ms(&p, 5000 + 1000 * PACE_BURST / PACE_PER_SECOND) > 0);
	burst(&p, 1000000);
	assert_int_equal(pace_wait_ms(&p, 1000000), STEP_MS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_burst_then_pace),
		cmocka_unit_test(test_rest_earns_a_burst),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
