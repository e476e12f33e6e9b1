/*
 * ace_parse.c - the words of an entry -> struct ace, as a walk that asks word_choose() at each
 *position.
 *
 * At every position the choices are put on offer first (ace_walk_offer()), then one is taken; so
 *the caret, abbreviations, `?` and Tab come out of the same code that reads.  Where something
 *optional may go on - more ports behind `eq`, a code behind an ICMP type, a standard entry's
 *wildcard - its choices stand beside those of what follows.
 *
 * The grammar, from Cisco's command reference (ip access-list, access-list, permit, deny, remark):
 *
 *	standard	{permit|deny} {any | host A | A [wildcard]} [log]
 *	extended	{permit|deny} protocol address [ports] address [ports] [qualifier ...]
 *	address		any | host A | A wildcard
 *	ports		{eq|neq} port ... | {gt|lt} port | range port port	(tcp and udp)
 *
 * What is stored is normalised as IOS does: don't-care bits cleared, protocol 0 is `ip`.  A
 *restriction of the numbered form that needs a sentence is checked when the whole line has been
 *read, so that
 * `?` does not offer what would be refused, and a wrong word gets its caret first.
 *
 * Works in the caller's struct ace; no state, no allocation (but in r->expect, which words/ owns).
 */
#include "acl/ace_internal.h"

#include <string.h>

/* What a choice's id says: the kind of word in the high bits, which of them in the low eight. */
enum tag {
	TAG_END,
	TAG_ACTION,
	TAG_PROTOCOL,
	TAG_PROTOCOL_NUMBER,
	TAG_IP,
	TAG_ADDRESS,
	TAG_WILDCARD,
	TAG_PORT_OP,
	TAG_PORT,
	TAG_PORT_NUMBER,
	TAG_MORE,
	TAG_QUALIFIER, /* of the first row; the others follow */
};

enum { WHICH_NUMBER = 255 }; /* a qualifier that begins with its number */

static const struct choice end_of_line = { .type = CHOICE_END, .help = "", .id = TAG_END };

enum address_form { ADDRESS_ANY, ADDRESS_HOST, ADDRESS_PLAIN };

/* The help texts of an address, by where it stands. */
struct address_help {
	const char *any, *host, *plain, *alone, *wildcard;
};

static const struct address_help standard_help = {
	"Any source host",
	"A single host address",
	"Address to match",
	"Host address",
	"Wildcard bits",
};
static const struct address_help source_help = {
	"Any source host",
	"A single source host",
	"Source address",
	"Source address",
	"Source wildcard bits",
};
static const struct address_help destination_help = {
	"Any destination host",
	"A single destination host",
	"Destination address",
	"Destination address",
	"Destination wildcard bits",
};

/* ---- addresses ---- */

static void
offer_address(struct ace_walk *w, const struct address_help *help)
{
	ace_walk_offer_keyword(w, ace_walk_id(TAG_ADDRESS, ADDRESS_ANY), "any", help->any);
	ace_walk_offer_keyword(w, ace_walk_id(TAG_ADDRESS, ADDRESS_HOST), "host", help->host);
	ace_walk_offer_ipv4(w, ace_walk_id(TAG_ADDRESS, ADDRESS_PLAIN), help->plain);
}

static int
take_address(struct ace_walk *w, const struct address_help *help, int id,
	const struct choice_value *v, struct ace_addr *a)
{
	switch ((enum address_form)ace_walk_which(id)) {
	case ADDRESS_ANY:
		*a = (struct ace_addr){ .addr = 0, .wild = UINT32_MAX };
		return 0;
	case ADDRESS_HOST:
		a->wild = 0;
		return ace_walk_ipv4(w, help->alone, &a->addr);
	case ADDRESS_PLAIN:
		break;
	}
	*a = (struct ace_addr){ .addr = v->ipv4, .wild = 0 };
	if (w->where == IN_STANDARD) {
		w->bare = a;
		return 0;
	}
	if (ace_walk_ipv4(w, help->wildcard, &a->wild) < 0)
		return -1;
	a->addr &= ~a->wild;
	return 0;
}

/* ---- ports ---- */

