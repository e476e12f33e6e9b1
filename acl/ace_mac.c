/*
 * ace_mac.c - entries of MAC lists: reading, writing, matching.
 *
 *	{permit|deny} address address [type] [cos 0-7] [vlan 1-4094]
 *	address		any | host H.H.H | H.H.H mask
 *	type		name | number [mask] | lsap number mask
 *
 * Numbers of types and SAPs are read in decimal, hexadecimal or octal and written in hexadecimal;
 * 1 bits of a mask are don't-care bits, as everywhere in access lists.  What stands behind the
 * addresses is read in any order, each once.  A mask left out is 0.
 *
 * A frame has an EtherType (Ethernet II), SAPs (IEEE 802.3 with 802.2 behind it), or both (SNAP); an
 * entry that asks for what a frame does not have does not match it.
 *
 * Works in the walk of one ace_parse() call; else pure functions.  The compiled form is in acl_mac.c.
 */
#include "acl/ace_mac.h"

#include <stdio.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define ADDRESS_BITS 0xffffffffffffULL

enum address_form { ADDRESS_ANY, ADDRESS_HOST, ADDRESS_PLAIN };

enum { TYPE_MAX = 0xffff, COS_MAX = 7, VLAN_MIN = 1, VLAN_MAX = 4094 };

/* The help texts of an address, by where it stands. */
struct address_help {
	const char *any, *host, *plain, *mask;
};

static const struct address_help source_help = {
	"Any source address",
	"A single source address",
	"Source address",
	"Source address mask, 1 bits are ignored",
};
static const struct address_help destination_help = {
	"Any destination address",
	"A single destination address",
	"Destination address",
	"Destination address mask, 1 bits are ignored",
};

enum criterion { CRITERION_COS, CRITERION_LSAP, CRITERION_VLAN };

static const struct ace_name criterion_words[] = {
	{ "cos", "Match frames of a class of service", CRITERION_COS, 0, NAME_SHOWN },
	{ "lsap", "Match 802.2 frames by their service access points", CRITERION_LSAP, 0,
		NAME_SHOWN },
	{ "vlan", "Match frames of a VLAN", CRITERION_VLAN, 0, NAME_SHOWN },
};

/* ---- reading: addresses ---- */

static void
offer_mac(struct ace_walk *w, int id, const char *help)
{
	ace_walk_offer(
		w, &(struct choice){ .type = CHOICE_MAC, .text = "H.H.H", .help = help, .id = id });
}

static int
read_mac(struct ace_walk *w, const char *help, uint64_t *addr)
{
	struct choice_value v;

	offer_mac(w, 0, help);
	if (ace_walk_choose(w, &v) < 0)
		return -1;
	*addr = v.mac;
	return 0;
}

static int
read_address(struct ace_walk *w, const struct address_help *help, struct ace_mac *a)
{
	struct choice_value v;
	int id;

	ace_walk_offer_keyword(w, ace_walk_id(TAG_ADDRESS, ADDRESS_ANY), "any", help->any);
	ace_walk_offer_keyword(w, ace_walk_id(TAG_ADDRESS, ADDRESS_HOST), "host", help->host);
	offer_mac(w, ace_walk_id(TAG_ADDRESS, ADDRESS_PLAIN), help->plain);
	id = ace_walk_choose(w, &v);
	if (id < 0)
		return -1;
	switch ((enum address_form)ace_walk_which(id)) {
	case ADDRESS_ANY:
		*a = (struct ace_mac){ .addr = 0, .wild = ADDRESS_BITS };
		return 0;
	case ADDRESS_HOST:
		a->wild = 0;
		return read_mac(w, help->plain, &a->addr);
	case ADDRESS_PLAIN:
		break;
	}
	if (read_mac(w, help->mask, &a->wild) < 0)
		return -1;
	a->addr = v.mac & ~a->wild;
	return 0;
}

/* ---- reading: what stands behind them ---- */

