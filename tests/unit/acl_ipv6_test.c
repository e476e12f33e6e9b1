/*
 * acl_ipv6_test.c - IPv6 entries: their words, what `?` offers, what they match, and how a list ends.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/lib/acl_lines.h"
#include "tests/lib/acl_world.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

enum {
	TCP = 6,
	UDP = 17,
	ESP = 50,
	ICMP = 58,
	DEST = 60,
	SCTP = 132,
	SYN = 2,
	ACK = 16,
};

/* ---- words ---- */

static void
entries_are_shown_as_ios_does(void **state)
{
	static const char *const row[][2] = {
		{ "permit ipv6 any any", "permit ipv6 any any" },
		{ "deny ipv6 any any log", "deny ipv6 any any log" },
		{ "permit tcp 2001:db8:13::/64 any eq 22",
			"permit tcp 2001:DB8:13::/64 any eq 22" },
		{ "permit tcp any any eq 179", "permit tcp any any eq bgp" },
		{ "permit tcp host 2000::1 host 2002::1 time-range GO",
			"permit tcp host 2000::1 host 2002::1 time-range GO" },
		{ "permit ipv6 any 2001:db8:1d14::/16 log-input",
			"permit ipv6 any 2001::/16 log-input" },
		{ "permit ipv6 2001:db8::1/128 ::/0", "permit ipv6 host 2001:DB8::1 any" },
		{ "permit ipv6 fe80::1234/10 2001:db8::ffff/127",
			"permit ipv6 FE80::/10 2001:DB8::FFFE/127" },
		{ "permit icmp any any 135", "permit icmp any any nd-ns" },
		{ "permit 58 any any 136", "permit icmp any any nd-na" },
		{ "permit icmp any any 1", "permit icmp any any unreachable" },
		{ "permit icmp any any 1 4", "permit icmp any any port-unreachable" },
		{ "permit icmp any any 1 3", "permit icmp any any destination-unreachable" },
		{ "permit icmp any any 1 9", "permit icmp any any 1 9" },
		{ "permit icmp any any 200", "permit icmp any any 200" },
		{ "permit icmp any any echo-request", "permit icmp any any echo-request" },
		{ "permit icmp any any mld-v2-report", "permit icmp any any mld-v2-report" },
		{ "deny udp any eq 53 any range 500 4500",
			"deny udp any eq domain any range isakmp non500-isakmp" },
		{ "permit sctp any any eq 80", "permit sctp any any eq 80" },
		{ "permit sctp any gt 1023 any", "permit sctp any gt 1023 any" },
		{ "permit 50 any any", "permit esp any any" },
		{ "permit 51 any any", "permit ahp any any" },
		{ "permit 0 any any", "permit hbh any any" },
		{ "permit 108 any any", "permit pcp any any" },
		{ "permit 89 any any", "permit 89 any any" },
		{ "permit 1 any any", "permit 1 any any" },
		{ "permit tcp any any established", "permit tcp any any established" },
		{ "permit tcp any any syn ack", "permit tcp any any ack syn" },
		{ "permit ipv6 any any fragments", "permit ipv6 any any fragments" },
		{ "permit ipv6 any any dscp 46 flow-label 7",
			"permit ipv6 any any dscp ef flow-label 7" },
		{ "permit ipv6 any any routing hbh dest-option auth mobility",
			"permit ipv6 any any auth dest-option hbh mobility routing" },
		{ "deny ipv6 any any routing-type 0", "deny ipv6 any any routing-type 0" },
		{ "deny ipv6 any any mobility-type 5",
			"deny ipv6 any any mobility-type bind-update" },
		{ "deny ipv6 any any mobility-type 99", "deny ipv6 any any mobility-type 99" },
		{ "deny ipv6 any any log undetermined-transport",
			"deny ipv6 any any undetermined-transport log" },
		{ "permit tcp any any reflect OUT timeout 60",
			"permit tcp any any reflect OUT timeout 60" },
		{ "evaluate IN", "evaluate IN" },
		{ "remark Two  blanks", "remark Two  blanks" },
		{ "PERMIT TCP ANY HOST 2001:DB8::A EQ WWW",
			"permit tcp any host 2001:DB8::A eq www" },
		{ "perm ip h ::1 a", "permit ipv6 host ::1 any" },
	};
	char text[ACE_TEXT_MAX];

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		struct ace ace = line_ace(row[i][0], ACL_IPV6), again;

		ace_format(&ace, ACE_CONFIG, NULL, text, sizeof(text));
		assert_string_equal(text, row[i][1]);
		again = line_ace(text, ACL_IPV6);
		assert_true(ace_equal(&ace, &again));
	}
}

