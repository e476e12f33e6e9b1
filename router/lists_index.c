/*
 * lists_index.c - finds a list by its name or its id without walking them all.
 *
 * Two balanced trees of tsearch(3): a configuration may have ten thousand lists, every line of one
 * asks for its list, and every logged packet names one by its id.
 */
#include <search.h>
#include <string.h>

#include "router/internal.h"

static int
by_name(const void *a, const void *b)
{
	const struct list_key *x = a, *y = b;

	return x->space != y->space ? (x->space < y->space ? -1 : 1) : strcmp(x->name, y->name);
}

static int
by_id(const void *a, const void *b)
{
	const struct list_key *x = a, *y = b;

	return (x->id > y->id) - (x->id < y->id);
}

/* Standard and extended lists share one name space. */
static enum acl_kind
name_space(enum acl_kind kind)
{
	return kind == ACL_STANDARD ? ACL_EXTENDED : kind;
}

/* A key is the first member of its list. */
static struct list *
find(void *const *tree, const struct list_key *key, int (*compare)(const void *, const void *))
{
	struct list_key *const *found = tfind(key, tree, compare);

	return found == NULL ? NULL : (struct list *)*found;
}

struct list *
lists_find_list(struct router *r, const char *name, enum acl_kind kind)
{
	const struct list_key key = { .name = name, .space = name_space(kind) };

	return find(&r->list_names, &key, by_name);
}

struct acl *
lists_by_id(struct router *r, uint32_t id)
{
	const struct list_key key = { .id = id };
	const struct list *l = find(&r->list_ids, &key, by_id);

	return l == NULL ? NULL : l->acl;
}

int
lists_index_add(struct router *r, struct list *l)
{
	l->key = (struct list_key){ .name = acl_name(l->acl),
		.space = name_space(acl_kind(l->acl)),
		.id = acl_id(l->acl) };
	if (tsearch(&l->key, &r->list_names, by_name) == NULL)
		return -1;
	if (tsearch(&l->key, &r->list_ids, by_id) == NULL) {
		tdelete(&l->key, &r->list_names, by_name);
		return -1;
	}
	return 0;
}

void
lists_index_remove(struct router *r, struct list *l)
{
	tdelete(&l->key, &r->list_names, by_name);
	tdelete(&l->key, &r->list_ids, by_id);
}
