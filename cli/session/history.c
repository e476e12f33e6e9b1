/*
 * history.c - the lines a session has typed, for `show history`: EXEC's and config's apart, as on
 * IOS.
 *
 * A line like the one before it is not kept twice.  Sessions nobody types in keep none.
 */
#include "cli/session/internal.h"

#include <stdlib.h>
#include <string.h>

static size_t
history_of_mode(const struct session *s)
{
	return dispatch_mode(s) == MODE_USER_EXEC ? 0 : 1;
}

/* Forgets the oldest until at most `most` are left. */
static void
forget(struct history *h, size_t most)
{
	size_t drop = h->n > most ? h->n - most : 0;

	for (size_t i = 0; i < drop; i++)
		free(h->v[i]);
	h->n -= drop;
	memmove(h->v, h->v + drop, h->n * sizeof(h->v[0]));
}

void
history_add(struct session *s, const char *line)
{
	struct history *h = &s->history[history_of_mode(s)];
	char *copy;

	if (s->history_size == 0 || s->kind == SESSION_LOADER || s->kind == SESSION_BATCH)
		return;
	if (h->n > 0 && strcmp(h->v[h->n - 1], line) == 0)
		return;
	copy = strdup(line);
	if (copy == NULL)
		return;
	forget(h, (size_t)s->history_size - 1);
	h->v[h->n++] = copy;
}

void
history_fini(struct session *s)
{
	forget(&s->history[0], 0);
	forget(&s->history[1], 0);
}

const char *
session_history(const struct session *s, size_t i)
{
	const struct history *h = &s->history[history_of_mode(s)];

	return i < h->n ? h->v[i] : NULL;
}

int
session_history_size(const struct session *s)
{
	return s->history_size;
}

void
session_set_history_size(struct session *s, int size)
{
	if (size < 0)
		size = HISTORY_DEFAULT;
	s->history_size = size < HISTORY_MAX ? size : HISTORY_MAX;
	forget(&s->history[0], (size_t)s->history_size);
	forget(&s->history[1], (size_t)s->history_size);
}
