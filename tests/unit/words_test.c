/*
 * words_test.c - splitting lines, choosing among choices, the caret, and what `?` collects.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "words/words.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define KEYWORD(kw, number)                                                                        \
	{                                                                                          \
		.type = CHOICE_KEYWORD, .text = kw, .help = kw " help", .id = number               \
	}

/* A line being read, ready for word_choose(). */
struct reading {
	struct word_reader r;
	struct word word[WORDS_MAX];
	struct parse_error err;
	struct choice_list expect;
};

static void
reading_start(struct reading *x, const char *line)
{
	memset(x, 0, sizeof(*x));
	x->r.line = line;
	x->r.word = x->word;
	x->r.n = words_split(line, x->word, WORDS_MAX);
	x->r.err = &x->err;
}

static int
choose(const char *line, const struct choice *c, size_t n, struct choice_value *v,
	struct parse_error *err)
{
	struct reading x;
	int id;

	reading_start(&x, line);
	id = word_choose(&x.r, c, n, v);
	if (err != NULL)
		*err = x.err;
	return id;
}

static void
assert_invalid_at(const char *line, const struct choice *c, size_t n, size_t at)
{
	struct parse_error err;

	assert_int_equal(choose(line, c, n, NULL, &err), -1);
	assert_int_equal(err.fault, PARSE_INVALID);
	assert_int_equal(err.at, at);
}

static void
assert_fault(const char *line, const struct choice *c, size_t n, enum parse_fault fault)
{
	struct parse_error err;

	assert_int_equal(choose(line, c, n, NULL, &err), -1);
	assert_int_equal(err.fault, fault);
}

static void
split_finds_words_and_offsets(void **state)
{
	const char *line = "  permit\ttcp  any ";
	struct word w[8];

	(void)state;
	assert_int_equal(words_split(line, w, COUNT(w)), 3);
	assert_int_equal(w[0].at, 2);
	assert_int_equal(w[0].len, 6);
	assert_ptr_equal(w[1].text, line + 9);
	assert_int_equal(w[2].at, 14);
	assert_int_equal(w[2].len, 3);
	assert_int_equal(words_split(" \t ", w, COUNT(w)), 0);
	assert_int_equal(words_split("", w, COUNT(w)), 0);
	assert_int_equal(words_split("one", w, 0), 0);
}

static void
split_folds_what_does_not_fit(void **state)
{
	struct word w[2];

	(void)state;
	assert_int_equal(words_split("one two  three four  ", w, COUNT(w)), 2);
	assert_int_equal(w[1].at, 4);
	assert_int_equal(w[1].len, strlen("two  three four"));
	assert_int_equal(words_split("one two", w, COUNT(w)), 2);
	assert_int_equal(w[1].len, 3);
}

static void
numbers_stay_in_range(void **state)
{
	static const struct {
		const char *text;
		uint32_t lo, hi;
		bool ok;
		uint32_t value;
	} row[] = {
		{ "0", 0, 255, true, 0 },
		{ "255", 0, 255, true, 255 },
		{ "256", 0, 255, false, 0 },
		{ "007", 1, 10, true, 7 },
		{ "0", 1, 10, false, 0 },
		{ "-1", 0, 10, false, 0 },
		{ "+1", 0, 10, false, 0 },
		{ "1x", 0, 10, false, 0 },
		{ "4294967295", 0, UINT32_MAX, true, UINT32_MAX },
		{ "4294967296", 0, UINT32_MAX, false, 0 },
		{ "99999999999999999999999", 0, UINT32_MAX, false, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		struct word w = { .text = row[i].text, .len = strlen(row[i].text) };
		uint32_t value = 0;

		assert_int_equal(word_number(&w, row[i].lo, row[i].hi, &value), row[i].ok);
		assert_int_equal(value, row[i].value);
	}
	assert_false(word_number(&(struct word){ .text = "", .len = 0 }, 0, 9, &(uint32_t){ 0 }));
}

static void
addresses_say_where_they_stop(void **state)
{
	static const struct {
		const char *text;
		bool ok;
		uint32_t addr;
		size_t bad;
	} row[] = {
		{ "0.0.0.0", true, 0, 0 },
		{ "255.255.255.255", true, UINT32_MAX, 0 },
		{ "192.168.200.198", true, 0xc0a8c8c6, 0 },
		{ "010.001.000.099", true, 0x0a010063, 0 },
		{ "5.18.144.189/32", false, 0, 12 },
		{ "0255.255.1", false, 0, 0 },
		{ "10.0.0.256", false, 0, 7 },
		{ "10.0.0.0001", false, 0, 7 },
		{ "10.0.0", false, 0, 6 },
		{ "10.0.0.", false, 0, 7 },
		{ "10..0.1", false, 0, 3 },
		{ "10.0.0.1.2", false, 0, 8 },
		{ "any", false, 0, 0 },
		{ "", false, 0, 0 },
	};
	char buf[16];

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		struct word w = { .text = row[i].text, .len = strlen(row[i].text) };
		uint32_t addr = 0;
		size_t bad = 0;

		assert_int_equal(word_ipv4(&w, &addr, &bad), row[i].ok);
		assert_int_equal(addr, row[i].addr);
		assert_int_equal(bad, row[i].bad);
	}
	assert_string_equal(ipv4_text(0xc0a8c8c6, buf), "192.168.200.198");
	assert_string_equal(ipv4_text(0x0a000900, buf), "10.0.9.0");
	assert_string_equal(ipv4_text(UINT32_MAX, buf), "255.255.255.255");
}