static void
show_tells_whether_a_range_is_open(void **state)
{
	struct ace open = line_ace("permit ipv6 any any time-range open log", ACL_IPV6);
	struct ace closed = line_ace("deny ipv6 any any time-range GO", ACL_IPV6);
	char text[ACE_TEXT_MAX];
	struct world w;

	(void)state;
	world_init(&w);
	ace_format(&open, ACE_SHOW, &w.env, text, sizeof(text));
	assert_string_equal(text, "permit ipv6 any any log time-range open (active)");
	ace_format(&closed, ACE_SHOW, &w.env, text, sizeof(text));
	assert_string_equal(text, "deny ipv6 any any time-range GO (inactive)");
	world_fini(&w);
}

static void
wrong_words_get_their_caret(void **state)
{
	static const struct {
		const char *line;
		enum parse_fault fault;
		size_t at;
	} row[] = {
		{ "permit igmp any any", PARSE_INVALID, 8 },
		{ "permit ospf any any", PARSE_INVALID, 7 },
		{ "permit ipv6", PARSE_INCOMPLETE, 0 },
		{ "permit ipv6 any", PARSE_INCOMPLETE, 0 },
		{ "permit ipv6 10.0.0.0 any", PARSE_INVALID, 14 },
		{ "permit ipv6 2001:db8::/129 any", PARSE_INVALID, 23 },
		{ "permit ipv6 2001:db8::/64x any", PARSE_INVALID, 25 },
		{ "permit ipv6 2001:db8::g/64 any", PARSE_INVALID, 22 },
		/* wildcards */
		{ "permit ipv6 2001:db8:: ::ffff any", PARSE_INVALID, 23 },
		{ "permit ipv6 2001:db8::/32 ::ffff any", PARSE_INVALID, 26 },
		{ "permit ipv6 any 2001:db8:: ::ffff", PARSE_INVALID, 27 },
		{ "permit ipv6 2001:db8::1 any", PARSE_INVALID, 24 },
		{ "permit ipv6 any 2001:db8::1", PARSE_INCOMPLETE, 0 },
		{ "permit ipv6 host 2001:db8::1/128 any", PARSE_INVALID, 28 },
		{ "permit ipv6 object-group X any", PARSE_INVALID, 12 },
		{ "permit ipv6 any any eq 80", PARSE_INVALID, 20 },
		{ "permit esp any eq 1 any", PARSE_INVALID, 16 },
		{ "permit tcp any any eq 80 443", PARSE_INVALID, 25 },
		{ "permit sctp any any eq www", PARSE_INVALID, 23 },
		{ "permit tcp any any match-all +syn", PARSE_INVALID, 20 },
		{ "permit ipv6 any any precedence 1", PARSE_INVALID, 20 },
		{ "permit ipv6 any any tos 1", PARSE_INVALID, 21 },
		{ "permit ipv6 any any ttl eq 1", PARSE_INVALID, 21 },
		{ "permit ipv6 any any option 1", PARSE_INVALID, 20 },
		{ "permit ipv6 any any flow-label 1048576", PARSE_INVALID, 31 },
		{ "permit ipv6 any any routing-type 256", PARSE_INVALID, 33 },
		{ "permit ipv6 any any log COOKIE", PARSE_INVALID, 24 },
		{ "permit tcp any any undetermined-transport", PARSE_INVALID, 20 },
		{ "permit tcp any any eq 80 fragments", PARSE_INVALID, 26 },
		{ "permit icmp any any fragments 1", PARSE_INVALID, 30 },
		{ "permit icmp any any nd-ns 0", PARSE_INVALID, 26 },
		{ "permit icmp any any echo", PARSE_AMBIGUOUS, 0 },
		{ "deny ipv6 any any reflect X", PARSE_INVALID, 19 },
		{ "permit ipv6 any any sequence 0", PARSE_INVALID, 29 },
		{ "permit ipv6 any any sequence 4294967295", PARSE_INVALID, 29 },
		{ "permit ipv6 any any sequence 1 sequence 2", PARSE_INVALID, 31 },
		{ "evaluate X log", PARSE_INVALID, 11 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		struct parse_error err;
		struct ace ace;

		if (line_parse(row[i].line, 0, ACL_IPV6, ACE_IN_NAMED, &ace, &err) != -1)
			fail_msg("taken: %s", row[i].line);
		if (err.fault != row[i].fault || err.at != row[i].at)
			fail_msg("%s: fault %d at %zu", row[i].line, err.fault, err.at);
	}
}

/* The number behind an entry is not the entry's. */
static uint32_t
sequence_of(const char *line, struct ace *ace, struct ace_room *room)
{
	struct word word[WORDS_MAX];
	struct parse_error err;
	struct word_reader r = { .line = line, .word = word, .err = &err };

	r.n = words_split(line, word, WORDS_MAX);
	assert_int_equal(ace_parse(&r, ACL_IPV6, ACE_IN_NAMED, ace, room), 0);
	return room->sequence;
}

static void
a_number_behind_is_told_apart(void **state)
{
	struct ace plain = line_ace("permit tcp any any eq www log", ACL_IPV6), ace;
	struct ace_room room;

	(void)state;
	assert_int_equal(sequence_of("permit tcp any any eq 80 log sequence 20", &ace, &room), 20);
	assert_true(ace_equal(&ace, &plain));
	assert_int_equal(sequence_of("permit tcp any any eq 80 seq 30 log", &ace, &room), 30);
	assert_true(ace_equal(&ace, &plain));
	assert_int_equal(sequence_of("permit tcp any any eq 80 log", &ace, &room), 0);
	assert_int_equal(sequence_of("evaluate X sequence 4294967294", &ace, &room), 4294967294);
	assert_true(ace.is_evaluate);
}

static void
help_lists(const char *line, const char *want)
{
	char got[4096];

	line_expect(line, ACL_IPV6, ACE_IN_NAMED, got, sizeof(got));
	for (char *p = got; *p != '\0'; p++)
		if (*p == '\n')
			*p = p[1] != '\0' ? ' ' : '\0';
	assert_string_equal(got, want);
}

static void
help_knows_every_position(void **state)
{
	(void)state;
	help_lists("", "deny evaluate permit remark");
	help_lists("permit", "<0-255> ahp esp hbh icmp pcp sctp tcp udp ipv6");
	help_lists("permit ipv6", "X:X:X:X::X/<0-128> any host");
	help_lists("permit ipv6 host", "X:X:X:X::X");
	help_lists("permit tcp any", "eq gt lt neq range X:X:X:X::X/<0-128> any host");
	help_lists("permit sctp any eq", "<0-65535>");
	help_lists("permit sctp any eq 1", "X:X:X:X::X/<0-128> any host");
	help_lists("permit ipv6 any any",
		"dscp flow-label fragments auth dest-option hbh mobility routing mobility-type "
		"routing-type undetermined-transport log log-input time-range reflect sequence "
		"<cr>");
	help_lists("deny tcp any any eq 1",
		"established ack fin psh rst syn urg dscp flow-label auth dest-option hbh mobility "
		"routing mobility-type routing-type log log-input time-range sequence <cr>");
	help_lists("permit ipv6 any any log",
		"dscp flow-label fragments auth dest-option hbh mobility routing mobility-type "
		"routing-type undetermined-transport time-range reflect sequence <cr>");
	help_lists("permit ipv6 any any sequence", "<1-4294967294>");
	help_lists("evaluate X", "sequence <cr>");
	help_lists("permit ipv6 any any mobility-type",
		"<0-255> bind-acknowledgement bind-error bind-refresh bind-update cot coti hot "
		"hoti");
}

/* ---- matching ---- */

/* A packet from 2001:db8::1 to 2001:db8:1::1. */
static struct acl_key
packet(uint8_t proto)
{
	struct acl_key key = {
		.src6 = { 0x20010db800000000, 1 },
		.dst6 = { 0x20010db800010000, 1 },
		.proto = proto,
		.has = ACL_IS_IPV6,
	};

	if (proto == TCP || proto == UDP || proto == SCTP) {
		key.has |= ACL_HAS_PORTS;
		key.sport = 1025;
		key.dport = 80;
	}
	if (proto == TCP)
		key.has |= ACL_HAS_TCP_FLAGS;
	if (proto == ICMP)
		key.has |= ACL_HAS_ICMP;
	return key;
}

static bool
matches(const char *line, const struct acl_key *key)
{
	struct ace ace = line_ace(line, ACL_IPV6);

	return ace_match(&ace, NULL, key, 1);
}

static void
prefixes_match_to_the_bit(void **state)
{
	struct acl_key key = packet(TCP);

	(void)state;
	assert_true(matches("permit ipv6 any any", &key));
	assert_true(matches("permit ipv6 host 2001:db8::1 host 2001:db8:1::1", &key));
	assert_false(matches("permit ipv6 host 2001:db8::2 any", &key));
	assert_false(matches("permit ipv6 any host 2001:db8::1", &key));
	assert_true(matches("permit ipv6 2001:db8::/64 any", &key));
	assert_true(matches("permit ipv6 2001:db8::/127 any", &key));
	assert_false(matches("permit ipv6 any 2001:db8::/48", &key));
	assert_true(matches("permit ipv6 any 2001:db8::/47", &key));
	key.src6[1] = UINT64_C(1) << 63;
	assert_false(matches("permit ipv6 2001:db8::/65 any", &key));
	assert_true(matches("permit ipv6 2001:db8::/64 any", &key));
	key.src6[0]++;
	assert_false(matches("permit ipv6 2001:db8::/64 any", &key));
	assert_true(matches("permit ipv6 2001:db8::/63 any", &key));
}

static void
families_do_not_mix(void **state)
{
	struct acl_key key = packet(TCP), old = { .proto = TCP };
	struct ace ip = line_ace("permit ip any any", ACL_EXTENDED);

	(void)state;
	assert_false(ace_match(&ip, NULL, &key, 1));
	assert_false(matches("permit ipv6 any any", &old));
}

static void
layer_4_matches_as_in_ipv4(void **state)
{
	struct acl_key tcp = packet(TCP), udp = packet(UDP), sctp = packet(SCTP);
	struct acl_key icmp = packet(ICMP), cut = packet(TCP);

	(void)state;
	tcp.tcp_flags = SYN;
	assert_true(matches("permit tcp any any eq www", &tcp));
	assert_false(matches("permit tcp any any neq www", &tcp));
	assert_true(matches("permit tcp any gt 1024 any lt 81", &tcp));
	assert_false(matches("permit tcp any any established", &tcp));
	assert_true(matches("permit tcp any any syn", &tcp));
	tcp.tcp_flags = ACK;
	assert_true(matches("permit tcp any any established", &tcp));
	assert_true(matches("permit udp any any range 79 80", &udp));
	assert_false(matches("permit tcp any any range 79 80", &udp));
	assert_true(matches("permit sctp any eq 1025 any", &sctp));
	icmp.icmp_type = 1;
	icmp.icmp_code = 4;
	assert_true(matches("permit icmp any any unreachable", &icmp));
	assert_true(matches("permit icmp any any port-unreachable", &icmp));
	assert_false(matches("permit icmp any any no-route", &icmp));
	icmp.proto = 1; /* ICMP of the other family is just a number here */
	icmp.has = ACL_IS_IPV6;
	assert_false(matches("permit icmp any any", &icmp));
	assert_true(matches("permit 1 any any", &icmp));
	cut.has = ACL_IS_IPV6;
	assert_false(matches("permit tcp any any eq www", &cut));
	assert_false(matches("deny tcp any any neq www", &cut));
	assert_true(matches("permit tcp any any", &cut));
}

static void
header_fields_match(void **state)
{
	struct acl_key key = packet(UDP);

	(void)state;
	key.tos = 46 << 2 | 1;
	key.flow_label = 0xfffff;
	assert_true(matches("permit ipv6 any any dscp ef", &key));
	assert_false(matches("permit ipv6 any any dscp af11", &key));
	assert_true(matches("permit ipv6 any any flow-label 1048575", &key));
	assert_false(matches("permit ipv6 any any flow-label 0", &key));
}

static void
extension_headers_match_when_seen(void **state)
{
	static const struct {
		const char *qualifier, *protocol;
		uint8_t ext;
	} row[] = {
		{ "permit ipv6 any any hbh", "permit hbh any any", ACL_EXT_HBH },
		{ "permit ipv6 any any auth", "permit ahp any any", ACL_EXT_AUTH },
		{ "permit ipv6 any any dest-option", "permit 60 any any", ACL_EXT_DEST },
		{ "permit ipv6 any any routing", "permit 43 any any", ACL_EXT_ROUTING },
		{ "permit ipv6 any any mobility", "permit 135 any any", ACL_EXT_MOBILITY },
		{ "permit ipv6 any any hbh", "permit hbh any any", ACL_EXT_HBH },
	};
	struct acl_key key = packet(TCP);

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		key.ext = row[i].ext;
		assert_true(matches(row[i].qualifier, &key));
		assert_true(matches(row[i].protocol, &key));
		assert_true(matches("permit tcp any any eq www", &key));
		key.ext = (uint8_t)~row[i].ext;
		assert_false(matches(row[i].qualifier, &key));
		assert_false(matches(row[i].protocol, &key));
	}
	key.ext = ACL_EXT_FRAGMENT;
	assert_true(matches("permit 44 any any", &key));
	assert_false(matches("permit ipv6 any any hbh routing", &key));
	key.ext = ACL_EXT_HBH | ACL_EXT_ROUTING;
	key.routing_type = 4;
	assert_true(matches("permit ipv6 any any hbh routing", &key));
	assert_true(matches("permit tcp any any routing-type 4", &key));
	assert_false(matches("permit tcp any any routing-type 0", &key));
	assert_false(matches("permit ipv6 any any mobility-type 0", &key));
	key.ext = ACL_EXT_MOBILITY;
	key.mobility_type = 5;
	assert_true(matches("permit ipv6 any any mobility-type bind-update", &key));
	assert_false(matches("permit ipv6 any any routing-type 4", &key));
}

