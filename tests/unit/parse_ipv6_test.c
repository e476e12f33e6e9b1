/*
 * parse_ipv6_test.c - IPv6 packets to keys: every extension header, every way a chain can break,
 * every truncation.
 *
 * Packets are parsed from buffers of exactly their length on the heap, so that a sanitizer build
 * sees any byte read too many.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "dataplane/packet.h"
#include "dataplane/parse.h"
#include "tests/lib/frames.h"

enum { ETHER = 14, PLAIN = ACL_IS_IPV6, LAYER4 = ACL_HAS_PORTS | ACL_HAS_TCP_FLAGS };

static struct frame frame;

static enum dp_drop
parse_exact(size_t len, struct acl_key *key)
{
	uint8_t *copy = malloc(len != 0 ? len : 1);
	enum dp_drop why;

	assert_non_null(copy);
	memcpy(copy, frame.bytes + ETHER, len);
	why = parse_ipv6(copy, len, key);
	free(copy);
	return why;
}

static struct acl_key
parse_whole(void)
{
	struct acl_key key;

	assert_int_equal(parse_exact(frame.len - ETHER, &key), DP_DROP_NONE);
	return key;
}

static void
build(uint8_t proto)
{
	struct frame_spec s = { .ipv6 = true,
		.proto = proto,
		.from = 1,
		.to = 9,
		.sport = 1034,
		.dport = 25,
		.tcp_flags = 0x12,
		.payload = 20 };

	frame_build(&frame, &s);
}

static void
extend(uint8_t proto, uint8_t length, uint8_t type)
{
	uint8_t header[2048] = { 0, length, type };
	size_t len = proto == PROTO_FRAGMENT ? 8
		     : proto == PROTO_AUTH   ? (length + 2u) * 4
					     : (length + 1u) * 8;

	frame_extend(&frame, proto, header, len);
}

static void
fragment(uint16_t offset_and_flags)
{
	uint8_t header[8] = { 0, 0, (uint8_t)(offset_and_flags >> 8), (uint8_t)offset_and_flags };

	frame_extend(&frame, PROTO_FRAGMENT, header, sizeof(header));
}

static void
test_fields(void **state)
{
	struct acl_key key;

	(void)state;
	build(PROTO_TCP);
	memcpy(frame.bytes + ETHER, "\x6b\x9a\xbc\xde", 4);
	frame.bytes[ETHER + 7] = 3;
	memcpy(frame.bytes + ETHER + 8,
		"\x20\x01\x0d\xb8\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c", 16);
	memcpy(frame.bytes + ETHER + 24,
		"\xfe\x80\x00\x00\x00\x00\x00\x00\x02\x00\x00\xff\xfe\x00\x00\x09", 16);
	key = parse_whole();
	assert_int_equal(key.has, PLAIN | LAYER4);
	assert_true(key.src6[0] == 0x20010db801020304 && key.src6[1] == 0x05060708090a0b0c);
	assert_true(key.dst6[0] == 0xfe80000000000000 && key.dst6[1] == 0x020000fffe000009);
	assert_int_equal(key.tos, 0xb9);
	assert_int_equal(key.flow_label, 0xabcde);
	assert_int_equal(key.ttl, 3);
	assert_int_equal(key.proto, PROTO_TCP);
	assert_int_equal(key.sport, 1034);
	assert_int_equal(key.dport, 25);
	assert_int_equal(key.tcp_flags, 0x12);
	assert_int_equal(key.ext, 0);
	assert_int_equal(key.options, 0);
}

static void
test_protocols(void **state)
{
	static const struct {
		uint8_t proto, has;
	} row[] = {
		{ PROTO_TCP, LAYER4 },
		{ PROTO_UDP, ACL_HAS_PORTS },
		{ PROTO_SCTP, ACL_HAS_PORTS },
		{ PROTO_ICMPV6, ACL_HAS_ICMP },
		/* IPv4's are just numbers here; these two and an unknown one end the chain. */
		{ PROTO_ICMP, 0 },
		{ PROTO_IGMP, 0 },
		{ PROTO_ESP, 0 },
		{ PROTO_NONE, 0 },
		{ 253, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct acl_key key;

		build(row[i].proto);
		for (int extended = 0; extended < 2; extended++) {
			key = parse_whole();
			assert_int_equal(key.proto, row[i].proto);
			assert_int_equal(key.has, PLAIN | row[i].has);
			extend(PROTO_DESTINATION, 0, 0);
		}
		if ((key.has & ACL_HAS_ICMP) != 0) {
			assert_int_equal(key.icmp_type, 1034 & 0xff);
			assert_int_equal(key.icmp_code, 25);
		}
	}
}

