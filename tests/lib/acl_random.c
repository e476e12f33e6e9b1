/*
 * acl_random.c - random entries and packets.
 *
 * Addresses come from a few networks and ports from a few values and their neighbours, so that
 * entries overlap and packets fall on boundaries; a uniform choice would hardly ever match.
 */
#include "tests/lib/acl_random.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum {
	ICMP = 1,
	TCP = 6,
	UDP = 17,
};

struct dice
dice_from_environment(const char *test)
{
	const char *text = getenv("ACEGATE_TEST_SEED");
	struct dice d = { .state = text != NULL ? strtoull(text, NULL, 10) : (uint64_t)time(NULL) };

	printf("# %s: ACEGATE_TEST_SEED=%llu\n", test, (unsigned long long)d.state);
	return d;
}

/* splitmix64 */
static uint64_t
dice_roll(struct dice *d)
{
	uint64_t z = d->state += 0x9e3779b97f4a7c15ULL;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ z >> 27) * 0x94d049bb133111ebULL;
	return z ^ z >> 31;
}

uint32_t
dice_below(struct dice *d, uint32_t n)
{
	return (uint32_t)((dice_roll(d) >> 32) * n >> 32);
}

static bool
one_in(struct dice *d, uint32_t n)
{
	return dice_below(d, n) == 0;
}

static uint32_t
random_address(struct dice *d)
{
	static const uint32_t net[] = { 0x0a000000, 0xc0a8c800, 0xac100000, 0xffffff00, 0 };

	return net[dice_below(d, 5)] ^ (dice_below(d, 8) << 8) ^ dice_below(d, 16);
}

static struct ace_addr
random_place(struct dice *d)
{
	struct ace_addr a = { .addr = random_address(d) };

	switch (dice_below(d, 16)) {
	case 0:
	case 1:
		a.wild = UINT32_MAX;
		break;
	case 2:
	case 3:
	case 4:
		a.wild = (uint32_t)dice_roll(d) & (uint32_t)dice_roll(d) & 0xff0fff;
		break;
	case 5:
		a.wild = UINT32_MAX >> dice_below(d, 32);
		break;
	case 6:
	case 7:
	case 8:
		a.wild = UINT32_MAX >> (16 + dice_below(d, 16));
		break;
	default:
		a.wild = 0;
		break;
	}
	a.addr &= ~a.wild;
	return a;
}

static uint16_t
random_port(struct dice *d)
{
	static const uint16_t port[] = { 0, 1, 7, 23, 25, 53, 80, 443, 514, 1023, 1024, 65534,
		65535 };

	return one_in(d, 3) ? (uint16_t)dice_roll(d) : port[dice_below(d, 13)];
}

static struct ace_ports
random_ports(struct dice *d)
{
	struct ace_ports p = { .op = PORT_ANY };

	if (one_in(d, 2))
		return p;
	p.op = (uint8_t)(PORT_EQ + dice_below(d, 5));
	p.n = 1;
	if (p.op == PORT_RANGE)
		p.n = 2;
	else if ((p.op == PORT_EQ || p.op == PORT_NEQ) && one_in(d, 3))
		p.n = (uint8_t)(1 + dice_below(d, ACE_PORTS_MAX));
	for (unsigned i = 0; i < p.n; i++)
		p.port[i] = random_port(d);
	return p;
}

static void
random_protocol(struct dice *d, struct ace *ace)
{
	static const uint8_t proto[] = { ICMP, TCP, TCP, TCP, UDP, UDP, 2, 4, 47, 200 };

	if (one_in(d, 6)) {
		ace->any_proto = true;
		return;
	}
	ace->proto = proto[dice_below(d, 10)];
	if (ace->proto == 4 || ace->proto == 2)
		ace->proto_other = one_in(d, 2);
}

