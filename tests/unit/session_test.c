/*
 * session_test.c - a login's life: the dialogs of each kind of line, modes left and noted, history,
 * terminal sizes, batch sessions and the configuration loader.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/lib/shell.h"

static int
run_configure(struct session *s, const struct args *a)
{
	(void)a;
	session_enter(s, MODE_GLOBAL_CONFIG);
	return 0;
}

static int
run_hostname(struct session *s, const struct args *a)
{
	if (router_set_hostname(session_router(s), args_text(a, "name")) == 0)
		return 0;
	session_print(s, "% Bad\nname\n");
	return -1;
}

static int
run_end(struct session *s, const struct args *a)
{
	(void)a;
	session_end(s);
	return 0;
}

static int
run_exit(struct session *s, const struct args *a)
{
	(void)a;
	session_exit(s);
	return 0;
}

static int
run_interface(struct session *s, const struct args *a)
{
	session_enter_interface(s, interface_find(session_router(s), args_text(a, "name")));
	return 0;
}

static void
erase_answered(struct session *s, const char *answer, void *arg)
{
	session_printf(s, "%s %s\n", (const char *)arg, answer);
}

static int
run_erase(struct session *s, const struct args *a)
{
	(void)a;
	session_ask(s, ASK_CONFIRM, "Erase? [confirm]", erase_answered, (void *)"erased");
	return 0;
}

static int
run_copy(struct session *s, const struct args *a)
{
	(void)a;
	session_ask(s, ASK_LINE, "Where to? ", erase_answered, (void *)"copied to");
	return 0;
}

static int
run_secret(struct session *s, const struct args *a)
{
	(void)s;
	(void)a;
	return 0;
}

static const struct command exec_table[] = {
	{ .syntax = "configure terminal", .privilege = 15, .help = "\n", .run = run_configure },
	{ .syntax = "erase", .help = "", .run = run_erase },
	{ .syntax = "copy", .help = "", .run = run_copy },
	{ .syntax = "secret <word:word>",
		.help = "\n",
		.flags = CMD_NO_HISTORY,
		.run = run_secret },
	{ .syntax = "exit", .help = "", .run = run_exit },
	{ .syntax = NULL },
};

static const struct command config_table[] = {
	{ .mode = MODE_GLOBAL_CONFIG,
		.syntax = "hostname <name:word>",
		.help = "\n",
		.run = run_hostname },
	{ .mode = MODE_GLOBAL_CONFIG,
		.syntax = "interface <name:ifname>",
		.help = "\n",
		.run = run_interface },
	{ .mode = MODE_GLOBAL_CONFIG, .syntax = "end", .help = "", .run = run_end },
	{ .mode = MODE_GLOBAL_CONFIG, .syntax = "exit", .help = "", .run = run_exit },
	{ .mode = MODE_CONFIG_IF, .syntax = "shutdown", .help = "", .run = run_secret },
	{ .mode = MODE_CONFIG_IF, .syntax = "exit", .help = "", .run = run_exit },
	{ .syntax = NULL },
};

static const struct command *const tables[] = { exec_table, config_table, NULL };

static int
setup(void **state)
{
	static struct shell sh;

	shell_boot(&sh, tables);
	*state = &sh;
	return 0;
}

static int
teardown(void **state)
{
	shell_close(*state);
	return 0;
}

static void
console_goes_straight_in(void **state)
{
	struct shell *sh = *state;

	shell_connect(sh, SESSION_CONSOLE);
	assert_string_equal(sh->screen, "");
	assert_string_equal(sh->question, "");
	assert_string_equal(shell_prompt(sh), "Router>");
	assert_int_equal(session_privilege(sh->session), 1);
	assert_true(sh->line->busy);
}

static void
unconfigured_vty_refuses(void **state)
{
	struct shell *sh = *state;

	shell_connect(sh, SESSION_VTY);
	assert_string_equal(sh->screen, "\n\nPassword required, but none set\n");
	assert_true(sh->closed);
	assert_true(session_closed(sh->session));
}

static void
line_password(void **state)
{
	struct shell *sh = *state;
	struct line *vty0 = line_get(sh->router, LINE_VTY, 0);

	strcpy(vty0->password, "letmein");
	vty0->privilege = 15;
	shell_connect(sh, SESSION_VTY);
	assert_string_equal(sh->screen, "\n\nUser Access Verification\n\n");
	assert_string_equal(sh->question, "Password: ");
	assert_int_equal(sh->ask_kind, ASK_SECRET);
	assert_string_equal(shell_answer(sh, "wrong"), "");
	assert_string_equal(sh->question, "Password: ");
	assert_string_equal(shell_answer(sh, "letmein"), "");
	assert_string_equal(sh->question, "");
	assert_string_equal(shell_prompt(sh), "Router#");
	assert_false(sh->closed);
}

static void
bad_passwords(void **state)
{
	struct shell *sh = *state;

	strcpy(line_get(sh->router, LINE_VTY, 0)->password, "letmein");
	shell_connect(sh, SESSION_VTY);
	assert_string_equal(shell_answer(sh, "letmei"), "");
	assert_string_equal(shell_answer(sh, ""), "");
	assert_string_equal(shell_answer(sh, "letmein "), "% Bad passwords\n");
	assert_true(sh->closed);
	assert_false(session_asking(sh->session));
}

static void
add_user(struct shell *sh, const char *name, const char *secret, int privilege)
{
	struct aaa_user *u = aaa_user_create(sh->router, name);

	assert_non_null(u);
	u->privilege = privilege;
	assert_int_equal(aaa_secret_make(&u->secret, false, 0, secret, false), 0);
	line_get(sh->router, LINE_VTY, 0)->login = LOGIN_LOCAL;
}

static void
local_user(void **state)
{
	struct shell *sh = *state;

	add_user(sh, "admin", "s3cret", 15);
	shell_connect(sh, SESSION_VTY);
	assert_string_equal(sh->question, "Username: ");
	assert_int_equal(sh->ask_kind, ASK_LINE);
	/* Blank names only ask again, however many. */
	for (int i = 0; i < 10; i++) {
		assert_string_equal(shell_answer(sh, ""), "");
		assert_string_equal(sh->question, "Username: ");
	}
	shell_answer(sh, "admin");
	assert_string_equal(sh->question, "Password: ");
	assert_string_equal(shell_answer(sh, "guess"), "% Login invalid\n\n");
	assert_string_equal(sh->question, "Username: ");
	shell_answer(sh, "admin");
	assert_string_equal(shell_answer(sh, "s3cret"), "");
	assert_string_equal(shell_prompt(sh), "Router#");
	assert_string_equal(session_user(sh->session), "admin");
	assert_string_equal(sh->line->user, "admin");
}

