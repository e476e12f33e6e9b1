/*
 * text.c - the growing string that text makers append to.
 *
 * A struct text is owned by whoever zero-initialised it.  Room doubles, so appending is linear in
 * what comes out.  Out of memory is remembered in `failed` and cuts the text short instead of
 * aborting: a show command must never cost the router its life.  Any thread, one at a time.
 */
#include "cli/show/show.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_FIRST_ROOM = 256 };

/* Makes room for `more` bytes and a terminator. */
static bool
text_reserve(struct text *t, size_t more)
{
	size_t room = t->room ? t->room : TEXT_FIRST_ROOM;
	char *s;

	if (t->failed)
		return false;
	while (room - t->len <= more)
		room *= 2;
	if (room == t->room)
		return true;
	s = realloc(t->s, room);
	if (s == NULL) {
		t->failed = true;
		return false;
	}
	t->s = s;
	t->room = room;
	return true;
}

void
text_add(struct text *t, const char *s)
{
	size_t len = strlen(s);

	if (!text_reserve(t, len))
		return;
	memcpy(t->s + t->len, s, len + 1);
	t->len += len;
}

void
text_addf(struct text *t, const char *fmt, ...)
{
	va_list ap;
	int len;

	va_start(ap, fmt);
	len = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (len < 0 || !text_reserve(t, (size_t)len))
		return;
	va_start(ap, fmt);
	vsnprintf(t->s + t->len, (size_t)len + 1, fmt, ap);
	va_end(ap);
	t->len += (size_t)len;
}

void
text_fini(struct text *t)
{
	free(t->s);
	memset(t, 0, sizeof(*t));
}
