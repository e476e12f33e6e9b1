/*
 * ace_corpus_test.c - entries as typed, against what IOS displays for them or how it refuses them.
 *
 * Drives every row of the tables in tests/data/acl, the tables of names, and what `?` offers inside
 * an entry.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "acl/ace_names.h"
#include "tests/lib/acl_lines.h"

static void
check_valid(const char *file, enum acl_kind kind, size_t at_least)
{
	char line[1024], text[ACE_TEXT_MAX], *field[ROW_FIELDS];
	FILE *f = data_open(file);
	size_t rows = 0;

	while (row_read(f, line, sizeof(line), field)) {
		struct ace ace = line_ace(field[0], kind), again;
		size_t len = ace_format(&ace, ACE_SHOW, NULL, text, sizeof(text));

		assert_string_equal(text, field[1]);
		assert_int_equal(len, strlen(text));
		ace_format(&ace, ACE_CONFIG, NULL, text, sizeof(text));
		again = line_ace(text, kind);
		assert_true(ace_equal(&ace, &again));
		rows++;
	}
	fclose(f);
	assert_true(rows >= at_least);
}

static void
valid_extended(void **state)
{
	(void)state;
	check_valid("acl/valid-ext.tsv", ACL_EXTENDED, 160);
}

static void
valid_standard(void **state)
{
	(void)state;
	check_valid("acl/valid-std.tsv", ACL_STANDARD, 12);
}

/* The message IOS prints for the fault. */
static const char *
fault_text(const struct parse_error *err)
{
	switch (err->fault) {
	case PARSE_INVALID:
		return "% Invalid input detected at '^' marker.";
	case PARSE_INCOMPLETE:
		return "% Incomplete command.";
	case PARSE_AMBIGUOUS:
		return "% Ambiguous command:";
	case PARSE_MESSAGE:
		return err->text;
	case PARSE_OK:
		break;
	}
	return "accepted";
}

static void
invalid_lines(void **state)
{
	char line[1024], *field[ROW_FIELDS];
	FILE *f = data_open("acl/invalid.tsv");
	size_t rows = 0;

	(void)state;
	while (row_read(f, line, sizeof(line), field)) {
		bool numbered = strcmp(field[0], "config") == 0;
		enum acl_kind kind =
			strcmp(field[0], "std-nacl") == 0 ? ACL_STANDARD : ACL_EXTENDED;
		struct parse_error err;
		struct ace ace;

		assert_int_equal(line_parse(field[1], numbered ? 2 : 0, kind,
					 numbered ? ACE_IN_NUMBERED : ACE_IN_NAMED, &ace, &err),
			-1);
		if (strcmp(fault_text(&err), field[2]) != 0)
			fail_msg("%s: %s, not %s", field[1], fault_text(&err), field[2]);
		if (field[3][0] != '-' && err.at != strtoul(field[3], NULL, 10))
			fail_msg("%s: caret at %zu, not %s", field[1], err.at, field[3]);
		rows++;
	}
	fclose(f);
	assert_true(rows >= 90);
}

/* Types "prefix NAME" for every name, and expects the number behind it and the name shown for it.
 */
static void
check_names(const struct ace_names *names, const char *prefix, int (*value)(const struct ace *))
{
	char line[256], text[ACE_TEXT_MAX];

	for (size_t i = 0; i < names->n; i++) {
		const struct ace_name *row = &names->v[i];
		const struct ace_name *shown = ace_name_shown(names, row->value, row->code);
		struct ace ace;

		snprintf(line, sizeof(line), "%s %s", prefix, row->name);
		ace = line_ace(line, ACL_EXTENDED);
		assert_int_equal(value(&ace), row->value);
		assert_true(row->help[0] != '\0');
		ace_format(&ace, ACE_SHOW, NULL, text, sizeof(text));
		if (row->use == NAME_SHOWN)
			assert_ptr_equal(shown, row);
		if (shown != NULL)
			snprintf(line, sizeof(line), "%s %s", prefix, shown->name);
		else
			snprintf(line, sizeof(line), "%s %u", prefix, row->value);
		assert_string_equal(text, line);
		if (i > 0)
			assert_true(strcmp(names->v[i - 1].name, row->name) < 0);
	}
}

static int
dport_value(const struct ace *ace)
{
	return ace->dport.port[0];
}

static int
icmp_value(const struct ace *ace)
{
	return ace->icmp_type;
}

