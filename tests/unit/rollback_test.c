/*
 * rollback_test.c - changes that must be confirmed: the clock is turned, and they go back by themselves.
 *
 * The promise is that nobody locks himself out: what is asked about here is what a login is asked
 * (line_admits()), and what a frame is.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/config/archive.h"
#include "cli/config/config_edit.h"
#include "cli/config/rollback.h"
#include "tests/unit/rig.h"

enum { MINUTE_MS = 60000 };

static char directory[32];

static int
remove_file(const char *path, const struct stat *st, int type, struct FTW *where)
{
	(void)st;
	(void)type;
	(void)where;
	return remove(path);
}

static int
setup(void **state)
{
	struct rig *g;

	strcpy(directory, "/tmp/acegate-test-XXXXXX");
	assert_non_null(mkdtemp(directory));
	g = rig_create_in(directory, true);
	rig_load(g, "archive\n path flash:config\n"
		    "access-list 10 permit 192.0.2.1\n"
		    "ip access-list extended IN\n permit tcp any any eq 22\n permit ip any any\n"
		    "interface FastEthernet4\n ip access-group IN in\n"
		    "line vty 0 4\n no login\n");
	*state = g;
	return 0;
}

static int
teardown(void **state)
{
	rig_destroy(*state);
	return nftw(directory, remove_file, 8, FTW_DEPTH | FTW_PHYS);
}

/* Would 192.0.2.1 be let in now? */
static bool
admitted(struct rig *g)
{
	return line_admits(g->router, line_get(g->router, LINE_VTY, 0), "192.0.2.1", 40000);
}

static bool
logged(struct rig *g, const char *what)
{
	const char *line;

	for (size_t i = 0; (line = logging_buffer_line(g->router, i)) != NULL; i++)
		if (strstr(line, what) != NULL)
			return true;
	return false;
}

static char *
snapshot(struct rig *g)
{
	struct text t;

	assert_true(config_snapshot(g->router, &t));
	return t.s;
}

static int64_t
tick(struct rig *g)
{
	return config_timers_tick(g->router, g->grammar);
}

static void
test_lock_out_is_rolled_back(void **state)
{
	struct rig *g = *state;
	char *before = snapshot(g), *after;

	assert_true(admitted(g));
	assert_int_equal(tick(g), -1);
	rig_type(g, "configure terminal revert timer 2\n"
		    "no access-list 10\naccess-list 10 deny any\n"
		    "line vty 0 4\naccess-class 10 in\ntransport input none\nend");
	assert_false(admitted(g));
	assert_int_equal(tick(g), MINUTE_MS);
	rig_turn(g, MINUTE_MS);
	assert_int_equal(tick(g), MINUTE_MS);
	assert_true(logged(g, "%ARCHIVE_DIFF-4-ROLLBK_CNFMD_CHG_WARNING_ABSTIMER: System will "
			      "rollback to config flash:config-"));
	rig_turn(g, MINUTE_MS - 1);
	assert_int_equal(tick(g), 1);
	assert_false(admitted(g));
	rig_turn(g, 1);
	assert_int_equal(tick(g), -1);
	assert_true(admitted(g));
	assert_true(logged(g, "%ARCHIVE_DIFF-5-ROLLBK_CNFMD_CHG_ROLLBACK_START: Start rolling to: "
			      "flash:config-"));
	after = snapshot(g);
	assert_string_equal(after, before);
	free(before);
	free(after);
}

static void
test_confirmed_stays(void **state)
{
	struct rig *g = *state;

	rig_type(g, "configure terminal revert timer 1\nhostname R2\nend\nconfigure confirm");
	rig_turn(g, 10 * MINUTE_MS);
	assert_int_equal(tick(g), -1);
	assert_string_equal(router_hostname(g->router), "R2");
	assert_true(logged(g, "%ARCHIVE_DIFF-5-ROLLBK_CNFMD_CHG_CONFIRM: User: console(Priv: 15, "
			      "View: 0): Confirm the configuration change"));
}

