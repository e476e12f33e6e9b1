/*
 * offload_test.c - GSO frames and partial checksums through the pipeline: counted as the packets
 * they stand for, and written as a wire would carry them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "dataplane/worker.h"
#include "tests/lib/acl_lines.h"
#include "tests/vectors/bench.h"

enum { PAYLOAD = 14480 + 100, SEGMENT = 1448, SEGMENTS = 11, HEADERS = 54 };
enum { WIRE_BYTES = PAYLOAD + SEGMENTS * HEADERS };

static struct frame frame;
static struct acl *list;

static int
set_up(void **state)
{
	list = acl_create("Inside", ACL_EXTENDED, 77);
	return list == NULL ? -1 : bench_set_up(state);
}

static int
tear_down(void **state)
{
	int ret = bench_tear_down(state);

	acl_destroy(list);
	return ret;
}

static void
send_unfinished(uint8_t proto, size_t payload, uint8_t gso, uint16_t gso_size)
{
	struct frame_spec s = { .from = 1,
		.to = 9,
		.proto = proto,
		.src = 0x0a000001,
		.dst = 0x0a000002,
		.sport = 1034,
		.dport = 80,
		.tcp_flags = 0x18,
		.payload = payload };
	struct packet_offload o = { .partial_checksum = true,
		.gso = gso,
		.gso_size = gso_size,
		.csum_start = 34,
		.csum_offset = proto == 6 ? 16 : 6 };

	frame_build(&frame, &s);
	frame_make_partial(&frame);
	assert_int_equal(port_memory_put(bench->f.port[FA0], frame.bytes, frame.len, &o), 0);
	assert_int_equal(dataplane_run_once(bench), 1);
}

static void
test_partial_checksum(void **state)
{
	(void)state;
	send_unfinished(6, 100, GSO_NONE, 0);
	for (uint32_t i = FA1; i <= WAN; i++) { /* flooded: complete wherever it leaves */
		const struct frame *got;

		if (i == FA3)
			continue;
		got = bench_take(i);
		assert_int_equal(got->len, frame.len);
		assert_true(frame_sums_hold(got->bytes, got->len));
	}
}

static void
counted(void *arg, const struct dp_log_event *ev)
{
	*(uint64_t *)arg += ev->packets;
}

static void
test_gso_counts_as_its_packets(void **state)
{
	struct dp_if_stats s;
	struct acl_hits h;
	uint64_t logged = 0;

	(void)state;
	line_add(list, 0, "permit tcp any any log");
	bench_publish_bound(VLAN1, ACL_IN, list);
	send_unfinished(6, PAYLOAD, GSO_TCP4, SEGMENT);
	dataplane_if_stats(bench, FA0, &s);
	assert_int_equal(s.rx_packets, SEGMENTS);
	assert_int_equal(s.rx_bytes, WIRE_BYTES);
	h = acl_hits(list, acl_at(list, 0)->slot);
	assert_int_equal(h.packets, SEGMENTS);
	assert_int_equal(h.bytes, WIRE_BYTES);
	dataplane_drain(bench, 10, counted, &logged);
	assert_int_equal(logged, SEGMENTS);
	dataplane_if_stats(bench, WAN, &s);
	assert_int_equal(s.tx_packets, SEGMENTS);
	assert_int_equal(s.tx_bytes, WIRE_BYTES);
}

static void
test_denied_gso(void **state)
{
	(void)state;
	line_add(list, 0, "deny tcp any any eq 80");
	bench_publish_bound(VLAN1, ACL_IN, list);
	send_unfinished(6, PAYLOAD, GSO_TCP4, SEGMENT);
	assert_int_equal(bench_drops(VLAN1, DP_DROP_acl_denied), SEGMENTS);
	assert_int_equal(acl_hits(list, acl_at(list, 0)->slot).packets, SEGMENTS);
}

/* Several hundred segments of one frame: more than a burst, in order, every sum right. */
static void
test_segments_on_the_wire(void **state)
{
	size_t at = 0;

	(void)state;
	send_unfinished(6, 60000, GSO_TCP4, 100);
	while (at < 60000) {
		const struct frame *got = bench_take(WAN);

		assert_int_equal(got->len, HEADERS + 100);
		assert_true(frame_sums_hold(got->bytes, got->len));
		assert_memory_equal(
			got->bytes + HEADERS, frame.bytes + HEADERS + at, got->len - HEADERS);
		at += got->len - HEADERS;
	}
	assert_int_equal(bench_all_drops(), 0);
}

static void
test_udp_gso(void **state)
{
	(void)state;
	send_unfinished(17, 2500, GSO_UDP, 1000);
	for (size_t want = 0; want < 3; want++) {
		const struct frame *got = bench_take(WAN);

		assert_int_equal(got->len, 42 + (want < 2 ? 1000 : 500));
		assert_true(frame_sums_hold(got->bytes, got->len));
	}
}

