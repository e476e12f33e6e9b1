/*
 * acl_world.c - object groups, time ranges and reflexive lists for tests of the access-list engine.
 */
#include "tests/lib/acl_world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* The n in `prefix`n when name is that and n is below `count`, else -1. */
static int
numbered(const char *name, const char *prefix, int count)
{
	size_t len = strlen(prefix);
	int n;

	if (strncmp(name, prefix, len) != 0 || strlen(name) != len + 1)
		return -1;
	n = name[len] - '0';
	return n >= 0 && n < count ? n : -1;
}

static const struct object_group *
find_group(void *arg, const char *name)
{
	const struct world *w = arg;
	int n = numbered(name, "net", WORLD_GROUPS);

	if (n >= 0)
		return w->net[n];
	n = numbered(name, "svc", WORLD_GROUPS);
	return n >= 0 ? w->svc[n] : NULL;
}

static bool
is_active(void *arg, const char *name)
{
	(void)arg;
	return strcmp(name, "open") == 0;
}

static struct reflexive *
find_table(void *arg, const char *name)
{
	const struct world *w = arg;
	int n = numbered(name, "r", WORLD_TABLES);

	return n >= 0 ? w->table[n] : NULL;
}

void
world_init(struct world *w)
{

	*w = (struct world){
		.env = { .arg = w,
			.object_group = find_group,
			.time_range_active = is_active,
			.reflexive = find_table },
	};
	for (int i = 0; i < WORLD_GROUPS; i++) {
		w->net[i] = object_group_create("net", OBJECT_GROUP_NETWORK);
		assert_non_null(w->net[i]);
		w->svc[i] = object_group_create("svc", OBJECT_GROUP_SERVICE);
		assert_non_null(w->svc[i]);
	}
	for (int i = 0; i < WORLD_TABLES; i++) {
		w->table[i] = reflexive_create(WORLD_TABLE_ENTRIES);
		assert_non_null(w->table[i]);
	}
}

void
world_fini(struct world *w)
{
	for (int i = 0; i < WORLD_GROUPS; i++) {
		object_group_destroy(w->net[i]);
		object_group_destroy(w->svc[i]);
	}
	for (int i = 0; i < WORLD_TABLES; i++)
		reflexive_destroy(w->table[i]);
}

void
world_add(struct object_group *g, const struct object *o)
{
	assert_true(object_group_add(g, o) >= 0);
}

int
world_table(const struct world *w, const struct reflexive *table)
{
	for (int i = 0; i < WORLD_TABLES; i++)
		if (w->table[i] == table)
			return i;
	return -1;
}
