/*
 * acl_compile_ipv6.c - the rules of an IPv6 list's program.
 *
 * Like those of IPv4 but for the width of the addresses; everything else a rule tests is in the same
 * struct acl_tests.  What the tests say of chains of headers is in ace_ipv6_match.c, told in words.
 *
 * Control thread; what is made belongs to the program.
 */
#include <errno.h>
#include <string.h>

#include "acl/ace_ipv6.h"
#include "acl/acl_internal.h"

static int
add_rule(struct acl_compiler *c, const struct acl_rule6 *rule)
{
	struct acl_piece *p = c->p;
	struct acl_rule6 *v = acl_grow(p->rule6, p->rules, &c->rule_room, sizeof(*v));

	if (v == NULL)
		return -ENOMEM;
	p->rule6 = v;
	v[p->rules++] = *rule;
	return 0;
}

/* A protocol is compared at the chain's end; a header that is never there, with those seen. */
static void
compile_protocol(const struct ace *ace, struct acl_rule6 *r, struct acl_tests *t)
{
	uint8_t extension = ace_ipv6_extension(ace->proto);

	if (ace->any_proto)
		return;
	if (extension != 0) {
		t->ext |= extension;
		return;
	}
	r->rest.proto = ace->proto;
	r->rest.proto_care = 255;
	t->determined = true;
}

static void
compile_headers(const struct ace *ace, struct acl_tests *t)
{
	const struct ace_rare *rare = ace_rare_of(ace);

	t->ext |= ace->ext;
	t->flow_label = rare->flow_label;
	t->routing_type = rare->routing_type;
	t->mobility_type = rare->mobility_type;
	if (rare->routing_type != ACE_UNSET)
		t->ext |= ACL_EXT_ROUTING;
	if (rare->mobility_type != ACE_UNSET)
		t->ext |= ACL_EXT_MOBILITY;
	if (ace->undetermined)
		t->wants |= ACL_UNDETERMINED;
}

static int
place_rule(struct acl_compiler *c, struct acl_rule6 *r, const struct acl_tests *t)
{
	return acl_tests_place(c, t, &r->rest.tests) != 0 ? -ENOMEM : add_rule(c, r);
}

static int
compile_evaluate(struct acl_compiler *c, const struct ace *ace, uint32_t slot)
{
	struct acl_rule6 r = { .rest = { .action = ace->action, .slot = slot } };
	struct acl_tests tests = acl_no_tests;

	acl_rule_reflect(c, ace, &r.rest, &tests);
	return tests.table != NULL ? place_rule(c, &r, &tests) : 0;
}

int
acl_compile_ipv6(struct acl_compiler *c, const struct ace *ace, uint32_t slot)
{
	struct acl_rule6 r = {
		.rest = { .action = ace->action, .log = ace->log, .slot = slot },
	};
	struct acl_tests tests = acl_no_tests;

	if (ace->is_evaluate)
		return compile_evaluate(c, ace, slot);
	memcpy(r.src, ace->src6, sizeof(r.src));
	memcpy(r.dst, ace->dst6, sizeof(r.dst));
	ace_ipv6_care(ace->src_len, r.src_care);
	ace_ipv6_care(ace->dst_len, r.dst_care);
	acl_rule_tos(ace, &r.rest);
	acl_rule_reflect(c, ace, &r.rest, &tests);
	compile_protocol(ace, &r, &tests);
	compile_headers(ace, &tests);
	if (acl_tests_of(c, ace, &tests) != 0)
		return -ENOMEM;
	return place_rule(c, &r, &tests);
}
