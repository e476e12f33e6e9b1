/*
 * interface.c - the interfaces there are and what is configured on them.
 *
 * An interface once made stays for the life of the process, so a pointer to one never dangles.
 */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "router/internal.h"

enum { BUILTIN_PORTS = 5 }; /* FastEthernet0-4: the first to be made */

/* Where a name sorts: its type's place in the table, then its numbers by value. */
static int
type_order(const char *name)
{
	int i = 0;

	for (const struct interface_type *t = interface_types; t->name != NULL; t++, i++) {
		size_t len = strlen(t->name);

		if (strncmp(name, t->name, len) == 0 && isdigit((unsigned char)name[len]))
			break;
	}
	return i;
}

static int
compare_names(const char *a, const char *b)
{
	int order = type_order(a) - type_order(b);

	if (order != 0)
		return order;
	return strverscmp(a, b);
}

struct interface *
interface_find(struct router *r, const char *name)
{
	for (size_t i = 0; i < r->interfaces; i++)
		if (strcmp(r->interface[i]->name, name) == 0)
			return r->interface[i];
	return NULL;
}

struct interface *
interface_by_index(struct router *r, uint32_t ifindex)
{
	return ifindex < DP_MAX_INTERFACES ? r->by_index[ifindex] : NULL;
}

struct interface *
interface_at(struct router *r, size_t i)
{
	return i < r->interfaces ? r->interface[i] : NULL;
}

/* The address of an interface that has no port: locally administered, stable from run to run. */
static void
made_up_mac(uint32_t ifindex, uint8_t mac[6])
{
	static const uint8_t base[6] = { 0x02, 0xac, 0xe9, 0xa7, 0x00, 0x00 };

	memcpy(mac, base, 6);
	mac[5] = (uint8_t)ifindex;
}

static void
set_role(struct interface *i)
{
	unsigned n;

	if (sscanf(i->name, "Vlan%u", &n) == 1) {
		i->kind = DP_IF_SVI;
		i->vlan = (uint16_t)n;
	} else if (sscanf(i->name, "FastEthernet%u", &n) == 1 && n < 4 &&
		   strpbrk(i->name, "/.") == NULL) {
		i->kind = DP_IF_SWITCHPORT;
		i->vlan = 1;
	} else {
		i->kind = DP_IF_ROUTED;
	}
}

/* One that was removed; or a new one. */
static struct interface *
make(struct router *r, const char *name)
{
	uint32_t ifindex = 1;
	struct interface *i;

	for (; ifindex < DP_MAX_INTERFACES && r->by_index[ifindex] != NULL; ifindex++)
		if (strcmp(r->by_index[ifindex]->name, name) == 0)
			return r->by_index[ifindex];
	i = ifindex < DP_MAX_INTERFACES ? calloc(1, sizeof(*i)) : NULL;
	if (i == NULL)
		return NULL;
	snprintf(i->name, sizeof(i->name), "%s", name);
	i->ifindex = ifindex;
	i->load_interval_s = LOAD_INTERVAL_DEFAULT_S;
	set_role(i);
	made_up_mac(i->ifindex, i->mac);
	r->by_index[ifindex] = i;
	return i;
}

struct interface *
interface_create(struct router *r, const char *name)
{
	struct interface *i = interface_find(r, name);
	size_t at = r->interfaces;

	if (i != NULL)
		return i;
	i = make(r, name);
	if (i == NULL)
		return NULL;
	while (at > 0 && compare_names(r->interface[at - 1]->name, name) > 0) {
		r->interface[at] = r->interface[at - 1];
		at--;
	}
	r->interface[at] = i;
	r->interfaces++;
	router_changed(r);
	return i;
}

/* Keeps who it is and forgets what was configured. */
static void
reset(struct interface *i)
{
	struct interface fresh = { .ifindex = i->ifindex,
		.load_interval_s = LOAD_INTERVAL_DEFAULT_S };

	memcpy(fresh.name, i->name, sizeof(fresh.name));
	memcpy(fresh.mac, i->mac, sizeof(fresh.mac));
	set_role(&fresh);
	*i = fresh;
}

void
interface_set_default(struct router *r, struct interface *i)
{
	reset(i);
	router_changed(r);
}

