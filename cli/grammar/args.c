/*
 * args.c - the words of a matched line, as its handler asks for them.
 *
 * One allocation holds all: the arguments, behind them the texts of the captures.  Keywords point
 * into the grammar.  Freed by grammar_match_fini().
 */
#include "cli/grammar/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "router/interface.h"

struct arg {
	const char *name; /* a capture's name; a keyword's is its text */
	const char *text;
	uint32_t number; /* a range's value, an address */
};

struct args {
	bool no, deflt;
	struct parsed parsed;
	char *free; /* where the next text goes */
	size_t n;
	struct arg v[];
};

/* Appends len bytes and a terminator to the texts; there is room by construction. */
static char *
keep_text(struct args *a, const char *text, size_t len)
{
	char *kept = a->free;

	memcpy(kept, text, len);
	kept[len] = '\0';
	a->free += len + 1;
	return kept;
}

/* An interface name's canonical form, from one word or from a type's keyword and a number. */
static const char *
ifname_text(struct args *a, const char *type, const struct choice_value *v)
{
	const struct word number = { v->text, v->len, 0 };
	const struct word w[2] = { { type, type != NULL ? strlen(type) : 0, 0 }, number };
	char name[IFNAME_MAX + 1];
	size_t bad;

	if (type != NULL)
		(void)interface_name_parse(w, 2, name, &bad);
	else
		(void)interface_name_parse(&number, 1, name, &bad);
	return keep_text(a, name, strlen(name));
}

static void
add_capture(
	struct args *a, const struct node *node, const struct choice_value *v, const char *iftype)
{
	struct arg *arg = &a->v[a->n++];
	char digits[16];

	arg->name = node->name;
	arg->number = v->number;
	switch (node->choice[0].type) {
	case CHOICE_NUMBER:
		arg->text = keep_text(
			a, digits, (size_t)snprintf(digits, sizeof(digits), "%u", v->number));
		return;
	case CHOICE_CUSTOM:
		if (node->type->kind != CAPTURE_IFNAME)
			break;
		arg->text = ifname_text(a, iftype, v);
		return;
	case CHOICE_IPV4:
		arg->number = v->ipv4;
		break;
	case CHOICE_KEYWORD:
	case CHOICE_NUMBER_ANY_BASE:
	case CHOICE_IPV6:
	case CHOICE_IPV6_PREFIX:
	case CHOICE_MAC:
	case CHOICE_WORD:
	case CHOICE_LINE:
	case CHOICE_END:
		break;
	}
	arg->text = keep_text(a, v->text, v->len);
}

/* The trail entries of the winning row, in reading order: its words without `do`. */
static size_t
winning_trail(const struct walk *w, const struct trail **way)
{
	const struct row *row = w->trail[w->accepted].row;
	size_t n = 0;

	for (int i = w->accepted; i >= 0 && w->trail[i].row == row; i = w->trail[i].from)
		way[n++] = &w->trail[i];
	for (size_t i = 0; i < n / 2; i++) {
		const struct trail *t = way[i];

		way[i] = way[n - 1 - i];
		way[n - 1 - i] = t;
	}
	return n;
}

static struct args *
args_alloc(const struct walk *w, const struct trail **way, size_t n)
{
	size_t bytes = strlen(w->reader.line) + 1; /* a filter keeps what is left of the line */
	struct args *a;

	for (size_t i = 0; i < n; i++) {
		const struct node *node = &way[i]->row->node[way[i]->node];
		size_t len = w->value[way[i]->step].len;

		if (node->name == NULL)
			continue;
		bytes += len + 1 + (node->choice[0].type == CHOICE_CUSTOM ? IFNAME_MAX : 0);
	}
	a = malloc(sizeof(*a) + n * sizeof(a->v[0]) + bytes);
	if (a == NULL)
		return NULL;
	a->no = a->deflt = false;
	a->parsed = w->parsed;
	if (a->parsed.what == PARSED_ACE) { /* it points into its room */
		ace_copy(&a->parsed.ace, &a->parsed.room, &w->parsed.ace);
		a->parsed.room.sequence = w->parsed.room.sequence;
	}
	a->n = 0;
	a->free = (char *)&a->v[n];
	return a;
}

struct args *
args_create(const struct walk *w, const char **filter, const char **pattern)
{
	const struct trail *way[WORDS_MAX];
	size_t n = winning_trail(w, way), i = 0;
	struct args *a = args_alloc(w, way, n);
	const char *iftype = NULL;

	*filter = *pattern = NULL;
	if (a == NULL)
		return NULL;
	a->no = way[0]->row->no;
	if (a->no) {
		a->deflt = strcmp(way[0]->row->node[way[0]->node].choice->text, "default") == 0;
		i = 1;
	}
	for (; i < n; i++) {
		const struct node *node = &way[i]->row->node[way[i]->node];
		const struct choice_value *v = &w->value[way[i]->step];

		if (node->name == NULL && strcmp(node->choice->text, "|") == 0) {
			const struct trail *kind = way[i + 1];

			*filter = kind->row->node[kind->node].choice->text;
			v = &w->value[way[i + 2]->step];
			*pattern = keep_text(a, v->text, strlen(v->text));
			break;
		}
		if (node->name == NULL) {
			a->v[a->n++] = (struct arg){ node->choice->text, node->choice->text, 0 };
		} else if (node->part == PART_TYPE) {
			iftype = node->choice->text;
		} else if (node->type->kind == CAPTURE_PARSED) {
			a->v[a->n++] = (struct arg){ node->name, "", 0 };
		} else {
			add_capture(a, node, v, iftype);
			iftype = NULL;
		}
	}
	return a;
}

/* A capture goes before a keyword of the same name: `interface <interface:ifname>`. */
static const struct arg *
find(const struct args *a, const char *name)
{
	const struct arg *keyword = NULL;

	for (size_t i = 0; i < a->n; i++) {
		if (strcmp(a->v[i].name, name) != 0)
			continue;
		if (a->v[i].text != a->v[i].name)
			return &a->v[i];
		keyword = &a->v[i];
	}
	return keyword;
}

bool
args_no(const struct args *a)
{
	return a->no;
}

bool
args_default(const struct args *a)
{
	return a->deflt;
}

bool
args_has(const struct args *a, const char *keyword_or_name)
{
	return find(a, keyword_or_name) != NULL;
}

const char *
args_text(const struct args *a, const char *name)
{
	const struct arg *arg = find(a, name);

	return arg != NULL ? arg->text : NULL;
}

uint32_t
args_number(const struct args *a, const char *name, uint32_t absent)
{
	const struct arg *arg = find(a, name);

	return arg != NULL ? arg->number : absent;
}

const struct ace *
args_ace(const struct args *a)
{
	return a->parsed.what == PARSED_ACE ? &a->parsed.ace : NULL;
}

uint32_t
args_ace_sequence(const struct args *a)
{
	return a->parsed.what == PARSED_ACE ? a->parsed.room.sequence : 0;
}

const struct object *
args_object(const struct args *a)
{
	return a->parsed.what == PARSED_OBJECT ? &a->parsed.object : NULL;
}

const struct time_window *
args_window(const struct args *a)
{
	return a->parsed.what == PARSED_WINDOW ? &a->parsed.window : NULL;
}
