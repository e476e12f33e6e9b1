/*
 * reflexive.h - the temporary entries that `reflect` makes and `evaluate` reads.
 *
 * A reflexive list is a table of mirror images of flows that a `permit ... reflect NAME` let out.  An
 * entry dies after its timeout without a packet, five seconds after both sides' FINs, or at once on a
 * RST (Cisco, "Configuring IP Session Filtering").  A later fragment, whose ports are not to be seen,
 * belongs to a flow when the addresses and the protocol do, as with any permit entry.  Tables are owned
 * by the dataplane's worker, which alone changes and asks them; the control thread gets copies.  Pure:
 * the caller brings the time.
 */
#ifndef ACL_REFLEXIVE_H
#define ACL_REFLEXIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct acl_key;
struct reflexive;

enum {
	REFLEXIVE_ENTRIES_MAX = 65536,
	REFLEXIVE_FIN_MS = 5000,
	REFLEXIVE_TIMEOUT_S = 300,	/* unless `ip reflexive-list timeout` says otherwise */
};

struct reflexive_entry {		/* as show access-lists prints it: what may come back */
	bool ipv6;
	uint8_t proto;
	uint32_t src[4], dst[4];	/* host order, IPv6 from the high end on; IPv4 in [0] */
	uint16_t sport, dport;		/* tcp, udp, sctp; else 0 */
	uint64_t packets;		/* of the way back */
	uint32_t left_s;
};

/* All memory is taken here: making an entry never allocates. NULL without memory. */
struct reflexive *reflexive_create(size_t max_entries);
void reflexive_destroy(struct reflexive *t);	/* NULL is fine */
/*
 * A packet was permitted by an entry that reflects: makes or refreshes the mirror image, to live
 * timeout_s from now on without a packet (0: REFLEXIVE_TIMEOUT_S); follows FIN and RST.  A packet that
 * shows too little of itself to have a mirror image, or ends a flow that is not there, makes none.
 * false when the table is full (the packet still passes; the caller counts).
 */
bool reflexive_learn(
	struct reflexive *t, const struct acl_key *key, uint32_t timeout_s, uint64_t now_ms);
/* Does this packet belong to a reflected flow? Refreshes and counts it; follows FIN and RST. */
bool reflexive_match(
	struct reflexive *t, const struct acl_key *key, uint32_t packets, uint64_t now_ms);
/* Drops what has run out; cheap when nothing has. */
void reflexive_expire(struct reflexive *t, uint64_t now_ms);
void reflexive_clear(struct reflexive *t);
/* Copies at most max living entries into out, oldest first; returns how many there are. */
size_t reflexive_copy(
	const struct reflexive *t, struct reflexive_entry *out, size_t max, uint64_t now_ms);

#endif
