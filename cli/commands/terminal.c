/*
 * terminal.c - `terminal ...`: length, width, history and log lines of this session only.
 *
 * -1 puts a dimension back to what the window says. On the console log lines appear anyway, and
 * `terminal monitor` says so, as IOS does.
 */
#include "cli/commands/commands.h"
#include "cli/commands/handlers.h"

enum { HISTORY_DEFAULT = 10, FOLLOW_WINDOW = -1 };

static int
run_length(struct session *s, const struct args *a)
{
	session_set_length(s, (int)args_number(a, "lines", 0));
	return 0;
}

static int
run_width(struct session *s, const struct args *a)
{
	session_set_width(s, (int)args_number(a, "columns", 0));
	return 0;
}

static int
run_history(struct session *s, const struct args *a)
{
	session_set_history_size(s, (int)args_number(a, "lines", HISTORY_DEFAULT));
	return 0;
}

static int
run_monitor(struct session *s, const struct args *a)
{
	(void)a;
	if (session_kind(s) == SESSION_CONSOLE)
		return command_refuse(s, "%% Console already monitors");
	session_set_monitor(s, true);
	return 0;
}

static int
run_no(struct session *s, const struct args *a)
{
	if (args_has(a, "length"))
		session_set_length(s, FOLLOW_WINDOW);
	else if (args_has(a, "width"))
		session_set_width(s, FOLLOW_WINDOW);
	else if (args_has(a, "history"))
		session_set_history_size(s, args_has(a, "size") ? HISTORY_DEFAULT : 0);
	else
		session_set_monitor(s, false);
	return 0;
}

#define TERMINAL "Set terminal line parameters\n"
#define HISTORY "Enable and control the command history function\n"

const struct command terminal_commands[] = {
	{ .mode = MODE_USER_EXEC,
		.privilege = 0,
		.syntax = "terminal length <lines:0-512>",
		.help = TERMINAL "Set number of lines on a screen\n"
				 "Number of lines on screen (0 for no pausing)",
		.run = run_length },
	{ .mode = MODE_USER_EXEC,
		.privilege = 0,
		.syntax = "terminal width <columns:0-512>",
		.help = TERMINAL "Set width of the display terminal\n"
				 "Number of characters on a screen line",
		.run = run_width },
	{ .mode = MODE_USER_EXEC,
		.privilege = 0,
		.syntax = "terminal history [size <lines:0-256>]",
		.help = TERMINAL HISTORY "Set history buffer size\nSize of history buffer",
		.run = run_history },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "terminal monitor",
		.help = TERMINAL "Copy debug output to the current terminal line",
		.run = run_monitor },
	{ .mode = MODE_USER_EXEC,
		.privilege = 0,
		.syntax = "terminal no {length|width|history [size]|monitor}",
		.help = TERMINAL "Negate a command or set its defaults\n"
				 "Set number of lines on a screen\n"
				 "Set width of the display terminal\n" HISTORY
				 "Set history buffer size\n"
				 "Copy debug output to the current terminal line",
		.run = run_no },
	{ .syntax = NULL },
};
