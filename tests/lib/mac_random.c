/*
 * mac_random.c - random entries and frames: few addresses and types, so that entries overlap and frames
 * meet them.
 */
#include "tests/lib/mac_random.h"

#include "tests/lib/acl_lines.h"

static uint64_t
random_station(struct dice *d)
{
	static const uint64_t station[] = { 0x000100ff0235, 0x000100ff0236, 0x0060b0000000,
		0x01000ccccccc, 0xffffffffffff, 0 };

	return station[dice_below(d, 6)] ^ dice_below(d, 4);
}

static struct ace_mac
random_place(struct dice *d)
{
	static const uint64_t wild[] = { 0, 0, 0xffffffffffff, 0xffffffffffff, 3, 0xffffff,
		0xff0000000001, 0xfffffffffffe };
	struct ace_mac a = { .wild = wild[dice_below(d, 8)] };

	a.addr = random_station(d) & ~a.wild;
	return a;
}

static uint16_t
random_type(struct dice *d)
{
	static const uint16_t type[] = { 0x0806, 0x8863, 0x8864, 0x80f3, 0x6001, 0x6002, 0xaaaa,
		0x4242, 0x4243, 0 };

	return type[dice_below(d, 10)];
}

static uint16_t
random_wild(struct dice *d)
{
	static const uint16_t wild[] = { 0, 0, 0, 1, 0xff, 0xff00, 0xd8fe, 0xffff };

	return wild[dice_below(d, 8)];
}

struct ace
random_mac_ace(struct dice *d)
{
	struct ace ace = line_ace(
		dice_one_in(d, 2) ? "permit any any cos 0" : "deny any any cos 0", ACL_MAC);
	struct ace_rare *rare = (struct ace_rare *)ace.rare;

	ace.src_mac = random_place(d);
	ace.dst_mac = random_place(d);
	rare->cos = dice_one_in(d, 4) ? (int8_t)dice_below(d, 8) : ACE_UNSET;
	rare->vlan = dice_one_in(d, 4) ? (int16_t)(1 + dice_below(d, 3)) : ACE_UNSET;
	if (dice_one_in(d, 2))
		return ace;
	rare->type_wild = random_wild(d);
	if (dice_one_in(d, 2))
		rare->ethertype = random_type(d) & ~rare->type_wild;
	else
		rare->lsap = random_type(d) & ~rare->type_wild;
	return ace;
}

struct acl_mac_key
random_mac_key(struct dice *d, const struct ace *aim)
{
	struct acl_mac_key key = { .src = random_station(d),
		.dst = random_station(d),
		.vlan = (uint16_t)(1 + dice_below(d, 3)),
		.cos = (uint8_t)dice_below(d, 8) };

	if (!dice_one_in(d, 4))
		key.src = aim->src_mac.addr | (dice_roll(d) & aim->src_mac.wild);
	if (!dice_one_in(d, 4))
		key.dst = aim->dst_mac.addr | (dice_roll(d) & aim->dst_mac.wild);
	if (dice_one_in(d, 8))
		key.src ^= 1ULL << dice_below(d, 48);
	switch (dice_below(d, 3)) {
	case 0:
		key.lsap = random_type(d);
		break;
	case 1:
		key.lsap = 0xaaaa;
		/* fall through */
	default:
		key.ethertype = random_type(d);
		break;
	}
	return key;
}
