/*
 * filters_test.c - what is behind `|`, over 100,000 lines: each filter lets through exactly the lines it
 * should, in order, into a file as on the screen.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/unit/rig.h"

enum { LINES = 100000 };

static char directory[32];

static int
remove_file(const char *path, const struct stat *st, int type, struct FTW *where)
{
	(void)st;
	(void)type;
	(void)where;
	return remove(path);
}

/* A file of so many lines: "line 7 odd", and under each hundredth, indented, nine more of its own. */
static int
setup(void **state)
{
	struct file_writer *w;
	struct rig *g;
	char line[64];
	int rc;

	strcpy(directory, "/tmp/acegate-test-XXXXXX");
	assert_non_null(mkdtemp(directory));
	g = rig_create_in(directory, false);
	w = file_writer_open(g->router, "big", FILE_REPLACE, &rc);
	for (int i = 0; i < LINES; i++) {
		int len = snprintf(line, sizeof(line), "%sline %d %s_number\n",
			i % 10 == 0 ? "" : " ", i, i % 2 == 0 ? "even" : "odd");

		assert_int_equal(file_writer_add(w, line, (size_t)len), 0);
	}
	assert_int_equal(file_writer_close(w, true), 0);
	*state = g;
	return 0;
}

static int
teardown(void **state)
{
	rig_destroy(*state);
	return nftw(directory, remove_file, 8, FTW_DEPTH | FTW_PHYS);
}

static size_t
lines_in(const char *text)
{
	size_t n = 0;

	for (; *text != '\0'; text++)
		n += *text == '\n';
	return n;
}

/* How many lines a filter lets through; the first and the last of them are these. */
static void
lets(struct rig *g, const char *filter, size_t lines, const char *first, const char *last)
{
	char command[128];
	const char *said, *end;

	snprintf(command, sizeof(command), "more flash:big | %s", filter);
	said = rig_type(g, command);
	assert_int_equal(lines_in(said), lines);
	if (lines == 0)
		return;
	assert_int_equal(strncmp(said, first, strlen(first)), 0);
	end = said + strlen(said) - strlen(last) - 1;
	assert_int_equal(strncmp(end, last, strlen(last)), 0);
}

static void
test_lines(void **state)
{
	struct rig *g = *state;

	lets(g, "include even", LINES / 2, "line 0 even", " line 99998 even_number");
	lets(g, "exclude even", LINES / 2, " line 1 odd", " line 99999 odd_number");
	lets(g, "begin line 99990 ", 10, "line 99990 even", " line 99999 odd_number");
	lets(g, "section line 50000 ", 10, "line 50000 even", " line 50009 odd_number");
	lets(g, "section line 50005 ", 2, "line 50000 even", " line 50005 odd_number");
	lets(g, "section exclude ^line", 0, "", "");
	lets(g, "section exclude ^line 5", LINES - 11110, "line 0", "odd_number");
	lets(g, "count odd|line .*7 ", 1, "Number of lines", "regexp = 50000");
}

static void
test_chains(void **state)
{
	struct rig *g = *state;

	lets(g, "include ^ | exclude 9 | include 8 | count .", 1, "Number of lines",
		"regexp = 26281"); /* 9^5 - 8^5 */
	lets(g, "i odd | e ^.line [0-8] | c .", 1, "Number of lines", "regexp = 5556");
	lets(g, "include 77777|88888", 2, " line 77777", " line 88888 even_number");
	/* no filter's word, and a filter's word with nothing behind it: part of the expression */
	lets(g, "include line 77777 | line 88888", 2, " line 77777", "even_number");
	lets(g, "include even_| count", LINES / 2, "line 0", "even_number");
}

