/*
 * work.c - commands that go on after their handler has returned: ping, traceroute.
 *
 * Nothing may block the control thread, so such a command is cut into steps.  It belongs to its
 * session, one at a time; who drives the session (connection.c, the tests) asks how long to wait and
 * calls session_work_turn() then.  Time is the router's, so tests turn its hands.
 *
 * However the work ends - by itself, by Ctrl-C, with the session - done() is called once, last.
 */
#include <stdlib.h>
#include <string.h>

#include "cli/session/internal.h"

static uint64_t
now_ms(const struct session *s)
{
	return clock_mono_ms(router_clock(s->router));
}

static void
forget(struct session *s)
{
	struct session_work w = s->work;

	s->work.step = NULL;
	w.done(w.arg);
}

void
session_work(struct session *s, const struct session_work *w)
{
	s->work = *w;
	s->work_due_ms = now_ms(s);
	if (s->kind ==
		SESSION_LOADER) /* nobody reads it, and the router waits for its configuration */
		forget(s);
	else
		session_work_turn(s);
}

bool
session_working(const struct session *s)
{
	return s->work.step != NULL;
}

uint64_t
session_work_wait_ms(const struct session *s)
{
	uint64_t now = now_ms(s);

	return now < s->work_due_ms ? s->work_due_ms - now : 0;
}

void
session_work_turn(struct session *s)
{
	int64_t wait;

	if (!session_working(s) || session_work_wait_ms(s) > 0)
		return;
	wait = s->work.step(s, s->work.arg);
	if (wait < 0)
		forget(s);
	else
		s->work_due_ms = now_ms(s) + (uint64_t)wait;
}

void
session_work_stop(struct session *s, bool say)
{
	if (!session_working(s))
		return;
	if (say)
		s->work.stopped(s, s->work.arg);
	forget(s);
}

void *
session_memory(struct session *s, size_t size)
{
	free(s->memory);
	s->memory = calloc(1, size);
	return s->memory;
}

void
session_put(struct session *s, const char *text)
{
	s->ops.output(s->ops.arg, text, strlen(text));
}
