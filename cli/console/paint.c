/*
 * paint.c - the echo: from what stands on the screen to what should, in plain characters and
 * backspaces.
 *
 * Robots wait for their own bytes to come back (netmiko, scrapli), so a character typed at the end of
 * a line is printed and nothing else; any other change moves back with backspaces, prints what
 * differs, and blanks what is left over, as IOS does it.  There are no escape sequences, so every
 * terminal and every client shows the same.
 *
 * A line longer than the screen does not wrap: it shifts ten characters to the left and shows a `$`
 * where something is hidden (Cisco IOS Configuration Fundamentals, "Scrolling down a line").
 */
#include "cli/console/paint.h"

#include <stdbool.h>
#include <string.h>

enum { PAINT_SHIFT = 10, PAINT_ROOM_LEAST = 2 * PAINT_SHIFT };

/* The cells of a line: control characters, which ^V can quote, show as ^X. */
struct cells {
	size_t n, cursor;
	wchar_t cell[PAINT_MAX];
};

static size_t
cell_columns(wchar_t c)
{
	int w = wcwidth(c);

	return w > 0 ? (size_t)w : 0;
}

static size_t
cells_columns(const wchar_t *cell, size_t n)
{
	size_t columns = 0;

	for (size_t i = 0; i < n; i++)
		columns += cell_columns(cell[i]);
	return columns;
}

static void
cells_set(struct cells *c, const wchar_t *text, size_t n, size_t cursor)
{
	c->n = c->cursor = 0;
	for (size_t i = 0; i < n && c->n + 2 <= PAINT_MAX; i++) {
		if (i == cursor)
			c->cursor = c->n;
		if (text[i] < 0x20 || text[i] == 0x7f) {
			c->cell[c->n++] = L'^';
			c->cell[c->n++] = text[i] ^ 0x40;
		} else {
			c->cell[c->n++] = text[i];
		}
	}
	if (cursor >= n)
		c->cursor = c->n;
}

size_t
paint_columns(const wchar_t *s, size_t n)
{
	size_t columns = 0;

	for (size_t i = 0; i < n; i++)
		columns += s[i] < 0x20 || s[i] == 0x7f ? 2 : cell_columns(s[i]);
	return columns;
}

static void
paint_set_room(struct paint *p, unsigned width)
{
	p->room = 0;
	if (width == 0 || width >= PAINT_ENDLESS)
		return;
	/* The last column stays free: terminals disagree about a cursor behind it. */
	p->room = p->start + 1 + PAINT_ROOM_LEAST < width ? width - (unsigned)p->start - 1
							  : PAINT_ROOM_LEAST;
}

void
paint_start(struct paint *p, struct out *out, size_t start, unsigned width)
{
	p->out = out;
	p->start = start;
	p->n = p->at = p->scroll = 0;
	paint_set_room(p, width);
}

bool
paint_resize(struct paint *p, unsigned width)
{
	unsigned before = p->room;

	paint_set_room(p, width);
	if (p->room == before)
		return true;
	return p->scroll == 0 && (p->room == 0 || cells_columns(p->shown, p->n) <= p->room) &&
	       (before == 0 || cells_columns(p->shown, p->n) < before);
}

/* Moves the window so that the cursor is in it, in IOS's steps. */
static void
paint_scroll(struct paint *p, const struct cells *c)
{
	if (p->room == 0) {
		p->scroll = 0;
		return;
	}
	if (p->scroll > 0 && c->cursor <= p->scroll)
		p->scroll = c->cursor > PAINT_SHIFT ? c->cursor - PAINT_SHIFT : 0;
	while (cells_columns(c->cell + p->scroll, c->cursor - p->scroll) + (p->scroll > 0) >
		p->room)
		p->scroll += PAINT_SHIFT;
}

/* Cuts the cells down to what the window shows. */
static void
cells_clip(struct cells *c, const struct paint *p)
{
	size_t columns = 0, keep = 0;

	if (p->room == 0)
		return;
	if (p->scroll > 0) {
		size_t hidden = p->scroll - 1; /* the $ takes a cell of its own */

		memmove(c->cell, c->cell + hidden, (c->n - hidden) * sizeof(c->cell[0]));
		c->n -= hidden;
		c->cursor -= hidden;
		c->cell[0] = L'$';
	}
	while (keep < c->n && columns + cell_columns(c->cell[keep]) <= p->room)
		columns += cell_columns(c->cell[keep++]);
	if (keep < c->n && keep > c->cursor)
		c->cell[keep - 1] = L'$';
	c->n = keep;
}

static void
paint_move(struct paint *p, size_t to)
{
	if (to < p->at)
		out_repeat(p->out, '\b', cells_columns(p->shown + to, p->at - to));
	else
		out_wide(p->out, p->shown + p->at, to - p->at);
	p->at = to;
}

void
paint_line(struct paint *p, const wchar_t *text, size_t n, size_t cursor)
{
	struct cells c;
	size_t same = 0, before, after;

	cells_set(&c, text, n, cursor);
	paint_scroll(p, &c);
	cells_clip(&c, p);
	while (same < c.n && same < p->n && c.cell[same] == p->shown[same])
		same++;
	if (same < c.n || same < p->n) {
		paint_move(p, same);
		before = cells_columns(p->shown + same, p->n - same);
		after = cells_columns(c.cell + same, c.n - same);
		memcpy(p->shown + same, c.cell + same, (c.n - same) * sizeof(c.cell[0]));
		p->n = c.n;
		paint_move(p, c.n);
		if (before > after) {
			out_repeat(p->out, ' ', before - after);
			out_repeat(p->out, '\b', before - after);
		}
	}
	paint_move(p, c.cursor);
}
