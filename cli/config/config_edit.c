/*
 * config_edit.c - see config_edit.h.
 *
 * No command is known here by name but the access lists.  How a line is taken back is found by trying:
 * `no LINE`, then with fewer and fewer words behind (`no exec-timeout 5 0` is refused, `no exec-timeout`
 * is not); a line that is a `no` itself goes by `default`, and from the second pass on every line does:
 * `no transport input telnet` is something else than never having said it.
 *
 * The first pass goes line by line, and entries of lists by their numbers or, when more can stay that way,
 * by their order alone; what stays keeps its counters.  Later passes build what still differs anew: the order of lines that only ever go to the end
 * (users, MAC entries), remarks that are there twice.  From the third on an object group that will not
 * become what it should takes all lists and groups with it, since one in use cannot be emptied.
 */
#include "cli/config/config_edit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/config/config_tree.h"
#include "cli/session/session.h"

enum { PATH_MAX_LINES = 8, REMOVAL_ROUNDS = 4 };

struct edit {
	struct session *session;
	unsigned pass;
	struct text *commands;		  /* NULL: nobody asks */
	const char *path[PATH_MAX_LINES]; /* the lines above the one to run */
	size_t depth;
	bool there;	      /* the session is under that path ... */
	enum shell_mode mode; /* ... as long as it is in this mode */
	bool listed;	      /* commands ends with a line under this path */
};

/* ---- running lines ---- */

static void
hear_nothing(void *arg, const char *text, size_t len)
{
	(void)arg;
	(void)text;
	(void)len;
}

static void
ask_nobody(void *arg, enum ask_kind kind, const char *prompt)
{
	(void)arg;
	(void)kind;
	(void)prompt;
}

static void
stay(void *arg)
{
	(void)arg;
}

/* Runs a node's line: one line, or those of a banner. */
static bool
execute(struct edit *e, const char *line)
{
	char *copy = strdup(line), *rest = copy, *part;
	bool ok = copy != NULL;

	while (ok && (part = strsep(&rest, "\n")) != NULL)
		ok = session_execute(e->session, part) == 0;
	free(copy);
	return ok;
}

/* Goes to where the line belongs. False when one of the lines above is refused. */
static bool
go_there(struct edit *e)
{
	if (e->there && session_mode(e->session) == e->mode)
		return true;
	for (size_t i = 0; i < e->depth; i++)
		if (!execute(e, e->path[i]))
			return false;
	e->there = true;
	e->mode = session_mode(e->session);
	return true;
}

static void
list_command(struct edit *e, const char *line)
{
	if (e->commands == NULL)
		return;
	for (size_t i = 0; !e->listed && i < e->depth; i++)
		text_addf(e->commands, "%*s%s\n", (int)i, "", e->path[i]);
	text_addf(e->commands, "%*s%s\n", (int)e->depth, "", line);
	e->listed = true;
}

static bool
run(struct edit *e, const char *line)
{
	if (!go_there(e) || !execute(e, line))
		return false;
	list_command(e, line);
	return true;
}

static void
enter(struct edit *e, const char *line)
{
	if (e->depth < PATH_MAX_LINES)
		e->path[e->depth] = line;
	e->depth++;
	e->there = e->listed = false;
}

static void
leave(struct edit *e)
{
	e->depth--;
	e->there = e->listed = false;
}

/* ---- taking back ---- */

static bool
begins(const char *line, const char *with)
{
	return strncmp(line, with, strlen(with)) == 0;
}

static bool
is_numbered_list(const char *line)
{
	return begins(line, "ip access-list extended ") || begins(line, "ip access-list standard ");
}

static bool
is_list(const char *line)
{
	return is_numbered_list(line) || begins(line, "ipv6 access-list ") ||
	       begins(line, "mac access-list ");
}

/* An entry of an IPv4 list goes by its number; a remark by its text, for the number is the entry's. */
static bool
remove_entry(struct edit *e, const char *line)
{
	char command[WORDS_MAX_LINE];
	const char *words = line + strspn(line, "0123456789");

	words += *words == ' ';
	if (begins(words, "remark"))
		snprintf(command, sizeof(command), "no %s", words);
	else
		snprintf(command, sizeof(command), "no %.*s", (int)strcspn(line, " "), line);
	return run(e, command);
}

/* Cuts the last word off; false when only `no WORD` is left. */
static bool
shorten(char *command)
{
	char *last = strrchr(command, ' '), *first = strchr(command, ' ');

	if (last == NULL || last == first)
		return false;
	*last = '\0';
	return true;
}

