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
	assert_int_equal(acl_compile(acl, NULL, &p), 0);
	acl_classify(p, key, NULL, 1, 1, &v);
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

	if (ace_match(&ace, NULL, key, 1) != want)
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
match_all_and_match_any(void **state)
{
	(void)state;
	hit("permit tcp any any match-all +syn -ack", with_flags(SYN));
	hit("permit tcp any any match-all +syn -ack", with_flags(SYN | PSH));
	miss("permit tcp any any match-all +syn -ack", with_flags(SYN | ACK));
	miss("permit tcp any any match-all +syn -ack", with_flags(0));
	miss("permit tcp any any match-all +syn +fin", with_flags(SYN));
	hit("permit tcp any any match-all -syn -fin", with_flags(0));
	hit("permit tcp any any match-any +syn -ack", with_flags(0));
	hit("permit tcp any any match-any +syn -ack", with_flags(SYN | ACK));
	miss("permit tcp any any match-any +syn -ack", with_flags(ACK));
	hit("permit tcp any any match-any -ack -syn", with_flags(ACK | URG));
	miss("permit tcp any any match-any -ack -syn", with_flags(ACK | SYN));
	miss("permit tcp any any match-any +syn +fin", with_flags(RST));
	miss("permit tcp any any match-all -syn", with_has(with_flags(0), ACL_HAS_PORTS));
	miss("deny tcp any any match-any -syn", with_has(with_flags(0), ACL_HAS_PORTS));
}

static struct acl_key
with_igmp(uint8_t type)
{
	struct acl_key key = icmp;

	key.proto = 2;
	key.icmp_type = type;
	key.icmp_code = 0;
	return with_has(key, ACL_HAS_IGMP);
}

static void
igmp_types(void **state)
{
	(void)state;
	hit("permit igmp any any", with_igmp(0x16));
	hit("permit igmp any any host-query", with_igmp(0x11));
	hit("permit igmp any any 0", with_igmp(0x11));
	hit("permit igmp any any v2host-report", with_igmp(0x16));
	miss("permit igmp any any host-report", with_igmp(0x16));
	hit("permit igmp any any 20", with_igmp(0x14));
	hit("permit igmp any any pim", with_igmp(0x14));
	hit("permit igmp any any 3", with_igmp(0x14));
	hit("permit igmp any any 255", with_igmp(255));
	miss("deny igmp any any host-query", with_has(with_igmp(0x11), 0));
	hit("permit igmp any any host-query", with_has(with_igmp(0), ACL_NONINITIAL));
	miss("deny igmp any any host-query", with_has(with_igmp(0), ACL_NONINITIAL));
}

static struct acl_key
with_header(uint8_t tos, uint8_t ttl)
{
	struct acl_key key = tcp;

	key.tos = tos;
	key.ttl = ttl;
	return key;
}

static void
type_of_service(void **state)
{
	(void)state;
	hit("permit ip any any dscp ef", with_header(46 << 2, 64));
	hit("permit ip any any dscp ef", with_header(46 << 2 | 3, 64));
	miss("permit ip any any dscp ef", with_header(47 << 2, 64));
	hit("permit ip any any dscp default", with_header(3, 64));
	miss("permit ip any any dscp default", with_header(4, 64));
	hit("deny ip any any precedence network", with_header(0xe0, 64));
	hit("deny ip any any precedence routine", with_header(0x1f, 64));
	miss("deny ip any any precedence routine", with_header(0x20, 64));
	hit("permit ip any any tos 15", with_header(0x1e, 64));
	hit("permit ip any any tos normal", with_header(0xe1, 64));
	miss("permit ip any any tos normal", with_header(0x02, 64));
	hit("permit ip any any precedence flash tos min-delay", with_header(0x70, 64));
	miss("permit ip any any precedence flash tos min-delay", with_header(0x60, 64));
	miss("permit ip any any precedence flash tos min-delay", with_header(0x10, 64));
	/* It is in every fragment. */
	hit("deny ip any any dscp ef", with_has(with_header(46 << 2, 64), ACL_NONINITIAL));
	miss("permit tcp any any eq 25 dscp ef", with_has(with_header(0, 64), ACL_NONINITIAL));
}

