/*
 * acl_edit_test.c - programs of edited lists: after random edits, one by one and many at once, in lists
 * of every kind, the program decides as the readable matcher does; and what edits cost.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "acl/acl_internal.h"
#include "tests/lib/acl_lines.h"
#include "tests/lib/acl_random.h"
#include "tests/lib/ipv6_random.h"
#include "tests/lib/mac_random.h"

enum {
	SEEDS = 2,
	BURST = 24,
	STEPS = 250,
};

static const enum acl_kind kinds[] = { ACL_STANDARD, ACL_EXTENDED, ACL_IPV6, ACL_MAC };

/* A list that is edited, what was last removed from it, and its program. */
struct subject {
	struct dice *d;
	struct world of_program, of_reference;
	struct acl *acl;
	struct acl_program *program;
	struct acl_whole *whole;
	struct ace gone;
	struct ace_room gone_room;
	bool has_gone;
	uint64_t now_ms;
	size_t ways; /* to search, in turn */
	size_t packets, levels, dead, adopted, removed;
};

static bool
never_active(void *arg, const char *name)
{
	(void)arg;
	(void)name;
	return false;
}

static void
subject_init(struct subject *s, struct dice *d, enum acl_kind kind)
{
	struct dice again = *d;

	memset(s, 0, sizeof(*s));
	s->d = d;
	s->now_ms = 1000;
	world_init(&s->of_program);
	world_init(&s->of_reference);
	random_world(d, &s->of_program);
	random_world(&again, &s->of_reference);
	s->acl = acl_create("edited", kind, 42);
	assert_non_null(s->acl);
}

static void
subject_fini(struct subject *s)
{
	acl_whole_free(s->whole);
	acl_program_unref(s->program);
	acl_destroy(s->acl);
	world_fini(&s->of_program);
	world_fini(&s->of_reference);
}

static struct ace
random_of(struct dice *d, enum acl_kind kind)
{
	if (kind == ACL_IPV6)
		return random_ipv6_ace(d);
	return kind == ACL_MAC ? random_mac_ace(d) : random_ace(d, kind);
}

/* ---- edits ---- */

static void
add(struct subject *s)
{
	struct ace ace = random_of(s->d, acl_kind(s->acl));
	uint32_t seq = dice_one_in(s->d, 2) ? 1 + dice_below(s->d, 60000) : 0;
	struct parse_error err;

	(void)acl_add(s->acl, seq, &ace, &err);
}

static void
add_remark(struct subject *s)
{
	struct ace remark = line_ace("remark a word", acl_kind(s->acl));
	struct parse_error err;

	assert_int_equal(acl_add(s->acl, dice_below(s->d, 60000), &remark, &err), 1);
}

static void
take_out(struct subject *s)
{
	const struct acl_entry *e;
	struct ace ace;

	if (acl_length(s->acl) == 0)
		return;
	e = acl_at(s->acl, dice_below(s->d, (uint32_t)acl_length(s->acl)));
	ace = e->ace;
	if (!ace.is_remark) {
		ace_copy(&s->gone, &s->gone_room, &ace);
		s->has_gone = true;
		s->removed++;
	}
	if (e->seq != 0 && dice_one_in(s->d, 2))
		assert_true(acl_remove_seq(s->acl, e->seq));
	else
		assert_true(acl_remove(s->acl, &ace));
}

/* The same number, another entry. */
static void
replace(struct subject *s)
{
	const struct acl_entry *e;
	struct parse_error err;
	struct ace ace;
	uint32_t seq;

	if (acl_length(s->acl) == 0)
		return;
	e = acl_at(s->acl, dice_below(s->d, (uint32_t)acl_length(s->acl)));
	seq = e->seq;
	if (seq == 0)
		return;
	assert_true(acl_remove_seq(s->acl, seq));
	ace = random_of(s->d, acl_kind(s->acl));
	(void)acl_add(s->acl, seq, &ace, &err);
}

static void
resequence(struct subject *s)
{
	struct parse_error err;

	assert_int_equal(
		acl_resequence(s->acl, 1 + dice_below(s->d, 100), 1 + dice_below(s->d, 12), &err),
		0);
}

