/*
 * newline.h - Enter, however it was sent: CR, LF, CR LF and CR NUL each count once.
 */
#ifndef CONSOLE_NEWLINE_H
#define CONSOLE_NEWLINE_H

#include <stdbool.h>
#include <stddef.h>

struct newline {	/* zero-initialise; one per stream */
	bool after_cr;
};

/*
 * Rewrites buf[0..len) so that every Enter is one CR and no NUL is left; returns the new length,
 * which is never more. A CR LF may be torn apart between two calls.
 */
size_t newline_fold(struct newline *n, char *buf, size_t len);
/* What the last CR asked for has been shown: an LF that comes now is another Enter. */
void newline_answered(struct newline *n);

#endif
