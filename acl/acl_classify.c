/*
 * acl_classify.c - a program and keys -> the deciding entries; and the same from the list itself.
 *
 * A packet's key becomes a few words, and the tree of acl_tree.h finds the first row that they match, for
 * a burst of packets at once; the row's position says the rule.  A program that was edited has several
 * pieces, each with its tree, and of what they find the first in order wins.  What rows cannot say is
 * tested here, rule by rule, where such a row would win, and there rows of removed entries are passed over.  A rule that evaluates has no row: those that stand before
 * the row found are asked, in order, which comes to the same as scanning the list.  What a non-initial
 * fragment and a truncated packet may match is in ace_match.c, told in words.
 *
 * No state but the reflexive tables that a program may ask: without them any thread, any number of
 * programs.  acl_classify_reference() is the control thread's, like the list it reads.
 */
#include "acl/ace_internal.h"
#include "acl/ace_ipv6.h"
#include "acl/acl_internal.h"

static bool
span_has(struct acl_span span, uint16_t number)
{
	return span.lo <= number && number <= span.hi;
}

static bool
ports_pass(const struct acl_piece *p, const struct acl_port_test *t, uint16_t port)
{
	bool inside = false;

	if (t->n == 0)
		return true;
	if (t->n == 1)
		return span_has(t->span, port) != t->outside;
	for (unsigned i = 0; i < t->n; i++)
		inside |= span_has(p->span[t->first + i], port);
	return inside != t->outside;
}

static bool
layer4_pass(const struct acl_piece *p, const struct acl_tests *t, uint8_t action,
	const struct acl_key *key)
{
	uint16_t icmp = (uint16_t)(key->icmp_type << 8 | key->icmp_code);

	if (key->has & ACL_NONINITIAL)
		return action == ACL_PERMIT;
	if ((key->has & t->needs) != t->needs || ((icmp ^ t->icmp) & t->icmp_care) != 0)
		return false;
	if (((key->tcp_flags ^ t->all) & t->all_care) != 0)
		return false;
	if (t->any_care != 0 && ((key->tcp_flags ^ t->any_flip) & t->any_care) == 0)
		return false;
	return ports_pass(p, &t->dport, key->dport) && ports_pass(p, &t->sport, key->sport);
}

/* Halves the set's ranges until one is left that may have the address. */
static bool
set_has(const struct acl_piece *p, uint32_t set, uint32_t addr)
{
	const struct acl_range *v;
	uint32_t n;

	if (set == ACL_NO_SET)
		return true;
	v = p->range + p->set[set].first;
	for (n = p->set[set].n; n > 1; n -= n / 2)
		if (v[n / 2].lo <= addr)
			v += n / 2;
	return v->lo <= addr && addr <= v->hi;
}

static bool
has_option(const struct acl_key *key, int16_t option)
{
	for (unsigned i = 0; i < key->options; i++)
		if (key->option[i] == option)
			return true;
	return false;
}

bool
acl_tests_pass(const struct acl_piece *p, const struct acl_rule *r, const struct acl_key *key)
{
	const struct acl_tests *t = &p->tests[r->tests];

	if ((key->has & t->wants) != t->wants || span_has(t->ttl, key->ttl) == t->ttl_outside)
		return false;
	if (t->option >= 0 && t->option != OPTION_ANY && !has_option(key, t->option))
		return false;
	if (!set_has(p, t->src_set, key->src) || !set_has(p, t->dst_set, key->dst))
		return false;
	return !t->layer4 || layer4_pass(p, t, r->action, key);
}

bool
acl_chain_pass(const struct acl_tests *t, const struct acl_key *key)
{
	if ((key->ext & t->ext) != t->ext || (t->determined && (key->has & ACL_UNDETERMINED)))
		return false;
	if (t->flow_label != ACE_UNSET && key->flow_label != (uint32_t)t->flow_label)
		return false;
	return (t->routing_type == ACE_UNSET || key->routing_type == t->routing_type) &&
	       (t->mobility_type == ACE_UNSET || key->mobility_type == t->mobility_type);
}

