/*
 * config_commands_test.c - configuration commands: each edit in the model, each refusal in its words,
 * the log lines they cause.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "router/banner.h"
#include "tests/unit/rig.h"

/* ---- access lists ---- */

static void
test_list_modes(void **state)
{
	struct rig *g = *state;

	rig_says(g,
		"configure terminal\nip access-list extended Inside\n"
		"deny tcp host 192.168.200.198 any eq smtp log\npermit ip any any\n"
		"15 permit tcp any any eq 22\nremark the end\ndo show access-lists",
		RIG_CONFIGURE "Extended IP access list Inside\n"
			      "    10 deny tcp host 192.168.200.198 any eq smtp log\n"
			      "    15 permit tcp any any eq 22\n"
			      "    20 permit ip any any\n");
	rig_says(g, "10 permit ip any any", "");
	rig_says(g, "10 permit udp any any", "% Duplicate sequence number\n");
	rig_says(g,
		"permit udp any any eq 53\nno 15\nno permit ip any any\nno remark the end\n"
		"no 999\nno permit ip any host 1.2.3.4\ndo show access-lists",
		"Extended IP access list Inside\n"
		"    10 deny tcp host 192.168.200.198 any eq smtp log\n"
		"    30 permit udp any any eq domain\n");
	rig_says(g,
		"no 30 permit udp any any eq domain\nip access-list resequence Inside 100 5\n"
		"do show access-lists",
		"Extended IP access list Inside\n"
		"    100 deny tcp host 192.168.200.198 any eq smtp log\n");
	rig_says(g, "ip access-list resequence Outside 10 10",
		"% Access list Outside does not exist\n");
	rig_says(g, "ip access-list standard Inside",
		"% A named extended IP access list with this name already exists\n");
	rig_says(g, "no ip access-list standard Inside",
		"% A named extended IP access list with this name already exists\n");
	rig_says(g, "ip access-list standard 150", "% Invalid access list name.\n");
	rig_says(g, "ip access-list extended 99", "% Invalid access list name.\n");
	rig_says(g,
		"no ip access-list extended Inside\nno ip access-list extended Inside\n"
		"do show access-lists",
		"");
}

/* Another session deletes the list under this one: the next entry makes it anew. */
static void
test_list_deleted_meanwhile(void **state)
{
	struct rig *g = *state;

	rig_type(g, "configure terminal\nip access-list standard Mine\npermit 10.0.0.1");
	assert_true(lists_delete(g->router, "Mine"));
	rig_says(g, "permit 10.0.0.2\ndo show access-lists",
		"Standard IP access list Mine\n    10 permit 10.0.0.2\n");
}

static void
test_numbered_lists(void **state)
{
	struct rig *g = *state;

	rig_says(g,
		"configure terminal\naccess-list 10 permit 10.0.0.0 0.255.255.255\n"
		"access-list 0101 deny icmp any any 8\naccess-list 101 permit ip any any\n"
		"ip access-list extended 101\n15 permit tcp any any eq 22 23\n"
		"do show access-lists",
		RIG_CONFIGURE "Standard IP access list 10\n"
			      "    10 permit 10.0.0.0, wildcard bits 0.255.255.255\n"
			      "Extended IP access list 101\n"
			      "    10 deny icmp any any echo\n"
			      "    15 permit tcp any any eq 22 telnet\n"
			      "    20 permit ip any any\n");
	rig_says(g, "access-list 101 permit tcp any any eq 22 23",
		"% Multiple ports are allowed on named ACLs only\n");
	rig_says(g, "access-list 10 permit host 10.1.1.1",
		"% Access rule can't be configured at higher sequence num as it is part of the"
		" existing rule at sequence num 10\n");
	/* "Router(config)#" and the address, whose beginning no protocol could continue */
	rig_says(g, "access-list 158 permit 10.0.13.0 0.0.0.255",
		"                                      ^\n"
		"% Invalid input detected at '^' marker.\n\n");
	assert_null(lists_find(g->router, "158"));
	rig_says(g,
		"no access-list 101 permit tcp any any eq 80\nno access-list 10\n"
		"do show access-lists",
		"");
}

/* ---- interfaces ---- */

static const char *
log_line(struct rig *g, size_t i)
{
	const char *line = logging_buffer_line(g->router, i);

	return line != NULL ? strchr(line, '%') : NULL;
}

