/*
 * acl_world.h - for tests: what entries name - object groups, time ranges, reflexive lists - as a
 * struct acl_env answers for it.
 */
#ifndef TESTS_ACL_WORLD_H
#define TESTS_ACL_WORLD_H

#include "acl/acl.h"

enum { WORLD_GROUPS = 6, WORLD_TABLES = 2, WORLD_TABLE_ENTRIES = 4096 };

/*
 * Network groups net0..net5, service groups svc0..svc5: the last of each is empty, the one before it
 * is made of others.  Time ranges: `open` is active, anything else not.  Reflexive lists r0 and r1.
 * No other name means anything.
 */
struct world {
	struct acl_env env;
	struct object_group *net[WORLD_GROUPS], *svc[WORLD_GROUPS];
	struct reflexive *table[WORLD_TABLES];
};

/* Empty groups and tables; the world must stay where it is. Fails the test without memory. */
void world_init(struct world *w);
void world_fini(struct world *w);
/* Adds a member, if it is not there; fails the test without memory. */
void world_add(struct object_group *g, const struct object *o);
/* Which of the world's tables this is, or -1. */
int world_table(const struct world *w, const struct reflexive *table);

#endif
