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

static int
run_running_config(struct session *s, const struct args *a)
{
	struct text t = { 0 };

	if (args_has(a, "if")) {
		const struct interface *i = command_interface(s, a);

		if (i == NULL)
			return -1;
		show_running_config_interface(&t, i);
	} else {
		show_running_config(&t, session_router(s));
	}
	return command_print(s, &t);
}

static int
run_startup_config(struct session *s, const struct args *a)
{
	struct text t = { 0 };
	int rc = show_startup_config(&t, session_router(s));

	(void)a;
	if (rc < 0)
		return command_refuse(
			s, "%%Error opening nvram:/startup-config (%s)", strerror(-rc));
	return command_print(s, &t);
}

/* The makers that take an interface or, with NULL, show all. */
static int
print_interfaces(struct session *s, const struct args *a,
	void (*make)(struct text *t, struct router *r, const struct interface *only))
{
	const struct interface *only = NULL;
	struct text t = { 0 };

	if (args_text(a, "if") != NULL) {
		only = command_interface(s, a);
		if (only == NULL)
			return -1;
	}
	make(&t, session_router(s), only);
	return command_print(s, &t);
}

static int
run_interfaces(struct session *s, const struct args *a)
{
	return print_interfaces(s, a, show_interfaces);
}

static int
run_ip_interface(struct session *s, const struct args *a)
{
	return print_interfaces(s, a, show_ip_interface);
}

static int
run_ipv6_interface(struct session *s, const struct args *a)
{
	return print_interfaces(s, a, show_ipv6_interface);
}

static int
run_mac_access_group(struct session *s, const struct args *a)
{
	return print_interfaces(s, a, show_mac_access_group);
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
run_ip_interface_brief(struct session *s, const struct args *a)
{
	(void)a;
	return print_plain(s, show_ip_interface_brief);
}

static int
run_logging(struct session *s, const struct args *a)
{
	(void)a;
	return print_plain(s, show_logging);
}

static int
run_version(struct session *s, const struct args *a)
{
	(void)a;
	return print_plain(s, show_version);
}

static int
run_clock(struct session *s, const struct args *a)
{
	(void)a;
	return print_plain(s, show_clock);
}

static int
run_platform_drops(struct session *s, const struct args *a)
{
	(void)a;
	return print_plain(s, show_platform_drops);
}

static int
run_mac_address_table(struct session *s, const struct args *a)
{
	struct text t = { 0 };
	int rc = show_mac_address_table(&t, session_router(s));

	(void)a;
	if (rc < 0)
		return command_refuse(s, "%% The MAC table cannot be read: %s", strerror(-rc));
	return command_print(s, &t);
}

static int
run_users(struct session *s, const struct args *a)
{
	struct text t = { 0 };

	(void)a;
	show_users(&t, session_router(s), session_line(s));
	return command_print(s, &t);
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
#define MAC "MAC configuration\n"
#define ACL_NUMBER "ACL number\n"
#define ACL_NAME "ACL name"
#define MAC_TABLE "MAC forwarding table"

const struct command show_commands[] = {
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show access-lists [{<list:1-2699>|<list:acl-any>} [detail]]",
		.help = SHOW "List access lists\n" ACL_NUMBER ACL_NAME
			     "\nWith bytes, times and places of the hits",
		.flags = CMD_OUTPUT,
		.run = run_access_lists },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show ip access-lists [<list:1-2699>|<list:acl>]"
			  " [interface <if:ifname> [in|out]]",
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
		.syntax = "show ipv6 interface [<if:ifname>]",
		.help = SHOW IPV6 "IPv6 interface status and configuration\n",
		.flags = CMD_OUTPUT,
		.run = run_ipv6_interface },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show mac access-group [interface <if:ifname>]",
		.help = SHOW MAC "MAC access-group information\nOf one interface\n",
		.flags = CMD_OUTPUT,
		.run = run_mac_access_group },
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
		.privilege = 15,
		.syntax = "show running-config [interface <if:ifname>]",
		.help = SHOW "Current operating configuration\n"
			     "Show interface configuration\n",
		.flags = CMD_OUTPUT,
		.run = run_running_config },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "show startup-config",
		.help = SHOW "Contents of startup configuration",
		.flags = CMD_OUTPUT,
		.run = run_startup_config },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show interfaces [<if:ifname>]",
		.help = SHOW "Interface status and configuration\n",
		.flags = CMD_OUTPUT,
		.run = run_interfaces },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show ip interface [<if:ifname>]",
		.help = SHOW IP "IP interface status and configuration\n",
		.flags = CMD_OUTPUT,
		.run = run_ip_interface },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show ip interface brief",
		.help = SHOW IP "IP interface status and configuration\n"
				"Brief summary of IP status and configuration",
		.flags = CMD_OUTPUT,
		.run = run_ip_interface_brief },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show logging",
		.help = SHOW "Show the contents of logging buffers",
		.flags = CMD_OUTPUT,
		.run = run_logging },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show version",
		.help = SHOW "System hardware and software status",
		.flags = CMD_OUTPUT,
		.run = run_version },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show clock",
		.help = SHOW "Display the system clock",
		.flags = CMD_OUTPUT,
		.run = run_clock },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show mac address-table",
		.help = SHOW MAC MAC_TABLE,
		.flags = CMD_OUTPUT,
		.run = run_mac_address_table },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show mac-address-table",
		.help = SHOW MAC_TABLE,
		.flags = CMD_OUTPUT,
		.run = run_mac_address_table },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show platform drops",
		.help = SHOW "Show platform information\nFrames dropped, by interface and reason",
		.flags = CMD_OUTPUT,
		.run = run_platform_drops },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show users",
		.help = SHOW "Display information about terminal lines",
		.flags = CMD_OUTPUT,
		.run = run_users },
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
