/*
 * live_lists_test.c - lists at work in a whole router: frames go in at one port, and what is typed, and
 * the clock that turns, decides whether they come out at another.
 *
 * FastEthernet0 and 1 are switchports of VLAN 1, FastEthernet4 the WAN; Vlan1 and FastEthernet4 are
 * bridged.  Everything runs in one thread: a frame is put in, the worker turns once.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/lib/frames.h"
#include "tests/unit/rig.h"

enum { ICMP = 1, TCP = 6, UDP = 17, SYN = 2, RST = 4, ACK = 16, MINUTE = 60000 };
enum { INSIDE = 1, OUTSIDE = 9, NEIGHBOUR = 2 }; /* stations */

static const char bridged[] = "bridge irb\nbridge 1 protocol ieee\n"
			      "interface Vlan1\n bridge-group 1\n"
			      "interface FastEthernet4\n bridge-group 1\n";

static uint32_t
ifindex(struct rig *g, const char *interface)
{
	return interface_find(g->router, interface)->ifindex;
}

static size_t
take_all(struct rig *g, const char *interface)
{
	static uint8_t frame[70000];
	size_t n = 0;

	while (dataplane_memory_take(g->dp, ifindex(g, interface), frame, sizeof(frame)) > 0)
		n++;
	return n;
}

static void
put(struct rig *g, const char *interface, const struct frame *f)
{
	assert_int_equal(dataplane_memory_put(g->dp, ifindex(g, interface), f->bytes, f->len), 0);
	dataplane_run_once(g->dp);
}

static int
set_up(void **state)
{
	static const char *const ports[] = { "FastEthernet0", "FastEthernet1", "FastEthernet4" };
	struct rig *g = rig_create(NULL, true);
	char err[DP_ERR_MAX];

	for (size_t i = 0; i < sizeof(ports) / sizeof(ports[0]); i++)
		assert_int_equal(
			dataplane_add_port(g->dp, ifindex(g, ports[i]), "memory", "", err), 0);
	rig_load(g, bridged);
	*state = g;
	return 0;
}

static int
tear_down(void **state)
{
	rig_destroy(*state);
	return 0;
}

/* From the inside host to the WAN, or back; frame_spec says the rest. True when it came out. */
static bool
passes(struct rig *g, bool outward, struct frame_spec spec)
{
	static struct frame f;
	const char *in = outward ? "FastEthernet0" : "FastEthernet4";
	const char *out = outward ? "FastEthernet4" : "FastEthernet0";

	spec.from = outward ? INSIDE : OUTSIDE;
	spec.to = outward ? OUTSIDE : INSIDE;
	take_all(g, "FastEthernet0");
	take_all(g, "FastEthernet1");
	take_all(g, "FastEthernet4");
	frame_build(&f, &spec);
	put(g, in, &f);
	return take_all(g, out) == 1;
}

static bool
tcp_passes(struct rig *g, bool outward, uint32_t src, uint16_t sport, uint32_t dst, uint16_t dport,
	uint8_t flags)
{
	return passes(g, outward,
		(struct frame_spec){ .src = src,
			.dst = dst,
			.proto = TCP,
			.sport = sport,
			.dport = dport,
			.tcp_flags = flags });
}

enum { HOST = 0x0a000005, SERVER = 0xc0000201 }; /* 10.0.0.5, 192.0.2.1 */

static bool
web_passes(struct rig *g)
{
	return tcp_passes(g, true, HOST, 1025, SERVER, 80, SYN);
}

/* ---- time ranges ---- */

/* As the daemon's loop does: at the start of the next minute. */
static void
turn_to_next_minute(struct rig *g)
{
	rig_turn(g, (uint64_t)time_ranges_tick(g->router));
	time_ranges_tick(g->router);
}

