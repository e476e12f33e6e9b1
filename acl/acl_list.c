/*
 * acl_list.c - a named or numbered list: adding, removing, renumbering, and the order of it all.
 *
 * Order.  Entries stand by sequence number, in a standard list hosts before ranges (that is how IOS
 * keeps and searches them).  A remark stands before the entry it was written for and stays there
 * whatever happens around it: it carries that entry's number as its place, even when the entry
 * goes.  A remark that nothing follows waits at the tail for the next entry added at the end.
 *
 * Numbers (Cisco, "IP Access List Entry Sequence Numbering"): the first entry is 10, each one added
 * without a number is the highest + 10.  An entry equal to one that is there changes nothing.
 *
 * Ownership.  The list owns its items.  A removed entry's item is retired: the dataplane may still
 * count in its slot until acl_reclaim() says that nobody can, then it is spare and the next entry
 * takes it over, slot and all.  A refused change leaves the list as it was: memory is set aside
 * first. Control thread only.
 */
#include "acl/acl_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SEQ_STEP = 10 };

static const struct {
	uint32_t lo, hi;
	enum acl_kind kind;
} number_ranges[] = {
	{ 1, 99, ACL_STANDARD },
	{ 100, 199, ACL_EXTENDED },
	{ 1300, 1999, ACL_STANDARD },
	{ 2000, 2699, ACL_EXTENDED },
};

bool
acl_number_kind(const char *name, enum acl_kind *kind)
{
	struct word w = { .text = name, .len = strlen(name) };
	uint32_t number;

	if (name[0] == '0')
		return false;
	for (size_t i = 0; i < sizeof(number_ranges) / sizeof(number_ranges[0]); i++) {
		if (!word_number(&w, number_ranges[i].lo, number_ranges[i].hi, &number))
			continue;
		*kind = number_ranges[i].kind;
		return true;
	}
	return false;
}

/* ---- life ---- */

/* The first slot that is an entry's. */
static uint32_t
first_slot(enum acl_kind kind)
{
	return (kind == ACL_IPV6 ? ACL_SLOT_IMPLICIT_ND : ACL_SLOT_IMPLICIT) + 1;
}

struct acl *
acl_create(const char *name, enum acl_kind kind, uint32_t id)
{
	struct acl *acl = calloc(1, sizeof(*acl));

	if (acl == NULL)
		return NULL;
	acl->order = acl_order_create();
	if (acl->order == NULL) {
		free(acl);
		return NULL;
	}
	snprintf(acl->name, sizeof(acl->name), "%s", name);
	acl->kind = kind;
	acl->id = id;
	acl->slots = first_slot(kind);
	return acl;
}

static void
free_item(struct acl_item *item)
{
	free((void *)item->entry.ace.rare);
	free(item);
}

/* Those in a chain that are not in a slab. */
static void
free_remarks(struct acl_item *item)
{
	struct acl_item *next;

	for (; item != NULL; item = next) {
		next = item->next;
		if (!item->key.is_entry)
			free_item(item);
	}
}

static void
free_slabs(struct acl *acl)
{
	for (size_t i = 0; i < acl->slabs; i++) {
		for (size_t k = 0; k < ACL_SLAB; k++)
			free((void *)acl->slab[i][k].entry.ace.rare);
		free(acl->slab[i]);
	}
	free(acl->slab);
}

void
acl_destroy(struct acl *acl)
{
	if (acl == NULL)
		return;
	for (size_t i = 0; i < acl->buckets; i++)
		free_remarks(acl->bucket[i]);
	free_slabs(acl);
	acl_index_fini(acl);
	acl_order_destroy(acl->order);
	acl_counters_destroy(acl);
	free(acl->change);
	free(acl);
}

/* ---- reading ---- */

const char *
acl_name(const struct acl *acl)
{
	return acl->name;
}

enum acl_kind
acl_kind(const struct acl *acl)
{
	return acl->kind;
}

uint32_t
acl_id(const struct acl *acl)
{
	return acl->id;
}

size_t
acl_length(const struct acl *acl)
{
	return acl_order_length(acl->order);
}

const struct acl_entry *
acl_at(const struct acl *acl, size_t i)
{
	return &acl_order_at(acl->order, i)->entry;
}

size_t
acl_ace_count(const struct acl *acl)
{
	return acl->aces;
}

/* ---- items ---- */

static int
no_memory(struct parse_error *err)
{
	return parse_fail_message(err, "%% Not enough memory");
}

