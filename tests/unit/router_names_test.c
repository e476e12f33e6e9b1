/*
 * router_names_test.c - what the router keeps by name: lists of every kind, object groups, time ranges
 * on a clock we turn, reflexive lists; access classes; and the log lines that need an entry.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "router/router.h"
#include "tests/lib/acl_lines.h"

struct fixture {
	int64_t wall_us;
	uint64_t mono_ms;
	struct router_clock clock;
	struct router *r;
	struct parse_error err;
};

static int64_t
wall(void *arg)
{
	return ((struct fixture *)arg)->wall_us;
}

static uint64_t
mono(void *arg)
{
	return ((struct fixture *)arg)->mono_ms;
}

static void
turn(struct fixture *f, uint64_t ms)
{
	f->mono_ms += ms;
	f->wall_us += (int64_t)ms * 1000;
}

/* Tuesday 2023-11-14 22:13:20.123 UTC. */
static int
setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	struct router_options options = { 0 };

	f->wall_us = INT64_C(1700000000123000);
	f->mono_ms = 5000;
	f->clock = (struct router_clock){ wall, mono, f };
	options.clock = &f->clock;
	f->r = router_create(&options);
	assert_non_null(f->r);
	*state = f;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	router_destroy(f->r);
	free(f);
	return 0;
}

static struct acl *
add(struct fixture *f, const char *name, enum acl_kind kind, const char *line)
{
	struct acl *acl = lists_open(f->r, name, kind, &f->err);
	struct ace ace = line_ace(line, kind);

	assert_non_null(acl);
	assert_int_equal(lists_add(f->r, acl, 0, &ace, &f->err), 1);
	return acl;
}

/* ---- lists ---- */

/* The same name may be an IPv4, an IPv6 and a MAC list; each is found in its own space. */
static void
test_name_spaces(void **state)
{
	struct fixture *f = *state;
	struct acl *v4 = add(f, "Edge", ACL_STANDARD, "permit any");
	struct acl *v6 = add(f, "Edge", ACL_IPV6, "permit ipv6 any any");
	struct acl *mac = add(f, "Edge", ACL_MAC, "permit any any");

	assert_ptr_equal(lists_find(f->r, "Edge"), v4);
	assert_ptr_equal(lists_find_kind(f->r, "Edge", ACL_EXTENDED), v4);
	assert_ptr_equal(lists_find_kind(f->r, "Edge", ACL_IPV6), v6);
	assert_ptr_equal(lists_find_kind(f->r, "Edge", ACL_MAC), mac);
	assert_null(lists_open(f->r, "Edge", ACL_EXTENDED, &f->err));
	assert_ptr_equal(lists_at(f->r, 0), v4);
	assert_ptr_equal(lists_at(f->r, 1), v6);
	assert_ptr_equal(lists_at(f->r, 2), mac);
	assert_true(lists_delete_kind(f->r, "Edge", ACL_IPV6));
	assert_null(lists_find_kind(f->r, "Edge", ACL_IPV6));
	assert_non_null(lists_find(f->r, "Edge"));
	assert_non_null(lists_open(f->r, "101", ACL_IPV6, &f->err)); /* numbers are IPv4's */
}

/* Opened in no order, some deleted and opened again: found by name, and in show order. */
static void
test_many_lists(void **state)
{
	struct fixture *f = *state;
	enum { MANY = 1000, STEP = 617 }; /* which has no factor in common with MANY */
	char name[16], before[16] = "";
	const struct acl *acl;
	size_t n = 0;

	for (size_t i = 0, k = 0; i < MANY; i++, k = (k + STEP) % MANY) {
		snprintf(name, sizeof(name), "L%03zu", k);
		assert_non_null(
			lists_open(f->r, name, k % 2 ? ACL_EXTENDED : ACL_STANDARD, &f->err));
		if (k % 3 == 0)
			assert_true(lists_delete(f->r, name));
		if (k % 9 == 0)
			assert_non_null(lists_open(f->r, name, ACL_EXTENDED, &f->err));
	}
	for (size_t k = 0; k < MANY; k++) {
		snprintf(name, sizeof(name), "L%03zu", k);
		acl = lists_find(f->r, name);
		assert_int_equal(acl != NULL, k % 3 != 0 || k % 9 == 0);
		assert_true(acl == NULL || strcmp(acl_name(acl), name) == 0);
		n += acl != NULL;
	}
	for (size_t i = 0; (acl = lists_at(f->r, i)) != NULL; i++, n--) {
		snprintf(name, sizeof(name), "%d%s", acl_kind(acl) == ACL_EXTENDED, acl_name(acl));
		assert_true(strcmp(before, name) < 0);
		memcpy(before, name, sizeof(before));
	}
	assert_int_equal(n, 0);
}

