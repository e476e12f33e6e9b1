/*
 * parse_random_test.c - every prefix of random frames, against a second, plainer reading of them.
 *
 * Frames are random bytes, or good frames with some bytes changed.  Each prefix is parsed from a
 * buffer of exactly its length on the heap, so that a sanitizer build sees any byte read too many.
 * The oracle below follows the RFCs in its own way; where a packet may not be read at all it only
 * says so, since the reasons have tests of their own.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "dataplane/packet.h"
#include "dataplane/parse.h"
#include "tests/lib/dice.h"
#include "tests/lib/frames.h"

enum { FRAMES = 3000, LONGEST = 400 };

static struct frame frame;

static void
oracle_layer4(const uint8_t *p, size_t n, bool v6, struct acl_key *k)
{
	if ((k->proto == 6 || k->proto == 17 || k->proto == 132) && n >= 4) {
		k->sport = (uint16_t)(p[0] * 256 + p[1]);
		k->dport = (uint16_t)(p[2] * 256 + p[3]);
		k->has |= ACL_HAS_PORTS;
	}
	if (k->proto == 6 && n >= 14) {
		k->tcp_flags = p[13] % 64;
		k->has |= ACL_HAS_TCP_FLAGS;
	}
	if (k->proto == (v6 ? 58 : 1) && n >= 2) {
		k->icmp_type = p[0];
		k->icmp_code = p[1];
		k->has |= ACL_HAS_ICMP;
	}
	if (k->proto == 2 && !v6 && n >= 1) {
		k->icmp_type = p[0];
		k->has |= ACL_HAS_IGMP;
	}
}

static bool
oracle_ipv4(const uint8_t *p, size_t n, struct acl_key *k)
{
	size_t header, total;

	memset(k, 0, sizeof(*k));
	if (n < 20 || p[0] / 16 != 4)
		return false;
	header = p[0] % 16 * 4u;
	total = p[2] * 256u + p[3];
	if (header < 20 || total < header || total > n)
		return false;
	for (int i = 0; i < 4; i++) {
		k->src = k->src * 256 + p[12 + i];
		k->dst = k->dst * 256 + p[16 + i];
	}
	k->tos = p[1];
	k->ttl = p[8];
	k->proto = p[9];
	k->has = header > 20 ? ACL_HAS_OPTIONS : 0;
	for (size_t at = 20; at < header;) {
		size_t size = p[at] < 2 ? 1 : at + 1 < header ? p[at + 1] : 0;

		if (size == 0 || (p[at] >= 2 && size < 2) || at + size > header)
			break;
		if (memchr(k->option, p[at], k->options) == NULL)
			k->option[k->options++] = p[at];
		if (p[at] == 0)
			break;
		at += size;
	}
	if (p[6] % 32 * 256 + p[7] != 0)
		k->has |= ACL_NONINITIAL;
	else
		oracle_layer4(p + header, total - header, false, k);
	return true;
}

/* What stands at p, `n` bytes long at most, `depth` headers behind the IPv6 header. */
static void
oracle_chain(const uint8_t *p, size_t n, uint8_t proto, int depth, struct acl_key *k)
{
	static const uint8_t number[] = { 0, 60, 43, 44, 51, 135 };
	static const uint8_t bit[] = { 1, 2, 4, 8, 16, 32 }; /* enum acl_key_ext, in that order */
	const uint8_t *which = memchr(number, proto, sizeof(number));
	bool again, legal = true;
	size_t len;

	k->proto = proto;
	if (which == NULL) {
		if ((k->has & ACL_NONINITIAL) == 0)
			oracle_layer4(p, n, true, k);
		return;
	}
	if ((k->has & ACL_NONINITIAL) != 0 || depth == 16 || n < 8) {
		k->has |= ACL_UNDETERMINED;
		return;
	}
	again = (k->ext & bit[which - number]) != 0;
	k->ext |= bit[which - number];
	len = proto == 44 ? 8 : proto == 51 ? p[1] * 4u + 8 : p[1] * 8u + 8;
	if (proto == 0)
		legal = depth == 0;
	if (proto == 51)
		legal = p[1] != 0;
	if (proto == 43 || proto == 135) {
		uint8_t *type = proto == 43 ? &k->routing_type : &k->mobility_type;

		legal = !again || *type == p[2];
		if (!again)
			*type = p[2];
	}
	if (proto == 44 && p[2] * 256 + p[3] >= 8)
		k->has |= ACL_NONINITIAL;
	if (legal && len <= n)
		oracle_chain(p + len, n - len, p[0], depth + 1, k);
	else
		k->has |= ACL_UNDETERMINED;
}

