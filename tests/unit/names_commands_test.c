/*
 * names_commands_test.c - sessions that configure IPv6 and MAC lists, object groups, time ranges, and
 * what holds for all lists: prompts, `?`, Tab, the `no` forms, and the show commands.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "tests/unit/rig.h"

static void
assert_prompt(struct rig *g, const char *expected)
{
	char prompt[128];

	assert_string_equal(session_prompt(g->session, prompt, sizeof(prompt)), expected);
}

/* What `?` behind the text says. */
static const char *
help(struct rig *g, const char *text)
{
	text_fini(&g->said);
	text_add(&g->said, "");
	session_help(g->session, text);
	return g->said.s;
}

static void
assert_tab(struct rig *g, const char *text, const char *expected)
{
	char line[256];

	session_complete(g->session, text, line, sizeof(line));
	assert_string_equal(line, expected);
}

/* ---- IPv6 lists ---- */

static void
test_ipv6_list(void **state)
{
	struct rig *g = *state;

	rig_says(g, "configure terminal\nipv6 access-list V6", RIG_CONFIGURE);
	assert_prompt(g, "Router(config-ipv6-acl)#");
	rig_says(g, "do show ipv6 access-list", ""); /* the mode alone makes nothing */
	rig_says(g,
		"permit tcp any any eq bgp\nsequence 30 deny ipv6 any any log\n"
		"remark not shown\npermit udp any any sequence 20\ndo show ipv6 access-list",
		"IPv6 access list V6\n"
		"    permit tcp any any eq bgp sequence 10\n"
		"    permit udp any any sequence 20\n"
		"    deny ipv6 any any log sequence 30\n");
	rig_says(g, "sequence 30 permit icmp any any", "% Duplicate sequence number\n");
	rig_says(g,
		"no sequence 20\nno sequence 10 permit tcp any any eq bgp\n"
		"no permit icmp any any\ndo show ipv6 access-list",
		"IPv6 access list V6\n"
		"    deny ipv6 any any log sequence 30\n");
	rig_says(g, "no deny ipv6 any any log\nno remark not shown\ndo show ipv6 access-list", "");
	rig_says(g, "permit ipv6 any any\nexit", "");
	assert_prompt(g, "Router(config)#");
	rig_says(g, "no ipv6 access-list V6\nno ipv6 access-list V6\ndo show ipv6 access-list", "");
}

static void
test_ipv6_help(void **state)
{
	struct rig *g = *state;

	rig_type(g, "configure terminal\nipv6 access-list V6");
	assert_string_equal(help(g, ""), "IPv6 Access List configuration commands:\n"
					 "  default   Set a command to its defaults\n"
					 "  deny      Specify packets to reject\n"
					 "  evaluate  Evaluate an access list\n"
					 "  exit      Exit from access-list configuration mode\n"
					 "  no        Negate a command or set its defaults\n"
					 "  permit    Specify packets to forward\n"
					 "  remark    Access list entry comment\n"
					 "  sequence  Sequence number for this entry\n"
					 "\n");
	rig_type(g, "permit ipv6 any any\nexit");
	assert_tab(g, "ipv6 access-list V", "ipv6 access-list V6 ");
	assert_tab(g, "no ipv6 access-list V", "no ipv6 access-list V6 ");
	rig_type(g, "interface Vlan1");
	assert_tab(g, "ipv6 traffic-filter V", "ipv6 traffic-filter V6 ");
	assert_tab(g, "ip access-group V", "ip access-group V"); /* of another name space */
	rig_type(g, "line vty 0 4");
	assert_tab(g, "ipv6 access-class V", "ipv6 access-class V6 ");
}

/* ---- MAC lists ---- */

