/*
 * acl_list_test.c - editing lists: numbers, duplicates, order, remarks, standard hosts, size.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/lib/acl_lines.h"

static struct acl *acl;

static int
setup_extended(void **state)
{
	(void)state;
	acl = acl_create("Inside", ACL_EXTENDED, 7);
	return acl != NULL ? 0 : -1;
}

static int
setup_standard(void **state)
{
	(void)state;
	acl = acl_create("10", ACL_STANDARD, 8);
	return acl != NULL ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	acl_destroy(acl);
	return 0;
}

static void
assert_list(const char *want)
{
	char got[8192];

	list_text(acl, ACE_SHOW, got, sizeof(got));
	assert_string_equal(got, want);
}

static void
assert_refused(uint32_t seq, const char *line, const char *message)
{
	struct ace ace = line_ace(line, acl_kind(acl));
	char before[8192], after[8192];
	struct parse_error err;

	list_text(acl, ACE_SHOW, before, sizeof(before));
	assert_int_equal(acl_add(acl, seq, &ace, &err), -1);
	assert_int_equal(err.fault, PARSE_MESSAGE);
	assert_string_equal(err.text, message);
	list_text(acl, ACE_SHOW, after, sizeof(after));
	assert_string_equal(after, before);
}

static void
assert_same(uint32_t seq, const char *line)
{
	struct ace ace = line_ace(line, acl_kind(acl));
	struct parse_error err;

	assert_int_equal(acl_add(acl, seq, &ace, &err), 0);
}

static bool
remove_line(const char *line)
{
	struct ace ace = line_ace(line, acl_kind(acl));

	return acl_remove(acl, &ace);
}

static void
numbers_tell_the_kind(void **state)
{
	static const struct {
		const char *name;
		bool numbered;
		enum acl_kind kind;
	} row[] = {
		{ "0", false, 0 },
		{ "1", true, ACL_STANDARD },
		{ "99", true, ACL_STANDARD },
		{ "100", true, ACL_EXTENDED },
		{ "199", true, ACL_EXTENDED },
		{ "200", false, 0 },
		{ "1299", false, 0 },
		{ "1300", true, ACL_STANDARD },
		{ "1999", true, ACL_STANDARD },
		{ "2000", true, ACL_EXTENDED },
		{ "2699", true, ACL_EXTENDED },
		{ "2700", false, 0 },
		{ "07", false, 0 },
		{ "7x", false, 0 },
		{ "Inside", false, 0 },
		{ "", false, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		enum acl_kind kind = 0;

		assert_int_equal(acl_number_kind(row[i].name, &kind), row[i].numbered);
		assert_int_equal(kind, row[i].kind);
	}
}

static void
a_list_knows_itself(void **state)
{
	(void)state;
	assert_string_equal(acl_name(acl), "Inside");
	assert_int_equal(acl_kind(acl), ACL_EXTENDED);
	assert_int_equal(acl_id(acl), 7);
	assert_int_equal(acl_length(acl), 0);
	line_add(acl, 0, "remark nothing decides yet");
	assert_int_equal(acl_length(acl), 1);
	assert_int_equal(acl_ace_count(acl), 0);
	acl_destroy(NULL);
}

static void
numbering_by_tens(void **state)
{
	(void)state;
	line_add(acl, 0, "permit tcp any any");
	line_add(acl, 0, "permit udp any any");
	line_add(acl, 15, "deny icmp any any");
	line_add(acl, 33, "deny gre any any");
	line_add(acl, 0, "permit ip any any");
	assert_list("10 permit tcp any any\n15 deny icmp any any\n20 permit udp any any\n"
		    "33 deny gre any any\n43 permit ip any any\n");
	assert_true(acl_remove_seq(acl, 43));
	assert_true(acl_remove_seq(acl, 33));
	assert_false(acl_remove_seq(acl, 33));
	line_add(acl, 0, "permit ip any any");
	assert_list("10 permit tcp any any\n15 deny icmp any any\n20 permit udp any any\n"
		    "30 permit ip any any\n");
	assert_int_equal(acl_ace_count(acl), 4);
}

static void
numbering_starts_over_when_empty(void **state)
{
	(void)state;
	line_add(acl, 500, "permit ip any any");
	assert_true(remove_line("permit ip any any"));
	assert_false(remove_line("permit ip any any"));
	assert_int_equal(acl_ace_count(acl), 0);
	line_add(acl, 0, "permit ip any any");
	assert_list("10 permit ip any any\n");
}

static void
duplicates(void **state)
{
	(void)state;
	line_add(acl, 0, "permit tcp any host 10.0.0.1 eq www");
	line_add(acl, 0, "permit udp any any");
	assert_same(0, "permit tcp any 10.0.0.1 0.0.0.0 eq 80");
	assert_same(15, "permit tcp any host 10.0.0.1 eq www");
	assert_same(10, "permit tcp any host 10.0.0.1 eq www");
	assert_refused(10, "permit icmp any any", "% Duplicate sequence number");
	line_add(acl, 30, "permit tcp any host 10.0.0.1 eq www log");
	line_add(acl, 40, "deny tcp any host 10.0.0.1 eq www");
	line_add(acl, 0, "permit tcp any host 10.0.0.1 eq www telnet");
	line_add(acl, 0, "permit tcp any host 10.0.0.1 eq telnet www");
	line_add(acl, 0, "permit 4 any any");
	line_add(acl, 0, "permit ipinip any any");
	assert_same(0, "permit 4 any any");
	assert_int_equal(acl_length(acl), 8);
}

static void
numbers_run_out(void **state)
{
	(void)state;
	line_add(acl, ACL_SEQ_MAX - 10, "permit tcp any any");
	line_add(acl, 0, "permit udp any any");
	assert_refused(0, "permit icmp any any", "Exceeded maximum sequence number.");
	assert_refused(
		ACL_SEQ_MAX + 1U, "permit icmp any any", "Exceeded maximum sequence number.");
	assert_list("2147483637 permit tcp any any\n2147483647 permit udp any any\n");
}

static void
renumbering(void **state)
{
	struct parse_error err;

	(void)state;
	line_add(acl, 0, "permit tcp any any");
	line_add(acl, 0, "remark for udp");
	line_add(acl, 11, "permit udp any any");
	line_add(acl, 17, "permit icmp any any");
	line_add(acl, 0, "remark the end");
	assert_int_equal(acl_resequence(acl, 100, 5, &err), 0);
	assert_list("100 permit tcp any any\nremark for udp\n105 permit udp any any\n"
		    "110 permit icmp any any\nremark the end\n");
	line_add(acl, 104, "permit gre any any");
	line_add(acl, 0, "permit esp any any");
	assert_list("100 permit tcp any any\n104 permit gre any any\nremark for udp\n"
		    "105 permit udp any any\n110 permit icmp any any\nremark the end\n"
		    "120 permit esp any any\n");
	assert_int_equal(acl_resequence(acl, ACL_SEQ_MAX, 1, &err), -1);
	assert_string_equal(err.text, "Exceeded maximum sequence number.");
	assert_int_equal(acl_resequence(acl, ACL_SEQ_MAX - 4, 1, &err), 0);
	assert_true(acl_remove_seq(acl, ACL_SEQ_MAX));
}

static void
renumbering_nothing(void **state)
{
	struct parse_error err;

	(void)state;
	line_add(acl, 0, "remark alone");
	assert_int_equal(acl_resequence(acl, ACL_SEQ_MAX, ACL_SEQ_MAX, &err), 0);
	assert_list("remark alone\n");
}

static void
remarks_stay_before_their_entry(void **state)
{
	(void)state;
	line_add(acl, 0, "remark mail");
	line_add(acl, 0, "remark of the office");
	line_add(acl, 0, "deny tcp any any eq smtp");
	line_add(acl, 0, "remark rest");
	line_add(acl, 0, "permit ip any any");
	line_add(acl, 15, "permit udp any any");
	line_add(acl, 5, "permit esp any any");
	assert_list("5 permit esp any any\nremark mail\nremark of the office\n"
		    "10 deny tcp any any eq smtp\n15 permit udp any any\nremark rest\n"
		    "20 permit ip any any\n");
	/* Its entry goes, the remark stays where it was, and is there when the entry comes back. */
	assert_true(acl_remove_seq(acl, 10));
	line_add(acl, 12, "permit ahp any any");
	line_add(acl, 10, "deny tcp any any eq pop3");
	assert_list("5 permit esp any any\nremark mail\nremark of the office\n"
		    "10 deny tcp any any eq pop3\n12 permit ahp any any\n15 permit udp any any\n"
		    "remark rest\n20 permit ip any any\n");
	assert_true(remove_line("remark of the office"));
	assert_false(remove_line("remark of the office"));
	assert_int_equal(acl_length(acl), 7);
}

