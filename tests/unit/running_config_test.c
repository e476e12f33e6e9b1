/*
 * running_config_test.c - the configuration as text: its exact form, that it reads back as itself, and
 * what `write memory` and `show startup-config` make of it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/commands/factory.h"
#include "tests/unit/rig.h"

static char *
body_of(struct rig *g)
{
	struct text t = { 0 };

	show_running_config_body(&t, g->router);
	assert_false(t.failed);
	return t.s;
}

/* Loads the text, checks that the body it gives is `expected`, and that this loads to itself. */
static void
assert_config(const char *config, const char *expected)
{
	struct rig *g = rig_create(NULL, false), *again = rig_create(NULL, false);
	char *first, *second;

	rig_load(g, config);
	first = body_of(g);
	if (expected != NULL)
		assert_string_equal(first, expected);
	rig_load(again, first);
	second = body_of(again);
	assert_string_equal(second, first);
	free(first);
	free(second);
	rig_destroy(g);
	rig_destroy(again);
}

#define HEAD                                                                                       \
	"version 15.4\n"                                                                           \
	"service timestamps debug datetime msec\n"                                                 \
	"service timestamps log datetime msec\n"                                                   \
	"no service password-encryption\n"                                                         \
	"!\n"                                                                                      \
	"hostname Router\n"                                                                        \
	"!\n"                                                                                      \
	"boot-start-marker\n"                                                                      \
	"boot-end-marker\n"                                                                        \
	"!\n"
#define SWITCHPORTS                                                                                \
	"interface FastEthernet0\n!\n"                                                             \
	"interface FastEthernet1\n!\n"                                                             \
	"interface FastEthernet2\n!\n"                                                             \
	"interface FastEthernet3\n!\n"
#define INTERFACES                                                                                 \
	SWITCHPORTS "interface FastEthernet4\n no ip address\n!\n"                                 \
		    "interface Vlan1\n no ip address\n!\n"
#define LINES "line con 0\nline aux 0\nline vty 0 4\n login\n"
#define TAIL LINES "!\nend\n"

static void
test_nothing_configured(void **state)
{
	(void)state;
	assert_config("", HEAD INTERFACES TAIL);
}

static void
test_factory(void **state)
{
	(void)state;
	assert_config(factory_config,
		HEAD "bridge irb\n!\n" SWITCHPORTS
		     "interface FastEthernet4\n no ip address\n bridge-group 1\n!\n"
		     "interface Vlan1\n no ip address\n bridge-group 1\n!\n"
		     "bridge 1 protocol ieee\n!\n" TAIL);
}

/* Named lists in blocks, standard before extended; numbered ones as lines, ascending over both kinds. */
static void
test_lists(void **state)
{
	(void)state;
	assert_config("access-list 2000 deny udp any any eq 514\n"
		      "access-list 1300 permit any log\n"
		      "access-list 111 remark Web only\n"
		      "access-list 111 deny icmp any any 8\n"
		      "access-list 111 permit tcp any any eq 80\n"
		      "access-list 9 deny host 172.16.1.9\n"
		      "access-list 9 permit 172.16.1.0 0.0.0.255\n"
		      "ip access-list extended Zone\n"
		      " permit ip any any\n"
		      "ip access-list extended Inside\n"
		      " remark the infected one\n"
		      " deny tcp host 192.168.200.198 any eq 25 log\n"
		      " permit tcp 10.1.2.3 0.0.0.0 0.0.0.0 255.255.255.255 eq 22 23 80\n"
		      "ip access-list standard OFFICE\n"
		      " deny 192.168.1.77 0.255.0.0\n"
		      " permit any\n"
		      "ip access-list extended EMPTY\n",
		HEAD INTERFACES "ip access-list standard OFFICE\n"
				" deny   192.0.1.77 0.255.0.0\n"
				" permit any\n"
				"!\n"
				"ip access-list extended EMPTY\n"
				"ip access-list extended Inside\n"
				" remark the infected one\n"
				" deny   tcp host 192.168.200.198 any eq smtp log\n"
				" permit tcp host 10.1.2.3 any eq 22 telnet www\n"
				"ip access-list extended Zone\n"
				" permit ip any any\n"
				"!\n"
				"access-list 9 deny   172.16.1.9\n"
				"access-list 9 permit 172.16.1.0 0.0.0.255\n"
				"access-list 111 remark Web only\n"
				"access-list 111 deny   icmp any any echo\n"
				"access-list 111 permit tcp any any eq www\n"
				"access-list 1300 permit any log\n"
				"access-list 2000 deny   udp any any eq syslog\n"
				"!\n" TAIL);
}

