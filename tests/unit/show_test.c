/*
 * show_test.c - the texts of the show commands, byte for byte where the layout is IOS's, with figures
 * that were really counted: hits put into counters, frames put through memory ports.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <inttypes.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/rig.h"

/* Takes the text over, compares it, and frees it. */
static void
assert_text(struct text *t, const char *expected)
{
	assert_false(t->failed);
	assert_string_equal(t->s != NULL ? t->s : "", expected);
	text_fini(t);
}

static void
assert_matches(const char *text, const char *pattern)
{
	regex_t re;

	assert_int_equal(regcomp(&re, pattern, REG_EXTENDED | REG_NEWLINE | REG_NOSUB), 0);
	if (regexec(&re, text, 0, NULL, 0) != 0)
		fail_msg("no line matches %s in:\n%s", pattern, text);
	regfree(&re);
}

/* ---- struct text ---- */

static void
test_text_grows(void **state)
{
	struct text t = { 0 };

	(void)state;
	for (int i = 0; i < 10000; i++)
		text_addf(&t, "%04d", i);
	text_add(&t, "");
	assert_int_equal(t.len, 40000);
	assert_int_equal(strlen(t.s), 40000);
	assert_memory_equal(t.s + 4 * 9999, "9999", 5);
	text_fini(&t);
	assert_null(t.s);
}

/* ---- access lists ---- */

static void
hit(struct rig *g, const char *list, const char *interface, enum acl_direction dir, size_t entry,
	uint32_t packets)
{
	struct acl *acl = lists_find(g->router, list);
	uint32_t ifindex = interface_find(g->router, interface)->ifindex;
	struct acl_counters *c = acl_counters_on(acl, ifindex, dir, DP_THREADS);

	assert_non_null(c);
	acl_counters_hit(c, 0, acl_at(acl, entry)->slot, packets, packets * UINT64_C(60), 1);
}

static void
test_access_lists(void **state)
{
	struct rig *g = rig_create(NULL, false);
	struct text t = { 0 };

	(void)state;
	rig_load(g, "ip access-list extended DISPT\n"
		    " remark not shown\n"
		    " permit tcp 10.0.13.0 0.0.0.255 any eq 22\n"
		    " permit tcp any host 172.30.16.1 eq 80 log\n"
		    " permit udp any any range 16384 32767\n"
		    " permit icmp any any 0\n"
		    " deny tcp any any established\n"
		    " permit ip 10.0.0.0 0.0.1.255 any\n"
		    "access-list 1 permit 10.1.2.3 log\n"
		    "access-list 1 deny 10.1.1.1\n"
		    "access-list 1 deny 192.168.1.0 0.0.0.255\n"
		    "access-list 1 permit any\n"
		    "ip access-list extended A\n");
	hit(g, "1", "Vlan1", ACL_IN, 2, 3);
	hit(g, "1", "FastEthernet4", ACL_OUT, 2, 1);
	hit(g, "1", "Vlan1", ACL_IN, 3, 1);
	show_access_lists(&t, g->router, NULL, LISTS_ALL);
	assert_text(&t, "Standard IP access list 1\n"
			"    10 permit 10.1.2.3 log\n"
			"    20 deny   10.1.1.1\n"
			"    30 deny   192.168.1.0, wildcard bits 0.0.0.255 (4 matches)\n"
			"    40 permit any (1 match)\n"
			"Extended IP access list A\n"
			"Extended IP access list DISPT\n"
			"    10 permit tcp 10.0.13.0 0.0.0.255 any eq 22\n"
			"    20 permit tcp any host 172.30.16.1 eq www log\n"
			"    30 permit udp any any range 16384 32767\n"
			"    40 permit icmp any any echo-reply\n"
			"    50 deny tcp any any established\n"
			"    60 permit ip 10.0.0.0 0.0.1.255 any\n");
	show_access_lists(&t, g->router, "A", LISTS_ALL);
	assert_text(&t, "Extended IP access list A\n");
	show_access_lists(&t, g->router, "a", LISTS_ALL);
	assert_text(&t, "");
	lists_clear_hits(g->router, "1", LISTS_ALL);
	show_access_lists(&t, g->router, "1", LISTS_ALL);
	assert_text(&t, "Standard IP access list 1\n"
			"    10 permit 10.1.2.3 log\n"
			"    20 deny   10.1.1.1\n"
			"    30 deny   192.168.1.0, wildcard bits 0.0.0.255\n"
			"    40 permit any\n");
	rig_destroy(g);
}

