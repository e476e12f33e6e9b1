/*
 * config_replace_test.c - a running configuration replaced by another: exactly, whichever two they are.
 *
 * One router walks through tests/data/configs at random (the seed is printed), and from each to each of
 * some that are hard for a reason: the order of users, remarks that are there twice, object groups in use, numbers.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/config/config_edit.h"
#include "cli/config/config_replace.h"
#include "tests/lib/dice.h"
#include "tests/unit/rig.h"

enum { CONFIGS_MAX = 64, WALK = 60 };

static const char directory[] = TEST_DATA "/configs";

static char *
read_text(const char *name)
{
	char path[512], *text;
	size_t size;
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", directory, name);
	f = fopen(path, "r");
	assert_non_null(f);
	assert_int_equal(fseek(f, 0, SEEK_END), 0);
	size = (size_t)ftell(f);
	rewind(f);
	text = calloc(1, size + 1);
	assert_non_null(text);
	assert_int_equal(fread(text, 1, size, f), size);
	fclose(f);
	return text;
}

static int
is_expected(const struct dirent *e)
{
	const char *dot = strrchr(e->d_name, '.');

	return dot != NULL && strcmp(dot, ".expected") == 0;
}

/* Everything that a router which has just loaded the text is configured to be. Free it. */
static char *
meaning(const char *text)
{
	struct rig *g = rig_create(NULL, false);
	struct text t;

	rig_load(g, text);
	assert_true(config_snapshot(g->router, &t));
	rig_destroy(g);
	return t.s;
}

/* Makes the router's configuration this one; the outcome is what loading it gives. */
static void
becomes(struct rig *g, const char *text, const char *wanted)
{
	enum replace_result result;
	struct replace done;
	struct text is;

	result = config_replace(g->router, g->grammar, text, &done);
	if (result != REPLACE_DONE)
		fprintf(stderr, "to:\n%srefused:\n%scommands:\n%s", text,
			done.refused.len > 0 ? done.refused.s : "",
			done.commands.len > 0 ? done.commands.s : "");
	assert_int_equal(result, REPLACE_DONE);
	assert_true(config_snapshot(g->router, &is));
	assert_string_equal(is.s, wanted);
	replace_fini(&done);
	text_fini(&is);
}

static void
test_random_pairs(void **state)
{
	struct rig *g = *state;
	struct dirent **entry;
	int n = scandir(directory, &entry, is_expected, alphasort);
	struct dice dice = dice_from_environment("config_replace");

	assert_true(n > 10);
	for (int i = 0; i < WALK; i++) {
		const char *name = entry[dice_below(&dice, (uint32_t)n)]->d_name;
		char *text = read_text(name), *wanted = meaning(text);

		print_message("# -> %s\n", name);
		becomes(g, text, wanted);
		free(text);
		free(wanted);
	}
	for (int i = 0; i < n; i++)
		free(entry[i]);
	free(entry);
}

/* ---- configurations that are hard, each with what makes it so ---- */

