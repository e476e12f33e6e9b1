/*
 * acl_compile.c - a list -> an immutable program.
 *
 * Each entry becomes a rule whose tests are compares under masks; every port operator becomes a few
 * spans of ports, in or outside of which the port must be.  Rules stand in the order of evaluation
 * and name the counter slot of their entry, so a program outlives edits of the list it came from.
 *
 * One block of memory: the rules, then the spans.  Written here, never again; any thread may read
 * it while it lives.  The reference count is the control thread's.
 */
#include "acl/acl_internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "acl/ace_internal.h"

enum {
	TCP_RST = 4,
	TCP_ACK = 16,
};

/* How many spans a port test takes. */
static size_t
span_count(const struct ace_ports *p)
{
	switch ((enum ace_port_op)p->op) {
	case PORT_ANY:
		return 0;
	case PORT_EQ:
	case PORT_NEQ:
		return p->n;
	case PORT_GT:
	case PORT_LT:
	case PORT_RANGE:
		break;
	}
	return 1;
}

static struct port_span
op_span(const struct ace_ports *p)
{
	const struct port_span none = { .lo = 1, .hi = 0 };
	uint16_t a = p->port[0], b = p->port[1];

	if (p->op == PORT_GT)
		return a < 65535 ? (struct port_span){ (uint16_t)(a + 1), 65535 } : none;
	if (p->op == PORT_LT)
		return a > 0 ? (struct port_span){ 0, (uint16_t)(a - 1) } : none;
	return a <= b ? (struct port_span){ a, b } : (struct port_span){ b, a };
}

/* Appends the test's spans to the program's. */
static struct port_test
compile_ports(struct acl_program *p, const struct ace_ports *ports)
{
	struct port_test test = {
		.first = (uint32_t)p->spans,
		.n = (uint8_t)span_count(ports),
		.outside = ports->op == PORT_NEQ,
	};
	struct port_span *span = p->span + p->spans;

	p->spans += test.n;
	if (ports->op == PORT_EQ || ports->op == PORT_NEQ)
		for (unsigned i = 0; i < ports->n; i++)
			span[i] = (struct port_span){ ports->port[i], ports->port[i] };
	else if (ports->op != PORT_ANY)
		span[0] = op_span(ports);
	return test;
}

static void
compile_layer4(struct acl_program *p, const struct ace *ace, struct acl_rule *r)
{
	r->layer4 = 1;
	r->sport = compile_ports(p, &ace->sport);
	r->dport = compile_ports(p, &ace->dport);
	if (r->sport.n + r->dport.n > 0)
		r->needs |= ACL_HAS_PORTS;
	if (ace->flags_op != FLAGS_NONE) {
		r->needs |= ACL_HAS_TCP_FLAGS;
		r->any_flags = ace->flags_op == FLAGS_ESTABLISHED ? TCP_ACK | TCP_RST : ace->flags;
	}
	if (ace->icmp_type != ICMP_ANY) {
		r->needs |= ACL_HAS_ICMP;
		r->icmp = (uint16_t)(ace->icmp_type << 8);
		r->icmp_care = 0xff00;
		if (ace->icmp_code != ICMP_ANY) {
			r->icmp |= (uint16_t)ace->icmp_code;
			r->icmp_care = 0xffff;
		}
	}
}

static void
compile_entry(struct acl_program *p, const struct acl_entry *e)
{
	const struct ace *ace = &e->ace;
	struct acl_rule *r = &p->rule[p->rules++];

	*r = (struct acl_rule){
		.src = ace->src.addr,
		.src_care = ~ace->src.wild,
		.dst = ace->dst.addr,
		.dst_care = ~ace->dst.wild,
		.proto = ace->proto,
		.proto_care = ace->any_proto ? 0 : 255,
		.action = ace->action,
		.log = ace->log,
		.slot = e->slot,
	};
	if (ace_has_layer4(ace))
		compile_layer4(p, ace, r);
}

int
acl_compile(const struct acl *acl, struct acl_program **out)
{
	size_t rules = acl_ace_count(acl), spans = 0;
	struct acl_program *p;

	*out = NULL;
	if (rules == 0)
		return 0;
	for (size_t i = 0; i < acl_length(acl); i++) {
		const struct ace *ace = &acl_at(acl, i)->ace;

		spans += span_count(&ace->sport) + span_count(&ace->dport);
	}
	p = malloc(sizeof(*p) + rules * sizeof(p->rule[0]) + spans * sizeof(p->span[0]));
	if (p == NULL)
		return -ENOMEM;
	*p = (struct acl_program){
		.refs = 1,
		.list_id = acl_id(acl),
		.kind = acl_kind(acl),
		.span = (struct port_span *)(p->rule + rules),
	};
	for (size_t i = 0; i < acl_length(acl); i++)
		if (!acl_at(acl, i)->ace.is_remark)
			compile_entry(p, acl_at(acl, i));
	*out = p;
	return 0;
}

struct acl_program *
acl_program_ref(struct acl_program *p)
{
	if (p != NULL)
		p->refs++;
	return p;
}

void
acl_program_unref(struct acl_program *p)
{
	if (p != NULL && --p->refs == 0)
		free(p);
}

uint32_t
acl_program_list_id(const struct acl_program *p)
{
	return p->list_id;
}

enum acl_kind
acl_program_kind(const struct acl_program *p)
{
	return p->kind;
}