/* Every key puts it off; a line that is left alone goes back. */
static void
test_idle_timer(void **state)
{
	struct rig *g = *state;

	rig_type(g, "configure terminal revert timer idle 2\nhostname R2");
	for (int i = 0; i < 5; i++) {
		rig_turn(g, MINUTE_MS + MINUTE_MS / 2);
		(void)tick(g);
		rig_type(g, "!");
		assert_string_equal(router_hostname(g->router), "R2");
	}
	rig_turn(g, 2 * MINUTE_MS);
	(void)tick(g);
	assert_string_equal(router_hostname(g->router), "Router");
}

/* The numbers of a list are in no classic configuration, and come back all the same. */
static void
test_numbers_come_back(void **state)
{
	struct rig *g = *state;
	char *before, *after;

	rig_type(g,
		"configure terminal\nip access-list extended IN\n15 permit udp any any eq 53\nend");
	before = snapshot(g);
	rig_type(g, "configure terminal revert timer 1\n"
		    "ip access-list resequence IN 100 5\n"
		    "ip access-list extended IN\nno 105\n1 deny ip any any\nend\n"
		    "configure revert now");
	after = snapshot(g);
	assert_string_equal(after, before);
	free(before);
	free(after);
}

/* What stays in a list keeps its counter's slot, and the dataplane hears of one change, not of many. */
static void
test_entries_that_stay(void **state)
{
	struct rig *g = *state;
	const struct acl *acl = lists_find(g->router, "IN");
	uint32_t slot = acl_at(acl, 1)->slot;

	rig_type(g, "configure terminal revert timer 1\n"
		    "ip access-list extended IN\n15 deny udp any any\nno 10\nend\n"
		    "configure revert now");
	assert_ptr_equal(lists_find(g->router, "IN"), acl);
	assert_int_equal(acl_length(acl), 2);
	assert_int_equal(acl_at(acl, 1)->slot, slot);
}

/* A backup that nobody could load any more: the configuration stays, and the log says why. */
static void
test_impossible_rollback(void **state)
{
	struct rig *g = *state;
	struct rollback plan = { .minutes = 1,
		.target = strdup("hostname R9\nno such command\nend\n") };
	char *before = snapshot(g), *after;

	rollback_start(g->router, &plan);
	rig_turn(g, MINUTE_MS);
	assert_int_equal(tick(g), -1);
	after = snapshot(g);
	assert_string_equal(after, before);
	assert_true(logged(g, "%ARCHIVE_DIFF-3-ROLLBK_CNFMD_CHG_ERROR: Rollback to config"));
	assert_true(logged(g, "failed, the configuration stays as it is"));
	free(before);
	free(after);
}

/* In config mode as it rolls back: the session finds its bearings. */
static void
test_rollback_under_a_session(void **state)
{
	struct rig *g = *state;

	rig_type(g, "configure terminal revert timer 1\nip access-list extended NEW\n"
		    "permit ip any any");
	rig_turn(g, MINUTE_MS);
	(void)tick(g);
	assert_null(lists_find(g->router, "NEW"));
	rig_type(g, "10 permit tcp any any\nend");
	assert_true(acl_length(lists_find(g->router, "IN")) == 2);
}

static void
test_replace_with_time(void **state)
{
	struct rig *g = *state;

	rig_type(g, "copy running-config flash:a\n\nconfigure terminal\nhostname R2\nend\n"
		    "configure replace flash:a force time 1");
	assert_string_equal(router_hostname(g->router), "Router");
	rig_turn(g, MINUTE_MS);
	(void)tick(g);
	assert_string_equal(router_hostname(g->router), "R2");
}

/* Asserts how many archives there are of this path, and how the newest is called; "" for none. */
static void
assert_archives(struct rig *g, size_t n, const char *newest)
{
	struct archived *v;
	size_t is;

	assert_int_equal(archive_list(g->router, &v, &is), 0);
	assert_int_equal(is, n);
	assert_string_equal(n > 0 ? v[n - 1].name : "", newest);
	free(v);
}

static void
set_path(struct rig *g, const char *path)
{
	char lines[128];

	snprintf(lines, sizeof(lines), "configure terminal\narchive\npath %s\nend", path);
	rig_type(g, lines);
}

