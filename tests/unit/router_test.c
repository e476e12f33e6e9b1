/*
 * router_test.c - the model: interface names, lists in the router, secrets, the log of flows on a
 * clock we turn, and the startup-config on disk.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "router/router.h"

struct hands {
	int64_t wall_us;
	uint64_t mono_ms;
};

static int64_t
hands_wall(void *arg)
{
	return ((struct hands *)arg)->wall_us;
}

static uint64_t
hands_mono(void *arg)
{
	return ((struct hands *)arg)->mono_ms;
}

static void
turn(struct hands *h, uint64_t ms)
{
	h->mono_ms += ms;
	h->wall_us += (int64_t)ms * 1000;
}

struct fixture {
	struct hands hands;
	struct router_clock clock;
	struct router *r;
};

static int
setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	struct router_options options = { 0 };

	f->hands.wall_us = INT64_C(1700000000123000);
	f->hands.mono_ms = 5000;
	f->clock = (struct router_clock){ hands_wall, hands_mono, &f->hands };
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

/* ---- names ---- */

static const char *
name_of(const char *typed, size_t *taken)
{
	static char name[IFNAME_MAX + 1];
	struct word w[8];
	size_t bad, n = words_split(typed, w, 8);

	*taken = interface_name_parse(w, n, name, &bad);
	return *taken == 0 ? NULL : name;
}

static void
test_interface_names(void **state)
{
	static const struct {
		const char *typed, *name;
		size_t taken;
	} good[] = {
		{ "FastEthernet0", "FastEthernet0", 1 },
		{ "fa0", "FastEthernet0", 1 },
		{ "f4 in", "FastEthernet4", 1 },
		{ "fast 3 out", "FastEthernet3", 2 },
		{ "VLAN 1", "Vlan1", 2 },
		{ "vl1", "Vlan1", 1 },
		{ "vlan4094", "Vlan4094", 1 },
		{ "gi0/1", "GigabitEthernet0/1", 1 },
		{ "GigabitEthernet1/0/24", "GigabitEthernet1/0/24", 1 },
		{ "gi0/1.10", "GigabitEthernet0/1.10", 1 },
		{ "te 1/1", "TenGigabitEthernet1/1", 2 },
		{ "e0", "Ethernet0", 1 },
	};
	static const char *const bad[] = { "vlan", "vlan 0", "vlan4095", "vlan one", "t0", "fa",
		"fa/", "fa0/", "fa0x", "xyz1", "0", "fastethernetx0", "fa 999999", "vlan1/2" };
	size_t taken;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		const char *name = name_of(good[i].typed, &taken);

		assert_non_null(name);
		assert_string_equal(name, good[i].name);
		assert_int_equal(taken, good[i].taken);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_null(name_of(bad[i], &taken));
}

static void
test_short_names(void **state)
{
	char buf[IFNAME_MAX + 1];

	(void)state;
	assert_string_equal(interface_short_name("FastEthernet0", buf), "Fa0");
	assert_string_equal(interface_short_name("GigabitEthernet0/1", buf), "Gi0/1");
	assert_string_equal(interface_short_name("Vlan1", buf), "Vl1");
}

static void
test_interfaces_in_order(void **state)
{
	static const char *const want[] = { "FastEthernet0", "FastEthernet1", "FastEthernet2",
		"FastEthernet3", "FastEthernet4", "FastEthernet10", "GigabitEthernet0/1", "Vlan1",
		"Vlan10" };
	struct fixture *f = *state;

	assert_non_null(interface_create(f->r, "Vlan10"));
	assert_non_null(interface_create(f->r, "GigabitEthernet0/1"));
	assert_non_null(interface_create(f->r, "FastEthernet10"));
	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++)
		assert_string_equal(interface_at(f->r, i)->name, want[i]);
	assert_null(interface_at(f->r, sizeof(want) / sizeof(want[0])));
	assert_int_equal(interface_find(f->r, "FastEthernet3")->kind, DP_IF_SWITCHPORT);
	assert_int_equal(interface_find(f->r, "FastEthernet4")->kind, DP_IF_ROUTED);
	assert_int_equal(interface_find(f->r, "Vlan10")->vlan, 10);
}

