/*
 * system_commands_test.c - the router as a whole: version, memory, processes, inventory, tech-support.  Figures
 * are the machine's, so what holds among them is checked, and that programs find them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <inttypes.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/unit/rig.h"

/* The first group of an extended regular expression, line by line; NULL when no line has it. */
static const char *
found(const char *text, const char *pattern)
{
	static char group[256];
	regmatch_t m[2];
	regex_t re;
	int rc;

	assert_int_equal(regcomp(&re, pattern, REG_EXTENDED | REG_NEWLINE), 0);
	rc = regexec(&re, text, 2, m, 0);
	regfree(&re);
	if (rc != 0)
		return NULL;
	snprintf(group, sizeof(group), "%.*s", (int)(m[1].rm_eo - m[1].rm_so), text + m[1].rm_so);
	return group;
}

static void
assert_found(const char *text, const char *pattern, const char *expected)
{
	const char *group = found(text, pattern);

	if (group == NULL)
		fail_msg("/%s/ is not in:\n%s", pattern, text);
	if (expected != NULL)
		assert_string_equal(group, expected);
}

/* What netmiko, Ansible, NAPALM and RANCID look for. */
static void
test_version_for_programs(void **state)
{
	struct rig *g = *state;
	char *first;

	rig_load(g, "hostname branch-1\n");
	rig_turn(g, UINT64_C(788640000));
	first = strdup(rig_type(g, "show version"));
	assert_found(first, "(Cisco IOS Software)", NULL);
	assert_found(first, "Version ([^ ]+),", "15.4(3)M3");
	assert_found(first, "^Cisco IOS .* Software,? \\(([A-Za-z0-9_-]*)\\), .*Version +.*$",
		"ACEGATE-ADVIPSERVICESK9-M");
	assert_found(first, "^[Cc]isco ([^ ]+).+bytes of .*memory", "ACEGATE");
	assert_found(first, "isco +[^ ]+ +\\(.+\\) +with ([^ ]+[kK]) bytes", NULL);
	assert_found(first, "^(.+) uptime is 1 week, 2 days, 3 hours, 4 minutes$", "branch-1");
	assert_found(first, "image file is \"(.+)\"", NULL);
	assert_found(first, "Processor board ID ([^ ]+)", "02ACE9A70001");
	assert_found(first, "^(ROM: .+)", NULL);
	assert_found(first, "^(System returned to ROM by .+)", NULL);
	assert_found(first, "^Configuration register is (.+)", "0x2102");
	/* Within a minute nothing in it changes. */
	rig_turn(g, 20000);
	assert_string_equal(rig_type(g, "show version"), first);
	free(first);
}

static void
test_memory(void **state)
{
	uint64_t total, used, free_now, lowest, largest;
	struct rig *g = *state;
	const char *line = strstr(rig_type(g, "show memory statistics"), "Processor ");

	assert_non_null(line);
	assert_int_equal(
		sscanf(line,
			"Processor %*x %" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNu64,
			&total, &used, &free_now, &lowest, &largest),
		5);
	assert_true(total > 0 && used > 0 && free_now > 0 && lowest > 0 && largest > 0);
	assert_true(used + free_now == total);
	assert_true(lowest <= free_now && largest <= free_now);
	/* The heap grows by what is taken from it. */
	{
		struct usage_memory before, behind;
		void *taken;

		usage_memory(g->router, &before);
		taken = malloc(8 << 20);
		assert_non_null(taken);
		memset(taken, 1, 8 << 20);
		usage_memory(g->router, &behind);
		assert_true(behind.heap_used >= before.heap_used);
		assert_true(behind.resident > 0);
		free(taken);
	}
	line = strstr(rig_type(g, "show processes memory"), "Processor Pool Total:");
	assert_non_null(line);
	assert_int_equal(
		sscanf(line, "Processor Pool Total: %" SCNu64 " Used: %" SCNu64 " Free: %" SCNu64,
			&total, &used, &free_now),
		3);
	assert_true(used + free_now == total);
}

/* Busy for so many ms of processor time. */
static void
burn(unsigned ms)
{
	struct timespec now;
	int64_t end;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	end = now.tv_sec * 1000 + now.tv_nsec / 1000000 + ms;
	do
		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	while (now.tv_sec * 1000 + now.tv_nsec / 1000000 < end);
}

