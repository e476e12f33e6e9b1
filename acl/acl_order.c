/*
 * acl_order.c - an ordered sequence of item pointers in runs.
 *
 * A directory of runs, each a short sorted array.  Finding is a binary search over the runs and one
 * within; inserting and removing move at most a run's pointers and, when a run splits or empties,
 * the directory's.  Appending fills runs to the brim, so a loaded list costs eight bytes an item.
 *
 * Reading by position remembers the run it was in: lists are walked from end to end.  Memory for a
 * split is set aside beforehand by acl_order_reserve(), so that an insertion cannot fail midway.
 * Control thread only; the items are the caller's.
 */
#include "acl/acl_order.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "acl/acl_internal.h"

enum { RUN_MAX = 256 };

struct run {
	size_t n; /* 1..RUN_MAX */
	struct acl_item *v[RUN_MAX];
};

struct acl_order {
	struct run **run;
	size_t runs, room;
	size_t length;
	struct run *reserve; /* for the next split */
	size_t seen_run;     /* acl_order_at(): where it was last ... */
	size_t seen_before;  /* ... and how many items stand before that run */
};

bool
acl_sort_before(const struct acl_sort_key *a, const struct acl_sort_key *b)
{
	if (a->group != b->group)
		return a->group < b->group;
	if (a->place != b->place)
		return a->place < b->place;
	if (a->is_entry != b->is_entry)
		return b->is_entry;
	return a->arrival < b->arrival;
}

struct acl_order *
acl_order_create(void)
{
	return calloc(1, sizeof(struct acl_order));
}

void
acl_order_destroy(struct acl_order *o)
{
	if (o == NULL)
		return;
	for (size_t i = 0; i < o->runs; i++)
		free(o->run[i]);
	free(o->run);
	free(o->reserve);
	free(o);
}

size_t
acl_order_length(const struct acl_order *o)
{
	return o->length;
}

struct acl_item *
acl_order_at(struct acl_order *o, size_t i)
{
	if (i > o->seen_before && o->length - i < i - o->seen_before) {
		o->seen_run = o->runs - 1;
		o->seen_before = o->length - o->run[o->seen_run]->n;
	}
	while (i < o->seen_before)
		o->seen_before -= o->run[--o->seen_run]->n;
	while (i - o->seen_before >= o->run[o->seen_run]->n)
		o->seen_before += o->run[o->seen_run++]->n;
	return o->run[o->seen_run]->v[i - o->seen_before];
}

static void
forget_position(struct acl_order *o)
{
	o->seen_run = 0;
	o->seen_before = 0;
}

/* The first run whose last key is not below key; runs when there is none. */
static size_t
find_run(const struct acl_order *o, const struct acl_sort_key *key)
{
	size_t lo = 0, hi = o->runs;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		const struct run *r = o->run[mid];

		if (acl_sort_before(&r->v[r->n - 1]->key, key))
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* The first place in the run whose key is not below key. */
static size_t
find_in_run(const struct run *r, const struct acl_sort_key *key)
{
	size_t lo = 0, hi = r->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (acl_sort_before(&r->v[mid]->key, key))
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

struct acl_item *
acl_order_from(const struct acl_order *o, const struct acl_sort_key *key)
{
	size_t i = find_run(o, key);

	return i < o->runs ? o->run[i]->v[find_in_run(o->run[i], key)] : NULL;
}

struct acl_item *
acl_order_before(const struct acl_order *o, const struct acl_sort_key *key)
{
	size_t i = find_run(o, key);
	size_t k = i < o->runs ? find_in_run(o->run[i], key) : 0;

	if (k > 0)
		return o->run[i]->v[k - 1];
	return i > 0 ? o->run[i - 1]->v[o->run[i - 1]->n - 1] : NULL;
}

int
acl_order_reserve(struct acl_order *o)
{
	if (o->runs == o->room) {
		size_t room = o->room > 0 ? o->room * 2 : 16;
		struct run **run = reallocarray(o->run, room, sizeof(*run));

		if (run == NULL)
			return -ENOMEM;
		o->run = run;
		o->room = room;
	}
	if (o->reserve == NULL)
		o->reserve = malloc(sizeof(*o->reserve));
	return o->reserve != NULL ? 0 : -ENOMEM;
}

/* Puts the reserved run, empty, at place i of the directory. */
static struct run *
add_run(struct acl_order *o, size_t i)
{
	struct run *r = o->reserve;

	o->reserve = NULL;
	r->n = 0;
	memmove(&o->run[i + 1], &o->run[i], (o->runs - i) * sizeof(*o->run));
	o->run[i] = r;
	o->runs++;
	return r;
}

/* Moves the upper half of run i into a new run behind it. */
static void
split_run(struct acl_order *o, size_t i)
{
	struct run *lower = o->run[i];
	struct run *upper = add_run(o, i + 1);

	upper->n = lower->n - RUN_MAX / 2;
	lower->n = RUN_MAX / 2;
	memcpy(upper->v, lower->v + lower->n, upper->n * sizeof(upper->v[0]));
}

void
acl_order_insert(struct acl_order *o, struct acl_item *item)
{
	size_t i = find_run(o, &item->key), k;
	struct run *r;

	if (i == o->runs) {
		/* At the end: fill the last run, then start another. */
		if (i == 0 || o->run[i - 1]->n == RUN_MAX)
			add_run(o, i);
		else
			i--;
	} else if (o->run[i]->n == RUN_MAX) {
		split_run(o, i);
		i = find_run(o, &item->key);
	}
	r = o->run[i];
	k = find_in_run(r, &item->key);
	memmove(&r->v[k + 1], &r->v[k], (r->n - k) * sizeof(r->v[0]));
	r->v[k] = item;
	r->n++;
	o->length++;
	forget_position(o);
}

void
acl_order_remove(struct acl_order *o, struct acl_item *item)
{
	size_t i = find_run(o, &item->key);
	struct run *r = o->run[i];
	size_t k = find_in_run(r, &item->key);

	r->n--;
	o->length--;
	memmove(&r->v[k], &r->v[k + 1], (r->n - k) * sizeof(r->v[0]));
	forget_position(o);
	if (r->n > 0)
		return;
	o->runs--;
	memmove(&o->run[i], &o->run[i + 1], (o->runs - i) * sizeof(*o->run));
	free(r);
}
