/*
 * file.c - saving, erasing and reloading: write, copy, erase, reload.
 *
 * The dialogs are those of IOS 15.  A batch session, which answers every question with Enter,
 * is not asked what Enter would confirm, so that a failure is the command's own and reaches the
 * exit status.  Enter is no answer to the [yes/no] before a reload that would lose changes: there
 * a batch is refused, and says `write memory` first.
 */
#include <stdlib.h>
#include <errno.h>
#include <string.h>

#include "cli/commands/commands.h"
#include "cli/commands/handlers.h"

static int
save(struct session *s)
{
	struct router *r = session_router(s);
	struct text config = { 0 };
	int rc;

	session_print(s, "Building configuration...\n");
	show_config_file(&config, r);
	if (config.failed) {
		text_fini(&config);
		return command_refuse(s, "%%Error: out of memory, nothing was saved");
	}
	rc = config_store_save(r, config.s, config.len);
	text_fini(&config);
	if (rc == -ENOENT && config_store_path(session_router(s)) == NULL)
		return command_refuse(s, "%%Error writing nvram:/startup-config "
					 "(the router was started without -c)");
	if (rc < 0)
		return command_refuse(
			s, "%%Error writing nvram:/startup-config (%s)", strerror(-rc));
	session_print(s, "[OK]\n");
	return 0;
}

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
		return save(s);
	show_running_config(&t, session_router(s));
	return command_print(s, &t);
}

static void
copy_answered(struct session *s, const char *answer, void *arg)
{
	(void)arg;
	if (answer[0] == '\0' || strcmp(answer, "startup-config") == 0)
		save(s);
	else
		command_refuse(s, "%%Error opening nvram:/%s (Permission denied)", answer);
}

static int
run_copy(struct session *s, const struct args *a)
{
	(void)a;
	if (session_kind(s) == SESSION_BATCH)
		return save(s);
	session_ask(s, ASK_LINE, "Destination filename [startup-config]? ", copy_answered, NULL);
	return 0;
}

/* A configuration without the comments before it, which say when it was changed. */
static const char *
skip_comments(const char *config)
{
	while (*config == '!') {
		config = strchrnul(config, '\n');
		config += *config == '\n';
	}
	return config;
}

/* Changed since start, and not what is stored. */
static bool
is_modified(struct router *r)
{
	struct text running = { 0 };
	const char *who;
	char *stored;
	size_t len;
	bool same;

	if (router_last_change(r, &who) == 0)
		return false;
	if (config_store_load(r, &stored, &len) < 0)
		return true;
	show_config_file(&running, r);
	same = !running.failed && strcmp(skip_comments(running.s), skip_comments(stored)) == 0;
	text_fini(&running);
	free(stored);
	return !same;
}

static void
reload_confirmed(struct session *s, const char *answer, void *arg)
{
	struct router *r = session_router(s);
	char origin[LINE_USER_MAX + LINE_PEER_MAX + 32];

	(void)arg;
	if (strcmp(answer, "y") != 0)
		return;
	logging_emit(r, "SYS", 5, "RELOAD",
		"Reload requested by %s. Reload Reason: Reload Command.",
		command_origin(s, origin, sizeof(origin)));
	router_request_reload(r);
	/* A console stays, and meets the new router; a login ends, and a batch in order. */
	if (session_kind(s) != SESSION_CONSOLE)
		session_close(s);
}

static void
ask_reload(struct session *s)
{
	session_ask(s, ASK_CONFIRM, "Proceed with reload? [confirm]", reload_confirmed, NULL);
}

static void ask_save(struct session *s);

static void
save_answered(struct session *s, const char *answer, void *arg)
{
	const struct word word = { .text = answer, .len = strlen(answer) };
	bool yes = word.len != 0 && word_abbreviates(&word, "yes");

	(void)arg;
	if (!yes && (word.len == 0 || !word_abbreviates(&word, "no"))) {
		session_print(s, "% Please answer 'yes' or 'no'.\n");
		ask_save(s);
	} else if (!yes || save(s) == 0) {
		ask_reload(s);
	}
}

static const char save_question[] = "System configuration has been modified. Save? [yes/no]: ";

static void
ask_save(struct session *s)
{
	session_ask(s, ASK_LINE, save_question, save_answered, NULL);
}

static int
run_reload(struct session *s, const struct args *a)
{
	(void)a;
	if (!is_modified(session_router(s)))
		ask_reload(s);
	else if (session_kind(s) == SESSION_BATCH)
		return command_refuse(s, "%s", save_question);
	else
		ask_save(s);
	return 0;
}

#define WRITE "Write running configuration to memory or terminal\n"

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
		.syntax = "copy running-config startup-config",
		.help = "Copy from one file to another\n"
			"Copy from current system configuration\n"
			"Copy to startup configuration",
		.run = run_copy },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "erase startup-config",
		.help = "Erase a filesystem\nErase contents of configuration memory",
		.run = run_erase },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "reload",
		.help = "Halt and perform a cold restart",
		.run = run_reload },
	{ .syntax = NULL },
};