static void
remarks_at_the_end_wait(void **state)
{
	(void)state;
	line_add(acl, 0, "permit tcp any any");
	line_add(acl, 0, "remark one");
	line_add(acl, 0, "permit udp any any");
	line_add(acl, 0, "remark two");
	line_add(acl, 5, "permit esp any any");
	assert_list(
		"5 permit esp any any\n10 permit tcp any any\nremark one\n20 permit udp any any\n"
		"remark two\n");
	/* What a removed last entry leaves behind waits too, in its order. */
	assert_true(acl_remove_seq(acl, 20));
	line_add(acl, 0, "remark three");
	assert_list("5 permit esp any any\n10 permit tcp any any\nremark one\nremark two\n"
		    "remark three\n");
	line_add(acl, 0, "permit gre any any");
	assert_list("5 permit esp any any\n10 permit tcp any any\nremark one\nremark two\n"
		    "remark three\n20 permit gre any any\n");
	line_add(acl, 15, "permit pim any any");
	assert_true(acl_remove_seq(acl, 20));
	assert_true(acl_remove_seq(acl, 15));
	assert_true(acl_remove_seq(acl, 10));
	line_add(acl, 0, "permit gre any any");
	assert_list("5 permit esp any any\nremark one\nremark two\nremark three\n"
		    "15 permit gre any any\n");
}

