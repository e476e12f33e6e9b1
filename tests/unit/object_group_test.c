/*
 * object_group_test.c - object groups: the words of members, how they are shown, and circles.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "acl/acl.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

#define NET OBJECT_GROUP_NETWORK
#define SVC OBJECT_GROUP_SERVICE

static int
parse(const char *line, enum object_group_kind kind, struct object *o, struct parse_error *err,
	struct choice_list *expect)
{
	struct word word[32];
	struct word_reader r = {
		.line = line,
		.word = word,
		.n = words_split(line, word, COUNT(word)),
		.expect = expect,
		.err = err,
	};

	memset(err, 0, sizeof(*err));
	return object_parse(&r, kind, o);
}

static struct object
object(const char *line, enum object_group_kind kind)
{
	struct parse_error err;
	struct object o;

	if (parse(line, kind, &o, &err, NULL) != 0)
		fail_msg("refused: %s (fault %d at %zu)", line, err.fault, err.at);
	return o;
}

static void
members_are_shown_as_ios_does(void **state)
{
	static const struct {
		enum object_group_kind kind;
		const char *typed, *shown;
	} row[] = {
		{ NET, "any", "any" },
		{ NET, "h 1.1.1.1", "host 1.1.1.1" },
		{ NET, "range 2.2.2.2 3.3.3.3", "range 2.2.2.2 3.3.3.3" },
		{ NET, "range 2.2.2.2 2.2.2.2", "range 2.2.2.2 2.2.2.2" },
		{ NET, "1.1.1.0 255.255.255.0", "1.1.1.0 255.255.255.0" },
		{ NET, "1.1.1.77 255.255.255.0", "1.1.1.0 255.255.255.0" },
		{ NET, "10.9.0.0 /8", "10.0.0.0 255.0.0.0" },
		{ NET, "10.9.8.7 /32", "host 10.9.8.7" },
		{ NET, "10.9.8.7 255.255.255.255", "host 10.9.8.7" },
		{ NET, "0.0.0.0 0.0.0.0", "any" },
		{ NET, "10.0.0.0 /0", "any" },
		{ NET, "group-object NNNN", "group-object NNNN" },
		{ SVC, "group-object NNNN", "group-object NNNN" },
		{ SVC, "icmp echo-reply", "icmp echo-reply" },
		{ SVC, "icmp", "icmp" },
		{ SVC, "1 3", "icmp unreachable" },
		{ SVC, "icmp 3 0", "icmp net-unreachable" },
		{ SVC, "icmp 42 43", "icmp 42 43" },
		{ SVC, "icmp 42", "icmp 42" },
		{ SVC, "tcp eq 25", "tcp eq smtp" },
		{ SVC, "tcp smtp", "tcp eq smtp" },
		{ SVC, "6 8080", "tcp eq 8080" },
		{ SVC, "udp range 49 50", "udp range tacacs 50" },
		{ SVC, "udp range 50 49", "udp range 50 tacacs" },
		{ SVC, "tcp-udp range 12200 12700", "tcp-udp range 12200 12700" },
		{ SVC, "tcp-udp 53", "tcp-udp eq domain" },
		{ SVC, "tcp-udp eq domain", "tcp-udp eq domain" },
		{ SVC, "tcp-udp 514", "tcp-udp eq 514" },
		{ SVC, "tcp-udp 80", "tcp-udp eq 80" },
		{ SVC, "tcp-udp", "tcp-udp" },
		{ SVC, "tcp source range 1 65535 telnet", "tcp source range 1 65535 eq telnet" },
		{ SVC, "tcp source 2000 ftp", "tcp source eq 2000 eq ftp" },
		{ SVC, "tcp source gt 1023", "tcp source gt 1023" },
		{ SVC, "tcp source lt 1024 gt 1023", "tcp source lt 1024 gt 1023" },
		{ SVC, "99", "99" },
		{ SVC, "0", "ip" },
		{ SVC, "ip", "ip" },
		{ SVC, "47", "gre" },
		{ SVC, "ahp", "ahp" },
		{ SVC, "ipinip", "ipinip" },
		{ SVC, "4", "4" },
	};
	char text[OBJECT_TEXT_MAX], again[OBJECT_TEXT_MAX];

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		struct object o = object(row[i].typed, row[i].kind);

		assert_int_equal(object_format(&o, text, sizeof(text)), strlen(row[i].shown));
		assert_string_equal(text, row[i].shown);
		o = object(text, row[i].kind);
		object_format(&o, again, sizeof(again));
		assert_string_equal(again, text);
	}
}

static void
wrong_words_get_their_caret(void **state)
{
	static const struct {
		enum object_group_kind kind;
		const char *line;
		enum parse_fault fault;
		size_t at;
	} row[] = {
		{ NET, "10.0.0.0", PARSE_INCOMPLETE, 0 },
		{ NET, "10.0.0.0 0.0.0.255", PARSE_INVALID, 9 },
		{ NET, "10.0.0.0 255.0.255.0", PARSE_INVALID, 9 },
		{ NET, "10.0.0.0/8", PARSE_INVALID, 8 },
		{ NET, "10.0.0.0 /33", PARSE_INVALID, 10 },
		{ NET, "10.0.0.0 /", PARSE_INVALID, 10 },
		{ NET, "range 2.2.2.2 1.1.1.1", PARSE_INVALID, 14 },
		{ NET, "host 1.1.1.1 x", PARSE_INVALID, 13 },
		{ NET, "any any", PARSE_INVALID, 4 },
		{ NET, "tcp eq 25", PARSE_INVALID, 0 },
		{ NET, "group-object", PARSE_INCOMPLETE, 0 },
		{ SVC, "tcp neq 25", PARSE_INVALID, 5 },
		{ SVC, "tcp eq tftp", PARSE_INVALID, 8 },
		{ SVC, "tcp-udp www", PARSE_INVALID, 8 },
		{ SVC, "tcp eq 65536", PARSE_INVALID, 7 },
		{ SVC, "tcp eq 25 26", PARSE_INVALID, 10 },
		{ SVC, "tcp source 1 source 2", PARSE_INVALID, 14 },
		{ SVC, "tcp range 1", PARSE_INCOMPLETE, 0 },
		{ SVC, "gre eq 1", PARSE_INVALID, 4 },
		{ SVC, "ip eq 1", PARSE_INVALID, 3 },
		{ SVC, "icmp 3 0 1", PARSE_INVALID, 9 },
		{ SVC, "icmp echo 0", PARSE_INVALID, 10 },
		{ SVC, "256", PARSE_INVALID, 0 },
		{ SVC, "host 1.1.1.1", PARSE_INVALID, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		struct parse_error err;
		struct object o;

		assert_int_equal(parse(row[i].line, row[i].kind, &o, &err, NULL), -1);
		if (err.fault != row[i].fault || err.at != row[i].at)
			fail_msg("%s: fault %d at %zu", row[i].line, err.fault, err.at);
	}
}

static void
names_have_their_longest(void **state)
{
	char line[2 * OBJECT_GROUP_NAME_MAX];
	struct parse_error err;
	struct object o;

	(void)state;
	snprintf(line, sizeof(line), "group-object %0*d", OBJECT_GROUP_NAME_MAX, 1);
	assert_int_equal(strlen(object(line, NET).group), OBJECT_GROUP_NAME_MAX);
	snprintf(line, sizeof(line), "group-object %0*d", OBJECT_GROUP_NAME_MAX + 1, 1);
	assert_int_equal(parse(line, NET, &o, &err, NULL), -1);
	assert_int_equal(err.at, 13);
}

static void
help_lists(enum object_group_kind kind, const char *line, const char *want)
{
	struct choice_list expect = { 0 };
	struct parse_error err;
	struct object o;
	char got[1024], token[32];
	size_t len = 0;

	(void)parse(line, kind, &o, &err, &expect);
	got[0] = '\0';
	for (size_t i = 0; i < expect.n; i++) {
		assert_non_null(expect.v[i].help);
		len += (size_t)snprintf(got + len, sizeof(got) - len, "%s%s", i > 0 ? " " : "",
			choice_token(&expect.v[i], token, sizeof(token)));
	}
	choice_list_fini(&expect);
	assert_string_equal(got, want);
}

static void
help_knows_every_position(void **state)
{
	(void)state;
	help_lists(NET, "", "A.B.C.D any group-object host range");
	help_lists(NET, "10.0.0.0", "A.B.C.D /nn");
	help_lists(NET, "host", "A.B.C.D");
	help_lists(NET, "range 1.1.1.1", "A.B.C.D");
	help_lists(NET, "group-object", "WORD");
	help_lists(NET, "any", "<cr>");
	help_lists(SVC, "",
		"<0-255> ahp dvmrp eigrp esp gre icmp igmp ipinip nos ospf pcp pim tcp udp "
		"group-object ip tcp-udp");
	help_lists(SVC, "tcp-udp",
		"eq gt lt range <0-65535> discard domain echo pim-auto-rp sunrpc tacacs talk time "
		"source <cr>");
	help_lists(SVC, "tcp-udp source",
		"eq gt lt range <0-65535> discard domain echo pim-auto-rp sunrpc tacacs talk "
		"time");
	help_lists(SVC, "tcp-udp source 1",
		"eq gt lt range <0-65535> discard domain echo pim-auto-rp sunrpc tacacs talk "
		"time <cr>");
	help_lists(SVC, "tcp-udp range 1",
		"<0-65535> discard domain echo pim-auto-rp sunrpc tacacs talk time");
	help_lists(SVC, "icmp 3", "<0-255> <cr>");
	help_lists(SVC, "gre", "<cr>");
}

static void
a_group_keeps_its_members_in_order(void **state)
{
	struct object_group *g = object_group_create("SERVERS", NET);
	struct object o;
	char text[OBJECT_TEXT_MAX];

	(void)state;
	assert_string_equal(object_group_name(g), "SERVERS");
	assert_int_equal(object_group_kind(g), NET);
	assert_string_equal(object_group_description(g), "");
	object_group_set_description(g, "### longer ###");
	object_group_set_description(g, "short");
	assert_string_equal(object_group_description(g), "short");
	assert_null(object_group_at(g, 0));
	for (uint32_t i = 0; i < 100; i++) {
		snprintf(text, sizeof(text), "host 10.0.0.%u", i);
		o = object(text, NET);
		assert_int_equal(object_group_add(g, &o), 1);
		assert_int_equal(object_group_add(g, &o), 0);
	}
	o = object("10.0.0.0 255.255.255.254", NET);
	assert_int_equal(object_group_add(g, &o), 1);
	o = object("range 10.0.0.0 10.0.0.0", NET);
	assert_int_equal(object_group_add(g, &o), 1);
	o = object("host 10.0.0.1", NET);
	assert_true(object_group_remove(g, &o));
	assert_false(object_group_remove(g, &o));
	assert_int_equal(object_group_at(g, 1)->first, 0x0a000002);
	assert_int_equal(object_group_at(g, 99)->type, OBJECT_SUBNET);
	assert_int_equal(object_group_at(g, 100)->type, OBJECT_RANGE);
	assert_null(object_group_at(g, 101));
	object_group_destroy(g);
	object_group_destroy(NULL);
}

static void
members_that_differ_in_anything_are_different(void **state)
{
	static const char *const line[] = { "tcp", "udp", "tcp-udp", "ip", "ipinip", "4", "tcp 80",
		"tcp source 80", "tcp gt 80", "tcp 81", "tcp range 80 81", "tcp range 80 82",
		"icmp", "icmp 3", "icmp 3 1", "group-object A", "group-object B" };
	struct object_group *g = object_group_create("G", SVC);

	(void)state;
	for (int round = 0; round < 2; round++)
		for (size_t i = 0; i < COUNT(line); i++) {
			struct object o = object(line[i], SVC);

			assert_int_equal(object_group_add(g, &o), round == 0);
		}
	object_group_destroy(g);
}

/* The groups a, b, c, d for acl_env. */
struct groups {
	struct object_group *g[4];
};

