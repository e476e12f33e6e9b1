/*
 * console_test.c - the parts of the terminal that are plain functions: Enter, type-ahead, the pager's
 * arithmetic, the echo.
 */
#include <locale.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "cli/console/input.h"
#include "cli/console/newline.h"
#include "cli/console/out.h"
#include "cli/console/pager.h"
#include "cli/console/paint.h"

/* ---- Enter ---- */

static void
folds_to(const char *bytes, size_t len, const char *wanted)
{
	/* Torn at every place: the result is the same. */
	for (size_t cut = 0; cut <= len; cut++) {
		struct newline nl = { 0 };
		char buf[64], got[65];
		size_t n, m;

		memcpy(buf, bytes, len);
		n = newline_fold(&nl, buf, cut);
		memcpy(got, buf, n);
		m = newline_fold(&nl, buf + cut, len - cut);
		memcpy(got + n, buf + cut, m);
		got[n + m] = '\0';
		assert_string_equal(got, wanted);
	}
}

static void
test_newline(void **state)
{
	(void)state;
	folds_to("a\rb\r", 4, "a\rb\r");
	folds_to("a\nb\n", 4, "a\rb\r");
	folds_to("a\r\nb\r\n", 6, "a\rb\r");
	folds_to("a\r\0b\r\0", 6, "a\rb\r");
	folds_to("\r\r\n\n\r\n", 6, "\r\r\r\r");
	folds_to("\0a\0\0b\0", 6, "ab");
	folds_to("\r\0\n", 3, "\r\r");
}

/* ---- type-ahead ---- */

static struct input in;

static void
put(const char *bytes, size_t len)
{
	char buf[INPUT_ROOM];

	memcpy(buf, bytes, len);
	input_put(&in, buf, len);
}

static void
gives(const wchar_t *wanted)
{
	wchar_t c;

	for (; *wanted != L'\0'; wanted++) {
		assert_true(input_next(&in, &c));
		assert_int_equal(c, *wanted);
	}
	assert_false(input_next(&in, &c));
}

static void
test_input_characters(void **state)
{
	(void)state;
	memset(&in, 0, sizeof(in));
	put("a\xc3", 2);
	gives(L"a");
	put("\xa9z", 2);
	gives(L"\u00e9z");
	put("\xe2\x82\xac\xf0\x9f\x99\x82", 7);
	gives(L"\u20ac\U0001f642");
	/* Not UTF-8: skipped, and what follows is not eaten with it. */
	put("\xff"
	    "a\xc3"
	    "b\x80"
	    "c\xe2\x82"
	    "d",
		9);
	gives(L"abcd");
	put("x\xc3", 2);
	in.eof = true;
	gives(L"x");
	assert_int_equal(input_room(&in), INPUT_ROOM);
}

static void
test_input_keeps_order_when_full(void **state)
{
	static char bytes[INPUT_ROOM];
	wchar_t c;

	(void)state;
	memset(&in, 0, sizeof(in));
	put("12345", 5);
	gives(L"12345"); /* so that the ring wraps */
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (char)('a' + i % 26);
	put(bytes, sizeof(bytes));
	assert_int_equal(input_room(&in), 0);
	for (size_t i = 0; i < sizeof(bytes); i++) {
		assert_true(input_next(&in, &c));
		assert_int_equal(c, bytes[i]);
	}
	assert_false(input_next(&in, &c));
}

/* A CR and a LF with something else or a wait for a key between them are two Enters. */
static void
test_input_enter_after_the_answer(void **state)
{
	wchar_t c;

	(void)state;
	memset(&in, 0, sizeof(in));
	put("a\r", 2);
	gives(L"a\r");
	put("\nb\r", 3); /* not answered yet: torn apart on the way */
	gives(L"b\r");
	input_awaited(&in);
	put("\n", 1);
	gives(L"\r");
	put("c\rd\r", 4);
	assert_true(input_next(&in, &c) && input_next(&in, &c));
	input_awaited(&in); /* by c's prompt, but d is typed ahead */
	put("\n", 1);
	gives(L"d\r");
}

static void
test_input_interrupt(void **state)
{
	char keys[] = "ab\x03"
		      "cd\x1e";
	size_t len = strlen(keys);

	(void)state;
	assert_true(input_take_interrupt(keys, &len));
	assert_int_equal(len, 4);
	assert_memory_equal(keys, "abcd", 4);
	assert_false(input_take_interrupt(keys, &len));
}

/* ---- the pager ---- */