static void
edit(struct subject *s)
{
	switch (dice_below(s->d, 16)) {
	case 0:
	case 1:
	case 2:
	case 3:
	case 4:
		add(s);
		break;
	case 5:
	case 6:
	case 7:
	case 8:
		take_out(s);
		break;
	case 9:
	case 10:
		replace(s);
		break;
	case 11:
		add_remark(s);
		break;
	case 12:
		if (dice_one_in(s->d, 3))
			resequence(s);
		break;
	case 13:
		for (uint32_t n = dice_below(s->d, 300); n > 0; n--)
			add(s);
		break;
	case 14:
		for (uint32_t n = dice_below(s->d, 150); n > 0; n--)
			take_out(s);
		break;
	case 15: /* nothing */
		break;
	}
}

/* ---- programs ---- */

static void
take(struct subject *s, struct acl_program *p)
{
	size_t n = 0;

	acl_program_unref(s->program);
	s->program = p;
	if (p == NULL)
		return;
	while (acl_search_available(n) != NULL)
		n++;
	p->search = acl_search_available(s->ways++ % n);
	s->levels = p->levels > s->levels ? p->levels : s->levels;
	for (size_t k = 0; k < p->levels; k++)
		s->dead += p->level[k].dead != NULL;
}

static void
recompile(struct subject *s, bool all)
{
	struct acl_program *p;

	assert_int_equal(acl_recompile(s->acl, &s->of_program.env, all ? NULL : s->program, &p), 0);
	assert_true((p == NULL) == (acl_ace_count(s->acl) == 0));
	take(s, p);
	acl_reclaim(s->acl); /* as after a grace period */
}

/* Something that entries name is not as it was. */
static void
turn_time_ranges(struct subject *s)
{
	struct world *w[] = { &s->of_program, &s->of_reference };
	struct world fresh;

	world_init(&fresh);
	for (int i = 0; i < 2; i++)
		w[i]->env.time_range_active = w[i]->env.time_range_active == never_active
						      ? fresh.env.time_range_active
						      : never_active;
	world_fini(&fresh);
	recompile(s, true);
}

/* A whole program is begun, built or given up at some later time. */
static void
tend_whole(struct subject *s)
{
	struct acl_program *p;

	if (s->whole == NULL) {
		s->whole = acl_whole_begin(s->acl, &s->of_program.env);
		return;
	}
	acl_whole_build(s->whole);
	assert_int_equal(acl_whole_adopt(s->acl, &s->of_program.env, s->whole, &p), 0);
	acl_whole_free(s->whole);
	s->whole = NULL;
	if (p == NULL)
		return;
	s->adopted++;
	take(s, p);
}

/* ---- the same from the list ---- */

static const struct ace *
random_aim(struct subject *s)
{
	if (s->has_gone && dice_one_in(s->d, 3))
		return &s->gone;
	return &acl_at(s->acl, dice_below(s->d, (uint32_t)acl_length(s->acl)))->ace;
}

static void
require_same(struct subject *s, const struct acl_verdict *got, const struct acl_verdict *want)
{
	char text[2][ACE_TEXT_MAX] = { "none", "none" };
	const uint32_t slot[] = { got->slot, want->slot };

	s->packets++;
	if (got->slot == want->slot && got->action == want->action && got->log == want->log &&
		got->implicit == want->implicit &&
		got->reflect_timeout_s == want->reflect_timeout_s &&
		world_table(&s->of_program, got->reflect) ==
			world_table(&s->of_reference, want->reflect))
		return;
	for (int i = 0; i < 2; i++) {
		const struct acl_entry *e = acl_by_slot(s->acl, slot[i]);

		if (e != NULL)
			ace_format(&e->ace, ACE_CONFIG, NULL, text[i], sizeof(text[i]));
	}
	fail_msg("kind %d, %s search, %zu levels\nprogram:   slot %u %s\nreference: slot %u %s",
		(int)acl_kind(s->acl), s->program->search->name, s->program->levels, got->slot,
		text[0], want->slot, text[1]);
}

static void
compare_mac(struct subject *s)
{
	struct acl_mac_key key[BURST];
	struct acl_verdict got[BURST], want;

	for (size_t i = 0; i < BURST; i++)
		key[i] = random_mac_key(s->d, random_aim(s));
	acl_classify_mac(s->program, key, BURST, got);
	for (size_t i = 0; i < BURST; i++) {
		want = acl_classify_mac_reference(s->acl, &s->of_reference.env, &key[i]);
		require_same(s, &got[i], &want);
	}
}

/* What a packet that reflects leaves behind, in both worlds. */
static void
learn(struct subject *s, const struct acl_verdict *v, const struct acl_key *key)
{
	int table = world_table(&s->of_program, v->reflect);

	if (table < 0)
		return;
	assert_int_equal(reflexive_learn(s->of_program.table[table], key, 300, s->now_ms),
		reflexive_learn(s->of_reference.table[table], key, 300, s->now_ms));
}