static bool
oracle_ipv6(const uint8_t *p, size_t n, struct acl_key *k)
{
	memset(k, 0, sizeof(*k));
	if (n < 40 || p[0] / 16 != 6 || 40u + p[4] * 256u + p[5] > n)
		return false;
	for (int i = 0; i < 16; i++) {
		k->src6[i / 8] = k->src6[i / 8] << 8 | p[8 + i];
		k->dst6[i / 8] = k->dst6[i / 8] << 8 | p[24 + i];
	}
	k->has = ACL_IS_IPV6;
	k->tos = (uint8_t)(p[0] % 16 * 16 + p[1] / 16);
	k->flow_label = p[1] % 16 * 65536u + p[2] * 256u + p[3];
	k->ttl = p[7];
	oracle_chain(p + 40, p[4] * 256u + p[5], p[6], 0, k);
	return true;
}

static void
compare(const uint8_t *p, size_t n)
{
	struct acl_key want, got;

	assert_int_equal(parse_ipv4(p, n, &got) == DP_DROP_NONE, oracle_ipv4(p, n, &want));
	if (parse_ipv4(p, n, &got) == DP_DROP_NONE)
		assert_memory_equal(&got, &want, sizeof(got));
	assert_int_equal(parse_ipv6(p, n, &got) == DP_DROP_NONE, oracle_ipv6(p, n, &want));
	if (parse_ipv6(p, n, &got) == DP_DROP_NONE)
		assert_memory_equal(&got, &want, sizeof(got));
}

/* A prefix as a whole frame, and whatever it holds as both families. */
static void
parse_prefix(size_t len)
{
	uint8_t *copy = malloc(len != 0 ? len : 1);
	struct acl_mac_key mac;
	struct ether_view v;

	assert_non_null(copy);
	memcpy(copy, frame.bytes, len);
	if (len >= ETHER_HEADER &&
		parse_ether(copy, len, load16(copy + 12), ETHER_HEADER, &v) == DP_DROP_NONE) {
		assert_in_range(v.l3, ETHER_HEADER, len);
		compare(copy + v.l3, len - v.l3);
		parse_mac(copy, len, &v, 1, 0, &mac);
		assert_true(mac.ethertype == 0 || mac.ethertype == v.type);
	} else {
		compare(copy, len);
	}
	free(copy);
}

static void
random_extension(struct dice *d)
{
	static const uint8_t protos[] = { 0, 60, 43, 44, 51, 135, 60, 43 };
	uint8_t proto = protos[dice_below(d, sizeof(protos))];
	uint8_t header[32] = { 0 };

	header[1] = (uint8_t)dice_below(d, 3);
	header[2] = (uint8_t)dice_below(d, 3);
	header[3] = (uint8_t)dice_below(d, 2);
	if (proto == 44 && dice_below(d, 2) == 0)
		header[2] = 0;
	frame_extend(&frame, proto, header,
		proto == 44   ? 8
		: proto == 51 ? (header[1] + 2u) * 4
			      : (header[1] + 1u) * 8);
}

static void
random_good(struct dice *d)
{
	static const uint8_t protos[] = { 6, 17, 132, 1, 58, 2, 50, 59, 47 };
	struct frame_spec s = {
		.ipv6 = dice_below(d, 3) != 0,
		.proto = protos[dice_below(d, sizeof(protos))],
		.sport = (uint16_t)dice_below(d, 65536),
		.dport = (uint16_t)dice_below(d, 65536),
		.tcp_flags = (uint8_t)dice_below(d, 256),
		.payload = dice_below(d, 40),
		.options = 4 * dice_below(d, 11),
		.fragment = (uint16_t)(dice_below(d, 4) == 0 ? dice_below(d, 65536) : 0),
	};

	frame_build(&frame, &s);
	for (size_t i = 0; !s.ipv6 && i < s.options; i++)
		frame.bytes[34 + i] = (uint8_t)dice_below(d, dice_below(d, 2) == 0 ? 4 : 256);
	for (uint32_t n = s.ipv6 ? dice_below(d, 6) : 0; n > 0; n--)
		random_extension(d);
	if (dice_below(d, 16) == 0)
		frame_snap(&frame);
	if (dice_below(d, 8) == 0)
		frame_tag(&frame, 0x8100, (uint16_t)dice_below(d, 65536));
}

static void
test_random_frames(void **state)
{
	struct dice d = dice_from_environment("parse_random_test");

	(void)state;
	for (int i = 0; i < FRAMES; i++) {
		uint32_t changes = dice_below(&d, 4);

		if (dice_below(&d, 10) == 0) {
			frame.len = dice_below(&d, LONGEST);
			changes = (uint32_t)frame.len;
		} else {
			random_good(&d);
		}
		for (uint32_t n = 0; n < changes; n++)
			frame.bytes[dice_below(&d, (uint32_t)frame.len)] =
				(uint8_t)dice_below(&d, 256);
		for (size_t len = 0; len <= frame.len; len++)
			parse_prefix(len);
		/* Padding behind the packet changes nothing. */
		for (int pad = 0; pad < 8; pad++)
			frame.bytes[frame.len++] = (uint8_t)dice_below(&d, 256);
		parse_prefix(frame.len);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_random_frames),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
