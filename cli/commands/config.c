/*
 * config.c - global configuration that belongs to no other topic: the name, services, and the words
 * of a saved configuration that configure nothing.
 *
 * `version` and the boot markers stand in every configuration IOS prints; they are accepted in
 * silence so that what was saved, or pasted from a real router, loads.
 */
#include <stddef.h>

#include "cli/commands/commands.h"
#include "cli/commands/handlers.h"

static int
run_hostname(struct session *s, const struct args *a)
{
	const char *name = args_no(a) ? "Router" : args_text(a, "name");

	if (router_set_hostname(session_router(s), name) < 0)
		return command_refuse(s, "%% Hostname contains one or more illegal characters.");
	return 0;
}

static int
run_password_encryption(struct session *s, const struct args *a)
{
	struct router *r = session_router(s);

	router_set_service(r, SERVICE_PASSWORD_ENCRYPTION, !args_no(a));
	if (!args_no(a))
		aaa_encrypt_all(r);
	return 0;
}

static int
run_nothing(struct session *s, const struct args *a)
{
	(void)s;
	(void)a;
	return 0;
}

static int
run_exit(struct session *s, const struct args *a)
{
	(void)a;
	session_exit(s);
	return 0;
}

static int
run_end(struct session *s, const struct args *a)
{
	(void)a;
	session_end(s);
	return 0;
}

#define SERVICE "Modify use of network based services\n"

const struct command config_commands[] = {
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "hostname <name:word>",
		.no_syntax = "hostname [<name:line>]",
		.help = "Set system's network name\nThis system's network name",
		.no_help = "Set system's network name\nThis system's network name",
		.run = run_hostname },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "service password-encryption",
		.no_syntax = "=",
		.help = SERVICE "Encrypt system passwords",
		.run = run_password_encryption },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "version <release:word>",
		.help = "Release a configuration was written for\nRelease",
		.flags = CMD_HIDDEN,
		.run = run_nothing },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "boot-start-marker",
		.help = "Start of the boot section",
		.flags = CMD_HIDDEN,
		.run = run_nothing },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "boot-end-marker",
		.help = "End of the boot section",
		.flags = CMD_HIDDEN,
		.run = run_nothing },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "exit",
		.help = "Exit from configure mode",
		.run = run_exit },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "end",
		.help = "Exit from configure mode",
		.run = run_end },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "do <command:exec>",
		.help = "To run exec commands in config mode\nExec Command" },
	{ .syntax = NULL },
};
