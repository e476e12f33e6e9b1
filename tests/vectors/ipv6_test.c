/*
 * ipv6_test.c - IPv6 lists on SVIs and routed ports: what they see, what they leave alone, and what
 * extension headers and fragments change.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "dataplane/worker.h"
#include "tests/lib/acl_lines.h"
#include "tests/vectors/bench.h"

enum { TCP = 6, UDP = 17, ICMPV6 = 58 };
enum { ECHO_REQUEST = 128, ECHO_REPLY = 129, RS = 133, NS = 135, NA = 136 };
enum { DESTINATION = 60, ROUTING = 43, FRAGMENT = 44 };
enum { LAN_STATION = 1, WAN_STATION = 9, BROADCAST = 0xff };

static struct frame frame;
static struct acl *list, *other;

static int
set_up(void **state)
{
	list = acl_create("Inside", ACL_IPV6, 66);
	other = acl_create("Outside", ACL_IPV6, 67);
	return list == NULL || other == NULL ? -1 : bench_set_up(state);
}

static int
tear_down(void **state)
{
	int ret = bench_tear_down(state);

	acl_destroy(list);
	acl_destroy(other);
	return ret;
}

/* Of ICMPv6, first and second are type and code. */
static void
build(bool outward, uint8_t proto, uint16_t first, uint16_t second)
{
	struct frame_spec s = { .ipv6 = true,
		.from = outward ? LAN_STATION : WAN_STATION,
		.to = outward ? WAN_STATION : LAN_STATION,
		.proto = proto,
		.sport = first,
		.dport = second,
		.tcp_flags = 2,
		.payload = 6 };

	frame_build(&frame, &s);
}

/* Sends what was built; says whether it came out on the other side of the bridge group. */
static bool
crosses(bool outward)
{
	bench_send(outward ? FA0 : WAN, &frame);
	return strstr(bench_seen(), outward ? "WAN" : "FA0") != NULL;
}

static bool
passes(bool outward, uint8_t proto, uint16_t first, uint16_t second)
{
	build(outward, proto, first, second);
	return crosses(outward);
}

static uint64_t
hits(size_t i)
{
	uint32_t slot = i < acl_length(list) ? acl_at(list, i)->slot : ACL_SLOT_IMPLICIT;

	return acl_hits(list, slot).packets;
}

static void
test_lists_both_ways(void **state)
{
	struct dp_snapshot *s = bench_snapshot();

	(void)state;
	line_add(list, 0, "deny tcp host FD00::1 any eq smtp");
	line_add(list, 0, "deny icmp any any echo-request");
	line_add(list, 0, "permit ipv6 any any");
	line_add(other, 0, "permit udp any eq domain host FD00::1");
	line_add(other, 0, "permit icmp any any echo-reply");
	bench_bind(s, VLAN1, ACL_IN, list);
	bench_bind(s, VLAN1, ACL_OUT, other);
	dataplane_publish(bench, s);
	assert_false(passes(true, TCP, 1034, 25));
	assert_true(passes(true, TCP, 1034, 80));
	assert_true(passes(true, UDP, 1034, 53));
	assert_false(passes(true, ICMPV6, ECHO_REQUEST, 0));
	assert_true(passes(true, ICMPV6, ECHO_REPLY, 0));
	assert_true(passes(false, UDP, 53, 1034));
	assert_false(passes(false, UDP, 54, 1034));
	assert_false(passes(false, TCP, 80, 1034));
	assert_true(passes(false, ICMPV6, ECHO_REPLY, 0));
	assert_false(passes(false, ICMPV6, ECHO_REQUEST, 0));
	assert_int_equal(hits(0), 1);
	assert_int_equal(hits(1), 1);
	assert_int_equal(hits(2), 3);
	assert_int_equal(acl_hits_on(list, VLAN1, ACL_IN, acl_at(list, 0)->slot).bytes, 80);
	assert_int_equal(acl_hits(other, ACL_SLOT_IMPLICIT).packets, 3);
	assert_int_equal(bench_drops(VLAN1, DP_DROP_acl_denied), 5);
}

static void
test_every_place(void **state)
{
	static const struct {
		uint32_t ifindex;
		enum acl_direction dir;
		bool stops_outward;
	} row[] = {
		{ VLAN1, ACL_IN, true },
		{ VLAN1, ACL_OUT, false },
		{ WAN, ACL_IN, false },
		{ WAN, ACL_OUT, true },
	};

	(void)state;
	line_add(list, 0, "deny tcp any any eq 25");
	line_add(list, 0, "permit ipv6 any any");
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		uint64_t before = bench_drops(row[i].ifindex, DP_DROP_acl_denied);

		bench_publish_bound(row[i].ifindex, row[i].dir, list);
		assert_int_equal(passes(true, TCP, 1, 25), !row[i].stops_outward);
		assert_int_equal(passes(false, TCP, 1, 25), row[i].stops_outward);
		assert_int_equal(bench_drops(row[i].ifindex, DP_DROP_acl_denied), before + 1);
	}
}

