/*
 * forwarding.c - from the model to the dataplane's snapshot.
 *
 * Everything a snapshot holds is built aside and published by one pointer, so a packet sees all of
 * an edit or nothing of it.  Lists are compiled when they are both edited and bound: editing a list
 * that is on no interface costs nothing here.
 */
#include "router/internal.h"

/* The program of a list, compiled if it was edited. false without memory. */
static bool
list_program(struct list *l)
{
	struct acl_program *program;

	if (!l->stale)
		return true;
	if (acl_compile(l->acl, &program) < 0)
		return false;
	acl_program_unref(l->program);
	l->program = program;
	l->stale = false;
	return true;
}

static bool
fill_list(struct router *r, const struct interface *i, enum acl_direction dir, struct dp_list *out)
{
	struct list *l;

	if (i->access_group[dir][0] == '\0')
		return true;
	l = lists_find_list(r, i->access_group[dir]);
	if (l == NULL)
		return true; /* undefined: passes everything, as IOS */
	if (!list_program(l))
		return false;
	out->counters = acl_counters_on(l->acl, i->ifindex, dir, DP_THREADS);
	if (out->counters == NULL)
		return false;
	if (l->program != NULL)
		out->program = acl_program_ref(l->program);
	return true;
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
	for (size_t k = 0; k < r->interfaces; k++) {
		const struct interface *i = r->interface[k];
		struct dp_interface *d = &s->interface[i->ifindex];

		d->kind = i->kind;
		d->up = !i->shutdown;
		d->vlan = i->vlan;
		d->bridge_group = bridge_group_of(r, i);
		if (!fill_list(r, i, ACL_IN, &d->acl[ACL_IN]) ||
			!fill_list(r, i, ACL_OUT, &d->acl[ACL_OUT])) {
			dp_snapshot_destroy(s);
			return NULL;
		}
	}
	return s;
}

/* Nothing uses what the last edit took out any more. */
static void
reclaim(struct router *r)
{
	lists_free_buried(r);
	for (size_t i = 0; i < r->lists; i++)
		acl_reclaim(r->list[i]->acl);
}

void
router_commit(struct router *r)
{
	struct dp_snapshot *s;

	if (r->hold > 0 || !r->changed)
		return;
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
	reclaim(r);
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
