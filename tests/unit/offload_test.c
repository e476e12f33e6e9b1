/*
 * offload_test.c - what hardware would have done: checksums, segments, and their count.
 *
 * Every sum is verified by tests/lib/frames.c, which computes it another way, and every segmented
 * stream is put together again and compared with what went in.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "dataplane/checksum.h"
#include "dataplane/offload.h"
#include "dataplane/parse.h"
#include "tests/lib/frames.h"

static struct frame frame;
static struct segmenter segmenter;

static struct packet
packet_of(struct frame *f)
{
	return (struct packet){
		.data = f->bytes, .len = (uint32_t)f->len, .wire_len = (uint32_t)f->len
	};
}

/* RFC 1071's own example, and SCTP's well-known check value. */
static void
test_known_sums(void **state)
{
	static const uint8_t example[] = { 0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7 };

	(void)state;
	assert_int_equal(checksum_fold(checksum_add(0, example, sizeof(example))), 0xddf2);
	assert_int_equal(checksum_crc32c((const uint8_t *)"123456789", 9), 0xe3069283);
}

static void
test_sums_at_random(void **state)
{
	unsigned seed = (unsigned)time(NULL);

	(void)state;
	print_message("seed %u\n", seed);
	srand(seed);
	for (int i = 0; i < 2000; i++) {
		size_t len = (size_t)rand() % 3000;
		uint16_t got, want;

		for (size_t b = 0; b < len; b++)
			frame.bytes[b] = (uint8_t)(rand() >> 4);
		got = checksum_fold(checksum_add(0, frame.bytes, len));
		want = sum16(0, frame.bytes, len);
		assert_true(got == want || (got == 0xffff && want == 0) ||
			    (got == 0 && want == 0xffff));
	}
}

static void
test_complete(void **state)
{
	(void)state;
	for (int ipv6 = 0; ipv6 < 2; ipv6++) {
		for (int udp = 0; udp < 2; udp++) {
			for (size_t payload = 0; payload < 300; payload++) {
				struct frame_spec s = { .proto = udp ? PROTO_UDP : PROTO_TCP,
					.ipv6 = ipv6,
					.to = 1,
					.from = 2,
					.src = 0x0a000001,
					.dst = 0x0a000002,
					.sport = (uint16_t)(payload * 211),
					.dport = 80,
					.payload = payload };
				struct packet p;

				frame_build(&frame, &s);
				frame_make_partial(&frame);
				assert_false(frame_sums_hold(frame.bytes, frame.len));
				/* Padding of any content must not get into the sum. */
				memset(frame.bytes + frame.len, 0x5a, 6);
				p = packet_of(&frame);
				p.len = p.wire_len += 6;
				offload_guess(&p, 1500);
				assert_true(p.offload.partial_checksum);
				assert_int_equal(p.offload.gso, GSO_NONE);
				assert_true(offload_complete_checksum(&p));
				assert_false(p.offload.partial_checksum);
				assert_true(frame_sums_hold(frame.bytes, frame.len));
			}
		}
	}
}

/* What was complete, or is broken in another way, is left alone. */
static void
test_guess_leaves_alone(void **state)
{
	static struct frame before;
	struct frame_spec s = { .proto = PROTO_TCP, .src = 1, .dst = 2, .payload = 100 };
	struct packet p;

	(void)state;
	for (int broken = 0; broken < 2; broken++) {
		frame_build(&frame, &s);
		frame.bytes[14 + 20 + 16] ^= (uint8_t)broken;
		before = frame;
		p = packet_of(&frame);
		offload_guess(&p, 1500);
		assert_false(p.offload.partial_checksum);
		assert_memory_equal(before.bytes, frame.bytes, frame.len);
	}
	/* UDP over the MTU may be several datagrams or one: nobody can tell. */
	s.proto = PROTO_UDP;
	s.payload = 3000;
	frame_build(&frame, &s);
	p = packet_of(&frame);
	offload_guess(&p, 1500);
	assert_int_equal(p.offload.gso, GSO_NONE);
	/* A fragment's checksum covers what is not here. */
	s.payload = 100;
	s.fragment = 0x2000;
	frame_build(&frame, &s);
	frame_make_partial(&frame);
	p = packet_of(&frame);
	offload_guess(&p, 1500);
	assert_false(p.offload.partial_checksum);
}