/* 22:13 by the clock: the range opens with 22:14:00 and closes behind 22:15:59. */
static void
test_time_range_turns(void **state)
{
	struct rig *g = *state;

	rig_load(g, "time-range LATE\n periodic daily 22:14 to 22:15\n"
		    "ip access-list extended Out\n"
		    " deny tcp any any eq www time-range LATE\n"
		    " permit ip any any\n"
		    "interface Vlan1\n ip access-group Out in\n");
	assert_true(web_passes(g));
	rig_says(g, "show access-lists Out",
		"Extended IP access list Out\n"
		"    10 deny tcp any any eq www time-range LATE (inactive)\n"
		"    20 permit ip any any (1 match)\n");
	turn_to_next_minute(g);
	assert_false(web_passes(g));
	assert_false(web_passes(g));
	rig_says(g, "show access-lists Out",
		"Extended IP access list Out\n"
		"    10 deny tcp any any eq www time-range LATE (active) (2 matches)\n"
		"    20 permit ip any any (1 match)\n");
	rig_says(g, "show time-range",
		"time-range entry: LATE (active)\n"
		"   periodic daily 22:14 to 22:15\n"
		"   used in: IP ACL entry\n");
	turn_to_next_minute(g);
	assert_false(web_passes(g));
	turn_to_next_minute(g);
	assert_true(web_passes(g));
	/* It keeps what it has counted. */
	rig_says(g, "show access-lists Out",
		"Extended IP access list Out\n"
		"    10 deny tcp any any eq www time-range LATE (inactive) (3 matches)\n"
		"    20 permit ip any any (2 matches)\n");
	rig_says(g, "show time-range LATE",
		"time-range entry: LATE (inactive)\n"
		"   periodic daily 22:14 to 22:15\n"
		"   used in: IP ACL entry\n");
}

/* An edit of the range, its end and its return are obeyed at once; a list of closed entries denies. */
static void
test_time_range_edits(void **state)
{
	struct rig *g = *state;

	rig_load(g, "ip access-list extended Out\n"
		    " permit tcp any any eq www time-range OPEN\n"
		    "interface Vlan1\n ip access-group Out in\n");
	assert_false(web_passes(g)); /* undefined: the entry is not in force */
	rig_type(g, "configure terminal\ntime-range OPEN\nperiodic daily 22:00 to 22:59");
	assert_true(web_passes(g));
	rig_type(g, "no periodic daily 22:00 to 22:59\nperiodic daily 1:00 to 2:00");
	assert_false(web_passes(g));
	rig_type(g, "periodic daily 22:00 to 22:59");
	assert_true(web_passes(g));
	rig_type(g, "absolute end 21:00 14 November 2023");
	assert_false(web_passes(g));
	rig_type(g, "absolute end 23:00 14 November 2023"); /* takes its place */
	assert_true(web_passes(g));
	rig_type(g, "no time-range OPEN");
	assert_false(web_passes(g));
	rig_says(g, "do show access-lists",
		"Extended IP access list Out\n"
		"    10 permit tcp any any eq www time-range OPEN (inactive) (3 matches)\n");
}

/* ---- object groups ---- */

/* An edit reaches the lists that use the group, and those that use one around it. */
static void
test_groups_are_live(void **state)
{
	struct rig *g = *state;

	rig_load(g, "object-group network Inner\n host 192.0.2.99\n"
		    "object-group network Outer\n group-object Inner\n"
		    "object-group service Web\n tcp eq 443\n"
		    "ip access-list extended Out\n"
		    " deny ip any object-group Outer\n"
		    " permit object-group Web any any\n"
		    " permit tcp any object-group Nowhere\n"
		    "interface Vlan1\n ip access-group Out in\n");
	assert_false(web_passes(g));
	rig_type(g, "configure terminal\nobject-group service Web\ntcp eq 80");
	assert_true(web_passes(g));
	rig_type(g, "object-group network Inner\n192.0.2.0 255.255.255.0");
	assert_false(web_passes(g));
	rig_says(g, "no 192.0.2.0 255.255.255.0\nno host 192.0.2.99",
		"% Object-group Inner cannot be emptied, it is being used\n");
	assert_true(web_passes(g));
	rig_says(g, "do show access-lists",
		"Extended IP access list Out\n"
		"    10 deny ip any object-group Outer (1 match)\n"
		"    20 permit object-group Web any any (2 matches)\n"
		"    30 permit tcp any object-group Nowhere\n");
}

