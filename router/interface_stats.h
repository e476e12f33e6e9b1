/*
 * interface_stats.h - traffic of interfaces as people read it: since the last `clear counters`, and
 * the rates of `show interfaces`.
 */
#ifndef ROUTER_INTERFACE_STATS_H
#define ROUTER_INTERFACE_STATS_H

#include <stdint.h>

#include "dataplane/dataplane.h"

struct router;
struct interface;

enum { INTERFACE_STATS_TICK_MS = 5000 };

struct interface_rates {
	uint64_t in_bps, in_pps, out_bps, out_pps;
};

/*
 * To be called every INTERFACE_STATS_TICK_MS: moves the rates, which decay exponentially with the
 * interface's load interval as time constant, five minutes by default, as Cisco documents it.
 */
void interface_stats_tick(struct router *r);
/* Zeroes without a dataplane. Time stamps are not touched by a clear. */
void interface_stats(struct router *r, const struct interface *i, struct dp_if_stats *out);
void interface_rates(const struct router *r, const struct interface *i, struct interface_rates *out);
/* i NULL: all. */
void interface_stats_clear(struct router *r, const struct interface *i);
/* Monotonic ms of the last clear, 0 = never. */
uint64_t interface_stats_cleared_ms(const struct router *r, const struct interface *i);

#endif