static void
test_empty_ipv6_lists_are_not_kept(void **state)
{
	struct fixture *f = *state;
	struct ace ace = line_ace("permit icmp any any", ACL_IPV6);
	struct acl *acl = add(f, "V6", ACL_IPV6, "permit ipv6 any any");

	assert_int_equal(lists_add(f->r, acl, 0, &ace, &f->err), 1);
	assert_true(lists_remove_seq(f->r, acl, 10));
	assert_non_null(lists_find_kind(f->r, "V6", ACL_IPV6));
	assert_true(lists_remove(f->r, acl, &ace));
	assert_null(lists_find_kind(f->r, "V6", ACL_IPV6));
	/* The same for one whose first entry is refused. */
	acl = lists_open(f->r, "V6", ACL_IPV6, &f->err);
	assert_int_equal(lists_add(f->r, acl, UINT32_MAX, &ace, &f->err), -1);
	assert_null(lists_find_kind(f->r, "V6", ACL_IPV6));
}

/* ---- object groups ---- */

static struct object
member(const char *line, enum object_group_kind kind)
{
	struct word w[WORDS_MAX];
	struct parse_error err = { 0 };
	struct word_reader reader = { .line = line, .word = w, .err = &err };
	struct object o;

	reader.n = words_split(line, w, WORDS_MAX);
	if (object_parse(&reader, kind, &o) != 0)
		fail_msg("not a member: %s", line);
	return o;
}

static int
add_member(struct fixture *f, const char *group, const char *line)
{
	struct object o = member(line, OBJECT_GROUP_NETWORK);
	struct object_group *g = object_groups_open(f->r, group, OBJECT_GROUP_NETWORK, &f->err);

	assert_non_null(g);
	return object_groups_add(f->r, g, &o, &f->err);
}

static int
remove_member(struct fixture *f, const char *group, const char *line)
{
	struct object o = member(line, OBJECT_GROUP_NETWORK);

	return object_groups_remove(f->r, object_groups_find(f->r, group), &o, &f->err);
}

static void
test_groups_in_order(void **state)
{
	static const char *const want[] = { "Alpha", "Zeta", "Beta" };
	struct fixture *f = *state;
	char name[OBJECT_GROUP_NAME_MAX + 2];

	assert_non_null(object_groups_open(f->r, "Zeta", OBJECT_GROUP_NETWORK, &f->err));
	assert_non_null(object_groups_open(f->r, "Beta", OBJECT_GROUP_SERVICE, &f->err));
	assert_non_null(object_groups_open(f->r, "Alpha", OBJECT_GROUP_NETWORK, &f->err));
	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++)
		assert_string_equal(object_group_name(object_groups_at(f->r, i)), want[i]);
	assert_null(object_groups_at(f->r, 3));
	assert_null(object_groups_open(f->r, "Beta", OBJECT_GROUP_NETWORK, &f->err));
	assert_string_equal(
		f->err.text, "% Object-group Beta already exists as a service object-group");
	memset(name, 'x', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	assert_null(object_groups_open(f->r, name, OBJECT_GROUP_NETWORK, &f->err));
	assert_int_equal(object_groups_delete(f->r, "Nowhere", OBJECT_GROUP_NETWORK, &f->err), 0);
	assert_int_equal(object_groups_delete(f->r, "Beta", OBJECT_GROUP_NETWORK, &f->err), -1);
	assert_int_equal(object_groups_delete(f->r, "Beta", OBJECT_GROUP_SERVICE, &f->err), 1);
	assert_null(object_groups_find(f->r, "Beta"));
}

