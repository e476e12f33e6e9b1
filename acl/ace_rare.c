/*
 * ace_rare.c - the block of an entry that most entries do not have: its empty form, and copies.
 *
 * A block and its texts belong together: while an entry is being read they are in the caller's
 * struct ace_room, in a list they are one allocation that the list owns.  Both are walked by the
 * same table of texts, so a new text is one more row.  No state.
 */
#include <stdlib.h>
#include <string.h>

#include "acl/ace_internal.h"
#include "acl/acl_internal.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

const struct ace_rare ace_rare_none = {
	.option = ACE_UNSET,
	.flow_label = ACE_UNSET,
	.routing_type = ACE_UNSET,
	.mobility_type = ACE_UNSET,
	.ethertype = ACE_UNSET,
	.lsap = ACE_UNSET,
	.vlan = ACE_UNSET,
	.cos = ACE_UNSET,
};

static const size_t text_offset[ACE_RARE_TEXTS] = {
	offsetof(struct ace_rare, remark),
	offsetof(struct ace_rare, time_range),
	offsetof(struct ace_rare, cookie),
	offsetof(struct ace_rare, service),
	offsetof(struct ace_rare, src_group),
	offsetof(struct ace_rare, dst_group),
	offsetof(struct ace_rare, reflexive),
};

const struct ace_rare *
ace_rare_of(const struct ace *ace)
{
	return ace->rare != NULL ? ace->rare : &ace_rare_none;
}

const char **
ace_rare_text_at(struct ace_rare *rare, size_t i)
{
	return (const char **)((char *)rare + text_offset[i]);
}

const char *
ace_rare_text_of(const struct ace_rare *rare, size_t i)
{
	return *(const char *const *)((const char *)rare + text_offset[i]);
}

/* Copies the block, its texts to `texts`; returns where those end. */
static char *
copy_block(struct ace_rare *to, char *texts, const struct ace_rare *from)
{
	*to = *from;
	for (size_t i = 0; i < ACE_RARE_TEXTS; i++) {
		const char *text = ace_rare_text_of(from, i);

		if (text == NULL)
			continue;
		*ace_rare_text_at(to, i) = texts;
		texts = stpcpy(texts, text) + 1;
	}
	return texts;
}

void
ace_copy(struct ace *to, struct ace_room *room, const struct ace *from)
{
	*to = *from;
	room->used = 0;
	room->sequence = 0;
	if (from->rare == NULL)
		return;
	room->used = (size_t)(copy_block(&room->rare, room->text, from->rare) - room->text);
	to->rare = &room->rare;
}

struct ace_rare *
ace_rare_dup(const struct ace_rare *rare)
{
	struct ace_rare *copy;
	size_t texts = 0;

	for (size_t i = 0; i < ACE_RARE_TEXTS; i++)
		if (ace_rare_text_of(rare, i) != NULL)
			texts += strlen(ace_rare_text_of(rare, i)) + 1;
	copy = malloc(sizeof(*copy) + texts);
	if (copy != NULL)
		copy_block(copy, (char *)(copy + 1), rare);
	return copy;
}

uint16_t
ace_port(const struct ace *ace, const struct ace_ports *p, unsigned i)
{
	const uint16_t *more;

	if (i < COUNT(p->port))
		return p->port[i];
	more = p == &ace->sport ? ace->rare->sport_more : ace->rare->dport_more;
	return more[i - COUNT(p->port)];
}
