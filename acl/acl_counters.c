/*
 * acl_counters.c - packets, bytes, first and last hit per entry, per place the list is used at, per
 * thread.
 *
 * A place (interface and direction) has one column of counters per dataplane thread and one more,
 * the reader's: what was there at the last `clear`, which every reading is lessened by.  So a
 * thread writes its own column and nobody else does.  The one thing that `clear` takes back in a
 * thread's column is the time of the first hit: the thread sets it where it is 0, and only then.
 *
 * A column is a fixed directory of chunks, four of a size and then four of twice that: growing adds a
 * chunk and moves nothing, and at most a fifth of it is for later.  A slot's chunk exists before any program that names the slot is
 * published, so the writer needs no check.
 *
 * Threads.  acl_counters_hit() belongs to the column's thread; everything else to the control
 * thread. Counters are read while they are written: relaxed atomic loads and stores, which cost
 * nothing, keep each of the two numbers whole (they may be of neighbouring moments).
 * acl_counters_zero() writes in all columns, but only of a slot that after a grace period no
 * program names.
 */
#include "acl/acl_internal.h"

#include <errno.h>
#include <stdlib.h>

enum {
	FIRST_CHUNK_BITS = 4, /* 16 slots in each of the first chunks */
	SAME_BITS = 2,	      /* as many chunks of a size */
	FIRST_BITS = FIRST_CHUNK_BITS + SAME_BITS,
	CHUNKS = (32 - FIRST_BITS) << SAME_BITS,
};

/* What a thread writes. */
struct cell {
	uint64_t packets, bytes;
	uint64_t first_ms, last_ms; /* 0: none */
};

/* What the reader takes off. */
struct baseline {
	uint64_t packets, bytes;
};

struct acl_counters {
	struct acl_counters *next; /* the list's next place */
	uint32_t ifindex;
	enum acl_direction dir;
	unsigned threads;
	uint32_t slots; /* exist in every column */
	struct baseline *baseline[CHUNKS];
	struct cell *column[][CHUNKS]; /* one per thread */
};

/*
 * Slots are numbered on from 64: then the highest bit says the chunks' size, and the two bits behind it
 * which of those.
 */
static unsigned
slot_chunk(uint32_t slot)
{
	const uint32_t number = slot + (1U << FIRST_BITS);
	const unsigned high = 31 - (unsigned)__builtin_clz(number);

	return (high - FIRST_BITS) << SAME_BITS |
	       (number >> (high - SAME_BITS) & ((1U << SAME_BITS) - 1));
}

static uint32_t
chunk_size(unsigned k)
{
	return 1U << (FIRST_CHUNK_BITS + (k >> SAME_BITS));
}

/* The slot's place in its chunk. */
static uint32_t
slot_offset(uint32_t slot, unsigned k)
{
	return (slot + (1U << FIRST_BITS)) & (chunk_size(k) - 1);
}

static struct cell *
cell_of(const struct acl_counters *c, unsigned thread, uint32_t slot)
{
	unsigned k = slot_chunk(slot);

	return &c->column[thread][k][slot_offset(slot, k)];
}

static struct baseline *
baseline_of(const struct acl_counters *c, uint32_t slot)
{
	unsigned k = slot_chunk(slot);

	return &c->baseline[k][slot_offset(slot, k)];
}

static uint64_t
load(const uint64_t *p)
{
	return __atomic_load_n(p, __ATOMIC_RELAXED);
}

static void
store(uint64_t *p, uint64_t value)
{
	__atomic_store_n(p, value, __ATOMIC_RELAXED);
}

void
acl_counters_hit(struct acl_counters *c, unsigned thread, uint32_t slot, uint32_t packets,
	uint64_t bytes, uint64_t now_ms)
{
	struct cell *h = cell_of(c, thread, slot);

	store(&h->packets, load(&h->packets) + packets);
	store(&h->bytes, load(&h->bytes) + bytes);
	store(&h->last_ms, now_ms);
	if (load(&h->first_ms) == 0)
		store(&h->first_ms, now_ms);
}

static int
grow_place(struct acl_counters *c, uint32_t slots)
{
	for (unsigned k = 0; slots > 0 && k <= slot_chunk(slots - 1); k++) {
		/* What is there is not stored again: its thread reads the pointer at this moment. */
		for (unsigned i = 0; i < c->threads; i++) {
			if (c->column[i][k] != NULL)
				continue;
			c->column[i][k] = calloc(chunk_size(k), sizeof(struct cell));
			if (c->column[i][k] == NULL)
				return -ENOMEM;
		}
		if (c->baseline[k] == NULL)
			c->baseline[k] = calloc(chunk_size(k), sizeof(struct baseline));
		if (c->baseline[k] == NULL)
			return -ENOMEM;
	}
	c->slots = slots;
	return 0;
}

