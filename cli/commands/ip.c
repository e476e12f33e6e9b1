/*
 * ip.c - global IP settings: names and name servers, static routes, and the `show` commands about them.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli/commands/commands.h"
#include "cli/commands/handlers.h"

static int
run_domain_lookup(struct session *s, const struct args *a)
{
	router_set_service(
		session_router(s), SERVICE_IP_DOMAIN_LOOKUP, args_default(a) || !args_no(a));
	return 0;
}

static int
run_domain_name(struct session *s, const struct args *a)
{
	const char *name = args_no(a) ? "" : args_text(a, "name");

	if (ip_domain_set(session_router(s), name) < 0)
		return command_refuse(s, "%% Domain name is too long");
	return 0;
}

/* The captures a1, a2, ... of a row, as many as were typed. */
static size_t
addresses_of(const struct args *a, uint32_t *address, size_t max)
{
	size_t n = 0;

	for (; n < max; n++) {
		char name[8];

		snprintf(name, sizeof(name), "a%zu", n + 1);
		if (!args_has(a, name))
			break;
		address[n] = args_number(a, name, 0);
	}
	return n;
}

static int
run_name_server(struct session *s, const struct args *a)
{
	struct router *r = session_router(s);
	uint32_t address[IP_NAME_SERVERS];
	size_t n = addresses_of(a, address, IP_NAME_SERVERS);

	if (args_no(a) && n == 0)
		(void)ip_name_server_remove(r, 0);
	for (size_t i = 0; i < n; i++)
		if (args_no(a))
			(void)ip_name_server_remove(r, address[i]);
		else if (ip_name_server_add(r, address[i]) < 0)
			return command_refuse(
				s, "%% Name-server table is full (maximum %d)", IP_NAME_SERVERS);
	return 0;
}

static int
run_host(struct session *s, const struct args *a)
{
	struct router *r = session_router(s);
	const char *name = args_text(a, "name");
	uint32_t address[IP_HOST_ADDRESSES];
	size_t n = addresses_of(a, address, IP_HOST_ADDRESSES);

	if (args_no(a)) {
		(void)ip_host_remove(r, name);
		return 0;
	}
	switch (ip_host_set(r, name, address, n)) {
	case 0:
		return 0;
	case -EINVAL:
		return command_refuse(
			s, "%% Host name is longer than %d characters", IP_HOST_NAME_MAX);
	case -ENOSPC:
		return command_refuse(s, "%% No room for another host");
	default:
		return command_refuse(s, "%% Out of memory");
	}
}

static int
run_default_gateway(struct session *s, const struct args *a)
{
	ip_default_gateway_set(session_router(s), args_no(a) ? 0 : args_number(a, "gateway", 0));
	return 0;
}

/* Prefix, mask and way of `ip route`; -1 when it has said what is wrong with them. */
static int
read_route(struct session *s, const struct args *a, struct static_route *route)
{
	uint32_t mask = args_number(a, "mask", 0);
	int length = ip_mask_length(mask);

	*route = (struct static_route){ .prefix = args_number(a, "prefix", 0),
		.next_hop = args_number(a, "hop", 0),
		.distance = args_number(a, "distance", IP_ROUTE_DISTANCE),
		.tag = args_number(a, "tagged", 0),
		.permanent = args_has(a, "permanent") };
	if (length < 0 || (route->prefix & ~mask) != 0)
		return command_refuse(s, "%%Inconsistent address and mask");
	route->length = (unsigned)length;
	if (args_has(a, "if")) {
		route->interface = command_interface(s, a);
		if (route->interface == NULL)
			return -1;
	}
	if (args_has(a, "called"))
		snprintf(route->name, sizeof(route->name), "%s", args_text(a, "called"));
	return 0;
}

