/*
 * config_tree.c - see config_tree.h.
 */
#include "cli/config/config_tree.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { DEPTH_MAX = 8 };

struct reader {
	const char *at;
	struct config_node
		*above[DEPTH_MAX + 1]; /* the root, and what the next line may be under */
	size_t indent[DEPTH_MAX + 1];
	size_t depth;
};

/* ---- building ---- */

/* The new last child; NULL without memory. Takes line over. */
static struct config_node *
add_child(struct config_node *parent, char *line)
{
	if (line != NULL && parent->n == parent->room) {
		size_t room = parent->room * 2 + 4;
		struct config_node *more =
			reallocarray(parent->child, room, sizeof(*parent->child));

		if (more == NULL) {
			free(line);
			return NULL;
		}
		parent->child = more;
		parent->room = room;
	}
	if (line == NULL)
		return NULL;
	parent->child[parent->n] = (struct config_node){ .line = line };
	return &parent->child[parent->n++];
}

/* What ends a banner that begins in this line: "^C" or a character. False when this is no banner. */
static bool
banner_delimiter(const char *line, size_t len, const char **delimiter, size_t *delimiter_len)
{
	const char *end = line + len, *p = line;

	if (len < 7 || strncmp(p, "banner ", 7) != 0)
		return false;
	p += 7;
	while (p < end && *p == ' ')
		p++;
	while (p < end && *p != ' ')
		p++;
	while (p < end && *p == ' ')
		p++;
	if (p == end)
		return false;
	*delimiter = p;
	*delimiter_len = end - p >= 2 && p[0] == '^' && p[1] == 'C' ? 2 : 1;
	return true;
}

/* The length of the node's text that begins at `line`: one line, or a whole banner. */
static size_t
node_length(const char *line, size_t len)
{
	const char *delimiter, *end;
	size_t delimiter_len;
	char mark[3] = "";

	if (!banner_delimiter(line, len, &delimiter, &delimiter_len))
		return len;
	memcpy(mark, delimiter, delimiter_len);
	end = strstr(delimiter + delimiter_len, mark);
	if (end == NULL)
		return len;
	end += delimiter_len;
	return (size_t)(end - line) > len ? (size_t)(end - line) : len;
}

/* What `show` says before a configuration. */
static bool
is_heading(const char *line)
{
	static const char *const heading[] = { "Building configuration...",
		"Current configuration : ", "Using " };

	for (size_t i = 0; i < sizeof(heading) / sizeof(heading[0]); i++)
		if (strncmp(line, heading[i], strlen(heading[i])) == 0)
			return true;
	return false;
}

/* Adds the line, without the blanks and returns at its end. 0, 1 at `end`, -ENOMEM. */
static int
add_line(struct reader *r, size_t indent, const char *line, size_t len)
{
	struct config_node *node;

	while (len > 0 && strchr(" \t\r", line[len - 1]) != NULL)
		len--;
	if (len == 0 || line[0] == '!' || (r->above[0]->n == 0 && is_heading(line)))
		return 0;
	if (len == 3 && strncmp(line, "end", 3) == 0)
		return 1;
	while (r->depth > 0 && r->indent[r->depth] >= indent)
		r->depth--;
	/* The vector it goes into may move, but not those above it, which are not added to any more. */
	node = add_child(r->above[r->depth], strndup(line, len));
	if (node == NULL)
		return -ENOMEM;
	if (r->depth < DEPTH_MAX) {
		r->depth++;
		r->above[r->depth] = node;
		r->indent[r->depth] = indent;
	}
	return 0;
}

int
config_parse(const char *text, struct config_node *root)
{
	struct reader r = { .at = text };
	int rc = 0;

	*root = (struct config_node){ .line = NULL };
	r.above[0] = root;
	while (rc == 0 && *r.at != '\0') {
		size_t indent = strspn(r.at, " "), len;

		r.at += indent;
		len = strcspn(r.at, "\n");
		if (indent == 0)
			len = node_length(r.at, len);
		rc = add_line(&r, indent, r.at, len);
		r.at += len;
		r.at += strcspn(r.at, "\n");
		r.at += *r.at == '\n';
	}
	return rc < 0 ? rc : 0;
}

void
config_free(struct config_node *root)
{
	for (size_t i = 0; i < root->n; i++)
		config_free(&root->child[i]);
	free(root->child);
	free(root->line);
	*root = (struct config_node){ .line = NULL };
}

/* ---- comparing ---- */

struct sorted {
	const char *line;
	size_t place;
};

static int
by_line(const void *va, const void *vb)
{
	const struct sorted *a = va, *b = vb;
	int order = strcmp(a->line, b->line);

	return order != 0 ? order : (a->place > b->place) - (a->place < b->place);
}

static int
by_letters(const void *va, const void *vb)
{
	const struct sorted *a = va, *b = vb;
	int order = strcasecmp(a->line, b->line);

	return order != 0 ? order : (a->place > b->place) - (a->place < b->place);
}

static struct sorted *
sort_children(struct config_node *node, bool ignore_case)
{
	struct sorted *v = calloc(node->n + 1, sizeof(*v));

	for (size_t i = 0; v != NULL && i < node->n; i++) {
		node->child[i].matched = false;
		v[i] = (struct sorted){ node->child[i].line, i };
	}
	if (v != NULL)
		qsort(v, node->n, sizeof(*v), ignore_case ? by_letters : by_line);
	return v;
}

int
config_match(struct config_node *a, struct config_node *b, bool ignore_case)
{
	struct sorted *in_a = sort_children(a, ignore_case), *in_b = sort_children(b, ignore_case);
	size_t i = 0, k = 0;
	int rc = in_a != NULL && in_b != NULL ? 0 : -ENOMEM;

	while (rc == 0 && i < a->n && k < b->n) {
		int order = (ignore_case ? strcasecmp : strcmp)(in_a[i].line, in_b[k].line);

		if (order == 0) {
			struct config_node *x = &a->child[in_a[i].place];
			struct config_node *y = &b->child[in_b[k].place];

			x->matched = y->matched = true;
			x->twin = in_b[k++].place;
			y->twin = in_a[i++].place;
		} else if (order < 0) {
			i++;
		} else {
			k++;
		}
	}
	free(in_a);
	free(in_b);
	return rc;
}

bool
config_equal(const struct config_node *a, const struct config_node *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (strcmp(a->child[i].line, b->child[i].line) != 0 ||
			!config_equal(&a->child[i], &b->child[i]))
			return false;
	return true;
}
