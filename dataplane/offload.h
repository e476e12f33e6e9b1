/*
 * offload.h - the work a sender left to the hardware: counting what it stands for, recognising it,
 * and doing it.
 *
 * Hosts and VMs hand their kernel frames with unfinished checksums and of up to 64 KiB, for a
 * network card to finish and to cut.  A virtual wire never does, so such frames reach us as they
 * are.  Ports that carry the metadata pass them on untouched; for the others the work is done here,
 * so that what leaves is what a wire would carry.
 */
#ifndef DATAPLANE_OFFLOAD_H
#define DATAPLANE_OFFLOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dataplane/dataplane.h"
#include "dataplane/packet.h"

/* Sets packets, bytes and headers: a GSO frame is ceil(payload / gso_size) packets. */
void offload_account(struct packet *p);

/*
 * For frames captured without metadata on a port of this MTU: a TCP or UDP checksum equal to the
 * pseudo-header's sum was left to the hardware; a TCP frame larger than the MTU was left to be cut.
 */
void offload_guess(struct packet *p, uint32_t mtu);

/* Finishes a partial checksum in place. False when the metadata makes no sense for the frame. */
bool offload_complete_checksum(struct packet *p);

/* Cuts one frame into frames that fit, a burst at a time. */
struct segmenter {
	uint8_t *memory;
	struct packet segment[DP_BURST];
	struct burst burst;		/* what segmenter_next() made */
	const struct packet *whole;
	uint32_t l3, l4, headers;	/* offsets in whole */
	uint32_t size;			/* payload of each segment */
	uint32_t at;			/* payload bytes done */
	uint32_t payload;
	uint16_t count;			/* segments done */
	uint8_t proto;
	bool ipv6;
};

/* 0 or -ENOMEM. */
int segmenter_init(struct segmenter *s);
void segmenter_fini(struct segmenter *s);
/* Starts on a GSO frame; max_frame 0 = any. DP_DROP_too_big when it cannot be cut to fit. */
enum dp_drop segmenter_begin(struct segmenter *s, const struct packet *whole, uint32_t max_frame);
/*
 * The next burst of segments, complete in every checksum, valid until the next call; false at the
 * end.
 */
bool segmenter_next(struct segmenter *s);

#endif