/* What `access-list N ...` would not take back is printed the way it was typed. */
static void
test_numbered_lists_typed_by_name(void **state)
{
	(void)state;
	assert_config("ip access-list extended 101\n"
		      " permit tcp any any eq 80 443\n"
		      "ip access-list extended 102\n"
		      " permit tcp any any eq 80\n"
		      "ip access-list standard 3\n",
		HEAD INTERFACES "ip access-list standard 3\n"
				"!\n"
				"ip access-list extended 101\n"
				" permit tcp any any eq www 443\n"
				"!\n"
				"access-list 102 permit tcp any any eq www\n"
				"!\n" TAIL);
}

/* The lists the product is for come back as they were typed. */
static void
test_seed_lists(void **state)
{
	static const char *const names[] = { "1-inside.txt", "2-inside-log-established.txt",
		"3-inside-log-syn.txt" };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char path[512], typed[2048];
		struct rig *g = rig_create(NULL, false);
		char *body, *list;
		size_t len;
		FILE *f;

		snprintf(path, sizeof(path), "%s/seed-lists/%s", TEST_DATA, names[i]);
		f = fopen(path, "r");
		assert_non_null(f);
		len = fread(typed, 1, sizeof(typed) - 1, f);
		typed[len] = '\0';
		fclose(f);
		assert_config(typed, NULL);
		rig_load(g, typed);
		body = body_of(g);
		list = strchr(typed, '!');
		if (list != NULL) /* the file goes on with the interface */
			*list = '\0';
		assert_non_null(strstr(body, typed));
		free(body);
		rig_destroy(g);
	}
}

static void
test_interfaces(void **state)
{
	(void)state;
	assert_config("interface Gi0/1\n"
		      " bridge-group 7\n"
		      " ip access-group 101 in\n"
		      " ip access-group Nowhere out\n"
		      " shutdown\n"
		      " description To the office,  2nd floor\n"
		      "interface fa0\n"
		      " shutdown\n"
		      "interface vlan 20\n"
		      " no ip address\n"
		      "bridge 7 protocol ieee\n",
		HEAD "interface FastEthernet0\n shutdown\n!\n"
		     "interface FastEthernet1\n!\n"
		     "interface FastEthernet2\n!\n"
		     "interface FastEthernet3\n!\n"
		     "interface FastEthernet4\n no ip address\n!\n"
		     "interface GigabitEthernet0/1\n"
		     " description To the office,  2nd floor\n"
		     " no ip address\n"
		     " ip access-group 101 in\n"
		     " ip access-group Nowhere out\n"
		     " shutdown\n"
		     " bridge-group 7\n"
		     "!\n"
		     "interface Vlan1\n no ip address\n!\n"
		     "interface Vlan20\n no ip address\n!\n"
		     "bridge 7 protocol ieee\n!\n" TAIL);
}

static void
test_lines(void **state)
{
	(void)state;
	assert_config("line con 0\n"
		      " exec-timeout 0 0\n"
		      " logging synchronous\n"
		      " login\n"
		      " password cisco\n"
		      "line vty 0 15\n"
		      " login local\n"
		      " transport input ssh\n"
		      " exec-timeout 5 30\n"
		      "line vty 3\n"
		      " no login\n"
		      " privilege level 15\n"
		      " length 0\n"
		      " width 132\n"
		      " history size 50\n"
		      " transport input none\n",
		HEAD INTERFACES "line con 0\n"
				" exec-timeout 0 0\n"
				" password cisco\n"
				" logging synchronous\n"
				" login\n"
				"line aux 0\n"
				"line vty 0 2\n"
				" exec-timeout 5 30\n"
				" login local\n"
				" transport input ssh\n"
				"line vty 3\n"
				" exec-timeout 5 30\n"
				" privilege level 15\n"
				" no login\n"
				" history size 50\n"
				" length 0\n"
				" width 132\n"
				" transport input none\n"
				"line vty 4\n"
				" exec-timeout 5 30\n"
				" login local\n"
				" transport input ssh\n"
				"line vty 5 15\n"
				" exec-timeout 5 30\n"
				" login local\n"
				" transport input ssh\n"
				"!\nend\n");
}

