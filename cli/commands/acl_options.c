/*
 * acl_options.c - what holds for all access lists: how their hits are logged, how they are written
 * to the configuration, how long reflexive entries live.
 */
#include <stddef.h>

#include "cli/commands/commands.h"
#include "cli/commands/handlers.h"

static int
run_threshold(struct session *s, const struct args *a)
{
	acl_log_set_threshold(session_router(s), args_no(a) ? 0 : args_number(a, "hits", 0));
	return 0;
}

static int
run_interval(struct session *s, const struct args *a)
{
	acl_log_set_interval(session_router(s), args_no(a) ? 0 : args_number(a, "ms", 0));
	return 0;
}

static int
run_persistent(struct session *s, const struct args *a)
{
	router_set_service(session_router(s), SERVICE_ACCESS_LIST_PERSISTENT, !args_no(a));
	return 0;
}

static int
run_reflexive_timeout(struct session *s, const struct args *a)
{
	reflexive_lists_set_timeout(session_router(s),
		args_no(a) ? REFLEXIVE_TIMEOUT_DEFAULT_S : args_number(a, "seconds", 0));
	return 0;
}

#define LIST "Global IP configuration subcommands\nNamed access-list\n"
#define THRESHOLD                                                                                  \
	LIST "Control access list log updates\nSet access list logging threshold\n"                \
	     "Access list logging threshold (number of hits)"
#define INTERVAL                                                                                   \
	LIST "Control access list logging\nSet access list logging interval\n"                     \
	     "Access list logging interval (milliseconds)"
#define TIMEOUT                                                                                    \
	"Global IP configuration subcommands\nReflexive access list\n"                             \
	"Reflexive access list timeout\nTimeout value in seconds"

const struct command acl_option_commands[] = {
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "ip access-list log-update threshold <hits:0-2147483647>",
		.no_syntax = "ip access-list log-update threshold [<hits:0-2147483647>]",
		.help = THRESHOLD,
		.no_help = THRESHOLD,
		.run = run_threshold },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "ip access-list logging interval <ms:0-2147483647>",
		.no_syntax = "ip access-list logging interval [<ms:0-2147483647>]",
		.help = INTERVAL,
		.no_help = INTERVAL,
		.run = run_interval },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "ip access-list persistent",
		.no_syntax = "=",
		.help = LIST "Keep sequence numbers in the configuration",
		.run = run_persistent },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "ip reflexive-list timeout <seconds:1-2147483>",
		.no_syntax = "ip reflexive-list timeout [<seconds:1-2147483>]",
		.help = TIMEOUT,
		.no_help = TIMEOUT,
		.run = run_reflexive_timeout },
	{ .syntax = NULL },
};
