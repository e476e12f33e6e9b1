/*
 * configs_test.c - configurations as people keep them: every one of tests/data/configs is loaded.
 *
 * NAME.cfg is the configuration; NAME.faults, when there is one, lists exactly the lines that are
 * refused, "LINE: message"; NAME.expected is what it adds to a fresh router's running-config.  What
 * is expected is a configuration itself: loaded alone it is taken whole and stays as it is.
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

#include "tests/unit/rig.h"

enum { CONFIGS_MAX = 64 };

static const char directory[] = TEST_DATA "/configs";

/* ---- files ---- */

/* The text of NAME.SUFFIX; NULL when there is no such file. Free it. */
static char *
read_text(const char *name, const char *suffix)
{
	char path[512], *text;
	size_t size;
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s.%s", directory, name, suffix);
	f = fopen(path, "r");
	if (f == NULL)
		return NULL;
	assert_int_equal(fseek(f, 0, SEEK_END), 0);
	size = (size_t)ftell(f);
	rewind(f);
	text = calloc(1, size + 1);
	assert_non_null(text);
	assert_int_equal(fread(text, 1, size, f), size);
	fclose(f);
	return text;
}

/* ---- what a configuration adds ---- */

/* The length of the block at text: a line, and those under it. */
static size_t
block_length(const char *text)
{
	size_t len = strcspn(text, "\n") + 1;

	while (text[len] == ' ')
		len += strcspn(text + len, "\n") + 1;
	return len;
}

static bool
has_block(const char *config, const char *block, size_t len)
{
	for (; *config != '\0'; config += block_length(config))
		if (block_length(config) == len && memcmp(config, block, len) == 0)
			return true;
	return false;
}

/* The blocks that the router has and a fresh one has not, in order, without the "!" between. */
static void
added(struct text *out, struct router *r)
{
	struct rig *fresh = rig_create(NULL, false);
	struct text all = { 0 }, usual = { 0 };
	size_t len;

	show_running_config_body(&all, r);
	show_running_config_body(&usual, fresh->router);
	text_add(out, "");
	for (const char *p = all.s; *p != '\0'; p += len) {
		len = block_length(p);
		if (*p != '!' && !has_block(usual.s, p, len))
			text_addf(out, "%.*s", (int)len, p);
	}
	text_fini(&all);
	text_fini(&usual);
	rig_destroy(fresh);
}

/* ---- loading ---- */

static void
on_fault(void *arg, unsigned line, const char *message)
{
	text_addf(arg, "%u: %s\n", line, message);
}

/* Loads it into a fresh router; its faults and what it adds. */
static void
load(const char *config, struct text *faults, struct text *adds)
{
	struct rig *g = rig_create(NULL, false);

	text_add(faults, "");
	session_load(g->router, g->grammar, config, on_fault, faults);
	added(adds, g->router);
	rig_destroy(g);
}

static void
reads_as_expected(void **state)
{
	const char *name = *state;
	char *config = read_text(name, "cfg"), *faults = read_text(name, "faults");
	char *expected = read_text(name, "expected");
	struct text found = { 0 }, adds = { 0 }, none = { 0 }, again = { 0 };

	assert_non_null(config);
	assert_non_null(expected);
	load(config, &found, &adds);
	assert_string_equal(found.s, faults != NULL ? faults : "");
	assert_string_equal(adds.s, expected);
	load(expected, &none, &again);
	assert_string_equal(none.s, "");
	assert_string_equal(again.s, expected);
	text_fini(&found);
	text_fini(&adds);
	text_fini(&none);
	text_fini(&again);
	free(config);
	free(faults);
	free(expected);
}

/* What the whole running-config says comes back from a fresh router byte for byte. */
static void
round_trips(void **state)
{
	char *config = read_text(*state, "cfg");
	struct rig *first = rig_create(NULL, false), *second = rig_create(NULL, false);
	struct text printed = { 0 }, reprinted = { 0 }, faults = { 0 };

	session_load(first->router, first->grammar, config, on_fault, &faults);
	show_running_config_body(&printed, first->router);
	rig_load(second, printed.s);
	show_running_config_body(&reprinted, second->router);
	assert_string_equal(printed.s, reprinted.s);
	text_fini(&printed);
	text_fini(&reprinted);
	text_fini(&faults);
	rig_destroy(first);
	rig_destroy(second);
	free(config);
}

/* ---- one test of each sort for each file ---- */

static int
is_config(const struct dirent *e)
{
	const char *dot = strrchr(e->d_name, '.');

	return dot != NULL && strcmp(dot, ".cfg") == 0;
}

static struct CMUnitTest
test_of(const char *file, const char *what, CMUnitTestFunction fn)
{
	int len = (int)(strrchr(file, '.') - file);
	char *name = strndup(file, (size_t)len), *title = NULL;

	assert_non_null(name);
	assert_true(asprintf(&title, "%s: %s", name, what) > 0);
	return (struct CMUnitTest){ .name = title, .test_func = fn, .initial_state = name };
}

int
main(void)
{
	static struct CMUnitTest test[2 * CONFIGS_MAX];
	struct dirent **entry;
	int n = scandir(directory, &entry, is_config, alphasort), failed;

	if (n <= 0 || n > CONFIGS_MAX) {
		fprintf(stderr, "%s: %d configurations\n", directory, n);
		return 1;
	}
	for (int i = 0; i < n; i++) {
		test[2 * i] = test_of(entry[i]->d_name, "reads as expected", reads_as_expected);
		test[2 * i + 1] = test_of(entry[i]->d_name, "round-trips", round_trips);
		free(entry[i]);
	}
	free(entry);
	failed = _cmocka_run_group_tests("configs", test, 2 * (size_t)n, NULL, NULL);
	for (int i = 0; i < 2 * n; i++) {
		free((char *)test[i].name);
		free(test[i].initial_state);
	}
	return failed;
}
