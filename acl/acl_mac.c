/*
 * acl_mac.c - MAC lists as programs: an entry -> a rule, rules and frames -> the deciding entries.
 *
 * A frame is three numbers to a rule: its source, its destination, and all the rest packed into
 * one; each is compared under a mask, without a branch between them.  Whether a frame has an
 * EtherType or SAPs at all is a bit of the packed number, so that a rule that asks for one of them
 * passes over frames without it.  What an entry means is told in words in ace_mac.c.
 *
 * No state. Any thread may classify; acl_classify_mac_reference() is the control thread's, like the
 * list it reads.
 */
#include <errno.h>

#include "acl/ace_mac.h"
#include "acl/acl_internal.h"

/* The packed number, from its lowest bit. */
enum {
	AT_ETHERTYPE = 0,
	AT_HAS_ETHERTYPE = 16,
	AT_LSAP = 17,
	AT_HAS_LSAP = 33,
	AT_VLAN = 34,
	AT_COS = 50,
};

static uint64_t
pack(const struct acl_mac_key *key)
{
	return (uint64_t)key->ethertype << AT_ETHERTYPE |
	       (uint64_t)ace_mac_has_ethertype(key) << AT_HAS_ETHERTYPE |
	       (uint64_t)key->lsap << AT_LSAP | (uint64_t)ace_mac_has_lsap(key) << AT_HAS_LSAP |
	       (uint64_t)key->vlan << AT_VLAN | (uint64_t)key->cos << AT_COS;
}

/* The number, placed there, must be so in the bits of care. */
static void
want(struct acl_mac_rule *r, unsigned at, uint64_t number, uint64_t care)
{
	r->rest |= number << at;
	r->rest_care |= care << at;
}

static struct acl_mac_rule
rule_of(const struct ace *ace, uint32_t slot)
{
	const struct ace_rare *rare = ace_rare_of(ace);
	struct acl_mac_rule r = {
		.src = ace->src_mac.addr,
		.src_care = ~ace->src_mac.wild,
		.dst = ace->dst_mac.addr,
		.dst_care = ~ace->dst_mac.wild,
		.slot = slot,
		.action = ace->action,
	};
	uint16_t care = (uint16_t)~rare->type_wild;

	if (rare->ethertype != ACE_UNSET) {
		want(&r, AT_ETHERTYPE, (uint64_t)rare->ethertype, care);
		want(&r, AT_HAS_ETHERTYPE, 1, 1);
	}
	if (rare->lsap != ACE_UNSET) {
		want(&r, AT_LSAP, (uint64_t)rare->lsap, care);
		want(&r, AT_HAS_LSAP, 1, 1);
	}
	if (rare->vlan != ACE_UNSET)
		want(&r, AT_VLAN, (uint64_t)rare->vlan, UINT16_MAX);
	if (rare->cos != ACE_UNSET)
		want(&r, AT_COS, (uint64_t)rare->cos, UINT8_MAX);
	return r;
}

int
acl_compile_mac(struct acl_compiler *c, const struct ace *ace, uint32_t slot)
{
	struct acl_program *p = c->p;
	struct acl_mac_rule *v = acl_grow(p->mac_rule, p->rules, &c->rule_room, sizeof(*v));

	if (v == NULL)
		return -ENOMEM;
	p->mac_rule = v;
	v[p->rules++] = rule_of(ace, slot);
	return 0;
}

static struct acl_verdict
classify_one(const struct acl_program *p, const struct acl_mac_key *key)
{
	const struct acl_mac_rule *r = p->mac_rule;
	const uint64_t rest = pack(key);

	for (size_t left = p->rules; left > 0; left--, r++)
		if ((((key->src ^ r->src) & r->src_care) | ((key->dst ^ r->dst) & r->dst_care) |
			    ((rest ^ r->rest) & r->rest_care)) == 0)
			return (struct acl_verdict){ .slot = r->slot, .action = r->action };
	return (struct acl_verdict){
		.slot = ACL_SLOT_IMPLICIT, .action = ACL_DENY, .implicit = true
	};
}

void
acl_classify_mac(const struct acl_program *p, const struct acl_mac_key *key, size_t n,
	struct acl_verdict *out)
{
	for (size_t i = 0; i < n; i++)
		out[i] = classify_one(p, &key[i]);
}

struct acl_verdict
acl_classify_mac_reference(
	const struct acl *acl, const struct acl_env *env, const struct acl_mac_key *key)
{
	for (size_t i = 0; i < acl_length(acl); i++) {
		const struct acl_entry *e = acl_at(acl, i);

		if (ace_match_mac(&e->ace, env, key))
			return (struct acl_verdict){ .slot = e->slot, .action = e->ace.action };
	}
	return (struct acl_verdict){
		.slot = ACL_SLOT_IMPLICIT,
		.action = acl_ace_count(acl) > 0 ? ACL_DENY : ACL_PERMIT,
		.implicit = true,
	};
}
