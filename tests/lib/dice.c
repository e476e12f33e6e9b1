/*
 * dice.c - a small generator (SplitMix64) that gives the same numbers everywhere.
 */
#include "tests/lib/dice.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct dice
dice_from_environment(const char *test)
{
	const char *text = getenv("ACEGATE_TEST_SEED");
	struct dice d = { .state = text != NULL ? strtoull(text, NULL, 10) : (uint64_t)time(NULL) };

	printf("# %s: ACEGATE_TEST_SEED=%llu\n", test, (unsigned long long)d.state);
	return d;
}

/* splitmix64 */
uint64_t
dice_roll(struct dice *d)
{
	uint64_t z = d->state += 0x9e3779b97f4a7c15ULL;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ z >> 27) * 0x94d049bb133111ebULL;
	return z ^ z >> 31;
}

uint32_t
dice_below(struct dice *d, uint32_t n)
{
	return (uint32_t)((dice_roll(d) >> 32) * n >> 32);
}

bool
dice_one_in(struct dice *d, uint32_t n)
{
	return dice_below(d, n) == 0;
}
