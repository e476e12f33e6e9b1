/*
 * config_tree.h - a configuration text as what it is: lines under lines.
 *
 * Pure: text in, tree out.  A line stands under the one before it that is indented less.  Comments,
 * blank lines and what `show` prints before a configuration are left out, and nothing behind `end` is
 * read.  A banner is one node, its lines parted by '\n'.  No state; any thread.
 */
#ifndef CLI_CONFIG_TREE_H
#define CLI_CONFIG_TREE_H

#include <stdbool.h>
#include <stddef.h>

struct config_node {
	char *line;			/* without what it is indented by; NULL: the root */
	struct config_node *child;	/* in the order of the text */
	size_t n, room;
	bool matched;			/* config_match() found its like */
	size_t twin;			/* its place among the other's children, when it did */
	bool done;			/* for who works through the tree */
};

/* 0, or -ENOMEM; config_free() in either case. */
int config_parse(const char *text, struct config_node *root);
void config_free(struct config_node *root);
/*
 * Finds for each child of `a` a child of `b` with the same line, the first with the first where there are
 * several, whatever stands under them.  ignore_case: letters of either case are the same.  0 or -ENOMEM.
 */
int config_match(struct config_node *a, struct config_node *b, bool ignore_case);
/*
 * The same where order matters: marks as matched, without a twin, the lines that both have in one order.
 * In linear memory and time beyond a thousand changes, and then fewer than there might be.
 */
void config_match_in_order(struct config_node *a, struct config_node *b);
/* Whether all that is under them is the same, in the same order. */
bool config_equal(const struct config_node *a, const struct config_node *b);

#endif
