/*
 * time_range_test.c - time ranges: their words, how they are shown, and when they are active.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "acl/time_range.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static int
parse(const char *line, struct time_window *w, struct parse_error *err, struct choice_list *expect)
{
	struct word word[32];
	struct word_reader r = {
		.line = line,
		.word = word,
		.n = words_split(line, word, COUNT(word)),
		.expect = expect,
		.err = err,
	};

	memset(err, 0, sizeof(*err));
	return time_window_parse(&r, w);
}

static struct time_window
window(const char *line)
{
	struct parse_error err;
	struct time_window w;

	if (parse(line, &w, &err, NULL) != 0)
		fail_msg("refused: %s (fault %d at %zu %s)", line, err.fault, err.at, err.text);
	return w;
}

/* Minutes since 1970 of a date, by the C library. */
static int64_t
minute(const char *date)
{
	struct tm tm = { 0 };

	assert_non_null(strptime(date, "%Y-%m-%d %H:%M", &tm));
	return timegm(&tm) / 60;
}

static void
windows_are_shown_as_ios_does(void **state)
{
	static const char *const row[][2] = {
		{ "periodic weekdays 09:00 to 17:00", "periodic weekdays 9:00 to 17:00" },
		{ "PERIODIC daily 19:33 to 19:36", "periodic daily 19:33 to 19:36" },
		{ "per weekend 0:00 to 23:59", "periodic weekend 0:00 to 23:59" },
		{ "periodic friday Mon 8:5 to 09:30", "periodic Monday Friday 8:05 to 9:30" },
		{ "periodic Monday Tues Wed Thu Fri 1:00 to 2:00",
			"periodic weekdays 1:00 to 2:00" },
		{ "periodic sat sun 1:00 to 2:00", "periodic weekend 1:00 to 2:00" },
		{ "periodic Friday 17:00 to Monday 8:00", "periodic Friday 17:00 to Monday 8:00" },
		{ "periodic Friday 7:00 to Friday 8:00", "periodic Friday 7:00 to 8:00" },
		{ "periodic Friday 9:00 to Friday 8:00", "periodic Friday 9:00 to Friday 8:00" },
		{ "periodic daily 22:00 to 6:00", "periodic daily 22:00 to 6:00" },
		{ "absolute start 3:45 23 October 2025", "absolute start 03:45 23 October 2025" },
		{ "abs e 23:59 29 feb 2024", "absolute end 23:59 29 February 2024" },
		{ "absolute end 00:00 1 mar 2000 start 0:00 31 DEC 1999",
			"absolute start 00:00 31 December 1999 end 00:00 1 March 2000" },
	};
	char text[TIME_RANGE_TEXT_MAX], again[TIME_RANGE_TEXT_MAX];

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		struct time_window w = window(row[i][0]);

		assert_int_equal(time_window_format(&w, text, sizeof(text)), strlen(row[i][1]));
		assert_string_equal(text, row[i][1]);
		w = window(text);
		time_window_format(&w, again, sizeof(again));
		assert_string_equal(again, text);
	}
}

