/*
 * lists.h - generated access lists for bench/classify, and traffic for them.  The same seed gives the
 * same list and the same packets everywhere.
 */
#ifndef BENCH_CLASSIFY_LISTS_H
#define BENCH_CLASSIFY_LISTS_H

#include <time.h>

#include "acl/acl.h"

enum { BENCH_BURST = 256 };

/* Nanoseconds, for what takes some microseconds. */
static inline uint64_t
bench_ticks(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

/* The seconds since; none when so many passed that somebody else had the processor. */
static inline double
bench_took(uint64_t start)
{
	const uint64_t took = bench_ticks() - start;

	return took < 1000000 ? (double)took / 1e9 : 0;
}

enum bench_character { BENCH_ACCESS, BENCH_FIREWALL, BENCH_PROVIDER, BENCH_CHARACTERS };
enum bench_traffic { BENCH_FRESH, BENCH_SKEWED, BENCH_MISSES, BENCH_TRAFFICS };

extern const char *const bench_character_name[BENCH_CHARACTERS];
extern const char *const bench_traffic_name[BENCH_TRAFFICS];

struct bench_rule {		/* what every peer can express */
	uint32_t src, src_wild, dst, dst_wild;	/* wild: 1 = don't care */
	uint16_t sport[2], dport[2];		/* inclusive */
	uint8_t proto;
	bool any_proto;
	uint8_t action;
};

struct bench_list {
	struct acl *acl;		/* the same entries in the same order */
	struct bench_rule *rule;
	size_t n;
};

/*
 * n different entries.  odd_percent of them have don't-care bits in the middle of an address.
 * Aborts without memory; free with bench_list_fini().
 */
struct bench_list bench_list_make(
	enum bench_character character, size_t n, unsigned odd_percent, uint64_t seed);
void bench_list_fini(struct bench_list *l);
/*
 * n packets: fresh flows each time, each aimed at an entry chosen evenly; a Zipf choice (s = 1) among
 * 65,536 such flows; or packets that no entry of p matches, as far as such can be found.
 */
void bench_traffic_make(enum bench_traffic traffic, const struct bench_list *l,
	const struct acl_program *p, uint64_t seed, struct acl_key *key, size_t n);

#endif
