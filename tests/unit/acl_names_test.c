/*
 * acl_names_test.c - what entries name: object groups, time ranges, reflexive lists; and copies of
 * entries that name things.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/lib/acl_lines.h"
#include "tests/lib/acl_world.h"

enum { NOW = 5000 };

static int
setup(void **state)
{
	static struct world world;

	world_init(&world);
	*state = &world;
	return 0;
}

static int
teardown(void **state)
{
	world_fini(*state);
	return 0;
}

static struct object
subnet(uint32_t addr, uint32_t mask)
{
	return (struct object){ .type = OBJECT_SUBNET, .first = addr, .last = mask };
}

static struct object
range(uint32_t first, uint32_t last)
{
	return (struct object){ .type = OBJECT_RANGE, .first = first, .last = last };
}

static struct object
service(uint8_t proto, enum ace_port_op op, uint16_t port)
{
	return (struct object){ .type = OBJECT_SERVICE,
		.proto = proto,
		.icmp_type = ICMP_ANY,
		.icmp_code = ICMP_ANY,
		.dport = { .op = (uint8_t)op, .lo = port } };
}

static struct object
group(const char *name)
{
	struct object o = { .type = OBJECT_GROUP };

	snprintf(o.group, sizeof(o.group), "%s", name);
	return o;
}

static void
add(struct object_group *g, struct object o)
{
	world_add(g, &o);
}

static struct acl_key
packet(uint32_t src, uint8_t proto, uint16_t dport)
{
	return (struct acl_key){
		.src = src,
		.dst = 0x01020304,
		.proto = proto,
		.sport = 4000,
		.dport = dport,
		.has = ACL_HAS_PORTS,
	};
}

/* What the list does, by its program, which the reference must agree with. */
static struct acl_verdict
decide(const struct acl *acl, const struct acl_env *env, struct acl_key key)
{
	struct acl_verdict want = acl_classify_reference(acl, env, &key, NOW), got;
	struct acl_program *p;

	assert_int_equal(acl_compile(acl, env, &p), 0);
	assert_non_null(p);
	acl_classify(p, &key, NULL, 1, NOW, &got);
	acl_program_unref(p);
	assert_int_equal(got.slot, want.slot);
	assert_int_equal(got.action, want.action);
	assert_int_equal(got.implicit, want.implicit);
	assert_ptr_equal(got.reflect, want.reflect);
	assert_int_equal(got.reflect_timeout_s, want.reflect_timeout_s);
	return got;
}

static bool
hits(const struct acl *acl, const struct acl_env *env, struct acl_key key)
{
	return !decide(acl, env, key).implicit;
}

static void
network_groups(void **state)
{
	struct world *w = *state;
	struct acl *acl = acl_create("x", ACL_EXTENDED, 1);

	add(w->net[0], subnet(0x0a000000, 0xffffff00));
	add(w->net[0], range(0x0a000100, 0x0a000105)); /* touches the subnet */
	add(w->net[0], range(0xfffffff0, 0xffffffff));
	add(w->net[0], range(0, 1));
	add(w->net[1], group("net0"));
	add(w->net[1], range(0x0b000000, 0x0b000000));
	line_add(acl, 0, "permit tcp object-group net0 any eq 80");

	assert_true(hits(acl, &w->env, packet(0x0a000000, 6, 80)));
	assert_true(hits(acl, &w->env, packet(0x0a0000ff, 6, 80)));
	assert_true(hits(acl, &w->env, packet(0x0a000105, 6, 80)));
	assert_false(hits(acl, &w->env, packet(0x0a000106, 6, 80)));
	assert_false(hits(acl, &w->env, packet(0x09ffffff, 6, 80)));
	assert_true(hits(acl, &w->env, packet(0, 6, 80)));
	assert_true(hits(acl, &w->env, packet(UINT32_MAX, 6, 80)));
	assert_false(hits(acl, &w->env, packet(0x0a000000, 6, 81)));
	assert_false(hits(acl, &w->env, packet(0x0a000000, 17, 80)));
	assert_false(hits(acl, &w->env, packet(0x0b000000, 6, 80)));
	/* Within another group; and the destination. */
	line_add(acl, 0, "deny ip object-group net1 any");
	assert_true(hits(acl, &w->env, packet(0x0b000000, 6, 80)));
	assert_true(hits(acl, &w->env, packet(0x0a000105, 17, 80)));
	line_add(acl, 0, "permit ip any object-group net2");
	add(w->net[2], range(0x01020304, 0x01020304));
	assert_true(hits(acl, &w->env, packet(0x0c000000, 6, 80)));
	acl_destroy(acl);
}