static void
test_mac_list(void **state)
{
	struct rig *g = *state;

	rig_says(g, "configure terminal\nmac access-list extended Frames", RIG_CONFIGURE);
	assert_prompt(g, "Router(config-ext-macl)#");
	assert_string_equal(help(g, ""), "Extended MAC Access List configuration commands:\n"
					 "  default  Set a command to its defaults\n"
					 "  deny     Specify packets to reject\n"
					 "  exit     Exit from access-list configuration mode\n"
					 "  no       Negate a command or set its defaults\n"
					 "  permit   Specify packets to forward\n"
					 "  remark   Access list entry comment\n"
					 "\n");
	rig_says(g, "do show access-lists", "Extended MAC access list Frames \n");
	rig_says(g,
		"permit any any\ndeny any any vlan 10\npermit host 0001.00FF.0235 any\n"
		"do show access-lists Frames",
		"Extended MAC access list Frames \n"
		"    permit any any\n"
		"    deny   any any vlan 10\n"
		"    permit host 0001.00ff.0235 any\n");
	rig_says(g, "no permit any any\ndo show access-lists",
		"Extended MAC access list Frames \n"
		"    deny   any any vlan 10\n"
		"    permit host 0001.00ff.0235 any\n");
	rig_says(g, "do show ip access-lists\ndo show ipv6 access-list", "");
	rig_type(g, "exit");
	assert_tab(g, "no mac access-list extended F", "no mac access-list extended Frames ");
	rig_type(g, "interface fa0");
	assert_tab(g, "mac access-group F", "mac access-group Frames ");
	rig_says(g, "no mac access-list extended Frames\ndo show access-lists", "");
}

/* All families, in order; a name may be in each of them. */
static void
test_show_access_lists(void **state)
{
	struct rig *g = *state;

	rig_load(g, "mac access-list extended Edge\n permit any any\n"
		    "ipv6 access-list Edge\n permit ipv6 any any\n"
		    "ip access-list extended Edge\n permit ip any any\n"
		    "access-list 7 permit any\n"
		    "ipv6 access-list Core\n permit icmp any any\n");
	rig_says(g, "show access-lists",
		"Standard IP access list 7\n"
		"    10 permit any\n"
		"Extended IP access list Edge\n"
		"    10 permit ip any any\n"
		"IPv6 access list Core\n"
		"    permit icmp any any sequence 10\n"
		"IPv6 access list Edge\n"
		"    permit ipv6 any any sequence 10\n"
		"Extended MAC access list Edge \n"
		"    permit any any\n");
	rig_says(g, "show access-lists Edge",
		"Extended IP access list Edge\n"
		"    10 permit ip any any\n"
		"IPv6 access list Edge\n"
		"    permit ipv6 any any sequence 10\n"
		"Extended MAC access list Edge \n"
		"    permit any any\n");
	rig_says(g, "show ip access-lists Edge",
		"Extended IP access list Edge\n    10 permit ip any any\n");
	rig_says(g, "show ipv6 access-list Edge",
		"IPv6 access list Edge\n    permit ipv6 any any sequence 10\n");
	rig_says(g, "show ipv6 access-list edge\nshow access-lists 8", "");
	assert_tab(g, "show ipv6 access-list C", "show ipv6 access-list Core ");
	assert_tab(g, "show access-lists C", "show access-lists Core ");
	assert_tab(g, "show ip access-lists C", "show ip access-lists C");
}

/* ---- object groups ---- */

