/*
 * copy.c - copy among the running configuration, the startup-config and the files of flash:.
 *
 * To the running configuration is to merge: the lines are run as if typed, and those refused are said
 * with their caret.  Everything else is replaced whole, or stays as it is.  The dialogs are those of
 * IOS 15: the names are asked for again, an existing file once more, and the end says how much it was
 * (the startup-config's own way of saying so is older: `[OK]`).
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands/commands.h"
#include "cli/commands/file_dialog.h"
#include "cli/commands/handlers.h"
#include "cli/commands/saving.h"

struct copy {
	struct url from, to;
};

/* ---- doing it ---- */

static void
say_copied(struct session *s, size_t len, uint64_t began_ms)
{
	uint64_t ms = clock_mono_ms(router_clock(session_router(s))) - began_ms;

	session_printf(s, "\n%zu bytes copied in %" PRIu64 ".%03u secs (%" PRIu64 " bytes/sec)\n",
		len, ms / 1000, (unsigned)(ms % 1000), (uint64_t)len * 1000 / (ms > 0 ? ms : 1000));
}

static int
write_flash(struct router *r, const struct url *to, const char *text, size_t len)
{
	struct file_writer *w;
	int rc;

	w = file_writer_open(r, to->path, FILE_REPLACE, &rc);
	if (w == NULL)
		return rc;
	(void)file_writer_add(w, text, len);
	return file_writer_close(w, true);
}

static int
store(struct session *s, const struct copy *c, const char *text, size_t len)
{
	struct router *r = session_router(s);
	char name[URL_TEXT_MAX];
	int rc = -EACCES;

	if (url_is_running(&c->to)) {
		saving_merge(s, url_text(&c->from, name), text);
		return 0;
	}
	if (url_is_startup(&c->to))
		rc = config_store_save(r, text, len);
	else if (c->to.place == URL_FLASH)
		rc = write_flash(r, &c->to, text, len);
	if (rc < 0)
		return file_refuse(s, "writing", &c->to, rc);
	if (url_is_startup(&c->to))
		session_print(s, "[OK]\n");
	return 0;
}

static int
copy_now(struct session *s, const struct copy *c)
{
	struct router *r = session_router(s);
	uint64_t began = clock_mono_ms(router_clock(r));
	char *text;
	size_t len;
	int rc;

	if (url_is_running(&c->from) && url_is_startup(&c->to))
		return saving_save(s);
	rc = url_load(r, &c->from, &text, &len);
	if (rc < 0)
		return file_refuse(s, "opening", &c->from, rc);
	rc = store(s, c, text, len);
	free(text);
	if (rc == 0)
		say_copied(s, len, began);
	return rc;
}

/* ---- asking ---- */

static void
overwrite_answered(struct session *s, const char *answer, void *arg)
{
	if (strcmp(answer, "y") == 0)
		(void)copy_now(s, arg);
}

static void
destination_named(struct session *s, const char *answer, void *arg)
{
	struct copy *c = arg;
	struct file_info info;

	if (url_is_startup(&c->to) || url_is_running(&c->to)) {
		if (answer[0] != '\0' && strcmp(answer, url_base(&c->to)) != 0) {
			char name[URL_TEXT_MAX];
			size_t directory =
				strlen(url_text(&c->to, name)) - strlen(url_base(&c->to));

			command_refuse(s, "%%Error opening %.*s%s (Permission denied)",
				(int)directory, name, answer);
			return;
		}
	} else if (!file_renamed(s, answer, &c->to)) {
		return;
	}
	if (c->to.place == URL_FLASH && files_info(session_router(s), c->to.path, &info) == 0 &&
		!info.directory) {
		session_print(s, "%Warning:There is a file already existing with this name\n");
		session_ask(s, ASK_CONFIRM, "Do you want to over write? [confirm]",
			overwrite_answered, c);
		return;
	}
	(void)copy_now(s, c);
}

/* A destination that is a directory, or not named at all, gets the source's name. */
static void
complete_destination(struct session *s, struct copy *c)
{
	struct file_info info;
	size_t len = strlen(c->to.path);

	if (c->to.place == URL_NVRAM && len == 0)
		strcpy(c->to.path, "startup-config");
	else if (c->to.place == URL_SYSTEM && len == 0)
		strcpy(c->to.path, "running-config");
	else if (c->to.place == URL_FLASH &&
		 files_info(session_router(s), c->to.path, &info) == 0 && info.directory)
		snprintf(c->to.path + len, sizeof(c->to.path) - len, "%s%s", len > 0 ? "/" : "",
			url_base(&c->from));
}