/* ---- reflexive lists ---- */

static void
test_reflexive(void **state)
{
	struct rig *g = *state;

	rig_load(g, "ip access-list extended Out\n"
		    " permit tcp any any reflect Back\n"
		    " permit icmp any any reflect Back timeout 30\n"
		    "ip access-list extended In\n"
		    " evaluate Back\n"
		    "interface FastEthernet4\n"
		    " ip access-group Out out\n"
		    " ip access-group In in\n");
	assert_false(tcp_passes(g, false, SERVER, 80, HOST, 1025, SYN | ACK));
	rig_says(g, "show access-lists",
		"Extended IP access list In\n"
		"    10 evaluate Back\n"
		"Extended IP access list Out\n"
		"    10 permit tcp any any reflect Back\n"
		"    20 permit icmp any any reflect Back timeout 30\n");
	assert_true(web_passes(g));
	assert_true(tcp_passes(g, false, SERVER, 80, HOST, 1025, SYN | ACK));
	assert_false(tcp_passes(g, false, SERVER, 80, HOST, 1026, SYN | ACK));
	rig_turn(g, 6000);
	assert_true(
		passes(g, true, (struct frame_spec){ .src = HOST, .dst = SERVER, .proto = ICMP }));
	rig_says(g, "show ip access-lists Back",
		"Reflexive IP access list Back\n"
		"     permit tcp host 192.0.2.1 eq www host 10.0.0.5 eq 1025 (1 match)"
		" (time left 294)\n"
		"     permit icmp host 192.0.2.1 host 10.0.0.5  (time left 30)\n");
	rig_turn(g, 31000);
	assert_false(
		passes(g, false, (struct frame_spec){ .src = SERVER, .dst = HOST, .proto = ICMP }));
	rig_says(g, "clear ip reflexive-list Back\nshow ip access-lists Back", "");
	assert_false(tcp_passes(g, false, SERVER, 80, HOST, 1025, ACK));

	/* The router's own timeout, and its change. */
	rig_type(g, "configure terminal\nip reflexive-list timeout 100\nend");
	assert_true(web_passes(g));
	rig_says(g, "show ip access-lists Back",
		"Reflexive IP access list Back\n"
		"     permit tcp host 192.0.2.1 eq www host 10.0.0.5 eq 1025"
		" (time left 100)\n");
	rig_says(g, "clear ip reflexive-list *\nclear ip reflexive-list Other",
		"% Reflexive access list Other does not exist\n");
}

/* `evaluate` typed before anything reflects, on an interface already: the table comes later. */
static void
test_reflexive_in_any_order(void **state)
{
	struct rig *g = *state;

	rig_load(g, "ip access-list extended In\n evaluate Back\n"
		    "interface FastEthernet4\n ip access-group In in\n");
	assert_false(tcp_passes(g, false, SERVER, 80, HOST, 1025, ACK));
	rig_load(g, "ip access-list extended Out\n permit tcp any any reflect Back\n"
		    "interface FastEthernet4\n ip access-group Out out\n");
	assert_true(web_passes(g));
	assert_true(tcp_passes(g, false, SERVER, 80, HOST, 1025, ACK));
}

/* ---- switchports ---- */

/* A port list sees what stays inside the VLAN; other ports are not its business. */
static void
test_port_list(void **state)
{
	static struct frame f;
	struct rig *g = *state;
	struct frame_spec spec = { .from = INSIDE,
		.to = 0xff,
		.src = HOST,
		.dst = SERVER,
		.proto = UDP,
		.sport = 5000,
		.dport = 53 };

	rig_load(g, "ip access-list extended Port\n deny udp any any eq domain\n"
		    " permit ip any any\n"
		    "interface FastEthernet0\n ip access-group Port in\n");
	frame_build(&f, &spec);
	put(g, "FastEthernet0", &f);
	assert_int_equal(take_all(g, "FastEthernet1"), 0);
	assert_int_equal(take_all(g, "FastEthernet4"), 0);
	spec.from = NEIGHBOUR;
	frame_build(&f, &spec);
	put(g, "FastEthernet1", &f);
	assert_int_equal(take_all(g, "FastEthernet0"), 1);
	spec.from = INSIDE;
	spec.dport = 54;
	frame_build(&f, &spec);
	put(g, "FastEthernet0", &f);
	assert_int_equal(take_all(g, "FastEthernet1"), 1);
	rig_says(g, "show ip access-lists interface fa0",
		"Extended IP access list Port in\n"
		"    10 deny udp any any eq domain (1 match)\n"
		"    20 permit ip any any (1 match)\n");
	rig_says(g, "show ip interface fa0",
		"FastEthernet0 is up, line protocol is up\n"
		"  Internet protocol processing disabled\n");
}

