/*
 * show.c - the `show` commands: each asks cli/show for a text and prints it.
 *
 * What concerns the session itself (history, privilege, terminal) is printed here, for cli/show
 * knows the router only.
 */
#include <stdio.h>
#include <string.h>

#include "cli/commands/commands.h"
#include "cli/commands/handlers.h"

static int
print_lists(struct session *s, const struct args *a, unsigned kinds)
{
	struct text t = { 0 };
	int rc = show_access_lists(&t, session_router(s), args_text(a, "list"), kinds);

	if (rc < 0)
		t.failed = true;
	return command_print(s, &t);
}

static int
run_access_lists(struct session *s, const struct args *a)
{
	struct text t = { 0 };

	if (!args_has(a, "detail"))
		return print_lists(s, a, LISTS_ALL);
	show_access_lists_detail(&t, session_router(s), args_text(a, "list"));
	return command_print(s, &t);
}

static int
run_ip_access_lists(struct session *s, const struct args *a)
{
	bool both = !args_has(a, "in") && !args_has(a, "out");
	const struct interface *i;
	struct text t = { 0 };

	if (!args_has(a, "if"))
		return print_lists(s, a, LISTS_IPV4);
	i = command_interface(s, a);
	if (i == NULL)
		return -1;
	show_access_lists_interface(&t, session_router(s), i, both || args_has(a, "in"),
		both || args_has(a, "out"), args_text(a, "list"));
	return command_print(s, &t);
}

static int
run_ipv6_access_list(struct session *s, const struct args *a)
{
	return print_lists(s, a, LISTS_IPV6);
}

static int
run_time_range(struct session *s, const struct args *a)
{
	struct text t = { 0 };

	show_time_range(&t, session_router(s), args_text(a, "range"));
	return command_print(s, &t);
}

static int
run_object_group(struct session *s, const struct args *a)
{
	struct text t = { 0 };

	show_object_group(&t, session_router(s), args_text(a, "group"));
	return command_print(s, &t);
}

/* The makers that need to know nothing. */
static int
print_plain(struct session *s, void (*make)(struct text *t, struct router *r))
{
	struct text t = { 0 };

	make(&t, session_router(s));
	return command_print(s, &t);
}

static int
run_logging(struct session *s, const struct args *a)
{
	(void)a;
	return print_plain(s, show_logging);
}

static int
run_history(struct session *s, const struct args *a)
{
	const char *line;

	(void)a;
	for (size_t i = 0; (line = session_history(s, i)) != NULL; i++)
		session_printf(s, "  %s\n", line);
	return 0;
}

static int
run_privilege(struct session *s, const struct args *a)
{
	(void)a;
	session_printf(s, "Current privilege level is %d\n", session_privilege(s));
	return 0;
}

static int
run_terminal(struct session *s, const struct args *a)
{
	(void)a;
	session_printf(
		s, "Length: %d lines, Width: %d columns\n", session_length(s), session_width(s));
	if (session_history_size(s) > 0)
		session_printf(
			s, "History is enabled, history size is %d.\n", session_history_size(s));
	else
		session_print(s, "History is disabled.\n");
	session_printf(
		s, "Log lines are %scopied to this terminal.\n", session_monitor(s) ? "" : "not ");
	return 0;
}

#define SHOW "Show running system information\n"
#define IP "IP information\n"
#define IPV6 "IPv6 information\n"
#define ACL_NUMBER "ACL number\n"
#define ACL_NAME "ACL name"

const struct command show_commands[] = {
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show access-lists [{<list:1-2799>|<list:acl-any>} [detail]]",
		.help = SHOW "List access lists\n" ACL_NUMBER ACL_NAME
			     "\nWith bytes, times and places of the hits",
		.flags = CMD_OUTPUT,
		.run = run_access_lists },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show ip access-lists [<list:1-2699>|<list:acl>]"
			  " [interface <if:interface> [in|out]]",
		.help = SHOW IP "List IP access lists\n" ACL_NUMBER ACL_NAME "\n"
				"Lists applied to an interface, with its own counters\n\n"
				"The list that filters incoming packets\n"
				"The list that filters outgoing packets",
		.flags = CMD_OUTPUT,
		.run = run_ip_access_lists },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show ipv6 access-list [<list:acl-ipv6>]",
		.help = SHOW IPV6 "Summary of access lists\n" ACL_NAME,
		.flags = CMD_OUTPUT,
		.run = run_ipv6_access_list },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show time-range [<range:time-range>]",
		.help = SHOW "Time range\nTime range name",
		.flags = CMD_OUTPUT,
		.run = run_time_range },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show object-group [<group:object-group>]",
		.help = SHOW "List object groups\nObject-group name",
		.flags = CMD_OUTPUT,
		.run = run_object_group },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show logging",
		.help = SHOW "Show the contents of logging buffers",
		.flags = CMD_OUTPUT,
		.run = run_logging },
	/* Everybody types `sh log`: without a word of its own, `show login` would make that ambiguous. */
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show log",
		.help = SHOW "Show the contents of logging buffers",
		.flags = CMD_OUTPUT | CMD_HIDDEN,
		.run = run_logging },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show history",
		.help = SHOW "Display the session command history",
		.flags = CMD_OUTPUT,
		.run = run_history },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show privilege",
		.help = SHOW "Show current privilege level",
		.flags = CMD_OUTPUT,
		.run = run_privilege },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show terminal",
		.help = SHOW "Display terminal configuration parameters",
		.flags = CMD_OUTPUT,
		.run = run_terminal },
	{ .syntax = NULL },
};
