/*
 * ping_test.c - ping and traceroute: what they print and when, on a clock that is turned, and that they end.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "tests/unit/rig.h"

#define HEAD(target)                                                                               \
	"Type escape sequence to abort.\n"                                                         \
	"Sending 5, 100-byte ICMP Echos to " target ", timeout is 2 seconds:\n"

/* One step of the running command, after so many ms; what has been said since the line was typed. */
static const char *
after(struct rig *g, uint64_t ms)
{
	rig_turn(g, ms);
	session_work_turn(g->session);
	return g->said.s;
}

static void
test_no_answer(void **state)
{
	struct rig *g = *state;

	assert_string_equal(rig_type(g, "ping 10.9.9.9"), HEAD("10.9.9.9"));
	assert_true(session_working(g->session));
	assert_int_equal(session_work_wait_ms(g->session), 2000);
	assert_string_equal(after(g, 1999), HEAD("10.9.9.9"));
	assert_string_equal(after(g, 1), HEAD("10.9.9.9") ".");
	assert_string_equal(after(g, 2000), HEAD("10.9.9.9") "..");
	assert_string_equal(
		rig_work(g), HEAD("10.9.9.9") ".....\nSuccess rate is 0 percent (0/5)\n");
	assert_false(session_working(g->session));
}

static void
test_ends_when_told_to(void **state)
{
	struct rig *g = *state;

	rig_type(g, "configure terminal\ndo ping 10.9.9.9 repeat 1000000");
	after(g, 2000);
	after(g, 2000);
	assert_int_equal(session_execute(g->session, "hostname Other"), -1);
	assert_string_equal(router_hostname(g->router), "Router");
	session_interrupt(g->session);
	assert_false(session_working(g->session));
	assert_non_null(strstr(g->said.s, "..\nSuccess rate is 0 percent (0/3)\n"));
	/* It ended the ping and nothing else. */
	assert_int_equal(session_mode(g->session), MODE_GLOBAL_CONFIG);
	rig_says(g, "hostname Other", "");
	assert_string_equal(router_hostname(g->router), "Other");
}

static void
test_ends_with_its_session(void **state)
{
	struct rig *g = *state;

	rig_type(g, "ping 10.9.9.9");
	session_close(g->session);
	assert_false(session_working(g->session));
	session_destroy(g->session);
	g->session = NULL;
	rig_type(g, "ping 10.9.9.9"); /* and the rig destroys this one while it runs */
	assert_true(session_working(g->session));
}

static void
test_loader_does_not_wait(void **state)
{
	struct rig *g = *state;

	rig_load(g, "hostname Before\ndo ping 10.9.9.9\nhostname Behind\n");
	assert_string_equal(router_hostname(g->router), "Behind");
}

static void
test_own_address(void **state)
{
	struct rig *g = *state;

	rig_load(g, "interface Loopback0\n ip address 10.1.1.1 255.255.255.255\n"
		    "interface FastEthernet4\n ip address 10.2.2.1 255.255.255.0\n");
	rig_says(g, "ping 10.1.1.1",
		HEAD("10.1.1.1") "!!!!!\nSuccess rate is 100 percent (5/5), "
				 "round-trip min/avg/max = 1/1/1 ms\n");
	/* An interface that is down has no address. */
	assert_string_equal(rig_type(g, "ping 10.2.2.1"), HEAD("10.2.2.1"));
	session_interrupt(g->session);
	rig_type(g, "configure terminal\ninterface Loopback0\nshutdown\nend");
	assert_string_equal(rig_type(g, "ping 10.1.1.1"), HEAD("10.1.1.1"));
	session_interrupt(g->session);
}

/* Long runs go in bursts, so that the loop turns in between, with 70 marks on a line. */
static void
test_many(void **state)
{
	struct rig *g = *state;
	const char *said = rig_type(g, "ping 127.0.0.1 repeat 71 size 1500 timeout 0");

	assert_true(session_working(g->session));
	assert_int_equal(session_work_wait_ms(g->session), 0);
	said = rig_work(g);
	assert_non_null(strstr(said, "Sending 71, 1500-byte ICMP Echos to 127.0.0.1, timeout is 0 "
				     "seconds:\n"));
	assert_int_equal(strspn(strstr(said, "!!"), "!"), 70);
	assert_non_null(strstr(said, "!\n!\nSuccess rate is 100 percent (71/71), "));
}