/* A circle is refused where it would close, through groups that did not exist when they were named. */
static void
test_circles_are_refused(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(add_member(f, "A", "group-object A"), -1);
	assert_int_equal(add_member(f, "A", "group-object B"), 1);
	assert_int_equal(add_member(f, "A", "group-object B"), 0);
	assert_int_equal(add_member(f, "B", "host 10.0.0.1"), 1);
	assert_int_equal(add_member(f, "B", "group-object C"), 1);
	assert_int_equal(add_member(f, "C", "group-object A"), -1);
	assert_string_equal(
		f->err.text, "% Object-group A cannot be nested in C, which it contains");
	assert_null(object_group_at(object_groups_find(f->r, "C"), 0));
	assert_int_equal(remove_member(f, "B", "group-object C"), 1);
	assert_int_equal(add_member(f, "C", "group-object A"), 1);
	/* A service group has no place among addresses. */
	assert_non_null(object_groups_open(f->r, "S", OBJECT_GROUP_SERVICE, &f->err));
	assert_int_equal(add_member(f, "A", "group-object S"), -1);
	assert_string_equal(f->err.text, "% Object-group S is not a network object-group");
	/* Nor may one be made of it that is named there already. */
	assert_int_equal(add_member(f, "A", "group-object Later"), 1);
	assert_null(object_groups_open(f->r, "Later", OBJECT_GROUP_SERVICE, &f->err));
	assert_string_equal(
		f->err.text, "% Object-group Later is nested in the network object-group A");
	assert_non_null(object_groups_open(f->r, "Later", OBJECT_GROUP_NETWORK, &f->err));
}

/* Groups that name each other twice over double at every step; walks and lists must not. */
static void
test_groups_do_not_explode(void **state)
{
	struct fixture *f = *state;
	char line[64], left[16], right[16], next[16];
	int step = 0, rc = 1;

	add_member(f, "G0", "host 10.0.0.1");
	for (; rc == 1 && step < 100; step++) {
		snprintf(left, sizeof(left), "L%d", step);
		snprintf(right, sizeof(right), "R%d", step);
		snprintf(next, sizeof(next), "G%d", step + 1);
		snprintf(line, sizeof(line), "group-object G%d", step);
		assert_int_equal(add_member(f, left, line), 1);
		assert_int_equal(add_member(f, right, line), 1);
		snprintf(line, sizeof(line), "group-object %s", left);
		assert_int_equal(add_member(f, next, line), 1);
		snprintf(line, sizeof(line), "group-object %s", right);
		rc = add_member(f, next, line);
	}
	assert_int_equal(step, 21); /* 2^20 may be, 2^21 not */
	assert_string_equal(f->err.text, "% Object-group G21 would be too large");
	assert_null(object_group_at(object_groups_find(f->r, "G21"), 1));
	assert_int_equal(add_member(f, "G0", "host 10.0.0.2"), -1);
	assert_int_equal(add_member(f, "L20", "host 10.0.0.2"), -1);
	assert_int_equal(add_member(f, "Alone", "host 10.0.0.2"), 1);
}