static void
test_secrets(void **state)
{
	(void)state;
	assert_config("enable secret 5 $1$mERr$hx5rVt7rPNoS4wqbXKX7m0\n"
		      "enable password 7 0822455D0A16\n"
		      "username anna privilege 15 secret 5 $1$mERr$hx5rVt7rPNoS4wqbXKX7m0\n"
		      "username ben password plain and simple\n"
		      "username carl privilege 7\n"
		      "line vty 0 4\n"
		      " password 0 7 up\n",
		HEAD "enable secret 5 $1$mERr$hx5rVt7rPNoS4wqbXKX7m0\n"
		     "enable password 7 0822455D0A16\n"
		     "!\n"
		     "username anna privilege 15 secret 5 $1$mERr$hx5rVt7rPNoS4wqbXKX7m0\n"
		     "username ben password 0 plain and simple\n"
		     "username carl privilege 7\n"
		     "!\n" INTERFACES "line con 0\n"
		     "line aux 0\n"
		     "line vty 0 4\n"
		     " password 0 7 up\n"
		     " login\n"
		     "!\nend\n");
	/* A clear secret is hashed with a salt of its own; it must still read back as it was printed. */
	assert_config("enable secret s3same\nusername anna secret t0p\n", NULL);
	assert_config("service password-encryption\nenable password hidden\n"
		      "username ben password hidden\nline con 0\n password hidden\n",
		NULL);
}

/* What stands between the names and the interfaces, and before the lines. */
static void
test_logins_and_ssh(void **state)
{
	(void)state;
	assert_config("ip ssh version 2\n"
		      "ip ssh time-out 30\n"
		      "ip ssh pubkey-chain\n"
		      " username anna\n"
		      "  key-hash ssh-rsa 0123456789abcdef0123456789abcdef anna at home\n"
		      " username ben\n"
		      "login block-for 100 attempts 3 within 30\n"
		      "login quiet-mode access-class Admins\n"
		      "login on-failure log every 3\n"
		      "banner login #Mind ^C\n"
		      "! the step\n"
		      "#\n"
		      "banner exec ^C in ^C\n"
		      "username anna\n"
		      "line aux 0\n"
		      " transport output none\n"
		      " no exec\n",
		HEAD "login block-for 100 attempts 3 within 30\n"
		     "login quiet-mode access-class Admins\n"
		     "login on-failure log every 3\n"
		     "!\n"
		     "username anna\n"
		     "!\n"
		     "ip ssh time-out 30\n"
		     "ip ssh version 2\n"
		     "ip ssh pubkey-chain\n"
		     "  username anna\n"
		     "   key-hash ssh-rsa 0123456789ABCDEF0123456789ABCDEF anna at home\n"
		     "  username ben\n"
		     "!\n" INTERFACES "banner exec ^C in ^C\n"
		     "banner login #Mind ^C\n"
		     "! the step\n"
		     "#\n"
		     "!\n"
		     "line con 0\n"
		     "line aux 0\n"
		     " no exec\n"
		     " transport output none\n"
		     "line vty 0 4\n"
		     " login\n"
		     "!\nend\n");
	assert_config("enable secret level 5 five\nenable password level 3 0 3\n"
		      "enable algorithm-type scrypt secret s3same\n"
		      "username dora algorithm-type sha256 secret t0p\n"
		      "line vty 0 4\n location rack 7\n absolute-timeout 5\n session-timeout 6\n"
		      " transport preferred none\n no motd-banner\n no exec-banner\n",
		NULL);
}

