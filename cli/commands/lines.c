/*
 * lines.c - the terminal lines at work: show line, show users, who, clear line.
 *
 * A line is named by its kind and number, or by its absolute number alone, as `show line` counts them.
 */
#include <stdint.h>
#include <string.h>

#include "cli/commands/commands.h"
#include "cli/commands/handlers.h"

/* The line that was typed; NULL when none was. */
static struct line *
line_of(struct session *s, const struct args *a)
{
	struct router *r = session_router(s);

	if (args_has(a, "console"))
		return line_get(r, LINE_CON, 0);
	if (args_has(a, "aux"))
		return line_get(r, LINE_AUX, 0);
	if (args_has(a, "vty"))
		return line_get(r, LINE_VTY, args_number(a, "number", 0));
	return args_has(a, "absolute") ? line_at(r, args_number(a, "absolute", 0)) : NULL;
}

static int
run_show_line(struct session *s, const struct args *a)
{
	struct text t = { 0 };

	show_line(&t, session_router(s), line_of(s, a));
	return command_print(s, &t);
}

static int
run_users(struct session *s, const struct args *a)
{
	struct text t = { 0 };

	show_users(&t, session_router(s), session_line(s), args_has(a, "all"));
	return command_print(s, &t);
}

static void
clear_answered(struct session *s, const char *answer, void *arg)
{
	struct line *l = arg; /* lines stay for the process's life */

	if (strcmp(answer, "y") != 0)
		return;
	session_print(s, " [OK]\n");
	line_hang_up(l);
}

static int
run_clear_line(struct session *s, const struct args *a)
{
	struct line *l = line_of(s, a);

	if (l == session_line(s))
		return command_refuse(s, "%% Not allowed to clear current line");
	session_ask(s, ASK_CONFIRM, "[confirm]", clear_answered, l);
	return 0;
}

#define LINE_SYNTAX "{<absolute:0-17>|aux <number:0-0>|console <number:0-0>|vty <number:0-15>}"
#define LINE_HELP                                                                                  \
	"Line number\nAuxiliary line\nLine number\nPrimary terminal line\nLine number\n"           \
	"Virtual terminal\nLine number"
#define SHOW "Show running system information\n"
#define ALL "Include information about inactive ports"

const struct command lines_commands[] = {
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show line [" LINE_SYNTAX "]",
		.help = SHOW "TTY line information\n" LINE_HELP,
		.flags = CMD_OUTPUT,
		.run = run_show_line },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show users [all]",
		.help = SHOW "Display information about terminal lines\n" ALL,
		.flags = CMD_OUTPUT,
		.run = run_users },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "who [all]",
		.help = "Display information about terminal lines\n" ALL,
		.flags = CMD_OUTPUT | CMD_HIDDEN,
		.run = run_users },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "clear line " LINE_SYNTAX,
		.help = "Reset functions\nReset a terminal line\n" LINE_HELP,
		.run = run_clear_line },
	{ .syntax = NULL },
};
