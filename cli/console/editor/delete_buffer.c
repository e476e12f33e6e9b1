/*
 * delete_buffer.c - what was deleted last, and how it comes back: IOS's delete buffer.
 *
 * It holds the last ten pieces that ^K, ^U, ^X, ^W and Esc D took away.  ^Y brings back the newest; Esc
 * Y behind it puts the next older one in its place, and comes round to the newest again (Cisco IOS
 * Configuration Fundamentals, "Recalling deleted entries"; libedit has one piece and no way round).
 * Single characters, and answers to questions, which may be passwords, are not kept.
 *
 * Words are what libedit's own keys (Esc B, Esc F) take for words: an address is one, a path several.
 */
#include <stdlib.h>
#include <wctype.h>

#include "cli/console/editor/internal.h"

static bool
in_word(wchar_t c)
{
	return iswalnum((wint_t)c) || wcschr(L"*?_-.[]~=", c) != NULL;
}

static void
delete_keep(struct delete_buffer *d, const wchar_t *text, size_t n)
{
	wchar_t *copy = calloc(n + 1, sizeof(*copy));

	if (copy == NULL)
		return;
	wmemcpy(copy, text, n);
	d->newest = d->n == 0 ? 0 : (d->newest + 1) % DELETE_BUFFER_ITEMS;
	free(d->item[d->newest]);
	d->item[d->newest] = copy;
	if (d->n < DELETE_BUFFER_ITEMS)
		d->n++;
}

static unsigned char
delete_range(struct editor *e, size_t from, size_t to)
{
	size_t n, cursor;
	const wchar_t *text = editor_text(e, &n, &cursor);

	if (from < to) {
		if (e->using != EDITOR_QUESTION)
			delete_keep(&e->deleted, text + from, to - from);
		editor_replace(e, from, to, NULL);
	}
	return CC_NORM;
}

unsigned char
delete_on_to_end(EditLine *el, int key)
{
	struct editor *e = editor_of(el);
	size_t n, cursor;

	(void)key;
	editor_text(e, &n, &cursor);
	return delete_range(e, cursor, n);
}

unsigned char
delete_on_line(EditLine *el, int key)
{
	struct editor *e = editor_of(el);
	size_t n, cursor;

	(void)key;
	editor_text(e, &n, &cursor);
	return delete_range(e, 0, n);
}

unsigned char
delete_on_word_left(EditLine *el, int key)
{
	struct editor *e = editor_of(el);
	size_t n, cursor, from;
	const wchar_t *text = editor_text(e, &n, &cursor);

	(void)key;
	from = cursor;
	while (from > 0 && !in_word(text[from - 1]))
		from--;
	while (from > 0 && in_word(text[from - 1]))
		from--;
	return delete_range(e, from, cursor);
}

unsigned char
delete_on_word_right(EditLine *el, int key)
{
	struct editor *e = editor_of(el);
	size_t n, cursor, to;
	const wchar_t *text = editor_text(e, &n, &cursor);

	(void)key;
	to = cursor;
	while (to < n && !in_word(text[to]))
		to++;
	while (to < n && in_word(text[to]))
		to++;
	return delete_range(e, cursor, to);
}

/* Puts the item in the place of the `old` characters left of the cursor. */
static void
yank(struct editor *e, size_t item, size_t old)
{
	struct delete_buffer *d = &e->deleted;
	size_t n, cursor, len = wcslen(d->item[item]);

	editor_text(e, &n, &cursor);
	if (n - old + len > EDITOR_LINE_MAX)
		return;
	editor_replace(e, cursor - old, cursor, d->item[item]);
	d->shown = item;
	d->shown_len = len;
	d->yanks = true;
}

unsigned char
delete_on_yank(EditLine *el, int key)
{
	struct editor *e = editor_of(el);

	(void)key;
	if (e->deleted.n > 0)
		yank(e, e->deleted.newest, 0);
	return CC_NORM;
}

unsigned char
delete_on_yank_next(EditLine *el, int key)
{
	struct editor *e = editor_of(el);
	struct delete_buffer *d = &e->deleted;

	(void)key;
	if (d->yanked)
		yank(e, (d->shown + d->n - 1) % d->n, d->shown_len);
	return CC_NORM;
}

void
delete_buffer_fini(struct delete_buffer *d)
{
	for (size_t i = 0; i < DELETE_BUFFER_ITEMS; i++)
		free(d->item[i]);
}