static int
copy_from(struct session *s, struct copy *c)
{
	char name[URL_TEXT_MAX], *text;
	size_t len;
	int rc = 0;

	/* Asking where a file should go that is not there helps nobody. */
	if (c->from.place == URL_FLASH) {
		struct file_info info;

		rc = files_info(session_router(s), c->from.path, &info);
		if (rc == 0 && info.directory)
			rc = -EISDIR;
	} else if (!url_is_running(&c->from)) {
		rc = url_load(session_router(s), &c->from, &text, &len);
		if (rc == 0)
			free(text);
	}
	if (rc < 0)
		return file_refuse(s, "opening", &c->from, rc);
	complete_destination(s, c);
	if (strcmp(url_text(&c->from, name), url_text(&c->to, (char[URL_TEXT_MAX]){ 0 })) == 0)
		return file_refuse(s, "copying", &c->from, -EINVAL);
	if (file_asks_nothing(s))
		return copy_now(s, c);
	file_ask_name(s, "Destination filename", &c->to, destination_named, c);
	return 0;
}

static void
source_named(struct session *s, const char *answer, void *arg)
{
	struct copy *c = arg;

	if (answer[0] == '\0')
		(void)file_refuse(s, "opening", &c->from, -EISDIR);
	else if (file_renamed(s, answer, &c->from))
		(void)copy_from(s, c);
}

/* One of the two ends: a keyword, or a url. */
static bool
read_end(struct session *s, const char *keyword, struct url *u)
{
	if (keyword == NULL)
		return false;
	if (strcmp(keyword, "running-config") == 0)
		keyword = "system:running-config";
	else if (strcmp(keyword, "startup-config") == 0)
		keyword = "nvram:startup-config";
	return file_url(s, keyword, u);
}

static int
begin(struct session *s, const char *from, const char *to)
{
	struct copy *c = session_memory(s, sizeof(*c));

	if (c == NULL)
		return command_refuse(s, "%% Low on memory");
	if (!read_end(s, from, &c->from) || !read_end(s, to, &c->to))
		return -1;
	if (c->from.place == URL_FLASH && c->from.path[0] == '\0' && !file_asks_nothing(s)) {
		file_ask_name(s, "Source filename", &c->from, source_named, c);
		return 0;
	}
	return copy_from(s, c);
}

static int
copy_running(struct session *s, const struct args *a)
{
	return begin(
		s, "running-config", args_has(a, "to") ? args_text(a, "to") : "startup-config");
}

static int
copy_startup(struct session *s, const struct args *a)
{
	return begin(
		s, "startup-config", args_has(a, "to") ? args_text(a, "to") : "running-config");
}

static int
copy_file(struct session *s, const struct args *a)
{
	const char *to = args_text(a, "to");

	if (to == NULL)
		to = args_has(a, "running-config") ? "running-config" : "startup-config";
	return begin(s, args_text(a, "from"), to);
}

/* `configure memory`: the startup-config merged, without a question. */
static int
run_configure_memory(struct session *s, const struct args *a)
{
	struct copy c;

	(void)a;
	if (!read_end(s, "startup-config", &c.from) || !read_end(s, "running-config", &c.to))
		return -1;
	return copy_now(s, &c);
}

#define COPY "Copy from one file to another\n"
#define FROM_RUNNING "Copy from current system configuration\n"
#define FROM_STARTUP "Copy from startup configuration\n"
#define TO_RUNNING "Update (merge with) current system configuration\n"
#define TO_STARTUP "Copy to startup configuration\n"

const struct command copy_commands[] = {
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "copy running-config {startup-config|<to:file>}",
		.help = COPY FROM_RUNNING TO_STARTUP,
		.run = copy_running },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "copy startup-config {running-config|<to:file>}",
		.help = COPY FROM_STARTUP TO_RUNNING,
		.run = copy_startup },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "copy <from:file> {running-config|startup-config|<to:file>}",
		.help = COPY "\n" TO_RUNNING TO_STARTUP,
		.run = copy_file },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "configure memory",
		.help = "Enter configuration mode\nConfigure from NV memory",
		.run = run_configure_memory },
	{ .syntax = NULL },
};