static void
offer_type(struct ace_walk *w, int id, const char *help)
{
	ace_walk_offer(w, &(struct choice){ .type = CHOICE_NUMBER_ANY_BASE,
				  .lo = 0,
				  .hi = TYPE_MAX,
				  .help = help,
				  .id = id });
}

static int
read_type(struct ace_walk *w, const char *help, uint32_t *number)
{
	struct choice_value v;

	offer_type(w, 0, help);
	if (ace_walk_choose(w, &v) < 0)
		return -1;
	*number = v.number;
	return 0;
}

static bool
has_type(const struct ace_rare *rare)
{
	return rare->ethertype != ACE_UNSET || rare->lsap != ACE_UNSET;
}

static bool
is_open(const struct ace_rare *rare, enum criterion c)
{
	switch (c) {
	case CRITERION_COS:
		return rare->cos == ACE_UNSET;
	case CRITERION_LSAP:
		return !has_type(rare);
	case CRITERION_VLAN:
		return rare->vlan == ACE_UNSET;
	}
	return false;
}

/* What may stand here.  mask_open: the last word was an EtherType's number. */
static void
offer_tail(struct ace_walk *w, bool mask_open)
{
	const struct ace_rare *rare = ace_rare_of(w->ace);

	if (mask_open)
		offer_type(w, ace_walk_id(TAG_WILDCARD, 0), "EtherType mask, 1 bits are ignored");
	if (!has_type(rare)) {
		offer_type(w, ace_walk_id(TAG_VALUE_NUMBER, 0),
			"An EtherType in decimal, hexadecimal or octal");
		ace_walk_offer_names(w, TAG_VALUE, &ace_ethertypes);
	}
	for (size_t i = 0; i < COUNT(criterion_words); i++)
		if (is_open(rare, (enum criterion)criterion_words[i].value))
			ace_walk_offer_name(w, ace_walk_id(TAG_QUALIFIER, i), &criterion_words[i]);
	ace_walk_offer(w, &ace_end_of_line);
}

static int
take_lsap(struct ace_walk *w)
{
	struct ace_rare *rare = ace_walk_rare(w);
	uint32_t lsap, wild;

	if (read_type(w, "DSAP and SSAP as one number", &lsap) < 0 ||
		read_type(w, "LSAP mask, 1 bits are ignored", &wild) < 0)
		return -1;
	rare->lsap = (int32_t)(lsap & ~wild);
	rare->type_wild = (uint16_t)wild;
	return 0;
}

static int
take_criterion(struct ace_walk *w, enum criterion c)
{
	struct ace_rare *rare = ace_walk_rare(w);
	uint32_t number;

	switch (c) {
	case CRITERION_COS:
		if (ace_walk_number(w, 0, COS_MAX, "Class of service", &number) < 0)
			return -1;
		rare->cos = (int8_t)number;
		return 0;
	case CRITERION_LSAP:
		return take_lsap(w);
	case CRITERION_VLAN:
		if (ace_walk_number(w, VLAN_MIN, VLAN_MAX, "VLAN number", &number) < 0)
			return -1;
		rare->vlan = (int16_t)number;
		return 0;
	}
	return -1;
}

static int
read_tail(struct ace_walk *w)
{
	bool mask_open = false;
	struct choice_value v;
	int id;

	for (;;) {
		offer_tail(w, mask_open);
		id = ace_walk_choose(w, &v);
		if (id < 0)
			return -1;
		mask_open = false;
		switch (ace_walk_tag(id)) {
		case TAG_END:
			return 0;
		case TAG_VALUE:
			ace_walk_rare(w)->ethertype = ace_ethertypes.v[ace_walk_which(id)].value;
			break;
		case TAG_VALUE_NUMBER:
			ace_walk_rare(w)->ethertype = (int32_t)v.number;
			mask_open = true;
			break;
		case TAG_WILDCARD:
			ace_walk_rare(w)->ethertype &= (int32_t)~v.number;
			ace_walk_rare(w)->type_wild = (uint16_t)v.number;
			break;
		default:
			if (take_criterion(w, (enum criterion)ace_walk_which(id)) < 0)
				return -1;
			break;
		}
	}
}

