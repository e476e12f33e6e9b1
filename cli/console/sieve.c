/*
 * sieve.c - lines of an output that a regular expression chooses while it is being shown.
 *
 * At ` --More-- ` IOS takes a filter for the output still to come: `/` looks for the first line that
 * matches and goes on from there, `+` shows matching lines, `-` the others (Cisco IOS Configuration
 * Fundamentals, "Searching and filtering CLI output").  The output comes in pieces that end anywhere,
 * so a line is judged when its end has come.  Without memory for a line it comes through unjudged.
 */
#include "cli/console/sieve.h"

#include <stdlib.h>
#include <string.h>

#include "words/pattern.h"

bool
sieve_set(struct sieve *s, char mode, const char *pattern)
{
	regex_t compiled;

	if (pattern_compile(&compiled, pattern) != 0)
		return false;
	if (s->mode != '\0')
		regfree(&s->pattern);
	s->pattern = compiled;
	s->mode = mode;
	s->begun = false;
	return true;
}

void
sieve_clear(struct sieve *s)
{
	if (s->mode != '\0')
		regfree(&s->pattern);
	free(s->line);
	*s = (struct sieve){ 0 };
}

/* Appends to the line that is coming; false without memory. */
static bool
sieve_gather(struct sieve *s, const char *text, size_t n)
{
	if (s->n + n + 1 > s->room) {
		size_t room = 2 * (s->n + n + 1);
		char *more = realloc(s->line, room);

		if (more == NULL)
			return false;
		s->line = more;
		s->room = room;
	}
	memcpy(s->line + s->n, text, n);
	s->n += n;
	s->line[s->n] = '\0';
	return true;
}

static bool
sieve_lets_through(struct sieve *s)
{
	bool matches;

	if (s->mode == '\0' || s->begun)
		return true;
	matches = regexec(&s->pattern, s->line, 0, NULL, 0) == 0;
	if (s->mode == '/')
		s->begun = matches;
	return matches == (s->mode != '-');
}

/* The gathered line is whole; end: it had an end. */
static bool
sieve_judge(
	struct sieve *s, bool end, bool (*take)(void *arg, const char *text, size_t n), void *arg)
{
	char *line = s->line;
	size_t n = s->n;
	bool through = sieve_lets_through(s), goes_on = true;

	/* take() may clear the sieve: the line is ours meanwhile. */
	s->line = NULL;
	s->n = s->room = 0;
	if (through) {
		if (end)
			line[n++] = '\n'; /* in the place of the NUL */
		goes_on = take(arg, line, n);
	}
	free(line);
	return goes_on;
}

bool
sieve_pass(struct sieve *s, const char *text, size_t n,
	bool (*take)(void *arg, const char *text, size_t n), void *arg)
{
	while (n > 0) {
		const char *nl = memchr(text, '\n', n);
		size_t part = nl != NULL ? (size_t)(nl - text) : n, used = part + (nl != NULL);
		bool goes_on = true;

		if (s->mode == '\0' && s->n == 0)
			return take(arg, text, n);
		if (!sieve_gather(s, text, part))
			goes_on = take(arg, text, used);
		else if (nl != NULL)
			goes_on = sieve_judge(s, true, take, arg);
		if (!goes_on)
			return false;
		text += used;
		n -= used;
	}
	return true;
}

bool
sieve_end(struct sieve *s, bool (*take)(void *arg, const char *text, size_t n), void *arg)
{
	return s->n == 0 || sieve_judge(s, false, take, arg);
}