/* ICMPv6 in an IPv4 packet is a number as well. */
static void
test_icmpv6_in_ipv4(void **state)
{
	struct frame_spec s = { .proto = PROTO_ICMPV6, .sport = 128, .payload = 8 };
	struct acl_key key;

	(void)state;
	frame_build(&frame, &s);
	assert_int_equal(parse_ipv4(frame.bytes + ETHER, frame.len - ETHER, &key), DP_DROP_NONE);
	assert_int_equal(key.has, 0);
}

static void
test_each_extension(void **state)
{
	static const struct {
		uint8_t proto, length, type, bit;
	} row[] = {
		{ PROTO_HOP_BY_HOP, 0, 5, ACL_EXT_HBH },
		{ PROTO_HOP_BY_HOP, 255, 0, ACL_EXT_HBH },
		{ PROTO_DESTINATION, 3, 1, ACL_EXT_DEST },
		{ PROTO_ROUTING, 2, 4, ACL_EXT_ROUTING },
		{ PROTO_ROUTING, 0, 0, ACL_EXT_ROUTING },
		{ PROTO_FRAGMENT, 0, 0, ACL_EXT_FRAGMENT },   /* an atomic fragment */
		{ PROTO_FRAGMENT, 255, 0, ACL_EXT_FRAGMENT }, /* its second byte is no length */
		{ PROTO_AUTH, 1, 0, ACL_EXT_AUTH },
		{ PROTO_AUTH, 4, 0, ACL_EXT_AUTH },
		{ PROTO_MOBILITY, 1, 5, ACL_EXT_MOBILITY },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct acl_key key;

		build(PROTO_TCP);
		extend(row[i].proto, row[i].length, row[i].type);
		key = parse_whole();
		assert_int_equal(key.has, PLAIN | LAYER4);
		assert_int_equal(key.proto, PROTO_TCP);
		assert_int_equal(key.dport, 25);
		assert_int_equal(key.ext, row[i].bit);
		assert_int_equal(key.routing_type, row[i].proto == PROTO_ROUTING ? row[i].type : 0);
		assert_int_equal(
			key.mobility_type, row[i].proto == PROTO_MOBILITY ? row[i].type : 0);
	}
}

/* All of them, in the order that RFC 8200 recommends. */
static void
build_all(void)
{
	build(PROTO_TCP);
	extend(PROTO_MOBILITY, 0, 7);
	extend(PROTO_DESTINATION, 1, 0);
	extend(PROTO_AUTH, 4, 0);
	fragment(1);
	extend(PROTO_ROUTING, 2, 3);
	extend(PROTO_DESTINATION, 0, 0);
	extend(PROTO_HOP_BY_HOP, 1, 0);
}

static void
test_all_extensions(void **state)
{
	struct acl_key key;

	(void)state;
	build_all();
	key = parse_whole();
	assert_int_equal(key.has, PLAIN | LAYER4);
	assert_int_equal(key.ext, 0x3f);
	assert_int_equal(key.routing_type, 3);
	assert_int_equal(key.mobility_type, 7);
	assert_int_equal(key.dport, 25);
}