static void
test_interface(void **state)
{
	struct rig *g = *state;
	const struct interface *wan = interface_find(g->router, "FastEthernet4");

	rig_says(g,
		"configure terminal\ninterface fa 4\nip access-group One in\n"
		"ip access-group Two in\nip access-group 101 out\nbridge-group 1\n"
		"description  To the  Internet",
		RIG_CONFIGURE);
	assert_string_equal(wan->access_group[ACL_IN], "Two");
	assert_string_equal(wan->access_group[ACL_OUT], "101");
	assert_string_equal(wan->description, "To the  Internet");
	assert_int_equal(wan->bridge_group, 1);
	/* Only what is named goes. */
	rig_says(g, "no ip access-group One in\nno bridge-group 2", "");
	assert_string_equal(wan->access_group[ACL_IN], "Two");
	assert_int_equal(wan->bridge_group, 1);
	rig_says(g, "no ip access-group Two in\nno bridge-group 1\nno description", "");
	assert_string_equal(wan->access_group[ACL_IN], "");
	assert_string_equal(wan->description, "");
	assert_int_equal(wan->bridge_group, 0);
	rig_says(g, "no ip address", "");
	rig_says(g, "ip address 10.0.0.1 255.0.0.0\nno ip address", "");
	rig_type(g, "interface GigabitEthernet0/1");
	assert_non_null(interface_find(g->router, "GigabitEthernet0/1"));
}

/* What a switchport does not have is not offered there, nor listed. */
static void
test_switchport(void **state)
{
	struct rig *g = *state;

	/* "Router(config-if)#", and as far as the words go that are there. */
	rig_type(g, "configure terminal\ninterface FastEthernet0");
	rig_says(g, "ip access-group Inside in\nmac access-group Frames in", "");
	assert_string_equal(
		interface_find(g->router, "FastEthernet0")->access_group[ACL_IN], "Inside");
	assert_string_equal(interface_find(g->router, "FastEthernet0")->mac_access_group, "Frames");
	rig_says(g, "ip access-group Inside out",
		"                                         ^\n"
		"% Invalid input detected at '^' marker.\n\n");
	rig_type(g, "interface FastEthernet0");
	rig_says(g, "ipv6 traffic-filter V6 in",
		"                       ^\n% Invalid input detected at '^' marker.\n\n");
	rig_type(g, "interface FastEthernet0");
	rig_says(g, "no ip access-group Other in\nno mac access-group Other in", "");
	assert_string_equal(
		interface_find(g->router, "FastEthernet0")->access_group[ACL_IN], "Inside");
	rig_says(g, "no ip access-group Inside in\nno mac access-group Frames in", "");
	assert_string_equal(interface_find(g->router, "FastEthernet0")->access_group[ACL_IN], "");
	assert_string_equal(interface_find(g->router, "FastEthernet0")->mac_access_group, "");
	rig_says(g, "bridge-group 1",
		"                        ^\n% Invalid input detected at '^' marker.\n\n");
	rig_type(g, "interface FastEthernet0");
	text_fini(&g->said);
	session_help(g->session, "");
	assert_null(strstr(g->said.s, "bridge-group"));
	assert_non_null(strstr(g->said.s, "  shutdown "));
}

static void
test_shutdown_is_told(void **state)
{
	struct rig *g = rig_create(NULL, true);
	char err[DP_ERR_MAX];

	(void)state;
	assert_int_equal(
		dataplane_add_port(g->dp, interface_find(g->router, "FastEthernet0")->ifindex,
			"memory", "", err),
		0);
	rig_type(g, "configure terminal\ninterface FastEthernet0\nshutdown\nshutdown");
	assert_string_equal(log_line(g, 0),
		"%LINK-5-CHANGED: Interface FastEthernet0, changed state"
		" to administratively down");
	assert_string_equal(log_line(g, 1), "%LINEPROTO-5-UPDOWN: Line protocol on Interface"
					    " FastEthernet0, changed state to down");
	/* The last member of its VLAN takes the SVI's line protocol along. */
	assert_string_equal(log_line(g, 2), "%LINEPROTO-5-UPDOWN: Line protocol on Interface Vlan1,"
					    " changed state to down");
	assert_null(log_line(g, 3));
	logging_clear(g->router);
	rig_type(g, "no shutdown");
	assert_string_equal(
		log_line(g, 0), "%LINK-3-UPDOWN: Interface FastEthernet0, changed state to up");
	assert_string_equal(log_line(g, 1), "%LINEPROTO-5-UPDOWN: Line protocol on Interface"
					    " FastEthernet0, changed state to up");
	assert_string_equal(log_line(g, 2), "%LINEPROTO-5-UPDOWN: Line protocol on Interface Vlan1,"
					    " changed state to up");
	assert_null(log_line(g, 3));
	/* While a configuration loads nothing changes; that is how it is. */
	logging_clear(g->router);
	rig_load(g, "interface FastEthernet0\n shutdown\n");
	assert_null(log_line(g, 0));
	rig_destroy(g);
}

/* ---- lines, users, the rest ---- */

