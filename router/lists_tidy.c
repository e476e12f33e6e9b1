/*
 * lists_tidy.c - lists that were edited become as fast again as if they had been compiled whole.
 *
 * An edit is in force at once, by a program that is a little slower for each piece it has.  When a list has
 * been left alone for a moment its program is made whole.  That takes long for a long list: a thread
 * of its own builds it, which sees neither the list nor the router, while the control thread goes on; what
 * is edited meanwhile comes to it at the end.  One list at a time.
 *
 * Control thread, but for build().
 */
#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "router/internal.h"

enum {
	QUIET_MS = 200,	      /* and, the more there is to be made, ... */
	ENTRIES_PER_MS = 100, /* ... another millisecond for so many entries */
	LONG = 10000,	      /* entries of a list that takes megabytes to compile */
};

struct tidying {
	struct acl_whole *whole;
	struct list *list; /* NULL: it is no more */
	pthread_t thread;
	bool threaded;
	atomic_bool built;
	int fd;
};

static void *
build(void *arg)
{
	struct tidying *t = arg;
	const uint64_t one = 1;

	acl_whole_build(t->whole);
	atomic_store(&t->built, true);
	if (t->fd >= 0)
		(void)!write(t->fd, &one, sizeof(one));
	return NULL;
}

/* In a thread when somebody listens for its end; else, or without one, here and now. */
static void
start(struct router *r, struct tidying *t)
{
	sigset_t all, before;

	t->fd = r->tidy_fd;
	if (t->fd >= 0) {
		sigfillset(&all);
		pthread_sigmask(SIG_SETMASK, &all, &before);
		t->threaded = pthread_create(&t->thread, NULL, build, t) == 0;
		pthread_sigmask(SIG_SETMASK, &before, NULL);
	}
	if (!t->threaded)
		build(t);
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
	t->list = l;
	r->tidying = t;
	start(r, t);
}

/*
 * What compiling a long list needed for a while is given back to the system: the allocator would keep it.
 */
static void
give_back(const struct list *l)
{
	if (acl_length(l->acl) >= LONG)
		malloc_trim(0);
}

/* Puts the whole program before the packets, unless the list has become another in the meantime. */
static void
finish(struct router *r)
{
	struct tidying *t = r->tidying;
	struct list *l = t->list;
	struct acl_program *p = NULL;

	r->tidying = NULL;
	if (t->threaded)
		pthread_join(t->thread, NULL);
	if (l != NULL && acl_whole_adopt(l->acl, &r->env, t->whole, &p) == 0 && p != NULL) {
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

	if (r->tidying != NULL && atomic_load(&r->tidying->built))
		finish(r);
	while (r->tidying == NULL) {
		ms = next_due(r, &due);
		if (due == NULL)
			return ms;
		begin(r, due);
		if (r->tidying != NULL && !r->tidying->threaded)
			finish(r);
	}
	return -1; /* the thread's end wakes us */
}

int
lists_tidy_fd(struct router *r)
{
	if (r->tidy_fd < 0)
		r->tidy_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	return r->tidy_fd;
}

void
lists_tidy_read(struct router *r)
{
	uint64_t count;

	(void)!read(r->tidy_fd, &count, sizeof(count));
}

void
lists_tidy_fini(struct router *r)
{
	if (r->tidying != NULL) {
		r->tidying->list = NULL;
		finish(r);
	}
	if (r->tidy_fd >= 0)
		close(r->tidy_fd);
}
