/*
 * ipv6_random.c - random IPv6 entries and packets.
 *
 * Addresses differ in few places, among them the two sides of the middle, where their halves meet,
 * and prefixes end around those places.
 */
#include "tests/lib/ipv6_random.h"

#include <string.h>

#include "tests/lib/acl_lines.h"
#include "tests/lib/acl_random.h"

enum {
	HBH = 0,
	TCP = 6,
	UDP = 17,
	ROUTING = 43,
	FRAGMENT = 44,
	ESP = 50,
	AUTH = 51,
	ICMP = 58,
	DEST = 60,
	SCTP = 132,
	MOBILITY = 135,
};

static void
random_ipv6(struct dice *d, uint64_t addr[2])
{
	addr[0] = 0x20010db800000000 | dice_below(d, 3) << 16 | dice_below(d, 4);
	addr[1] = (uint64_t)dice_below(d, 4) << 62 | dice_below(d, 3);
	if (dice_one_in(d, 8))
		addr[0] = 0xfe80000000000000;
}

static void
clear_behind(uint64_t addr[2], unsigned len)
{
	for (unsigned bit = len; bit < 128; bit++)
		addr[bit / 64] &= ~(UINT64_C(1) << (63 - bit % 64));
}

static uint8_t
random_prefix(struct dice *d, uint64_t addr[2])
{
	static const uint8_t length[] = { 0, 0, 0, 10, 32, 48, 62, 63, 64, 64, 65, 66, 127, 128,
		128, 128 };
	uint8_t len = dice_one_in(d, 6) ? (uint8_t)dice_below(d, 129) : length[dice_below(d, 16)];

	random_ipv6(d, addr);
	clear_behind(addr, len);
	return len;
}

static struct ace_rare *
rare_of(struct ace *ace)
{
	if (ace->rare == NULL) {
		struct ace_room *room = line_room();

		room->rare = (struct ace_rare){ .option = ACE_UNSET,
			.flow_label = ACE_UNSET,
			.routing_type = ACE_UNSET,
			.mobility_type = ACE_UNSET,
			.ethertype = ACE_UNSET,
			.lsap = ACE_UNSET,
			.vlan = ACE_UNSET,
			.cos = ACE_UNSET };
		ace->rare = &room->rare;
	}
	return (struct ace_rare *)ace->rare;
}

static struct ace_ports
random_ports(struct dice *d)
{
	struct ace_ports p = { .op = PORT_ANY };

	if (dice_one_in(d, 2))
		return p;
	p.op = (uint8_t)(PORT_EQ + dice_below(d, 5));
	p.n = p.op == PORT_RANGE ? 2 : 1;
	for (unsigned i = 0; i < p.n; i++)
		p.port[i] = random_port(d);
	return p;
}

static int16_t
random_type(struct dice *d)
{
	static const uint8_t type[] = { 1, 1, 2, 3, 4, 128, 129, 133, 134, 135, 136, 138 };

	return dice_one_in(d, 6) ? (int16_t)dice_below(d, 256) : type[dice_below(d, 12)];
}

static void
random_layer4(struct dice *d, struct ace *ace)
{
	if (ace->proto == TCP || ace->proto == UDP || ace->proto == SCTP) {
		ace->sport = random_ports(d);
		ace->dport = random_ports(d);
	}
	if (ace->proto == TCP && dice_one_in(d, 3)) {
		ace->flags_op = dice_one_in(d, 2) ? FLAGS_ESTABLISHED : FLAGS_LISTED;
		if (ace->flags_op == FLAGS_LISTED)
			ace->flags = (uint8_t)(1 + dice_below(d, 63));
	}
	if (ace->proto == ICMP && !dice_one_in(d, 4)) {
		ace->icmp_type = random_type(d);
		if (dice_one_in(d, 2))
			ace->icmp_code = (int16_t)dice_below(d, dice_one_in(d, 4) ? 256 : 7);
	}
}

static void
random_headers(struct dice *d, struct ace *ace)
{
	static const uint8_t ext[] = { ACL_EXT_AUTH, ACL_EXT_DEST, ACL_EXT_HBH, ACL_EXT_MOBILITY,
		ACL_EXT_ROUTING };

	if (dice_one_in(d, 8))
		ace->dscp = (int8_t)dice_below(d, 64);
	if (dice_one_in(d, 10))
		rare_of(ace)->flow_label = (int32_t)dice_below(d, 0x100000);
	while (dice_one_in(d, 6))
		ace->ext |= ext[dice_below(d, 5)];
	if (dice_one_in(d, 12))
		rare_of(ace)->routing_type = (int16_t)dice_below(d, 4);
	if (dice_one_in(d, 16))
		rare_of(ace)->mobility_type = (int16_t)dice_below(d, 10);
	if (ace->any_proto && dice_one_in(d, 8))
		ace->undetermined = true;
}

