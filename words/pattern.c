/*
 * pattern.c - IOS's regular expressions, rewritten as POSIX extended ones.
 *
 * They differ in two characters.  Braces are themselves, for IOS has no interval.  And `_` is a
 * delimiter: a comma, brace, parenthesis or blank, or an end of the line.  It matches itself too,
 * because people look for names they gave, and `| include MY_LIST` finds MY_LIST on a router.  In
 * POSIX a delimiter takes parentheses, so the references \1 to \9 behind one are renumbered.
 *
 * No state; any thread.
 */
#include "words/pattern.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATTERN_REFERENCES = 9 };

static const char delimiter[] = "(_|^|$|[,{}() ])";

struct rewriting {
	const char *in;
	char *out;
	unsigned groups, ours; /* opened so far in the pattern, and in what it becomes */
	unsigned place[PATTERN_REFERENCES + 1]; /* 0: there is no such group */
	bool wrong;
};

/* A [...] as it stands: nothing in it means anything else. */
static void
put_bracket(struct rewriting *r)
{
	const char *first = r->in[1] == '^' ? r->in + 2 : r->in + 1, *end;

	end = *first != '\0' ? strchr(first + 1, ']') : NULL; /* a ] that comes first is a member */
	if (end == NULL)
		end = first + strlen(first) - 1; /* it will not compile */
	memcpy(r->out, r->in, (size_t)(end + 1 - r->in));
	r->out += end + 1 - r->in;
	r->in = end + 1;
}

static void
put_escape(struct rewriting *r)
{
	char c = r->in[1];
	bool reference = isdigit((unsigned char)c) && c != '0';

	*r->out++ = '\\';
	r->in++;
	if (c == '\0')
		return;
	r->in++;
	if (reference && (r->place[c - '0'] == 0 || r->place[c - '0'] > PATTERN_REFERENCES))
		r->wrong = true;
	else
		*r->out++ = reference ? (char)('0' + r->place[c - '0']) : c;
}

static void
put_one(struct rewriting *r)
{
	switch (*r->in) {
	case '[':
		put_bracket(r);
		return;
	case '\\':
		put_escape(r);
		return;
	case '_':
		memcpy(r->out, delimiter, sizeof(delimiter) - 1);
		r->out += sizeof(delimiter) - 1;
		r->ours++;
		r->in++;
		return;
	case '{':
	case '}':
		*r->out++ = '\\';
		break;
	case '(':
		r->ours++;
		if (++r->groups <= PATTERN_REFERENCES)
			r->place[r->groups] = r->ours;
		break;
	}
	*r->out++ = *r->in++;
}

int
pattern_compile(regex_t *out, const char *pattern)
{
	struct rewriting r = { .in = pattern };
	char *posix = malloc(strlen(pattern) * sizeof(delimiter) + 1);
	int err = -1;

	if (posix == NULL)
		return -1;
	r.out = posix;
	while (*r.in != '\0')
		put_one(&r);
	*r.out = '\0';
	if (!r.wrong)
		err = regcomp(out, posix, REG_EXTENDED | REG_NOSUB);
	free(posix);
	return err == 0 ? 0 : -1;
}

bool
pattern_has_references(const char *pattern)
{
	/* What looks like one in [] counts as well; none is missed, for ] is no backslash. */
	for (const char *p = strchr(pattern, '\\'); p != NULL && p[1] != '\0';
		p = strchr(p + 2, '\\'))
		if (p[1] >= '1' && p[1] <= '9')
			return true;
	return false;
}
