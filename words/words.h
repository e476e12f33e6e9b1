/*
 * words.h - what may stand at a position of a typed line, and what does.
 *
 * Every line IOS reads, a command or the inside of an access-list entry, is a walk along its words:
 * at each position there is a set of choices (keywords, numbers, addresses, names), and the typed
 * word selects one.  The same sets answer four questions: which choice was meant (abbreviations
 * included), where the caret goes when none was, what `?` lists, and what Tab completes.  So a
 * parser is written once, as a function that asks word_choose() at each position; run over the
 * words of an unfinished line with `expect` set, it leaves there what may follow.
 *
 * acl/ walks entries this way and cli/grammar walks commands; both need nothing but this header.
 * No I/O, no allocation except in struct choice_list, no globals; safe from any thread.
 */
#ifndef WORDS_WORDS_H
#define WORDS_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	WORDS_MAX_LINE = 4096,	/* bytes of a line, terminator included */
	WORDS_MAX = 256,	/* words of a line */
};

/* A word of a line, not terminated; `at` is its byte offset there: what the caret counts. */
struct word {
	const char *text;
	size_t len;
	size_t at;
};

enum choice_type {
	CHOICE_KEYWORD,	/* text; any case; any unique abbreviation */
	CHOICE_NUMBER,	/* decimal, lo..hi; help prints <lo-hi> */
	CHOICE_NUMBER_ANY_BASE,	/* the same in decimal, 0x hex or 0 octal; help prints <lo-hi> */
	CHOICE_IPV4,	/* dotted quad -> value.ipv4; help prints text ("A.B.C.D") */
	CHOICE_IPV6,	/* -> value.ipv6; help prints text ("X:X:X:X::X") */
	CHOICE_IPV6_PREFIX,	/* with /<0-128> -> value.prefix_len too; help prints text */
	CHOICE_MAC,	/* -> value.mac; help prints text ("H.H.H") */
	CHOICE_WORD,	/* any one word; help prints text ("WORD") */
	CHOICE_LINE,	/* everything to the end of the line, verbatim; help prints text ("LINE") */
	CHOICE_CUSTOM,	/* what accept() takes (interface names, times); help prints text */
	CHOICE_END,	/* the end of the line: <cr> */
};

struct choice {
	enum choice_type type;
	const char *text;
	const char *help;
	uint32_t lo, hi;
	int id;		/* what word_choose() returns; >= 0 */
	/*
	 * CHOICE_CUSTOM: how many leading words of w[0..n) are this choice: 0 none.  When the first
	 * word is wrong from its byte k on, sets *bad = k.  arg is struct word_reader.arg.
	 */
	size_t (*accept)(void *arg, const struct word *w, size_t n, size_t *bad);
	/* Existing names for Tab and nothing else, optional: calls add(sink, name) for each. */
	void (*names)(void *arg, void (*add)(void *sink, const char *name), void *sink);
};

/* What the chosen word was worth. text/len cover the words taken, verbatim, inside the line. */
struct choice_value {
	const char *text;
	size_t len;
	uint32_t number;	/* CHOICE_NUMBER; host byte order */
	uint32_t ipv4;		/* CHOICE_IPV4; host byte order */
	uint64_t ipv6[2];	/* CHOICE_IPV6, ..._PREFIX; host byte order, the high half first */
	uint8_t prefix_len;	/* CHOICE_IPV6_PREFIX; the bits behind it are as typed */
	uint64_t mac;		/* CHOICE_MAC; the low 48 bits */
};

enum parse_fault {
	PARSE_OK = 0,
	PARSE_INVALID,		/* % Invalid input detected at '^' marker. */
	PARSE_INCOMPLETE,	/* % Incomplete command. */
	PARSE_AMBIGUOUS,	/* % Ambiguous command:  "LINE" */
	PARSE_MESSAGE,		/* text, printed as it stands (it carries its own "% ") */
};

