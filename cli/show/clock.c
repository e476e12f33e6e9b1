/*
 * clock.c - `show clock`, `show calendar`.
 *
 * The clock carries IOS's "*", "not authoritative", until `clock set`: nothing here knows NTP.
 */
#include "cli/show/show_internal.h"

void
show_clock(struct text *t, struct router *r, bool detail)
{
	bool set = router_time_is_set(r);
	char now[SHOW_TIME_MAX];

	text_addf(t, "%s%s\n", set ? "" : "*",
		show_time(r, clock_wall_us(router_clock(r)), true, now));
	if (detail)
		text_addf(
			t, "Time source is %s\n", set ? "user configuration" : "hardware calendar");
}

void
show_calendar(struct text *t, struct router *r)
{
	char now[SHOW_TIME_MAX];

	text_addf(t, "%s\n", show_time(r, router_calendar_us(r), false, now));
}
