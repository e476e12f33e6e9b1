/*
 * ace_tail.c - reading ports, and all that may stand behind an entry's addresses.
 *
 * Where something optional may go on - more ports behind `eq`, a code behind an ICMP type, a cookie
 * behind `log`, a standard entry's wildcard - its choices stand beside those of what may follow.  So
 * the tail of an entry is one loop: everything that is still open goes on offer, one of it is taken.
 * Which qualifiers there are, and when they are open, is in their table.
 *
 * Works in the walk of one ace_parse() call.
 */
#include "acl/ace_ipv6.h"

enum { WHICH_NUMBER = 255 }; /* a qualifier that begins with its number */

/* ---- ports ---- */

const struct ace_names *
ace_entry_port_names(const struct ace *ace)
{
	if (ace->kind == ACL_IPV6 && ace->proto == IPV6_PROTO_SCTP)
		return &ace_sctp_ports;
	return ace_port_names(ace->proto);
}

static void
offer_port(struct ace_walk *w)
{
	ace_walk_offer_number(w, ace_walk_id(TAG_PORT_NUMBER, 0), 0, 65535, "Port number");
	ace_walk_offer_names(w, TAG_PORT, ace_entry_port_names(w->ace));
}

/* Does the entry's language know more than one port behind an operator? */
static bool
takes_port_list(const struct ace_walk *w)
{
	/* The numbered form reads a second one, and refuses it at the end, but does not show it in `?`. */
	if (w->where == IN_EXTENDED_NUMBERED)
		return ace_walk_typed(w);
	return w->where == IN_EXTENDED_NAMED;
}

void
ace_ports_offer(struct ace_walk *w)
{
	const struct ace_ports *p = w->ports;

	if (p == NULL || ace_entry_port_names(w->ace) == NULL)
		return;
	if (p->op == PORT_ANY)
		ace_walk_offer_names(w, TAG_PORT_OP, &ace_port_ops);
	else if ((p->op == PORT_EQ || p->op == PORT_NEQ) && p->n < ACE_PORTS_MAX &&
		 takes_port_list(w))
		offer_port(w);
}

bool
ace_ports_chosen(int id)
{
	unsigned tag = ace_walk_tag(id);

	return tag == TAG_PORT_OP || tag == TAG_PORT || tag == TAG_PORT_NUMBER;
}

static void
add_port(struct ace_walk *w, struct ace_ports *p, int id, const struct choice_value *v)
{
	const struct ace_names *names = ace_entry_port_names(w->ace);
	bool named = ace_walk_tag(id) == TAG_PORT;
	uint16_t port = named ? names->v[ace_walk_which(id)].value : (uint16_t)v->number;
	enum { INLINE = sizeof(p->port) / sizeof(p->port[0]) };
	struct ace_rare *rare;

	if (p->n < INLINE) {
		p->port[p->n++] = port;
		return;
	}
	rare = ace_walk_rare(w);
	(p == &w->ace->sport ? rare->sport_more : rare->dport_more)[p->n++ - INLINE] = port;
}

int
ace_ports_take(struct ace_walk *w, int id, const struct choice_value *chosen)
{
	struct ace_ports *p = w->ports;
	struct choice_value v;
	unsigned needs;

	if (ace_walk_tag(id) != TAG_PORT_OP) {
		add_port(w, p, id, chosen);
		return 0;
	}
	p->op = (uint8_t)ace_port_ops.v[ace_walk_which(id)].value;
	needs = p->op == PORT_RANGE ? 2 : 1;
	while (p->n < needs) {
		offer_port(w);
		id = ace_walk_choose(w, &v);
		if (id < 0)
			return -1;
		add_port(w, p, id, &v);
	}
	return 0;
}

/* ---- qualifiers ---- */

static bool
belongs_here(const struct ace_walk *w, const struct ace_qualifier *q)
{
	if (!(q->where & w->where))
		return false;
	if (q->refused_numbered != NULL && w->where == IN_EXTENDED_NUMBERED && !ace_walk_typed(w))
		return false;
	if (q->layer4 && w->ace->fragments)
		return false;
	return q->proto == ACE_ALL_PROTOCOLS || (!w->ace->any_proto && q->proto == w->ace->proto);
}

