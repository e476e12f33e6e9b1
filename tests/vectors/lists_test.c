/*
 * lists_test.c - which list meets which frame, what it counts, and what it logs.
 */
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/lib/acl_lines.h"
#include "tests/vectors/bench.h"

enum { BROADCAST = 0xff, INFECTED = 0xc0a8c8c6, CLEAN = 0xc0a8c807, SERVER = 0xcb007119 };
enum { LAN_STATION = 1, WAN_STATION = 9 };

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
build(uint8_t from, uint8_t to, uint32_t src, uint32_t dst, uint16_t dport)
{
	struct frame_spec s = { .from = from,
		.to = to,
		.proto = 6,
		.src = src,
		.dst = dst,
		.sport = 1034,
		.dport = dport,
		.tcp_flags = 2,
		.payload = 6 };

	frame_build(&frame, &s);
}

static void
outward(uint32_t src, uint16_t dport)
{
	build(LAN_STATION, WAN_STATION, src, SERVER, dport);
	bench_send(FA0, &frame);
}

static void
inward(uint32_t dst, uint16_t dport)
{
	build(WAN_STATION, LAN_STATION, SERVER, dst, dport);
	bench_send(WAN, &frame);
}

/* Hits of the i-th entry, or of the implicit deny when there is none. */
static uint64_t
hits(size_t i)
{
	uint32_t slot = i < acl_length(list) ? acl_at(list, i)->slot : ACL_SLOT_IMPLICIT;

	return acl_hits(list, slot).packets;
}

static void
no_smtp_from_infected(const char *suffix)
{
	char line[200];

	snprintf(line, sizeof(line), "deny tcp host 192.168.200.198 any eq smtp%s", suffix);
	line_add(list, 0, line);
	line_add(list, 0, "permit ip any any");
}

static void
test_svi_in(void **state)
{
	(void)state;
	no_smtp_from_infected("");
	bench_publish_bound(VLAN1, ACL_IN, list);
	outward(INFECTED, 25); /* not to the WAN; the VLAN's flood is no list's business */
	assert_string_equal(bench_seen(), "FA1 FA2");
	assert_int_equal(bench_drops(VLAN1, DP_DROP_acl_denied), 1);
	outward(INFECTED, 80);
	assert_string_equal(bench_seen(), "FA1 FA2 WAN");
	outward(CLEAN, 25);
	assert_string_equal(bench_seen(), "FA1 FA2 WAN");
	inward(INFECTED, 25); /* the other way: not this list, and another direction */
	assert_string_equal(bench_seen(), "FA0");
	assert_int_equal(hits(0), 1);
	assert_int_equal(hits(1), 2);
	assert_int_equal(acl_hits_on(list, VLAN1, ACL_IN, acl_at(list, 0)->slot).bytes, 60);
	assert_int_equal(bench_all_drops(), 1);
}

/* A denied frame teaches the VLAN where its sender is, and the bridge group nothing. */
static void
test_denied_is_not_learned_beyond(void **state)
{
	(void)state;
	line_add(list, 0, "deny ip any any");
	bench_publish_bound(VLAN1, ACL_IN, list);
	outward(INFECTED, 25);
	bench_seen();
	inward(INFECTED, 25);
	assert_string_equal(bench_seen(), "FA0");
	assert_int_equal(bench_drops(VLAN1, DP_DROP_acl_denied), 1);
}

static void
test_inside_a_vlan_no_list(void **state)
{
	(void)state;
	line_add(list, 0, "deny ip any any");
	bench_publish_bound(VLAN1, ACL_IN, list);
	build(2, BROADCAST, CLEAN, INFECTED, 80);
	bench_send(FA1, &frame);
	bench_seen();
	build(1, 2, INFECTED, CLEAN, 25);
	bench_send(FA0, &frame);
	assert_string_equal(bench_seen(), "FA1");
	assert_int_equal(hits(0), 1); /* the broadcast alone went up */
}

static void
test_every_place(void **state)
{
	static const struct {
		uint32_t ifindex;
		enum acl_direction dir;
		bool stops_outward, stops_inward;
	} row[] = {
		{ VLAN1, ACL_IN, true, false },
		{ VLAN1, ACL_OUT, false, true },
		{ WAN, ACL_IN, false, true },
		{ WAN, ACL_OUT, true, false },
	};

	(void)state;
	line_add(list, 0, "deny tcp any any eq 25");
	line_add(list, 0, "permit ip any any");
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		bench_publish_bound(row[i].ifindex, row[i].dir, list);
		for (int out = 0; out < 2; out++) {
			uint16_t port = 80;
			bool stops = out ? row[i].stops_outward : row[i].stops_inward;
			uint64_t denied = bench_drops(row[i].ifindex, DP_DROP_acl_denied);

			/* First a permitted pair, so that every station is known. */
			outward(CLEAN, port);
			inward(CLEAN, port);
			bench_seen();
			if (out)
				outward(CLEAN, 25);
			else
				inward(CLEAN, 25);
			assert_string_equal(bench_seen(), stops ? "" : out ? "WAN" : "FA0");
			assert_int_equal(
				bench_drops(row[i].ifindex, DP_DROP_acl_denied), denied + stops);
		}
	}
	/*
	 * Counters are kept per place: each denied one, and saw two permitted pairs pass one way.
	 */
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		uint32_t deny = acl_at(list, 0)->slot, permit = acl_at(list, 1)->slot;

		assert_int_equal(acl_hits_on(list, row[i].ifindex, row[i].dir, deny).packets, 1);
		assert_int_equal(acl_hits_on(list, row[i].ifindex, row[i].dir, permit).packets, 2);
	}
	assert_int_equal(hits(0), 4);
}

