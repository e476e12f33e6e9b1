/*
 * file_system.c - dir, more, delete, rename, mkdir, rmdir, verify, show flash:, show file systems.
 *
 * The dialogs are IOS's: the name is asked for again, a deletion once more, and `file prompt quiet` does
 * away with both.  A batch answers as Enter would.  Only flash: can be changed this way.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cli/commands/commands.h"
#include "cli/commands/file_dialog.h"
#include "cli/commands/handlers.h"
#include "cli/files/md5.h"
#include "cli/show/files.h"

struct dialog {
	struct url url, to;
	bool force, recursive;
};

static struct dialog *
dialog_begin(struct session *s, const struct args *a)
{
	struct dialog *d = session_memory(s, sizeof(*d));

	if (d == NULL) {
		command_refuse(s, "%% Low on memory");
		return NULL;
	}
	return file_url(s, args_text(a, "file"), &d->url) ? d : NULL;
}

/* ---- dir, more, verify ---- */

static int
run_dir(struct session *s, const struct args *a)
{
	const char *name = args_text(a, "file");
	struct text t = { 0 };
	struct url u;
	int rc;

	if (!file_url(s, name != NULL ? name : "flash:", &u))
		return -1;
	rc = show_directory(&t, session_router(s), &u, args_has(a, "/recursive"));
	if (rc < 0) {
		text_fini(&t);
		return file_refuse(s, "opening", &u, rc);
	}
	return command_print(s, &t);
}

static int
run_dir_all(struct session *s, const struct args *a)
{
	struct text t = { 0 };

	(void)a;
	for (const struct url_file_system *fs = url_file_systems; fs->prefix != NULL; fs++) {
		const struct url u = { .place = fs->place };

		if (t.len > 0)
			text_add(&t, "\n");
		(void)show_directory(&t, session_router(s), &u, false);
	}
	return command_print(s, &t);
}

static int
run_more(struct session *s, const struct args *a)
{
	struct text t = { 0 };
	struct url u;
	char *text;
	size_t len;
	int rc;

	if (!file_url(s, args_text(a, "file"), &u))
		return -1;
	rc = url_load(session_router(s), &u, &text, &len);
	if (rc < 0)
		return file_refuse(s, "opening", &u, rc);
	t.s = text;
	t.len = len;
	return command_print(s, &t);
}

static int
run_verify(struct session *s, const struct args *a)
{
	const char *wanted = args_text(a, "md5");
	char name[URL_TEXT_MAX], found[MD5_TEXT_MAX];
	struct url u;
	int rc;

	if (!file_url(s, args_text(a, "file"), &u))
		return -1;
	rc = md5_of(session_router(s), &u, found);
	if (rc < 0)
		return file_refuse(s, "opening", &u, rc);
	session_print(s, "Done!\n");
	url_text(&u, name);
	if (wanted == NULL)
		session_printf(s, "verify /md5 (%s) = %s\n\n", name, found);
	else if (strcasecmp(wanted, found) == 0)
		session_printf(s, "Verified (%s) = %s\n\n", name, found);
	else
		return command_refuse(s,
			"%%Error verifying %s\nComputed signature  = %s\nSubmitted signature = %s",
			name, found, wanted);
	return 0;
}

static int
run_show_flash(struct session *s, const struct args *a)
{
	const struct url flash = { .place = URL_FLASH };
	struct text t = { 0 };
	int rc = show_flash(&t, session_router(s));

	(void)a;
	return rc < 0 ? file_refuse(s, "opening", &flash, rc) : command_print(s, &t);
}

static int
run_show_file_systems(struct session *s, const struct args *a)
{
	struct text t = { 0 };

	(void)a;
	show_file_systems(&t, session_router(s));
	return command_print(s, &t);
}

/* ---- delete ---- */

