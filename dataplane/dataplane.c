/*
 * dataplane.c - the life of the dataplane and the control thread's side of it.
 *
 * The control thread creates it, opens its ports (the only moment that needs privilege), starts the
 * worker and from then on publishes snapshots, reads counters and drains the log.  The worker owns
 * the forwarder while it runs: anything else in there is asked for and done between two bursts.
 */
#include "dataplane/worker.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

static const struct port_ops *const drivers[] = {
	&port_file_ops,
	&port_packet_ops,
	&port_pcap_ops,
	&port_memory_ops,
};

int
port_fail(char err[DP_ERR_MAX], int error, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(err, DP_ERR_MAX, fmt, ap);
	va_end(ap);
	return -error;
}

static uint64_t
coarse_ms(void *arg)
{
	struct timespec ts;

	(void)arg;
	clock_gettime(CLOCK_MONOTONIC_COARSE, &ts);
	return (uint64_t)ts.tv_sec * 1000 + (uint64_t)ts.tv_nsec / 1000000;
}

static void
watch(struct dataplane *dp, int fd, uint32_t ifindex)
{
	dp->poll[dp->n_poll] = (struct pollfd){ .fd = fd, .events = POLLIN };
	dp->polled[dp->n_poll++] = ifindex;
}

struct dataplane *
dataplane_create(const struct dataplane_options *opt)
{
	struct dataplane *dp = aligned_alloc(_Alignof(struct dataplane), sizeof(*dp));

	if (dp == NULL)
		return NULL;
	memset(dp, 0, sizeof(*dp));
	dp->f.log.fd = -1;
	if (opt != NULL)
		dp->opt = *opt;
	if (dp->opt.now_ms == NULL)
		dp->opt.now_ms = coarse_ms;
	dp->wake = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	if (dp->wake < 0 || log_ring_init(&dp->f.log) < 0 || bridge_init(&dp->f.bridge) < 0 ||
		segmenter_init(&dp->f.segmenter) < 0) {
		dataplane_destroy(dp);
		return NULL;
	}
	watch(dp, dp->wake, 0);
	return dp;
}

void
dataplane_destroy(struct dataplane *dp)
{
	if (dp == NULL)
		return;
	if (dp->started) {
		atomic_store_explicit(&dp->stop, true, memory_order_release);
		worker_wake(dp);
		pthread_join(dp->thread, NULL);
	}
	for (size_t i = 0; i < dp->n_ports; i++) {
		struct port *port = dp->f.port[dp->port_of[i]];

		port->ops->close(port);
	}
	snapshot_publish(&dp->snapshot, NULL);
	segmenter_fini(&dp->f.segmenter);
	bridge_fini(&dp->f.bridge);
	log_ring_fini(&dp->f.log);
	if (dp->wake >= 0)
		close(dp->wake);
	free(dp);
}

/* Two ports on one wire would be a loop that no bridge outside can see. */
static bool
device_taken(const struct dataplane *dp, const struct port_ops *ops, const char *device)
{
	if (ops != &port_packet_ops && ops != &port_pcap_ops)
		return false;
	for (size_t i = 0; i < dp->n_ports; i++) {
		const struct port *port = dp->f.port[dp->port_of[i]];

		if ((port->ops == &port_packet_ops || port->ops == &port_pcap_ops) &&
			strcmp(port->device, device) == 0)
			return true;
	}
	return false;
}

int
dataplane_add_port(struct dataplane *dp, uint32_t ifindex, const char *driver, const char *arg,
	char err[DP_ERR_MAX])
{
	const struct port_ops *ops = NULL;
	struct port *port;
	int ret, fd;

	for (size_t i = 0; i < sizeof(drivers) / sizeof(drivers[0]); i++)
		if (strcmp(drivers[i]->driver, driver) == 0)
			ops = drivers[i];
	if (ops == NULL)
		return port_fail(err, EINVAL, "%s: no such port driver", driver);
	if (ifindex == 0 || ifindex >= DP_MAX_INTERFACES)
		return port_fail(err, EINVAL, "no interface %u", ifindex);
	if (dp->started)
		return port_fail(err, EBUSY, "ports are opened before the router starts");
	if (dp->f.port[ifindex] != NULL)
		return port_fail(err, EEXIST, "the interface has a port already");
	if (device_taken(dp, ops, arg))
		return port_fail(err, EBUSY, "%s: already the port of another interface", arg);
	ret = ops->open(&port, arg, err);
	if (ret < 0)
		return ret;
	fd = ops->fd(port);
	if (fd >= 0) {
		watch(dp, fd, ifindex);
		dp->blind |= ops->glance == NULL;
	}
	dp->f.port[ifindex] = port;
	dp->port_of[dp->n_ports++] = ifindex;
	dp->captures |= ops->next_time != NULL;
	return 0;
}

