/*
 * interface.c - `interface NAME` and what is configured in its mode.
 *
 * A change of the administrative state is told in the log as IOS does: the interface itself, and
 * then every interface whose line protocol went up or down with it (an SVI follows its members).
 * While the startup-config loads nothing is told: that is how things are, not a change.
 */
#include <string.h>

#include "cli/commands/commands.h"
#include "cli/commands/handlers.h"

static int
run_no_interface(struct session *s, const struct args *a)
{
	struct router *r = session_router(s);
	struct interface *i = command_interface(s, a);

	if (i == NULL)
		return -1;
	if (args_default(a)) {
		interface_set_default(r, i);
		session_printf(s, "Interface %s set to default configuration\n", i->name);
		return 0;
	}
	if (interface_remove(r, i) < 0)
		return command_refuse(s, "%% Removal of physical interfaces is not permitted");
	return 0;
}

static int
run_interface(struct session *s, const struct args *a)
{
	struct interface *i;

	if (args_no(a))
		return run_no_interface(s, a);
	i = interface_create(session_router(s), args_text(a, "if"));
	if (i == NULL)
		return command_refuse(s, "%% No room for another interface");
	session_enter_interface(s, i);
	return 0;
}

static int
run_description(struct session *s, const struct args *a)
{
	interface_set_description(
		session_router(s), session_interface(s), args_no(a) ? "" : args_text(a, "text"));
	return 0;
}

static void
remember_lines(struct router *r, bool up[DP_MAX_INTERFACES])
{
	const struct interface *i;

	for (size_t k = 0; (i = interface_at(r, k)) != NULL; k++)
		up[i->ifindex] = interface_line_up(r, i);
}

static void
tell_state(struct router *r, const struct interface *i)
{
	if (i->shutdown)
		logging_emit(r, "LINK", 5, "CHANGED",
			"Interface %s, changed state to administratively down", i->name);
	else
		logging_emit(r, "LINK", 3, "UPDOWN", "Interface %s, changed state to %s", i->name,
			i->kind == DP_IF_SVI || interface_line_up(r, i) ? "up" : "down");
}

static void
tell_lines(struct router *r, const bool was_up[DP_MAX_INTERFACES])
{
	const struct interface *i;

	for (size_t k = 0; (i = interface_at(r, k)) != NULL; k++) {
		bool up = interface_line_up(r, i);

		if (up != was_up[i->ifindex])
			logging_emit(r, "LINEPROTO", 5, "UPDOWN",
				"Line protocol on Interface %s, changed state to %s", i->name,
				up ? "up" : "down");
	}
}

static int
run_shutdown(struct session *s, const struct args *a)
{
	struct interface *i = session_interface(s);
	struct router *r = session_router(s);
	bool was_up[DP_MAX_INTERFACES];
	bool shutdown = !args_no(a);

	if (i->shutdown == shutdown)
		return 0;
	remember_lines(r, was_up);
	interface_set_shutdown(r, i, shutdown);
	if (session_kind(s) != SESSION_LOADER) {
		tell_state(r, i);
		tell_lines(r, was_up);
	}
	return 0;
}

/*
 * A switchport has no layer 3 side: what filters packets that leave, or IPv6, and bridge groups
 * belong on its VLAN's interface.  Its own lists see what comes in, before the VLAN is switched.
 */
static bool
is_layer3(struct session *s)
{
	return session_interface(s)->kind != DP_IF_SWITCHPORT;
}

static bool
is_switchport(struct session *s)
{
	return !is_layer3(s);
}

/*
 * The name to bind: the one typed, or "" to take it off.  NULL when there is nothing to do: `no`
 * takes off the list it names and no other, a slip must not open the interface.
 */
static const char *
name_to_bind(const struct args *a, const char *bound)
{
	const char *name = args_text(a, "list");

	if (!args_no(a))
		return name;
	return strcmp(name, bound) == 0 ? "" : NULL;
}

/* A number is a list's only in the ranges of IPv4 lists. */
static bool
may_name_ip_list(const char *name)
{
	enum acl_kind kind;

	return *name == '\0' || name[strspn(name, "0123456789")] != '\0' ||
	       acl_number_kind(name, &kind);
}

static int
run_access_group(struct session *s, const struct args *a)
{
	enum acl_direction dir = args_has(a, "in") ? ACL_IN : ACL_OUT;
	struct interface *i = session_interface(s);
	const char *name = name_to_bind(a, i->access_group[dir]);

	if (name != NULL && !may_name_ip_list(name))
		return command_refuse(s, "%% Invalid access list name.");
	if (name != NULL && interface_set_access_group(session_router(s), i, dir, name) < 0)
		return command_refuse(s, "%% Invalid access list name.");
	return 0;
}