static void
test_logging_and_services(void **state)
{
	(void)state;
	assert_config("no service timestamps log\n"
		      "no ip domain-lookup\n"
		      "hostname R1\n"
		      "logging buffered 65536 informational\n"
		      "no logging console\n"
		      "logging monitor 4\n"
		      "no logging on\n",
		"version 15.4\n"
		"service timestamps debug datetime msec\n"
		"no service timestamps log datetime msec\n"
		"no service password-encryption\n"
		"!\n"
		"hostname R1\n"
		"!\n"
		"boot-start-marker\n"
		"boot-end-marker\n"
		"!\n"
		"no logging on\n"
		"logging buffered 65536 informational\n"
		"no logging console\n"
		"logging monitor warnings\n"
		"!\n"
		"no ip domain lookup\n"
		"!\n" INTERFACES TAIL);
	assert_config("no logging buffered\n", HEAD "no logging buffered\n!\n" INTERFACES TAIL);
	assert_config("logging buffered 4096 errors\nlogging buffered\n",
		HEAD "logging buffered 4096 errors\n!\n" INTERFACES TAIL);
}

/* The head counts the bytes that follow it; who changed it is told; two calls give the same bytes. */
static void
test_head(void **state)
{
	static const char changed[] =
		"!\n! Last configuration change at 22:13:20 UTC Tue Nov 14 2023 by admin\n!\n"
		"version 15.4\n";
	struct rig *g = rig_create(NULL, false);
	struct text t = { 0 }, again = { 0 };
	const char *config;
	size_t bytes;
	int end = 0;

	(void)state;
	show_running_config(&t, g->router);
	assert_int_equal(
		sscanf(t.s, "Building configuration...\n\nCurrent configuration : %zu bytes%n",
			&bytes, &end),
		1);
	config = t.s + end + 1;
	assert_int_equal(strncmp(config, "!\nversion 15.4\n", 15), 0);
	assert_int_equal(bytes, strlen(config));
	text_fini(&t);

	router_note_change(g->router, "admin");
	show_running_config(&t, g->router);
	rig_turn(g, 100000);
	show_running_config(&again, g->router);
	assert_string_equal(t.s, again.s);
	config = strstr(t.s, "bytes\n") + 6;
	assert_memory_equal(config, changed, strlen(changed));
	text_fini(&t);
	text_fini(&again);
	rig_destroy(g);
}

static void
test_interface_part(void **state)
{
	struct rig *g = rig_create(NULL, false);
	struct text t = { 0 };

	(void)state;
	rig_load(g, "interface Vlan1\n ip access-group Inside in\n");
	show_running_config_interface(&t, interface_find(g->router, "Vlan1"));
	assert_string_equal(t.s,
		"Building configuration...\n\nCurrent configuration : 64 bytes\n!\n"
		"interface Vlan1\n no ip address\n ip access-group Inside in\nend\n");
	text_fini(&t);
	rig_destroy(g);
}

/* What is saved is what is shown, and what a new router starts with. */
static void
test_startup_config(void **state)
{
	char path[] = "/tmp/acegate-startup-XXXXXX";
	int fd = mkstemp(path);
	struct rig *g, *next;
	struct text t = { 0 };
	char *stored, *running;
	size_t len, used;
	int end = 0;

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	unlink(path);
	g = rig_create(path, false);
	assert_int_equal(show_startup_config(&t, g->router), 0);
	assert_string_equal(t.s, "startup-config is not present\n");
	text_fini(&t);

	rig_type(g, "configure terminal\nhostname Saved\nend");
	assert_string_equal(rig_type(g, "write memory"), "Building configuration...\n[OK]\n");
	assert_int_equal(config_store_load(g->router, &stored, &len), 0);
	show_startup_config(&t, g->router);
	assert_int_equal(sscanf(t.s, "Using %zu out of %*u bytes%n", &used, &end), 1);
	assert_int_equal(used, len);
	assert_string_equal(t.s + end + 1, stored);
	text_fini(&t);

	next = rig_create(path, false);
	rig_load(next, stored);
	running = body_of(next);
	assert_string_equal(strstr(stored, "version"), running);
	free(running);
	free(stored);
	rig_destroy(g);
	rig_destroy(next);
	unlink(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nothing_configured),
		cmocka_unit_test(test_factory),
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_numbered_lists_typed_by_name),
		cmocka_unit_test(test_seed_lists),
		cmocka_unit_test(test_interfaces),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_secrets),
		cmocka_unit_test(test_logins_and_ssh),
		cmocka_unit_test(test_logging_and_services),
		cmocka_unit_test(test_head),
		cmocka_unit_test(test_interface_part),
		cmocka_unit_test(test_startup_config),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
