/*
 * replay_families_test.c - captures through IPv6 and MAC lists: what is judged, and what is not
 * the list's business.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "dataplane/dataplane.h"
#include "tests/lib/acl_lines.h"
#include "tests/lib/captures.h"
#include "tests/lib/frames.h"

enum {
	ETHERNET = 1,
	RAW = 101,
	IPV4 = 228,
	IPV6 = 229,
	SLL = 113,
	SLL2 = 276,
	BSD_NULL = 0,
	BSD_LOOP = 108
};

static struct frame frame;
static struct pcap_view view;
static struct acl *list;
static struct dp_replay job;
static struct dp_replay_result result;
static char err[DP_ERR_MAX];

static void
bind(enum acl_kind kind, const char *first, const char *second)
{
	list = acl_create("List", kind, 1);
	assert_non_null(list);
	job = (struct dp_replay){ .kind = kind };
	if (first != NULL)
		line_add(list, 0, first);
	if (second != NULL)
		line_add(list, 0, second);
	job.list.counters = acl_counters_on(list, 1, ACL_IN, 1);
	assert_int_equal(acl_compile(list, NULL, &job.list.program), 0);
}

static int
tear_down(void **state)
{
	(void)state;
	acl_program_unref(job.list.program);
	acl_destroy(list);
	scratch_remove();
	return 0;
}

static void
build(bool ipv6, uint8_t proto, uint16_t dport)
{
	struct frame_spec s = { .ipv6 = ipv6,
		.from = 1,
		.to = 9,
		.proto = proto,
		.sport = 1034,
		.dport = dport,
		.payload = 20 };

	frame_build(&frame, &s);
}

/* Writes the frame with a link header of `len` bytes in place of Ethernet's. */
static void
record(FILE *f, const void *link, size_t len)
{
	uint8_t bytes[200];

	memcpy(bytes, link, len);
	memcpy(bytes + len, frame.bytes + 14, frame.len - 14);
	pcap_record(f, 7, 500000, bytes, len + frame.len - 14, len + frame.len - 14);
}

static void
whole(FILE *f)
{
	pcap_record(f, 7, 500000, frame.bytes, frame.len, frame.len);
}

static void
test_ipv6_link_types(void **state)
{
	static const struct {
		uint32_t type;
		size_t len;
		uint8_t v6[20], v4[20];
	} row[] = {
		{ ETHERNET, 14, { [12] = 0x86, 0xdd }, { [12] = 8 } },
		{ SLL, 16, { [14] = 0x86, 0xdd }, { [14] = 8 } },
		{ SLL2, 20, { 0x86, 0xdd }, { 8 } },
		{ BSD_NULL, 4, { 24 }, { 2 } },
		{ BSD_NULL, 4, { 0, 0, 0, 28 }, { 0, 0, 0, 2 } },
		{ BSD_LOOP, 4, { 0, 0, 0, 30 }, { 0, 0, 0, 2 } },
		{ RAW, 0, { 0 }, { 0 } },
		{ IPV6, 0, { 0 }, { 0 } },
	};

	(void)state;
	bind(ACL_IPV6, "deny tcp any any eq smtp", "permit tcp any any");
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		const char *path = scratch_path("v6");
		FILE *f = pcap_begin(path, MAGIC_MICRO, row[i].type);
		bool mixed = row[i].type != IPV6;

		acl_clear_hits(list);
		build(true, 6, 25);
		record(f, row[i].v6, row[i].len);
		build(true, 6, 80);
		record(f, row[i].v6, row[i].len);
		build(true, 17, 53);
		record(f, row[i].v6, row[i].len);
		build(true, 58, 0);
		frame.bytes[54] = 135; /* a neighbour solicitation passes unnamed */
		record(f, row[i].v6, row[i].len);
		frame.bytes[19]++; /* a payload longer than the packet */
		record(f, row[i].v6, row[i].len);
		build(false, 6, 25);
		if (mixed)
			record(f, row[i].v4, row[i].len);
		fclose(f);
		job.capture = path;
		assert_int_equal(dp_replay(&job, &result, err), 0);
		assert_int_equal(result.packets, 5 + mixed);
		assert_int_equal(result.permitted, 2);
		assert_int_equal(result.denied, 2);
		assert_int_equal(result.implicit, 1);
		assert_int_equal(result.not_ip, mixed);
		assert_int_equal(result.broken[DP_DROP_ip6_bad_payload_length], 1);
		assert_int_equal(acl_hits(list, acl_at(list, 0)->slot).packets, 1);
		assert_int_equal(acl_hits(list, acl_at(list, 0)->slot).first_ms, 7500);
	}
}

