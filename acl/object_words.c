/*
 * object_words.c - the words of an object group's members, read and written; those about services
 * are in object_service.c.
 *
 *	network		any | host A | A {mask | /length} | range A B
 *	either		group-object NAME
 *
 * (Cisco, "object-group network" in the command reference.)  Masks are subnet masks here, not
 * wildcards.  Stored as entries are: bits outside the mask cleared, a mask of all ones is a host, of
 * none `any`.
 *
 * Walks with the steps of ace_walk.c, of which it uses those that need no entry.  No state; nothing
 * allocates (but what words/ does for r->expect).
 */
#include "acl/object_words.h"

#include <string.h>

/* What may stand at a position. */
enum id { ID_ANY, ID_HOST, ID_RANGE, ID_GROUP, ID_SUBNET, ID_MASK, ID_PREFIX };

void
object_end_offer(struct ace_walk *w)
{
	ace_walk_offer(w, &(struct choice){ .type = CHOICE_END, .help = "", .id = OBJECT_ID_END });
}

int
object_end_read(struct ace_walk *w)
{
	object_end_offer(w);
	return ace_walk_choose(w, NULL) < 0 ? -1 : 0;
}

void
object_group_offer(struct ace_walk *w, int id)
{
	ace_walk_offer_keyword(w, id, "group-object", "Nested object group");
}

int
object_group_read(struct ace_walk *w, struct object *o)
{
	struct choice_value v;

	o->type = OBJECT_GROUP;
	ace_walk_offer_word(w, 0, "Name of the nested object group");
	if (ace_walk_choose(w, &v) < 0)
		return -1;
	if (v.len > OBJECT_GROUP_NAME_MAX)
		return parse_fail_at(w->r->err, w->r->word[w->r->pos - 1].at);
	memcpy(o->group, v.text, v.len);
	return object_end_read(w);
}

/* ---- network groups ---- */

static bool
is_prefix_length(const char *text, size_t len, uint32_t *bits)
{
	const struct word number = { .text = text + 1, .len = len - 1 };

	return len > 1 && text[0] == '/' && word_number(&number, 0, 32, bits);
}

static size_t
accept_prefix_length(void *arg, const struct word *w, size_t n, size_t *bad)
{
	uint32_t bits;

	(void)arg;
	(void)n;
	*bad = w->text[0] == '/';
	return is_prefix_length(w->text, w->len, &bits) ? 1 : 0;
}

/* Ones, then zeros. */
static bool
is_mask(uint32_t mask)
{
	return (~mask & (~mask + 1)) == 0;
}

static int
read_subnet(struct ace_walk *w, uint32_t addr, struct object *o)
{
	struct choice_value v;
	uint32_t mask, bits = 0;
	int id;

	ace_walk_offer_ipv4(w, ID_MASK, "Network mask");
	ace_walk_offer(w, &(struct choice){ .type = CHOICE_CUSTOM,
				  .text = "/nn",
				  .help = "Network mask length",
				  .id = ID_PREFIX,
				  .accept = accept_prefix_length });
	id = ace_walk_choose(w, &v);
	if (id < 0)
		return -1;
	mask = v.ipv4;
	if (id == ID_PREFIX && is_prefix_length(v.text, v.len, &bits))
		mask = bits > 0 ? UINT32_MAX << (32 - bits) : 0;
	if (!is_mask(mask))
		return parse_fail_at(w->r->err, w->r->word[w->r->pos - 1].at);
	o->type = mask == 0 ? OBJECT_ANY : mask == UINT32_MAX ? OBJECT_HOST : OBJECT_SUBNET;
	o->first = addr & mask;
	o->last = o->type == OBJECT_SUBNET ? mask : o->first;
	return object_end_read(w);
}

static int
read_host(struct ace_walk *w, struct object *o)
{
	o->type = OBJECT_HOST;
	if (ace_walk_ipv4(w, "Host address", &o->first) < 0)
		return -1;
	o->last = o->first;
	return object_end_read(w);
}

static int
read_range(struct ace_walk *w, struct object *o)
{
	o->type = OBJECT_RANGE;
	if (ace_walk_ipv4(w, "First address of the range", &o->first) < 0 ||
		ace_walk_ipv4(w, "Last address of the range", &o->last) < 0)
		return -1;
	if (o->last < o->first)
		return parse_fail_at(w->r->err, w->r->word[w->r->pos - 1].at);
	return object_end_read(w);
}

static int
read_network(struct ace_walk *w, struct object *o)
{
	struct choice_value v;
	int id;

	ace_walk_offer_ipv4(w, ID_SUBNET, "Network address of the group members");
	ace_walk_offer_keyword(w, ID_ANY, "any", "Any host");
	object_group_offer(w, ID_GROUP);
	ace_walk_offer_keyword(w, ID_HOST, "host", "Host address of the group members");
	ace_walk_offer_keyword(
		w, ID_RANGE, "range", "Match only packets in the range of IP addresses");
	id = ace_walk_choose(w, &v);
	if (id < 0)
		return -1;
	switch (id) {
	case ID_GROUP:
		return object_group_read(w, o);
	case ID_HOST:
		return read_host(w, o);
	case ID_RANGE:
		return read_range(w, o);
	case ID_SUBNET:
		return read_subnet(w, v.ipv4, o);
	default:
		o->type = OBJECT_ANY;
		return object_end_read(w);
	}
}

int
object_parse(struct word_reader *r, enum object_group_kind kind, struct object *o)
{
	struct ace_walk w = { .r = r };

	*o = (struct object){ .icmp_type = ICMP_ANY, .icmp_code = ICMP_ANY };
	return kind == OBJECT_GROUP_NETWORK ? read_network(&w, o) : object_service_read(&w, o);
}

/* ---- writing ---- */

static void
put_ipv4(struct ace_text *t, uint32_t addr)
{
	char buf[IPV4_TEXT_MAX];

	ace_text_word(t, ipv4_text(addr, buf));
}

static void
put_object(struct ace_text *t, const struct object *o)
{
	switch (o->type) {
	case OBJECT_ANY:
		ace_text_word(t, "any");
		return;
	case OBJECT_HOST:
		ace_text_word(t, "host");
		put_ipv4(t, o->first);
		return;
	case OBJECT_RANGE:
		ace_text_word(t, "range");
		break;
	case OBJECT_SUBNET:
		break;
	case OBJECT_SERVICE:
		object_service_put(t, o);
		return;
	case OBJECT_GROUP:
		ace_text_word(t, "group-object");
		ace_text_word(t, o->group);
		return;
	}
	put_ipv4(t, o->first);
	put_ipv4(t, o->last);
}

size_t
object_format(const struct object *o, char *buf, size_t size)
{
	char spaced[OBJECT_TEXT_MAX + 1] = "";
	struct ace_text t = { .buf = spaced, .size = sizeof(spaced) };
	size_t len;

	put_object(&t, o);
	len = t.len - 1; /* without the blank before the first word */
	if (len > size - 1)
		len = size - 1;
	memcpy(buf, spaced + 1, len);
	buf[len] = '\0';
	return len;
}
