/*
 * mac_table_test.c - learning, moving, ageing, forgetting, and a table that is full.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "dataplane/mac_table.h"

static struct mac_table table;

static int
set_up(void **state)
{
	(void)state;
	return mac_table_init(&table);
}

static int
tear_down(void **state)
{
	(void)state;
	mac_table_fini(&table);
	return 0;
}

static const uint8_t *
station(uint32_t n)
{
	static uint8_t mac[6];

	mac[0] = 2;
	for (int i = 0; i < 4; i++)
		mac[2 + i] = (uint8_t)(n >> 8 * (3 - i));
	return mac;
}

static void
test_learn_and_move(void **state)
{
	(void)state;
	assert_int_equal(mac_table_find(&table, 1, station(1), 0), 0);
	mac_table_learn(&table, 1, station(1), 3, 0);
	assert_int_equal(mac_table_find(&table, 1, station(1), 0), 3);
	assert_int_equal(mac_table_find(&table, 2, station(1), 0), 0); /* another domain */
	assert_int_equal(mac_table_find(&table, 1, station(2), 0), 0);
	mac_table_learn(&table, 2, station(1), 9, 0);
	mac_table_learn(&table, 1, station(1), 4, 0);
	assert_int_equal(mac_table_find(&table, 1, station(1), 0), 4);
	assert_int_equal(mac_table_find(&table, 2, station(1), 0), 9);
}

static void
test_ageing(void **state)
{
	struct mac_view v;
	size_t at = 0;

	(void)state;
	table.age_ms = 300000;
	mac_table_learn(&table, 1, station(1), 3, 1000);
	assert_int_equal(mac_table_find(&table, 1, station(1), 300999), 3);
	assert_int_equal(mac_table_find(&table, 1, station(1), 301000), 0);
	mac_table_learn(&table, 1, station(1), 3, 200000); /* heard again */
	assert_int_equal(mac_table_find(&table, 1, station(1), 499999), 3);
	assert_true(mac_table_next(&table, &at, 250000, &v));
	assert_int_equal(v.age_ms, 50000);
	assert_int_equal(v.ifindex, 3);
	assert_int_equal(v.domain, 1);
	assert_memory_equal(v.mac, station(1), 6);
	assert_false(mac_table_next(&table, &at, 250000, &v));
	at = 0;
	assert_false(mac_table_next(&table, &at, 500000, &v));
	table.age_ms = 0; /* never */
	assert_int_equal(mac_table_find(&table, 1, station(1), UINT64_MAX), 3);
}

static bool
keep_domain_1(void *arg, uint16_t domain, uint32_t ifindex)
{
	(void)arg;
	return domain == 1 && ifindex != 5;
}

static void
test_purge(void **state)
{
	(void)state;
	mac_table_learn(&table, 1, station(1), 3, 0);
	mac_table_learn(&table, 1, station(2), 5, 0);
	mac_table_learn(&table, 2, station(3), 3, 0);
	mac_table_purge(&table, keep_domain_1, NULL);
	assert_int_equal(mac_table_find(&table, 1, station(1), 0), 3);
	assert_int_equal(mac_table_find(&table, 1, station(2), 0), 0);
	assert_int_equal(mac_table_find(&table, 2, station(3), 0), 0);
	mac_table_purge(&table, NULL, NULL);
	assert_int_equal(mac_table_find(&table, 1, station(1), 0), 0);
}

/* Ten times more stations than places: the newest is always there, and what is found is right. */
static void
test_flood_of_addresses(void **state)
{
	enum { STATIONS = 10 * MAC_TABLE_SIZE };
	size_t found = 0;

	(void)state;
	for (uint32_t n = 0; n < STATIONS; n++) {
		mac_table_learn(&table, 1, station(n), 1 + n % 250, n);
		assert_int_equal(mac_table_find(&table, 1, station(n), n), 1 + n % 250);
	}
	for (uint32_t n = 0; n < STATIONS; n++) {
		uint32_t got = mac_table_find(&table, 1, station(n), STATIONS);

		assert_true(got == 0 || got == 1 + n % 250);
		found += got != 0;
	}
	assert_true(found > MAC_TABLE_SIZE / 2 && found <= MAC_TABLE_SIZE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_learn_and_move, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_ageing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_purge, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_flood_of_addresses, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