static void
test_groups_in_use_stay(void **state)
{
	struct fixture *f = *state;
	struct acl *acl;
	struct ace ace;

	add_member(f, "Inner", "host 10.0.0.1");
	add_member(f, "Outer", "group-object Inner");
	add_member(f, "Outer", "host 10.0.0.2");
	assert_int_equal(object_groups_delete(f->r, "Inner", OBJECT_GROUP_NETWORK, &f->err), -1);
	assert_string_equal(
		f->err.text, "% Object-group Inner cannot be deleted, it is being used");
	assert_int_equal(remove_member(f, "Inner", "host 10.0.0.1"), 1); /* no list sees it yet */
	add_member(f, "Inner", "host 10.0.0.3");

	acl = add(f, "L", ACL_EXTENDED, "permit ip object-group Outer any");
	assert_int_equal(object_groups_delete(f->r, "Outer", OBJECT_GROUP_NETWORK, &f->err), -1);
	assert_int_equal(remove_member(f, "Inner", "host 10.9.9.9"), 0);
	assert_int_equal(remove_member(f, "Inner", "host 10.0.0.3"), -1);
	assert_string_equal(
		f->err.text, "% Object-group Inner cannot be emptied, it is being used");
	assert_non_null(object_group_at(object_groups_find(f->r, "Inner"), 0));

	ace = line_ace("permit ip object-group Outer any", ACL_EXTENDED);
	assert_true(lists_remove(f->r, acl, &ace));
	assert_int_equal(object_groups_delete(f->r, "Outer", OBJECT_GROUP_NETWORK, &f->err), 1);
	assert_int_equal(object_groups_delete(f->r, "Inner", OBJECT_GROUP_NETWORK, &f->err), 1);
	assert_null(object_groups_at(f->r, 0));
}

/* ---- time ranges ---- */

static struct time_window
window(const char *line)
{
	struct word w[WORDS_MAX];
	struct parse_error err = { 0 };
	struct word_reader reader = { .line = line, .word = w, .err = &err };
	struct time_window window;

	reader.n = words_split(line, w, WORDS_MAX);
	if (time_window_parse(&reader, &window) != 0)
		fail_msg("not a window: %s", line);
	return window;
}

static void
test_time_ranges(void **state)
{
	struct fixture *f = *state;
	struct time_window late = window("periodic daily 22:14 to 22:15");
	struct time_range *t;

	assert_int_equal(time_ranges_tick(f->r), -1); /* nothing to wait for */
	assert_false(time_ranges_active(f->r, "Late"));
	t = time_ranges_open(f->r, "Late", &f->err);
	assert_non_null(t);
	assert_ptr_equal(time_ranges_open(f->r, "Late", &f->err), t);
	assert_true(time_ranges_active(f->r, "Late")); /* no window: always */
	assert_int_equal(time_ranges_add(f->r, t, &late), 1);
	assert_int_equal(time_ranges_add(f->r, t, &late), 0);
	assert_false(time_ranges_active(f->r, "Late"));

	/* 22:13:20.123: the next minute begins in 39.877 seconds. */
	assert_int_equal(time_ranges_tick(f->r), 39877);
	turn(f, 39876);
	assert_int_equal(time_ranges_tick(f->r), 1);
	assert_false(time_ranges_active(f->r, "Late"));
	turn(f, 1);
	assert_false(time_ranges_active(f->r, "Late")); /* not before the tick */
	assert_int_equal(time_ranges_tick(f->r), 60000);
	assert_true(time_ranges_active(f->r, "Late"));
	turn(f, 2 * 60000); /* 22:16: the minute of the end was still in */
	time_ranges_tick(f->r);
	assert_false(time_ranges_active(f->r, "Late"));
	assert_true(time_ranges_remove(f->r, t, &late));
	assert_false(time_ranges_remove(f->r, t, &late));
	assert_true(time_ranges_active(f->r, "Late"));

	assert_non_null(time_ranges_open(f->r, "Early", &f->err));
	assert_string_equal(time_range_name(time_ranges_at(f->r, 0)), "Early");
	assert_string_equal(time_range_name(time_ranges_at(f->r, 1)), "Late");
	assert_null(time_ranges_at(f->r, 2));
	assert_true(time_ranges_delete(f->r, "Late"));
	assert_false(time_ranges_delete(f->r, "Late"));
	assert_false(time_ranges_active(f->r, "Late"));
}

/* ---- reflexive lists ---- */

