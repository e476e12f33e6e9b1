/*
 * reload.c - reload: now, in a while, at a time, or not after all.
 *
 * The dialogs are those of IOS 15.  Enter is no answer to the [yes/no] before a reload that would lose
 * changes: a batch, which answers with Enter, is refused there, and says `write memory` first.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "cli/commands/commands.h"
#include "cli/commands/handlers.h"
#include "cli/commands/saving.h"
#include "cli/show/show_internal.h"

enum { MINUTE_S = 60, DAY_S = 86400, FARTHEST_S = 24 * DAY_S };

struct request {
	struct yes_no save; /* first: the question comes back with all of it */
	uint32_t seconds;   /* 0: at once */
	char reason[RELOAD_REASON_MAX];
};

static void
reload_confirmed(struct session *s, const char *answer, void *arg)
{
	struct router *r = session_router(s);
	const struct request *q = arg;
	char origin[LINE_USER_MAX + LINE_PEER_MAX + 32];

	if (strcmp(answer, "y") != 0)
		return;
	command_origin(s, origin, sizeof(origin));
	if (q->seconds > 0) {
		reload_schedule(r, q->seconds, origin, q->reason);
		return;
	}
	reload_now(r, origin, q->reason);
	/* A console stays, and meets the new router; a login ends, and a batch in order. */
	if (session_kind(s) != SESSION_CONSOLE)
		session_close(s);
}

static void
ask_reload(struct session *s, struct request *q)
{
	char origin[LINE_USER_MAX + LINE_PEER_MAX + 32];
	struct text t = { 0 };

	if (q->seconds > 0) {
		show_reload_plan(&t, session_router(s), q->seconds,
			command_origin(s, origin, sizeof(origin)), q->reason);
		(void)command_print(s, &t);
	}
	session_ask(s, ASK_CONFIRM, "Proceed with reload? [confirm]", reload_confirmed, q);
}

static void
save_answered(struct session *s, bool yes, struct yes_no *question)
{
	if (!yes || saving_save(s) == 0)
		ask_reload(s, (struct request *)question);
}

static const char save_question[] = "System configuration has been modified. Save? [yes/no]: ";

static int
request(struct session *s, const struct args *a, uint32_t seconds)
{
	const char *reason = args_text(a, "reason");
	struct request *q = session_memory(s, sizeof(*q));

	if (q == NULL)
		return command_refuse(s, "%% Low on memory");
	q->save = (struct yes_no){ save_question, save_answered };
	q->seconds = seconds;
	snprintf(q->reason, sizeof(q->reason), "%s", reason != NULL ? reason : "Reload Command");
	if (!saving_is_due(session_router(s)))
		ask_reload(s, q);
	else if (session_kind(s) == SESSION_BATCH || session_kind(s) == SESSION_EXEC)
		return command_refuse(s, "%s", save_question);
	else
		command_ask_yes_no(s, &q->save);
	return 0;
}

static int
run_reload(struct session *s, const struct args *a)
{
	return request(s, a, 0);
}

static int
run_reload_in(struct session *s, const struct args *a)
{
	const char *after = args_text(a, "after");
	unsigned hours = 0, minutes = args_number(a, "minutes", 0);

	if (after != NULL)
		(void)sscanf(after, "%u:%u", &hours, &minutes);
	minutes += hours * 60;
	if (minutes == 0)
		return command_refuse(s, "%% Reload time must be in the future");
	return request(s, a, minutes * MINUTE_S);
}

static int
month_number(const char *name)
{
	for (int m = 0; m < 12; m++)
		if (strncasecmp(name, time_month_names[m], 3) == 0)
			return m;
	return 0;
}

/* Seconds until the time of day that `at` says, on its day or else the next time it is that late. */
static int64_t
seconds_until(struct router *r, const struct args *a, unsigned hour, unsigned minute)
{
	int64_t now_us = clock_wall_us(router_clock(r)), seconds;
	struct tm now = router_local_time(r, now_us), then = now;

	then.tm_hour = (int)hour;
	then.tm_min = (int)minute;
	then.tm_sec = 0;
	if (args_has(a, "month")) {
		then.tm_mon = month_number(args_text(a, "month"));
		then.tm_mday = (int)args_number(a, "day", 1);
	}
	seconds = timegm(&then) - timegm(&now);
	if (seconds <= 0 && !args_has(a, "month"))
		seconds += DAY_S;
	if (seconds < 0 && args_has(a, "month")) { /* the day is next year's */
		then.tm_year++;
		seconds = timegm(&then) - timegm(&now);
	}
	return seconds;
}

static int
run_reload_at(struct session *s, const struct args *a)
{
	unsigned hour = 0, minute = 0;
	int64_t seconds;

	(void)sscanf(args_text(a, "time"), "%u:%u", &hour, &minute);
	if (hour > 23)
		return command_refuse(s, "%% Invalid time of day");
	seconds = seconds_until(session_router(s), a, hour, minute);
	if (seconds <= 0 || seconds > FARTHEST_S)
		return command_refuse(s, "%% Reload must be scheduled within 24 days");
	return request(s, a, (uint32_t)seconds);
}

static int
run_reload_cancel(struct session *s, const struct args *a)
{
	(void)a;
	if (!reload_cancel(session_router(s)))
		return command_refuse(s, "%%No reload is scheduled.");
	return 0;
}

static int
run_show_reload(struct session *s, const struct args *a)
{
	struct text t = { 0 };

	(void)a;
	show_reload(&t, session_router(s));
	return command_print(s, &t);
}

#define RELOAD "Halt and perform a cold restart\n"
#define REASON "Reason for reload"

const struct command reload_commands[] = {
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "reload [<reason:line>]",
		.help = RELOAD REASON,
		.run = run_reload },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "reload in {<minutes:1-34560>|<after:hours>} [<reason:line>]",
		.help = RELOAD "Reload after a time interval\nMinutes until reload\n"
			       "Hours and minutes until reload\n" REASON,
		.run = run_reload_in },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "reload at <time:hours>"
			  " [<month:month> <day:1-31>|<day:1-31> <month:month>] [<reason:line>]",
		.help = RELOAD "Reload at a specific time/date\nTime to reload (hh:mm)\n"
			       "Month of the year\nDay of the month\nDay of the month\n"
			       "Month of the year\n" REASON,
		.run = run_reload_at },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "reload cancel",
		.help = RELOAD "Cancel pending reload",
		.run = run_reload_cancel },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show reload",
		.help = "Show running system information\nScheduled reload information",
		.flags = CMD_OUTPUT,
		.run = run_show_reload },
	{ .syntax = NULL },
};
