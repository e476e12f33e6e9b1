/*
 * rollback.c - the rollback that waits for a `configure confirm`: when it is due, and its last warning.
 *
 * The configuration to go back to is kept in memory besides the archived file: it has the sequence
 * numbers of the lists, which a classic configuration has not, and nobody can delete it.
 */
#include <stdlib.h>
#include <string.h>

#include "router/changes/changes.h"
#include "router/internal.h"

enum { MINUTE_MS = 60000 };

const struct rollback *
rollback_pending(const struct router *r)
{
	return &r->changes->rollback;
}

void
rollback_start(struct router *r, const struct rollback *plan)
{
	rollback_forget(r);
	r->changes->rollback = *plan;
	r->changes->rollback.pending = true;
	rollback_set_timer(r, plan->idle, plan->minutes, plan->line);
}

void
rollback_set_timer(struct router *r, bool idle, unsigned minutes, const struct line *line)
{
	struct rollback *b = &r->changes->rollback;

	b->idle = idle;
	b->minutes = minutes;
	b->line = line;
	b->began_ms = clock_mono_ms(r->clock);
	b->warned = false;
}

void
rollback_forget(struct router *r)
{
	struct rollback *b = &r->changes->rollback;

	if (b->target != NULL)
		explicit_bzero(b->target, strlen(b->target)); /* it has passwords in it */
	free(b->target);
	*b = (struct rollback){ .pending = false };
}

uint64_t
rollback_due(const struct router *r)
{
	const struct rollback *b = &r->changes->rollback;
	uint64_t from = b->began_ms;

	/* A line that was given up is idle from the moment of its last key. */
	if (b->idle && b->line != NULL && b->line->last_input_ms > from)
		from = b->line->last_input_ms;
	return from + (uint64_t)b->minutes * MINUTE_MS;
}

/* While a minute or less is left; more than a minute after an idle line woke up, it can be said again. */
static void
warn(struct router *r, uint64_t left)
{
	struct rollback *b = &r->changes->rollback;

	if (left > MINUTE_MS) {
		b->warned = false;
	} else if (!b->warned && b->minutes > 1) {
		b->warned = true;
		logging_emit(r, "ARCHIVE_DIFF", 4,
			b->idle ? "ROLLBK_CNFMD_CHG_WARNING_IDLETIMER"
				: "ROLLBK_CNFMD_CHG_WARNING_ABSTIMER",
			"System will rollback to config %s in one minute. Enter \"configure "
			"confirm\" if you wish to keep what you've configured",
			b->file);
	}
}

int64_t
rollback_tick(struct router *r)
{
	uint64_t now = clock_mono_ms(r->clock), due, left;

	if (!r->changes->rollback.pending)
		return -1;
	due = rollback_due(r);
	left = due > now ? due - now : 0;
	warn(r, left);
	return (int64_t)(left > MINUTE_MS ? left - MINUTE_MS : left);
}
