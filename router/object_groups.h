/*
 * object_groups.h - the router's object groups, and which lists must be compiled again when one
 * changes.
 *
 * Network and service groups share one name space.  A group may name another that does not exist
 * (yet): it has no members then.  A change reaches the dataplane before the function returns, in
 * every list that uses the group, directly or through other groups.  Control thread.
 */
#ifndef ROUTER_OBJECT_GROUPS_H
#define ROUTER_OBJECT_GROUPS_H

#include <stdbool.h>
#include <stddef.h>

#include "acl/acl.h"

struct router;

/* By exact name; NULL when there is none. Owned by the router. */
struct object_group *object_groups_find(struct router *r, const char *name);
/* Network groups by name, then service groups. NULL after the last. */
struct object_group *object_groups_at(struct router *r, size_t i);
/*
 * Finds or makes. NULL with a PARSE_MESSAGE: the name is another kind's, be it that a group of that
 * kind names it only; or it is too long.
 */
struct object_group *object_groups_open(struct router *r, const char *name,
	enum object_group_kind kind, struct parse_error *err);
/* 1, or 0 when there is none; -1 with a message while a list or another group uses it. */
int object_groups_delete(struct router *r, const char *name, enum object_group_kind kind,
	struct parse_error *err);
/*
 * 1, or 0 when it is there already; -1 with a message: it would close a circle, or names a group of
 * the other kind.
 */
int object_groups_add(struct router *r, struct object_group *g, const struct object *o,
	struct parse_error *err);
/* 1, or 0 when it is not there; -1 with a message when a list would be left with an empty group. */
int object_groups_remove(struct router *r, struct object_group *g, const struct object *o,
	struct parse_error *err);

#endif