static void
test_mac_list(void **state)
{
	static struct frame f;
	struct rig *g = *state;

	rig_load(g, "mac access-list extended Frames\n"
		    " deny host 0200.0000.0001 any\n"
		    " permit any any\n"
		    "interface FastEthernet0\n mac access-group Frames in\n");
	frame_other(&f, 0xff, INSIDE, 0x88b5);
	put(g, "FastEthernet0", &f);
	assert_int_equal(take_all(g, "FastEthernet1"), 0);
	frame_other(&f, 0xff, NEIGHBOUR, 0x88b5);
	put(g, "FastEthernet0", &f);
	assert_int_equal(take_all(g, "FastEthernet1"), 1);
	assert_true(web_passes(g)); /* IP is not its business */
	rig_says(g, "show access-lists",
		"Extended MAC access list Frames \n"
		"    deny   host 0200.0000.0001 any (1 match)\n"
		"    permit any any (1 match)\n");
	rig_says(g, "show mac access-group interface fa0",
		"Interface FastEthernet0:\n   Inbound access-list is Frames\n");
}

/* ---- IPv6 ---- */

static bool
ipv6_passes(struct rig *g, bool outward, uint16_t dport)
{
	return passes(g, outward,
		(struct frame_spec){ .ipv6 = true,
			.proto = TCP,
			.sport = 1025,
			.dport = dport,
			.tcp_flags = SYN });
}

static void
test_traffic_filter(void **state)
{
	struct rig *g = *state;

	rig_load(g, "interface Vlan1\n ipv6 traffic-filter V6 in\n");
	assert_true(ipv6_passes(g, true, 80)); /* the list is not there */
	rig_type(g, "configure terminal\nipv6 access-list V6");
	assert_true(ipv6_passes(g, true, 80)); /* nor made by its mode */
	rig_type(g, "permit tcp any any eq 443");
	assert_false(ipv6_passes(g, true, 80));
	assert_true(ipv6_passes(g, true, 443));
	assert_true(ipv6_passes(g, false, 80));
	assert_true(web_passes(g)); /* IPv4 is not its business */
	rig_says(g, "do show ipv6 access-list",
		"IPv6 access list V6\n"
		"    permit tcp any any eq 443 (1 match) sequence 10\n");
	rig_says(g, "do show ipv6 interface vlan1",
		"Vlan1 is up, line protocol is up\n"
		"  No global unicast address is configured\n"
		"  Inbound access list V6\n");
	rig_says(g, "no permit tcp any any eq 443\ndo show ipv6 access-list", "");
	assert_true(ipv6_passes(g, true, 80)); /* the last entry took the list along */
}

/* ---- detail ---- */

