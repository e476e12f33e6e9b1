/*
 * ace_match_test.c - which packets an entry matches: each criterion, fragments, headers cut short.
 *
 * Every case is put both to ace_match() and to the compiled program of a list with that one entry.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/lib/acl_lines.h"

enum {
	FIN = 1,
	SYN = 2,
	RST = 4,
	PSH = 8,
	ACK = 16,
	URG = 32,
};

static const struct acl_key tcp = {
	.src = 0xc0a8c8c6, /* 192.168.200.198 */
	.dst = 0xcb007119, /* 203.0.113.25 */
	.sport = 1034,
	.dport = 25,
	.proto = 6,
	.tcp_flags = SYN,
	.has = ACL_HAS_PORTS | ACL_HAS_TCP_FLAGS,
};

static const struct acl_key udp = {
	.src = 0xc0a8c8c6,
	.dst = 0xcb007119,
	.sport = 5353,
	.dport = 53,
	.proto = 17,
	.has = ACL_HAS_PORTS,
};

static const struct acl_key icmp = {
	.src = 0xc0a8c8c6,
	.dst = 0xcb007119,
	.proto = 1,
	.icmp_type = 3,
	.icmp_code = 4,
	.has = ACL_HAS_ICMP,
};

static bool
program_matches(const char *line, enum acl_kind kind, const struct acl_key *key)
{
	struct acl *acl = acl_create("one", kind, 1);
	struct acl_program *p;
	struct acl_verdict v;

	line_add(acl, 0, line);
	assert_int_equal(acl_compile(acl, &p), 0);
	acl_classify(p, key, 1, &v);
	if (v.slot != ACL_SLOT_IMPLICIT) {
		assert_int_equal(v.slot, acl_at(acl, 0)->slot);
		assert_int_equal(v.action, acl_at(acl, 0)->ace.action);
		assert_int_equal(v.log, acl_at(acl, 0)->ace.log);
	} else {
		assert_int_equal(v.action, ACL_DENY);
	}
	acl_program_unref(p);
	acl_destroy(acl);
	return v.slot != ACL_SLOT_IMPLICIT;
}

static void
check(const char *line, enum acl_kind kind, const struct acl_key *key, bool want)
{
	struct ace ace = line_ace(line, kind);

	if (ace_match(&ace, key) != want)
		fail_msg("%s: %smatched", line, want ? "not " : "");
	if (program_matches(line, kind, key) != want)
		fail_msg("%s: %smatched by the program", line, want ? "not " : "");
}

static void
hit(const char *line, struct acl_key key)
{
	check(line, ACL_EXTENDED, &key, true);
}

static void
miss(const char *line, struct acl_key key)
{
	check(line, ACL_EXTENDED, &key, false);
}

static struct acl_key
with_ports(struct acl_key key, uint16_t sport, uint16_t dport)
{
	key.sport = sport;
	key.dport = dport;
	return key;
}

static struct acl_key
with_flags(uint8_t flags)
{
	struct acl_key key = tcp;

	key.tcp_flags = flags;
	return key;
}

static struct acl_key
with_icmp(uint8_t type, uint8_t code)
{
	struct acl_key key = icmp;

	key.icmp_type = type;
	key.icmp_code = code;
	return key;
}

static struct acl_key
with_has(struct acl_key key, uint8_t has)
{
	key.has = has;
	return key;
}

static void
addresses_and_protocols(void **state)
{
	(void)state;
	hit("permit ip any any", tcp);
	hit("permit tcp any any", tcp);
	miss("permit udp any any", tcp);
	hit("permit 6 host 192.168.200.198 any", tcp);
	miss("permit tcp host 192.168.200.199 any", tcp);
	hit("permit ip 192.168.200.0 0.0.0.255 203.0.113.0 0.0.0.255", tcp);
	miss("permit ip 192.168.201.0 0.0.0.255 any", tcp);
	hit("permit ip 192.0.200.0 0.255.0.255 any", tcp);
	miss("permit ip 192.0.201.0 0.255.0.255 any", tcp);
	hit("permit ip any host 203.0.113.25", tcp);
	miss("permit ip any host 203.0.113.24", tcp);
	miss("permit ip host 203.0.113.25 host 192.168.200.198", tcp);
}

static void
standard_lists_look_at_the_source(void **state)
{
	(void)state;
	check("permit 192.168.200.198", ACL_STANDARD, &tcp, true);
	check("permit host 192.168.200.198", ACL_STANDARD, &udp, true);
	check("deny 192.168.200.0 0.0.0.255 log", ACL_STANDARD, &icmp, true);
	check("permit any", ACL_STANDARD, &tcp, true);
	check("permit 203.0.113.25", ACL_STANDARD, &tcp, false);
	check("permit 192.168.200.199", ACL_STANDARD, &tcp, false);
}

