/*
 * forwarder.h - what the frame path works with: one of these per worker, used by that worker only.
 *
 * The exceptions are written where they are: the counters and the log ring are read by the control
 * thread, through atomics.  The stages (bridge, acl_stage, egress) take the forwarder and a burst;
 * pipeline.c strings them together.
 */
#ifndef DATAPLANE_FORWARDER_H
#define DATAPLANE_FORWARDER_H

#include <stdint.h>

#include "dataplane/bridge.h"
#include "dataplane/dataplane.h"
#include "dataplane/log_ring.h"
#include "dataplane/offload.h"
#include "dataplane/packet.h"
#include "dataplane/port.h"
#include "dataplane/stats.h"

struct forwarder {
	const struct dp_snapshot *snapshot;	/* valid until the next quiescent state */
	unsigned thread;			/* our column of the list counters */
	uint64_t now_ms;			/* read once a turn */
	struct port *port[DP_MAX_INTERFACES];	/* by ifindex; set before start */
	struct bridge bridge;
	struct if_stats stats[DP_MAX_INTERFACES];
	struct log_ring log;
	struct packet rx[DP_BURST];		/* the burst being handled */
	/* Frames on their way to an interface, and which interfaces have some. */
	struct burst queue[DP_MAX_INTERFACES];
	uint8_t queued[DP_MAX_INTERFACES];
	size_t n_queued;
	struct segmenter segmenter;
};

/*
 * The end of a frame, and the only one short of being sent: counts what it stood for under its
 * reason on the interface where it happened.
 */
void drop_packet(struct forwarder *f, uint32_t ifindex, const struct packet *p, enum dp_drop why);

/*
 * One received burst, f->rx[0..n), from the port of ifindex to the ports it leaves by: the whole
 * path of a frame, in order.  Returns with nothing queued, so the receiving port may reuse its
 * buffers.
 */
void pipeline_run(struct forwarder *f, uint32_t ifindex, size_t n);

/*
 * Runs a burst of frames through the lists of an interface: each decides, counts and logs the
 * packets of its family and passes the others.  What is denied leaves the burst.  acl_port_in() is
 * a switchport's IPv4 and MAC lists, acl_layer3() an SVI's or a routed port's IPv4 and IPv6 lists.
 */
void acl_port_in(struct forwarder *f, uint32_t ifindex, struct burst *b);
void acl_layer3(struct forwarder *f, uint32_t ifindex, enum acl_direction dir, struct burst *b);

/*
 * Sends a burst out of the port of ifindex: work that its sender left to the hardware is passed on
 * or, where the port cannot, done here.
 */
void egress_send(struct forwarder *f, uint32_t ifindex, const struct burst *b);
/* Counts a packet that has left by an interface. */
void egress_count(struct forwarder *f, uint32_t ifindex, const struct packet *p);

#endif