static void
test_lines(void **state)
{
	struct rig *g = *state;
	struct line *l = line_get(g->router, LINE_VTY, 2);

	rig_says(g,
		"configure terminal\nline vty 1 3\npassword 0 secret word\nlogin local\n"
		"exec-timeout 1 30\nprivilege level 15\nlength 0\nwidth 100\nhistory size 7\n"
		"logging synchronous\ntransport input ssh",
		RIG_CONFIGURE);
	assert_string_equal(l->password, "secret word");
	assert_int_equal(l->login, LOGIN_LOCAL);
	assert_int_equal(l->exec_timeout_s, 90);
	assert_int_equal(l->privilege, 15);
	assert_int_equal(l->length, 0);
	assert_int_equal(l->width, 100);
	assert_int_equal(l->history_size, 7);
	assert_true(l->logging_synchronous);
	assert_true(l->transport_ssh && !l->transport_telnet);
	assert_string_equal(line_get(g->router, LINE_VTY, 4)->password, "");
	rig_says(g,
		"no password\nno login\nno exec-timeout\nno privilege level\nno length\n"
		"no width\nno history size\nno logging synchronous\nno transport input",
		"");
	assert_string_equal(l->password, "");
	assert_int_equal(l->login, LOGIN_NONE);
	assert_int_equal(l->exec_timeout_s, 0);
	assert_int_equal(l->privilege, 1);
	assert_int_equal(l->length, -1);
	assert_int_equal(l->width, -1);
	assert_int_equal(l->history_size, -1);
	assert_false(l->logging_synchronous);
	assert_false(l->transport_ssh || l->transport_telnet);
	rig_says(g, "default login\ndefault exec-timeout\ndefault transport input", "");
	assert_int_equal(l->login, LOGIN_PASSWORD);
	assert_int_equal(l->exec_timeout_s, 600);
	assert_true(l->transport_ssh && l->transport_telnet);

#define TRANSPORT "do show running-config | include transport input"
	rig_says(g, TRANSPORT, "");
	rig_says(g, "transport input ssh telnet\n" TRANSPORT, " transport input telnet ssh\n");
	rig_says(g, "transport input all\n" TRANSPORT, "");
	rig_says(g, "transport input telnet ssh\nno transport input\n" TRANSPORT,
		" transport input none\n");
	rig_says(g, "transport input telnet ssh\ndefault transport input\n" TRANSPORT, "");
	rig_says(g, "password 7 nonsense", "Invalid encrypted password: nonsense\n");
	rig_says(g, "line vty 5 2", "% The last line comes before the first\n");
	rig_says(g, "no line vty 0 4", "% Can't delete last 5 VTY lines\n");
	rig_type(g, "line vty 7");
	assert_true(line_get(g->router, LINE_VTY, 5)->configured);
	assert_false(line_get(g->router, LINE_VTY, 8)->configured);
	rig_type(g, "no line vty 5 15");
	assert_false(line_get(g->router, LINE_VTY, 5)->configured);
}

/* Ctrl-C itself, typed behind Ctrl-V, is the delimiter that is written ^C; at its end, too. */
static void
test_banner_between_keys(void **state)
{
	struct rig *g = *state;

	rig_type(g, "configure terminal");
	rig_says(g, "banner motd \x03", "Enter TEXT message.  End with the character '^C'.\n<>");
	assert_true(session_asking(g->session));
	rig_type(g, "first\nlast\x03 and more");
	assert_false(session_asking(g->session));
	assert_string_equal(banner_text(g->router, BANNER_MOTD), "\nfirst\nlast");
	rig_type(g, "banner motd \x03one\x03");
	assert_string_equal(banner_text(g->router, BANNER_MOTD), "one");
	/* Between others it is kept as it is written, and reads back the same. */
	rig_type(g, "banner motd #\nan \x03#");
	assert_string_equal(banner_text(g->router, BANNER_MOTD), "\nan ^C");
}

/* Ctrl-Z inside a banner: to EXEC, and the banner is what it was. */
static void
test_banner_left(void **state)
{
	struct rig *g = *state;

	rig_type(g, "configure terminal\nbanner motd #before#\nbanner motd #after");
	assert_true(session_asking(g->session));
	session_end_key(g->session, "half a line");
	assert_false(session_asking(g->session));
	assert_int_equal(session_mode(g->session), MODE_USER_EXEC);
	assert_string_equal(banner_text(g->router, BANNER_MOTD), "before");
}