bool
acl_rule_decide(const struct acl_piece *p, const struct acl_rule *r, const struct acl_key *key,
	uint32_t packets, uint64_t now_ms, struct acl_verdict *out)
{
	const struct acl_tests *t;

	*out = (struct acl_verdict){ .slot = r->slot, .action = r->action, .log = r->log };
	if (r->does == RULE_DECIDES)
		return true;
	t = &p->tests[r->tests];
	if (r->does == RULE_EVALUATES)
		return reflexive_match(t->table, key, packets, now_ms);
	out->reflect = t->table;
	out->reflect_timeout_s = t->timeout_s;
	return true;
}

/* ---- keys as words ---- */

/* Types are where the destination port would be. */
static inline __attribute__((always_inline)) uint64_t
ports_of(const struct acl_key *key)
{
	const uint32_t ports = key->sport | (uint32_t)key->dport << 16;
	const uint32_t type = (uint32_t)key->icmp_type << 24 | (uint32_t)key->icmp_code << 16;

	return key->has & (ACL_HAS_ICMP | ACL_HAS_IGMP) ? type : ports;
}

/* The low byte of meta up to the high: protocol, type of service, TCP flags, what the packet has. */
static inline __attribute__((always_inline)) uint32_t
meta_of(const struct acl_key *key)
{
	const uint32_t all = key->proto | (uint32_t)key->tos << ACL_META_TOS |
			     (uint32_t)key->tcp_flags << ACL_META_FLAGS |
			     (uint32_t)key->has << ACL_META_HAS;

	return all & (UINT32_C(0xffff) | UINT32_C(0x3f) << ACL_META_FLAGS |
			     UINT32_C(0x7f) << ACL_META_HAS);
}

/* A word and the next one. */
static inline uint64_t
pair_of(uint32_t low, uint64_t high)
{
	return low | high << 32;
}

static inline size_t
pairs_of(enum acl_form form)
{
	return form == ACL_FORM_IPV4 ? 2 : acl_form_words[form] / 2U;
}

static inline __attribute__((always_inline)) void
put_pairs(enum acl_form form, const struct acl_key *key, uint64_t *pair)
{
	if (form == ACL_FORM_IPV6) {
		for (unsigned i = 0; i < 2; i++) {
			pair[i] = key->src6[i] >> 32 | key->src6[i] << 32;
			pair[2 + i] = key->dst6[i] >> 32 | key->dst6[i] << 32;
		}
		pair[4] = pair_of(meta_of(key), key->ext | (uint32_t)key->routing_type << 8 |
							(uint32_t)key->mobility_type << 16);
		pair[5] = pair_of(key->flow_label, ports_of(key));
		return;
	}
	*pair++ = pair_of(key->src, key->dst);
	if (form == ACL_FORM_IPV4_TTL)
		*pair++ = key->ttl;
	*pair = pair_of(meta_of(key), ports_of(key));
}

/* ---- bursts ---- */

/* Packets that are searched together: a burst, or those of it that are fragments, or are not. */
struct company {
	struct acl_check check; /* first: passes() finds the rest by it */
	const struct acl_level *level;
	const struct acl_key *key; /* of the burst */
	bool some;		   /* at[] says which of the burst's; else all */
	uint8_t at[ACL_TREE_BURST];
	size_t n;
	uint64_t pair[ACL_TREE_BURST * ACL_PAIRS_MAX];
};

/* What rows do not say, and whether the entry is still there. */
static bool
passes(const struct acl_check *check, size_t i, uint32_t at)
{
	const struct company *c = (const struct company *)check;
	const struct acl_piece *p = c->level->piece;
	const uint32_t pos = at >> 1;
	const struct acl_rule *r;
	const struct acl_key *key;

	if (acl_level_dead(c->level, pos))
		return false;
	if (!(at & ACL_ROW_INEXACT))
		return true;
	r = &p->special[p->result[pos] & ~ACL_RESULT_SPECIAL];
	key = &c->key[c->some ? c->at[i] : i];
	if (p->kind == ACL_IPV6 && !acl_chain_pass(&p->tests[r->tests], key))
		return false;
	return acl_tests_pass(p, r, key);
}

/* Those of n packets that are later fragments, or those that are not. */
static void
gather(struct company *c, enum acl_form form, size_t n, uint8_t noninitial)
{
	c->some = true;
	c->n = 0;
	for (size_t i = 0; i < n; i++) {
		if ((c->key[i].has & ACL_NONINITIAL) != noninitial)
			continue;
		put_pairs(form, &c->key[i], c->pair + c->n * pairs_of(form));
		c->at[c->n++] = (uint8_t)i;
	}
}