static void
later_fragments_match_by_layer_3(void **state)
{
	struct acl_key key = packet(TCP);

	(void)state;
	key.has = ACL_IS_IPV6 | ACL_NONINITIAL;
	key.ext = ACL_EXT_FRAGMENT;
	key.sport = key.dport = 0;
	assert_true(matches("permit ipv6 any any", &key));
	assert_true(matches("deny tcp any any", &key));
	assert_true(matches("permit tcp any any eq 22", &key));
	assert_false(matches("deny tcp any any eq 22", &key));
	assert_false(matches("permit udp any any eq 22", &key));
	assert_true(matches("deny ipv6 any any fragments", &key));
	assert_true(matches("deny tcp any any fragments", &key));
	assert_false(matches("deny udp any any fragments", &key));
	key = packet(TCP); /* the first one, or none at all */
	key.ext = ACL_EXT_FRAGMENT;
	assert_false(matches("deny ipv6 any any fragments", &key));
	assert_true(matches("permit tcp any any eq www", &key));
	key = packet(ICMP);
	key.has = ACL_IS_IPV6 | ACL_NONINITIAL;
	assert_true(matches("permit icmp any any nd-ns", &key));
	assert_false(matches("deny icmp any any nd-ns", &key));
}

static void
what_is_undetermined_matches_nothing_that_needs_it(void **state)
{
	struct acl_key key = packet(DEST);

	(void)state;
	key.has = ACL_IS_IPV6 | ACL_UNDETERMINED;
	key.ext = ACL_EXT_HBH;
	assert_true(matches("permit ipv6 any any", &key));
	assert_true(matches("permit ipv6 2001:db8::/32 any", &key));
	assert_true(matches("deny ipv6 any any undetermined-transport", &key));
	assert_false(matches("deny ipv6 host ::1 any undetermined-transport", &key));
	for (unsigned proto = 0; proto < 256; proto++) {
		char line[64];

		snprintf(line, sizeof(line), "%s %u any any", proto % 2 ? "permit" : "deny", proto);
		key.proto = (uint8_t)proto;
		assert_int_equal(matches(line, &key), proto == 0); /* that one was seen */
	}
	key.proto = TCP;
	assert_false(matches("permit tcp any any eq www", &key));
	assert_false(matches("deny tcp any any established", &key));
	key.has |= ACL_NONINITIAL; /* a later fragment that begins inside the chain */
	assert_false(matches("permit tcp any any eq www", &key));
	assert_true(matches("deny ipv6 any any fragments", &key));
	assert_true(matches("deny ipv6 any any undetermined-transport fragments", &key));
	key.has &= (uint8_t)~ACL_UNDETERMINED;
	assert_false(matches("deny ipv6 any any undetermined-transport", &key));
	key = packet(ESP);
	assert_false(matches("deny ipv6 any any undetermined-transport", &key));
	assert_true(matches("permit esp any any", &key));
}