struct parse_error {
	enum parse_fault fault;
	size_t at;		/* PARSE_INVALID: byte offset in the line, for the caret */
	char text[160];		/* PARSE_MESSAGE */
};

/* A growing set of copies of choices; zero-initialise, free with choice_list_fini(). */
struct choice_list {
	struct choice *v;
	size_t n, room;
};

/*
 * A walk along a line. `expect`, when not NULL, collects the choices at the position after the last
 * word; a parser run that way still returns its error, which the caller ignores.
 */
struct word_reader {
	const char *line;
	const struct word *word;
	size_t n;		/* words */
	size_t pos;		/* the next one */
	struct choice_list *expect;
	struct parse_error *err;
	void *arg;		/* handed to accept() and names() */
};

/*
 * Splits at blanks and tabs. Words point into line, which must outlive them.
 * Returns their count, at most max; more words than max are folded into the last.
 */
size_t words_split(const char *line, struct word *w, size_t max);

/*
 * The heart: selects among n choices for the word at r->pos and steps past what it took.
 * An exact keyword beats a longer one, a keyword (whole or abbreviated) beats a typed choice, a
 * number or address beats CHOICE_WORD.  Returns the choice's id; at the end of the line the id of
 * CHOICE_END if that is among them.  Otherwise -1, with *r->err filled: PARSE_INCOMPLETE at the end
 * of the line, PARSE_AMBIGUOUS for an abbreviation of several keywords, else PARSE_INVALID with the
 * caret by IOS's rule: the first character that no keyword on offer can continue with; the first
 * character of a word where a number was wanted; the character where an address stops being legal.
 * (Observed on IOS; the reference that ships with the design, section 4.3.)  v may be NULL.
 */
int word_choose(struct word_reader *r, const struct choice *c, size_t n, struct choice_value *v);

/* True when word w is keyword kw or an abbreviation of it (case ignored). */
bool word_abbreviates(const struct word *w, const char *kw);
/* The length of the common prefix of w and kw, case ignored. */
size_t word_common_prefix(const struct word *w, const char *kw);
/* Parses all of w as decimal, lo..hi. */
bool word_number(const struct word *w, uint32_t lo, uint32_t hi, uint32_t *out);
/* The same, also as 0x hexadecimal or 0 octal. */
bool word_number_any_base(const struct word *w, uint32_t lo, uint32_t hi, uint32_t *out);
/* 0..15, or 16 for a character that is no hexadecimal digit. */
unsigned word_hex_digit(char c);
/* Parses all of w as an address, host byte order; else *bad is the offending offset in w. */
bool word_ipv4(const struct word *w, uint32_t *out, size_t *bad);
bool word_ipv6(const struct word *w, uint64_t out[2], size_t *bad);
bool word_ipv6_prefix(const struct word *w, uint64_t out[2], uint8_t *len, size_t *bad);
bool word_mac(const struct word *w, uint64_t *out, size_t *bad);

enum { IPV4_TEXT_MAX = 16, IPV6_TEXT_MAX = 40, MAC_TEXT_MAX = 15 };	/* bytes, terminator included */
/* Write "a.b.c.d", "2001:DB8::1", "0001.00ff.0235" of host-order addresses. Return buf. */
char *ipv4_text(uint32_t addr, char *buf);
char *ipv6_text(const uint64_t addr[2], char *buf);
char *mac_text(uint64_t addr, char *buf);

/* Fills *e; `text` is a printf format. Both return -1 so that a parser may `return` them. */
int parse_fail_at(struct parse_error *e, size_t at);
int parse_fail_message(struct parse_error *e, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Appends copies, skipping one already there (same type, text and range). 0 or -ENOMEM. */
int choice_list_add(struct choice_list *l, const struct choice *c, size_t n);
void choice_list_fini(struct choice_list *l);
/* A choice's token in help: "keyword", "<1-99>", "A.B.C.D", "<cr>". buf >= 32; may not be used. */
const char *choice_token(const struct choice *c, char *buf, size_t size);

#endif
