/*
 * walk.c - the heart of matching: all live rows taken forward together, one word at a time.
 *
 * At every position the choices of all live positions form one union, word_choose() selects from it
 * once, and the positions that agree with what was chosen live on.  So an abbreviation is ambiguous
 * exactly when the line is, and the caret stands behind the furthest letter any row could have
 * taken. The way each row came is kept as a trail, from which args.c reads the captures of the row
 * that wins.
 *
 * An access-list entry, a group's member or a time window owns the rest of the line: what it may
 * begin with is part of the union, and when one of those is chosen, its parser goes on from there
 * with the same reader, carets included.
 *
 * A walk lives on its caller's stack, owns its vectors, and is used once.
 */
#include "cli/grammar/internal.h"

#include <stdlib.h>
#include <string.h>

enum { WALK_ROOM = 128 };

bool
walk_init(struct walk *w, const struct grammar *g, struct session *s, enum shell_mode mode,
	int privilege, struct parse_error *err)
{
	/* Not memset: the values are large, and set before they are read. */
	w->g = g;
	w->session = s;
	w->mode = mode;
	w->privilege = privilege;
	w->listing = w->in_line = false;
	w->reader = (struct word_reader){ .line = "", .err = err, .arg = w };
	w->n_trail = w->live = w->n_candidates = w->n_choices = 0;
	w->trail_room = w->candidates_room = w->choices_room = WALK_ROOM;
	w->trail = malloc(w->trail_room * sizeof(*w->trail));
	w->candidate = malloc(w->candidates_room * sizeof(*w->candidate));
	w->choice = malloc(w->choices_room * sizeof(*w->choice));
	w->seen = calloc(g->n_classes / 64 + 1, sizeof(*w->seen));
	w->end = w->accepted = -1;
	w->steps = 0;
	w->keyword = "";
	w->parsed.what = PARSED_NOTHING;
	memset(err, 0, sizeof(*err));
	w->failed =
		w->trail == NULL || w->candidate == NULL || w->choice == NULL || w->seen == NULL;
	return !w->failed;
}

void
walk_words(struct walk *w, const char *line, const struct word *word, size_t n)
{
	w->reader.line = line;
	w->reader.word = word;
	w->reader.n = n;
}

void
walk_fini(struct walk *w)
{
	free(w->trail);
	free(w->candidate);
	free(w->choice);
	free(w->seen);
}

/* Doubles a full vector; false without memory. */
static bool
grown(struct walk *w, void *vector, size_t n, size_t *room, size_t size)
{
	void **v = vector;
	void *more;

	if (n < *room)
		return true;
	more = reallocarray(*v, *room * 2, size);
	if (more == NULL) {
		w->failed = true;
		return false;
	}
	*v = more;
	*room *= 2;
	return true;
}

static void add_rows(struct walk *w, enum shell_mode mode, int from);

static void
add_candidates(struct walk *w, const struct row *row, uint64_t nodes, int from)
{
	for (; nodes != 0; nodes &= nodes - 1) {
		unsigned node = (unsigned)__builtin_ctzll(nodes);
		const struct capture_type *type = row->node[node].type;

		if (type != NULL && type->kind == CAPTURE_EXEC) {
			add_rows(w, MODE_USER_EXEC, from);
			continue;
		}
		if (!grown(w, &w->candidate, w->n_candidates, &w->candidates_room,
			    sizeof(*w->candidate)))
			return;
		w->candidate[w->n_candidates++] = (struct candidate){ row, node, from };
	}
}

/* Without a session (the check of the tables) everything is. */
static bool
row_offered(const struct walk *w, const struct command *c)
{
	if (c->privilege > w->privilege)
		return false;
	return c->offered == NULL || w->session == NULL || c->offered(w->session);
}

/* The beginnings of all rows of a mode that this privilege may see and this object has. */
static void
add_rows(struct walk *w, enum shell_mode mode, int from)
{
	const struct row_list *rows = &w->g->mode[mode];

	for (size_t i = 0; i < rows->n; i++)
		if (row_offered(w, rows->v[i]->command))
			add_candidates(w, rows->v[i], rows->v[i]->first, from);
}

static void
add_choice(struct walk *w, const struct choice *c)
{
	uint64_t *seen = &w->seen[c->id / 64], bit = UINT64_C(1) << (c->id % 64);

	if ((*seen & bit) != 0)
		return;
	if (!grown(w, &w->choice, w->n_choices, &w->choices_room, sizeof(*w->choice)))
		return;
	*seen |= bit;
	w->choice[w->n_choices++] = *c;
}

/* A hidden row does not show among others; once its words are all that is left, it does. */
static bool
candidate_hidden(const struct walk *w, const struct candidate *c)
{
	return c->row->hidden ||
	       (c->from < 0 && shell_mode_info[w->mode].sub && c->row->command->mode != w->mode);
}

static bool
all_hidden(const struct walk *w)
{
	for (size_t i = 0; i < w->n_candidates; i++)
		if (!candidate_hidden(w, &w->candidate[i]))
			return false;
	return true;
}

/* The union of the candidates' choices. */
static void
unite(struct walk *w)
{
	static const struct choice end = { .type = CHOICE_END, .id = CLASS_END };
	bool hide = w->listing && !all_hidden(w);

	for (size_t i = 0; i < w->n_choices; i++)
		w->seen[w->choice[i].id / 64] = 0;
	w->n_choices = 0;
	for (size_t i = 0; i < w->n_candidates; i++) {
		const struct candidate *c = &w->candidate[i];
		const struct node *node = &c->row->node[c->node];

		if (hide && candidate_hidden(w, c))
			continue;
		for (size_t k = 0; k < node->n_choices; k++)
			add_choice(w, &node->choice[k]);
	}
	if (w->end >= 0)
		add_choice(w, &end);
}