static void
test_processes(void **state)
{
	struct rig *g = *state;
	struct usage_share all, forwarding;
	struct usage_thread thread[USAGE_THREADS];
	size_t n;

	usage_tick(g->router);
	burn(200);
	rig_turn(g, 5000);
	usage_tick(g->router);
	usage_cpu(g->router, &all, &forwarding);
	/* 200 ms of 5 s are 4%, of which the first tick takes the part that its constant says. */
	assert_true(all.five_seconds > 1.0 && all.five_seconds < 60.0);
	assert_true(all.five_seconds > all.one_minute && all.one_minute > all.five_minutes);
	assert_true(all.five_minutes > 0);
	assert_true(forwarding.five_seconds == 0); /* no thread of the dataplane runs */
	usage_threads(g->router, thread, &n);
	assert_true(n >= 1 && thread[0].runtime_ms >= 200 && thread[0].invoked > 0);
	assert_found(rig_type(g, "show processes cpu"),
		"^(CPU utilization for five seconds: [0-9]+%/0%; one minute: [0-9]+%; "
		"five minutes: [0-9]+%)$",
		NULL);
	assert_found(g->said.s,
		"^ +1 +[0-9]+ +[0-9]+ +[0-9]+ +[0-9.]+% +[0-9.]+% +[0-9.]+% +0 ([^ ]+) $",
		thread[0].name);
}

static void
test_inventory(void **state)
{
	struct rig *g = *state;

	assert_found(rig_type(g, "show inventory"), "^NAME: \"([^\"]+)\", DESCR: \"[^\"]+\"$",
		"ACEGATE chassis");
	assert_found(g->said.s, "^PID: ACEGATE +, VID: [^ ,]+, SN: ([^ ]+)$", "02ACE9A70001");
}

static void
test_tech_support_keeps_secrets(void **state)
{
	struct rig *g = *state;
	const char *said;

	rig_load(g, "enable secret 0 topmost\nusername admin privilege 15 password 0 hidden\n"
		    "interface FastEthernet4\n description no password here\n"
		    "line vty 0 4\n password lineword\n");
	said = rig_type(g, "show tech-support");
	assert_found(said, "^(enable secret) <removed>$", NULL);
	assert_found(said, "^(username admin privilege 15 password) <removed>$", NULL);
	assert_found(said, "^( password) <removed>$", NULL);
	assert_found(said, "^( description no password here)$", NULL);
	assert_null(strstr(said, "hidden"));
	assert_null(strstr(said, "lineword"));
	assert_null(strstr(said, "$1$"));
	assert_found(said, "^(------------------ show version ------------------)$", NULL);
	assert_found(said, "^(------------------ show interfaces ------------------)$", NULL);
	assert_found(said, "^(CPU utilization for five seconds)", NULL);
}

static void
test_running_config_all(void **state)
{
	struct rig *g = *state;
	struct rig *other = rig_create(NULL, false);
	struct text one = { 0 }, two = { 0 };
	const char *said = rig_type(g, "show running-config all");

	assert_found(said, "^(no service sequence-numbers)$", NULL);
	assert_found(said, "^(logging buffered 4096)$", NULL);
	assert_found(said, "^(logging trap informational)$", NULL);
	assert_found(said, "^(logging facility local7)$", NULL);
	assert_found(said, "^(ip domain lookup)$", NULL);
	assert_found(said, "^( no shutdown)$", NULL);
	assert_found(said, "^( load-interval 300)$", NULL);
	/*
	 * It says no more than is so: read back, nothing is configured that was not.  Lines are another
	 * matter: a length that was set is printed, even if it is the one they have anyway.
	 */
	rig_load(other, strstr(said, "!\n"));
	show_running_config_body(&one, g->router);
	show_running_config_body(&two, other->router);
	*strstr(one.s, "\nline con 0") = '\0';
	*strstr(two.s, "\nline con 0") = '\0';
	assert_string_equal(one.s, two.s);
	text_fini(&one);
	text_fini(&two);
	rig_destroy(other);
}

static void
test_interface_tables(void **state)
{
	struct rig *g = *state;

	rig_load(g, "interface FastEthernet4\n description WAN\n shutdown\n"
		    "interface Loopback0\n ip address 10.0.0.1 255.255.255.255\n");
	rig_says(g, "show interfaces fa4 description",
		"Interface                      Status         Protocol Description\n"
		"Fa4                            admin down     down     WAN\n");
	rig_says(g, "show interfaces lo0 description",
		"Interface                      Status         Protocol Description\n"
		"Lo0                            up             up       \n");
	rig_says(g, "show interfaces fa4 status",
		"\nPort      Name               Status       Vlan       Duplex  Speed Type\n"
		"Fa4       WAN                disabled     routed       auto   auto Not Present\n");
	rig_says(g, "show interfaces fa0 status",
		"\nPort      Name               Status       Vlan       Duplex  Speed Type\n"
		"Fa0                          notconnect   1            auto   auto Not Present\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_RIG(test_version_for_programs),
		WITH_RIG(test_memory),
		WITH_RIG(test_processes),
		WITH_RIG(test_inventory),
		WITH_RIG(test_tech_support_keeps_secrets),
		WITH_RIG(test_running_config_all),
		WITH_RIG(test_interface_tables),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
