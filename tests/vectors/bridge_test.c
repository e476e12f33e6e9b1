/*
 * bridge_test.c - where frames go: VLAN, SVI, bridge group; learning, ageing, flooding; what is
 * refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/vectors/bench.h"

enum { BROADCAST = 0xff, TYPE_ARP = 0x0806 };

static struct frame frame;

/* A datagram between two stations, on a port. */
static void
say(uint32_t ifindex, uint8_t from, uint8_t to)
{
	struct frame_spec s = { .from = from,
		.to = to,
		.proto = 17,
		.src = 0x0a000000u + from,
		.dst = 0x0a000000u + to,
		.payload = 18 };

	frame_build(&frame, &s);
	bench_send(ifindex, &frame);
}

static void
test_learning(void **state)
{
	struct dp_if_stats s;

	(void)state;
	say(FA0, 1, 2); /* unknown: the rest of the VLAN, and through the SVI the WAN */
	assert_string_equal(bench_seen(), "FA1 FA2 WAN");
	say(FA1, 2, 1);
	assert_string_equal(bench_seen(), "FA0");
	say(FA0, 1, 2);
	assert_string_equal(bench_seen(), "FA1");
	say(WAN, 9, 1); /* the group knows station 1 behind the SVI, the VLAN on FA0 */
	assert_string_equal(bench_seen(), "FA0");
	say(FA0, 1, 9);
	assert_string_equal(bench_seen(), "WAN");
	say(FA2, 1, 9); /* station 1 moved */
	assert_string_equal(bench_seen(), "WAN");
	say(WAN, 9, 1);
	assert_string_equal(bench_seen(), "FA2");
	assert_int_equal(bench_all_drops(), 0);

	/* Seven frames in; what crossed the SVI is counted there too. */
	dataplane_if_stats(bench, VLAN1, &s);
	assert_int_equal(s.rx_packets, 3);
	assert_int_equal(s.tx_packets, 2);
	dataplane_if_stats(bench, FA0, &s);
	assert_int_equal(s.rx_packets, 3);
	assert_int_equal(s.rx_bytes, 3 * 60);
	assert_int_equal(s.tx_packets, 2);
	assert_int_equal(s.last_rx_ms, bench_now_ms);
	dataplane_if_stats(bench, WAN, &s);
	assert_int_equal(s.rx_packets, 2);
	assert_int_equal(s.tx_packets, 3);
	assert_int_equal(s.tx_bytes, 3 * 60);
}

static void
test_bytes_are_untouched(void **state)
{
	struct frame sent;

	(void)state;
	say(FA0, 1, 2);
	sent = frame;
	for (uint32_t i = FA1; i <= WAN; i++) {
		const struct frame *got;

		if (i == FA3)
			continue;
		got = bench_take(i);
		assert_int_equal(got->len, sent.len);
		assert_memory_equal(got->bytes, sent.bytes, sent.len);
	}
}

static void
test_broadcast_and_multicast(void **state)
{
	struct dp_if_stats s;

	(void)state;
	frame_other(&frame, BROADCAST, 1, TYPE_ARP);
	bench_send(FA0, &frame);
	assert_string_equal(bench_seen(), "FA1 FA2 WAN");
	bench_send(WAN, &frame); /* station 1 is at the WAN now */
	assert_string_equal(bench_seen(), "FA0 FA1 FA2");
	frame_other(&frame, 1, 2, TYPE_ARP);
	bench_send(FA0, &frame);
	assert_string_equal(bench_seen(), "WAN");
	memcpy(frame.bytes, "\x01\x00\x5e\x00\x00\x05", 6);
	bench_send(FA0, &frame);
	assert_string_equal(bench_seen(), "FA1 FA2 WAN");
	dataplane_if_stats(bench, FA0, &s);
	assert_int_equal(s.rx_broadcasts, 1);
	assert_int_equal(s.rx_multicasts, 1);
	assert_int_equal(s.rx_packets, 3);
}