/* A switchport has a port list and a MAC list, a layer 3 interface all others. */
static void
test_interface_lists(void **state)
{
	struct fixture *f = *state;
	struct interface *port = interface_find(f->r, "FastEthernet0");
	struct interface *svi = interface_find(f->r, "Vlan1");
	char name[ACL_NAME_MAX + 2];

	assert_int_equal(interface_set_access_group(f->r, port, ACL_IN, "X"), 0);
	assert_int_equal(interface_set_access_group(f->r, port, ACL_OUT, "X"), -EINVAL);
	assert_int_equal(interface_set_traffic_filter(f->r, port, ACL_IN, "X"), -EINVAL);
	assert_int_equal(interface_set_mac_access_group(f->r, port, "X"), 0);
	assert_int_equal(interface_set_access_group(f->r, svi, ACL_OUT, "X"), 0);
	assert_int_equal(interface_set_traffic_filter(f->r, svi, ACL_OUT, "X"), 0);
	assert_int_equal(interface_set_mac_access_group(f->r, svi, "X"), -EINVAL);
	memset(name, 'x', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	assert_int_equal(interface_set_access_group(f->r, svi, ACL_IN, name), -EINVAL);
	assert_string_equal(svi->access_group[ACL_IN], "");
}

static void
test_interfaces_run_out(void **state)
{
	struct fixture *f = *state;
	char name[IFNAME_MAX + 1];
	unsigned made = 0;

	do
		snprintf(name, sizeof(name), "Vlan%u", 100 + made++);
	while (interface_create(f->r, name) != NULL);
	assert_in_range(made, DP_MAX_INTERFACES - 10, DP_MAX_INTERFACES);
	assert_non_null(interface_find(f->r, "Vlan1"));
}

static void
test_interfaces_go(void **state)
{
	struct fixture *f = *state;
	struct interface *vlan9 = interface_create(f->r, "Vlan9");

	assert_int_equal(interface_set_access_group(f->r, vlan9, ACL_IN, "Inside"), 0);
	interface_set_shutdown(f->r, vlan9, true);
	assert_int_equal(interface_remove(f->r, vlan9), 0);
	assert_null(interface_find(f->r, "Vlan9"));
	assert_int_equal(interface_remove(f->r, vlan9), 0);
	assert_ptr_equal(interface_create(f->r, "Vlan9"), vlan9);
	assert_false(vlan9->shutdown);
	assert_string_equal(vlan9->access_group[ACL_IN], "");
	assert_int_equal(vlan9->vlan, 9);
	assert_int_equal(interface_remove(f->r, interface_find(f->r, "FastEthernet4")), -EPERM);
	interface_set_shutdown(f->r, interface_find(f->r, "FastEthernet4"), true);
	interface_set_default(f->r, interface_find(f->r, "FastEthernet4"));
	assert_false(interface_find(f->r, "FastEthernet4")->shutdown);
	for (int i = 0; i < 1000; i++) /* numbers do not run out */
		assert_int_equal(interface_remove(f->r, interface_create(f->r, "Vlan77")), 0);
}

static void
test_hostname(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(router_set_hostname(f->r, "edge-1.lab_x"), 0);
	assert_string_equal(router_hostname(f->r), "edge-1.lab_x");
	assert_int_equal(router_set_hostname(f->r, "1st"), -EINVAL);
	assert_int_equal(router_set_hostname(f->r, "a b"), -EINVAL);
	assert_int_equal(router_set_hostname(f->r, "a#"), -EINVAL);
	assert_string_equal(router_hostname(f->r), "edge-1.lab_x");
}

/* ---- lists ---- */

static void
test_lists_share_a_name_space(void **state)
{
	static const char *const want[] = { "5", "90", "1300", "Alpha", "Beta", "101", "2000",
		"Aext", "inside" };
	struct fixture *f = *state;
	struct parse_error err = { 0 };
	const struct {
		const char *name;
		enum acl_kind kind;
	} made[] = { { "inside", ACL_EXTENDED }, { "Beta", ACL_STANDARD }, { "1300", ACL_STANDARD },
		{ "2000", ACL_EXTENDED }, { "5", ACL_STANDARD }, { "Aext", ACL_EXTENDED },
		{ "90", ACL_STANDARD }, { "101", ACL_EXTENDED }, { "Alpha", ACL_STANDARD } };

	for (size_t i = 0; i < sizeof(made) / sizeof(made[0]); i++)
		assert_non_null(lists_open(f->r, made[i].name, made[i].kind, &err));
	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++)
		assert_string_equal(acl_name(lists_at(f->r, i)), want[i]);
	assert_null(lists_at(f->r, sizeof(want) / sizeof(want[0])));

	assert_null(lists_open(f->r, "inside", ACL_STANDARD, &err));
	assert_int_equal(err.fault, PARSE_MESSAGE);
	assert_string_equal(
		err.text, "% A named extended IP access list with this name already exists");
	assert_null(lists_open(f->r, "101", ACL_STANDARD, &err));
	assert_null(lists_open(f->r, "150", ACL_STANDARD, &err));
	assert_string_equal(err.text, "% Invalid access list name.");
	assert_null(lists_open(f->r, "700", ACL_EXTENDED, &err));
	assert_null(lists_find(f->r, "Inside")); /* case matters */
	assert_true(lists_delete(f->r, "inside"));
	assert_false(lists_delete(f->r, "inside"));
}