void
walk_gather(struct walk *w)
{
	w->n_candidates = 0;
	w->end = -1;
	if (w->steps == 0)
		add_rows(w, w->mode, -1);
	for (size_t i = w->live; i < w->n_trail; i++) {
		const struct row *row = w->trail[i].row;
		const struct node *node = &row->node[w->trail[i].node];

		if (node->last && w->end < 0)
			w->end = (int)i;
		add_candidates(w, row, node->follow, (int)i);
	}
	unite(w);
}

/* Would this choice have taken the same word as the chosen one? */
static bool
agrees(const struct choice *c, const struct choice *chosen, const struct choice_value *v)
{
	if (c->id == chosen->id)
		return true;
	return c->type == CHOICE_NUMBER && chosen->type == CHOICE_NUMBER && v->number >= c->lo &&
	       v->number <= c->hi;
}

static bool
candidate_agrees(
	const struct candidate *c, const struct choice *chosen, const struct choice_value *v)
{
	const struct node *node = &c->row->node[c->node];

	for (size_t i = 0; i < node->n_choices; i++)
		if (agrees(&node->choice[i], chosen, v))
			return true;
	return false;
}

bool
walk_keep(struct walk *w, const struct choice *chosen, const struct choice_value *v)
{
	size_t live = w->n_trail;

	for (size_t i = 0; i < w->n_candidates; i++) {
		const struct candidate *c = &w->candidate[i];

		if (!candidate_agrees(c, chosen, v))
			continue;
		if (!grown(w, &w->trail, w->n_trail, &w->trail_room, sizeof(*w->trail)))
			return false;
		w->trail[w->n_trail++] = (struct trail){ c->row, c->node, w->steps, c->from };
	}
	w->live = live;
	w->value[w->steps++] = *v;
	if (chosen->type == CHOICE_KEYWORD)
		w->keyword = chosen->text;
	return true;
}

/* If the first of the positions that live on has a parser of its own, that reads the rest. */
static enum walk_result
hand_over(struct walk *w)
{
	const struct trail *t = &w->trail[w->live];
	const struct capture_type *type = t->row->node[t->node].type;

	if (type == NULL || type->kind != CAPTURE_PARSED)
		return WALK_STEPPED;
	w->reader.pos--; /* it reads its first word itself */
	if (type->parse(type, &w->reader, &w->parsed) != 0)
		return WALK_REFUSED;
	w->accepted = (int)w->live;
	return WALK_DONE;
}

static const struct choice *
choice_by_id(const struct walk *w, int id)
{
	size_t i = 0;

	while (w->choice[i].id != id)
		i++;
	return &w->choice[i];
}

/* word_choose() over the union, and what follows from its answer. */
static enum walk_result
choose(struct walk *w)
{
	struct choice_value v;
	int id = word_choose(&w->reader, w->choice, w->n_choices, &v);

	if (id < 0)
		return WALK_REFUSED;
	if (id == CLASS_END) {
		w->accepted = w->end;
		return WALK_DONE;
	}
	if (!walk_keep(w, choice_by_id(w, id), &v))
		return WALK_REFUSED;
	return hand_over(w);
}

/* Every fault says how far the line was understood, so that two refusals can be compared. */
static void
note_reach(struct walk *w)
{
	struct word_reader *r = &w->reader;
	size_t pos = r->pos < r->n ? r->pos : r->n;

	switch (r->err->fault) {
	case PARSE_AMBIGUOUS:
		r->err->at = pos < r->n ? r->word[pos].at + r->word[pos].len : 0;
		break;
	case PARSE_INCOMPLETE:
	case PARSE_MESSAGE:
		r->err->at = strlen(r->line);
		break;
	case PARSE_OK:
	case PARSE_INVALID:
		break;
	}
}

enum walk_result
walk_step(struct walk *w)
{
	enum walk_result result;

	walk_gather(w);
	result = w->failed ? WALK_REFUSED : choose(w);
	if (w->failed) {
		parse_fail_message(w->reader.err, "%% Low on memory");
		return WALK_REFUSED;
	}
	if (result == WALK_REFUSED)
		note_reach(w);
	return result;
}

/* An entry that is a remark has taken the line; more of it may follow. */
static bool
remark_goes_on(const struct walk *w, struct choice_list *out)
{
	static const struct choice text = { .type = CHOICE_LINE, .text = "LINE" };

	return w->parsed.what == PARSED_ACE && w->parsed.ace.is_remark &&
	       choice_list_add(out, &text, 1) == 0;
}

/* A LINE has taken the words; more of it may follow. */
static bool
line_goes_on(const struct walk *w, struct choice_list *out)
{
	const struct trail *t;
	const struct node *node;

	if (w->steps == 0)
		return false;
	t = &w->trail[w->live];
	node = &t->row->node[t->node];
	return node->choice[0].type == CHOICE_LINE && choice_list_add(out, node->choice, 1) == 0;
}

bool
walk_expect(struct walk *w, struct choice_list *out)
{
	w->reader.expect = out;
	while (w->reader.pos < w->reader.n) {
		enum walk_result result = walk_step(w);

		if (out->n > 0) /* a capture's parser has said what may follow */
			return true;
		if (result == WALK_DONE && remark_goes_on(w, out))
			return w->in_line = true;
		if (result != WALK_STEPPED)
			return false;
	}
	w->listing = true;
	walk_gather(w);
	w->in_line = line_goes_on(w, out);
	return choice_list_add(out, w->choice, w->n_choices) == 0 && out->n > 0;
}
