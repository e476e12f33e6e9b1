/*
 * ip_interface.c - `show ip interface` and its brief form, `show ipv6 interface`, `show mac
 * access-group`: which lists filter where.
 *
 * An interface without an IP address has one line, "Internet protocol processing disabled", as on IOS:
 * the lists that filter what it bridges are in running-config.  `show ipv6 interface` knows those
 * interfaces that have an IPv6 list.
 */
#include "cli/show/show_internal.h"

static void
add_list_line(struct text *t, const char *title, const char *name)
{
	if (name[0] != '\0')
		text_addf(t, "  %s access list is %s\n", title, name);
	else
		text_addf(t, "  %s access list is not set\n", title);
}

static void
add_address(struct text *t, struct router *r, const struct interface *i)
{
	struct dataplane *dp = router_dataplane(r);
	struct dp_port_info port = { .mtu = interface_is_loopback(i) ? 1514 : 1500 };
	char address[IPV4_TEXT_MAX];

	if (dp != NULL)
		(void)dataplane_port_info(dp, i->ifindex, &port);
	text_addf(t,
		"  Internet address is %s/%u\n"
		"  Broadcast address is 255.255.255.255\n"
		"  Address determined by %s\n"
		"  MTU is %u bytes\n"
		"  Helper address is not set\n"
		"  Directed broadcast forwarding is disabled\n",
		ipv4_text(i->address, address), i->prefix_length,
		i->address_from_startup ? "non-volatile memory" : "setup command",
		(unsigned)port.mtu);
}

static void
add_interface(struct text *t, struct router *r, const struct interface *i)
{
	struct show_state state = show_interface_state(r, i);

	text_addf(t, "%s is %s, line protocol is %s\n", i->name, state.status, state.protocol);
	if (i->address == 0) {
		text_add(t, "  Internet protocol processing disabled\n");
		return;
	}
	add_address(t, r, i);
	add_list_line(t, "Outgoing", i->access_group[ACL_OUT]);
	add_list_line(t, "Inbound ", i->access_group[ACL_IN]);
}

void
show_ip_interface(struct text *t, struct router *r, const struct interface *only)
{
	const struct interface *i;

	if (only != NULL) {
		add_interface(t, r, only);
		return;
	}
	for (size_t k = 0; (i = interface_at(r, k)) != NULL; k++)
		add_interface(t, r, i);
}

void
show_ip_interface_brief(struct text *t, struct router *r, const struct interface *only)
{
	const struct interface *i;

	text_add(t, "Interface                  IP-Address      OK? Method Status"
		    "                Protocol\n");
	for (size_t k = 0; (i = interface_at(r, k)) != NULL; k++) {
		struct show_state state = show_interface_state(r, i);
		char address[IPV4_TEXT_MAX] = "unassigned";

		if (only != NULL && only != i)
			continue;
		if (i->address != 0)
			ipv4_text(i->address, address);
		text_addf(t, "%-26s %-15s YES %-6s %-21s %s\n", i->name, address,
			i->address == 0		  ? "unset"
			: i->address_from_startup ? "NVRAM"
						  : "manual",
			state.status, state.protocol);
	}
}

static bool
has_ipv6_list(const struct interface *i)
{
	return i->traffic_filter[ACL_IN][0] != '\0' || i->traffic_filter[ACL_OUT][0] != '\0';
}

static void
add_ipv6_interface(struct text *t, struct router *r, const struct interface *i)
{
	struct show_state state = show_interface_state(r, i);

	text_addf(t, "%s is %s, line protocol is %s\n", i->name, state.status, state.protocol);
	text_add(t, "  No global unicast address is configured\n");
	if (i->traffic_filter[ACL_IN][0] != '\0')
		text_addf(t, "  Inbound access list %s\n", i->traffic_filter[ACL_IN]);
	if (i->traffic_filter[ACL_OUT][0] != '\0')
		text_addf(t, "  Outgoing access list %s\n", i->traffic_filter[ACL_OUT]);
}

void
show_ipv6_interface(struct text *t, struct router *r, const struct interface *only)
{
	const struct interface *i;

	for (size_t k = 0; (i = interface_at(r, k)) != NULL; k++)
		if (has_ipv6_list(i) && (only == NULL || only == i))
			add_ipv6_interface(t, r, i);
}

void
show_mac_access_group(struct text *t, struct router *r, const struct interface *only)
{
	const struct interface *i;

	for (size_t k = 0; (i = interface_at(r, k)) != NULL; k++) {
		const char *name = i->mac_access_group;

		if (i->kind != DP_IF_SWITCHPORT || (only != NULL && only != i))
			continue;
		text_addf(t, "Interface %s:\n   Inbound access-list is %s\n", i->name,
			name[0] != '\0' ? name : "not set");
	}
}
