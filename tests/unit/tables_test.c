/*
 * tables_test.c - the real command tables: they compile, and rows that share a word say the same of it.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cli/commands/commands.h"

static void
report(void *arg, const struct command *shown, const struct command *unheard, const char *token)
{
	(void)arg;
	print_error("\"%s\" is not the same in \"%s\" and \"%s\"\n", token, shown->syntax,
		unheard->syntax);
}

static void
shared_words_agree(void **state)
{
	struct grammar *g = grammar_create(command_tables);

	(void)state;
	assert_non_null(g);
	assert_int_equal(grammar_help_conflicts(g, report, NULL), 0);
	grammar_destroy(g);
}

static void
check_row(void *arg, const struct command *row)
{
	size_t *commands = arg;

	assert_in_range(row->mode, 0, SHELL_MODES - 1);
	assert_true(row->privilege == 0 || row->privilege == 1 || row->privilege == 15);
	/* Only `do`, whose line is matched by EXEC's rows, has nothing to run. */
	if (row->run == NULL)
		assert_non_null(strstr(row->syntax, ":exec>"));
	++*commands;
}

static void
rows_are_whole(void **state)
{
	struct grammar *g = grammar_create(command_tables);
	size_t commands = 0;

	(void)state;
	assert_non_null(g);
	grammar_each(g, check_row, &commands);
	assert_true(commands > 0);
	grammar_destroy(g);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shared_words_agree),
		cmocka_unit_test(rows_are_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