/* Splits text into pages by Space; "|" stands where the marker would. */
static void
pages_as(unsigned length, unsigned width, const char *text, const char *wanted)
{
	struct pager p = { .length = length, .width = width };
	char got[512] = "";
	size_t left = strlen(text);

	while (left > 0) {
		size_t n = pager_fit(&p, text, left);

		strncat(got, text, n);
		text += n;
		left -= n;
		if (left > 0) {
			strcat(got, "|");
			pager_page(&p);
		}
	}
	assert_string_equal(got, wanted);
}

static void
test_pager_lines(void **state)
{
	(void)state;
	pages_as(3, 80, "1\n2\n3\n4\n5\n", "1\n2\n|3\n4\n|5\n");
	pages_as(3, 80, "1\n2\n", "1\n2\n"); /* ends with the page: no marker */
	pages_as(3, 80, "\n\n\n", "\n\n|\n");
	pages_as(3, 80, "1\n2\n3", "1\n2\n|3");
	pages_as(0, 80, "1\n2\n3\n4\n", "1\n2\n3\n4\n");
	pages_as(1, 80, "1\n2\n", "1\n|2\n");
	pages_as(2, 80, "1\n2\n", "1\n|2\n");
}

static void
test_pager_long_lines(void **state)
{
	(void)state;
	pages_as(4, 5, "12345\n12345\n12345\n4\n", "12345\n12345\n12345\n|4\n");
	pages_as(4, 5, "1234567890\n3\n4\n", "1234567890\n3\n|4\n");
	pages_as(3, 5, "123456789012345\n", "1234567890|12345\n");
	pages_as(3, 0, "123456789012345\n2\n3\n", "123456789012345\n2\n|3\n");
	pages_as(2, 10, "\t12\t\n", "\t12|\t\n");
	/* Columns are characters, not bytes, and none is cut in two. */
	pages_as(3, 3, "\u00e9\u00e9\u00e9\n2\n3\n", "\u00e9\u00e9\u00e9\n2\n|3\n");
	pages_as(2, 2, "\u00e9\u00e9\u00e9\n", "\u00e9\u00e9|\u00e9\n");
}

static void
test_pager_enter(void **state)
{
	struct pager p = { .length = 4, .width = 80 };
	const char text[] = "1\n2\n3\n4\n5\n6\n7\n8\n";

	(void)state;
	assert_int_equal(pager_fit(&p, text, 16), 6);
	pager_row(&p);
	assert_int_equal(pager_fit(&p, text + 6, 10), 2);
	pager_row(&p);
	assert_int_equal(pager_fit(&p, text + 8, 8), 2);
	pager_page(&p);
	assert_int_equal(pager_fit(&p, text + 10, 6), 6);
}

static void
test_pager_any_split(void **state)
{
	const char text[] = "one\ntwo two two\n\nfour\n";

	(void)state;
	for (size_t cut = 0; cut <= strlen(text); cut++) {
		struct pager p = { .length = 4, .width = 8 };
		size_t n = pager_fit(&p, text, cut);

		if (n == cut)
			n += pager_fit(&p, text + cut, strlen(text) - cut);
		assert_int_equal(n, strlen("one\ntwo two two\n"));
	}
}

/* ---- the echo ---- */

static struct out out;
static struct paint paint;

static void
paints(const wchar_t *text, size_t cursor, const char *wanted)
{
	char got[sizeof(out.buf) + 1];

	out.used = 0;
	paint_line(&paint, text, wcslen(text), cursor);
	memcpy(got, out.buf, out.used);
	got[out.used] = '\0';
	assert_string_equal(got, wanted);
}

static void
test_paint_changes(void **state)
{
	(void)state;
	out_init(&out, -1);
	paint_start(&paint, &out, 3, 80);
	paints(L"s", 1, "s");
	paints(L"sh", 2, "h");
	paints(L"show", 4, "ow");
	paints(L"show", 4, "");
	paints(L"sho", 3, "\b \b");		 /* backspace */
	paints(L"sho", 0, "\b\b\b");		 /* ^A */
	paints(L"sho", 1, "s");			 /* ^F */
	paints(L"sXho", 2, "Xho\b\b");		 /* insert */
	paints(L"sho", 1, "\bho \b\b\b");	 /* delete it again */
	paints(L"", 0, "\b   \b\b\b");		 /* ^U */
	paints(L"show clock", 10, "show clock"); /* history */
	paints(L"show version", 12, "\b\b\b\b\bversion");
	paints(L"a\x03", 2, "\b\b\b\b\b\b\b\b\b\b\b\ba^C         \b\b\b\b\b\b\b\b\b");
	paints(L"a", 1, "\b\b  \b\b");
	paints(L"a\u00e9", 2, "\xc3\xa9");
	paints(L"a", 1, "\b \b");
	paints(L"a\u4e2d", 2, "\xe4\xb8\xad"); /* two columns wide */
	paints(L"a", 1, "\b\b  \b\b");
}

