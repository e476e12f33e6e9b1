/*
 * replay_test.c - captures through one list: every link type, broken frames, broken files, and the
 * captures it writes.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/lib/acl_lines.h"
#include "tests/lib/captures.h"
#include "tests/vectors/bench.h"

enum { ETHERNET = 1, RAW = 101, IPV4 = 228, SLL = 113, SLL2 = 276, BSD_NULL = 0, BSD_LOOP = 108 };

static struct frame frame;
static struct pcap_view view;
static struct acl *list;
static struct dp_list bound;

static int
set_up(void **state)
{
	(void)state;
	list = acl_create("Inside", ACL_EXTENDED, 1);
	line_add(list, 0, "deny tcp any any eq 25");
	line_add(list, 0, "permit tcp any any");
	bound.counters = acl_counters_on(list, 1, ACL_IN, 1);
	return acl_compile(list, &bound.program);
}

static int
tear_down(void **state)
{
	(void)state;
	acl_program_unref(bound.program);
	acl_destroy(list);
	scratch_remove();
	return 0;
}

static void
build(uint8_t proto, uint16_t dport)
{
	struct frame_spec s = { .from = 1,
		.to = 9,
		.proto = proto,
		.sport = 1034,
		.dport = dport,
		.tcp_flags = 2,
		.payload = 20 };

	frame_build(&frame, &s);
}

/* Puts a link header of `len` bytes in place of Ethernet's. */
static void
record(FILE *f, const void *link, size_t len)
{
	uint8_t bytes[200];

	memcpy(bytes, link, len);
	memcpy(bytes + len, frame.bytes + 14, frame.len - 14);
	pcap_record(f, 7, 8, bytes, len + frame.len - 14, len + frame.len - 14);
}

static int
run(const char *capture, struct dp_replay_result *r, char *err)
{
	struct dp_replay job = { .capture = capture, .list = bound };

	return dp_replay(&job, r, err);
}

