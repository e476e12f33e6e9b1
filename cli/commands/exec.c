/*
 * exec.c - EXEC's own commands: privilege, entering configuration, leaving, help.
 *
 * The enable dialog is IOS's: three tries, then "% Bad secrets" (or "% Bad passwords" when only an
 * enable password is set).  With neither set the console, which someone stands in front of, may go
 * on; a vty may not ("% No password set").  As Cisco IOS 15 does.
 */
#include <stdint.h>
#include <string.h>

#include "cli/commands/commands.h"
#include "cli/commands/handlers.h"

enum { ENABLE_TRIES = 3, PRIVILEGE_LEAST = 1 };

struct enabling {
	int level;
	unsigned tries;
};

/* Of a router where nobody was ever given an enable password, the console may take any level. */
static bool
may_without(struct session *s)
{
	struct router *r = session_router(s);
	enum session_kind kind = session_kind(s);

	return kind != SESSION_VTY && kind != SESSION_EXEC &&
	       !aaa_enable_secret(r, AAA_LEVEL_FULL)->set &&
	       !aaa_enable_password(r, AAA_LEVEL_FULL)->set;
}

/* What this level asks for; unset when nothing is configured for it. */
static const struct aaa_secret *
level_secret(struct session *s, int level)
{
	struct router *r = session_router(s);
	const struct aaa_secret *secret = aaa_enable_secret(r, level);

	return secret->set ? secret : aaa_enable_password(r, level);
}

static void enable_answered(struct session *s, const char *answer, void *arg);

static void
enable_checked(struct session *s, bool right, void *arg)
{
	struct enabling *e = arg;

	if (right)
		session_set_privilege(s, e->level);
	else if (++e->tries < ENABLE_TRIES)
		session_ask(s, ASK_SECRET, "Password: ", enable_answered, e);
	else
		session_print(s, level_secret(s, e->level)->reversible ? "% Bad passwords\n\n"
								       : "% Bad secrets\n\n");
}

static void
enable_answered(struct session *s, const char *answer, void *arg)
{
	struct enabling *e = arg;

	session_verify(s, level_secret(s, e->level), answer, true, enable_checked, e);
}

static int
run_enable(struct session *s, const struct args *a)
{
	int level = (int)args_number(a, "level", AAA_LEVEL_FULL);
	struct enabling *e;

	if (level <= session_privilege(s)) {
		session_set_privilege(s, level);
		return 0;
	}
	if (!level_secret(s, level)->set) {
		if (!may_without(s))
			return command_refuse(s, "%% No password set");
		session_set_privilege(s, level);
		return 0;
	}
	e = session_memory(s, sizeof(*e));
	if (e == NULL)
		return command_refuse(s, "%% Out of memory");
	e->level = level;
	session_ask(s, ASK_SECRET, "Password: ", enable_answered, e);
	return 0;
}

static int
run_disable(struct session *s, const struct args *a)
{
	int level = (int)args_number(a, "level", PRIVILEGE_LEAST);

	if (level > session_privilege(s))
		return command_refuse(
			s, "%% New privilege level must be less than current privilege level");
	session_set_privilege(s, level);
	return 0;
}

static void
enter_config(struct session *s)
{
	session_print(s, "Enter configuration commands, one per line.  End with CNTL/Z.\n");
	session_enter(s, MODE_GLOBAL_CONFIG);
}

static void
configure_answered(struct session *s, const char *answer, void *arg)
{
	const struct word word = { .text = answer, .len = strlen(answer) };

	(void)arg;
	if (word.len == 0 || word_abbreviates(&word, "terminal"))
		enter_config(s);
	else
		session_print(s, "?Must be \"terminal\"\n");
}

static int
run_configure(struct session *s, const struct args *a)
{
	if (args_has(a, "terminal"))
		enter_config(s);
	else
		session_ask(s, ASK_LINE,
			"Configuring from terminal, memory, or network [terminal]? ",
			configure_answered, NULL);
	return 0;
}

static int
run_exit(struct session *s, const struct args *a)
{
	(void)a;
	session_close(s);
	return 0;
}

static int
run_help(struct session *s, const struct args *a)
{
	(void)a;
	session_print(s, "Help may be requested at any point in a command by entering\n"
			 "a question mark '?'.  If nothing matches, the help list will\n"
			 "be empty and you must backup until entering a '?' shows the\n"
			 "available options.\n"
			 "Two styles of help are provided:\n"
			 "1. Full help is available when you are ready to enter a\n"
			 "   command argument (e.g. 'show ?') and describes each possible\n"
			 "   argument.\n"
			 "2. Partial help is provided when an abbreviated argument is entered\n"
			 "   and you want to know what arguments match the input\n"
			 "   (e.g. 'show pr?'.)\n\n");
	return 0;
}

#define LEAVE "Exit from the EXEC"

const struct command exec_commands[] = {
	{ .mode = MODE_USER_EXEC,
		.privilege = 0,
		.syntax = "enable [<level:1-15>]",
		.help = "Turn on privileged commands\nEnable level",
		.run = run_enable },
	{ .mode = MODE_USER_EXEC,
		.privilege = 0,
		.syntax = "disable [<level:0-15>]",
		.help = "Turn off privileged commands\nPrivilege level to go to",
		.run = run_disable },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "configure [terminal]",
		.help = "Enter configuration mode\nConfigure from the terminal",
		.run = run_configure },
	{ .mode = MODE_USER_EXEC,
		.privilege = 0,
		.syntax = "exit",
		.help = LEAVE,
		.run = run_exit },
	{ .mode = MODE_USER_EXEC,
		.privilege = 0,
		.syntax = "logout",
		.help = LEAVE,
		.run = run_exit },
	{ .mode = MODE_USER_EXEC,
		.privilege = 0,
		.syntax = "quit",
		.help = LEAVE,
		.flags = CMD_HIDDEN,
		.run = run_exit },
	{ .mode = MODE_USER_EXEC,
		.privilege = 0,
		.syntax = "help",
		.help = "Description of the interactive help system",
		.run = run_help },
	{ .syntax = NULL },
};
