/*
 * worker.h - the inside of struct dataplane: what its life (dataplane.c) and its loop (worker.c)
 * share.
 */
#ifndef DATAPLANE_WORKER_H
#define DATAPLANE_WORKER_H

#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "dataplane/forwarder.h"
#include "dataplane/snapshot.h"

/* Something the control thread wants done between bursts. */
struct worker_request {
	void (*fn)(struct forwarder *f, void *arg);
	void *arg;
	sem_t done;
};

struct dataplane {
	struct forwarder f;
	struct snapshot_slot snapshot;
	struct dataplane_options opt;
	uint32_t port_of[DP_MAX_INTERFACES];	/* ifindexes that have one, in the order added */
	size_t n_ports;
	bool ready[DP_MAX_INTERFACES];		/* may have frames; the worker's */
	/* What to wait for: wake, then the ports that can be waited for; a pollfd's owner by ifindex. */
	struct pollfd poll[1 + DP_MAX_INTERFACES];
	uint32_t polled[1 + DP_MAX_INTERFACES];
	size_t n_poll;
	bool blind;				/* one of these ports has no glance() */
	bool captures;				/* there are ports that play one */
	int wake;				/* eventfd: something other than frames */
	pthread_t thread;
	bool started;
	atomic_bool stop;
	atomic_bool at_eof;
	_Atomic(struct worker_request *) request;
};

/* One turn: what was asked, then a burst of each port that has frames. Frames received. */
size_t worker_turn(struct dataplane *dp);
/* Finds out which ports have frames; waits for one, or for wake, unless told not to. */
void worker_poll(struct dataplane *dp, bool wait);
/* The thread: arg is the struct dataplane. */
void *worker_main(void *arg);
/* Control thread: has fn run between bursts, by the worker or, when there is none, here. */
void worker_ask(struct dataplane *dp, void (*fn)(struct forwarder *f, void *arg), void *arg);
void worker_wake(struct dataplane *dp);

#endif
