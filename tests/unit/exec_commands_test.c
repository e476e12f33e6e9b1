/*
 * exec_commands_test.c - the command tables as a whole, and EXEC: dialogs, refusals, saving and
 * reloading. What is typed and what is said, nothing below that.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/commands/commands.h"
#include "tests/unit/rig.h"

/* ---- the tables ---- */

static void
complain(void *arg, const struct command *shown, const struct command *unheard, const char *token)
{
	(void)arg;
	print_error("%s: \"%s\" and \"%s\" disagree\n", token, shown->syntax, unheard->syntax);
}

static void
check_row(void *arg, const struct command *row)
{
	(void)arg;
	assert_true(row->privilege == 0 || row->privilege == 1 || row->privilege == 15);
	assert_non_null(row->help);
	assert_true(row->mode == MODE_USER_EXEC || row->privilege == 15);
	if (row->no_syntax != NULL && strcmp(row->no_syntax, "=") != 0)
		assert_non_null(row->no_help);
}

static void
test_tables(void **state)
{
	struct rig *g = *state;

	assert_int_equal(grammar_help_conflicts(g->grammar, complain, NULL), 0);
	grammar_each(g->grammar, check_row, NULL);
}

/* ---- EXEC ---- */

static void
test_enable(void **state)
{
	struct rig *g = *state;

	rig_says(g, "disable\nshow privilege\nenable\nshow privilege",
		"Current privilege level is 1\nCurrent privilege level is 15\n");
	rig_load(g, "enable password open\n");
	rig_says(g, "disable\nenable\nwrong\nwrong\nwrong",
		"<Password: ><Password: ><Password: >% Bad passwords\n\n");
	rig_says(g, "enable\nopen\nshow privilege", "<Password: >Current privilege level is 15\n");
	rig_load(g, "enable secret s3same\n");
	rig_says(g, "disable\nenable\nopen\n\nwrong",
		"<Password: ><Password: ><Password: >% Bad secrets\n\n");
	rig_says(g, "enable\nopen\ns3same\nshow privilege\nenable",
		"<Password: ><Password: >Current privilege level is 15\n");
	rig_load(g, "no enable secret\nno enable password\n");
	rig_says(g, "disable\nenable\nshow privilege", "Current privilege level is 15\n");
}

static void
test_configure(void **state)
{
	struct rig *g = *state;
	static const char question[] =
		"<Configuring from terminal, memory, or network [terminal]? >";
	char expected[256];

	rig_says(g, "configure terminal\nend", RIG_CONFIGURE);
	snprintf(expected, sizeof(expected), "%s%s", question, RIG_CONFIGURE);
	rig_says(g, "configure\n\nend", expected);
	rig_says(g, "configure\nterm\nend", expected);
	snprintf(expected, sizeof(expected), "%s?Must be \"terminal\"\n", question);
	rig_says(g, "configure\nnetwork", expected);
	assert_int_equal(session_mode(g->session), MODE_USER_EXEC);
	rig_says(g, "disable\nconfigure terminal",
		"       ^\n% Invalid input detected at '^' marker.\n\n");
}

static void
test_leaving(void **state)
{
	struct rig *g = *state;

	rig_type(g, "configure terminal\ninterface Vlan1\nexit");
	assert_int_equal(session_mode(g->session), MODE_GLOBAL_CONFIG);
	rig_type(g, "line con 0\nend");
	assert_int_equal(session_mode(g->session), MODE_USER_EXEC);
	rig_says(g, "logout", "<closed>");
}

static void
test_terminal(void **state)
{
	struct rig *g = *state;

	rig_type(g, "terminal length 0\nterminal width 132\nterminal history size 3");
	assert_int_equal(session_length(g->session), 0);
	assert_int_equal(session_width(g->session), 132);
	rig_says(g, "show terminal",
		"Length: 0 lines, Width: 132 columns\n"
		"History is enabled, history size is 3.\n"
		"Log lines are not copied to this terminal.\n");
	rig_type(g, "terminal no length\nterminal no width\nterminal no history");
	rig_says(g, "show terminal",
		"Length: 24 lines, Width: 80 columns\n"
		"History is disabled.\n"
		"Log lines are not copied to this terminal.\n");
	rig_says(g, "terminal monitor", "% Console already monitors\n");
	rig_type(g, "terminal no history size");
	rig_says(g, "show clock\nshow history",
		"*22:13:20.123 UTC Tue Nov 14 2023\n  show clock\n  show history\n");
}

