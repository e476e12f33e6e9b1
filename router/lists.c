/*
 * lists.c - the router's access lists in show order, and the edits that reach the dataplane.
 *
 * A deleted list waits in the graveyard until router_commit() has published a snapshot without it;
 * only then is no packet using its program or its counters.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "router/internal.h"

/* The kinds in the order of their enum; in each, numbers ascending, then names as ASCII sorts them. */
static int
compare(enum acl_kind kind_a, const char *a, enum acl_kind kind_b, const char *b)
{
	enum acl_kind dummy;
	bool number_a = acl_number_kind(a, &dummy), number_b = acl_number_kind(b, &dummy);

	if (kind_a != kind_b)
		return (int)kind_a - (int)kind_b;
	if (number_a != number_b)
		return number_a ? -1 : 1;
	return number_a ? atoi(a) - atoi(b) : strcmp(a, b);
}

static bool
is_ipv4(enum acl_kind kind)
{
	return kind == ACL_STANDARD || kind == ACL_EXTENDED;
}

struct acl *
lists_find_kind(struct router *r, const char *name, enum acl_kind kind)
{
	struct list *l = lists_find_list(r, name, kind);

	return l == NULL ? NULL : l->acl;
}

struct acl *
lists_find(struct router *r, const char *name)
{
	return lists_find_kind(r, name, ACL_EXTENDED);
}

struct acl *
lists_at(struct router *r, size_t i)
{
	return i < r->lists ? r->list[i]->acl : NULL;
}

static bool
name_allowed(const char *name, enum acl_kind kind, struct parse_error *err)
{
	enum acl_kind of_number;
	size_t digits = strspn(name, "0123456789");

	if (name[0] == '\0' || strlen(name) > ACL_NAME_MAX ||
		(is_ipv4(kind) && name[digits] == '\0' &&
			(!acl_number_kind(name, &of_number) || of_number != kind))) {
		parse_fail_message(err, "%% Invalid access list name.");
		return false;
	}
	return true;
}

static int
make_room(struct router *r)
{
	size_t room = r->lists_room == 0 ? 16 : r->lists_room * 2;
	struct list **grown;

	if (r->lists < r->lists_room)
		return 0;
	grown = realloc(r->list, room * sizeof(*grown));
	if (grown == NULL)
		return -1;
	r->list = grown;
	r->lists_room = room;
	return 0;
}

