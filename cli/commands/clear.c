/*
 * clear.c - `clear ...`: hit counters, reflexive entries, interface counters, the log buffer, learnt
 * stations.
 */
#include <string.h>

#include "cli/commands/commands.h"
#include "cli/commands/handlers.h"

static int
run_clear_hits(struct session *s, const struct args *a)
{
	unsigned kinds = LISTS_ALL;

	if (args_has(a, "ipv6"))
		kinds = LISTS_IPV6;
	else if (args_has(a, "ip"))
		kinds = LISTS_IPV4;
	lists_clear_hits(session_router(s), args_text(a, "list"), kinds);
	return 0;
}

static int
run_clear_reflexive(struct session *s, const struct args *a)
{
	const char *name = args_text(a, "list");

	if (!reflexive_lists_clear(session_router(s), name))
		return command_refuse(s, "%% Reflexive access list %s does not exist", name);
	return 0;
}

static void
logging_answered(struct session *s, const char *answer, void *arg)
{
	(void)arg;
	if (strcmp(answer, "y") == 0)
		logging_clear(session_router(s));
}

static int
run_clear_logging(struct session *s, const struct args *a)
{
	(void)a;
	session_ask(s, ASK_CONFIRM, "Clear logging buffer [confirm]", logging_answered, NULL);
	return 0;
}

static void
counters_answered(struct session *s, const char *answer, void *arg)
{
	struct router *r = session_router(s);
	const struct interface *i = arg; /* interfaces stay for the process's life */
	char by[LINE_USER_MAX + LINE_PEER_MAX + 32];

	if (strcmp(answer, "y") != 0)
		return;
	interface_stats_clear(r, i);
	logging_emit(r, "CLEAR", 5, "COUNTERS", "Clear counter on %s%s by %s",
		i == NULL ? "all interfaces" : "interface ", i == NULL ? "" : i->name,
		command_origin(s, by, sizeof(by)));
}

static int
run_clear_counters(struct session *s, const struct args *a)
{
	struct interface *i = NULL;

	if (args_has(a, "if")) {
		i = command_interface(s, a);
		if (i == NULL)
			return -1;
	}
	session_ask(s, ASK_CONFIRM,
		i == NULL ? "Clear \"show interface\" counters on all interfaces [confirm]"
			  : "Clear \"show interface\" counters on this interface [confirm]",
		counters_answered, i);
	return 0;
}

static int
run_clear_mac(struct session *s, const struct args *a)
{
	struct dataplane *dp = router_dataplane(session_router(s));

	(void)a;
	if (dp != NULL)
		dataplane_mac_clear(dp);
	return 0;
}

#define CLEAR "Reset functions\n"
#define COUNTERS "Clear access list counters\nAccess list number\nAccess list name"
#define LIST "[<list:1-2699>|<list:acl>]"
#define ANY_LIST "[<list:1-2699>|<list:acl-any>]"
#define MAC_DYNAMIC "MAC forwarding table\nDynamic entries"

const struct command clear_commands[] = {
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "clear access-list counters " ANY_LIST,
		.help = CLEAR "Clear access list statistical information\n" COUNTERS,
		.run = run_clear_hits },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "clear ip access-list counters " LIST,
		.help = CLEAR "IP\nClear access list statistical information\n" COUNTERS,
		.run = run_clear_hits },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "clear ipv6 access-list [<list:acl-ipv6>]",
		.help = CLEAR "IPv6\nClear IPv6 access list statistical information\n"
			      "Access list name",
		.run = run_clear_hits },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "clear ip reflexive-list {*|<list:reflexive>}",
		.help = CLEAR "IP\nClear the entries of reflexive access lists\n"
			      "All reflexive access lists\nReflexive access list name",
		.run = run_clear_reflexive },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "clear counters [<if:interface>]",
		.help = CLEAR "Clear counters on one or all interfaces\nInterface name",
		.run = run_clear_counters },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "clear logging",
		.help = CLEAR "Clear logging buffer",
		.run = run_clear_logging },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "clear mac address-table dynamic",
		.help = CLEAR "MAC configuration\n" MAC_DYNAMIC,
		.run = run_clear_mac },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "clear mac-address-table dynamic",
		.help = CLEAR MAC_DYNAMIC,
		.run = run_clear_mac },
	{ .syntax = NULL },
};