/* An IPv4 list does not judge IPv6, nor an IPv6 capture at all. */
static void
test_ipv4_list(void **state)
{
	static const uint32_t types[] = { ETHERNET, RAW, IPV6 };

	(void)state;
	bind(ACL_EXTENDED, "deny ip any any", NULL);
	for (size_t i = 0; i < 3; i++) {
		FILE *f = pcap_begin(scratch_path("v6"), MAGIC_MICRO, types[i]);

		job.capture = scratch_path("v6");
		build(true, 6, 25);
		record(f, frame.bytes, types[i] == ETHERNET ? 14 : 0);
		fclose(f);
		assert_int_equal(dp_replay(&job, &result, err), 0);
		assert_int_equal(result.packets, 1);
		assert_int_equal(result.not_ip, 1);
		assert_int_equal(result.permitted + result.denied, 0);
	}
}

static void
test_mac_list(void **state)
{
	const char *path = scratch_path("mac");
	FILE *f = pcap_begin(path, MAGIC_MICRO, ETHERNET);

	(void)state;
	bind(ACL_MAC, "deny any any cos 5 vlan 100", "permit host 0200.0000.0001 any");
	frame_other(&frame, 9, 1, 0x0806);
	whole(f);
	frame_tag(&frame, 0x8100, 0xa064);
	whole(f);
	frame_other(&frame, 9, 2, 0x0026);
	whole(f);
	build(false, 6, 25);
	whole(f);
	build(true, 6, 25);
	whole(f);
	frame.bytes[14] = 0x45; /* broken, but IPv6's business */
	whole(f);
	pcap_record(f, 7, 0, frame.bytes, 13, 13);
	fclose(f);
	job.capture = path;
	job.denied = scratch_path("denied");
	assert_int_equal(dp_replay(&job, &result, err), 0);
	assert_int_equal(result.packets, 7);
	assert_int_equal(result.permitted, 1);
	assert_int_equal(result.denied, 2);
	assert_int_equal(result.implicit, 1);
	assert_int_equal(result.not_ip, 3);
	assert_int_equal(result.broken[DP_DROP_runt], 1);
	assert_true(pcap_read(job.denied, &view));
	assert_int_equal(view.n, 2);
	assert_int_equal(view.record[0].caplen, 64);
	assert_int_equal(view.record[1].data[11], 2);
}

/* Without Ethernet there are no addresses to judge by. */
static void
test_mac_list_needs_ethernet(void **state)
{
	const char *path = scratch_path("sll");

	(void)state;
	bind(ACL_MAC, "deny any any", NULL);
	fclose(pcap_begin(path, MAGIC_MICRO, SLL));
	job.capture = path;
	assert_int_equal(dp_replay(&job, &result, err), -EPROTONOSUPPORT);
	assert_non_null(strstr(err, "LINUX_SLL has no MAC addresses"));
}

/* A list without entries passes what is of its kind. */
static void
test_empty_lists(void **state)
{
	static const enum acl_kind kinds[] = { ACL_STANDARD, ACL_IPV6, ACL_MAC };
	const char *path = scratch_path("all");
	FILE *f = pcap_begin(path, MAGIC_MICRO, ETHERNET);

	(void)state;
	build(false, 6, 25);
	whole(f);
	whole(f);
	whole(f);
	build(true, 6, 25);
	whole(f);
	whole(f);
	frame_other(&frame, 9, 1, 0x0806);
	whole(f);
	fclose(f);
	for (int i = 0; i < 3; i++) {
		bind(kinds[i], NULL, NULL);
		assert_null(job.list.program);
		job.capture = path;
		assert_int_equal(dp_replay(&job, &result, err), 0);
		assert_int_equal(result.permitted, 3 - i);
		assert_int_equal(result.not_ip, 3 + i);
		if (i < 2)
			acl_destroy(list);
	}
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_teardown(f, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_ipv6_link_types),
		TEST(test_ipv4_list),
		TEST(test_mac_list),
		TEST(test_mac_list_needs_ethernet),
		TEST(test_empty_lists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
