/*
 * complete.c - Tab: the word being typed becomes the one it can only be.
 *
 * Keywords count, and names that exist where a name is wanted (lists, users).  When several fit, or
 * none, the line stays as it is: IOS lists nothing.
 */
#include "cli/grammar/internal.h"

#include <stdio.h>
#include <string.h>

struct completion {
	const struct word *partial;
	char found[ACL_NAME_MAX + 1];
	unsigned count;
};

static void
offer(struct completion *c, const char *text)
{
	if (strcmp(c->found, text) == 0)
		return;
	c->count++;
	snprintf(c->found, sizeof(c->found), "%s", text);
}

/* Names keep their case: what was typed must begin them exactly. */
static void
offer_name(void *sink, const char *name)
{
	struct completion *c = sink;

	if (strncmp(name, c->partial->text, c->partial->len) == 0)
		offer(c, name);
}

/* before: the word in front of the one being typed, or NULL. */
static void
offer_choices(struct completion *c, const struct choice_list *choices, const struct word *before,
	struct walk *w)
{
	for (size_t i = 0; i < choices->n; i++) {
		const struct choice *choice = &choices->v[i];

		if (choice->type == CHOICE_KEYWORD && word_abbreviates(c->partial, choice->text))
			offer(c, choice->text);
		if (choice->names != NULL)
			choice->names(w, offer_name, c);
		else if (choice->type == CHOICE_WORD && before != NULL)
			capture_names_behind(before, w, offer_name, c);
	}
}

void
grammar_complete(const struct grammar *g, struct session *s, enum shell_mode mode, int privilege,
	const char *text, char *out, size_t size)
{
	struct word word[WORDS_MAX], partial;
	size_t n = help_split(text, word, &partial);
	struct completion c = { .partial = &partial };
	struct choice_list choices = { 0 };
	struct parse_error ignored;
	struct walk w;

	snprintf(out, size, "%s", text);
	if (partial.len == 0)
		return;
	if (walk_init(&w, g, s, mode, privilege, &ignored)) {
		walk_words(&w, text, word, n);
		if (walk_expect(&w, &choices))
			offer_choices(&c, &choices, n > 0 ? &word[n - 1] : NULL, &w);
	}
	if (c.count == 1)
		snprintf(out, size, "%.*s%s ", (int)partial.at, text, c.found);
	walk_fini(&w);
	choice_list_fini(&choices);
}