static void
test_options(void **state)
{
	struct rig *g = *state;

	rig_load(g, "ip host server 10.9.9.9 10.9.9.8\n"
		    "interface Loopback0\n ip address 10.1.1.1 255.255.255.255\n");
	rig_type(g, "ping ip server timeout 1 size 200 source lo0 repeat 2");
	assert_string_equal(rig_work(g),
		"Type escape sequence to abort.\n"
		"Sending 2, 200-byte ICMP Echos to 10.9.9.9, timeout is 1 seconds:\n"
		"Packet sent with a source address of 10.1.1.1 \n"
		"..\nSuccess rate is 0 percent (0/2)\n");
	rig_says(g, "ping 10.9.9.9 source 10.9.9.9",
		"% Invalid source address- IP address not on any of our up interfaces\n");
	rig_says(g, "ping 10.9.9.9 source fa4",
		"% Invalid source interface - IP not enabled or interface is down\n");
	rig_says(g, "ping nobody",
		"Translating \"nobody\"...domain server (255.255.255.255)\n"
		"% Unrecognized host or address, or protocol not running.\n");
	rig_load(g, "ip name-server 192.0.2.1 192.0.2.2\n");
	rig_says(g, "ping nobody",
		"Translating \"nobody\"...domain server (192.0.2.1, 192.0.2.2)\n"
		"% Unrecognized host or address, or protocol not running.\n");
	rig_load(g, "no ip domain lookup\n");
	rig_says(g, "ping nobody", "% Unrecognized host or address, or protocol not running.\n");
}

#define ASK(q) "<" q ">"
#define FIRST_QUESTIONS                                                                            \
	ASK("Protocol [ip]: ")                                                                     \
	ASK("Target IP address: ")                                                                 \
	ASK("Repeat count [5]: ")                                                                  \
	ASK("Datagram size [100]: ")                                                               \
	ASK("Timeout in seconds [2]: ")                                                            \
	ASK("Extended commands "                                                                   \
	    "[n]: ")

static void
test_dialog(void **state)
{
	struct rig *g = *state;

	rig_load(g, "interface Loopback0\n ip address 10.1.1.1 255.255.255.255\n");
	rig_says(g, "ping\n\n10.1.1.1\n\n\n\n\n",
		FIRST_QUESTIONS ASK("Sweep range of sizes [n]: ")
			HEAD("10.1.1.1") "!!!!!\nSuccess rate is 100 percent (5/5), "
					 "round-trip min/avg/max = 1/1/1 ms\n");
	rig_says(g, "ping\nappletalk",
		ASK("Protocol [ip]: ") "% Unknown protocol - \"appletalk\", type \"ping ?\" for "
				       "help\n");
	rig_says(g, "ping ip\n", ASK("Target IP address: ") "% Bad IP address\n");
	/* A wrong number is asked for again. */
	rig_says(g, "ping ip\n10.1.1.1\n0\n1\n\n\n\n\n",
		ASK("Target IP address: ")
			ASK("Repeat count [5]: ") "% A decimal number between 1 and "
						  "2147483647.\n" ASK("Repeat count [5]: ") ASK(
							  "Datagram size [100]: ")
							  ASK("Timeout in seconds [2]: ") ASK(
								  "Extended commands [n]: ")
								  ASK("Sweep range of sizes "
								      "[n]: ") "Type escape "
									       "sequence to "
									       "abort.\n"
									       "Sending 1, "
									       "100-byte ICMP "
									       "Echos to "
									       "10.1.1.1, "
									       "timeout is 2 "
									       "seconds:\n"
									       "!\nSuccess "
									       "rate is 100 "
									       "percent (1/1), "
									       "round-trip "
									       "min/avg/max = "
									       "1/1/1 ms\n");
}

