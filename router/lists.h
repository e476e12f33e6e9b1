/*
 * lists.h - the access lists of the router: their name spaces, edits that take effect at once.
 *
 * Standard and extended lists share one name space; IPv6 lists and MAC lists have one each.  An IPv6
 * list is there as long as there is something in it: IOS keeps no empty ones.
 *
 * A change goes: check, change the acl, compile, publish, reclaim (router_commit()).  When the change
 * is refused nothing has changed.  Bindings to interfaces are by name and outlive the list.
 */
#ifndef ROUTER_LISTS_H
#define ROUTER_LISTS_H

#include <stdbool.h>
#include <stddef.h>

#include "acl/acl.h"

struct router;

/* The IPv4 list of exactly this name (case matters); NULL when there is none. Owned by the router. */
struct acl *lists_find(struct router *r, const char *name);
/* The same in the name space of lists of this kind. */
struct acl *lists_find_kind(struct router *r, const char *name, enum acl_kind kind);
/*
 * In show order: standard by number, standard by name, extended likewise, IPv6, MAC. NULL after the
 * last.
 */
struct acl *lists_at(struct router *r, size_t i);
/*
 * Finds or makes. NULL with a PARSE_MESSAGE when the name is another kind's, is a number of the wrong
 * kind, or is too long.
 */
struct acl *lists_open(struct router *r, const char *name, enum acl_kind kind, struct parse_error *err);
/* False when there was none (IPv4). Interfaces keep the name. */
bool lists_delete(struct router *r, const char *name);
bool lists_delete_kind(struct router *r, const char *name, enum acl_kind kind);

/*
 * acl_add() and friends, published. Results as theirs.  An IPv6 list that is left empty, its last
 * entry removed or its first one refused, is gone: do not use acl any more.
 */
int lists_add(struct router *r, struct acl *acl, uint32_t seq, const struct ace *ace,
	struct parse_error *err);
bool lists_remove_seq(struct router *r, struct acl *acl, uint32_t seq);
bool lists_remove(struct router *r, struct acl *acl, const struct ace *ace);
int lists_resequence(struct router *r, struct acl *acl, uint32_t start, uint32_t step,
	struct parse_error *err);
/* Sets of kinds: 1 << enum acl_kind. */
enum {
	LISTS_IPV4 = 1 << ACL_STANDARD | 1 << ACL_EXTENDED,
	LISTS_IPV6 = 1 << ACL_IPV6,
	LISTS_ALL = LISTS_IPV4 | LISTS_IPV6 | 1 << ACL_MAC,
};
/* Of lists of these kinds; name NULL: of all of them. */
void lists_clear_hits(struct router *r, const char *name, unsigned kinds);

/*
 * Lists that were edited decide a little slower until they are compiled as one, which is done when they have
 * been left alone for a moment, by a helper thread (work.h).  To be called after every turn of the event
 * loop; the milliseconds until there is something to do, -1 for nothing.
 */
int64_t lists_tidy_tick(struct router *r);
#endif
