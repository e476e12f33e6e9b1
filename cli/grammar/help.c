/*
 * help.c - what `?` prints, as IOS lays it out.
 *
 * Behind a blank: the table of what may follow, in ASCII order, <cr> last, and before it the mode's
 * header when nothing has been typed yet.  Behind a letter: the words that begin so, on one line.
 * The terminal draws prompt and line again afterwards; that is not done here.
 */
#include "cli/grammar/internal.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cli/session/session.h"

enum { TOKEN_MAX = 48 };

struct help_line {
	char buf[TOKEN_MAX];
	const char *fixed; /* when it is not in buf */
	const struct choice *choice;
};

size_t
help_split(const char *text, struct word *word, struct word *partial)
{
	size_t n = words_split(text, word, WORDS_MAX), len = strlen(text);

	*partial = (struct word){ text + len, 0, len };
	if (n == 0 || word[n - 1].at + word[n - 1].len < len)
		return n;
	*partial = word[n - 1];
	return n - 1;
}

/* Can a number between lo and hi begin with the word's digits? */
static bool
digits_may_become(const struct word *w, uint32_t lo, uint32_t hi)
{
	uint64_t least, most;
	uint32_t n;

	if (!word_number(w, 0, UINT32_MAX, &n))
		return false;
	least = most = n;
	while (least <= hi) {
		if (most >= lo)
			return true;
		if (most == 0)
			return false;
		least = least * 10;
		most = most * 10 + 9;
	}
	return false;
}

/* May what was typed so far become this choice? */
static bool
fits(const struct choice *c, const struct word *w)
{
	uint64_t wide[2];
	uint32_t addr;
	uint8_t len;
	size_t bad = 0;

	switch (c->type) {
	case CHOICE_KEYWORD:
		return word_abbreviates(w, c->text);
	case CHOICE_NUMBER:
		return digits_may_become(w, c->lo, c->hi);
	case CHOICE_NUMBER_ANY_BASE:
		return isdigit((unsigned char)w->text[0]) != 0;
	case CHOICE_IPV4:
		return word_ipv4(w, &addr, &bad) || bad == w->len;
	case CHOICE_IPV6:
		return word_ipv6(w, wide, &bad) || bad == w->len;
	case CHOICE_IPV6_PREFIX:
		return word_ipv6_prefix(w, wide, &len, &bad) || bad == w->len;
	case CHOICE_MAC:
		return word_mac(w, &wide[0], &bad) || bad == w->len;
	case CHOICE_WORD:
	case CHOICE_LINE:
		return true;
	case CHOICE_CUSTOM:
		if (c->text != NULL && *c->text != '\0' && c->text[strlen(c->text) - 1] == ':')
			return strncasecmp(c->text, w->text,
				       w->len < strlen(c->text) ? w->len : strlen(c->text)) == 0;
		return isdigit((unsigned char)w->text[0]) != 0;
	case CHOICE_END:
		break;
	}
	return false;
}

/* Not a pointer kept in the line: sorting moves the lines, and their buffers with them. */
static const char *
token_of(const struct help_line *l)
{
	return l->buf[0] != '\0' ? l->buf : l->fixed;
}

static int
help_order(const void *va, const void *vb)
{
	const struct help_line *a = va, *b = vb;
	bool a_end = a->choice->type == CHOICE_END, b_end = b->choice->type == CHOICE_END;

	if (a_end != b_end)
		return a_end ? 1 : -1;
	return strcmp(token_of(a), token_of(b));
}

/* The choices that show, and fit `partial`, in order; free() the lines. */
static size_t
help_lines(const struct choice_list *choices, const struct word *partial, struct help_line **lines)
{
	struct help_line *l = calloc(choices->n + 1, sizeof(*l));
	size_t n = 0;

	*lines = l;
	for (size_t i = 0; l != NULL && i < choices->n; i++) {
		const struct choice *c = &choices->v[i];

		if ((c->text != NULL && *c->text == '\0') ||
			(partial->len > 0 && !fits(c, partial)))
			continue;
		l[n].choice = c;
		l[n].fixed = choice_token(c, l[n].buf, sizeof(l[n].buf));
		n++;
	}
	if (n > 0)
		qsort(l, n, sizeof(*l), help_order);
	return n;
}

