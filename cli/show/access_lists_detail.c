/*
 * access_lists_detail.c - `show access-lists NAME detail`: all there is to know about who hit what.
 *
 * Not an IOS command.  Under each entry that was hit, and under the implicit rules at the end of
 * the list, stand its bytes, its first and last hit, and then the same of every place: interfaces
 * by direction, and the vty lines.  Counters keep the time on the dataplane's clock; it is told as
 * wall clock time.
 */
#include <inttypes.h>
#include <string.h>

#include "cli/show/show_internal.h"

static void
add_hits(struct text *t, struct router *r, const char *where, const struct acl_hits *h)
{
	int64_t wall = clock_wall_us(router_clock(r));
	uint64_t now = clock_mono_ms(router_clock(r));
	char first[SHOW_TIME_MAX], last[SHOW_TIME_MAX];

	if (h->packets == 0)
		return;
	show_time(r, wall - (int64_t)(now - h->first_ms) * 1000, true, first);
	show_time(r, wall - (int64_t)(now - h->last_ms) * 1000, true, last);
	text_addf(t, "        %s: %" PRIu64 " packet%s, %" PRIu64 " byte%s, first %s, last %s\n",
		where, h->packets, h->packets == 1 ? "" : "s", h->bytes, h->bytes == 1 ? "" : "s",
		first, last);
}

static void
add_places(struct text *t, struct router *r, const struct acl *acl, uint32_t slot)
{
	static const char *const direction[] = { [ACL_IN] = "in", [ACL_OUT] = "out" };
	struct acl_hits hits = acl_hits(acl, slot);
	const struct interface *i;
	char where[IFNAME_MAX + 8];

	add_hits(t, r, "total", &hits);
	for (size_t k = 0; (i = interface_at(r, k)) != NULL; k++)
		for (int dir = ACL_IN; dir <= ACL_OUT; dir++) {
			hits = acl_hits_on(acl, i->ifindex, (enum acl_direction)dir, slot);
			snprintf(where, sizeof(where), "%s %s", i->name, direction[dir]);
			add_hits(t, r, where, &hits);
		}
	hits = acl_hits_on(acl, LINE_IFINDEX, ACL_IN, slot);
	add_hits(t, r, "vty in", &hits);
}

static void
add_list(struct text *t, struct router *r, const struct acl *acl)
{
	char head[SHOW_HEAD_MAX];

	text_addf(t, "%s\n", show_access_list_head(acl, head));
	for (size_t i = 0; i < acl_length(acl); i++) {
		const struct acl_entry *e = acl_at(acl, i);

		if (e->ace.is_remark)
			continue;
		show_access_list_entry(t, r, acl, e, acl_hits(acl, e->slot).packets);
		add_places(t, r, acl, e->slot);
	}
	if (acl_ace_count(acl) == 0)
		return;
	text_add(t, "    implicit deny");
	show_matches(t, acl_hits(acl, ACL_SLOT_IMPLICIT).packets);
	text_add(t, "\n");
	add_places(t, r, acl, ACL_SLOT_IMPLICIT);
}

void
show_access_lists_detail(struct text *t, struct router *r, const char *name)
{
	const struct acl *acl;

	for (size_t i = 0; (acl = lists_at(r, i)) != NULL; i++)
		if (strcmp(acl_name(acl), name) == 0)
			add_list(t, r, acl);
}
