/*
 * acl_order.h - the items of a list in the order they are evaluated and shown.
 *
 * An ordered sequence kept in runs of pointers, so that inserting anywhere in a list of 100,000
 * entries moves one run's worth of pointers.  Control thread only.
 */
#ifndef ACL_ACL_ORDER_H
#define ACL_ACL_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct acl_item;

/* What an item is sorted by: group, place, remark before entry, arrival. Never the same twice. */
struct acl_sort_key {
	uint8_t group;		/* enum acl_group */
	bool is_entry;		/* remarks with an entry's number stand before it */
	uint32_t place;		/* an entry's sequence number; a remark's: that of its entry */
	uint32_t arrival;	/* among the remarks of a place: the order in which they came */
};

/* True when a stands before b. */
bool acl_sort_before(const struct acl_sort_key *a, const struct acl_sort_key *b);

struct acl_order;

/* NULL without memory. */
struct acl_order *acl_order_create(void);
/* Does not free the items. NULL is fine. */
void acl_order_destroy(struct acl_order *o);
size_t acl_order_length(const struct acl_order *o);
/* The i-th item; i < length. Walking i upward or downward costs O(1) a step. */
struct acl_item *acl_order_at(struct acl_order *o, size_t i);
/* The first item that does not stand before key, and the last that does; NULL if there is none. */
struct acl_item *acl_order_from(const struct acl_order *o, const struct acl_sort_key *key);
struct acl_item *acl_order_before(const struct acl_order *o, const struct acl_sort_key *key);
/* Makes sure that the next insertion needs no memory. 0 or -ENOMEM. */
int acl_order_reserve(struct acl_order *o);
/* Puts the item where its key says; only after acl_order_reserve(). */
void acl_order_insert(struct acl_order *o, struct acl_item *item);
/*
 * Takes out an item that is in it.  An item's key may also be changed in place, as long as the item
 * keeps its position by it.
 */
void acl_order_remove(struct acl_order *o, struct acl_item *item);

#endif
