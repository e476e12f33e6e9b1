/*
 * syntax.c - a row's syntax string into positions and what may follow each.
 *
 *	alternatives := sequence { "|" sequence }
 *	sequence     := { item }
 *	item         := "[" alternatives "]" | "{" alternatives "}" | "<" name ":" type ">" |
 *keyword
 *
 * "\|" is the keyword `|`.  Every fragment knows which positions can be its first and its last and
 * whether it may be empty; joining two fragments links the lasts of one to the firsts of the other.
 * There is no repetition, so a row is finite and its positions in reading order are its help lines.
 *
 * A wrong row is a fault of the program, found at its first start: say which and abort.
 */
#include "cli/grammar/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "router/interface.h"

struct compiler {
	struct grammar *g;
	struct row *row;
	const char *syntax, *at;
	const char *help; /* the next line of it; NULL behind the last */
};

struct fragment {
	uint64_t first, last;
	bool empty; /* may be */
};

static struct fragment alternatives(struct compiler *c);
static void wrong(const struct compiler *c, const char *what) __attribute__((noreturn));

static void
wrong(const struct compiler *c, const char *what)
{
	fprintf(stderr, "grammar: row \"%s\": %s at \"%s\"\n", c->syntax, what, c->at);
	abort();
}

/* Takes the next help line; "" when there is nothing to say. */
static const char *
next_help(struct compiler *c)
{
	const char *line = c->help, *end;

	if (line == NULL)
		wrong(c, "a help line is missing");
	end = strchrnul(line, '\n');
	c->help = *end == '\n' ? end + 1 : NULL;
	return grammar_string(c->g, line, (size_t)(end - line));
}

/* Appends a position that opens with a copy of these n choices. NULL without memory. */
static struct node *
add_node(struct compiler *c, const struct choice *choice, size_t n)
{
	struct row *row = c->row;
	struct node *node = &row->node[row->n_nodes];

	if (row->n_nodes == ROW_NODES)
		wrong(c, "more than 64 positions");
	node->choice = calloc(n, sizeof(*choice));
	if (node->choice == NULL) {
		c->g->failed = true;
		return NULL;
	}
	row->n_nodes++;
	node->n_choices = n;
	for (size_t i = 0; i < n; i++) {
		node->choice[i] = choice[i];
		node->choice[i].id = grammar_class(c->g, &choice[i]);
	}
	return node;
}

/* The fragment of the newest position alone. */
static struct fragment
single(const struct compiler *c)
{
	uint64_t bit = UINT64_C(1) << (c->row->n_nodes - 1);

	return (struct fragment){ .first = bit, .last = bit };
}

static struct fragment
joined(struct compiler *c, struct fragment a, struct fragment b)
{
	for (uint64_t last = a.last; last != 0; last &= last - 1)
		c->row->node[__builtin_ctzll(last)].follow |= b.first;
	return (struct fragment){
		.first = a.first | (a.empty ? b.first : 0),
		.last = b.last | (b.empty ? a.last : 0),
		.empty = a.empty && b.empty,
	};
}

static struct fragment
either(struct fragment a, struct fragment b)
{
	return (struct fragment){ a.first | b.first, a.last | b.last, a.empty || b.empty };
}

static struct fragment
keyword_text(struct compiler *c, const char *text, const char *help)
{
	const struct choice choice = { .type = CHOICE_KEYWORD, .text = text, .help = help };

	if (add_node(c, &choice, 1) == NULL)
		return (struct fragment){ 0 };
	return single(c);
}

static struct fragment
keyword(struct compiler *c)
{
	const char *start = c->at;
	size_t len;

	if (start[0] == '\\' && start[1] == '|') {
		start++;
		len = 1;
	} else {
		len = strcspn(start, " []{}|<>\\");
	}
	if (len == 0)
		wrong(c, "not a keyword");
	c->at = start + len;
	return keyword_text(c, grammar_string(c->g, start, len), next_help(c));
}

/* A capture of one choice. */
static struct fragment
capture_one(struct compiler *c, const char *name, const struct capture_type *type,
	enum node_part part, const struct choice *choice)
{
	struct node *node = add_node(c, choice, 1);

	if (node == NULL)
		return (struct fragment){ 0 };
	node->name = name;
	node->type = type;
	node->part = part;
	return single(c);
}

static bool
unit_legal(const struct interface_type *t, unsigned unit)
{
	char name[IFNAME_MAX + 1], text[IFNAME_MAX * 2];
	struct word w = { .text = text };
	size_t bad;

	w.len = (size_t)snprintf(text, sizeof(text), "%s%u", t->name, unit);
	return interface_name_parse(&w, 1, name, &bad) == 1;
}

/* The number behind a type's keyword; its range is what interface_name_parse() takes. */
static struct fragment
ifname_number(struct compiler *c, const char *name, const struct capture_type *type,
	const struct interface_type *t)
{
	unsigned lowest = unit_legal(t, 0) ? 0 : 1, legal = lowest, beyond = 100000;
	struct choice choice = type->existing ? capture_interface_number : capture_ifname_number;
	char text[80];
	int len;

	while (legal + 1 < beyond) {
		unsigned middle = legal + (beyond - legal) / 2;

		if (unit_legal(t, middle))
			legal = middle;
		else
			beyond = middle;
	}
	len = snprintf(text, sizeof(text), "<%u-%u>", lowest, legal);
	choice.text = grammar_string(c->g, text, (size_t)len);
	len = snprintf(text, sizeof(text), "%s interface number", t->name);
	choice.help = grammar_string(c->g, text, (size_t)len);
	return capture_one(c, name, type, PART_NUMBER, &choice);
}

