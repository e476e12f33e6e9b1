/*
 * acl_ipv6_random_test.c - the random tests of IPv6 lists: parse(format(x)) == x, and the compiled
 * program against the readable matcher, packet by packet.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "acl/acl_internal.h"
#include "tests/lib/acl_lines.h"
#include "tests/lib/acl_world.h"
#include "tests/lib/ipv6_random.h"

enum {
	SEEDS = 3,
	ROUND_TRIPS = 10000,
	PACKETS = 36000, /* per seed */
	BURST = 48,
};

static void
formatted_entries_parse_back(void **state)
{
	struct dice d = dice_from_environment("formatted_entries_parse_back");

	(void)state;
	for (int i = 0; i < ROUND_TRIPS; i++) {
		struct ace ace = random_ipv6_ace(&d), other = random_ipv6_ace(&d), again;
		char text[ACE_TEXT_MAX], twice[ACE_TEXT_MAX], other_text[ACE_TEXT_MAX];

		ace_format(&ace, ACE_CONFIG, NULL, text, sizeof(text));
		ace_format(&other, ACE_CONFIG, NULL, other_text, sizeof(other_text));
		assert_int_equal(ace_equal(&ace, &other), strcmp(text, other_text) == 0);
		again = line_ace(text, ACL_IPV6);
		if (!ace_equal(&ace, &again))
			fail_msg("not the same again: %s", text);
		ace_format(&again, ACE_CONFIG, NULL, twice, sizeof(twice));
		assert_string_equal(twice, text);
		again.action = !again.action;
		assert_false(ace_equal(&ace, &again));
	}
}

/* What came out, to see that the test tests something. */
struct tally {
	size_t packets, permitted, denied, implicit, nd, fragments, undetermined, reflected;
	size_t evaluated; /* entries that let an answer in */
	size_t deep;	  /* decided by an entry behind the first hundred */
};

/* The program and the reference each have a world of their own, for their reflexive lists. */
struct match {
	struct world of_program, of_reference;
	struct tally *tally;
	uint64_t now_ms;
	size_t lists;
};

static struct acl *
random_list(struct dice *d, size_t n)
{
	struct acl *acl = acl_create("random", ACL_IPV6, 42);
	struct parse_error err;

	assert_non_null(acl);
	while (acl_ace_count(acl) == 0)
		for (size_t i = 0; i < n; i++) {
			struct ace ace = random_ipv6_ace(d);
			uint32_t seq = dice_below(d, 3) == 0 ? 1 + dice_below(d, 20000) : 0;

			(void)acl_add(acl, seq, &ace, &err);
		}
	return acl;
}

static void
entry_text(const struct acl *acl, uint32_t slot, char *text, size_t size)
{
	const struct acl_entry *e = acl_by_slot(acl, slot);

	if (e != NULL)
		ace_format(&e->ace, ACE_CONFIG, NULL, text, size);
	else
		snprintf(text, size, "no entry, slot %u", slot);
}

static void
compare_packet(struct match *m, const struct acl *acl, const struct acl_key *key,
	const struct acl_verdict *got)
{
	struct acl_verdict want = acl_classify_reference(acl, &m->of_reference.env, key, m->now_ms);
	char program[ACE_TEXT_MAX], reference[ACE_TEXT_MAX];
	const struct acl_entry *e = acl_by_slot(acl, got->slot);
	struct tally *t = m->tally;

	if (got->slot != want.slot || got->action != want.action || got->log != want.log ||
		got->implicit != want.implicit ||
		got->reflect_timeout_s != want.reflect_timeout_s ||
		world_table(&m->of_program, got->reflect) !=
			world_table(&m->of_reference, want.reflect)) {
		entry_text(acl, got->slot, program, sizeof(program));
		entry_text(acl, want.slot, reference, sizeof(reference));
		fail_msg("proto %u has %x ext %x ports %u %u flags %x icmp %u/%u tos %02x\n"
			 "program:   %s\nreference: %s",
			key->proto, key->has, key->ext, key->sport, key->dport, key->tcp_flags,
			key->icmp_type, key->icmp_code, key->tos, program, reference);
	}
	t->packets++;
	t->implicit += got->slot == ACL_SLOT_IMPLICIT;
	t->nd += got->slot == ACL_SLOT_IMPLICIT_ND;
	t->permitted += got->action == ACL_PERMIT;
	t->denied += got->action == ACL_DENY && !got->implicit;
	t->deep += got->slot > 100;
	t->fragments += (key->has & ACL_NONINITIAL) != 0;
	t->undetermined += (key->has & ACL_UNDETERMINED) != 0;
	t->reflected += got->reflect != NULL;
	t->evaluated += e != NULL && e->ace.is_evaluate;
}