/* The port's MTU holds for what is not divisible, and divides the rest. */
static void
test_mtu(void **state)
{
	struct frame_spec s = { .from = 1, .to = 9, .proto = 17, .payload = 1472 };

	(void)state;
	bench->f.port[WAN]->mtu = 1500;
	frame_build(&frame, &s);
	bench_send(FA0, &frame);
	assert_string_equal(bench_seen(), "FA1 FA2 WAN");
	s.payload = 1473;
	frame_build(&frame, &s);
	bench_send(FA0, &frame);
	assert_string_equal(bench_seen(), "FA1 FA2");
	assert_int_equal(bench_drops(WAN, DP_DROP_too_big), 1);
	bench->f.port[WAN]->mtu = 576;
	send_unfinished(6, 1448, GSO_TCP4, 1448);
	for (size_t left = 1448; left > 0;) {
		const struct frame *got = bench_take(WAN);

		assert_true(got->len <= 576 + 14);
		assert_true(frame_sums_hold(got->bytes, got->len));
		left -= got->len - HEADERS;
	}
	send_unfinished(17, 2500, GSO_UDP, 1000);
	assert_int_equal(bench_drops(WAN, DP_DROP_too_big), 1 + 3);
}

static void
test_full_queue(void **state)
{
	struct dp_if_stats s;
	uint64_t full;

	(void)state;
	for (int i = 0; i < 20; i++) /* about a megabyte is what a memory port holds */
		send_unfinished(6, 60000, GSO_TCP4, SEGMENT);
	full = bench_drops(WAN, DP_DROP_tx_full);
	dataplane_if_stats(bench, WAN, &s);
	assert_true(full > 0);
	assert_int_equal(s.tx_packets + full, 20 * 42);
}

/*
 * Damaged frames with damaged metadata: whatever they are, each packet received is sent or dropped,
 * and (in a sanitizer build) no byte outside is touched.
 */
static void
test_damaged_frames(void **state)
{
	unsigned seed = (unsigned)time(NULL);
	uint64_t sent = 0, received = 0, dropped;
	struct dp_if_stats s;

	(void)state;
	print_message("seed %u\n", seed);
	srand(seed);
	frame_other(&frame, 1, 9, 0x0806);
	bench_send(WAN, &frame); /* station 9 is known: nothing is flooded */
	bench_seen();
	for (int i = 0; i < 30000; i++) {
		static const uint8_t protos[] = { 6, 17, 1, 132 };
		struct frame_spec spec = { .from = 1,
			.to = 9,
			.proto = protos[rand() % 4],
			.ipv6 = rand() % 4 == 0,
			.options = (size_t)(rand() % 3) * 4,
			.payload = (size_t)(rand() % 3000) };
		struct packet_offload o = { .partial_checksum = rand() % 2,
			.gso = (uint8_t)(rand() % 5),
			.gso_size = (uint16_t)(rand() % 1500),
			.csum_start = (uint16_t)(rand() % 8 == 0 ? rand() : 34),
			.csum_offset = (uint16_t)(rand() % 8 == 0 ? rand() : 16) };

		frame_build(&frame, &spec);
		if (rand() % 8 == 0)
			frame_tag(&frame, 0x8100, (uint16_t)(rand() % 2));
		if (rand() % 8 == 0)
			frame_snap(&frame);
		for (int flips = rand() % 6; flips > 0; flips--)
			frame.bytes[12 + (size_t)rand() % (rand() % 2 ? 60 : frame.len - 12)] ^=
				(uint8_t)(1 << rand() % 8);
		if (rand() % 4 == 0)
			frame.len = (size_t)rand() % (frame.len + 1);
		assert_int_equal(
			port_memory_put(bench->f.port[FA0], frame.bytes, frame.len, &o), 0);
		assert_int_equal(dataplane_run_once(bench), 1);
		while (dataplane_memory_take(bench, WAN, frame.bytes, sizeof(frame.bytes)) > 0)
			sent++;
		assert_string_equal(bench_seen(), "");
	}
	dataplane_if_stats(bench, FA0, &s);
	received = s.rx_packets;
	dropped = bench_all_drops();
	dataplane_if_stats(bench, WAN, &s);
	assert_int_equal(s.tx_packets, sent);
	assert_int_equal(received, sent + dropped);
	assert_true(sent > 10000 && dropped > 1000);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_partial_checksum),
		TEST(test_gso_counts_as_its_packets),
		TEST(test_denied_gso),
		TEST(test_segments_on_the_wire),
		TEST(test_udp_gso),
		TEST(test_mtu),
		TEST(test_full_queue),
		TEST(test_damaged_frames),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
