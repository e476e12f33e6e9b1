/*
 * acl_random.c - random entries, and what they name.
 *
 * Addresses come from a few networks and ports from a few values and their neighbours, so that
 * entries overlap and packets fall on boundaries; a uniform choice would hardly ever match.
 */
#include "tests/lib/acl_random.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/lib/acl_lines.h"

enum {
	ICMP = 1,
	IGMP = 2,
	TCP = 6,
	UDP = 17,
};

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

/* The entry's rare parts, for writing. */
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
random_ports(struct dice *d, struct ace *ace, bool source)
{
	struct ace_ports p = { .op = PORT_ANY };

	if (dice_one_in(d, 2))
		return p;
	p.op = (uint8_t)(PORT_EQ + dice_below(d, 5));
	p.n = 1;
	if (p.op == PORT_RANGE)
		p.n = 2;
	else if ((p.op == PORT_EQ || p.op == PORT_NEQ) && dice_one_in(d, 3))
		p.n = (uint8_t)(1 + dice_below(d, ACE_PORTS_MAX));
	for (unsigned i = 0; i < p.n; i++) {
		uint16_t port = random_port(d);

		if (i < 2)
			p.port[i] = port;
		else
			(source ? rare_of(ace)->sport_more : rare_of(ace)->dport_more)[i - 2] =
				port;
	}
	return p;
}

/* One of the names, which are constants. */
static const char *
random_name(struct dice *d, const char *const *name, uint32_t n)
{
	return name[dice_below(d, n)];
}

static const char *const nets[] = { "net0", "net1", "net2", "net3", "net4", "net5", "nowhere" };
static const char *const services[] = { "svc0", "svc1", "svc2", "svc3", "svc4", "svc5", "net0" };
static const char *const tables[] = { "r0", "r1", "nobody" };
static const char *const ranges[] = { "open", "open", "open", "closed" };
static const char *const cookies[] = { "Tag", "x", "No-42", "a,b;c" };

static void
random_protocol(struct dice *d, struct ace *ace)
{
	static const uint8_t proto[] = { ICMP, TCP, TCP, TCP, UDP, UDP, IGMP, 4, 47, 200 };

	if (dice_one_in(d, 12)) {
		rare_of(ace)->service = random_name(d, services, 7);
		return;
	}
	if (dice_one_in(d, 6)) {
		ace->any_proto = true;
		return;
	}
	ace->proto = proto[dice_below(d, 10)];
	if (ace->proto == 4 || ace->proto == IGMP)
		ace->proto_other = dice_one_in(d, 2);
}

static void
random_flags(struct dice *d, struct ace *ace)
{
	ace->flags_op = (uint8_t)(FLAGS_ESTABLISHED + dice_below(d, 4));
	if (ace->flags_op == FLAGS_LISTED)
		ace->flags = (uint8_t)(1 + dice_below(d, 63));
	if (ace->flags_op != FLAGS_ALL && ace->flags_op != FLAGS_ANY)
		return;
	for (unsigned bit = 1; bit < 64; bit <<= 1) {
		uint32_t which = dice_below(d, 4);

		if (which == 0)
			ace->flags |= (uint8_t)bit;
		else if (which == 1)
			ace->flags_clear |= (uint8_t)bit;
	}
	if ((ace->flags | ace->flags_clear) == 0)
		ace->flags = 2;
}

/* 0 to 8 are IOS's own numbers for types that it shows by name, but for 5 and 6. */
static int16_t
random_igmp_type(struct dice *d)
{
	static const uint8_t type[] = { 0x11, 0x12, 0x13, 0x14, 0x16, 0x17, 0x1f, 0x22, 5, 9 };

	return dice_one_in(d, 4) ? (int16_t)(16 + dice_below(d, 240)) : type[dice_below(d, 10)];
}

static void
random_layer4(struct dice *d, struct ace *ace)
{
	if (ace->proto == TCP || ace->proto == UDP) {
		ace->sport = random_ports(d, ace, true);
		ace->dport = random_ports(d, ace, false);
	}
	if (ace->proto == TCP && dice_one_in(d, 2))
		random_flags(d, ace);
	if (ace->proto == IGMP && !dice_one_in(d, 3))
		ace->icmp_type = random_igmp_type(d);
	if (ace->proto == ICMP && !dice_one_in(d, 3)) {
		ace->icmp_type =
			(int16_t)(dice_one_in(d, 4) ? dice_below(d, 256) : dice_below(d, 20));
		if (dice_one_in(d, 2))
			ace->icmp_code = (int16_t)dice_below(d, dice_one_in(d, 4) ? 256 : 16);
	}
}

/* Type of service, ttl, options: the criteria that every fragment can meet. */
static void
random_header(struct dice *d, struct ace *ace)
{
	static const int16_t option[] = { 0, 1, 7, 68, 82, 131, 148, 222, OPTION_ANY, OPTION_ANY };
	struct ace_rare *rare;

	if (dice_one_in(d, 8)) {
		ace->dscp = (int8_t)dice_below(d, 64);
	} else {
		if (dice_one_in(d, 8))
			ace->precedence = (int8_t)dice_below(d, 8);
		if (dice_one_in(d, 8))
			ace->tos = (int8_t)dice_below(d, 16);
	}
	if (dice_one_in(d, 8))
		rare_of(ace)->option = option[dice_below(d, 10)];
	if (dice_one_in(d, 8)) {
		rare = rare_of(ace);
		rare->ttl_op = (uint8_t)(PORT_EQ + dice_below(d, 5));
		rare->ttl[0] = (uint8_t)dice_below(d, 256);
		if (rare->ttl_op == PORT_RANGE)
			rare->ttl[1] = (uint8_t)dice_below(d, 256);
	}
}