static void
test_fragments(void **state)
{
	struct acl_key key;

	(void)state;
	build(PROTO_UDP);
	fragment(0x0001); /* the first of several */
	key = parse_whole();
	assert_int_equal(key.has, PLAIN | ACL_HAS_PORTS);
	assert_int_equal(key.ext, ACL_EXT_FRAGMENT);
	build(PROTO_UDP);
	fragment(0x0006); /* reserved bits are no offset */
	assert_int_equal(parse_whole().has, PLAIN | ACL_HAS_PORTS);
	build(PROTO_UDP);
	fragment(0x0008); /* a later one, the last */
	key = parse_whole();
	assert_int_equal(key.has, PLAIN | ACL_NONINITIAL);
	assert_int_equal(key.proto, PROTO_UDP);
	assert_int_equal(key.sport, 0);

	/* What was seen before the fragment header stays known. */
	extend(PROTO_ROUTING, 0, 2);
	key = parse_whole();
	assert_int_equal(key.has, PLAIN | ACL_NONINITIAL);
	assert_int_equal(key.ext, ACL_EXT_FRAGMENT | ACL_EXT_ROUTING);

	/* A later fragment of a packet whose layer 4 was behind more headers: who knows which. */
	build(PROTO_UDP);
	extend(PROTO_DESTINATION, 0, 0);
	fragment(0xfff8);
	key = parse_whole();
	assert_int_equal(key.has, PLAIN | ACL_NONINITIAL | ACL_UNDETERMINED);
	assert_int_equal(key.proto, PROTO_DESTINATION);
	assert_int_equal(key.ext, ACL_EXT_FRAGMENT);
}

static void
assert_broken(uint8_t proto, uint8_t ext)
{
	struct acl_key key = parse_whole();

	assert_int_equal(key.has, PLAIN | ACL_UNDETERMINED);
	assert_int_equal(key.proto, proto);
	assert_int_equal(key.ext, ext);
	assert_int_equal(key.sport | key.dport | key.tcp_flags, 0);
}

static void
test_broken_chains(void **state)
{
	(void)state;
	/* Hop-by-hop options belong first. */
	build(PROTO_TCP);
	extend(PROTO_HOP_BY_HOP, 0, 0);
	extend(PROTO_DESTINATION, 0, 0);
	assert_broken(PROTO_HOP_BY_HOP, ACL_EXT_DEST | ACL_EXT_HBH);
	/* An authentication header is twelve bytes at least. */
	build(PROTO_TCP);
	frame_extend(&frame, PROTO_AUTH, "\0\0\0\0\0\0\0", 8);
	assert_broken(PROTO_AUTH, ACL_EXT_AUTH);
	/* Two routing or mobility headers: fine alike, one type too many otherwise. */
	for (int same = 0; same < 2; same++) {
		for (int mobility = 0; mobility < 2; mobility++) {
			uint8_t proto = mobility ? PROTO_MOBILITY : PROTO_ROUTING;
			uint8_t bit = mobility ? ACL_EXT_MOBILITY : ACL_EXT_ROUTING;

			build(PROTO_TCP);
			extend(proto, 0, same ? 4 : 0);
			extend(proto, 0, 4);
			if (!same)
				assert_broken(proto, bit);
			else
				assert_int_equal(parse_whole().has, PLAIN | LAYER4);
			assert_int_equal(
				mobility ? parse_whole().mobility_type : parse_whole().routing_type,
				4);
		}
	}
	/* A header that is longer than the packet. */
	build(PROTO_TCP);
	extend(PROTO_ROUTING, 0, 9);
	frame.bytes[ETHER + 41] = 5; /* 48 bytes: up to the very end */
	assert_int_equal(parse_whole().has, PLAIN);
	frame.bytes[ETHER + 41] = 6;
	assert_broken(PROTO_ROUTING, ACL_EXT_ROUTING);
	assert_int_equal(parse_whole().routing_type, 9);
}