static void
test_extended_dialog(void **state)
{
	struct rig *g = *state;

	rig_load(g, "interface Loopback0\n ip address 10.1.1.1 255.255.255.255\n");
	rig_says(g, "ping ip\n10.1.1.1\n2\n\n\ny\n10.1.1.1\n\ny\n\n0xBEEF\n\ny\n100\n120\n10",
		ASK("Target IP address: ") ASK("Repeat count [5]: ") ASK(
			"Datagram size [100]: ") ASK("Timeout in seconds [2]: ") ASK("Extended "
										     "commands "
										     "[n]: ")
			ASK("Source address or interface: ") ASK("Type of service [0]: ") ASK(
				"Set DF bit in IP header? [no]: ") ASK("Validate reply data? "
								       "[no]: ") ASK("Data pattern "
										     "[0xABCD]: ")
				ASK("Loose, Strict, Record, Timestamp, Verbose[none]: ") ASK(
					"Sweep range of sizes [n]: ") ASK("Sweep min size [36]: ")
					ASK("Sweep max size [18024]: ") ASK(
						"Sweep interval [1]: ") "Type escape sequence to "
									"abort.\n"
									"Sending 6, "
									"[100..120]-byte ICMP "
									"Echos to 10.1.1.1, "
									"timeout is 2 seconds:\n"
									"Packet sent with a source "
									"address of 10.1.1.1 \n"
									"Packet sent with the DF "
									"bit set\n"
									"Packet has data pattern "
									"0xBEEF\n"
									"!!!!!!\nSuccess rate is "
									"100 percent (6/6), "
									"round-trip min/avg/max = "
									"1/1/1 ms\n");
}

static void
test_traceroute(void **state)
{
	struct rig *g = *state;

	rig_load(g, "ip host server 10.9.9.9\n"
		    "interface Loopback0\n ip address 10.1.1.1 255.255.255.255\n");
	rig_says(g, "traceroute 10.1.1.1",
		"Type escape sequence to abort.\nTracing the route to 10.1.1.1\n"
		"VRF info: (vrf in name/id, vrf out name/id)\n"
		"  1 10.1.1.1 0 msec 0 msec 0 msec\n");
	rig_type(g, "traceroute server ttl 1 2 timeout 1");
	assert_int_equal(session_work_wait_ms(g->session), 1000);
	assert_string_equal(rig_work(g),
		"Type escape sequence to abort.\nTracing the route to server (10.9.9.9)\n"
		"VRF info: (vrf in name/id, vrf out name/id)\n"
		"  1  *  *  * \n  2  *  *  * \n");
	rig_type(g, "traceroute 10.9.9.9");
	after(g, 3000);
	session_interrupt(g->session);
	assert_non_null(strstr(g->said.s, "\n  1  * \n"));
	rig_says(g, "traceroute\n\n10.1.1.1\n\n\n\n1\n\n\n\n",
		ASK("Protocol [ip]: ") ASK("Target IP address: ") ASK("Source address: ")
			ASK("Numeric display [n]: ") ASK("Timeout in seconds [3]: ")
				ASK("Probe count [3]: ") ASK("Minimum Time to Live [1]: ") ASK(
					"Maximum Time to Live [30]: ") ASK("Port Number [33434]: ")
					ASK("Loose, Strict, Record, Timestamp, "
					    "Verbose[none]: ") "Type escape sequence to "
							       "abort.\nTracing the route "
							       "to 10.1.1.1\n"
							       "VRF info: (vrf in name/id, "
							       "vrf out name/id)\n"
							       "  1 10.1.1.1 0 msec\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_RIG(test_no_answer),
		WITH_RIG(test_ends_when_told_to),
		WITH_RIG(test_ends_with_its_session),
		WITH_RIG(test_loader_does_not_wait),
		WITH_RIG(test_own_address),
		WITH_RIG(test_many),
		WITH_RIG(test_options),
		WITH_RIG(test_dialog),
		WITH_RIG(test_extended_dialog),
		WITH_RIG(test_traceroute),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
