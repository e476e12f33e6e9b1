/*
 * peer.h - the classifier that bench/classify measures ours against: DPDK's librte_acl.
 *
 * Built in when DPDK is there; peer_none.c answers otherwise.  One thread.
 */
#ifndef BENCH_CLASSIFY_PEER_H
#define BENCH_CLASSIFY_PEER_H

#include "bench/classify/lists.h"

struct peer;

/* Once, before all else; false when there is no peer. */
bool peer_init(void);
/* The algorithm that it found best here. */
const char *peer_name(void);
/* Builds the list's classifier; *seconds it took, *bytes it holds. NULL when it cannot. */
struct peer *peer_make(const struct bench_list *l, double *seconds, size_t *bytes);
void peer_destroy(struct peer *p);
/* Turns packets into what it reads; they are its own until the next call. */
void peer_load(struct peer *p, const struct acl_key *key, size_t n);
/*
 * Classifies the loaded packets in bursts: out[i] is the entry's index + 1, 0 for none; or, unless the
 * answers are to be kept, each burst's are written over the last one's.  The seconds that took.
 */
double peer_run(struct peer *p, uint32_t *out, bool keep);

#endif