static void
test_many_deletions(void **state)
{
	struct fixture *f = *state;
	struct parse_error err = { 0 };
	char name[16];

	router_hold(f->r);
	for (int i = 0; i < 100; i++) {
		snprintf(name, sizeof(name), "L%d", i);
		assert_non_null(lists_open(f->r, name, ACL_EXTENDED, &err));
	}
	for (int i = 0; i < 100; i++) {
		snprintf(name, sizeof(name), "L%d", i);
		assert_true(lists_delete(f->r, name));
	}
	router_release(f->r);
	assert_null(lists_at(f->r, 0));
}

/* ---- secrets ---- */

static void
test_type7(void **state)
{
	char out[AAA_SECRET_MAX + 1];

	(void)state;
	/* Pairs seen in countless published configurations. */
	assert_true(aaa_type7_decode("0822455D0A16", out));
	assert_string_equal(out, "cisco");
	assert_true(aaa_type7_decode("02050D480809", out));
	assert_string_equal(out, "cisco");
	for (unsigned salt = 0; salt < 16; salt++) {
		char coded[AAA_SECRET_MAX + 1];

		assert_true(aaa_type7_encode("S3cret & long pass phrase, really", salt, coded));
		assert_true(aaa_type7_decode(coded, out));
		assert_string_equal(out, "S3cret & long pass phrase, really");
	}
	assert_false(aaa_type7_decode("08", out));
	assert_false(aaa_type7_decode("0822455D0A1", out));
	assert_false(aaa_type7_decode("xx22455D0A16", out));
	assert_false(aaa_type7_decode("9922455D0A16", out));
	assert_false(aaa_type7_decode("0822455D0AZZ", out));
}