static void
test_access_lists_of_an_interface(void **state)
{
	struct rig *g = rig_create(NULL, false);
	const struct interface *wan;
	struct text t = { 0 };

	(void)state;
	rig_load(g, "access-list 100 permit ip host 10.10.10.1 any\n"
		    "ip access-list extended Both\n"
		    " permit ip any any\n"
		    "interface FastEthernet4\n"
		    " ip access-group 100 in\n"
		    " ip access-group Both out\n"
		    "interface Vlan1\n"
		    " ip access-group 100 in\n"
		    " ip access-group Undefined out\n");
	wan = interface_find(g->router, "FastEthernet4");
	hit(g, "100", "FastEthernet4", ACL_IN, 0, 5);
	hit(g, "100", "Vlan1", ACL_IN, 0, 31);
	show_access_lists_interface(&t, g->router, wan, true, false, NULL);
	assert_text(&t, "Extended IP access list 100 in\n"
			"    10 permit ip host 10.10.10.1 any (5 matches)\n");
	show_access_lists_interface(&t, g->router, wan, true, true, NULL);
	assert_text(&t, "Extended IP access list 100 in\n"
			"    10 permit ip host 10.10.10.1 any (5 matches)\n"
			"Extended IP access list Both out\n"
			"    10 permit ip any any\n");
	show_access_lists_interface(&t, g->router, wan, true, true, "Both");
	assert_text(&t, "Extended IP access list Both out\n    10 permit ip any any\n");
	show_access_lists_interface(
		&t, g->router, interface_find(g->router, "Vlan1"), false, true, NULL);
	assert_text(&t, "");
	show_access_lists(&t, g->router, "100", LISTS_ALL);
	assert_text(&t, "Extended IP access list 100\n"
			"    10 permit ip host 10.10.10.1 any (36 matches)\n");
	rig_destroy(g);
}

/* ---- logging ---- */

static void
test_logging(void **state)
{
	struct rig *g = rig_create(NULL, false);
	struct text t = { 0 };

	(void)state;
	rig_load(g, "logging buffered 16384\nlogging console 4\nno logging monitor\n");
	logging_emit(g->router, "SYS", 5, "CONFIG_I", "Configured from console by console");
	show_logging(&t, g->router);
	assert_text(&t,
		"Syslog logging: enabled (0 messages dropped, 0 messages rate-limited, 0 flushes,"
		" 0 overruns, xml disabled, filtering disabled)\n"
		"\n"
		"No Active Message Discriminator.\n"
		"\n"
		"\n"
		"\n"
		"No Inactive Message Discriminator.\n"
		"\n"
		"\n"
		"    Console logging: level warnings, 0 messages logged, xml disabled,\n"
		"                     filtering disabled\n"
		"    Monitor logging: disabled\n"
		"    Buffer logging:  level debugging, 1 messages logged, xml disabled,\n"
		"                    filtering disabled\n"
		"    Count and timestamp logging messages: disabled\n"
		"    Persistent logging: disabled\n"
		"\n"
		"No active filter modules.\n"
		"\n"
		"    Trap logging: level informational, 1 message lines logged\n"
		"        Logging Source-Interface:       VRF Name:\n"
		"\n"
		"Log Buffer (16384 bytes):\n"
		"\n"
		"*Nov 14 22:13:20.123: %SYS-5-CONFIG_I: Configured from console by console\n");
	rig_destroy(g);
}

/* ---- clock, users, version ---- */

static void
test_clock_and_users(void **state)
{
	struct rig *g = rig_create(NULL, false);
	struct text t = { 0 };
	struct line *vty;

	(void)state;
	show_clock(&t, g->router, false);
	assert_text(&t, "*22:13:20.123 UTC Tue Nov 14 2023\n");

	vty = line_take_vty(g->router, LINE_TELNET);
	strcpy(vty->user, "arm");
	strcpy(vty->peer, "1.2.3.4");
	vty->last_input_ms = g->mono_ms;
	line_get(g->router, LINE_CON, 0)->busy = true;
	line_get(g->router, LINE_CON, 0)->last_input_ms = g->mono_ms;
	rig_turn(g, 3723000);
	vty->last_input_ms = g->mono_ms;
	show_users(&t, g->router, vty, false);
	assert_text(&t, "    Line       User       Host(s)              Idle       Location\n"
			"   0 con 0                idle                 01:02:03   \n"
			"*  2 vty 0     arm        idle                 00:00:00   1.2.3.4\n"
			"\n"
			"  Interface    User               Mode         Idle     Peer Address\n");
	rig_turn(g, UINT64_C(26) * 3600 * 1000);
	show_users(&t, g->router, NULL, false);
	assert_matches(
		t.s, "^   2 vty 0     arm        idle                 1d02h      1\\.2\\.3\\.4$");
	text_fini(&t);
	rig_destroy(g);
}