static void
offer_port(struct ace_walk *w)
{
	ace_walk_offer_number(w, ace_walk_id(TAG_PORT_NUMBER, 0), 0, 65535, "Port number");
	ace_walk_offer_names(w, TAG_PORT, ace_port_names(w->ace->proto));
}

/*
 * An operator, or another port where the operator takes many.  In the numbered form a second port
 * is read (and refused at the end) but not shown by `?`.
 */
static void
offer_ports(struct ace_walk *w)
{
	const struct ace_ports *p = w->ports;
	bool typed = w->r->pos < w->r->n;

	if (p == NULL || ace_port_names(w->ace->proto) == NULL)
		return;
	if (p->op == PORT_ANY)
		ace_walk_offer_names(w, TAG_PORT_OP, &ace_port_ops);
	else if ((p->op == PORT_EQ || p->op == PORT_NEQ) && p->n < ACE_PORTS_MAX &&
		 (w->where != IN_EXTENDED_NUMBERED || typed))
		offer_port(w);
}

static void
add_port(struct ace_walk *w, struct ace_ports *p, int id, const struct choice_value *v)
{
	const struct ace_names *names = ace_port_names(w->ace->proto);
	bool named = ace_walk_tag(id) == TAG_PORT;

	p->port[p->n++] = named ? names->v[ace_walk_which(id)].value : (uint16_t)v->number;
}

static bool
is_ports(int id)
{
	unsigned tag = ace_walk_tag(id);

	return tag == TAG_PORT_OP || tag == TAG_PORT || tag == TAG_PORT_NUMBER;
}

/* What offer_ports() put on offer was chosen: an operator with its ports, or one more port. */
static int
take_ports(struct ace_walk *w, int id, const struct choice_value *chosen)
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
	return q->proto == ACE_ALL_PROTOCOLS || (!w->ace->any_proto && q->proto == w->ace->proto);
}

