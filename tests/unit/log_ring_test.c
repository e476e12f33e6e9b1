/*
 * log_ring_test.c - the ring of log events: order, overflow, its eventfd, and two threads at once.
 */
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "dataplane/log_ring.h"

static struct log_ring ring;

static int
set_up(void **state)
{
	(void)state;
	return log_ring_init(&ring);
}

static int
tear_down(void **state)
{
	(void)state;
	log_ring_fini(&ring);
	return 0;
}

static bool
readable(void)
{
	struct pollfd p = { .fd = ring.fd, .events = POLLIN };

	return poll(&p, 1, 0) == 1;
}

static bool
push(uint32_t n)
{
	struct dp_log_event ev = { .slot = n };

	return log_ring_push(&ring, &ev);
}

struct expectation {
	uint32_t next;
	size_t seen;
};

static void
take(void *arg, const struct dp_log_event *ev)
{
	struct expectation *e = arg;

	assert_int_equal(ev->slot, e->next);
	e->next++;
	e->seen++;
}

static void
test_order_and_wakeup(void **state)
{
	struct expectation e = { 0 };

	(void)state;
	assert_true(log_ring_empty(&ring));
	assert_false(readable());
	for (uint32_t i = 0; i < 5; i++)
		assert_true(push(i));
	assert_false(readable()); /* until the producer says so, once a burst */
	log_ring_signal(&ring);
	assert_true(readable());
	assert_int_equal(log_ring_drain(&ring, 3, take, &e), 3);
	assert_true(readable()); /* two are left */
	assert_int_equal(log_ring_drain(&ring, 3, take, &e), 2);
	assert_false(readable());
	assert_true(log_ring_empty(&ring));
	log_ring_signal(&ring); /* with nothing in it: the end of a capture */
	assert_true(readable());
	assert_int_equal(log_ring_drain(&ring, 3, take, &e), 0);
	assert_false(readable());
}

static void
test_overflow(void **state)
{
	struct expectation e = { 0 };

	(void)state;
	for (uint32_t i = 0; i < LOG_RING_SIZE; i++)
		assert_true(push(i));
	assert_false(push(LOG_RING_SIZE));
	assert_false(push(LOG_RING_SIZE));
	assert_int_equal(ring.missed, 2);
	assert_int_equal(log_ring_drain(&ring, 1, take, &e), 1);
	assert_true(push(LOG_RING_SIZE)); /* the lost ones stay lost, the order holds */
	assert_int_equal(log_ring_drain(&ring, SIZE_MAX, take, &e), LOG_RING_SIZE);
	assert_int_equal(e.seen, LOG_RING_SIZE + 1);
}

enum { STREAM = 500000 };

static void *
produce(void *arg)
{
	uint32_t i = 0;

	(void)arg;
	while (i < STREAM) {
		if (push(i))
			i++;
		log_ring_signal(&ring);
	}
	return NULL;
}

/* The consumer sleeps on the eventfd alone: a wake-up lost is a test that never ends. */
static void
test_two_threads(void **state)
{
	struct expectation e = { 0 };
	pthread_t producer;

	(void)state;
	assert_int_equal(pthread_create(&producer, NULL, produce, NULL), 0);
	while (e.seen < STREAM) {
		struct pollfd p = { .fd = ring.fd, .events = POLLIN };

		assert_int_equal(poll(&p, 1, 60000), 1);
		log_ring_drain(&ring, 1000, take, &e);
	}
	pthread_join(producer, NULL);
	assert_int_equal(e.seen, STREAM);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_order_and_wakeup, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_overflow, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_two_threads, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
