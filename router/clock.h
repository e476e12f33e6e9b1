/*
 * clock.h - the router's time, behind two functions so that tests can turn the hands.
 */
#ifndef ROUTER_CLOCK_H
#define ROUTER_CLOCK_H

#include <stdint.h>

struct router_clock {
	int64_t (*wall_us)(void *arg);	/* microseconds since 1970 UTC */
	uint64_t (*mono_ms)(void *arg);	/* milliseconds, never backwards */
	void *arg;
};

extern const struct router_clock router_system_clock;

int64_t clock_wall_us(const struct router_clock *c);
uint64_t clock_mono_ms(const struct router_clock *c);

#endif