static void
compare_ip(struct subject *s)
{
	const bool ipv6 = acl_kind(s->acl) == ACL_IPV6;
	struct acl_verdict got[BURST], want;
	struct acl_key key[BURST];

	for (size_t i = 0; i < BURST; i++)
		key[i] = ipv6 ? random_ipv6_key(s->d, random_aim(s))
			      : random_key(s->d, &s->of_program, random_aim(s));
	acl_classify(s->program, key, NULL, BURST, s->now_ms, got);
	for (size_t i = 0; i < BURST; i++) {
		want = acl_classify_reference(s->acl, &s->of_reference.env, &key[i], s->now_ms);
		require_same(s, &got[i], &want);
	}
	for (size_t i = 0; i < BURST; i++)
		learn(s, &got[i], &key[i]);
	s->now_ms += dice_below(s->d, 20000);
}

static void
compare(struct subject *s)
{
	if (s->program == NULL || acl_length(s->acl) == 0)
		return;
	if (acl_kind(s->acl) == ACL_MAC)
		compare_mac(s);
	else
		compare_ip(s);
}

static void
edit_list(struct dice *d, enum acl_kind kind, size_t entries, struct subject *sum)
{
	struct subject s;

	subject_init(&s, d, kind);
	for (size_t i = 0; i < entries; i++)
		add(&s);
	recompile(&s, true);
	for (int step = 0; step < STEPS; step++) {
		uint32_t edits = dice_one_in(d, 4) ? 1 + dice_below(d, 5) : 1;

		while (edits-- > 0)
			edit(&s);
		recompile(&s, false);
		compare(&s);
		if (dice_one_in(d, 10)) {
			tend_whole(&s);
			compare(&s);
		}
		if (dice_one_in(d, 60))
			turn_time_ranges(&s);
	}
	sum->packets += s.packets;
	sum->dead += s.dead;
	sum->adopted += s.adopted;
	sum->removed += s.removed;
	sum->levels = s.levels > sum->levels ? s.levels : sum->levels;
	subject_fini(&s);
}

static void
edited_programs_decide_as_the_reference(void **state)
{
	static const size_t entries[] = { 0, 5, 40, 400, 3000 };
	struct dice d = dice_from_environment("edited_programs_decide_as_the_reference");
	struct subject sum = { 0 };

	(void)state;
	for (int seed = 0; seed < SEEDS; seed++)
		for (size_t i = 0; i < sizeof(entries) / sizeof(entries[0]); i++)
			for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++)
				edit_list(&d, kinds[k], entries[i], &sum);
	printf("# %zu packets, %zu entries removed, up to %zu pieces, %zu programs with dead ones, "
	       "%zu made whole meanwhile\n",
		sum.packets, sum.removed, sum.levels, sum.dead, sum.adopted);
	assert_true(sum.packets > 100000);
	assert_true(sum.removed > 10000);
	assert_true(sum.levels > 2);
	assert_true(sum.dead > 1000);
	assert_true(sum.adopted > 50);
}

/* ---- one thing at a time ---- */

static void
next(struct acl *acl, struct acl_program **p)
{
	struct acl_program *made;

	assert_int_equal(acl_recompile(acl, NULL, *p, &made), 0);
	acl_program_unref(*p);
	*p = made;
	acl_reclaim(acl);
}

static uint32_t
decided_by(const struct acl *acl, const struct acl_program *p, uint32_t src)
{
	const struct acl_key key = { .src = src, .proto = 17, .ttl = 1 };
	const struct acl_entry *e;
	struct acl_verdict v;

	acl_classify(p, &key, NULL, 1, 1, &v);
	e = acl_by_slot(acl, v.slot);
	return e != NULL ? e->seq : 0;
}

/* What stands behind an entry that matches everything decides once that is gone. */
static void
entries_come_to_light(void **state)
{
	struct acl *acl = acl_create("edited", ACL_EXTENDED, 1);
	struct acl_program *p = NULL;
	char line[64];

	(void)state;
	line_add(acl, 0, "permit ip any any");
	for (int i = 0; i < 2000; i++) {
		snprintf(line, sizeof(line), "deny ip host 10.0.%d.%d any", i >> 8, i & 255);
		line_add(acl, 0, line);
	}
	next(acl, &p);
	assert_int_equal(decided_by(acl, p, 0x0a000007), 10);
	assert_true(acl_remove_seq(acl, 10));
	next(acl, &p);
	assert_int_equal(decided_by(acl, p, 0x0a000007), 90);
	assert_int_equal(decided_by(acl, p, 0x0a0007ff), 0);
	line_add(acl, 95, "permit ip 10.0.0.0 0.0.255.255 any");
	next(acl, &p);
	assert_int_equal(decided_by(acl, p, 0x0a000007), 90);
	assert_int_equal(decided_by(acl, p, 0x0a000008), 95);
	assert_false(acl_program_is_whole(p));
	acl_program_unref(p);
	acl_destroy(acl);
}

