/*
 * config_numbers.c - see config_numbers.h.
 *
 * Loading a list that is written without numbers counts 10, 20, 30.  Where the entries are those that the
 * running list has already, whatever its numbers, nobody has asked for that: the commands made here put
 * the list in again, with the numbers there are.
 */
#include "cli/config/config_numbers.h"

#include <ctype.h>
#include <string.h>

#include "cli/config/config_tree.h"

/* The name in "ip access-list extended NAME"; NULL: another line. */
static const char *
list_name(const char *line)
{
	static const char list[] = "ip access-list ";

	if (strncmp(line, list, strlen(list)) != 0)
		return NULL;
	line = strchr(line + strlen(list), ' '); /* NULL: "ip access-list persistent" */
	return line != NULL ? line + 1 : NULL;
}

static bool
is_number(const char *text)
{
	return isdigit((unsigned char)*text);
}

static const char *
without_number(const char *line)
{
	line += strspn(line, "0123456789");
	return line + (*line == ' ');
}

/* Where the word stands in the line, between blanks. */
static const char *
find_word(const char *line, const char *word)
{
	size_t len = strlen(word);

	for (const char *at = line; (at = strstr(at, word)) != NULL; at++)
		if ((at == line || at[-1] == ' ') && (at[len] == ' ' || at[len] == '\0'))
			return at;
	return NULL;
}

/*
 * Whether a file numbers a list, however its words are abbreviated: under the list's line, or with
 * `ip access-list resequence NAME 5 5`; without indentation a number begins a line of its own.
 */
static bool
is_numbered_in(const struct config_node *file, const char *name)
{
	for (size_t i = 0; i < file->n; i++) {
		const struct config_node *node = &file->child[i];
		const char *at = find_word(node->line, name);

		if (is_number(node->line))
			return true;
		if (at == NULL || strncmp(node->line, "ip", 2) != 0)
			continue;
		at += strlen(name);
		if (is_number(at + strspn(at, " ")))
			return true;
		for (size_t k = 0; k < node->n; k++)
			if (is_number(node->child[k].line))
				return true;
	}
	return false;
}

/* The same entries in the same order, and not all with the same number. */
static bool
differs_in_numbers_only(const struct config_node *a, const struct config_node *b)
{
	if (a->n != b->n || config_equal(a, b))
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (strcmp(without_number(a->child[i].line), without_number(b->child[i].line)) != 0)
			return false;
	return true;
}

static void
put_in_again(struct text *commands, const struct config_node *list)
{
	text_addf(commands, "no %s\n%s\n", list->line, list->line);
	for (size_t i = 0; i < list->n; i++)
		text_addf(commands, " %s\n", list->child[i].line);
}

bool
config_numbers_keep(const char *is, const char *target, const char *file, struct text *commands)
{
	struct config_node now, want, said;
	bool ok = config_parse(is, &now) == 0;

	ok &= config_parse(target, &want) == 0;
	ok &= config_parse(file, &said) == 0;
	ok = ok && config_match(&now, &want, false) == 0;
	for (size_t i = 0; ok && i < now.n; i++) {
		const struct config_node *list = &now.child[i];
		const char *name = list_name(list->line);

		if (name != NULL && list->matched &&
			differs_in_numbers_only(list, &want.child[list->twin]) &&
			!is_numbered_in(&said, name))
			put_in_again(commands, list);
	}
	config_free(&now);
	config_free(&want);
	config_free(&said);
	return ok && !commands->failed;
}