/* Gives the item its own copy of the entry. false, and no change, without memory. */
static bool
keep(struct acl_item *item, const struct ace *ace)
{
	struct ace_rare *rare = NULL;

	if (ace->rare != NULL && (rare = ace_rare_dup(ace->rare)) == NULL)
		return false;
	item->entry.ace = *ace;
	item->entry.ace.rare = rare;
	return true;
}

/* Room for one more slot's owner. */
static bool
slabs_grow(struct acl *acl)
{
	struct acl_item **v;

	if (acl->slots < acl->slabs * ACL_SLAB)
		return true;
	v = acl_grow(acl->slab, acl->slabs, &acl->slab_room, sizeof(struct acl_item *));
	if (v == NULL)
		return false;
	acl->slab = v;
	v[acl->slabs] = calloc(ACL_SLAB, sizeof(struct acl_item));
	if (v[acl->slabs] == NULL)
		return false;
	acl->slabs++;
	return true;
}

const struct acl_entry *
acl_by_slot(const struct acl *acl, uint32_t slot)
{
	const struct acl_item *item;

	if (slot < first_slot(acl->kind) || slot >= acl->slots)
		return NULL;
	item = acl_item_of(acl, slot);
	return item->entry.seq != 0 ? &item->entry : NULL;
}

/* An entry's item with a counter slot at zero: a spare one, or a new one with a new slot. */
static struct acl_item *
item_for_entry(struct acl *acl)
{
	struct acl_item *item = acl->spare;

	if (item != NULL) {
		acl->spare = item->next;
		return item;
	}
	if (acl_counters_grow(acl, acl->slots + 1) != 0 || !slabs_grow(acl))
		return NULL;
	item = acl_item_of(acl, acl->slots);
	item->entry.slot = acl->slots++;
	return item;
}

static void
make_spare(struct acl *acl, struct acl_item *item)
{
	item->next = acl->spare;
	acl->spare = item;
}

static struct acl_item *
item_for_remark(const struct ace *ace)
{
	struct acl_item *item = calloc(1, sizeof(*item));

	if (item != NULL && !keep(item, ace)) {
		free(item);
		return NULL;
	}
	return item;
}

/* Everything that putting one more item in could need memory for. */
static int
reserve(struct acl *acl, const struct ace *ace)
{
	int err = acl_order_reserve(acl->order);

	return err != 0 ? err : acl_index_reserve(acl, ace);
}

static void
put_in(struct acl *acl, struct acl_item *item)
{
	item->hash = ace_hash(&item->entry.ace);
	acl_index_add(acl, item);
	acl_order_insert(acl->order, item);
}

/* The entry with this number, or NULL. */
static struct acl_item *
find_seq(const struct acl *acl, uint32_t seq)
{
	for (int group = GROUP_HOST; group <= GROUP_RANGE; group++) {
		struct acl_sort_key key = {
			.group = (uint8_t)group, .place = seq, .is_entry = true
		};
		struct acl_item *item = acl_order_from(acl->order, &key);

		if (item != NULL && !acl_sort_before(&key, &item->key))
			return item;
	}
	return NULL;
}

/* The highest number in use in a group, 0 for none. */
static uint32_t
highest_in(const struct acl *acl, enum acl_group group)
{
	struct acl_sort_key end = { .group = (uint8_t)(group + 1) };
	const struct acl_item *item = acl_order_before(acl->order, &end);

	while (item != NULL && item->key.group == group && !item->key.is_entry)
		item = acl_order_before(acl->order, &item->key);
	return item != NULL && item->key.group == group ? item->entry.seq : 0;
}

/* ---- changing ---- */

/* With a number: before the entry that has it, or would.  Without: at the tail. */
static int
add_remark(struct acl *acl, uint32_t seq, const struct ace *ace, struct parse_error *err)
{
	const struct acl_item *entry = seq != 0 ? find_seq(acl, seq) : NULL;
	struct acl_item *item = NULL;

	if (reserve(acl, ace) == 0)
		item = item_for_remark(ace);
	if (item == NULL)
		return no_memory(err);
	item->key.arrival = acl->arrivals++;
	item->key.place = seq;
	if (entry != NULL)
		item->key.group = entry->key.group;
	else
		item->key.group = seq != 0 ? GROUP_RANGE : GROUP_TAIL;
	put_in(acl, item);
	return 1;
}

/* Puts a new entry in, and the remarks that belong to it before it. */
static void
put_in_entry(struct acl *acl, struct acl_item *item)
{
	bool newest = item->entry.seq > acl->highest;

	if (newest)
		acl->highest = item->entry.seq;
	if (newest && item->key.group == GROUP_RANGE)
		acl_remarks_adopt(acl, item);
	put_in(acl, item);
	acl->aces++;
	acl_note_added(acl, item);
	if (item->key.group != GROUP_HOST)
		return;
	if (newest)
		acl_remarks_pull_tail(acl, item);
	else
		acl_remarks_pull_numbered(acl, item);
}