static void
names_of_ports_and_icmp(void **state)
{
	(void)state;
	check_names(&ace_tcp_ports, "permit tcp any any eq", dport_value);
	check_names(&ace_udp_ports, "permit udp any any eq", dport_value);
	check_names(&ace_icmp_types, "permit icmp any any", icmp_value);
	for (size_t i = 0; i < ace_icmp_types.n; i++) {
		char line[256];
		struct ace named, numbered;
		const struct ace_name *row = &ace_icmp_types.v[i];

		snprintf(line, sizeof(line), "deny icmp any any %s", row->name);
		named = line_ace(line, ACL_EXTENDED);
		assert_int_equal(named.icmp_code, row->code);
		snprintf(line, sizeof(line),
			row->code == ICMP_ANY ? "deny icmp any any %d" : "deny icmp any any %d %d",
			row->value, row->code);
		numbered = line_ace(line, ACL_EXTENDED);
		assert_true(ace_equal(&named, &numbered));
	}
}

static int
igmp_value(const struct ace *ace)
{
	return ace->icmp_type;
}

static int
precedence_value(const struct ace *ace)
{
	return ace->precedence;
}

static int
tos_value(const struct ace *ace)
{
	return ace->tos;
}

static int
dscp_value(const struct ace *ace)
{
	return ace->dscp;
}

static int
option_value(const struct ace *ace)
{
	return ace->rare->option;
}

static void
names_of_header_values(void **state)
{
	(void)state;
	check_names(&ace_igmp_types, "permit igmp any any", igmp_value);
	check_names(&ace_precedences, "permit ip any any precedence", precedence_value);
	check_names(&ace_tos_values, "permit ip any any tos", tos_value);
	check_names(&ace_dscp_values, "permit ip any any dscp", dscp_value);
	check_names(&ace_ip_options, "permit ip any any option", option_value);
}

static void
names_of_protocols(void **state)
{
	(void)state;
	for (size_t i = 0; i < ace_protocols.n; i++) {
		const struct ace_name *row = &ace_protocols.v[i];
		char line[64], text[ACE_TEXT_MAX];
		struct ace ace;

		snprintf(line, sizeof(line), "deny %s any any", row->name);
		ace = line_ace(line, ACL_EXTENDED);
		assert_int_equal(ace.proto, row->value);
		assert_false(ace.any_proto);
		if (row->use == NAME_ACCEPTED)
			snprintf(line, sizeof(line), "deny %u any any", row->value);
		ace_format(&ace, ACE_SHOW, NULL, text, sizeof(text));
		assert_string_equal(text, line);
		if (row->use == NAME_SHOWN)
			assert_string_equal(acl_protocol_name((uint8_t)row->value), row->name);
	}
	assert_null(acl_protocol_name(4));
	assert_null(acl_protocol_name(0));
	assert_string_equal(acl_protocol_name(2), "igmp");
}

static void
assert_expect(const char *line, enum acl_kind kind, enum ace_dialect dialect, const char *want)
{
	char got[8192];

	line_expect(line, kind, dialect, got, sizeof(got));
	assert_string_equal(got, want);
}

#define HEADER "precedence\ntos\ndscp\noption\nttl\n"
#define NUMBERED_HEADER "precedence\ntos\ndscp\n"
#define EFFECTS "log\nlog-input\ntime-range\nreflect\n"
#define NUMBERED_EFFECTS "log\nlog-input\ntime-range\n"
#define TCP_FLAGS "ack\nfin\npsh\nrst\nsyn\nurg\n"
#define PORT_OPS "eq\ngt\nlt\nneq\nrange\n"
#define ADDRESS "any\nhost\nobject-group\nA.B.C.D\n"

