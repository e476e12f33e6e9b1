/*
 * address.c - what a word can be that is an address: IPv4, IPv6 with and without a prefix length, a
 * station's.
 *
 * Every reader says where the word stops being legal, which is where the caret goes.  What was seen
 * on routers: a wrong octet is wrong from its first digit ("0255.1.1.1"), anything else where it
 * stands ("10.1.1.1/8", the slash).  The others follow that: a number that is too large is wrong
 * from its first digit, a digit or a sign too many where it stands, and what is merely unfinished
 * behind its last byte.
 *
 * IPv6 is read by RFC 4291, section 2.2, all three forms, and written by RFC 5952 but in upper case,
 * as IOS does, and never with a dotted tail.
 *
 * Nothing here allocates or keeps state; any thread.
 */
#include "words/words.h"

#include <stdio.h>
#include <string.h>

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Up to `most` decimal digits at w[*at] worth at most hi; steps past them. */
static bool
take_number(const struct word *w, size_t *at, size_t most, uint32_t hi, uint32_t *number)
{
	size_t i = *at;
	uint32_t value = 0;

	for (; i < w->len && is_digit(w->text[i]); i++) {
		value = value * 10 + (uint32_t)(w->text[i] - '0');
		if (i - *at == most || value > hi)
			return false;
	}
	if (i == *at)
		return false;
	*at = i;
	*number = value;
	return true;
}

/* Four octets at w[*at], to the end of the word. On failure *at is where it goes wrong. */
static bool
take_quad(const struct word *w, size_t *at, uint32_t *addr)
{
	uint32_t octet = 0;

	*addr = 0;
	for (int i = 0; i < 4; i++) {
		if (i > 0) {
			if (*at == w->len || w->text[*at] != '.')
				return false;
			++*at;
		}
		if (!take_number(w, at, 3, 255, &octet))
			return false;
		*addr = *addr << 8 | octet;
	}
	return *at == w->len;
}

bool
word_ipv4(const struct word *w, uint32_t *out, size_t *bad)
{
	uint32_t addr;
	size_t at = 0;

	if (!take_quad(w, &at, &addr)) {
		*bad = at;
		return false;
	}
	*out = addr;
	return true;
}

/* ---- IPv6 ---- */

enum { GROUPS = 8 };

struct groups { /* an IPv6 address as typed */
	uint16_t v[GROUPS];
	size_t n;
	bool has_gap; /* "::" stood behind the first `gap` of them */
	size_t gap;
};

/* The gap stands for one group at least. */
static size_t
groups_most(const struct groups *g)
{
	return g->has_gap ? GROUPS - 1 : GROUPS;
}

/* Up to four hexadecimal digits at w[*at]; steps past them. */
static bool
take_hex(const struct word *w, size_t *at, uint16_t *value)
{
	size_t start = *at;

	*value = 0;
	while (*at < w->len && word_hex_digit(w->text[*at]) < 16) {
		if (*at - start == 4)
			return false;
		*value = (uint16_t)(*value << 4 | word_hex_digit(w->text[(*at)++]));
	}
	return *at > start;
}

/* "::", or one of its colons that was seen already: the second is at w[*at]. */
static bool
take_gap(const struct word *w, struct groups *g, size_t *at)
{
	if (g->has_gap || *at == w->len || w->text[*at] != ':')
		return false;
	++*at;
	g->has_gap = true;
	g->gap = g->n;
	return true;
}

/* The last two groups as an IPv4 address, which began at w[start]; *at is at its first dot. */
static bool
take_dotted_tail(const struct word *w, struct groups *g, size_t *at, size_t start)
{
	uint32_t addr;

	if (g->has_gap ? g->n + 2 >= GROUPS : g->n + 2 != GROUPS)
		return false;
	*at = start;
	if (!take_quad(w, at, &addr))
		return false;
	g->v[g->n++] = (uint16_t)(addr >> 16);
	g->v[g->n++] = (uint16_t)addr;
	return true;
}