int
acl_counters_grow(struct acl *acl, uint32_t slots)
{
	for (struct acl_counters *c = acl->counters; c != NULL; c = c->next)
		if (c->slots < slots && grow_place(c, slots) != 0)
			return -ENOMEM;
	return 0;
}

static struct acl_counters *
find_place(const struct acl *acl, uint32_t ifindex, enum acl_direction dir)
{
	for (struct acl_counters *c = acl->counters; c != NULL; c = c->next)
		if (c->ifindex == ifindex && c->dir == dir)
			return c;
	return NULL;
}

static void
destroy_place(struct acl_counters *c)
{
	for (unsigned k = 0; k < CHUNKS; k++) {
		for (unsigned i = 0; i < c->threads; i++)
			free(c->column[i][k]);
		free(c->baseline[k]);
	}
	free(c);
}

struct acl_counters *
acl_counters_on(struct acl *acl, uint32_t ifindex, enum acl_direction dir, unsigned threads)
{
	struct acl_counters *c = find_place(acl, ifindex, dir);

	if (c != NULL)
		return c;
	c = calloc(1, sizeof(*c) + threads * sizeof(c->column[0]));
	if (c == NULL)
		return NULL;
	c->ifindex = ifindex;
	c->dir = dir;
	c->threads = threads;
	if (grow_place(c, acl->slots) != 0) {
		destroy_place(c);
		return NULL;
	}
	c->next = acl->counters;
	acl->counters = c;
	return c;
}

void
acl_counters_destroy(struct acl *acl)
{
	struct acl_counters *c, *next;

	for (c = acl->counters; c != NULL; c = next) {
		next = c->next;
		destroy_place(c);
	}
}

/* Adds b to a: the earlier first hit, the later last one, 0 being none. */
static void
add_hits(struct acl_hits *a, const struct acl_hits *b)
{
	a->packets += b->packets;
	a->bytes += b->bytes;
	if (a->first_ms == 0 || (b->first_ms != 0 && b->first_ms < a->first_ms))
		a->first_ms = b->first_ms;
	if (b->last_ms > a->last_ms)
		a->last_ms = b->last_ms;
}

/* All that was ever counted in a slot at one place. */
static struct acl_hits
place_total(const struct acl_counters *c, uint32_t slot)
{
	struct acl_hits sum = { 0 };

	for (unsigned i = 0; i < c->threads; i++) {
		const struct cell *h = cell_of(c, i, slot);

		add_hits(&sum, &(struct acl_hits){ .packets = load(&h->packets),
				       .bytes = load(&h->bytes),
				       .first_ms = load(&h->first_ms),
				       .last_ms = load(&h->last_ms) });
	}
	return sum;
}

/* What was counted since the last clear; without a packet since then there are no times either. */
static struct acl_hits
place_hits(const struct acl_counters *c, uint32_t slot)
{
	const struct baseline *baseline = baseline_of(c, slot);
	struct acl_hits hits = place_total(c, slot);

	hits.packets -= baseline->packets;
	hits.bytes -= baseline->bytes;
	if (hits.packets == 0)
		hits.first_ms = hits.last_ms = 0;
	return hits;
}

struct acl_hits
acl_hits(const struct acl *acl, uint32_t slot)
{
	struct acl_hits sum = { 0 };

	for (const struct acl_counters *c = acl->counters; c != NULL; c = c->next) {
		struct acl_hits hits = place_hits(c, slot);

		add_hits(&sum, &hits);
	}
	return sum;
}

struct acl_hits
acl_hits_on(const struct acl *acl, uint32_t ifindex, enum acl_direction dir, uint32_t slot)
{
	const struct acl_counters *c = find_place(acl, ifindex, dir);

	return c != NULL ? place_hits(c, slot) : (struct acl_hits){ 0 };
}

static void
clear_slot(struct acl_counters *c, uint32_t slot)
{
	struct acl_hits total = place_total(c, slot);

	*baseline_of(c, slot) = (struct baseline){ .packets = total.packets, .bytes = total.bytes };
	for (unsigned i = 0; i < c->threads; i++)
		store(&cell_of(c, i, slot)->first_ms, 0);
}

void
acl_clear_hits(struct acl *acl)
{
	for (struct acl_counters *c = acl->counters; c != NULL; c = c->next)
		for (uint32_t slot = 0; slot < c->slots; slot++)
			clear_slot(c, slot);
}

void
acl_counters_zero(struct acl *acl, uint32_t slot)
{
	for (struct acl_counters *c = acl->counters; c != NULL; c = c->next) {
		for (unsigned i = 0; i < c->threads; i++) {
			struct cell *h = cell_of(c, i, slot);

			store(&h->packets, 0);
			store(&h->bytes, 0);
			store(&h->first_ms, 0);
			store(&h->last_ms, 0);
		}
		*baseline_of(c, slot) = (struct baseline){ 0 };
	}
}
