/*
 * acl_random.h - random entries and packets for the tests of the access-list engine.
 */
#ifndef TESTS_ACL_RANDOM_H
#define TESTS_ACL_RANDOM_H

#include "acl/acl.h"
#include "tests/lib/acl_world.h"
#include "tests/lib/dice.h"

/* One of few, so that entries overlap and packets fall on boundaries. */
uint32_t random_address(struct dice *d);
uint16_t random_port(struct dice *d);

/* Fills the world's groups with members around the addresses and ports that entries have. */
void random_world(struct dice *d, struct world *w);
/*
 * An entry as ace_parse() could return it, remarks excepted; what it names may be in a world or not.
 * What it points to is in a line_room().
 */
struct ace random_ace(struct dice *d, enum acl_kind kind);
/*
 * A packet aimed at an entry: usually it matches or misses by one bit or one port; sometimes it is
 * a fragment, cut short, or about something else.  Consistent, as a packet parser would see it.  w
 * may be NULL.
 */
struct acl_key random_key(struct dice *d, const struct world *w, const struct ace *aim);

#endif
