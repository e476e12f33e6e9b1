/*
 * ip_route.c - `show ip route`: the routing table by classful network, and one route in detail.
 *
 * A network whose routes have masks of their own gets a line that says how many subnets and masks it
 * has, and they stand below it, as on IOS 15.x.
 */
#include <stdlib.h>

#include "cli/show/show_internal.h"

/* The classful network an address is in: its prefix's length. */
static unsigned
class_length(uint32_t address)
{
	if (address >> 31 == 0)
		return 8;
	return address >> 30 == 2 ? 16 : 24;
}

static uint32_t
class_of(uint32_t address)
{
	return address & ip_length_mask(class_length(address));
}

/* It may stand within its classful network; the default route and supernets stand alone. */
static bool
is_within(const struct route *e)
{
	return e->length >= class_length(e->prefix);
}

static char
code(const struct route *e)
{
	static const char codes[] = {
		[ROUTE_CONNECTED] = 'C', [ROUTE_LOCAL] = 'L', [ROUTE_STATIC] = 'S'
	};

	return codes[e->kind];
}

static void
add_way(struct text *t, const struct route *e)
{
	char hop[IPV4_TEXT_MAX];

	if (e->kind == ROUTE_STATIC && e->next_hop != 0)
		text_addf(t, " [%u/0] via %s", e->distance, ipv4_text(e->next_hop, hop));
	else
		text_add(t, " is directly connected");
	text_addf(t, "%s%s\n", e->interface != NULL ? ", " : "",
		e->interface != NULL ? e->interface->name : "");
}

/* Further ways to the same prefix stand under the first. */
static void
add_route(struct text *t, const struct route *e, bool within, bool again)
{
	char prefix[IPV4_TEXT_MAX], head[64];
	int width =
		snprintf(head, sizeof(head), "%c%s    %s%s/%u", code(e), e->length == 0 ? "*" : " ",
			within ? "   " : "", ipv4_text(e->prefix, prefix), e->length);

	if (again)
		text_addf(t, "%*s", width, "");
	else
		text_add(t, head);
	add_way(t, e);
}

static bool
same_prefix(const struct route *a, const struct route *b)
{
	return a->prefix == b->prefix && a->length == b->length;
}

/*
 * "      10.0.0.0/8 is variably subnetted, 2 subnets, 2 masks", for the routes of one classful
 * network; nothing, and false, when there is none but to the network as a whole.
 */
static bool
add_network(struct text *t, const struct route *e, size_t n)
{
	unsigned class = class_length(e[0].prefix), subnets = 0;
	uint64_t masks = 0;
	char text[IPV4_TEXT_MAX];

	for (size_t i = 0; i < n; i++) {
		if (i > 0 && same_prefix(&e[i], &e[i - 1]))
			continue;
		subnets++;
		masks |= UINT64_C(1) << e[i].length;
	}
	if (masks == UINT64_C(1) << class)
		return false;
	ipv4_text(class_of(e[0].prefix), text);
	if (__builtin_popcountll(masks) > 1)
		text_addf(t, "      %s/%u is variably subnetted, %u subnets, %d masks\n", text,
			class, subnets, __builtin_popcountll(masks));
	else
		text_addf(t, "      %s/%u is subnetted, %u subnets\n", text, e[0].length, subnets);
	return true;
}

static void
add_table(struct text *t, const struct route *e, size_t n)
{
	size_t end = 0; /* of the network that e[i] is in */
	bool within = false;

	for (size_t i = 0; i < n; i++) {
		if (!is_within(&e[i])) {
			add_route(t, &e[i], false, i > 0 && same_prefix(&e[i], &e[i - 1]));
			continue;
		}
		if (i >= end) {
			end = i + 1;
			while (end < n && class_of(e[end].prefix) == class_of(e[i].prefix))
				end++;
			within = add_network(t, &e[i], end - i);
		}
		add_route(t, &e[i], within, i > 0 && same_prefix(&e[i], &e[i - 1]));
	}
}

