/*
 * idle.c - EXEC commands typed by reflex, whose true answer is that there is nothing: no debugging is
 * ever on, no session is opened from here, and the working directory is always flash: itself.
 */
#include "cli/commands/commands.h"
#include "cli/commands/handlers.h"

static int
run_no_debugging(struct session *s, const struct args *a)
{
	(void)a;
	session_print(s, "All possible debugging has been turned off\n");
	return 0;
}

/* IOS lists what is on, behind an empty line; nothing can be. */
static int
run_show_debugging(struct session *s, const struct args *a)
{
	(void)a;
	session_print(s, "\n");
	return 0;
}

static int
run_show_sessions(struct session *s, const struct args *a)
{
	(void)a;
	session_print(s, "% No connections open\n");
	return 0;
}

static int
run_pwd(struct session *s, const struct args *a)
{
	(void)a;
	session_print(s, "flash:\n");
	return 0;
}

/* To where one is anyway. */
static int
run_cd(struct session *s, const struct args *a)
{
	(void)s;
	(void)a;
	return 0;
}

#define SHOW "Show running system information\n"

const struct command idle_commands[] = {
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "undebug all",
		.help = "Disable debugging functions (see also 'debug')\nEnable all debugging",
		.run = run_no_debugging },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "no debug all",
		.help = "Disable debugging functions\nDebugging functions (see also 'undebug')\n"
			"Enable all debugging",
		.run = run_no_debugging },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show debugging",
		.help = SHOW "State of each debugging option",
		.flags = CMD_OUTPUT,
		.run = run_show_debugging },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show sessions",
		.help = SHOW "Information about Telnet connections",
		.flags = CMD_OUTPUT,
		.run = run_show_sessions },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "pwd",
		.help = "Display current working directory",
		.flags = CMD_OUTPUT,
		.run = run_pwd },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "cd [flash:]",
		.help = "Change current directory\nDirectory name",
		.run = run_cd },
	{ .syntax = NULL },
};