static void
test_secrets(void **state)
{
	struct aaa_secret s = { 0 };

	(void)state;
	assert_false(aaa_secret_verify(&s, ""));
	assert_int_equal(aaa_secret_make(&s, false, -1, "hunter2", false), 0);
	assert_int_equal(s.type, 5);
	assert_null(strstr(s.text, "hunter2"));
	assert_true(aaa_secret_verify(&s, "hunter2"));
	assert_false(aaa_secret_verify(&s, "hunter"));
	assert_false(aaa_secret_verify(&s, "hunter22"));
	assert_false(aaa_secret_verify(&s, ""));

	assert_int_equal(aaa_secret_make(&s, true, 0, "plain", false), 0);
	assert_int_equal(s.type, 0);
	assert_true(aaa_secret_verify(&s, "plain"));
	assert_false(aaa_secret_verify(&s, "plainx"));
	assert_false(aaa_secret_verify(&s, "plai"));
	assert_int_equal(aaa_secret_make(&s, true, -1, "plain", true), 0);
	assert_int_equal(s.type, 7);
	assert_true(aaa_secret_verify(&s, "plain"));

	/* As openssl passwd -1 -salt mERr makes it. */
	assert_int_equal(aaa_secret_make(&s, false, 5, "$1$mERr$hx5rVt7rPNoS4wqbXKX7m0", false), 0);
	assert_true(aaa_secret_verify(&s, "cisco"));
	assert_int_equal(aaa_secret_make(&s, false, 5, "not a hash", false), -EINVAL);
	assert_int_equal(aaa_secret_make(&s, true, 7, "zz", false), -EINVAL);
	assert_int_equal(aaa_secret_make(&s, false, 7, "0822455D0A16", false), -EINVAL);
	assert_true(aaa_secret_verify(&s, "cisco")); /* refused: unchanged */
}

static void
test_users(void **state)
{
	struct fixture *f = *state;
	struct aaa_user *u = aaa_user_create(f->r, "admin");

	assert_non_null(u);
	assert_int_equal(u->privilege, 1);
	assert_ptr_equal(aaa_user_create(f->r, "admin"), u);
	assert_non_null(aaa_user_create(f->r, "Admin")); /* case matters */
	assert_int_equal(aaa_secret_make(&u->secret, true, 0, "pw", false), 0);
	aaa_encrypt_all(f->r);
	assert_int_equal(u->secret.type, 7);
	assert_true(aaa_secret_verify(&u->secret, "pw"));
	assert_true(aaa_user_delete(f->r, "admin"));
	assert_null(aaa_user_find(f->r, "admin"));
	assert_non_null(aaa_user_find(f->r, "Admin"));
}

/* ---- logging ---- */

static size_t
buffered(struct router *r)
{
	size_t n = 0;

	while (logging_buffer_line(r, n) != NULL)
		n++;
	return n;
}

static void
count_line(void *arg, enum log_destination which, const char *line)
{
	unsigned *seen = arg;

	assert_non_null(line);
	seen[which]++;
}

static void
test_logging(void **state)
{
	struct fixture *f = *state;
	unsigned seen[LOG_DESTINATIONS] = { 0 };

	assert_int_equal(logging_listen(f->r, count_line, seen), 0);
	logging_emit(f->r, "SYS", 5, "CONFIG_I", "Configured from %s by console", "console");
	assert_string_equal(logging_buffer_line(f->r, 0),
		"*Nov 14 22:13:20.123: %SYS-5-CONFIG_I: Configured from console by console");
	assert_int_equal(seen[LOG_TO_CONSOLE], 1);
	assert_int_equal(seen[LOG_TO_MONITOR], 1);

	logging_destination(f->r, LOG_TO_CONSOLE)->level = 4;
	logging_emit(f->r, "SYS", 5, "CONFIG_I", "quiet");
	assert_int_equal(seen[LOG_TO_CONSOLE], 1);
	assert_int_equal(buffered(f->r), 2);
	logging_clear(f->r);
	assert_int_equal(buffered(f->r), 0);

	for (int i = 0; i < 1000; i++)
		logging_emit(f->r, "SYS", 6, "N", "line %d", i);
	assert_in_range(buffered(f->r), 80, 4096 / 40);
	assert_non_null(strstr(logging_buffer_line(f->r, buffered(f->r) - 1), "line 999"));
	assert_int_equal(logging_set_buffer_size(f->r, 100), -EINVAL);
	assert_int_equal(logging_set_buffer_size(f->r, 16384), 0);
	assert_int_equal(buffered(f->r), 0);
	logging_set_on(f->r, false);
	logging_emit(f->r, "SYS", 6, "N", "nothing");
	assert_int_equal(buffered(f->r), 0);
	logging_unlisten(f->r, count_line, seen);
}

