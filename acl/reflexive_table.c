/*
 * reflexive_table.c - where the flows of a reflexive list are kept.
 *
 * A flow is found three ways:
 *
 *	by its addresses, protocol and ports	a hash table, for the packets of the flow
 *	by the pair of hosts it is between	a hash table of pairs, each with its flows, for later
 *						fragments, which show no ports
 *	by when it ends				a heap
 *
 * Every packet of a flow puts off its end, so the heap keeps an older, earlier date and is put right
 * when that date comes; only an end that is brought forward moves at once.  All flows are in a list
 * too, in the order in which they were made.
 *
 * Everything is in arrays taken at the start and tied together by indices; nothing allocates later.
 * The hash is keyed with the table's address, so that nobody outside can fill one chain by choosing
 * ports.  Belongs to one thread.
 */
#include "acl/reflexive_table.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_ENTRIES = 1 << 24 }; /* so that indices and sizes cannot overflow */

#define NONE REFLEXIVE_NONE

/* ---- making and clearing ---- */

void
reflexive_clear(struct reflexive *t)
{
	t->n = 0;
	t->age = (struct reflexive_link){ NONE, NONE };
	t->free_flow = t->free_pair = NONE;
	memset(t->flow_bucket, 0xff, (t->mask + 1) * sizeof(*t->flow_bucket));
	memset(t->pair_bucket, 0xff, (t->mask + 1) * sizeof(*t->pair_bucket));
	t->new_flow = t->new_pair = 0;
}

struct reflexive *
reflexive_create(size_t max_entries)
{
	struct reflexive *t = calloc(1, sizeof(*t));
	size_t buckets = 1;

	if (t == NULL || max_entries == 0 || max_entries > MAX_ENTRIES)
		goto fail;
	while (buckets < max_entries)
		buckets *= 2;
	t->max = max_entries;
	t->mask = (uint32_t)buckets - 1;
	t->flow_bucket = calloc(buckets, sizeof(*t->flow_bucket));
	t->pair_bucket = calloc(buckets, sizeof(*t->pair_bucket));
	t->heap = calloc(max_entries, sizeof(*t->heap));
	t->flow = calloc(max_entries, sizeof(*t->flow));
	t->pair = calloc(max_entries, sizeof(*t->pair));
	if (t->flow_bucket == NULL || t->pair_bucket == NULL || t->heap == NULL ||
		t->flow == NULL || t->pair == NULL)
		goto fail;
	reflexive_clear(t);
	return t;
fail:
	reflexive_destroy(t);
	return NULL;
}

void
reflexive_destroy(struct reflexive *t)
{
	if (t == NULL)
		return;
	free(t->flow_bucket);
	free(t->pair_bucket);
	free(t->heap);
	free(t->flow);
	free(t->pair);
	free(t);
}

/* ---- the heap of ends ---- */

static void
heap_put(struct reflexive *t, uint32_t at, uint32_t flow)
{
	t->heap[at] = flow;
	t->flow[flow].heap_at = at;
}

static uint64_t
heap_due(const struct reflexive *t, uint32_t at)
{
	return t->flow[t->heap[at]].due_ms;
}

/* A flow's date has become earlier, or it is new: up with it. */
static void
heap_rise(struct reflexive *t, uint32_t flow)
{
	uint32_t at = t->flow[flow].heap_at;

	while (at > 0 && heap_due(t, (at - 1) / 2) > t->flow[flow].due_ms) {
		heap_put(t, at, t->heap[(at - 1) / 2]);
		at = (at - 1) / 2;
	}
	heap_put(t, at, flow);
}

/* A flow's date has become later: down with it. */
static void
heap_sink(struct reflexive *t, uint32_t flow)
{
	uint32_t at = t->flow[flow].heap_at, child;

	while ((child = 2 * at + 1) < t->n) {
		if (child + 1 < t->n && heap_due(t, child + 1) < heap_due(t, child))
			child++;
		if (heap_due(t, child) >= t->flow[flow].due_ms)
			break;
		heap_put(t, at, t->heap[child]);
		at = child;
	}
	heap_put(t, at, flow);
}

static void
heap_remove(struct reflexive *t, uint32_t flow)
{
	uint32_t at = t->flow[flow].heap_at, last = t->heap[--t->n];

	if (last == flow)
		return;
	heap_put(t, at, last);
	heap_rise(t, last);
	heap_sink(t, last);
}

/* ---- pairs of hosts ---- */

static uint64_t
mix(uint64_t hash, uint64_t value)
{
	hash = (hash ^ value) * 0x9e3779b97f4a7c15ULL;
	return hash ^ hash >> 32;
}

static uint32_t
hash_hosts(const struct reflexive *t, const struct reflexive_hosts *h)
{
	uint64_t hash = (uintptr_t)t;

	hash = mix(mix(hash, h->src[0]), h->src[1]);
	hash = mix(mix(hash, h->dst[0]), h->dst[1]);
	return (uint32_t)mix(hash, (uint64_t)h->ipv6 << 8 | h->proto);
}

static bool
same_hosts(const struct reflexive_hosts *a, const struct reflexive_hosts *b)
{
	return a->src[0] == b->src[0] && a->src[1] == b->src[1] && a->dst[0] == b->dst[0] &&
	       a->dst[1] == b->dst[1] && a->ipv6 == b->ipv6 && a->proto == b->proto;
}

