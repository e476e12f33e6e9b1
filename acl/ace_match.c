/*
 * ace_match.c - does one entry match one packet?  Written to be read; the random tests hold the
 * compiled programs to it.
 *
 * Fragments, as Cisco documents them: an entry that looks only at the IP header treats every
 * fragment alike.  One that also looks behind it cannot do so in a non-initial fragment: a permit
 * then matches on its IP part alone, a deny does not match.  A packet that is not a fragment, or
 * the first one, but too short for what the entry needs matches no such entry, permit or deny.
 *
 * Pure functions, but for an evaluate entry's table.  The single criteria behind the ports are with
 * the rows of the qualifiers; object groups are in ace_match_groups.c.
 */
#include "acl/ace_ipv6.h"

static bool
address_match(const struct ace_addr *a, uint32_t addr)
{
	return ((addr ^ a->addr) & ~a->wild) == 0;
}

/* A range is inclusive, and means the same typed from its upper end. */
bool
ace_op_holds(enum ace_port_op op, uint32_t number, uint32_t first, uint32_t second)
{
	switch (op) {
	case PORT_ANY:
		return true;
	case PORT_EQ:
		return number == first;
	case PORT_NEQ:
		return number != first;
	case PORT_GT:
		return number > first;
	case PORT_LT:
		return number < first;
	case PORT_RANGE:
		return first <= second ? first <= number && number <= second
				       : second <= number && number <= first;
	}
	return false;
}

static bool
port_listed(const struct ace *ace, const struct ace_ports *p, uint16_t port)
{
	for (unsigned i = 0; i < p->n; i++)
		if (ace_port(ace, p, i) == port)
			return true;
	return false;
}

static bool
port_match(const struct ace *ace, const struct ace_ports *p, uint16_t port)
{
	if (p->op == PORT_EQ || p->op == PORT_NEQ)
		return port_listed(ace, p, port) == (p->op == PORT_EQ);
	return ace_op_holds((enum ace_port_op)p->op, port, p->port[0], p->port[1]);
}

bool
ace_ports_match(const struct ace *ace, const struct acl_key *key)
{
	if (ace->sport.op == PORT_ANY && ace->dport.op == PORT_ANY)
		return true;
	return (key->has & ACL_HAS_PORTS) && port_match(ace, &ace->sport, key->sport) &&
	       port_match(ace, &ace->dport, key->dport);
}

/* ---- an entry of an IPv4 list ---- */

static bool
source_match(const struct ace *ace, const struct acl_env *env, uint32_t addr)
{
	const char *group = ace_rare_of(ace)->src_group;

	return group != NULL ? ace_group_has_address(env, group, addr)
			     : address_match(&ace->src, addr);
}

static bool
destination_match(const struct ace *ace, const struct acl_env *env, uint32_t addr)
{
	const char *group = ace_rare_of(ace)->dst_group;

	return group != NULL ? ace_group_has_address(env, group, addr)
			     : address_match(&ace->dst, addr);
}

static bool
layer3_match(const struct ace *ace, const struct acl_env *env, const struct acl_key *key)
{
	return (ace->any_proto || ace->proto == key->proto) && source_match(ace, env, key->src) &&
	       destination_match(ace, env, key->dst) && ace_qualifiers_match(ace, env, key, false);
}

/* With a service group in the protocol's place its members say all there is about layer 4. */
static bool
service_entry_match(const struct ace *ace, const struct acl_env *env, const struct acl_key *key)
{
	return source_match(ace, env, key->src) && destination_match(ace, env, key->dst) &&
	       ace_qualifiers_match(ace, env, key, false) &&
	       ace_group_has_service(env, ace->rare->service, ace->action, key);
}

static bool
evaluate_match(const struct ace *ace, const struct acl_env *env, const struct acl_key *key,
	uint64_t now_ms)
{
	struct reflexive *table = acl_env_reflexive(env, ace->rare->reflexive);

	return table != NULL && reflexive_match(table, key, 1, now_ms);
}

bool
ace_match(const struct ace *ace, const struct acl_env *env, const struct acl_key *key,
	uint64_t now_ms)
{
	bool key_is_ipv6 = (key->has & ACL_IS_IPV6) != 0;

	if (ace->is_remark || key_is_ipv6 != (ace->kind == ACL_IPV6))
		return false;
	if (ace->is_evaluate)
		return evaluate_match(ace, env, key, now_ms);
	if (ace->kind == ACL_IPV6)
		return ace_ipv6_match(ace, env, key);
	if (ace_rare_of(ace)->service != NULL)
		return service_entry_match(ace, env, key);
	if (!layer3_match(ace, env, key))
		return false;
	if (!ace_has_layer4(ace))
		return true;
	if (key->has & ACL_NONINITIAL)
		return ace->action == ACL_PERMIT;
	return ace_ports_match(ace, key) && ace_qualifiers_match(ace, env, key, true);
}