static int
run_route(struct session *s, const struct args *a)
{
	struct router *r = session_router(s);
	struct static_route route;
	int rc = read_route(s, a, &route);

	if (rc < 0)
		return rc;
	if (args_no(a)) {
		if (static_route_remove(
			    r, route.prefix, route.length, route.next_hop, route.interface))
			return 0;
		return command_refuse(s, "%%No matching route to delete");
	}
	if (args_has(a, "hop") && ip_address_is_own(r, route.next_hop))
		return command_refuse(s, "%%Invalid next hop address (it's this router)");
	switch (static_route_add(r, &route)) {
	case 0:
		return 0;
	case -ENOSPC:
		return command_refuse(s, "%% No room for another static route");
	default:
		return command_refuse(s, "%% Out of memory");
	}
}

/* ---- show ---- */

static int
run_show_hosts(struct session *s, const struct args *a)
{
	struct text t = { 0 };

	show_hosts(&t, session_router(s), args_text(a, "host"));
	return command_print(s, &t);
}

static int
run_show_route(struct session *s, const struct args *a)
{
	struct router *r = session_router(s);
	struct text t = { 0 };
	int rc;

	if (args_has(a, "address")) {
		const struct show_route_of of = { args_number(a, "address", 0),
			args_number(a, "mask", UINT32_MAX), args_has(a, "mask") };

		rc = show_ip_route_to(&t, r, &of);
	} else {
		unsigned kinds = args_has(a, "connected") ? 1u << ROUTE_CONNECTED
				 : args_has(a, "static")  ? 1u << ROUTE_STATIC
							  : SHOW_ROUTES_ALL;

		rc = show_ip_route(&t, r, kinds);
	}
	t.failed |= rc < 0;
	return command_print(s, &t);
}

static int
run_show_arp(struct session *s, const struct args *a)
{
	const struct interface *only = NULL;
	struct text t = { 0 };

	if (args_has(a, "if")) {
		only = command_interface(s, a);
		if (only == NULL)
			return -1;
	}
	show_arp(&t, session_router(s), only);
	return command_print(s, &t);
}

static int
run_show_protocols(struct session *s, const struct args *a)
{
	struct text t = { 0 };

	(void)a;
	show_protocols(&t, session_router(s));
	return command_print(s, &t);
}

#define SHOW "Show running system information\n"
#define SHOW_IP SHOW "IP information\n"
#define IP "Global IP configuration subcommands\n"
#define DNS "IP DNS Resolver\n"
#define LOOKUP "Enable IP Domain Name System hostname translation"
#define DOMAIN "Define the default domain name"
#define DOMAIN_NAME DOMAIN "\nDefault domain name"
#define SERVER "\nDomain server IP address"
#define HOST "\nHost IP address"
#define HOST_NAME "Add an entry to the ip hostname table\nName of host"
#define ROUTE                                                                                      \
	IP "Establish static routes\nDestination prefix\nDestination prefix mask\n"                \
	   "Forwarding router's address\n\nForwarding router's address"
#define ROUTE_OPTION "{name <called:word>|permanent|tag <tagged:1-4294967295>}"
#define ROUTE_OPTION_HELP                                                                          \
	"\nSpecify name of the next hop\nName of next hop\npermanent route\nSet tag for this "     \
	"route\nTag value"
#define ARP "ARP table\n"

