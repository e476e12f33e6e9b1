/*
 * acl_mac.c - MAC lists as programs: an entry -> a rule, rules and frames -> the deciding entries.
 *
 * A frame is three numbers to a rule: its source, its destination, and all the rest packed into
 * one; each is compared under a mask, as two of the words of acl_tree.h.  Whether a frame has an
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
	struct acl_piece *p = c->p;
	struct acl_mac_rule *v = acl_grow(p->mac_rule, p->rules, &c->rule_room, sizeof(*v));

	if (v == NULL)
		return -ENOMEM;
	p->mac_rule = v;
	v[p->rules++] = rule_of(ace, slot);
	return 0;
}

static void
put_pairs(const struct acl_mac_key *key, uint64_t *pair)
{
	const uint64_t number[] = { key->src, key->dst, pack(key) };

	/* The first word of a pair, its low half, has the number's high bits. */
	for (unsigned i = 0; i < 3; i++)
		pair[i] = number[i] >> 32 | number[i] << 32;
	pair[3] = 0;
}

static struct acl_verdict
verdict_of(const struct acl_found *f)
{
	uint32_t result;

	if (f->piece == NULL)
		return (struct acl_verdict){
			.slot = ACL_SLOT_IMPLICIT, .action = ACL_DENY, .implicit = true
		};
	result = f->piece->result[f->best >> 1];
	return (struct acl_verdict){ .slot = result & (ACL_RESULT_SLOTS - 1),
		.action = result >> ACL_RESULT_ACTION & 1 };
}

struct alive { /* which entries of a level are still there */
	struct acl_check check;
	const struct acl_level *level;
};

static bool
is_alive(const struct acl_check *check, size_t i, uint32_t at)
{
	(void)i;
	return !acl_level_dead(((const struct alive *)check)->level, at >> 1);
}

void
acl_classify_mac(const struct acl_program *p, const struct acl_mac_key *key, size_t n,
	struct acl_verdict *out)
{
	uint64_t pair[ACL_TREE_BURST * ACL_PAIRS_MAX];
	uint32_t best[ACL_TREE_BURST];

	for (size_t from = 0; from < n; from += ACL_TREE_BURST) {
		const size_t m = n - from < ACL_TREE_BURST ? n - from : ACL_TREE_BURST;
		struct acl_found found[ACL_TREE_BURST] = { 0 };

		for (size_t i = 0; i < m; i++)
			put_pairs(&key[from + i], pair + 4 * i);
		for (size_t k = 0; k < p->levels; k++) {
			const struct acl_level *l = &p->level[k];
			const struct alive alive = { { is_alive, true }, l };

			if (!acl_level_matters(l, found, m))
				continue;
			p->search->packets[ACL_FORM_MAC](&l->piece->tree, pair, m,
				l->dead != NULL ? &alive.check : NULL, best);
			acl_find_lowest(l, best, m, found);
		}
		for (size_t i = 0; i < m; i++)
			out[from + i] = verdict_of(&found[i]);
	}
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