static void
test_show_refuses_what_is_not_there(void **state)
{
	struct rig *g = *state;

	rig_says(g, "show interfaces gi0/7",
		"                         ^\n% Invalid input detected at '^' marker.\n\n");
	rig_says(g, "show access-lists NOEXIST", "");
	rig_says(g, "show ip access-lists interface vlan 1 in", "");
	rig_says(
		g, "show mac address-table | count Fa", "Number of lines which match regexp = 0\n");
}

/* ---- clear ---- */

static void
test_clear(void **state)
{
	struct rig *g = *state;

	logging_emit(g->router, "SYS", 5, "TEST", "a line");
	rig_says(g, "clear logging\nn", "<Clear logging buffer [confirm]>");
	assert_non_null(logging_buffer_line(g->router, 0));
	rig_says(g, "clear logging\n", "<Clear logging buffer [confirm]>");
	assert_null(logging_buffer_line(g->router, 0));
	rig_says(g,
		"clear access-list counters\nclear ip access-list counters 101\n"
		"clear access-list counters NAME\nclear mac address-table dynamic",
		"");
}

/* ---- saving and reloading ---- */

static void
test_save_dialogs(void **state)
{
	char path[] = "/tmp/acegate-commands-XXXXXX";
	int fd = mkstemp(path);
	struct rig *g;

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	g = rig_create(path, false);
#define SAVED "Building configuration...\n[OK]\n"
	rig_says(g, "write", SAVED);
	rig_says(g, "copy running-config startup-config\n",
		"<Destination filename [startup-config]? >" SAVED);
	rig_says(g, "copy run start\nstartup-config",
		"<Destination filename [startup-config]? >" SAVED);
	rig_says(g, "copy run start\nflash:x",
		"<Destination filename [startup-config]? >%Error opening nvram:/flash:x "
		"(Permission denied)\n");
#define ERASE                                                                                      \
	"<Erasing the nvram filesystem will remove all configuration files! Continue? [confirm]>"
	rig_says(g, "erase startup-config\nn", ERASE);
	assert_int_equal(access(path, F_OK), 0);
	rig_says(g, "write erase\n", ERASE "[OK]\nErase of nvram: complete\n");
	assert_int_equal(access(path, F_OK), -1);
	rig_destroy(g);
	unlink(path);
}

/* Nowhere to save to: said, and nothing pretended. */
static void
test_save_fails(void **state)
{
	rig_says(*state, "write memory",
		"Building configuration...\n"
		"%Error writing nvram:/startup-config (the router was started without -c)\n");
}

static void
test_reload(void **state)
{
	char path[] = "/tmp/acegate-commands-XXXXXX";
	int fd = mkstemp(path);
	struct rig *g;

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	g = rig_create(path, false);
#define PROCEED "<Proceed with reload? [confirm]>"
#define MODIFIED "<System configuration has been modified. Save? [yes/no]: >"
	rig_says(g, "reload\nn", PROCEED);
	rig_type(g, "configure terminal\nhostname Changed\nend");
	rig_says(g, "reload\nmaybe\nno\nn",
		MODIFIED "% Please answer 'yes' or 'no'.\n" MODIFIED PROCEED);
	assert_false(router_reload_requested(g->router));
	rig_says(g, "reload\nyes\nn", MODIFIED SAVED PROCEED);
	/* Saved; only the comment about the last change would differ now. */
	rig_turn(g, 1000);
	rig_type(g, "configure terminal\nend");
	logging_clear(g->router);
	rig_says(g, "reload\n", PROCEED);
	assert_true(router_reload_requested(g->router));
	assert_string_equal(logging_buffer_line(g->router, 0),
		"*Nov 14 22:13:21.123: %SYS-5-RELOAD: Reload requested by console."
		" Reload Reason: Reload Command.");
	rig_destroy(g);
	unlink(path);
}

