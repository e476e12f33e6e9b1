/*
 * acl_compile.c - entries -> an immutable piece of a program.
 *
 * Each entry becomes a rule, or several for a service object group, or none while its time range is
 * closed or what it names is empty.  Rules stand in the order of evaluation and name the counter slot
 * of their entry, so a piece outlives edits of the list it came from.  What a rule tests is in
 * acl_compile_tests.c and acl_compile_groups.c.
 *
 * Control thread.  The list is read in acl_piece_begin() only: making the tree, which takes longest, may
 * be another thread's.
 */
#include "acl/acl_internal.h"

#include <errno.h>
#include <stdlib.h>

#include "acl/ace_internal.h"

static int
add_rule(struct acl_compiler *c, const struct acl_rule *rule)
{
	struct acl_piece *p = c->p;
	struct acl_rule *v = acl_grow(p->rule, p->rules, &c->rule_room, sizeof(*v));

	if (v == NULL)
		return -ENOMEM;
	p->rule = v;
	v[p->rules++] = *rule;
	return 0;
}

/* The three readings of the type-of-service byte, as one compare under a mask. */
void
acl_rule_tos(const struct ace *ace, struct acl_rule *r)
{
	if (ace->dscp != ACE_UNSET) {
		r->tos = (uint8_t)(ace->dscp << 2);
		r->tos_care = 0xfc;
	}
	if (ace->precedence != ACE_UNSET) {
		r->tos |= (uint8_t)(ace->precedence << 5);
		r->tos_care |= 0xe0;
	}
	if (ace->tos != ACE_UNSET) {
		r->tos |= (uint8_t)(ace->tos << 1);
		r->tos_care |= 0x1e;
	}
}

/* Object groups in the place of addresses. *never when one has no member. */
static int
compile_sets(struct acl_compiler *c, const struct ace *ace, struct acl_rule *r, struct acl_tests *t,
	bool *never)
{
	const struct ace_rare *rare = ace_rare_of(ace);

	*never = false;
	if (rare->src_group != NULL) {
		r->src_care = 0;
		if (acl_set_place(c, rare->src_group, &t->src_set) != 0)
			return -ENOMEM;
		*never |= t->src_set == ACL_NO_SET;
	}
	if (rare->dst_group != NULL) {
		r->dst_care = 0;
		if (acl_set_place(c, rare->dst_group, &t->dst_set) != 0)
			return -ENOMEM;
		*never |= t->dst_set == ACL_NO_SET;
	}
	return 0;
}

void
acl_rule_reflect(const struct acl_compiler *c, const struct ace *ace, struct acl_rule *r,
	struct acl_tests *t)
{
	const struct ace_rare *rare = ace_rare_of(ace);

	if (rare->reflexive == NULL)
		return;
	t->table = acl_env_reflexive(c->env, rare->reflexive);
	t->timeout_s = rare->reflect_timeout_s;
	if (t->table != NULL)
		r->does = ace->is_evaluate ? RULE_EVALUATES : RULE_REFLECTS;
}

/* The rule of an IPv4 entry whose protocol is a protocol. */
static int
compile_row(struct acl_compiler *c, const struct ace *ace, uint32_t slot)
{
	struct acl_tests tests = acl_no_tests;
	struct acl_rule r = {
		.src = ace->src.addr,
		.src_care = ~ace->src.wild,
		.dst = ace->dst.addr,
		.dst_care = ~ace->dst.wild,
		.proto = ace->proto,
		.proto_care = ace->any_proto ? 0 : 255,
		.action = ace->action,
		.log = ace->log,
		.slot = slot,
	};
	bool never;

	acl_rule_tos(ace, &r);
	acl_rule_reflect(c, ace, &r, &tests);
	if (compile_sets(c, ace, &r, &tests, &never) != 0)
		return -ENOMEM;
	if (never)
		return 0;
	if (acl_tests_of(c, ace, &tests) != 0 || acl_tests_place(c, &tests, &r.tests) != 0)
		return -ENOMEM;
	return add_rule(c, &r);
}

static int
compile_evaluate(struct acl_compiler *c, const struct ace *ace, uint32_t slot)
{
	struct acl_rule r = { .action = ace->action, .slot = slot };
	struct acl_tests tests = acl_no_tests;

	acl_rule_reflect(c, ace, &r, &tests);
	if (tests.table == NULL)
		return 0;
	if (acl_tests_place(c, &tests, &r.tests) != 0)
		return -ENOMEM;
	return add_rule(c, &r);
}

