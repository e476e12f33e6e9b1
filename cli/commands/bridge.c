/*
 * bridge.c - `bridge irb` and `bridge N protocol ieee`: which bridge groups there are.
 *
 * Interfaces join one with `bridge-group N` (interface.c).
 */
#include <stddef.h>

#include "cli/commands/commands.h"
#include "cli/commands/handlers.h"

static int
run_irb(struct session *s, const struct args *a)
{
	router_set_bridge_irb(session_router(s), !args_no(a));
	return 0;
}

static int
run_bridge(struct session *s, const struct args *a)
{
	router_set_bridge(session_router(s), args_number(a, "group", 0), !args_no(a));
	return 0;
}

#define BRIDGE "Bridge Group.\n"
#define GROUP_HELP                                                                                 \
	BRIDGE "Bridge Group number for Bridging.\nSpecify spanning tree protocol\n"               \
	       "IEEE 802.1 protocol"

const struct command bridge_commands[] = {
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "bridge irb",
		.no_syntax = "=",
		.help = BRIDGE "Integrated routing and bridging",
		.run = run_irb },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "bridge <group:1-255> protocol ieee",
		.no_syntax = "bridge <group:1-255> [protocol [ieee]]",
		.help = GROUP_HELP,
		.no_help = GROUP_HELP,
		.run = run_bridge },
	{ .syntax = NULL },
};
