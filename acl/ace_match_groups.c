/*
 * ace_match_groups.c - the reference matcher's way with what an entry names: object groups, and the
 * questions to struct acl_env.
 *
 * A group is walked member by member for every packet, groups within it too; slow, and plain to see
 * through.  A circle of groups is refused when it is typed, so the walk ends.
 *
 * A service group's member is like an entry of its own with the same action: see ace_match.c for what
 * it does in fragments.  Pure functions; control thread.
 */
#include "acl/ace_internal.h"

const struct object_group *
acl_env_group(const struct acl_env *env, const char *name, enum object_group_kind kind)
{
	const struct object_group *g;

	if (env == NULL || env->object_group == NULL)
		return NULL;
	g = env->object_group(env->arg, name);
	return g != NULL && object_group_kind(g) == kind ? g : NULL;
}

bool
acl_env_active(const struct acl_env *env, const char *time_range)
{
	return env != NULL && env->time_range_active != NULL &&
	       env->time_range_active(env->arg, time_range);
}

struct reflexive *
acl_env_reflexive(const struct acl_env *env, const char *name)
{
	if (env == NULL || env->reflexive == NULL)
		return NULL;
	return env->reflexive(env->arg, name);
}

/* ---- network groups ---- */

static bool
member_has_address(const struct acl_env *env, const struct object *o, uint32_t addr)
{
	switch (o->type) {
	case OBJECT_ANY:
		return true;
	case OBJECT_HOST:
		return addr == o->first;
	case OBJECT_SUBNET:
		return ((addr ^ o->first) & o->last) == 0;
	case OBJECT_RANGE:
		return o->first <= addr && addr <= o->last;
	case OBJECT_GROUP:
		return ace_group_has_address(env, o->group, addr);
	case OBJECT_SERVICE:
		break;
	}
	return false;
}

bool
ace_group_has_address(const struct acl_env *env, const char *group, uint32_t addr)
{
	const struct object_group *g = acl_env_group(env, group, OBJECT_GROUP_NETWORK);
	const struct object *o;

	if (g == NULL)
		return false;
	for (size_t i = 0; (o = object_group_at(g, i)) != NULL; i++)
		if (member_has_address(env, o, addr))
			return true;
	return false;
}

/* ---- service groups ---- */

enum {
	PROTO_TCP = 6,
	PROTO_UDP = 17,
};

static bool
service_protocol_match(const struct object *o, uint8_t proto)
{
	if (o->tcp_udp)
		return proto == PROTO_TCP || proto == PROTO_UDP;
	return o->any_proto || proto == o->proto;
}

static bool
service_ports_match(const struct object *o, const struct acl_key *key)
{
	if (o->sport.op == PORT_ANY && o->dport.op == PORT_ANY)
		return true;
	return (key->has & ACL_HAS_PORTS) &&
	       ace_op_holds((enum ace_port_op)o->sport.op, key->sport, o->sport.lo, o->sport.hi) &&
	       ace_op_holds((enum ace_port_op)o->dport.op, key->dport, o->dport.lo, o->dport.hi);
}

static bool
service_icmp_match(const struct object *o, const struct acl_key *key)
{
	if (o->icmp_type == ICMP_ANY)
		return true;
	return (key->has & ACL_HAS_ICMP) && key->icmp_type == o->icmp_type &&
	       (o->icmp_code == ICMP_ANY || key->icmp_code == o->icmp_code);
}

static bool
service_match(const struct object *o, uint8_t action, const struct acl_key *key)
{
	bool layer4 =
		o->sport.op != PORT_ANY || o->dport.op != PORT_ANY || o->icmp_type != ICMP_ANY;

	if (!service_protocol_match(o, key->proto))
		return false;
	if (layer4 && (key->has & ACL_NONINITIAL))
		return action == ACL_PERMIT;
	return service_ports_match(o, key) && service_icmp_match(o, key);
}

bool
ace_group_has_service(
	const struct acl_env *env, const char *group, uint8_t action, const struct acl_key *key)
{
	const struct object_group *g = acl_env_group(env, group, OBJECT_GROUP_SERVICE);
	const struct object *o;

	if (g == NULL)
		return false;
	for (size_t i = 0; (o = object_group_at(g, i)) != NULL; i++)
		if (o->type == OBJECT_GROUP ? ace_group_has_service(env, o->group, action, key)
					    : service_match(o, action, key))
			return true;
	return false;
}
