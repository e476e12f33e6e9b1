/*
 * pager.c - counts screen rows.
 *
 * A line takes as many rows as it has widths, so a page never scrolls off, however long its lines are
 * (IOS: terminal length counts what the terminal shows).  The page is full when length - 1 rows are;
 * that is noticed only when another character comes, so a text that ends there is not asked about.
 */
#include "cli/console/pager.h"

#include <stdbool.h>

void
pager_page(struct pager *p)
{
	p->rows = 0;
	p->column = 0;
}

static unsigned
pager_rows(const struct pager *p)
{
	return p->length > 1 ? p->length - 1 : 1;
}

void
pager_row(struct pager *p)
{
	p->rows = pager_rows(p) - 1;
	p->column = 0;
}

/* Columns a byte of text takes at `column`: tabs to the next multiple of 8, UTF-8 by its first byte. */
static unsigned
pager_columns(char c, unsigned column)
{
	if (c == '\t')
		return 8 - column % 8;
	return (unsigned char)c >= 0x20 && ((unsigned char)c & 0xc0) != 0x80;
}

size_t
pager_fit(struct pager *p, const char *text, size_t n)
{
	size_t i;

	if (p->length == 0)
		return n;
	for (i = 0; i < n; i++) {
		unsigned w = pager_columns(text[i], p->column);
		bool wraps = p->width > 0 && p->column > 0 && p->column + w > p->width;
		bool opens_row = wraps || (p->column == 0 && (w > 0 || text[i] == '\n'));

		if (opens_row && p->rows + wraps >= pager_rows(p))
			break;
		if (wraps) {
			p->rows++;
			p->column = 0;
		}
		p->column += w;
		if (text[i] == '\n') {
			p->rows++;
			p->column = 0;
		}
	}
	return i;
}