static const struct object_group *
find_group(void *arg, const char *name)
{
	struct groups *all = arg;

	return name[0] >= 'a' && name[0] <= 'd' && name[1] == '\0' ? all->g[name[0] - 'a'] : NULL;
}

static void
circles_are_seen(void **state)
{
	static const char *const name[] = { "a", "b", "c", "d" };
	struct object to_a = object("group-object a", NET), to_b = object("group-object b", NET);
	struct object to_c = object("group-object c", NET), to_d = object("group-object d", NET);
	struct object host = object("host 1.1.1.1", NET), to_x = object("group-object x", NET);
	struct groups all;
	const struct acl_env env = { .arg = &all, .object_group = find_group };

	(void)state;
	for (size_t i = 0; i < 4; i++)
		all.g[i] = object_group_create(name[i], i < 3 ? NET : SVC);
	assert_false(object_group_closes_circle(all.g[0], &host, &env));
	assert_false(object_group_closes_circle(all.g[0], &to_x, &env));
	assert_true(object_group_closes_circle(all.g[0], &to_a, &env));
	assert_true(object_group_closes_circle(all.g[0], &to_a, NULL));
	assert_false(object_group_closes_circle(all.g[0], &to_b, &env));
	object_group_add(all.g[0], &host);
	object_group_add(all.g[0], &to_b);
	object_group_add(all.g[1], &to_x);
	object_group_add(all.g[1], &to_c);
	assert_true(object_group_closes_circle(all.g[2], &to_a, &env));
	assert_true(object_group_closes_circle(all.g[2], &to_b, &env));
	assert_false(object_group_closes_circle(all.g[0], &to_c, &env));
	object_group_add(all.g[3], &to_a);
	assert_false(object_group_closes_circle(all.g[0], &to_d, &env)); /* of another kind */
	for (size_t i = 0; i < 4; i++)
		object_group_destroy(all.g[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(members_are_shown_as_ios_does),
		cmocka_unit_test(wrong_words_get_their_caret),
		cmocka_unit_test(names_have_their_longest),
		cmocka_unit_test(help_knows_every_position),
		cmocka_unit_test(a_group_keeps_its_members_in_order),
		cmocka_unit_test(members_that_differ_in_anything_are_different),
		cmocka_unit_test(circles_are_seen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
