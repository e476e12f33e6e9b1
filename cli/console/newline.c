/*
 * newline.c - folds the many spellings of Enter into one.
 *
 * Clients disagree: ansible and RANCID send CR, netmiko over ssh LF, netmiko over telnet CR LF,
 * telnet(1) CR NUL.  A CR LF counted twice would answer the question that comes after the line.  The
 * only state is whether a CR was just seen, so nothing ever waits for a byte that may not come.
 */
#include "cli/console/newline.h"

size_t
newline_fold(struct newline *n, char *buf, size_t len)
{
	size_t out = 0;

	for (size_t i = 0; i < len; i++) {
		char c = buf[i];
		bool tail = n->after_cr && (c == '\n' || c == '\0');

		n->after_cr = c == '\r';
		if (tail || c == '\0')
			continue;
		buf[out++] = c == '\n' ? '\r' : c;
	}
	return out;
}