static struct dp_log_event
tcp_event(struct router *r, const char *list, uint16_t dport)
{
	return (struct dp_log_event){ .list_id = acl_id(lists_find(r, list)),
		.action = ACL_DENY,
		.log = ACE_LOG,
		.packets = 1,
		.rx_ifindex = interface_find(r, "Vlan1")->ifindex,
		.src_mac = { 0x00, 0x22, 0xbd, 0x37, 0xc8, 0x00 },
		.key = { .src = 0xc0a8c8c6,
			.dst = 0xcb007119,
			.proto = 6,
			.sport = 1034,
			.dport = dport,
			.has = ACL_HAS_PORTS | ACL_HAS_TCP_FLAGS } };
}

static void
expect_last(struct router *r, const char *text)
{
	const char *line = logging_buffer_line(r, buffered(r) - 1);

	assert_non_null(line);
	assert_string_equal(strchr(line, '%'), text);
}

static void
test_acl_log_flow(void **state)
{
	struct fixture *f = *state;
	struct parse_error err = { 0 };
	struct dp_log_event ev;

	assert_non_null(lists_open(f->r, "Inside", ACL_EXTENDED, &err));
	ev = tcp_event(f->r, "Inside", 25);
	assert_int_equal(acl_log_tick(f->r), -1);
	acl_log_packet(f->r, &ev);
	expect_last(f->r, "%SEC-6-IPACCESSLOGP: list Inside denied tcp 192.168.200.198(1034) -> "
			  "203.0.113.25(25), 1 packet");
	assert_int_equal(acl_log_tick(f->r), ACL_LOG_INTERVAL_MS);

	ev.packets = 3; /* a GSO frame */
	for (int i = 0; i < 4; i++)
		acl_log_packet(f->r, &ev);
	assert_int_equal(buffered(f->r), 1);
	turn(&f->hands, ACL_LOG_INTERVAL_MS - 1);
	assert_int_equal(acl_log_tick(f->r), 1);
	assert_int_equal(buffered(f->r), 1);
	turn(&f->hands, 1);
	acl_log_tick(f->r);
	assert_int_equal(buffered(f->r), 2);
	expect_last(f->r, "%SEC-6-IPACCESSLOGP: list Inside denied tcp 192.168.200.198(1034) -> "
			  "203.0.113.25(25), 12 packets");

	turn(&f->hands, ACL_LOG_INTERVAL_MS); /* nothing since: forgotten, silently */
	assert_int_equal(acl_log_tick(f->r), -1);
	assert_int_equal(buffered(f->r), 2);
	ev.packets = 1;
	acl_log_packet(f->r, &ev);
	assert_int_equal(buffered(f->r), 3);
}