/* ---- lists ---- */

static struct acl_verdict
verdict(const struct acl *acl, const struct acl_key *key)
{
	struct acl_verdict program, reference = acl_classify_reference(acl, NULL, key, 1);
	struct acl_program *p;

	assert_int_equal(acl_compile(acl, NULL, &p), 0);
	acl_classify(p, key, NULL, 1, 1, &program);
	acl_program_unref(p);
	assert_int_equal(program.slot, reference.slot);
	assert_int_equal(program.action, reference.action);
	assert_int_equal(program.implicit, reference.implicit);
	return program;
}

static void
a_list_ends_with_neighbour_discovery_and_deny(void **state)
{
	struct acl *acl = acl_create("V6", ACL_IPV6, 1);
	struct acl_key tcp = packet(TCP), nd = packet(ICMP);
	struct acl_program *p;
	struct acl_verdict v;

	(void)state;
	assert_int_equal(acl_compile(acl, NULL, &p), 0);
	assert_null(p);
	assert_int_equal(acl_classify_reference(acl, NULL, &tcp, 1).action, ACL_PERMIT);

	line_add(acl, 0, "permit udp any any");
	assert_non_null(acl_by_slot(acl, acl_at(acl, 0)->slot));
	assert_null(acl_by_slot(acl, ACL_SLOT_IMPLICIT));
	assert_null(acl_by_slot(acl, ACL_SLOT_IMPLICIT_ND));
	v = verdict(acl, &tcp);
	assert_int_equal(v.action, ACL_DENY);
	assert_int_equal(v.slot, ACL_SLOT_IMPLICIT);
	assert_true(v.implicit);
	for (unsigned type = 0; type < 256; type++) {
		bool is_nd = type == 135 || type == 136;

		nd.icmp_type = (uint8_t)type;
		v = verdict(acl, &nd);
		assert_int_equal(v.action, is_nd ? ACL_PERMIT : ACL_DENY);
		assert_int_equal(v.slot, is_nd ? ACL_SLOT_IMPLICIT_ND : ACL_SLOT_IMPLICIT);
		assert_true(v.implicit);
	}
	nd.icmp_type = 135;
	nd.has = ACL_IS_IPV6 | ACL_NONINITIAL;
	assert_int_equal(verdict(acl, &nd).action, ACL_DENY);
	nd.has = ACL_IS_IPV6; /* cut off before its type */
	nd.icmp_type = 0;
	assert_int_equal(verdict(acl, &nd).action, ACL_DENY);

	/* An explicit deny stands before the implicit permits. */
	line_add(acl, 0, "deny ipv6 any any");
	nd = packet(ICMP);
	nd.icmp_type = 136;
	v = verdict(acl, &nd);
	assert_int_equal(v.action, ACL_DENY);
	assert_false(v.implicit);
	acl_destroy(acl);
}

