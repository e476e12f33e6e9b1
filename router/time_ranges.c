/*
 * time_ranges.c - time ranges by name, and the clock that opens and closes them.
 *
 * An entry whose range is closed is left out of its list's program, so the packets never look at a
 * clock: a range that turns makes its lists stale and publishes them anew, once for all that turn
 * in the same minute.
 */
#include <stdlib.h>
#include <string.h>

#include "router/internal.h"

enum { MINUTE_MS = 60000 };

static struct range *
range_find(struct router *r, const char *name)
{
	for (size_t i = 0; i < r->ranges; i++)
		if (strcmp(time_range_name(r->range[i].range), name) == 0)
			return &r->range[i];
	return NULL;
}

struct time_range *
time_ranges_find(struct router *r, const char *name)
{
	struct range *range = range_find(r, name);

	return range == NULL ? NULL : range->range;
}

struct time_range *
time_ranges_at(struct router *r, size_t i)
{
	return i < r->ranges ? r->range[i].range : NULL;
}

bool
time_ranges_active(struct router *r, const char *name)
{
	const struct range *range = range_find(r, name);

	return range != NULL && range->active;
}

static int64_t
this_minute(const struct router *r)
{
	return clock_wall_us(r->clock) / 1000 / MINUTE_MS;
}

/* Settles a range's state; true when that makes a list stale. */
static bool
settle(struct router *r, struct range *range)
{
	bool active = time_range_active(range->range, this_minute(r));

	if (active == range->active)
		return false;
	range->active = active;
	return lists_make_stale(r, acl_uses_time_range, time_range_name(range->range));
}

struct time_range *
time_ranges_open(struct router *r, const char *name, struct parse_error *err)
{
	struct range *range = range_find(r, name), *grown;
	size_t at = r->ranges;
	struct time_range *t;

	if (range != NULL)
		return range->range;
	if (strlen(name) > TIME_RANGE_NAME_MAX) {
		parse_fail_message(err, "%% Time range name is too long (at most %d characters)",
			TIME_RANGE_NAME_MAX);
		return NULL;
	}
	grown = reallocarray(r->range, r->ranges + 1, sizeof(*grown));
	if (grown != NULL)
		r->range = grown;
	t = grown != NULL ? time_range_create(name) : NULL;
	if (t == NULL) {
		parse_fail_message(err, "%% Out of memory");
		return NULL;
	}
	while (at > 0 && strcmp(time_range_name(grown[at - 1].range), name) > 0) {
		grown[at] = grown[at - 1];
		at--;
	}
	grown[at] = (struct range){ .range = t };
	r->ranges++;
	if (settle(r, &grown[at]))
		router_changed(r);
	return t;
}

bool
time_ranges_delete(struct router *r, const char *name)
{
	struct range *range = range_find(r, name);
	struct time_range *t;
	size_t i;

	if (range == NULL)
		return false;
	i = (size_t)(range - r->range);
	t = range->range;
	memmove(range, range + 1, (r->ranges - i - 1) * sizeof(*range));
	r->ranges--;
	if (lists_make_stale(r, acl_uses_time_range, name))
		router_changed(r);
	time_range_destroy(t);
	return true;
}

int
time_ranges_add(struct router *r, struct time_range *t, const struct time_window *w)
{
	int rc = time_range_add(t, w);

	if (rc == 1 && settle(r, range_find(r, time_range_name(t))))
		router_changed(r);
	return rc;
}

bool
time_ranges_remove(struct router *r, struct time_range *t, const struct time_window *w)
{
	if (!time_range_remove(t, w))
		return false;
	if (settle(r, range_find(r, time_range_name(t))))
		router_changed(r);
	return true;
}

int64_t
time_ranges_tick(struct router *r)
{
	bool any = false;

	if (r->ranges == 0)
		return -1;
	for (size_t i = 0; i < r->ranges; i++)
		any |= settle(r, &r->range[i]);
	if (any)
		router_changed(r);
	return MINUTE_MS - clock_wall_us(r->clock) / 1000 % MINUTE_MS;
}

void
time_ranges_fini(struct router *r)
{
	for (size_t i = 0; i < r->ranges; i++)
		time_range_destroy(r->range[i].range);
	free(r->range);
}