/* A flooded frame meets the out list of each interface it leaves by, and counts at each. */
static void
test_flood_meets_each_out_list(void **state)
{
	struct dp_snapshot *s = bench_snapshot();

	(void)state;
	no_smtp_from_infected("");
	s->interface[VLAN2].bridge_group = 1;
	bench_bind(s, VLAN2, ACL_OUT, list);
	bench_bind(s, WAN, ACL_OUT, list);
	dataplane_publish(bench, s);
	build(1, BROADCAST, INFECTED, SERVER, 25);
	bench_send(FA0, &frame);
	assert_string_equal(bench_seen(), "FA1 FA2");
	assert_int_equal(bench_drops(VLAN2, DP_DROP_acl_denied), 1);
	assert_int_equal(bench_drops(WAN, DP_DROP_acl_denied), 1);
	assert_int_equal(hits(0), 2);
}

static void
test_implicit_deny_and_empty_list(void **state)
{
	(void)state;
	bench_publish_bound(VLAN1, ACL_IN, list); /* empty: passes */
	outward(CLEAN, 80);
	assert_string_equal(bench_seen(), "FA1 FA2 WAN");
	line_add(list, 0, "permit tcp any any eq 80");
	bench_publish_bound(VLAN1, ACL_IN, list);
	outward(CLEAN, 25);
	assert_string_equal(bench_seen(), "FA1 FA2");
	assert_int_equal(hits(1), 1);
}

/* ARP, IPv6 and the rest are not IP lists' business. */
static void
test_other_protocols_pass(void **state)
{
	static const uint16_t types[] = { 0x0806, 0x86dd, 0x88cc, 0x0026, 0x8863 };
	struct frame_spec v6 = { .ipv6 = true, .proto = 6, .from = 1, .to = 9, .dport = 25 };

	(void)state;
	line_add(list, 0, "deny ip any any");
	bench_publish_bound(VLAN1, ACL_IN, list);
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		frame_other(&frame, WAN_STATION, LAN_STATION, types[i]);
		bench_send(FA0, &frame);
		assert_string_equal(bench_seen(), "FA1 FA2 WAN");
	}
	frame_build(&frame, &v6);
	bench_send(FA0, &frame);
	assert_string_equal(bench_seen(), "FA1 FA2 WAN");
	assert_int_equal(hits(0), 0);
}

/* No dress of the frame lets IP past the list. */
static void
test_tags_and_snap(void **state)
{
	static const struct {
		uint16_t tpid, tci;
		bool accepted;
	} row[] = {
		{ 0x8100, 0, true },
		{ 0x8100, 0xe000, true }, /* priority 7, VID 0 */
		{ 0x8100, 1, true },
		{ 0x8100, 2, false },
		{ 0x8100, 4095, false },
		{ 0x88a8, 0, false },
		{ 0x88a8, 1, false },
		{ 0x9100, 1, false },
	};
	uint64_t refused = 0;

	(void)state;
	no_smtp_from_infected("");
	bench_publish_bound(VLAN1, ACL_IN, list);
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		const char *flood = row[i].accepted ? "FA1 FA2" : "";

		build(LAN_STATION, WAN_STATION, INFECTED, SERVER, 25);
		frame_tag(&frame, row[i].tpid, row[i].tci);
		bench_send(FA0, &frame);
		assert_string_equal(bench_seen(), flood);
		build(LAN_STATION, WAN_STATION, CLEAN, SERVER, 25);
		frame_tag(&frame, row[i].tpid, row[i].tci);
		bench_send(FA0, &frame);
		assert_string_equal(bench_seen(), row[i].accepted ? "FA1 FA2 WAN" : "");
		refused += row[i].accepted ? 0 : 2;
		assert_int_equal(bench_drops(FA0, DP_DROP_vlan_tag), refused);
	}
	build(LAN_STATION, WAN_STATION, INFECTED, SERVER, 25);
	frame_tag(&frame, 0x8100, 0);
	frame_tag(&frame, 0x8100, 0);
	bench_send(FA0, &frame);
	assert_string_equal(bench_seen(), "");

	build(LAN_STATION, WAN_STATION, INFECTED, SERVER, 25);
	frame_snap(&frame);
	bench_send(FA0, &frame);
	assert_string_equal(bench_seen(), "FA1 FA2");
	assert_int_equal(hits(0), 4);
	/* A routed port is in no VLAN: only the priority tag is its. */
	build(WAN_STATION, LAN_STATION, SERVER, CLEAN, 25);
	frame_tag(&frame, 0x8100, 1);
	bench_send(WAN, &frame);
	assert_int_equal(bench_drops(WAN, DP_DROP_vlan_tag), 1);
}