/* Neighbour discovery passes a list that does not name it, unless the list ends it by hand. */
static void
test_neighbour_discovery(void **state)
{
	(void)state;
	line_add(list, 0, "permit tcp any any");
	bench_publish_bound(VLAN1, ACL_IN, list);
	assert_true(passes(true, ICMPV6, NS, 0));
	assert_true(passes(true, ICMPV6, NA, 0));
	assert_false(passes(true, ICMPV6, RS, 0));
	line_add(list, 0, "permit icmp any any nd-na");
	line_add(list, 0, "deny ipv6 any any");
	bench_publish_bound(VLAN1, ACL_IN, list);
	assert_false(passes(true, ICMPV6, NS, 0));
	assert_true(passes(true, ICMPV6, NA, 0));
	assert_int_equal(hits(2), 1);
}

/* Each family has its lists; ARP is in neither, and in a VLAN no SVI's list looks. */
static void
test_only_ipv6(void **state)
{
	struct acl *ipv4 = acl_create("Four", ACL_EXTENDED, 4);
	struct frame_spec v4 = { .from = LAN_STATION, .to = WAN_STATION, .proto = TCP };

	(void)state;
	line_add(list, 0, "deny ipv6 any any");
	bench_publish_bound(VLAN1, ACL_IN, list);
	assert_false(passes(true, TCP, 1, 80));
	frame_build(&frame, &v4);
	assert_true(crosses(true));
	frame_other(&frame, WAN_STATION, LAN_STATION, 0x0806);
	assert_true(crosses(true));
	assert_int_equal(hits(0), 1);
	v4 = (struct frame_spec){ .ipv6 = true, .from = 2, .to = LAN_STATION, .proto = TCP };
	frame_build(&frame, &v4);
	bench_send(FA1, &frame);
	assert_string_equal(bench_seen(), "FA0");
	assert_int_equal(hits(0), 1);

	line_add(ipv4, 0, "deny ip any any");
	bench_publish_bound(VLAN1, ACL_IN, ipv4);
	assert_true(passes(true, TCP, 1, 80));
	bench_publish_bound(VLAN1, ACL_IN, NULL);
	acl_destroy(ipv4);
}

static void
extend(uint8_t proto, uint8_t type, int times)
{
	const uint8_t header[8] = { 0, 0, type };

	while (times-- > 0)
		frame_extend(&frame, proto, header, sizeof(header));
}

/* Headers in between hide nothing, until there are too many to follow. */
static void
test_extension_headers(void **state)
{
	(void)state;
	line_add(list, 0, "deny tcp any any eq 25");
	line_add(list, 0, "deny ipv6 any any routing-type 0");
	line_add(list, 0, "permit tcp any any");
	line_add(list, 0, "deny ipv6 any any undetermined-transport");
	line_add(list, 0, "permit ipv6 any any");
	bench_publish_bound(VLAN1, ACL_IN, list);
	build(true, TCP, 1034, 25);
	extend(DESTINATION, 0, 16);
	assert_false(crosses(true));
	assert_int_equal(hits(0), 1);
	build(true, TCP, 1034, 80);
	extend(ROUTING, 0, 1);
	assert_false(crosses(true));
	assert_int_equal(hits(1), 1);
	build(true, TCP, 1034, 80);
	extend(ROUTING, 4, 1);
	assert_true(crosses(true));
	assert_int_equal(hits(2), 1);
	build(true, TCP, 1034, 80);
	extend(DESTINATION, 0, 17);
	assert_false(crosses(true));
	assert_int_equal(hits(3), 1);
	assert_true(passes(true, UDP, 1, 2));
}

static void
send_fragments(uint16_t dport)
{
	const uint8_t first[8] = { 0, 0, 0, 1, 1, 2, 3, 4 };
	const uint8_t middle[8] = { 0, 0, 0, 9, 1, 2, 3, 4 };
	const uint8_t last[8] = { 0, 0, 0, 16, 1, 2, 3, 4 };
	const uint8_t *const piece[3] = { first, middle, last };

	for (int i = 0; i < 3; i++) {
		build(true, UDP, 1034, dport);
		frame_extend(&frame, FRAGMENT, piece[i], 8);
		bench_send(FA0, &frame);
	}
}