static void
test_acl_log_forms(void **state)
{
	struct fixture *f = *state;
	struct parse_error err = { 0 };
	struct dp_log_event ev;

	assert_non_null(lists_open(f->r, "X", ACL_EXTENDED, &err));
	assert_non_null(lists_open(f->r, "2", ACL_STANDARD, &err));
	ev = tcp_event(f->r, "X", 80);
	ev.action = ACL_PERMIT;
	ev.log = ACE_LOG_INPUT;
	acl_log_packet(f->r, &ev);
	expect_last(f->r, "%SEC-6-IPACCESSLOGP: list X permitted tcp 192.168.200.198(1034) (Vlan1 "
			  "0022.bd37.c800) -> 203.0.113.25(80), 1 packet");
	ev = tcp_event(f->r, "X", 0);
	ev.key.proto = 1;
	ev.key.has = ACL_HAS_ICMP;
	ev.key.icmp_type = 8;
	acl_log_packet(f->r, &ev);
	expect_last(f->r,
		"%SEC-6-IPACCESSLOGDP: list X denied icmp 192.168.200.198 -> 203.0.113.25 "
		"(8/0), 1 packet");
	ev.key.proto = 103;
	ev.key.has = 0;
	acl_log_packet(f->r, &ev);
	expect_last(f->r, "%SEC-6-IPACCESSLOGRP: list X denied pim 192.168.200.198 -> "
			  "203.0.113.25, 1 packet");
	ev.key.proto = 50;
	acl_log_packet(f->r, &ev);
	expect_last(f->r,
		"%SEC-6-IPACCESSLOGNP: list X denied 50 192.168.200.198 -> 203.0.113.25, 1 packet");
	ev = tcp_event(f->r, "X", 25);
	ev.key.has = ACL_NONINITIAL; /* a fragment: no ports to tell */
	acl_log_packet(f->r, &ev);
	expect_last(f->r, "%SEC-6-IPACCESSLOGP: list X denied tcp 192.168.200.198(0) -> "
			  "203.0.113.25(0), 1 packet");
	ev = tcp_event(f->r, "2", 25);
	acl_log_packet(f->r, &ev);
	expect_last(f->r,
		"%SEC-6-IPACCESSLOGNP: list 2 denied 0 192.168.200.198 -> 203.0.113.25, 1 packet");
}

static void
test_acl_log_is_bounded(void **state)
{
	struct fixture *f = *state;
	struct parse_error err = { 0 };
	struct dp_log_event ev;
	size_t lines;

	assert_non_null(lists_open(f->r, "X", ACL_EXTENDED, &err));
	ev = tcp_event(f->r, "X", 25);
	for (uint32_t i = 0; i < 20000; i++) {
		ev.key.dst = i;
		acl_log_packet(f->r, &ev);
	}
	acl_log_tick(f->r);
	expect_last(f->r, "%SEC-6-IPACCESSLOGRL: access-list logging rate-limited or missed 3616 "
			  "packets");
	assert_int_equal(logging_rate_limited(f->r), 20000 - 16384);
	lines = buffered(f->r);
	acl_log_packet(f->r, &ev); /* missed again, but said at most once a minute */
	acl_log_tick(f->r);
	assert_int_equal(buffered(f->r), lines);
	turn(&f->hands, 60000);
	acl_log_tick(f->r);
	expect_last(
		f->r, "%SEC-6-IPACCESSLOGRL: access-list logging rate-limited or missed 1 packet");
	/* What has been silent for a while makes room for what is new. */
	ev.key.dst = 0xcb007119;
	acl_log_packet(f->r, &ev);
	expect_last(f->r, "%SEC-6-IPACCESSLOGP: list X denied tcp 192.168.200.198(1034) -> "
			  "203.0.113.25(25), 1 packet");
	acl_log_packet(f->r, &ev);
	assert_true(acl_log_tick(f->r) > 0);
	lists_delete(f->r, "X");
	assert_int_equal(acl_log_tick(f->r), -1); /* and with the list its flows are gone */
}

/* ---- traffic ---- */

static uint64_t
hands_dataplane(void *arg)
{
	return ((struct hands *)arg)->mono_ms;
}