static void
test_paint_scrolls(void **state)
{
	wchar_t line[] = L"abcdefghijklmnopqrstuvwxyz0123456789";

	(void)state;
	out_init(&out, -1);
	paint_start(&paint, &out, 9, 40); /* leaves 30 columns, the last of 40 unused */
	line[30] = L'\0';
	paints(line, 30, "abcdefghijklmnopqrstuvwxyz0123");
	line[30] = L'4';
	line[31] = L'\0';
	paints(line, 31,
		"\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b$klmnopqrstuvwxyz01234"
		"        \b\b\b\b\b\b\b\b");
	line[31] = L'5';
	line[32] = L'\0';
	paints(line, 32, "5");
	paints(line, 0,
		"\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b"
		"abcdefghijklmnopqrstuvwxyz012$"
		"\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b");
}

static void
endless_at(unsigned width)
{
	wchar_t line[1001];
	char typed[2] = "x";

	paint_start(&paint, &out, 20, width);
	for (size_t n = 1; n <= 1000; n++) {
		line[n - 1] = L'x';
		line[n] = L'\0';
		paints(line, n, typed);
	}
}

static void
test_paint_endless(void **state)
{
	(void)state;
	out_init(&out, -1);
	endless_at(0);
	endless_at(511);
	endless_at(512);
}

/* Any change of any line shows the same as that line shown at once: played on a screen of one row. */
static void
play(const char *bytes, size_t n, wchar_t *screen, size_t *at)
{
	for (size_t i = 0; i < n; i++) {
		if (bytes[i] == '\b') {
			assert_true(*at > 0);
			--*at;
		} else {
			assert_true(bytes[i] >= ' ');
			screen[(*at)++] = (wchar_t)bytes[i];
		}
	}
}

static void
test_paint_random_edits(void **state)
{
	enum { WIDTH = 60, START = 5, STEPS = 20000 };
	wchar_t screen[WIDTH + 1], fresh[WIDTH + 1], text[200];
	size_t n = 0, at = 0;
	uint32_t seed = 20070, r = seed;

	(void)state;
	print_message("seed %u\n", seed);
	out_init(&out, -1);
	paint_start(&paint, &out, START, WIDTH);
	wmemset(screen, L' ', WIDTH);
	for (int step = 0; step < STEPS; step++) {
		size_t cursor, where, fresh_at = 0;
		static struct paint once;

		r = r * 1664525 + 1013904223;
		where = n > 0 ? (r >> 8) % n : 0;
		if ((r >> 28) < 9 && n < 199) {
			wmemmove(text + where + 1, text + where, n - where);
			text[where] = L'a' + (wchar_t)((r >> 4) % 26);
			n++;
		} else if (n > 0) {
			wmemmove(text + where, text + where + 1, n - where - 1);
			n--;
		}
		cursor = n > 0 ? (r >> 16) % (n + 1) : 0;
		out.used = 0;
		paint_line(&paint, text, n, cursor);
		play(out.buf, out.used, screen, &at);

		paint_start(&once, &out, START, WIDTH);
		once.scroll = paint.scroll;
		out.used = 0;
		wmemset(fresh, L' ', WIDTH);
		paint_line(&once, text, n, cursor);
		play(out.buf, out.used, fresh, &fresh_at);
		assert_int_equal(at, fresh_at);
		assert_true(at < WIDTH - START);
		assert_memory_equal(screen, fresh, (WIDTH - START) * sizeof(wchar_t));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_newline),
		cmocka_unit_test(test_input_characters),
		cmocka_unit_test(test_input_keeps_order_when_full),
		cmocka_unit_test(test_input_enter_after_the_answer),
		cmocka_unit_test(test_input_interrupt),
		cmocka_unit_test(test_pager_lines),
		cmocka_unit_test(test_pager_long_lines),
		cmocka_unit_test(test_pager_enter),
		cmocka_unit_test(test_pager_any_split),
		cmocka_unit_test(test_paint_changes),
		cmocka_unit_test(test_paint_scrolls),
		cmocka_unit_test(test_paint_endless),
		cmocka_unit_test(test_paint_random_edits),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