static void
test_fragments(void **state)
{
	(void)state;
	line_add(list, 0, "deny udp any any eq 53");
	line_add(list, 0, "permit udp any any eq 80");
	line_add(list, 0, "permit ipv6 any any");
	bench_publish_bound(VLAN1, ACL_IN, list);
	send_fragments(53); /* the first is denied; later ones match the permit's layer 3 */
	assert_int_equal(hits(0), 1);
	assert_int_equal(hits(1), 2);
	send_fragments(80);
	assert_int_equal(hits(1), 5);
	assert_int_equal(hits(2), 0);
	line_add(list, 5, "deny ipv6 any any fragments");
	bench_publish_bound(VLAN1, ACL_IN, list);
	send_fragments(80);
	assert_int_equal(hits(0), 2);
	assert_int_equal(hits(2), 6);
	bench_seen();
}

static struct dp_log_event logged;

static void
keep(void *arg, const struct dp_log_event *ev)
{
	(void)arg;
	logged = *ev;
}

static void
test_log(void **state)
{
	(void)state;
	line_add(list, 0, "deny udp any any eq 53 log-input");
	bench_publish_bound(WAN, ACL_OUT, list);
	assert_false(passes(true, UDP, 1034, 53));
	assert_int_equal(dataplane_drain(bench, 4, keep, NULL), 1);
	assert_int_equal(logged.list_id, 66);
	assert_int_equal(logged.ifindex, WAN);
	assert_int_equal(logged.rx_ifindex, VLAN1);
	assert_int_equal(logged.log, ACE_LOG_INPUT);
	assert_int_equal(logged.key.has, ACL_IS_IPV6 | ACL_HAS_PORTS);
	assert_true(logged.key.src6[0] == (uint64_t)0xfd << 56 && logged.key.src6[1] == 1);
	assert_true(logged.key.dst6[0] == (uint64_t)0xfd << 56 && logged.key.dst6[1] == 9);
	assert_int_equal(logged.key.dport, 53);
}

/* A GSO frame is the packets it stands for, extension headers or not. */
static void
test_gso(void **state)
{
	static const struct {
		uint8_t proto, gso, headers;
	} row[] = { { TCP, GSO_TCP6, 74 }, { UDP, GSO_UDP, 62 } };

	(void)state;
	line_add(list, 0, "permit tcp any any");
	line_add(list, 0, "permit udp any any");
	bench_publish_bound(VLAN1, ACL_IN, list);
	for (size_t i = 0; i < 2; i++) {
		for (int extended = 0; extended < 2; extended++) {
			struct frame_spec s = { .ipv6 = true,
				.from = LAN_STATION,
				.to = WAN_STATION,
				.proto = row[i].proto,
				.payload = 2500 };
			struct packet_offload o = {
				.partial_checksum = true, .gso = row[i].gso, .gso_size = 1000
			};
			uint32_t slot = acl_at(list, i)->slot;
			uint16_t l4 = 54;

			acl_clear_hits(list);
			frame_build(&frame, &s);
			frame_make_partial(&frame);
			if (extended)
				extend(ROUTING, 4, 1);
			l4 += extended ? 8 : 0;
			o.csum_start = l4;
			o.csum_offset = row[i].proto == TCP ? 16 : 6;
			assert_int_equal(
				port_memory_put(bench->f.port[FA0], frame.bytes, frame.len, &o), 0);
			assert_int_equal(dataplane_run_once(bench), 1);
			bench_seen();
			assert_int_equal(acl_hits(list, slot).packets, 3);
			assert_int_equal(acl_hits(list, slot).bytes,
				2500 + 3 * (row[i].headers + (extended ? 8 : 0)));
		}
	}
}

/* When an entry was hit, first and last, on the dataplane's clock. */
static void
test_hit_times(void **state)
{
	struct acl_hits h;

	(void)state;
	line_add(list, 0, "permit tcp any any");
	bench_publish_bound(VLAN1, ACL_IN, list);
	bench_now_ms = 5000;
	passes(true, TCP, 1, 80);
	bench_now_ms = 7500;
	passes(true, TCP, 1, 80);
	h = acl_hits_on(list, VLAN1, ACL_IN, acl_at(list, 0)->slot);
	assert_int_equal(h.packets, 2);
	assert_int_equal(h.first_ms, 5000);
	assert_int_equal(h.last_ms, 7500);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_lists_both_ways),
		TEST(test_every_place),
		TEST(test_neighbour_discovery),
		TEST(test_only_ipv6),
		TEST(test_extension_headers),
		TEST(test_fragments),
		TEST(test_log),
		TEST(test_gso),
		TEST(test_hit_times),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
