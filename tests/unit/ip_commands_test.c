/*
 * ip_commands_test.c - addresses, names, routes and the clock: what is typed is what is shown, kept and read back.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/rig.h"

/* The running configuration, to be freed; loading it into another router gives the same. */
static char *
running_config(struct rig *g)
{
	struct rig *other = rig_create(NULL, false);
	struct text one = { 0 }, two = { 0 };

	show_running_config_body(&one, g->router);
	rig_load(other, one.s);
	show_running_config_body(&two, other->router);
	assert_string_equal(one.s, two.s);
	text_fini(&two);
	rig_destroy(other);
	return one.s;
}

static void
assert_configured(struct rig *g, const char *lines)
{
	char *config = running_config(g);

	if (strstr(config, lines) == NULL)
		fail_msg("not in the configuration:\n%s\nbut:\n%s", lines, config);
	free(config);
}

static void
assert_not_configured(struct rig *g, const char *words)
{
	char *config = running_config(g);

	assert_null(strstr(config, words));
	free(config);
}

static void
test_addresses(void **state)
{
	struct rig *g = *state;

	rig_type(g, "configure terminal\ninterface fa4");
	rig_says(
		g, "ip address 10.0.0.1 255.0.255.0", "Bad mask 0xFF00FF00 for address 10.0.0.1\n");
	rig_says(g, "ip address 10.0.0.0 255.255.255.0", "Bad mask /24 for address 10.0.0.0\n");
	rig_says(g, "ip address 10.0.0.255 255.255.255.0", "Bad mask /24 for address 10.0.0.255\n");
	rig_says(g, "ip address 10.0.0.1 0.0.0.0", "Bad mask 0x0 for address 10.0.0.1\n");
	rig_says(g, "ip address 127.0.0.1 255.0.0.0", "Not a valid host address - 127.0.0.1\n");
	rig_says(g, "ip address 224.0.0.1 255.0.0.0", "Not a valid host address - 224.0.0.1\n");
	rig_says(g, "ip address 10.0.0.1 255.255.255.0", "");
	rig_says(g, "interface lo0\nip address 10.0.0.9 255.255.255.255",
		"% 10.0.0.9 overlaps with FastEthernet4\n");
	rig_says(g, "ip address 10.0.1.9 255.255.255.255", "");
	rig_says(g, "interface fa0\nip address 10.0.3.9 255.255.255.255",
		"% IP addresses may not be configured on L2 links.\n");
	assert_configured(g, "interface Loopback0\n ip address 10.0.1.9 255.255.255.255\n!\n");
	assert_configured(g, "interface FastEthernet4\n ip address 10.0.0.1 255.255.255.0\n");
	rig_says(g, "interface fa4\nno ip address 10.0.0.2 255.255.255.0", "Invalid address\n");
	rig_says(g, "no ip address 10.0.0.1 255.255.255.0", "");
	assert_configured(g, "interface FastEthernet4\n no ip address\n");
	rig_says(g, "ip address 10.0.0.1 255.255.255.0\nno ip address", "");
	assert_configured(g, "interface FastEthernet4\n no ip address\n");
	rig_says(g, "end\nshow ip interface brief loopback 0",
		"Interface                  IP-Address      OK? Method Status                "
		"Protocol\n"
		"Loopback0                  10.0.1.9        YES manual up                    up\n");
}

static void
test_line_parameters(void **state)
{
	struct rig *g = *state;

	rig_load(g, "interface FastEthernet4\n bandwidth 512\n delay 20\n load-interval 30\n");
	assert_configured(g, "interface FastEthernet4\n bandwidth 512\n no ip address\n"
			     " load-interval 30\n delay 20\n!\n");
	assert_non_null(
		strstr(rig_type(g, "show interfaces fa4"), "BW 512 Kbit/sec, DLY 200 usec, \n"));
	assert_non_null(strstr(g->said.s, "  30 second input rate 0 bits/sec, 0 packets/sec\n"));
	rig_type(g, "configure terminal\ninterface fa4\nno bandwidth\nno delay\nno load-interval\n"
		    "load-interval 100");
	assert_non_null(strstr(g->said.s, "% Load interval must be a multiple of 30 seconds\n"));
	assert_configured(g, "interface FastEthernet4\n no ip address\n!\n");
	assert_non_null(strstr(
		rig_type(g, "do show interfaces fa4"), "BW 100000 Kbit/sec, DLY 100 usec, \n"));
}

