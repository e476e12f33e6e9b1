/*
 * file_test.c - ports that play captures: time order, time stamps, what is written, and bad files.
 */
#include <errno.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/lib/captures.h"
#include "tests/vectors/bench.h"

enum { ETHERNET = 1 };

static struct frame frame;
static struct pcap_view view;

/* A capture of `n` frames of one station; the i-th at times[i] us and with id i. */
static const char *
capture_of(
	const char *name, uint32_t magic, uint8_t from, uint8_t to, const uint32_t *times, size_t n)
{
	const char *path = scratch_path(name);
	FILE *f = pcap_begin(path, magic, ETHERNET);

	for (size_t i = 0; i < n; i++) {
		struct frame_spec s = {
			.from = from, .to = to, .proto = 17, .id = (uint16_t)i, .payload = 18
		};

		frame_build(&frame, &s);
		pcap_record(f, 5, times[i], frame.bytes, frame.len, frame.len);
	}
	fclose(f);
	return path;
}

static void
add(struct dataplane *dp, uint32_t ifindex, const char *in, const char *out)
{
	char arg[600], err[DP_ERR_MAX] = "";

	snprintf(arg, sizeof(arg), "%s,%s", in, out);
	if (dataplane_add_port(dp, ifindex, "file", arg, err) < 0)
		fail_msg("%s", err);
}

static bool
event_waits(const struct dataplane *dp)
{
	struct pollfd p = { .fd = dataplane_event_fd(dp), .events = POLLIN };

	return poll(&p, 1, 0) == 1;
}

static void
nothing(void *arg, const struct dp_log_event *ev)
{
	(void)arg;
	(void)ev;
	fail();
}

/* Two sides of a conversation: merged by time, the destination is always known by then. */
static void
test_two_sides(void **state)
{
	static const uint32_t lan[] = { 10, 30, 50, 70, 90 }, wan[] = { 20, 40, 60, 80, 100 };
	struct dataplane *dp = bench_dataplane();
	const char *lan_out = scratch_path("lan.out"), *wan_out = scratch_path("wan.out");
	const char *third = scratch_path("third.out");
	struct dp_if_stats s;
	size_t total = 0, n;

	(void)state;
	add(dp, FA0, capture_of("lan", MAGIC_MICRO, 1, 9, lan, 5), lan_out);
	add(dp, WAN, capture_of("wan", MAGIC_MICRO, 9, 1, wan, 5), wan_out);
	add(dp, FA1, "", third);
	dataplane_publish(dp, bench_snapshot());
	assert_false(dataplane_at_eof(dp));
	while ((n = dataplane_run_once(dp)) > 0)
		total += n;
	assert_int_equal(total, 10);
	assert_true(dataplane_at_eof(dp));

	/* The end is announced once. */
	assert_true(event_waits(dp));
	assert_int_equal(dataplane_drain(dp, 1, nothing, NULL), 0);
	dataplane_run_once(dp);
	assert_false(event_waits(dp));

	/* The files are complete before anything is closed. */
	assert_true(pcap_read(third, &view));
	assert_int_equal(view.n, 1); /* only the very first frame had to be flooded */
	assert_int_equal(view.magic, MAGIC_NANO);
	assert_true(pcap_read(wan_out, &view));
	assert_int_equal(view.magic, MAGIC_MICRO);
	assert_int_equal(view.link_type, ETHERNET);
	assert_int_equal(view.n, 5);
	for (size_t i = 0; i < 5; i++) {
		struct frame_spec spec = {
			.from = 1, .to = 9, .proto = 17, .id = (uint16_t)i, .payload = 18
		};

		frame_build(&frame, &spec);
		assert_int_equal(view.record[i].sec, 5);
		assert_int_equal(view.record[i].frac, lan[i]);
		assert_int_equal(view.record[i].caplen, frame.len);
		assert_int_equal(view.record[i].len, frame.len);
		assert_memory_equal(view.record[i].data, frame.bytes, frame.len);
	}
	dataplane_if_stats(dp, WAN, &s);
	assert_int_equal(s.tx_packets, 5);
	dataplane_destroy(dp);
	assert_true(pcap_read(lan_out, &view));
	assert_int_equal(view.n, 5);
}