static void
test_interface_stats(void **state)
{
	struct fixture *f = *state;
	struct dataplane_options dp_options = { .now_ms = hands_dataplane, .now_arg = &f->hands };
	struct router_options options = { .clock = &f->clock };
	char err[DP_ERR_MAX];
	uint8_t frame[100] = { 2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 0x88, 0xb5 };
	struct interface_rates rates;
	struct dp_if_stats stats;
	struct interface *fa0;
	struct router *r;

	options.dp = dataplane_create(&dp_options);
	r = router_create(&options);
	fa0 = interface_find(r, "FastEthernet0");
	assert_int_equal(dataplane_add_port(options.dp, fa0->ifindex, "memory", "", err), 0);
	for (int second = 0; second < 600; second += 5) {
		for (int i = 0; i < 50; i++)
			dataplane_memory_put(options.dp, fa0->ifindex, frame, sizeof(frame));
		while (dataplane_run_once(options.dp) > 0)
			;
		turn(&f->hands, INTERFACE_STATS_TICK_MS);
		interface_stats_tick(r);
	}
	/* Ten packets a second for two time constants: 1 - 1/e^2 of the rate is there. */
	interface_rates(r, fa0, &rates);
	assert_in_range(rates.in_bps, 6890, 6950);
	assert_int_equal(rates.in_pps, 9);
	assert_int_equal(rates.out_pps, 0);
	interface_stats(r, fa0, &stats);
	assert_int_equal(stats.rx_packets, 6000);

	interface_stats_clear(r, NULL);
	assert_int_equal(interface_stats_cleared_ms(r, fa0), f->hands.mono_ms);
	interface_stats(r, fa0, &stats);
	assert_int_equal(stats.rx_packets, 0);
	assert_int_equal(stats.rx_bytes, 0);
	dataplane_memory_put(options.dp, fa0->ifindex, frame, sizeof(frame));
	while (dataplane_run_once(options.dp) > 0)
		;
	interface_stats(r, fa0, &stats);
	assert_int_equal(stats.rx_packets, 1);
	interface_stats_tick(r); /* a clear does not make the rate jump */
	interface_rates(r, fa0, &rates);
	assert_in_range(rates.in_bps, 6700, 6900);
	router_destroy(r);
	dataplane_destroy(options.dp);
}

/* ---- links ---- */

/* The buffered lines since last asked, without their stamps, each with a line end. */
static const char *
told(struct router *r)
{
	static char text[1024];
	const char *line;

	text[0] = '\0';
	for (size_t i = 0; (line = logging_buffer_line(r, i)) != NULL; i++) {
		strncat(text, strchr(line, '%'), sizeof(text) - strlen(text) - 1);
		strncat(text, "\n", sizeof(text) - strlen(text) - 1);
	}
	logging_clear(r);
	return text;
}

#define LINK(name, state) "%LINK-3-UPDOWN: Interface " name ", changed state to " state "\n"
#define LINE(name, state)                                                                          \
	"%LINEPROTO-5-UPDOWN: Line protocol on Interface " name ", changed state to " state "\n"

static void
test_link_watch(void **state)
{
	struct fixture *f = *state;
	struct router_options options = { .clock = &f->clock, .dp = dataplane_create(NULL) };
	struct router *r = router_create(&options);
	uint32_t fa[5];
	char err[DP_ERR_MAX], name[IFNAME_MAX + 1];

	for (unsigned n = 0; n < 5; n++) {
		snprintf(name, sizeof(name), "FastEthernet%u", n);
		fa[n] = interface_find(r, name)->ifindex;
	}
	assert_int_equal(dataplane_add_port(options.dp, fa[0], "memory", "", err), 0);
	assert_int_equal(dataplane_add_port(options.dp, fa[1], "memory", "", err), 0);
	assert_int_equal(dataplane_add_port(options.dp, fa[4], "memory", "", err), 0);
	assert_int_equal(dataplane_memory_link(options.dp, fa[2], true), -ENODEV);
	link_watch_look(r); /* how it is, is no news */
	link_watch_look(r);
	assert_string_equal(told(r), "");

	dataplane_memory_link(options.dp, fa[4], false);
	link_watch_look(r);
	assert_string_equal(told(r), LINK("FastEthernet4", "down") LINE("FastEthernet4", "down"));
	link_watch_look(r);
	assert_string_equal(told(r), "");
	dataplane_memory_link(options.dp, fa[4], true);
	link_watch_look(r);
	assert_string_equal(told(r), LINK("FastEthernet4", "up") LINE("FastEthernet4", "up"));

	/* The SVI's line protocol goes with the last member, and comes with the first. */
	dataplane_memory_link(options.dp, fa[0], false);
	link_watch_look(r);
	assert_string_equal(told(r), LINK("FastEthernet0", "down") LINE("FastEthernet0", "down"));
	dataplane_memory_link(options.dp, fa[1], false);
	link_watch_look(r);
	assert_string_equal(told(r),
		LINK("FastEthernet1", "down") LINE("FastEthernet1", "down") LINE("Vlan1", "down"));
	dataplane_memory_link(options.dp, fa[0], true);
	link_watch_look(r);
	assert_string_equal(told(r),
		LINK("FastEthernet0", "up") LINE("FastEthernet0", "up") LINE("Vlan1", "up"));

	/* What somebody wished for is his to tell; what came before it is not. */
	dataplane_memory_link(options.dp, fa[4], false);
	interface_set_shutdown(r, interface_find(r, "FastEthernet0"), true);
	assert_string_equal(told(r), LINK("FastEthernet4", "down") LINE("FastEthernet4", "down"));
	link_watch_look(r);
	assert_string_equal(told(r), "");
	/* The link of one that is shut down is nobody's news. */
	dataplane_memory_link(options.dp, fa[0], false);
	link_watch_look(r);
	dataplane_memory_link(options.dp, fa[0], true);
	link_watch_look(r);
	interface_set_shutdown(r, interface_find(r, "FastEthernet0"), false);
	link_watch_look(r);
	assert_string_equal(told(r), "");
	router_destroy(r);
	dataplane_destroy(options.dp);
}

