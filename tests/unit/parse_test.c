/*
 * parse_test.c - frames to keys: every protocol, every truncation, nothing read past the end.
 *
 * Truncated packets are parsed from buffers of exactly their length on the heap, so that a
 * sanitizer build sees any byte read too many.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "dataplane/packet.h"
#include "dataplane/parse.h"
#include "tests/lib/frames.h"

static struct frame frame;

static enum dp_drop
parse_exact(const uint8_t *ip, size_t len, struct acl_key *key)
{
	uint8_t *copy = malloc(len != 0 ? len : 1);
	enum dp_drop why;

	assert_non_null(copy);
	memcpy(copy, ip, len);
	why = parse_ipv4(copy, len, key);
	free(copy);
	return why;
}

static void
test_fields(void **state)
{
	struct frame_spec s = { .proto = PROTO_TCP,
		.src = 0xc0a8c8c6,
		.dst = 0xcb007119,
		.sport = 1034,
		.dport = 25,
		.tcp_flags = 0xc2 };
	struct acl_key key;

	(void)state;
	frame_build(&frame, &s);
	frame.bytes[15] = 0xb8;
	assert_int_equal(parse_ipv4(frame.bytes + 14, frame.len - 14, &key), DP_DROP_NONE);
	assert_int_equal(key.src, 0xc0a8c8c6);
	assert_int_equal(key.dst, 0xcb007119);
	assert_int_equal(key.sport, 1034);
	assert_int_equal(key.dport, 25);
	assert_int_equal(key.proto, PROTO_TCP);
	assert_int_equal(key.tos, 0xb8);
	assert_int_equal(key.ttl, 64);
	assert_int_equal(key.tcp_flags, 2); /* ECN's two bits are no flags of a list */
	assert_int_equal(key.has, ACL_HAS_PORTS | ACL_HAS_TCP_FLAGS);
}

static void
test_protocols(void **state)
{
	static const struct {
		struct frame_spec spec;
		uint8_t has;
	} row[] = {
		{ { .proto = PROTO_UDP, .sport = 53, .dport = 1053 }, ACL_HAS_PORTS },
		{ { .proto = PROTO_UDP, .options = 8 }, ACL_HAS_PORTS | ACL_HAS_OPTIONS },
		{ { .proto = PROTO_SCTP, .payload = 8 }, ACL_HAS_PORTS },
		{ { .proto = PROTO_ICMP, .sport = 8, .dport = 0 }, ACL_HAS_ICMP },
		{ { .proto = PROTO_IGMP, .sport = 0x16 }, ACL_HAS_IGMP },
		{ { .proto = 47, .payload = 20 }, 0 },
		/* The first fragment has layer 4; later ones have only payload. */
		{ { .proto = PROTO_TCP, .fragment = 0x2000 }, ACL_HAS_PORTS | ACL_HAS_TCP_FLAGS },
		{ { .proto = PROTO_TCP, .fragment = 0x2001 }, ACL_NONINITIAL },
		{ { .proto = PROTO_UDP, .fragment = 0x00b9 }, ACL_NONINITIAL },
		{ { .proto = PROTO_UDP, .fragment = 0x4000 }, ACL_HAS_PORTS }, /* DF */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct acl_key key;

		frame_build(&frame, &row[i].spec);
		assert_int_equal(parse_ipv4(frame.bytes + 14, frame.len - 14, &key), DP_DROP_NONE);
		assert_int_equal(key.has, row[i].has);
		assert_int_equal(key.proto, row[i].spec.proto);
		if ((key.has & (ACL_HAS_ICMP | ACL_HAS_IGMP)) != 0)
			assert_int_equal(key.icmp_type, row[i].spec.sport);
	}
}

/* A datagram whose own total length ends inside layer 4, at every length, padded or not. */
static void
test_short_layer4(void **state)
{
	static const uint8_t protos[] = { PROTO_TCP, PROTO_UDP, PROTO_ICMP, PROTO_IGMP };

	(void)state;
	for (size_t p = 0; p < sizeof(protos); p++) {
		for (size_t l4 = 0; l4 <= 20; l4++) {
			struct frame_spec s = {
				.proto = protos[p], .sport = 1, .dport = 2, .payload = 20
			};
			bool tcp = protos[p] == PROTO_TCP, udp = protos[p] == PROTO_UDP;
			unsigned want = 0;
			struct acl_key key, padded;

			frame_build(&frame, &s);
			store16(frame.bytes + 16, (uint16_t)(20 + l4));
			want |= (tcp || udp) && l4 >= 4 ? ACL_HAS_PORTS : 0;
			want |= tcp && l4 >= 14 ? ACL_HAS_TCP_FLAGS : 0;
			want |= protos[p] == PROTO_ICMP && l4 >= 2 ? ACL_HAS_ICMP : 0;
			want |= protos[p] == PROTO_IGMP && l4 >= 1 ? ACL_HAS_IGMP : 0;
			assert_int_equal(
				parse_exact(frame.bytes + 14, 20 + l4, &key), DP_DROP_NONE);
			assert_int_equal(key.has, want);
			/* What stands behind the total length is padding, whatever it holds. */
			assert_int_equal(parse_exact(frame.bytes + 14, 46, &padded), DP_DROP_NONE);
			assert_memory_equal(&key, &padded, sizeof(key));
		}
	}
}