static void
wrong_words_get_their_caret(void **state)
{
	static const struct {
		const char *line;
		enum parse_fault fault;
		size_t at;
	} row[] = {
		{ "periodic", PARSE_INCOMPLETE, 0 },
		{ "absolute", PARSE_INCOMPLETE, 0 },
		{ "periodic 9:00 to 10:00", PARSE_INVALID, 9 },
		{ "periodic daily Monday 9:00 to 10:00", PARSE_INVALID, 15 },
		{ "periodic Monday daily 9:00 to 10:00", PARSE_INVALID, 16 },
		{ "periodic daily 24:00 to 10:00", PARSE_INVALID, 15 },
		{ "periodic daily 9:60 to 10:00", PARSE_INVALID, 17 },
		{ "periodic daily 9:000 to 10:00", PARSE_INVALID, 19 },
		{ "periodic daily 900 to 10:00", PARSE_INVALID, 15 },
		{ "periodic daily 123 to 10:00", PARSE_INVALID, 17 },
		{ "periodic daily 9:00 until", PARSE_INVALID, 20 },
		{ "periodic daily 9:00 to Monday 10:00", PARSE_INVALID, 23 },
		{ "periodic Monday Friday 9:00 to Friday 10:00", PARSE_INVALID, 31 },
		{ "periodic daily 9:00 to", PARSE_INCOMPLETE, 0 },
		{ "periodic daily 9:00 to 10:00 x", PARSE_INVALID, 29 },
		{ "periodic T 9:00 to 10:00", PARSE_AMBIGUOUS, 0 },
		{ "absolute start 9:00 30 Feb 2024", PARSE_INVALID, 20 },
		{ "absolute start 9:00 32 May 2024", PARSE_INVALID, 20 },
		{ "absolute start 9:00 1 Ju 2024", PARSE_INVALID, 24 },
		{ "absolute start 9:00 1 Mai 2024", PARSE_INVALID, 24 },
		{ "absolute start 9:00 1 May 1992", PARSE_INVALID, 26 },
		{ "absolute start 9:00 1 May 2024 start", PARSE_INVALID, 31 },
		{ "absolute start 9:00 2 May 2024 end 9:00 1 May 2024", PARSE_MESSAGE, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		struct parse_error err;
		struct time_window w;

		assert_int_equal(parse(row[i].line, &w, &err, NULL), -1);
		if (err.fault != row[i].fault || err.at != row[i].at)
			fail_msg("%s: fault %d at %zu", row[i].line, err.fault, err.at);
	}
}

static void
help_lists(const char *line, const char *want)
{
	struct choice_list expect = { 0 };
	struct parse_error err;
	struct time_window w;
	char got[512], token[32];
	size_t len = 0;

	(void)parse(line, &w, &err, &expect);
	got[0] = '\0';
	for (size_t i = 0; i < expect.n; i++) {
		assert_non_null(expect.v[i].help);
		len += (size_t)snprintf(got + len, sizeof(got) - len, "%s%s", i > 0 ? " " : "",
			choice_token(&expect.v[i], token, sizeof(token)));
	}
	choice_list_fini(&expect);
	assert_string_equal(got, want);
}

static void
help_knows_every_position(void **state)
{
	(void)state;
	help_lists("", "absolute periodic");
	help_lists("absolute", "end start");
	help_lists("absolute start", "hh:mm");
	help_lists("absolute start 9:00", "<1-31>");
	help_lists("absolute start 9:00 1", "MONTH");
	help_lists("absolute start 9:00 1 May", "<1993-2035>");
	help_lists("absolute start 9:00 1 May 2024", "end <cr>");
	help_lists("absolute start 9:00 1 May 2024 end 9:00 1 May 2025", "<cr>");
	help_lists("periodic",
		"Monday Tuesday Wednesday Thursday Friday Saturday Sunday daily weekdays weekend");
	help_lists("periodic daily", "hh:mm");
	help_lists("periodic Monday",
		"Monday Tuesday Wednesday Thursday Friday Saturday Sunday hh:mm");
	help_lists("periodic daily 9:00", "to");
	help_lists("periodic daily 9:00 to", "hh:mm");
	help_lists("periodic Monday 9:00 to",
		"hh:mm Monday Tuesday Wednesday Thursday Friday Saturday Sunday");
	help_lists("periodic daily 9:00 to 10:00", "<cr>");
}

/* Of one window alone. */
static bool
active(const char *line, const char *date)
{
	struct time_range *t = time_range_create("T");
	struct time_window w = window(line);
	bool is;

	assert_int_equal(time_range_add(t, &w), 1);
	is = time_range_active(t, minute(date));
	time_range_destroy(t);
	return is;
}

static void
windows_open_and_close(void **state)
{
	static const struct {
		const char *line, *date;
		bool active;
	} row[] = {
		/* 20 October 2025 is a Monday. */
		{ "periodic weekdays 9:00 to 17:00", "2025-10-20 08:59", false },
		{ "periodic weekdays 9:00 to 17:00", "2025-10-20 09:00", true },
		{ "periodic weekdays 9:00 to 17:00", "2025-10-24 17:00", true },
		{ "periodic weekdays 9:00 to 17:00", "2025-10-24 17:01", false },
		{ "periodic weekdays 9:00 to 17:00", "2025-10-25 12:00", false },
		{ "periodic daily 0:00 to 23:59", "2025-10-25 23:59", true },
		{ "periodic Sunday 12:00 to 12:00", "2025-10-26 12:00", true },
		{ "periodic Sunday 12:00 to 12:00", "2025-10-26 12:01", false },
		{ "periodic daily 22:00 to 6:00", "2025-10-22 05:59", true },
		{ "periodic daily 22:00 to 6:00", "2025-10-22 06:01", false },
		{ "periodic Sunday 22:00 to 6:00", "2025-10-27 03:00", true },
		{ "periodic Sunday 22:00 to 6:00", "2025-10-26 03:00", false },
		{ "periodic Friday 17:00 to Monday 8:00", "2025-10-24 16:59", false },
		{ "periodic Friday 17:00 to Monday 8:00", "2025-10-26 12:00", true },
		{ "periodic Friday 17:00 to Monday 8:00", "2025-10-27 08:00", true },
		{ "periodic Friday 17:00 to Monday 8:00", "2025-10-27 08:01", false },
		{ "periodic Friday 9:00 to Friday 8:00", "2025-10-24 08:30", false },
		{ "periodic Friday 9:00 to Friday 8:00", "2025-10-23 08:30", true },
		{ "periodic Thursday 0:00 to 23:59", "1970-01-01 00:00", true },
		{ "periodic Wednesday 0:00 to 23:59", "1969-12-31 23:59", true },
		{ "absolute start 12:00 29 February 2024", "2024-02-29 11:59", false },
		{ "absolute start 12:00 29 February 2024", "2024-02-29 12:00", true },
		{ "absolute start 12:00 29 February 2024", "2035-01-01 00:00", true },
		{ "absolute end 12:00 31 December 2024", "2024-12-31 12:00", true },
		{ "absolute end 12:00 31 December 2024", "2024-12-31 12:01", false },
		{ "absolute end 12:00 31 December 2024", "1993-01-01 00:00", true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++)
		if (active(row[i].line, row[i].date) != row[i].active)
			fail_msg("%s at %s", row[i].line, row[i].date);
}

/* Every day the calendar knows reads as what it shows, and is where the C library says. */
static void
dates_are_the_calendar_s(void **state)
{
	int64_t last = minute("2035-12-31 00:00");

	(void)state;
	for (int64_t m = minute("1993-01-01 00:00"); m <= last; m += 24 * 60) {
		time_t seconds = m * 60;
		char line[64], text[TIME_RANGE_TEXT_MAX];
		struct time_window w;
		struct tm tm;

		gmtime_r(&seconds, &tm);
		assert_true(strftime(line, sizeof(line), "absolute end 00:00 %e %B %Y", &tm) > 0);
		w = window(line);
		assert_int_equal(w.end, m);
		time_window_format(&w, text, sizeof(text));
		w = window(text);
		assert_int_equal(w.end, m);
	}
}

static void
a_range_has_one_absolute_and_many_periodic(void **state)
{
	struct time_range *t = time_range_create("WORKHOURS");
	struct time_window monday = window("periodic Monday 9:00 to 17:00");
	struct time_window friday = window("periodic Friday 9:00 to 17:00");
	struct time_window early = window("absolute end 0:00 1 January 2000");
	struct time_window late = window("absolute start 0:00 1 January 2025");

	(void)state;
	assert_string_equal(time_range_name(t), "WORKHOURS");
	assert_true(time_range_active(t, 0));
	assert_int_equal(time_range_add(t, &monday), 1);
	assert_int_equal(time_range_add(t, &friday), 1);
	assert_int_equal(time_range_add(t, &monday), 0);
	assert_int_equal(time_range_add(t, &early), 1);
	assert_int_equal(time_range_add(t, &early), 0);
	assert_false(time_range_active(t, minute("2025-10-20 12:00")));
	assert_int_equal(time_range_add(t, &late), 1);
	assert_true(time_range_at(t, 0)->absolute);
	assert_int_equal(time_range_at(t, 0)->start, late.start);
	assert_int_equal(time_range_at(t, 1)->days, 1);
	assert_int_equal(time_range_at(t, 2)->days, 1 << 4);
	assert_null(time_range_at(t, 3));

	assert_true(time_range_active(t, minute("2025-10-20 12:00")));
	assert_true(time_range_active(t, minute("2025-10-24 12:00")));
	assert_false(time_range_active(t, minute("2025-10-21 12:00")));
	assert_false(time_range_active(t, minute("2024-10-21 12:00")));

	assert_true(time_range_remove(t, &early));
	assert_false(time_range_remove(t, &early));
	assert_true(time_range_active(t, minute("2024-10-21 12:00")));
	assert_true(time_range_remove(t, &monday));
	assert_false(time_range_remove(t, &monday));
	assert_false(time_range_active(t, minute("2024-10-21 12:00")));
	assert_true(time_range_remove(t, &friday));
	assert_true(time_range_active(t, minute("2024-10-21 12:00")));
	time_range_destroy(t);
	time_range_destroy(NULL);
}

static void
many_windows_and_long_names(void **state)
{
	struct time_range *t;
	char name[2 * TIME_RANGE_NAME_MAX];

	(void)state;
	memset(name, 'n', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	t = time_range_create(name);
	assert_int_equal(strlen(time_range_name(t)), TIME_RANGE_NAME_MAX);
	for (uint16_t i = 0; i < 100; i++) {
		struct time_window w = { .days = 1, .from = i, .to = i, .to_day = -1 };

		assert_int_equal(time_range_add(t, &w), 1);
	}
	assert_int_equal(time_range_at(t, 99)->from, 99);
	time_range_destroy(t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(windows_are_shown_as_ios_does),
		cmocka_unit_test(wrong_words_get_their_caret),
		cmocka_unit_test(help_knows_every_position),
		cmocka_unit_test(windows_open_and_close),
		cmocka_unit_test(dates_are_the_calendar_s),
		cmocka_unit_test(a_range_has_one_absolute_and_many_periodic),
		cmocka_unit_test(many_windows_and_long_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