/* Help text from column `from` on, wrapped between words; the continuation is indented likewise. */
static void
put_wrapped(FILE *out, const char *text, size_t from, unsigned width)
{
	size_t room = width > from + 10 ? width - from : SIZE_MAX;

	while (strlen(text) > room) {
		size_t cut = room;

		while (cut > 0 && text[cut] != ' ')
			cut--;
		if (cut == 0)
			break;
		fprintf(out, "%.*s\n%*s", (int)cut, text, (int)from, "");
		text += cut + 1;
	}
	fprintf(out, "%s\n", text);
}

static void
put_table(FILE *out, const struct help_line *l, size_t n, unsigned width)
{
	size_t longest = 0;

	for (size_t i = 0; i < n; i++)
		if (strlen(token_of(&l[i])) > longest)
			longest = strlen(token_of(&l[i]));
	for (size_t i = 0; i < n; i++) {
		const char *help = l[i].choice->help;

		if (help == NULL || *help == '\0') {
			fprintf(out, "  %s\n", token_of(&l[i]));
			continue;
		}
		fprintf(out, "  %-*s  ", (int)longest, token_of(&l[i]));
		put_wrapped(out, help, longest + 4, width);
	}
	fprintf(out, "\n");
}

static void
put_words(FILE *out, const struct help_line *l, size_t n, unsigned width)
{
	size_t column = 0;

	for (size_t i = 0; i < n; i++) {
		size_t len = strlen(token_of(&l[i]));

		if (width > 0 && column > 0 && column + len > width) {
			fprintf(out, "\n");
			column = 0;
		}
		fprintf(out, "%s  ", token_of(&l[i]));
		column += len + 2;
	}
	fprintf(out, "\n\n");
}

/* Inside a text: IOS has nothing more to say of it, and one line for both ways on. */
static void
put_line_goes_on(FILE *out)
{
	fprintf(out, "  LINE    <cr>\n\n");
}

static void
put_help(FILE *out, const struct choice_list *choices, const struct word *partial,
	const char *header, unsigned width)
{
	struct help_line *lines;
	size_t n = help_lines(choices, partial, &lines);

	if (n == 0)
		fprintf(out, "%% Unrecognized command\n");
	else if (partial->len > 0)
		put_words(out, lines, n, width);
	else {
		if (header != NULL)
			fprintf(out, "%s\n", header);
		put_table(out, lines, n, width);
	}
	free(lines);
}

void
grammar_help(const struct grammar *g, struct session *s, enum shell_mode mode, int privilege,
	const char *text, unsigned width)
{
	struct word word[WORDS_MAX], partial;
	size_t n = help_split(text, word, &partial), size;
	struct choice_list choices = { 0 };
	struct parse_error err;
	char *help = NULL;
	FILE *out = open_memstream(&help, &size);
	struct walk w;

	if (out == NULL)
		return;
	if (walk_init(&w, g, s, mode, privilege, &err)) {
		walk_words(&w, text, word, n);
		if (!walk_expect(&w, &choices) && err.fault == PARSE_AMBIGUOUS)
			fprintf(out, "%% Ambiguous command:  \"%s\"\n", text);
		else if (w.in_line && partial.len == 0)
			put_line_goes_on(out);
		else
			put_help(out, &choices, &partial,
				n == 0 ? shell_mode_info[mode].help_header : NULL, width);
	}
	walk_fini(&w);
	choice_list_fini(&choices);
	if (fclose(out) == 0)
		session_print(s, help);
	free(help);
}
