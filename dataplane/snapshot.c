/*
 * snapshot.c - publishing forwarding state without stopping the frames (RCU, QSBR flavour).
 *
 * The publisher swaps the pointer and waits until every registered thread has passed a quiescent
 * state; after that nobody can hold the old snapshot.  The thread sanitizer cannot see liburcu's
 * barriers, so each quiescent state also stores to `passed` (release) and the publisher loads it
 * (acquire) after the grace period: the same order, in C's own words, for the price of a plain
 * store per burst. Reference: Desnoyers et al., "User-Level Implementations of Read-Copy Update".
 */
#include "dataplane/snapshot.h"

#include <stdlib.h>
#include <urcu-qsbr.h>

struct dp_snapshot *
dp_snapshot_create(void)
{
	return calloc(1, sizeof(struct dp_snapshot));
}

/* Most places have no list, and there is a snapshot for each line of one that is pasted. */
static inline void
drop(struct acl_program *p)
{
	if (p != NULL)
		acl_program_unref(p);
}

void
dp_snapshot_destroy(struct dp_snapshot *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < DP_MAX_INTERFACES; i++) {
		const struct dp_interface *ifp = &s->interface[i];

		for (int dir = ACL_IN; dir <= ACL_OUT; dir++) {
			drop(ifp->acl[dir].program);
			drop(ifp->acl6[dir].program);
		}
		drop(ifp->mac_in.program);
	}
	free(s);
}

void
snapshot_publish(struct snapshot_slot *slot, struct dp_snapshot *s)
{
	struct dp_snapshot *old;

	if (s != NULL)
		s->serial = ++slot->serial;
	old = atomic_exchange(&slot->current, s);
	urcu_qsbr_synchronize_rcu();
	(void)atomic_load_explicit(&slot->passed, memory_order_acquire);
	dp_snapshot_destroy(old);
}

static void
note_passed(struct snapshot_slot *slot)
{
	unsigned n = atomic_load_explicit(&slot->passed, memory_order_relaxed);

	atomic_store_explicit(&slot->passed, n + 1, memory_order_release);
}

void
snapshot_register(void)
{
	urcu_qsbr_register_thread();
}

const struct dp_snapshot *
snapshot_read(struct snapshot_slot *slot)
{
	return atomic_load_explicit(&slot->current, memory_order_acquire);
}

void
snapshot_quiescent(struct snapshot_slot *slot)
{
	note_passed(slot);
	urcu_qsbr_quiescent_state();
}

void
snapshot_offline(struct snapshot_slot *slot)
{
	note_passed(slot);
	urcu_qsbr_thread_offline();
}

void
snapshot_online(void)
{
	urcu_qsbr_thread_online();
}

void
snapshot_unregister(struct snapshot_slot *slot)
{
	note_passed(slot);
	urcu_qsbr_unregister_thread();
}
