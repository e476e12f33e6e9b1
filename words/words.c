/*
 * words.c - a line as words, and the small things a word can be: an abbreviation, a number, an
 * address.
 *
 * Words borrow the line's bytes; nothing here allocates or keeps state, so every function may be
 * called from any thread.  Case is ASCII's, whatever the locale: an IOS keyword has no other
 * letters.
 *
 * Where an address stops being legal follows what was seen on routers: a wrong octet is wrong from
 * its first digit ("0255.1.1.1"), anything else where it stands ("10.1.1.1/8", the slash).
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

bool
word_number(const struct word *w, uint32_t lo, uint32_t hi, uint32_t *out)
{
	uint64_t value = 0;

	if (w->len == 0)
		return false;
	for (size_t i = 0; i < w->len; i++) {
		if (!is_digit(w->text[i]))
			return false;
		value = value * 10 + (uint64_t)(w->text[i] - '0');
		if (value > hi)
			return false;
	}
	if (value < lo)
		return false;
	*out = (uint32_t)value;
	return true;
}

/* One octet at w[*at]; steps past it. */
static bool
take_octet(const struct word *w, size_t *at, uint32_t *octet)
{
	size_t i = *at;
	uint32_t value = 0;

	for (; i < w->len && is_digit(w->text[i]); i++) {
		value = value * 10 + (uint32_t)(w->text[i] - '0');
		if (i - *at == 3 || value > 255)
			return false;
	}
	if (i == *at)
		return false;
	*at = i;
	*octet = value;
	return true;
}

bool
word_ipv4(const struct word *w, uint32_t *out, size_t *bad)
{
	uint32_t addr = 0, octet = 0;
	size_t at = 0;

	for (int i = 0; i < 4; i++) {
		if (i > 0) {
			if (at == w->len || w->text[at] != '.')
				goto wrong;
			at++;
		}
		if (!take_octet(w, &at, &octet))
			goto wrong;
		addr = addr << 8 | octet;
	}
	if (at < w->len)
		goto wrong;
	*out = addr;
	return true;
wrong:
	*bad = at;
	return false;
}

char *
ipv4_text(uint32_t addr, char *buf)
{
	char *p = buf;

	for (int shift = 24; shift >= 0; shift -= 8) {
		unsigned octet = addr >> shift & 255;

		if (octet >= 100)
			*p++ = (char)('0' + octet / 100);
		if (octet >= 10)
			*p++ = (char)('0' + octet / 10 % 10);
		*p++ = (char)('0' + octet % 10);
		*p++ = shift > 0 ? '.' : '\0';
	}
	return buf;
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