static void
login_invalid(void **state)
{
	struct shell *sh = *state;

	add_user(sh, "admin", "s3cret", 15);
	shell_connect(sh, SESSION_VTY);
	for (int i = 0; i < 3; i++) {
		assert_false(sh->closed);
		shell_answer(sh, i == 1 ? "nobody" : "admin");
		assert_string_equal(shell_answer(sh, "s3cre"), "% Login invalid\n\n");
	}
	assert_true(sh->closed);
}

static void
login_timeouts(void **state)
{
	struct shell *sh = *state;

	add_user(sh, "admin", "s3cret", 1);
	shell_connect(sh, SESSION_VTY);
	assert_int_equal(session_patience_s(sh->session), 30);
	sh->len = 0;
	session_timed_out(sh->session);
	assert_string_equal(sh->screen, "\n% Username:  timeout expired!\n");
	assert_string_equal(sh->question, "Username: ");
	shell_answer(sh, "admin");
	session_timed_out(sh->session);
	assert_string_equal(sh->screen, "\n% Password:  timeout expired!\n");
	/* Ctrl-C does not get one out of a login. */
	session_interrupt(sh->session);
	assert_true(session_asking(sh->session));
	sh->len = 0;
	session_timed_out(sh->session);
	assert_string_equal(sh->screen, "\n% Username:  timeout expired!\n% Bad passwords\n");
	assert_true(sh->closed);
}

static void
idle_sessions_end(void **state)
{
	struct shell *sh = *state;

	line_get(sh->router, LINE_VTY, 0)->login = LOGIN_NONE;
	shell_connect(sh, SESSION_VTY);
	assert_int_equal(session_patience_s(sh->session), 600);
	sh->line->exec_timeout_s = 0;
	assert_int_equal(session_patience_s(sh->session), 0);
	session_timed_out(sh->session);
	assert_string_equal(sh->screen, "");
	assert_true(sh->closed);
	assert_false(session_returns(sh->session));
}

static void
console_times_out(void **state)
{
	struct shell *sh = *state;

	shell_connect(sh, SESSION_CONSOLE);
	assert_false(session_returns(sh->session));
	sh->len = 0;
	session_timed_out(sh->session);
	assert_string_equal(sh->screen, "\n\n\nRouter con0 is now available\n\n\n\n\n"
					"Press RETURN to get started.\n\n\n\n\n\n\n\n");
	assert_true(sh->closed);
	assert_true(session_returns(sh->session));
	session_destroy(sh->session);
	/* Who leaves by himself is gone. */
	shell_connect(sh, SESSION_CONSOLE);
	shell_type(sh, "exit");
	assert_true(sh->closed);
	assert_false(session_returns(sh->session));
}

