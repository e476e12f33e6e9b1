/*
 * clock.c - the system's clock behind struct router_clock.
 */
#include "router/clock.h"

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
