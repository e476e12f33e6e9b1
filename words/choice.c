/*
 * choice.c - selecting one of the choices at a position; collecting them for `?` and Tab.
 *
 * word_choose() looks at the choices in four rounds, so that the order in which a caller lists them
 * never matters: a keyword spelt out, a keyword abbreviated, a typed choice (number, address,
 * custom), a free one (WORD, LINE).  An abbreviation of several keywords may still be a number or
 * an address, but never a name: IOS users expect "% Ambiguous command" rather than a list called
 * "ex". What none of them took is wrong from the furthest byte that any of them could have reached.
 *
 * No state; struct choice_list owns its array of copies (the texts stay the caller's, usually
 * static).
 */
#include "words/words.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The keyword that the word means, or NULL; *several when it abbreviates more than one. */
static const struct choice *
choose_keyword(const struct word *w, const struct choice *c, size_t n, bool *several)
{
	const struct choice *found = NULL;

	*several = false;
	for (size_t i = 0; i < n; i++) {
		if (c[i].type != CHOICE_KEYWORD || !word_abbreviates(w, c[i].text))
			continue;
		if (c[i].text[w->len] == '\0') {
			*several = false;
			return &c[i];
		}
		if (found == NULL)
			found = &c[i];
		else if (strcmp(found->text, c[i].text) != 0)
			*several = true;
	}
	return *several ? NULL : found;
}

/* How many words the typed choice takes, 0 for none; then *bad is how far the first could go. */
static size_t
take_typed(const struct word_reader *r, const struct choice *c, struct choice_value *v, size_t *bad)
{
	const struct word *w = &r->word[r->pos];

	*bad = 0;
	switch (c->type) {
	case CHOICE_NUMBER:
		return word_number(w, c->lo, c->hi, &v->number);
	case CHOICE_NUMBER_ANY_BASE:
		return word_number_any_base(w, c->lo, c->hi, &v->number);
	case CHOICE_IPV4:
		return word_ipv4(w, &v->ipv4, bad);
	case CHOICE_IPV6:
		return word_ipv6(w, v->ipv6, bad);
	case CHOICE_IPV6_PREFIX:
		return word_ipv6_prefix(w, v->ipv6, &v->prefix_len, bad);
	case CHOICE_MAC:
		return word_mac(w, &v->mac, bad);
	case CHOICE_CUSTOM:
		return c->accept(r->arg, w, r->n - r->pos, bad);
	case CHOICE_KEYWORD:
	case CHOICE_WORD:
	case CHOICE_LINE:
	case CHOICE_END:
		break;
	}
	return 0;
}

/* The typed choice that takes the word, with *words and *v; or NULL, with the furthest reach. */
static const struct choice *
choose_typed(const struct word_reader *r, const struct choice *c, size_t n, struct choice_value *v,
	size_t *words, size_t *reach)
{
	for (size_t i = 0; i < n; i++) {
		size_t bad;

		*words = take_typed(r, &c[i], v, &bad);
		if (*words > 0)
			return &c[i];
		if (bad > *reach)
			*reach = bad;
	}
	return NULL;
}

static const struct choice *
find_type(const struct choice *c, size_t n, enum choice_type type)
{
	for (size_t i = 0; i < n; i++)
		if (c[i].type == type)
			return &c[i];
	return NULL;
}

/* The furthest byte of the word that some keyword on offer reaches. */
static size_t
keyword_reach(const struct word *w, const struct choice *c, size_t n)
{
	size_t reach = 0;

	for (size_t i = 0; i < n; i++) {
		size_t len;

		if (c[i].type != CHOICE_KEYWORD)
			continue;
		len = word_common_prefix(w, c[i].text);
		if (len > reach)
			reach = len;
	}
	return reach;
}

static int
fail(struct parse_error *e, enum parse_fault fault)
{
	e->fault = fault;
	e->at = 0;
	e->text[0] = '\0';
	return -1;
}

/* The line is at its end: note what could follow, take <cr> if it is among that. */
static int
choose_end(struct word_reader *r, const struct choice *c, size_t n)
{
	const struct choice *end = find_type(c, n, CHOICE_END);

	if (r->expect != NULL)
		(void)choice_list_add(r->expect, c, n);
	return end != NULL ? end->id : fail(r->err, PARSE_INCOMPLETE);
}

/* Steps over `words` words (or all the rest, for a LINE) and says what they were. */
static int
take(struct word_reader *r, const struct choice *c, size_t words, struct choice_value *v)
{
	const struct word *first = &r->word[r->pos];
	const struct word *last;

	v->text = first->text;
	if (c->type == CHOICE_LINE) {
		r->pos = r->n;
		v->len = strlen(first->text);
		return c->id;
	}
	last = first + words - 1;
	r->pos += words;
	v->len = last->at + last->len - first->at;
	return c->id;
}

int
word_choose(struct word_reader *r, const struct choice *c, size_t n, struct choice_value *v)
{
	struct choice_value scratch;
	const struct choice *chosen;
	const struct word *w;
	size_t words, reach;
	bool several;

	if (r->pos >= r->n)
		return choose_end(r, c, n);
	if (v == NULL)
		v = &scratch;
	memset(v, 0, sizeof(*v));
	w = &r->word[r->pos];

	chosen = choose_keyword(w, c, n, &several);
	if (chosen != NULL)
		return take(r, chosen, 1, v);
	reach = keyword_reach(w, c, n);
	chosen = choose_typed(r, c, n, v, &words, &reach);
	if (chosen != NULL)
		return take(r, chosen, words, v);
	if (several)
		return fail(r->err, PARSE_AMBIGUOUS);
	chosen = find_type(c, n, CHOICE_WORD);
	if (chosen == NULL)
		chosen = find_type(c, n, CHOICE_LINE);
	if (chosen != NULL)
		return take(r, chosen, 1, v);
	return parse_fail_at(r->err, w->at + reach);
}

static bool
same_choice(const struct choice *a, const struct choice *b)
{
	if (a->type != b->type || a->lo != b->lo || a->hi != b->hi)
		return false;
	if (a->text == NULL || b->text == NULL)
		return a->text == b->text;
	return strcmp(a->text, b->text) == 0;
}

static int
choice_list_grow(struct choice_list *l)
{
	size_t room = l->room > 0 ? l->room * 2 : 32;
	struct choice *v = reallocarray(l->v, room, sizeof(*v));

	if (v == NULL)
		return -ENOMEM;
	l->v = v;
	l->room = room;
	return 0;
}

int
choice_list_add(struct choice_list *l, const struct choice *c, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t k = 0;

		while (k < l->n && !same_choice(&l->v[k], &c[i]))
			k++;
		if (k < l->n)
			continue;
		if (l->n == l->room && choice_list_grow(l) != 0)
			return -ENOMEM;
		l->v[l->n++] = c[i];
	}
	return 0;
}

void
choice_list_fini(struct choice_list *l)
{
	free(l->v);
	memset(l, 0, sizeof(*l));
}

const char *
choice_token(const struct choice *c, char *buf, size_t size)
{
	switch (c->type) {
	case CHOICE_NUMBER:
	case CHOICE_NUMBER_ANY_BASE:
		snprintf(buf, size, "<%u-%u>", c->lo, c->hi);
		return buf;
	case CHOICE_END:
		return "<cr>";
	case CHOICE_KEYWORD:
	case CHOICE_IPV4:
	case CHOICE_IPV6:
	case CHOICE_IPV6_PREFIX:
	case CHOICE_MAC:
	case CHOICE_WORD:
	case CHOICE_LINE:
	case CHOICE_CUSTOM:
		break;
	}
	return c->text;
}
