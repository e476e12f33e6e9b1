/*
 * port_memory.c - a port whose wire is two queues in memory, for tests.
 *
 * "memory:".  A test puts frames in at one end and takes out what was sent; both queues are byte
 * rings of fixed size.  Any thread may put and take, so each ring has a lock, and an eventfd wakes
 * the worker.
 */
#include "dataplane/port.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "dataplane/frame_store.h"

enum { RING_SIZE = 1 << 20, STORE_SIZE = 4 * PACKET_MAX };

struct record { /* what precedes each frame in a ring */
	size_t len;
	struct packet_offload offload;
};

struct byte_ring {
	pthread_mutex_t lock;
	uint8_t *memory;
	size_t head, tail; /* bytes ever written and read */
};

struct memory_port {
	struct port base;
	struct byte_ring rx, tx;
	struct frame_store store;
	int event; /* readable while rx may have frames */
	atomic_bool link;
};

static void
copy_in(struct byte_ring *r, const void *from, size_t len)
{
	size_t at = r->head % RING_SIZE;
	size_t first = len < RING_SIZE - at ? len : RING_SIZE - at;

	memcpy(r->memory + at, from, first);
	memcpy(r->memory, (const uint8_t *)from + first, len - first);
	r->head += len;
}

/* Copies without taking; `skip` bytes on from the oldest. */
static void
copy_out(const struct byte_ring *r, size_t skip, void *to, size_t len)
{
	size_t at = (r->tail + skip) % RING_SIZE;
	size_t first = len < RING_SIZE - at ? len : RING_SIZE - at;

	memcpy(to, r->memory + at, first);
	memcpy((uint8_t *)to + first, r->memory, len - first);
}

static bool
ring_put(struct byte_ring *r, const struct record *rec, const void *frame)
{
	bool fits;

	pthread_mutex_lock(&r->lock);
	fits = RING_SIZE - (r->head - r->tail) >= sizeof(*rec) + rec->len;
	if (fits) {
		copy_in(r, rec, sizeof(*rec));
		copy_in(r, frame, rec->len);
	}
	pthread_mutex_unlock(&r->lock);
	return fits;
}

/* Takes the oldest frame if there is one of at most `size` bytes. */
static bool
ring_take(struct byte_ring *r, struct record *rec, void *frame, size_t size)
{
	bool there = false;

	pthread_mutex_lock(&r->lock);
	if (r->head != r->tail) {
		copy_out(r, 0, rec, sizeof(*rec));
		there = rec->len <= size;
	}
	if (there) {
		copy_out(r, sizeof(*rec), frame, rec->len);
		r->tail += sizeof(*rec) + rec->len;
	}
	pthread_mutex_unlock(&r->lock);
	return there;
}

static int
ring_init(struct byte_ring *r)
{
	pthread_mutex_init(&r->lock, NULL);
	r->memory = malloc(RING_SIZE);
	return r->memory == NULL ? -ENOMEM : 0;
}

static void
ring_fini(struct byte_ring *r)
{
	pthread_mutex_destroy(&r->lock);
	free(r->memory);
}

static void
memory_close(struct port *base)
{
	struct memory_port *p = (struct memory_port *)base;

	if (p->event >= 0)
		close(p->event);
	frame_store_fini(&p->store);
	ring_fini(&p->tx);
	ring_fini(&p->rx);
	free(p);
}

static int
memory_open(struct port **out, const char *arg, char err[DP_ERR_MAX])
{
	struct memory_port *p = calloc(1, sizeof(*p));
	int failed;

	if (p == NULL)
		return port_fail(err, ENOMEM, "%s", strerror(ENOMEM));
	p->base.ops = &port_memory_ops;
	atomic_init(&p->link, true);
	snprintf(p->base.device, sizeof(p->base.device), "%s", arg);
	failed = ring_init(&p->rx);
	failed |= ring_init(&p->tx);
	failed |= frame_store_init(&p->store, STORE_SIZE);
	p->event = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	if (failed != 0 || p->event < 0) {
		memory_close(&p->base);
		return port_fail(err, ENOMEM, "%s", strerror(ENOMEM));
	}
	*out = &p->base;
	return 0;
}

static size_t
memory_rx_burst(struct port *base, struct packet *pkt, size_t max, uint64_t until_ns)
{
	struct memory_port *p = (struct memory_port *)base;
	struct record rec;
	uint64_t count;
	size_t n = 0;

	(void)until_ns;
	/* First the flag, then the frames: one put in between sets it again. */
	(void)!read(p->event, &count, sizeof(count));
	frame_store_reset(&p->store);
	while (n < max) {
		size_t room = frame_store_room(&p->store);
		uint8_t *at = p->store.memory + p->store.used;

		/* More may be waiting than there is room for: then come again. */
		if (room < PACKET_MAX)
			break;
		if (!ring_take(&p->rx, &rec, at, room))
			return n;
		pkt[n++] = (struct packet){
			.data = frame_store_take(&p->store, rec.len),
			.len = (uint32_t)rec.len,
			.wire_len = (uint32_t)rec.len,
			.offload = rec.offload,
		};
	}
	count = 1;
	(void)!write(p->event, &count, sizeof(count));
	return n;
}

static void
memory_tx_burst(struct port *base, struct packet *const *pkt, size_t n, enum dp_drop *fate)
{
	struct memory_port *p = (struct memory_port *)base;

	for (size_t i = 0; i < n; i++) {
		struct record rec = { .len = pkt[i]->len };

		fate[i] = ring_put(&p->tx, &rec, pkt[i]->data) ? DP_DROP_NONE : DP_DROP_tx_full;
	}
}

static int
memory_fd(const struct port *base)
{
	return ((const struct memory_port *)base)->event;
}

static void
memory_info(struct port *base, struct dp_port_info *out)
{
	out->mtu = 1500; /* what Ethernet has; nothing here is held to it */
	out->link_up = atomic_load(&((struct memory_port *)base)->link);
}

int
port_memory_put(
	struct port *base, const void *frame, size_t len, const struct packet_offload *offload)
{
	struct memory_port *p = (struct memory_port *)base;
	struct record rec = { .len = len };
	uint64_t one = 1;

	if (len > PACKET_MAX)
		return -EMSGSIZE;
	if (offload != NULL)
		rec.offload = *offload;
	if (!ring_put(&p->rx, &rec, frame))
		return -ENOBUFS;
	(void)!write(p->event, &one, sizeof(one));
	return 0;
}

size_t
port_memory_take(struct port *base, void *frame, size_t size)
{
	struct memory_port *p = (struct memory_port *)base;
	struct record rec;

	return ring_take(&p->tx, &rec, frame, size) ? rec.len : 0;
}

void
port_memory_set_link(struct port *base, bool up)
{
	atomic_store(&((struct memory_port *)base)->link, up);
}

const struct port_ops port_memory_ops = {
	.driver = "memory",
	.open = memory_open,
	.rx_burst = memory_rx_burst,
	.tx_burst = memory_tx_burst,
	.fd = memory_fd,
	.info = memory_info,
	.close = memory_close,
};
