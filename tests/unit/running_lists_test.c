/*
 * running_lists_test.c - access lists and all they name in the running configuration: the classic form
 * and the newer one with numbers, each read back to the same text.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/rig.h"

static char *
body_of(struct rig *g)
{
	struct text t = { 0 };

	show_running_config_body(&t, g->router);
	assert_false(t.failed);
	return t.s;
}

/* Loads the text; what it gives must read back to itself. free() the result. */
static char *
round_trip(const char *config)
{
	struct rig *g = rig_create(NULL, false), *again = rig_create(NULL, false);
	char *first, *second;

	rig_load(g, config);
	first = body_of(g);
	rig_load(again, first);
	second = body_of(again);
	assert_string_equal(second, first);
	free(second);
	rig_destroy(g);
	rig_destroy(again);
	return first;
}

/* The body from the line `from` up to the line `to`. */
static void
assert_part(const char *body, const char *from, const char *to, const char *expected)
{
	char part[8192];
	const char *start = strstr(body, from), *end;

	if (start == NULL)
		fail_msg("no \"%s\" in:\n%s", from, body);
	end = strstr(start, to);
	if (end == NULL)
		fail_msg("no \"%s\" behind \"%s\" in:\n%s", to, from, body);
	snprintf(part, sizeof(part), "%.*s", (int)(end - start), start);
	if (strcmp(part, expected) != 0)
		fputs(part, stderr); /* cmocka cuts what is long */
	assert_string_equal(part, expected);
}

/* Typed as people do: any order, abbreviated, some of it with numbers. */
static const char everything[] = "ip access-list log-update threshold 100\n"
				 "ip access-list logging interval 250\n"
				 "ip reflexive-list timeout 120\n"
				 "time-range WORKHOURS\n"
				 " periodic weekdays 09:00 to 17:00\n"
				 " periodic weekend 10:00 to 12:00\n"
				 " absolute start 03:45 23 October 2025\n"
				 "time-range Always\n"
				 "object-group service MAIL\n"
				 " description ! Test Service Group !\n"
				 " tcp eq 25\n"
				 " tcp-udp range 12200 12700\n"
				 " icmp 0\n"
				 " group-object WEB\n"
				 "object-group service WEB\n"
				 " tcp 80\n"
				 " 99\n"
				 "object-group network SERVERS\n"
				 " description ###TEST NETWORK OGR###\n"
				 " host 1.1.1.1\n"
				 " range 2.2.2.2 3.3.3.3\n"
				 " 10.1.2.3 255.255.255.0\n"
				 " group-object EMPTY\n"
				 "object-group network EMPTY\n"
				 "access-list 10 deny 10.0.0.7\n"
				 "access-list 10 permit 10.0.0.0 0.255.255.255 log Tag-1\n"
				 "access-list 110 remark numbered\n"
				 "access-list 110 deny tcp any any eq www time-range WORKHOURS\n"
				 "access-list 110 permit ip any any\n"
				 "ip access-list extended Big\n"
				 " remark first\n"
				 " 50 deny tcp any any established\n"
				 " 20 permit object-group MAIL object-group SERVERS any log\n"
				 " remark about 100\n"
				 " remark and more\n"
				 " 100 permit tcp any any match-all +ack -fin\n"
				 " permit udp any host 192.0.2.1 dscp ef\n"
				 " permit tcp any any reflect Back timeout 60\n"
				 " 7 deny ip any any fragments\n"
				 " permit ip any any ttl eq 255\n"
				 " remark nothing follows\n"
				 "ip access-list extended Reply\n"
				 " evaluate Back\n"
				 " deny ip any any log-input\n"
				 "ip access-list standard Office\n"
				 " 30 deny 192.168.0.0 0.0.255.255\n"
				 " 20 remark the one exception\n"
				 " 20 permit 10.9.9.9\n"
				 "ipv6 access-list V6\n"
				 " remark six\n"
				 " permit tcp 2001:DB8:13::/64 any eq 22\n"
				 " sequence 15 deny icmp any any echo-request\n"
				 " permit ipv6 any any log-input\n"
				 " deny udp any any eq 53 sequence 100\n"
				 "mac access-list extended Frames\n"
				 " deny any any vlan 10\n"
				 " permit host 0001.00ff.0235 any\n"
				 "interface FastEthernet1\n"
				 " ip access-group Big in\n"
				 " mac access-group Frames in\n"
				 "interface Vlan1\n"
				 " ip access-group Reply in\n"
				 " ip access-group Big out\n"
				 " ipv6 traffic-filter V6 in\n"
				 " ipv6 traffic-filter V6out out\n"
				 "line vty 0 4\n"
				 " access-class 10 in vrf-also\n"
				 " ipv6 access-class V6 in\n";