static void
test_object_groups(void **state)
{
	struct rig *g = *state;

	rig_says(g, "configure terminal\nobject-group network TEST_NET_OGR", RIG_CONFIGURE);
	assert_prompt(g, "Router(config-network-group)#");
	rig_says(g,
		"description ###TEST NETWORK OGR###\nany\nhost 1.1.1.1\n"
		"range 2.2.2.2 3.3.3.3\ngroup-object NNNN\n1.1.1.0 255.255.255.0\n"
		"host 1.1.1.1\nexit\nobject-group service TEST-SVC-OGR",
		"");
	assert_prompt(g, "Router(config-service-group)#");
	rig_says(g,
		"description ! Test Service Group !\nicmp echo-reply\ntcp eq 25\n"
		"udp range 49 50\ntcp-udp range 12200 12700\n99",
		"");
	rig_says(g, "do show object-group",
		"Network object group TEST_NET_OGR\n"
		" Description ###TEST NETWORK OGR###\n"
		" any\n"
		" host 1.1.1.1\n"
		" range 2.2.2.2 3.3.3.3\n"
		" group-object NNNN\n"
		" 1.1.1.0 255.255.255.0\n"
		"Service object group TEST-SVC-OGR\n"
		" Description ! Test Service Group !\n"
		" icmp echo-reply\n"
		" tcp eq smtp\n"
		" udp range tacacs 50\n"
		" tcp-udp range 12200 12700\n"
		" 99\n");
	rig_says(g, "no tcp eq smtp\nno description\nno 98\ndo show object-group TEST-SVC-OGR",
		"Service object group TEST-SVC-OGR\n"
		" icmp echo-reply\n"
		" udp range tacacs 50\n"
		" tcp-udp range 12200 12700\n"
		" 99\n");
	rig_says(g, "do show object-group test-svc-ogr", "");
	rig_says(g, "object-group network TEST-SVC-OGR",
		"% Object-group TEST-SVC-OGR already exists as a service object-group\n");
	rig_says(g, "object-group network NNNN\ngroup-object TEST_NET_OGR",
		"% Object-group TEST_NET_OGR cannot be nested in NNNN, which it contains\n");
	rig_says(g, "no object-group network NNNN",
		"% Object-group NNNN cannot be deleted, it is being used\n");
	rig_says(g, "no object-group service TEST-SVC-OGR\nno object-group service TEST-SVC-OGR",
		"");
	rig_says(g,
		"no object-group network TEST_NET_OGR\nno object-group network NNNN\n"
		"do show object-group",
		"");
}

static void
test_object_group_help(void **state)
{
	struct rig *g = *state;

	rig_type(g, "configure terminal\nobject-group network Net");
	assert_string_equal(help(g, ""),
		"Network object group configuration commands:\n"
		"  A.B.C.D       Network address of the group members\n"
		"  any           Any host\n"
		"  default       Set a command to its defaults\n"
		"  description   Object-group description\n"
		"  exit          Exit from object-group configuration mode\n"
		"  group-object  Nested object group\n"
		"  host          Host address of the group members\n"
		"  no            Negate a command or set its defaults\n"
		"  range         Match only packets in the range of IP addresses\n"
		"\n");
	rig_type(g, "object-group service Svc");
	assert_non_null(strstr(help(g, ""), "Service object group configuration commands:\n"
					    "  <0-255>"));
	rig_type(g, "exit");
	assert_tab(g, "object-group network N", "object-group network Net ");
	assert_tab(g, "object-group service N", "object-group service N");
	assert_tab(g, "no object-group service S", "no object-group service Svc ");
	assert_tab(g, "do show object-group S", "do show object-group Svc ");
	rig_type(g, "ip access-list extended A\npermit tcp any any reflect Back");
	assert_tab(g, "permit ip object-group N", "permit ip object-group Net ");
	assert_tab(g, "permit object-group S", "permit object-group Svc ");
	assert_tab(g, "permit ip any obj N", "permit ip any obj Net ");
	assert_tab(g, "evaluate B", "evaluate Back ");
	assert_tab(g, "permit udp any any reflect B", "permit udp any any reflect Back ");
	assert_tab(g, "permit udp any any reflect Back log B",
		"permit udp any any reflect Back log B");
	rig_type(g, "object-group network Net");
	assert_tab(g, "group-object N", "group-object Net ");
}

/* ---- time ranges ---- */