/* Equal times: the port added first goes first, at every burst boundary. */
static void
test_ties(void **state)
{
	static const uint32_t a[] = { 5, 5, 7 }, b[] = { 3, 5, 7 };
	static const uint8_t order[] = { 2, 1, 1, 2, 1, 2 };
	struct dataplane *dp = bench_dataplane();
	const char *out = scratch_path("ties.out");

	(void)state;
	add(dp, FA0, capture_of("a", MAGIC_NANO, 1, 9, a, 3), scratch_path("a.out"));
	add(dp, FA1, capture_of("b", MAGIC_NANO, 2, 9, b, 3), scratch_path("b.out"));
	add(dp, WAN, "", out);
	dataplane_publish(dp, bench_snapshot());
	while (dataplane_run_once(dp) > 0)
		;
	assert_true(pcap_read(out, &view));
	assert_int_equal(view.n, 6);
	for (size_t i = 0; i < 6; i++)
		assert_int_equal(view.record[i].data[11], order[i]);
	dataplane_destroy(dp);
}

static void
test_many_frames(void **state)
{
	uint32_t times[200];
	struct dataplane *dp = bench_dataplane();
	const char *out = scratch_path("many.out");

	(void)state;
	for (uint32_t i = 0; i < 200; i++)
		times[i] = i;
	add(dp, FA0, capture_of("many", MAGIC_NANO, 1, 9, times, 200), out);
	add(dp, WAN, scratch_path("many"), scratch_path("many2.out")); /* two may read one file */
	dataplane_publish(dp, bench_snapshot());
	assert_int_equal(dataplane_run_once(dp), 1); /* then the other's turn has come */
	while (dataplane_run_once(dp) > 0)
		;
	assert_true(pcap_read(out, &view));
	assert_int_equal(view.magic, MAGIC_NANO);
	dataplane_destroy(dp);
}

static void
test_pcapng(void **state)
{
	struct frame_spec s = { .from = 1, .to = 9, .proto = 17, .payload = 21 };
	struct dataplane *dp = bench_dataplane();
	const char *in = scratch_path("ng"), *out = scratch_path("ng.out");

	(void)state;
	frame_build(&frame, &s);
	pcapng_write(in, frame.bytes, frame.len, 123456);
	add(dp, FA0, in, scratch_path("ng0.out"));
	add(dp, WAN, "", out);
	dataplane_publish(dp, bench_snapshot());
	assert_int_equal(dataplane_run_once(dp), 1);
	assert_true(pcap_read(out, &view));
	assert_int_equal(view.n, 1);
	assert_int_equal(view.record[0].sec, 1);
	assert_int_equal(view.record[0].frac, 123456000);
	assert_memory_equal(view.record[0].data, frame.bytes, frame.len);
	dataplane_destroy(dp);
}

/* Cut off in its last record: what is whole is delivered, and the fault is told. */
static void
test_truncated_file(void **state)
{
	static const uint32_t times[] = { 1, 2, 3 };
	struct dataplane *dp = bench_dataplane();
	const char *in = capture_of("cut", MAGIC_MICRO, 1, 9, times, 3);
	struct dp_port_info info;

	(void)state;
	assert_int_equal(truncate(in, 24 + 2 * (16 + 60) + 40), 0);
	add(dp, FA0, in, scratch_path("cut.out"));
	dataplane_publish(dp, bench_snapshot());
	assert_int_equal(dataplane_run_once(dp), 2);
	assert_true(dataplane_at_eof(dp));
	assert_true(dataplane_port_info(dp, FA0, &info));
	assert_string_equal(info.driver, "file");
	assert_non_null(strstr(info.error, "truncated"));
	assert_non_null(strstr(info.error, in));
	assert_false(dataplane_port_info(dp, FA1, &info));
	dataplane_destroy(dp);
}

/* A frame the capture cut short is not forwarded as if it were whole. */
static void
test_truncated_frames(void **state)
{
	struct frame_spec s = { .from = 1, .to = 9, .proto = 17, .payload = 200 };
	struct dataplane *dp = bench_dataplane();
	const char *in = scratch_path("snap"), *out = scratch_path("snap.out");
	FILE *f = pcap_begin(in, MAGIC_MICRO, ETHERNET);
	struct dp_if_stats stats;

	(void)state;
	frame_build(&frame, &s);
	for (size_t caplen = 0; caplen < frame.len; caplen++)
		pcap_record(f, 1, 1, frame.bytes, caplen, frame.len);
	fclose(f);
	add(dp, FA0, in, scratch_path("snap0.out"));
	add(dp, WAN, "", out);
	dataplane_publish(dp, bench_snapshot());
	while (dataplane_run_once(dp) > 0)
		;
	dataplane_if_stats(dp, FA0, &stats);
	assert_int_equal(stats.drops[DP_DROP_truncated], frame.len);
	assert_int_equal(stats.rx_packets, frame.len);
	assert_true(pcap_read(out, &view));
	assert_int_equal(view.n, 0);
	dataplane_destroy(dp);
}

