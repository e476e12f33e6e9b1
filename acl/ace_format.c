/*
 * ace_format.c - struct ace -> the words IOS displays; the inverse of ace_parse.c.
 *
 * One text for `show access-lists` and for the running-config, but for some habits of IOS: show pads
 * `deny` to the width of `permit` in standard and MAC lists, the running-config in extended ones
 * too; show says ", wildcard bits" in standard lists, "(tag = X)" for a log cookie and whether a
 * time range is active, which the running-config must not, being read back.
 *
 * Writes into the caller's buffer, always terminated, never past its size.  No state.
 */
#include "acl/ace_ipv6.h"
#include "acl/ace_mac.h"

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
ace_text_put(struct ace_text *t, const char *s)
{
	put(t, s, strlen(s));
}

void
ace_text_word(struct ace_text *t, const char *word)
{
	put(t, " ", 1);
	ace_text_put(t, word);
}

void
ace_text_digits(struct ace_text *t, uint32_t number)
{
	char digits[11], *p = digits + sizeof(digits) - 1;

	*p = '\0';
	do {
		*--p = (char)('0' + number % 10);
		number /= 10;
	} while (number > 0);
	ace_text_put(t, p);
}

void
ace_text_number(struct ace_text *t, uint32_t number)
{
	put(t, " ", 1);
	ace_text_digits(t, number);
}

void
ace_text_value(struct ace_text *t, const struct ace_names *names, uint32_t value)
{
	const struct ace_name *name = ace_name_shown(names, value, 0);

	if (name != NULL)
		ace_text_word(t, name->name);
	else
		ace_text_number(t, value);
}

static void
put_ipv4(struct ace_text *t, uint32_t addr)
{
	char buf[16];

	ace_text_word(t, ipv4_text(addr, buf));
}

static void
put_action(struct ace_text *t, const struct ace *ace)
{
	bool padded = ace->kind == ACL_STANDARD || ace->kind == ACL_MAC ||
		      (ace->kind == ACL_EXTENDED && t->style == ACE_CONFIG);

	if (ace->action == ACL_PERMIT)
		put(t, "permit", 6);
	else
		put(t, "deny  ", padded ? 6 : 4);
}

static void
put_standard_address(struct ace_text *t, const struct ace_addr *a)
{
	if (a->wild == UINT32_MAX) {
		ace_text_word(t, "any");
		return;
	}
	put_ipv4(t, a->addr);
	if (a->wild == 0)
		return;
	if (t->style == ACE_SHOW)
		ace_text_put(t, ", wildcard bits");
	put_ipv4(t, a->wild);
}

static void
put_group(struct ace_text *t, const char *name)
{
	ace_text_word(t, "object-group");
	ace_text_word(t, name);
}

static void
put_address(struct ace_text *t, const struct ace_addr *a, const char *group)
{
	if (group != NULL) {
		put_group(t, group);
	} else if (a->wild == UINT32_MAX) {
		ace_text_word(t, "any");
	} else if (a->wild == 0) {
		ace_text_word(t, "host");
		put_ipv4(t, a->addr);
	} else {
		put_ipv4(t, a->addr);
		put_ipv4(t, a->wild);
	}
}

void
ace_text_protocol(struct ace_text *t, const struct ace *ace)
{
	const struct ace_name *other =
		ace->proto_other ? ace_name_other(&ace_protocols, ace->proto) : NULL;

	if (ace_rare_of(ace)->service != NULL)
		put_group(t, ace->rare->service);
	else if (ace->any_proto)
		ace_text_word(t, "ip");
	else if (other != NULL)
		ace_text_word(t, other->name);
	else
		ace_text_value(t, &ace_protocols, ace->proto);
}

void
ace_text_ports(struct ace_text *t, const struct ace *ace, const struct ace_ports *p)
{
	if (p->op == PORT_ANY)
		return;
	ace_text_value(t, &ace_port_ops, p->op);
	for (unsigned i = 0; i < p->n; i++)
		ace_text_value(t, ace_entry_port_names(ace), ace_port(ace, p, i));
}

void
ace_text_qualifiers(struct ace_text *t, const struct ace *ace)
{
	for (size_t i = 0; i < ace_qualifier_count; i++)
		if (ace_qualifiers[i]->is_set(ace))
			ace_qualifiers[i]->format(ace, t);
}

static void
put_extended(struct ace_text *t, const struct ace *ace)
{
	const struct ace_rare *rare = ace_rare_of(ace);

	ace_text_protocol(t, ace);
	put_address(t, &ace->src, rare->src_group);
	ace_text_ports(t, ace, &ace->sport);
	put_address(t, &ace->dst, rare->dst_group);
	ace_text_ports(t, ace, &ace->dport);
}

size_t
ace_format(const struct ace *ace, enum ace_style style, const struct acl_env *env, char *buf,
	size_t size)
{
	struct ace_text t = { .buf = buf, .size = size, .style = style, .env = env };

	buf[0] = '\0';
	if (ace->is_remark) {
		ace_text_put(&t, "remark");
		ace_text_word(&t, ace->rare->remark);
		return t.len;
	}
	if (ace->is_evaluate) {
		ace_text_put(&t, "evaluate");
		ace_text_word(&t, ace->rare->reflexive);
		return t.len;
	}
	put_action(&t, ace);
	if (ace->kind == ACL_STANDARD)
		put_standard_address(&t, &ace->src);
	else if (ace->kind == ACL_IPV6)
		ace_ipv6_put(&t, ace);
	else if (ace->kind == ACL_MAC)
		ace_mac_put(&t, ace);
	else
		put_extended(&t, ace);
	ace_text_qualifiers(&t, ace);
	return t.len;
}