static void
test_time_ranges(void **state)
{
	struct rig *g = *state;

	rig_says(g, "configure terminal\ntime-range WORKHOURS", RIG_CONFIGURE);
	assert_prompt(g, "Router(config-time-range)#");
	assert_string_equal(help(g, ""), "Time range configuration commands:\n"
					 "  absolute  absolute time and date\n"
					 "  default   Set a command to its defaults\n"
					 "  exit      Exit from time-range configuration mode\n"
					 "  no        Negate a command or set its defaults\n"
					 "  periodic  periodic time and date\n"
					 "\n");
	rig_says(
		g, "periodic weekdays 09:00 to 17:00\nperiodic Saturday 10:00 to Sunday 12:00", "");
	rig_says(g,
		"ip access-list extended A\npermit tcp any any time-range WORKHOURS\n"
		"permit udp any any time-range WORKHOURS\npermit ip any any time-range OTHER\n"
		"ipv6 access-list B\npermit ipv6 any any time-range WORKHOURS",
		"");
	rig_says(g, "do show time-range",
		"time-range entry: WORKHOURS (inactive)\n"
		"   periodic weekdays 9:00 to 17:00\n"
		"   periodic Saturday 10:00 to Sunday 12:00\n"
		"   used in: IP ACL entry\n"
		"   used in: IP ACL entry\n"
		"   used in: IPv6 ACL entry\n");
	rig_says(g,
		"time-range EMPTY\nabsolute start 03:45 23 October 2025\ndo show time-range EMPTY",
		"time-range entry: EMPTY (inactive)\n"
		"   absolute start 03:45 23 October 2025\n");
	rig_says(g,
		"no absolute start 03:45 23 October 2025\ndo show time-range EMPTY\n"
		"do show time-range Empty",
		"time-range entry: EMPTY (active)\n");
	rig_type(g, "ip access-list extended A");
	assert_tab(g, "permit ip any any log time-range W",
		"permit ip any any log time-range WORKHOURS ");
	assert_tab(g, "permit ip any any time W", "permit ip any any time WORKHOURS ");
	rig_type(g, "exit");
	assert_tab(g, "time-range E", "time-range EMPTY ");
	assert_tab(g, "do show time-range W", "do show time-range WORKHOURS ");
	rig_says(g,
		"no time-range EMPTY\nno time-range EMPTY\nno time-range WORKHOURS\n"
		"do show time-range\ndo show ip access-lists",
		"Extended IP access list A\n"
		"    10 permit tcp any any time-range WORKHOURS (inactive)\n"
		"    20 permit udp any any time-range WORKHOURS (inactive)\n"
		"    30 permit ip any any time-range OTHER (inactive)\n");
}

/* Another session deletes what this one is in: the next line makes it anew. */
static void
test_deleted_meanwhile(void **state)
{
	struct rig *g = *state;
	struct parse_error err;

	rig_type(g, "configure terminal\ntime-range Mine");
	assert_true(time_ranges_delete(g->router, "Mine"));
	rig_says(g, "periodic daily 1:00 to 2:00\ndo show time-range",
		"time-range entry: Mine (inactive)\n   periodic daily 1:00 to 2:00\n");
	rig_type(g, "object-group network Mine");
	assert_int_equal(object_groups_delete(g->router, "Mine", OBJECT_GROUP_NETWORK, &err), 1);
	rig_says(g, "host 10.0.0.1\ndo show object-group",
		"Network object group Mine\n host 10.0.0.1\n");
	rig_type(g, "mac access-list extended Mine");
	assert_true(lists_delete_kind(g->router, "Mine", ACL_MAC));
	rig_says(g, "permit any any\ndo show access-lists",
		"Extended MAC access list Mine \n    permit any any\n");
}

/* ---- what holds for all lists ---- */

static void
test_list_options(void **state)
{
	struct rig *g = *state;

	rig_says(g,
		"configure terminal\nip access-list log-update threshold 10\n"
		"ip access-list logging interval 500\nip reflexive-list timeout 60\n"
		"ip access-list persistent",
		RIG_CONFIGURE);
	assert_int_equal(acl_log_threshold(g->router), 10);
	assert_int_equal(acl_log_interval(g->router), 500);
	assert_int_equal(reflexive_lists_timeout(g->router), 60);
	assert_true(router_service(g->router, SERVICE_ACCESS_LIST_PERSISTENT));
	assert_string_equal(help(g, "ip access-list "),
		"  extended    Extended Access List\n"
		"  log-update  Control access list log updates\n"
		"  logging     Control access list logging\n"
		"  persistent  Keep sequence numbers in the configuration\n"
		"  resequence  Resequence Access List\n"
		"  standard    Standard Access List\n"
		"\n");
	rig_says(g,
		"no ip access-list log-update threshold\nno ip access-list logging interval 500\n"
		"no ip reflexive-list timeout\nno ip access-list persistent",
		"");
	assert_int_equal(acl_log_threshold(g->router), 0);
	assert_int_equal(acl_log_interval(g->router), 0);
	assert_int_equal(reflexive_lists_timeout(g->router), 300);
	assert_false(router_service(g->router, SERVICE_ACCESS_LIST_PERSISTENT));
}

