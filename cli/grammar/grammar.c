/*
 * grammar.c - the command tables compiled: which rows each mode has, and what their words share.
 *
 * Every row becomes one struct row, and a second one for its form behind `no` and `default`.  A row
 * with CMD_OUTPUT also gets the output filters behind it.  The rows of global config that hold an
 * EXEC line (`do`) belong to every config mode; the sub-modes do not list them.
 *
 * Words are kept once (grammar_string), and equal choices share a class, a small number by which
 * the walk merges them.  Built once at start, then immutable; destroyed when no session uses it any
 * more.
 */
#include "cli/grammar/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Global config itself is no parent: every sub-mode has it behind it. */
#define NO_PARENT MODE_USER_EXEC

const struct shell_mode_info shell_mode_info[SHELL_MODES] = {
	[MODE_USER_EXEC] = { "", "Exec commands:", false, NO_PARENT },
	[MODE_GLOBAL_CONFIG] = { "config", "Configure commands:", false, NO_PARENT },
	[MODE_CONFIG_IF] = { "config-if", "Interface configuration commands:", true, NO_PARENT },
	[MODE_EXT_NACL] = { "config-ext-nacl", "Ext Access List configuration commands:", true,
		NO_PARENT },
	[MODE_STD_NACL] = { "config-std-nacl", "Standard Access List configuration commands:", true,
		NO_PARENT },
	[MODE_CONFIG_LINE] = { "config-line", "Line configuration commands:", true, NO_PARENT },
	[MODE_IPV6_ACL] = { "config-ipv6-acl", "IPv6 Access List configuration commands:", true,
		NO_PARENT },
	[MODE_EXT_MACL] = { "config-ext-macl",
		"Extended MAC Access List configuration commands:", true, NO_PARENT },
	[MODE_TIME_RANGE] = { "config-time-range", "Time range configuration commands:", true,
		NO_PARENT },
	[MODE_NETWORK_GROUP] = { "config-network-group",
		"Network object group configuration commands:", true, NO_PARENT },
	[MODE_SERVICE_GROUP] = { "config-service-group",
		"Service object group configuration commands:", true, NO_PARENT },
	[MODE_ARCHIVE] = { "config-archive", "Archive configuration commands:", true, NO_PARENT },
	[MODE_ARCHIVE_LOG] = { "config-archive-log-cfg", "Log config configuration commands:", true,
		MODE_ARCHIVE },
	[MODE_SSH_PUBKEY] = { "conf-ssh-pubkey", "SSH pubkey chain configuration commands:", true,
		NO_PARENT },
	[MODE_SSH_PUBKEY_USER] = { "conf-ssh-pubkey-user",
		"SSH pubkey chain user configuration commands:", true, MODE_SSH_PUBKEY },
};

/* The filters are matched like any words of the row; match.c takes them out again. */
static const char filter_syntax[] = " [\\| {{begin|count|exclude|include|section} <|:line>"
				    "|{append|redirect} <|:url>|tee [/append] <|:url>}]";
static const char filter_help[] = "\nOutput modifiers\n"
				  "Begin with the line that matches\n"
				  "Count number of lines which match regexp\n"
				  "Exclude lines that match\n"
				  "Include lines that match\n"
				  "Filter a section of output\n"
				  "Regular Expression\n"
				  "Append redirected output to URL\n"
				  "Redirect output to URL\n"
				  "URL\n"
				  "Copy output to URL\n"
				  "Append copied output to URL\n"
				  "URL";

static const char no_syntax[] = "{no|default} ";
static const char no_help[] =
	"Negate a command or set its defaults\nSet a command to its defaults\n";

/* Room for one more element of a vector of elements of this size; false without memory. */
static bool
make_room(void *vector, size_t n, size_t *room, size_t size)
{
	void **v = vector;
	void *more;

	if (n < *room)
		return true;
	more = reallocarray(*v, *room > 0 ? *room * 2 : 64, size);
	if (more == NULL)
		return false;
	*v = more;
	*room = *room > 0 ? *room * 2 : 64;
	return true;
}

const char *
grammar_string(struct grammar *g, const char *s, size_t len)
{
	char *copy;

	for (size_t i = 0; i < g->n_strings; i++)
		if (strncmp(g->string[i], s, len) == 0 && g->string[i][len] == '\0')
			return g->string[i];
	copy = strndup(s, len);
	if (copy == NULL ||
		!make_room(&g->string, g->n_strings, &g->strings_room, sizeof(char *))) {
		free(copy);
		g->failed = true;
		return NULL;
	}
	g->string[g->n_strings++] = copy;
	return copy;
}

static bool
same_class(const struct choice *a, const struct choice *b)
{
	if (a->type != b->type || a->lo != b->lo || a->hi != b->hi || a->accept != b->accept)
		return false;
	if (a->text == NULL || b->text == NULL)
		return a->text == b->text;
	return (a->type == CHOICE_KEYWORD ? strcasecmp : strcmp)(a->text, b->text) == 0;
}