/* A directory with all that is in it. 0 or -errno. */
static int
delete_tree(struct router *r, const char *path)
{
	char below[FILES_PATH_MAX + FILES_PART_MAX + 2];
	struct file_info *v = NULL;
	size_t n = 0;
	int rc = files_list(r, path, &v, &n);

	for (size_t i = 0; rc == 0 && i < n; i++) {
		snprintf(below, sizeof(below), "%s/%s", path, v[i].name);
		rc = v[i].directory ? delete_tree(r, below) : files_remove(r, below);
	}
	free(v);
	return rc < 0 ? rc : files_remove_directory(r, path);
}

static int
delete_now(struct session *s, const struct dialog *d)
{
	struct router *r = session_router(s);
	struct file_info info;
	int rc;

	if (d->url.place != URL_FLASH)
		return file_refuse(s, "deleting", &d->url, -EACCES);
	rc = files_info(r, d->url.path, &info);
	if (rc == 0 && info.directory)
		rc = d->recursive && d->url.path[0] != '\0' ? delete_tree(r, d->url.path) : -EISDIR;
	else if (rc == 0)
		rc = files_remove(r, d->url.path);
	return rc < 0 ? file_refuse(s, "deleting", &d->url, rc) : 0;
}

static void
delete_confirmed(struct session *s, const char *answer, void *arg)
{
	if (strcmp(answer, "y") == 0)
		(void)delete_now(s, arg);
}

static void
delete_named(struct session *s, const char *answer, void *arg)
{
	char name[URL_TEXT_MAX], question[URL_TEXT_MAX + 32];
	struct dialog *d = arg;

	if (!file_renamed(s, answer, &d->url))
		return;
	snprintf(question, sizeof(question), "Delete %s? [confirm]", url_text(&d->url, name));
	session_ask(s, ASK_CONFIRM, question, delete_confirmed, d);
}

static int
run_delete(struct session *s, const struct args *a)
{
	struct dialog *d = dialog_begin(s, a);

	if (d == NULL)
		return -1;
	d->force = args_has(a, "/force");
	d->recursive = args_has(a, "/recursive");
	if (d->force || file_asks_nothing(s))
		return delete_now(s, d);
	file_ask_name(s, "Delete filename", &d->url, delete_named, d);
	return 0;
}

/* ---- rename, mkdir, rmdir ---- */

static int
rename_now(struct session *s, struct dialog *d)
{
	int rc = -EXDEV;

	if (d->url.place == URL_FLASH && d->to.place == URL_FLASH)
		rc = files_rename(session_router(s), d->url.path, d->to.path);
	return rc < 0 ? file_refuse(s, "renaming", &d->url, rc) : 0;
}

static void
rename_named(struct session *s, const char *answer, void *arg)
{
	struct dialog *d = arg;

	if (file_renamed(s, answer, &d->to))
		(void)rename_now(s, d);
}

static int
run_rename(struct session *s, const struct args *a)
{
	struct dialog *d = dialog_begin(s, a);

	if (d == NULL || !file_url(s, args_text(a, "to"), &d->to))
		return -1;
	if (file_asks_nothing(s))
		return rename_now(s, d);
	file_ask_name(s, "Destination filename", &d->to, rename_named, d);
	return 0;
}

static int
mkdir_now(struct session *s, const struct dialog *d)
{
	char name[URL_TEXT_MAX];
	int rc = -EACCES;

	if (d->url.place == URL_FLASH)
		rc = files_make_directory(session_router(s), d->url.path);
	if (rc < 0)
		return file_refuse(s, "creating dir", &d->url, rc);
	session_printf(s, "Created dir %s\n", url_text(&d->url, name));
	return 0;
}

static void
mkdir_named(struct session *s, const char *answer, void *arg)
{
	struct dialog *d = arg;

	if (file_renamed(s, answer, &d->url))
		(void)mkdir_now(s, d);
}

static int
run_mkdir(struct session *s, const struct args *a)
{
	struct dialog *d = dialog_begin(s, a);

	if (d == NULL)
		return -1;
	if (file_asks_nothing(s))
		return mkdir_now(s, d);
	file_ask_name(s, "Create directory filename", &d->url, mkdir_named, d);
	return 0;
}