/* An edit leaves what there is alone; a remark and new numbers change nothing that is searched. */
static void
pieces_are_shared(void **state)
{
	struct acl *acl = acl_create("edited", ACL_EXTENDED, 1);
	struct acl_program *p = NULL, *before;
	const struct acl_piece *base;
	struct parse_error err;
	char line[64];

	(void)state;
	for (int i = 0; i < 5000; i++) {
		snprintf(line, sizeof(line), "deny ip host 10.0.%d.%d any", i >> 8, i & 255);
		line_add(acl, 0, line);
	}
	next(acl, &p);
	assert_int_equal(p->levels, 1);
	base = p->level[0].piece;
	before = p;
	line_add(acl, 15, "remark nothing");
	next(acl, &p);
	assert_ptr_equal(p, before);
	line_add(acl, 15, "permit ip any any");
	assert_true(acl_remove_seq(acl, 20));
	next(acl, &p);
	assert_ptr_equal(p->level[0].piece, base);
	assert_int_equal(p->levels, 2);
	assert_int_equal(acl_resequence(acl, 100, 1, &err), 0);
	next(acl, &p);
	assert_ptr_equal(p->level[0].piece, base);
	assert_int_equal(decided_by(acl, p, 0x0a000000), 100);
	assert_int_equal(decided_by(acl, p, 0x0a000003), 101);
	assert_true(acl_remove_seq(acl, 101));
	next(acl, &p);
	assert_ptr_equal(p->level[0].piece, base);
	assert_int_equal(decided_by(acl, p, 0x0a000003), 103);
	acl_program_unref(p);
	acl_destroy(acl);
}

/* However many lines come one by one, pieces are few, and most were made long ago. */
static void
pasting_makes_few_pieces(void **state)
{
	struct acl *acl = acl_create("edited", ACL_STANDARD, 1);
	struct acl_program *p = NULL;
	const struct acl_piece *largest = NULL;
	size_t most = 0, large = 0;
	char line[64];

	(void)state;
	for (int i = 0; i < 40000; i++) {
		snprintf(line, sizeof(line), "permit 10.%d.%d.0 0.0.0.255", i >> 8, i & 255);
		line_add(acl, 0, line);
		next(acl, &p);
		most = p->levels > most ? p->levels : most;
		large += p->level[0].piece != largest;
		largest = p->level[0].piece;
	}
	printf("# up to %zu pieces, the oldest made %zu times\n", most, large);
	assert_true(most <= 12);
	assert_true(large < 100);
	for (int i = 0; i < 40000; i++) {
		assert_true(acl_remove_seq(acl, 10 + 10 * (uint32_t)i));
		next(acl, &p);
	}
	assert_null(p);
	acl_destroy(acl);
}

/* A list that nobody compiles for long forgets what it noted, and is compiled anew. */
static void
too_many_edits_are_forgotten(void **state)
{
	struct acl *acl = acl_create("edited", ACL_STANDARD, 1);
	struct acl_program *p = NULL;
	char line[64];

	(void)state;
	line_add(acl, 0, "permit 1.1.1.0 0.0.0.255");
	next(acl, &p);
	for (int i = 0; i < 20000; i++) {
		snprintf(line, sizeof(line), "permit 10.%d.%d.0 0.0.0.255", i >> 8, i & 255);
		line_add(acl, 50, line);
		assert_true(acl_remove_seq(acl, 50));
		assert_true(acl->changes < 10000);
	}
	line_add(acl, 50, line);
	next(acl, &p);
	assert_int_equal(p->levels, 1);
	assert_true(acl_program_is_whole(p));
	assert_int_equal(decided_by(acl, p, 0x0a000000 + (19999U << 8)), 50);
	acl_program_unref(p);
	acl_destroy(acl);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(edited_programs_decide_as_the_reference),
		cmocka_unit_test(entries_come_to_light),
		cmocka_unit_test(pieces_are_shared),
		cmocka_unit_test(pasting_makes_few_pieces),
		cmocka_unit_test(too_many_edits_are_forgotten),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
