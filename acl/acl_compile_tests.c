/*
 * acl_compile_tests.c - the tests of a rule that few rules have, or that many rules share.
 *
 * Every port operator becomes a span or a few, in or outside of which the port must be; every flag
 * criterion becomes compares under masks.  Tests are found again by their bytes, so that a list of
 * 100,000 entries about the same few ports keeps few of them, and the classifier's cache too.
 *
 * Control thread; what it makes belongs to the program.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "acl/ace_internal.h"
#include "acl/acl_internal.h"

enum {
	PROTO_IGMP = 2,
	TCP_RST = 4,
	TCP_ACK = 16,
	BUCKETS_MIN = 16,
};

const struct acl_tests acl_no_tests = {
	.src_set = ACL_NO_SET,
	.dst_set = ACL_NO_SET,
	.ttl = { 0, 255 },
	.option = ACE_UNSET,
	.flow_label = ACE_UNSET,
	.routing_type = ACE_UNSET,
	.mobility_type = ACE_UNSET,
};

void *
acl_grow(void *v, size_t n, size_t *room, size_t size)
{
	size_t wider = *room > 0 ? *room * 2 : 16;
	void *grown = v;

	if (n < *room)
		return v;
	grown = reallocarray(v, wider, size);
	if (grown != NULL)
		*room = wider;
	return grown;
}

/* ---- ports and ttl ---- */

/* The numbers up to max for which the operator holds; for neq those for which it does not. */
static struct acl_span
op_span(enum ace_port_op op, uint16_t a, uint16_t b, uint16_t max)
{
	const struct acl_span none = { .lo = 1, .hi = 0 };

	switch (op) {
	case PORT_ANY:
		return (struct acl_span){ 0, max };
	case PORT_EQ:
	case PORT_NEQ:
		return (struct acl_span){ a, a };
	case PORT_GT:
		return a < max ? (struct acl_span){ (uint16_t)(a + 1), max } : none;
	case PORT_LT:
		return a > 0 ? (struct acl_span){ 0, (uint16_t)(a - 1) } : none;
	case PORT_RANGE:
		return a <= b ? (struct acl_span){ a, b } : (struct acl_span){ b, a };
	}
	return none;
}

static int
add_span(struct acl_compiler *c, uint16_t port)
{
	struct acl_piece *p = c->p;
	struct acl_span *v = acl_grow(p->span, p->spans, &c->span_room, sizeof(*v));

	if (v == NULL)
		return -ENOMEM;
	p->span = v;
	v[p->spans++] = (struct acl_span){ port, port };
	return 0;
}

static int
compile_ports(struct acl_compiler *c, const struct ace *ace, const struct ace_ports *ports,
	struct acl_port_test *t)
{
	if (ports->op == PORT_ANY)
		return 0;
	t->outside = ports->op == PORT_NEQ;
	if (ports->op == PORT_RANGE || ports->n == 1) {
		t->n = 1;
		t->span = op_span(
			(enum ace_port_op)ports->op, ports->port[0], ports->port[1], UINT16_MAX);
		return 0;
	}
	t->n = ports->n;
	t->first = (uint32_t)c->p->spans;
	for (unsigned i = 0; i < ports->n; i++)
		if (add_span(c, ace_port(ace, ports, i)) != 0)
			return -ENOMEM;
	return 0;
}

/* ---- flags and types ---- */

static void
compile_flags(const struct ace *ace, struct acl_tests *t)
{
	if (ace->flags_op == FLAGS_NONE)
		return;
	t->needs |= ACL_HAS_TCP_FLAGS;
	switch ((enum ace_flags_op)ace->flags_op) {
	case FLAGS_NONE:
		break;
	case FLAGS_ESTABLISHED:
		t->any_care = TCP_ACK | TCP_RST;
		break;
	case FLAGS_LISTED:
	case FLAGS_ANY:
		t->any_care = ace->flags | ace->flags_clear;
		t->any_flip = ace->flags_clear;
		break;
	case FLAGS_ALL:
		t->all_care = ace->flags | ace->flags_clear;
		t->all = ace->flags;
		break;
	}
}

