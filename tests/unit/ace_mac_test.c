/*
 * ace_mac_test.c - entries of MAC lists: read, refused, shown, matched, compiled, kept in lists.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "acl/ace_mac.h"
#include "tests/lib/acl_lines.h"
#include "tests/lib/mac_random.h"

enum {
	ROUND_TRIPS = 20000,
	LISTS = 300,
	FRAMES = 400, /* per list */
	BURST = 40,
};

static struct ace
mac(const char *line)
{
	return line_ace(line, ACL_MAC);
}

/* ---- reading and writing ---- */

static void
entries_are_shown(void **state)
{
	static const struct {
		const char *typed, *shown;
	} row[] = {
		{ "permit any any", "permit any any" },
		{ "deny any any vlan 10", "deny   any any vlan 10" },
		{ "permit host 0001.00FF.0235 any", "permit host 0001.00ff.0235 any" },
		{ "permit host 0001.00ff.0235 host 0003.00ff.0306 lsap 0x1 0xD8FE",
			"permit host 0001.00ff.0235 host 0003.00ff.0306 lsap 0x1 0xD8FE" },
		{ "per h 1.2.3 a c 7", "permit host 0001.0002.0003 any cos 7" },
		{ "permit 0060.b012.3456 0000.00ff.ffff any",
			"permit 0060.b000.0000 0000.00ff.ffff any" },
		{ "permit any 0001.0002.0003 ff00.0000.0001",
			"permit any 0001.0002.0002 ff00.0000.0001" },
		{ "deny any 0100.0ccc.cccc 0000.0000.0000", "deny   any host 0100.0ccc.cccc" },
		{ "deny 1.2.3 ffff.ffff.ffff any", "deny   any any" },
		{ "permit any any 0x806", "permit any any 0x806 0x0" },
		{ "permit any any 2054 0", "permit any any 0x806 0x0" },
		{ "permit any any 04006 0xf", "permit any any 0x800 0xF" },
		{ "permit any any 0x8863 0x0001", "permit any any 0x8862 0x1" },
		{ "permit any any 65535 65535", "permit any any 0x0 0xFFFF" },
		{ "permit any any 0x80f3 0x0", "permit any any aarp" },
		{ "permit any any 0x80f3 0x1", "permit any any 0x80F2 0x1" },
		{ "permit any any 0", "permit any any 0x0 0x0" },
		{ "permit any any xns-idp", "permit any any 0x600 0x0" },
		{ "permit any any lsap 0xAAAA 0", "permit any any lsap 0xAAAA 0x0" },
		{ "permit any any lsap 0x4243 0x00ff vlan 4094 cos 0",
			"permit any any lsap 0x4200 0xFF cos 0 vlan 4094" },
		{ "deny any any vlan 1 aarp cos 5", "deny   any any aarp cos 5 vlan 1" },
		{ "deny any any mop-c", "deny   any any mop-console" },
		{ "remark a  word, any", "remark a  word, any" },
	};
	char text[ACE_TEXT_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct ace ace = mac(row[i].typed), again = mac(row[i].shown);

		assert_int_equal(
			ace_format(&ace, ACE_SHOW, NULL, text, sizeof(text)), strlen(row[i].shown));
		assert_string_equal(text, row[i].shown);
		ace_format(&ace, ACE_CONFIG, NULL, text, sizeof(text));
		assert_string_equal(text, row[i].shown);
		assert_true(ace_equal(&ace, &again));
	}
}

static void
names_are_numbers(void **state)
{
	char line[128], text[ACE_TEXT_MAX];
	size_t shown = 0;

	(void)state;
	for (size_t i = 0; i < ace_ethertypes.n; i++) {
		const struct ace_name *name = &ace_ethertypes.v[i];
		struct ace by_name, by_number;

		snprintf(line, sizeof(line), "permit any any %s", name->name);
		by_name = mac(line);
		assert_int_equal(by_name.rare->ethertype, name->value);
		ace_format(&by_name, ACE_SHOW, NULL, text, sizeof(text));
		assert_int_equal(strcmp(text, line) == 0, name->use == NAME_SHOWN);
		snprintf(line, sizeof(line), "permit any any %u", name->value);
		by_number = mac(line);
		assert_true(ace_equal(&by_name, &by_number));
		shown += name->use == NAME_SHOWN;
	}
	assert_int_equal(shown, 18);
	assert_int_equal(mac("permit any any decnet-iv").rare->ethertype, 0x6003);
	assert_int_equal(mac("permit any any vines-ip").rare->ethertype, 0x0bad);
	assert_int_equal(mac("permit any any appletalk").rare->ethertype, 0x809b);
}

