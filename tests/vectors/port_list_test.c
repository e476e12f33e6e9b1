/*
 * port_list_test.c - lists on a switchport: the IPv4 port list and the MAC list, which see all that
 * the port receives, also what its VLAN switches by itself.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "dataplane/worker.h"
#include "tests/lib/acl_lines.h"
#include "tests/vectors/bench.h"

enum { BROADCAST = 0xff, TYPE_ARP = 0x0806, HOST = 0x0a000001, SERVER = 0x0a000002 };

static struct frame frame;
static struct acl *list, *mac;

static int
set_up(void **state)
{
	list = acl_create("Port", ACL_EXTENDED, 5);
	mac = acl_create("Mac", ACL_MAC, 6);
	return list == NULL || mac == NULL ? -1 : bench_set_up(state);
}

static int
tear_down(void **state)
{
	int ret = bench_tear_down(state);

	acl_destroy(list);
	acl_destroy(mac);
	return ret;
}

static void
build(uint8_t from, uint8_t to, uint16_t dport)
{
	struct frame_spec s = { .from = from,
		.to = to,
		.proto = 6,
		.src = HOST,
		.dst = SERVER,
		.sport = 1034,
		.dport = dport,
		.tcp_flags = 2,
		.payload = 6 };

	frame_build(&frame, &s);
}

/* Sends a frame of another type and says where it came out. */
static const char *
seen_of(uint8_t from, uint16_t type)
{
	frame_other(&frame, BROADCAST, from, type);
	bench_send(FA0, &frame);
	return bench_seen();
}

static uint64_t
hits(const struct acl *acl, size_t i)
{
	uint32_t slot = i < acl_length(acl) ? acl_at(acl, i)->slot : ACL_SLOT_IMPLICIT;

	return acl_hits(acl, slot).packets;
}

static void
no_smtp(const char *suffix)
{
	char line[100];

	snprintf(line, sizeof(line), "deny tcp any any eq smtp%s", suffix);
	line_add(list, 0, line);
	line_add(list, 0, "permit ip any any");
}

static void
test_inside_the_vlan(void **state)
{
	(void)state;
	no_smtp("");
	bench_publish_bound(FA0, ACL_IN, list);
	build(2, 1, 80);
	bench_send(FA1, &frame); /* station 2 is known now; other ports have no list */
	bench_seen();
	build(1, 2, 25);
	bench_send(FA0, &frame);
	assert_string_equal(bench_seen(), "");
	assert_int_equal(bench_drops(FA0, DP_DROP_acl_denied), 1);
	build(1, 2, 80);
	bench_send(FA0, &frame);
	assert_string_equal(bench_seen(), "FA1");
	build(2, 1, 25);
	bench_send(FA1, &frame);
	assert_string_equal(bench_seen(), "FA0");
	assert_int_equal(hits(list, 0), 1);
	assert_int_equal(hits(list, 1), 1);
	assert_int_equal(acl_hits_on(list, FA0, ACL_IN, acl_at(list, 0)->slot).bytes, 60);
}

/* What the port list denies teaches no one where its sender is, and no SVI's list sees it. */
static void
test_before_everything(void **state)
{
	struct dp_snapshot *s = bench_snapshot();
	struct acl *svi = acl_create("Svi", ACL_EXTENDED, 8);
	struct dp_mac_entry *macs;

	(void)state;
	no_smtp("");
	line_add(svi, 0, "permit ip any any");
	bench_bind(s, FA0, ACL_IN, list);
	bench_bind(s, VLAN1, ACL_IN, svi);
	dataplane_publish(bench, s);
	build(1, BROADCAST, 25);
	bench_send(FA0, &frame);
	assert_string_equal(bench_seen(), "");
	assert_int_equal(dataplane_mac_entries(bench, &macs), 0);
	free(macs);
	assert_int_equal(hits(svi, 0), 0);
	build(1, BROADCAST, 80);
	bench_send(FA0, &frame);
	assert_string_equal(bench_seen(), "FA1 FA2 WAN");
	assert_int_equal(hits(list, 1), 1);
	assert_int_equal(hits(svi, 0), 1);
	bench_publish_bound(FA0, ACL_IN, NULL);
	acl_destroy(svi);
}

static void
test_port_list_is_ipv4_and_inbound(void **state)
{
	struct frame_spec v6 = { .ipv6 = true, .from = 1, .to = BROADCAST, .proto = 6 };

	(void)state;
	line_add(list, 0, "deny ip any any");
	bench_publish_bound(FA0, ACL_IN, list);
	assert_string_equal(seen_of(1, TYPE_ARP), "FA1 FA2 WAN");
	frame_build(&frame, &v6);
	bench_send(FA0, &frame);
	assert_string_equal(bench_seen(), "FA1 FA2 WAN");
	build(1, BROADCAST, 80); /* in SNAP and tagged it is IPv4 still */
	frame_snap(&frame);
	frame_tag(&frame, 0x8100, 1);
	bench_send(FA0, &frame);
	assert_string_equal(bench_seen(), "");
	assert_int_equal(hits(list, 0), 1);
	/* A switchport has no list of the other direction. */
	bench_publish_bound(FA0, ACL_OUT, list);
	build(2, BROADCAST, 80);
	bench_send(FA1, &frame);
	assert_string_equal(bench_seen(), "FA0 FA2 WAN");
	assert_int_equal(hits(list, 0), 1);
}