/* The tag itself ends at the port: access ports send untagged (IEEE 802.1Q). */
static void
test_tag_is_taken_off(void **state)
{
	struct frame bare;
	const struct frame *got;
	struct dp_if_stats s;

	(void)state;
	build(LAN_STATION, WAN_STATION, CLEAN, SERVER, 25);
	bare = frame;
	frame_tag(&frame, 0x8100, 0xa001);
	bench_send(FA0, &frame);
	got = bench_take(WAN);
	assert_int_equal(got->len, bare.len);
	assert_memory_equal(got->bytes, bare.bytes, bare.len);
	dataplane_if_stats(bench, FA0, &s);
	assert_int_equal(s.rx_bytes, bare.len + 4);
	dataplane_if_stats(bench, WAN, &s);
	assert_int_equal(s.tx_bytes, bare.len);
}

static struct dp_log_event logged[4];
static size_t n_logged;

static void
keep(void *arg, const struct dp_log_event *ev)
{
	(void)arg;
	assert_true(n_logged < 4);
	logged[n_logged++] = *ev;
}

static bool
event_waits(void)
{
	struct pollfd p = { .fd = dataplane_event_fd(bench), .events = POLLIN };

	return poll(&p, 1, 0) == 1;
}

static void
test_log(void **state)
{
	static const uint8_t mac[6] = { 2, 0, 0, 0, 0, LAN_STATION };

	(void)state;
	n_logged = 0;
	no_smtp_from_infected(" log");
	bench_publish_bound(VLAN1, ACL_IN, list);
	outward(CLEAN, 25);
	assert_false(event_waits());
	outward(INFECTED, 25);
	assert_true(event_waits());
	assert_int_equal(dataplane_drain(bench, 4, keep, NULL), 1);
	assert_false(event_waits());
	assert_int_equal(logged[0].list_id, 77);
	assert_int_equal(logged[0].slot, acl_at(list, 0)->slot);
	assert_int_equal(logged[0].ifindex, VLAN1);
	assert_int_equal(logged[0].rx_ifindex, VLAN1);
	assert_int_equal(logged[0].direction, ACL_IN);
	assert_int_equal(logged[0].action, ACL_DENY);
	assert_int_equal(logged[0].log, ACE_LOG);
	assert_int_equal(logged[0].packets, 1);
	assert_int_equal(logged[0].key.src, INFECTED);
	assert_int_equal(logged[0].key.dport, 25);
	assert_memory_equal(logged[0].src_mac, mac, 6);

	/* On the way out, the interface it came in by is still told. */
	bench_publish_bound(WAN, ACL_OUT, list);
	outward(INFECTED, 25);
	assert_int_equal(dataplane_drain(bench, 4, keep, NULL), 1);
	assert_int_equal(logged[1].ifindex, WAN);
	assert_int_equal(logged[1].rx_ifindex, VLAN1);
	assert_int_equal(logged[1].direction, ACL_OUT);
	assert_int_equal(dataplane_log_missed(bench), 0);
}

static void
count(void *arg, const struct dp_log_event *ev)
{
	*(uint64_t *)arg += ev->packets;
}

/* A log nobody reads loses events, never a verdict or a count. */
static void
test_log_overflow(void **state)
{
	enum { PACKETS = 20000 };
	uint64_t seen = 0;

	(void)state;
	no_smtp_from_infected(" log");
	bench_publish_bound(VLAN1, ACL_IN, list);
	build(LAN_STATION, WAN_STATION, INFECTED, SERVER, 25);
	for (int i = 0; i < PACKETS; i++) {
		bench_send(FA0, &frame);
		assert_string_equal(bench_seen(), "FA1 FA2");
	}
	assert_int_equal(hits(0), PACKETS);
	dataplane_drain(bench, SIZE_MAX, count, &seen);
	assert_true(seen > 0 && seen < PACKETS);
	assert_int_equal(seen + dataplane_log_missed(bench), PACKETS);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_svi_in),
		TEST(test_denied_is_not_learned_beyond),
		TEST(test_inside_a_vlan_no_list),
		TEST(test_every_place),
		TEST(test_flood_meets_each_out_list),
		TEST(test_implicit_deny_and_empty_list),
		TEST(test_other_protocols_pass),
		TEST(test_tags_and_snap),
		TEST(test_tag_is_taken_off),
		TEST(test_log),
		TEST(test_log_overflow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