static void
entries_are_refused(void **state)
{
	static const struct {
		const char *line;
		enum parse_fault fault;
		size_t at;
	} row[] = {
		{ "permit", PARSE_INCOMPLETE, 0 },
		{ "permit any", PARSE_INCOMPLETE, 0 },
		{ "permit host", PARSE_INCOMPLETE, 0 },
		{ "permit 1.2.3", PARSE_INCOMPLETE, 0 },
		{ "permit any 1.2.3", PARSE_INCOMPLETE, 0 },
		{ "permit any any lsap", PARSE_INCOMPLETE, 0 },
		{ "permit any any lsap 1", PARSE_INCOMPLETE, 0 },
		{ "permit any any cos", PARSE_INCOMPLETE, 0 },
		{ "permit any any vlan", PARSE_INCOMPLETE, 0 },
		{ "remark", PARSE_INCOMPLETE, 0 },
		{ "permit any any a", PARSE_AMBIGUOUS, 0 },
		{ "permit any any mop", PARSE_AMBIGUOUS, 0 },
		{ "evaluate x", PARSE_INVALID, 0 },
		{ "permit ip any any", PARSE_INVALID, 7 },
		{ "permit 10.0.0.0 0.0.0.255 any", PARSE_INVALID, 13 },
		{ "permit any 1.2.3.4 any", PARSE_INVALID, 16 },
		{ "permit host 1.2.g any", PARSE_INVALID, 16 },
		{ "permit host any", PARSE_INVALID, 13 },
		{ "permit any 1.2.3 any", PARSE_INVALID, 18 },
		{ "permit any any 65536", PARSE_INVALID, 15 },
		{ "permit any any 0x10000", PARSE_INVALID, 15 },
		{ "permit any any 0x806 0x0 0x0", PARSE_INVALID, 25 },
		{ "permit any any aarp 0x0", PARSE_INVALID, 20 },
		{ "permit any any aarp lat", PARSE_INVALID, 20 },
		{ "permit any any aarp lsap 1 0", PARSE_INVALID, 20 },
		{ "permit any any lsap 1 0 aarp", PARSE_INVALID, 24 },
		{ "permit any any 0x806 cos 1 0x0", PARSE_INVALID, 27 },
		{ "permit any any lsap 0x1 65536", PARSE_INVALID, 24 },
		{ "permit any any cos 8", PARSE_INVALID, 19 },
		{ "permit any any cos 0x1", PARSE_INVALID, 19 },
		{ "permit any any vlan 0", PARSE_INVALID, 20 },
		{ "permit any any vlan 4095", PARSE_INVALID, 20 },
		{ "permit any any cos 1 cos 1", PARSE_INVALID, 21 },
		{ "permit any any vlan 1 vlan 1", PARSE_INVALID, 23 },
		{ "permit any any log", PARSE_INVALID, 16 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct parse_error err;
		struct ace ace;

		assert_int_equal(line_parse(row[i].line, 0, ACL_MAC, ACE_IN_NAMED, &ace, &err), -1);
		if (err.fault != row[i].fault || err.at != row[i].at)
			fail_msg("%s: fault %d at %zu", row[i].line, err.fault, err.at);
	}
}

static void
expect(const char *line, const char *tokens)
{
	char out[1024];

	line_expect(line, ACL_MAC, ACE_IN_NAMED, out, sizeof(out));
	assert_string_equal(out, tokens);
}

#define TYPES                                                                                      \
	"<0-65535>\naarp\namber\nappletalk\ndec-spanning\ndecnet-iv\ndiagnostic\ndsm\netype-"      \
	"6000\n"                                                                                   \
	"etype-8042\nlat\nlavc-sca\nmop-console\nmop-dump\nmsdos\nmumps\nnetbios\nvines-echo\n"    \
	"vines-ip\n"

static void
help_tells_what_may_follow(void **state)
{
	(void)state;
	expect("", "deny\npermit\nremark\n");
	expect("permit", "any\nhost\nH.H.H\n");
	expect("permit any", "any\nhost\nH.H.H\n");
	expect("permit host", "H.H.H\n");
	expect("permit 1.2.3", "H.H.H\n");
	expect("permit any any", TYPES "cos\nlsap\nvlan\n<cr>\n");
	expect("permit any any 0x806", "<0-65535>\ncos\nvlan\n<cr>\n");
	expect("permit any any 0x806 0", "cos\nvlan\n<cr>\n");
	expect("permit any any lsap", "<0-65535>\n");
	expect("permit any any lsap 1", "<0-65535>\n");
	expect("permit any any lsap 1 0", "cos\nvlan\n<cr>\n");
	expect("permit any any cos", "<0-7>\n");
	expect("permit any any cos 1", TYPES "lsap\nvlan\n<cr>\n");
	expect("permit any any cos 1 vlan", "<1-4094>\n");
	expect("permit any any cos 1 vlan 1 aarp", "<cr>\n");
}

/* ---- random entries and frames ---- */

static void
random_entries_parse_back(void **state)
{
	struct dice d = dice_from_environment("random_entries_parse_back");
	char text[ACE_TEXT_MAX], other_text[ACE_TEXT_MAX];

	(void)state;
	for (int i = 0; i < ROUND_TRIPS; i++) {
		struct ace ace = random_mac_ace(&d), other = random_mac_ace(&d), again;

		ace_format(
			&ace, dice_one_in(&d, 2) ? ACE_SHOW : ACE_CONFIG, NULL, text, sizeof(text));
		again = mac(text);
		if (!ace_equal(&ace, &again))
			fail_msg("not the same again: %s", text);
		ace_format(&other, ACE_SHOW, NULL, other_text, sizeof(other_text));
		assert_int_equal(ace_equal(&ace, &other), strcmp(text, other_text) == 0);
	}
}

/* ---- matching ---- */

static void
entries_match(void **state)
{
	static const struct acl_mac_key arp = { 0x000100ff0235, 0xffffffffffff, 0x0806, 0, 1, 0 };
	static const struct acl_mac_key stp = { 0x000100ff0235, 0x0180c2000000, 0, 0x4242, 2, 7 };
	static const struct acl_mac_key snap = { 0x000100ff0236, 3, 0x80f3, 0xaaaa, 4094, 5 };
	static const struct acl_mac_key null = { 1, 2, 0, 0, 1, 0 };
	static const struct {
		const char *line;
		bool arp, stp, snap, null;
	} row[] = {
		{ "permit any any", true, true, true, true },
		{ "deny any any", true, true, true, true },
		{ "permit host 0001.00ff.0235 any", true, true, false, false },
		{ "permit 0001.00ff.0235 0.0.3 any", true, true, true, false },
		{ "permit 0001.00ff.0235 ffff.ffff.fffe any", true, true, false, true },
		{ "permit any host ffff.ffff.ffff", true, false, false, false },
		{ "permit host 0001.00ff.0236 host 0.0.3", false, false, true, false },
		{ "permit any any 0x806", true, false, false, false },
		{ "permit any any 0 0xffff", true, false, true, false },
		{ "permit any any 0", false, false, false, false },
		{ "permit any any aarp", false, false, true, false },
		{ "permit any any lsap 0x4242 0", false, true, false, false },
		{ "permit any any lsap 0x42 0xff00", false, true, false, false },
		{ "permit any any lsap 0xaaaa 0", false, false, true, false },
		{ "permit any any lsap 0 0", false, false, false, true },
		{ "permit any any lsap 0 0xffff", false, true, true, true },
		{ "permit any any cos 0", true, false, false, true },
		{ "permit any any cos 5 vlan 4094", false, false, true, false },
		{ "permit any any vlan 1", true, false, false, true },
		{ "permit any any vlan 2 lsap 0x4242 0 cos 7", false, true, false, false },
		{ "permit any any vlan 2 lsap 0x4242 0 cos 6", false, false, false, false },
		{ "remark any any", false, false, false, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct ace ace = mac(row[i].line);

		if (ace_match_mac(&ace, NULL, &arp) != row[i].arp ||
			ace_match_mac(&ace, NULL, &stp) != row[i].stp ||
			ace_match_mac(&ace, NULL, &snap) != row[i].snap ||
			ace_match_mac(&ace, NULL, &null) != row[i].null)
			fail_msg("%s", row[i].line);
	}
}

struct tally {
	size_t permitted, denied, implicit;
};

static void
compare_frame(const struct acl *acl, const struct acl_mac_key *key, const struct acl_verdict *got,
	struct tally *t)
{
	struct acl_verdict want = acl_classify_mac_reference(acl, NULL, key);

	if (got->slot != want.slot || got->action != want.action || got->log != want.log ||
		got->implicit != want.implicit || got->reflect != NULL)
		fail_msg("%012llx -> %012llx type %04x lsap %04x vlan %u cos %u: slot %u, not %u",
			(unsigned long long)key->src, (unsigned long long)key->dst, key->ethertype,
			key->lsap, key->vlan, key->cos, got->slot, want.slot);
	t->implicit += got->implicit;
	t->permitted += got->action == ACL_PERMIT;
	t->denied += got->action == ACL_DENY && !got->implicit;
}

static void
compare_list(struct dice *d, size_t entries, struct tally *t)
{
	struct acl *acl = acl_create("random", ACL_MAC, 42);
	struct acl_mac_key key[BURST];
	struct acl_verdict got[BURST];
	struct acl_program *p;
	struct parse_error err;

	for (size_t i = 0; i < entries; i++) {
		struct ace ace = random_mac_ace(d);

		assert_true(acl_add(acl, 0, &ace, &err) >= 0);
	}
	assert_int_equal(acl_compile(acl, NULL, &p), 0);
	assert_int_equal(acl_program_list_id(p), 42);
	assert_int_equal(acl_program_kind(p), ACL_MAC);
	for (size_t done = 0; done < FRAMES; done += BURST) {
		for (size_t i = 0; i < BURST; i++) {
			uint32_t at = dice_below(d, (uint32_t)acl_length(acl));

			key[i] = random_mac_key(d, &acl_at(acl, at)->ace);
		}
		acl_classify_mac(p, key, BURST, got);
		for (size_t i = 0; i < BURST; i++)
			compare_frame(acl, &key[i], &got[i], t);
	}
	acl_program_unref(p);
	acl_destroy(acl);
}

static void
program_decides_as_the_reference(void **state)
{
	struct dice d = dice_from_environment("program_decides_as_the_reference");
	struct tally t = { 0 };

	(void)state;
	for (size_t i = 0; i < LISTS; i++)
		compare_list(&d, 1 + dice_below(&d, i % 10 == 0 ? 100 : 6), &t);
	printf("# %zu permitted, %zu denied, %zu by the implicit deny\n", t.permitted, t.denied,
		t.implicit);
	assert_true(t.permitted > LISTS * FRAMES / 20);
	assert_true(t.denied > LISTS * FRAMES / 20);
	assert_true(t.implicit > LISTS * FRAMES / 20);
}

/* ---- lists ---- */

static void
assert_list(const struct acl *acl, const char *text)
{
	char out[1024];

	list_text(acl, ACE_CONFIG, out, sizeof(out));
	assert_string_equal(out, text);
}

/* An equal entry is no second one, however it was typed. */
static void
lists_keep_entries(void **state)
{
	struct acl *acl = acl_create("Frames", ACL_MAC, 1);
	struct ace ace;

	(void)state;
	line_add(acl, 0, "remark old printers");
	line_add(acl, 0, "permit host 0001.00ff.0235 any 0x80f3");
	line_add(acl, 0, "permit 1.00ff.0235 0.0.0 any aarp");
	line_add(acl, 0, "deny any any lsap 0x4243 0xff");
	line_add(acl, 0, "deny any any lsap 0x4299 0xff");
	line_add(acl, 0, "deny any any 0x4299 0xff");
	line_add(acl, 0, "deny any any cos 1");
	line_add(acl, 0, "deny any any vlan 1");
	line_add(acl, 0, "permit any host 0001.00ff.0235");
	assert_list(acl, "remark old printers\n"
			 "10 permit host 0001.00ff.0235 any aarp\n"
			 "20 deny   any any lsap 0x4200 0xFF\n"
			 "30 deny   any any 0x4200 0xFF\n"
			 "40 deny   any any cos 1\n"
			 "50 deny   any any vlan 1\n"
			 "60 permit any host 0001.00ff.0235\n");
	ace = mac("deny any any lsap 0x42ff 0x00ff");
	assert_true(acl_remove(acl, &ace));
	assert_false(acl_remove(acl, &ace));
	ace = mac("permit any host 0001.00ff.0236");
	assert_false(acl_remove(acl, &ace));
	ace = mac("remark old printers");
	assert_true(acl_remove(acl, &ace));
	assert_int_equal(acl_ace_count(acl), 5);
	acl_destroy(acl);
}

static struct acl_verdict
decision(const struct acl *acl, const struct acl_mac_key *key)
{
	struct acl_verdict v, reference = acl_classify_mac_reference(acl, NULL, key);
	struct acl_program *p;

	assert_int_equal(acl_compile(acl, NULL, &p), 0);
	assert_non_null(p);
	acl_classify_mac(p, key, 1, &v);
	acl_program_unref(p);
	assert_int_equal(v.slot, reference.slot);
	assert_int_equal(v.action, reference.action);
	assert_int_equal(v.implicit, reference.implicit);
	return v;
}

/* First match; the implicit deny behind it; a list without entries passes everything. */
static void
lists_decide(void **state)
{
	const struct acl_mac_key one = { .src = 1, .ethertype = 0x0806 };
	const struct acl_mac_key two = { .src = 2, .lsap = 0x4242 };
	struct acl *acl = acl_create("Frames", ACL_MAC, 1);
	struct acl_program *p;

	(void)state;
	line_add(acl, 0, "remark nothing yet");
	assert_int_equal(acl_compile(acl, NULL, &p), 0);
	assert_null(p);
	assert_int_equal(acl_classify_mac_reference(acl, NULL, &one).action, ACL_PERMIT);
	line_add(acl, 0, "permit host 0.0.1 any");
	assert_int_equal(decision(acl, &one).slot, acl_at(acl, 1)->slot);
	assert_int_equal(decision(acl, &one).action, ACL_PERMIT);
	assert_int_equal(decision(acl, &two).slot, ACL_SLOT_IMPLICIT);
	assert_int_equal(decision(acl, &two).action, ACL_DENY);
	assert_true(decision(acl, &two).implicit);
	line_add(acl, 5, "deny any any 0x806");
	line_add(acl, 0, "permit any any");
	assert_int_equal(decision(acl, &one).slot, acl_at(acl, 0)->slot);
	assert_int_equal(decision(acl, &one).action, ACL_DENY);
	assert_int_equal(decision(acl, &two).slot, acl_at(acl, 3)->slot);
	assert_false(decision(acl, &two).implicit);
	acl_destroy(acl);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(entries_are_shown),
		cmocka_unit_test(names_are_numbers),
		cmocka_unit_test(entries_are_refused),
		cmocka_unit_test(help_tells_what_may_follow),
		cmocka_unit_test(random_entries_parse_back),
		cmocka_unit_test(entries_match),
		cmocka_unit_test(program_decides_as_the_reference),
		cmocka_unit_test(lists_keep_entries),
		cmocka_unit_test(lists_decide),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
