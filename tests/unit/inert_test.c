/*
 * inert_test.c - lines of real configurations that have no effect here: taken, printed where IOS has
 * them, taken back by `no`, `default` and `configure replace`; and what is not among them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "cli/config/config_replace.h"
#include "tests/unit/rig.h"

static char *
body_of(struct rig *g)
{
	struct text t = { 0 };

	show_running_config_body(&t, g->router);
	assert_false(t.failed);
	return t.s;
}

/* Every kept line there is, in a configuration as a router prints it. */
static const char pasted[] = "version 15.4\n"
			     "no service pad\n"
			     "service tcp-keepalives-in\n"
			     "service tcp-keepalives-out\n"
			     "service timestamps debug datetime msec\n"
			     "service timestamps log datetime msec\n"
			     "no service password-encryption\n"
			     "!\n"
			     "hostname Router\n"
			     "!\n"
			     "boot-start-marker\n"
			     "boot-end-marker\n"
			     "!\n"
			     "no aaa new-model\n"
			     "!\n"
			     "no ip source-route\n"
			     "!\n"
			     "ip cef\n"
			     "no ipv6 cef\n"
			     "!\n"
			     "spanning-tree mode pvst\n"
			     "spanning-tree extend system-id\n"
			     "vlan internal allocation policy ascending\n"
			     "!\n"
			     "interface FastEthernet0\n"
			     " switchport mode access\n"
			     " duplex full\n"
			     " speed 100\n"
			     " no cdp enable\n"
			     " spanning-tree portfast\n"
			     "!\n"
			     "interface FastEthernet1\n"
			     "!\n"
			     "interface FastEthernet2\n"
			     "!\n"
			     "interface FastEthernet3\n"
			     "!\n"
			     "interface FastEthernet4\n"
			     " ip address 192.0.2.1 255.255.255.0\n"
			     " no ip redirects\n"
			     " no ip unreachables\n"
			     " no ip proxy-arp\n"
			     " duplex auto\n"
			     " speed auto\n"
			     "!\n"
			     "interface Vlan1\n"
			     " no ip address\n"
			     "!\n"
			     "no ip http server\n"
			     "no ip http secure-server\n"
			     "!\n"
			     "no cdp run\n"
			     "!\n"
			     "line con 0\n"
			     " stopbits 1\n"
			     " speed 9600\n"
			     "line aux 0\n"
			     "line vty 0 4\n"
			     " login\n"
			     "!\n"
			     "end\n";

/* rig_load() fails where a line is refused. */
static void
test_printed_as_pasted(void **state)
{
	struct rig *g = *state;
	char *body;

	rig_load(g, pasted);
	body = body_of(g);
	assert_string_equal(body, pasted);
	free(body);
}

/* The configuration after these lines is the one of a router nobody has configured. */
static void
assert_taken_back(struct rig *g, const char *lines)
{
	struct rig *fresh = rig_create(NULL, false);
	char *expected = body_of(fresh), *is;

	rig_load(g, pasted);
	rig_load(g, lines);
	is = body_of(g);
	assert_string_equal(is, expected);
	free(is);
	free(expected);
	rig_destroy(fresh);
}

static void
test_taken_back(void **state)
{
	assert_taken_back(*state,
		"default service pad\nno service tcp-keepalives-in\nno service tcp-keepalives-out\n"
		"default aaa new-model\ndefault ip source-route\ndefault ip cef\ndefault ipv6 cef\n"
		"no spanning-tree mode\nno spanning-tree extend system-id\n"
		"no vlan internal allocation policy ascending\n"
		"default ip http server\ndefault ip http secure-server\ndefault cdp run\n"
		"interface fa0\nno switchport mode\nno duplex\nno speed\ndefault cdp enable\n"
		"no spanning-tree portfast\n"
		"interface fa4\nno ip address\ndefault ip redirects\ndefault ip unreachables\n"
		"default ip proxy-arp\ndefault duplex\nno speed auto\n"
		"line con 0\nno stopbits\nno speed\n");
	assert_taken_back(*state,
		"default service pad\ndefault service tcp-keepalives-in\n"
		"default service tcp-keepalives-out\ndefault aaa new-model\n"
		"default ip source-route\ndefault ip cef\ndefault ipv6 cef\n"
		"default spanning-tree mode\ndefault spanning-tree extend system-id\n"
		"default vlan internal allocation policy\ndefault ip http server\n"
		"default ip http secure-server\ndefault cdp run\n"
		"default interface fa0\ndefault interface fa4\n"
		"line con 0\ndefault stopbits\ndefault speed\n");
}

/* The last word holds; a `no` that is a setting of its own is one. */
static void
test_said_again(void **state)
{
	struct rig *g = *state;

	rig_load(g,
		"ip cef\nno ip cef\nno cdp run\ncdp run\nspanning-tree mode mst\nspanning-tree "
		"mode rapid-pvst\n"
		"interface vlan1\nspeed 10\nspeed 1000\nline vty 0 4\nstopbits 2\nstopbits 1.5\n");
	rig_says(g, "show running-config | include cef|cdp|spanning|speed|stopbits",
		"no ip cef\nspanning-tree mode rapid-pvst\n speed 1000\n"
		"cdp run\n stopbits 1.5\n");
}

static void
becomes(struct rig *g, const char *text)
{
	struct replace done;
	char *is;

	assert_int_equal(config_replace(g->router, g->grammar, text, &done), REPLACE_DONE);
	replace_fini(&done);
	is = body_of(g);
	assert_string_equal(is, text);
	free(is);
}

static void
test_replaced(void **state)
{
	struct rig *g = *state;
	char *bare = body_of(g);

	becomes(g, pasted);
	becomes(g, bare);
	rig_load(g, "no ip cef\nipv6 cef\nspanning-tree mode mst\ninterface fa4\nspeed 10\n"
		    "line con 0\nspeed 115200\n");
	becomes(g, pasted);
	free(bare);
}

/* What would do something on a real router, and would not here, is not taken. */
static void
test_refused(void **state)
{
	static const char *const line[] = { "ip http server", "ip http secure-server",
		"aaa new-model", "ip source-route", "service pad",
		"spanning-tree vlan 1 priority 0", "spanning-tree portfast bpduguard default" };
	static const char *const on_interface[] = { "ip redirects", "ip unreachables",
		"ip proxy-arp", "switchport mode access", "ip verify unicast reverse-path" };
	static const char *const on_switchport[] = { "switchport mode trunk",
		"switchport access vlan 10", "switchport port-security",
		"spanning-tree bpduguard enable", "storm-control broadcast level 1" };
	struct rig *g = *state;

	rig_type(g, "configure terminal");
	for (size_t i = 0; i < sizeof(line) / sizeof(line[0]); i++)
		assert_non_null(strstr(rig_type(g, line[i]), "\n% Invalid input detected"));
	rig_type(g, "interface fa4");
	for (size_t i = 0; i < sizeof(on_interface) / sizeof(on_interface[0]); i++)
		assert_non_null(strstr(rig_type(g, on_interface[i]), "\n% Invalid input detected"));
	rig_type(g, "interface fa0");
	for (size_t i = 0; i < sizeof(on_switchport) / sizeof(on_switchport[0]); i++)
		assert_non_null(
			strstr(rig_type(g, on_switchport[i]), "\n% Invalid input detected"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_RIG(test_printed_as_pasted),
		WITH_RIG(test_taken_back),
		WITH_RIG(test_said_again),
		WITH_RIG(test_replaced),
		WITH_RIG(test_refused),
	};

	return cmocka_run_group_tests_name("inert", tests, NULL, NULL);
}
