/*
 * reflexive_table.h - what reflexive.c and reflexive_table.c share: flows, and the three ways to find
 * them.
 */
#ifndef ACL_REFLEXIVE_TABLE_H
#define ACL_REFLEXIVE_TABLE_H

#include "acl/reflexive.h"

#define REFLEXIVE_NONE UINT32_MAX	/* no flow, no pair */

struct reflexive_hosts {	/* the two ends, as they stand in a packet that comes back */
	uint64_t src[2], dst[2];
	bool ipv6;
	uint8_t proto;
};

struct reflexive_link {		/* in a list that knows both its ends */
	uint32_t prev, next;
};

struct reflexive_pair {
	struct reflexive_hosts hosts;
	uint32_t hash;
	uint32_t next;		/* in its hash chain, or among the free */
	uint32_t first;		/* of its flows, the newest */
};

struct reflexive_flow {
	uint32_t pair;
	uint16_t sport, dport;
	uint8_t fins;		/* which sides have said FIN; reflexive.c */
	uint32_t timeout_s;
	uint32_t hash;
	uint32_t next;		/* in its hash chain, or among the free */
	struct reflexive_link age;	/* among all flows, by when they were made */
	struct reflexive_link sibling;	/* among the pair's */
	uint32_t heap_at;
	uint64_t due_ms;	/* by which the heap sorts: at or before end_ms */
	uint64_t end_ms;	/* from here on it is no more */
	uint64_t packets;
};

struct reflexive {
	size_t max, n;			/* n flows live in heap[0..n) */
	uint32_t mask;			/* buckets of either hash table - 1 */
	uint32_t *flow_bucket, *pair_bucket;
	uint32_t *heap;
	struct reflexive_flow *flow;
	struct reflexive_pair *pair;
	uint32_t free_flow, free_pair;	/* given back, first of a chain */
	uint32_t new_flow, new_pair;	/* from here on never used */
	struct reflexive_link age;	/* next: the oldest; prev: the newest */
};

/* The pair of hosts with flows between them, or REFLEXIVE_NONE. */
uint32_t reflexive_pair_find(const struct reflexive *t, const struct reflexive_hosts *h);
/* The pair's flow with these ports, or REFLEXIVE_NONE. */
uint32_t reflexive_flow_find(
	const struct reflexive *t, uint32_t pair, uint16_t sport, uint16_t dport);
/* Makes one that is not there, to end then; its other fields are zero. There is room: n < max. */
uint32_t reflexive_flow_make(struct reflexive *t, const struct reflexive_hosts *h, uint16_t sport,
	uint16_t dport, uint64_t end_ms);
void reflexive_flow_drop(struct reflexive *t, uint32_t flow);
/* Puts its end off, or brings it forward. */
void reflexive_flow_end(struct reflexive *t, uint32_t flow, uint64_t end_ms);
/* The flow whose end is to be looked at by now, or REFLEXIVE_NONE: drop it or put it off. */
uint32_t reflexive_flow_due(const struct reflexive *t, uint64_t now_ms);
/* It is to be looked at again when it ends. */
void reflexive_flow_put_off(struct reflexive *t, uint32_t flow);

#endif
