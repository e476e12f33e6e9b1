/*
 * bridge.h - bridge domains: who is in them, who was heard where, and where a frame goes.
 *
 * A VLAN and a bridge group are the same thing here: a set of interfaces among which frames are
 * switched by destination.  A VLAN's members are its switchports and its SVI; a bridge group's
 * members are its SVIs and routed ports.  An SVI is the door between one of each.  Used by one
 * thread.
 */
#ifndef DATAPLANE_BRIDGE_H
#define DATAPLANE_BRIDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dataplane/dataplane.h"
#include "dataplane/mac_table.h"
#include "dataplane/port.h"

enum { BRIDGE_GROUP_BIT = 0x8000 };

/* A domain's number in the MAC table: VLAN ids as they are, groups with a bit. */
static inline uint16_t
bridge_domain_of_group(uint16_t group)
{
	return (uint16_t)(BRIDGE_GROUP_BIT | group);
}

struct bridge_member {
	uint16_t domain;
	uint16_t ifindex;
};

struct bridge {
	struct mac_table macs;
	uint64_t serial;	/* of the snapshot that members[] was made from */
	struct bridge_member members[2 * DP_MAX_INTERFACES];
	size_t n_members;
};

/* Where a frame goes: interfaces, or why nowhere. */
struct bridge_targets {
	enum dp_drop why;	/* when n is 0 */
	size_t n;
	uint8_t ifindex[DP_MAX_INTERFACES];
};

/* 0 or -ENOMEM. */
int bridge_init(struct bridge *b);
void bridge_fini(struct bridge *b);

/*
 * Brings membership in line with a snapshot: interfaces that are up and, unless an SVI, have a port
 * (port[ifindex]).  Stations heard on an interface that left a domain are forgotten.
 */
void bridge_adopt(struct bridge *b, const struct dp_snapshot *s, struct port *const *port);
/* The SVI that is up in this VLAN, or 0. */
uint32_t bridge_svi(const struct bridge *b, const struct dp_snapshot *s, uint16_t vlan);
/*
 * Learns the source of an Ethernet header on interface `from` of a domain and finds the way to its
 * destination: one interface when it is known, every other member when it is not or is a group
 * address.
 */
void bridge_forward(struct bridge *b, uint16_t domain, uint32_t from, const uint8_t *ether,
	uint64_t now_ms, struct bridge_targets *out);

#endif