/* Groups and colons to the end of the word. On failure *at is where it goes wrong. */
static bool
take_groups(const struct word *w, struct groups *g, size_t *at)
{
	if (w->len > 0 && w->text[0] == ':') {
		*at = 1;
		if (!take_gap(w, g, at))
			return false;
	}
	while (*at < w->len || !g->has_gap || g->gap < g->n) {
		size_t start = *at;
		uint16_t value;

		if (g->n == groups_most(g) || !take_hex(w, at, &value))
			return false;
		if (*at < w->len && w->text[*at] == '.')
			return take_dotted_tail(w, g, at, start);
		g->v[g->n++] = value;
		if (*at == w->len)
			return g->has_gap || g->n == GROUPS;
		if (w->text[*at] != ':' || g->n == groups_most(g))
			return false;
		++*at;
		if (*at < w->len && w->text[*at] == ':' && !take_gap(w, g, at))
			return false;
	}
	return true;
}

bool
word_ipv6(const struct word *w, uint64_t out[2], size_t *bad)
{
	struct groups g = { .n = 0 };
	size_t at = 0, zeros;

	if (!take_groups(w, &g, &at)) {
		*bad = at;
		return false;
	}
	zeros = g.has_gap ? GROUPS - g.n : 0;
	out[0] = out[1] = 0;
	for (size_t i = 0; i < g.n; i++) {
		size_t place = g.has_gap && i >= g.gap ? i + zeros : i;

		out[place / 4] |= (uint64_t)g.v[i] << (48 - 16 * (place % 4));
	}
	return true;
}

bool
word_ipv6_prefix(const struct word *w, uint64_t out[2], uint8_t *len, size_t *bad)
{
	const char *slash = memchr(w->text, '/', w->len);
	struct word addr = *w;
	uint32_t number;

	if (slash != NULL)
		addr.len = (size_t)(slash - w->text);
	if (!word_ipv6(&addr, out, bad))
		return false;
	*bad = slash != NULL ? addr.len + 1 : w->len;
	if (slash == NULL || !take_number(w, bad, 3, 128, &number) || *bad < w->len)
		return false;
	*len = (uint8_t)number;
	return true;
}

/* ---- stations ---- */

bool
word_mac(const struct word *w, uint64_t *out, size_t *bad)
{
	uint64_t addr = 0;
	uint16_t part;
	size_t at = 0;

	for (int i = 0; i < 3; i++) {
		if (i > 0 && (at == w->len || w->text[at++] != '.')) {
			*bad = at == w->len ? at : at - 1;
			return false;
		}
		if (!take_hex(w, &at, &part)) {
			*bad = at;
			return false;
		}
		addr = addr << 16 | part;
	}
	*bad = at;
	if (at < w->len)
		return false;
	*out = addr;
	return true;
}

/* ---- writing ---- */

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

static unsigned
group_of(const uint64_t addr[2], unsigned i)
{
	return addr[i / 4] >> (48 - 16 * (i % 4)) & 0xffff;
}

/* The first of the longest runs of zero groups; its length, 0 for none worth a "::". */
static unsigned
longest_zeros(const uint64_t addr[2], unsigned *start)
{
	unsigned best = 1, run = 0;

	for (unsigned i = 0; i < GROUPS; i++) {
		run = group_of(addr, i) == 0 ? run + 1 : 0;
		if (run > best) {
			best = run;
			*start = i + 1 - run;
		}
	}
	return best > 1 ? best : 0;
}

char *
ipv6_text(const uint64_t addr[2], char *buf)
{
	unsigned gap = GROUPS, zeros = longest_zeros(addr, &gap);
	char *p = buf;

	for (unsigned i = 0; i < GROUPS; i++) {
		if (i == gap) {
			p = stpcpy(p, "::");
			i += zeros - 1;
			continue;
		}
		if (i > 0 && i != gap + zeros)
			*p++ = ':';
		p += sprintf(p, "%X", group_of(addr, i));
	}
	return buf;
}

char *
mac_text(uint64_t addr, char *buf)
{
	sprintf(buf, "%04x.%04x.%04x", (unsigned)(addr >> 32 & 0xffff),
		(unsigned)(addr >> 16 & 0xffff), (unsigned)(addr & 0xffff));
	return buf;
}
