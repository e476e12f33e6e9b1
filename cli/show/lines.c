/*
 * lines.c - `show line` and `show users`: the terminal lines, who is on them, how often they were used.
 *
 * What belongs to serial hardware (modem, noise, overruns) has its place in IOS's table and never a
 * value here.
 */
#include <stdio.h>
#include <string.h>

#include "cli/show/show_internal.h"

static const char *const kind_names[] = {
	[LINE_CON] = "con", [LINE_AUX] = "aux", [LINE_VTY] = "vty"
};

/* ---- show line ---- */

static void
add_line_row(struct text *t, const struct line *l)
{
	static const char *const type[] = {
		[LINE_CON] = "CTY", [LINE_AUX] = "AUX", [LINE_VTY] = "VTY"
	};
	unsigned n = line_absolute(l);

	text_addf(t, "%c%5u %4u %s   %-9s  -    -      -    - %4s %5u        0    0/0      -\n",
		l->busy ? '*' : ' ', n, n, type[l->kind], l->kind == LINE_AUX ? "9600/9600" : "",
		l->access_class[0] != '\0' ? l->access_class : "-", l->uses);
}

/* "00:10:00", or never. */
static const char *
interval(uint64_t seconds, char buf[SHOW_TIME_MAX])
{
	return seconds != 0 ? show_age(seconds, buf) : "never";
}

static const char *
transports(unsigned which)
{
	static const char *const name[] = { "none", "telnet", "ssh", "telnet ssh" };

	return name[which & (LINE_TELNET | LINE_SSH)];
}

static void
add_line_details(struct text *t, struct router *r, const struct line *l)
{
	char idle[SHOW_TIME_MAX], session[SHOW_TIME_MAX], absolute[SHOW_TIME_MAX];
	uint64_t now = clock_mono_ms(router_clock(r));
	unsigned input =
		(l->transport_telnet ? LINE_TELNET : 0) | (l->transport_ssh ? LINE_SSH : 0);

	text_addf(t, "\nLine %u, Location: \"%s\", Type: \"\"\n", line_absolute(l), l->location);
	text_addf(t, "Length: %d lines, Width: %d columns\n",
		l->length >= 0 ? l->length : LINE_LENGTH_DEFAULT,
		l->width >= 0 ? l->width : LINE_WIDTH_DEFAULT);
	text_addf(t, "Status: %s\n", l->busy ? "Ready, Active" : "No Exit Banner");
	text_addf(t,
		"Timeouts:      Idle EXEC    Idle Session   Absolute\n"
		"               %-12s %-14s %s\n",
		interval(l->exec_timeout_s, idle),
		interval((uint64_t)l->session_timeout_min * 60, session),
		interval((uint64_t)l->absolute_timeout_min * 60, absolute));
	text_addf(t, "Time since activation: %s\n",
		l->busy ? show_age((now - l->taken_ms) / 1000, idle) : "never");
	if (l->history_size == 0)
		text_add(t, "History is disabled.\n");
	else
		text_addf(t, "History is enabled, history size is %d.\n",
			l->history_size > 0 ? l->history_size : LINE_HISTORY_DEFAULT);
	if (l->kind == LINE_VTY)
		text_addf(t, "Allowed input transports are %s.\n", transports(input));
	text_addf(t, "Allowed output transports are %s.\n", transports(l->transport_output));
	text_addf(t, "Preferred transport is %s.\n",
		l->transport_preferred == PREFERRED_NONE  ? "none"
		: l->transport_preferred == PREFERRED_SSH ? "ssh"
							  : "telnet");
}

void
show_line(struct text *t, struct router *r, const struct line *only)
{
	const struct line *l;

	text_add(t, "   Tty Line Typ     Tx/Rx    A Modem  Roty AccO AccI  Uses    Noise Overruns  "
		    "Int\n");
	for (unsigned n = 0; (l = line_at(r, n)) != NULL; n++)
		if (only == NULL ? l->configured : l == only)
			add_line_row(t, l);
	if (only != NULL)
		add_line_details(t, r, only);
}

/* ---- show users ---- */

static void
add_user_row(struct text *t, struct router *r, const struct line *l, const struct line *self)
{
	uint64_t now = clock_mono_ms(router_clock(r));
	char idle[SHOW_TIME_MAX], name[16];

	snprintf(name, sizeof(name), "%s %u", kind_names[l->kind], l->number);
	show_age(l->busy && now > l->last_input_ms ? (now - l->last_input_ms) / 1000 : 0, idle);
	text_addf(t, "%c%3u %-9s %-10s %-20s %-10s %s\n", l == self ? '*' : ' ', line_absolute(l),
		name, l->user, l->busy ? "idle" : "", idle, l->peer);
}

void
show_users(struct text *t, struct router *r, const struct line *self, bool all)
{
	const struct line *l;

	text_add(t, "    Line       User       Host(s)              Idle       Location\n");
	for (unsigned n = 0; (l = line_at(r, n)) != NULL; n++)
		if (l->busy || (all && l->configured))
			add_user_row(t, r, l, self);
	text_add(t, "\n  Interface    User               Mode         Idle     Peer Address\n");
}