/* Each into every other and back, on one router; the first is nothing. */
static const char *const hard[] = {
	"",
	/* the order of users is that of their coming */
	"username anna secret 5 $1$abcd$YaFRe50K8MZgEhQGmvqP41\nusername bob password 0 b\n"
	"username carl privilege 15 password 0 c\n",
	"username carl privilege 15 password 0 c\nusername bob password 0 b\n"
	"username anna secret 5 $1$abcd$YaFRe50K8MZgEhQGmvqP41\n",
	"username bob password 0 other\nusername dora password 0 d\n"
	"username carl privilege 15 password 0 c\n",
	/* remarks that are there twice, and at the end */
	"ip access-list extended L\n remark ===\n permit tcp any any eq 22\n remark ===\n"
	" permit udp any any eq 53\n remark ===\n",
	"ip access-list extended L\n remark ===\n remark ssh\n permit tcp any any eq 22\n"
	" permit udp any any eq 53\n remark ===\n deny ip any any\n",
	/* the same names of another kind */
	"ip access-list standard L\n permit 10.0.0.0 0.255.255.255\n permit 192.0.2.1\n"
	" deny 10.1.0.0 0.0.255.255\ninterface Vlan1\n ip access-group L in\n",
	"ip access-list extended L\n permit ip any any\ninterface Vlan1\n ip access-group L out\n",
	/* numbers that are not even; numbered lists in their mode; what their form cannot hold */
	"ip access-list persistent\nip access-list extended 101\n 7 permit ip any host 10.0.0.1\n"
	" 8 permit tcp any any eq 1 2 3\n 1000 deny ip any any\n",
	"access-list 101 permit ip any host 10.0.0.1\naccess-list 101 deny ip any any\n"
	"access-list 5 permit 10.0.0.1\naccess-list 5 deny 10.0.0.0 0.0.0.255\n",
	/* object groups in use: their last member cannot go, their order is that of their coming */
	"object-group network A\n host 10.0.0.1\n host 10.0.0.2\nobject-group network B\n"
	" group-object A\nip access-list extended G\n permit ip object-group A object-group B\n",
	"object-group network A\n host 10.0.0.2\n host 10.0.0.1\nobject-group network B\n"
	" group-object A\nip access-list extended G\n permit ip object-group A object-group B\n",
	"object-group network A\n group-object B\nobject-group network B\n host 10.0.0.9\n"
	"ip access-list extended G\n permit ip object-group A object-group B\n",
	"object-group service A\n tcp eq 80\nip access-list extended G\n"
	" permit object-group A any any\n",
	/* entries without numbers: the order of MAC entries; IPv6 with its own numbers */
	"mac access-list extended M\n permit host 0001.0001.0001 any\n deny any any\n"
	"ipv6 access-list S\n permit tcp any any eq 22\n sequence 15 permit icmp any any\n",
	"mac access-list extended M\n deny any any\n permit host 0001.0001.0001 any\n"
	"ipv6 access-list S\n permit icmp any any\n permit tcp any any eq 22\n",
	/* time ranges: one absolute window, any number of others */
	"time-range T\n absolute start 00:00 1 January 2024 end 23:59 31 December 2024\n"
	" periodic weekdays 8:00 to 18:00\n",
	"time-range T\n periodic weekend 0:00 to 23:59\n"
	" absolute end 23:59 31 December 2030\n",
	/* lines cut another way; what is a `no` itself */
	"line vty 0 2\n exec-timeout 5 0\n login local\n transport input ssh\nline vty 3 4\n"
	" no login\nline vty 5 15\n access-class 5 in\n",
	"line con 0\n exec-timeout 0 0\n logging synchronous\n password 0 7 up\nline vty 0 4\n"
	" login\n transport input none\n privilege level 15\n",
	/* other things with a place of their own */
	"hostname R1\nno ip domain lookup\nservice password-encryption\nno logging console\n"
	"logging buffered 100000 informational\nbridge irb\nbridge 1 protocol ieee\n"
	"interface FastEthernet4\n description to the world\n bridge-group 1\n shutdown\n",
	"archive\n log config\n  logging enable\n  hidekeys\n path flash:x\n maximum 3\n"
	"file prompt quiet\nip scp server enable\ninterface Vlan2\n description new\n"
	"banner motd ^C\nKeep out.\n! Really\n end\n^C\nbanner login #one line#\n",
	"ip ssh pubkey-chain\n username anna\n  key-hash ssh-rsa 00112233445566778899AABBCCDDEEFF "
	"a\n"
	" username bob\n  key-hash ssh-rsa 0123456789ABCDEF0123456789ABCDEF b\n"
	"ip ssh time-out 60\nclock timezone CET 1 0\nlogging host 192.0.2.9\nlogging host "
	"192.0.2.1\n"
	"ip name-server 192.0.2.53 192.0.2.54\nip host b 192.0.2.2\nip host a 192.0.2.1\n"
	"ip route 10.0.0.0 255.0.0.0 192.0.2.1\nlogin block-for 60 attempts 3 within 30\n",
	"ip ssh pubkey-chain\n username bob\n  key-hash ssh-rsa 00112233445566778899AABBCCDDEEFF "
	"b\n"
	"ip name-server 192.0.2.54\nip host a 192.0.2.7\nlogging host 192.0.2.1\n"
	"logging host 192.0.2.9\nlogging trap debugging\n"
	"ip route 10.0.0.0 255.0.0.0 192.0.2.3\nip route 0.0.0.0 0.0.0.0 192.0.2.1\n",
	"banner motd ^C\nKeep out!\n^C\narchive\n log config\n  logging size 50\n"
	" write-memory\n time-period 60\n",
};

enum { HARD = sizeof(hard) / sizeof(hard[0]) };

static void
test_hard_pairs(void **state)
{
	struct rig *g = *state;
	char *wanted[HARD];

	for (size_t i = 0; i < HARD; i++)
		wanted[i] = meaning(hard[i]);
	for (size_t from = 0; from < HARD; from++) {
		for (size_t to = 0; to < from; to++) {
			becomes(g, hard[from], wanted[from]);
			becomes(g, hard[to], wanted[to]);
		}
	}
	for (size_t i = 0; i < HARD; i++)
		free(wanted[i]);
}

