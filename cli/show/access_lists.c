/*
 * access_lists.c - `show access-lists`, `show ip access-lists`, `show ipv6 access-list`, and the
 * per-interface form.
 *
 * IOS shows an entry's number, its words, and its matches behind it; nothing at all when there were
 * none.  An IPv6 entry's number stands at the end, a MAC entry has none.  Remarks and the implicit
 * deny are not shown.  A plain listing sums the counters of every place a list is used; with
 * `interface` they are of that place alone and the header ends in the direction (as captures of
 * Cisco IOS 12.4 and 15.x have it).  Reflexive lists (reflexive.c) stand behind the IPv4 ones.
 */
#include <inttypes.h>
#include <string.h>

#include "cli/show/show_internal.h"

char *
show_access_list_head(const struct acl *acl, char buf[SHOW_HEAD_MAX])
{
	/* The MAC header ends in a blank on IOS. */
	static const char *const head[] = {
		[ACL_STANDARD] = "Standard IP access list %s",
		[ACL_EXTENDED] = "Extended IP access list %s",
		[ACL_IPV6] = "IPv6 access list %s",
		[ACL_MAC] = "Extended MAC access list %s ",
	};

	snprintf(buf, SHOW_HEAD_MAX, head[acl_kind(acl)], acl_name(acl));
	return buf;
}

void
show_matches(struct text *t, uint64_t packets)
{
	if (packets != 0)
		text_addf(t, " (%" PRIu64 " match%s)", packets, packets == 1 ? "" : "es");
}

void
show_access_list_entry(struct text *t, struct router *r, const struct acl *acl,
	const struct acl_entry *e, uint64_t packets)
{
	char words[ACE_TEXT_MAX];

	ace_format(&e->ace, ACE_SHOW, router_acl_env(r), words, sizeof(words));
	text_add(t, "    ");
	if (acl_kind(acl) == ACL_STANDARD || acl_kind(acl) == ACL_EXTENDED)
		text_addf(t, "%" PRIu32 " ", e->seq);
	text_add(t, words);
	show_matches(t, packets);
	if (acl_kind(acl) == ACL_IPV6)
		text_addf(t, " sequence %" PRIu32, e->seq);
	text_add(t, "\n");
}

static uint64_t
packets_of(const struct acl *acl, const struct acl_entry *e, const struct show_where *on)
{
	if (on != NULL)
		return acl_hits_on(acl, on->interface->ifindex, on->direction, e->slot).packets;
	return acl_hits(acl, e->slot).packets;
}

void
show_access_list(
	struct text *t, struct router *r, const struct acl *acl, const struct show_where *on)
{
	char head[SHOW_HEAD_MAX];

	text_add(t, show_access_list_head(acl, head));
	if (on != NULL)
		text_add(t, on->direction == ACL_IN ? " in" : " out");
	text_add(t, "\n");
	for (size_t i = 0; i < acl_length(acl); i++) {
		const struct acl_entry *e = acl_at(acl, i);

		if (!e->ace.is_remark)
			show_access_list_entry(t, r, acl, e, packets_of(acl, e, on));
	}
}

/* The lists of these kinds, or the one of them with this name. */
static void
add_lists(struct text *t, struct router *r, const char *name, unsigned kinds)
{
	const struct acl *acl;

	for (size_t i = 0; (acl = lists_at(r, i)) != NULL; i++)
		if ((kinds & 1u << acl_kind(acl)) != 0 &&
			(name == NULL || strcmp(acl_name(acl), name) == 0))
			show_access_list(t, r, acl, NULL);
}

int
show_access_lists(struct text *t, struct router *r, const char *name, unsigned kinds)
{
	int rc = 0;

	add_lists(t, r, name, kinds & LISTS_IPV4);
	if ((kinds & LISTS_IPV4) != 0)
		rc = show_reflexive_lists(t, r, name, false);
	add_lists(t, r, name, kinds & LISTS_IPV6);
	if ((kinds & LISTS_IPV6) != 0 && rc == 0)
		rc = show_reflexive_lists(t, r, name, true);
	add_lists(t, r, name, kinds & ~(unsigned)(LISTS_IPV4 | LISTS_IPV6));
	return rc;
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
		show_access_list(t, r, acl, &on);
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
