/*
 * pager.h - how much of a text fits on the screen before ` --More-- `. Arithmetic only.
 */
#ifndef CONSOLE_PAGER_H
#define CONSOLE_PAGER_H

#include <stddef.h>

struct pager {
	unsigned length;	/* lines of a screen; 0 = never stop */
	unsigned width;		/* columns; 0 = endless */
	unsigned rows;		/* rows filled since the page began */
	unsigned column;	/* columns filled of the row being written */
};

/* A new page: after Enter, a question, or Space. */
void pager_page(struct pager *p);
/* Enter at the marker: one more row. */
void pager_row(struct pager *p);
/*
 * How many bytes of text may be written now; counts them. Less than n means that the page is full and
 * there is more: the last line of the screen is kept for the marker. A character (UTF-8) is never cut.
 */
size_t pager_fit(struct pager *p, const char *text, size_t n);

#endif
