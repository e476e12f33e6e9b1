/*
 * time_ranges.h - the router's time ranges, and what happens when one opens or closes.
 *
 * A range's state is settled when it is edited and at each tick; between ticks, show and the
 * dataplane agree on it.  Minutes are those of UTC, the router's zone.  Control thread.
 */
#ifndef ROUTER_TIME_RANGES_H
#define ROUTER_TIME_RANGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "acl/acl.h"

struct router;

/* By exact name; NULL when there is none. Owned by the router. */
struct time_range *time_ranges_find(struct router *r, const char *name);
/* In the order of their names. NULL after the last. */
struct time_range *time_ranges_at(struct router *r, size_t i);
/* Finds or makes. NULL with a PARSE_MESSAGE when the name is too long. */
struct time_range *time_ranges_open(struct router *r, const char *name, struct parse_error *err);
/* False when there was none. Entries that name it are inactive from now on. */
bool time_ranges_delete(struct router *r, const char *name);
/* As time_range_add() and time_range_remove(); lists that use it obey at once. */
int time_ranges_add(struct router *r, struct time_range *t, const struct time_window *w);
bool time_ranges_remove(struct router *r, struct time_range *t, const struct time_window *w);
/* Whether entries that name it are in force. False for a range that does not exist. */
bool time_ranges_active(struct router *r, const char *name);
/*
 * Opens and closes what is due, in the lists too.  Call at the start of every minute while there
 * are ranges: returns how many ms away that is, or -1 when there are none.
 */
int64_t time_ranges_tick(struct router *r);

#endif