static void
test_names(void **state)
{
	struct rig *g = *state;

	rig_load(g, "ip domain name example.com\nip host web.example.com 192.0.2.80\n"
		    "ip host Alpha 192.0.2.1 192.0.2.2\nip host alpha 192.0.2.3\n"
		    "ip name-server 192.0.2.53 192.0.2.54\nip name-server 192.0.2.53\n");
	assert_configured(g, "ip domain name example.com\nip host Alpha 192.0.2.3\n"
			     "ip host web.example.com 192.0.2.80\nip name-server 192.0.2.53\n"
			     "ip name-server 192.0.2.54\n!\n");
	assert_int_equal(ip_host_find(g->router, "WEB")->address[0], 0xc0000250);
	assert_null(ip_host_find(g->router, "w"));
	rig_says(g, "show hosts",
		"Default domain is example.com\n"
		"Name/address lookup uses domain service\n"
		"Name servers are 192.0.2.53, 192.0.2.54\n"
		"\n"
		"Codes: UN - unknown, EX - expired, OK - OK, ?? - revalidate\n"
		"       temp - temporary, perm - permanent\n"
		"       NA - Not Applicable None - Not defined\n"
		"\n"
		"Host                      Port  Flags      Age Type   Address(es)\n"
		"Alpha                     None  (perm, OK)  0   IP    192.0.2.3\n"
		"web.example.com           None  (perm, OK)  0   IP    192.0.2.80\n");
	rig_load(g, "no ip domain name\nno ip host alpha\nno ip host web.example.com\n"
		    "no ip name-server 192.0.2.53\n");
	assert_configured(g, "ip name-server 192.0.2.54\n!\n");
	rig_load(g, "no ip name-server\n");
	assert_not_configured(g, "192.0.2.");
	rig_type(g, "configure terminal\nip name-server 10.0.0.1 10.0.0.2 10.0.0.3 10.0.0.4 "
		    "10.0.0.5 10.0.0.6");
	rig_says(g, "ip name-server 10.0.0.7", "% Name-server table is full (maximum 6)\n");
}

static void
test_static_routes(void **state)
{
	struct rig *g = *state;

	rig_load(g, "interface Loopback0\n ip address 10.0.0.1 255.255.255.0\n"
		    "ip default-gateway 10.0.0.254\n"
		    "ip route 0.0.0.0 0.0.0.0 10.0.0.2 name upstream\n"
		    "ip route 192.168.1.0 255.255.255.0 10.0.0.3 200 tag 5 permanent\n"
		    "ip route 172.16.0.0 255.255.0.0 Loopback0\n");
	assert_configured(g, "ip default-gateway 10.0.0.254\n"
			     "ip route 0.0.0.0 0.0.0.0 10.0.0.2 name upstream\n"
			     "ip route 172.16.0.0 255.255.0.0 Loopback0\n"
			     "ip route 192.168.1.0 255.255.255.0 10.0.0.3 200 tag 5 permanent\n"
			     "!\n");
	rig_type(g, "configure terminal");
	rig_says(g, "ip route 10.0.0.1 255.255.255.0 10.0.0.2", "%Inconsistent address and mask\n");
	rig_says(g, "ip route 10.9.0.0 255.0.255.0 10.0.0.2", "%Inconsistent address and mask\n");
	rig_says(g, "ip route 10.9.0.0 255.255.0.0 10.0.0.1",
		"%Invalid next hop address (it's this router)\n");
	rig_says(g, "ip route 10.9.0.0 255.255.0.0 Loopback3",
		"% Interface Loopback3 does not exist\n");
	rig_says(g, "no ip route 10.9.0.0 255.255.0.0", "%No matching route to delete\n");
	rig_says(g, "no ip route 192.168.1.0 255.255.255.0 10.0.0.3\nno interface lo0", "");
	assert_configured(g, "ip route 0.0.0.0 0.0.0.0 10.0.0.2 name upstream\n!\n");
}

/* The table as it should stand behind the codes. */
static void
assert_table(struct rig *g, const char *table)
{
	const char *said = rig_type(g, "show ip route");
	const char *gateway = strstr(said, "Gateway of last resort");

	assert_non_null(gateway);
	assert_string_equal(gateway, table);
}