bool
dataplane_has_port(const struct dataplane *dp, uint32_t ifindex)
{
	return ifindex < DP_MAX_INTERFACES && dp->f.port[ifindex] != NULL;
}

int
dataplane_start(struct dataplane *dp)
{
	sigset_t all, before;
	int err;

	/* Signals are the control thread's. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	err = pthread_create(&dp->thread, NULL, worker_main, dp);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	dp->started = err == 0;
	return -err;
}

size_t
dataplane_run_once(struct dataplane *dp)
{
	worker_poll(dp, false);
	return worker_turn(dp);
}

/*
 * Whether the worker has something to do at once, not only with the next frame: with lists alone it
 * has not, and a sleeping worker is left asleep.
 */
static bool
changes_ports(const struct dp_snapshot *old, const struct dp_snapshot *new)
{
	if (old == NULL || new == NULL)
		return true;
	for (size_t i = 0; i < DP_MAX_INTERFACES; i++) {
		const struct dp_interface *a = &old->interface[i], *b = &new->interface[i];

		if (a->kind != b->kind || a->up != b->up || a->vlan != b->vlan ||
			a->bridge_group != b->bridge_group)
			return true;
	}
	return false;
}

void
dataplane_publish(struct dataplane *dp, struct dp_snapshot *snapshot)
{
	bool wake = changes_ports(snapshot_read(&dp->snapshot), snapshot);

	snapshot_publish(&dp->snapshot, snapshot);
	if (wake)
		worker_wake(dp);
}

int
dataplane_event_fd(const struct dataplane *dp)
{
	return dp->f.log.fd;
}

size_t
dataplane_drain(struct dataplane *dp, size_t max,
	void (*fn)(void *arg, const struct dp_log_event *ev), void *arg)
{
	return log_ring_drain(&dp->f.log, max, fn, arg);
}

uint64_t
dataplane_log_missed(const struct dataplane *dp)
{
	return atomic_load_explicit(&dp->f.log.missed, memory_order_relaxed);
}

bool
dataplane_at_eof(const struct dataplane *dp)
{
	return atomic_load(&dp->at_eof);
}

void
dataplane_if_stats(const struct dataplane *dp, uint32_t ifindex, struct dp_if_stats *out)
{
	const struct if_stats *s;

	memset(out, 0, sizeof(*out));
	if (ifindex >= DP_MAX_INTERFACES)
		return;
	s = &dp->f.stats[ifindex];
	out->rx_packets = stat_get(&s->rx_packets);
	out->rx_bytes = stat_get(&s->rx_bytes);
	out->rx_broadcasts = stat_get(&s->rx_broadcasts);
	out->rx_multicasts = stat_get(&s->rx_multicasts);
	out->tx_packets = stat_get(&s->tx_packets);
	out->tx_bytes = stat_get(&s->tx_bytes);
	out->tx_broadcasts = stat_get(&s->tx_broadcasts);
	out->tx_multicasts = stat_get(&s->tx_multicasts);
	for (size_t i = 0; i < DP_DROP_COUNT; i++)
		out->drops[i] = stat_get(&s->drops[i]);
	out->last_rx_ms = stat_get(&s->last_rx_ms);
	out->last_tx_ms = stat_get(&s->last_tx_ms);
	out->reflexive_full = stat_get(&s->reflexive_full);
}

bool
dataplane_port_info(const struct dataplane *dp, uint32_t ifindex, struct dp_port_info *out)
{
	struct port *port;

	if (!dataplane_has_port(dp, ifindex))
		return false;
	port = dp->f.port[ifindex];
	memset(out, 0, sizeof(*out));
	snprintf(out->driver, sizeof(out->driver), "%s", port->ops->driver);
	snprintf(out->device, sizeof(out->device), "%s", port->device);
	port->ops->info(port, out);
	return true;
}

struct mac_copy {
	struct dp_mac_entry *entry;
	int n;
};

static void
copy_macs(struct forwarder *f, void *arg)
{
	struct mac_copy *copy = arg;
	struct mac_view v;
	size_t at = 0;

	while (mac_table_next(&f->bridge.macs, &at, f->now_ms, &v)) {
		struct dp_mac_entry *e = &copy->entry[copy->n++];
		bool group = (v.domain & BRIDGE_GROUP_BIT) != 0;

		*e = (struct dp_mac_entry){
			.vlan = group ? 0 : v.domain,
			.bridge_group = group ? v.domain & (BRIDGE_GROUP_BIT - 1) : 0,
			.ifindex = v.ifindex,
			.age_seconds = (uint32_t)(v.age_ms / 1000),
		};
		memcpy(e->mac, v.mac, sizeof(e->mac));
	}
}

static int
compare_macs(const void *a, const void *b)
{
	const struct dp_mac_entry *x = a, *y = b;

	if (x->bridge_group != y->bridge_group)
		return x->bridge_group < y->bridge_group ? -1 : 1;
	if (x->vlan != y->vlan)
		return x->vlan < y->vlan ? -1 : 1;
	return memcmp(x->mac, y->mac, sizeof(x->mac));
}

int
dataplane_mac_entries(struct dataplane *dp, struct dp_mac_entry **out)
{
	/* Room for all there can be: the worker allocates nothing. */
	struct mac_copy copy = { .entry = calloc(MAC_TABLE_SIZE, sizeof(*copy.entry)) };

	if (copy.entry == NULL)
		return -ENOMEM;
	worker_ask(dp, copy_macs, &copy);
	qsort(copy.entry, (size_t)copy.n, sizeof(*copy.entry), compare_macs);
	*out = copy.entry;
	return copy.n;
}

static void
clear_macs(struct forwarder *f, void *arg)
{
	(void)arg;
	mac_table_purge(&f->bridge.macs, NULL, NULL);
}

void
dataplane_mac_clear(struct dataplane *dp)
{
	worker_ask(dp, clear_macs, NULL);
}

struct reflexive_query {
	struct reflexive *table;
	struct reflexive_entry *out;
	size_t max, n;
};

static void
copy_reflexive(struct forwarder *f, void *arg)
{
	struct reflexive_query *q = arg;

	q->n = reflexive_copy(q->table, q->out, q->max, f->now_ms);
}

int
dataplane_reflexive_copy(
	struct dataplane *dp, struct reflexive *t, struct reflexive_entry *out, size_t max)
{
	struct reflexive_query q = { .table = t, .out = out, .max = max };

	worker_ask(dp, copy_reflexive, &q);
	return (int)q.n;
}

static void
clear_reflexive(struct forwarder *f, void *arg)
{
	(void)f;
	reflexive_clear(arg);
}

void
dataplane_reflexive_clear(struct dataplane *dp, struct reflexive *t)
{
	worker_ask(dp, clear_reflexive, t);
}

int
dataplane_memory_put(struct dataplane *dp, uint32_t ifindex, const void *frame, size_t len)
{
	if (!dataplane_has_port(dp, ifindex) || dp->f.port[ifindex]->ops != &port_memory_ops)
		return -ENODEV;
	return port_memory_put(dp->f.port[ifindex], frame, len, NULL);
}

size_t
dataplane_memory_take(struct dataplane *dp, uint32_t ifindex, void *frame, size_t size)
{
	if (!dataplane_has_port(dp, ifindex) || dp->f.port[ifindex]->ops != &port_memory_ops)
		return 0;
	return port_memory_take(dp->f.port[ifindex], frame, size);
}

int
dataplane_memory_link(struct dataplane *dp, uint32_t ifindex, bool up)
{
	if (!dataplane_has_port(dp, ifindex) || dp->f.port[ifindex]->ops != &port_memory_ops)
		return -ENODEV;
	port_memory_set_link(dp->f.port[ifindex], up);
	return 0;
}
