/*
 * time_range.c - time ranges: their windows, and whether one is open.
 *
 * Days are counted from 1970 by the proleptic Gregorian calendar, of which 1 January 1970 was a
 * Thursday.  A periodic window is looked at as minutes of the week, from its start on; that makes
 * "22:00 to 6:00" and "Friday 17:00 to Monday 8:00" the same question.
 *
 * A struct time_range owns its name and its windows.  Control thread.  The words are in
 * time_window.c.
 */
#include "acl/time_range.h"

#include <stdlib.h>
#include <string.h>

enum {
	MINUTES_OF_DAY = 24 * 60,
	DAYS_OF_WEEK = 7,
	MINUTES_OF_WEEK = DAYS_OF_WEEK * MINUTES_OF_DAY,
	THURSDAY = 3,
};

struct time_range {
	char name[TIME_RANGE_NAME_MAX + 1];
	bool has_absolute; /* then it is window[0] */
	size_t n, room;
	struct time_window *window;
};

struct time_range *
time_range_create(const char *name)
{
	struct time_range *t = calloc(1, sizeof(*t));

	if (t != NULL)
		strncpy(t->name, name, TIME_RANGE_NAME_MAX);
	return t;
}

void
time_range_destroy(struct time_range *t)
{
	if (t == NULL)
		return;
	free(t->window);
	free(t);
}

const char *
time_range_name(const struct time_range *t)
{
	return t->name;
}

const struct time_window *
time_range_at(const struct time_range *t, size_t i)
{
	return i < t->n ? &t->window[i] : NULL;
}

static bool
same_window(const struct time_window *a, const struct time_window *b)
{
	if (a->absolute || b->absolute)
		return a->absolute == b->absolute && a->start == b->start && a->end == b->end;
	return a->days == b->days && a->from == b->from && a->to == b->to && a->to_day == b->to_day;
}

static bool
make_room(struct time_range *t)
{
	size_t room = t->room > 0 ? t->room * 2 : 4;
	struct time_window *window;

	if (t->n < t->room)
		return true;
	window = reallocarray(t->window, room, sizeof(*window));
	if (window == NULL)
		return false;
	t->window = window;
	t->room = room;
	return true;
}

int
time_range_add(struct time_range *t, const struct time_window *w)
{
	size_t at = w->absolute ? 0 : t->n;

	for (size_t i = 0; i < t->n; i++)
		if (same_window(&t->window[i], w))
			return 0;
	if (w->absolute && t->has_absolute) {
		t->window[0] = *w;
		return 1;
	}
	if (!make_room(t))
		return -1;
	memmove(&t->window[at + 1], &t->window[at], (t->n - at) * sizeof(*w));
	t->window[at] = *w;
	t->n++;
	t->has_absolute |= w->absolute;
	return 1;
}

bool
time_range_remove(struct time_range *t, const struct time_window *w)
{
	size_t at = 0;

	if (w->absolute && !t->has_absolute)
		return false;
	while (!w->absolute && at < t->n && !same_window(&t->window[at], w))
		at++;
	if (at == t->n)
		return false;
	t->n--;
	memmove(&t->window[at], &t->window[at + 1], (t->n - at) * sizeof(*w));
	if (w->absolute)
		t->has_absolute = false;
	return true;
}

/* Minutes since Monday 0:00. */
static int
minute_of_week(int64_t minute)
{
	int64_t of_week = (minute + THURSDAY * MINUTES_OF_DAY) % MINUTES_OF_WEEK;

	return (int)(of_week < 0 ? of_week + MINUTES_OF_WEEK : of_week);
}

/* How long a window is that opens on that day, its last minute included. */
static int
window_minutes(const struct time_window *w, int day)
{
	int days = w->to_day < 0 ? 0 : w->to_day - day;
	int minutes = days * MINUTES_OF_DAY + w->to - w->from;

	if (minutes < 0)
		minutes += w->to_day < 0 ? MINUTES_OF_DAY : MINUTES_OF_WEEK;
	return minutes + 1;
}

static bool
periodic_open(const struct time_window *w, int of_week)
{
	for (int day = 0; day < DAYS_OF_WEEK; day++) {
		int since = of_week - (day * MINUTES_OF_DAY + w->from);

		if (since < 0)
			since += MINUTES_OF_WEEK;
		if ((w->days >> day & 1) && since < window_minutes(w, day))
			return true;
	}
	return false;
}

bool
time_range_active(const struct time_range *t, int64_t minute)
{
	size_t first = t->has_absolute ? 1 : 0;

	if (t->has_absolute && (minute < t->window[0].start || minute > t->window[0].end))
		return false;
	for (size_t i = first; i < t->n; i++)
		if (periodic_open(&t->window[i], minute_of_week(minute)))
			return true;
	return t->n == first;
}