static const struct choice echoes[] = {
	KEYWORD("echo-reply", 1),
	KEYWORD("echo", 2),
	KEYWORD("established", 3),
	KEYWORD("log", 4),
	{ .type = CHOICE_NUMBER, .lo = 0, .hi = 255, .help = "type", .id = 5 },
	{ .type = CHOICE_END, .help = "", .id = 6 },
};

static void
keywords_exact_and_abbreviated(void **state)
{
	(void)state;
	assert_int_equal(choose("echo", echoes, COUNT(echoes), NULL, NULL), 2);
	assert_int_equal(choose("ECHO-r", echoes, COUNT(echoes), NULL, NULL), 1);
	assert_int_equal(choose("Est", echoes, COUNT(echoes), NULL, NULL), 3);
	assert_int_equal(choose("l", echoes, COUNT(echoes), NULL, NULL), 4);
	assert_int_equal(choose("8", echoes, COUNT(echoes), NULL, NULL), 5);
	assert_fault("ec", echoes, COUNT(echoes), PARSE_AMBIGUOUS);
	assert_fault("e", echoes, COUNT(echoes), PARSE_AMBIGUOUS);
}

static void
same_keyword_twice_is_not_ambiguous(void **state)
{
	static const struct choice twice[] = { KEYWORD("show", 1), KEYWORD("show", 2) };

	(void)state;
	assert_int_equal(choose("sh", twice, COUNT(twice), NULL, NULL), 1);
}

static void
caret_is_where_no_choice_continues(void **state)
{
	(void)state;
	assert_invalid_at("echoes", echoes, COUNT(echoes), 4);
	assert_invalid_at("  estimate", echoes, COUNT(echoes), 5);
	assert_invalid_at("logg", echoes, COUNT(echoes), 3);
	assert_invalid_at("256", echoes, COUNT(echoes), 0);
	assert_invalid_at("xyz", echoes, COUNT(echoes), 0);
}

static void
caret_is_the_furthest_reach(void **state)
{
	static const struct choice where[] = {
		KEYWORD("any", 1),
		KEYWORD("host", 2),
		{ .type = CHOICE_IPV4, .text = "A.B.C.D", .id = 3 },
	};
	struct choice_value v;

	(void)state;
	assert_int_equal(choose("10.0.0.1", where, COUNT(where), &v, NULL), 3);
	assert_int_equal(v.ipv4, 0x0a000001);
	assert_int_equal(v.len, 8);
	assert_invalid_at("10.0.0.1/8", where, COUNT(where), 8);
	assert_invalid_at("10.0.0.300", where, COUNT(where), 7);
	assert_invalid_at("hosts", where, COUNT(where), 4);
}

static void
names_lose_to_everything_else(void **state)
{
	static const struct choice name[] = {
		{ .type = CHOICE_WORD, .text = "WORD", .id = 1 },
		{ .type = CHOICE_NUMBER, .lo = 100, .hi = 199, .id = 2 },
		KEYWORD("extended", 3),
		KEYWORD("external", 4),
	};
	struct choice_value v;

	(void)state;
	assert_int_equal(choose("Inside", name, COUNT(name), &v, NULL), 1);
	assert_int_equal(v.len, 6);
	assert_memory_equal(v.text, "Inside", 6);
	assert_int_equal(choose("150", name, COUNT(name), &v, NULL), 2);
	assert_int_equal(v.number, 150);
	assert_int_equal(choose("200", name, COUNT(name), NULL, NULL), 1);
	assert_int_equal(choose("exten", name, COUNT(name), NULL, NULL), 3);
	assert_fault("ext", name, COUNT(name), PARSE_AMBIGUOUS);
}

/* Takes "fa 0" as two words or "fa0" as one; a wrong word is wrong from its third byte. */
static size_t
accept_port(void *arg, const struct word *w, size_t n, size_t *bad)
{
	size_t *calls = arg;

	++*calls;
	if (w[0].len == 3 && memcmp(w[0].text, "fa0", 3) == 0)
		return 1;
	if (n > 1 && w[0].len == 2 && memcmp(w[0].text, "fa", 2) == 0)
		return 2;
	*bad = 2;
	return 0;
}