static void
offer_qualifiers(struct ace_walk *w)
{
	for (size_t i = 0; i < ace_qualifier_count; i++) {
		const struct ace_qualifier *q = &ace_qualifiers[i];
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
	q = &ace_qualifiers[ace_walk_tag(id) - TAG_QUALIFIER];
	w->last = q;
	w->last_was_number = which == WHICH_NUMBER;
	return q->take(w, w->last_was_number ? NULL : &q->words->v[which], v->number);
}

/* ---- the walk ---- */

static void
take_wildcard(struct ace_walk *w, const struct choice_value *v)
{
	w->bare->wild = v->ipv4;
	w->bare->addr &= ~v->ipv4;
	w->bare = NULL;
}

/* From behind the last address to the end of the line. */
static int
read_tail(struct ace_walk *w)
{
	struct choice_value v;
	int id;

	for (;;) {
		if (w->bare != NULL)
			ace_walk_offer_ipv4(
				w, ace_walk_id(TAG_WILDCARD, 0), standard_help.wildcard);
		offer_ports(w);
		offer_more(w);
		offer_qualifiers(w);
		ace_walk_offer(w, &end_of_line);
		id = ace_walk_choose(w, &v);
		if (id < 0)
			return -1;
		if (ace_walk_tag(id) == TAG_END)
			return 0;
		if (ace_walk_tag(id) == TAG_WILDCARD)
			take_wildcard(w, &v);
		else if (is_ports(id) ? take_ports(w, id, &v) < 0 : take_qualifier(w, id, &v) < 0)
			return -1;
	}
}

static int
read_standard(struct ace_walk *w)
{
	struct choice_value v;
	int id;

	w->ace->any_proto = true;
	w->ace->dst.wild = UINT32_MAX;
	offer_address(w, &standard_help);
	id = ace_walk_choose(w, &v);
	if (id < 0 || take_address(w, &standard_help, id, &v, &w->ace->src) < 0)
		return -1;
	return read_tail(w);
}

static int
read_protocol(struct ace_walk *w)
{
	const struct ace_name *name;
	struct choice_value v;
	int id;

	ace_walk_offer_number(
		w, ace_walk_id(TAG_PROTOCOL_NUMBER, 0), 0, 255, "An IP protocol number");
	ace_walk_offer_names(w, TAG_PROTOCOL, &ace_protocols);
	ace_walk_offer_keyword(w, ace_walk_id(TAG_IP, 0), "ip", "Any Internet Protocol");
	id = ace_walk_choose(w, &v);
	if (id < 0)
		return -1;
	if (ace_walk_tag(id) == TAG_PROTOCOL) {
		name = &ace_protocols.v[ace_walk_which(id)];
		w->ace->proto = (uint8_t)name->value;
		w->ace->proto_other = name->use == NAME_OTHER;
	} else if (ace_walk_tag(id) == TAG_PROTOCOL_NUMBER) {
		w->ace->proto = (uint8_t)v.number;
	}
	w->ace->any_proto = w->ace->proto == 0;
	return 0;
}

/* The destination, and the source's ports before it. */
static int
read_destination(struct ace_walk *w)
{
	struct choice_value v;
	int id;

	w->ports = &w->ace->sport;
	for (;;) {
		offer_ports(w);
		offer_address(w, &destination_help);
		id = ace_walk_choose(w, &v);
		if (id < 0)
			return -1;
		if (!is_ports(id))
			return take_address(w, &destination_help, id, &v, &w->ace->dst);
		if (take_ports(w, id, &v) < 0)
			return -1;
	}
}

static bool
has_port_list(const struct ace_ports *p)
{
	return p->op != PORT_RANGE && p->n > 1;
}

static int
read_extended(struct ace_walk *w)
{
	struct choice_value v;
	int id;

	if (read_protocol(w) < 0)
		return -1;
	offer_address(w, &source_help);
	id = ace_walk_choose(w, &v);
	if (id < 0 || take_address(w, &source_help, id, &v, &w->ace->src) < 0)
		return -1;
	if (read_destination(w) < 0)
		return -1;
	w->ports = &w->ace->dport;
	if (read_tail(w) < 0)
		return -1;
	if (w->where == IN_EXTENDED_NUMBERED &&
		(has_port_list(&w->ace->sport) || has_port_list(&w->ace->dport)))
		return parse_fail_message(
			w->r->err, "%% Multiple ports are allowed on named ACLs only");
	return 0;
}

/* The longest start of text that fits a remark and tears no UTF-8 character apart. */
static size_t
remark_fit(const char *text, size_t len)
{
	if (len <= ACE_REMARK_MAX)
		return len;
	len = ACE_REMARK_MAX;
	while (len > 0 && ((unsigned char)text[len] & 0xc0) == 0x80)
		len--;
	return len;
}

static int
read_remark(struct ace_walk *w)
{
	struct choice_value v;

	ace_walk_offer(w, &(struct choice){ .type = CHOICE_LINE,
				  .text = "LINE",
				  .help = "Comment up to 100 characters" });
	if (ace_walk_choose(w, &v) < 0)
		return -1;
	w->ace->is_remark = true;
	w->ace->remark = v.text;
	w->ace->remark_len = (uint8_t)remark_fit(v.text, v.len);
	return 0;
}

int
ace_parse(struct word_reader *r, enum acl_kind kind, enum ace_dialect dialect, struct ace *ace)
{
	struct ace_walk w = { .r = r, .ace = ace };
	int id;

	memset(ace, 0, sizeof(*ace));
	ace->icmp_type = ICMP_ANY;
	ace->icmp_code = ICMP_ANY;
	if (kind == ACL_STANDARD)
		w.where = IN_STANDARD;
	else
		w.where = dialect == ACE_IN_NAMED ? IN_EXTENDED_NAMED : IN_EXTENDED_NUMBERED;

	ace_walk_offer_names(&w, TAG_ACTION, &ace_actions);
	id = ace_walk_choose(&w, NULL);
	if (id < 0)
		return -1;
	switch ((enum ace_action_word)ace_walk_which(id)) {
	case ACTION_REMARK:
		return read_remark(&w);
	case ACTION_PERMIT:
		ace->action = ACL_PERMIT;
		break;
	case ACTION_DENY:
		ace->action = ACL_DENY;
		break;
	}
	return kind == ACL_STANDARD ? read_standard(&w) : read_extended(&w);
}