static int
run_traffic_filter(struct session *s, const struct args *a)
{
	enum acl_direction dir = args_has(a, "in") ? ACL_IN : ACL_OUT;
	struct interface *i = session_interface(s);
	const char *name = name_to_bind(a, i->traffic_filter[dir]);

	if (name != NULL && interface_set_traffic_filter(session_router(s), i, dir, name) < 0)
		return command_refuse(s, "%% Invalid access list name.");
	return 0;
}

static int
run_mac_access_group(struct session *s, const struct args *a)
{
	struct interface *i = session_interface(s);
	const char *name = name_to_bind(a, i->mac_access_group);

	if (name != NULL && interface_set_mac_access_group(session_router(s), i, name) < 0)
		return command_refuse(s, "%% Invalid access list name.");
	return 0;
}

static int
run_bridge_group(struct session *s, const struct args *a)
{
	struct interface *i = session_interface(s);
	unsigned group = args_number(a, "group", 0);

	if (!args_no(a))
		interface_set_bridge_group(session_router(s), i, group);
	else if (group == i->bridge_group)
		interface_set_bridge_group(session_router(s), i, 0);
	return 0;
}

static int
run_exit(struct session *s, const struct args *a)
{
	(void)a;
	session_exit(s);
	return 0;
}

#define IP "Interface Internet Protocol config commands\n"
#define DESCRIPTION "Interface specific description\nUp to 240 characters describing this interface"
#define ACCESS_GROUP "Specify access control for packets\n"
#define IP_LIST                                                                                    \
	"IP access list (standard or extended)\n"                                                  \
	"IP expanded access list (standard or extended)\n"                                         \
	"Access-list name\n"

const struct command interface_commands[] = {
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "interface <if:ifname>",
		.no_syntax = "=",
		.help = "Select an interface to configure\n",
		.run = run_interface },
	{ .mode = MODE_CONFIG_IF,
		.privilege = 15,
		.syntax = "description <text:line>",
		.no_syntax = "description [<text:line>]",
		.help = DESCRIPTION,
		.no_help = DESCRIPTION,
		.run = run_description },
	{ .mode = MODE_CONFIG_IF,
		.privilege = 15,
		.syntax = "shutdown",
		.no_syntax = "=",
		.help = "Shutdown the selected interface",
		.run = run_shutdown },
	{ .mode = MODE_CONFIG_IF,
		.privilege = 15,
		.syntax = "ip access-group {<list:1-199>|<list:1300-2699>|<list:acl>} in",
		.no_syntax = "=",
		.help = IP ACCESS_GROUP IP_LIST "inbound packets",
		.run = run_access_group },
	{ .mode = MODE_CONFIG_IF,
		.privilege = 15,
		.syntax = "ip access-group {<list:1-199>|<list:1300-2699>|<list:acl>} out",
		.no_syntax = "=",
		.help = IP ACCESS_GROUP IP_LIST "outbound packets",
		.run = run_access_group,
		.offered = is_layer3 },
	{ .mode = MODE_CONFIG_IF,
		.privilege = 15,
		.syntax = "ipv6 traffic-filter <list:acl-ipv6> {in|out}",
		.no_syntax = "=",
		.help = "IPv6 interface subcommands\n"
			"Access control list for packets\n"
			"Access-list name\n"
			"inbound packets\n"
			"outbound packets",
		.run = run_traffic_filter,
		.offered = is_layer3 },
	{ .mode = MODE_CONFIG_IF,
		.privilege = 15,
		.syntax = "mac access-group <list:acl-mac> in",
		.no_syntax = "=",
		.help = "MAC interface commands\n"
			"MAC access-group configuration commands\n"
			"Access-list name\n"
			"Apply to Ingress",
		.run = run_mac_access_group,
		.offered = is_switchport },
	{ .mode = MODE_CONFIG_IF,
		.privilege = 15,
		.syntax = "bridge-group <group:1-255>",
		.no_syntax = "=",
		.help = "Transparent bridging interface parameters\n"
			"Assign an interface to a Bridge Group.",
		.run = run_bridge_group,
		.offered = is_layer3 },
	{ .mode = MODE_CONFIG_IF,
		.privilege = 15,
		.syntax = "exit",
		.help = "Exit from interface configuration mode",
		.run = run_exit },
	{ .syntax = NULL },
};