static void
help_along_an_entry(void **state)
{
	(void)state;
	assert_expect("", ACL_EXTENDED, ACE_IN_NAMED, "deny\nevaluate\npermit\nremark\n");
	assert_expect("", ACL_EXTENDED, ACE_IN_NUMBERED, "deny\npermit\nremark\n");
	assert_expect("", ACL_STANDARD, ACE_IN_NAMED, "deny\npermit\nremark\n");
	assert_expect("remark", ACL_EXTENDED, ACE_IN_NAMED, "LINE\n");
	assert_expect("evaluate", ACL_EXTENDED, ACE_IN_NAMED, "WORD\n");
	assert_expect("evaluate x", ACL_EXTENDED, ACE_IN_NAMED, "<cr>\n");
	assert_expect("permit ip", ACL_EXTENDED, ACE_IN_NAMED, ADDRESS);
	assert_expect("permit object-group", ACL_EXTENDED, ACE_IN_NAMED, "WORD\n");
	assert_expect("permit object-group s", ACL_EXTENDED, ACE_IN_NAMED, ADDRESS);
	assert_expect("permit object-group s any", ACL_EXTENDED, ACE_IN_NAMED, ADDRESS);
	assert_expect("permit object-group s any any", ACL_EXTENDED, ACE_IN_NAMED,
		HEADER EFFECTS "<cr>\n");
	assert_expect("permit ip 10.0.0.0", ACL_EXTENDED, ACE_IN_NAMED, "A.B.C.D\n");
	assert_expect("permit tcp any", ACL_EXTENDED, ACE_IN_NAMED, PORT_OPS ADDRESS);
	assert_expect("permit ip any any", ACL_EXTENDED, ACE_IN_NAMED,
		HEADER "fragments\n" EFFECTS "<cr>\n");
	assert_expect("permit ip any any", ACL_EXTENDED, ACE_IN_NUMBERED,
		NUMBERED_HEADER "fragments\n" NUMBERED_EFFECTS "<cr>\n");
	assert_expect("permit tcp any any", ACL_EXTENDED, ACE_IN_NAMED,
		PORT_OPS "established\n" TCP_FLAGS "match-all\nmatch-any\n" HEADER
			 "fragments\n" EFFECTS "<cr>\n");
	assert_expect("deny udp any any gt 5", ACL_EXTENDED, ACE_IN_NAMED,
		HEADER "log\nlog-input\ntime-range\n<cr>\n");
	assert_expect("permit tcp any any eq 80", ACL_EXTENDED, ACE_IN_NUMBERED,
		"established\n" TCP_FLAGS NUMBERED_HEADER NUMBERED_EFFECTS "<cr>\n");
	assert_expect("permit", ACL_STANDARD, ACE_IN_NAMED, "any\nhost\nA.B.C.D\n");
	assert_expect("permit 10.0.0.1", ACL_STANDARD, ACE_IN_NAMED, "A.B.C.D\nlog\n<cr>\n");
	assert_expect("permit any", ACL_STANDARD, ACE_IN_NAMED, "log\n<cr>\n");
	assert_expect("permit any log", ACL_STANDARD, ACE_IN_NAMED, "WORD\n<cr>\n");
	assert_expect("permit any log x", ACL_STANDARD, ACE_IN_NAMED, "<cr>\n");
}

static void
help_along_qualifiers(void **state)
{
	(void)state;
	assert_expect("permit tcp any any ack log", ACL_EXTENDED, ACE_IN_NAMED,
		"WORD\nfin\npsh\nrst\nsyn\nurg\n" HEADER "time-range\nreflect\n<cr>\n");
	assert_expect("permit tcp any any match-all +ack", ACL_EXTENDED, ACE_IN_NAMED,
		"+fin\n+psh\n+rst\n+syn\n+urg\n-fin\n-psh\n-rst\n-syn\n-urg\n" HEADER EFFECTS
		"<cr>\n");
	assert_expect("permit icmp any any 3", ACL_EXTENDED, ACE_IN_NAMED,
		"<0-255>\n" HEADER EFFECTS "<cr>\n");
	assert_expect(
		"permit icmp any any echo", ACL_EXTENDED, ACE_IN_NAMED, HEADER EFFECTS "<cr>\n");
	assert_expect("permit ip any any dscp 1 fragments", ACL_EXTENDED, ACE_IN_NAMED,
		"option\nttl\n" EFFECTS "<cr>\n");
	assert_expect("permit tcp any any fragments", ACL_EXTENDED, ACE_IN_NAMED,
		HEADER EFFECTS "<cr>\n");
	assert_expect("permit ip any any tos 1", ACL_EXTENDED, ACE_IN_NUMBERED,
		"precedence\nfragments\n" NUMBERED_EFFECTS "<cr>\n");
	assert_expect(
		"permit ip any any ttl", ACL_EXTENDED, ACE_IN_NAMED, "eq\ngt\nlt\nneq\nrange\n");
	assert_expect("permit ip any any ttl range 1", ACL_EXTENDED, ACE_IN_NAMED, "<0-255>\n");
	assert_expect("permit ip any any precedence", ACL_EXTENDED, ACE_IN_NAMED,
		"<0-7>\ncritical\nflash\nflash-override\nimmediate\ninternet\nnetwork\n"
		"priority\nroutine\n");
	assert_expect("permit ip any any tos", ACL_EXTENDED, ACE_IN_NAMED,
		"<0-15>\nmax-reliability\nmax-throughput\nmin-delay\nmin-monetary-cost\n"
		"normal\n");
	assert_expect("permit ip any any log c reflect r", ACL_EXTENDED, ACE_IN_NAMED,
		"timeout\n" HEADER "fragments\ntime-range\n<cr>\n");
	assert_expect(
		"permit ip any any reflect r timeout", ACL_EXTENDED, ACE_IN_NAMED, "<1-2147483>\n");
	assert_expect("permit ip any any time-range", ACL_EXTENDED, ACE_IN_NAMED, "WORD\n");
}

