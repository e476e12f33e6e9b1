/*
 * reflexive_lists.c - the reflexive tables by name.
 *
 * A table is made while the entry that reflects to it is being added, before any program can ask
 * for it: lists that evaluate the name were compiled without it until now, and are made stale.
 * Tables are freed with the router, when the dataplane holds no program any more.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "router/internal.h"

static struct reflexive_list *
table_find(struct router *r, const char *name)
{
	for (size_t i = 0; i < r->reflexives; i++)
		if (strcmp(r->reflexive[i]->name, name) == 0)
			return r->reflexive[i];
	return NULL;
}

struct reflexive *
reflexive_lists_find(struct router *r, const char *name)
{
	struct reflexive_list *l = table_find(r, name);

	return l == NULL ? NULL : l->table;
}

const char *
reflexive_lists_at(struct router *r, size_t i)
{
	return i < r->reflexives ? r->reflexive[i]->name : NULL;
}

static struct reflexive_list *
table_create(struct router *r, const char *name)
{
	struct reflexive_list **grown =
		reallocarray(r->reflexive, r->reflexives + 1, sizeof(struct reflexive_list *));
	struct reflexive_list *l;
	size_t at = r->reflexives;

	if (grown == NULL)
		return NULL;
	r->reflexive = grown;
	l = calloc(1, sizeof(*l) + strlen(name) + 1);
	if (l == NULL)
		return NULL;
	strcpy(l->name, name);
	l->table = reflexive_create(REFLEXIVE_ENTRIES_MAX);
	if (l->table == NULL) {
		free(l);
		return NULL;
	}
	while (at > 0 && strcmp(grown[at - 1]->name, name) > 0) {
		grown[at] = grown[at - 1];
		at--;
	}
	grown[at] = l;
	r->reflexives++;
	return l;
}

static bool
uses(const struct acl *acl, const char *name)
{
	bool reflects;

	return acl_uses_reflexive(acl, name, &reflects);
}

int
reflexive_lists_open(struct router *r, const char *name)
{
	if (table_find(r, name) != NULL)
		return 0;
	if (table_create(r, name) == NULL)
		return -ENOMEM;
	(void)lists_make_stale(r, uses, name);
	return 0;
}

int
reflexive_lists_entries(struct router *r, const char *name, struct reflexive_entry **out)
{
	const struct reflexive_list *l = table_find(r, name);
	struct reflexive_entry *copy;
	int n;

	*out = NULL;
	if (l == NULL || r->dp == NULL)
		return 0;
	/* Room for all there can be: the worker allocates nothing. */
	copy = calloc(REFLEXIVE_ENTRIES_MAX, sizeof(*copy));
	if (copy == NULL)
		return -ENOMEM;
	n = dataplane_reflexive_copy(r->dp, l->table, copy, REFLEXIVE_ENTRIES_MAX);
	if (n <= 0) {
		free(copy);
		return n;
	}
	*out = copy;
	return n;
}

bool
reflexive_lists_clear(struct router *r, const char *name)
{
	bool any = name == NULL;

	for (size_t i = 0; i < r->reflexives; i++) {
		if (name != NULL && strcmp(r->reflexive[i]->name, name) != 0)
			continue;
		any = true;
		if (r->dp != NULL)
			dataplane_reflexive_clear(r->dp, r->reflexive[i]->table);
	}
	return any;
}

uint32_t
reflexive_lists_timeout(const struct router *r)
{
	return r->reflexive_timeout_s;
}

void
reflexive_lists_set_timeout(struct router *r, uint32_t seconds)
{
	if (seconds == r->reflexive_timeout_s)
		return;
	r->reflexive_timeout_s = seconds;
	router_changed(r);
}

void
reflexive_lists_fini(struct router *r)
{
	for (size_t i = 0; i < r->reflexives; i++) {
		reflexive_destroy(r->reflexive[i]->table);
		free(r->reflexive[i]);
	}
	free(r->reflexive);
}
