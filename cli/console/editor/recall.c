/*
 * recall.c - the lines typed before, behind the up and down keys.
 *
 * libedit's own history cannot jump to its ends, nor shrink when `terminal history size` says so.  This
 * one is a list a mode of EXEC or configuration, and the way back to the line that was being typed.
 * Without memory a line is not remembered; nothing else happens.
 */
#include <stdlib.h>
#include <string.h>

#include "cli/console/editor/internal.h"

static struct history *
recall_in_use(struct editor *e)
{
	return e->using < EDITOR_HISTORIES ? &e->history[e->using] : NULL;
}

static void
recall_trim(struct history *h, size_t most)
{
	size_t drop = h->n > most ? h->n - most : 0;

	for (size_t i = 0; i < drop; i++)
		free(h->line[i]);
	h->n -= drop;
	memmove(h->line, h->line + drop, h->n * sizeof(h->line[0]));
}

static wchar_t *
recall_copy(struct editor *e)
{
	size_t n, cursor;
	const wchar_t *text = editor_text(e, &n, &cursor);
	wchar_t *copy = calloc(n + 1, sizeof(*copy));

	if (copy != NULL)
		wmemcpy(copy, text, n);
	return copy;
}

void
recall_leave(struct editor *e)
{
	free(e->browse.typed);
	e->browse = (struct browse){ 0 };
}

static void
recall_set_line(struct editor *e, const wchar_t *text)
{
	size_t n, cursor;

	editor_text(e, &n, &cursor);
	editor_replace(e, 0, n, text);
}

/* Shows the line `at`; the one being typed is kept for the way back. */
static void
recall_show(struct editor *e, const struct history *h, size_t at)
{
	if (!e->browse.on) {
		e->browse.typed = recall_copy(e);
		e->browse.on = true;
	}
	e->browse.at = at;
	recall_set_line(e, h->line[at]);
}

unsigned char
recall_on_older(EditLine *el, int key)
{
	struct editor *e = editor_of(el);
	const struct history *h = recall_in_use(e);

	(void)key;
	if (h != NULL && !e->browse.on && h->n > 0)
		recall_show(e, h, h->n - 1);
	else if (h != NULL && e->browse.on && e->browse.at > 0)
		recall_show(e, h, e->browse.at - 1);
	return CC_NORM;
}

unsigned char
recall_on_newer(EditLine *el, int key)
{
	struct editor *e = editor_of(el);
	const struct history *h = recall_in_use(e);

	(void)key;
	if (h == NULL || !e->browse.on)
		return CC_NORM;
	if (e->browse.at + 1 < h->n) {
		recall_show(e, h, e->browse.at + 1);
	} else {
		recall_set_line(e, e->browse.typed);
		recall_leave(e);
	}
	return CC_NORM;
}

unsigned char
recall_on_oldest(EditLine *el, int key)
{
	struct editor *e = editor_of(el);
	const struct history *h = recall_in_use(e);

	(void)key;
	if (h != NULL && h->n > 0)
		recall_show(e, h, 0);
	return CC_NORM;
}

unsigned char
recall_on_newest(EditLine *el, int key)
{
	struct editor *e = editor_of(el);
	const struct history *h = recall_in_use(e);

	(void)key;
	if (h != NULL && h->n > 0)
		recall_show(e, h, h->n - 1);
	return CC_NORM;
}

void
editor_use_history(struct editor *e, enum editor_history which)
{
	recall_leave(e);
	e->using = which;
}

void
editor_set_history_size(struct editor *e, unsigned lines)
{
	e->history_size = lines < HISTORY_MOST ? lines : HISTORY_MOST;
	recall_leave(e);
	for (size_t i = 0; i < EDITOR_HISTORIES; i++)
		recall_trim(&e->history[i], e->history_size);
}

void
editor_remember(struct editor *e)
{
	struct history *h = recall_in_use(e);
	wchar_t *line;

	if (h == NULL || e->history_size == 0)
		return;
	line = recall_copy(e);
	if (line == NULL)
		return;
	if (h->n > 0 && wcscmp(h->line[h->n - 1], line) == 0) {
		free(line);
		return;
	}
	recall_trim(h, e->history_size - 1);
	h->line[h->n++] = line;
}

void
recall_fini(struct editor *e)
{
	recall_leave(e);
	for (size_t i = 0; i < EDITOR_HISTORIES; i++)
		recall_trim(&e->history[i], 0);
}