static void
help_lists_names_of_this_release_only(void **state)
{
	char want[8192], got[8192];
	size_t len = (size_t)snprintf(want, sizeof(want), "<0-65535>\n");

	(void)state;
	for (size_t i = 0; i < ace_tcp_ports.n; i++)
		if (ace_tcp_ports.v[i].use != NAME_ACCEPTED)
			len += (size_t)snprintf(
				want + len, sizeof(want) - len, "%s\n", ace_tcp_ports.v[i].name);
	line_expect("permit tcp any any eq", ACL_EXTENDED, ACE_IN_NAMED, got, sizeof(got));
	assert_string_equal(got, want);
	assert_null(strstr(got, "msrpc"));
	line_expect("permit", ACL_EXTENDED, ACE_IN_NAMED, got, sizeof(got));
	assert_null(strstr(got, "\nigrp"));
	assert_non_null(strstr(got, "\nip\n"));
	assert_non_null(strstr(got, "ipinip\n"));
	/* Behind a port of the named form: more ports beside what follows. */
	line_expect("permit tcp any any eq www", ACL_EXTENDED, ACE_IN_NAMED, got, sizeof(got));
	assert_non_null(strstr(got, "<0-65535>\n"));
	assert_non_null(strstr(got, "established\n"));
	line_expect("permit tcp any any eq 1 2 3 4 5 6 7 8 9 10", ACL_EXTENDED, ACE_IN_NAMED, got,
		sizeof(got));
	assert_null(strstr(got, "<0-65535>\n"));
}

static void
config_style(void **state)
{
	static const struct {
		const char *line;
		enum acl_kind kind;
		const char *config;
	} row[] = {
		{ "deny tcp any any", ACL_EXTENDED, "deny   tcp any any" },
		{ "permit tcp any any", ACL_EXTENDED, "permit tcp any any" },
		{ "permit 10.0.0.0 0.0.0.255 log", ACL_STANDARD, "permit 10.0.0.0 0.0.0.255 log" },
		{ "deny host 10.0.0.1", ACL_STANDARD, "deny   10.0.0.1" },
		{ "remark x y", ACL_STANDARD, "remark x y" },
	};
	char text[ACE_TEXT_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct ace ace = line_ace(row[i].line, row[i].kind);

		ace_format(&ace, ACE_CONFIG, NULL, text, sizeof(text));
		assert_string_equal(text, row[i].config);
	}
}

