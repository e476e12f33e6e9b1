/*
 * config_diff_test.c - configurations as trees, and what two of them differ in.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/config/config_diff.h"

static void
differs(const char *a, const char *b, const char *expected)
{
	struct config_node from, to;
	struct text t = { 0 };

	assert_int_equal(config_parse(a, &from), 0);
	assert_int_equal(config_parse(b, &to), 0);
	config_differences(&t, &from, &to);
	assert_string_equal(t.s, expected);
	text_fini(&t);
	config_free(&from);
	config_free(&to);
}

#define HEAD "!Contextual Config Diffs:\n"

static void
test_tree(void **state)
{
	struct config_node root;

	(void)state;
	assert_int_equal(
		config_parse("Building configuration...\n\nCurrent configuration : 9 bytes\n!\n"
			     "hostname R1\r\n!\narchive\n log config\n  hidekeys\n path x\n"
			     "banner motd ^C\n! not a comment\n end\n^C\nend\nno more\n",
			&root),
		0);
	assert_int_equal(root.n, 3);
	assert_string_equal(root.child[0].line, "hostname R1");
	assert_int_equal(root.child[1].n, 2);
	assert_string_equal(root.child[1].child[0].child[0].line, "hidekeys");
	assert_string_equal(root.child[1].child[1].line, "path x");
	assert_string_equal(root.child[2].line, "banner motd ^C\n! not a comment\n end\n^C");
	config_free(&root);
}

static void
test_no_changes(void **state)
{
	(void)state;
	differs("hostname R1\nend\n", "!\nhostname R1\n!\nend\n", HEAD "!No changes were found\n");
}

/* Order does not matter, context is shown once. */
static void
test_context(void **state)
{
	(void)state;
	differs("hostname R1\ninterface A\n ip x\n ip y\ninterface B\n z\nline con 0\n",
		"interface B\n z\ninterface A\n ip y\n ip w\nline con 0\n login\nhostname R2\n",
		HEAD "interface A\n +ip w\n -ip x\nline con 0\n +login\n+hostname R2\n"
		     "-hostname R1\n");
}

static void
test_nested(void **state)
{
	(void)state;
	differs("archive\n log config\n  a\n  b\n", "archive\n log config\n  a\nnew\n under\n",
		HEAD "archive\n log config\n  -b\n+new\n +under\n");
}

/* In an access list a line that moves has gone and come. */
static void
test_order(void **state)
{
	(void)state;
	differs("ip access-list extended X\n a\n b\n c\n d\n",
		"ip access-list extended X\n a\n c\n b\n d\n e\n",
		HEAD "ip access-list extended X\n -b\n +b\n +e\n");
	differs("ip access-list extended X\n a\n a\n", "ip access-list extended X\n a\n",
		HEAD "ip access-list extended X\n -a\n");
}

/* Beyond what is looked into closely it is still right: what one has and the other has not. */
static void
test_large(void **state)
{
	struct text a = { 0 }, b = { 0 }, expected = { 0 };

	(void)state;
	text_add(&a, "ip access-list extended X\n same\n");
	text_add(&b, "ip access-list extended X\n same\n");
	text_add(&expected, HEAD "ip access-list extended X\n");
	for (int i = 0; i < 3000; i++) {
		text_addf(&a, " old %d\n", i);
		text_addf(&b, " new %d\n", i);
	}
	text_add(&a, " end of it\n");
	text_add(&b, " end of it\n");
	for (int i = 0; i < 3000; i++)
		text_addf(&expected, " -old %d\n", i);
	for (int i = 0; i < 3000; i++)
		text_addf(&expected, " +new %d\n", i);
	differs(a.s, b.s, expected.s);
	text_fini(&a);
	text_fini(&b);
	text_fini(&expected);
}

static void
test_increment(void **state)
{
	struct config_node base, more;
	struct text t = { 0 };

	(void)state;
	assert_int_equal(config_parse("hostname R1\ninterface A\n x\n", &base), 0);
	assert_int_equal(config_parse("HOSTNAME R1\ninterface A\n x\n y\nnew\n", &more), 0);
	config_increment(&t, &base, &more, true);
	assert_string_equal(t.s, "!List of Commands:\ninterface A\n y\nnew\nend\n");
	text_fini(&t);
	config_increment(&t, &base, &more, false);
	assert_string_equal(t.s, "!List of Commands:\nHOSTNAME R1\ninterface A\n y\nnew\nend\n");
	text_fini(&t);
	config_free(&base);
	config_free(&more);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tree),
		cmocka_unit_test(test_no_changes),
		cmocka_unit_test(test_context),
		cmocka_unit_test(test_nested),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_large),
		cmocka_unit_test(test_increment),
	};

	return cmocka_run_group_tests_name("config_diff", tests, NULL, NULL);
}