/* Ctrl-C that comes while a line is being run: a question ends, a mode does not. */
static void
stopping_a_line(void **state)
{
	struct shell *sh = *state;

	shell_connect(sh, SESSION_CONSOLE);
	session_set_privilege(sh->session, 15);
	shell_type(sh, "configure terminal");
	assert_string_equal(shell_prompt(sh), "Router(config)#");
	session_stop(sh->session);
	assert_string_equal(shell_prompt(sh), "Router(config)#");
	session_interrupt(sh->session);
	assert_string_equal(shell_prompt(sh), "Router#");
	shell_type(sh, "erase");
	assert_true(session_asking(sh->session));
	session_stop(sh->session);
	assert_false(session_asking(sh->session));
}

static void
lines_are_released(void **state)
{
	struct shell *sh = *state;
	struct session *first;

	line_get(sh->router, LINE_VTY, 0)->login = LOGIN_NONE;
	shell_connect(sh, SESSION_VTY);
	assert_true(sh->line->busy);
	session_destroy(sh->session);
	assert_false(sh->line->busy);
	/* con 0 is shared: it is free when the one who had it first has gone. */
	shell_connect(sh, SESSION_CONSOLE);
	first = sh->session;
	shell_connect(sh, SESSION_CONSOLE);
	session_destroy(sh->session);
	assert_true(sh->line->busy);
	session_destroy(first);
	assert_false(sh->line->busy);
	sh->session = NULL;
}

/* ---- leaving config ---- */

struct heard {
	char line[256];
	unsigned count;
};

static void
hear(void *arg, enum log_destination which, const char *line)
{
	struct heard *h = arg;

	if (which != LOG_TO_CONSOLE)
		return;
	h->count++;
	snprintf(h->line, sizeof(h->line), "%s", strchr(line, '%'));
}

static void
leaving_config_is_noted(void **state)
{
	struct shell *sh = *state;
	struct heard h = { .count = 0 };
	const char *who;

	logging_listen(sh->router, hear, &h);
	shell_connect(sh, SESSION_CONSOLE);
	session_set_privilege(sh->session, 15);
	assert_int_equal(router_last_change(sh->router, &who), 0);
	shell_type(sh, "configure terminal");
	shell_type(sh, "interface fa4");
	assert_int_equal(h.count, 0);
	session_interrupt(sh->session);
	assert_string_equal(shell_prompt(sh), "Router#");
	assert_string_equal(h.line, "%SYS-5-CONFIG_I: Configured from console by console");
	assert_int_equal(router_last_change(sh->router, &who), 1700000000);
	session_interrupt(sh->session);
	assert_int_equal(h.count, 1);
	shell_type(sh, "configure terminal");
	session_end_key(sh->session, "hostname Lab");
	assert_string_equal(shell_prompt(sh), "Lab#");
	shell_type(sh, "configure terminal");
	shell_type(sh, "exit");
	assert_int_equal(h.count, 3);
	session_destroy(sh->session);

	add_user(sh, "admin", "s3cret", 15);
	shell_connect(sh, SESSION_VTY);
	strcpy(sh->line->peer, "192.0.2.7");
	shell_answer(sh, "admin");
	shell_answer(sh, "s3cret");
	shell_type(sh, "configure terminal");
	/* A lost connection leaves it too. */
	session_destroy(sh->session);
	assert_string_equal(
		h.line, "%SYS-5-CONFIG_I: Configured from console by admin on vty0 (192.0.2.7)");
	router_last_change(sh->router, &who);
	assert_string_equal(who, "admin");

	line_get(sh->router, LINE_VTY, 0)->login = LOGIN_NONE;
	line_get(sh->router, LINE_VTY, 0)->privilege = 15;
	shell_connect(sh, SESSION_VTY);
	strcpy(sh->line->peer, "192.0.2.8");
	shell_type(sh, "configure terminal");
	shell_type(sh, "end");
	assert_string_equal(h.line, "%SYS-5-CONFIG_I: Configured from console by vty0 (192.0.2.8)");
	logging_unlisten(sh->router, hear, &h);
}

static void
long_names_are_cut_in_config(void **state)
{
	struct shell *sh = *state;

	assert_int_equal(router_set_hostname(sh->router, "a-router-with-a-long-name"), 0);
	shell_connect(sh, SESSION_CONSOLE);
	assert_string_equal(shell_prompt(sh), "a-router-with-a-long-name>");
	session_enter(sh->session, MODE_CONFIG_LINE);
	assert_string_equal(shell_prompt(sh), "a-router-with-a-long(config-line)#");
}

