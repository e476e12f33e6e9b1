/*
 * sieve.h - what is left of an output behind `/`, `+` or `-` at the pager: line by line.
 */
#ifndef CONSOLE_SIEVE_H
#define CONSOLE_SIEVE_H

#include <regex.h>
#include <stdbool.h>
#include <stddef.h>

struct sieve {			/* zero-initialise: lets everything through */
	char mode;		/* '/', '+', '-'; '\0': lets everything through */
	regex_t pattern;
	bool begun;		/* '/': the line was found */
	char *line;		/* the part of a line that has come */
	size_t n, room;
};

/* Lets through from now on what the pattern asks for; false when it is none, and nothing changes. */
bool sieve_set(struct sieve *s, char mode, const char *pattern);
/* Everything comes through again; releases what it holds. Fine on one that was never set. */
void sieve_clear(struct sieve *s);
/*
 * Takes text and gives take() the lines that come through, each with its end; the rest of an
 * unfinished line is kept for the next call.  take() may set or clear the sieve.  True goes on, and so
 * does this; false when it wants no more.
 */
bool sieve_pass(struct sieve *s, const char *text, size_t n,
	bool (*take)(void *arg, const char *text, size_t n), void *arg);
/* The output has ended: a last line without an end is judged as it is. */
bool sieve_end(struct sieve *s, bool (*take)(void *arg, const char *text, size_t n), void *arg);

#endif