static void
port_operators(void **state)
{
	(void)state;
	hit("permit tcp any any eq smtp", tcp);
	miss("permit tcp any eq smtp any", tcp);
	hit("permit tcp any eq 1034 any eq 25", tcp);
	hit("permit tcp any any eq 80 443 25", tcp);
	miss("permit tcp any any eq 80 443 26", tcp);
	miss("permit tcp any any neq 80 25", tcp);
	hit("permit tcp any any neq 80 443", tcp);
	hit("permit tcp any any gt 24", tcp);
	miss("permit tcp any any gt 25", tcp);
	hit("permit tcp any any lt 26", tcp);
	miss("permit tcp any any lt 25", tcp);
	hit("permit tcp any any range 25 30", tcp);
	hit("permit tcp any any range 20 25", tcp);
	hit("permit tcp any any range 25 25", tcp);
	hit("permit tcp any any range 30 20", tcp);
	miss("permit tcp any any range 26 30", tcp);
	miss("permit tcp any any range 20 24", tcp);
	hit("permit udp any any eq domain", udp);
	miss("permit udp any any eq domain", tcp);
}

static void
ports_at_their_ends(void **state)
{
	(void)state;
	hit("permit udp any any eq 0", with_ports(udp, 1, 0));
	hit("permit udp any any gt 65534", with_ports(udp, 1, 65535));
	miss("permit udp any any gt 65535", with_ports(udp, 1, 65535));
	miss("permit udp any any gt 65535", with_ports(udp, 1, 0));
	hit("permit udp any any lt 1", with_ports(udp, 1, 0));
	miss("permit udp any any lt 0", with_ports(udp, 1, 0));
	miss("permit udp any any lt 0", with_ports(udp, 1, 65535));
	hit("permit udp any any range 0 65535", with_ports(udp, 1, 0));
	hit("permit udp any any range 0 65535", with_ports(udp, 1, 65535));
}

static void
established_is_ack_or_rst(void **state)
{
	(void)state;
	miss("permit tcp any any established", with_flags(SYN));
	miss("permit tcp any any established", with_flags(0));
	miss("permit tcp any any established", with_flags(FIN | SYN | PSH | URG));
	hit("permit tcp any any established", with_flags(ACK));
	hit("permit tcp any any established", with_flags(RST));
	hit("permit tcp any any established", with_flags(SYN | ACK));
	hit("permit tcp any any established", with_flags(RST | ACK));
}

static void
listed_flags_are_any_of_them(void **state)
{
	static const struct {
		const char *word;
		uint8_t bit;
	} flag[] = {
		{ "ack", ACK },
		{ "fin", FIN },
		{ "psh", PSH },
		{ "rst", RST },
		{ "syn", SYN },
		{ "urg", URG },
	};
	char line[64];

	(void)state;
	for (size_t i = 0; i < sizeof(flag) / sizeof(flag[0]); i++) {
		snprintf(line, sizeof(line), "permit tcp any any %s", flag[i].word);
		hit(line, with_flags(flag[i].bit));
		hit(line, with_flags(63));
		miss(line, with_flags((uint8_t)(63 & ~flag[i].bit)));
		miss(line, with_flags(0));
	}
	hit("permit tcp any any syn ack", with_flags(SYN));
	hit("permit tcp any any syn ack", with_flags(ACK));
	miss("permit tcp any any syn ack", with_flags(FIN));
}

static void
icmp_types_and_codes(void **state)
{
	(void)state;
	hit("permit icmp any any", icmp);
	hit("permit icmp any any unreachable", icmp);
	hit("permit icmp any any packet-too-big", icmp);
	hit("permit icmp any any 3 4", icmp);
	miss("permit icmp any any port-unreachable", icmp);
	miss("permit icmp any any echo", icmp);
	hit("permit icmp any any echo-reply", with_icmp(0, 0));
	miss("permit icmp any any echo", with_icmp(0, 0));
	hit("permit icmp any any net-unreachable", with_icmp(3, 0));
	miss("permit icmp any any net-unreachable", with_icmp(3, 1));
	hit("permit icmp any any 255 255", with_icmp(255, 255));
}