static void
test_detail(void **state)
{
	struct rig *g = *state;

	rig_load(g, "ip access-list extended Both\n"
		    " remark not shown\n"
		    " permit tcp any any eq www\n"
		    " permit udp any any\n"
		    "interface Vlan1\n ip access-group Both in\n"
		    "interface FastEthernet4\n ip access-group Both out\n"
		    "line vty 0 4\n access-class Both in\n");
	assert_true(web_passes(g));
	rig_turn(g, 90000);
	assert_true(web_passes(g));
	assert_false(tcp_passes(g, true, HOST, 1025, SERVER, 22, SYN));
	assert_false(line_admits(g->router, line_get(g->router, LINE_VTY, 0), "192.0.2.7", 40000));
	rig_says(g, "show access-lists Both detail",
		"Extended IP access list Both\n"
		"    10 permit tcp any any eq www (4 matches)\n"
		"        total: 4 packets, 216 bytes, first 22:13:20.123 UTC Tue Nov 14 2023, last"
		" 22:14:50.123 UTC Tue Nov 14 2023\n"
		"        FastEthernet4 out: 2 packets, 108 bytes, first 22:13:20.123 UTC Tue Nov"
		" 14 2023, last 22:14:50.123 UTC Tue Nov 14 2023\n"
		"        Vlan1 in: 2 packets, 108 bytes, first 22:13:20.123 UTC Tue Nov 14 2023,"
		" last 22:14:50.123 UTC Tue Nov 14 2023\n"
		"    20 permit udp any any\n"
		"    implicit deny (2 matches)\n"
		"        total: 2 packets, 94 bytes, first 22:14:50.123 UTC Tue Nov 14 2023, last"
		" 22:14:50.123 UTC Tue Nov 14 2023\n"
		"        Vlan1 in: 1 packet, 54 bytes, first 22:14:50.123 UTC Tue Nov 14 2023, last"
		" 22:14:50.123 UTC Tue Nov 14 2023\n"
		"        vty in: 1 packet, 40 bytes, first 22:14:50.123 UTC Tue Nov 14 2023, last"
		" 22:14:50.123 UTC Tue Nov 14 2023\n");
	rig_says(g, "clear access-list counters Both\nshow access-lists Both detail",
		"Extended IP access list Both\n"
		"    10 permit tcp any any eq www\n"
		"    20 permit udp any any\n"
		"    implicit deny\n");
}

/* A long list is edited and decides at once; left alone it is made whole, aside or here, and still does. */
static void
test_long_list_is_edited(void **state)
{
	struct rig *g = *state;
	char lines[64];
	int work = -1;

	rig_load(g, "interface Vlan1\n ip access-group Long in\n");
	rig_load(g, "ip access-list extended Long\n permit tcp any any eq 80\n");
	for (int i = 0; i < 3000; i++) {
		snprintf(lines, sizeof(lines),
			"ip access-list extended Long\n deny udp any any eq %d\n", i + 1);
		rig_load(g, lines);
		if (i % 500 == 0)
			assert_true(web_passes(g));
	}
	assert_int_equal(lists_tidy_tick(g->router), 230);
	rig_turn(g, 229);
	assert_int_equal(lists_tidy_tick(g->router), 1);
	rig_turn(g, 1);
	assert_int_equal(lists_tidy_tick(g->router), -1);
	assert_true(web_passes(g));
	for (int aside = 0; aside < 2; aside++) {
		rig_load(g, "ip access-list extended Long\n no 10\n");
		assert_false(web_passes(g));
		rig_load(g, "ip access-list extended Long\n 10 permit tcp any any eq 80\n");
		assert_true(web_passes(g));
		if (aside) {
			struct pollfd wait = { .fd = work, .events = POLLIN };

			rig_turn(g, 1000);
			assert_int_equal(lists_tidy_tick(g->router), -1);
			/* Edited while it is made. */
			rig_load(g, "ip access-list extended Long\n no 10\n");
			assert_int_equal(poll(&wait, 1, -1), 1);
			work_collect(g->router);
			assert_int_equal(lists_tidy_tick(g->router), 230);
			assert_false(web_passes(g));
			continue;
		}
		rig_turn(g, 1000);
		assert_int_equal(lists_tidy_tick(g->router), -1);
		assert_true(web_passes(g));
		work = work_open(g->router);
		assert_true(work >= 0);
	}
	/* It goes while it is made. */
	rig_turn(g, 1000);
	assert_int_equal(lists_tidy_tick(g->router), -1);
	rig_load(g, "no ip access-list extended Long\n");
	assert_true(web_passes(g));
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH(test_time_range_turns),
		WITH(test_time_range_edits),
		WITH(test_groups_are_live),
		WITH(test_reflexive),
		WITH(test_reflexive_in_any_order),
		WITH(test_port_list),
		WITH(test_mac_list),
		WITH(test_traffic_filter),
		WITH(test_detail),
		WITH(test_long_list_is_edited),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
