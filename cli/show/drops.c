/*
 * drops.c - `show platform drops`: every frame that died, by interface and reason.
 *
 * Not an IOS command: IOS scatters this over many.  The reasons are the dataplane's own names, one
 * grep away from where the frame is dropped.  Only what happened is listed.
 */
#include <inttypes.h>

#include "cli/show/show.h"

static void
add_rows(struct text *t, const struct interface *i, const struct dp_if_stats *stats, bool *any)
{
	for (int why = DP_DROP_NONE + 1; why < DP_DROP_COUNT; why++) {
		if (stats->drops[why] == 0)
			continue;
		if (!*any)
			text_addf(t, "%-24s %-22s %12s  %s\n", "Interface", "Reason", "Packets",
				"Meaning");
		*any = true;
		text_addf(t, "%-24s %-22s %12" PRIu64 "  %s\n", i->name,
			dp_drop_name((enum dp_drop)why), stats->drops[why],
			dp_drop_text((enum dp_drop)why));
	}
}

void
show_platform_drops(struct text *t, struct router *r)
{
	const struct dataplane *dp = router_dataplane(r);
	const struct interface *i;
	struct dp_if_stats stats;
	bool any = false;

	for (size_t k = 0; dp != NULL && (i = interface_at(r, k)) != NULL; k++) {
		dataplane_if_stats(dp, i->ifindex, &stats);
		add_rows(t, i, &stats, &any);
	}
	if (!any)
		text_add(t, "No packet was dropped.\n");
}