static void
search_gathered(
	struct company *c, acl_search_fn *search, const struct acl_check *check, uint32_t *best)
{
	uint32_t found[ACL_TREE_BURST];

	search(&c->level->piece->tree, c->pair, c->n, check, found);
	for (size_t i = 0; i < c->n; i++)
		best[c->at[i]] = found[i];
}

static inline __attribute__((always_inline)) void
search_burst(const struct acl_search *search, const struct acl_level *l, const struct acl_key *key,
	size_t n, enum acl_form form, uint32_t *best)
{
	const bool asks = l->piece->inexact || l->dead != NULL;
	const struct acl_check *check;
	struct company c;
	uint8_t late = 0;

	c.check = (struct acl_check){ .passes = passes, .every = l->dead != NULL };
	check = asks ? &c.check : NULL;
	c.level = l;
	c.key = key;
	c.some = false;
	for (size_t i = 0; i < n; i++) {
		put_pairs(form, &key[i], c.pair + i * pairs_of(form));
		late |= key[i].has & ACL_NONINITIAL;
	}
	if (late == 0) {
		search->packets[form](&l->piece->tree, c.pair, n, check, best);
		return;
	}
	gather(&c, form, n, 0);
	search_gathered(&c, search->packets[form], check, best);
	gather(&c, form, n, ACL_NONINITIAL);
	search_gathered(&c, search->fragments[form], check, best);
}

/*
 * Field by field, and without asking whether a row was found: the result behind the last is the
 * implicit deny's.
 */
static void
settle(const struct acl_piece *p, const struct acl_key *key, uint32_t best, struct acl_verdict *out)
{
	const bool none = best == ACL_NO_ROW;
	const uint32_t result = p->result[none ? p->rules : best >> 1];

	if (result & ACL_RESULT_SPECIAL) {
		(void)acl_rule_decide(p, &p->special[result & ~ACL_RESULT_SPECIAL], key, 1, 0, out);
		return;
	}
	if (none && p->kind == ACL_IPV6) {
		*out = acl_ipv6_implicit(key);
		return;
	}
	out->slot = result & (ACL_RESULT_SLOTS - 1);
	out->action = result >> ACL_RESULT_ACTION & 1;
	out->log = result >> ACL_RESULT_LOG & 3;
	out->implicit = none;
	out->reflect = NULL;
	out->reflect_timeout_s = 0;
}

/* ---- a program of one piece ---- */

/* Rules that evaluate and stand before the row that was found are asked in order. */
static bool
evaluated(const struct acl_piece *p, const struct acl_key *key, uint32_t before, uint32_t packets,
	uint64_t now_ms, struct acl_verdict *out)
{
	for (size_t i = 0; i < p->evaluates && p->evaluate[i] < before; i++) {
		uint32_t at = p->result[p->evaluate[i]] & ~ACL_RESULT_SPECIAL;

		if (acl_rule_decide(p, &p->special[at], key, packets, now_ms, out))
			return true;
	}
	return false;
}

/* packets: of each, or NULL. At most ACL_TREE_BURST. */
static void
classify_single(const struct acl_program *program, const struct acl_key *key,
	const uint32_t *packets, size_t n, uint64_t now_ms, struct acl_verdict *out)
{
	const struct acl_level *l = &program->level[0];
	const struct acl_piece *p = l->piece;
	uint32_t best[ACL_TREE_BURST];

	if (p->tree.form == ACL_FORM_IPV4)
		search_burst(program->search, l, key, n, ACL_FORM_IPV4, best);
	else
		search_burst(program->search, l, key, n, p->tree.form, best);
	for (size_t i = 0; i < n; i++)
		if (p->evaluates == 0 || !evaluated(p, &key[i], best[i] >> 1,
						 packets != NULL ? packets[i] : 1, now_ms, &out[i]))
			settle(p, &key[i], best[i], &out[i]);
}

/* ---- of several ---- */

static bool
asked(const struct acl_program *p, const struct acl_key *key, const struct acl_found *found,
	uint32_t packets, uint64_t now_ms, struct acl_verdict *out)
{
	for (size_t i = 0; i < p->n_asked; i++) {
		const struct acl_asked *a = &p->asked[i];

		if (found->piece != NULL && a->rank > found->rank)
			return false;
		if (acl_rule_decide(a->piece, a->rule, key, packets, now_ms, out))
			return true;
	}
	return false;
}