/* What the clients of the contract read, by their own patterns. */
static void
test_version(void **state)
{
	static const char *const patterns[] = {
		"^Cisco IOS Software, .*Version [^ ,]+",
		"^(Cisco )?IOS .* Software,? \\([A-Za-z0-9_-]*\\), .*Version +",
		"^[Cc]isco [^ ]+.+bytes of .*memory",
		"isco +[^ ]+ +\\(.+\\) +with [0-9]+[kK] bytes",
		"board ID [^ ]+",
		"image file is \".+\"",
		"^Fred uptime is 1 week, 2 days, 3 hours, 4 minutes$",
		"^System restarted at 22:13:20 UTC Tue Nov 14 2023$",
		"^acegate [0-9.]+, a software router; not Cisco software$",
		"^5 FastEthernet interfaces$",
		"^1 GigabitEthernet interface$",
		"^Configuration register is 0x2102$",
	};
	struct rig *g = rig_create(NULL, false);
	struct text t = { 0 }, again = { 0 };

	(void)state;
	rig_load(g, "hostname Fred\ninterface gi0\ninterface vlan 7\n");
	rig_turn(g, ((9 * UINT64_C(24) + 3) * 60 + 4) * 60 * 1000);
	show_version(&t, g->router);
	for (size_t i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++)
		assert_matches(t.s, patterns[i]);
	assert_null(strstr(t.s, "Vlan"));
	show_version(&again, g->router);
	assert_string_equal(t.s, again.s);
	text_fini(&t);
	text_fini(&again);
	rig_destroy(g);
}

/* ---- interfaces, with a dataplane and memory ports ---- */

enum { FRAME = 60 };

/* A UDP datagram from 10.0.0.1 to 10.0.0.2 between the stations 02:..:from and 02:..:to. */
static void
put_frame(struct rig *g, const char *interface, uint8_t to, uint8_t from)
{
	static const uint8_t ip[28] = { 0x45, 0, 0, 28, 0, 0, 0, 0, 64, 17, 0x66, 0xcf, 10, 0, 0, 1,
		10, 0, 0, 2, 0x04, 0, 0, 53, 0, 8, 0, 0 };
	uint8_t frame[FRAME] = { 2, 0, 0, 0, 0, to, 2, 0, 0, 0, 0, from, 8, 0 };

	if (to == 0xff)
		memset(frame, 0xff, 6);
	memcpy(frame + 14, ip, sizeof(ip));
	assert_int_equal(dataplane_memory_put(g->dp, interface_find(g->router, interface)->ifindex,
				 frame, sizeof(frame)),
		0);
	dataplane_run_once(g->dp);
}

static struct rig *
bridging_rig(void)
{
	static const char *const ports[] = { "FastEthernet0", "FastEthernet1", "FastEthernet4" };
	struct rig *g = rig_create(NULL, true);
	char err[DP_ERR_MAX];

	for (size_t i = 0; i < sizeof(ports) / sizeof(ports[0]); i++) {
		uint32_t ifindex = interface_find(g->router, ports[i])->ifindex;

		assert_int_equal(dataplane_add_port(g->dp, ifindex, "memory", "", err), 0);
	}
	rig_load(g, "bridge irb\nbridge 1 protocol ieee\n"
		    "interface Vlan1\n bridge-group 1\n"
		    "interface FastEthernet4\n bridge-group 1\n description To the Internet\n");
	return g;
}

static void
test_interfaces_count(void **state)
{
	struct rig *g = bridging_rig();
	struct text t = { 0 };

	(void)state;
	for (int i = 0; i < 10; i++)
		put_frame(g, "FastEthernet0", 0xff, 1);
	put_frame(g, "FastEthernet4", 1, 9);
	interface_stats_tick(g->router);
	rig_turn(g, 20000);
	show_interfaces(&t, g->router, interface_find(g->router, "FastEthernet4"));
	assert_matches(t.s, "^FastEthernet4 is up, line protocol is up$");
	assert_matches(t.s, "^  Hardware is memory port, address is ([0-9a-f]{4}\\.?){3} "
			    "\\(bia ([0-9a-f]{4}\\.?){3}\\)$");
	assert_matches(t.s, "^  Description: To the Internet$");
	assert_matches(t.s, "^  MTU [0-9]+ bytes, BW 100000 Kbit/sec, DLY 100 usec, $");
	assert_matches(t.s, "^  Last input 00:00:20, output 00:00:20, output hang never$");
	assert_matches(t.s, "^     1 packets input, 60 bytes, 0 no buffer$");
	assert_matches(t.s, "^     10 packets output, 600 bytes, 0 underruns$");
	/* 960 bit/s in one of the sixty ticks that make the time constant */
	assert_matches(t.s, "^  5 minute output rate 16 bits/sec, 0 packets/sec$");
	text_fini(&t);

	show_interfaces(&t, g->router, interface_find(g->router, "FastEthernet0"));
	assert_matches(t.s, "^     Received 10 broadcasts \\(0 multicasts\\)$");
	text_fini(&t);
	show_interfaces(&t, g->router, interface_find(g->router, "FastEthernet2"));
	assert_matches(t.s, "^FastEthernet2 is down, line protocol is down$");
	assert_matches(t.s, "^  Last input never, output never, output hang never$");
	text_fini(&t);
	rig_turn(g, UINT64_C(13) * 60 * 1000);
	show_interfaces(&t, g->router, NULL);
	assert_matches(t.s, "^  5 minute input rate [0-9]+ bits/sec, 0 packets/sec$");
	assert_matches(t.s, "^Vlan1 is up, line protocol is up$");
	text_fini(&t);
	rig_destroy(g);
}