int
grammar_class(struct grammar *g, const struct choice *c)
{
	for (size_t i = 0; i < g->n_classes; i++)
		if (same_class(&g->class_key[i], c))
			return (int)i;
	if (!make_room(&g->class_key, g->n_classes, &g->classes_room, sizeof(*g->class_key))) {
		g->failed = true;
		return CLASS_END;
	}
	g->class_key[g->n_classes] = *c;
	return (int)g->n_classes++;
}

static bool
list_add(struct row_list *l, struct row *row)
{
	if (!make_room(&l->v, l->n, &l->room, sizeof(struct row *)))
		return false;
	l->v[l->n++] = row;
	return true;
}

static void
row_destroy(struct row *row)
{
	if (row == NULL)
		return;
	for (unsigned i = 0; row->node != NULL && i < row->n_nodes; i++)
		free(row->node[i].choice);
	free(row->node);
	free(row);
}

static bool
row_is_do(const struct row *row)
{
	for (unsigned i = 0; i < row->n_nodes; i++)
		if (row->node[i].type != NULL && row->node[i].type->kind == CAPTURE_EXEC)
			return true;
	return false;
}

/* Compiles one form of a command; its texts are put together from three parts each. */
static struct row *
row_create(struct grammar *g, const struct command *c, unsigned index, bool no)
{
	bool same = no && strcmp(c->no_syntax, "=") == 0;
	bool filters = !no && (c->flags & CMD_OUTPUT) != 0;
	struct row *row = calloc(1, sizeof(*row));
	char *syntax = NULL, *help = NULL;

	if (row == NULL)
		return NULL;
	row->command = c;
	row->index = index;
	row->no = no;
	row->hidden = (c->flags & CMD_HIDDEN) != 0;
	if (asprintf(&syntax, "%s%s%s", no ? no_syntax : "", no && !same ? c->no_syntax : c->syntax,
		    filters ? filter_syntax : "") < 0)
		goto fail;
	if (asprintf(&help, "%s%s%s", no ? no_help : "", no && !same ? c->no_help : c->help,
		    filters ? filter_help : "") < 0) {
		help = NULL;
		goto fail;
	}
	if (!syntax_compile(g, row, syntax, help))
		goto fail;
	free(syntax);
	free(help);
	return row;
fail:
	free(syntax);
	free(help);
	row_destroy(row);
	return NULL;
}

static bool
add_row(struct grammar *g, const struct command *c, unsigned index, bool no)
{
	struct row *row = row_create(g, c, index, no);

	if (row == NULL)
		return false;
	if (!list_add(&g->all, row)) {
		row_destroy(row);
		return false;
	}
	return list_add(&g->mode[c->mode], row);
}

/* `do` works in the sub-modes too. */
static bool
share_do(struct grammar *g)
{
	const struct row_list *config = &g->mode[MODE_GLOBAL_CONFIG];

	for (size_t i = 0; i < config->n; i++) {
		struct row *row = config->v[i];

		if (!row_is_do(row))
			continue;
		for (int mode = 0; mode < SHELL_MODES; mode++)
			if (shell_mode_info[mode].sub && !list_add(&g->mode[mode], row))
				return false;
	}
	return true;
}

struct grammar *
grammar_create(const struct command *const *tables)
{
	static const struct choice end = { .type = CHOICE_END };
	struct grammar *g = calloc(1, sizeof(*g));
	unsigned index = 0;

	if (g == NULL)
		return NULL;
	g->tables = tables;
	(void)grammar_class(g, &end);
	for (size_t t = 0; tables[t] != NULL; t++) {
		for (const struct command *c = tables[t]; c->syntax != NULL; c++, index++) {
			if (!add_row(g, c, index, false) ||
				(c->no_syntax != NULL && !add_row(g, c, index, true)))
				goto fail;
		}
	}
	if (g->failed || !share_do(g))
		goto fail;
	return g;
fail:
	grammar_destroy(g);
	return NULL;
}

void
grammar_destroy(struct grammar *g)
{
	if (g == NULL)
		return;
	for (size_t i = 0; i < g->all.n; i++)
		row_destroy(g->all.v[i]);
	free(g->all.v);
	for (int mode = 0; mode < SHELL_MODES; mode++)
		free(g->mode[mode].v);
	for (size_t i = 0; i < g->n_strings; i++)
		free(g->string[i]);
	free(g->string);
	free(g->class_key);
	free(g);
}

void
grammar_each(const struct grammar *g, void (*fn)(void *arg, const struct command *row), void *arg)
{
	for (size_t t = 0; g->tables[t] != NULL; t++)
		for (const struct command *c = g->tables[t]; c->syntax != NULL; c++)
			fn(arg, c);
}
