/*
 * clock.c - the router's time: `clock set`, `clock timezone`, and the stamps of log lines,
 * `service timestamps`.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands/commands.h"
#include "cli/commands/handlers.h"

/* The month typed, 0..11; the grammar took no other. */
static int
month_of(const struct args *a)
{
	const char *text = args_text(a, "month");
	const struct word w = { text, strlen(text), 0 };
	int month = 0;

	while (month < 11 && !word_abbreviates(&w, time_month_full_names[month]))
		month++;
	return month;
}

/* "22:13:20 UTC Tue Nov 14 2023", as the message about a new time has it. */
static void
put_time(struct router *r, int64_t wall_us, char *buf, size_t size)
{
	struct tm tm = router_local_time(r, wall_us);

	snprintf(buf, size, "%02d:%02d:%02d %s %s %s %d %d", tm.tm_hour, tm.tm_min, tm.tm_sec,
		router_zone(r)->name, time_day_names[tm.tm_wday], time_month_names[tm.tm_mon],
		tm.tm_mday, tm.tm_year + 1900);
}

static int
run_set(struct session *s, const struct args *a)
{
	struct router *r = session_router(s);
	struct tm tm = { .tm_mday = (int)args_number(a, "day", 1),
		.tm_mon = month_of(a),
		.tm_year = (int)args_number(a, "year", 1993) - 1900 };
	char before[64], after[64], by[LINE_USER_MAX + LINE_PEER_MAX + 32];
	int day = tm.tm_mday;
	int64_t seconds;

	sscanf(args_text(a, "time"), "%d:%d:%d", &tm.tm_hour, &tm.tm_min, &tm.tm_sec);
	seconds = timegm(&tm) - router_zone(r)->minutes * 60;
	if (tm.tm_mday != day) /* the 31st of a month that has none */
		return command_refuse(s, "%% Invalid date");
	put_time(r, clock_wall_us(router_clock(r)), before, sizeof(before));
	router_set_time(r, seconds * 1000000);
	put_time(r, clock_wall_us(router_clock(r)), after, sizeof(after));
	logging_emit(r, "SYS", 6, "CLOCKUPDATE",
		"System clock has been updated from %s to %s, configured from console by %s.",
		before, after, command_origin(s, by, sizeof(by)));
	return 0;
}

static int
run_timezone(struct session *s, const struct args *a)
{
	struct router *r = session_router(s);
	int minutes = (int)args_number(a, "minutes", 0), hours;

	if (args_no(a)) {
		router_set_zone(r, "UTC", 0);
		return 0;
	}
	if (strlen(args_text(a, "zone")) > ZONE_NAME_MAX)
		return command_refuse(
			s, "%% Time zone name is longer than %d characters", ZONE_NAME_MAX);
	hours = atoi(args_text(a, "hours"));
	/* "-0" and "-3 30" are behind UTC, minutes too. */
	if (args_text(a, "hours")[0] == '-')
		minutes = -minutes;
	router_set_zone(r, args_text(a, "zone"), hours * 60 + minutes);
	return 0;
}

static int
run_timestamps(struct session *s, const struct args *a)
{
	struct router *r = session_router(s);
	enum log_stamp_of which = args_has(a, "log") ? STAMP_OF_LOG : STAMP_OF_DEBUG;
	struct log_stamp *stamp = log_stamp(r, which);

	if (args_default(a)) {
		log_stamp_set_default(r, which);
		return 0;
	}
	*stamp = (struct log_stamp){ .kind = STAMP_NONE };
	if (args_no(a))
		return 0;
	stamp->kind = args_has(a, "datetime") ? STAMP_DATETIME : STAMP_UPTIME;
	stamp->msec = args_has(a, "msec");
	stamp->localtime = args_has(a, "localtime");
	stamp->show_timezone = args_has(a, "show-timezone");
	stamp->year = args_has(a, "year");
	return 0;
}

static int
run_sequence_numbers(struct session *s, const struct args *a)
{
	router_set_service(session_router(s), SERVICE_SEQUENCE_NUMBERS, !args_no(a));
	return 0;
}

static int
run_show(struct session *s, const struct args *a)
{
	struct text t = { 0 };

	show_clock(&t, session_router(s), args_has(a, "detail"));
	return command_print(s, &t);
}

static int
run_calendar(struct session *s, const struct args *a)
{
	struct text t = { 0 };

	(void)a;
	show_calendar(&t, session_router(s));
	return command_print(s, &t);
}

#define SHOW "Show running system information\n"
#define CLOCK_EXEC "Manage the system clock\nSet the time and date\nCurrent Time\n"
#define DAY "Day of the month\n"
#define MONTH "Month of the year\n"
#define YEAR "Year"
#define SERVICE "Modify use of network based services\n"
#define STAMP_OPTION "{localtime|msec|show-timezone|year}"
#define STAMP_OPTION_HELP                                                                          \
	"\nUse local time zone for timestamps\nInclude milliseconds in timestamp"                  \
	"\nAdd time zone information to timestamp\nInclude year in timestamp"
#define STAMP                                                                                      \
	"service timestamps {debug|log} [uptime|datetime [" STAMP_OPTION " [" STAMP_OPTION         \
	" [" STAMP_OPTION " [" STAMP_OPTION "]]]]]"
#define STAMP_HELP                                                                                 \
	SERVICE "Timestamp debug/log messages\nTimestamp debug messages\nTimestamp log messages\n" \
		"Timestamp with system uptime\nTimestamp with date and time" STAMP_OPTION_HELP     \
			STAMP_OPTION_HELP STAMP_OPTION_HELP STAMP_OPTION_HELP

const struct command clock_commands[] = {
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "clock set <time:time> <day:1-31> <month:month> <year:1993-2035>",
		.help = CLOCK_EXEC DAY MONTH YEAR,
		.run = run_set },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "clock set <time:time> <month:month> <day:1-31> <year:1993-2035>",
		.help = CLOCK_EXEC MONTH DAY YEAR,
		.run = run_set },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show clock [detail]",
		.help = SHOW "Display the system clock\nDisplay detailed information",
		.flags = CMD_OUTPUT,
		.run = run_show },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show calendar",
		.help = SHOW "Display the hardware calendar",
		.flags = CMD_OUTPUT,
		.run = run_calendar },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "clock timezone <zone:word> <hours:utc-offset> [<minutes:0-59>]",
		.no_syntax = "clock timezone [<zone:word> [<hours:utc-offset> [<minutes:0-59>]]]",
		.help = "Configure time-of-day clock\nConfigure time zone\nname of time zone\n"
			"Hours offset from UTC\nMinutes offset from UTC",
		.no_help = "Configure time-of-day clock\nConfigure time zone\nname of time zone\n"
			   "Hours offset from UTC\nMinutes offset from UTC",
		.run = run_timezone },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = STAMP,
		.no_syntax = "=",
		.help = STAMP_HELP,
		.run = run_timestamps },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "service sequence-numbers",
		.no_syntax = "=",
		.help = SERVICE "Stamp logger messages with a sequence number",
		.run = run_sequence_numbers },
	{ .syntax = NULL },
};
