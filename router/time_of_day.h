/*
 * time_of_day.h - what the router takes the time to be: `clock set`, `clock timezone`, and how times are
 * written.
 *
 * The hardware calendar is the clock the router was given (router_options); `clock set` puts the
 * router's own time apart from it, for as long as the process lives.  router_clock() already is the
 * router's own.  Control thread.
 */
#ifndef ROUTER_TIME_OF_DAY_H
#define ROUTER_TIME_OF_DAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

struct router;

enum { ZONE_NAME_MAX = 7 };

struct clock_zone {
	char name[ZONE_NAME_MAX + 1];	/* "UTC" by default */
	int minutes;			/* ahead of UTC */
};

extern const char time_month_names[12][4], time_day_names[7][4];	/* "Jan", "Sun" */
extern const char *const time_month_full_names[12];			/* "January" */

const struct clock_zone *router_zone(const struct router *r);
/* name no longer than ZONE_NAME_MAX. */
void router_set_zone(struct router *r, const char *name, int minutes);
/* `clock set`: from now on it is wall_us (since 1970, UTC). */
void router_set_time(struct router *r, int64_t wall_us);
/* Somebody said so by `clock set`; until then nobody vouches for the time and it is shown with a "*". */
bool router_time_is_set(const struct router *r);
/* The calendar's time, whatever `clock set` said. */
int64_t router_calendar_us(const struct router *r);
/* Broken down in the router's zone. */
struct tm router_local_time(const struct router *r, int64_t wall_us);

#endif
