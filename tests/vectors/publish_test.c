/*
 * publish_test.c - the worker as a thread: snapshots published while frames flow, requests between
 * bursts, sleep and wake-up.  Made for the thread sanitizer, and a real test without it.
 */
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "tests/lib/acl_lines.h"
#include "tests/lib/captures.h"
#include "tests/vectors/bench.h"

enum { FRAMES = 20000, EDITS = 2000 };

static struct frame frame;

static struct acl *
list_of(const char *line, uint32_t id)
{
	struct acl *acl = acl_create("Inside", ACL_EXTENDED, id);

	assert_non_null(acl);
	line_add(acl, 0, line);
	return acl;
}

struct feeder {
	struct dataplane *dp;
	atomic_bool done;
};

static void *
feed(void *arg)
{
	struct feeder *f = arg;
	uint8_t out[2000];

	for (size_t i = 0; i < FRAMES;) {
		if (dataplane_memory_put(f->dp, FA0, frame.bytes, frame.len) == 0)
			i++;
		while (dataplane_memory_take(f->dp, WAN, out, sizeof(out)) > 0)
			;
	}
	atomic_store(&f->done, true);
	return NULL;
}

static void
swallow(void *arg, const struct dp_log_event *ev)
{
	(void)ev;
	++*(size_t *)arg;
}

static struct dp_if_stats
stats_of(struct dataplane *dp, uint32_t ifindex)
{
	struct dp_if_stats s;

	dataplane_if_stats(dp, ifindex, &s);
	return s;
}

/* Waits until the dataplane has taken in `n` frames; only a hang makes it fail. */
static void
wait_received(struct dataplane *dp, uint32_t ifindex, uint64_t n)
{
	const struct timespec nap = { .tv_nsec = 1000000 };

	for (int i = 0; i < 60000 && stats_of(dp, ifindex).rx_packets < n; i++)
		nanosleep(&nap, NULL);
	assert_int_equal(stats_of(dp, ifindex).rx_packets, n);
}

/*
 * Two lists that differ on every packet, swapped under load.  Each packet meets one of them whole:
 * it is counted once, and what was permitted and what was denied add up.
 */
static void
test_publish_under_load(void **state)
{
	struct frame_spec s = { .from = 1, .to = 9, .proto = 6, .dport = 80, .payload = 6 };
	struct acl *acl[2] = { list_of("deny tcp any any log", 1),
		list_of("permit ip any any", 2) };
	struct feeder feeder = { .dp = bench };
	struct dp_mac_entry *macs;
	uint64_t denied, permitted;
	size_t events = 0;
	pthread_t thread;

	(void)state;
	frame_build(&frame, &s);
	bench_publish_bound(VLAN1, ACL_IN, acl[0]);
	assert_int_equal(dataplane_start(bench), 0);
	assert_int_equal(pthread_create(&thread, NULL, feed, &feeder), 0);
	for (int i = 0; i < EDITS || !atomic_load(&feeder.done); i++) {
		bench_publish_bound(VLAN1, ACL_IN, acl[i % 2]);
		dataplane_drain(bench, SIZE_MAX, swallow, &events);
		if (i % 100 == 0) {
			assert_true(dataplane_mac_entries(bench, &macs) >= 0);
			free(macs);
			dataplane_mac_clear(bench);
		}
	}
	pthread_join(thread, NULL);
	wait_received(bench, FA0, FRAMES);
	/* After this returns the worker has nothing in its hands. */
	bench_publish_bound(VLAN1, ACL_IN, NULL);
	dataplane_drain(bench, SIZE_MAX, swallow, &events);
	denied = acl_hits(acl[0], acl_at(acl[0], 0)->slot).packets;
	permitted = acl_hits(acl[1], acl_at(acl[1], 0)->slot).packets;
	assert_int_equal(denied + permitted, FRAMES);
	assert_int_equal(stats_of(bench, VLAN1).drops[DP_DROP_acl_denied], denied);
	assert_int_equal(events + dataplane_log_missed(bench), denied);
	acl_destroy(acl[0]);
	acl_destroy(acl[1]);
}

/* A worker that sleeps is not waited for, and wakes for the next frame. */
static void
test_publish_to_a_sleeper(void **state)
{
	(void)state;
	frame_other(&frame, 0xff, 1, 0x0806);
	assert_int_equal(dataplane_start(bench), 0);
	for (uint64_t i = 1; i <= 20; i++) {
		for (int k = 0; k < 50; k++)
			dataplane_publish(bench, bench_snapshot());
		assert_int_equal(dataplane_memory_put(bench, FA0, frame.bytes, frame.len), 0);
		wait_received(bench, FA0, i);
	}
}

/* Frames received after publish() returned obey what was published. */
static void
test_publish_is_in_force(void **state)
{
	struct acl *acl = list_of("deny tcp any any", 1);
	struct frame_spec s = { .from = 1, .to = 9, .proto = 6, .payload = 6 };
	uint64_t n = 0, denied = 0;

	(void)state;
	frame_build(&frame, &s);
	assert_int_equal(dataplane_start(bench), 0);
	for (int i = 0; i < 200; i++) {
		bool bound = i % 2 == 0;

		bench_publish_bound(VLAN1, ACL_IN, bound ? acl : NULL);
		for (int k = 0; k < 3; k++)
			assert_int_equal(
				dataplane_memory_put(bench, FA0, frame.bytes, frame.len), 0);
		wait_received(bench, FA0, n += 3);
		denied += bound ? 3 : 0;
	}
	bench_publish_bound(VLAN1, ACL_IN, NULL);
	assert_int_equal(stats_of(bench, VLAN1).drops[DP_DROP_acl_denied], denied);
	acl_destroy(acl);
}

/* Captures played by the thread: the eventfd tells of the end, and by then all is counted. */
static void
test_end_of_capture(void **state)
{
	struct dataplane *dp = dataplane_create(NULL);
	const char *in = scratch_path("in"), *out = scratch_path("out");
	FILE *f = pcap_begin(in, MAGIC_MICRO, 1);
	struct pollfd p = { .fd = dataplane_event_fd(dp), .events = POLLIN };
	static struct pcap_view view;
	char arg[600], err[DP_ERR_MAX];

	(void)state;
	frame_other(&frame, 0xff, 1, 0x0806);
	for (int i = 0; i < 250; i++)
		pcap_record(f, 1, 1, frame.bytes, frame.len, frame.len);
	fclose(f);
	assert_int_equal(dataplane_add_port(dp, FA0, "file", in, err), 0);
	snprintf(arg, sizeof(arg), ",%s", out);
	assert_int_equal(dataplane_add_port(dp, WAN, "file", arg, err), 0);
	assert_int_equal(dataplane_start(dp), 0);
	assert_true(dataplane_add_port(dp, FA1, "memory", "", err) < 0); /* too late */
	assert_false(dataplane_at_eof(dp));
	dataplane_publish(dp, bench_snapshot());
	assert_int_equal(poll(&p, 1, 60000), 1);
	assert_true(dataplane_at_eof(dp));
	assert_int_equal(stats_of(dp, FA0).rx_packets, 250);
	assert_int_equal(stats_of(dp, WAN).tx_packets, 250);
	assert_true(pcap_read(out, &view));
	assert_int_equal(view.n, 250);
	dataplane_destroy(dp);
	scratch_remove();
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, bench_set_up, bench_tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_publish_under_load),
		TEST(test_publish_to_a_sleeper),
		TEST(test_publish_is_in_force),
		cmocka_unit_test(test_end_of_capture),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