/* ---- questions ---- */

static void
questions(void **state)
{
	struct shell *sh = *state;

	shell_connect(sh, SESSION_CONSOLE);
	shell_type(sh, "erase");
	assert_string_equal(sh->question, "Erase? [confirm]");
	assert_int_equal(sh->ask_kind, ASK_CONFIRM);
	assert_string_equal(shell_answer(sh, ""), "erased y\n");
	shell_type(sh, "erase");
	assert_string_equal(shell_answer(sh, "Yes"), "erased y\n");
	shell_type(sh, "erase");
	assert_string_equal(shell_answer(sh, "q"), "erased n\n");
	shell_type(sh, "copy");
	assert_string_equal(shell_answer(sh, " x "), "copied to  x \n");
	/* A line typed ahead of a question is its answer. */
	shell_type(sh, "copy");
	assert_string_equal(shell_type(sh, "there"), "copied to there\n");
	shell_type(sh, "copy");
	session_interrupt(sh->session);
	assert_false(session_asking(sh->session));
	assert_string_equal(sh->screen, "");
}

static void
batch(void **state)
{
	struct shell *sh = *state;

	shell_connect(sh, SESSION_BATCH);
	assert_string_equal(shell_prompt(sh), "Router#");
	assert_string_equal(shell_type(sh, "erase"), "Erase? [confirm]\nerased y\n");
	assert_string_equal(shell_type(sh, "copy"), "Where to? \ncopied to \n");
	assert_string_equal(shell_type(sh, "copy that"),
		"Router#copy that\n            ^\n% Invalid input detected at '^' marker.\n\n");
	assert_string_equal(shell_type(sh, "copy\tthat"),
		"Router#copy\tthat\n           \t^\n% Invalid input detected at '^' marker.\n\n");
	assert_string_equal(shell_type(sh, "secret a\xc3\xa4 b"),
		"Router#secret a\xc3\xa4 b\n                 ^\n"
		"% Invalid input detected at '^' marker.\n\n");
	assert_int_equal(session_length(sh->session), 0);
	assert_int_equal(session_width(sh->session), 0);
	assert_int_equal(session_patience_s(sh->session), 0);
	assert_null(session_line(sh->session));
	assert_string_equal(shell_type(sh, "exit"), "");
	assert_true(sh->closed);
}

static void
long_lines(void **state)
{
	struct shell *sh = *state;
	char line[WORDS_MAX_LINE + 1];

	shell_connect(sh, SESSION_CONSOLE);
	memset(line, 'x', sizeof(line) - 1);
	line[sizeof(line) - 1] = '\0';
	assert_string_equal(shell_type(sh, line), "% Line is too long\n");
	memcpy(line, "secret ", 7);
	line[WORDS_MAX_LINE - 1] = '\0';
	assert_string_equal(shell_type(sh, line), "");
	/* More words than anything takes. */
	for (size_t i = 0; i < WORDS_MAX_LINE - 1; i++)
		line[i] = i % 2 == 0 ? 'x' : ' ';
	assert_non_null(strstr(shell_type(sh, line), "% Invalid input"));
	assert_string_equal(shell_help(sh, line), "% Unrecognized command\n");
}

/* ---- terminal, history ---- */

static void
terminal_sizes(void **state)
{
	struct shell *sh = *state;

	shell_connect(sh, SESSION_CONSOLE);
	assert_int_equal(session_length(sh->session), 24);
	assert_int_equal(session_width(sh->session), 80);
	session_set_window(sh->session, 50, 132);
	assert_int_equal(session_length(sh->session), 50);
	assert_int_equal(session_width(sh->session), 132);
	sh->line->length = 0;
	assert_int_equal(session_length(sh->session), 0);
	session_set_length(sh->session, 10);
	session_set_width(sh->session, 0);
	assert_int_equal(session_length(sh->session), 10);
	assert_int_equal(session_width(sh->session), 0);
	session_set_width(sh->session, -1);
	assert_int_equal(session_width(sh->session), 132);
}

static void
check_history(struct shell *sh, const char *want)
{
	char text[512] = "";
	const char *line;

	for (size_t i = 0; (line = session_history(sh->session, i)) != NULL; i++)
		sprintf(text + strlen(text), "%s;", line);
	assert_string_equal(text, want);
}

