/*
 * paint.h - the line being typed, as it stands on the screen behind its prompt.
 */
#ifndef CONSOLE_PAINT_H
#define CONSOLE_PAINT_H

#include <stdbool.h>
#include <stddef.h>
#include <wchar.h>

#include "cli/console/out.h"

enum {
	PAINT_MAX = 8192,	/* cells of a line: each character at most two (^X) */
	PAINT_ENDLESS = 511,	/* this width and more never scrolls: what robots ask for to get that */
};

struct paint {
	struct out *out;
	size_t start;		/* columns of the prompt */
	unsigned room;		/* columns for the line; 0 = endless */
	size_t scroll;		/* cells shifted out to the left */
	size_t at;		/* where the cursor is in `shown` */
	size_t n;
	wchar_t shown[PAINT_MAX];
};

/* Columns a text takes on the screen. */
size_t paint_columns(const wchar_t *s, size_t n);
/* A prompt of `start` columns was just printed on a screen of `width`; nothing stands behind it. */
void paint_start(struct paint *p, struct out *out, size_t start, unsigned width);
/*
 * The screen is now this wide. False when what it shows was not made for that: it is to be drawn again.
 */
bool paint_resize(struct paint *p, unsigned width);
/* Makes the screen show text with the cursor before text[cursor], with the fewest bytes. */
void paint_line(struct paint *p, const wchar_t *text, size_t n, size_t cursor);

#endif