static void
what_is_not_there_matches_nothing(void **state)
{
	static const char *const line[] = {
		"permit ip object-group nowhere any",
		"permit ip any object-group nowhere",
		"permit ip object-group net5 any",
		"permit ip object-group svc0 any",
		"permit object-group nowhere any any",
		"permit object-group svc5 any any",
		"permit object-group net0 any any",
		"permit ip any any time-range nowhere",
		"evaluate nobody",
	};
	struct world *w = *state;

	add(w->net[0], (struct object){ .type = OBJECT_ANY });
	add(w->svc[0], service(6, PORT_ANY, 0));
	for (size_t i = 0; i < sizeof(line) / sizeof(line[0]); i++) {
		struct acl *acl = acl_create("x", ACL_EXTENDED, 1);

		line_add(acl, 0, line[i]);
		/* A list with an entry denies, even if the entry can match nothing. */
		assert_int_equal(decide(acl, &w->env, packet(1, 6, 80)).action, ACL_DENY);
		assert_int_equal(decide(acl, NULL, packet(1, 6, 80)).action, ACL_DENY);
		assert_false(hits(acl, &w->env, packet(1, 6, 80)));
		acl_destroy(acl);
	}
}

static void
service_groups_count_in_one_slot(void **state)
{
	struct world *w = *state;
	struct acl *acl = acl_create("x", ACL_EXTENDED, 1);
	struct object tcp_udp = service(0, PORT_EQ, 53);
	struct acl_key later = packet(9, 6, 0);
	uint32_t slot;

	tcp_udp.tcp_udp = true;
	later.has = ACL_NONINITIAL;
	add(w->svc[0], service(6, PORT_GT, 1023));
	add(w->svc[0], tcp_udp);
	add(w->svc[1], group("svc0"));
	add(w->svc[1], service(50, PORT_ANY, 0));
	add(w->net[0], range(9, 9));
	line_add(acl, 0, "permit object-group svc1 object-group net0 any dscp ef log");
	line_add(acl, 0, "deny object-group svc1 any any");
	slot = acl_at(acl, 0)->slot;

	for (int i = 0; i < 4; i++) {
		static const struct {
			uint8_t proto;
			uint16_t port;
		} row[] = { { 6, 1024 }, { 6, 53 }, { 17, 53 }, { 50, 0 } };
		struct acl_key key = packet(9, row[i].proto, row[i].port);

		key.tos = 46 << 2;
		assert_int_equal(decide(acl, &w->env, key).slot, slot);
		assert_int_equal(decide(acl, &w->env, key).log, ACE_LOG);
		key.tos = 0;
		assert_int_equal(decide(acl, &w->env, key).slot, acl_at(acl, 1)->slot);
		key.src = 10;
		assert_int_equal(decide(acl, &w->env, key).slot, acl_at(acl, 1)->slot);
	}
	assert_false(hits(acl, &w->env, packet(9, 6, 1023)));
	assert_false(hits(acl, &w->env, packet(9, 17, 1024)));
	/* A later fragment: a permit goes by the member's protocol, a deny of ports does not match. */
	later.tos = 46 << 2;
	assert_int_equal(decide(acl, &w->env, later).slot, slot);
	later.tos = 0;
	assert_false(hits(acl, &w->env, later));
	later.proto = 50;
	assert_int_equal(decide(acl, &w->env, later).slot, acl_at(acl, 1)->slot);
	acl_destroy(acl);
}

static void
time_ranges(void **state)
{
	struct world *w = *state;
	struct acl *acl = acl_create("x", ACL_EXTENDED, 1);
	char text[ACE_TEXT_MAX];

	line_add(acl, 0, "deny ip any any time-range closed");
	line_add(acl, 0, "permit ip any any log time-range open");
	assert_int_equal(decide(acl, &w->env, packet(1, 6, 80)).slot, acl_at(acl, 1)->slot);
	assert_true(decide(acl, NULL, packet(1, 6, 80)).implicit);
	ace_format(&acl_at(acl, 0)->ace, ACE_SHOW, &w->env, text, sizeof(text));
	assert_string_equal(text, "deny ip any any time-range closed (inactive)");
	ace_format(&acl_at(acl, 1)->ace, ACE_SHOW, &w->env, text, sizeof(text));
	assert_string_equal(text, "permit ip any any log time-range open (active)");
	ace_format(&acl_at(acl, 1)->ace, ACE_CONFIG, &w->env, text, sizeof(text));
	assert_string_equal(text, "permit ip any any log time-range open");
	acl_destroy(acl);
}