static void
test_reflexive_lists(void **state)
{
	struct fixture *f = *state;
	struct reflexive_entry *entry;
	struct reflexive *table;

	add(f, "In", ACL_EXTENDED, "evaluate Back");
	assert_null(reflexive_lists_find(f->r, "Back")); /* evaluating makes nothing */
	add(f, "Out", ACL_EXTENDED, "permit tcp any any reflect Back");
	table = reflexive_lists_find(f->r, "Back");
	assert_non_null(table);
	add(f, "Out", ACL_EXTENDED, "permit udp any any reflect Back");
	add(f, "Out", ACL_EXTENDED, "permit icmp any any reflect Pings");
	assert_ptr_equal(reflexive_lists_find(f->r, "Back"), table);
	assert_string_equal(reflexive_lists_at(f->r, 0), "Back");
	assert_string_equal(reflexive_lists_at(f->r, 1), "Pings");
	assert_null(reflexive_lists_at(f->r, 2));
	/* The list goes, the table stays: programs may hold it. */
	assert_true(lists_delete(f->r, "Out"));
	assert_ptr_equal(reflexive_lists_find(f->r, "Back"), table);
	assert_int_equal(reflexive_lists_entries(f->r, "Back", &entry), 0);
	assert_null(entry);
	assert_true(reflexive_lists_clear(f->r, "Back"));
	assert_false(reflexive_lists_clear(f->r, "Nowhere"));
	assert_true(reflexive_lists_clear(f->r, NULL));
	assert_int_equal(reflexive_lists_timeout(f->r), 300);
}

/* ---- access classes ---- */

static uint64_t
hits(struct fixture *f, const char *name, enum acl_kind kind, size_t entry)
{
	const struct acl *acl = lists_find_kind(f->r, name, kind);

	return acl_hits_on(acl, LINE_IFINDEX, ACL_IN, acl_at(acl, entry)->slot).packets;
}

static const char *
last_log(struct fixture *f)
{
	const char *line = NULL, *next;

	for (size_t i = 0; (next = logging_buffer_line(f->r, i)) != NULL; i++)
		line = next;
	return line != NULL ? strchr(line, '%') : "";
}

static void
test_access_class(void **state)
{
	struct fixture *f = *state;
	struct line *l = line_get(f->r, LINE_VTY, 0);

	assert_true(line_admits(f->r, l, "not an address", 0)); /* no class, no question */
	strcpy(l->access_class, "1");
	assert_true(line_admits(f->r, l, "192.0.2.1", 40000)); /* the list is not there */
	assert_non_null(lists_open(f->r, "1", ACL_STANDARD, &f->err));
	assert_true(line_admits(f->r, l, "192.0.2.1", 40000)); /* nor anything in it */
	add(f, "1", ACL_STANDARD, "permit 192.0.2.0 0.0.0.255");
	assert_true(line_admits(f->r, l, "192.0.2.1", 40000));
	assert_false(line_admits(f->r, l, "192.0.3.1", 40000));
	assert_false(line_admits(f->r, l, "not an address", 0));
	assert_int_equal(hits(f, "1", ACL_STANDARD, 0), 1);
	assert_string_equal(last_log(f), "");
	add(f, "1", ACL_STANDARD, "deny any log");
	assert_false(line_admits(f->r, l, "180.97.106.163", 40000));
	assert_int_equal(hits(f, "1", ACL_STANDARD, 1), 1);
	assert_string_equal(last_log(f), "%SEC-6-IPACCESSLOGNP: list 1 denied 0 180.97.106.163"
					 " -> 0.0.0.0, 1 packet");
	/* IPv6 peers have a class of their own. */
	assert_true(line_admits(f->r, l, "2001:db8::1", 40000));
}

/* An extended list is asked about a SYN to port 23 of nowhere. */
static void
test_access_class_extended(void **state)
{
	struct fixture *f = *state;
	struct line *l = line_get(f->r, LINE_VTY, 0);

	strcpy(l->access_class, "VTY");
	add(f, "VTY", ACL_EXTENDED, "permit udp any any");
	add(f, "VTY", ACL_EXTENDED, "permit tcp any any established");
	add(f, "VTY", ACL_EXTENDED, "permit tcp host 192.0.2.7 any eq telnet");
	add(f, "VTY", ACL_EXTENDED, "permit tcp any lt 1024 any log");
	add(f, "VTY", ACL_EXTENDED, "evaluate Back");
	assert_true(line_admits(f->r, l, "192.0.2.7", 40000));
	assert_int_equal(hits(f, "VTY", ACL_EXTENDED, 2), 1);
	assert_false(line_admits(f->r, l, "192.0.2.8", 40000));
	assert_true(line_admits(f->r, l, "192.0.2.8", 1023));
	assert_string_equal(last_log(f), "%SEC-6-IPACCESSLOGP: list VTY permitted tcp"
					 " 192.0.2.8(1023) -> 0.0.0.0(23), 1 packet");
}