static void
test_access_class(void **state)
{
	struct rig *g = *state;
	const struct line *l = line_get(g->router, LINE_VTY, 2);

	rig_says(g,
		"configure terminal\nline vty 0 4\naccess-class 1 in\nipv6 access-class V6 in\n"
		"access-class MGMT in vrf-also",
		RIG_CONFIGURE);
	assert_string_equal(l->access_class, "MGMT");
	assert_true(l->access_class_vrf_also);
	assert_string_equal(l->ipv6_access_class, "V6");
	/* Only what is named goes. */
	rig_says(g, "no access-class 1 in\nno ipv6 access-class V7 in", "");
	assert_string_equal(l->access_class, "MGMT");
	assert_true(l->access_class_vrf_also);
	assert_string_equal(l->ipv6_access_class, "V6");
	rig_says(g, "access-class MGMT in", "");
	assert_false(l->access_class_vrf_also);
	rig_says(g, "no access-class MGMT in\nno ipv6 access-class V6 in", "");
	assert_string_equal(l->access_class, "");
	assert_string_equal(l->ipv6_access_class, "");
	/* The console has no peers. */
	rig_type(g, "line con 0");
	assert_null(strstr(help(g, ""), "access-class"));
}

static void
test_ipv6_interfaces(void **state)
{
	struct rig *g = *state;

	rig_says(g, "show ipv6 interface", "");
	rig_load(g, "interface Vlan1\n ipv6 traffic-filter One in\n ipv6 traffic-filter Two in\n"
		    " ipv6 traffic-filter Out out\n"
		    "interface FastEthernet4\n shutdown\n ipv6 traffic-filter Wan in\n"
		    "interface FastEthernet2\n mac access-group Frames in\n");
	rig_says(g, "show ipv6 interface",
		"FastEthernet4 is administratively down, line protocol is down\n"
		"  No global unicast address is configured\n"
		"  Inbound access list Wan\n"
		"Vlan1 is up, line protocol is down\n"
		"  No global unicast address is configured\n"
		"  Inbound access list Two\n"
		"  Outgoing access list Out\n");
	rig_says(g, "show mac access-group",
		"Interface FastEthernet0:\n   Inbound access-list is not set\n"
		"Interface FastEthernet1:\n   Inbound access-list is not set\n"
		"Interface FastEthernet2:\n   Inbound access-list is Frames\n"
		"Interface FastEthernet3:\n   Inbound access-list is not set\n");
	rig_says(g,
		"configure terminal\ninterface Vlan1\nno ipv6 traffic-filter One in\n"
		"no ipv6 traffic-filter Out out\ndo show ipv6 interface Vlan1",
		RIG_CONFIGURE "Vlan1 is up, line protocol is down\n"
			      "  No global unicast address is configured\n"
			      "  Inbound access list Two\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_RIG(test_ipv6_list),
		WITH_RIG(test_ipv6_help),
		WITH_RIG(test_mac_list),
		WITH_RIG(test_show_access_lists),
		WITH_RIG(test_object_groups),
		WITH_RIG(test_object_group_help),
		WITH_RIG(test_time_ranges),
		WITH_RIG(test_deleted_meanwhile),
		WITH_RIG(test_list_options),
		WITH_RIG(test_access_class),
		WITH_RIG(test_ipv6_interfaces),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
