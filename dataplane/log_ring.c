/*
 * log_ring.c - the lock-free queue behind `log` entries.
 *
 * head and tail only grow; the slot is their remainder.  The producer publishes a written slot by
 * storing head (release), the consumer frees a read one by storing tail (release).  `told` spares
 * the producer a system call per burst: it is set before the eventfd is written and cleared by the
 * consumer before it looks at head, so an event pushed in between signals again rather than never.
 */
#include "dataplane/log_ring.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

_Static_assert((LOG_RING_SIZE & (LOG_RING_SIZE - 1)) == 0, "the slot is a mask away");

int
log_ring_init(struct log_ring *r)
{
	*r = (struct log_ring){ .fd = -1 };
	r->event = calloc(LOG_RING_SIZE, sizeof(*r->event));
	if (r->event == NULL)
		return -ENOMEM;
	r->fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	if (r->fd < 0) {
		int err = -errno;

		free(r->event);
		r->event = NULL;
		return err;
	}
	return 0;
}

void
log_ring_fini(struct log_ring *r)
{
	if (r->event == NULL)
		return;
	close(r->fd);
	free(r->event);
	r->event = NULL;
}

bool
log_ring_push(struct log_ring *r, const struct dp_log_event *ev)
{
	size_t head = atomic_load_explicit(&r->head, memory_order_relaxed);
	size_t tail = atomic_load_explicit(&r->tail, memory_order_acquire);

	if (head - tail == LOG_RING_SIZE) {
		atomic_fetch_add_explicit(&r->missed, 1, memory_order_relaxed);
		return false;
	}
	r->event[head & (LOG_RING_SIZE - 1)] = *ev;
	atomic_store(&r->head, head + 1);
	return true;
}

void
log_ring_signal(struct log_ring *r)
{
	uint64_t one = 1;

	if (atomic_exchange(&r->told, true))
		return;
	/* Can only fail when the counter is full, and then the consumer is being woken anyway. */
	(void)!write(r->fd, &one, sizeof(one));
}

bool
log_ring_empty(const struct log_ring *r)
{
	return atomic_load_explicit(&r->head, memory_order_acquire) ==
	       atomic_load_explicit(&r->tail, memory_order_acquire);
}

size_t
log_ring_drain(struct log_ring *r, size_t max, void (*fn)(void *arg, const struct dp_log_event *ev),
	void *arg)
{
	size_t tail = atomic_load_explicit(&r->tail, memory_order_relaxed);
	size_t head, n = 0;
	uint64_t count;

	/* Empty already is fine: the caller may look without having been woken. */
	(void)!read(r->fd, &count, sizeof(count));
	atomic_store(&r->told, false);
	head = atomic_load(&r->head);
	for (; n < max && tail != head; n++) {
		struct dp_log_event ev = r->event[tail & (LOG_RING_SIZE - 1)];

		atomic_store_explicit(&r->tail, ++tail, memory_order_release);
		fn(arg, &ev);
	}
	if (tail != head)
		log_ring_signal(r);
	return n;
}
