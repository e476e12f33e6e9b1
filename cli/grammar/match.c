/*
 * match.c - one typed line to one row: sub-mode first, then global config; filters; the furthest
 * error.
 *
 * A line refused in a sub-mode may be a global command (IOS leaves the sub-mode for it).  When both
 * refuse it, the person hears the refusal that understood more of the line.  IOS needs no blanks
 * around the `|` of a filter, so a line that is refused as it stands is tried once more with its
 * first `|` cut free; a `|` inside a name or a password never gets there.
 */
#include "cli/grammar/internal.h"

#include <stdlib.h>
#include <string.h>

/* Walks the words in one mode. Fills *m. */
static enum grammar_result
match_in(const struct grammar *g, struct session *s, enum shell_mode mode, int privilege,
	const char *line, const struct word *word, size_t n, struct grammar_match *m)
{
	enum walk_result result = WALK_REFUSED;
	struct walk w;

	memset(m, 0, sizeof(*m));
	if (!walk_init(&w, g, s, mode, privilege, &m->err)) {
		parse_fail_message(&m->err, "%% Low on memory");
		goto done;
	}
	walk_words(&w, line, word, n);
	do
		result = walk_step(&w);
	while (result == WALK_STEPPED);
	if (result == WALK_DONE) {
		const struct row *row = w.trail[w.accepted].row;

		m->row = row->command;
		m->index = row->index;
		m->mode = mode;
		m->is_do = mode != MODE_USER_EXEC && row->command->mode == MODE_USER_EXEC;
		m->args = args_create(&w, &m->filter, &m->pattern);
		if (m->args == NULL) {
			parse_fail_message(&m->err, "%% Low on memory");
			result = WALK_REFUSED;
		}
	}
done:
	walk_fini(&w);
	return result == WALK_DONE ? GRAMMAR_MATCHED : GRAMMAR_REFUSED;
}

static enum grammar_result
match_modes(const struct grammar *g, struct session *s, enum shell_mode mode, int privilege,
	const char *line, const struct word *word, size_t n, struct grammar_match *m)
{
	enum shell_mode above = shell_mode_info[mode].parent;
	struct parse_error sub;

	if (match_in(g, s, mode, privilege, line, word, n, m) == GRAMMAR_MATCHED)
		return GRAMMAR_MATCHED;
	if (!shell_mode_info[mode].sub ||
		(m->err.fault != PARSE_INVALID && m->err.fault != PARSE_INCOMPLETE))
		return GRAMMAR_REFUSED;
	sub = m->err;
	if (above == 0)
		above = MODE_GLOBAL_CONFIG;
	if (match_modes(g, s, above, privilege, line, word, n, m) == GRAMMAR_MATCHED)
		return GRAMMAR_MATCHED;
	if (m->err.at <= sub.at)
		m->err = sub;
	return GRAMMAR_REFUSED;
}

/* Cuts the first word that holds a `|` among others into up to three. Returns the new count. */
static size_t
cut_pipe(struct word *word, size_t n)
{
	struct word piece[3], *w = NULL;
	const char *pipe = NULL;
	size_t i, pieces = 0, before, after;

	for (i = 0; i < n && w == NULL; i++) {
		pipe = memchr(word[i].text, '|', word[i].len);
		if (pipe != NULL)
			w = &word[i];
	}
	if (w == NULL || w->len == 1 || n + 2 > WORDS_MAX)
		return n;
	before = (size_t)(pipe - w->text);
	after = w->len - before - 1;
	if (before > 0)
		piece[pieces++] = (struct word){ w->text, before, w->at };
	piece[pieces++] = (struct word){ pipe, 1, w->at + before };
	if (after > 0)
		piece[pieces++] = (struct word){ pipe + 1, after, w->at + before + 1 };
	memmove(w + pieces, w + 1, (n - i) * sizeof(*w));
	memcpy(w, piece, pieces * sizeof(*w));
	return n + pieces - 1;
}

enum grammar_result
grammar_match(const struct grammar *g, struct session *s, enum shell_mode mode, int privilege,
	const char *line, struct grammar_match *m)
{
	struct word word[WORDS_MAX];
	size_t n = words_split(line, word, WORDS_MAX), cut;
	struct parse_error whole;

	if (match_modes(g, s, mode, privilege, line, word, n, m) == GRAMMAR_MATCHED)
		return GRAMMAR_MATCHED;
	if (m->err.fault != PARSE_INVALID)
		return GRAMMAR_REFUSED;
	cut = cut_pipe(word, n);
	if (cut == n)
		return GRAMMAR_REFUSED;
	whole = m->err;
	if (match_modes(g, s, mode, privilege, line, word, cut, m) == GRAMMAR_MATCHED)
		return GRAMMAR_MATCHED;
	if (m->err.at <= whole.at)
		m->err = whole;
	return GRAMMAR_REFUSED;
}

void
grammar_match_fini(struct grammar_match *m)
{
	free(m->args);
	m->args = NULL;
}