static void
random_names(struct dice *d, struct ace *ace)
{
	if (dice_one_in(d, 8)) {
		rare_of(ace)->src_group = random_name(d, nets, 7);
		ace->src = (struct ace_addr){ 0 };
	}
	if (dice_one_in(d, 8)) {
		rare_of(ace)->dst_group = random_name(d, nets, 7);
		ace->dst = (struct ace_addr){ 0 };
	}
	if (dice_one_in(d, 8))
		rare_of(ace)->time_range = random_name(d, ranges, 4);
	if (ace->action == ACL_PERMIT && dice_one_in(d, 4)) {
		rare_of(ace)->reflexive = random_name(d, tables, 3);
		if (dice_one_in(d, 2))
			rare_of(ace)->reflect_timeout_s = 1 + dice_below(d, 2147483);
	}
}

static struct ace
random_evaluate(struct dice *d, struct ace *ace)
{
	struct ace evaluate = {
		.kind = ace->kind,
		.action = ACL_PERMIT,
		.is_evaluate = true,
		.src6 = { 0 },
		.dscp = ACE_UNSET,
		.precedence = ACE_UNSET,
		.tos = ACE_UNSET,
		.icmp_type = ICMP_ANY,
		.icmp_code = ICMP_ANY,
	};

	rare_of(&evaluate)->reflexive = random_name(d, tables, 3);
	return evaluate;
}

struct ace
random_ace(struct dice *d, enum acl_kind kind)
{
	struct ace ace = {
		.kind = (uint8_t)kind,
		.src6 = { 0 },
		.dscp = ACE_UNSET,
		.precedence = ACE_UNSET,
		.tos = ACE_UNSET,
		.icmp_type = ICMP_ANY,
		.icmp_code = ICMP_ANY,
	};

	ace.action = dice_one_in(d, 2) ? ACL_PERMIT : ACL_DENY;
	ace.src = random_place(d);
	ace.log = (uint8_t)dice_below(d, kind == ACL_STANDARD ? 2 : 3);
	if (ace.log != ACE_LOG_NONE && dice_one_in(d, 4))
		rare_of(&ace)->cookie = random_name(d, cookies, 4);
	if (kind == ACL_STANDARD) {
		ace.any_proto = true;
		ace.dst.wild = UINT32_MAX;
		return ace;
	}
	if (dice_one_in(d, 12))
		return random_evaluate(d, &ace);
	ace.dst = random_place(d);
	random_protocol(d, &ace);
	if (dice_one_in(d, 10) && (ace.rare == NULL || ace.rare->service == NULL))
		ace.fragments = true;
	else
		random_layer4(d, &ace);
	random_header(d, &ace);
	random_names(d, &ace);
	return ace;
}

/* ---- the world ---- */

static struct object
group_member(const char *name)
{
	struct object o = { .type = OBJECT_GROUP, .icmp_type = ICMP_ANY, .icmp_code = ICMP_ANY };

	snprintf(o.group, sizeof(o.group), "%s", name);
	return o;
}

static struct object
random_network(struct dice *d)
{
	struct object o = { .icmp_type = ICMP_ANY, .icmp_code = ICMP_ANY };
	uint32_t mask = UINT32_MAX << dice_below(d, 13);

	o.first = random_address(d);
	switch (dice_below(d, 3)) {
	case 0:
		o.type = OBJECT_HOST;
		o.last = 0;
		break;
	case 1:
		o.type = OBJECT_SUBNET;
		o.first &= mask;
		o.last = mask;
		break;
	default:
		o.type = OBJECT_RANGE;
		o.last = o.first | dice_below(d, 256);
		break;
	}
	return o;
}

static struct object_ports
random_object_ports(struct dice *d)
{
	struct object_ports p = { .op = (uint8_t)dice_below(d, 6) };

	if (p.op != PORT_ANY)
		p.lo = random_port(d);
	if (p.op == PORT_RANGE)
		p.hi = random_port(d);
	return p;
}

static struct object
random_service(struct dice *d)
{
	static const uint8_t proto[] = { TCP, UDP, TCP, UDP, TCP, ICMP, ICMP, 50, 200, IGMP };
	struct object o = { .type = OBJECT_SERVICE, .icmp_type = ICMP_ANY, .icmp_code = ICMP_ANY };

	o.proto = proto[dice_below(d, 10)];
	if (o.proto == ICMP && dice_one_in(d, 2)) {
		o.icmp_type = (int16_t)dice_below(d, 20);
		if (dice_one_in(d, 2))
			o.icmp_code = (int16_t)dice_below(d, 16);
	}
	if (o.proto != TCP && o.proto != UDP)
		return o;
	if (dice_one_in(d, 3)) {
		o.tcp_udp = true;
		o.proto = 0;
	}
	o.sport = random_object_ports(d);
	o.dport = random_object_ports(d);
	return o;
}

static void
add(struct object_group *g, struct object o)
{
	world_add(g, &o);
}

/* The last of each stays empty, the one before it is made of others. */
void
random_world(struct dice *d, struct world *w)
{
	for (int i = 0; i < WORLD_GROUPS - 2; i++) {
		for (uint32_t n = 1 + dice_below(d, 12); n > 0; n--)
			add(w->net[i], random_network(d));
		for (uint32_t n = 1 + dice_below(d, 6); n > 0; n--)
			add(w->svc[i], random_service(d));
	}
	add(w->net[WORLD_GROUPS - 2], group_member("net0"));
	add(w->net[WORLD_GROUPS - 2], group_member("net5"));
	add(w->net[WORLD_GROUPS - 2], group_member("net1"));
	add(w->net[WORLD_GROUPS - 2], random_network(d));
	add(w->svc[WORLD_GROUPS - 2], group_member("svc1"));
	add(w->svc[WORLD_GROUPS - 2], random_service(d));
}
