/*
 * pace.c - how fast logins may begin (a leaky bucket, counted in time).
 *
 * Each login takes 1/PACE_PER_SECOND s of a time line that may run PACE_BURST logins ahead of the clock.
 * Who comes too fast is not refused: connections wait in the kernel's queue, and a flood of them costs
 * no more than this many processes a second.
 */
#include "cli/vty/pace.h"

enum { STEP_MS = 1000 / PACE_PER_SECOND, AHEAD_MS = (PACE_BURST - 1) * STEP_MS };

int64_t
pace_wait_ms(const struct pace *p, int64_t now_ms)
{
	int64_t early = p->due_ms - AHEAD_MS - now_ms;

	return early > 0 ? early : 0;
}

void
pace_take(struct pace *p, int64_t now_ms)
{
	p->due_ms = (p->due_ms > now_ms ? p->due_ms : now_ms) + STEP_MS;
}