/* `_` is itself, and a delimiter. */
static void
test_expressions(void **state)
{
	struct rig *g = *state;

	lets(g, "include line_4_even", 1, " line 4 even", "number");
	lets(g, "include _4_", 1, " line 4 even", "number");
	lets(g, "include even_number$", LINES / 2, "line 0", "number");
	lets(g, "include ^_line 1_", 1, " line 1 odd", "number");
	lets(g, "include [_]number", LINES, "line 0", "number");
	lets(g, "include (9)\\1{5}", 0, "", ""); /* braces are characters */
	lets(g, "include (9)\\1\\1\\1\\1", 1, " line 99999", "number");
	lets(g, "include (", 1, "% Failed to compile", "expression");
}

static void
test_files(void **state)
{
	struct rig *g = *state;
	char *text, *again;
	size_t len, len_again;

	rig_says(g, "more flash:big | redirect flash:copy", "");
	assert_int_equal(files_load(g->router, "big", &text, &len), 0);
	assert_int_equal(files_load(g->router, "copy", &again, &len_again), 0);
	assert_int_equal(len, len_again);
	assert_memory_equal(text, again, len);
	free(again);
	rig_says(g, "more flash:big | append flash:copy", "");
	assert_int_equal(files_load(g->router, "copy", &again, &len_again), 0);
	assert_int_equal(len_again, 2 * len);
	assert_memory_equal(text, again + len, len);
	free(again);
	lets(g, "tee flash:copy", LINES, "line 0", "odd_number");
	assert_int_equal(files_load(g->router, "copy", &again, &len_again), 0);
	assert_int_equal(len_again, len);
	free(again);
	free(text);
}

/* A file is not opened while the command before the filter is refused, nor the command run without it. */
static void
test_file_that_cannot_be(void **state)
{
	struct rig *g = *state;

	rig_says(g, "show clock | redirect flash:../clock",
		"%Error opening flash:/../clock (Permission denied)\n");
	rig_says(g, "show clock | redirect nvram:startup-config",
		"%Error opening nvram:/startup-config (Permission denied)\n");
	rig_says(g, "show clock | include a | tee disk0:x",
		"%Error opening disk0:x (No such device)\n");
	rig_says(g, "more flash:none | redirect flash:kept",
		"%Error opening flash:/none (No such file or directory)\n");
}

/* Files are privileged, through filters too: the router may be told to take one as its configuration. */
static void
test_files_are_privileged(void **state)
{
	struct rig *g = *state;

	rig_type(g, "show clock | redirect flash:mine\ndisable");
	rig_says(g, "show clock | redirect flash:mine",
		"%Error opening flash:/mine (Permission denied)\n");
	rig_says(g, "show history | append flash:mine",
		"%Error opening flash:/mine (Permission denied)\n");
	rig_says(g, "show privilege | tee flash:other",
		"%Error opening flash:/other (Permission denied)\n");
	rig_type(g, "enable");
	rig_says(g, "dir flash:other", "%Error opening flash:/other (No such file or directory)\n");
	assert_null(strstr(rig_type(g, "more flash:mine"), "show"));
}

/* They have no bound: a user without privileges could hold the router up for minutes. */
static void
test_references_are_privileged(void **state)
{
	static const char no[] = "% Back references need privilege level 15\n";
	struct rig *g = *state;

	rig_type(g, "disable");
	rig_says(g, "show privilege | include ((.*)*)*\\1z", no);
	rig_says(g, "show privilege | include [\\](.)\\1", no);
	rig_says(g, "show privilege | exclude x | count (l)\\1", no);
	rig_says(g, "show privilege | include (l) is\\ 1$", "Current privilege level is 1\n");
	rig_type(g, "enable");
	rig_says(g, "show privilege | include (e)(l) .*\\1\\2|15",
		"Current privilege level is 15\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_chains),
		cmocka_unit_test(test_expressions),
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_file_that_cannot_be),
		cmocka_unit_test(test_files_are_privileged),
		cmocka_unit_test(test_references_are_privileged),
	};

	return cmocka_run_group_tests_name("filters", tests, setup, teardown);
}