static void
test_bad_metadata(void **state)
{
	struct frame_spec s = { .proto = PROTO_TCP, .payload = 10 };
	struct packet p;

	(void)state;
	frame_build(&frame, &s);
	p = packet_of(&frame);
	p.offload.partial_checksum = true;
	p.offload.csum_start = (uint16_t)frame.len;
	p.offload.csum_offset = 16;
	assert_false(offload_complete_checksum(&p));
	p.offload = (struct packet_offload){ .gso = GSO_UDP, .gso_size = 5 };
	assert_int_equal(segmenter_begin(&segmenter, &p, 0), DP_DROP_too_big);
	p.offload = (struct packet_offload){ .gso = GSO_TCP4, .gso_size = 0 };
	assert_int_equal(segmenter_begin(&segmenter, &p, 0), DP_DROP_too_big);
	offload_account(&p);
	assert_int_equal(p.packets, 1);
}

static void
test_sctp(void **state)
{
	struct frame_spec s = { .proto = PROTO_SCTP, .payload = 28 };
	struct packet p;
	uint32_t crc;

	(void)state;
	frame_build(&frame, &s);
	p = packet_of(&frame);
	p.offload.partial_checksum = true;
	p.offload.csum_start = 34;
	p.offload.csum_offset = 8;
	assert_true(offload_complete_checksum(&p));
	crc = (uint32_t)frame.bytes[42] | (uint32_t)frame.bytes[43] << 8 |
	      (uint32_t)frame.bytes[44] << 16 | (uint32_t)frame.bytes[45] << 24;
	memset(frame.bytes + 42, 0, 4);
	assert_int_equal(crc, checksum_crc32c(frame.bytes + 34, frame.len - 34));
}

struct gso_case {
	bool ipv6;
	uint8_t proto;
	size_t payload;
	uint16_t size;
	uint32_t max_frame; /* of the port */
	size_t piece;	    /* payload of a segment that comes of it */
};

/* Checks one segment against the whole; returns its payload length. */
static size_t
check_segment(
	const struct gso_case *c, const struct packet *seg, size_t at, size_t count, bool last)
{
	size_t l4 = c->ipv6 ? 54 : 34, header = l4 + (c->proto == PROTO_TCP ? 20 : 8);
	size_t piece = seg->len - header;

	assert_true(frame_sums_hold(seg->data, seg->len));
	assert_memory_equal(seg->data, frame.bytes, 14);
	assert_memory_equal(seg->data + header, frame.bytes + header + at, piece);
	if (!c->ipv6)
		assert_int_equal(load16(seg->data + 18), (0xfffe + count) & 0xffff);
	if (c->proto == PROTO_TCP) {
		uint8_t want = 0x10; /* ACK */

		want |= last ? 0x09 : 0;       /* FIN, PSH */
		want |= count == 0 ? 0x80 : 0; /* CWR */
		assert_int_equal(load32(seg->data + l4 + 4), 0xfffffff0u + (uint32_t)at);
		assert_int_equal(seg->data[l4 + 13], want);
	}
	assert_int_equal(seg->packets, 1);
	assert_int_equal(seg->bytes, seg->len);
	return piece;
}

