/*
 * ace_ipv6.h - the parts of an IPv6 entry that are its own; its ports, TCP flags, log, time range and
 * reflexive lists are those of an IPv4 entry.
 */
#ifndef ACL_ACE_IPV6_H
#define ACL_ACE_IPV6_H

#include "acl/ace_internal.h"

enum {
	IPV6_PROTO_TCP = 6,
	IPV6_PROTO_UDP = 17,
	IPV6_PROTO_ICMP = 58,
	IPV6_PROTO_SCTP = 132,
	IPV6_PREFIX_MAX = 128,
};

/* ---- ace_ipv6_names.c ---- */

extern const struct ace_names ace_ipv6_protocols;	/* without `ipv6`, which is no number */
extern const struct ace_names ace_icmpv6_types;	/* value is the type, code the code */
extern const struct ace_names ace_mobility_types;
extern const struct ace_names ace_sctp_ports;

/* ---- ace_ipv6_words.c ---- */

/* From the protocol to the end of the line. 0 or -1. */
int ace_ipv6_read(struct ace_walk *w);
/* From `evaluate NAME` to the end of the line. */
int ace_ipv6_end(struct ace_walk *w);
/* `sequence`, unless it was read already; then its number. */
void ace_ipv6_offer_sequence(struct ace_walk *w);
int ace_ipv6_take_sequence(struct ace_walk *w);
/* What stands between the action and the qualifiers, each word behind a blank. */
void ace_ipv6_put(struct ace_text *t, const struct ace *ace);

/* ---- ace_ipv6_match.c ---- */

/* The bits before a prefix's end, high half first. */
void ace_ipv6_care(uint8_t prefix_len, uint64_t care[2]);
/* The extension header that has this protocol number, or 0. */
uint8_t ace_ipv6_extension(uint8_t proto);
/* Does an entry that is no evaluate match? */
bool ace_ipv6_match(const struct ace *ace, const struct acl_env *env, const struct acl_key *key);
/* Do the permits match that every list ends with, for the neighbour discovery? */
bool acl_ipv6_implicit_permit(const struct acl_key *key);

#endif
