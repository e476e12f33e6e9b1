/*
 * config_replace_test.c - a running configuration replaced by another: exactly, whichever two they are.
 *
 * Pairs of tests/data/configs are drawn at random (the seed is printed); beside them configurations that
 * are hard for a reason: the order of users, remarks that are there twice, object groups in use, numbers.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/config/config_edit.h"
#include "cli/config/config_replace.h"
#include "tests/lib/dice.h"
#include "tests/unit/rig.h"

enum { CONFIGS_MAX = 64, PAIRS = 60 };

static const char directory[] = TEST_DATA "/configs";

static char *
read_text(const char *name)
{
	char path[512], *text;
	size_t size;
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", directory, name);
	f = fopen(path, "r");
	assert_non_null(f);
	assert_int_equal(fseek(f, 0, SEEK_END), 0);
	size = (size_t)ftell(f);
	rewind(f);
	text = calloc(1, size + 1);
	assert_non_null(text);
	assert_int_equal(fread(text, 1, size, f), size);
	fclose(f);
	return text;
}

static int
is_expected(const struct dirent *e)
{
	const char *dot = strrchr(e->d_name, '.');

	return dot != NULL && strcmp(dot, ".expected") == 0;
}

/* Everything that a router which has just loaded the text is configured to be. Free it. */
static char *
meaning(const char *text)
{
	struct rig *g = rig_create(NULL, false);
	struct text t;

	rig_load(g, text);
	assert_true(config_snapshot(g->router, &t));
	rig_destroy(g);
	return t.s;
}

/* Replaces what `from` says by what `to` says; the outcome is what loading `to` gives. */
static void
replaces(const char *from, const char *to)
{
	struct rig *g = rig_create(NULL, false);
	char *wanted = meaning(to);
	struct replace done;
	enum replace_result result;
	struct text is;

	rig_load(g, from);
	result = config_replace(g->router, g->grammar, to, &done);
	if (result != REPLACE_DONE)
		fprintf(stderr, "refused:\n%scommands:\n%s",
			done.refused.len > 0 ? done.refused.s : "",
			done.commands.len > 0 ? done.commands.s : "");
	assert_int_equal(result, REPLACE_DONE);
	assert_true(config_snapshot(g->router, &is));
	assert_string_equal(is.s, wanted);
	replace_fini(&done);
	text_fini(&is);
	free(wanted);
	rig_destroy(g);
}

static void
test_random_pairs(void **state)
{
	struct dirent **entry;
	int n = scandir(directory, &entry, is_expected, alphasort);
	struct dice dice = dice_from_environment("config_replace");

	(void)state;
	assert_true(n > 10);
	for (int pair = 0; pair < PAIRS; pair++) {
		const char *a = entry[dice_below(&dice, (uint32_t)n)]->d_name;
		const char *b = entry[dice_below(&dice, (uint32_t)n)]->d_name;
		char *from = read_text(a), *to = read_text(b);

		print_message("# %s -> %s\n", a, b);
		replaces(from, to);
		free(from);
		free(to);
	}
	for (int i = 0; i < n; i++)
		free(entry[i]);
	free(entry);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_random_pairs),
	};

	return cmocka_run_group_tests_name("config_replace", tests, NULL, NULL);
}