static void
numbers_go_higher_than_ipv4_s(void **state)
{
	struct acl *acl = acl_create("V6", ACL_IPV6, 1), *old = acl_create("X", ACL_EXTENDED, 2);
	struct ace ace = line_ace("permit udp any any", ACL_IPV6), again;
	struct parse_error err;

	(void)state;
	assert_int_equal(acl_add(acl, 4294967294, &ace, &err), 1);
	again = line_ace("permit tcp any any", ACL_IPV6);
	assert_int_equal(acl_add(acl, 0, &again, &err), -1);
	assert_string_equal(err.text, "Exceeded maximum sequence number.");
	ace = line_ace("permit udp any any", ACL_EXTENDED);
	assert_int_equal(acl_add(old, 2147483648, &ace, &err), -1);
	acl_destroy(acl);
	acl_destroy(old);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(entries_are_shown_as_ios_does),
		cmocka_unit_test(show_tells_whether_a_range_is_open),
		cmocka_unit_test(wrong_words_get_their_caret),
		cmocka_unit_test(a_number_behind_is_told_apart),
		cmocka_unit_test(help_knows_every_position),
		cmocka_unit_test(prefixes_match_to_the_bit),
		cmocka_unit_test(families_do_not_mix),
		cmocka_unit_test(layer_4_matches_as_in_ipv4),
		cmocka_unit_test(header_fields_match),
		cmocka_unit_test(extension_headers_match_when_seen),
		cmocka_unit_test(later_fragments_match_by_layer_3),
		cmocka_unit_test(what_is_undetermined_matches_nothing_that_needs_it),
		cmocka_unit_test(a_list_ends_with_neighbour_discovery_and_deny),
		cmocka_unit_test(numbers_go_higher_than_ipv4_s),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