static void
test_users(void **state)
{
	struct rig *g = *state;
	const struct aaa_user *u;

	rig_says(g,
		"configure terminal\nusername anna privilege 15 secret t0p secret\n"
		"username ben password plain",
		RIG_CONFIGURE);
	u = aaa_user_find(g->router, "anna");
	assert_int_equal(u->privilege, 15);
	assert_true(aaa_secret_verify(&u->secret, "t0p secret"));
	assert_null(strstr(u->secret.text, "t0p"));
	rig_says(g, "username anna privilege 7", "");
	assert_int_equal(u->privilege, 7);
	assert_true(aaa_secret_verify(&u->secret, "t0p secret"));
	rig_says(g, "username anna secret 5 nonsense",
		"ERROR: The secret you entered is not a valid encrypted secret.\n");
	rig_says(g, "username carl password 7 nonsense", "Invalid encrypted password: nonsense\n");
	assert_null(aaa_user_find(g->router, "carl"));
#define SURE                                                                                       \
	"<This operation will remove all username related configurations with same name."          \
	"Do you want to continue? [confirm]>"
	rig_says(g, "no username anna\nn", SURE);
	assert_non_null(aaa_user_find(g->router, "anna"));
	rig_says(g, "no username anna privilege 7\n", SURE);
	assert_null(aaa_user_find(g->router, "anna"));
	assert_non_null(aaa_user_find(g->router, "ben"));
	rig_says(g, "no username nobody", "");
}

static void
test_password_encryption(void **state)
{
	struct rig *g = *state;
	char clear[AAA_SECRET_MAX + 1];

	rig_type(g, "configure terminal\nusername ben password plain\nline con 0\npassword cisco\n"
		    "service password-encryption\nenable password later");
	assert_int_equal(aaa_user_find(g->router, "ben")->secret.type, 7);
	assert_int_equal(line_get(g->router, LINE_CON, 0)->password_type, 7);
	assert_true(aaa_type7_decode(line_get(g->router, LINE_CON, 0)->password, clear));
	assert_string_equal(clear, "cisco");
	assert_int_equal(aaa_enable_password(g->router, AAA_LEVEL_FULL)->type, 7);
	assert_true(aaa_secret_verify(aaa_enable_password(g->router, AAA_LEVEL_FULL), "later"));
}

static void
test_global(void **state)
{
	struct rig *g = *state;

	rig_says(g, "configure terminal\nhostname a!b",
		RIG_CONFIGURE "% Hostname contains one or more illegal characters.\n");
	rig_type(g, "hostname Fred");
	assert_string_equal(router_hostname(g->router), "Fred");
	rig_type(g, "no hostname");
	assert_string_equal(router_hostname(g->router), "Router");
	rig_says(g,
		"bridge irb\nbridge 7 protocol ieee\nno ip domain lookup\n"
		"no service timestamps log",
		"");
	assert_true(router_bridge_irb(g->router) && router_bridge_exists(g->router, 7));
	assert_false(router_service(g->router, SERVICE_IP_DOMAIN_LOOKUP));
	assert_int_equal(log_stamp(g->router, STAMP_OF_LOG)->kind, STAMP_NONE);
	rig_type(g, "no bridge 7\nno bridge irb\ndefault ip domain lookup\n"
		    "default service timestamps log datetime msec");
	assert_false(router_bridge_irb(g->router) || router_bridge_exists(g->router, 7));
	assert_true(router_service(g->router, SERVICE_IP_DOMAIN_LOOKUP));
	assert_true(log_stamp(g->router, STAMP_OF_LOG)->msec);
	rig_says(g, "logging buffered 1000",
		"                                ^\n% Invalid input detected at '^' marker.\n\n");
	rig_type(g, "logging buffered 8192 errors\nlogging console 2\nno logging monitor");
	assert_int_equal(logging_buffer_size(g->router), 8192);
	assert_int_equal(logging_destination(g->router, LOG_TO_BUFFER)->level, 3);
	assert_int_equal(logging_destination(g->router, LOG_TO_CONSOLE)->level, 2);
	assert_false(logging_destination(g->router, LOG_TO_MONITOR)->on);
	rig_type(g, "default logging buffered\nlogging console\nlogging monitor");
	assert_int_equal(logging_buffer_size(g->router), 4096);
	assert_int_equal(logging_destination(g->router, LOG_TO_BUFFER)->level, 7);
	assert_int_equal(logging_destination(g->router, LOG_TO_CONSOLE)->level, 7);
	assert_true(logging_destination(g->router, LOG_TO_MONITOR)->on);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_RIG(test_list_modes),
		WITH_RIG(test_list_deleted_meanwhile),
		WITH_RIG(test_numbered_lists),
		WITH_RIG(test_interface),
		WITH_RIG(test_switchport),
		cmocka_unit_test(test_shutdown_is_told),
		WITH_RIG(test_lines),
		WITH_RIG(test_banner_between_keys),
		WITH_RIG(test_banner_left),
		WITH_RIG(test_users),
		WITH_RIG(test_password_encryption),
		WITH_RIG(test_global),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
