/*
 * ace_parse.c - the words of an entry -> struct ace, as a walk that asks word_choose() at each
 * position.
 *
 * At every position the choices are put on offer first (ace_walk_offer()), then one is taken; so
 * the caret, abbreviations, `?` and Tab come out of the same code that reads.  What stands behind
 * the addresses is read in ace_tail.c.
 *
 * The grammar, from Cisco's command reference (ip access-list, access-list, permit, deny, remark):
 *
 *	standard	{permit|deny} {any | host A | A [wildcard]} [log [cookie]]
 *	extended	{permit|deny} protocol address [ports] address [ports] [qualifier ...]
 *			evaluate NAME			(named lists only)
 *	protocol	name | 0-255 | object-group NAME	(then there are no ports)
 *	address		any | host A | A wildcard | object-group NAME
 *	ports		{eq|neq} port ... | {gt|lt} port | range port port	(tcp and udp)
 *
 * What is stored is normalised as IOS does: don't-care bits cleared, protocol 0 is `ip`.  A
 * restriction of the numbered form that needs a sentence is checked when the whole line has been
 * read, so that `?` does not offer what would be refused, and a wrong word gets its caret first.
 *
 * Works in the caller's struct ace and room; no state, no allocation (but in r->expect, which words/
 * owns).
 */
#include "acl/ace_ipv6.h"
#include "acl/ace_mac.h"

enum { UTF8_MAX = 4 }; /* bytes of a character */

enum address_form { ADDRESS_ANY, ADDRESS_HOST, ADDRESS_PLAIN, ADDRESS_GROUP };

/* The help texts of an address, by where it stands. */
struct address_help {
	const char *any, *host, *plain, *alone, *wildcard, *group;
};

static const struct address_help standard_help = {
	"Any source host",
	"A single host address",
	"Address to match",
	"Host address",
	"Wildcard bits",
	NULL,
};
static const struct address_help source_help = {
	"Any source host",
	"A single source host",
	"Source address",
	"Source address",
	"Source wildcard bits",
	"Source network object group",
};
static const struct address_help destination_help = {
	"Any destination host",
	"A single destination host",
	"Destination address",
	"Destination address",
	"Destination wildcard bits",
	"Destination network object group",
};

/* ---- addresses ---- */

static void
offer_address(struct ace_walk *w, const struct address_help *help)
{
	ace_walk_offer_keyword(w, ace_walk_id(TAG_ADDRESS, ADDRESS_ANY), "any", help->any);
	ace_walk_offer_keyword(w, ace_walk_id(TAG_ADDRESS, ADDRESS_HOST), "host", help->host);
	if (help->group != NULL)
		ace_walk_offer_keyword(
			w, ace_walk_id(TAG_ADDRESS, ADDRESS_GROUP), "object-group", help->group);
	ace_walk_offer_ipv4(w, ace_walk_id(TAG_ADDRESS, ADDRESS_PLAIN), help->plain);
}

