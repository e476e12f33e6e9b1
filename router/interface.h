/*
 * interface.h - interfaces: names and their abbreviations, roles, and what is configured on them.
 *
 * FastEthernet0..3 are switchports of VLAN 1, FastEthernet4 the routed WAN port, Vlan1 the SVI, as on
 * a small branch router (Cisco 871/881).  `interface NAME` makes any other one on first use.
 */
#ifndef ROUTER_INTERFACE_H
#define ROUTER_INTERFACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "acl/acl.h"
#include "dataplane/dataplane.h"
#include "router/inert.h"
#include "words/words.h"

enum { IFNAME_MAX = 40, DESCRIPTION_MAX = 240 };

struct router;

struct interface {
	char name[IFNAME_MAX + 1];	/* canonical: "FastEthernet0", "Vlan1", "GigabitEthernet0/1" */
	uint32_t ifindex;		/* 1..; never reused while the process lives */
	enum dp_if_kind kind;
	uint8_t mac[6];			/* the port's, or one made up for an SVI */
	uint16_t vlan;
	uint16_t bridge_group;		/* 0 none */
	bool shutdown;
	char description[DESCRIPTION_MAX + 1];
	uint32_t address;		/* IPv4, host byte order; 0 none */
	unsigned prefix_length;
	bool address_from_startup;	/* it was the startup-config that set it */
	uint32_t bandwidth_kbit, delay_tens_us;	/* 0: what its type has by nature */
	unsigned load_interval_s;	/* over how long rates are told */
	/* Lists by name, by enum acl_direction; "" none; the list may not exist. */
	char access_group[2][ACL_NAME_MAX + 1];	/* on a switchport ACL_IN only: its port list */
	char traffic_filter[2][ACL_NAME_MAX + 1];	/* IPv6; not on a switchport */
	char mac_access_group[ACL_NAME_MAX + 1];	/* in; on a switchport only */
	struct inert inert[INERT_INTERFACES];
};

/*
 * Recognises an interface name at the start of w[0..n): "FastEthernet0", "fa0", "fa 0", "Vlan1",
 * "vlan 1", "gi0/1".  Returns the words taken (1 or 2) with the canonical name in name, or 0 with *bad
 * the offset in w[0] where it stops being one. The shape of choice.accept, see cli/grammar.
 */
size_t interface_name_parse(const struct word *w, size_t n, char name[IFNAME_MAX + 1], size_t *bad);
/* "FastEthernet0" -> "Fa0", as `show mac address-table` prints it; buf >= IFNAME_MAX + 1. */
char *interface_short_name(const char *name, char *buf);
/* Type names with their help, for `interface ?`: {"FastEthernet", "FastEthernet IEEE 802.3"}, ... NULL ends. */
struct interface_type {
	const char *name, *short_name, *help;
};
extern const struct interface_type interface_types[];

/* Canonical names only. NULL when there is none. Pointers stay valid for the process's life. */
struct interface *interface_find(struct router *r, const char *name);
struct interface *interface_by_index(struct router *r, uint32_t ifindex);
/* Finds or makes; NULL when DP_MAX_INTERFACES are there already. */
struct interface *interface_create(struct router *r, const char *name);
/* `default interface`: as it was made. */
void interface_set_default(struct router *r, struct interface *i);
/*
 * `no interface`: it is found no more (a pointer to it stays valid, and making it again gives the same
 * one, with its defaults).  -EPERM for one with a port, and for the ports the router is born with.
 */
int interface_remove(struct router *r, struct interface *i);
/* In the order running-config prints them. NULL after the last. */
struct interface *interface_at(struct router *r, size_t i);

/* Tells nobody: whoever asked for it does, see link_watch.h. */
void interface_set_shutdown(struct router *r, struct interface *i, bool shutdown);
void interface_set_description(struct router *r, struct interface *i, const char *text);
/* 0 removes. -EINVAL on a switchport. */
int interface_set_bridge_group(struct router *r, struct interface *i, unsigned group);
enum { LOAD_INTERVAL_DEFAULT_S = 300 };
/*
 * An IPv4 address; 0 removes.  -EINVAL on a switchport, -EADDRINUSE with *other the interface whose
 * network this one's overlaps.  Legality of address and mask is the caller's to judge.
 */
int interface_set_address(struct router *r, struct interface *i, uint32_t address,
	unsigned prefix_length, const struct interface **other);
/* No hardware behind it: up as long as nobody shuts it down. */
bool interface_is_loopback(const struct interface *i);
/*
 * "" removes; replaces silently, as IOS does; the list need not exist.  -EINVAL where the interface
 * has no such list, or the name is too long.
 */
int interface_set_access_group(struct router *r, struct interface *i, enum acl_direction dir,
	const char *list);
int interface_set_traffic_filter(struct router *r, struct interface *i, enum acl_direction dir,
	const char *list);
int interface_set_mac_access_group(struct router *r, struct interface *i, const char *list);
/* Line protocol: administratively up and its port has a link (an SVI: any member has). */
bool interface_line_up(struct router *r, const struct interface *i);

#endif