/* "fa0", or a type's keyword and then a number. */
static struct fragment
capture_ifname(struct compiler *c, const char *name, const struct capture_type *type)
{
	struct fragment f = capture_one(c, name, type, PART_WHOLE,
		type->existing ? &capture_interface_glued : &capture_ifname_glued);

	for (const struct interface_type *t = interface_types; t->name != NULL; t++) {
		const struct choice choice = { .type = CHOICE_KEYWORD,
			.text = grammar_string(c->g, t->name, strlen(t->name)),
			.help = t->help };
		struct fragment word = capture_one(c, name, type, PART_TYPE, &choice);

		f = either(f, joined(c, word, ifname_number(c, name, type, t)));
	}
	return f;
}

/* A capture with a parser of its own: opens with whatever that expects first. */
static struct fragment
capture_parsed(struct compiler *c, const char *name, const struct capture_type *type)
{
	struct choice_list first = { 0 };
	struct parse_error ignored;
	struct word_reader reader = { .line = "", .expect = &first, .err = &ignored };
	struct parsed nothing;
	struct node *node;

	(void)type->parse(type, &reader, &nothing);
	if (first.n == 0)
		wrong(c, "an entry that begins with nothing");
	node = add_node(c, first.v, first.n);
	choice_list_fini(&first);
	if (node == NULL)
		return (struct fragment){ 0 };
	node->name = name;
	node->type = type;
	return single(c);
}

static struct fragment
capture_file_name(struct compiler *c, const char *name, const struct capture_type *type)
{
	size_t n = CAPTURE_FILE_CHOICES - (type->kind == CAPTURE_URL);
	struct node *node = add_node(c, capture_file, n);

	if (node == NULL)
		return (struct fragment){ 0 };
	node->name = name;
	node->type = type;
	return single(c);
}

/* Puts the row's own words about a capture in its choice; "" leaves the type's. */
static struct choice
described(struct compiler *c, const struct choice *of_type)
{
	struct choice choice = *of_type;
	const char *help = next_help(c);

	if (help != NULL && *help != '\0')
		choice.help = help;
	return choice;
}

static struct fragment
capture(struct compiler *c)
{
	size_t name_len = strcspn(c->at + 1, ":>"), type_len;
	const struct capture_type *type;
	struct choice choice;
	const char *name, *spec;
	uint32_t lo, hi;

	spec = c->at + 1 + name_len;
	if (name_len == 0 || *spec != ':')
		wrong(c, "a capture is <name:type>");
	name = grammar_string(c->g, c->at + 1, name_len);
	spec++;
	type_len = strcspn(spec, ">");
	type = capture_type_find(spec, type_len, &lo, &hi);
	if (type == NULL || spec[type_len] != '>')
		wrong(c, "no such type of capture");
	choice = described(c, &type->choice);
	c->at = spec + type_len + 1;

	switch (type->kind) {
	case CAPTURE_IFNAME:
		return capture_ifname(c, name, type);
	case CAPTURE_PARSED:
		return capture_parsed(c, name, type);
	case CAPTURE_URL:
	case CAPTURE_FILE:
		return capture_file_name(c, name, type);
	case CAPTURE_WORD:
	case CAPTURE_EXEC:
		break;
	}
	choice.lo = lo;
	choice.hi = hi;
	return capture_one(c, name, type, PART_WHOLE, &choice);
}

static struct fragment
bracketed(struct compiler *c, char close, bool optional)
{
	struct fragment f;

	c->at++;
	f = alternatives(c);
	if (*c->at != close)
		wrong(c, "a bracket is not closed");
	c->at++;
	f.empty |= optional;
	return f;
}

static struct fragment
sequence(struct compiler *c)
{
	struct fragment f = { .empty = true };

	for (;;) {
		switch (*c->at) {
		case ' ':
			c->at++;
			continue;
		case '\0':
		case '|':
		case ']':
		case '}':
			return f;
		case '[':
			f = joined(c, f, bracketed(c, ']', true));
			break;
		case '{':
			f = joined(c, f, bracketed(c, '}', false));
			break;
		case '<':
			f = joined(c, f, capture(c));
			break;
		default:
			f = joined(c, f, keyword(c));
		}
		if (c->g->failed)
			return f;
	}
}

static struct fragment
alternatives(struct compiler *c)
{
	struct fragment f = sequence(c);

	while (*c->at == '|' && !c->g->failed) {
		c->at++;
		f = either(f, sequence(c));
	}
	return f;
}

bool
syntax_compile(struct grammar *g, struct row *row, const char *syntax, const char *help)
{
	struct compiler c = { .g = g, .row = row, .syntax = syntax, .at = syntax, .help = help };
	struct node *fitted;
	struct fragment f;

	row->node = calloc(ROW_NODES, sizeof(*row->node));
	if (row->node == NULL)
		return false;
	f = alternatives(&c);
	if (g->failed)
		return false;
	if (*c.at != '\0')
		wrong(&c, "a bracket too many");
	if (c.help != NULL)
		wrong(&c, "more help lines than words");
	if (f.empty)
		wrong(&c, "it matches an empty line");
	row->first = f.first;
	for (uint64_t last = f.last; last != 0; last &= last - 1)
		row->node[__builtin_ctzll(last)].last = true;
	fitted = reallocarray(row->node, row->n_nodes, sizeof(*fitted));
	if (fitted != NULL)
		row->node = fitted;
	return true;
}
