/*
 * commands.c - the one explicit list of command tables. A new table is a line here and in
 * commands.h.
 */
#include "cli/commands/commands.h"

const struct command *const command_tables[] = {
	exec_commands,
	terminal_commands,
	show_commands,
	clear_commands,
	file_commands,
	config_commands,
	acl_commands,
	more_acl_commands,
	acl_option_commands,
	time_range_commands,
	object_group_commands,
	interface_commands,
	bridge_commands,
	line_commands,
	user_commands,
	logging_commands,
	NULL,
};
