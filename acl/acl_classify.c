/*
 * acl_classify.c - a program and keys -> the deciding entries; and the same from the list itself.
 *
 * The rules are scanned in order: the addresses and the protocol, which turn most packets away, in
 * a few instructions without a branch between them; ports, flags and ICMP only behind that.  What a
 * non-initial fragment and a truncated packet may match is in ace_match.c, told in words.
 *
 * No state: any thread, any number of programs.  acl_classify_reference() is the control thread's,
 * like the list it reads.
 */
#include "acl/acl_internal.h"

static bool
ports_pass(const struct acl_program *p, const struct port_test *t, uint16_t port)
{
	const struct port_span *span = p->span + t->first;
	bool inside = false;

	if (t->n == 0)
		return true;
	for (unsigned i = 0; i < t->n; i++)
		inside |= span[i].lo <= port && port <= span[i].hi;
	return inside != t->outside;
}

static bool
layer4_pass(const struct acl_program *p, const struct acl_rule *r, const struct acl_key *key)
{
	uint16_t icmp = (uint16_t)(key->icmp_type << 8 | key->icmp_code);

	if (key->has & ACL_NONINITIAL)
		return r->action == ACL_PERMIT;
	if ((key->has & r->needs) != r->needs || ((icmp ^ r->icmp) & r->icmp_care) != 0)
		return false;
	if (r->any_flags != 0 && !(key->tcp_flags & r->any_flags))
		return false;
	return ports_pass(p, &r->dport, key->dport) && ports_pass(p, &r->sport, key->sport);
}

static bool
layer3_pass(const struct acl_rule *r, uint32_t src, uint32_t dst, uint8_t proto)
{
	return (((src ^ r->src) & r->src_care) | ((dst ^ r->dst) & r->dst_care) |
		       (uint32_t)((proto ^ r->proto) & r->proto_care)) == 0;
}

static struct acl_verdict
classify_one(const struct acl_program *p, const struct acl_key *key)
{
	const uint32_t src = key->src, dst = key->dst;
	const uint8_t proto = key->proto;
	const struct acl_rule *r = p->rule, *end = p->rule + p->rules;

	for (; r < end; r++)
		if (layer3_pass(r, src, dst, proto) && (!r->layer4 || layer4_pass(p, r, key)))
			return (struct acl_verdict){
				.slot = r->slot, .action = r->action, .log = r->log
			};
	return (struct acl_verdict){ .slot = ACL_SLOT_IMPLICIT, .action = ACL_DENY };
}

void
acl_classify(
	const struct acl_program *p, const struct acl_key *key, size_t n, struct acl_verdict *out)
{
	for (size_t i = 0; i < n; i++)
		out[i] = classify_one(p, &key[i]);
}

struct acl_verdict
acl_classify_reference(const struct acl *acl, const struct acl_key *key)
{
	for (size_t i = 0; i < acl_length(acl); i++) {
		const struct acl_entry *e = acl_at(acl, i);

		if (ace_match(&e->ace, key))
			return (struct acl_verdict){
				.slot = e->slot, .action = e->ace.action, .log = e->ace.log
			};
	}
	return (struct acl_verdict){
		.slot = ACL_SLOT_IMPLICIT,
		.action = acl_ace_count(acl) > 0 ? ACL_DENY : ACL_PERMIT,
	};
}
