/*
 * commands.h - every command table, in the one explicit list the grammar is built from.
 */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "cli/grammar/grammar.h"

extern const struct command exec_commands[];	 /* exec.c: enable, disable, configure, exit, ... */
extern const struct command idle_commands[];	 /* idle.c: undebug all, show sessions, pwd, ... */
extern const struct command terminal_commands[]; /* terminal.c */
extern const struct command show_commands[];	 /* show.c */
extern const struct command show_interface_commands[]; /* show_interfaces.c */
extern const struct command show_system_commands[]; /* show_system.c: version, running-config, ... */
extern const struct command clock_commands[];	 /* clock.c: the time, log stamps */
extern const struct command ip_commands[];	 /* ip.c: names, routes */
extern const struct command ping_commands[];	 /* ping.c */
extern const struct command traceroute_commands[]; /* traceroute.c */
extern const struct command interface_parameter_commands[]; /* interface_parameters.c */
extern const struct command clear_commands[];	 /* clear.c */
extern const struct command file_commands[];	 /* file.c: write, erase */
extern const struct command copy_commands[];	 /* copy.c */
extern const struct command file_system_commands[]; /* file_system.c: dir, more, delete, ... */
extern const struct command reload_commands[];	 /* reload.c */
extern const struct command archive_commands[];	 /* archive.c: and configure replace, confirm */
extern const struct command config_commands[]; /* config.c: hostname, service, end, exit, do, ... */
extern const struct command acl_commands[]; /* access_list.c: both forms and the two nacl modes */
extern const struct command more_acl_commands[]; /* ipv6_mac_list.c: IPv6 and MAC lists */
extern const struct command acl_option_commands[]; /* acl_options.c: logging, persistent, ... */
extern const struct command time_range_commands[]; /* time_range.c */
extern const struct command object_group_commands[]; /* object_group.c */
extern const struct command interface_commands[]; /* interface.c */
extern const struct command inert_commands[];	  /* inert.c: what is kept and does nothing */
extern const struct command bridge_commands[];	  /* bridge.c */
extern const struct command line_commands[];	  /* line.c */
extern const struct command lines_commands[];	  /* lines.c: show line, show users, clear line */
extern const struct command line_terminal_commands[]; /* line_terminal.c */
extern const struct command user_commands[];	  /* user.c: username, enable secret|password */
extern const struct command banner_commands[];	  /* banner.c */
extern const struct command login_commands[];	  /* login.c: login block-for, show login, ... */
extern const struct command crypto_commands[];	  /* crypto.c: crypto key ... */
extern const struct command ssh_commands[];	  /* ssh.c: ip ssh, show ssh */
extern const struct command logging_commands[];	  /* logging.c */

/* NULL-terminated; what grammar_create() takes. */
extern const struct command *const command_tables[];

#endif
