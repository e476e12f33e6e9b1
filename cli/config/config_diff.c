/*
 * config_diff.c - see config_diff.h.
 *
 * Most of a configuration has no order: lines are looked for wherever they stand under the same line.
 * The entries of an access list have, so there the order decides what stayed.
 */
#include "cli/config/config_diff.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void
put(struct text *t, size_t depth, const char *sign, const char *line)
{
	text_addf(t, "%*s%s%s\n", (int)depth, "", sign, line);
}

static void
put_all(struct text *t, size_t depth, const char *sign, const struct config_node *node)
{
	put(t, depth, sign, node->line);
	for (size_t i = 0; i < node->n; i++)
		put_all(t, depth + 1, sign, &node->child[i]);
}

/* Does the order of what is under this line matter? */
static bool
is_ordered(const char *line)
{
	return line != NULL && (strncmp(line, "ip access-list ", 15) == 0 ||
				       strncmp(line, "ipv6 access-list ", 17) == 0 ||
				       strncmp(line, "mac access-list ", 16) == 0);
}

/* ---- in order ---- */

static void
differ_in_order(struct text *t, size_t depth, struct config_node *a, struct config_node *b)
{
	size_t i = 0, k = 0;

	config_match_in_order(a, b);
	while (i < a->n || k < b->n) {
		while (i < a->n && !a->child[i].matched)
			put_all(t, depth, "-", &a->child[i++]);
		while (k < b->n && !b->child[k].matched)
			put_all(t, depth, "+", &b->child[k++]);
		i += i < a->n;
		k += k < b->n;
	}
}

/* ---- in any order ---- */

static void differ(struct text *t, size_t depth, struct config_node *a, struct config_node *b);

/* A line both have; what is under it may differ. */
static void
differ_under(struct text *t, size_t depth, struct config_node *a, struct config_node *b)
{
	struct text under = { 0 };

	differ(&under, depth + 1, a, b);
	if (under.len > 0) {
		put(t, depth, "", b->line);
		text_add(t, under.s);
	}
	t->failed |= under.failed;
	text_fini(&under);
}

static void
differ(struct text *t, size_t depth, struct config_node *a, struct config_node *b)
{
	if (is_ordered(b->line)) {
		differ_in_order(t, depth, a, b);
		return;
	}
	if (config_match(a, b, false) < 0) {
		t->failed = true;
		return;
	}
	for (size_t k = 0; k < b->n; k++) {
		if (b->child[k].matched)
			differ_under(t, depth, &a->child[b->child[k].twin], &b->child[k]);
		else
			put_all(t, depth, "+", &b->child[k]);
	}
	for (size_t i = 0; i < a->n; i++)
		if (!a->child[i].matched)
			put_all(t, depth, "-", &a->child[i]);
}

void
config_differences(struct text *t, struct config_node *a, struct config_node *b)
{
	size_t before;

	text_add(t, "!Contextual Config Diffs:\n");
	before = t->len;
	differ(t, 0, a, b);
	if (t->len == before)
		text_add(t, "!No changes were found\n");
}

/* ---- increments ---- */

static void
increase(struct text *t, size_t depth, struct config_node *base, struct config_node *more,
	bool ignore_case)
{
	if (config_match(base, more, ignore_case) < 0) {
		t->failed = true;
		return;
	}
	for (size_t k = 0; k < more->n; k++) {
		struct config_node *node = &more->child[k];
		struct text under = { 0 };

		if (!node->matched) {
			put_all(t, depth, "", node);
			continue;
		}
		increase(&under, depth + 1, &base->child[node->twin], node, ignore_case);
		if (under.len > 0) {
			put(t, depth, "", node->line);
			text_add(t, under.s);
		}
		t->failed |= under.failed;
		text_fini(&under);
	}
}

void
config_increment(
	struct text *t, struct config_node *base, struct config_node *more, bool ignore_case)
{
	size_t before;

	text_add(t, "!List of Commands:\n");
	before = t->len;
	increase(t, 0, base, more, ignore_case);
	text_add(t, t->len == before ? "!No changes were found\n" : "end\n");
}