static void
compile_type(const struct ace *ace, struct acl_tests *t)
{
	if (ace->icmp_type == ICMP_ANY)
		return;
	t->needs |= ace->proto == PROTO_IGMP ? ACL_HAS_IGMP : ACL_HAS_ICMP;
	t->icmp = (uint16_t)(ace->icmp_type << 8);
	t->icmp_care = 0xff00;
	if (ace->icmp_code == ICMP_ANY)
		return;
	t->icmp |= (uint16_t)ace->icmp_code;
	t->icmp_care = 0xffff;
}

static int
compile_layer4(struct acl_compiler *c, const struct ace *ace, struct acl_tests *t)
{
	t->layer4 = true;
	compile_flags(ace, t);
	compile_type(ace, t);
	if (ace->sport.op == PORT_ANY && ace->dport.op == PORT_ANY)
		return 0;
	t->needs |= ACL_HAS_PORTS;
	return compile_ports(c, ace, &ace->sport, &t->sport) == 0
		       ? compile_ports(c, ace, &ace->dport, &t->dport)
		       : -ENOMEM;
}

int
acl_tests_of(struct acl_compiler *c, const struct ace *ace, struct acl_tests *t)
{
	const struct ace_rare *rare = ace_rare_of(ace);

	if (ace->fragments)
		t->wants |= ACL_NONINITIAL;
	if (rare->option != ACE_UNSET)
		t->wants |= ACL_HAS_OPTIONS;
	t->option = rare->option;
	t->ttl = op_span((enum ace_port_op)rare->ttl_op, rare->ttl[0], rare->ttl[1], UINT8_MAX);
	t->ttl_outside = rare->ttl_op == PORT_NEQ;
	return ace_has_layer4(ace) ? compile_layer4(c, ace, t) : 0;
}

/* ---- in the program, each once ---- */

static uint32_t
hash_of(const struct acl_tests *t)
{
	uint64_t hash = 0, word;

	_Static_assert(sizeof(*t) % sizeof(word) == 0, "the hash reads whole words");
	for (size_t at = 0; at < sizeof(*t); at += sizeof(word)) {
		memcpy(&word, (const char *)t + at, sizeof(word));
		hash = (hash ^ word) * 0x9e3779b97f4a7c15ULL;
		hash ^= hash >> 32;
	}
	return (uint32_t)hash;
}

/* The bucket that has the tests, or the empty one where they belong. */
static uint32_t *
bucket_of(const struct acl_compiler *c, const struct acl_tests *t)
{
	size_t i = hash_of(t) & (c->tests_buckets - 1);

	while (c->tests_at[i] != 0 && memcmp(&c->p->tests[c->tests_at[i]], t, sizeof(*t)) != 0)
		i = (i + 1) & (c->tests_buckets - 1);
	return &c->tests_at[i];
}

/* Keeps at least half of the buckets empty. */
static int
reserve_buckets(struct acl_compiler *c)
{
	size_t buckets = c->tests_buckets > 0 ? c->tests_buckets * 2 : BUCKETS_MIN;

	if ((c->p->n_tests + 1) * 2 <= c->tests_buckets)
		return 0;
	free(c->tests_at);
	c->tests_at = calloc(buckets, sizeof(*c->tests_at));
	c->tests_buckets = c->tests_at != NULL ? buckets : 0;
	if (c->tests_at == NULL)
		return -ENOMEM;
	for (size_t i = 1; i < c->p->n_tests; i++)
		*bucket_of(c, &c->p->tests[i]) = (uint32_t)i;
	return 0;
}

static int
append(struct acl_compiler *c, const struct acl_tests *t)
{
	struct acl_piece *p = c->p;
	struct acl_tests *v = acl_grow(p->tests, p->n_tests, &c->tests_room, sizeof(*v));

	if (v == NULL)
		return -ENOMEM;
	p->tests = v;
	v[p->n_tests++] = *t;
	return 0;
}

int
acl_tests_place(struct acl_compiler *c, const struct acl_tests *t, uint32_t *index)
{
	uint32_t *bucket;

	*index = 0;
	if (memcmp(t, &acl_no_tests, sizeof(*t)) == 0)
		return 0;
	if (c->p->n_tests == 0 && append(c, &acl_no_tests) != 0)
		return -ENOMEM;
	if (reserve_buckets(c) != 0)
		return -ENOMEM;
	bucket = bucket_of(c, t);
	if (*bucket == 0) {
		if (append(c, t) != 0)
			return -ENOMEM;
		*bucket = (uint32_t)c->p->n_tests - 1;
	}
	*index = *bucket;
	return 0;
}
