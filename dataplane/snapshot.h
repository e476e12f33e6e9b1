/*
 * snapshot.h - the one pointer through which the control thread tells the worker how to forward.
 *
 * liburcu's QSBR flavour: the worker reads the pointer for free and says between bursts that it
 * holds nothing (snapshot_quiescent), or that it will not look for a while (snapshot_offline); the
 * publisher waits for that before the old snapshot is freed.
 */
#ifndef DATAPLANE_SNAPSHOT_H
#define DATAPLANE_SNAPSHOT_H

#include <stdatomic.h>
#include <stdint.h>

#include "dataplane/dataplane.h"

struct snapshot_slot {
	_Atomic(struct dp_snapshot *) current;
	uint64_t serial;	/* of the last one published */
	atomic_uint passed;	/* quiescent states, for the sanitizer's eyes; see snapshot.c */
};

/* Control thread. Takes over s (NULL = none), waits for the grace period, frees the old one. */
void snapshot_publish(struct snapshot_slot *slot, struct dp_snapshot *s);

/* A reading thread, in this order. */
void snapshot_register(void);
const struct dp_snapshot *snapshot_read(struct snapshot_slot *slot);
void snapshot_quiescent(struct snapshot_slot *slot);
void snapshot_offline(struct snapshot_slot *slot);
void snapshot_online(void);
void snapshot_unregister(struct snapshot_slot *slot);

#endif