/* Lines of which each two are different entries, one field apart here or there. */
static void
different_entries_differ(void **state)
{
	static const char *const line[] = {
		"remark a",
		"remark b",
		"remark ab",
		"permit ip any any",
		"deny ip any any",
		"permit ip any any log",
		"permit ip any any log-input",
		"permit 4 any any",
		"permit ipinip any any",
		"permit 5 any any",
		"permit ip host 0.0.0.0 any",
		"permit ip 0.0.0.0 0.0.0.1 any",
		"permit ip any host 0.0.0.0",
		"permit ip any 0.0.0.0 0.0.0.1",
		"permit tcp any any",
		"permit tcp any any established",
		"permit tcp any any syn",
		"permit tcp any any syn ack",
		"permit tcp any any eq 1",
		"permit tcp any eq 1 any",
		"permit tcp any any neq 1",
		"permit tcp any any eq 2",
		"permit tcp any any eq 1 2",
		"permit tcp any any eq 2 1",
		"permit tcp any any range 1 2",
		"permit icmp any any",
		"permit icmp any any 0",
		"permit icmp any any 0 0",
		"permit icmp any any 0 1",
		"permit icmp any any 1",
		"permit igmp any any",
		"permit dvmrp any any",
		"permit igmp any any host-query",
		"permit igmp any any host-report",
		"permit tcp any any match-all +syn",
		"permit tcp any any match-all -syn",
		"permit tcp any any match-any +syn",
		"permit tcp any any match-any -syn",
		"permit tcp any any eq 1 2 3",
		"permit tcp any any eq 1 2 4",
		"permit tcp any eq 1 2 3 any",
		"permit tcp any any neq 1 2 3",
		"permit ip any any dscp 0",
		"permit ip any any dscp 1",
		"permit ip any any precedence 0",
		"permit ip any any precedence 1",
		"permit ip any any tos 0",
		"permit ip any any tos 1",
		"permit ip any any precedence 0 tos 0",
		"permit ip any any ttl eq 1",
		"permit ip any any ttl eq 2",
		"permit ip any any ttl gt 1",
		"permit ip any any ttl range 1 2",
		"permit ip any any ttl range 1 3",
		"permit ip any any option 0",
		"permit ip any any option 1",
		"permit ip any any option any-options",
		"permit ip any any fragments",
		"permit ip any any log a",
		"permit ip any any log A",
		"permit ip any any log-input a",
		"permit ip any any time-range a",
		"permit ip any any time-range A",
		"permit ip any any reflect a",
		"permit ip any any reflect b",
		"permit ip any any reflect a timeout 1",
		"permit ip any any reflect a timeout 2",
		"evaluate a",
		"evaluate b",
		"permit object-group a any any",
		"permit object-group b any any",
		"permit ip object-group a any",
		"permit ip object-group b any",
		"permit ip any object-group a",
		"permit ip object-group a object-group a",
		"permit object-group a object-group a object-group a",
	};
	enum { LINES = sizeof(line) / sizeof(line[0]) };

	(void)state;
	for (size_t i = 0; i < LINES; i++)
		for (size_t k = 0; k < LINES; k++) {
			struct ace a = line_ace(line[i], ACL_EXTENDED);
			struct ace b = line_ace(line[k], ACL_EXTENDED);

			if (ace_equal(&a, &b) != (i == k))
				fail_msg("%s / %s", line[i], line[k]);
		}
}

static void
remarks_are_cut_between_characters(void **state)
{
	char line[256], text[ACE_TEXT_MAX];
	struct ace ace;

	(void)state;
	snprintf(line, sizeof(line), "remark %0101d", 7);
	ace = line_ace(line, ACL_EXTENDED);
	assert_int_equal(strlen(ace.rare->remark), ACE_REMARK_MAX);
	/* 99 digits and a two-byte letter across the limit. */
	snprintf(line, sizeof(line), "remark %099d\xc3\xa9!", 7);
	ace = line_ace(line, ACL_EXTENDED);
	assert_int_equal(strlen(ace.rare->remark), 99);
	assert_int_equal(ace_format(&ace, ACE_CONFIG, NULL, text, sizeof(text)), 7 + 99);
	/* Bytes that are no character at all are cut somewhere. */
	strcpy(line, "remark ");
	memset(line + 7, 0xaa, 120);
	line[7 + 120] = '\0';
	ace = line_ace(line, ACL_EXTENDED);
	assert_in_range(strlen(ace.rare->remark), ACE_REMARK_MAX - 4, ACE_REMARK_MAX);
}

static void
format_never_overruns(void **state)
{
	struct ace ace = line_ace("permit tcp host 255.255.255.255 range pim-auto-rp hostname "
				  "host 255.255.255.255 eq 65000 ack log-input",
		ACL_EXTENDED);
	char whole[ACE_TEXT_MAX], part[ACE_TEXT_MAX];
	size_t len = ace_format(&ace, ACE_SHOW, NULL, whole, sizeof(whole));

	(void)state;
	for (size_t size = 1; size <= len + 1; size++) {
		memset(part, 'x', sizeof(part));
		assert_int_equal(ace_format(&ace, ACE_SHOW, NULL, part, size), size - 1);
		assert_memory_equal(part, whole, size - 1);
		assert_int_equal(part[size - 1], '\0');
		assert_int_equal(part[size], 'x');
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(valid_extended),
		cmocka_unit_test(valid_standard),
		cmocka_unit_test(invalid_lines),
		cmocka_unit_test(names_of_ports_and_icmp),
		cmocka_unit_test(names_of_header_values),
		cmocka_unit_test(names_of_protocols),
		cmocka_unit_test(help_along_an_entry),
		cmocka_unit_test(help_along_qualifiers),
		cmocka_unit_test(help_lists_names_of_this_release_only),
		cmocka_unit_test(config_style),
		cmocka_unit_test(different_entries_differ),
		cmocka_unit_test(remarks_are_cut_between_characters),
		cmocka_unit_test(format_never_overruns),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