static void
time_to_live(void **state)
{
	(void)state;
	hit("permit ip any any ttl eq 1", with_header(0, 1));
	miss("permit ip any any ttl eq 1", with_header(0, 2));
	hit("permit ip any any ttl neq 1", with_header(0, 2));
	miss("permit ip any any ttl neq 1", with_header(0, 1));
	hit("permit ip any any ttl gt 254", with_header(0, 255));
	miss("permit ip any any ttl gt 255", with_header(0, 255));
	hit("permit ip any any ttl lt 1", with_header(0, 0));
	miss("permit ip any any ttl lt 0", with_header(0, 0));
	hit("permit ip any any ttl range 5 10", with_header(0, 10));
	hit("permit ip any any ttl range 10 5", with_header(0, 5));
	miss("permit ip any any ttl range 5 10", with_header(0, 11));
	hit("deny ip any any ttl lt 5", with_has(with_header(0, 4), ACL_NONINITIAL));
}

static struct acl_key
with_options(uint8_t a, uint8_t b)
{
	struct acl_key key = tcp;

	key.has |= ACL_HAS_OPTIONS;
	key.option[0] = a;
	key.option[1] = b;
	key.options = 2;
	return key;
}

static void
ip_options(void **state)
{
	struct acl_key empty = with_options(0, 0);

	(void)state;
	hit("permit ip any any option any-options", with_options(1, 7));
	hit("permit ip any any option record-route", with_options(1, 7));
	hit("permit ip any any option no-op", with_options(1, 7));
	miss("permit ip any any option eool", with_options(1, 7));
	hit("permit ip any any option eool", with_options(7, 0));
	miss("permit ip any any option any-options", tcp);
	miss("permit ip any any option 0", tcp);
	hit("deny ip any any option 222 log", with_options(222, 0));
	/* Options too broken to be read are still options. */
	empty.options = 0;
	hit("permit ip any any option any-options", empty);
	miss("permit ip any any option eool", empty);
}

static void
fragments_alone(void **state)
{
	const struct acl_key later = with_has(with_ports(with_flags(0), 0, 0), ACL_NONINITIAL);

	(void)state;
	hit("deny ip any any fragments", later);
	hit("permit tcp any host 203.0.113.25 fragments", later);
	miss("deny ip any any fragments", tcp);
	miss("permit ip any any fragments", with_has(tcp, 0));
	miss("deny udp any any fragments", later);
	miss("deny tcp any host 203.0.113.26 fragments", later);
	hit("deny ip any any option any-options fragments",
		with_has(with_options(1, 2), ACL_NONINITIAL | ACL_HAS_OPTIONS));
	miss("deny ip any any option any-options fragments", later);
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
	assert_false(ace_match(&ace, NULL, &tcp, 1));
}

static void
first_match_decides(void **state)
{
	struct acl *acl = acl_create("first", ACL_EXTENDED, 3);
	struct acl_program *p;
	struct acl_verdict v;

	(void)state;
	assert_int_equal(acl_compile(acl, NULL, &p), 0);
	assert_null(p);
	assert_int_equal(acl_classify_reference(acl, NULL, &tcp, 1).action, ACL_PERMIT);
	line_add(acl, 0, "remark a list of remarks passes everything");
	assert_int_equal(acl_compile(acl, NULL, &p), 0);
	assert_null(p);
	assert_int_equal(acl_classify_reference(acl, NULL, &tcp, 1).action, ACL_PERMIT);
	acl_program_unref(p);

	line_add(acl, 0, "permit udp any any");
	assert_int_equal(acl_classify_reference(acl, NULL, &tcp, 1).action, ACL_DENY);
	assert_int_equal(acl_classify_reference(acl, NULL, &tcp, 1).slot, ACL_SLOT_IMPLICIT);
	line_add(acl, 0, "deny tcp any any eq 25 log-input");
	line_add(acl, 0, "permit tcp any any eq 25 log");
	assert_int_equal(acl_compile(acl, NULL, &p), 0);
	assert_ptr_equal(acl_program_ref(p), p);
	acl_program_unref(p);
	acl_classify(p, &tcp, NULL, 1, 1, &v);
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
		cmocka_unit_test(match_all_and_match_any),
		cmocka_unit_test(igmp_types),
		cmocka_unit_test(type_of_service),
		cmocka_unit_test(time_to_live),
		cmocka_unit_test(ip_options),
		cmocka_unit_test(fragments),
		cmocka_unit_test(fragments_alone),
		cmocka_unit_test(headers_cut_short),
		cmocka_unit_test(remarks_match_nothing),
		cmocka_unit_test(first_match_decides),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