static void
test_fragments(void **state)
{
	struct frame_spec s = { .from = 1,
		.to = BROADCAST,
		.proto = 17,
		.src = HOST,
		.dst = SERVER,
		.dport = 53,
		.payload = 64 };
	static const uint16_t pieces[] = { 0x2000, 0x2009, 0x0012 };

	(void)state;
	line_add(list, 0, "deny udp any any eq domain");
	line_add(list, 0, "deny ip any any fragments");
	bench_publish_bound(FA0, ACL_IN, list);
	for (size_t i = 0; i < 3; i++) {
		s.fragment = pieces[i];
		frame_build(&frame, &s);
		bench_send(FA0, &frame);
	}
	assert_string_equal(bench_seen(), "");
	assert_int_equal(hits(list, 0), 1);
	assert_int_equal(hits(list, 1), 2);
}

static void
test_gso(void **state)
{
	struct frame_spec s = { .from = 1,
		.to = BROADCAST,
		.proto = 6,
		.src = HOST,
		.dst = SERVER,
		.dport = 25,
		.payload = 2500 };
	struct packet_offload o = { .partial_checksum = true,
		.gso = GSO_TCP4,
		.gso_size = 1000,
		.csum_start = 34,
		.csum_offset = 16 };

	(void)state;
	no_smtp("");
	bench_publish_bound(FA0, ACL_IN, list);
	frame_build(&frame, &s);
	frame_make_partial(&frame);
	assert_int_equal(port_memory_put(bench->f.port[FA0], frame.bytes, frame.len, &o), 0);
	assert_int_equal(dataplane_run_once(bench), 1);
	assert_int_equal(hits(list, 0), 3);
	assert_int_equal(bench_drops(FA0, DP_DROP_acl_denied), 3);
}

static struct dp_log_event logged;

static void
keep(void *arg, const struct dp_log_event *ev)
{
	(void)arg;
	logged = *ev;
}

static void
test_log_input(void **state)
{
	(void)state;
	no_smtp(" log-input");
	bench_publish_bound(FA0, ACL_IN, list);
	build(1, BROADCAST, 25);
	bench_send(FA0, &frame);
	assert_int_equal(dataplane_drain(bench, 4, keep, NULL), 1);
	assert_int_equal(logged.ifindex, FA0);
	assert_int_equal(logged.rx_ifindex, FA0);
	assert_int_equal(logged.src_mac[5], 1);
	assert_int_equal(logged.key.dport, 25);
}

/* By address: station 1 alone is shut out, with all that is not IP. */
static void
test_mac_addresses(void **state)
{
	struct frame_spec v6 = { .ipv6 = true, .from = 1, .to = BROADCAST, .proto = 6 };

	(void)state;
	line_add(mac, 0, "deny host 0200.0000.0001 any");
	line_add(mac, 0, "permit any any");
	bench_publish_bound(FA0, ACL_IN, mac);
	assert_string_equal(seen_of(1, TYPE_ARP), ""); /* ARP is not IP */
	assert_string_equal(seen_of(1, 0x0026), "");
	assert_string_equal(seen_of(2, TYPE_ARP), "FA1 FA2 WAN");
	build(1, BROADCAST, 80);
	bench_send(FA0, &frame);
	assert_string_equal(bench_seen(), "FA1 FA2 WAN");
	frame_build(&frame, &v6);
	bench_send(FA0, &frame);
	assert_string_equal(bench_seen(), "FA1 FA2 WAN");
	frame_other(&frame, BROADCAST, 1, TYPE_ARP);
	bench_send(FA1, &frame);
	assert_string_equal(bench_seen(), "FA0 FA2 WAN");
	assert_int_equal(hits(mac, 0), 2);
	assert_int_equal(hits(mac, 1), 1);
	assert_int_equal(acl_hits(mac, acl_at(mac, 0)->slot).bytes, 120);
	assert_int_equal(bench_drops(FA0, DP_DROP_acl_denied), 2);
}