uint32_t
reflexive_pair_find(const struct reflexive *t, const struct reflexive_hosts *h)
{
	uint32_t hash = hash_hosts(t, h), at = t->pair_bucket[hash & t->mask];

	while (at != NONE && (t->pair[at].hash != hash || !same_hosts(&t->pair[at].hosts, h)))
		at = t->pair[at].next;
	return at;
}

/* There is a free one: no pair is without a flow. */
static uint32_t
make_pair(struct reflexive *t, const struct reflexive_hosts *h)
{
	uint32_t hash = hash_hosts(t, h), *bucket = &t->pair_bucket[hash & t->mask];
	uint32_t at = t->free_pair != NONE ? t->free_pair : t->new_pair++;
	struct reflexive_pair *p = &t->pair[at];

	if (at == t->free_pair)
		t->free_pair = p->next;
	*p = (struct reflexive_pair){ .hosts = *h, .hash = hash, .next = *bucket, .first = NONE };
	*bucket = at;
	return at;
}

static void
drop_pair(struct reflexive *t, uint32_t at)
{
	struct reflexive_pair *p = &t->pair[at];
	uint32_t *link = &t->pair_bucket[p->hash & t->mask];

	while (*link != at)
		link = &t->pair[*link].next;
	*link = p->next;
	p->next = t->free_pair;
	t->free_pair = at;
}

/* ---- flows ---- */

static uint32_t
hash_flow(const struct reflexive *t, uint32_t pair, uint16_t sport, uint16_t dport)
{
	return (uint32_t)mix(t->pair[pair].hash, (uint64_t)sport << 16 | dport);
}

uint32_t
reflexive_flow_find(const struct reflexive *t, uint32_t pair, uint16_t sport, uint16_t dport)
{
	uint32_t at = t->flow_bucket[hash_flow(t, pair, sport, dport) & t->mask];

	while (at != NONE && (t->flow[at].pair != pair || t->flow[at].sport != sport ||
				     t->flow[at].dport != dport))
		at = t->flow[at].next;
	return at;
}

static void
enlist(struct reflexive *t, uint32_t at)
{
	struct reflexive_flow *f = &t->flow[at];
	struct reflexive_pair *p = &t->pair[f->pair];

	f->age = (struct reflexive_link){ .prev = t->age.prev, .next = NONE };
	*(f->age.prev != NONE ? &t->flow[f->age.prev].age.next : &t->age.next) = at;
	t->age.prev = at;

	f->sibling = (struct reflexive_link){ .prev = NONE, .next = p->first };
	if (p->first != NONE)
		t->flow[p->first].sibling.prev = at;
	p->first = at;
}

static void
delist(struct reflexive *t, const struct reflexive_flow *f)
{
	struct reflexive_pair *p = &t->pair[f->pair];

	*(f->age.prev != NONE ? &t->flow[f->age.prev].age.next : &t->age.next) = f->age.next;
	*(f->age.next != NONE ? &t->flow[f->age.next].age.prev : &t->age.prev) = f->age.prev;

	*(f->sibling.prev != NONE ? &t->flow[f->sibling.prev].sibling.next : &p->first) =
		f->sibling.next;
	if (f->sibling.next != NONE)
		t->flow[f->sibling.next].sibling.prev = f->sibling.prev;
}

uint32_t
reflexive_flow_make(struct reflexive *t, const struct reflexive_hosts *h, uint16_t sport,
	uint16_t dport, uint64_t end_ms)
{
	uint32_t at = t->free_flow != NONE ? t->free_flow : t->new_flow++;
	uint32_t pair = reflexive_pair_find(t, h), *bucket;
	struct reflexive_flow *f = &t->flow[at];

	if (at == t->free_flow)
		t->free_flow = f->next;
	if (pair == NONE)
		pair = make_pair(t, h);
	*f = (struct reflexive_flow){
		.pair = pair,
		.sport = sport,
		.dport = dport,
		.hash = hash_flow(t, pair, sport, dport),
		.due_ms = end_ms,
		.end_ms = end_ms,
		.heap_at = (uint32_t)t->n,
	};
	bucket = &t->flow_bucket[f->hash & t->mask];
	f->next = *bucket;
	*bucket = at;
	enlist(t, at);
	t->heap[t->n++] = at;
	heap_rise(t, at);
	return at;
}

void
reflexive_flow_drop(struct reflexive *t, uint32_t at)
{
	struct reflexive_flow *f = &t->flow[at];
	uint32_t *link = &t->flow_bucket[f->hash & t->mask];

	heap_remove(t, at);
	delist(t, f);
	while (*link != at)
		link = &t->flow[*link].next;
	*link = f->next;
	if (t->pair[f->pair].first == NONE)
		drop_pair(t, f->pair);
	f->next = t->free_flow;
	t->free_flow = at;
}

void
reflexive_flow_end(struct reflexive *t, uint32_t at, uint64_t end_ms)
{
	struct reflexive_flow *f = &t->flow[at];

	f->end_ms = end_ms;
	if (end_ms < f->due_ms) {
		f->due_ms = end_ms;
		heap_rise(t, at);
	}
}

uint32_t
reflexive_flow_due(const struct reflexive *t, uint64_t now_ms)
{
	return t->n > 0 && heap_due(t, 0) <= now_ms ? t->heap[0] : NONE;
}

void
reflexive_flow_put_off(struct reflexive *t, uint32_t at)
{
	t->flow[at].due_ms = t->flow[at].end_ms;
	heap_sink(t, at);
}
