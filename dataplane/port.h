/*
 * port.h - what the dataplane asks of anything that frames come from and go to.
 *
 * A driver embeds struct port first in its own.  A port is opened and closed by the control thread
 * and otherwise used by the worker alone; only info() may be called from either at any time.
 */
#ifndef DATAPLANE_PORT_H
#define DATAPLANE_PORT_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dataplane/dataplane.h"
#include "dataplane/packet.h"

struct port;

struct port_ops {
	const char *driver;
	bool offload;	/* carries struct packet_offload in both directions */
	/*
	 * Opens with whatever privilege that takes; no later call needs any. 0, or -errno and err.
	 */
	int (*open)(struct port **out, const char *arg, char err[DP_ERR_MAX]);
	/*
	 * Receives up to max frames without waiting; none later than until_ns from a port that has
	 * next_time.  Fills data .. tag of each; the bytes stay valid until the next call.
	 */
	size_t (*rx_burst)(struct port *p, struct packet *pkt, size_t max, uint64_t until_ns);
	/*
	 * Sends without waiting, in order; fate[i] says what became of pkt[i], DP_DROP_NONE = sent.
	 */
	void (*tx_burst)(struct port *p, struct packet *const *pkt, size_t n, enum dp_drop *fate);
	/* To poll for reading; -1 when there is nothing to wait for. */
	int (*fd)(const struct port *p);
	/*
	 * Whether frames wait, found out without a system call; NULL for ports that cannot know.
	 */
	bool (*glance)(const struct port *p);
	/* A capture: when its next frame was; false at its end. NULL for ports that are live. */
	bool (*next_time)(struct port *p, uint64_t *ns);
	/* Makes what was sent visible to others; NULL when it is at once. */
	void (*flush)(struct port *p);
	/* Fills everything but driver and device, and refreshes p->mtu. */
	void (*info)(struct port *p, struct dp_port_info *out);
	void (*close)(struct port *p);
};

struct port {
	const struct port_ops *ops;
	_Atomic uint32_t mtu;		/* 0 = sends frames of any size */
	char device[256];	/* file or netdev */
};

extern const struct port_ops port_file_ops;	/* file:IN[,OUT] */
extern const struct port_ops port_pcap_ops;	/* pcap:NETDEV */
extern const struct port_ops port_packet_ops;	/* packet:NETDEV */
extern const struct port_ops port_memory_ops;	/* memory: */

/* The longest frame the port sends, untagged; 0 = any. */
static inline uint32_t
port_max_frame(const struct port *p)
{
	uint32_t mtu = atomic_load_explicit(&p->mtu, memory_order_relaxed);

	return mtu == 0 ? 0 : mtu + ETHER_HEADER;
}

/* Writes the sentence for a person and returns -error. */
int port_fail(char err[DP_ERR_MAX], int error, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/*
 * Memory ports: puts a frame with what its sender left undone, for tests; 0 or -errno.  Takes the
 * oldest frame sent; its length, 0 for none.  Plugs the wire in or out.  Any thread.
 */
int port_memory_put(struct port *p, const void *frame, size_t len,
	const struct packet_offload *offload);
size_t port_memory_take(struct port *p, void *frame, size_t size);
void port_memory_set_link(struct port *p, bool up);

#endif
