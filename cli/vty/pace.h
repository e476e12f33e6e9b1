/*
 * pace.h - how fast logins may begin: so many at once, then so many a second.
 */
#ifndef VTY_PACE_H
#define VTY_PACE_H

#include <stdint.h>

enum {
	PACE_BURST = 20,	/* logins that may begin without a pause */
	PACE_PER_SECOND = 20,	/* ... and how many a second after that */
};

/* Zero-initialized: nothing has begun yet. Times are milliseconds of a clock that never goes back. */
struct pace {
	int64_t due_ms;		/* when the logins so far would have begun, one after the other */
};

/* How long the next login must wait, in milliseconds; 0: it may begin. */
int64_t pace_wait_ms(const struct pace *p, int64_t now_ms);
/* One begins. */
void pace_take(struct pace *p, int64_t now_ms);

#endif
