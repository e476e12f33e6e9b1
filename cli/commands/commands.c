/*
 * commands.c - the one explicit list of command tables. A new table is a line here and in
 * commands.h.
 */
#include "cli/commands/commands.h"

const struct command *const command_tables[] = {
	exec_commands,
	idle_commands,
	terminal_commands,
	show_commands,
	show_interface_commands,
	show_system_commands,
	clock_commands,
	ip_commands,
	ping_commands,
	traceroute_commands,
	clear_commands,
	file_commands,
	copy_commands,
	file_system_commands,
	reload_commands,
	archive_commands,
	config_commands,
	acl_commands,
	more_acl_commands,
	acl_option_commands,
	time_range_commands,
	object_group_commands,
	interface_commands,
	interface_parameter_commands,
	inert_commands,
	bridge_commands,
	line_commands,
	lines_commands,
	line_terminal_commands,
	user_commands,
	logging_commands,
	banner_commands,
	login_commands,
	crypto_commands,
	ssh_commands,
	NULL,
};
