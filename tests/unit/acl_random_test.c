/*
 * acl_random_test.c - the random tests: parse(format(x)) == x, and the compiled program against the
 * readable matcher, packet by packet, over lists of 1 to 1000 entries.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "acl/acl_internal.h"
#include "tests/lib/acl_lines.h"
#include "tests/lib/acl_random.h"

enum {
	SEEDS = 3,
	ROUND_TRIPS = 10000,
	PACKETS = 36000, /* per seed */
	BURST = 48,
};

static void
round_trip(struct dice *d, enum acl_kind kind)
{
	struct ace ace = random_ace(d, kind), again;
	char text[ACE_TEXT_MAX], twice[ACE_TEXT_MAX];

	ace_format(&ace, ACE_CONFIG, NULL, text, sizeof(text));
	again = line_ace(text, kind);
	if (!ace_equal(&ace, &again))
		fail_msg("not the same again: %s", text);
	ace_format(&again, ACE_CONFIG, NULL, twice, sizeof(twice));
	assert_string_equal(twice, text);
	again.action = !again.action;
	assert_false(ace_equal(&ace, &again));
}

/* Two different entries have different texts, and the other way round. */
static void
text_tells_apart(struct dice *d)
{
	struct ace a = random_ace(d, ACL_EXTENDED), b = random_ace(d, ACL_EXTENDED);
	char text_a[ACE_TEXT_MAX], text_b[ACE_TEXT_MAX];

	ace_format(&a, ACE_CONFIG, NULL, text_a, sizeof(text_a));
	ace_format(&b, ACE_CONFIG, NULL, text_b, sizeof(text_b));
	assert_int_equal(ace_equal(&a, &b), strcmp(text_a, text_b) == 0);
}

static void
formatted_entries_parse_back(void **state)
{
	struct dice d = dice_from_environment("formatted_entries_parse_back");

	(void)state;
	for (int i = 0; i < ROUND_TRIPS; i++) {
		round_trip(&d, ACL_EXTENDED);
		round_trip(&d, ACL_STANDARD);
		text_tells_apart(&d);
	}
}

/* ---- programs against the reference ---- */

/* What came out, to see that the test tests something. */
struct tally {
	size_t packets, permitted, denied, implicit, fragments, options, reflected, evaluated;
	size_t deep; /* decided by an entry behind the first hundred */
};

/*
 * The program and the reference each have a world of their own, filled alike: both keep their
 * reflexive lists as they go.
 */
struct match {
	struct world of_program, of_reference;
	struct tally *tally;
	uint64_t now_ms;
	size_t lists;
};

static void
match_init(struct dice *d, struct match *m, struct tally *tally)
{
	struct dice again = *d;

	world_init(&m->of_program);
	world_init(&m->of_reference);
	random_world(d, &m->of_program);
	random_world(&again, &m->of_reference);
	m->tally = tally;
	m->now_ms = 1000;
	m->lists = 0;
}

static void
match_fini(struct match *m)
{
	world_fini(&m->of_program);
	world_fini(&m->of_reference);
}

/* A list of up to n random entries; fewer when some were equal or hosts under a range. */
static struct acl *
random_list(struct dice *d, enum acl_kind kind, size_t n)
{
	struct acl *acl = acl_create("random", kind, 42);
	struct parse_error err;

	assert_non_null(acl);
	while (acl_ace_count(acl) == 0)
		for (size_t i = 0; i < n; i++) {
			struct ace ace = random_ace(d, kind);
			uint32_t seq = dice_below(d, 3) == 0 ? 1 + dice_below(d, 20000) : 0;

			(void)acl_add(acl, seq, &ace, &err);
		}
	return acl;
}

/* The words of the entry with that slot. */
static void
entry_text(const struct acl *acl, uint32_t slot, char *text, size_t size)
{
	snprintf(text, size, "no entry");
	for (size_t i = 0; i < acl_length(acl); i++)
		if (acl_at(acl, i)->slot == slot)
			ace_format(&acl_at(acl, i)->ace, ACE_CONFIG, NULL, text, size);
}

static void
fail_packet(const struct acl *acl, const struct acl_key *key, const struct acl_verdict *got,
	const struct acl_verdict *want)
{
	char program[ACE_TEXT_MAX], reference[ACE_TEXT_MAX];

	entry_text(acl, got->slot, program, sizeof(program));
	entry_text(acl, want->slot, reference, sizeof(reference));
	fail_msg("proto %u %08x:%u -> %08x:%u has %x flags %x icmp %u/%u tos %02x ttl %u\n"
		 "program:   %s\nreference: %s",
		key->proto, key->src, key->sport, key->dst, key->dport, key->has, key->tcp_flags,
		key->icmp_type, key->icmp_code, key->tos, key->ttl, program, reference);
}

static void
count(struct tally *t, const struct acl_key *key, const struct acl_verdict *v)
{
	t->packets++;
	t->implicit += v->implicit;
	t->permitted += v->action == ACL_PERMIT;
	t->denied += v->action == ACL_DENY && !v->implicit;
	t->deep += v->slot > 100;
	t->fragments += (key->has & ACL_NONINITIAL) != 0;
	t->options += (key->has & ACL_HAS_OPTIONS) != 0;
	t->reflected += v->reflect != NULL;
}

