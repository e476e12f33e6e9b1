/*
 * show_interfaces.c - the `show` commands about interfaces, their addresses and their traffic.
 */
#include <string.h>

#include "cli/commands/commands.h"
#include "cli/commands/handlers.h"

typedef void interface_maker(struct text *t, struct router *r, const struct interface *only);

/* The makers that take an interface or, with NULL, show all. */
static int
print_interfaces(struct session *s, const struct args *a, interface_maker *make)
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
	static const struct {
		const char *word;
		interface_maker *make;
	} tables[] = {
		{ "counters", show_interfaces_counters },
		{ "description", show_interfaces_description },
		{ "status", show_interfaces_status },
		{ "summary", show_interfaces_summary },
	};

	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		if (args_has(a, tables[i].word))
			return print_interfaces(s, a, tables[i].make);
	return print_interfaces(s, a, show_interfaces);
}

static int
run_ip_interface(struct session *s, const struct args *a)
{
	return print_interfaces(
		s, a, args_has(a, "brief") ? show_ip_interface_brief : show_ip_interface);
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
run_platform_drops(struct session *s, const struct args *a)
{
	struct text t = { 0 };

	(void)a;
	show_platform_drops(&t, session_router(s));
	return command_print(s, &t);
}

#define SHOW "Show running system information\n"
#define INTERFACES SHOW "Interface status and configuration\n"
#define TABLES                                                                                     \
	"Show interface counters\nShow interface description\nShow interface line status\n"        \
	"Show interface summary"
#define IP SHOW "IP information\n"
#define IP_INTERFACE IP "IP interface status and configuration\n"
#define IPV6 SHOW "IPv6 information\n"
#define MAC SHOW "MAC configuration\n"
#define MAC_TABLE "MAC forwarding table"

const struct command show_interface_commands[] = {
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show interfaces [<if:interface>] [counters|description|status|summary]",
		.help = INTERFACES "\n" TABLES,
		.flags = CMD_OUTPUT,
		.run = run_interfaces },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show ip interface [<if:interface>]",
		.help = IP_INTERFACE,
		.flags = CMD_OUTPUT,
		.run = run_ip_interface },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show ip interface brief [<if:interface>]",
		.help = IP_INTERFACE "Brief summary of IP status and configuration\n",
		.flags = CMD_OUTPUT,
		.run = run_ip_interface },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show ipv6 interface [<if:interface>]",
		.help = IPV6 "IPv6 interface status and configuration\n",
		.flags = CMD_OUTPUT,
		.run = run_ipv6_interface },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show mac access-group [interface <if:interface>]",
		.help = MAC "MAC access-group information\nOf one interface\n",
		.flags = CMD_OUTPUT,
		.run = run_mac_access_group },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show mac address-table",
		.help = MAC MAC_TABLE,
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
	{ .syntax = NULL },
};
