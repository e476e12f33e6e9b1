/*
 * ace_internal.h - what the files about single entries share: the walk along an entry's words, the
 * text being written, and the table of qualifiers.
 */
#ifndef ACL_ACE_INTERNAL_H
#define ACL_ACE_INTERNAL_H

#include "acl/ace_names.h"
#include "acl/acl.h"

/* ---- reading: ace_walk.c, ace_parse.c ---- */

enum ace_where {		/* which entries a word is part of the language in */
	IN_STANDARD = 1 << 0,
	IN_EXTENDED_NAMED = 1 << 1,
	IN_EXTENDED_NUMBERED = 1 << 2,
	IN_EXTENDED = IN_EXTENDED_NAMED | IN_EXTENDED_NUMBERED,
	IN_ANY = IN_STANDARD | IN_EXTENDED,
};

enum { ACE_OFFERS_MAX = 192 };	/* choices at one position: all ICMP names, all qualifiers */

struct ace_qualifier;

struct ace_walk {
	struct word_reader *r;
	struct ace *ace;
	enum ace_where where;
	struct ace_addr *bare;		/* standard: an address typed without its wildcard yet */
	struct ace_ports *ports;	/* what may get an operator or more ports here, or NULL */
	const struct ace_qualifier *last;	/* the qualifier just read, or NULL */
	bool last_was_number;		/* it began with a number, not a name */
	struct choice offer[ACE_OFFERS_MAX];	/* the choices at this position */
	size_t offers;
};

/* A choice's id: a tag of the reader's and which of the tag's words, below 256. */
int ace_walk_id(unsigned tag, size_t which);
unsigned ace_walk_tag(int id);
unsigned ace_walk_which(int id);

/* Put one more choice, or a table of names, on offer at this position. */
void ace_walk_offer(struct ace_walk *w, const struct choice *c);
void ace_walk_offer_keyword(struct ace_walk *w, int id, const char *text, const char *help);
void ace_walk_offer_number(struct ace_walk *w, int id, uint32_t lo, uint32_t hi, const char *help);
void ace_walk_offer_ipv4(struct ace_walk *w, int id, const char *help);
void ace_walk_offer_name(struct ace_walk *w, int id, const struct ace_name *name);
void ace_walk_offer_names(struct ace_walk *w, unsigned tag, const struct ace_names *names);
/* Takes one of what is on offer; the next position starts with nothing. Its id, or -1. */
int ace_walk_choose(struct ace_walk *w, struct choice_value *v);
/* A position where only an address may stand. 0 or -1. */
int ace_walk_ipv4(struct ace_walk *w, const char *help, uint32_t *addr);

/* ---- writing: ace_format.c ---- */

struct ace_text {		/* a buffer that is always terminated and never overrun */
	char *buf;
	size_t size, len;
};

/* A blank and the word, the number, the address. */
void ace_text_word(struct ace_text *t, const char *word);
void ace_text_number(struct ace_text *t, uint32_t number);

/* ---- qualifiers: ace_qualifiers.c ---- */

enum { ACE_ALL_PROTOCOLS = -1 };

/*
 * A qualifier is what may stand behind the addresses and ports, in any order and as often as open()
 * allows.  The rows stand in display order; a new qualifier is a new row.
 */
struct ace_qualifier {
	const struct ace_names *words;	/* the keywords it begins with, one or many */
	const char *number_help;	/* it may begin with a number 0-255 instead; NULL: no */
	uint8_t where;			/* enum ace_where */
	int16_t proto;			/* the one protocol it belongs to, or ACE_ALL_PROTOCOLS */
	bool layer4;			/* looks behind the IP header */

	/* May it be typed, with what stands there already?  word is NULL for the number. */
	bool (*open)(const struct ace *ace, const struct ace_name *word);
	/* Reads it; word is NULL for the number. 0, or -1 with the walk's error. */
	int (*take)(struct ace_walk *w, const struct ace_name *word, uint32_t number);
	/* What else may follow right behind it, or NULL: offered under ids 0..255, then taken. */
	void (*offer_more)(struct ace_walk *w);
	int (*take_more)(struct ace_walk *w, int id, const struct choice_value *v);

	/* Does the entry have it?  Only then the two below are asked. */
	bool (*is_set)(const struct ace *ace);
	void (*format)(const struct ace *ace, struct ace_text *t);
	/* NULL: it decides nothing. */
	bool (*match)(const struct ace *ace, const struct acl_key *key);
};

extern const struct ace_qualifier ace_qualifiers[];
extern const size_t ace_qualifier_count;

/* True when the entry names ports, flags, an ICMP type ... */
bool ace_has_layer4(const struct ace *ace);

#endif