/* ---- startup-config ---- */

static void
test_config_store(void **state)
{
	char dir[] = "/tmp/acegate-store-XXXXXX", path[64], *text;
	struct router_options options = { .startup_path = path };
	struct router *r;
	struct stat st;
	size_t len;

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/startup", dir);
	r = router_create(&options);
	assert_int_equal(config_store_load(r, &text, &len), -ENOENT);
	assert_int_equal(config_store_save(r, "hostname A\nend\n", 15), 0);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(config_store_load(r, &text, &len), 0);
	assert_int_equal(len, 15);
	assert_string_equal(text, "hostname A\nend\n");
	free(text);
	assert_int_equal(config_store_erase(r), 0);
	assert_int_equal(config_store_erase(r), 0);
	assert_int_equal(config_store_load(r, &text, &len), -ENOENT);
	assert_int_equal(rmdir(dir), 0); /* and nothing temporary was left */
	assert_true(config_store_save(r, "x", 1) < 0);
	router_destroy(r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_interface_names),
		cmocka_unit_test(test_short_names),
		cmocka_unit_test_setup_teardown(test_interfaces_in_order, setup, teardown),
		cmocka_unit_test_setup_teardown(test_interface_lists, setup, teardown),
		cmocka_unit_test_setup_teardown(test_interfaces_run_out, setup, teardown),
		cmocka_unit_test_setup_teardown(test_interfaces_go, setup, teardown),
		cmocka_unit_test_setup_teardown(test_hostname, setup, teardown),
		cmocka_unit_test_setup_teardown(test_lists_share_a_name_space, setup, teardown),
		cmocka_unit_test_setup_teardown(test_many_deletions, setup, teardown),
		cmocka_unit_test(test_type7),
		cmocka_unit_test(test_secrets),
		cmocka_unit_test_setup_teardown(test_users, setup, teardown),
		cmocka_unit_test_setup_teardown(test_logging, setup, teardown),
		cmocka_unit_test_setup_teardown(test_acl_log_flow, setup, teardown),
		cmocka_unit_test_setup_teardown(test_acl_log_forms, setup, teardown),
		cmocka_unit_test_setup_teardown(test_acl_log_is_bounded, setup, teardown),
		cmocka_unit_test_setup_teardown(test_interface_stats, setup, teardown),
		cmocka_unit_test_setup_teardown(test_link_watch, setup, teardown),
		cmocka_unit_test(test_config_store),
	};

	return cmocka_run_group_tests_name("router", tests, NULL, NULL);
}
