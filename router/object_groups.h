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

/*
 * What a group may stand for with all the groups within it, each counted as often as it is there: a
 * hundred lines of groups that name each other twice would be more than a list can ever hold.
 */
enum { OBJECT_GROUP_EXPANDED_MAX = 1 << 20 };

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
 * 1, or 0 when it is there already; -1 with a message: it would close a circle, names a group of the
 * other kind, or makes a group too large.
 */
int object_groups_add(struct router *r, struct object_group *g, const struct object *o,
	struct parse_error *err);
/* 1, or 0 when it is not there; -1 with a message when a list would be left with an empty group. */
int object_groups_remove(struct router *r, struct object_group *g, const struct object *o,
	struct parse_error *err);

#endif