static void
test_same_port(void **state)
{
	(void)state;
	say(FA0, 1, BROADCAST);
	say(FA0, 2, BROADCAST);
	bench_seen();
	say(FA0, 1, 2);
	assert_string_equal(bench_seen(), "");
	assert_int_equal(bench_drops(FA0, DP_DROP_same_port), 1);
	assert_int_equal(bench_all_drops(), 1);
}

static void
test_ageing(void **state)
{
	(void)state;
	say(FA1, 2, BROADCAST);
	bench_seen();
	bench_now_ms += 299999;
	say(FA0, 1, 2);
	assert_string_equal(bench_seen(), "FA1");
	bench_now_ms += 1;
	say(FA0, 1, 2);
	assert_string_equal(bench_seen(), "FA1 FA2 WAN");
}

static void
test_mac_entries(void **state)
{
	struct dp_mac_entry *e;

	(void)state;
	say(FA0, 1, BROADCAST);
	bench_now_ms += 5000;
	say(WAN, 9, BROADCAST);
	assert_int_equal(dataplane_mac_entries(bench, &e), 4);
	/*
	 * VLAN 1: station 1 on its port, station 9 behind the SVI; the group sees it the other way.
	 */
	assert_int_equal(e[0].vlan, 1);
	assert_int_equal(e[0].mac[5], 1);
	assert_int_equal(e[0].ifindex, FA0);
	assert_int_equal(e[0].age_seconds, 5);
	assert_int_equal(e[1].vlan, 1);
	assert_int_equal(e[1].mac[5], 9);
	assert_int_equal(e[1].ifindex, VLAN1);
	assert_int_equal(e[2].bridge_group, 1);
	assert_int_equal(e[2].vlan, 0);
	assert_int_equal(e[2].ifindex, VLAN1);
	assert_int_equal(e[3].ifindex, WAN);
	assert_int_equal(e[3].age_seconds, 0);
	free(e);
	dataplane_mac_clear(bench);
	assert_int_equal(dataplane_mac_entries(bench, &e), 0);
	free(e);
}

/* A port that goes down takes along what was learned on it; other entries stay. */
static void
test_interface_down(void **state)
{
	struct dp_snapshot *s = bench_snapshot();
	struct dp_if_stats stats;

	(void)state;
	say(FA0, 1, BROADCAST);
	say(FA1, 2, BROADCAST);
	bench_seen();
	s->interface[FA1].up = false;
	dataplane_publish(bench, s);
	say(FA1, 2, 1);
	assert_string_equal(bench_seen(), "");
	assert_int_equal(bench_drops(FA1, DP_DROP_interface_down), 1);
	dataplane_if_stats(bench, FA1, &stats);
	assert_int_equal(stats.rx_packets, 1); /* only the first: down does not receive */
	say(FA2, 3, 2);			       /* the group still knows that it is not at the WAN */
	assert_string_equal(bench_seen(), "FA0");
	assert_int_equal(bench_drops(VLAN1, DP_DROP_same_port), 1);
	dataplane_publish(bench, bench_snapshot());
	say(FA2, 3, 2); /* up again, and station 2 has not spoken since */
	assert_string_equal(bench_seen(), "FA0 FA1");
	say(FA2, 3, 1);
	assert_string_equal(bench_seen(), "FA0");

	s = bench_snapshot();
	s->interface[VLAN1].up = false;
	dataplane_publish(bench, s);
	say(FA0, 1, BROADCAST);
	assert_string_equal(bench_seen(), "FA1 FA2");
	say(WAN, 9, BROADCAST);
	assert_string_equal(bench_seen(), "");
	assert_int_equal(bench_drops(WAN, DP_DROP_no_port), 1);
}

