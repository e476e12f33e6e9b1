/*
 * object_group.c - object groups: their members, and the question whether one would be in itself.
 *
 * A struct object_group owns its name, its description and its members; a member names another group
 * and never points to it, so groups come and go in any order.  Control thread.  The words of members
 * are in object_words.c.
 */
#include <stdlib.h>
#include <string.h>

#include "acl/ace_internal.h"

struct object_group {
	char name[OBJECT_GROUP_NAME_MAX + 1];
	char description[OBJECT_DESCRIPTION_MAX + 1];
	enum object_group_kind kind;
	size_t n, room;
	struct object *member;
};

struct object_group *
object_group_create(const char *name, enum object_group_kind kind)
{
	struct object_group *g = calloc(1, sizeof(*g));

	if (g == NULL)
		return NULL;
	strncpy(g->name, name, OBJECT_GROUP_NAME_MAX);
	g->kind = kind;
	return g;
}

void
object_group_destroy(struct object_group *g)
{
	if (g == NULL)
		return;
	free(g->member);
	free(g);
}

const char *
object_group_name(const struct object_group *g)
{
	return g->name;
}

enum object_group_kind
object_group_kind(const struct object_group *g)
{
	return g->kind;
}

const char *
object_group_description(const struct object_group *g)
{
	return g->description;
}

void
object_group_set_description(struct object_group *g, const char *text)
{
	memset(g->description, 0, sizeof(g->description));
	strncpy(g->description, text, OBJECT_DESCRIPTION_MAX);
}

const struct object *
object_group_at(const struct object_group *g, size_t i)
{
	return i < g->n ? &g->member[i] : NULL;
}

static bool
same_ports(const struct object_ports *a, const struct object_ports *b)
{
	return a->op == b->op && a->lo == b->lo && a->hi == b->hi;
}

static bool
same_object(const struct object *a, const struct object *b)
{
	if (a->type != b->type)
		return false;
	switch (a->type) {
	case OBJECT_ANY:
		return true;
	case OBJECT_HOST:
	case OBJECT_SUBNET:
	case OBJECT_RANGE:
		return a->first == b->first && a->last == b->last;
	case OBJECT_SERVICE:
		return a->proto == b->proto && a->any_proto == b->any_proto &&
		       a->proto_other == b->proto_other && a->tcp_udp == b->tcp_udp &&
		       a->icmp_type == b->icmp_type && a->icmp_code == b->icmp_code &&
		       same_ports(&a->sport, &b->sport) && same_ports(&a->dport, &b->dport);
	case OBJECT_GROUP:
		break;
	}
	return strcmp(a->group, b->group) == 0;
}

/* Where the member is, or n. */
static size_t
find(const struct object_group *g, const struct object *o)
{
	size_t i = 0;

	while (i < g->n && !same_object(&g->member[i], o))
		i++;
	return i;
}

int
object_group_add(struct object_group *g, const struct object *o)
{
	size_t room = g->room > 0 ? g->room * 2 : 8;
	struct object *member;

	if (find(g, o) < g->n)
		return 0;
	if (g->n == g->room) {
		member = reallocarray(g->member, room, sizeof(*member));
		if (member == NULL)
			return -1;
		g->member = member;
		g->room = room;
	}
	g->member[g->n++] = *o;
	return 1;
}

bool
object_group_remove(struct object_group *g, const struct object *o)
{
	size_t i = find(g, o);

	if (i == g->n)
		return false;
	g->n--;
	memmove(&g->member[i], &g->member[i + 1], (g->n - i) * sizeof(*o));
	return true;
}

/* Is the group called `inner` the one called `outer`, or does it hold it at any depth? */
static bool
reaches(const char *inner, const char *outer, enum object_group_kind kind,
	const struct acl_env *env)
{
	const struct object_group *g;

	if (strcmp(inner, outer) == 0)
		return true;
	g = acl_env_group(env, inner, kind);
	for (size_t i = 0; g != NULL && i < g->n; i++)
		if (g->member[i].type == OBJECT_GROUP &&
			reaches(g->member[i].group, outer, kind, env))
			return true;
	return false;
}

bool
object_group_closes_circle(
	const struct object_group *g, const struct object *o, const struct acl_env *env)
{
	return o->type == OBJECT_GROUP && reaches(o->group, g->name, g->kind, env);
}
