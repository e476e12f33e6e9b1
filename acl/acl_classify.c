/*
 * acl_classify.c - a program and keys -> the deciding entries; and the same from the list itself.
 *
 * The rules are scanned in order: the addresses, the protocol and the type of service, which turn
 * most packets away, in a few instructions without a branch between them; everything else only behind
 * that.  What a non-initial fragment and a truncated packet may match is in ace_match.c, told in
 * words.
 *
 * No state but the reflexive tables that a program may ask: without them any thread, any number of
 * programs.  acl_classify_reference() is the control thread's, like the list it reads.
 */
#include "acl/ace_internal.h"
#include "acl/acl_internal.h"

static bool
span_has(struct acl_span span, uint16_t number)
{
	return span.lo <= number && number <= span.hi;
}

static bool
ports_pass(const struct acl_program *p, const struct acl_port_test *t, uint16_t port)
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
layer4_pass(const struct acl_program *p, const struct acl_tests *t, uint8_t action,
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
set_has(const struct acl_program *p, uint32_t set, uint32_t addr)
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
acl_tests_pass(const struct acl_program *p, const struct acl_rule *r, const struct acl_key *key)
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

static bool
header_pass(const struct acl_rule *r, uint32_t src, uint32_t dst, uint8_t proto, uint8_t tos)
{
	return (((src ^ r->src) & r->src_care) | ((dst ^ r->dst) & r->dst_care) |
		       (uint32_t)((proto ^ r->proto) & r->proto_care) |
		       (uint32_t)((tos ^ r->tos) & r->tos_care)) == 0;
}

bool
acl_rule_decide(const struct acl_program *p, const struct acl_rule *r, const struct acl_key *key,
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

static struct acl_verdict
classify_one(
	const struct acl_program *p, const struct acl_key *key, uint32_t packets, uint64_t now_ms)
{
	const struct acl_rule *r = p->rule;
	const uint32_t src = key->src, dst = key->dst;
	const uint8_t proto = key->proto, tos = key->tos;
	struct acl_verdict v;

	for (size_t left = p->rules; left > 0; left--, r++) {
		if (!header_pass(r, src, dst, proto, tos))
			continue;
		if (r->tests != 0 && !acl_tests_pass(p, r, key))
			continue;
		if (acl_rule_decide(p, r, key, packets, now_ms, &v))
			return v;
	}
	return (struct acl_verdict){
		.slot = ACL_SLOT_IMPLICIT, .action = ACL_DENY, .implicit = true
	};
}

void
acl_classify(const struct acl_program *p, const struct acl_key *key, const uint32_t *packets,
	size_t n, uint64_t now_ms, struct acl_verdict *out)
{
	for (size_t i = 0; i < n; i++) {
		uint32_t frames = packets != NULL ? packets[i] : 1;

		out[i] = p->kind == ACL_IPV6 ? acl_classify_ipv6(p, &key[i], frames, now_ms)
					     : classify_one(p, &key[i], frames, now_ms);
	}
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