static void
random_names(struct dice *d, struct ace *ace)
{
	static const char *const table[] = { "r0", "r1", "nobody" };

	if (dice_one_in(d, 8))
		rare_of(ace)->time_range = dice_one_in(d, 4) ? "closed" : "open";
	if (ace->action == ACL_PERMIT && dice_one_in(d, 4)) {
		rare_of(ace)->reflexive = table[dice_below(d, 3)];
		if (dice_one_in(d, 2))
			rare_of(ace)->reflect_timeout_s = 1 + dice_below(d, 2147483);
	}
}

struct ace
random_ipv6_ace(struct dice *d)
{
	static const uint8_t proto[] = { TCP, TCP, TCP, UDP, UDP, ICMP, ICMP, SCTP, ESP, AUTH, HBH,
		ROUTING, FRAGMENT, DEST, MOBILITY, 1, 108, 200 };
	struct ace ace = {
		.kind = ACL_IPV6,
		.action = ACL_PERMIT,
		.src6 = { 0 },
		.dscp = ACE_UNSET,
		.precedence = ACE_UNSET,
		.tos = ACE_UNSET,
		.icmp_type = ICMP_ANY,
		.icmp_code = ICMP_ANY,
	};

	if (dice_one_in(d, 12)) {
		ace.is_evaluate = true;
		rare_of(&ace)->reflexive = dice_one_in(d, 4) ? "nobody" : "r0";
		return ace;
	}
	ace.action = dice_one_in(d, 2) ? ACL_PERMIT : ACL_DENY;
	ace.src_len = random_prefix(d, ace.src6);
	ace.dst_len = random_prefix(d, ace.dst6);
	ace.log = (uint8_t)dice_below(d, 3);
	ace.any_proto = dice_one_in(d, 4);
	if (!ace.any_proto)
		ace.proto = proto[dice_below(d, 18)];
	if (dice_one_in(d, 10))
		ace.fragments = true;
	else
		random_layer4(d, &ace);
	random_headers(d, &ace);
	random_names(d, &ace);
	return ace;
}

/* ---- packets ---- */

/* An address of the prefix, or one that misses it by a bit, often the last or the next. */
static void
aimed_address(struct dice *d, const uint64_t prefix[2], uint8_t len, uint64_t addr[2])
{
	uint64_t other[2], wrong;

	random_ipv6(d, other);
	if (dice_one_in(d, 2)) {
		other[0] = dice_roll(d);
		other[1] = dice_roll(d);
	}
	memcpy(addr, other, sizeof(other));
	clear_behind(other, len);
	for (int i = 0; i < 2; i++)
		addr[i] = prefix[i] | (addr[i] & ~other[i]);
	wrong = dice_one_in(d, 2) ? dice_below(d, 128) : len - dice_below(d, 2);
	if (dice_one_in(d, 10) && wrong < 128)
		addr[wrong / 64] ^= UINT64_C(1) << (63 - wrong % 64);
}

static uint16_t
aimed_port(struct dice *d, const struct ace_ports *p)
{
	if (p->op == PORT_ANY || dice_one_in(d, 8))
		return random_port(d);
	return (uint16_t)(p->port[dice_below(d, p->n)] + dice_below(d, 3) - 1);
}

static uint8_t
extension_of(uint8_t proto)
{
	static const struct {
		uint8_t proto, ext;
	} row[] = {
		{ HBH, ACL_EXT_HBH },
		{ ROUTING, ACL_EXT_ROUTING },
		{ FRAGMENT, ACL_EXT_FRAGMENT },
		{ AUTH, ACL_EXT_AUTH },
		{ DEST, ACL_EXT_DEST },
		{ MOBILITY, ACL_EXT_MOBILITY },
	};

	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++)
		if (row[i].proto == proto)
			return row[i].ext;
	return 0;
}

