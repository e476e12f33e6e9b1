/*
 * object_groups.c - object groups by name: what uses what, what an edit reaches, what is refused.
 *
 * Members name other groups, and entries name groups; nothing holds a pointer to one, so a group
 * can be freed at once: programs hold what it expanded to.  Circles are refused when they are typed,
 * but many ways may lead from one group to another, so a walk marks where it has been.
 */
#include <stdlib.h>
#include <string.h>

#include "router/internal.h"

static const char *
kind_name(enum object_group_kind kind)
{
	return kind == OBJECT_GROUP_NETWORK ? "network" : "service";
}

static struct group *
group_find(struct router *r, const char *name)
{
	for (size_t i = 0; i < r->groups; i++)
		if (strcmp(object_group_name(r->group[i].group), name) == 0)
			return &r->group[i];
	return NULL;
}

struct object_group *
object_groups_find(struct router *r, const char *name)
{
	struct group *g = group_find(r, name);

	return g == NULL ? NULL : g->group;
}

struct object_group *
object_groups_at(struct router *r, size_t i)
{
	return i < r->groups ? r->group[i].group : NULL;
}

/* ---- who uses whom ---- */

/* Comes by each group once, however many ways lead there. */
static bool
walk(struct router *r, const char *from, const char *to)
{
	struct group *g = group_find(r, from);
	const struct object *o;

	if (strcmp(from, to) == 0)
		return true;
	if (g == NULL || g->walked == r->group_walks)
		return false;
	g->walked = r->group_walks;
	for (size_t i = 0; (o = object_group_at(g->group, i)) != NULL; i++)
		if (o->type == OBJECT_GROUP && walk(r, o->group, to))
			return true;
	return false;
}

/* Does the group called `from` lead to the one called `to`, itself included? */
static bool
reaches(struct router *r, const char *from, const char *to)
{
	r->group_walks++;
	return walk(r, from, to);
}

/* How many members a group stands for; more than may be is all the same. */
static size_t
expanded(struct router *r, struct group *g)
{
	const struct object *o;
	size_t n = 0;

	if (g == NULL)
		return 0;
	if (g->walked == r->group_walks)
		return g->expanded;
	for (size_t i = 0; (o = object_group_at(g->group, i)) != NULL; i++) {
		n += o->type == OBJECT_GROUP ? expanded(r, group_find(r, o->group)) : 1;
		if (n > OBJECT_GROUP_EXPANDED_MAX)
			n = OBJECT_GROUP_EXPANDED_MAX + 1;
	}
	g->walked = r->group_walks;
	g->expanded = n;
	return n;
}

static bool
any_too_large(struct router *r)
{
	r->group_walks++;
	for (size_t i = 0; i < r->groups; i++)
		if (expanded(r, &r->group[i]) > OBJECT_GROUP_EXPANDED_MAX)
			return true;
	return false;
}

static bool
used_by_a_list(struct router *r, const char *name)
{
	for (size_t i = 0; i < r->groups; i++) {
		const char *user = object_group_name(r->group[i].group);

		if (reaches(r, user, name) && lists_use(r, acl_uses_object_group, user))
			return true;
	}
	return lists_use(r, acl_uses_object_group, name);
}

static bool
used_by_a_group(struct router *r, const char *name)
{
	for (size_t i = 0; i < r->groups; i++) {
		const char *user = object_group_name(r->group[i].group);

		if (strcmp(user, name) != 0 && reaches(r, user, name))
			return true;
	}
	return false;
}

/* The group has changed: every list that sees it is compiled again. */
static void
edited(struct router *r, const char *name)
{
	bool any = lists_make_stale(r, acl_uses_object_group, name);

	for (size_t i = 0; i < r->groups; i++) {
		const char *user = object_group_name(r->group[i].group);

		if (strcmp(user, name) != 0 && reaches(r, user, name))
			any |= lists_make_stale(r, acl_uses_object_group, user);
	}
	if (any)
		router_changed(r);
}

/* ---- changes ---- */

static bool
stands_before(const struct object_group *a, enum object_group_kind kind, const char *name)
{
	if (object_group_kind(a) != kind)
		return object_group_kind(a) < kind;
	return strcmp(object_group_name(a), name) < 0;
}

static struct object_group *
group_create(struct router *r, const char *name, enum object_group_kind kind)
{
	struct group *grown = reallocarray(r->group, r->groups + 1, sizeof(*grown));
	struct object_group *g;
	size_t at = r->groups;

	if (grown == NULL)
		return NULL;
	r->group = grown;
	g = object_group_create(name, kind);
	if (g == NULL)
		return NULL;
	while (at > 0 && !stands_before(grown[at - 1].group, kind, name)) {
		grown[at] = grown[at - 1];
		at--;
	}
	grown[at] = (struct group){ .group = g };
	r->groups++;
	return g;
}

