/*
 * logging.c - `logging ...`: which messages go to the buffer, the console and the monitors.
 *
 * A destination's row without a level means every level, as IOS; `logging buffered` keeps what it
 * does not mention.
 */
#include <stddef.h>

#include "cli/commands/commands.h"
#include "cli/commands/handlers.h"

enum { LEVEL_ALL = LOG_LEVELS - 1, BUFFER_DEFAULT = 4096 };

/* The level that was typed, by number or by name. */
static int
level_of(const struct args *a, int absent)
{
	for (int level = 0; level < LOG_LEVELS; level++)
		if (args_has(a, logging_level_names[level]))
			return level;
	return (int)args_number(a, "level", (uint32_t)absent);
}

static int
set_destination(struct session *s, const struct args *a, enum log_destination which, int absent)
{
	struct logging_destination *d = logging_destination(session_router(s), which);

	d->on = !args_no(a) || args_default(a);
	if (d->on)
		d->level = args_default(a) ? LEVEL_ALL : level_of(a, absent);
	return 0;
}

static int
run_buffered(struct session *s, const struct args *a)
{
	struct router *r = session_router(s);
	size_t size = logging_buffer_size(r);

	if (args_default(a))
		size = BUFFER_DEFAULT;
	if (!args_no(a))
		size = args_number(a, "size", (uint32_t)size);
	logging_set_buffer_size(r, size);
	return set_destination(s, a, LOG_TO_BUFFER, logging_destination(r, LOG_TO_BUFFER)->level);
}

static int
run_console(struct session *s, const struct args *a)
{
	return set_destination(s, a, LOG_TO_CONSOLE, LEVEL_ALL);
}

static int
run_monitor(struct session *s, const struct args *a)
{
	return set_destination(s, a, LOG_TO_MONITOR, LEVEL_ALL);
}

static int
run_on(struct session *s, const struct args *a)
{
	logging_set_on(session_router(s), !args_no(a) || args_default(a));
	return 0;
}

#define LOGGING "Modify message logging facilities\n"
#define LEVELS                                                                                     \
	"[<level:0-7>|emergencies|alerts|critical|errors|warnings|notifications|informational"     \
	"|debugging]"
#define LEVELS_HELP                                                                                \
	"Logging severity level\n"                                                                 \
	"System is unusable                (severity=0)\n"                                         \
	"Immediate action needed           (severity=1)\n"                                         \
	"Critical conditions               (severity=2)\n"                                         \
	"Error conditions                  (severity=3)\n"                                         \
	"Warning conditions                (severity=4)\n"                                         \
	"Normal but significant conditions (severity=5)\n"                                         \
	"Informational messages            (severity=6)\n"                                         \
	"Debugging messages                (severity=7)"

const struct command logging_commands[] = {
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "logging buffered [<size:4096-2147483647>] " LEVELS,
		.no_syntax = "=",
		.help = LOGGING
		"Set buffered logging parameters\nLogging buffer size\n" LEVELS_HELP,
		.run = run_buffered },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "logging console " LEVELS,
		.no_syntax = "=",
		.help = LOGGING "Set console logging parameters\n" LEVELS_HELP,
		.run = run_console },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "logging monitor " LEVELS,
		.no_syntax = "=",
		.help = LOGGING "Set terminal line (monitor) logging parameters\n" LEVELS_HELP,
		.run = run_monitor },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "logging on",
		.no_syntax = "=",
		.help = LOGGING "Enable logging to all enabled destinations",
		.run = run_on },
	{ .syntax = NULL },
};