static void
test_routing_table(void **state)
{
	struct rig *g = *state;

	assert_table(g, "Gateway of last resort is not set\n\n");
	rig_load(g, "interface Loopback0\n ip address 10.0.0.1 255.255.255.0\n"
		    "interface Loopback1\n ip address 192.168.9.9 255.255.255.255\n"
		    "interface Loopback2\n ip address 172.31.0.1 255.255.0.0\n"
		    "interface FastEthernet4\n ip address 10.8.0.1 255.255.255.0\n"
		    "ip route 0.0.0.0 0.0.0.0 10.0.0.2\n"
		    "ip route 0.0.0.0 0.0.0.0 10.0.0.3 5\n"
		    "ip route 10.1.0.0 255.255.0.0 10.0.0.2\n"
		    "ip route 10.1.0.0 255.255.0.0 10.0.0.3\n"
		    "ip route 10.2.0.0 255.255.0.0 10.1.0.9\n"	  /* by way of another static one */
		    "ip route 10.3.0.0 255.255.0.0 10.8.0.9\n"	  /* behind what is down */
		    "ip route 10.4.0.0 255.255.0.0 203.0.113.1\n" /* by the default route alone */
		    "ip route 10.0.0.0 255.255.255.0 Loopback1\n" /* connected is better */
		    "ip route 192.0.0.0 255.0.0.0 Loopback1 10.0.0.2\n");
	assert_table(g, "Gateway of last resort is 10.0.0.2 to network 0.0.0.0\n"
			"\n"
			"S*    0.0.0.0/0 [1/0] via 10.0.0.2\n"
			"      10.0.0.0/8 is variably subnetted, 4 subnets, 3 masks\n"
			"C        10.0.0.0/24 is directly connected, Loopback0\n"
			"L        10.0.0.1/32 is directly connected, Loopback0\n"
			"S        10.1.0.0/16 [1/0] via 10.0.0.2\n"
			"                     [1/0] via 10.0.0.3\n"
			"S        10.2.0.0/16 [1/0] via 10.1.0.9\n"
			"      172.31.0.0/16 is variably subnetted, 2 subnets, 2 masks\n"
			"C        172.31.0.0/16 is directly connected, Loopback2\n"
			"L        172.31.0.1/32 is directly connected, Loopback2\n"
			"S     192.0.0.0/8 [1/0] via 10.0.0.2, Loopback1\n"
			"      192.168.9.0/32 is subnetted, 1 subnets\n"
			"C        192.168.9.9/32 is directly connected, Loopback1\n");
	rig_says(g, "show ip route 10.2.3.4",
		"Routing entry for 10.2.0.0/16\n"
		"  Known via \"static\", distance 1, metric 0\n"
		"  Routing Descriptor Blocks:\n"
		"  * 10.1.0.9\n"
		"      Route metric is 0, traffic share count is 1\n");
	rig_says(g, "show ip route 203.0.113.9", "% Network not in table\n");
	rig_says(g, "show ip route static | count via", "Number of lines which match regexp = 5\n");
	/* The static route that the connected one beat takes over; without it nothing is left to reach. */
	rig_type(g, "configure terminal\ninterface lo0\nshutdown\nend");
	assert_non_null(strstr(rig_type(g, "show ip route"),
		"S        10.0.0.0/24 is directly connected, Loopback1\n"
		"S        10.1.0.0/16 [1/0] via 10.0.0.2\n"));
	rig_load(g, "no ip route 10.0.0.0 255.255.255.0 Loopback1\n");
	assert_table(g, "Gateway of last resort is not set\n"
			"\n"
			"      172.31.0.0/16 is variably subnetted, 2 subnets, 2 masks\n"
			"C        172.31.0.0/16 is directly connected, Loopback2\n"
			"L        172.31.0.1/32 is directly connected, Loopback2\n"
			"S     192.0.0.0/8 [1/0] via 10.0.0.2, Loopback1\n"
			"      192.168.9.0/32 is subnetted, 1 subnets\n"
			"C        192.168.9.9/32 is directly connected, Loopback1\n");
}