static void
remarks_with_numbers(void **state)
{
	(void)state;
	line_add(acl, 10, "remark first");
	line_add(acl, 10, "permit tcp any any");
	line_add(acl, 30, "permit udp any any");
	line_add(acl, 20, "remark second");
	line_add(acl, 20, "permit gre any any");
	line_add(acl, 10, "remark first again");
	/* Typed before, shown behind: what waits at the tail comes after what has a number. */
	line_add(acl, 0, "remark waiting");
	line_add(acl, 40, "remark third");
	line_add(acl, 40, "permit esp any any");
	assert_true(remove_line("remark waiting"));
	line_add(acl, 40, "remark fourth");
	assert_list("remark first\nremark first again\n10 permit tcp any any\nremark second\n"
		    "20 permit gre any any\n30 permit udp any any\nremark third\nremark fourth\n"
		    "40 permit esp any any\n");
}

static void
equal_remarks_are_all_kept(void **state)
{
	(void)state;
	line_add(acl, 0, "remark ----");
	line_add(acl, 0, "permit tcp any any");
	line_add(acl, 0, "remark ----");
	line_add(acl, 0, "permit udp any any");
	assert_true(remove_line("remark ----"));
	assert_list("10 permit tcp any any\nremark ----\n20 permit udp any any\n");
}

