/*
 * savefile_test.c - the fast reader of pcap files against libpcap: the same files, whole, damaged and
 * cut, give the same sums, the same hits and the same success, in one thread and in several.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/lib/acl_lines.h"
#include "tests/lib/captures.h"
#include "tests/lib/dice.h"
#include "tests/vectors/bench.h"

enum { THREADS = 4, FILES = 60, ENTRIES = 3, FILE_HEADER = 24, RECORD_HEADER = 16 };

static struct dice dice;
static struct frame frame;
static uint8_t bytes[4 << 20];
static size_t used;
static bool swapped;
static uint32_t seconds = 1000000000;

struct outcome {
	int ret;
	struct dp_replay_result sum;
	struct acl_hits hits[ENTRIES + 1];
};

static void
put32(uint32_t v)
{
	v = swapped ? __builtin_bswap32(v) : v;
	memcpy(bytes + used, &v, sizeof(v));
	used += sizeof(v);
}

static void
put_record(uint32_t snaplen)
{
	uint32_t len = (uint32_t)frame.len, kept = len < snaplen ? len : snaplen;

	put32(seconds += dice_below(&dice, 3)); /* in order: threads take chunks, not frames */
	put32(500);
	put32(kept);
	put32(len);
	memcpy(bytes + used, frame.bytes, kept);
	used += kept;
}

static void
roll_frame(void)
{
	const struct frame_spec s = { .from = 1,
		.to = 9,
		.src = dice_below(&dice, 4),
		.proto = dice_one_in(&dice, 3) ? 17 : 6,
		.ipv6 = dice_one_in(&dice, 5),
		.dport = (uint16_t)(24 + dice_below(&dice, 3)),
		.payload =
			dice_one_in(&dice, 20) ? dice_below(&dice, 40000) : dice_below(&dice, 60) };

	frame_build(&frame, &s);
	if (dice_one_in(&dice, 10))
		frame_tag(&frame, 0x8100, (uint16_t)dice_below(&dice, 4096));
}

static void
put_file_header(uint32_t snaplen)
{
	used = 0;
	swapped = dice_one_in(&dice, 2);
	put32(dice_one_in(&dice, 2) ? MAGIC_MICRO : MAGIC_NANO);
	put32(swapped ? 4 << 16 | 2 : 2 | 4 << 16);
	if (swapped) { /* two 16-bit numbers, each swapped by itself */
		static const uint8_t version[4] = { 0, 2, 0, 4 };

		memcpy(bytes + used - 4, version, sizeof(version));
	}
	put32(0);
	put32(0);
	put32(snaplen);
	put32(1);
}

static void
roll_file(void)
{
	uint32_t snaplen = dice_one_in(&dice, 4) ? 40 + dice_below(&dice, 100) : 262144;
	size_t records = dice_below(&dice, dice_one_in(&dice, 4) ? 3000 : 50);

	put_file_header(snaplen);
	while (records-- > 0 && used + 50000 < sizeof(bytes)) {
		roll_frame();
		put_record(snaplen);
	}
}

/* Cuts the file, or writes something else into the length of one of its first records. */
static void
damage(void)
{
	if (dice_one_in(&dice, 3))
		used -= dice_below(&dice, (uint32_t)(used - FILE_HEADER) + 1);
	if (dice_one_in(&dice, 3) && used > FILE_HEADER + RECORD_HEADER)
		bytes[FILE_HEADER + 8 + dice_below(&dice, 4)] = (uint8_t)dice_roll(&dice);
}

static void
replay(const char *path, struct outcome *o, bool through_libpcap, unsigned threads)
{
	struct acl *acl = acl_create("Inside", ACL_EXTENDED, 1);
	struct dp_replay job = {
		.capture = path, .through_libpcap = through_libpcap, .threads = threads
	};
	char err[DP_ERR_MAX];

	memset(o, 0, sizeof(*o));
	line_add(acl, 0, "deny tcp any any eq 25");
	line_add(acl, 0, "permit tcp any any");
	line_add(acl, 0, "permit udp any any eq 24");
	job.list.counters = acl_counters_on(acl, 1, ACL_IN, THREADS);
	assert_int_equal(acl_compile(acl, NULL, &job.list.program), 0);
	o->ret = dp_replay(&job, &o->sum, err);
	for (uint32_t i = 0; i < ENTRIES; i++)
		o->hits[i] = acl_hits(acl, acl_at(acl, i)->slot);
	o->hits[ENTRIES] = acl_hits(acl, ACL_SLOT_IMPLICIT);
	acl_program_unref(job.list.program);
	acl_destroy(acl);
}

/* What was rolled, both ways. */
static void
compare(const char *path)
{
	struct outcome theirs, ours;
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, used, f), used);
	fclose(f);
	replay(path, &theirs, true, 1);
	replay(path, &ours, false, 1);
	assert_memory_equal(&theirs, &ours, sizeof(ours));
	replay(path, &ours, false, THREADS);
	assert_memory_equal(&theirs, &ours, sizeof(ours));
}

static void
test_same_as_libpcap(void **state)
{
	const char *path = scratch_path("rolled");

	(void)state;
	dice = dice_from_environment("savefile_test");
	for (int i = 0; i < FILES; i++) {
		roll_file();
		damage();
		compare(path);
	}
	scratch_remove();
}

/*
 * A record that kept more than the snaplen: what is over that is cut off, and whether the frame counts
 * as truncated depends on its length on the wire alone, shorter than, as long as or longer than the snaplen.
 */
static void
test_longer_than_snaplen(void **state)
{
	static const int32_t wire[] = { -20, 0, 1, 20 };
	enum { SNAPLEN = 120 };
	const char *path = scratch_path("longer");

	(void)state;
	dice = dice_from_environment("savefile_test");
	frame_build(&frame, &(struct frame_spec){ .proto = 6, .payload = 200 });
	frame.bytes[17] = SNAPLEN - 14; /* an IP packet that ends there */
	for (size_t i = 0; i < sizeof(wire) / sizeof(wire[0]); i++) {
		put_file_header(SNAPLEN);
		put_record(262144);
		used -= frame.len + 4;
		put32((uint32_t)(SNAPLEN + wire[i]));
		used += frame.len;
		compare(path);
	}
	scratch_remove();
}

struct progress {
	uint64_t last, total;
	bool forward;
};

static void
note_progress(void *arg, uint64_t done, uint64_t total)
{
	struct progress *p = arg;

	p->forward &= done > p->last;
	p->last = done;
	p->total = total;
}

/* Told as the file is read, and at its end all of it is. */
static void
test_progress(void **state)
{
	const char *path = scratch_path("long");
	struct progress p = { .forward = true };
	struct dp_replay job = {
		.capture = path, .threads = THREADS, .progress = note_progress, .progress_arg = &p
	};
	struct dp_replay_result sum;
	char err[DP_ERR_MAX];
	FILE *f = pcap_begin(path, MAGIC_MICRO, 1);

	(void)state;
	frame_build(&frame, &(struct frame_spec){ .proto = 6, .payload = 1000 });
	for (int i = 0; i < 1000; i++)
		pcap_record(f, 1, 1, frame.bytes, frame.len, frame.len);
	fclose(f);
	assert_int_equal(dp_replay(&job, &sum, err), 0);
	assert_int_equal(sum.permitted, 1000);
	assert_true(p.forward);
	assert_int_equal(p.total, FILE_HEADER + 1000 * (RECORD_HEADER + frame.len));
	assert_int_equal(p.last, p.total);
	scratch_remove();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same_as_libpcap),
		cmocka_unit_test(test_longer_than_snaplen),
		cmocka_unit_test(test_progress),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