static void
random_layer4(struct dice *d, struct ace *ace)
{
	if (ace->proto == TCP || ace->proto == UDP) {
		ace->sport = random_ports(d);
		ace->dport = random_ports(d);
	}
	if (ace->proto == TCP && one_in(d, 3)) {
		ace->flags_op = one_in(d, 2) ? FLAGS_ESTABLISHED : FLAGS_LISTED;
		if (ace->flags_op == FLAGS_LISTED)
			ace->flags = (uint8_t)(1 + dice_below(d, 63));
	}
	if (ace->proto == ICMP && !one_in(d, 3)) {
		ace->icmp_type = (int16_t)(one_in(d, 4) ? dice_below(d, 256) : dice_below(d, 20));
		if (one_in(d, 2))
			ace->icmp_code = (int16_t)dice_below(d, one_in(d, 4) ? 256 : 16);
	}
}

struct ace
random_ace(struct dice *d, enum acl_kind kind)
{
	struct ace ace = {
		.action = one_in(d, 2) ? ACL_PERMIT : ACL_DENY,
		.icmp_type = ICMP_ANY,
		.icmp_code = ICMP_ANY,
		.src = random_place(d),
		.log = (uint8_t)dice_below(d, kind == ACL_STANDARD ? 2 : 3),
	};

	if (kind == ACL_STANDARD) {
		ace.any_proto = true;
		ace.dst.wild = UINT32_MAX;
		return ace;
	}
	ace.dst = random_place(d);
	random_protocol(d, &ace);
	random_layer4(d, &ace);
	return ace;
}

/* An address of the place, or one that misses it by a bit. */
static uint32_t
aimed_address(struct dice *d, const struct ace_addr *a)
{
	uint32_t addr = a->addr | ((uint32_t)dice_roll(d) & a->wild);

	if (one_in(d, 3))
		addr = a->addr | (random_address(d) & a->wild);
	return one_in(d, 12) ? addr ^ 1U << dice_below(d, 32) : addr;
}

/* A port of the entry's or its neighbour. */
static uint16_t
aimed_port(struct dice *d, const struct ace_ports *p)
{
	if (p->op == PORT_ANY || one_in(d, 8))
		return random_port(d);
	return (uint16_t)(p->port[dice_below(d, p->n)] + dice_below(d, 3) - 1);
}

/* What is left of the packet's layer 4: none in a later fragment, little when it is cut short. */
static void
random_presence(struct dice *d, struct acl_key *key)
{
	if (one_in(d, 10)) {
		key->has = ACL_NONINITIAL;
	} else if (!one_in(d, 10)) {
		if (key->proto == TCP || key->proto == UDP)
			key->has = ACL_HAS_PORTS;
		if (key->proto == TCP && !one_in(d, 10))
			key->has |= ACL_HAS_TCP_FLAGS;
		if (key->proto == ICMP)
			key->has = ACL_HAS_ICMP;
	}
	if (!(key->has & ACL_HAS_PORTS))
		key->sport = key->dport = 0;
	if (!(key->has & ACL_HAS_TCP_FLAGS))
		key->tcp_flags = 0;
	if (!(key->has & ACL_HAS_ICMP))
		key->icmp_type = key->icmp_code = 0;
	if (one_in(d, 10))
		key->has |= ACL_HAS_OPTIONS;
}

struct acl_key
random_key(struct dice *d, const struct ace *aim)
{
	static const uint8_t proto[] = { ICMP, TCP, UDP, 0, 2, 255 };
	struct acl_key key = {
		.src = aimed_address(d, &aim->src),
		.dst = aimed_address(d, &aim->dst),
		.proto = aim->any_proto || one_in(d, 12) ? proto[dice_below(d, 6)] : aim->proto,
		.sport = aimed_port(d, &aim->sport),
		.dport = aimed_port(d, &aim->dport),
		.tcp_flags = (uint8_t)dice_below(d, 64),
		.icmp_type = (uint8_t)dice_below(d, 256),
		.icmp_code = (uint8_t)dice_below(d, 16),
		.tos = (uint8_t)dice_below(d, 256),
		.ttl = (uint8_t)(1 + dice_below(d, 255)),
	};

	if (one_in(d, 2))
		key.tcp_flags = aim->flags;
	if (aim->icmp_type != ICMP_ANY && !one_in(d, 4))
		key.icmp_type = (uint8_t)aim->icmp_type;
	if (aim->icmp_code != ICMP_ANY && !one_in(d, 4))
		key.icmp_code = (uint8_t)aim->icmp_code;
	random_presence(d, &key);
	return key;
}