static void
test_access_class_ipv6(void **state)
{
	struct fixture *f = *state;
	struct line *l = line_get(f->r, LINE_VTY, 0);

	strcpy(l->ipv6_access_class, "V6");
	add(f, "V6", ACL_IPV6, "permit tcp 2001:DB8:1::/48 any eq telnet");
	add(f, "V6", ACL_IPV6, "deny ipv6 any any log");
	assert_true(line_admits(f->r, l, "2001:db8:1::7", 40000));
	assert_false(line_admits(f->r, l, "2001:db8:2::7", 40001));
	assert_int_equal(hits(f, "V6", ACL_IPV6, 0), 1);
	assert_int_equal(hits(f, "V6", ACL_IPV6, 1), 1);
	assert_string_equal(last_log(f), "%IPV6-6-ACCESSLOGP: list V6/20 denied tcp"
					 " 2001:DB8:2::7(40001) -> ::(23), 1 packet");
	assert_true(line_admits(f->r, l, "192.0.2.1", 40000));
}

/* ---- what log lines take from the entry ---- */

static struct dp_log_event
event(const struct acl *acl, size_t entry, uint8_t proto)
{
	struct dp_log_event ev = { .list_id = acl_id(acl),
		.slot = acl_at(acl, entry)->slot,
		.ifindex = 4,
		.rx_ifindex = 4,
		.action = ACL_DENY,
		.log = ACE_LOG,
		.packets = 1 };

	ev.key.proto = proto;
	ev.key.sport = 1034;
	ev.key.dport = 25;
	ev.key.has = ACL_HAS_PORTS;
	ev.key.src = 0xc0000201;
	ev.key.dst = 0xcb007119;
	return ev;
}

static void
test_log_ipv6(void **state)
{
	struct fixture *f = *state;
	struct acl *acl = add(f, "V6", ACL_IPV6, "permit tcp any any");
	struct dp_log_event ev;

	add(f, "V6", ACL_IPV6, "deny ipv6 any any log");
	ev = event(acl, 1, 6);
	ev.key.has |= ACL_IS_IPV6;
	ev.key.src6[0] = UINT64_C(0x20010db800130000);
	ev.key.src6[1] = 1;
	ev.key.dst6[0] = UINT64_C(0xfe80000000000000);
	ev.key.dst6[1] = 2;
	acl_log_packet(f->r, &ev);
	assert_string_equal(last_log(f), "%IPV6-6-ACCESSLOGP: list V6/20 denied tcp"
					 " 2001:DB8:13::1(1034) -> FE80::2(25), 1 packet");
	ev.key.proto = 58;
	ev.key.has = ACL_IS_IPV6 | ACL_HAS_ICMP;
	ev.key.icmp_type = 128;
	ev.log = ACE_LOG_INPUT;
	ev.rx_ifindex = interface_find(f->r, "Vlan1")->ifindex;
	memcpy(ev.src_mac, "\x00\x22\xbd\x37\xc8\x00", 6);
	acl_log_packet(f->r, &ev);
	assert_string_equal(last_log(f),
		"%IPV6-6-ACCESSLOGDP: list V6/20 denied icmpv6 2001:DB8:13::1 (Vlan1"
		" 0022.bd37.c800) -> FE80::2 (128/0), 1 packet");
	ev.key.proto = 89;
	ev.key.has = ACL_IS_IPV6;
	ev.log = ACE_LOG;
	acl_log_packet(f->r, &ev);
	assert_string_equal(last_log(f), "%IPV6-6-ACCESSLOGNP: list V6/20 denied 89"
					 " 2001:DB8:13::1 -> FE80::2, 1 packet");
}

