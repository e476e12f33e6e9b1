/*
 * acl_compile_groups.c - object groups in a program.
 *
 * A network group becomes a set: its addresses, and those of the groups within it, as ranges that are
 * sorted and do not touch, so that a rule asks by halving.  Each is made once however many entries
 * name it.  A service group becomes rows: entries that say what one member says, all of them counting
 * for the entry that was typed.
 *
 * A group with no members, or none of that name or kind, matches nothing.  A circle of groups is
 * refused when it is typed.  Control thread; the sets belong to the program.
 */
#include <errno.h>
#include <stdlib.h>

#include "acl/ace_internal.h"
#include "acl/acl_internal.h"

/* ---- sets of addresses ---- */

static int
add_range(struct acl_compiler *c, uint32_t lo, uint32_t hi)
{
	struct acl_piece *p = c->p;
	struct acl_range *v = acl_grow(p->range, p->ranges, &c->range_room, sizeof(*v));

	if (v == NULL)
		return -ENOMEM;
	p->range = v;
	v[p->ranges++] = (struct acl_range){ lo, hi };
	return 0;
}

static int
add_member(struct acl_compiler *c, const struct object *o)
{
	switch (o->type) {
	case OBJECT_ANY:
		return add_range(c, 0, UINT32_MAX);
	case OBJECT_HOST:
		return add_range(c, o->first, o->first);
	case OBJECT_SUBNET:
		return add_range(c, o->first & o->last, o->first | ~o->last);
	case OBJECT_RANGE:
		return o->first <= o->last ? add_range(c, o->first, o->last) : 0;
	case OBJECT_SERVICE:
	case OBJECT_GROUP:
		break;
	}
	return 0;
}

static int
add_members(struct acl_compiler *c, const struct object_group *g)
{
	const struct object *o;
	int err = 0;

	for (size_t i = 0; g != NULL && err == 0 && (o = object_group_at(g, i)) != NULL; i++)
		err = o->type == OBJECT_GROUP ? add_members(c, acl_env_group(c->env, o->group,
								       OBJECT_GROUP_NETWORK))
					      : add_member(c, o);
	return err;
}

static int
by_start(const void *a, const void *b)
{
	const struct acl_range *x = a, *y = b;

	return x->lo < y->lo ? -1 : x->lo > y->lo;
}

/* Sorts n ranges and joins those that touch; how many are left. */
static size_t
tidy(struct acl_range *v, size_t n)
{
	size_t left = 0;

	if (n == 0)
		return 0;
	qsort(v, n, sizeof(*v), by_start);
	for (size_t i = 1; i < n; i++) {
		if (v[i].lo > v[left].hi && v[i].lo - v[left].hi > 1)
			v[++left] = v[i];
		else if (v[i].hi > v[left].hi)
			v[left].hi = v[i].hi;
	}
	return left + 1;
}

/* Remembers the group, and where its ranges begin that come now. */
static int
new_set(struct acl_compiler *c, const struct object_group *g)
{
	struct acl_piece *p = c->p;
	const struct object_group **groups;
	size_t room = c->set_room;
	struct acl_set *sets;

	groups = acl_grow(c->group, p->sets, &room, sizeof(*groups));
	if (groups == NULL)
		return -ENOMEM;
	c->group = groups;
	sets = acl_grow(p->set, p->sets, &c->set_room, sizeof(*sets));
	if (sets == NULL)
		return -ENOMEM;
	p->set = sets;
	groups[p->sets] = g;
	sets[p->sets++] = (struct acl_set){ .first = (uint32_t)p->ranges };
	return 0;
}

int
acl_set_place(struct acl_compiler *c, const char *group, uint32_t *set)
{
	const struct object_group *g = acl_env_group(c->env, group, OBJECT_GROUP_NETWORK);
	struct acl_piece *p = c->p;
	struct acl_set *made;
	size_t i = 0;

	*set = ACL_NO_SET;
	if (g == NULL)
		return 0;
	while (i < p->sets && c->group[i] != g)
		i++;
	if (i == p->sets) {
		if (new_set(c, g) != 0 || add_members(c, g) != 0)
			return -ENOMEM;
		made = &p->set[i];
		if (p->ranges > made->first)
			made->n = (uint32_t)tidy(p->range + made->first, p->ranges - made->first);
		p->ranges = made->first + made->n;
	}
	if (p->set[i].n > 0)
		*set = (uint32_t)i;
	return 0;
}

/* ---- services ---- */

enum {
	PROTO_TCP = 6,
	PROTO_UDP = 17,
};

static struct ace_ports
ports_of(const struct object_ports *o)
{
	struct ace_ports p = { .op = o->op, .port = { o->lo, o->hi } };

	if (o->op != PORT_ANY)
		p.n = o->op == PORT_RANGE ? 2 : 1;
	return p;
}

/* The entry with one member's words in the protocol's place. */
static int
member_row(struct acl_compiler *c, const struct ace *ace, const struct object *o, uint32_t slot,
	acl_row_fn *row)
{
	struct ace_rare rare = *ace->rare;
	struct ace one = *ace;
	int err;

	rare.service = NULL;
	one.rare = &rare;
	one.any_proto = o->any_proto;
	one.proto = o->proto;
	one.sport = ports_of(&o->sport);
	one.dport = ports_of(&o->dport);
	one.icmp_type = o->icmp_type;
	one.icmp_code = o->icmp_code;
	if (!o->tcp_udp)
		return row(c, &one, slot);
	one.proto = PROTO_TCP;
	err = row(c, &one, slot);
	if (err != 0)
		return err;
	one.proto = PROTO_UDP;
	return row(c, &one, slot);
}

static int
group_rows(struct acl_compiler *c, const struct ace *ace, const char *group, uint32_t slot,
	acl_row_fn *row)
{
	const struct object_group *g = acl_env_group(c->env, group, OBJECT_GROUP_SERVICE);
	const struct object *o;
	int err = 0;

	for (size_t i = 0; g != NULL && err == 0 && (o = object_group_at(g, i)) != NULL; i++)
		err = o->type == OBJECT_GROUP ? group_rows(c, ace, o->group, slot, row)
					      : member_row(c, ace, o, slot, row);
	return err;
}

int
acl_service_rows(struct acl_compiler *c, const struct ace *ace, uint32_t slot, acl_row_fn *row)
{
	return group_rows(c, ace, ace->rare->service, slot, row);
}
