/*
 * ip.c - `show hosts`, `show arp`, `show protocols`: what is known about addresses.
 *
 * The router speaks no ARP yet, so the table holds its own addresses and nothing else; and it does
 * not route, which `show protocols` says.
 */
#include <strings.h>

#include "cli/show/show_internal.h"

static void
add_name_servers(struct text *t, const struct router *r)
{
	char address[IPV4_TEXT_MAX];
	uint32_t server;

	text_add(t, "Name servers are ");
	for (size_t i = 0; (server = ip_name_server_at(r, i)) != 0; i++)
		text_addf(t, "%s%s", i > 0 ? ", " : "", ipv4_text(server, address));
	if (ip_name_server_at(r, 0) == 0)
		text_add(t, "255.255.255.255");
	text_add(t, "\n");
}

static void
add_host(struct text *t, const struct ip_host *h)
{
	char address[IPV4_TEXT_MAX];

	text_addf(t, "%-25s None  (perm, OK)  0   IP   ", h->name);
	for (size_t i = 0; i < h->addresses; i++)
		text_addf(t, "%s%s", i > 0 ? "  " : " ", ipv4_text(h->address[i], address));
	text_add(t, "\n");
}

void
show_hosts(struct text *t, struct router *r, const char *name)
{
	const struct ip_host *h;

	if (ip_domain(r)[0] != '\0')
		text_addf(t, "Default domain is %s\n", ip_domain(r));
	else
		text_add(t, "Default domain is not set\n");
	text_addf(t, "Name/address lookup uses %s\n",
		router_service(r, SERVICE_IP_DOMAIN_LOOKUP) ? "domain service" : "static mappings");
	add_name_servers(t, r);
	text_add(t, "\nCodes: UN - unknown, EX - expired, OK - OK, ?? - revalidate\n"
		    "       temp - temporary, perm - permanent\n"
		    "       NA - Not Applicable None - Not defined\n\n"
		    "Host                      Port  Flags      Age Type   Address(es)\n");
	for (size_t i = 0; (h = ip_host_at(r, i)) != NULL; i++)
		if (name == NULL || strcasecmp(name, h->name) == 0)
			add_host(t, h);
}

void
show_arp(struct text *t, struct router *r, const struct interface *only)
{
	const struct interface *i;

	text_add(t, "Protocol  Address          Age (min)  Hardware Addr   Type   Interface\n");
	for (size_t k = 0; (i = interface_at(r, k)) != NULL; k++) {
		char address[IPV4_TEXT_MAX], mac[SHOW_MAC_MAX];
		uint8_t own[6];

		if (i->address == 0 || interface_is_loopback(i) || (only != NULL && only != i) ||
			!interface_line_up(r, i))
			continue;
		text_addf(t, "Internet  %-15s         -   %s  ARPA   %s\n",
			ipv4_text(i->address, address),
			show_mac(show_interface_mac(r, i, own), mac), i->name);
	}
}

void
show_protocols(struct text *t, struct router *r)
{
	const struct interface *i;

	text_add(t, "Global values:\n  Internet Protocol routing is disabled\n");
	for (size_t k = 0; (i = interface_at(r, k)) != NULL; k++) {
		struct show_state state = show_interface_state(r, i);
		char address[IPV4_TEXT_MAX];

		text_addf(t, "%s is %s, line protocol is %s\n", i->name, state.status,
			state.protocol);
		if (i->address != 0)
			text_addf(t, "  Internet address is %s/%u\n",
				ipv4_text(i->address, address), i->prefix_length);
	}
}
