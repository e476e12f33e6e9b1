/*
 * ace_walk.c - the steps that reading an entry is made of: put choices on offer, take one.
 *
 * A choice's id tells the reader of the entry what was taken: which kind of word (the tag) and
 * which of them.  Names that only other releases have are on offer when they are typed in full and
 * not otherwise, so they neither show up in `?` nor make an abbreviation ambiguous.
 *
 * No state but the struct ace_walk of one ace_parse() call.
 */
#include "acl/ace_internal.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

int
ace_walk_id(unsigned tag, size_t which)
{
	return (int)(tag << 8 | which);
}

unsigned
ace_walk_tag(int id)
{
	return (unsigned)id >> 8;
}

unsigned
ace_walk_which(int id)
{
	return (unsigned)id & 255;
}

/* ---- on offer ---- */

void
ace_walk_offer(struct ace_walk *w, const struct choice *c)
{
	assert(w->offers < ACE_OFFERS_MAX);
	w->offer[w->offers++] = *c;
}

void
ace_walk_offer_keyword(struct ace_walk *w, int id, const char *text, const char *help)
{
	ace_walk_offer(w,
		&(struct choice){ .type = CHOICE_KEYWORD, .text = text, .help = help, .id = id });
}

void
ace_walk_offer_number(struct ace_walk *w, int id, uint32_t lo, uint32_t hi, const char *help)
{
	ace_walk_offer(
		w, &(struct choice){
			   .type = CHOICE_NUMBER, .lo = lo, .hi = hi, .help = help, .id = id });
}

void
ace_walk_offer_ipv4(struct ace_walk *w, int id, const char *help)
{
	ace_walk_offer(w,
		&(struct choice){ .type = CHOICE_IPV4, .text = "A.B.C.D", .help = help, .id = id });
}

void
ace_walk_offer_word(struct ace_walk *w, int id, const char *help)
{
	ace_walk_offer(
		w, &(struct choice){ .type = CHOICE_WORD, .text = "WORD", .help = help, .id = id });
}

bool
ace_walk_typed(const struct ace_walk *w)
{
	return w->r->pos < w->r->n;
}

static bool
spelt_out(const struct ace_walk *w, const char *name)
{
	const struct word *word;

	if (!ace_walk_typed(w))
		return false;
	word = &w->r->word[w->r->pos];
	return word->len == strlen(name) && strncasecmp(word->text, name, word->len) == 0;
}

void
ace_walk_offer_name(struct ace_walk *w, int id, const struct ace_name *name)
{
	if (name->use != NAME_ACCEPTED || spelt_out(w, name->name))
		ace_walk_offer_keyword(w, id, name->name, name->help);
}

void
ace_walk_offer_names(struct ace_walk *w, unsigned tag, const struct ace_names *names)
{
	for (size_t i = 0; i < names->n; i++)
		ace_walk_offer_name(w, ace_walk_id(tag, i), &names->v[i]);
}

int
ace_walk_choose(struct ace_walk *w, struct choice_value *v)
{
	size_t n = w->offers;

	w->offers = 0;
	return word_choose(w->r, w->offer, n, v);
}

/* ---- whole positions ---- */

const struct choice ace_end_of_line = { .type = CHOICE_END, .help = "", .id = TAG_END };

int
ace_walk_end(struct ace_walk *w)
{
	ace_walk_offer(w, &ace_end_of_line);
	return ace_walk_choose(w, NULL) < 0 ? -1 : 0;
}

int
ace_walk_ipv4(struct ace_walk *w, const char *help, uint32_t *addr)
{
	struct choice_value v;

	ace_walk_offer_ipv4(w, 0, help);
	if (ace_walk_choose(w, &v) < 0)
		return -1;
	*addr = v.ipv4;
	return 0;
}

int
ace_walk_number(struct ace_walk *w, uint32_t lo, uint32_t hi, const char *help, uint32_t *number)
{
	struct choice_value v;

	ace_walk_offer_number(w, 0, lo, hi, help);
	if (ace_walk_choose(w, &v) < 0)
		return -1;
	*number = v.number;
	return 0;
}

int
ace_walk_value(struct ace_walk *w, const struct ace_names *names, uint32_t hi, const char *help,
	uint32_t *value)
{
	struct choice_value v;
	int id;

	ace_walk_offer_number(w, ace_walk_id(TAG_VALUE_NUMBER, 0), 0, hi, help);
	ace_walk_offer_names(w, TAG_VALUE, names);
	id = ace_walk_choose(w, &v);
	if (id < 0)
		return -1;
	*value = ace_walk_tag(id) == TAG_VALUE ? names->v[ace_walk_which(id)].value : v.number;
	return 0;
}

int
ace_walk_name(struct ace_walk *w, const char *help, const char **name)
{
	struct choice_value v;

	ace_walk_offer_word(w, 0, help);
	if (ace_walk_choose(w, &v) < 0)
		return -1;
	if (v.len > ACE_NAME_MAX)
		return parse_fail_at(w->r->err, w->r->word[w->r->pos - 1].at);
	*name = ace_walk_keep(w, v.text, v.len);
	return 0;
}

/* ---- what the entry keeps ---- */

struct ace_rare *
ace_walk_rare(struct ace_walk *w)
{
	struct ace_rare *rare = &w->room->rare;

	if (w->ace->rare == NULL) {
		*rare = ace_rare_none;
		w->ace->rare = rare;
	}
	return rare;
}

const char *
ace_walk_keep(struct ace_walk *w, const char *text, size_t len)
{
	char *kept = w->room->text + w->room->used;

	assert(w->room->used + len < sizeof(w->room->text));
	memcpy(kept, text, len);
	kept[len] = '\0';
	w->room->used += len + 1;
	return kept;
}
