/*
 * show_system.c - the `show` commands about the router as a whole: configuration, version, hardware, and
 * what its process uses.
 */
#include <string.h>

#include "cli/commands/commands.h"
#include "cli/commands/handlers.h"

static int
run_running_config(struct session *s, const struct args *a)
{
	struct text t = { 0 };

	if (args_has(a, "if")) {
		const struct interface *i = command_interface(s, a);

		if (i == NULL)
			return -1;
		show_running_config_interface(&t, i);
	} else if (args_has(a, "all")) {
		show_running_config_all(&t, session_router(s));
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

static int
print_plain(struct session *s, void (*make)(struct text *t, struct router *r))
{
	struct text t = { 0 };

	make(&t, session_router(s));
	return command_print(s, &t);
}

static int
run_version(struct session *s, const struct args *a)
{
	(void)a;
	return print_plain(s, show_version);
}

static int
run_inventory(struct session *s, const struct args *a)
{
	(void)a;
	return print_plain(s, show_inventory);
}

static int
run_memory(struct session *s, const struct args *a)
{
	(void)a;
	return print_plain(s, show_memory_statistics);
}

static int
run_processes(struct session *s, const struct args *a)
{
	struct text t = { 0 };

	if (args_has(a, "memory"))
		return print_plain(s, show_processes_memory);
	show_processes_cpu(&t, session_router(s), args_has(a, "sorted"));
	return command_print(s, &t);
}

static int
run_tech_support(struct session *s, const struct args *a)
{
	struct text t = { 0 };
	int rc = show_tech_support(&t, session_router(s));

	(void)a;
	t.failed |= rc < 0;
	return command_print(s, &t);
}

#define SHOW "Show running system information\n"
#define RUNNING SHOW "Current operating configuration\n"
#define PROCESSES SHOW "Active process statistics\n"

const struct command show_system_commands[] = {
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "show running-config [all|full|interface <if:interface>]",
		.help = RUNNING "Configuration with defaults\nfull configuration\n"
				"Show interface configuration\n",
		.flags = CMD_OUTPUT,
		.run = run_running_config },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "show running-config view full",
		.help = RUNNING "View options\nfull configuration",
		.flags = CMD_OUTPUT,
		.run = run_running_config },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "show startup-config",
		.help = SHOW "Contents of startup configuration",
		.flags = CMD_OUTPUT,
		.run = run_startup_config },
	/* Its name of old. */
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "show configuration",
		.help = SHOW "Contents of Non-Volatile memory",
		.flags = CMD_OUTPUT,
		.run = run_startup_config },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show version",
		.help = SHOW "System hardware and software status",
		.flags = CMD_OUTPUT,
		.run = run_version },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show inventory",
		.help = SHOW "Show the physical inventory",
		.flags = CMD_OUTPUT,
		.run = run_inventory },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show memory [statistics]",
		.help = SHOW "Memory statistics\nShow summary information",
		.flags = CMD_OUTPUT,
		.run = run_memory },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show processes [cpu [sorted]|memory]",
		.help = PROCESSES "Show CPU use per process\nShow sorted output\n"
				  "Show memory use per process",
		.flags = CMD_OUTPUT,
		.run = run_processes },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "show tech-support",
		.help = SHOW "Show system information for Tech-Support",
		.flags = CMD_OUTPUT,
		.run = run_tech_support },
	{ .syntax = NULL },
};