static void
test_classic(void **state)
{
	char *body = round_trip(everything);

	(void)state;
	assert_part(body, "object-group", "interface",
		"object-group network EMPTY\n"
		"!\n"
		"object-group network SERVERS\n"
		" description ###TEST NETWORK OGR###\n"
		" host 1.1.1.1\n"
		" range 2.2.2.2 3.3.3.3\n"
		" 10.1.2.0 255.255.255.0\n"
		" group-object EMPTY\n"
		"!\n"
		"object-group service MAIL\n"
		" description ! Test Service Group !\n"
		" tcp eq smtp\n"
		" tcp-udp range 12200 12700\n"
		" icmp echo-reply\n"
		" group-object WEB\n"
		"!\n"
		"object-group service WEB\n"
		" tcp eq www\n"
		" 99\n"
		"!\n");
	assert_part(body, "interface FastEthernet1", "interface FastEthernet2",
		"interface FastEthernet1\n"
		" ip access-group Big in\n"
		" mac access-group Frames in\n"
		"!\n");
	assert_part(body, "interface Vlan1", "ip access-list log",
		"interface Vlan1\n"
		" no ip address\n"
		" ip access-group Reply in\n"
		" ip access-group Big out\n"
		" ipv6 traffic-filter V6 in\n"
		" ipv6 traffic-filter V6out out\n"
		"!\n");
	assert_part(body, "ip access-list log-update", "line con",
		"ip access-list log-update threshold 100\n"
		"ip access-list logging interval 250\n"
		"ip reflexive-list timeout 120\n"
		"!\n"
		"ip access-list standard Office\n"
		" remark the one exception\n"
		" permit 10.9.9.9\n"
		" deny   192.168.0.0 0.0.255.255\n"
		"!\n"
		"ip access-list extended Big\n"
		" deny   ip any any fragments\n"
		" permit object-group MAIL object-group SERVERS any log\n"
		" remark first\n"
		" deny   tcp any any established\n"
		" remark about 100\n"
		" remark and more\n"
		" permit tcp any any match-all +ack -fin\n"
		" permit udp any host 192.0.2.1 dscp ef\n"
		" permit tcp any any reflect Back timeout 60\n"
		" permit ip any any ttl eq 255\n"
		" remark nothing follows\n"
		"ip access-list extended Reply\n"
		" evaluate Back\n"
		" deny   ip any any log-input\n"
		"!\n"
		"access-list 10 deny   10.0.0.7\n"
		"access-list 10 permit 10.0.0.0 0.255.255.255 log Tag-1\n"
		"access-list 110 remark numbered\n"
		"access-list 110 deny   tcp any any eq www time-range WORKHOURS\n"
		"access-list 110 permit ip any any\n"
		"!\n"
		"ipv6 access-list V6\n"
		" remark six\n"
		" permit tcp 2001:DB8:13::/64 any eq 22\n"
		" sequence 15 deny icmp any any echo-request\n"
		" permit ipv6 any any log-input\n"
		" sequence 100 deny udp any any eq domain\n"
		"!\n"
		"mac access-list extended Frames\n"
		" deny   any any vlan 10\n"
		" permit host 0001.00ff.0235 any\n"
		"!\n");
	assert_part(body, "line vty", "end\n",
		"line vty 0 4\n"
		" access-class 10 in vrf-also\n"
		" ipv6 access-class V6 in\n"
		" login\n"
		"!\n"
		"time-range Always\n"
		"!\n"
		"time-range WORKHOURS\n"
		" absolute start 03:45 23 October 2025\n"
		" periodic weekdays 9:00 to 17:00\n"
		" periodic weekend 10:00 to 12:00\n"
		"!\n");
	free(body);
}

