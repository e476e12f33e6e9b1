/*
 * pattern_test.c - IOS's regular expressions: what each character of them means.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "words/pattern.h"

static void
expressions_match(void **state)
{
	static const struct {
		const char *pattern, *text;
		bool matches;
	} cases[] = {
		{ "ip nat", " ip nat inside", true },
		{ "IP", "ip", false },
		{ "^ip", " ip", false },
		{ "access-list|remark", "ip remark", true },
		{ "any$", "permit ip any any", true },
		{ "10.1", "1001", true },
		{ "10\\.1", "1001", false },
		{ "(a|b)+c", "xabac", true },
		{ "[0-9]+/[0-9]", "GigabitEthernet0/1", true },
		{ "[^a]", "aaa", false },
		{ "[]x]", "a]", true },
		{ "x{2}", "xx", false },
		{ "x{2}", "x{2}", true },
		{ "}", "interface {", false },
		{ "\\$1\\$", "secret 5 $1$abc", true },
		/* the delimiter */
		{ "_100_", "as 100", true },
		{ "_100_", "100", true },
		{ "_100_", "as 1001", false },
		{ "_100_", "{100,200}", true },
		{ "_100_", "(100)", true },
		{ "[_]", "a b", false },
		{ "MY_LIST", "list MY_LIST", true },
		{ "\\_", "a b", false },
		/* what was matched before */
		{ "([a-z])\\1", "aabb", true },
		{ "([a-z])\\1", "abab", false },
		{ "_([a-z])\\1", "x aa", true },
		{ "_([a-z])\\1", "x ab", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		regex_t re;
		bool matches;

		if (pattern_compile(&re, cases[i].pattern) != 0)
			fail_msg("%s does not compile", cases[i].pattern);
		matches = regexec(&re, cases[i].text, 0, NULL, 0) == 0;
		regfree(&re);
		if (matches != cases[i].matches)
			fail_msg("%s and \"%s\": %d", cases[i].pattern, cases[i].text, matches);
	}
}

static void
nonsense_does_not_compile(void **state)
{
	static const char *const patterns[] = { "(", "[", "[^", "[a", "a(b", "\\1", "(a)\\2",
		"_____________([a-z])\\1", "x\\" };
	regex_t re;

	(void)state;
	for (size_t i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++)
		if (pattern_compile(&re, patterns[i]) == 0)
			fail_msg("%s compiles", patterns[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(expressions_match),
		cmocka_unit_test(nonsense_does_not_compile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