/* The cookie is the entry's; flows of two entries are two flows. */
static void
test_log_cookie(void **state)
{
	struct fixture *f = *state;
	struct acl *acl = add(f, "X", ACL_EXTENDED, "deny tcp any any eq 25 log Mail-1");
	struct dp_log_event ev;

	add(f, "X", ACL_EXTENDED, "deny ip any any log");
	ev = event(acl, 0, 6);
	acl_log_packet(f->r, &ev);
	assert_string_equal(last_log(f), "%SEC-6-IPACCESSLOGP: list X denied tcp 192.0.2.1(1034)"
					 " -> 203.0.113.25(25), 1 packet [Mail-1]");
	ev = event(acl, 1, 6);
	acl_log_packet(f->r, &ev);
	assert_string_equal(last_log(f), "%SEC-6-IPACCESSLOGP: list X denied tcp 192.0.2.1(1034)"
					 " -> 203.0.113.25(25), 1 packet");
}

static void
test_log_threshold(void **state)
{
	struct fixture *f = *state;
	struct acl *acl = add(f, "X", ACL_EXTENDED, "deny ip any any log");
	struct dp_log_event ev = event(acl, 0, 50);

	acl_log_set_threshold(f->r, 3);
	assert_int_equal(acl_log_threshold(f->r), 3);
	for (int i = 0; i < 4; i++)
		acl_log_packet(f->r, &ev);
	assert_string_equal(last_log(f), "%SEC-6-IPACCESSLOGNP: list X denied 50 192.0.2.1 ->"
					 " 203.0.113.25, 3 packets");
	acl_log_packet(f->r, &ev);
	assert_null(logging_buffer_line(f->r, 2));
	turn(f, ACL_LOG_INTERVAL_MS); /* the timer goes on beside it */
	acl_log_tick(f->r);
	assert_string_equal(last_log(f), "%SEC-6-IPACCESSLOGNP: list X denied 50 192.0.2.1 ->"
					 " 203.0.113.25, 1 packet");
	acl_log_set_threshold(f->r, 1);
	for (int i = 0; i < 5; i++)
		acl_log_packet(f->r, &ev);
	assert_non_null(logging_buffer_line(f->r, 7));
}

/* At most one packet in an interval is looked at; the others are said to be missed. */
static void
test_log_interval(void **state)
{
	struct fixture *f = *state;
	struct acl *acl = add(f, "X", ACL_EXTENDED, "deny ip any any log");
	struct dp_log_event ev = event(acl, 0, 50);

	acl_log_set_interval(f->r, 1000);
	assert_int_equal(acl_log_interval(f->r), 1000);
	acl_log_packet(f->r, &ev);
	ev.key.src++;
	acl_log_packet(f->r, &ev);
	turn(f, 999);
	ev.packets = 4;
	acl_log_packet(f->r, &ev);
	assert_null(logging_buffer_line(f->r, 1));
	acl_log_tick(f->r);
	assert_string_equal(last_log(f), "%SEC-6-IPACCESSLOGRL: access-list logging rate-limited"
					 " or missed 5 packets");
	turn(f, 1);
	acl_log_packet(f->r, &ev);
	assert_string_equal(last_log(f), "%SEC-6-IPACCESSLOGNP: list X denied 50 192.0.2.2 ->"
					 " 203.0.113.25, 4 packets");
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH(test_name_spaces),
		WITH(test_many_lists),
		WITH(test_empty_ipv6_lists_are_not_kept),
		WITH(test_groups_in_order),
		WITH(test_circles_are_refused),
		WITH(test_groups_in_use_stay),
		WITH(test_groups_do_not_explode),
		WITH(test_time_ranges),
		WITH(test_reflexive_lists),
		WITH(test_access_class),
		WITH(test_access_class_extended),
		WITH(test_access_class_ipv6),
		WITH(test_log_ipv6),
		WITH(test_log_cookie),
		WITH(test_log_threshold),
		WITH(test_log_interval),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