int
interface_remove(struct router *r, struct interface *i)
{
	size_t at = 0;

	if (i->ifindex <= BUILTIN_PORTS || (r->dp != NULL && dataplane_has_port(r->dp, i->ifindex)))
		return -EPERM;
	while (at < r->interfaces && r->interface[at] != i)
		at++;
	if (at == r->interfaces)
		return 0; /* another session was faster */
	memmove(&r->interface[at], &r->interface[at + 1],
		(r->interfaces - at - 1) * sizeof(*r->interface));
	r->interfaces--;
	static_routes_forget(r, i);
	if (r->syslog.source == i)
		r->syslog.source = NULL;
	reset(i);
	router_changed(r);
	return 0;
}

void
interface_set_shutdown(struct router *r, struct interface *i, bool shutdown)
{
	link_watch_look(r); /* what came before is not this one's doing */
	i->shutdown = shutdown;
	link_watch_adopt(r);
	router_changed(r);
}

void
interface_set_description(struct router *r, struct interface *i, const char *text)
{
	(void)r;
	snprintf(i->description, sizeof(i->description), "%s", text);
}

int
interface_set_bridge_group(struct router *r, struct interface *i, unsigned group)
{
	if (i->kind == DP_IF_SWITCHPORT || group > 255)
		return -EINVAL;
	i->bridge_group = (uint16_t)group;
	router_changed(r);
	return 0;
}

int
interface_set_address(struct router *r, struct interface *i, uint32_t address,
	unsigned prefix_length, const struct interface **other)
{
	if (i->kind == DP_IF_SWITCHPORT)
		return -EINVAL;
	for (size_t k = 0; address != 0 && k < r->interfaces; k++) {
		const struct interface *each = r->interface[k];
		unsigned shorter =
			each->prefix_length < prefix_length ? each->prefix_length : prefix_length;

		if (each == i || each->address == 0 ||
			((each->address ^ address) & ip_length_mask(shorter)) != 0)
			continue;
		*other = each;
		return -EADDRINUSE;
	}
	i->address = address;
	i->prefix_length = address != 0 ? prefix_length : 0;
	return 0;
}

bool
interface_is_loopback(const struct interface *i)
{
	return strncmp(i->name, "Loopback", strlen("Loopback")) == 0;
}

static int
bind_list(struct router *r, char bound[ACL_NAME_MAX + 1], const char *list)
{
	if (strlen(list) > ACL_NAME_MAX)
		return -EINVAL;
	strcpy(bound, list);
	router_changed(r);
	return 0;
}

int
interface_set_access_group(
	struct router *r, struct interface *i, enum acl_direction dir, const char *list)
{
	if (i->kind == DP_IF_SWITCHPORT && dir == ACL_OUT)
		return -EINVAL;
	return bind_list(r, i->access_group[dir], list);
}

int
interface_set_traffic_filter(
	struct router *r, struct interface *i, enum acl_direction dir, const char *list)
{
	if (i->kind == DP_IF_SWITCHPORT)
		return -EINVAL;
	return bind_list(r, i->traffic_filter[dir], list);
}

int
interface_set_mac_access_group(struct router *r, struct interface *i, const char *list)
{
	if (i->kind != DP_IF_SWITCHPORT)
		return -EINVAL;
	return bind_list(r, i->mac_access_group, list);
}

static bool
port_up(struct router *r, const struct interface *i)
{
	struct dp_port_info info;

	if (interface_is_loopback(i))
		return !i->shutdown;
	return !i->shutdown && r->dp != NULL && dataplane_port_info(r->dp, i->ifindex, &info) &&
	       info.link_up;
}

bool
interface_line_up(struct router *r, const struct interface *i)
{
	if (i->kind != DP_IF_SVI)
		return port_up(r, i);
	if (i->shutdown)
		return false;
	for (size_t k = 0; k < r->interfaces; k++) {
		const struct interface *member = r->interface[k];

		if (member->kind == DP_IF_SWITCHPORT && member->vlan == i->vlan &&
			port_up(r, member))
			return true;
	}
	return false;
}

int
interfaces_init(struct router *r)
{
	static const char *const builtin[] = { "FastEthernet0", "FastEthernet1", "FastEthernet2",
		"FastEthernet3", "FastEthernet4", "Vlan1" };

	for (size_t k = 0; k < sizeof(builtin) / sizeof(builtin[0]); k++)
		if (interface_create(r, builtin[k]) == NULL)
			return -ENOMEM;
	return 0;
}

void
interfaces_fini(struct router *r)
{
	for (size_t k = 0; k < DP_MAX_INTERFACES; k++)
		free(r->by_index[k]);
}