static bool
remove_line(struct edit *e, const char *line)
{
	char command[WORDS_MAX_LINE];
	bool is_no = begins(line, "no ");

	if (e->depth == 1 && is_numbered_list(e->path[0]))
		return remove_entry(e, line);
	snprintf(command, sizeof(command), "%s %.*s", is_no || e->pass > 1 ? "default" : "no",
		(int)strcspn(line, "\n"), is_no ? line + 3 : line);
	do
		if (run(e, command))
			return true;
	while (shorten(command));
	return false;
}

static bool
remove_exactly(struct edit *e, const char *line)
{
	char command[WORDS_MAX_LINE];

	if (begins(line, "no ") || begins(line, "banner "))
		return remove_line(e, line);
	snprintf(command, sizeof(command), "no %s", line);
	return run(e, command);
}

/* What is under the line of a node goes, from its end. */
static void
remove_children(struct edit *e, const struct config_node *node)
{
	enter(e, node->line);
	for (size_t i = node->n; i-- > 0;) {
		const struct config_node *child = &node->child[i];

		if (child->n == 0 || !remove_exactly(e, child->line)) {
			if (child->n > 0)
				remove_children(e, child);
			else
				(void)remove_line(e, child->line);
		}
	}
	leave(e);
}

/* All of a node: at once, or else what is under it. True when the line itself is gone. */
static bool
remove_node(struct edit *e, const struct config_node *node)
{
	if (node->n == 0 && !is_list(node->line))
		return remove_line(e, node->line);
	if (remove_exactly(e, node->line))
		return true;
	remove_children(e, node);
	return false;
}

static void
add_node(struct edit *e, const struct config_node *node)
{
	if (!run(e, node->line) || node->n == 0)
		return;
	enter(e, node->line);
	e->listed = true; /* the line itself has just been */
	for (size_t i = 0; i < node->n; i++)
		add_node(e, &node->child[i]);
	leave(e);
}

/* ---- the first pass: line by line ---- */

/* The number an entry of a list begins with; 0 when it has none. */
static unsigned long
number_of(const char *line)
{
	return strtoul(line, NULL, 10);
}

static bool
is_remark(const char *line)
{
	line += strspn(line, "0123456789 ");
	return begins(line, "remark");
}

/* The even numbering of a list's entries. False when there is none. */
static bool
even_numbers(const struct config_node *list, unsigned long *start, unsigned long *step)
{
	unsigned long last = 0;
	size_t seen = 0;

	*start = *step = 10;
	for (size_t i = 0; i < list->n; i++) {
		unsigned long n = number_of(list->child[i].line);

		if (is_remark(list->child[i].line))
			continue;
		if (seen == 0)
			*start = n;
		else if (seen == 1)
			*step = n > last ? n - last : 0;
		else if (n != last + *step)
			return false;
		last = n;
		seen++;
	}
	return seen > 0 && *start > 0 && *step > 0;
}

/* A list's lines without their numbers. False without memory. */
static bool
strip(const struct config_node *list, struct config_node *out)
{
	*out = (struct config_node){ .child = calloc(list->n + 1, sizeof(*out->child)) };
	for (size_t i = 0; out->child != NULL && i < list->n; i++, out->n++) {
		const char *line = list->child[i].line;

		line += strspn(line, "0123456789");
		out->child[i].line = strdup(line + (*line == ' '));
		if (out->child[i].line == NULL)
			return false;
	}
	return out->child != NULL;
}

static size_t
count_matched(const struct config_node *node)
{
	size_t n = 0;

	for (size_t i = 0; i < node->n; i++)
		n += node->child[i].matched;
	return n;
}

/* The most entries that come in one place. */
static unsigned long
longest_run(const struct config_node *want)
{
	unsigned long run = 0, longest = 0;

	for (size_t i = 0; i < want->n; i++) {
		run = want->child[i].matched ? 0 : run + 1;
		longest = run > longest ? run : longest;
	}
	return longest;
}

static bool
renumber(struct edit *e, const char *list, unsigned long start, unsigned long step)
{
	char command[WORDS_MAX_LINE];

	/* "ip access-list extended NAME" */
	snprintf(command, sizeof(command), "ip access-list resequence %s %lu %lu",
		strrchr(list, ' ') + 1, start, step);
	return run(e, command);
}

/*
 * The numbers of a list's entries when those that stay are the multiples of `room`; a remark's is that of
 * the entry it stands before, 0 when there is none.  Free it. NULL without memory.
 */
