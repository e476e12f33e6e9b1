/*
 * lists_tidy.c - lists that were edited become as fast again as if they had been compiled whole.
 *
 * An edit is in force at once, by a program that is a little slower for each piece it has.  When a list has
 * been left alone for a moment its program is made whole.  That takes long for a long list: a helper
 * thread (work.h) builds it, which sees neither the list nor the router, while the control thread goes on; what
 * is edited meanwhile comes to it at the end.  One list at a time.
 *
 * Control thread, but for build().
 */
#include <malloc.h>
#include <stdlib.h>

#include "router/internal.h"

enum {
	QUIET_MS = 200,	      /* and, the more there is to be made, ... */
	ENTRIES_PER_MS = 100, /* ... another millisecond for so many entries */
	LONG = 10000,	      /* entries of a list that takes megabytes to compile */
};

struct tidying {
	struct job job; /* first */
	struct router *router;
	struct acl_whole *whole;
	struct list *list; /* NULL: it is no more */
	bool built;
};

/*
 * What compiling a long list needed for a while is given back to the system: the allocator would keep it.
 */
static void
give_back(const struct list *l)
{
	if (acl_length(l->acl) >= LONG)
		malloc_trim(0);
}

static void
build(struct job *j)
{
	struct tidying *t = (struct tidying *)j;

	acl_whole_build(t->whole);
	t->built = true;
}

/* Puts the whole program before the packets, unless the list has become another in the meantime. */
static void
finish(struct job *j)
{
	struct tidying *t = (struct tidying *)j;
	struct router *r = t->router;
	struct list *l = t->list;
	struct acl_program *p = NULL;

	r->tidying = NULL;
	if (t->built && l != NULL && acl_whole_adopt(l->acl, &r->env, t->whole, &p) == 0 &&
		p != NULL) {
		acl_program_unref(l->program);
		l->program = p;
		lists_note_program(r, l);
		router_changed(r);
	}
	acl_whole_free(t->whole);
	free(t);
	if (l != NULL)
		give_back(l);
}

static void
begin(struct router *r, struct list *l)
{
	struct tidying *t = calloc(1, sizeof(*t));

	if (t == NULL)
		return;
	t->whole = acl_whole_begin(l->acl, &r->env);
	if (t->whole == NULL) {
		free(t);
		return;
	}
	t->job = (struct job){ .run = build, .done = finish };
	t->router = r;
	t->list = l;
	r->tidying = t;
	work_submit(r, WORK_LISTS, &t->job);
}

static bool
needs_it(const struct list *l)
{
	return l->program != NULL && !acl_program_is_whole(l->program);
}

void
lists_note_program(struct router *r, struct list *l)
{
	if (!needs_it(l)) {
		give_back(l);
		return;
	}
	l->ragged_ms = clock_mono_ms(r->clock);
	if (l->ragged)
		return;
	l->ragged = true;
	l->next_ragged = r->ragged;
	r->ragged = l;
}

void
lists_tidy_forget(struct router *r, struct list *l)
{
	struct list **at = &r->ragged;

	if (r->tidying != NULL && r->tidying->list == l)
		r->tidying->list = NULL;
	if (!l->ragged)
		return;
	while (*at != l)
		at = &(*at)->next_ragged;
	*at = l->next_ragged;
	l->ragged = false;
}

/* Milliseconds until the next of the ragged lists is due; it is in *due when it is now. -1: none. */
static int64_t
next_due(struct router *r, struct list **due)
{
	const uint64_t now = clock_mono_ms(r->clock);
	struct list **at = &r->ragged, *l;
	int64_t soonest = -1;

	*due = NULL;
	while ((l = *at) != NULL) {
		const uint64_t quiet = QUIET_MS + acl_length(l->acl) / ENTRIES_PER_MS;
		int64_t left = (int64_t)(l->ragged_ms + quiet - now);

		if (left <= 0 || !needs_it(l)) {
			*at = l->next_ragged;
			l->ragged = false;
			if (!needs_it(l))
				continue;
			*due = l;
			return 0;
		}
		soonest = soonest < 0 || left < soonest ? left : soonest;
		at = &l->next_ragged;
	}
	return soonest;
}

int64_t
lists_tidy_tick(struct router *r)
{
	struct list *due;
	int64_t ms;

	while (r->tidying == NULL) {
		ms = next_due(r, &due);
		if (due == NULL)
			return ms;
		begin(r, due);
	}
	return -1; /* the helper's end wakes us */
}