/* Each path has its own archives, numbers and maximum, however alike the names begin. */
static void
test_archives_of_a_path(void **state)
{
	struct rig *g = *state;

	rig_type(g, "archive config\narchive config\nmkdir flash:d\n\nconfigure terminal\n"
		    "clock timezone CET 1 0\narchive\nmaximum 1\nend");
	assert_archives(g, 2, "flash:config-Nov-14-22-13-20.123-1");
	set_path(g, "flash:config-x");
	assert_archives(g, 0, "");
	rig_type(g, "archive config");
	assert_archives(g, 1, "flash:config-x-Nov-14-23-13-20.123-CET-0");
	set_path(g, "flash:conf");
	assert_archives(g, 0, "");
	set_path(g, "flash:$h-$t-of");
	rig_type(g, "archive config");
	assert_archives(g, 1, "flash:Router-Nov-14-23-13-20.123-CET-of-0");
	set_path(g, "flash:d/");
	rig_type(g, "archive config");
	assert_archives(g, 1, "flash:d/-Nov-14-23-13-20.123-CET-0");
	set_path(g, "flash:config");
	assert_archives(g, 2, "flash:config-Nov-14-22-13-20.123-1");
	rig_type(g, "archive config");
	assert_archives(g, 1, "flash:config-Nov-14-23-13-20.123-CET-2");
	set_path(g, "flash:config-x");
	assert_archives(g, 1, "flash:config-x-Nov-14-23-13-20.123-CET-0");
}

static void
test_archive_by_the_clock(void **state)
{
	struct rig *g = *state;
	struct archived *v;
	size_t n;

	rig_type(g, "configure terminal\narchive\ntime-period 60\nmaximum 2\nend");
	for (int i = 0; i < 4; i++) {
		assert_true(tick(g) > 0);
		rig_turn(g, 60 * MINUTE_MS);
		assert_true(tick(g) > 0);
	}
	assert_int_equal(archive_list(g->router, &v, &n), 0);
	assert_int_equal(n, 2);
	assert_string_equal(v[0].name, "flash:config-Nov-15-01-13-20.123-2");
	assert_string_equal(v[1].name, "flash:config-Nov-15-02-13-20.123-3");
	free(v);
}

static void
hear(void *arg, const char *text)
{
	text_addf(arg, "%.*s", (int)strcspn(text + 9, "\n"), text + 9);
}

static void
test_reload_in(void **state)
{
	struct rig *g = *state;
	struct text heard = { 0 };

	router_on_broadcast(g->router, hear, &heard);
	rig_type(g, "reload in 31\ny");
	assert_string_equal(heard.s, " --- SHUTDOWN in 00:31:00 ---");
	assert_int_equal(tick(g), MINUTE_MS);
	rig_turn(g, MINUTE_MS);
	assert_int_equal(tick(g), 25 * MINUTE_MS);
	assert_string_equal(heard.s, " --- SHUTDOWN in 00:31:00 --- --- SHUTDOWN in 00:30:00 ---");
	rig_turn(g, 29 * MINUTE_MS);
	assert_int_equal(tick(g), MINUTE_MS);
	assert_false(router_reload_requested(g->router));
	rig_turn(g, MINUTE_MS);
	assert_int_equal(tick(g), -1);
	assert_non_null(strstr(heard.s, "00:01:00 --- --- SHUTDOWN NOW ---"));
	assert_true(router_reload_requested(g->router));
	assert_true(logged(g, "%SYS-5-RELOAD: Reload requested by console. Reload Reason: Reload "
			      "Command."));
	router_on_broadcast(g->router, NULL, NULL);
	text_fini(&heard);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_lock_out_is_rolled_back),
		TEST(test_confirmed_stays),
		TEST(test_idle_timer),
		TEST(test_numbers_come_back),
		TEST(test_entries_that_stay),
		TEST(test_impossible_rollback),
		TEST(test_rollback_under_a_session),
		TEST(test_replace_with_time),
		TEST(test_archives_of_a_path),
		TEST(test_archive_by_the_clock),
		TEST(test_reload_in),
	};

	return cmocka_run_group_tests_name("rollback", tests, NULL, NULL);
}