static void
test_segments(void **state)
{
	static const struct gso_case cases[] = {
		{ false, PROTO_TCP, 14480, 1448, 1514, 1448 },
		{ false, PROTO_TCP, 14481, 1448, 1514, 1448 },
		{ false, PROTO_TCP, 65000, 1448, 0, 1448 },
		{ false, PROTO_TCP, 65000, 1, 0, 1 },
		{ false, PROTO_TCP, 3000, 1448, 590, 536 }, /* a port of a smaller MTU */
		{ false, PROTO_TCP, 0, 1448, 1514, 1448 },
		{ false, PROTO_TCP, 100, 1448, 1514, 1448 },
		{ true, PROTO_TCP, 64000, 1428, 1514, 1428 },
		{ false, PROTO_UDP, 10000, 1200, 1514, 1200 },
		{ true, PROTO_UDP, 9999, 1000, 1514, 1000 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct gso_case *c = &cases[i];
		struct frame_spec s = { .ipv6 = c->ipv6,
			.proto = c->proto,
			.payload = c->payload,
			.id = 0xfffe,
			.seq = 0xfffffff0u,
			.tcp_flags = 0x99,
			.to = 1,
			.from = 2,
			.src = 0x0a000001,
			.dst = 0x0a000002,
			.sport = 7,
			.dport = 9 };
		size_t at = 0, count = 0, bytes = 0;
		struct packet p;

		frame_build(&frame, &s);
		frame_make_partial(&frame);
		p = packet_of(&frame);
		p.offload.gso = c->proto == PROTO_UDP ? GSO_UDP : c->ipv6 ? GSO_TCP6 : GSO_TCP4;
		p.offload.gso_size = c->size;
		offload_account(&p);
		assert_int_equal(segmenter_begin(&segmenter, &p, c->max_frame), DP_DROP_NONE);
		while (segmenter_next(&segmenter)) {
			for (size_t k = 0; k < segmenter.burst.n; k++) {
				const struct packet *seg = segmenter.burst.pkt[k];
				size_t left = c->payload - at;
				bool last = left <= c->piece;

				assert_int_equal(check_segment(c, seg, at, count, last),
					last ? left : c->piece);
				at += last ? left : c->piece;
				count++;
				bytes += seg->len;
			}
		}
		assert_int_equal(at, c->payload);
		assert_int_equal(
			count, c->payload == 0 ? 1 : (c->payload + c->piece - 1) / c->piece);
		if (c->piece == c->size) { /* what was counted is what the wire carries */
			assert_int_equal(p.packets, count);
			assert_int_equal(p.bytes, bytes);
		}
	}
}

static void
test_datagrams_are_not_cut(void **state)
{
	struct frame_spec s = { .proto = PROTO_UDP, .payload = 5000 };
	struct packet p;

	(void)state;
	frame_build(&frame, &s);
	p = packet_of(&frame);
	p.offload.gso = GSO_UDP;
	p.offload.gso_size = 2000;
	assert_int_equal(segmenter_begin(&segmenter, &p, 1514), DP_DROP_too_big);
}

/* A frame libpcap shows us larger than the device's MTU, tagged or not. */
static void
test_guess_oversized(void **state)
{
	(void)state;
	for (int tagged = 0; tagged < 2; tagged++) {
		struct frame_spec s = { .proto = PROTO_TCP, .payload = 7240, .src = 1, .dst = 2 };
		struct packet p;

		frame_build(&frame, &s);
		frame_make_partial(&frame);
		if (tagged)
			frame_tag(&frame, TYPE_VLAN, 1);
		p = packet_of(&frame);
		offload_guess(&p, 1500);
		assert_int_equal(p.offload.gso, GSO_TCP4);
		assert_int_equal(p.offload.gso_size, 1460);
		assert_true(p.offload.partial_checksum);
		assert_int_equal(p.offload.csum_start, 34 + 4 * tagged);
		offload_account(&p);
		assert_int_equal(p.packets, 5);
		assert_int_equal(p.bytes, 7240 + 5 * (54 + 4 * tagged));
	}
}

static int
set_up(void **state)
{
	(void)state;
	return segmenter_init(&segmenter);
}

static int
tear_down(void **state)
{
	(void)state;
	segmenter_fini(&segmenter);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known_sums),
		cmocka_unit_test(test_sums_at_random),
		cmocka_unit_test(test_complete),
		cmocka_unit_test(test_guess_leaves_alone),
		cmocka_unit_test(test_bad_metadata),
		cmocka_unit_test(test_sctp),
		cmocka_unit_test(test_segments),
		cmocka_unit_test(test_datagrams_are_not_cut),
		cmocka_unit_test(test_guess_oversized),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
