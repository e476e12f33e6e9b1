/*
 * mac_address_table.c - `show mac address-table`: which station was heard where.
 *
 * Rows are sorted, so that two looks at the same table read the same.  Stations of a bridge group
 * have no VLAN; their rows say BG and its number in the VLAN column.
 */
#include "cli/show/show_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int
by_place(const void *va, const void *vb)
{
	const struct dp_mac_entry *a = va, *b = vb;

	if (a->vlan != b->vlan)
		return a->vlan < b->vlan ? -1 : 1;
	if (a->bridge_group != b->bridge_group)
		return a->bridge_group < b->bridge_group ? -1 : 1;
	return memcmp(a->mac, b->mac, sizeof(a->mac));
}

static void
add_row(struct text *t, struct router *r, const struct dp_mac_entry *e)
{
	const struct interface *i = interface_by_index(r, e->ifindex);
	char where[16], mac[SHOW_MAC_MAX], port[IFNAME_MAX + 1];

	if (e->vlan != 0)
		snprintf(where, sizeof(where), "%u", (unsigned)e->vlan);
	else
		snprintf(where, sizeof(where), "BG%u", (unsigned)e->bridge_group);
	text_addf(t, "%4s    %s    %-8s    %s\n", where, show_mac(e->mac, mac), "DYNAMIC",
		i != NULL ? interface_short_name(i->name, port) : "-");
}

int
show_mac_address_table(struct text *t, struct router *r)
{
	struct dp_mac_entry *entries = NULL;
	int n = 0;

	if (router_dataplane(r) != NULL)
		n = dataplane_mac_entries(router_dataplane(r), &entries);
	if (n < 0)
		return n;
	if (n > 1)
		qsort(entries, (size_t)n, sizeof(*entries), by_place);
	text_add(t, "          Mac Address Table\n"
		    "-------------------------------------------\n\n"
		    "Vlan    Mac Address       Type        Ports\n"
		    "----    -----------       --------    -----\n");
	for (int k = 0; k < n; k++)
		add_row(t, r, &entries[k]);
	text_addf(t, "Total Mac Addresses for this criterion: %d\n", n);
	free(entries);
	return 0;
}
