/*
 * acl_random_test.c - the random tests: parse(format(x)) == x, and the compiled program against the
 * readable matcher, packet by packet, over lists of 1 to 1000 entries.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/lib/acl_lines.h"
#include "tests/lib/acl_random.h"

enum {
	ROUND_TRIPS = 20000,
	PACKETS = 2000, /* per list */
	BURST = 64,
};

static void
round_trip(struct dice *d, enum acl_kind kind, enum ace_style style)
{
	struct ace ace = random_ace(d, kind), again;
	char text[ACE_TEXT_MAX], twice[ACE_TEXT_MAX];

	ace_format(&ace, kind, style, text, sizeof(text));
	again = line_ace(text, kind);
	if (!ace_equal(&ace, &again))
		fail_msg("not the same again: %s", text);
	ace_format(&again, kind, style, twice, sizeof(twice));
	assert_string_equal(twice, text);
	again.action = !again.action;
	assert_false(ace_equal(&ace, &again));
}

static void
formatted_entries_parse_back(void **state)
{
	struct dice d = dice_from_environment("formatted_entries_parse_back");

	(void)state;
	for (int i = 0; i < ROUND_TRIPS; i++) {
		round_trip(&d, ACL_EXTENDED, ACE_SHOW);
		round_trip(&d, ACL_EXTENDED, ACE_CONFIG);
		round_trip(&d, ACL_STANDARD, ACE_CONFIG);
	}
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

/* What came out, to see that the test tests something. */
struct tally {
	size_t packets, permitted, denied, implicit, fragments;
	size_t deep; /* decided by an entry behind the first hundred */
};

static void
compare_burst(struct dice *d, const struct acl *acl, const struct acl_program *p, struct tally *t)
{
	struct acl_verdict got[BURST];
	struct acl_key key[BURST];

	for (size_t i = 0; i < BURST; i++) {
		uint32_t at = dice_below(d, (uint32_t)acl_length(acl));

		key[i] = random_key(d, &acl_at(acl, at)->ace);
	}
	acl_classify(p, key, BURST, got);
	for (size_t i = 0; i < BURST; i++) {
		struct acl_verdict want = acl_classify_reference(acl, &key[i]);

		if (got[i].slot != want.slot || got[i].action != want.action ||
			got[i].log != want.log)
			fail_msg("slot %u, not %u: proto %u %08x:%u -> %08x:%u has %x flags %x "
				 "icmp %u/%u",
				got[i].slot, want.slot, key[i].proto, key[i].src, key[i].sport,
				key[i].dst, key[i].dport, key[i].has, key[i].tcp_flags,
				key[i].icmp_type, key[i].icmp_code);
		t->packets++;
		t->implicit += want.slot == ACL_SLOT_IMPLICIT;
		t->permitted += want.action == ACL_PERMIT;
		t->denied += want.action == ACL_DENY && want.slot != ACL_SLOT_IMPLICIT;
		t->deep += want.slot > 100;
		t->fragments += (key[i].has & ACL_NONINITIAL) != 0;
	}
}

static void
compare_list(struct dice *d, enum acl_kind kind, size_t n, struct tally *t)
{
	struct acl *acl = random_list(d, kind, n);
	struct acl_program *p;

	assert_int_equal(acl_compile(acl, &p), 0);
	assert_int_equal(acl_program_list_id(p), 42);
	assert_int_equal(acl_program_kind(p), kind);
	for (size_t done = 0; done < PACKETS; done += BURST)
		compare_burst(d, acl, p, t);
	acl_program_unref(p);
	acl_destroy(acl);
}

static void
program_decides_as_the_reference(void **state)
{
	static const size_t size[] = { 1, 1, 2, 3, 5, 10, 10, 30, 100, 100, 300, 1000 };
	struct dice d = dice_from_environment("program_decides_as_the_reference");
	struct tally t = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(size) / sizeof(size[0]); i++) {
		compare_list(&d, ACL_EXTENDED, size[i], &t);
		compare_list(&d, ACL_STANDARD, size[i], &t);
	}
	printf("# %zu packets: %zu permitted, %zu denied, %zu by the implicit deny, %zu "
	       "fragments, %zu deep\n",
		t.packets, t.permitted, t.denied, t.implicit, t.fragments, t.deep);
	assert_true(t.permitted > t.packets / 20);
	assert_true(t.denied > t.packets / 20);
	assert_true(t.implicit > t.packets / 100);
	assert_true(t.fragments > t.packets / 20);
	assert_true(t.deep > t.packets / 100);
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
