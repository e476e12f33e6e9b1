/*
 * log_ring.h - log events on their way from the worker to the control thread.
 *
 * One producer, one consumer, no locks: a full ring loses the event and counts it, because logging
 * must never hold up a frame or change what happens to it.  An eventfd wakes the consumer, at most
 * once per time it has looked.
 */
#ifndef DATAPLANE_LOG_RING_H
#define DATAPLANE_LOG_RING_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dataplane/dataplane.h"

enum { LOG_RING_SIZE = 8192 };

struct log_ring {
	struct dp_log_event *event;
	int fd;				/* readable while something waits for the consumer */
	_Atomic uint64_t missed;
	atomic_bool told;		/* fd was signalled and the consumer has not looked since */
	_Alignas(64) atomic_size_t head;	/* next to write; the producer's */
	_Alignas(64) atomic_size_t tail;	/* next to read; the consumer's */
};

/* 0 or -errno. */
int log_ring_init(struct log_ring *r);
void log_ring_fini(struct log_ring *r);

/* Producer. False when the ring was full. */
bool log_ring_push(struct log_ring *r, const struct dp_log_event *ev);
/* Producer: makes fd readable, unless it is and the consumer knows. Once a burst is enough. */
void log_ring_signal(struct log_ring *r);
bool log_ring_empty(const struct log_ring *r);

/* Consumer: at most max events, oldest first; fd stays readable when more are left. */
size_t log_ring_drain(struct log_ring *r, size_t max,
	void (*fn)(void *arg, const struct dp_log_event *ev), void *arg);

#endif
