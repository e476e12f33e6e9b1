/*
 * acl_remarks.c - remarks find the entry they were written for.
 *
 * A remark is typed before its entry and stands at the tail, or under the number it was given,
 * until the entry comes.  An entry that goes to the end of the list takes over what waits there; a
 * host of a standard list, which goes to the front, draws its remarks after it.
 *
 * Control thread only, for acl_list.c.
 */
#include "acl/acl_internal.h"

static void
set_place(struct acl *acl, struct acl_item *remark, const struct acl_item *entry)
{
	remark->key.group = entry->key.group;
	remark->key.place = entry->key.place;
	remark->key.arrival = acl->arrivals++;
}

/*
 * Moves a remark to stand before an entry far from it.  For want of memory it stays where it is: a
 * remark out of place does less harm than an entry refused.
 */
static void
move_remark(struct acl *acl, struct acl_item *remark, const struct acl_item *entry)
{
	if (acl_order_reserve(acl->order) != 0)
		return;
	acl_order_remove(acl->order, remark);
	set_place(acl, remark, entry);
	acl_order_insert(acl->order, remark);
}

/* Where the remarks begin that no entry follows; the length when there are none. */
static size_t
tail_start(const struct acl *acl)
{
	size_t i = acl_length(acl);

	while (i > 0 && !acl_order_at(acl->order, i - 1)->key.is_entry)
		i--;
	return i;
}

void
acl_remarks_adopt(struct acl *acl, const struct acl_item *entry)
{
	for (size_t i = tail_start(acl); i < acl_length(acl); i++)
		set_place(acl, acl_order_at(acl->order, i), entry);
}

void
acl_remarks_pull_tail(struct acl *acl, const struct acl_item *host)
{
	for (size_t i = tail_start(acl); i < acl_length(acl); i++)
		move_remark(acl, acl_order_at(acl->order, i), host);
}

void
acl_remarks_pull_numbered(struct acl *acl, const struct acl_item *host)
{
	struct acl_sort_key key = { .group = GROUP_RANGE, .place = host->key.place };
	struct acl_item *remark = acl_order_from(acl->order, &key);

	while (remark != NULL && remark->key.group == key.group && remark->key.place == key.place) {
		key.arrival = remark->key.arrival + 1;
		move_remark(acl, remark, host);
		remark = acl_order_from(acl->order, &key);
	}
}
