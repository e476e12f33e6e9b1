/*
 * reload.c - `show reload`, and what a reload that is being scheduled says of itself.
 */
#include <inttypes.h>
#include <stdio.h>

#include "cli/show/show_internal.h"

/* "4 hours and 33 minutes", "5 minutes"; hours are never days. */
static void
put_while(struct text *t, uint64_t seconds)
{
	uint64_t minutes = (seconds + 30) / 60, hours = minutes / 60;

	minutes %= 60;
	if (hours > 0)
		text_addf(t, "%" PRIu64 " hour%s and ", hours, hours == 1 ? "" : "s");
	text_addf(t, "%" PRIu64 " minute%s", minutes, minutes == 1 ? "" : "s");
}

void
show_reload_plan(
	struct text *t, struct router *r, uint64_t seconds, const char *who, const char *reason)
{
	char when[SHOW_TIME_MAX];
	int64_t at = clock_wall_us(router_clock(r)) + (int64_t)seconds * 1000000;

	text_addf(t, "Reload scheduled for %s (in ", show_time(r, at, false, when));
	put_while(t, seconds);
	text_addf(t, ") by %s\nReload reason: %s\n", who, reason);
}

void
show_reload(struct text *t, struct router *r)
{
	const struct reload_plan *p = reload_plan(r);
	uint64_t now = clock_mono_ms(router_clock(r));

	if (!p->set)
		text_add(t, "No reload is scheduled.\n");
	else
		show_reload_plan(
			t, r, p->due_ms > now ? (p->due_ms - now) / 1000 : 0, p->who, p->reason);
}