static unsigned long *
spread(const struct config_node *want, unsigned long room)
{
	unsigned long *number = calloc(want->n + 1, sizeof(*number)), last = 0, next = 0;

	for (size_t i = 0; number != NULL && i < want->n; i++) {
		if (is_remark(want->child[i].line))
			continue;
		last = want->child[i].matched ? (last / room + 1) * room : last + 1;
		number[i] = last;
	}
	for (size_t i = want->n; number != NULL && i-- > 0;) {
		if (is_remark(want->child[i].line))
			number[i] = next;
		else
			next = number[i];
	}
	return number;
}

/* Puts in what is missing between the entries that stay, spread out. */
static void
insert_missing(struct edit *e, const struct config_node *want, unsigned long room)
{
	unsigned long *number = spread(want, room);
	char command[WORDS_MAX_LINE];

	for (size_t i = 0; number != NULL && i < want->n; i++) {
		const char *line = want->child[i].line;

		if (want->child[i].matched)
			continue;
		if (number[i] != 0)
			snprintf(command, sizeof(command), "%lu %s", number[i], line);
		(void)run(e, number[i] != 0 ? command : line);
	}
	free(number);
}

/*
 * Keeps what a list has and should have in the same order, whatever the numbers: the rest goes, what stays
 * is spread out, what is missing comes between, and all is numbered evenly in the end.
 */
static void
edit_in_order(struct edit *e, const char *list, const struct config_node *now,
	const struct config_node *now_bare, const struct config_node *want_bare,
	unsigned long start, unsigned long step)
{
	unsigned long room = longest_run(want_bare) + 1;

	enter(e, list);
	for (size_t i = now->n; i-- > 0;)
		if (!now_bare->child[i].matched)
			(void)remove_entry(e, now->child[i].line);
	leave(e);
	if (room > 1) {
		if (!renumber(e, list, room, room))
			return;
		enter(e, list);
		insert_missing(e, want_bare, room);
		leave(e);
	}
	(void)renumber(e, list, start, step);
}

/* If more of a list can stay when only its order counts, and not its numbers, does so. True then. */
static bool
keep_order(struct edit *e, struct config_node *now, struct config_node *want)
{
	struct config_node now_bare = { .line = NULL }, want_bare = { .line = NULL };
	unsigned long start, step;
	bool better = false;
	size_t by_number;

	if (!even_numbers(want, &start, &step) || config_match(now, want, false) < 0)
		return false;
	by_number = count_matched(now);
	if (by_number == now->n && by_number == want->n)
		return false;
	if (strip(now, &now_bare) && strip(want, &want_bare)) {
		config_match_in_order(&now_bare, &want_bare);
		better = count_matched(&now_bare) > by_number;
		if (better)
			edit_in_order(e, now->line, now, &now_bare, &want_bare, start, step);
	}
	config_free(&now_bare);
	config_free(&want_bare);
	return better;
}

static void remove_unwanted(struct edit *e, struct config_node *now, struct config_node *want);
static void add_missing(struct edit *e, struct config_node *now, struct config_node *want);

static void
remove_unwanted(struct edit *e, struct config_node *now, struct config_node *want)
{
	if (config_match(now, want, false) < 0)
		return;
	for (size_t i = now->n; i-- > 0;) {
		struct config_node *child = &now->child[i];

		if (!child->matched) {
			(void)remove_node(e, child);
			continue;
		}
		if (e->depth == 0 && is_numbered_list(child->line))
			child->done = keep_order(e, child, &want->child[child->twin]);
		if (child->done)
			continue;
		enter(e, child->line);
		remove_unwanted(e, child, &want->child[child->twin]);
		leave(e);
	}
}

static void
add_missing(struct edit *e, struct config_node *now, struct config_node *want)
{
	if (config_match(now, want, false) < 0)
		return;
	for (size_t i = 0; i < want->n; i++) {
		struct config_node *child = &want->child[i];

		if (!child->matched) {
			add_node(e, child);
			continue;
		}
		if (now->child[child->twin].done)
			continue;
		enter(e, child->line);
		add_missing(e, &now->child[child->twin], child);
		leave(e);
	}
}

/* ---- the later passes: anew ---- */

/* Whether two lines, with nothing under them, belong together: the first words are the same. */
static bool
same_family(const struct config_node *a, const struct config_node *b)
{
	size_t len = strcspn(a->line, " ");

	return a->n == 0 && b->n == 0 && len == strcspn(b->line, " ") &&
	       strncmp(a->line, b->line, len) == 0;
}

static size_t
next_of_family(const struct config_node *all, size_t i, const struct config_node *like)
{
	while (i < all->n && !same_family(&all->child[i], like))
		i++;
	return i;
}