/* Where a list of this kind and name stands in show order, or would stand. */
static size_t
place_of(const struct router *r, enum acl_kind kind, const char *name)
{
	size_t from = 0, to = r->lists;

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		const struct acl *acl = r->list[middle]->acl;

		if (compare(acl_kind(acl), acl_name(acl), kind, name) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

static struct acl *
list_create(struct router *r, const char *name, enum acl_kind kind)
{
	struct list *l = calloc(1, sizeof(*l));
	size_t at = place_of(r, kind, name);

	if (l == NULL || make_room(r) < 0)
		goto fail;
	l->acl = acl_create(name, kind, r->next_list_id);
	if (l->acl == NULL || lists_index_add(r, l) < 0)
		goto fail;
	r->next_list_id++;
	l->stale = true;
	memmove(&r->list[at + 1], &r->list[at], (r->lists - at) * sizeof(*r->list));
	r->list[at] = l;
	r->lists++;
	return l->acl;
fail:
	if (l != NULL)
		acl_destroy(l->acl);
	free(l);
	return NULL;
}

struct acl *
lists_open(struct router *r, const char *name, enum acl_kind kind, struct parse_error *err)
{
	struct acl *acl = lists_find_kind(r, name, kind);

	if (acl != NULL && acl_kind(acl) != kind) {
		parse_fail_message(err,
			"%% A named %s IP access list with this name already exists",
			acl_kind(acl) == ACL_EXTENDED ? "extended" : "standard");
		return NULL;
	}
	if (acl == NULL && name_allowed(name, kind, err)) {
		acl = list_create(r, name, kind);
		if (acl == NULL)
			parse_fail_message(err, "%% Out of memory");
	}
	return acl;
}

static void
list_free(struct router *r, struct list *l)
{
	lists_tidy_forget(r, l);
	acl_program_unref(l->program);
	acl_destroy(l->acl);
	free(l);
}

void
lists_reclaim(struct router *r)
{
	struct list *l;

	while ((l = r->edited) != NULL) { /* deleted ones may be among them */
		r->edited = l->next_edited;
		l->edited = false;
		acl_reclaim(l->acl);
	}
	while ((l = r->graveyard) != NULL) {
		r->graveyard = l->next;
		list_free(r, l);
	}
}

bool
lists_delete_kind(struct router *r, const char *name, enum acl_kind kind)
{
	struct list *l = lists_find_list(r, name, kind);
	size_t i;

	if (l == NULL)
		return false;
	i = place_of(r, acl_kind(l->acl), name);
	lists_index_remove(r, l);
	memmove(&r->list[i], &r->list[i + 1], (r->lists - i - 1) * sizeof(*r->list));
	r->lists--;
	acl_log_forget_list(r, acl_id(l->acl));
	l->next = r->graveyard;
	r->graveyard = l;
	router_changed(r);
	return true;
}

bool
lists_delete(struct router *r, const char *name)
{
	return lists_delete_kind(r, name, ACL_EXTENDED);
}

static void
edited(struct router *r, struct acl *acl)
{
	struct list *l = lists_find_list(r, acl_name(acl), acl_kind(acl));

	l->dirty = true;
	if (!forwarding_asks(r, l)) {
		acl_program_unref(l->program);
		l->program = NULL;
		acl_reclaim(acl);
		return;
	}
	if (!l->edited) {
		l->edited = true;
		l->next_edited = r->edited;
		r->edited = l;
	}
	router_changed(r);
}

/* IOS keeps no empty IPv6 list. True when the list is gone. */
static bool
drop_if_empty(struct router *r, struct acl *acl)
{
	if (acl_kind(acl) != ACL_IPV6 || acl_length(acl) > 0)
		return false;
	return lists_delete_kind(r, acl_name(acl), ACL_IPV6);
}

/* What an entry needs to be there before it can be compiled: the table it reflects to. */
static bool
prepare(struct router *r, const struct ace *ace, struct parse_error *err)
{
	if (ace->is_evaluate || ace->rare == NULL || ace->rare->reflexive == NULL ||
		reflexive_lists_open(r, ace->rare->reflexive) == 0)
		return true;
	parse_fail_message(err, "%% Out of memory");
	return false;
}

int
lists_add(struct router *r, struct acl *acl, uint32_t seq, const struct ace *ace,
	struct parse_error *err)
{
	int rc;

	if (!prepare(r, ace, err)) {
		drop_if_empty(r, acl);
		return -1;
	}
	rc = acl_add(acl, seq, ace, err);
	if (rc == 1)
		edited(r, acl);
	else
		drop_if_empty(r, acl);
	return rc;
}

static void
removed_from(struct router *r, struct acl *acl)
{
	if (!drop_if_empty(r, acl))
		edited(r, acl);
}

bool
lists_remove_seq(struct router *r, struct acl *acl, uint32_t seq)
{
	if (!acl_remove_seq(acl, seq))
		return false;
	removed_from(r, acl);
	return true;
}

bool
lists_remove(struct router *r, struct acl *acl, const struct ace *ace)
{
	if (!acl_remove(acl, ace))
		return false;
	removed_from(r, acl);
	return true;
}

int
lists_resequence(
	struct router *r, struct acl *acl, uint32_t start, uint32_t step, struct parse_error *err)
{
	int rc = acl_resequence(acl, start, step, err);

	if (rc == 0)
		edited(r, acl);
	return rc;
}

void
lists_clear_hits(struct router *r, const char *name, unsigned kinds)
{
	for (size_t i = 0; i < r->lists; i++) {
		struct acl *acl = r->list[i]->acl;

		if ((kinds & 1u << acl_kind(acl)) != 0 &&
			(name == NULL || strcmp(acl_name(acl), name) == 0))
			acl_clear_hits(acl);
	}
}

bool
lists_use(struct router *r, bool (*uses)(const struct acl *acl, const char *name), const char *name)
{
	for (size_t i = 0; i < r->lists; i++)
		if (uses(r->list[i]->acl, name))
			return true;
	return false;
}

bool
lists_make_stale(
	struct router *r, bool (*uses)(const struct acl *acl, const char *name), const char *name)
{
	bool any = false;

	for (size_t i = 0; i < r->lists; i++) {
		if (!uses(r->list[i]->acl, name))
			continue;
		r->list[i]->stale = true;
		any = true;
	}
	return any;
}

void
lists_fini(struct router *r)
{
	lists_reclaim(r);
	for (size_t i = 0; i < r->lists; i++) {
		lists_index_remove(r, r->list[i]);
		list_free(r, r->list[i]);
	}
	free(r->list);
}
