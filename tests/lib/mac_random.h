/*
 * mac_random.h - random entries of MAC lists, and frames for them; as acl_random.h.
 */
#ifndef TESTS_MAC_RANDOM_H
#define TESTS_MAC_RANDOM_H

#include "acl/acl.h"
#include "tests/lib/dice.h"

/* An entry as ace_parse() could return it, remarks excepted.  What it points to is in a line_room(). */
struct ace random_mac_ace(struct dice *d);
/* Ethernet II, 802.3 or SNAP; the addresses often those of the entry, or of one bit more. */
struct acl_mac_key random_mac_key(struct dice *d, const struct ace *aim);

#endif
