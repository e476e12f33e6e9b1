/*
 * drop.c - where frames die, each for a reason with a name.
 *
 * The reasons themselves are DP_DROP_REASONS in dataplane.h, one table for the enum, the names and
 * the texts.  A stage only says why; drop_packet() is the one place that counts it.
 */
#include "dataplane/forwarder.h"

struct reason {
	const char *name, *text;
};

/* clang-format off */
static const struct reason reasons[DP_DROP_COUNT] = {
	[DP_DROP_NONE] = { "none", "not dropped" },
#define X(reason, what) [DP_DROP_##reason] = { #reason, what },
	DP_DROP_REASONS(X)
#undef X
};
/* clang-format on */

const char *
dp_drop_name(enum dp_drop why)
{
	return reasons[why].name;
}

const char *
dp_drop_text(enum dp_drop why)
{
	return reasons[why].text;
}

void
drop_packet(struct forwarder *f, uint32_t ifindex, const struct packet *p, enum dp_drop why)
{
	stat_add(&f->stats[ifindex].drops[why], p->packets);
}