static void
add_gateway(struct text *t, const struct route *e, size_t n)
{
	char hop[IPV4_TEXT_MAX];

	if (n > 0 && e[0].prefix == 0 && e[0].length == 0)
		text_addf(t, "Gateway of last resort is %s to network 0.0.0.0\n\n",
			ipv4_text(e[0].next_hop, hop));
	else
		text_add(t, "Gateway of last resort is not set\n\n");
}

/* Keeps those of these kinds; a local route belongs to its connected one. */
static size_t
pick(struct route *e, size_t n, unsigned kinds)
{
	size_t kept = 0;

	if ((kinds & 1u << ROUTE_CONNECTED) != 0)
		kinds |= 1u << ROUTE_LOCAL;
	for (size_t i = 0; i < n; i++)
		if ((kinds & 1u << e[i].kind) != 0)
			e[kept++] = e[i];
	return kept;
}

int
show_ip_route(struct text *t, struct router *r, unsigned kinds)
{
	struct route *e;
	size_t n;
	int rc = ip_routing_table(r, &e, &n);

	if (rc < 0)
		return rc;
	if (kinds == SHOW_ROUTES_ALL) {
		text_add(t,
			"Codes: L - local, C - connected, S - static, R - RIP, M - mobile, B - "
			"BGP\n"
			"       D - EIGRP, EX - EIGRP external, O - OSPF, IA - OSPF inter area \n"
			"       N1 - OSPF NSSA external type 1, N2 - OSPF NSSA external type 2\n"
			"       E1 - OSPF external type 1, E2 - OSPF external type 2\n"
			"       i - IS-IS, su - IS-IS summary, L1 - IS-IS level-1, L2 - IS-IS "
			"level-2\n"
			"       ia - IS-IS inter area, * - candidate default, U - per-user static "
			"route\n"
			"       o - ODR, P - periodic downloaded static route, H - NHRP, l - LISP\n"
			"       a - application route\n"
			"       + - replicated route, % - next hop override\n\n");
		add_gateway(t, e, n);
	}
	n = pick(e, n, kinds);
	add_table(t, e, n);
	free(e);
	return 0;
}

static void
add_detail(struct text *t, const struct route *e, size_t n)
{
	char prefix[IPV4_TEXT_MAX], hop[IPV4_TEXT_MAX];
	bool is_static = e[0].kind == ROUTE_STATIC;

	text_addf(t, "Routing entry for %s/%u%s\n", ipv4_text(e[0].prefix, prefix), e[0].length,
		e[0].length == 0 ? ", supernet" : "");
	text_addf(t, "  Known via \"%s\", distance %u, metric 0%s\n",
		is_static ? "static" : "connected", e[0].distance,
		is_static && e[0].next_hop != 0 ? "" : " (connected, via interface)");
	text_add(t, "  Routing Descriptor Blocks:\n");
	for (size_t i = 0; i < n && same_prefix(&e[i], &e[0]); i++) {
		text_addf(t, "  %s ", i == 0 ? "*" : " ");
		if (e[i].next_hop != 0)
			text_addf(t, "%s%s%s\n", ipv4_text(e[i].next_hop, hop),
				e[i].interface != NULL ? ", via " : "",
				e[i].interface != NULL ? e[i].interface->name : "");
		else
			text_addf(t, "directly connected, via %s\n", e[i].interface->name);
		text_add(t, "      Route metric is 0, traffic share count is 1\n");
	}
}

int
show_ip_route_to(struct text *t, struct router *r, const struct show_route_of *of)
{
	const struct route *best = NULL;
	struct route *e;
	size_t n;
	int rc = ip_routing_table(r, &e, &n);

	if (rc < 0)
		return rc;
	for (size_t i = 0; i < n; i++) {
		bool fits = of->exact ? e[i].prefix == of->address &&
						ip_length_mask(e[i].length) == of->mask
				      : e[i].length > 0 &&
						e[i].prefix ==
							(of->address & ip_length_mask(e[i].length));

		if (fits && (best == NULL || e[i].length > best->length))
			best = &e[i];
	}
	if (best != NULL)
		add_detail(t, best, n - (size_t)(best - e));
	else
		text_add(t, "% Network not in table\n");
	free(e);
	return 0;
}
