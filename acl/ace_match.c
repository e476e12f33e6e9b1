/*
 * ace_match.c - does one entry match one packet?  Written to be read; the random tests hold the
 * compiled programs to it.
 *
 * Fragments, as Cisco documents them: an entry that looks only at the IP header treats every
 * fragment alike.  One that also looks behind it cannot do so in a non-initial fragment: a permit
 * then matches on its IP part alone, a deny does not match.  A packet that is not a fragment, or
 * the first one, but too short for what the entry needs matches no such entry, permit or deny.
 *
 * Pure functions.  The single criteria behind the ports are in ace_qualifiers.c.
 */
#include "acl/ace_internal.h"

static bool
address_match(const struct ace_addr *a, uint32_t addr)
{
	return ((addr ^ a->addr) & ~a->wild) == 0;
}

static bool
port_listed(const struct ace_ports *p, uint16_t port)
{
	for (unsigned i = 0; i < p->n; i++)
		if (p->port[i] == port)
			return true;
	return false;
}

/* A range is inclusive, and means the same typed from its upper end. */
static bool
port_in_range(const struct ace_ports *p, uint16_t port)
{
	if (p->port[0] <= p->port[1])
		return p->port[0] <= port && port <= p->port[1];
	return p->port[1] <= port && port <= p->port[0];
}

static bool
port_match(const struct ace_ports *p, const struct acl_key *key, uint16_t port)
{
	if (p->op == PORT_ANY)
		return true;
	if (!(key->has & ACL_HAS_PORTS))
		return false;
	switch ((enum ace_port_op)p->op) {
	case PORT_ANY:
		return true;
	case PORT_EQ:
		return port_listed(p, port);
	case PORT_NEQ:
		return !port_listed(p, port);
	case PORT_GT:
		return port > p->port[0];
	case PORT_LT:
		return port < p->port[0];
	case PORT_RANGE:
		return port_in_range(p, port);
	}
	return false;
}

/* Those qualifiers of the entry that look behind the IP header, or those that do not. */
static bool
qualifiers_match(const struct ace *ace, const struct acl_key *key, bool layer4)
{
	for (size_t i = 0; i < ace_qualifier_count; i++) {
		const struct ace_qualifier *q = &ace_qualifiers[i];

		if (q->layer4 != layer4 || q->match == NULL || !q->is_set(ace))
			continue;
		if (!q->match(ace, key))
			return false;
	}
	return true;
}

bool
ace_has_layer4(const struct ace *ace)
{
	if (ace->sport.op != PORT_ANY || ace->dport.op != PORT_ANY)
		return true;
	for (size_t i = 0; i < ace_qualifier_count; i++)
		if (ace_qualifiers[i].layer4 && ace_qualifiers[i].is_set(ace))
			return true;
	return false;
}

static bool
layer3_match(const struct ace *ace, const struct acl_key *key)
{
	if (!ace->any_proto && ace->proto != key->proto)
		return false;
	return address_match(&ace->src, key->src) && address_match(&ace->dst, key->dst) &&
	       qualifiers_match(ace, key, false);
}

bool
ace_match(const struct ace *ace, const struct acl_key *key)
{
	if (ace->is_remark || !layer3_match(ace, key))
		return false;
	if (!ace_has_layer4(ace))
		return true;
	if (key->has & ACL_NONINITIAL)
		return ace->action == ACL_PERMIT;
	return port_match(&ace->sport, key, key->sport) &&
	       port_match(&ace->dport, key, key->dport) && qualifiers_match(ace, key, true);
}