void
acl_find_lowest(const struct acl_level *l, const uint32_t *best, size_t n, struct acl_found *found)
{
	for (size_t i = 0; i < n; i++) {
		uint32_t rank;

		if (best[i] == ACL_NO_ROW)
			continue;
		rank = l->rank->v[best[i] >> 1];
		if (found[i].piece == NULL || rank < found[i].rank)
			found[i] = (struct acl_found){ l->piece, rank, best[i] };
	}
}

bool
acl_level_matters(const struct acl_level *l, const struct acl_found *found, size_t n)
{
	if (l->rank->n == 0)
		return false;
	for (size_t i = 0; i < n; i++)
		if (found[i].piece == NULL || found[i].rank > l->rank->v[0])
			return true;
	return false;
}

static struct acl_verdict
implicit(enum acl_kind kind, const struct acl_key *key)
{
	if (kind == ACL_IPV6)
		return acl_ipv6_implicit(key);
	return (struct acl_verdict){
		.slot = ACL_SLOT_IMPLICIT, .action = ACL_DENY, .implicit = true
	};
}

static void
classify_levels(const struct acl_program *p, const struct acl_key *key, const uint32_t *packets,
	size_t n, uint64_t now_ms, struct acl_verdict *out)
{
	struct acl_found found[ACL_TREE_BURST] = { 0 };
	uint32_t best[ACL_TREE_BURST];

	for (size_t k = 0; k < p->levels; k++) {
		const struct acl_level *l = &p->level[k];

		if (!acl_level_matters(l, found, n))
			continue;
		search_burst(p->search, l, key, n, l->piece->tree.form, best);
		acl_find_lowest(l, best, n, found);
	}
	for (size_t i = 0; i < n; i++) {
		const struct acl_found *f = &found[i];

		if (p->n_asked > 0 &&
			asked(p, &key[i], f, packets != NULL ? packets[i] : 1, now_ms, &out[i]))
			continue;
		if (f->piece != NULL)
			settle(f->piece, &key[i], f->best, &out[i]);
		else
			out[i] = implicit(p->kind, &key[i]);
	}
}

void
acl_classify(const struct acl_program *p, const struct acl_key *key, const uint32_t *packets,
	size_t n, uint64_t now_ms, struct acl_verdict *out)
{
	const bool single = acl_program_is_single(p);

	for (size_t from = 0; from < n; from += ACL_TREE_BURST) {
		const size_t m = n - from < ACL_TREE_BURST ? n - from : ACL_TREE_BURST;
		const uint32_t *frames = packets != NULL ? packets + from : NULL;

		if (single)
			classify_single(p, key + from, frames, m, now_ms, out + from);
		else
			classify_levels(p, key + from, frames, m, now_ms, out + from);
	}
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

/* ---- from the list ---- */

static struct acl_verdict
verdict_of(const struct acl_entry *e, const struct acl_env *env)
{
	struct acl_verdict v = { .slot = e->slot, .action = e->ace.action, .log = e->ace.log };
	const struct ace_rare *rare = ace_rare_of(&e->ace);

	if (rare->reflexive == NULL || e->ace.is_evaluate)
		return v;
	v.reflect = acl_env_reflexive(env, rare->reflexive);
	if (v.reflect != NULL)
		v.reflect_timeout_s = rare->reflect_timeout_s;
	return v;
}

struct acl_verdict
acl_classify_reference(const struct acl *acl, const struct acl_env *env, const struct acl_key *key,
	uint64_t now_ms)
{
	for (size_t i = 0; i < acl_length(acl); i++) {
		const struct acl_entry *e = acl_at(acl, i);

		if (ace_match(&e->ace, env, key, now_ms))
			return verdict_of(e, env);
	}
	if (acl_kind(acl) == ACL_IPV6 && acl_ace_count(acl) > 0)
		return acl_ipv6_implicit(key);
	return (struct acl_verdict){
		.slot = ACL_SLOT_IMPLICIT,
		.action = acl_ace_count(acl) > 0 ? ACL_DENY : ACL_PERMIT,
		.implicit = true,
	};
}
