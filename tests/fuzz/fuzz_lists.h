/*
 * fuzz_lists.h - a router whose lists look at every field that a list can look at, for the targets
 * that are given packets.
 */
#ifndef TESTS_FUZZ_LISTS_H
#define TESTS_FUZZ_LISTS_H

#include "acl/acl.h"
#include "router/router.h"

/*
 * IPv4 lists Wide, Narrow, Out, Back and 10; IPv6 lists Wide6, Out6 and Back6; MAC list Stations;
 * bound everywhere that a list can be.
 */
extern const char fuzz_lists_config[];

/*
 * The compiled program and the readable matcher agree about a packet, for every list of its family
 * that does not evaluate (asking a reflexive list changes it).
 */
void fuzz_lists_agree(struct router *r, const struct acl_key *key);
void fuzz_lists_agree_mac(struct router *r, const struct acl_mac_key *key);

#endif