static void
standard_hosts_come_first(void **state)
{
	(void)state;
	line_add(acl, 0, "deny 192.168.0.0 0.0.0.255");
	line_add(acl, 15, "deny 23.23.23.23");
	line_add(acl, 0, "permit any");
	assert_list("15 deny   23.23.23.23\n10 deny   192.168.0.0, wildcard bits 0.0.0.255\n"
		    "25 permit any\n");
	line_add(acl, 12, "permit host 10.0.0.1");
	assert_list("12 permit 10.0.0.1\n15 deny   23.23.23.23\n"
		    "10 deny   192.168.0.0, wildcard bits 0.0.0.255\n25 permit any\n");
	assert_refused(15, "permit 5.0.0.0 0.255.255.255", "% Duplicate sequence number");
	assert_int_equal(acl_resequence(acl, 20, 20, &(struct parse_error){ 0 }), 0);
	assert_list("20 permit 10.0.0.1\n40 deny   23.23.23.23\n"
		    "60 deny   192.168.0.0, wildcard bits 0.0.0.255\n80 permit any\n");
}

static void
standard_host_under_a_range(void **state)
{
	static const char message[] =
		"% Access rule can't be configured at higher sequence num as it is part of the "
		"existing rule at sequence num 10";

	(void)state;
	line_add(acl, 0, "permit 10.0.0.0 0.0.0.255 log");
	line_add(acl, 0, "deny 10.0.0.0 0.255.255.255");
	assert_refused(0, "deny 10.0.0.7", message);
	assert_refused(15, "permit 10.0.0.7 log", message);
	line_add(acl, 5, "deny 10.0.0.7");
	line_add(acl, 0, "permit 11.0.0.1");
	line_add(acl, 0, "permit 10.0.0.0 0.0.255.255");
	assert_true(acl_remove_seq(acl, 10));
	assert_refused(0, "deny 10.0.0.9",
		"% Access rule can't be configured at higher sequence num as it is part of the "
		"existing rule at sequence num 20");
	assert_true(acl_remove_seq(acl, 20));
	assert_true(acl_remove_seq(acl, 40));
	line_add(acl, 0, "deny 10.0.0.9");
	assert_list("5 deny   10.0.0.7\n30 permit 11.0.0.1\n40 deny   10.0.0.9\n");
}

static void
standard_remarks_follow_hosts(void **state)
{
	(void)state;
	line_add(acl, 0, "remark the lan");
	line_add(acl, 0, "permit 192.168.0.0 0.0.0.255");
	line_add(acl, 0, "remark the boss");
	line_add(acl, 0, "remark at home");
	line_add(acl, 0, "permit 10.0.0.1");
	line_add(acl, 5, "remark numbered");
	line_add(acl, 5, "permit 10.0.0.2");
	line_add(acl, 0, "remark nobody yet");
	assert_list("remark numbered\n5 permit 10.0.0.2\nremark the boss\nremark at home\n"
		    "20 permit 10.0.0.1\nremark the lan\n"
		    "10 permit 192.168.0.0, wildcard bits 0.0.0.255\nremark nobody yet\n");
}

/* The order of many entries inserted anywhere is that of their numbers, through every split of
 * runs. */
static void
inserting_anywhere_keeps_order(void **state)
{
	enum { COUNT = 5000 };
	uint32_t seed = 12345;

	(void)state;
	for (uint32_t i = 0; i < COUNT; i++) {
		struct ace ace = line_ace("permit ip host 0.0.0.0 any", ACL_EXTENDED);
		struct parse_error err;

		ace.src.addr = i;
		/* 7919 is prime to the count: every number once, far from the last. */
		assert_int_equal(acl_add(acl, 1 + i * 7919U % COUNT, &ace, &err), 1);
	}
	assert_int_equal(acl_length(acl), COUNT);
	for (uint32_t i = 0; i < COUNT; i++)
		assert_int_equal(acl_at(acl, i)->seq, i + 1);
	for (uint32_t i = COUNT; i-- > 0;)
		assert_int_equal(acl_at(acl, i)->seq, i + 1);
	for (uint32_t i = 0; i < COUNT; i++) {
		uint32_t at = (seed = seed * 1664525U + 1013904223U) % COUNT;

		assert_int_equal(acl_at(acl, at)->seq, at + 1);
	}
	for (uint32_t seq = 2; seq <= COUNT; seq += 2)
		assert_true(acl_remove_seq(acl, seq));
	assert_int_equal(acl_length(acl), COUNT / 2);
	for (uint32_t i = 0; i < COUNT / 2; i++)
		assert_int_equal(acl_at(acl, i)->seq, 2 * i + 1);
}

