/*
 * acl_random.h - random entries and packets for the tests of the access-list engine.
 *
 * The seed is ACEGATE_TEST_SEED of the environment, else taken from the clock; it is printed, so
 * that a failure can be had again.
 */
#ifndef TESTS_ACL_RANDOM_H
#define TESTS_ACL_RANDOM_H

#include "acl/acl.h"

struct dice {
	uint64_t state;
};

/* Takes the seed, prints it under the test's name. */
struct dice dice_from_environment(const char *test);
/* 0..n-1, n > 0. */
uint32_t dice_below(struct dice *d, uint32_t n);

/* An entry as ace_parse() could return it, remarks excepted. */
struct ace random_ace(struct dice *d, enum acl_kind kind);
/*
 * A packet aimed at an entry: usually it matches or misses by one bit or one port; sometimes it is
 * a fragment, cut short, or about something else.  Consistent, as a packet parser would see it.
 */
struct acl_key random_key(struct dice *d, const struct ace *aim);

#endif