static void
test_link_types(void **state)
{
	static const struct {
		uint32_t type;
		size_t len;
		uint8_t link[20], not_ip[20];
	} row[] = {
		{ ETHERNET, 14, { [12] = 8 }, { [12] = 8, 6 } },
		{ SLL, 16, { [14] = 8 }, { [14] = 0x86, 0xdd } },
		{ SLL2, 20, { 8 }, { 0x86, 0xdd } },
		{ BSD_NULL, 4, { 2 }, { 30 } },
		{ BSD_NULL, 4, { 0, 0, 0, 2 }, { 0, 0, 0, 24 } }, /* the other byte order */
		{ BSD_LOOP, 4, { 0, 0, 0, 2 }, { 0, 0, 0, 30 } },
		{ RAW, 0, { 0 }, { 0 } },
		{ IPV4, 0, { 0 }, { 0 } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		const char *path = scratch_path("link");
		FILE *f = pcap_begin(path, MAGIC_MICRO, row[i].type);
		struct dp_replay_result r;
		char err[DP_ERR_MAX];

		acl_clear_hits(list);
		build(6, 25);
		record(f, row[i].link, row[i].len);
		build(6, 80);
		record(f, row[i].link, row[i].len);
		record(f, row[i].link, row[i].len);
		build(17, 53);
		record(f, row[i].link, row[i].len);
		if (row[i].len > 0)
			record(f, row[i].not_ip, row[i].len);
		if (row[i].len > 0)
			pcap_record(f, 7, 8, row[i].link, row[i].len - 1, row[i].len - 1);
		fclose(f);
		assert_int_equal(run(path, &r, err), 0);
		assert_int_equal(r.packets, row[i].len > 0 ? 6 : 4);
		assert_int_equal(r.permitted, 2);
		assert_int_equal(r.denied, 2);
		assert_int_equal(r.implicit, 1);
		assert_int_equal(r.not_ip, row[i].len > 0);
		assert_int_equal(r.broken[DP_DROP_runt], row[i].len > 0);
		assert_int_equal(acl_hits(list, acl_at(list, 0)->slot).packets, 1);
		assert_int_equal(acl_hits(list, acl_at(list, 1)->slot).packets, 2);
		assert_int_equal(acl_hits(list, ACL_SLOT_IMPLICIT).packets, 1);
	}
}

static void
test_raw_ipv6_and_junk(void **state)
{
	const char *path = scratch_path("raw");
	FILE *f = pcap_begin(path, MAGIC_MICRO, RAW);
	struct frame_spec v6 = { .ipv6 = true, .proto = 6 };
	struct dp_replay_result r;
	char err[DP_ERR_MAX];

	(void)state;
	frame_build(&frame, &v6);
	record(f, "", 0);
	frame.bytes[14] = 0x25;
	record(f, "", 0);
	pcap_record(f, 1, 1, "", 0, 0);
	fclose(f);
	assert_int_equal(run(path, &r, err), 0);
	assert_int_equal(r.packets, 3);
	assert_int_equal(r.not_ip, 1);
	assert_int_equal(r.broken[DP_DROP_ip_bad_version], 1);
	assert_int_equal(r.broken[DP_DROP_ip_header_short], 1);
	assert_int_equal(r.permitted + r.denied, 0);
}

static void
test_tags_and_broken_frames(void **state)
{
	const char *path = scratch_path("tags");
	FILE *f = pcap_begin(path, MAGIC_MICRO, ETHERNET);
	struct dp_replay_result r;
	char err[DP_ERR_MAX];

	(void)state;
	for (int tags = 1; tags <= 3; tags++) {
		build(6, 25);
		for (int i = 0; i < tags; i++)
			frame_tag(&frame, i == 0 ? 0x8100 : 0x88a8, (uint16_t)(100 + i));
		pcap_record(f, 1, 1, frame.bytes, frame.len, frame.len);
	}
	build(6, 25);
	frame_snap(&frame);
	pcap_record(f, 1, 1, frame.bytes, frame.len, frame.len);
	build(6, 25);
	pcap_record(f, 1, 1, frame.bytes, frame.len - 1, frame.len);	 /* cut by the capture */
	pcap_record(f, 1, 1, frame.bytes, frame.len - 1, frame.len - 1); /* cut on the wire */
	frame.bytes[14] = 0x4f; /* 60 bytes of header, and not so many there */
	pcap_record(f, 1, 1, frame.bytes, 70, 70);
	fclose(f);
	assert_int_equal(run(path, &r, err), 0);
	assert_int_equal(r.packets, 7);
	assert_int_equal(r.denied, 4);
	assert_int_equal(r.implicit, 0);
	assert_int_equal(r.broken[DP_DROP_truncated], 1);
	assert_int_equal(r.broken[DP_DROP_ip_bad_total_length], 1);
	assert_int_equal(r.broken[DP_DROP_ip_bad_header_length], 1);
	assert_int_equal(acl_hits(list, acl_at(list, 0)->slot).bytes, 3 * 74 + 82);
}

static void
test_writes_captures(void **state)
{
	const char *path = scratch_path("both");
	const char *permitted = scratch_path("permitted"), *denied = scratch_path("denied");
	static const uint32_t magic[2] = { MAGIC_MICRO, MAGIC_NANO };
	char err[DP_ERR_MAX];

	(void)state;
	for (int m = 0; m < 2; m++) {
		FILE *f = pcap_begin(path, magic[m], SLL);
		struct dp_replay job = {
			.capture = path, .permitted = permitted, .denied = denied, .list = bound
		};
		static const uint8_t link[16] = { [14] = 8 };
		struct dp_replay_result r;

		for (int i = 0; i < 150; i++) {
			build(6, i % 3 == 0 ? 25 : 80);
			frame.bytes[14 + 5] = (uint8_t)i;
			record(f, link, 16);
		}
		fclose(f);
		assert_int_equal(dp_replay(&job, &r, err), 0);
		assert_int_equal(r.permitted, 100);
		assert_true(pcap_read(permitted, &view));
		assert_int_equal(view.n, 100);
		assert_int_equal(view.magic, magic[m]);
		assert_int_equal(view.link_type, SLL);
		for (int i = 0, n = 0; i < 150; i++)
			if (i % 3 != 0)
				assert_int_equal(view.record[n++].data[16 + 5], i);
		assert_int_equal(view.record[0].sec, 7);
		assert_int_equal(view.record[0].frac, 8);
		assert_int_equal(view.record[0].caplen, 16 + 60);
		assert_true(pcap_read(denied, &view));
		assert_int_equal(view.n, 50);
	}
}

/* A list without entries passes everything, and has nothing to count with. */
static void
test_no_list(void **state)
{
	const char *path = scratch_path("open");
	FILE *f = pcap_begin(path, MAGIC_MICRO, ETHERNET);
	struct dp_replay job = { .capture = path };
	struct dp_replay_result r;
	char err[DP_ERR_MAX];

	(void)state;
	build(6, 25);
	pcap_record(f, 1, 1, frame.bytes, frame.len, frame.len);
	fclose(f);
	assert_int_equal(dp_replay(&job, &r, err), 0);
	assert_int_equal(r.permitted, 1);
	job.list = bound;
	job.list.counters = NULL;
	assert_int_equal(dp_replay(&job, &r, err), 0);
	assert_int_equal(r.denied, 1);
}

static void
test_bad_files(void **state)
{
	const char *path = scratch_path("bad"), *usb = scratch_path("usb");
	FILE *f = pcap_begin(path, MAGIC_MICRO, ETHERNET);
	struct dp_replay job = { .capture = path, .permitted = path, .list = bound };
	struct dp_replay_result r;
	char err[DP_ERR_MAX];

	(void)state;
	for (int i = 0; i < 100; i++) {
		build(6, 80);
		pcap_record(f, 1, 1, frame.bytes, frame.len, frame.len);
	}
	fclose(f);
	assert_int_equal(dp_replay(&job, &r, err), -EBUSY); /* onto itself */
	assert_int_equal(truncate(path, 24 + 99 * (16 + 74) + 50), 0);
	assert_int_equal(run(path, &r, err), -EIO);
	assert_non_null(strstr(err, "truncated"));
	assert_int_equal(r.packets, 99);
	assert_int_equal(r.permitted, 99);

	assert_int_equal(run("/no/such/file", &r, err), -ENOENT);
	assert_string_equal(err, "/no/such/file: No such file or directory");
	assert_int_equal(r.packets, 0);
	assert_int_equal(run("/", &r, err), -EINVAL);
	fclose(pcap_begin(usb, MAGIC_MICRO, 189));
	assert_int_equal(run(usb, &r, err), -EPROTONOSUPPORT);
	assert_non_null(strstr(err, "USB_LINUX"));
	f = fopen(usb, "wb");
	fclose(f);
	assert_int_equal(run(usb, &r, err), -EINVAL);
	job.capture = path;
	job.permitted = "/no/such/dir/out";
	assert_int_equal(dp_replay(&job, &r, err), -ENOENT);
	job.permitted = scratch_path("twice");
	job.denied = job.permitted;
	assert_int_equal(dp_replay(&job, &r, err), -EBUSY);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_link_types),
		TEST(test_raw_ipv6_and_junk),
		TEST(test_tags_and_broken_frames),
		TEST(test_writes_captures),
		TEST(test_no_list),
		TEST(test_bad_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
