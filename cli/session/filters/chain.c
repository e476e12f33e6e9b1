/*
 * chain.c - `| include a | exclude b | redirect flash:c`: the filters of a line, one behind the other.
 *
 * To libcli the whole chain is one filter, set up before the command runs (so that a bad pattern or a
 * file that cannot be opened stops it), fed with every line and, last, with NULL.
 *
 * A regular expression runs to the end of the line and may hold `|` itself: `include ^ip|^ipv6`.  What
 * begins another filter is a `|` between blanks, followed by a filter's word (or its beginning) and
 * something behind that.  Newer IOS takes several filters; older IOS takes the rest for the expression.
 */
#include <stdlib.h>
#include <string.h>

#include <libcli.h>

#include "cli/session/filters/filters.h"

enum { ANY_MODE = -1 };

const struct stage_kind *const stage_kinds[] = {
	&stage_append,
	&stage_begin,
	&stage_count,
	&stage_exclude,
	&stage_include,
	&stage_redirect,
	&stage_section,
	&stage_tee,
	NULL,
};

void
stage_pass(struct stage *st, const char *line)
{
	if (st->next != NULL)
		st->next->kind->line(st->next, line);
	else
		dispatch_put_line(st->session, line);
}

static void
chain_destroy(struct stage *first)
{
	struct stage *next;

	for (struct stage *st = first; st != NULL; st = next) {
		next = st->next;
		st->kind->fini(st);
		free(st);
	}
}

/* The stage kind that a word, perhaps abbreviated, names. */
static const struct stage_kind *
find_kind(const char *text, size_t len)
{
	const struct word w = { .text = text, .len = len };

	for (size_t i = 0; stage_kinds[i] != NULL; i++)
		if (len > 0 && word_abbreviates(&w, stage_kinds[i]->name))
			return stage_kinds[i];
	return NULL;
}

/* Does another filter begin at this `|`? Then *text is what stands behind its keyword. */
static const struct stage_kind *
filter_at(const char *begin, const char *pipe, const char **text)
{
	const struct stage_kind *kind;
	const char *word = pipe + 1 + strspn(pipe + 1, " \t");
	size_t len = strcspn(word, " \t");

	if (pipe == begin || pipe[-1] != ' ' || word == pipe + 1)
		return NULL;
	kind = find_kind(word, len);
	word += len;
	word += strspn(word, " \t");
	*text = word;
	return *word != '\0' ? kind : NULL;
}

/* Adds a stage to the chain's end; false when it cannot be, which it has said. */
static bool
add_stage(struct session *s, struct stage **first, const struct stage_kind *kind, const char *text)
{
	struct stage *st = calloc(1, kind->size), **end = first;

	if (st == NULL) {
		dispatch_put_line(s, "% Low on memory");
		return false;
	}
	st->kind = kind;
	st->session = s;
	if (!kind->init(st, text)) {
		free(st);
		return false;
	}
	while (*end != NULL)
		end = &(*end)->next;
	*end = st;
	return true;
}

/* Takes the text of a first filter of this kind apart into stages. */
static bool
build(struct session *s, struct stage **first, const struct stage_kind *kind, char *text)
{
	while (kind != NULL) {
		const struct stage_kind *next = NULL;
		const char *rest = NULL;
		char *pipe = text;

		while (next == NULL && (pipe = strchr(pipe, '|')) != NULL) {
			next = filter_at(text, pipe, &rest);
			if (next == NULL)
				pipe++;
		}
		if (next != NULL)
			pipe[-1] = '\0';
		if (!add_stage(s, first, kind, text))
			return false;
		kind = next;
		text = (char *)rest;
	}
	return true;
}

/* ---- libcli's side ---- */

static int
on_line(struct cli_def *cli, const char *line, void *data)
{
	struct stage *first = data;

	(void)cli;
	if (line != NULL) {
		first->kind->line(first, line);
		return CLI_ERROR; /* whatever is to be seen of it has been put out */
	}
	for (struct stage *st = first; st != NULL; st = st->next)
		st->kind->end(st);
	chain_destroy(first);
	return CLI_OK;
}

static int
on_init(struct cli_def *cli, int argc, char **argv, struct cli_filter *filter)
{
	struct session *s = cli_get_context(cli);
	const struct stage_kind *kind = find_kind(s->match->filter, strlen(s->match->filter));
	char *text = strdup(s->match->pattern);
	struct stage *first = NULL;
	bool built;

	(void)argc;
	(void)argv;
	built = text != NULL && build(s, &first, kind, text);
	free(text);
	if (!built) {
		chain_destroy(first);
		return CLI_ERROR;
	}
	filter->data = first;
	filter->filter = on_line; /* from now on libcli calls it with NULL in the end */
	return CLI_OK;
}

bool
filters_register(struct cli_def *cli)
{
	return cli_register_filter(cli, FILTERS_NAME, on_init, on_line, 0, ANY_MODE, NULL) != NULL;
}
