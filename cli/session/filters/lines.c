/*
 * lines.c - `begin`, `count`, `exclude`, `include`, `section`: stages that choose lines.
 *
 * Patterns are IOS's regular expressions (words/pattern.h), case-sensitive.
 */
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/session/filters/filters.h"
#include "words/pattern.h"

enum { SECTION_DEPTH = 8 };

struct chooser {
	struct stage stage;
	regex_t pattern;
	bool begun; /* begin: the first match has come */
	unsigned long count;
	/* section */
	bool wanted;   /* false: `section exclude` */
	bool open;     /* inside a section that matched */
	size_t indent; /* of the line that opened it */
	size_t depth;
	struct {
		char *line; /* not printed yet; NULL when it was */
		size_t indent;
	} above[SECTION_DEPTH]; /* the lines this one is under, outermost first */
};

enum { REFERENCES_PRIVILEGE = 15 };

static bool
chooser_init(struct stage *st, const char *text)
{
	struct chooser *c = (struct chooser *)st;
	bool ok;

	/* The router stands still while it matches: who may not reload it may not do that either. */
	if (session_privilege(st->session) < REFERENCES_PRIVILEGE && pattern_has_references(text)) {
		dispatch_put_line(st->session, "% Back references need privilege level 15");
		return false;
	}
	ok = pattern_compile(&c->pattern, text) == 0;
	if (!ok)
		dispatch_put_line(st->session, "% Failed to compile regular expression");
	return ok;
}

static bool
matches(const struct chooser *c, const char *line)
{
	return regexec(&c->pattern, line, 0, NULL, 0) == 0;
}

static void
nothing_more(struct stage *st)
{
	(void)st;
}

static void
forget_above(struct chooser *c, size_t depth)
{
	while (c->depth > depth)
		free(c->above[--c->depth].line);
}

static void
chooser_fini(struct stage *st)
{
	struct chooser *c = (struct chooser *)st;

	forget_above(c, 0);
	regfree(&c->pattern);
}

/* ---- include, exclude, begin, count ---- */

static void
include(struct stage *st, const char *line)
{
	if (matches((struct chooser *)st, line))
		stage_pass(st, line);
}

static void
exclude(struct stage *st, const char *line)
{
	if (!matches((struct chooser *)st, line))
		stage_pass(st, line);
}

static void
begin(struct stage *st, const char *line)
{
	struct chooser *c = (struct chooser *)st;

	c->begun = c->begun || matches(c, line);
	if (c->begun)
		stage_pass(st, line);
}

static void
count(struct stage *st, const char *line)
{
	struct chooser *c = (struct chooser *)st;

	c->count += matches(c, line);
}

static void
count_end(struct stage *st)
{
	char text[64];

	snprintf(text, sizeof(text), "Number of lines which match regexp = %lu",
		((struct chooser *)st)->count);
	stage_pass(st, text);
}

/* ---- section ---- */

/* `section [include|exclude] EXPRESSION` */
static bool
section_init(struct stage *st, const char *text)
{
	static const char *const how[] = { "include ", "exclude " };
	struct chooser *c = (struct chooser *)st;

	c->wanted = true;
	for (size_t i = 0; i < 2; i++) {
		if (strncmp(text, how[i], strlen(how[i])) != 0)
			continue;
		c->wanted = i == 0;
		text += strlen(how[i]);
		break;
	}
	return chooser_init(st, text);
}

/* Puts the lines that a matching child stands under, once. */
static void
put_above(struct chooser *c)
{
	for (size_t i = 0; i < c->depth; i++) {
		if (c->above[i].line == NULL)
			continue;
		stage_pass(&c->stage, c->above[i].line);
		free(c->above[i].line);
		c->above[i].line = NULL;
	}
}

/* Remembers a line as one that others may stand under; shown: it is on the screen already. */
static void
push_above(struct chooser *c, const char *line, size_t indent, bool shown)
{
	if (c->depth == SECTION_DEPTH)
		return;
	c->above[c->depth].line = shown ? NULL : strdup(line);
	c->above[c->depth].indent = indent;
	c->depth++;
}

static void
section(struct stage *st, const char *line)
{
	struct chooser *c = (struct chooser *)st;
	size_t indent = strspn(line, " "), depth = c->depth;
	bool inside;

	while (depth > 0 && c->above[depth - 1].indent >= indent)
		depth--;
	forget_above(c, depth);
	inside = c->open && indent > c->indent;
	if (!inside) {
		c->open = inside = matches(c, line);
		c->indent = indent;
		if (inside && c->wanted)
			put_above(c);
	}
	if (c->wanted)
		push_above(c, line, indent, inside);
	if (inside == c->wanted)
		stage_pass(st, line);
}

const struct stage_kind stage_include = { "include", chooser_init, include, nothing_more,
	chooser_fini, sizeof(struct chooser) };
const struct stage_kind stage_exclude = { "exclude", chooser_init, exclude, nothing_more,
	chooser_fini, sizeof(struct chooser) };
const struct stage_kind stage_begin = { "begin", chooser_init, begin, nothing_more, chooser_fini,
	sizeof(struct chooser) };
const struct stage_kind stage_count = { "count", chooser_init, count, count_end, chooser_fini,
	sizeof(struct chooser) };
const struct stage_kind stage_section = { "section", section_init, section, nothing_more,
	chooser_fini, sizeof(struct chooser) };
