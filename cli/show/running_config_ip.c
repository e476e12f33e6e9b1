/*
 * running_config_ip.c - the clock's zone, names and name servers, the default gateway and static routes, in
 * the running configuration.
 */
#include <stdlib.h>
#include <string.h>

#include "cli/show/show_internal.h"

void
running_config_clock(struct text *t, struct router *r, bool all)
{
	const struct clock_zone *z = router_zone(r);
	bool born = strcmp(z->name, "UTC") == 0 && z->minutes == 0;

	/* A zone behind UTC by less than an hour keeps its sign in "-0". */
	if (!born || all)
		text_addf(t, "clock timezone %s %s%d %d\n!\n", z->name, z->minutes < 0 ? "-" : "",
			abs(z->minutes) / 60, abs(z->minutes) % 60);
}

static void
add_hosts(struct text *t, const struct router *r)
{
	const struct ip_host *h;
	char address[IPV4_TEXT_MAX];

	for (size_t i = 0; (h = ip_host_at(r, i)) != NULL; i++) {
		text_addf(t, "ip host %s", h->name);
		for (size_t k = 0; k < h->addresses; k++)
			text_addf(t, " %s", ipv4_text(h->address[k], address));
		text_add(t, "\n");
	}
}

void
running_config_names(struct text *t, struct router *r, bool all)
{
	size_t before = t->len;
	char address[IPV4_TEXT_MAX];
	uint32_t server;

	if (!router_service(r, SERVICE_IP_DOMAIN_LOOKUP))
		text_add(t, "no ip domain lookup\n");
	else if (all)
		text_add(t, "ip domain lookup\n");
	if (ip_domain(r)[0] != '\0')
		text_addf(t, "ip domain name %s\n", ip_domain(r));
	add_hosts(t, r);
	for (size_t i = 0; (server = ip_name_server_at(r, i)) != 0; i++)
		text_addf(t, "ip name-server %s\n", ipv4_text(server, address));
	if (t->len != before)
		text_add(t, "!\n");
}

static void
add_route(struct text *t, const struct static_route *s)
{
	char prefix[IPV4_TEXT_MAX], mask[IPV4_TEXT_MAX], hop[IPV4_TEXT_MAX];

	text_addf(t, "ip route %s %s", ipv4_text(s->prefix, prefix),
		ipv4_text(ip_length_mask(s->length), mask));
	if (s->interface != NULL)
		text_addf(t, " %s", s->interface->name);
	if (s->next_hop != 0)
		text_addf(t, " %s", ipv4_text(s->next_hop, hop));
	if (s->distance != IP_ROUTE_DISTANCE)
		text_addf(t, " %u", s->distance);
	if (s->tag != 0)
		text_addf(t, " tag %u", s->tag);
	if (s->permanent)
		text_add(t, " permanent");
	if (s->name[0] != '\0')
		text_addf(t, " name %s", s->name);
	text_add(t, "\n");
}

void
running_config_routes(struct text *t, struct router *r)
{
	const struct static_route *s;
	char gateway[IPV4_TEXT_MAX];
	size_t before = t->len;

	if (ip_default_gateway(r) != 0)
		text_addf(t, "ip default-gateway %s\n", ipv4_text(ip_default_gateway(r), gateway));
	for (size_t i = 0; (s = static_route_at(r, i)) != NULL; i++)
		add_route(t, s);
	if (t->len != before)
		text_add(t, "!\n");
}
