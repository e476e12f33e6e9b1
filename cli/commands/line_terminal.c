/*
 * line_terminal.c - what a terminal on a line is like: its size, its history, its timeouts, its banners.
 */
#include <string.h>

#include "cli/commands/commands.h"
#include "cli/commands/handlers.h"
#include "cli/commands/line.h"

enum { FOLLOW_WINDOW = -1, EXEC_TIMEOUT_DEFAULT_S = 600 };

static void
set_exec_timeout(struct line *l, const struct args *a)
{
	if (args_default(a))
		l->exec_timeout_s = EXEC_TIMEOUT_DEFAULT_S;
	else if (args_no(a))
		l->exec_timeout_s = 0; /* never, as IOS */
	else
		l->exec_timeout_s =
			args_number(a, "minutes", 0) * 60 + args_number(a, "seconds", 0);
}

static int
run_exec_timeout(struct session *s, const struct args *a)
{
	return line_for_each(s, a, set_exec_timeout);
}

static void
set_length(struct line *l, const struct args *a)
{
	l->length = args_no(a) ? FOLLOW_WINDOW : (int)args_number(a, "lines", 0);
}

static int
run_length(struct session *s, const struct args *a)
{
	return line_for_each(s, a, set_length);
}

static void
set_width(struct line *l, const struct args *a)
{
	l->width = args_no(a) ? FOLLOW_WINDOW : (int)args_number(a, "columns", 0);
}

static int
run_width(struct session *s, const struct args *a)
{
	return line_for_each(s, a, set_width);
}

static void
set_synchronous(struct line *l, const struct args *a)
{
	l->logging_synchronous = !args_no(a);
}

static int
run_synchronous(struct session *s, const struct args *a)
{
	return line_for_each(s, a, set_synchronous);
}

static void
set_history(struct line *l, const struct args *a)
{
	l->history_size = args_no(a) ? -1 : (int)args_number(a, "lines", 0);
}

static int
run_history(struct session *s, const struct args *a)
{
	return line_for_each(s, a, set_history);
}

static void
set_session_timeout(struct line *l, const struct args *a)
{
	l->session_timeout_min = args_no(a) ? 0 : args_number(a, "minutes", 0);
}

static int
run_session_timeout(struct session *s, const struct args *a)
{
	return line_for_each(s, a, set_session_timeout);
}

static void
set_absolute_timeout(struct line *l, const struct args *a)
{
	l->absolute_timeout_min = args_no(a) ? 0 : args_number(a, "minutes", 0);
}

static int
run_absolute_timeout(struct session *s, const struct args *a)
{
	return line_for_each(s, a, set_absolute_timeout);
}

static void
set_location(struct line *l, const struct args *a)
{
	strcpy(l->location, args_no(a) ? "" : args_text(a, "text"));
}

static int
run_location(struct session *s, const struct args *a)
{
	if (!args_no(a) && strlen(args_text(a, "text")) > LINE_LOCATION_MAX)
		return command_refuse(
			s, "%% Location is too long (at most %d characters)", LINE_LOCATION_MAX);
	return line_for_each(s, a, set_location);
}

static void
set_exec_banner(struct line *l, const struct args *a)
{
	l->exec_banner = args_default(a) || !args_no(a);
}

static int
run_exec_banner(struct session *s, const struct args *a)
{
	return line_for_each(s, a, set_exec_banner);
}

static void
set_motd_banner(struct line *l, const struct args *a)
{
	l->motd_banner = args_default(a) || !args_no(a);
}

static int
run_motd_banner(struct session *s, const struct args *a)
{
	return line_for_each(s, a, set_motd_banner);
}

#define TIMEOUT "Set the EXEC timeout\nTimeout in minutes\nTimeout in seconds"
#define LENGTH "Set number of lines on a screen\nNumber of lines on screen (0 for no pausing)"
#define WIDTH "Set width of the display terminal\nNumber of characters on a screen line"
#define HISTORY                                                                                    \
	"Enable and control the command history function\nSet history buffer size\n"               \
	"Size of history buffer"
#define SESSION_TIMEOUT                                                                            \
	"Set interval for closing connection when there is no input traffic\n"                     \
	"Session timeout interval in minutes"
#define ABSOLUTE_TIMEOUT                                                                           \
	"Set absolute timeout for line disconnection\nAbsolute timeout interval in minutes"
#define LOCATION                                                                                   \
	"Enter terminal location description\nOne text line describing the terminal's location"

const struct command line_terminal_commands[] = {
	{ .mode = MODE_CONFIG_LINE,
		.privilege = 15,
		.syntax = "exec-timeout <minutes:0-35791> [<seconds:0-2147483>]",
		.no_syntax = "exec-timeout [<minutes:0-35791> [<seconds:0-2147483>]]",
		.help = TIMEOUT,
		.no_help = TIMEOUT,
		.run = run_exec_timeout },
	{ .mode = MODE_CONFIG_LINE,
		.privilege = 15,
		.syntax = "length <lines:0-512>",
		.no_syntax = "length [<lines:0-512>]",
		.help = LENGTH,
		.no_help = LENGTH,
		.run = run_length },
	{ .mode = MODE_CONFIG_LINE,
		.privilege = 15,
		.syntax = "width <columns:0-512>",
		.no_syntax = "width [<columns:0-512>]",
		.help = WIDTH,
		.no_help = WIDTH,
		.run = run_width },
	{ .mode = MODE_CONFIG_LINE,
		.privilege = 15,
		.syntax = "logging synchronous",
		.no_syntax = "=",
		.help = "Modify message logging facilities\nSynchronized message output",
		.run = run_synchronous },
	{ .mode = MODE_CONFIG_LINE,
		.privilege = 15,
		.syntax = "history size <lines:0-256>",
		.no_syntax = "history size [<lines:0-256>]",
		.help = HISTORY,
		.no_help = HISTORY,
		.run = run_history },
	{ .mode = MODE_CONFIG_LINE,
		.privilege = 15,
		.syntax = "session-timeout <minutes:0-35791>",
		.no_syntax = "session-timeout [<minutes:0-35791>]",
		.help = SESSION_TIMEOUT,
		.no_help = SESSION_TIMEOUT,
		.run = run_session_timeout },
	{ .mode = MODE_CONFIG_LINE,
		.privilege = 15,
		.syntax = "absolute-timeout <minutes:0-10000>",
		.no_syntax = "absolute-timeout [<minutes:0-10000>]",
		.help = ABSOLUTE_TIMEOUT,
		.no_help = ABSOLUTE_TIMEOUT,
		.run = run_absolute_timeout },
	{ .mode = MODE_CONFIG_LINE,
		.privilege = 15,
		.syntax = "location <text:line>",
		.no_syntax = "location [<text:line>]",
		.help = LOCATION,
		.no_help = LOCATION,
		.run = run_location },
	{ .mode = MODE_CONFIG_LINE,
		.privilege = 15,
		.syntax = "exec-banner",
		.no_syntax = "=",
		.help = "Enable the display of the EXEC banner",
		.run = run_exec_banner },
	{ .mode = MODE_CONFIG_LINE,
		.privilege = 15,
		.syntax = "motd-banner",
		.no_syntax = "=",
		.help = "Enable the display of the MOTD banner",
		.run = run_motd_banner },
	{ .syntax = NULL },
};
