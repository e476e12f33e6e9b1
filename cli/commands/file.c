/*
 * file.c - write and erase: the startup-config, in the words everybody has in his fingers.
 *
 * The dialogs are those of IOS 15.  A batch session, which answers every question with Enter,
 * is not asked what Enter would confirm, so that a failure is the command's own and reaches the
 * exit status.
 */
#include <stdlib.h>
#include <string.h>

#include "cli/commands/commands.h"
#include "cli/commands/handlers.h"
#include "cli/commands/saving.h"

static int
erase(struct session *s)
{
	int rc = config_store_erase(session_router(s));

	if (rc < 0)
		return command_refuse(s, "%%Error erasing nvram: (%s)", strerror(-rc));
	session_print(s, "[OK]\nErase of nvram: complete\n");
	return 0;
}

static void
erase_answered(struct session *s, const char *answer, void *arg)
{
	(void)arg;
	if (strcmp(answer, "y") == 0)
		erase(s);
}

static int
run_erase(struct session *s, const struct args *a)
{
	(void)a;
	if (session_kind(s) == SESSION_BATCH)
		return erase(s);
	session_ask(s, ASK_CONFIRM,
		"Erasing the nvram filesystem will remove all configuration files!"
		" Continue? [confirm]",
		erase_answered, NULL);
	return 0;
}

static int
run_write(struct session *s, const struct args *a)
{
	struct text t = { 0 };

	if (args_has(a, "erase"))
		return run_erase(s, a);
	if (!args_has(a, "terminal"))
		return saving_save(s);
	show_running_config(&t, session_router(s));
	return command_print(s, &t);
}

#define WRITE "Write running configuration to memory or terminal\n"
#define ERASE "Erase a filesystem\n"

const struct command file_commands[] = {
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "write [memory|erase]",
		.help = WRITE "Write to NV memory\nErase NV memory",
		.run = run_write },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "write terminal",
		.help = WRITE "Write to terminal",
		.flags = CMD_OUTPUT,
		.run = run_write },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "erase {startup-config|nvram:}",
		.help = ERASE "Erase contents of configuration memory\nFilesystem to be erased",
		.run = run_erase },
	{ .syntax = NULL },
};