static void
test_ip_interface(void **state)
{
	struct rig *g = bridging_rig();
	struct text t = { 0 };

	(void)state;
	rig_load(g, "interface Vlan1\n ip access-group Nowhere in\ninterface FastEthernet1\n "
		    "shutdown\n");
	/* No address: nothing follows, not even the list. */
	show_ip_interface(&t, g->router, interface_find(g->router, "Vlan1"));
	assert_text(&t, "Vlan1 is up, line protocol is up\n"
			"  Internet protocol processing disabled\n");
	show_ip_interface(&t, g->router, interface_find(g->router, "FastEthernet0"));
	assert_text(&t, "FastEthernet0 is up, line protocol is up\n"
			"  Internet protocol processing disabled\n");
	show_ip_interface_brief(&t, g->router, NULL);
	assert_text(&t,
		"Interface                  IP-Address      OK? Method Status                "
		"Protocol\n"
		"FastEthernet0              unassigned      YES unset  up                    up\n"
		"FastEthernet1              unassigned      YES unset  administratively down down\n"
		"FastEthernet2              unassigned      YES unset  down                  down\n"
		"FastEthernet3              unassigned      YES unset  down                  down\n"
		"FastEthernet4              unassigned      YES unset  up                    up\n"
		"Vlan1                      unassigned      YES unset  up                    up\n");
	rig_destroy(g);
}

static void
test_mac_address_table(void **state)
{
	struct rig *g = bridging_rig();
	struct text t = { 0 };

	(void)state;
	assert_int_equal(show_mac_address_table(&t, g->router), 0);
	assert_text(&t, "          Mac Address Table\n"
			"-------------------------------------------\n"
			"\n"
			"Vlan    Mac Address       Type        Ports\n"
			"----    -----------       --------    -----\n"
			"Total Mac Addresses for this criterion: 0\n");
	put_frame(g, "FastEthernet1", 1, 2);
	put_frame(g, "FastEthernet0", 2, 1);
	put_frame(g, "FastEthernet4", 1, 9);
	assert_int_equal(show_mac_address_table(&t, g->router), 0);
	assert_matches(t.s, "^   1    0200\\.0000\\.0001    DYNAMIC     Fa0\n"
			    "   1    0200\\.0000\\.0002    DYNAMIC     Fa1$");
	assert_matches(t.s, "^ BG1    0200\\.0000\\.0009    DYNAMIC     Fa4$");
	text_fini(&t);
	rig_destroy(g);
}

static void
test_platform_drops(void **state)
{
	struct rig *g = bridging_rig();
	struct text t = { 0 };

	(void)state;
	show_platform_drops(&t, g->router);
	assert_text(&t, "No packet was dropped.\n");
	rig_load(g, "access-list 100 deny udp any any\naccess-list 100 permit ip any any\n"
		    "interface Vlan1\n ip access-group 100 in\n");
	for (int i = 0; i < 3; i++)
		put_frame(g, "FastEthernet0", 0xff, 1);
	show_platform_drops(&t, g->router);
	assert_matches(t.s, "^Interface +Reason +Packets  Meaning$");
	assert_matches(t.s, "^Vlan1 +acl_denied +3  denied by an access list$");
	text_fini(&t);
	rig_destroy(g);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text_grows),
		cmocka_unit_test(test_access_lists),
		cmocka_unit_test(test_access_lists_of_an_interface),
		cmocka_unit_test(test_logging),
		cmocka_unit_test(test_clock_and_users),
		cmocka_unit_test(test_version),
		cmocka_unit_test(test_interfaces_count),
		cmocka_unit_test(test_ip_interface),
		cmocka_unit_test(test_mac_address_table),
		cmocka_unit_test(test_platform_drops),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
