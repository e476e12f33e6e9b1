/*
 * access_lists.c - `show access-lists`, `show ip access-lists`, and their per-interface form.
 *
 * IOS shows an entry's number, its words, and its matches behind it; nothing at all when there were
 * none.  Remarks and the implicit deny are not shown.  A plain listing sums the counters of every
 * place a list is used; with `interface` they are of that place alone and the header ends in the
 * direction (as captures of Cisco IOS 12.4 and 15.x have it).
 */
#include "cli/show/show.h"

#include <inttypes.h>
#include <string.h>

static void
add_entry(struct text *t, const struct acl *acl, const struct acl_entry *e,
	const struct show_where *on)
{
	char words[ACE_TEXT_MAX];
	struct acl_hits hits;

	if (on != NULL)
		hits = acl_hits_on(acl, on->interface->ifindex, on->direction, e->slot);
	else
		hits = acl_hits(acl, e->slot);
	ace_format(&e->ace, acl_kind(acl), ACE_SHOW, words, sizeof(words));
	text_addf(t, "    %" PRIu32 " %s", e->seq, words);
	if (hits.packets != 0)
		text_addf(t, " (%" PRIu64 " match%s)", hits.packets, hits.packets == 1 ? "" : "es");
	text_add(t, "\n");
}

void
show_access_list(struct text *t, const struct acl *acl, const struct show_where *on)
{
	text_addf(t, "%s IP access list %s",
		acl_kind(acl) == ACL_STANDARD ? "Standard" : "Extended", acl_name(acl));
	if (on != NULL)
		text_add(t, on->direction == ACL_IN ? " in" : " out");
	text_add(t, "\n");
	for (size_t i = 0; i < acl_length(acl); i++) {
		const struct acl_entry *e = acl_at(acl, i);

		if (!e->ace.is_remark)
			add_entry(t, acl, e, on);
	}
}

void
show_access_lists(struct text *t, struct router *r, const char *name)
{
	const struct acl *acl;

	if (name != NULL) {
		acl = lists_find(r, name);
		if (acl != NULL)
			show_access_list(t, acl, NULL);
		return;
	}
	for (size_t i = 0; (acl = lists_at(r, i)) != NULL; i++)
		show_access_list(t, acl, NULL);
}

static void
add_bound_list(struct text *t, struct router *r, const struct interface *i, enum acl_direction dir,
	const char *name)
{
	const struct show_where on = { .interface = i, .direction = dir };
	const char *bound = i->access_group[dir];
	const struct acl *acl;

	if (name != NULL && strcmp(name, bound) != 0)
		return;
	acl = lists_find(r, bound);
	if (acl != NULL)
		show_access_list(t, acl, &on);
}

void
show_access_lists_interface(struct text *t, struct router *r, const struct interface *i, bool in,
	bool out, const char *name)
{
	if (in)
		add_bound_list(t, r, i, ACL_IN, name);
	if (out)
		add_bound_list(t, r, i, ACL_OUT, name);
}
