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

static bool
spelt_out(const struct word_reader *r, const char *name)
{
	const struct word *w = &r->word[r->pos];

	return r->pos < r->n && w->len == strlen(name) && strncasecmp(w->text, name, w->len) == 0;
}

void
ace_walk_offer_name(struct ace_walk *w, int id, const struct ace_name *name)
{
	if (name->use != NAME_ACCEPTED || spelt_out(w->r, name->name))
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
