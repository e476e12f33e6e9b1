/*
 * words.c - a line as words, and the small things a word can be: an abbreviation, a number.
 * Addresses are in address.c.
 *
 * Words borrow the line's bytes; nothing here allocates or keeps state, so every function may be
 * called from any thread.  Case is ASCII's, whatever the locale: an IOS keyword has no other
 * letters.
 */
#include "words/words.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

size_t
words_split(const char *line, struct word *w, size_t max)
{
	size_t n = 0, at = 0;

	for (;;) {
		while (is_blank(line[at]))
			at++;
		if (line[at] == '\0' || max == 0)
			return n;
		if (n == max) {
			/* No room for this word: the last one swallows the rest of the line. */
			size_t end = at + strlen(line + at);

			while (is_blank(line[end - 1]))
				end--;
			w[n - 1].len = end - w[n - 1].at;
			return n;
		}
		w[n].text = line + at;
		w[n].at = at;
		while (line[at] != '\0' && !is_blank(line[at]))
			at++;
		w[n].len = at - w[n].at;
		n++;
	}
}

size_t
word_common_prefix(const struct word *w, const char *kw)
{
	size_t i = 0;

	while (i < w->len && kw[i] != '\0' && lower(w->text[i]) == lower(kw[i]))
		i++;
	return i;
}

bool
word_abbreviates(const struct word *w, const char *kw)
{
	return w->len > 0 && word_common_prefix(w, kw) == w->len;
}

unsigned
word_hex_digit(char c)
{
	if (is_digit(c))
		return (unsigned)(c - '0');
	c = lower(c);
	return c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10 : 16;
}

/* The digits at w[at..] as one number of that base, 0..hi. false when there is anything else. */
static bool
digits_value(const struct word *w, size_t at, unsigned base, uint32_t hi, uint32_t *out)
{
	uint64_t value = 0;

	if (at == w->len)
		return false;
	for (; at < w->len; at++) {
		unsigned digit = word_hex_digit(w->text[at]);

		if (digit >= base)
			return false;
		value = value * base + digit;
		if (value > hi)
			return false;
	}
	*out = (uint32_t)value;
	return true;
}

bool
word_number(const struct word *w, uint32_t lo, uint32_t hi, uint32_t *out)
{
	return digits_value(w, 0, 10, hi, out) && *out >= lo;
}

bool
word_number_any_base(const struct word *w, uint32_t lo, uint32_t hi, uint32_t *out)
{
	bool zero = w->len > 1 && w->text[0] == '0';
	bool hex = zero && lower(w->text[1]) == 'x';

	if (hex)
		return digits_value(w, 2, 16, hi, out) && *out >= lo;
	return digits_value(w, zero, zero ? 8 : 10, hi, out) && *out >= lo;
}

int
parse_fail_at(struct parse_error *e, size_t at)
{
	e->fault = PARSE_INVALID;
	e->at = at;
	e->text[0] = '\0';
	return -1;
}

int
parse_fail_message(struct parse_error *e, const char *fmt, ...)
{
	va_list ap;

	e->fault = PARSE_MESSAGE;
	e->at = 0;
	va_start(ap, fmt);
	vsnprintf(e->text, sizeof(e->text), fmt, ap);
	va_end(ap);
	return -1;
}