static void
fragments(void **state)
{
	const struct acl_key later = with_has(with_ports(with_flags(0), 0, 0), ACL_NONINITIAL);
	struct acl_key later_icmp = with_has(with_icmp(0, 0), ACL_NONINITIAL);

	(void)state;
	/* An entry that looks at the IP header only sees no difference. */
	hit("permit ip any any", later);
	hit("deny ip any any", later);
	hit("permit tcp host 192.168.200.198 any", later);
	hit("deny tcp host 192.168.200.198 any", later);
	miss("permit udp any any", later);
	/* One that looks further: a permit matches on its IP part, a deny never. */
	hit("permit tcp any any eq 25", later);
	hit("permit tcp any eq 80 any neq 0 log", later);
	hit("permit tcp any any established", later);
	hit("permit tcp any any syn", later);
	miss("permit tcp host 10.0.0.1 any eq 25", later);
	miss("permit udp any any eq 25", later);
	miss("deny tcp any any eq 25", later);
	miss("deny tcp any any neq 25", later);
	miss("deny tcp any any established", later);
	miss("deny tcp any any syn log", later);
	hit("permit icmp any any echo", later_icmp);
	miss("deny icmp any any echo-reply", later_icmp);
	hit("deny icmp any any", later_icmp);
}

static void
headers_cut_short(void **state)
{
	const struct acl_key no_ports = with_has(with_ports(tcp, 0, 0), 0);
	const struct acl_key no_flags = with_has(tcp, ACL_HAS_PORTS);
	const struct acl_key no_icmp = with_has(with_icmp(0, 0), 0);

	(void)state;
	hit("permit tcp any any", no_ports);
	hit("deny ip any any", no_ports);
	miss("permit tcp any any eq 0", no_ports);
	miss("deny tcp any any eq 0", no_ports);
	miss("deny tcp any any neq 25", no_ports);
	miss("permit tcp any any range 0 65535", no_ports);
	miss("deny tcp any any lt 5", no_ports);
	hit("deny tcp any any eq 25", no_flags);
	miss("deny tcp any any eq 25 syn", no_flags);
	miss("permit tcp any any established", with_has(with_flags(ACK), ACL_HAS_PORTS));
	hit("deny icmp any any", no_icmp);
	miss("deny icmp any any echo-reply", no_icmp);
	miss("permit icmp any any 0 0", no_icmp);
}

static void
remarks_match_nothing(void **state)
{
	struct ace ace = line_ace("remark permit ip any any", ACL_EXTENDED);

	(void)state;
	assert_false(ace_match(&ace, &tcp));
}

static void
first_match_decides(void **state)
{
	struct acl *acl = acl_create("first", ACL_EXTENDED, 3);
	struct acl_program *p;
	struct acl_verdict v;

	(void)state;
	assert_int_equal(acl_compile(acl, &p), 0);
	assert_null(p);
	assert_int_equal(acl_classify_reference(acl, &tcp).action, ACL_PERMIT);
	line_add(acl, 0, "remark a list of remarks passes everything");
	assert_int_equal(acl_compile(acl, &p), 0);
	assert_null(p);
	assert_int_equal(acl_classify_reference(acl, &tcp).action, ACL_PERMIT);
	acl_program_unref(p);

	line_add(acl, 0, "permit udp any any");
	assert_int_equal(acl_classify_reference(acl, &tcp).action, ACL_DENY);
	assert_int_equal(acl_classify_reference(acl, &tcp).slot, ACL_SLOT_IMPLICIT);
	line_add(acl, 0, "deny tcp any any eq 25 log-input");
	line_add(acl, 0, "permit tcp any any eq 25 log");
	assert_int_equal(acl_compile(acl, &p), 0);
	assert_ptr_equal(acl_program_ref(p), p);
	acl_program_unref(p);
	acl_classify(p, &tcp, 1, &v);
	assert_int_equal(v.action, ACL_DENY);
	assert_int_equal(v.log, ACE_LOG_INPUT);
	assert_int_equal(v.slot, acl_at(acl, 2)->slot);
	acl_program_unref(p);
	acl_destroy(acl);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_and_protocols),
		cmocka_unit_test(standard_lists_look_at_the_source),
		cmocka_unit_test(port_operators),
		cmocka_unit_test(ports_at_their_ends),
		cmocka_unit_test(established_is_ack_or_rst),
		cmocka_unit_test(listed_flags_are_any_of_them),
		cmocka_unit_test(icmp_types_and_codes),
		cmocka_unit_test(fragments),
		cmocka_unit_test(headers_cut_short),
		cmocka_unit_test(remarks_match_nothing),
		cmocka_unit_test(first_match_decides),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
