/*
 * time_of_day.c - the router's own time: the calendar and what `clock set` added to it.
 *
 * All of the router asks router_clock(), whose wall clock is the one below; monotonic time is not
 * touched by `clock set`, so no timer and no age jumps.
 */
#include "router/time_of_day.h"

#include <stdio.h>

#include "router/internal.h"

const char time_month_names[12][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
	"Sep", "Oct", "Nov", "Dec" };
const char time_day_names[7][4] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };

const char *const time_month_full_names[12] = { "January", "February", "March", "April", "May",
	"June", "July", "August", "September", "October", "November", "December" };

static int64_t
own_wall_us(void *arg)
{
	const struct router *r = arg;

	return clock_wall_us(r->time.calendar) + r->time.ahead_us;
}

static uint64_t
own_mono_ms(void *arg)
{
	const struct router *r = arg;

	return clock_mono_ms(r->time.calendar);
}

void
time_of_day_init(struct router *r, const struct router_clock *calendar)
{
	r->time.calendar = calendar;
	r->time.own = (struct router_clock){ own_wall_us, own_mono_ms, r };
	r->clock = &r->time.own;
	router_set_zone(r, "UTC", 0);
}

const struct clock_zone *
router_zone(const struct router *r)
{
	return &r->time.zone;
}

void
router_set_zone(struct router *r, const char *name, int minutes)
{
	snprintf(r->time.zone.name, sizeof(r->time.zone.name), "%s", name);
	r->time.zone.minutes = minutes;
}

void
router_set_time(struct router *r, int64_t wall_us)
{
	r->time.ahead_us = wall_us - clock_wall_us(r->time.calendar);
	r->time.set = true;
}

bool
router_time_is_set(const struct router *r)
{
	return r->time.set;
}

int64_t
router_calendar_us(const struct router *r)
{
	return clock_wall_us(r->time.calendar);
}

struct tm
router_local_time(const struct router *r, int64_t wall_us)
{
	time_t seconds = (time_t)(wall_us / 1000000) + r->time.zone.minutes * 60;
	struct tm tm;

	gmtime_r(&seconds, &tm);
	return tm;
}
