/*
 * peer_none.c - bench/classify without DPDK: there is nothing to measure against.
 */
#include "bench/classify/peer.h"

bool
peer_init(void)
{
	return false;
}

const char *
peer_name(void)
{
	return "none";
}

struct peer *
peer_make(const struct bench_list *l, double *seconds, size_t *bytes)
{
	(void)l;
	*seconds = 0;
	*bytes = 0;
	return NULL;
}

void
peer_destroy(struct peer *p)
{
	(void)p;
}

void
peer_load(struct peer *p, const struct acl_key *key, size_t n)
{
	(void)p;
	(void)key;
	(void)n;
}

double
peer_run(struct peer *p, uint32_t *out, bool keep)
{
	(void)p;
	(void)out;
	(void)keep;
	return 0;
}
