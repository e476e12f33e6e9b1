/*
 * ace_format.c - struct ace -> the words IOS displays; the inverse of ace_parse.c.
 *
 * One text for `show access-lists` and for the running-config, but for two habits of IOS: show pads
 * `deny` to the width of `permit` in standard lists only, the running-config in both; and show says
 * ", wildcard bits" in standard lists, which the running-config must not, being read back.
 *
 * Writes into the caller's buffer, always terminated, never past its size.  No state.
 */
#include "acl/ace_internal.h"

#include <string.h>

static void
put(struct ace_text *t, const char *s, size_t len)
{
	size_t room = t->size - 1 - t->len;

	if (len > room)
		len = room;
	memcpy(t->buf + t->len, s, len);
	t->len += len;
	t->buf[t->len] = '\0';
}

void
ace_text_word(struct ace_text *t, const char *word)
{
	put(t, " ", 1);
	put(t, word, strlen(word));
}

void
ace_text_number(struct ace_text *t, uint32_t number)
{
	char digits[11], *p = digits + sizeof(digits) - 1;

	*p = '\0';
	do {
		*--p = (char)('0' + number % 10);
		number /= 10;
	} while (number > 0);
	ace_text_word(t, p);
}

static void
put_ipv4(struct ace_text *t, uint32_t addr)
{
	char buf[16];

	ace_text_word(t, ipv4_text(addr, buf));
}

static void
put_action(struct ace_text *t, const struct ace *ace, enum acl_kind kind, enum ace_style style)
{
	bool padded = kind == ACL_STANDARD || style == ACE_CONFIG;

	if (ace->action == ACL_PERMIT)
		put(t, "permit", 6);
	else
		put(t, "deny  ", padded ? 6 : 4);
}

static void
put_standard_address(struct ace_text *t, const struct ace_addr *a, enum ace_style style)
{
	if (a->wild == UINT32_MAX) {
		ace_text_word(t, "any");
		return;
	}
	put_ipv4(t, a->addr);
	if (a->wild == 0)
		return;
	if (style == ACE_SHOW)
		put(t, ", wildcard bits", 15);
	put_ipv4(t, a->wild);
}

static void
put_address(struct ace_text *t, const struct ace_addr *a)
{
	if (a->wild == UINT32_MAX) {
		ace_text_word(t, "any");
	} else if (a->wild == 0) {
		ace_text_word(t, "host");
		put_ipv4(t, a->addr);
	} else {
		put_ipv4(t, a->addr);
		put_ipv4(t, a->wild);
	}
}

static void
put_protocol(struct ace_text *t, const struct ace *ace)
{
	const struct ace_name *name;

	if (ace->any_proto) {
		ace_text_word(t, "ip");
		return;
	}
	name = ace->proto_other ? ace_name_other(&ace_protocols, ace->proto)
				: ace_name_shown(&ace_protocols, ace->proto, 0);
	if (name != NULL)
		ace_text_word(t, name->name);
	else
		ace_text_number(t, ace->proto);
}

static void
put_ports(struct ace_text *t, const struct ace *ace, const struct ace_ports *p)
{
	const struct ace_names *names = ace_port_names(ace->proto);
	const struct ace_name *name;

	if (p->op == PORT_ANY)
		return;
	ace_text_word(t, ace_name_shown(&ace_port_ops, p->op, 0)->name);
	for (unsigned i = 0; i < p->n; i++) {
		name = ace_name_shown(names, p->port[i], 0);
		if (name != NULL)
			ace_text_word(t, name->name);
		else
			ace_text_number(t, p->port[i]);
	}
}

size_t
ace_format(const struct ace *ace, enum acl_kind kind, enum ace_style style, char *buf, size_t size)
{
	struct ace_text t = { .buf = buf, .size = size };

	buf[0] = '\0';
	if (ace->is_remark) {
		put(&t, "remark ", 7);
		put(&t, ace->remark, ace->remark_len);
		return t.len;
	}
	put_action(&t, ace, kind, style);
	if (kind == ACL_STANDARD) {
		put_standard_address(&t, &ace->src, style);
	} else {
		put_protocol(&t, ace);
		put_address(&t, &ace->src);
		put_ports(&t, ace, &ace->sport);
		put_address(&t, &ace->dst);
		put_ports(&t, ace, &ace->dport);
	}
	for (size_t i = 0; i < ace_qualifier_count; i++)
		if (ace_qualifiers[i].is_set(ace))
			ace_qualifiers[i].format(ace, &t);
	return t.len;
}