static void
test_no_forwarding(void **state)
{
	struct dp_snapshot *s = bench_snapshot();

	(void)state;
	say(FA3, 1, 2); /* VLAN 2: nothing else in it, and its SVI has no bridge group */
	assert_string_equal(bench_seen(), "");
	assert_int_equal(bench_drops(VLAN2, DP_DROP_no_forwarding), 1);
	s->interface[WAN].bridge_group = 0;
	s->interface[FA0].vlan = 0;
	s->interface[FA1].kind = DP_IF_NONE;
	dataplane_publish(bench, s);
	say(WAN, 9, 1);
	say(FA0, 1, 9);
	say(FA1, 2, 9);
	assert_string_equal(bench_seen(), "");
	assert_int_equal(bench_drops(WAN, DP_DROP_no_forwarding), 1);
	assert_int_equal(bench_drops(FA0, DP_DROP_no_forwarding), 1);
	assert_int_equal(bench_drops(FA1, DP_DROP_no_forwarding), 1);
	assert_int_equal(bench_all_drops(), 4);
}

/* Two VLANs in one group: the doors of both are passed. */
static void
test_between_vlans(void **state)
{
	struct dp_snapshot *s = bench_snapshot();

	(void)state;
	s->interface[VLAN2].bridge_group = 1;
	dataplane_publish(bench, s);
	say(FA0, 1, BROADCAST);
	assert_string_equal(bench_seen(), "FA1 FA2 FA3 WAN");
	say(FA3, 4, 1);
	assert_string_equal(bench_seen(), "FA0");
	say(FA0, 1, 4);
	assert_string_equal(bench_seen(), "FA3");
	assert_int_equal(bench_all_drops(), 0);
}

/* A second SVI of a VLAN, which no router configures, must not bring frames twice. */
static void
test_second_svi(void **state)
{
	struct dp_snapshot *s = bench_snapshot();

	(void)state;
	s->interface[VLAN2] = s->interface[VLAN1];
	dataplane_publish(bench, s);
	for (int i = 0; i < 64; i++) {
		frame_other(&frame, BROADCAST, 9, TYPE_ARP);
		assert_int_equal(dataplane_memory_put(bench, WAN, frame.bytes, frame.len), 0);
	}
	assert_int_equal(dataplane_run_once(bench), 64);
	for (int i = 0; i < 64; i++)
		bench_take(FA0);
	bench_seen();
	say(FA0, 1, BROADCAST);
	assert_string_equal(bench_seen(), "FA1 FA2 WAN");
}

static void
test_refused_frames(void **state)
{
	(void)state;
	frame_other(&frame, BROADCAST, 1, TYPE_ARP);
	frame.bytes[6] |= 1;
	bench_send(FA0, &frame);
	assert_int_equal(bench_drops(FA0, DP_DROP_source_multicast), 1);

	for (uint8_t last = 0; last < 32; last++) {
		frame_other(&frame, 2, 1, TYPE_ARP);
		memcpy(frame.bytes, "\x01\x80\xc2\x00\x00", 5);
		frame.bytes[5] = last;
		bench_send(FA0, &frame);
		if (last >= 1 && last <= 15)
			assert_string_equal(bench_seen(), "");
		else
			assert_string_equal(bench_seen(), "FA1 FA2 WAN");
	}
	assert_int_equal(bench_drops(FA0, DP_DROP_reserved_multicast), 15);

	frame_other(&frame, 2, 1, TYPE_ARP);
	for (frame.len = 13; frame.len > 0; frame.len--)
		bench_send(FA0, &frame);
	assert_int_equal(bench_drops(FA0, DP_DROP_runt), 13);
	assert_string_equal(bench_seen(), "");
}

/* IP that cannot be read dies on any interface, list or none. */
static void
test_malformed_ip(void **state)
{
	static const struct {
		bool ipv6;
		size_t at;
		uint8_t value;
		size_t len;
		enum dp_drop why;
	} row[] = {
		{ false, 14, 0x65, 60, DP_DROP_ip_bad_version },
		{ false, 14, 0x44, 60, DP_DROP_ip_bad_header_length },
		{ false, 16, 0x40, 60, DP_DROP_ip_bad_total_length },
		{ false, 14, 0x45, 33, DP_DROP_ip_header_short },
		{ false, 14, 0x45, 59, DP_DROP_ip_bad_total_length },
		{ true, 14, 0x45, 80, DP_DROP_ip6_bad_version },
		{ true, 14, 0x60, 53, DP_DROP_ip6_header_short },
		{ true, 19, 27, 80, DP_DROP_ip6_bad_payload_length },
		{ true, 18, 1, 80, DP_DROP_ip6_bad_payload_length },
		{ true, 14, 0x60, 79, DP_DROP_ip6_bad_payload_length },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct frame_spec s = {
			.ipv6 = row[i].ipv6, .from = 1, .to = 2, .proto = 17, .payload = 18
		};
		uint64_t before = bench_drops(FA0, row[i].why);

		frame_build(&frame, &s);
		frame.bytes[row[i].at] = row[i].value;
		frame.len = row[i].len;
		bench_send(FA0, &frame);
		assert_string_equal(bench_seen(), "");
		assert_int_equal(bench_drops(FA0, row[i].why), before + 1);
	}
}

