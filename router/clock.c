/*
 * clock.c - the system's clock behind struct router_clock, and how a log line writes a time.
 */
#include "router/clock.h"

#include <stdio.h>
#include <time.h>

static int64_t
system_wall_us(void *arg)
{
	struct timespec ts;

	(void)arg;
	clock_gettime(CLOCK_REALTIME, &ts);
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

static uint64_t
system_mono_ms(void *arg)
{
	struct timespec ts;

	(void)arg;
	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000 + (uint64_t)ts.tv_nsec / 1000000;
}

const struct router_clock router_system_clock = { system_wall_us, system_mono_ms, NULL };

int64_t
clock_wall_us(const struct router_clock *c)
{
	return c->wall_us(c->arg);
}

uint64_t
clock_mono_ms(const struct router_clock *c)
{
	return c->mono_ms(c->arg);
}

char *
clock_log_stamp(int64_t wall_us, char *buf)
{
	static const char month[12][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
		"Sep", "Oct", "Nov", "Dec" };
	time_t seconds = (time_t)(wall_us / 1000000);
	struct tm tm;

	gmtime_r(&seconds, &tm);
	snprintf(buf, 32, "%s %2d %02d:%02d:%02d.%03d", month[tm.tm_mon], tm.tm_mday, tm.tm_hour,
		tm.tm_min, tm.tm_sec, (int)(wall_us / 1000 % 1000));
	return buf;
}