static void
unmatch_family(struct config_node *all, size_t i, const struct config_node *like)
{
	for (; i < all->n; i++)
		if (same_family(&all->child[i], like))
			all->child[i].matched = false;
}

/* Where lines of a family stand in another order, what comes from the first difference on goes anew. */
static void
unmatch_disorder(struct config_node *now, struct config_node *want)
{
	for (size_t first = 0; first < want->n; first++) {
		const struct config_node *like = &want->child[first];
		size_t i = next_of_family(now, 0, like), k = next_of_family(want, 0, like);

		if (k < first || like->n > 0)
			continue; /* this family has been seen; or it is a block, which has its place */
		while (i < now->n && k < want->n &&
			strcmp(now->child[i].line, want->child[k].line) == 0) {
			i = next_of_family(now, i + 1, like);
			k = next_of_family(want, k + 1, like);
		}
		unmatch_family(now, i, like);
		unmatch_family(want, k, like);
	}
}

/* Lists, and what they are made of. */
static bool
belongs_to_lists(const char *line)
{
	return is_list(line) || begins(line, "object-group ");
}

/* Decides what is built anew: the children without `matched`. */
static bool
choose(struct config_node *now, struct config_node *want, unsigned pass)
{
	bool groups = false;

	if (config_match(now, want, false) < 0)
		return false;
	unmatch_disorder(now, want);
	for (size_t i = 0; i < now->n; i++) {
		struct config_node *child = &now->child[i];

		if (child->matched && !config_equal(child, &want->child[child->twin]))
			child->matched = want->child[child->twin].matched = false;
		if (!child->matched && begins(child->line, "object-group "))
			groups = true;
	}
	if (!groups || pass < 3)
		return true;
	for (size_t i = 0; i < now->n; i++)
		if (belongs_to_lists(now->child[i].line))
			now->child[i].matched = false;
	for (size_t i = 0; i < want->n; i++)
		if (belongs_to_lists(want->child[i].line))
			want->child[i].matched = false;
	return true;
}

static void
rebuild(struct edit *e, struct config_node *now, struct config_node *want)
{
	bool again = true;

	if (!choose(now, want, e->pass))
		return;
	/* What another one uses goes only after that, so more than one round may be needed. */
	for (int round = 0; again && round < REMOVAL_ROUNDS; round++) {
		again = false;
		for (size_t i = now->n; i-- > 0;) {
			struct config_node *child = &now->child[i];

			if (child->matched)
				continue;
			child->matched = remove_node(e, child);
			again |= !child->matched && belongs_to_lists(child->line);
		}
	}
	for (size_t i = 0; i < want->n; i++)
		if (!want->child[i].matched)
			add_node(e, &want->child[i]);
}

/* ---- the whole ---- */

bool
config_snapshot(struct router *r, struct text *t)
{
	*t = (struct text){ .numbered = true };
	show_running_config_body(t, r);
	if (t->failed || t->s == NULL) {
		text_fini(t);
		return false;
	}
	return true;
}

/* One pass. False without memory. */
static bool
edit_once(struct edit *e, const char *is, const char *target)
{
	struct config_node now, want;
	bool ok = config_parse(is, &now) == 0;

	ok &= config_parse(target, &want) == 0;
	if (ok && e->pass == 1) {
		remove_unwanted(e, &now, &want);
		add_missing(e, &now, &want);
	} else if (ok) {
		rebuild(e, &now, &want);
	}
	config_free(&now);
	config_free(&want);
	return ok;
}

int
config_edit(struct router *r, const struct grammar *g, const char *target, struct text *commands)
{
	const struct session_ops ops = { hear_nothing, ask_nobody, stay, NULL };

	for (int pass = 0; pass <= CONFIG_PASSES_MAX; pass++) {
		struct edit e = { .pass = (unsigned)pass + 1, .commands = commands };
		struct text is;
		bool same, ok = true;

		if (!config_snapshot(r, &is))
			return -1;
		same = strcmp(is.s, target) == 0;
		if (!same && pass < CONFIG_PASSES_MAX) {
			if (commands != NULL)
				text_addf(commands, "!Pass %d\n!List of Commands:\n", pass + 1);
			e.session = session_create(r, g, SESSION_LOADER, NULL, &ops);
			ok = e.session != NULL && edit_once(&e, is.s, target);
			session_destroy(e.session);
			if (commands != NULL)
				text_add(commands, "end\n");
		}
		text_fini(&is);
		if (same)
			return pass;
		if (!ok)
			return -1;
	}
	return -1;
}
