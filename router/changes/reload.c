/*
 * reload.c - `reload in` and `reload at`: the plan, the warnings, the moment.
 *
 * Everybody is told at once, and again an hour, half an hour, five minutes and one minute before (Cisco,
 * "Scheduling a Reload of the System Image").  The monotonic clock decides, so that setting the time of
 * day moves nothing.
 */
#include "router/reload.h"

#include <stdio.h>
#include <string.h>

#include "router/changes/changes.h"
#include "router/internal.h"

static const uint32_t stage_s[] = { 3600, 1800, 300, 60, 0 };

enum { STAGES = sizeof(stage_s) / sizeof(stage_s[0]) };

void
router_on_broadcast(struct router *r, void (*fn)(void *arg, const char *text), void *arg)
{
	r->changes->broadcast = (struct broadcast_listener){ fn, arg };
}

void
router_broadcast(struct router *r, const char *text)
{
	const struct broadcast_listener *l = &r->changes->broadcast;

	if (l->fn != NULL)
		l->fn(l->arg, text);
}

const struct reload_plan *
reload_plan(const struct router *r)
{
	return &r->changes->reload;
}

static void
tell(struct router *r, const char *what)
{
	char text[96];

	snprintf(text, sizeof(text), "\n\n***\n*** --- SHUTDOWN %s ---\n***\n", what);
	router_broadcast(r, text);
}

static void
tell_time(struct router *r, uint64_t seconds)
{
	char when[32];

	snprintf(when, sizeof(when), "in %02u:%02u:%02u", (unsigned)(seconds / 3600),
		(unsigned)(seconds / 60 % 60), (unsigned)(seconds % 60));
	tell(r, when);
}

void
reload_schedule(struct router *r, uint32_t seconds, const char *who, const char *reason)
{
	struct reload_plan *p = &r->changes->reload;

	p->set = true;
	p->at_us = clock_wall_us(r->clock) + (int64_t)seconds * 1000000;
	p->due_ms = clock_mono_ms(r->clock) + (uint64_t)seconds * 1000;
	snprintf(p->who, sizeof(p->who), "%s", who);
	snprintf(p->reason, sizeof(p->reason), "%s", reason);
	r->changes->reload_told = 0;
	while (r->changes->reload_told < STAGES - 1 && stage_s[r->changes->reload_told] >= seconds)
		r->changes->reload_told++;
	tell_time(r, seconds);
}

bool
reload_cancel(struct router *r)
{
	if (!r->changes->reload.set)
		return false;
	r->changes->reload.set = false;
	tell(r, "ABORTED");
	return true;
}

void
reload_now(struct router *r, const char *who, const char *reason)
{
	logging_emit(
		r, "SYS", 5, "RELOAD", "Reload requested by %s. Reload Reason: %s.", who, reason);
	router_request_reload(r);
}

int64_t
reload_tick(struct router *r)
{
	struct reload_plan *p = &r->changes->reload;
	uint64_t now = clock_mono_ms(r->clock), left;
	unsigned *told = &r->changes->reload_told;

	if (!p->set)
		return -1;
	left = p->due_ms > now ? p->due_ms - now : 0;
	if (left == 0) {
		p->set = false;
		tell(r, "NOW");
		reload_now(r, p->who, p->reason);
		return -1;
	}
	if (left <= (uint64_t)stage_s[*told] * 1000) {
		tell_time(r, (left + 500) / 1000);
		while (left <= (uint64_t)stage_s[*told] * 1000)
			(*told)++;
	}
	return (int64_t)(left - (uint64_t)stage_s[*told] * 1000);
}
