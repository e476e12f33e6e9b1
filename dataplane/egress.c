/*
 * egress.c - the last step: a burst out of a port, in the form that port can send.
 *
 * A port that carries offload metadata gets frames as they are.  For any other the checksum is
 * finished in place - right for every further port the frame goes to - and a GSO frame is cut into
 * the segmenter's memory.  The order of frames is kept.  Worker only.
 */
#include "dataplane/forwarder.h"

void
egress_count(struct forwarder *f, uint32_t ifindex, const struct packet *p)
{
	struct if_stats *s = &f->stats[ifindex];

	stat_add(&s->tx_packets, p->packets);
	stat_add(&s->tx_bytes, p->bytes);
	stat_set(&s->last_tx_ms, f->now_ms);
	if (!packet_is_group(p))
		return;
	stat_add(packet_is_broadcast(p) ? &s->tx_broadcasts : &s->tx_multicasts, p->packets);
}

static void
transmit(struct forwarder *f, uint32_t ifindex, const struct burst *b)
{
	struct port *port = f->port[ifindex];
	enum dp_drop fate[DP_BURST];

	if (b->n == 0)
		return;
	port->ops->tx_burst(port, b->pkt, b->n, fate);
	for (size_t i = 0; i < b->n; i++) {
		if (fate[i] != DP_DROP_NONE)
			drop_packet(f, ifindex, b->pkt[i], fate[i]);
		else
			egress_count(f, ifindex, b->pkt[i]);
	}
}

/* Sends a GSO frame piece by piece. */
static void
transmit_segments(struct forwarder *f, uint32_t ifindex, const struct packet *p)
{
	enum dp_drop why = segmenter_begin(&f->segmenter, p, port_max_frame(f->port[ifindex]));

	if (why != DP_DROP_NONE) {
		drop_packet(f, ifindex, p, why);
		return;
	}
	while (segmenter_next(&f->segmenter))
		transmit(f, ifindex, &f->segmenter.burst);
}

/* Whether the port can send a GSO frame whole: it carries the metadata, and the segments fit. */
static bool
takes_gso(const struct port *port, const struct packet *p)
{
	uint32_t max = port_max_frame(port);

	return port->ops->offload && p->offload.gso != GSO_UNKNOWN &&
	       (max == 0 || (uint32_t)p->headers + p->offload.gso_size <= max);
}

/*
 * Whether a frame that cannot be cut fits; looks again before saying no, for an MTU may be raised.
 */
static bool
fits(struct port *port, const struct packet *p)
{
	struct dp_port_info info;

	if (port_max_frame(port) == 0 || p->len <= port_max_frame(port))
		return true;
	port->ops->info(port, &info);
	return port_max_frame(port) == 0 || p->len <= port_max_frame(port);
}

void
egress_send(struct forwarder *f, uint32_t ifindex, const struct burst *b)
{
	struct port *port = f->port[ifindex];
	struct burst whole = { .n = 0 };

	for (size_t i = 0; i < b->n; i++) {
		struct packet *p = b->pkt[i];

		if (p->offload.gso != GSO_NONE && !takes_gso(port, p)) {
			transmit(f, ifindex, &whole);
			whole.n = 0;
			transmit_segments(f, ifindex, p);
		} else if (p->offload.gso == GSO_NONE && !fits(port, p)) {
			drop_packet(f, ifindex, p, DP_DROP_too_big);
		} else if (!port->ops->offload && p->offload.partial_checksum &&
			   !offload_complete_checksum(p)) {
			drop_packet(f, ifindex, p, DP_DROP_tx_error);
		} else {
			whole.pkt[whole.n++] = p;
		}
	}
	transmit(f, ifindex, &whole);
}
