/*
 * acl_index.c - finding a list's items by what they say, so that loading 100,000 lines stays
 * linear.
 *
 * Two indexes.  A chained hash of all items by ace_hash() answers "is there an equal entry
 * already?". For standard lists, a count of the wildcards in use among the ranges answers "is this
 * host part of a range?": for each distinct wildcard (a handful in any list people write) the range
 * that would hold the host is looked up in the hash.
 *
 * Control thread only.  The items belong to acl_list.c; here are only links through them.
 */
#include "acl/acl_internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { BUCKETS_MIN = 16 };

static void
chain(struct acl_item **bucket, size_t buckets, struct acl_item *item)
{
	struct acl_item **head = &bucket[item->hash & (buckets - 1)];

	item->next = *head;
	*head = item;
}

/* Keeps at most two items per bucket on average. */
static int
reserve_buckets(struct acl *acl)
{
	size_t buckets = acl->buckets > 0 ? acl->buckets * 2 : BUCKETS_MIN;
	struct acl_item **bucket;

	if (acl_length(acl) < acl->buckets * 2)
		return 0;
	bucket = calloc(buckets, sizeof(*bucket));
	if (bucket == NULL)
		return -ENOMEM;
	for (size_t i = 0; i < acl->buckets; i++) {
		struct acl_item *item, *next;

		for (item = acl->bucket[i]; item != NULL; item = next) {
			next = item->next;
			chain(bucket, buckets, item);
		}
	}
	free(acl->bucket);
	acl->bucket = bucket;
	acl->buckets = buckets;
	return 0;
}

static bool
is_standard_range(const struct acl *acl, const struct ace *ace)
{
	return acl->kind == ACL_STANDARD && !ace->is_remark && ace->src.wild != 0;
}

static struct acl_wildcard *
find_wildcard(const struct acl *acl, uint32_t wild)
{
	for (size_t i = 0; i < acl->wildcards; i++)
		if (acl->wildcard[i].wild == wild)
			return &acl->wildcard[i];
	return NULL;
}

static int
reserve_wildcard(struct acl *acl)
{
	size_t room = acl->wildcard_room > 0 ? acl->wildcard_room * 2 : 8;
	struct acl_wildcard *wildcard;

	if (acl->wildcards < acl->wildcard_room)
		return 0;
	wildcard = reallocarray(acl->wildcard, room, sizeof(*wildcard));
	if (wildcard == NULL)
		return -ENOMEM;
	acl->wildcard = wildcard;
	acl->wildcard_room = room;
	return 0;
}

int
acl_index_reserve(struct acl *acl, const struct ace *ace)
{
	int err = reserve_buckets(acl);

	if (err == 0 && is_standard_range(acl, ace))
		err = reserve_wildcard(acl);
	return err;
}

void
acl_index_add(struct acl *acl, struct acl_item *item)
{
	const struct ace *ace = &item->entry.ace;
	struct acl_wildcard *wildcard;

	chain(acl->bucket, acl->buckets, item);
	if (!is_standard_range(acl, ace))
		return;
	wildcard = find_wildcard(acl, ace->src.wild);
	if (wildcard != NULL)
		wildcard->uses++;
	else
		acl->wildcard[acl->wildcards++] =
			(struct acl_wildcard){ .wild = ace->src.wild, .uses = 1 };
}

void
acl_index_remove(struct acl *acl, struct acl_item *item)
{
	const struct ace *ace = &item->entry.ace;
	struct acl_item **link = &acl->bucket[item->hash & (acl->buckets - 1)];
	struct acl_wildcard *wildcard;

	while (*link != item)
		link = &(*link)->next;
	*link = item->next;
	if (!is_standard_range(acl, ace))
		return;
	wildcard = find_wildcard(acl, ace->src.wild);
	if (--wildcard->uses == 0)
		*wildcard = acl->wildcard[--acl->wildcards];
}

struct acl_item *
acl_index_find(const struct acl *acl, const struct ace *ace)
{
	uint32_t hash = ace_hash(ace);
	struct acl_item *item, *found = NULL;

	if (acl->buckets == 0)
		return NULL;
	for (item = acl->bucket[hash & (acl->buckets - 1)]; item != NULL; item = item->next) {
		if (item->hash != hash || !ace_equal(&item->entry.ace, ace))
			continue;
		if (found == NULL || acl_sort_before(&item->key, &found->key))
			found = item;
	}
	return found;
}

const struct acl_entry *
acl_index_covering(const struct acl *acl, const struct ace *host, uint32_t seq)
{
	static const uint8_t action[] = { ACL_DENY, ACL_PERMIT };
	static const uint8_t log[] = { ACE_LOG_NONE, ACE_LOG };
	const struct acl_entry *found = NULL;
	struct ace range = *host;

	for (size_t i = 0; i < acl->wildcards; i++) {
		range.src.wild = acl->wildcard[i].wild;
		range.src.addr = host->src.addr & ~range.src.wild;
		for (size_t variant = 0; variant < 4; variant++) {
			const struct acl_item *item;

			range.action = action[variant & 1];
			range.log = log[variant >> 1];
			item = acl_index_find(acl, &range);
			if (item == NULL || item->entry.seq >= seq)
				continue;
			if (found == NULL || item->entry.seq < found->seq)
				found = &item->entry;
		}
	}
	return found;
}

void
acl_index_fini(struct acl *acl)
{
	free(acl->bucket);
	free(acl->wildcard);
}