static void
offer_qualifiers(struct ace_walk *w)
{
	for (size_t i = 0; i < ace_qualifier_count; i++) {
		const struct ace_qualifier *q = ace_qualifiers[i];
		unsigned tag = TAG_QUALIFIER + (unsigned)i;

		if (!belongs_here(w, q))
			continue;
		for (size_t k = 0; k < q->words->n; k++)
			if (q->open(w->ace, &q->words->v[k]))
				ace_walk_offer_name(w, ace_walk_id(tag, k), &q->words->v[k]);
		if (q->number_help != NULL && q->open(w->ace, NULL))
			ace_walk_offer_number(
				w, ace_walk_id(tag, WHICH_NUMBER), 0, 255, q->number_help);
	}
}

/* What the last qualifier may go on with; its ids are its own business, below 256. */
static void
offer_more(struct ace_walk *w)
{
	size_t first = w->offers;

	if (w->last == NULL || w->last->offer_more == NULL)
		return;
	w->last->offer_more(w);
	for (size_t i = first; i < w->offers; i++)
		w->offer[i].id = ace_walk_id(TAG_MORE, (size_t)w->offer[i].id);
}

/* A qualifier, or more of the last one.  From here on it is too late for wildcard and ports. */
static int
take_qualifier(struct ace_walk *w, int id, const struct choice_value *v)
{
	const struct ace_qualifier *q = w->last;
	unsigned which = ace_walk_which(id);

	w->bare = NULL;
	w->ports = NULL;
	if (ace_walk_tag(id) == TAG_MORE)
		return q->take_more(w, (int)which, v);
	q = ace_qualifiers[ace_walk_tag(id) - TAG_QUALIFIER];
	w->last = q;
	w->last_was_number = which == WHICH_NUMBER;
	return q->take(w, w->last_was_number ? NULL : &q->words->v[which], v->number);
}

/* ---- what the numbered form refuses in a sentence ---- */

static bool
has_port_list(const struct ace_ports *p)
{
	return p->op != PORT_RANGE && p->n > 1;
}

static int
refuse_numbered(const struct ace_walk *w)
{
	const struct ace *ace = w->ace;

	if (w->where != IN_EXTENDED_NUMBERED)
		return 0;
	if (has_port_list(&ace->sport) || has_port_list(&ace->dport))
		return parse_fail_message(
			w->r->err, "%% Multiple ports are allowed on named ACLs only");
	for (size_t i = 0; i < ace_qualifier_count; i++) {
		const struct ace_qualifier *q = ace_qualifiers[i];

		if (q->refused_numbered != NULL && q->is_set(ace))
			return parse_fail_message(w->r->err, "%s", q->refused_numbered);
	}
	return 0;
}

/* ---- the loop ---- */

static void
take_wildcard(struct ace_walk *w, const struct choice_value *v)
{
	w->bare->wild = v->ipv4;
	w->bare->addr &= ~v->ipv4;
	w->bare = NULL;
}

/* Too late for more ports, too. */
static int
take_sequence(struct ace_walk *w)
{
	w->ports = NULL;
	w->last = NULL;
	return ace_ipv6_take_sequence(w);
}

static int
take(struct ace_walk *w, int id, const struct choice_value *v)
{
	switch (ace_walk_tag(id)) {
	case TAG_WILDCARD:
		take_wildcard(w, v);
		return 0;
	case TAG_SEQUENCE:
		return take_sequence(w);
	case TAG_PORT_OP:
	case TAG_PORT:
	case TAG_PORT_NUMBER:
		return ace_ports_take(w, id, v);
	default:
		return take_qualifier(w, id, v);
	}
}

int
ace_tail_read(struct ace_walk *w)
{
	struct choice_value v;
	int id;

	for (;;) {
		if (w->bare != NULL)
			ace_walk_offer_ipv4(w, ace_walk_id(TAG_WILDCARD, 0), "Wildcard bits");
		ace_ports_offer(w);
		offer_more(w);
		offer_qualifiers(w);
		ace_ipv6_offer_sequence(w);
		ace_walk_offer(w, &ace_end_of_line);
		id = ace_walk_choose(w, &v);
		if (id < 0)
			return -1;
		if (ace_walk_tag(id) == TAG_END)
			return refuse_numbered(w);
		if (take(w, id, &v) < 0)
			return -1;
	}
}
