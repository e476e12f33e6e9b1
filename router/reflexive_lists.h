/*
 * reflexive_lists.h - the tables behind `reflect NAME` and `evaluate NAME`.
 *
 * The first entry that reflects to a name makes its table; from then on it stays for the life of
 * the process, for programs hold pointers to it.  What is in a table belongs to the dataplane's
 * worker: the control thread reads copies.  Control thread.
 */
#ifndef ROUTER_REFLEXIVE_LISTS_H
#define ROUTER_REFLEXIVE_LISTS_H

#include <stddef.h>
#include <stdint.h>

#include "acl/acl.h"

enum { REFLEXIVE_TIMEOUT_DEFAULT_S = 300, REFLEXIVE_TIMEOUT_MAX_S = 2147483 };

struct router;

/* NULL when no entry ever reflected to it. */
struct reflexive *reflexive_lists_find(struct router *r, const char *name);
/* In the order of their names. NULL after the last. */
const char *reflexive_lists_at(struct router *r, size_t i);
/*
 * A copy of the living entries, oldest first; *out is malloc'ed (NULL for none).  Returns the
 * count, or -ENOMEM.
 */
int reflexive_lists_entries(struct router *r, const char *name, struct reflexive_entry **out);
/* name NULL: every table. False when there is none of that name. */
bool reflexive_lists_clear(struct router *r, const char *name);

/* `ip reflexive-list timeout`: for entries whose `reflect` has none of its own. */
uint32_t reflexive_lists_timeout(const struct router *r);
void reflexive_lists_set_timeout(struct router *r, uint32_t seconds);

#endif