/* Numbered lists too are blocks; a remark carries its entry's number, and none at the end. */
static void
test_persistent(void **state)
{
	char config[sizeof(everything) + 64], *body;

	(void)state;
	snprintf(config, sizeof(config), "%sip access-list persistent\n", everything);
	body = round_trip(config);
	assert_part(body, "ip access-list persistent", "mac access-list",
		"ip access-list persistent\n"
		"ip access-list log-update threshold 100\n"
		"ip access-list logging interval 250\n"
		"ip reflexive-list timeout 120\n"
		"!\n"
		"ip access-list standard 10\n"
		" 10 deny 10.0.0.7\n"
		" 20 permit 10.0.0.0 0.255.255.255 log Tag-1\n"
		"ip access-list standard Office\n"
		" 20 remark the one exception\n"
		" 20 permit 10.9.9.9\n"
		" 30 deny 192.168.0.0 0.0.255.255\n"
		"!\n"
		"ip access-list extended 110\n"
		" 10 remark numbered\n"
		" 10 deny tcp any any eq www time-range WORKHOURS\n"
		" 20 permit ip any any\n"
		"ip access-list extended Big\n"
		" 7 deny ip any any fragments\n"
		" 20 permit object-group MAIL object-group SERVERS any log\n"
		" 50 remark first\n"
		" 50 deny tcp any any established\n"
		" 100 remark about 100\n"
		" 100 remark and more\n"
		" 100 permit tcp any any match-all +ack -fin\n"
		" 110 permit udp any host 192.0.2.1 dscp ef\n"
		" 120 permit tcp any any reflect Back timeout 60\n"
		" 130 permit ip any any ttl eq 255\n"
		" remark nothing follows\n"
		"ip access-list extended Reply\n"
		" 10 evaluate Back\n"
		" 20 deny ip any any log-input\n"
		"!\n"
		"ipv6 access-list V6\n"
		" remark six\n"
		" sequence 10 permit tcp 2001:DB8:13::/64 any eq 22\n"
		" sequence 15 deny icmp any any echo-request\n"
		" sequence 25 permit ipv6 any any log-input\n"
		" sequence 100 deny udp any any eq domain\n"
		"!\n");
	free(body);
}

/* The numbers are those typed, through saving and loading, and `no` brings the classic form back. */
static void
test_numbers_survive(void **state)
{
	static const char config[] = "ip access-list persistent\n"
				     "ip access-list extended Gaps\n"
				     " 3 permit tcp any any eq 22\n"
				     " 2147483647 deny ip any any\n"
				     " 1000 remark sits on\n"
				     " 1000 permit udp any any\n";
	struct rig *g = rig_create(NULL, false);
	char *body = round_trip(config);

	(void)state;
	rig_load(g, body);
	rig_says(g, "show access-lists",
		"Extended IP access list Gaps\n"
		"    3 permit tcp any any eq 22\n"
		"    1000 permit udp any any\n"
		"    2147483647 deny ip any any\n");
	free(body);
	rig_says(g,
		"configure terminal\nno ip access-list persistent\nend\n"
		"show running-config | section access-list",
		RIG_CONFIGURE "ip access-list extended Gaps\n"
			      " permit tcp any any eq 22\n"
			      " remark sits on\n"
			      " permit udp any any\n"
			      " deny   ip any any\n");
	rig_destroy(g);
}

/* A numbered list with an entry that only the list mode knows is printed as that mode's. */
static void
test_numbered_form_is_not_enough(void **state)
{
	char *body = round_trip("ip access-list extended 101\n permit tcp any any reflect R\n"
				"ip access-list extended 102\n permit tcp any any time-range T\n"
				"ip access-list extended 103\n permit ip any any ttl gt 5\n");

	(void)state;
	assert_part(body, "ip access-list", "line con",
		"ip access-list extended 101\n"
		" permit tcp any any reflect R\n"
		"ip access-list extended 103\n"
		" permit ip any any ttl gt 5\n"
		"!\n"
		"access-list 102 permit tcp any any time-range T\n"
		"!\n");
	free(body);
}

/* A file that went through odd hands: control characters are not part of any word. */
static void
test_stray_control_characters(void **state)
{
	char *body = round_trip("ip access-list extended A\r  \n"
				" remark one\x01 \x7ftwo\r\r\n"
				" permit tcp any any time-range T\r\t\n"
				"object-group network \x02G\r \r\n");

	(void)state;
	assert_part(body, "object-group", "interface", "object-group network G\n!\n");
	assert_part(body, "ip access-list", "line con",
		"ip access-list extended A\n"
		" remark one two\n"
		" permit tcp any any time-range T\n"
		"!\n");
	free(body);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_classic),
		cmocka_unit_test(test_persistent),
		cmocka_unit_test(test_numbers_survive),
		cmocka_unit_test(test_numbered_form_is_not_enough),
		cmocka_unit_test(test_stray_control_characters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