/* Settles the number of a new entry; -1 with the message when it cannot be. */
static int
settle_seq(const struct acl *acl, const struct ace *ace, uint32_t *seq, struct parse_error *err)
{
	const uint32_t max = acl->kind == ACL_IPV6 ? ACL_SEQ_MAX_IPV6 : ACL_SEQ_MAX;
	const struct acl_entry *range;

	if (*seq > max || (*seq == 0 && acl->highest > max - SEQ_STEP))
		return parse_fail_message(err, "Exceeded maximum sequence number.");
	if (*seq == 0)
		*seq = acl->highest + SEQ_STEP;
	else if (find_seq(acl, *seq) != NULL)
		return parse_fail_message(err, "%% Duplicate sequence number");
	if (acl->kind != ACL_STANDARD || ace->src.wild != 0)
		return 0;
	range = acl_index_covering(acl, ace, *seq);
	if (range == NULL)
		return 0;
	return parse_fail_message(err,
		"%% Access rule can't be configured at higher sequence num as it is part of the "
		"existing rule at sequence num %u",
		range->seq);
}

int
acl_add(struct acl *acl, uint32_t seq, const struct ace *ace, struct parse_error *err)
{
	struct acl_item *item = NULL;

	if (ace->is_remark)
		return add_remark(acl, seq, ace, err);
	if (acl_index_find(acl, ace) != NULL)
		return 0;
	if (settle_seq(acl, ace, &seq, err) != 0)
		return -1;
	if (reserve(acl, ace) == 0)
		item = item_for_entry(acl);
	if (item == NULL)
		return no_memory(err);
	if (!keep(item, ace)) {
		make_spare(acl, item);
		return no_memory(err);
	}
	item->entry.seq = seq;
	item->key = (struct acl_sort_key){ .place = seq, .is_entry = true };
	item->key.group =
		acl->kind == ACL_STANDARD && ace->src.wild == 0 ? GROUP_HOST : GROUP_RANGE;
	put_in_entry(acl, item);
	return 1;
}

static void
remove_item(struct acl *acl, struct acl_item *item)
{
	acl_order_remove(acl->order, item);
	acl_index_remove(acl, item);
	if (!item->key.is_entry) {
		free_item(item);
		return;
	}
	acl_note_removed(acl, item);
	free((void *)item->entry.ace.rare);
	item->entry.ace.rare = NULL;
	item->next = acl->retired;
	acl->retired = item;
	acl->aces--;
	if (item->entry.seq == acl->highest) {
		uint32_t host = highest_in(acl, GROUP_HOST), range = highest_in(acl, GROUP_RANGE);

		acl->highest = host > range ? host : range;
	}
	item->entry.seq = 0;
}

bool
acl_remove_seq(struct acl *acl, uint32_t seq)
{
	struct acl_item *item = find_seq(acl, seq);

	if (item == NULL)
		return false;
	remove_item(acl, item);
	return true;
}

bool
acl_remove(struct acl *acl, const struct ace *ace)
{
	struct acl_item *item = acl_index_find(acl, ace);

	if (item == NULL)
		return false;
	remove_item(acl, item);
	return true;
}

int
acl_resequence(struct acl *acl, uint32_t start, uint32_t step, struct parse_error *err)
{
	struct acl_sort_key next = { .group = GROUP_TAIL };
	uint64_t last;

	if (acl->aces == 0)
		return 0;
	last = start + (uint64_t)(acl->aces - 1) * step;
	if (last > ACL_SEQ_MAX)
		return parse_fail_message(err, "Exceeded maximum sequence number.");
	acl->highest = (uint32_t)last;
	/* From the end, so that each remark meets the number of the entry it stands before. */
	for (size_t i = acl_length(acl); i-- > 0;) {
		struct acl_item *item = acl_order_at(acl->order, i);

		if (item->key.is_entry) {
			item->entry.seq = item->key.place = (uint32_t)last;
			last -= step;
			next = item->key;
		} else {
			item->key.group = next.group;
			item->key.place = next.place;
			item->key.arrival = (uint32_t)i;
		}
	}
	acl->arrivals = (uint32_t)acl_length(acl);
	acl_note_renumbered(acl);
	return 0;
}

void
acl_reclaim(struct acl *acl)
{
	struct acl_item *item;

	acl_note_reclaimed(acl);
	while ((item = acl->retired) != NULL) {
		acl->retired = item->next;
		acl_counters_zero(acl, item->entry.slot);
		make_spare(acl, item);
	}
}