static void
typed_choices_break_ambiguity(void **state)
{
	static const struct choice c[] = {
		KEYWORD("fast", 1),
		KEYWORD("faint", 2),
		{ .type = CHOICE_CUSTOM, .text = "IF", .accept = accept_port, .id = 3 },
		KEYWORD("out", 4),
	};
	struct reading x;
	struct choice_value v;
	size_t calls = 0;

	(void)state;
	reading_start(&x, "fa  0 out");
	x.r.arg = &calls;
	assert_int_equal(word_choose(&x.r, c, COUNT(c), &v), 3);
	assert_int_equal(calls, 1);
	assert_int_equal(v.len, strlen("fa  0"));
	assert_ptr_equal(v.text, x.r.line);
	assert_int_equal(x.r.pos, 2);
	assert_int_equal(word_choose(&x.r, c, COUNT(c), &v), 4);

	reading_start(&x, "fa");
	x.r.arg = &calls;
	assert_int_equal(word_choose(&x.r, c, COUNT(c), &v), -1);
	assert_int_equal(x.err.fault, PARSE_AMBIGUOUS);
	reading_start(&x, "zz99");
	x.r.arg = &calls;
	assert_int_equal(word_choose(&x.r, c, COUNT(c), &v), -1);
	assert_int_equal(x.err.at, 2);
}

static void
line_takes_the_rest_verbatim(void **state)
{
	static const struct choice text[] = { { .type = CHOICE_LINE, .text = "LINE", .id = 7 } };
	struct reading x;
	struct choice_value v;

	(void)state;
	reading_start(&x, "remark  two  blanks\tkept ");
	x.r.pos = 1;
	assert_int_equal(word_choose(&x.r, text, COUNT(text), &v), 7);
	assert_int_equal(v.len, strlen("two  blanks\tkept "));
	assert_int_equal(x.r.pos, x.r.n);
	reading_start(&x, "remark");
	x.r.pos = 1;
	assert_int_equal(word_choose(&x.r, text, COUNT(text), &v), -1);
	assert_int_equal(x.err.fault, PARSE_INCOMPLETE);
}

static void
end_of_line(void **state)
{
	static const struct choice last[] = { { .type = CHOICE_END, .id = 9 } };

	(void)state;
	assert_int_equal(choose("", echoes, COUNT(echoes), NULL, NULL), 6);
	assert_int_equal(choose("", last, COUNT(last), NULL, NULL), 9);
	assert_fault("", echoes, 4, PARSE_INCOMPLETE);
	assert_invalid_at(" extra", last, COUNT(last), 1);
}

static void
expect_collects_once_per_choice(void **state)
{
	struct reading x;
	char buf[32];

	(void)state;
	reading_start(&x, "echo");
	x.r.expect = &x.expect;
	assert_int_equal(word_choose(&x.r, echoes, 4, NULL), 2);
	assert_int_equal(x.expect.n, 0);
	assert_int_equal(word_choose(&x.r, echoes, 4, NULL), -1);
	assert_int_equal(x.expect.n, 4);
	assert_int_equal(word_choose(&x.r, echoes, COUNT(echoes), NULL), 6);
	assert_int_equal(x.expect.n, 6);
	assert_string_equal(choice_token(&x.expect.v[0], buf, sizeof(buf)), "echo-reply");
	assert_string_equal(choice_token(&x.expect.v[4], buf, sizeof(buf)), "<0-255>");
	assert_string_equal(choice_token(&x.expect.v[5], buf, sizeof(buf)), "<cr>");
	choice_list_fini(&x.expect);
	assert_null(x.expect.v);
}

static void
choice_list_grows(void **state)
{
	struct choice_list l = { 0 };

	(void)state;
	for (uint32_t i = 0; i < 200; i++) {
		struct choice c = { .type = CHOICE_NUMBER, .lo = i, .hi = 1000, .id = (int)i };

		assert_int_equal(choice_list_add(&l, &c, 1), 0);
		assert_int_equal(choice_list_add(&l, &c, 1), 0);
	}
	assert_int_equal(l.n, 200);
	assert_int_equal(l.v[199].lo, 199);
	choice_list_fini(&l);
}

static void
messages_are_kept(void **state)
{
	struct parse_error e;

	(void)state;
	assert_int_equal(parse_fail_message(&e, "%% Wrong by %d", 3), -1);
	assert_int_equal(e.fault, PARSE_MESSAGE);
	assert_string_equal(e.text, "% Wrong by 3");
	assert_int_equal(parse_fail_at(&e, 12), -1);
	assert_int_equal(e.fault, PARSE_INVALID);
	assert_int_equal(e.at, 12);
	assert_string_equal(e.text, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(split_finds_words_and_offsets),
		cmocka_unit_test(split_folds_what_does_not_fit),
		cmocka_unit_test(numbers_stay_in_range),
		cmocka_unit_test(addresses_say_where_they_stop),
		cmocka_unit_test(keywords_exact_and_abbreviated),
		cmocka_unit_test(same_keyword_twice_is_not_ambiguous),
		cmocka_unit_test(caret_is_where_no_choice_continues),
		cmocka_unit_test(caret_is_the_furthest_reach),
		cmocka_unit_test(names_lose_to_everything_else),
		cmocka_unit_test(typed_choices_break_ambiguity),
		cmocka_unit_test(line_takes_the_rest_verbatim),
		cmocka_unit_test(end_of_line),
		cmocka_unit_test(expect_collects_once_per_choice),
		cmocka_unit_test(choice_list_grows),
		cmocka_unit_test(messages_are_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
