/*
 * interface_stats.c - baselines and rates over the dataplane's counters, which themselves only rise.
 */
#include "router/interface_stats.h"

#include <math.h>

#include "router/internal.h"

static void
read_now(struct router *r, const struct interface *i, struct dp_if_stats *out)
{
	*out = (struct dp_if_stats){ 0 };
	if (r->dp != NULL)
		dataplane_if_stats(r->dp, i->ifindex, out);
}

/* What part of the distance to the latest sample a rate moves in one tick. */
static double
weight(const struct interface *i)
{
	return 1.0 - exp(-(double)INTERFACE_STATS_TICK_MS / (i->load_interval_s * 1000.0));
}

static void
move(double *rate, uint64_t now, uint64_t *before, double weight)
{
	double sample = (double)(now - *before) * 1000 / INTERFACE_STATS_TICK_MS;

	*rate += (sample - *rate) * weight;
	*before = now;
}

void
interface_stats_tick(struct router *r)
{
	for (size_t k = 0; k < r->interfaces; k++) {
		struct if_watch *w = &r->watch[r->interface[k]->ifindex];
		double part = weight(r->interface[k]);
		struct dp_if_stats now;

		read_now(r, r->interface[k], &now);
		move(&w->in_bytes_per_s, now.rx_bytes, &w->rx_bytes, part);
		move(&w->in_packets_per_s, now.rx_packets, &w->rx_packets, part);
		move(&w->out_bytes_per_s, now.tx_bytes, &w->tx_bytes, part);
		move(&w->out_packets_per_s, now.tx_packets, &w->tx_packets, part);
	}
}

void
interface_stats(struct router *r, const struct interface *i, struct dp_if_stats *out)
{
	const struct dp_if_stats *base = &r->watch[i->ifindex].baseline;

	read_now(r, i, out);
	out->rx_packets -= base->rx_packets;
	out->rx_bytes -= base->rx_bytes;
	out->rx_broadcasts -= base->rx_broadcasts;
	out->rx_multicasts -= base->rx_multicasts;
	out->tx_packets -= base->tx_packets;
	out->tx_bytes -= base->tx_bytes;
	out->tx_broadcasts -= base->tx_broadcasts;
	out->tx_multicasts -= base->tx_multicasts;
	for (int why = 0; why < DP_DROP_COUNT; why++)
		out->drops[why] -= base->drops[why];
}

void
interface_rates(const struct router *r, const struct interface *i, struct interface_rates *out)
{
	const struct if_watch *w = &r->watch[i->ifindex];

	out->in_bps = (uint64_t)(w->in_bytes_per_s * 8 + 0.5);
	out->in_pps = (uint64_t)(w->in_packets_per_s + 0.5);
	out->out_bps = (uint64_t)(w->out_bytes_per_s * 8 + 0.5);
	out->out_pps = (uint64_t)(w->out_packets_per_s + 0.5);
}

void
interface_stats_clear(struct router *r, const struct interface *i)
{
	for (size_t k = 0; k < r->interfaces; k++) {
		struct interface *each = r->interface[k];

		if (i != NULL && each != i)
			continue;
		read_now(r, each, &r->watch[each->ifindex].baseline);
		r->watch[each->ifindex].cleared_ms = clock_mono_ms(r->clock);
	}
}

uint64_t
interface_stats_cleared_ms(const struct router *r, const struct interface *i)
{
	return r->watch[i->ifindex].cleared_ms;
}