/* What is not to be changed is not touched: its entries keep their counters' slots. */
static void
test_as_little_as_possible(void **state)
{
	struct rig *g = *state;
	const struct acl *acl;
	struct replace done;

	rig_load(g, "ip access-list extended L\n permit tcp any any eq 1\n"
		    " permit tcp any any eq 2\n permit tcp any any eq 3\n"
		    "ip access-list extended M\n permit ip any any\n");
	acl = lists_find(g->router, "L");
	assert_int_equal(
		config_replace(g->router, g->grammar,
			"ip access-list extended L\n permit tcp any any eq 1\n"
			" permit udp any any eq 9\n permit tcp any any eq 2\n"
			" permit tcp any any eq 3\nip access-list extended M\n permit ip any any\n",
			&done),
		REPLACE_DONE);
	assert_int_equal(done.passes, 1);
	/* Three entries stay, with room for one between them. */
	assert_string_equal(done.commands.s,
		"!Pass 1\n!List of Commands:\nip access-list resequence L 2 2\n"
		"ip access-list extended L\n 3 permit udp any any eq discard\n"
		"ip access-list resequence L 10 10\nend\n");
	assert_ptr_equal(lists_find(g->router, "L"), acl);
	replace_fini(&done);
}

static void
replace(struct rig *g, const char *text)
{
	struct replace done;

	assert_int_equal(config_replace(g->router, g->grammar, text, &done), REPLACE_DONE);
	replace_fini(&done);
}

static void
assert_numbers(struct rig *g, const char *list, uint32_t first, uint32_t step, size_t n)
{
	const struct acl *acl = lists_find(g->router, list);

	assert_non_null(acl);
	assert_int_equal(acl_length(acl), n);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(acl_at(acl, i)->seq, first + i * step);
}

#define ENTRIES " permit tcp any any eq 1\n permit tcp any any eq 2\n"
#define CLASSIC "ip access-list extended T\n" ENTRIES "access-list 5 permit 10.0.0.1\n"

/*
 * A file without numbers says nothing about them: a list it does not change keeps its own, and nothing is
 * done to it.  One that it changes, or numbers, gets what loading the file gives.
 */
static void
test_numbers_nobody_spoke_of(void **state)
{
	struct rig *g = *state;
	const struct acl *acl;
	struct replace done;

	rig_load(g, CLASSIC "ip access-list resequence T 100 20\n"
			    "ip access-list resequence 5 7 1\ninterface Vlan1\n"
			    " ip access-group T in\n");
	acl = lists_find(g->router, "T");
	assert_int_equal(
		config_replace(g->router, g->grammar,
			"hostname ZZ\n" CLASSIC "interface Vlan1\n ip access-group T in\n", &done),
		REPLACE_DONE);
	assert_string_equal(done.commands.s,
		"!Pass 1\n!List of Commands:\nno hostname Router\nhostname ZZ\nend\n");
	replace_fini(&done);
	assert_ptr_equal(lists_find(g->router, "T"), acl);
	assert_numbers(g, "T", 100, 20, 2);
	assert_numbers(g, "5", 7, 1, 1);

	replace(g, CLASSIC "ip access-list extended T\n permit ip any any\n");
	assert_numbers(g, "T", 10, 10, 3);
	assert_numbers(g, "5", 7, 1, 1);
	replace(g, CLASSIC "ip access-list res T 3 4\n");
	assert_numbers(g, "T", 3, 4, 2);
	replace(g, "ip access-l ext T\n 10 permit tcp any any eq 1\n permit tcp any any eq 2\n");
	assert_numbers(g, "T", 10, 10, 2);
	replace(g, CLASSIC "ip access-list resequence T 3 4\n");
	replace(g, "ip access-l ext T\n10 permit tcp any any eq 1\n20 permit tcp any any eq 2\n");
	assert_numbers(g, "T", 10, 10, 2);
}

/* A line that nobody takes: nothing is changed, and the line is told. */
static void
test_refused(void **state)
{
	struct rig *g = *state;
	struct replace done;

	rig_load(g, "hostname Before\n");
	assert_int_equal(config_replace(g->router, g->grammar,
				 "hostname After\nno such thing\ninterface Vlan1\n"
				 " ip adress 1.2.3.4 255.0.0.0\nend\n",
				 &done),
		REPLACE_REFUSED);
	assert_string_equal(router_hostname(g->router), "Before");
	assert_string_equal(done.refused.s, "no such thing\n ip adress 1.2.3.4 255.0.0.0\n");
	replace_fini(&done);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_RIG(test_random_pairs),
		WITH_RIG(test_hard_pairs),
		WITH_RIG(test_as_little_as_possible),
		WITH_RIG(test_numbers_nobody_spoke_of),
		WITH_RIG(test_refused),
	};

	return cmocka_run_group_tests_name("config_replace", tests, NULL, NULL);
}