static void
histories(void **state)
{
	struct shell *sh = *state;
	char line[32];

	shell_connect(sh, SESSION_CONSOLE);
	session_set_privilege(sh->session, 15);
	shell_type(sh, "nonsense here");
	shell_type(sh, "secret word");
	shell_type(sh, "! note");
	shell_type(sh, "");
	shell_type(sh, "configure terminal");
	check_history(sh, "");
	shell_type(sh, "hostname a");
	shell_type(sh, "hostname a");
	check_history(sh, "hostname a;");
	shell_type(sh, "end");
	check_history(sh, "nonsense here;configure terminal;");
	for (int i = 0; i < 12; i++) {
		snprintf(line, sizeof(line), "line %d", i);
		shell_type(sh, line);
	}
	check_history(
		sh, "line 2;line 3;line 4;line 5;line 6;line 7;line 8;line 9;line 10;line 11;");
	session_set_history_size(sh->session, 2);
	check_history(sh, "line 10;line 11;");
	session_set_history_size(sh->session, 0);
	shell_type(sh, "line 12");
	check_history(sh, "");
	session_set_history_size(sh->session, 100000);
	assert_int_equal(session_history_size(sh->session), 256);
}

/* ---- the loader ---- */

static void
note_fault(void *arg, unsigned line, const char *message)
{
	char *text = arg;

	sprintf(text + strlen(text), "%u: %s\n", line, message);
}

static void
loader(void **state)
{
	struct shell *sh = *state;
	struct heard h = { .count = 0 };
	char faults[512] = "";
	const char *who;

	logging_listen(sh->router, hear, &h);
	assert_int_equal(session_load(sh->router, sh->grammar,
				 "Building configuration...\n"
				 "\n"
				 "Current configuration : 123 bytes\r\n"
				 "!\n"
				 "hostname One\r\n"
				 "interface Vlan1\n"
				 " shutdown\n"
				 "hostname Two\n"
				 "interface fa0\n"
				 " exit\n"
				 "exit\n"
				 "hostnam\n"
				 "hostname bad name\n"
				 "hostname -\n"
				 "e\n"
				 "interface fast ethernet 0\n"
				 "Current configuration : 5 bytes\n"
				 "hostname Three\n"
				 "end\n"
				 "hostname Four\n",
				 note_fault, faults),
		6);
	assert_string_equal(faults, "12: % Incomplete command.\n"
				    "13: % Invalid input detected at 'name'\n"
				    "14: % Bad name\n"
				    "15: % Ambiguous command:  \"e\"\n"
				    "16: % Invalid input detected at 'ethernet'\n"
				    "17: % Invalid input detected at 'Current'\n");
	assert_string_equal(router_hostname(sh->router), "Three");
	assert_int_equal(h.count, 0);
	assert_int_equal(router_last_change(sh->router, &who), 0);
	faults[0] = '\0';
	assert_int_equal(
		session_load(sh->router, sh->grammar, "hostname Five", note_fault, faults), 0);
	assert_string_equal(router_hostname(sh->router), "Five");
	assert_int_equal(session_load(sh->router, sh->grammar, "", note_fault, faults), 0);
	logging_unlisten(sh->router, hear, &h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(console_goes_straight_in, setup, teardown),
		cmocka_unit_test_setup_teardown(unconfigured_vty_refuses, setup, teardown),
		cmocka_unit_test_setup_teardown(line_password, setup, teardown),
		cmocka_unit_test_setup_teardown(bad_passwords, setup, teardown),
		cmocka_unit_test_setup_teardown(local_user, setup, teardown),
		cmocka_unit_test_setup_teardown(login_invalid, setup, teardown),
		cmocka_unit_test_setup_teardown(login_timeouts, setup, teardown),
		cmocka_unit_test_setup_teardown(idle_sessions_end, setup, teardown),
		cmocka_unit_test_setup_teardown(console_times_out, setup, teardown),
		cmocka_unit_test_setup_teardown(stopping_a_line, setup, teardown),
		cmocka_unit_test_setup_teardown(lines_are_released, setup, teardown),
		cmocka_unit_test_setup_teardown(leaving_config_is_noted, setup, teardown),
		cmocka_unit_test_setup_teardown(long_names_are_cut_in_config, setup, teardown),
		cmocka_unit_test_setup_teardown(questions, setup, teardown),
		cmocka_unit_test_setup_teardown(batch, setup, teardown),
		cmocka_unit_test_setup_teardown(long_lines, setup, teardown),
		cmocka_unit_test_setup_teardown(terminal_sizes, setup, teardown),
		cmocka_unit_test_setup_teardown(histories, setup, teardown),
		cmocka_unit_test_setup_teardown(loader, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
