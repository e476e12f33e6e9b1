/*
 * reload.h - a reload that is scheduled, and what everybody is told before it. Control thread.
 */
#ifndef ROUTER_RELOAD_H
#define ROUTER_RELOAD_H

#include <stdbool.h>
#include <stdint.h>

struct router;

enum { RELOAD_WHO_MAX = 160, RELOAD_REASON_MAX = 240 };

struct reload_plan {
	bool set;
	int64_t at_us;		/* wall clock */
	uint64_t due_ms;	/* monotonic clock: what counts */
	char who[RELOAD_WHO_MAX];	/* "console", "admin on vty0 (192.0.2.1)" */
	char reason[RELOAD_REASON_MAX];
};

/* Never NULL. */
const struct reload_plan *reload_plan(const struct router *r);
/* In so many seconds; one that was scheduled before is forgotten. Tells everybody. */
void reload_schedule(struct router *r, uint32_t seconds, const char *who, const char *reason);
/* False when none is scheduled. Tells everybody. */
bool reload_cancel(struct router *r);
/* The router reloads now, and the log says who wanted it. */
void reload_now(struct router *r, const char *who, const char *reason);
/* Tells what is to be told, and asks for the reload when it is due. Ms until then; -1 for never. */
int64_t reload_tick(struct router *r);

/*
 * Text for every terminal, whatever it shows of the log: several lines, the last without its end.  One
 * listener; NULL ends it.
 */
void router_on_broadcast(struct router *r, void (*fn)(void *arg, const char *text), void *arg);
void router_broadcast(struct router *r, const char *text);

#endif
