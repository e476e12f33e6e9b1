/*
 * file.c - `append`, `redirect`, `tee`: stages that write what comes into a file of flash:.
 *
 * Only the file area may be written to.  The file takes its name when the command is done, so one that
 * fails, or fills the area, leaves what was there before; `append` adds to the file itself.
 *
 * Only at privilege 15, as everything else that changes files: archives lie there, which the router will
 * be told to take as its configuration, and `show history` writes whatever its user has typed.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli/files/url.h"
#include "cli/session/filters/filters.h"

enum { FILE_PRIVILEGE = 15 }; /* IOS's default of `file privilege` */

struct to_file {
	struct stage stage;
	struct url url;
	struct file_writer *writer;
	bool shows; /* tee: the lines go on, too */
};

static void
complain(struct stage *st, const char *doing, const char *name, int rc)
{
	char text[URL_TEXT_MAX + 128];

	snprintf(text, sizeof(text), "%%Error %s %s (%s)", doing, name, url_strerror(rc));
	dispatch_put_line(st->session, text);
}

static bool
open_file(struct stage *st, const char *name, enum file_write how)
{
	struct to_file *f = (struct to_file *)st;
	char text[URL_TEXT_MAX];
	int rc = -ENODEV;

	if (!url_parse(name, &f->url)) {
		complain(st, "opening", name, rc);
		return false;
	}
	if (f->url.place == URL_FLASH && session_privilege(st->session) >= FILE_PRIVILEGE)
		f->writer = file_writer_open(session_router(st->session), f->url.path, how, &rc);
	else
		rc = -EACCES;
	if (f->writer == NULL)
		complain(st, "opening", url_text(&f->url, text), rc);
	return f->writer != NULL;
}

/* One word; a blank behind it is nobody's. */
static bool
open_word(struct stage *st, const char *text, enum file_write how)
{
	char name[URL_TEXT_MAX];
	size_t len = strcspn(text, " \t");

	snprintf(name, sizeof(name), "%.*s", (int)len, text);
	return open_file(st, len < sizeof(name) ? name : "", how);
}

static bool
redirect_init(struct stage *st, const char *text)
{
	return open_word(st, text, FILE_REPLACE);
}

static bool
append_init(struct stage *st, const char *text)
{
	return open_word(st, text, FILE_APPEND);
}

static bool
tee_init(struct stage *st, const char *text)
{
	size_t len = strcspn(text, " \t");
	const struct word first = { .text = text, .len = len };

	((struct to_file *)st)->shows = true;
	if (len < 2 || text[len] == '\0' || !word_abbreviates(&first, "/append"))
		return open_word(st, text, FILE_REPLACE);
	text += len;
	return open_word(st, text + strspn(text, " \t"), FILE_APPEND);
}

static void
write_line(struct stage *st, const char *line)
{
	struct to_file *f = (struct to_file *)st;

	/* A failure is said once, at the end. */
	(void)file_writer_add(f->writer, line, strlen(line));
	(void)file_writer_add(f->writer, "\n", 1);
	if (f->shows)
		stage_pass(st, line);
}

static void
finish(struct stage *st)
{
	struct to_file *f = (struct to_file *)st;
	char text[URL_TEXT_MAX];
	int rc = file_writer_close(f->writer, true);

	f->writer = NULL;
	if (rc < 0)
		complain(st, "writing", url_text(&f->url, text), rc);
}

static void
to_file_fini(struct stage *st)
{
	struct to_file *f = (struct to_file *)st;

	if (f->writer != NULL)
		(void)file_writer_close(f->writer, false);
}

const struct stage_kind stage_redirect = { "redirect", redirect_init, write_line, finish,
	to_file_fini, sizeof(struct to_file) };
const struct stage_kind stage_append = { "append", append_init, write_line, finish, to_file_fini,
	sizeof(struct to_file) };
const struct stage_kind stage_tee = { "tee", tee_init, write_line, finish, to_file_fini,
	sizeof(struct to_file) };
