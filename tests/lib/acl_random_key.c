/*
 * acl_random_key.c - random packets: keys as a packet parser would fill them, each aimed at an entry.
 */
#include "tests/lib/acl_random.h"

enum {
	ICMP = 1,
	IGMP = 2,
	TCP = 6,
	UDP = 17,
};

uint32_t
random_address(struct dice *d)
{
	static const uint32_t net[] = { 0x0a000000, 0xc0a8c800, 0xac100000, 0xffffff00, 0 };

	return net[dice_below(d, 5)] ^ (dice_below(d, 8) << 8) ^ dice_below(d, 16);
}

uint16_t
random_port(struct dice *d)
{
	static const uint16_t port[] = { 0, 1, 7, 23, 25, 53, 80, 443, 514, 1023, 1024, 65534,
		65535 };

	return dice_one_in(d, 3) ? (uint16_t)dice_roll(d) : port[dice_below(d, 13)];
}

/* An address of the place, or one that misses it by a bit. */
static uint32_t
aimed_address(struct dice *d, const struct ace_addr *a)
{
	uint32_t addr = a->addr | ((uint32_t)dice_roll(d) & a->wild);

	if (dice_one_in(d, 3))
		addr = a->addr | (random_address(d) & a->wild);
	return dice_one_in(d, 12) ? addr ^ 1U << dice_below(d, 32) : addr;
}

/* An end of one of the group's members, or the address beside it. */
static uint32_t
aimed_member(struct dice *d, const struct world *w, const char *name)
{
	const struct object_group *g = w != NULL ? w->env.object_group(w->env.arg, name) : NULL;
	const struct object *o;
	size_t n = 0;

	while (g != NULL && object_group_at(g, n) != NULL)
		n++;
	if (n == 0)
		return random_address(d);
	o = object_group_at(g, dice_below(d, (uint32_t)n));
	if (o->type == OBJECT_GROUP)
		return aimed_member(d, w, o->group);
	if (dice_one_in(d, 4))
		return o->first - 1 + dice_below(d, 3);
	if (o->type == OBJECT_SUBNET)
		return o->first | (~o->last & (uint32_t)dice_roll(d));
	return dice_one_in(d, 2) ? o->first : o->last - 1 + dice_below(d, 3);
}

/* A port of the entry's or its neighbour. */
static uint16_t
aimed_port(struct dice *d, const struct ace *ace, const struct ace_ports *p)
{
	if (p->op == PORT_ANY || dice_one_in(d, 8))
		return random_port(d);
	return (uint16_t)(ace_port(ace, p, dice_below(d, p->n)) + dice_below(d, 3) - 1);
}

/* What is left of the packet's layer 4: none in a later fragment, little when it is cut short. */
static void
random_presence(struct dice *d, const struct ace *aim, struct acl_key *key)
{
	if (dice_one_in(d, aim->fragments ? 2 : 10)) {
		key->has = ACL_NONINITIAL;
	} else if (!dice_one_in(d, 10)) {
		if (key->proto == TCP || key->proto == UDP)
			key->has = ACL_HAS_PORTS;
		if (key->proto == TCP && !dice_one_in(d, 10))
			key->has |= ACL_HAS_TCP_FLAGS;
		if (key->proto == ICMP)
			key->has = ACL_HAS_ICMP;
		if (key->proto == IGMP)
			key->has = ACL_HAS_IGMP;
	}
	if (!(key->has & ACL_HAS_PORTS))
		key->sport = key->dport = 0;
	if (!(key->has & ACL_HAS_TCP_FLAGS))
		key->tcp_flags = 0;
	if (!(key->has & (ACL_HAS_ICMP | ACL_HAS_IGMP)))
		key->icmp_type = 0;
	if (!(key->has & ACL_HAS_ICMP))
		key->icmp_code = 0;
}

static void
aim_header(struct dice *d, const struct ace *aim, struct acl_key *key)
{
	int option = aim->rare != NULL ? aim->rare->option : ACE_UNSET;

	if (aim->dscp != ACE_UNSET && !dice_one_in(d, 6))
		key->tos = (uint8_t)(aim->dscp << 2 | (key->tos & 3));
	if (aim->precedence != ACE_UNSET && !dice_one_in(d, 6))
		key->tos = (uint8_t)(aim->precedence << 5 | (key->tos & 31));
	if (aim->tos != ACE_UNSET && !dice_one_in(d, 6))
		key->tos = (uint8_t)(aim->tos << 1 | (key->tos & 0xe1));
	if (aim->rare != NULL && aim->rare->ttl_op != PORT_ANY && !dice_one_in(d, 6))
		key->ttl = (uint8_t)(aim->rare->ttl[0] + dice_below(d, 3) - 1);
	if (!dice_one_in(d, option != ACE_UNSET ? 2 : 10))
		return;
	key->has |= ACL_HAS_OPTIONS;
	key->options = (uint8_t)dice_below(d, ACL_KEY_OPTIONS_MAX + 1);
	for (unsigned i = 0; i < key->options; i++)
		key->option[i] = (uint8_t)dice_below(d, 256);
	if (key->options > 0 && option >= 0 && !dice_one_in(d, 4))
		key->option[dice_below(d, key->options)] = (uint8_t)option;
}

struct acl_key
random_key(struct dice *d, const struct world *w, const struct ace *aim)
{
	static const uint8_t proto[] = { ICMP, TCP, UDP, 0, IGMP, 255 };
	const struct ace_rare *rare = aim->rare;
	bool any = aim->any_proto || aim->is_evaluate || (rare != NULL && rare->service != NULL);
	struct acl_key key = {
		.proto = any || dice_one_in(d, 12) ? proto[dice_below(d, 6)] : aim->proto,
		.sport = aimed_port(d, aim, &aim->sport),
		.dport = aimed_port(d, aim, &aim->dport),
		.tcp_flags = (uint8_t)dice_below(d, 64),
		.icmp_type = (uint8_t)dice_below(d, 256),
		.icmp_code = (uint8_t)dice_below(d, 16),
		.tos = (uint8_t)dice_below(d, 256),
		.ttl = (uint8_t)dice_below(d, 256),
	};

	key.src = rare != NULL && rare->src_group != NULL ? aimed_member(d, w, rare->src_group)
							  : aimed_address(d, &aim->src);
	key.dst = rare != NULL && rare->dst_group != NULL ? aimed_member(d, w, rare->dst_group)
							  : aimed_address(d, &aim->dst);
	if (dice_one_in(d, 2))
		key.tcp_flags = aim->flags;
	if (aim->icmp_type != ICMP_ANY && !dice_one_in(d, 4))
		key.icmp_type = (uint8_t)aim->icmp_type;
	if (aim->icmp_code != ICMP_ANY && !dice_one_in(d, 4))
		key.icmp_code = (uint8_t)aim->icmp_code;
	random_presence(d, aim, &key);
	aim_header(d, aim, &key);
	return key;
}
