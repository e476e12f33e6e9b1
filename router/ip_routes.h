/*
 * ip_routes.h - static routes as configured, and the routing table made from them and from the
 * interfaces' addresses.
 *
 * The router does not forward on layer 3 yet; the table says what is reachable by configuration, for
 * `show ip route`, ping and traceroute.  Addresses are in host byte order.  Control thread.
 */
#ifndef ROUTER_IP_ROUTES_H
#define ROUTER_IP_ROUTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct router;
struct interface;

enum { IP_ROUTES_MAX = 4096, IP_ROUTE_NAME_MAX = 50, IP_ROUTE_DISTANCE = 1 };

struct static_route {
	uint32_t prefix;
	unsigned length;
	uint32_t next_hop;		/* 0: the interface alone */
	const struct interface *interface;	/* NULL: wherever the next hop is */
	unsigned distance;		/* 1..255, 1 by default */
	uint32_t tag;			/* 0 none */
	bool permanent;
	char name[IP_ROUTE_NAME_MAX + 1];	/* "" none */
};

/* By prefix, then length, then as configured; NULL behind the last. */
const struct static_route *static_route_at(const struct router *r, size_t i);
/* One with the same prefix and way is replaced. 0, -ENOSPC or -ENOMEM. */
int static_route_add(struct router *r, const struct static_route *route);
/*
 * Those of this prefix, and this next hop (0: any) and interface (NULL: any). False when there is none.
 */
bool static_route_remove(struct router *r, uint32_t prefix, unsigned length, uint32_t next_hop,
	const struct interface *i);

/* "255.255.255.0" is 24; -1 when it has holes. */
int ip_mask_length(uint32_t mask);
uint32_t ip_length_mask(unsigned length);

enum route_kind { ROUTE_CONNECTED, ROUTE_LOCAL, ROUTE_STATIC };
struct route {
	enum route_kind kind;
	uint32_t prefix;
	unsigned length;
	uint32_t next_hop;		/* 0: directly connected */
	const struct interface *interface;	/* NULL: found by the next hop */
	unsigned distance;
};
/*
 * The routes that are in force, by prefix and length: *table is malloc'ed, *n may be 0. A static route
 * is in force while its interface is up, or its next hop reachable without the default route; of those
 * for one prefix the least distance wins. 0 or -ENOMEM.
 */
int ip_routing_table(struct router *r, struct route **table, size_t *n);
/* Is it an address of the router's own, on an interface that is up, or a loopback (127.0.0.0/8)? */
bool ip_address_is_own(struct router *r, uint32_t address);

#endif