/* Reads what follows an address's first word. A group's name goes to *group, NULL where none may be. */
static int
take_address(struct ace_walk *w, const struct address_help *help, int id,
	const struct choice_value *v, struct ace_addr *a, const char **group)
{
	switch ((enum address_form)ace_walk_which(id)) {
	case ADDRESS_ANY:
		*a = (struct ace_addr){ .addr = 0, .wild = UINT32_MAX };
		return 0;
	case ADDRESS_HOST:
		a->wild = 0;
		return ace_walk_ipv4(w, help->alone, &a->addr);
	case ADDRESS_GROUP:
		return ace_walk_name(w, "Network object group name", group);
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

/* ---- standard ---- */

static int
read_standard(struct ace_walk *w)
{
	struct choice_value v;
	int id;

	w->ace->any_proto = true;
	w->ace->dst.wild = UINT32_MAX;
	offer_address(w, &standard_help);
	id = ace_walk_choose(w, &v);
	if (id < 0 || take_address(w, &standard_help, id, &v, &w->ace->src, NULL) < 0)
		return -1;
	return ace_tail_read(w);
}

/* ---- extended ---- */

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
	ace_walk_offer_keyword(
		w, ace_walk_id(TAG_SERVICE, 0), "object-group", "Service object group");
	id = ace_walk_choose(w, &v);
	if (id < 0)
		return -1;
	if (ace_walk_tag(id) == TAG_SERVICE)
		return ace_walk_name(w, "Service object group name", &ace_walk_rare(w)->service);
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

static int
read_source(struct ace_walk *w)
{
	const char *group = NULL;
	struct choice_value v;
	int id;

	offer_address(w, &source_help);
	id = ace_walk_choose(w, &v);
	if (id < 0 || take_address(w, &source_help, id, &v, &w->ace->src, &group) < 0)
		return -1;
	if (group != NULL)
		ace_walk_rare(w)->src_group = group;
	return 0;
}

/* The destination, and the source's ports before it. */
static int
read_destination(struct ace_walk *w)
{
	const char *group = NULL;
	struct choice_value v;
	int id;

	w->ports = &w->ace->sport;
	for (;;) {
		ace_ports_offer(w);
		offer_address(w, &destination_help);
		id = ace_walk_choose(w, &v);
		if (id < 0)
			return -1;
		if (!ace_ports_chosen(id))
			break;
		if (ace_ports_take(w, id, &v) < 0)
			return -1;
	}
	if (take_address(w, &destination_help, id, &v, &w->ace->dst, &group) < 0)
		return -1;
	if (group != NULL)
		ace_walk_rare(w)->dst_group = group;
	return 0;
}

static int
read_extended(struct ace_walk *w)
{
	if (read_protocol(w) < 0 || read_source(w) < 0 || read_destination(w) < 0)
		return -1;
	w->ports = &w->ace->dport;
	return ace_tail_read(w);
}

/* ---- what is not permit or deny ---- */

/*
 * The longest start of text that fits a remark, tears no UTF-8 character apart and ends in no blank;
 * bytes that are no UTF-8 are not all followed back to the start.
 */
static size_t
remark_fit(const char *text, size_t len)
{
	if (len > ACE_REMARK_MAX) {
		len = ACE_REMARK_MAX;
		while (len > ACE_REMARK_MAX - UTF8_MAX && ((unsigned char)text[len] & 0xc0) == 0x80)
			len--;
	}
	while (len > 0 && (text[len - 1] == ' ' || text[len - 1] == '\t'))
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
	ace_walk_rare(w)->remark = ace_walk_keep(w, v.text, remark_fit(v.text, v.len));
	return 0;
}

static int
read_evaluate(struct ace_walk *w)
{
	w->ace->is_evaluate = true;
	w->ace->action = ACL_PERMIT;
	if (ace_walk_name(w, "IP reflexive access list name", &ace_walk_rare(w)->reflexive) < 0)
		return -1;
	return ace_ipv6_end(w);
}

static enum ace_where
where_of(enum acl_kind kind, enum ace_dialect dialect)
{
	switch (kind) {
	case ACL_STANDARD:
		return IN_STANDARD;
	case ACL_EXTENDED:
		break;
	case ACL_IPV6:
		return IN_IPV6;
	case ACL_MAC:
		return IN_MAC;
	}
	return dialect == ACE_IN_NAMED ? IN_EXTENDED_NAMED : IN_EXTENDED_NUMBERED;
}

/* permit and deny, remark everywhere; evaluate only where reflexive lists are. */
static void
offer_action(struct ace_walk *w)
{
	for (size_t i = 0; i < ace_actions.n; i++)
		if (i != ACTION_EVALUATE || (w->where & IN_NAMED_IP))
			ace_walk_offer_name(w, ace_walk_id(TAG_ACTION, i), &ace_actions.v[i]);
}

int
ace_parse(struct word_reader *r, enum acl_kind kind, enum ace_dialect dialect, struct ace *ace,
	struct ace_room *room)
{
	struct ace_walk w = { .r = r, .ace = ace, .room = room, .where = where_of(kind, dialect) };
	int id;

	*ace = (struct ace){
		.kind = (uint8_t)kind,
		.src6 = { 0 },
		.dscp = ACE_UNSET,
		.precedence = ACE_UNSET,
		.tos = ACE_UNSET,
		.icmp_type = ICMP_ANY,
		.icmp_code = ICMP_ANY,
	};
	room->used = 0;
	room->sequence = 0;
	offer_action(&w);
	id = ace_walk_choose(&w, NULL);
	if (id < 0)
		return -1;
	switch ((enum ace_action_word)ace_walk_which(id)) {
	case ACTION_REMARK:
		return read_remark(&w);
	case ACTION_EVALUATE:
		return read_evaluate(&w);
	case ACTION_PERMIT:
		ace->action = ACL_PERMIT;
		break;
	case ACTION_DENY:
		ace->action = ACL_DENY;
		break;
	}
	if (kind == ACL_IPV6)
		return ace_ipv6_read(&w);
	if (kind == ACL_MAC)
		return ace_mac_read(&w);
	return kind == ACL_STANDARD ? read_standard(&w) : read_extended(&w);
}
