/*
 * stats.h - interface counters: written by one worker, read by anyone.
 *
 * A single writer needs no locked addition: it reads, adds and stores, and relaxed atomics keep a
 * reader from ever seeing half a number.
 */
#ifndef DATAPLANE_STATS_H
#define DATAPLANE_STATS_H

#include <stdatomic.h>
#include <stdint.h>

#include "dataplane/dataplane.h"

typedef _Atomic uint64_t stat_counter;

struct if_stats {
	stat_counter rx_packets, rx_bytes, rx_broadcasts, rx_multicasts;
	stat_counter tx_packets, tx_bytes, tx_broadcasts, tx_multicasts;
	stat_counter drops[DP_DROP_COUNT];
	stat_counter last_rx_ms, last_tx_ms;
	stat_counter reflexive_full;
};

static inline void
stat_set(stat_counter *c, uint64_t v)
{
	atomic_store_explicit(c, v, memory_order_relaxed);
}

static inline uint64_t
stat_get(const stat_counter *c)
{
	return atomic_load_explicit(c, memory_order_relaxed);
}

static inline void
stat_add(stat_counter *c, uint64_t n)
{
	stat_set(c, stat_get(c) + n);
}

#endif