static int
refuse(struct dataplane *dp, const char *arg, const char *why)
{
	char err[DP_ERR_MAX] = "";
	int ret = dataplane_add_port(dp, FA3, "file", arg, err);

	if (strstr(err, why) == NULL)
		fail_msg("\"%s\" is not in \"%s\"", why, err);
	return ret;
}

static void
test_bad_files(void **state)
{
	static const uint32_t times[] = { 1 };
	struct dataplane *dp = bench_dataplane();
	const char *good = capture_of("good", MAGIC_MICRO, 1, 9, times, 1);
	const char *cooked = scratch_path("cooked"), *junk = scratch_path("junk");
	const char *used = scratch_path("used");
	char arg[600], err[DP_ERR_MAX];
	FILE *f;

	(void)state;
	/* No room for the header even: refused at once, not at the first frame. */
	assert_int_equal(dataplane_add_port(dp, WAN, "file", ",/dev/full", err), -EIO);
	fclose(pcap_begin(cooked, MAGIC_MICRO, 113));
	f = fopen(junk, "wb");
	fputs("this is no capture at all, however long it may be", f);
	fclose(f);
	assert_int_equal(refuse(dp, "", "IN.pcap"), -EINVAL);
	assert_int_equal(refuse(dp, ",", "IN.pcap"), -EINVAL);
	assert_int_equal(refuse(dp, "/no/such/file", "/no/such/file: No such file"), -ENOENT);
	assert_int_equal(refuse(dp, cooked, "LINUX_SLL"), -EPROTONOSUPPORT);
	assert_int_equal(refuse(dp, junk, "unknown file format"), -EINVAL);
	snprintf(arg, sizeof(arg), "%s,", good);
	assert_int_equal(refuse(dp, arg, "no file name after the comma"), -EINVAL);
	snprintf(arg, sizeof(arg), "%s,/no/such/dir/out", good);
	assert_int_equal(refuse(dp, arg, "/no/such/dir/out: No such file"), -ENOENT);

	/* A capture that is being read is never emptied, by the same port or another. */
	snprintf(arg, sizeof(arg), "%s,%s", good, good);
	assert_int_equal(refuse(dp, arg, "is being read or written already"), -EBUSY);
	add(dp, FA0, good, used);
	snprintf(arg, sizeof(arg), ",%s", good);
	assert_int_equal(refuse(dp, arg, "is being read or written already"), -EBUSY);
	snprintf(arg, sizeof(arg), ",%s", used);
	assert_int_equal(refuse(dp, arg, "is being read or written already"), -EBUSY);
	dataplane_destroy(dp);
	assert_true(pcap_read(good, &view));
	assert_int_equal(view.n, 1);
}

/* A disk that fills up loses frames under their own reason, and nothing else. */
static void
test_full_disk(void **state)
{
	static const uint32_t times[200] = { 0 };
	struct dataplane *dp = bench_dataplane();
	struct rlimit before, small;
	struct dp_if_stats s;

	(void)state;
	add(dp, FA0, capture_of("full", MAGIC_MICRO, 1, 9, times, 200), scratch_path("full.out"));
	add(dp, WAN, "", scratch_path("small.out"));
	dataplane_publish(dp, bench_snapshot());
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	small = before;
	small.rlim_cur = 5000;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	while (dataplane_run_once(dp) > 0)
		;
	dataplane_if_stats(dp, WAN, &s);
	assert_true(dataplane_at_eof(dp));
	dataplane_destroy(dp);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_true(s.drops[DP_DROP_tx_error] > 0);
	assert_int_equal(s.tx_packets + s.drops[DP_DROP_tx_error], 200);
}

static int
clean_up(void **state)
{
	(void)state;
	scratch_remove();
	return 0;
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_teardown(f, clean_up)
	const struct CMUnitTest tests[] = {
		TEST(test_two_sides),
		TEST(test_ties),
		TEST(test_many_frames),
		TEST(test_pcapng),
		TEST(test_truncated_file),
		TEST(test_truncated_frames),
		TEST(test_bad_files),
		TEST(test_full_disk),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
