/*
 * lists.h - the access lists of the router: one name space, edits that take effect at once.
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

/* By exact name (case matters); NULL when there is none. Owned by the router. */
struct acl *lists_find(struct router *r, const char *name);
/* In show order: standard by number, standard by name, then extended likewise. NULL after the last. */
struct acl *lists_at(struct router *r, size_t i);
/*
 * Finds or makes. NULL with a PARSE_MESSAGE when the name is another kind's, is a number of the wrong
 * kind, or is too long.
 */
struct acl *lists_open(struct router *r, const char *name, enum acl_kind kind, struct parse_error *err);
/* False when there was none. Interfaces keep the name. */
bool lists_delete(struct router *r, const char *name);

/* acl_add() and friends, published. Results as theirs. */
int lists_add(struct router *r, struct acl *acl, uint32_t seq, const struct ace *ace,
	struct parse_error *err);
bool lists_remove_seq(struct router *r, struct acl *acl, uint32_t seq);
bool lists_remove(struct router *r, struct acl *acl, const struct ace *ace);
int lists_resequence(struct router *r, struct acl *acl, uint32_t start, uint32_t step,
	struct parse_error *err);
/* name NULL: every list. */
void lists_clear_hits(struct router *r, const char *name);

#endif
