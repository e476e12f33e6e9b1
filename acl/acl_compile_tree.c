/*
 * acl_compile_tree.c - rules -> rows, results, and the tree.
 *
 * A rule's place among the rules is its position.  What is found there is packed into 32 bits for most
 * rules; those that reflect or evaluate, or test what rows cannot say, are kept whole beside.  A rule
 * that evaluates has no row: it may match anything, so acl_classify.c asks it where no earlier row
 * was found.
 *
 * Control thread.
 */
#include <errno.h>
#include <stdlib.h>

#include "acl/acl_internal.h"

/* The rule of a position, of any kind but MAC. */
static const struct acl_rule *
rule_at(const struct acl_piece *p, size_t pos)
{
	return p->kind == ACL_IPV6 ? &p->rule6[pos].rest : &p->rule[pos];
}

static bool
uses_ttl(const struct acl_piece *p)
{
	for (size_t i = 0; i < p->n_tests; i++)
		if (p->tests[i].ttl.lo != 0 || p->tests[i].ttl.hi != UINT8_MAX)
			return true;
	return false;
}

static enum acl_form
form_of(const struct acl_piece *p)
{
	if (p->kind == ACL_IPV6)
		return ACL_FORM_IPV6;
	if (p->kind == ACL_MAC)
		return ACL_FORM_MAC;
	return uses_ttl(p) ? ACL_FORM_IPV4_TTL : ACL_FORM_IPV4;
}

/* Keeps the rule, and notes it as the position's result. */
static int
keep_special(struct acl_piece *p, size_t pos, const struct acl_rule *r, size_t *room)
{
	struct acl_rule *v = acl_grow(p->special, p->specials, room, sizeof(*v));

	if (v == NULL)
		return -ENOMEM;
	p->special = v;
	p->result[pos] = (uint32_t)p->specials | ACL_RESULT_SPECIAL;
	v[p->specials++] = *r;
	return 0;
}

static int
keep_evaluate(struct acl_piece *p, size_t pos, size_t *room)
{
	uint32_t *v = acl_grow(p->evaluate, p->evaluates, room, sizeof(*v));

	if (v == NULL)
		return -ENOMEM;
	p->evaluate = v;
	v[p->evaluates++] = (uint32_t)pos;
	return 0;
}

static uint32_t
plain_result(uint32_t slot, uint8_t action, uint8_t log)
{
	return slot | (uint32_t)action << ACL_RESULT_ACTION | (uint32_t)log << ACL_RESULT_LOG;
}

static int
finish_rule(
	struct acl_piece *p, struct acl_rows *rows, size_t pos, size_t *specials, size_t *evaluates)
{
	const struct acl_rule *r;
	bool exact = true;

	if (p->kind == ACL_MAC) {
		if (p->mac_rule[pos].slot >= ACL_RESULT_SLOTS)
			return -ENOMEM;
		p->result[pos] = plain_result(p->mac_rule[pos].slot, p->mac_rule[pos].action, 0);
		return acl_rows_add(rows, p, pos, &exact);
	}
	r = rule_at(p, pos);
	if (r->does == RULE_EVALUATES)
		return keep_evaluate(p, pos, evaluates) != 0 ? -ENOMEM
							     : keep_special(p, pos, r, specials);
	if (acl_rows_add(rows, p, pos, &exact) != 0)
		return -ENOMEM;
	p->inexact |= !exact;
	if (!exact || r->does != RULE_DECIDES || r->slot >= ACL_RESULT_SLOTS)
		return keep_special(p, pos, r, specials);
	p->result[pos] = plain_result(r->slot, r->action, r->log);
	return 0;
}

/* What only the making needed. */
static void
drop_rules(struct acl_piece *p)
{
	free(p->rule);
	free(p->rule6);
	free(p->mac_rule);
	p->rule = NULL;
	p->rule6 = NULL;
	p->mac_rule = NULL;
	if (p->specials > 0)
		return;
	free(p->tests);
	free(p->span);
	free(p->set);
	free(p->range);
	p->tests = NULL;
	p->span = NULL;
	p->set = NULL;
	p->range = NULL;
	p->n_tests = p->spans = p->sets = p->ranges = 0;
}

int
acl_piece_lower(struct acl_piece *p, struct acl_rows *rows)
{
	size_t specials = 0, evaluates = 0;
	int err = 0;

	*rows = (struct acl_rows){ .form = form_of(p) };
	p->result = calloc(p->rules + 1, sizeof(*p->result)); /* the last: the implicit deny */
	if (p->result == NULL || p->rules > ACL_NO_ROW / 2)
		return -ENOMEM;
	for (size_t i = 0; err == 0 && i < p->rules; i++)
		err = finish_rule(p, rows, i, &specials, &evaluates);
	if (err == 0)
		drop_rules(p);
	return err;
}

int
acl_piece_build(struct acl_piece *p, const struct acl_rows *rows)
{
	switch ((enum acl_effort)p->effort) {
	case ACL_EFFORT_LEAF:
		return acl_tree_leaf(rows, &p->tree);
	case ACL_EFFORT_QUICK:
		return acl_tree_build_quickly(rows, &p->tree);
	case ACL_EFFORT_FULL:
		break;
	}
	return acl_tree_build(rows, &p->tree);
}