/* Good packets cut off at every length are refused for the right reason. */
static void
test_every_truncation(void **state)
{
	static const uint8_t protos[] = { PROTO_TCP, PROTO_UDP, PROTO_ICMP, PROTO_IGMP, 47 };

	(void)state;
	for (size_t p = 0; p < sizeof(protos); p++) {
		for (size_t options = 0; options <= 40; options += 20) {
			struct frame_spec s = {
				.proto = protos[p], .options = options, .payload = 30
			};
			size_t total;
			struct acl_key key;

			frame_build(&frame, &s);
			total = frame.len - 14;
			for (size_t len = 0; len < total; len++) {
				enum dp_drop want = len < 20 ? DP_DROP_ip_header_short
						    : len < 20 + options
							    ? DP_DROP_ip_bad_header_length
							    : DP_DROP_ip_bad_total_length;

				assert_int_equal(parse_exact(frame.bytes + 14, len, &key), want);
			}
			assert_int_equal(parse_exact(frame.bytes + 14, total, &key), DP_DROP_NONE);
		}
	}
}

static void
test_bad_headers(void **state)
{
	static const struct {
		size_t at;
		uint8_t value;
		enum dp_drop why;
	} row[] = {
		{ 0, 0x65, DP_DROP_ip_bad_version },
		{ 0, 0x05, DP_DROP_ip_bad_version },
		{ 0, 0x44, DP_DROP_ip_bad_header_length },
		{ 0, 0x40, DP_DROP_ip_bad_header_length },
		{ 0, 0x4f, DP_DROP_ip_bad_header_length }, /* 60 bytes, of 28 */
		{ 3, 19, DP_DROP_ip_bad_total_length },
		{ 3, 0, DP_DROP_ip_bad_total_length },
		{ 3, 29, DP_DROP_ip_bad_total_length },
		{ 2, 0xff, DP_DROP_ip_bad_total_length },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct frame_spec s = { .proto = PROTO_UDP };
		struct acl_key key;

		frame_build(&frame, &s);
		frame.bytes[14 + row[i].at] = row[i].value;
		assert_int_equal(parse_exact(frame.bytes + 14, 28, &key), row[i].why);
	}
}

static enum dp_drop
ether(struct ether_view *v)
{
	uint8_t *copy = malloc(frame.len);
	enum dp_drop why;

	assert_non_null(copy);
	memcpy(copy, frame.bytes, frame.len);
	why = parse_ether(copy, frame.len, load16(copy + 12), 14, v);
	free(copy);
	return why;
}

static void
test_ether(void **state)
{
	struct frame_spec s = { .proto = PROTO_UDP };
	struct ether_view v;

	(void)state;
	frame_build(&frame, &s);
	assert_int_equal(ether(&v), DP_DROP_NONE);
	assert_int_equal(v.type, TYPE_IPV4);
	assert_int_equal(v.l3, 14);
	assert_int_equal(v.tags, 0);

	frame_tag(&frame, TYPE_VLAN, 0x2005);
	assert_int_equal(ether(&v), DP_DROP_NONE);
	assert_int_equal(v.type, TYPE_IPV4);
	assert_int_equal(v.l3, 18);
	assert_int_equal(v.tags, 1);
	assert_int_equal(v.tag_at, 14);

	frame_tag(&frame, TYPE_SVLAN, 7);
	assert_int_equal(ether(&v), DP_DROP_NONE);
	assert_int_equal(v.type, TYPE_IPV4);
	assert_int_equal(v.l3, 22);
	assert_int_equal(v.tags, 2);

	/* A frame that ends inside a tag. */
	frame.len = 20;
	assert_int_equal(ether(&v), DP_DROP_runt);

	/* IP in LLC/SNAP is IP. */
	frame_build(&frame, &s);
	frame_snap(&frame);
	assert_int_equal(ether(&v), DP_DROP_NONE);
	assert_int_equal(v.type, TYPE_IPV4);
	assert_int_equal(v.l3, 22);
	frame.bytes[19] = 0xf8; /* 802.1H's bridge tunnel */
	assert_int_equal(ether(&v), DP_DROP_NONE);
	assert_int_equal(v.type, TYPE_IPV4);
	frame.bytes[14] = 0x42; /* another LLC: spanning tree's */
	assert_int_equal(ether(&v), DP_DROP_NONE);
	assert_true(v.type < 0x600);
	assert_int_equal(v.l3, 14);
	/* Cut at every length: never read past the end. */
	frame.bytes[14] = 0xaa;
	for (frame.len = 22; frame.len >= 14; frame.len--)
		assert_int_equal(ether(&v), DP_DROP_NONE);
}

/* Tags in SNAP in tags: the walk ends. */
static void
test_ether_nesting(void **state)
{
	struct frame_spec s = { .proto = PROTO_UDP };
	struct ether_view v;

	(void)state;
	frame_build(&frame, &s);
	for (int i = 0; i < 100; i++)
		frame_tag(&frame, TYPE_VLAN, 0);
	assert_int_equal(ether(&v), DP_DROP_NONE);
	assert_true(v.tags > 1);
	frame_build(&frame, &s);
	for (int i = 0; i < 100; i++)
		frame_snap(&frame);
	assert_int_equal(ether(&v), DP_DROP_NONE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_protocols),
		cmocka_unit_test(test_short_layer4),
		cmocka_unit_test(test_every_truncation),
		cmocka_unit_test(test_bad_headers),
		cmocka_unit_test(test_ether),
		cmocka_unit_test(test_ether_nesting),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
