/*
 * check.c - do rows that share a word agree on its help?  Every sentence of every mode is walked.
 *
 * The walk needs no words here: at each position every choice of the union is taken in turn, and
 * the trail is cut back afterwards.  Rows have no repetition, so this ends.
 */
#include "cli/grammar/internal.h"

#include <stdlib.h>
#include <string.h>

struct check {
	struct walk w;
	void (*fn)(void *arg, const struct command *shown, const struct command *unheard,
		const char *token);
	void *arg;
	size_t found;
};

static const struct choice *
opening(const struct candidate *c, int class)
{
	const struct node *node = &c->row->node[c->node];

	for (size_t i = 0; i < node->n_choices; i++)
		if (node->choice[i].id == class)
			return &node->choice[i];
	return NULL;
}

static bool
same_help(const struct choice *a, const struct choice *b)
{
	return strcmp(a->help != NULL ? a->help : "", b->help != NULL ? b->help : "") == 0;
}

/* Compares all candidates of one class with the first of them, whose help is the one that shows. */
static void
compare(struct check *k, int class)
{
	const struct candidate *shown = NULL;

	for (size_t i = 0; i < k->w.n_candidates; i++) {
		const struct candidate *c = &k->w.candidate[i];
		const struct choice *choice = opening(c, class);
		char buf[48];

		if (choice == NULL)
			continue;
		if (shown == NULL) {
			shown = c;
		} else if (!same_help(opening(shown, class), choice)) {
			k->found++;
			k->fn(k->arg, shown->row->command, c->row->command,
				choice_token(choice, buf, sizeof(buf)));
		}
	}
}

static void
descend(struct check *k)
{
	static const struct choice_value none;
	size_t live = k->w.live, n_trail = k->w.n_trail, n;
	struct choice *choice;

	walk_gather(&k->w);
	n = k->w.n_choices;
	choice = calloc(n + 1, sizeof(*choice));
	if (choice == NULL)
		return;
	memcpy(choice, k->w.choice, n * sizeof(*choice));
	for (size_t i = 0; i < n; i++) {
		if (choice[i].type == CHOICE_END)
			continue;
		compare(k, choice[i].id);
		if (!walk_keep(&k->w, &choice[i], &none))
			break;
		descend(k);
		k->w.steps--;
		k->w.n_trail = n_trail;
		k->w.live = live;
		walk_gather(&k->w);
	}
	free(choice);
}

size_t
grammar_help_conflicts(const struct grammar *g,
	void (*fn)(void *arg, const struct command *shown, const struct command *unheard,
		const char *token),
	void *arg)
{
	struct check *k = calloc(1, sizeof(*k));
	struct parse_error ignored;
	size_t found = 0;

	if (k == NULL)
		return 0;
	k->fn = fn;
	k->arg = arg;
	for (int mode = 0; mode < SHELL_MODES; mode++) {
		if (walk_init(&k->w, g, NULL, (enum shell_mode)mode, 15, &ignored))
			descend(k);
		walk_fini(&k->w);
	}
	found = k->found;
	free(k);
	return found;
}