static void
reflect_and_evaluate(void **state)
{
	struct world *w = *state;
	struct acl *out = acl_create("out", ACL_EXTENDED, 1);
	struct acl *in = acl_create("in", ACL_EXTENDED, 2);
	struct acl_key key = packet(9, 17, 53), back = key;
	struct acl_verdict v;

	back.src = key.dst;
	back.dst = key.src;
	back.sport = key.dport;
	back.dport = key.sport;
	line_add(out, 0, "permit udp any any reflect r1 timeout 60");
	line_add(out, 0, "permit tcp any any reflect r0");
	line_add(out, 0, "permit ip any any reflect nobody timeout 60");
	line_add(in, 0, "deny udp any any eq 1");
	line_add(in, 0, "evaluate r1");
	line_add(in, 0, "deny ip any any log");

	assert_int_equal(decide(in, &w->env, back).slot, acl_at(in, 2)->slot);
	v = decide(out, &w->env, key);
	assert_ptr_equal(v.reflect, w->table[1]);
	assert_int_equal(v.reflect_timeout_s, 60);
	assert_true(reflexive_learn(v.reflect, &key, v.reflect_timeout_s, NOW));
	v = decide(in, &w->env, back);
	assert_int_equal(v.slot, acl_at(in, 1)->slot);
	assert_int_equal(v.action, ACL_PERMIT);
	assert_null(v.reflect);
	/* In its place: what stands before it decides first, what it does not know goes on. */
	assert_int_equal(decide(in, &w->env, key).slot, acl_at(in, 2)->slot);
	assert_int_equal(decide(in, NULL, back).slot, acl_at(in, 2)->slot);
	key.proto = 6;
	v = decide(out, &w->env, key);
	assert_ptr_equal(v.reflect, w->table[0]);
	assert_int_equal(v.reflect_timeout_s, 0);
	/* Without a table to reflect to it is a plain permit. */
	key.proto = 50;
	v = decide(out, &w->env, key);
	assert_int_equal(v.action, ACL_PERMIT);
	assert_null(v.reflect);
	acl_destroy(out);
	acl_destroy(in);
}

static void
who_uses_what(void **state)
{
	struct acl *acl = acl_create("x", ACL_EXTENDED, 1);
	bool reflects;

	(void)state;
	line_add(acl, 0, "remark a");
	line_add(acl, 0, "permit ip any any");
	line_add(acl, 0, "permit object-group s object-group a object-group b time-range t");
	line_add(acl, 0, "permit ip any any log c reflect r");
	line_add(acl, 0, "evaluate e");
	assert_true(acl_uses_object_group(acl, "s"));
	assert_true(acl_uses_object_group(acl, "a"));
	assert_true(acl_uses_object_group(acl, "b"));
	assert_false(acl_uses_object_group(acl, "A"));
	assert_false(acl_uses_object_group(acl, "t"));
	assert_true(acl_uses_time_range(acl, "t"));
	assert_false(acl_uses_time_range(acl, "s"));
	assert_true(acl_uses_reflexive(acl, "r", &reflects));
	assert_true(reflects);
	assert_true(acl_uses_reflexive(acl, "e", &reflects));
	assert_false(reflects);
	assert_false(acl_uses_reflexive(acl, "c", &reflects));
	acl_remove_seq(acl, 20);
	assert_false(acl_uses_object_group(acl, "s"));
	acl_destroy(acl);
}

/* An entry's texts are the list's own, and a copy's its room's. */
static void
copies_stand_alone(void **state)
{
	static const char line[] = "permit tcp object-group a eq 1 2 3 object-group b neq 4 5 6 7 "
				   "match-all +syn option 5 ttl range 1 2 log Tag time-range t "
				   "reflect r timeout 9";
	struct acl *acl = acl_create("x", ACL_EXTENDED, 1);
	struct ace_room room, other;
	struct parse_error err;
	struct ace ace, copy;

	(void)state;
	ace = line_ace(line, ACL_EXTENDED);
	ace_copy(&copy, &room, &ace);
	assert_int_equal(acl_add(acl, 0, &ace, &err), 1);
	memset((void *)ace.rare, 'x', sizeof(struct ace_room));
	assert_true(ace_equal(&copy, &acl_at(acl, 0)->ace));
	ace = line_ace(line, ACL_EXTENDED);
	assert_true(ace_equal(&copy, &ace));
	assert_int_equal(acl_add(acl, 0, &copy, &err), 0);
	assert_true(acl_remove(acl, &copy));
	assert_int_equal(acl_length(acl), 0);
	/* A plain entry's copy has no room to be in. */
	ace = line_ace("permit ip any any", ACL_EXTENDED);
	ace_copy(&copy, &other, &ace);
	assert_null(copy.rare);
	assert_true(ace_equal(&copy, &ace));
	acl_destroy(acl);
}

#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_WORLD(network_groups),
		IN_A_WORLD(what_is_not_there_matches_nothing),
		IN_A_WORLD(service_groups_count_in_one_slot),
		IN_A_WORLD(time_ranges),
		IN_A_WORLD(reflect_and_evaluate),
		cmocka_unit_test(who_uses_what),
		cmocka_unit_test(copies_stand_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