static void
batch_said(void *arg, const char *text, size_t len)
{
	text_addf(arg, "%.*s", (int)len, text);
}

static void
batch_asked(void *arg, enum ask_kind kind, const char *prompt)
{
	(void)kind;
	fail_msg("a batch was asked \"%s\"; it has said %s", prompt, ((struct text *)arg)->s);
}

static void
batch_closed(void *arg)
{
	(void)arg; /* session_closed() tells */
}

/*
 * Nobody is there to say yes or no: what would be lost is kept.  Once it is saved a batch goes ahead; over
 * SSH nobody has confirmed anything.
 */
static void
reload_in_a(enum session_kind kind, bool goes_ahead)
{
	char path[] = "/tmp/acegate-commands-XXXXXX";
	int fd = mkstemp(path);
	struct text said = { 0 };
	const struct session_ops ops = { batch_said, batch_asked, batch_closed, &said };
	struct session *batch;
	struct rig *g;

	assert_true(fd >= 0);
	close(fd);
	g = rig_create(path, false);
	rig_type(g, "configure terminal\nhostname Changed\nend");
	batch = session_create(g->router, g->grammar, kind, NULL, &ops);
	assert_non_null(batch);
	session_set_privilege(batch, 15);
	assert_int_equal(session_execute(batch, "reload"), -1);
	assert_string_equal(said.s, "System configuration has been modified. Save? [yes/no]: \n");
	assert_false(router_reload_requested(g->router) || session_closed(batch));
	assert_int_equal(session_execute(batch, "write memory"), 0);
	assert_int_equal(session_execute(batch, "reload"), 0);
	assert_int_equal(router_reload_requested(g->router), goes_ahead);
	assert_int_equal(session_closed(batch), goes_ahead);
	session_destroy(batch);
	text_fini(&said);
	rig_destroy(g);
	unlink(path);
}

static void
test_reload_in_a_batch(void **state)
{
	(void)state;
	reload_in_a(SESSION_BATCH, true);
	reload_in_a(SESSION_EXEC, false); /* ssh HOST reload */
}

/* `ssh HOST "write erase"`: shown, not confirmed, not done; what has a default takes it. */
static void
test_one_command_confirms_nothing(void **state)
{
	char path[] = "/tmp/acegate-commands-XXXXXX";
	int fd = mkstemp(path);
	struct text said = { 0 };
	const struct session_ops ops = { batch_said, batch_asked, batch_closed, &said };
	struct session *s;
	struct rig *g;

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	g = rig_create(path, false);
	s = session_create(g->router, g->grammar, SESSION_EXEC, NULL, &ops);
	assert_non_null(s);
	session_set_privilege(s, 15);
	logging_emit(g->router, "SYS", 5, "TEST", "a line");
	assert_int_equal(session_execute(s, "copy running-config startup-config"), 0);
	assert_int_equal(session_execute(s, "write erase"), 0);
	assert_int_equal(session_execute(s, "clear logging"), 0);
	assert_string_equal(said.s,
		"Destination filename [startup-config]? \n" SAVED
		"Erasing the nvram filesystem will remove all configuration files! Continue? "
		"[confirm]\n"
		"Clear logging buffer [confirm]\n");
	assert_int_equal(access(path, F_OK), 0);
	assert_non_null(logging_buffer_line(g->router, 0));
	session_destroy(s);
	text_fini(&said);
	rig_destroy(g);
	unlink(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_RIG(test_tables),
		WITH_RIG(test_enable),
		WITH_RIG(test_configure),
		WITH_RIG(test_leaving),
		WITH_RIG(test_terminal),
		WITH_RIG(test_show_refuses_what_is_not_there),
		WITH_RIG(test_clear),
		cmocka_unit_test(test_save_dialogs),
		WITH_RIG(test_save_fails),
		cmocka_unit_test(test_reload),
		cmocka_unit_test(test_reload_in_a_batch),
		cmocka_unit_test(test_one_command_confirms_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