static void
test_mac_types(void **state)
{
	(void)state;
	line_add(mac, 0, "permit any any 0x8863 0x0001");
	line_add(mac, 0, "permit any any lsap 0x4242 0x0000");
	bench_publish_bound(FA0, ACL_IN, mac);
	assert_string_equal(seen_of(1, TYPE_ARP), ""); /* the implicit deny */
	assert_string_equal(seen_of(1, 0x8863), "FA1 FA2 WAN");
	assert_string_equal(seen_of(1, 0x8862), "FA1 FA2 WAN");
	assert_string_equal(seen_of(1, 0x8865), "");
	frame_other(&frame, BROADCAST, 1, 0x8863);
	frame_snap(&frame);
	bench_send(FA0, &frame);
	assert_string_equal(bench_seen(), "FA1 FA2 WAN");
	frame_other(&frame, BROADCAST, 1, 0x0026);
	frame.bytes[14] = frame.bytes[15] = 0x42;
	bench_send(FA0, &frame);
	assert_string_equal(bench_seen(), "FA1 FA2 WAN");
	frame.bytes[15] = 0xe0;
	bench_send(FA0, &frame);
	assert_string_equal(bench_seen(), "");
	assert_int_equal(hits(mac, 0), 3);
	assert_int_equal(hits(mac, 1), 1);
	assert_int_equal(hits(mac, 2), 3);
}

/* The VLAN is the port's, tag or not; the priority is the tag's. */
static void
test_mac_vlan_and_cos(void **state)
{
	static const struct {
		bool tagged;
		uint16_t tci;
		bool passes;
	} row[] = {
		{ false, 0, false },
		{ true, 0x0000, false },
		{ true, 0xa000, true },
		{ true, 0xa001, true },
		{ true, 0xb001, true }, /* drop eligible: not a priority bit */
		{ true, 0xe001, false },
	};

	(void)state;
	line_add(mac, 0, "deny any any vlan 2");
	line_add(mac, 0, "permit any any cos 5 vlan 1");
	bench_publish_bound(FA0, ACL_IN, mac);
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		frame_other(&frame, BROADCAST, 1, TYPE_ARP);
		if (row[i].tagged)
			frame_tag(&frame, 0x8100, row[i].tci);
		bench_send(FA0, &frame);
		assert_string_equal(bench_seen(), row[i].passes ? "FA1 FA2 WAN" : "");
	}
	assert_int_equal(hits(mac, 0), 0);
	assert_int_equal(hits(mac, 1), 3);
}

/* Both lists on one port, over one burst: each takes out its own, and the order stays. */
static void
test_both_on_a_burst(void **state)
{
	struct dp_snapshot *s = bench_snapshot();
	static const uint8_t want[] = { 0, 2, 3, 5, 6, 8, 9, 11 };

	(void)state;
	line_add(list, 0, "deny tcp any any eq 25");
	line_add(list, 0, "permit ip any any");
	line_add(mac, 0, "deny any any 0x8863 0x0000");
	line_add(mac, 0, "permit any any");
	bench_bind(s, FA0, ACL_IN, list);
	bench_bind(s, FA0, ACL_IN, mac);
	dataplane_publish(bench, s);
	for (uint8_t i = 0; i < 12; i++) {
		if (i % 2 == 0)
			build(1, BROADCAST, i % 3 == 1 ? 25 : 80);
		else
			frame_other(&frame, BROADCAST, 1, i % 3 == 1 ? 0x8863 : TYPE_ARP);
		frame.bytes[frame.len - 1] = i;
		assert_int_equal(dataplane_memory_put(bench, FA0, frame.bytes, frame.len), 0);
	}
	assert_int_equal(dataplane_run_once(bench), 12);
	for (size_t i = 0; i < sizeof(want); i++) {
		const struct frame *got = bench_take(FA2);

		assert_int_equal(got->bytes[got->len - 1], want[i]);
	}
	assert_int_equal(hits(list, 0), 2);
	assert_int_equal(hits(list, 1), 4);
	assert_int_equal(hits(mac, 0), 2);
	assert_int_equal(hits(mac, 1), 4);
	assert_int_equal(bench_drops(FA0, DP_DROP_acl_denied), 4);
}

/* A list without entries passes everything, of whatever kind. */
static void
test_empty_lists(void **state)
{
	struct dp_snapshot *s = bench_snapshot();

	(void)state;
	bench_bind(s, FA0, ACL_IN, list);
	bench_bind(s, FA0, ACL_IN, mac);
	dataplane_publish(bench, s);
	assert_string_equal(seen_of(1, TYPE_ARP), "FA1 FA2 WAN");
	build(1, BROADCAST, 25);
	bench_send(FA0, &frame);
	assert_string_equal(bench_seen(), "FA1 FA2 WAN");
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_inside_the_vlan),
		TEST(test_before_everything),
		TEST(test_port_list_is_ipv4_and_inbound),
		TEST(test_fragments),
		TEST(test_gso),
		TEST(test_log_input),
		TEST(test_mac_addresses),
		TEST(test_mac_types),
		TEST(test_mac_vlan_and_cos),
		TEST(test_both_on_a_burst),
		TEST(test_empty_lists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
