/*
 * log_stamp.c - the stamp of a log line: the time of day or the uptime, as configured.
 */
#include "router/log_stamp.h"

#include <inttypes.h>
#include <stdio.h>

#include "router/internal.h"

enum { MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR, WEEK = 7 * DAY };

struct log_stamp *
log_stamp(struct router *r, enum log_stamp_of which)
{
	return &r->logging.stamp[which];
}

void
log_stamp_set_default(struct router *r, enum log_stamp_of which)
{
	r->logging.stamp[which] = (struct log_stamp){ .kind = STAMP_DATETIME, .msec = true };
}

static void
put_uptime(const struct router *r, char buf[LOG_STAMP_MAX])
{
	uint64_t s = (clock_mono_ms(r->clock) - r->started_ms) / 1000;

	if (s < DAY)
		snprintf(buf, LOG_STAMP_MAX, "%02" PRIu64 ":%02" PRIu64 ":%02" PRIu64 ": ",
			s / HOUR, s % HOUR / MINUTE, s % MINUTE);
	else if (s < WEEK)
		snprintf(buf, LOG_STAMP_MAX, "%" PRIu64 "d%02" PRIu64 "h: ", s / DAY,
			s % DAY / HOUR);
	else
		snprintf(
			buf, LOG_STAMP_MAX, "%" PRIu64 "w%" PRIu64 "d: ", s / WEEK, s % WEEK / DAY);
}

/* The broken-down time in the zone the stamp is to be told in. */
static struct tm
stamp_time(const struct router *r, const struct log_stamp *st, int64_t wall_us)
{
	time_t seconds = (time_t)(wall_us / 1000000);
	struct tm tm;

	if (st->localtime)
		return router_local_time(r, wall_us);
	gmtime_r(&seconds, &tm);
	return tm;
}

static void
put_datetime(struct router *r, const struct log_stamp *st, char buf[LOG_STAMP_MAX])
{
	int64_t now = clock_wall_us(r->clock);
	struct tm tm = stamp_time(r, st, now);
	const char *zone = st->localtime ? r->time.zone.name : "UTC";
	char year[16] = "", fraction[8] = "";

	if (st->year)
		snprintf(year, sizeof(year), "%d ", tm.tm_year + 1900);
	if (st->msec)
		snprintf(fraction, sizeof(fraction), ".%03u", (unsigned)(now / 1000 % 1000));
	snprintf(buf, LOG_STAMP_MAX,
		"%s%s %2d %s%02d:%02d:%02d%s%s%s: ", router_time_is_set(r) ? "" : "*",
		time_month_names[tm.tm_mon], tm.tm_mday, year, tm.tm_hour, tm.tm_min, tm.tm_sec,
		fraction, st->show_timezone ? " " : "", st->show_timezone ? zone : "");
}

char *
log_stamp_now(struct router *r, enum log_stamp_of which, char buf[LOG_STAMP_MAX])
{
	const struct log_stamp *st = &r->logging.stamp[which];

	buf[0] = '\0';
	if (st->kind == STAMP_UPTIME)
		put_uptime(r, buf);
	else if (st->kind == STAMP_DATETIME)
		put_datetime(r, st, buf);
	return buf;
}
