/*
 * ipv6_random.h - random entries of IPv6 lists, and packets for them; as acl_random.h.
 */
#ifndef TESTS_IPV6_RANDOM_H
#define TESTS_IPV6_RANDOM_H

#include "acl/acl.h"
#include "tests/lib/dice.h"

/*
 * An entry as ace_parse() could return it, remarks excepted; the time ranges and reflexive lists it
 * names may be in a struct world or not.  What it points to is in a line_room().
 */
struct ace random_ipv6_ace(struct dice *d);
/*
 * A packet aimed at an entry: a fragment now and then, cut short, of an odd chain of headers, or about
 * something else.  Consistent, as a packet parser would see it.
 */
struct acl_key random_ipv6_key(struct dice *d, const struct ace *aim);

#endif
