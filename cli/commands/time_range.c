/*
 * time_range.c - `time-range NAME` and its mode.
 *
 * A session remembers the range's name: when another session deletes it, the next window makes it
 * anew, as with lists.  A range opens and closes by itself (router/time_ranges.c).
 */
#include <stddef.h>

#include "cli/commands/commands.h"
#include "cli/commands/handlers.h"

static int
run_time_range(struct session *s, const struct args *a)
{
	struct router *r = session_router(s);
	const char *name = args_text(a, "range");
	struct parse_error err;

	if (args_no(a))
		time_ranges_delete(r, name);
	else if (time_ranges_open(r, name, &err) == NULL)
		return command_refuse(s, "%s", err.text);
	else
		session_enter_named(s, MODE_TIME_RANGE, name);
	return 0;
}

static int
run_window(struct session *s, const struct args *a)
{
	struct router *r = session_router(s);
	struct parse_error err;
	struct time_range *t = time_ranges_open(r, session_name(s), &err);

	if (t == NULL)
		return command_refuse(s, "%s", err.text);
	if (args_no(a))
		time_ranges_remove(r, t, args_window(a));
	else if (time_ranges_add(r, t, args_window(a)) < 0)
		return command_refuse(s, "%% Out of memory");
	return 0;
}

static int
run_exit(struct session *s, const struct args *a)
{
	(void)a;
	session_exit(s);
	return 0;
}

const struct command time_range_commands[] = {
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "time-range <range:time-range>",
		.no_syntax = "=",
		.help = "Define time range entries\nTime range name",
		.run = run_time_range },
	{ .mode = MODE_TIME_RANGE,
		.privilege = 15,
		.syntax = "<window:time-window>",
		.no_syntax = "=",
		.help = "A window",
		.run = run_window },
	{ .mode = MODE_TIME_RANGE,
		.privilege = 15,
		.syntax = "exit",
		.help = "Exit from time-range configuration mode",
		.run = run_exit },
	{ .syntax = NULL },
};
