/*
 * filters.c - `| include`, `exclude`, `begin`, `section`, `count`: what a show command lets
 * through.
 *
 * Each is a libcli filter: init() compiles the matched line's pattern before the command runs (so a
 * bad pattern stops it), the filter then sees every line and, last, NULL.  Patterns are POSIX
 * extended regular expressions, case-sensitive, as close to IOS's own as matters.  One filter takes
 * the rest of the line, `|` included: classic IOS.
 *
 * A filter lives as long as the command; its state is freed at the NULL.
 */
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libcli.h>

#include "cli/session/internal.h"

enum { SECTION_DEPTH = 8, ANY_MODE = -1 };

struct filter {
	struct session *session;
	regex_t pattern;
	bool begun; /* begin: the first match has come */
	unsigned long count;
	/* section */
	bool open;     /* inside a section that matched */
	size_t indent; /* of the line that opened it */
	size_t depth;
	struct {
		char *line; /* not printed yet; NULL when it was */
		size_t indent;
	} above[SECTION_DEPTH]; /* the lines this one is under, outermost first */
};

/* Copies the pattern with its braces made literal; out holds twice its length. */
static void
plain_braces(const char *pattern, char *out)
{
	const char *bracket = NULL; /* the first member of an open [...] */

	for (const char *p = pattern; *p != '\0'; p++) {
		if (bracket == NULL && *p == '\\' && p[1] != '\0') {
			*out++ = *p++;
		} else if (bracket == NULL && *p == '[') {
			bracket = p[1] == '^' ? p + 2 : p + 1;
		} else if (bracket != NULL && *p == ']' && p > bracket) {
			bracket = NULL;
		} else if (bracket == NULL && (*p == '{' || *p == '}')) {
			*out++ = '\\';
		}
		*out++ = *p;
	}
	*out = '\0';
}

static int
init(struct cli_def *cli, struct cli_filter *filt,
	int (*filter)(struct cli_def *cli, const char *line, void *data))
{
	struct session *s = cli_get_context(cli);
	struct filter *f = calloc(1, sizeof(*f));
	char pattern[2 * WORDS_MAX_LINE];

	if (f == NULL)
		return CLI_ERROR;
	f->session = s;
	plain_braces(s->match->pattern, pattern);
	if (regcomp(&f->pattern, pattern, REG_EXTENDED | REG_NOSUB) != 0) {
		free(f);
		dispatch_put_line(s, "% Failed to compile regular expression");
		return CLI_ERROR;
	}
	filt->data = f;
	filt->filter = filter; /* from now on libcli calls it with NULL in the end */
	return CLI_OK;
}

static bool
matches(const struct filter *f, const char *line)
{
	return regexec(&f->pattern, line, 0, NULL, 0) == 0;
}

static void
forget_above(struct filter *f, size_t depth)
{
	while (f->depth > depth)
		free(f->above[--f->depth].line);
}

static int
filter_free(struct filter *f)
{
	forget_above(f, 0);
	regfree(&f->pattern);
	free(f);
	return CLI_OK;
}

static int
show_if(bool show)
{
	return show ? CLI_OK : CLI_ERROR;
}

static int
include(struct cli_def *cli, const char *line, void *data)
{
	(void)cli;
	return line == NULL ? filter_free(data) : show_if(matches(data, line));
}

static int
exclude(struct cli_def *cli, const char *line, void *data)
{
	(void)cli;
	return line == NULL ? filter_free(data) : show_if(!matches(data, line));
}

static int
begin(struct cli_def *cli, const char *line, void *data)
{
	struct filter *f = data;

	(void)cli;
	if (line == NULL)
		return filter_free(f);
	f->begun = f->begun || matches(f, line);
	return show_if(f->begun);
}

static int
count(struct cli_def *cli, const char *line, void *data)
{
	struct filter *f = data;
	char text[64];

	(void)cli;
	if (line != NULL) {
		f->count += matches(f, line);
		return CLI_ERROR;
	}
	snprintf(text, sizeof(text), "Number of lines which match regexp = %lu", f->count);
	dispatch_put_line(f->session, text);
	return filter_free(f);
}

/* Puts the lines that a matching child stands under, once. */
static void
put_above(struct filter *f)
{
	for (size_t i = 0; i < f->depth; i++) {
		if (f->above[i].line == NULL)
			continue;
		dispatch_put_line(f->session, f->above[i].line);
		free(f->above[i].line);
		f->above[i].line = NULL;
	}
}

/* Remembers a line as one that others may stand under; shown: it is on the screen already. */
static void
push_above(struct filter *f, const char *line, size_t indent, bool shown)
{
	if (f->depth == SECTION_DEPTH)
		return;
	f->above[f->depth].line = shown ? NULL : strdup(line);
	f->above[f->depth].indent = indent;
	f->depth++;
}

static int
section(struct cli_def *cli, const char *line, void *data)
{
	struct filter *f = data;
	size_t indent, depth;
	bool show;

	(void)cli;
	if (line == NULL)
		return filter_free(f);
	indent = strspn(line, " ");
	depth = f->depth;
	while (depth > 0 && f->above[depth - 1].indent >= indent)
		depth--;
	forget_above(f, depth);
	show = f->open && indent > f->indent;
	if (!show) {
		f->open = show = matches(f, line);
		f->indent = indent;
		if (show)
			put_above(f);
	}
	push_above(f, line, indent, show);
	return show_if(show);
}

#define FILTER_INIT(name)                                                                          \
	static int init_##name(struct cli_def *cli, int argc, char **argv, struct cli_filter *f)   \
	{                                                                                          \
		(void)argc;                                                                        \
		(void)argv;                                                                        \
		return init(cli, f, name);                                                         \
	}

FILTER_INIT(include)
FILTER_INIT(exclude)
FILTER_INIT(begin)
FILTER_INIT(count)
FILTER_INIT(section)

bool
filters_register(struct cli_def *cli)
{
	static const struct {
		const char *name;
		int (*init)(struct cli_def *cli, int argc, char **argv, struct cli_filter *f);
		int (*filter)(struct cli_def *cli, const char *line, void *data);
	} filters[] = {
		{ "begin", init_begin, begin },
		{ "count", init_count, count },
		{ "exclude", init_exclude, exclude },
		{ "include", init_include, include },
		{ "section", init_section, section },
	};

	for (size_t i = 0; i < sizeof(filters) / sizeof(filters[0]); i++)
		if (cli_register_filter(cli, filters[i].name, filters[i].init, filters[i].filter, 0,
			    ANY_MODE, NULL) == NULL)
			return false;
	return true;
}