static void
test_drop_names(void **state)
{
	(void)state;
	assert_string_equal(dp_drop_name(DP_DROP_acl_denied), "acl_denied");
	assert_string_equal(dp_drop_text(DP_DROP_acl_denied), "denied by an access list");
	for (int why = 0; why < DP_DROP_COUNT; why++)
		assert_non_null(dp_drop_text((enum dp_drop)why));
}

/* Until somebody has said how to forward, frames wait. */
static void
test_before_the_first_snapshot(void **state)
{
	struct dataplane *dp = bench_dataplane();
	char err[DP_ERR_MAX];

	(void)state;
	assert_int_equal(dataplane_add_port(dp, FA0, "memory", "", err), 0);
	assert_int_equal(dataplane_add_port(dp, FA1, "memory", "", err), 0);
	frame_other(&frame, BROADCAST, 1, TYPE_ARP);
	assert_int_equal(dataplane_memory_put(dp, FA0, frame.bytes, frame.len), 0);
	assert_int_equal(dataplane_run_once(dp), 0);
	dataplane_publish(dp, bench_snapshot());
	assert_int_equal(dataplane_run_once(dp), 1);
	assert_int_equal(dataplane_memory_take(dp, FA1, frame.bytes, sizeof(frame.bytes)), 60);
	dataplane_destroy(dp);
}

static void
test_ports_are_checked(void **state)
{
	char err[DP_ERR_MAX];

	(void)state;
	assert_true(dataplane_add_port(bench, FA0, "memory", "", err) < 0);
	assert_string_equal(err, "the interface has a port already");
	assert_true(dataplane_add_port(bench, 20, "tape", "", err) < 0);
	assert_string_equal(err, "tape: no such port driver");
	assert_true(dataplane_add_port(bench, 0, "memory", "", err) < 0);
	assert_true(dataplane_add_port(bench, DP_MAX_INTERFACES, "memory", "", err) < 0);
	for (int live = 0; live < 2; live++) {
		const char *driver = live ? "packet" : "pcap";

		assert_true(dataplane_add_port(bench, 20, driver, "any", err) < 0);
		assert_non_null(strstr(err, "any: "));
		assert_true(dataplane_add_port(bench, 20, driver, "lo", err) < 0);
		assert_non_null(strstr(err, "loopback"));
		assert_true(dataplane_add_port(bench, 20, driver, "no-such-device", err) < 0);
		assert_string_equal(err, "no-such-device: no such network device");
		assert_true(dataplane_add_port(bench, 20, driver, "", err) < 0);
	}
	assert_false(dataplane_has_port(bench, 20));
	assert_true(dataplane_has_port(bench, FA0));
	assert_int_equal(dataplane_memory_put(bench, 20, "", 0), -19); /* ENODEV */
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, bench_set_up, bench_tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_learning),
		TEST(test_bytes_are_untouched),
		TEST(test_broadcast_and_multicast),
		TEST(test_same_port),
		TEST(test_ageing),
		TEST(test_mac_entries),
		TEST(test_interface_down),
		TEST(test_no_forwarding),
		TEST(test_between_vlans),
		TEST(test_second_svi),
		TEST(test_refused_frames),
		TEST(test_malformed_ip),
		TEST(test_drop_names),
		TEST(test_before_the_first_snapshot),
		TEST(test_ports_are_checked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
