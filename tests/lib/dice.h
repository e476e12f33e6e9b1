/*
 * dice.h - random numbers for tests.
 *
 * The seed is ACEGATE_TEST_SEED of the environment, else taken from the clock; it is printed, so
 * that a failure can be had again.
 */
#ifndef TESTS_DICE_H
#define TESTS_DICE_H

#include <stdbool.h>
#include <stdint.h>

struct dice {
	uint64_t state;
};

/* Takes the seed, prints it under the test's name. */
struct dice dice_from_environment(const char *test);
uint64_t dice_roll(struct dice *d);
/* 0..n-1, n > 0. */
uint32_t dice_below(struct dice *d, uint32_t n);
/* True once in n times. */
bool dice_one_in(struct dice *d, uint32_t n);

#endif