int
ace_mac_read(struct ace_walk *w)
{
	if (read_address(w, &source_help, &w->ace->src_mac) < 0 ||
		read_address(w, &destination_help, &w->ace->dst_mac) < 0)
		return -1;
	return read_tail(w);
}

/* ---- writing ---- */

static void
put_mac(struct ace_text *t, uint64_t addr)
{
	char buf[MAC_TEXT_MAX];

	ace_text_word(t, mac_text(addr, buf));
}

static void
put_address(struct ace_text *t, const struct ace_mac *a)
{
	if (a->wild == ADDRESS_BITS) {
		ace_text_word(t, "any");
	} else if (a->wild == 0) {
		ace_text_word(t, "host");
		put_mac(t, a->addr);
	} else {
		put_mac(t, a->addr);
		put_mac(t, a->wild);
	}
}

static void
put_masked(struct ace_text *t, int32_t number, uint16_t wild)
{
	char buf[2 * sizeof(" 0xFFFF")];

	snprintf(buf, sizeof(buf), "0x%X 0x%X", (unsigned)number, wild);
	ace_text_word(t, buf);
}

static void
put_type(struct ace_text *t, const struct ace_rare *rare)
{
	const struct ace_name *name;

	if (rare->lsap != ACE_UNSET) {
		ace_text_word(t, criterion_words[CRITERION_LSAP].name);
		put_masked(t, rare->lsap, rare->type_wild);
		return;
	}
	if (rare->ethertype == ACE_UNSET)
		return;
	name = rare->type_wild == 0 ? ace_name_shown(&ace_ethertypes, (uint32_t)rare->ethertype, 0)
				    : NULL;
	if (name != NULL)
		ace_text_word(t, name->name);
	else
		put_masked(t, rare->ethertype, rare->type_wild);
}

void
ace_mac_put(struct ace_text *t, const struct ace *ace)
{
	const struct ace_rare *rare = ace_rare_of(ace);

	put_address(t, &ace->src_mac);
	put_address(t, &ace->dst_mac);
	put_type(t, rare);
	if (rare->cos != ACE_UNSET) {
		ace_text_word(t, criterion_words[CRITERION_COS].name);
		ace_text_number(t, (uint32_t)rare->cos);
	}
	if (rare->vlan != ACE_UNSET) {
		ace_text_word(t, criterion_words[CRITERION_VLAN].name);
		ace_text_number(t, (uint32_t)rare->vlan);
	}
}

/* ---- matching ---- */

static bool
address_match(const struct ace_mac *a, uint64_t addr)
{
	return ((addr ^ a->addr) & ~a->wild) == 0;
}

static bool
type_match(const struct ace_rare *rare, const struct acl_mac_key *key)
{
	unsigned care = TYPE_MAX & ~(unsigned)rare->type_wild;

	if (rare->ethertype != ACE_UNSET)
		return ace_mac_has_ethertype(key) &&
		       ((key->ethertype ^ (unsigned)rare->ethertype) & care) == 0;
	if (rare->lsap != ACE_UNSET)
		return ace_mac_has_lsap(key) && ((key->lsap ^ (unsigned)rare->lsap) & care) == 0;
	return true;
}

/* Nothing in such an entry refers to anything by name: env is not asked. */
bool
ace_match_mac(const struct ace *ace, const struct acl_env *env, const struct acl_mac_key *key)
{
	const struct ace_rare *rare = ace_rare_of(ace);

	(void)env;
	if (ace->is_remark)
		return false;
	return address_match(&ace->src_mac, key->src) && address_match(&ace->dst_mac, key->dst) &&
	       type_match(rare, key) && (rare->cos == ACE_UNSET || rare->cos == key->cos) &&
	       (rare->vlan == ACE_UNSET || rare->vlan == key->vlan);
}