static void
test_clock(void **state)
{
	struct rig *g = *state;

	rig_says(g, "show clock detail",
		"*22:13:20.123 UTC Tue Nov 14 2023\nTime source is hardware calendar\n");
	rig_says(g, "clock set 10:00:00 31 feb 2024", "% Invalid date\n");
	rig_type(g, "clock set 10:00:00 29 feb 2024");
	rig_says(g, "show clock detail",
		"10:00:00.000 UTC Thu Feb 29 2024\nTime source is user configuration\n");
	rig_says(g, "show calendar", "22:13:20 UTC Tue Nov 14 2023\n");
	assert_string_equal(logging_buffer_line(g->router, 0),
		"Feb 29 10:00:00.000: %SYS-6-CLOCKUPDATE: System clock has been updated from "
		"22:13:20 UTC Tue Nov 14 2023 to 10:00:00 UTC Thu Feb 29 2024, "
		"configured from console by console.");
	rig_load(g, "clock timezone CET 1\n");
	rig_says(g, "show clock", "11:00:00.000 CET Thu Feb 29 2024\n");
	assert_configured(g, "clock timezone CET 1 0\n");
	rig_type(g, "clock set 09:00:00 march 1 2024");
	rig_says(g, "show clock", "09:00:00.000 CET Fri Mar 1 2024\n");
	rig_load(g, "clock timezone NST -3 30\n");
	rig_says(g, "show clock", "04:30:00.000 NST Fri Mar 1 2024\n");
	assert_configured(g, "clock timezone NST -3 30\n");
	rig_load(g, "no clock timezone\n");
	rig_says(g, "show clock", "08:00:00.000 UTC Fri Mar 1 2024\n");
	assert_not_configured(g, "timezone");
}

/* The stamp of the next message; 24 h later than the last. */
static const char *
stamped(struct rig *g)
{
	logging_clear(g->router);
	logging_emit(g->router, "TEST", 5, "NOTE", "said");
	return logging_buffer_line(g->router, 0);
}

static void
test_stamps(void **state)
{
	struct rig *g = *state;

	rig_load(g, "clock timezone CET 1\n");
	assert_string_equal(stamped(g), "*Nov 14 22:13:20.123: %TEST-5-NOTE: said");
	rig_load(g, "service timestamps log datetime\n");
	assert_string_equal(stamped(g), "*Nov 14 22:13:20: %TEST-5-NOTE: said");
	rig_load(g, "service timestamps log datetime year show-timezone\n");
	assert_string_equal(stamped(g), "*Nov 14 2023 22:13:20 UTC: %TEST-5-NOTE: said");
	rig_load(g, "service timestamps log datetime localtime msec show-timezone\n");
	assert_string_equal(stamped(g), "*Nov 14 23:13:20.123 CET: %TEST-5-NOTE: said");
	assert_configured(g, "service timestamps debug datetime msec\n"
			     "service timestamps log datetime msec localtime show-timezone\n");
	rig_load(g, "service timestamps log uptime\nservice timestamps debug uptime\n");
	rig_turn(g, 45000);
	assert_string_equal(stamped(g), "00:00:45: %TEST-5-NOTE: said");
	rig_turn(g, (uint64_t)(5 * 24 + 20) * 3600 * 1000);
	assert_string_equal(stamped(g), "5d20h: %TEST-5-NOTE: said");
	rig_turn(g, (uint64_t)4 * 24 * 3600 * 1000);
	assert_string_equal(stamped(g), "1w2d: %TEST-5-NOTE: said");
	assert_configured(g, "service timestamps debug uptime\nservice timestamps log uptime\n");
	rig_load(g, "no service timestamps log\nno service timestamps debug\n"
		    "service sequence-numbers\n");
	assert_non_null(strstr(stamped(g), "0000"));
	assert_configured(g, "no service timestamps debug datetime msec\n"
			     "no service timestamps log datetime msec\n");
	rig_load(g, "default service timestamps log\nno service sequence-numbers\n");
	assert_non_null(strstr(stamped(g), "*Nov 24 18:14:05.123: %TEST"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_RIG(test_addresses),
		WITH_RIG(test_line_parameters),
		WITH_RIG(test_names),
		WITH_RIG(test_static_routes),
		WITH_RIG(test_routing_table),
		WITH_RIG(test_clock),
		WITH_RIG(test_stamps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