/* The group of the other kind that has this name among its members, or NULL. */
static const struct object_group *
claimed_by(struct router *r, const char *name, enum object_group_kind kind)
{
	const struct object *o;

	for (size_t i = 0; i < r->groups; i++) {
		const struct object_group *g = r->group[i].group;

		for (size_t k = 0;
			object_group_kind(g) != kind && (o = object_group_at(g, k)) != NULL; k++)
			if (o->type == OBJECT_GROUP && strcmp(o->group, name) == 0)
				return g;
	}
	return NULL;
}

struct object_group *
object_groups_open(
	struct router *r, const char *name, enum object_group_kind kind, struct parse_error *err)
{
	struct object_group *g = object_groups_find(r, name);
	const struct object_group *user;

	if (g != NULL && object_group_kind(g) != kind) {
		parse_fail_message(err, "%% Object-group %s already exists as a %s object-group",
			name, kind_name(object_group_kind(g)));
		return NULL;
	}
	if (g != NULL)
		return g;
	user = claimed_by(r, name, kind);
	if (user != NULL) {
		parse_fail_message(err, "%% Object-group %s is nested in the %s object-group %s",
			name, kind_name(object_group_kind(user)), object_group_name(user));
		return NULL;
	}
	if (strlen(name) > OBJECT_GROUP_NAME_MAX) {
		parse_fail_message(err, "%% Object-group name is too long (at most %d characters)",
			OBJECT_GROUP_NAME_MAX);
		return NULL;
	}
	g = group_create(r, name, kind);
	if (g == NULL)
		parse_fail_message(err, "%% Out of memory");
	return g;
}

int
object_groups_delete(
	struct router *r, const char *name, enum object_group_kind kind, struct parse_error *err)
{
	struct group *g = group_find(r, name);
	size_t i;

	if (g == NULL)
		return 0;
	if (object_groups_open(r, name, kind, err) == NULL)
		return -1;
	if (used_by_a_list(r, name) || used_by_a_group(r, name))
		return parse_fail_message(
			err, "%% Object-group %s cannot be deleted, it is being used", name);
	object_group_destroy(g->group);
	i = (size_t)(g - r->group);
	memmove(g, g + 1, (r->groups - i - 1) * sizeof(*g));
	r->groups--;
	return 1;
}

static int
check_nested(struct router *r, const struct object_group *g, const struct object *o,
	struct parse_error *err)
{
	const struct object_group *inner = object_groups_find(r, o->group);

	if (inner != NULL && object_group_kind(inner) != object_group_kind(g))
		return parse_fail_message(err, "%% Object-group %s is not a %s object-group",
			o->group, kind_name(object_group_kind(g)));
	if (reaches(r, o->group, object_group_name(g)))
		return parse_fail_message(err,
			"%% Object-group %s cannot be nested in %s, which it contains", o->group,
			object_group_name(g));
	return 0;
}

int
object_groups_add(
	struct router *r, struct object_group *g, const struct object *o, struct parse_error *err)
{
	const char *name = object_group_name(g);
	int rc;

	if (o->type == OBJECT_GROUP && check_nested(r, g, o, err) < 0)
		return -1;
	rc = object_group_add(g, o);
	if (rc < 0)
		return parse_fail_message(err, "%% Out of memory");
	if (rc == 0)
		return 0;
	/* Nothing grows by more than one but through groups in groups. */
	if ((o->type == OBJECT_GROUP || used_by_a_group(r, name)) && any_too_large(r)) {
		(void)object_group_remove(g, o);
		return parse_fail_message(err, "%% Object-group %s would be too large", name);
	}
	edited(r, name);
	return 1;
}

int
object_groups_remove(
	struct router *r, struct object_group *g, const struct object *o, struct parse_error *err)
{
	const char *name = object_group_name(g);

	if (!object_group_remove(g, o))
		return 0;
	if (object_group_at(g, 0) == NULL && used_by_a_list(r, name)) {
		(void)object_group_add(g, o); /* its room is still there */
		return parse_fail_message(
			err, "%% Object-group %s cannot be emptied, it is being used", name);
	}
	edited(r, name);
	return 1;
}

void
object_groups_fini(struct router *r)
{
	for (size_t i = 0; i < r->groups; i++)
		object_group_destroy(r->group[i].group);
	free(r->group);
}