/* The headers between the first and the last, and whether the last was reached. */
static void
random_chain(struct dice *d, const struct ace *aim, struct acl_key *key)
{
	static const uint8_t last[] = { TCP, UDP, ICMP, SCTP, ESP, 59, 1, 200 };
	uint8_t named = aim->any_proto || aim->is_evaluate ? 0 : extension_of(aim->proto);

	key->proto = last[dice_below(d, 8)];
	if (!aim->any_proto && !aim->is_evaluate && named == 0 && !dice_one_in(d, 10))
		key->proto = aim->proto;
	if (!dice_one_in(d, 6))
		key->ext = aim->ext | named;
	if (dice_one_in(d, 3))
		key->ext |= (uint8_t)dice_below(d, 64);
	if (aim->rare != NULL && aim->rare->routing_type != ACE_UNSET && !dice_one_in(d, 6))
		key->ext |= ACL_EXT_ROUTING;
	if (aim->rare != NULL && aim->rare->mobility_type != ACE_UNSET && !dice_one_in(d, 6))
		key->ext |= ACL_EXT_MOBILITY;
	if (dice_one_in(d, aim->fragments ? 2 : 10))
		key->has |= ACL_NONINITIAL;
	if (dice_one_in(d, aim->undetermined ? 2 : 10))
		key->has |= ACL_UNDETERMINED;
	if (key->has & ACL_NONINITIAL)
		key->ext |= ACL_EXT_FRAGMENT;
	if (key->has & ACL_UNDETERMINED) {
		static const uint8_t broken[] = { HBH, ROUTING, FRAGMENT, AUTH, DEST, MOBILITY };

		key->proto = broken[dice_below(d, 6)];
	}
	if (key->ext & ACL_EXT_ROUTING)
		key->routing_type = (uint8_t)dice_below(d, 4);
	if (key->ext & ACL_EXT_MOBILITY)
		key->mobility_type = (uint8_t)dice_below(d, 10);
}

static void
random_payload(struct dice *d, const struct ace *aim, struct acl_key *key)
{
	if ((key->has & (ACL_NONINITIAL | ACL_UNDETERMINED)) || dice_one_in(d, 10))
		return;
	if (key->proto == TCP || key->proto == UDP || key->proto == SCTP) {
		key->has |= ACL_HAS_PORTS;
		key->sport = aimed_port(d, &aim->sport);
		key->dport = aimed_port(d, &aim->dport);
	}
	if (key->proto == TCP && !dice_one_in(d, 10)) {
		key->has |= ACL_HAS_TCP_FLAGS;
		key->tcp_flags = dice_one_in(d, 2) ? aim->flags : (uint8_t)dice_below(d, 64);
	}
	if (key->proto != ICMP)
		return;
	key->has |= ACL_HAS_ICMP;
	key->icmp_type = (uint8_t)random_type(d);
	key->icmp_code = (uint8_t)dice_below(d, 8);
	if (aim->icmp_type != ICMP_ANY && !dice_one_in(d, 4))
		key->icmp_type = (uint8_t)aim->icmp_type;
	if (aim->icmp_code != ICMP_ANY && !dice_one_in(d, 4))
		key->icmp_code = (uint8_t)aim->icmp_code;
}

struct acl_key
random_ipv6_key(struct dice *d, const struct ace *aim)
{
	struct acl_key key = {
		.src6 = { 0 },
		.has = ACL_IS_IPV6,
		.tos = (uint8_t)dice_below(d, 256),
		.ttl = (uint8_t)dice_below(d, 256),
		.flow_label = dice_below(d, 0x100000),
	};

	aimed_address(d, aim->src6, aim->src_len, key.src6);
	aimed_address(d, aim->dst6, aim->dst_len, key.dst6);
	random_chain(d, aim, &key);
	random_payload(d, aim, &key);
	if (aim->dscp != ACE_UNSET && !dice_one_in(d, 6))
		key.tos = (uint8_t)(aim->dscp << 2 | (key.tos & 3));
	if (aim->rare != NULL && aim->rare->flow_label != ACE_UNSET && !dice_one_in(d, 6))
		key.flow_label = (uint32_t)aim->rare->flow_label;
	if (aim->rare != NULL && aim->rare->routing_type != ACE_UNSET &&
		(key.ext & ACL_EXT_ROUTING) && !dice_one_in(d, 4))
		key.routing_type = (uint8_t)aim->rare->routing_type;
	if (aim->rare != NULL && aim->rare->mobility_type != ACE_UNSET &&
		(key.ext & ACL_EXT_MOBILITY) && !dice_one_in(d, 4))
		key.mobility_type = (uint8_t)aim->rare->mobility_type;
	return key;
}