static void
a_long_list_with_hosts_and_ranges(void **state)
{
	enum { COUNT = 50000 };
	struct parse_error err;

	(void)state;
	for (uint32_t i = 0; i < COUNT; i++) {
		struct ace host = line_ace("permit 10.0.0.0", ACL_STANDARD);
		struct ace range = line_ace("deny 172.16.0.0 0.0.0.3", ACL_STANDARD);

		host.src.addr += i;
		range.src.addr += i * 4;
		assert_int_equal(acl_add(acl, 0, &host, &err), 1);
		assert_int_equal(acl_add(acl, 0, &range, &err), 1);
	}
	assert_int_equal(acl_length(acl), 2 * COUNT);
	assert_int_equal(acl_at(acl, 0)->seq, 10);
	assert_int_equal(acl_at(acl, COUNT - 1)->seq, 20 * COUNT - 10);
	assert_int_equal(acl_at(acl, COUNT)->seq, 20);
	assert_int_equal(acl_at(acl, 2 * COUNT - 1)->seq, 20 * COUNT);
}

/* The three lists the product exists for read and print as they were written. */
static void
seed_lists(void **state)
{
	static const char *const name[] = { "seed-lists/1-inside.txt",
		"seed-lists/2-inside-log-established.txt", "seed-lists/3-inside-log-syn.txt" };
	static const size_t entries[] = { 2, 6, 5 };
	char line[256], text[ACE_TEXT_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof(name) / sizeof(name[0]); i++) {
		struct acl *list = acl_create("Seed", ACL_EXTENDED, 1);
		FILE *f = data_open(name[i]);
		size_t n = 0;

		while (fgets(line, sizeof(line), f) != NULL) {
			struct ace ace;

			line[strcspn(line, "\n")] = '\0';
			if (strncmp(line, " permit ", 8) != 0 && strncmp(line, " deny ", 6) != 0)
				continue;
			line_add(list, 0, line);
			ace = acl_at(list, n++)->ace;
			ace_format(&ace, ACE_CONFIG, NULL, text, sizeof(text));
			assert_string_equal(text, line + 1);
		}
		fclose(f);
		assert_int_equal(n, entries[i]);
		assert_int_equal(acl_at(list, n - 1)->seq, 10 * n);
		acl_destroy(list);
	}
}

int
main(void)
{
#define EXTENDED(test) cmocka_unit_test_setup_teardown(test, setup_extended, teardown)
#define STANDARD(test) cmocka_unit_test_setup_teardown(test, setup_standard, teardown)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_tell_the_kind),
		EXTENDED(a_list_knows_itself),
		EXTENDED(numbering_by_tens),
		EXTENDED(numbering_starts_over_when_empty),
		EXTENDED(duplicates),
		EXTENDED(numbers_run_out),
		EXTENDED(renumbering),
		EXTENDED(renumbering_nothing),
		EXTENDED(remarks_stay_before_their_entry),
		EXTENDED(remarks_at_the_end_wait),
		EXTENDED(remarks_with_numbers),
		EXTENDED(equal_remarks_are_all_kept),
		STANDARD(standard_hosts_come_first),
		STANDARD(standard_host_under_a_range),
		STANDARD(standard_remarks_follow_hosts),
		EXTENDED(inserting_anywhere_keeps_order),
		STANDARD(a_long_list_with_hosts_and_ranges),
		cmocka_unit_test(seed_lists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
