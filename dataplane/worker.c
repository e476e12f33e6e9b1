/*
 * worker.c - the loop that moves frames.
 *
 * A turn takes one burst from every port that has something and runs each through the pipeline.
 * While there is work the loop only glances at the ports, which those with a ring answer from memory;
 * without any it flushes captures, tells RCU that it holds nothing, and sleeps until a port, a request
 * or a new snapshot wakes it: an idle router costs nothing.  It sleeps in poll(2), not epoll: then
 * nobody waits on the sockets of a busy router, and a frame that comes or goes wakes nobody.  Captures never sleep; they play as fast as they are read, merged by time
 * stamp, so that two captures of two sides arrive as they happened.
 *
 * Everything here runs in the worker, except worker_ask() and worker_wake().
 */
#include "dataplane/worker.h"

#include <unistd.h>

static size_t
receive_from(struct dataplane *dp, uint32_t ifindex, uint64_t until_ns)
{
	struct port *port = dp->f.port[ifindex];
	size_t n = port->ops->rx_burst(port, dp->f.rx, DP_BURST, until_ns);

	if (n > 0)
		pipeline_run(&dp->f, ifindex, n);
	return n;
}

/*
 * A burst of the capture whose next frame is the earliest, up to where another's turn comes.  Among
 * equal times the port added first goes first.
 */
static size_t
play_captures(struct dataplane *dp)
{
	uint64_t first = UINT64_MAX, until = UINT64_MAX;
	uint32_t chosen = 0;

	for (size_t i = 0; i < dp->n_ports; i++) {
		struct port *port = dp->f.port[dp->port_of[i]];
		uint64_t ns;

		if (port->ops->next_time == NULL || !port->ops->next_time(port, &ns))
			continue;
		if (chosen == 0 || ns < first) {
			/* The one before us wins a tie, so we stop short of its time. */
			until = chosen == 0 ? UINT64_MAX : first - 1;
			first = ns;
			chosen = dp->port_of[i];
		} else if (ns < until) {
			until = ns;
		}
	}
	return chosen == 0 ? 0 : receive_from(dp, chosen, until);
}

static size_t
serve_ports(struct dataplane *dp)
{
	size_t total = 0;

	for (size_t i = 0; i < dp->n_ports; i++) {
		uint32_t ifindex = dp->port_of[i];
		size_t n;

		if (!dp->ready[ifindex])
			continue;
		n = receive_from(dp, ifindex, UINT64_MAX);
		dp->ready[ifindex] = n == DP_BURST;
		total += n;
	}
	return total;
}

static void
flush_ports(struct dataplane *dp)
{
	for (size_t i = 0; i < dp->n_ports; i++) {
		struct port *port = dp->f.port[dp->port_of[i]];

		if (port->ops->flush != NULL)
			port->ops->flush(port);
	}
}

/* The end of the last capture: its frames are out, its events in the ring; then we say so, once. */
static void
notice_eof(struct dataplane *dp)
{
	if (!dp->captures || atomic_load_explicit(&dp->at_eof, memory_order_relaxed))
		return;
	for (size_t i = 0; i < dp->n_ports; i++) {
		struct port *port = dp->f.port[dp->port_of[i]];
		uint64_t ns;

		if (port->ops->next_time != NULL && port->ops->next_time(port, &ns))
			return;
	}
	flush_ports(dp);
	atomic_store(&dp->at_eof, true);
	log_ring_signal(&dp->f.log);
}

static void
serve_request(struct dataplane *dp)
{
	struct worker_request *r = atomic_exchange(&dp->request, NULL);

	if (r == NULL)
		return;
	r->fn(&dp->f, r->arg);
	sem_post(&r->done);
}

size_t
worker_turn(struct dataplane *dp)
{
	struct forwarder *f = &dp->f;
	size_t n;

	f->snapshot = snapshot_read(&dp->snapshot);
	f->now_ms = dp->opt.now_ms(dp->opt.now_arg);
	if (f->snapshot != NULL && f->snapshot->serial != f->bridge.serial)
		bridge_adopt(&f->bridge, f->snapshot, f->port);
	serve_request(dp);
	if (f->snapshot == NULL) /* nobody has said yet what to do with a frame */
		return 0;
	n = play_captures(dp) + serve_ports(dp);
	if (!log_ring_empty(&f->log))
		log_ring_signal(&f->log);
	notice_eof(dp);
	return n;
}

/* A busy worker asks the kernel only for ports that do not know themselves. */
static void
glance(struct dataplane *dp)
{
	for (size_t i = 1; i < dp->n_poll; i++) {
		const struct port *port = dp->f.port[dp->polled[i]];

		if (port->ops->glance != NULL && port->ops->glance(port))
			dp->ready[dp->polled[i]] = true;
	}
}

void
worker_poll(struct dataplane *dp, bool wait)
{
	uint64_t count;

	if (!wait) {
		glance(dp);
		if (!dp->blind)
			return;
	}
	if (poll(dp->poll, dp->n_poll, wait ? -1 : 0) <= 0)
		return;
	if (dp->poll[0].revents != 0)
		(void)!read(dp->wake, &count, sizeof(count));
	for (size_t i = 1; i < dp->n_poll; i++)
		if (dp->poll[i].revents != 0)
			dp->ready[dp->polled[i]] = true;
}

void *
worker_main(void *arg)
{
	struct dataplane *dp = arg;

	/* For those who look; by itself, for a confined process may name no other thread. */
	(void)pthread_setname_np(pthread_self(), DP_WORKER_NAME);
	snapshot_register();
	while (!atomic_load_explicit(&dp->stop, memory_order_acquire)) {
		if (worker_turn(dp) > 0) {
			snapshot_quiescent(&dp->snapshot);
			worker_poll(dp, false);
			continue;
		}
		flush_ports(dp);
		snapshot_offline(&dp->snapshot);
		worker_poll(dp, true);
		snapshot_online();
	}
	snapshot_unregister(&dp->snapshot);
	return NULL;
}

void
worker_wake(struct dataplane *dp)
{
	uint64_t one = 1;

	(void)!write(dp->wake, &one, sizeof(one));
}

void
worker_ask(struct dataplane *dp, void (*fn)(struct forwarder *f, void *arg), void *arg)
{
	struct worker_request r = { .fn = fn, .arg = arg };

	if (!dp->started) {
		dp->f.now_ms = dp->opt.now_ms(dp->opt.now_arg);
		fn(&dp->f, arg);
		return;
	}
	sem_init(&r.done, 0, 0);
	atomic_store(&dp->request, &r);
	worker_wake(dp);
	while (sem_wait(&r.done) < 0)
		; /* a signal handler ran */
	sem_destroy(&r.done);
}
