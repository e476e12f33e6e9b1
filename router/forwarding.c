/*
 * forwarding.c - from the model to the dataplane's snapshot.
 *
 * Everything a snapshot holds is built aside and published by one pointer, so a packet sees all of
 * an edit or nothing of it.  Lists are compiled when they are both edited and bound: editing a list
 * that is on no interface costs nothing here.
 */
#include <string.h>

#include "router/internal.h"

/* The program of a list, with the edits that it does not have yet. false without memory. */
static bool
list_program(struct router *r, struct list *l)
{
	struct acl_program *program;

	if (!l->stale && !l->dirty)
		return true;
	if (acl_recompile(l->acl, &r->env, l->stale ? NULL : l->program, &program) < 0)
		return false;
	l->stale = l->dirty = false;
	acl_program_unref(l->program);
	if (program == l->program)
		return true; /* a remark */
	l->program = program;
	lists_note_program(r, l);
	return true;
}

/* Puts the list called `name` into *out; "" and undefined names pass everything, as on IOS. */
static bool
fill_list(struct router *r, const char *name, enum acl_kind kind, uint32_t ifindex,
	enum acl_direction dir, struct dp_list *out)
{
	struct list *l;

	if (name[0] == '\0')
		return true;
	l = lists_find_list(r, name, kind);
	if (l == NULL)
		return true;
	if (!list_program(r, l))
		return false;
	l->in_force = r->commits;
	out->counters = acl_counters_on(l->acl, ifindex, dir, DP_THREADS);
	if (out->counters == NULL)
		return false;
	if (l->program != NULL)
		out->program = acl_program_ref(l->program);
	return true;
}

static bool
fill_lists(struct router *r, const struct interface *i, struct dp_interface *d)
{
	for (int k = ACL_IN; k <= ACL_OUT; k++) {
		enum acl_direction dir = (enum acl_direction)k;

		if (!fill_list(
			    r, i->access_group[dir], ACL_EXTENDED, i->ifindex, dir, &d->acl[dir]) ||
			!fill_list(r, i->traffic_filter[dir], ACL_IPV6, i->ifindex, dir,
				&d->acl6[dir]))
			return false;
	}
	return fill_list(r, i->mac_access_group, ACL_MAC, i->ifindex, ACL_IN, &d->mac_in);
}

/* Bridging works only where IOS would: `bridge irb`, and `bridge N protocol ieee` for the group. */
static uint16_t
bridge_group_of(const struct router *r, const struct interface *i)
{
	return r->bridge[i->bridge_group] ? i->bridge_group : 0;
}

static struct dp_snapshot *
build(struct router *r)
{
	struct dp_snapshot *s = dp_snapshot_create();

	if (s == NULL)
		return NULL;
	s->mac_age_seconds = 300;
	s->reflexive_timeout_s = r->reflexive_timeout_s;
	for (size_t k = 0; k < r->interfaces; k++) {
		const struct interface *i = r->interface[k];
		struct dp_interface *d = &s->interface[i->ifindex];

		d->kind = i->kind;
		d->up = !i->shutdown;
		d->vlan = i->vlan;
		d->bridge_group = bridge_group_of(r, i);
		if (!fill_lists(r, i, d)) {
			dp_snapshot_destroy(s);
			return NULL;
		}
	}
	return s;
}

bool
forwarding_asks(const struct router *r, const struct list *l)
{
	const char *name = acl_name(l->acl);

	if (r->changed || l->in_force == r->commits)
		return true;
	for (size_t k = 0; k < r->interfaces; k++) {
		const struct interface *i = r->interface[k];

		if (strcmp(i->access_group[ACL_IN], name) == 0 ||
			strcmp(i->access_group[ACL_OUT], name) == 0 ||
			strcmp(i->traffic_filter[ACL_IN], name) == 0 ||
			strcmp(i->traffic_filter[ACL_OUT], name) == 0 ||
			strcmp(i->mac_access_group, name) == 0)
			return true;
	}
	return false;
}

void
router_commit(struct router *r)
{
	struct dp_snapshot *s;

	if (r->hold > 0 || !r->changed)
		return;
	r->commits++;
	if (r->dp != NULL) {
		s = build(r);
		if (s == NULL) {
			/* The packets go on under the old snapshot; the next change tries again. */
			logging_emit(r, "SYS", 2, "MALLOCFAIL",
				"Memory allocation failed, forwarding tables not updated");
			return;
		}
		dataplane_publish(r->dp, s);
	}
	r->changed = false;
	lists_reclaim(r);
}

void
router_changed(struct router *r)
{
	r->changed = true;
	router_commit(r);
}

void
router_hold(struct router *r)
{
	r->hold++;
}

void
router_release(struct router *r)
{
	r->hold--;
	router_commit(r);
}
