/*
 * terminal.c - how long and wide a session's terminal is, and whether it wants the log.
 *
 * What `terminal length|width` said wins, then the line's configuration, then the window, then 24
 * x 80. Sessions without a terminal never page and never wrap.  A window comes from the network and
 * is bounded like what can be configured.
 */
#include "cli/session/internal.h"

enum {
	DEFAULT_LENGTH = 24,
	DEFAULT_WIDTH = 80,
	/* A row of text and the pager's; its ` --More-- ` with the cursor behind. */
	WINDOW_ROWS_LEAST = 2,
	WINDOW_COLUMNS_LEAST = 11,
	WINDOW_MOST = 512, /* the most that `terminal length` and `terminal width` take */
};

static bool
on_terminal(const struct session *s)
{
	return s->kind == SESSION_CONSOLE || s->kind == SESSION_VTY;
}

static int
effective(int set, int configured, int window, int otherwise)
{
	if (set >= 0)
		return set;
	if (configured >= 0)
		return configured;
	return window > 0 ? window : otherwise;
}

void
session_set_length(struct session *s, int lines)
{
	s->length = lines;
}

void
session_set_width(struct session *s, int columns)
{
	s->width = columns;
}

/* What a client says of its window, brought to what a terminal can be; 0 = it does not know. */
static int
window_side(int said, int least)
{
	if (said <= 0)
		return 0;
	if (said < least)
		return least;
	return said < WINDOW_MOST ? said : WINDOW_MOST;
}

void
session_set_window(struct session *s, int rows, int columns)
{
	s->rows = window_side(rows, WINDOW_ROWS_LEAST);
	s->columns = window_side(columns, WINDOW_COLUMNS_LEAST);
}

int
session_length(const struct session *s)
{
	if (!on_terminal(s))
		return 0;
	return effective(s->length, s->line->length, s->rows, DEFAULT_LENGTH);
}

int
session_width(const struct session *s)
{
	if (!on_terminal(s))
		return 0;
	return effective(s->width, s->line->width, s->columns, DEFAULT_WIDTH);
}

bool
session_monitor(const struct session *s)
{
	return s->monitor;
}

void
session_set_monitor(struct session *s, bool on)
{
	s->monitor = on;
}