const struct command ip_commands[] = {
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "ip domain lookup",
		.no_syntax = "=",
		.help = IP DNS LOOKUP,
		.run = run_domain_lookup },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "ip domain-lookup",
		.no_syntax = "=",
		.help = IP LOOKUP,
		.flags = CMD_HIDDEN,
		.run = run_domain_lookup },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "ip domain name <name:word>",
		.no_syntax = "ip domain name [<name:word>]",
		.help = IP DNS DOMAIN_NAME,
		.no_help = IP DNS DOMAIN_NAME,
		.run = run_domain_name },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "ip domain-name <name:word>",
		.no_syntax = "ip domain-name [<name:word>]",
		.help = IP DOMAIN_NAME,
		.no_help = IP DOMAIN_NAME,
		.flags = CMD_HIDDEN,
		.run = run_domain_name },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "ip name-server <a1:ipv4> [<a2:ipv4> [<a3:ipv4> [<a4:ipv4> [<a5:ipv4> "
			  "[<a6:ipv4>]]]]]",
		.no_syntax = "ip name-server [<a1:ipv4> [<a2:ipv4> [<a3:ipv4> [<a4:ipv4> "
			     "[<a5:ipv4> [<a6:ipv4>]]]]]]",
		.help = IP
		"Specify address of name server to use" SERVER SERVER SERVER SERVER SERVER SERVER,
		.no_help = IP
		"Specify address of name server to use" SERVER SERVER SERVER SERVER SERVER SERVER,
		.run = run_name_server },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "ip host <name:word> <a1:ipv4> [<a2:ipv4> [<a3:ipv4> [<a4:ipv4> "
			  "[<a5:ipv4> [<a6:ipv4> [<a7:ipv4> [<a8:ipv4>]]]]]]]",
		.no_syntax = "ip host <name:word> [<a1:ipv4> [<a2:ipv4> [<a3:ipv4> [<a4:ipv4> "
			     "[<a5:ipv4> [<a6:ipv4> [<a7:ipv4> [<a8:ipv4>]]]]]]]]",
		.help = IP HOST_NAME HOST HOST HOST HOST HOST HOST HOST HOST,
		.no_help = IP HOST_NAME HOST HOST HOST HOST HOST HOST HOST HOST,
		.run = run_host },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "ip default-gateway <gateway:ipv4>",
		.no_syntax = "ip default-gateway [<gateway:ipv4>]",
		.help = IP "Specify default gateway (if not routing IP)\nIP address of default "
			   "gateway",
		.no_help = IP "Specify default gateway (if not routing IP)\nIP address of default "
			      "gateway",
		.run = run_default_gateway },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "ip route <prefix:ipv4> <mask:ipv4> {<hop:ipv4>|<if:ifname> [<hop:ipv4>]}"
			  " [<distance:1-255>] [" ROUTE_OPTION " [" ROUTE_OPTION " [" ROUTE_OPTION
			  "]]]",
		.no_syntax = "ip route <prefix:ipv4> <mask:ipv4> [{<hop:ipv4>|<if:ifname> "
			     "[<hop:ipv4>]} [<distance:1-255>] [" ROUTE_OPTION " [" ROUTE_OPTION
			     " [" ROUTE_OPTION "]]]]",
		.help = ROUTE "\nDistance metric for this route" ROUTE_OPTION_HELP ROUTE_OPTION_HELP
			ROUTE_OPTION_HELP,
		.no_help =
			ROUTE "\nDistance metric for this route" ROUTE_OPTION_HELP ROUTE_OPTION_HELP
				ROUTE_OPTION_HELP,
		.run = run_route },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show hosts [<host:word>]",
		.help = SHOW "IP domain-name, lookup style, nameservers, and host table\nHost name",
		.flags = CMD_OUTPUT,
		.run = run_show_hosts },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show ip route [connected|static|<address:ipv4> [<mask:ipv4>]]",
		.help = SHOW_IP "IP routing table\nConnected\nStatic routes\n"
				"Network to display information about or hostname\nNetwork mask",
		.flags = CMD_OUTPUT,
		.run = run_show_route },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show arp [<if:interface>]",
		.help = SHOW ARP,
		.flags = CMD_OUTPUT,
		.run = run_show_arp },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show ip arp [<if:interface>]",
		.help = SHOW_IP "IP ARP table\n",
		.flags = CMD_OUTPUT,
		.run = run_show_arp },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show protocols",
		.help = SHOW "Active network routing protocols",
		.flags = CMD_OUTPUT,
		.run = run_show_protocols },
	{ .syntax = NULL },
};