static int
compile_entry(struct acl_compiler *c, const struct acl_entry *e)
{
	const struct ace *ace = &e->ace;
	const struct ace_rare *rare = ace_rare_of(ace);

	if (ace->is_remark)
		return 0;
	if (rare->time_range != NULL && !acl_env_active(c->env, rare->time_range))
		return 0;
	if (ace->kind == ACL_IPV6)
		return acl_compile_ipv6(c, ace, e->slot);
	if (ace->kind == ACL_MAC)
		return acl_compile_mac(c, ace, e->slot);
	if (ace->is_evaluate)
		return compile_evaluate(c, ace, e->slot);
	if (rare->service != NULL)
		return acl_service_rows(c, ace, e->slot, compile_row);
	return compile_row(c, ace, e->slot);
}

/* Gives back what an array was grown beyond n. */
static void *
trim(void *v, size_t n, size_t size)
{
	void *trimmed = n > 0 ? reallocarray(v, n, size) : NULL;

	return trimmed != NULL ? trimmed : v;
}

static void
trim_piece(struct acl_piece *p)
{
	p->special = trim(p->special, p->specials, sizeof(*p->special));
	p->evaluate = trim(p->evaluate, p->evaluates, sizeof(*p->evaluate));
	p->tests = trim(p->tests, p->n_tests, sizeof(*p->tests));
	p->span = trim(p->span, p->spans, sizeof(*p->span));
	p->set = trim(p->set, p->sets, sizeof(*p->set));
	p->range = trim(p->range, p->ranges, sizeof(*p->range));
}

/* The rank of the positions that an entry got. */
static int
note_rank(struct acl_compiler *c, uint32_t rank)
{
	const size_t n = c->p->rules;

	if (c->rank == NULL || n > c->rank_room) {
		size_t room = n + n / 2 + 16;
		struct acl_words *w = reallocarray(c->rank, 1, sizeof(*w) + room * sizeof(w->v[0]));

		if (w == NULL)
			return -ENOMEM;
		w->n = c->rank != NULL ? w->n : 0;
		c->rank = w;
		c->rank_room = room;
	}
	while (c->rank->n < n)
		c->rank->v[c->rank->n++] = rank;
	return 0;
}

static int
compile_member(struct acl_compiler *c, const struct acl_entry *e, uint32_t rank)
{
	int err = compile_entry(c, e);

	return err == 0 ? note_rank(c, rank) : err;
}

static int
compile_all(struct acl_compiler *c, const struct acl *acl)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < acl_length(acl); i++) {
		const struct acl_item *item = acl_order_at(acl->order, i);

		if (item->key.is_entry)
			err = compile_member(c, &item->entry, acl_item_rank(acl, item));
	}
	return err;
}

static int
compile_members(
	struct acl_compiler *c, const struct acl *acl, const struct acl_member *member, size_t n)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < n; i++)
		err = compile_member(c, &acl_item_of(acl, member[i].slot)->entry, member[i].rank);
	return err;
}

int
acl_piece_begin(const struct acl *acl, const struct acl_env *env, const struct acl_member *member,
	size_t n, struct acl_level *out, struct acl_rows *rows)
{
	struct acl_compiler c = { .env = env, .p = calloc(1, sizeof(*c.p)) };
	struct acl_words *trimmed;
	int err = -ENOMEM;

	*rows = (struct acl_rows){ 0 };
	*out = (struct acl_level){ .piece = c.p };
	if (c.p == NULL)
		return -ENOMEM;
	c.p->refs = 1;
	c.p->kind = acl_kind(acl);
	if (note_rank(&c, 0) == 0)
		err = member != NULL ? compile_members(&c, acl, member, n) : compile_all(&c, acl);
	free(c.tests_at);
	free(c.group);
	if (c.rank != NULL) {
		trimmed = reallocarray(
			c.rank, 1, sizeof(*trimmed) + c.rank->n * sizeof(trimmed->v[0]));
		out->rank = trimmed != NULL ? trimmed : c.rank;
		out->rank->refs = 1;
	}
	if (err == 0)
		err = acl_piece_lower(c.p, rows);
	if (err == 0)
		trim_piece(c.p);
	return err;
}