static void
test_long_chains(void **state)
{
	(void)state;
	build(PROTO_TCP);
	for (int i = 0; i < IPV6_EXTENSIONS_MAX; i++)
		extend(PROTO_DESTINATION, 0, 0);
	assert_int_equal(parse_whole().has, PLAIN | LAYER4);
	extend(PROTO_DESTINATION, 0, 0);
	assert_broken(PROTO_DESTINATION, ACL_EXT_DEST);
	for (int i = 0; i < 5000; i++)
		extend(PROTO_DESTINATION, 0, 0);
	assert_broken(PROTO_DESTINATION, ACL_EXT_DEST);
}

/* The payload length ends the packet at every place of the longest chain; what follows is padding. */
static void
test_every_short_payload(void **state)
{
	/* Where each header of build_all() starts, and what it is. */
	static const struct {
		size_t at;
		uint8_t proto, bit;
	} header[] = {
		{ 40, PROTO_HOP_BY_HOP, ACL_EXT_HBH },
		{ 56, PROTO_DESTINATION, ACL_EXT_DEST },
		{ 64, PROTO_ROUTING, ACL_EXT_ROUTING },
		{ 88, PROTO_FRAGMENT, ACL_EXT_FRAGMENT },
		{ 96, PROTO_AUTH, ACL_EXT_AUTH },
		{ 120, PROTO_DESTINATION, ACL_EXT_DEST },
		{ 136, PROTO_MOBILITY, ACL_EXT_MOBILITY },
		{ 144, PROTO_TCP, 0 },
	};
	size_t whole;

	(void)state;
	build_all();
	whole = frame.len - ETHER;
	for (size_t end = 40; end <= whole; end++) {
		uint8_t proto = PROTO_HOP_BY_HOP, ext = 0, has = PLAIN;
		struct acl_key key, padded;

		for (size_t i = 0; i < 8 && header[i].at <= end; i++) {
			proto = header[i].proto;
			ext |= end >= header[i].at + 8 ? header[i].bit : 0;
		}
		has |= end < 144 ? ACL_UNDETERMINED : 0;
		has |= end >= 148 ? ACL_HAS_PORTS : 0;
		has |= end >= 158 ? ACL_HAS_TCP_FLAGS : 0;
		store16(frame.bytes + ETHER + 4, (uint16_t)(end - 40));
		assert_int_equal(parse_exact(end, &key), DP_DROP_NONE);
		assert_int_equal(key.has, has);
		assert_int_equal(key.proto, proto);
		assert_int_equal(key.ext, ext);
		assert_int_equal(parse_exact(whole, &padded), DP_DROP_NONE);
		assert_memory_equal(&key, &padded, sizeof(key));
	}
}

/* A good packet cut off at every length is refused for the right reason. */
static void
test_every_truncation(void **state)
{
	struct acl_key key;

	(void)state;
	build_all();
	for (size_t len = 0; len < frame.len - ETHER; len++)
		assert_int_equal(parse_exact(len, &key),
			len < 40 ? DP_DROP_ip6_header_short : DP_DROP_ip6_bad_payload_length);
	frame.bytes[ETHER] = 0x45;
	for (size_t len = 1; len <= frame.len - ETHER; len++)
		assert_int_equal(parse_exact(len, &key), DP_DROP_ip6_bad_version);
	/* A payload length of 0 is the whole packet, a jumbogram's too: its options are cut off. */
	frame.bytes[ETHER] = 0x60;
	store16(frame.bytes + ETHER + 4, 0);
	assert_broken(PROTO_HOP_BY_HOP, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_protocols),
		cmocka_unit_test(test_icmpv6_in_ipv4),
		cmocka_unit_test(test_each_extension),
		cmocka_unit_test(test_all_extensions),
		cmocka_unit_test(test_fragments),
		cmocka_unit_test(test_broken_chains),
		cmocka_unit_test(test_long_chains),
		cmocka_unit_test(test_every_short_payload),
		cmocka_unit_test(test_every_truncation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