static void
compare_packet(struct match *m, const struct acl *acl, const struct acl_key *key,
	const struct acl_verdict *got)
{
	struct acl_verdict want = acl_classify_reference(acl, &m->of_reference.env, key, m->now_ms);

	if (got->slot != want.slot || got->action != want.action || got->log != want.log ||
		got->implicit != want.implicit ||
		got->reflect_timeout_s != want.reflect_timeout_s ||
		world_table(&m->of_program, got->reflect) !=
			world_table(&m->of_reference, want.reflect))
		fail_packet(acl, key, got, &want);
	count(m->tally, key, got);
}

/* What a packet that reflects leaves behind, in both worlds. */
static void
learn(struct match *m, const struct acl_verdict *v, const struct acl_key *key)
{
	uint32_t timeout_s = v->reflect_timeout_s != 0 ? v->reflect_timeout_s : 300;
	int table = world_table(&m->of_program, v->reflect);

	if (table < 0)
		return;
	assert_int_equal(reflexive_learn(m->of_program.table[table], key, timeout_s, m->now_ms),
		reflexive_learn(m->of_reference.table[table], key, timeout_s, m->now_ms));
}

/* Packets that the tables of the program's world have let in. */
static size_t
evaluated(const struct match *m)
{
	static struct reflexive_entry entry[WORLD_TABLE_ENTRIES];
	size_t sum = 0;

	for (int i = 0; i < WORLD_TABLES; i++) {
		size_t n = reflexive_copy(
			m->of_program.table[i], entry, WORLD_TABLE_ENTRIES, m->now_ms);

		for (size_t k = 0; k < n; k++)
			sum += entry[k].packets;
	}
	return sum;
}

/* The answer to a packet that was let out: what may come back. */
static struct acl_key
answer_to(const struct acl_key *key)
{
	struct acl_key back = *key;

	back.src = key->dst;
	back.dst = key->src;
	back.sport = key->dport;
	back.dport = key->sport;
	return back;
}

static void
compare_burst(struct dice *d, struct match *m, const struct acl *acl, const struct acl_program *p)
{
	struct acl_verdict got[BURST];
	struct acl_key key[BURST];

	for (size_t i = 0; i < BURST; i++) {
		uint32_t at = dice_below(d, (uint32_t)acl_length(acl));

		key[i] = random_key(d, &m->of_program, &acl_at(acl, at)->ace);
	}
	/* Twice, the second time with the answers to what was let out to come back. */
	for (int round = 0; round < 2; round++) {
		acl_classify(p, key, NULL, BURST, m->now_ms, got);
		for (size_t i = 0; i < BURST; i++)
			compare_packet(m, acl, &key[i], &got[i]);
		for (size_t i = 0; i < BURST; i++) {
			learn(m, &got[i], &key[i]);
			if (got[i].reflect != NULL)
				key[i] = answer_to(&key[i]);
		}
		m->now_ms += dice_below(d, 20000);
	}
}

/* Each list is searched in another way than the last, of those that this machine has. */
static const struct acl_search *
next_search(struct match *m)
{
	size_t n = 0;

	while (acl_search_available(n) != NULL)
		n++;
	return acl_search_available(m->lists++ / 2 % n);
}

static void
compare_list(struct dice *d, struct match *m, enum acl_kind kind, size_t n, size_t packets)
{
	struct acl *acl = random_list(d, kind, n);
	struct acl_program *p;

	assert_int_equal(acl_compile(acl, &m->of_program.env, &p), 0);
	assert_int_equal(acl_program_list_id(p), 42);
	assert_int_equal(acl_program_kind(p), kind);
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
	const size_t share = PACKETS / ROWS / 2;
	struct match m;

	match_init(&d, &m, t);
	for (size_t i = 0; i < ROWS; i++)
		for (size_t k = 0; k < row[i].lists; k++) {
			compare_list(
				&d, &m, ACL_EXTENDED, row[i].entries, share * 9 / 5 / row[i].lists);
			compare_list(
				&d, &m, ACL_STANDARD, row[i].entries, share / 5 / row[i].lists);
		}
	t->evaluated += evaluated(&m);
	match_fini(&m);
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
	printf("# %zu packets: %zu permitted, %zu denied, %zu by the implicit deny, %zu fragments, "
	       "%zu with options, %zu deep, %zu reflected, %zu let in by reflexive lists\n",
		t.packets, t.permitted, t.denied, t.implicit, t.fragments, t.options, t.deep,
		t.reflected, t.evaluated);
	assert_true(t.packets > 100000);
	assert_true(t.permitted > t.packets / 20);
	assert_true(t.denied > t.packets / 20);
	assert_true(t.implicit > t.packets / 100);
	assert_true(t.fragments > t.packets / 20);
	assert_true(t.options > t.packets / 20);
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
