/*
 * ace_mac.h - what the files about MAC entries give to those about all entries, and to each other.
 */
#ifndef ACL_ACE_MAC_H
#define ACL_ACE_MAC_H

#include "acl/ace_internal.h"

/* The EtherTypes that have names: ace_mac_names.c. */
extern const struct ace_names ace_ethertypes;

/* From behind `permit` or `deny` to the end of the line. 0 or -1. */
int ace_mac_read(struct ace_walk *w);
/* All behind `permit` or `deny`, each word behind a blank. */
void ace_mac_put(struct ace_text *t, const struct ace *ace);

/* What the frame has: one of them, or in SNAP both. */
static inline bool
ace_mac_has_ethertype(const struct acl_mac_key *key)
{
	return key->ethertype != 0;
}

static inline bool
ace_mac_has_lsap(const struct acl_mac_key *key)
{
	return key->ethertype == 0 || key->lsap != 0;
}

#endif
