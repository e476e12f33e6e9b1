/*
 * ace_ipv6_words.c - the words of an IPv6 entry up to its qualifiers, read and written.
 *
 *	entry		[sequence N] {permit|deny} protocol address [ports] address [ports]
 *			[qualifier ...] [sequence N]
 *			[sequence N] evaluate NAME [sequence N]
 *	protocol	ipv6 | name | 0-255
 *	address		any | host A | A/length
 *	ports		{eq|neq|gt|lt} port | range port port		(tcp, udp, sctp)
 *
 * (Cisco, "permit (IPv6)", "deny (IPv6)".)  The number in front is read before us; the one behind goes
 * to struct ace_room, as it is no part of the entry.  Stored as IOS shows it: bits behind the prefix
 * cleared, a prefix of all 128 bits is a host, of none `any`.
 *
 * There are no wildcards.  An address without a length is wrong like an IPv4 one without a wildcard,
 * where the next word begins; but behind a prefix it is a wildcard, and wrong itself.
 *
 * Works in the walk of one ace_parse() call.
 */
#include "acl/ace_ipv6.h"

#include <string.h>

enum { SEQUENCE_MAX = UINT32_MAX - 1 };

enum address_form { ADDRESS_ANY, ADDRESS_HOST, ADDRESS_PREFIX, ADDRESS_BARE };

/* The help texts of an address, by where it stands. */
struct address_help {
	const char *any, *host, *prefix;
};

static const struct address_help source_help = {
	"Any source prefix",
	"A single source host",
	"Source prefix x:x::y/<z>",
};
static const struct address_help destination_help = {
	"Any destination prefix",
	"A single destination host",
	"Destination prefix x:x::y/<z>",
};

/* ---- sequence ---- */

void
ace_ipv6_offer_sequence(struct ace_walk *w)
{
	if (w->where == IN_IPV6 && w->room->sequence == 0)
		ace_walk_offer_keyword(w, ace_walk_id(TAG_SEQUENCE, 0), "sequence",
			"Sequence number for this entry");
}

int
ace_ipv6_take_sequence(struct ace_walk *w)
{
	return ace_walk_number(w, 1, SEQUENCE_MAX, "Sequence Number", &w->room->sequence);
}

int
ace_ipv6_end(struct ace_walk *w)
{
	int id;

	ace_ipv6_offer_sequence(w);
	ace_walk_offer(w, &ace_end_of_line);
	id = ace_walk_choose(w, NULL);
	if (id < 0 || ace_walk_tag(id) == TAG_END)
		return id < 0 ? -1 : 0;
	return ace_ipv6_take_sequence(w) < 0 ? -1 : ace_walk_end(w);
}

/* ---- addresses ---- */

static void
offer_address(struct ace_walk *w, const struct address_help *help)
{
	ace_walk_offer(w, &(struct choice){ .type = CHOICE_IPV6_PREFIX,
				  .text = "X:X:X:X::X/<0-128>",
				  .help = help->prefix,
				  .id = ace_walk_id(TAG_ADDRESS, ADDRESS_PREFIX) });
	if (ace_walk_typed(w))
		ace_walk_offer(w, &(struct choice){ .type = CHOICE_IPV6,
					  .text = "X:X:X:X::X",
					  .help = help->prefix,
					  .id = ace_walk_id(TAG_ADDRESS, ADDRESS_BARE) });
	ace_walk_offer_keyword(w, ace_walk_id(TAG_ADDRESS, ADDRESS_ANY), "any", help->any);
	ace_walk_offer_keyword(w, ace_walk_id(TAG_ADDRESS, ADDRESS_HOST), "host", help->host);
}

static int
take_host(struct ace_walk *w, const struct address_help *help, uint64_t addr[2])
{
	struct choice_value v;

	ace_walk_offer(w,
		&(struct choice){ .type = CHOICE_IPV6, .text = "X:X:X:X::X", .help = help->host });
	if (ace_walk_choose(w, &v) < 0)
		return -1;
	memcpy(addr, v.ipv6, sizeof(v.ipv6));
	return 0;
}

