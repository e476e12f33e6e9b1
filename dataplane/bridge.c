/*
 * bridge.c - learning, lookup and flooding in a bridge domain (IEEE 802.1D, clause 7).
 *
 * One function serves VLANs and bridge groups alike; what a target means (a switchport to send on,
 * an SVI to cross) is the pipeline's business.  Membership is worked out once per snapshot, so that
 * a flood walks a short list.  Owned by the worker.
 */
#include "dataplane/bridge.h"

#include <string.h>

int
bridge_init(struct bridge *b)
{
	memset(b, 0, sizeof(*b));
	return mac_table_init(&b->macs);
}

void
bridge_fini(struct bridge *b)
{
	mac_table_fini(&b->macs);
}

static bool
is_member(const struct bridge_member *v, size_t n, uint16_t domain, uint32_t ifindex)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].domain == domain && v[i].ifindex == ifindex)
			return true;
	return false;
}

static bool
keep_member(void *arg, uint16_t domain, uint32_t ifindex)
{
	const struct bridge *b = arg;

	return is_member(b->members, b->n_members, domain, ifindex);
}

static void
join(struct bridge *b, uint16_t domain, uint32_t ifindex)
{
	b->members[b->n_members++] =
		(struct bridge_member){ .domain = domain, .ifindex = (uint16_t)ifindex };
}

void
bridge_adopt(struct bridge *b, const struct dp_snapshot *s, struct port *const *port)
{
	struct bridge_member before[2 * DP_MAX_INTERFACES];
	size_t n_before = b->n_members;

	memcpy(before, b->members, n_before * sizeof(before[0]));
	b->serial = s->serial;
	b->macs.age_ms = (uint64_t)s->mac_age_seconds * 1000;
	b->n_members = 0;
	for (uint32_t i = 1; i < DP_MAX_INTERFACES; i++) {
		const struct dp_interface *ifp = &s->interface[i];

		if (!ifp->up || (ifp->kind != DP_IF_SVI && port[i] == NULL))
			continue;
		/* A VLAN has one SVI; a second would bring every frame twice. */
		if (ifp->kind == DP_IF_SVI && bridge_svi(b, s, ifp->vlan) != 0)
			continue;
		if ((ifp->kind == DP_IF_SWITCHPORT || ifp->kind == DP_IF_SVI) && ifp->vlan != 0)
			join(b, ifp->vlan, i);
		if ((ifp->kind == DP_IF_SVI || ifp->kind == DP_IF_ROUTED) && ifp->bridge_group != 0)
			join(b, bridge_domain_of_group(ifp->bridge_group), i);
	}
	if (n_before != b->n_members ||
		memcmp(before, b->members, n_before * sizeof(before[0])) != 0)
		mac_table_purge(&b->macs, keep_member, b);
}

uint32_t
bridge_svi(const struct bridge *b, const struct dp_snapshot *s, uint16_t vlan)
{
	for (size_t i = 0; i < b->n_members; i++)
		if (b->members[i].domain == vlan &&
			s->interface[b->members[i].ifindex].kind == DP_IF_SVI)
			return b->members[i].ifindex;
	return 0;
}

void
bridge_forward(struct bridge *b, uint16_t domain, uint32_t from, const uint8_t *ether,
	uint64_t now_ms, struct bridge_targets *out)
{
	bool group_address = ether[0] & 1;
	uint32_t to;

	out->n = 0;
	out->why = DP_DROP_no_port;
	mac_table_learn(&b->macs, domain, ether + 6, from, now_ms);
	to = group_address ? 0 : mac_table_find(&b->macs, domain, ether, now_ms);
	if (to == from) {
		out->why = DP_DROP_same_port;
	} else if (to != 0) {
		out->ifindex[out->n++] = (uint8_t)to;
	} else {
		for (size_t i = 0; i < b->n_members; i++)
			if (b->members[i].domain == domain && b->members[i].ifindex != from)
				out->ifindex[out->n++] = (uint8_t)b->members[i].ifindex;
	}
}
