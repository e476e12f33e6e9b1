/*
 * ip_routes.c - static routes, and which routes are in force.
 *
 * The table is made anew for whoever asks: it is asked for by people, and holds some thousands of
 * routes at most.  Static routes whose next hop is reached by another static route are added round
 * by round, until a round adds nothing, or the way is longer than IOS follows one either.
 */
#include "router/ip_routes.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "router/internal.h"

enum { LOOPBACK_NET = 127, RECURSION_MAX = 8 };

int
ip_mask_length(uint32_t mask)
{
	int length = mask == 0 ? 0 : __builtin_clz(~mask | 1);

	if (mask == UINT32_MAX)
		length = 32;
	return ip_length_mask((unsigned)length) == mask ? length : -1;
}

uint32_t
ip_length_mask(unsigned length)
{
	return length == 0 ? 0 : UINT32_MAX << (32 - length);
}

/* ---- as configured ---- */

const struct static_route *
static_route_at(const struct router *r, size_t i)
{
	return i < r->ip.routes ? &r->ip.route[i] : NULL;
}

static int
compare_prefix(uint32_t a, unsigned a_length, uint32_t b, unsigned b_length)
{
	if (a != b)
		return a < b ? -1 : 1;
	return (int)a_length - (int)b_length;
}

static bool
same_way(const struct static_route *a, const struct static_route *b)
{
	return a->next_hop == b->next_hop && a->interface == b->interface;
}

int
static_route_add(struct router *r, const struct static_route *route)
{
	struct static_route *grown;
	size_t at = 0;

	for (; at < r->ip.routes; at++) {
		struct static_route *each = &r->ip.route[at];
		int order =
			compare_prefix(each->prefix, each->length, route->prefix, route->length);

		if (order > 0)
			break;
		if (order == 0 && same_way(each, route)) {
			*each = *route;
			return 0;
		}
	}
	if (r->ip.routes == IP_ROUTES_MAX)
		return -ENOSPC;
	grown = reallocarray(r->ip.route, r->ip.routes + 1, sizeof(*grown));
	if (grown == NULL)
		return -ENOMEM;
	r->ip.route = grown;
	memmove(&grown[at + 1], &grown[at], (r->ip.routes - at) * sizeof(*grown));
	grown[at] = *route;
	r->ip.routes++;
	return 0;
}

bool
static_route_remove(struct router *r, uint32_t prefix, unsigned length, uint32_t next_hop,
	const struct interface *i)
{
	size_t kept = 0, before = r->ip.routes;

	for (size_t k = 0; k < before; k++) {
		const struct static_route *each = &r->ip.route[k];

		if (each->prefix == prefix && each->length == length &&
			(next_hop == 0 || each->next_hop == next_hop) &&
			(i == NULL || each->interface == i))
			continue;
		r->ip.route[kept++] = r->ip.route[k];
	}
	r->ip.routes = kept;
	return kept < before;
}

void
static_routes_forget(struct router *r, const struct interface *i)
{
	size_t kept = 0;

	for (size_t k = 0; k < r->ip.routes; k++)
		if (r->ip.route[k].interface != i)
			r->ip.route[kept++] = r->ip.route[k];
	r->ip.routes = kept;
}

/* ---- in force ---- */

struct table {
	struct route *v;
	size_t n;
};

static bool
covers(const struct route *route, uint32_t address)
{
	return (address & ip_length_mask(route->length)) == route->prefix;
}

/* Is there a way to the next hop that is not the default route? */
static bool
reachable(const struct table *t, uint32_t next_hop)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->v[i].length > 0 && t->v[i].kind != ROUTE_LOCAL && covers(&t->v[i], next_hop))
			return true;
	return false;
}

static bool
is_usable(struct router *r, const struct table *t, const struct static_route *s)
{
	if (s->permanent)
		return true;
	if (s->interface != NULL)
		return interface_line_up(r, s->interface);
	return reachable(t, s->next_hop);
}

/* A better route for the same prefix is there already: connected, or a static one of less distance. */
static bool
is_beaten(const struct router *r, const struct table *t, const struct static_route *s,
	const bool *used)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->v[i].kind == ROUTE_CONNECTED && t->v[i].prefix == s->prefix &&
			t->v[i].length == s->length)
			return true;
	for (size_t i = 0; i < r->ip.routes; i++) {
		const struct static_route *other = &r->ip.route[i];

		if (used[i] && other->prefix == s->prefix && other->length == s->length &&
			other->distance < s->distance)
			return true;
	}
	return false;
}

static void
add_connected(struct router *r, struct table *t)
{
	for (size_t k = 0; k < r->interfaces; k++) {
		const struct interface *i = r->interface[k];
		uint32_t mask = ip_length_mask(i->prefix_length);

		if (i->address == 0 || !interface_line_up(r, i))
			continue;
		t->v[t->n++] = (struct route){ .kind = ROUTE_CONNECTED,
			.prefix = i->address & mask,
			.length = i->prefix_length,
			.interface = i };
		if (i->prefix_length < 32)
			t->v[t->n++] = (struct route){ .kind = ROUTE_LOCAL,
				.prefix = i->address,
				.length = 32,
				.interface = i };
	}
}

/* One round over the static routes that are not in use yet; false when it found none to use. */
static bool
mark_usable(struct router *r, struct table *t, bool *used)
{
	bool any = false;

	for (size_t k = 0; k < r->ip.routes; k++) {
		const struct static_route *s = &r->ip.route[k];

		if (used[k] || !is_usable(r, t, s))
			continue;
		used[k] = any = true;
		t->v[t->n++] = (struct route){ ROUTE_STATIC, s->prefix, s->length, s->next_hop,
			s->interface, s->distance };
	}
	return any;
}

static int
compare_routes(const void *a, const void *b)
{
	const struct route *x = a, *y = b;
	int order = compare_prefix(x->prefix, x->length, y->prefix, y->length);

	if (order != 0)
		return order;
	return x->next_hop < y->next_hop ? -1 : x->next_hop > y->next_hop;
}

/* Keeps of each prefix the connected route, or the static ones of the least distance. */
static void
drop_beaten(const struct router *r, struct table *t, const bool *used)
{
	size_t kept = 0;

	for (size_t i = 0; i < t->n; i++) {
		const struct static_route s = { .prefix = t->v[i].prefix,
			.length = t->v[i].length,
			.distance = t->v[i].distance };

		if (t->v[i].kind != ROUTE_STATIC || !is_beaten(r, t, &s, used))
			t->v[kept++] = t->v[i];
	}
	t->n = kept;
}

int
ip_routing_table(struct router *r, struct route **table, size_t *n)
{
	size_t room = 2 * r->interfaces + r->ip.routes + 1;
	struct table t = { calloc(room, sizeof(*t.v)), 0 };
	bool *used = calloc(r->ip.routes + 1, sizeof(*used));

	if (t.v == NULL || used == NULL) {
		free(t.v);
		free(used);
		return -ENOMEM;
	}
	add_connected(r, &t);
	for (int round = 0; round < RECURSION_MAX && mark_usable(r, &t, used); round++)
		;
	drop_beaten(r, &t, used);
	free(used);
	qsort(t.v, t.n, sizeof(*t.v), compare_routes);
	*table = t.v;
	*n = t.n;
	return 0;
}

bool
ip_address_is_own(struct router *r, uint32_t address)
{
	if (address >> 24 == LOOPBACK_NET)
		return true;
	for (size_t k = 0; k < r->interfaces; k++)
		if (address != 0 && r->interface[k]->address == address &&
			interface_line_up(r, r->interface[k]))
			return true;
	return false;
}