/* An address that stands alone: it is wrong, the question is where. */
static int
refuse_bare(struct ace_walk *w, bool behind_prefix)
{
	const struct word *bare = &w->r->word[w->r->pos - 1];

	if (behind_prefix)
		return parse_fail_at(w->r->err, bare->at);
	if (ace_walk_typed(w))
		return parse_fail_at(w->r->err, bare[1].at);
	w->r->err->fault = PARSE_INCOMPLETE;
	return -1;
}

/* Reads what follows an address's first word. */
static int
take_address(struct ace_walk *w, const struct address_help *help, int id,
	const struct choice_value *v, uint64_t addr[2], uint8_t *len)
{
	uint64_t care[2];

	switch ((enum address_form)ace_walk_which(id)) {
	case ADDRESS_ANY:
		*len = 0;
		return 0;
	case ADDRESS_HOST:
		*len = IPV6_PREFIX_MAX;
		return take_host(w, help, addr);
	case ADDRESS_BARE:
		return refuse_bare(
			w, help == &destination_help && w->ace->src_len % IPV6_PREFIX_MAX != 0);
	case ADDRESS_PREFIX:
		break;
	}
	*len = v->prefix_len;
	ace_ipv6_care(*len, care);
	addr[0] = v->ipv6[0] & care[0];
	addr[1] = v->ipv6[1] & care[1];
	return 0;
}

/* ---- the walk ---- */

static int
read_protocol(struct ace_walk *w)
{
	struct choice_value v;
	int id;

	ace_walk_offer_number(
		w, ace_walk_id(TAG_PROTOCOL_NUMBER, 0), 0, 255, "An IPv6 protocol number");
	ace_walk_offer_names(w, TAG_PROTOCOL, &ace_ipv6_protocols);
	ace_walk_offer_keyword(w, ace_walk_id(TAG_IP, 0), "ipv6", "Any IPv6");
	id = ace_walk_choose(w, &v);
	if (id < 0)
		return -1;
	if (ace_walk_tag(id) == TAG_PROTOCOL)
		w->ace->proto = (uint8_t)ace_ipv6_protocols.v[ace_walk_which(id)].value;
	else if (ace_walk_tag(id) == TAG_PROTOCOL_NUMBER)
		w->ace->proto = (uint8_t)v.number;
	w->ace->any_proto = ace_walk_tag(id) == TAG_IP;
	return 0;
}

static int
read_source(struct ace_walk *w)
{
	struct choice_value v;
	int id;

	offer_address(w, &source_help);
	id = ace_walk_choose(w, &v);
	if (id < 0)
		return -1;
	return take_address(w, &source_help, id, &v, w->ace->src6, &w->ace->src_len);
}

/* The destination, and the source's ports before it. */
static int
read_destination(struct ace_walk *w)
{
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
			return take_address(
				w, &destination_help, id, &v, w->ace->dst6, &w->ace->dst_len);
		if (ace_ports_take(w, id, &v) < 0)
			return -1;
	}
}

int
ace_ipv6_read(struct ace_walk *w)
{
	if (read_protocol(w) < 0 || read_source(w) < 0 || read_destination(w) < 0)
		return -1;
	w->ports = &w->ace->dport;
	return ace_tail_read(w);
}

/* ---- writing ---- */

static void
put_address(struct ace_text *t, const uint64_t addr[2], uint8_t len)
{
	char buf[IPV6_TEXT_MAX];

	if (len == 0) {
		ace_text_word(t, "any");
		return;
	}
	if (len == IPV6_PREFIX_MAX)
		ace_text_word(t, "host");
	ace_text_word(t, ipv6_text(addr, buf));
	if (len == IPV6_PREFIX_MAX)
		return;
	ace_text_put(t, "/");
	ace_text_digits(t, len);
}

void
ace_ipv6_put(struct ace_text *t, const struct ace *ace)
{
	if (ace->any_proto)
		ace_text_word(t, "ipv6");
	else
		ace_text_value(t, &ace_ipv6_protocols, ace->proto);
	put_address(t, ace->src6, ace->src_len);
	ace_text_ports(t, ace, &ace->sport);
	put_address(t, ace->dst6, ace->dst_len);
	ace_text_ports(t, ace, &ace->dport);
}