static int
rmdir_now(struct session *s, const struct dialog *d)
{
	char name[URL_TEXT_MAX];
	int rc = -EACCES;

	if (d->url.place == URL_FLASH)
		rc = files_remove_directory(session_router(s), d->url.path);
	if (rc < 0)
		return file_refuse(s, "removing dir", &d->url, rc);
	session_printf(s, "Removed dir %s\n", url_text(&d->url, name));
	return 0;
}

static void
rmdir_confirmed(struct session *s, const char *answer, void *arg)
{
	if (strcmp(answer, "y") == 0)
		(void)rmdir_now(s, arg);
}

static void
rmdir_named(struct session *s, const char *answer, void *arg)
{
	char name[URL_TEXT_MAX], question[URL_TEXT_MAX + 32];
	struct dialog *d = arg;

	if (!file_renamed(s, answer, &d->url))
		return;
	snprintf(question, sizeof(question), "Delete %s? [confirm]", url_text(&d->url, name));
	session_ask(s, ASK_CONFIRM, question, rmdir_confirmed, d);
}

static int
run_rmdir(struct session *s, const struct args *a)
{
	struct dialog *d = dialog_begin(s, a);

	if (d == NULL)
		return -1;
	if (file_asks_nothing(s))
		return rmdir_now(s, d);
	file_ask_name(s, "Remove directory filename", &d->url, rmdir_named, d);
	return 0;
}

/* ---- configuration ---- */

static int
run_file_prompt(struct session *s, const struct args *a)
{
	files_set_prompt_quiet(session_router(s), !args_no(a) && args_has(a, "quiet"));
	return 0;
}

static int
run_scp_server(struct session *s, const struct args *a)
{
	files_set_scp_server(session_router(s), !args_no(a));
	return 0;
}

#define SHOW "Show running system information\n"
#define DIR "List files on a filesystem\n"
#define PROMPT                                                                                     \
	"Adjust file system parameters\nSet the prompting level\n"                                 \
	"Prompt only for destructive file operations\n"                                            \
	"Confirm parameters for all file operations\n"                                             \
	"Seldom prompt for file operations"

const struct command file_system_commands[] = {
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "dir [/all|/recursive] [<file:file>]",
		.help = DIR "List all files\nList files recursively\n",
		.flags = CMD_OUTPUT,
		.run = run_dir },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "dir all-filesystems",
		.help = DIR "List files on all filesystems",
		.flags = CMD_OUTPUT,
		.run = run_dir_all },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "more [/ascii] <file:file>",
		.help = "Display the contents of a file\nDisplay the file as text\n",
		.flags = CMD_OUTPUT,
		.run = run_more },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "delete [/force [/recursive]|/recursive [/force]] <file:file>",
		.help = "Delete a file\nForce delete\nRecursive delete\nRecursive delete\n"
			"Force delete\n",
		.run = run_delete },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "rename <file:file> <to:file>",
		.help = "Rename a file\n\n",
		.run = run_rename },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "mkdir <file:file>",
		.help = "Create new directory\n",
		.run = run_mkdir },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "rmdir <file:file>",
		.help = "Remove existing directory\n",
		.run = run_rmdir },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "verify /md5 <file:file> [<md5:word>]",
		.help = "Verify a file\nCompute an md5 signature for a file\n\nExpected signature",
		.flags = CMD_OUTPUT,
		.run = run_verify },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show flash:",
		.help = SHOW "display information about flash: file system",
		.flags = CMD_OUTPUT,
		.run = run_show_flash },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show file systems",
		.help = SHOW "Show filesystem information\nList filesystems",
		.flags = CMD_OUTPUT,
		.run = run_show_file_systems },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "file prompt [alert|noisy|quiet]",
		.no_syntax = "=",
		.help = PROMPT,
		.run = run_file_prompt },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "ip scp server enable",
		.no_syntax = "=",
		.help = "Global IP configuration subcommands\nScp commands\n"
			"Enable SCP server\nEnable SCP server",
		.run = run_scp_server },
	{ .syntax = NULL },
};