/* What a packet that reflects leaves behind in both worlds; the packet becomes its answer. */
static void
learn(struct match *m, const struct acl_verdict *v, struct acl_key *key)
{
	int table = world_table(&m->of_program, v->reflect);
	struct acl_key sent = *key;

	if (table < 0)
		return;
	assert_true(reflexive_learn(m->of_program.table[table], key, 300, m->now_ms));
	assert_true(reflexive_learn(m->of_reference.table[table], key, 300, m->now_ms));
	memcpy(key->src6, sent.dst6, sizeof(key->src6));
	memcpy(key->dst6, sent.src6, sizeof(key->dst6));
	key->sport = sent.dport;
	key->dport = sent.sport;
}

static void
compare_burst(struct dice *d, struct match *m, const struct acl *acl, const struct acl_program *p)
{
	struct acl_verdict got[BURST];
	struct acl_key key[BURST];

	for (size_t i = 0; i < BURST; i++) {
		uint32_t at = dice_below(d, (uint32_t)acl_length(acl));

		key[i] = random_ipv6_key(d, &acl_at(acl, at)->ace);
	}
	/* Twice, the second time with the answers to what was let out to come back. */
	for (int round = 0; round < 2; round++) {
		acl_classify(p, key, NULL, BURST, m->now_ms, got);
		for (size_t i = 0; i < BURST; i++)
			compare_packet(m, acl, &key[i], &got[i]);
		for (size_t i = 0; i < BURST; i++)
			learn(m, &got[i], &key[i]);
		m->now_ms += dice_below(d, 200000);
	}
}

/* Each list is searched in another way than the last, of those that this machine has. */
static const struct acl_search *
next_search(struct match *m)
{
	size_t n = 0;

	while (acl_search_available(n) != NULL)
		n++;
	return acl_search_available(m->lists++ % n);
}

static void
compare_list(struct dice *d, struct match *m, size_t n, size_t packets)
{
	struct acl *acl = random_list(d, n);
	struct acl_program *p;

	assert_int_equal(acl_compile(acl, &m->of_program.env, &p), 0);
	assert_int_equal(acl_program_kind(p), ACL_IPV6);
	p->search = next_search(m);
	for (size_t done = 0; done < packets; done += 2 * BURST)
		compare_burst(d, m, acl, p);
	acl_program_unref(p);
	acl_destroy(acl);
}

static void
compare_with_seed(struct dice d, struct tally *t)
{
	static const struct {
		size_t entries, lists;
	} row[] = { { 1, 40 }, { 3, 12 }, { 10, 12 }, { 100, 6 }, { 1000, 3 } };
	enum { ROWS = sizeof(row) / sizeof(row[0]) };
	struct match m = { .tally = t, .now_ms = 1000 };

	world_init(&m.of_program);
	world_init(&m.of_reference);
	for (size_t i = 0; i < ROWS; i++)
		for (size_t k = 0; k < row[i].lists; k++)
			compare_list(&d, &m, row[i].entries, PACKETS / ROWS / row[i].lists);
	world_fini(&m.of_program);
	world_fini(&m.of_reference);
}

static void
program_decides_as_the_reference(void **state)
{
	struct dice d = dice_from_environment("program_decides_as_the_reference");
	struct tally t = { 0 };

	(void)state;
	for (uint64_t i = 0; i < SEEDS; i++) {
		printf("# seed %llu\n", (unsigned long long)(d.state + i));
		compare_with_seed((struct dice){ .state = d.state + i }, &t);
	}
	printf("# %zu packets: %zu permitted, %zu denied, %zu by the implicit deny, %zu by the "
	       "implicit permits, %zu fragments, %zu undetermined, %zu deep, %zu reflected, %zu "
	       "let in by reflexive lists\n",
		t.packets, t.permitted, t.denied, t.implicit, t.nd, t.fragments, t.undetermined,
		t.deep, t.reflected, t.evaluated);
	assert_true(t.packets > 100000);
	assert_true(t.permitted > t.packets / 20);
	assert_true(t.denied > t.packets / 20);
	assert_true(t.implicit > t.packets / 100);
	assert_true(t.nd > 0);
	assert_true(t.fragments > t.packets / 20);
	assert_true(t.undetermined > t.packets / 20);
	assert_true(t.deep > t.packets / 100);
	assert_true(t.reflected > 0);
	assert_true(t.evaluated > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(formatted_entries_parse_back),
		cmocka_unit_test(program_decides_as_the_reference),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
