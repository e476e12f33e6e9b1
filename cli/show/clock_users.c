/*
 * clock_users.c - `show clock` and `show users`.
 *
 * The clock always carries IOS's "*", "not authoritative": nothing here knows NTP.  Users are the
 * terminal lines that are in use; what is typed on a line resets its idle time.
 */
#include "cli/show/show_internal.h"

#include <stdio.h>

void
show_clock(struct text *t, struct router *r)
{
	char now[SHOW_TIME_MAX];

	text_addf(t, "*%s\n", show_time(clock_wall_us(router_clock(r)), true, now));
}

static void
add_user_row(struct text *t, struct router *r, const struct line *l, const struct line *self)
{
	uint64_t now = clock_mono_ms(router_clock(r));
	char idle[SHOW_TIME_MAX], name[16];

	snprintf(name, sizeof(name), "%s %u", l->kind == LINE_CON ? "con" : "vty", l->number);
	show_age(now > l->last_input_ms ? (now - l->last_input_ms) / 1000 : 0, idle);
	text_addf(t, "%c%3u %-9s %-10s %-20s %-10s %s\n", l == self ? '*' : ' ', line_absolute(l),
		name, l->user, "idle", idle, l->peer);
}

void
show_users(struct text *t, struct router *r, const struct line *self)
{
	const struct line *l;

	text_add(t, "    Line       User       Host(s)              Idle       Location\n");
	l = line_get(r, LINE_CON, 0);
	if (l->busy)
		add_user_row(t, r, l, self);
	for (unsigned n = 0; (l = line_get(r, LINE_VTY, n)) != NULL; n++)
		if (l->busy)
			add_user_row(t, r, l, self);
	text_add(t, "\n  Interface    User               Mode         Idle     Peer Address\n");
}
