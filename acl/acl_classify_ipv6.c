/*
 * acl_classify_ipv6.c - an IPv6 list's program and a key -> the deciding entry.
 *
 * As in acl_classify.c: rules in order, what turns most packets away first.  No state but the
 * reflexive tables that a program may ask.
 */
#include "acl/ace_ipv6.h"
#include "acl/acl_internal.h"

static bool
header_pass(const struct acl_rule6 *r, const struct acl_key *key)
{
	uint64_t differ = ((key->src6[0] ^ r->src[0]) & r->src_care[0]) |
			  ((key->src6[1] ^ r->src[1]) & r->src_care[1]) |
			  ((key->dst6[0] ^ r->dst[0]) & r->dst_care[0]) |
			  ((key->dst6[1] ^ r->dst[1]) & r->dst_care[1]);

	return (differ | ((key->proto ^ r->rest.proto) & r->rest.proto_care) |
		       ((key->tos ^ r->rest.tos) & r->rest.tos_care)) == 0;
}

static bool
chain_pass(const struct acl_tests *t, const struct acl_key *key)
{
	if ((key->ext & t->ext) != t->ext || (t->determined && (key->has & ACL_UNDETERMINED)))
		return false;
	if (t->flow_label != ACE_UNSET && key->flow_label != (uint32_t)t->flow_label)
		return false;
	return (t->routing_type == ACE_UNSET || key->routing_type == t->routing_type) &&
	       (t->mobility_type == ACE_UNSET || key->mobility_type == t->mobility_type);
}

struct acl_verdict
acl_ipv6_implicit(const struct acl_key *key)
{
	if (acl_ipv6_implicit_permit(key))
		return (struct acl_verdict){
			.slot = ACL_SLOT_IMPLICIT_ND, .action = ACL_PERMIT, .implicit = true
		};
	return (struct acl_verdict){
		.slot = ACL_SLOT_IMPLICIT, .action = ACL_DENY, .implicit = true
	};
}

struct acl_verdict
acl_classify_ipv6(
	const struct acl_program *p, const struct acl_key *key, uint32_t packets, uint64_t now_ms)
{
	const struct acl_rule6 *r = p->rule6;
	struct acl_verdict v;

	for (size_t left = p->rules; left > 0; left--, r++) {
		if (!header_pass(r, key))
			continue;
		if (r->rest.tests != 0 && (!chain_pass(&p->tests[r->rest.tests], key) ||
						  !acl_tests_pass(p, &r->rest, key)))
			continue;
		if (acl_rule_decide(p, &r->rest, key, packets, now_ms, &v))
			return v;
	}
	return acl_ipv6_implicit(key);
}
