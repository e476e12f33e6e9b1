/*
 * file_transfer.c - see file_transfer.h.
 *
 * A name is a url, as everywhere; system:running-config and nvram:startup-config can be read as well, and
 * only flash: written.  What is refused is said in the words that IOS's SCP server has.
 */
#include "cli/session/file_transfer.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/files/url.h"

struct file_transfer {
	struct session *session;
	void (*send)(void *arg, enum proto_type type, const void *payload, size_t len);
	void *arg;
	struct url url;
	struct file_writer *writer; /* writing */
	int fd;			    /* reading a file; -1 */
	char *text;		    /* reading a configuration, made of it what is left */
	size_t len, at;
};

static void
close_all(struct file_transfer *t)
{
	if (t->writer != NULL)
		(void)file_writer_close(t->writer, false);
	t->writer = NULL;
	if (t->fd >= 0)
		close(t->fd);
	t->fd = -1;
	if (t->text != NULL)
		explicit_bzero(t->text, t->len);
	free(t->text);
	t->text = NULL;
}

static int
refuse(struct file_transfer *t, const char *why)
{
	close_all(t);
	session_put(t->session, why);
	return -1;
}

static int
refuse_file(struct file_transfer *t, int rc)
{
	char name[URL_TEXT_MAX], why[URL_TEXT_MAX + 128];

	snprintf(why, sizeof(why), "%s: %s", url_text(&t->url, name), url_strerror(rc));
	return refuse(t, why);
}

static bool
open_url(struct file_transfer *t, const char *name)
{
	close_all(t);
	return url_parse(name, &t->url);
}

/* "BYTES URL" */
static int
begin_write(struct file_transfer *t, const char *text)
{
	uint64_t total, available;
	char *name;
	unsigned long long size = strtoull(text, &name, 10);
	int rc = -EACCES;

	if (*name != ' ' || !open_url(t, name + 1))
		return refuse(t, "No such device");
	if (t->url.place == URL_FLASH &&
		files_space(session_router(t->session), &total, &available) == 0 &&
		size > available)
		rc = -ENOSPC; /* better said before than behind it all */
	else if (t->url.place == URL_FLASH)
		t->writer = file_writer_open(
			session_router(t->session), t->url.path, FILE_REPLACE, &rc);
	return t->writer != NULL ? 0 : refuse_file(t, rc);
}

static int
add(struct file_transfer *t, const void *data, size_t len)
{
	int rc;

	if (t->writer == NULL)
		return refuse(t, "No file is open");
	rc = file_writer_add(t->writer, data, len);
	return rc < 0 ? refuse_file(t, rc) : 0;
}

static int
finish_write(struct file_transfer *t)
{
	int rc;

	if (t->writer == NULL)
		return refuse(t, "No file is open");
	rc = file_writer_close(t->writer, true);
	t->writer = NULL;
	return rc < 0 ? refuse_file(t, rc) : 0;
}

static int
begin_read(struct file_transfer *t, const char *name)
{
	struct router *r = session_router(t->session);
	struct file_info info = { .changed_s = clock_wall_us(router_clock(r)) / 1000000 };
	char found[64];
	int rc = 0;

	if (!open_url(t, name))
		return refuse(t, "No such device");
	if (t->url.place == URL_FLASH) {
		rc = files_info(r, t->url.path, &info);
		t->fd = rc == 0 ? files_open(r, t->url.path) : -1;
		if (rc == 0 && t->fd < 0)
			rc = t->fd;
	} else {
		rc = url_load(r, &t->url, &t->text, &t->len);
		info.size = t->len;
		t->at = 0;
	}
	if (rc < 0)
		return refuse_file(t, rc);
	snprintf(found, sizeof(found), "%llu %lld", (unsigned long long)info.size,
		(long long)info.changed_s);
	t->send(t->arg, PROTO_FILE_FOUND, found, strlen(found));
	return 0;
}

static int
next_piece(struct file_transfer *t)
{
	static char piece[FILE_TRANSFER_PIECE];
	size_t left;
	ssize_t n;

	if (t->text != NULL) {
		left = t->len - t->at;
		left = left < sizeof(piece) ? left : sizeof(piece);
		t->send(t->arg, PROTO_FILE_BYTES, t->text + t->at, left);
		t->at += left;
		return 0;
	}
	if (t->fd < 0)
		return refuse(t, "No file is open");
	do
		n = read(t->fd, piece, sizeof(piece));
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return refuse_file(t, -errno);
	t->send(t->arg, PROTO_FILE_BYTES, piece, (size_t)n);
	return 0;
}

int
file_transfer_serve(struct file_transfer **t, struct session *s, enum proto_type type,
	const void *payload, size_t len,
	void (*send)(void *arg, enum proto_type type, const void *payload, size_t len), void *arg)
{
	if (*t == NULL) {
		*t = calloc(1, sizeof(**t));
		if (*t == NULL)
			return -1;
		(*t)->fd = -1;
	}
	(*t)->session = s;
	(*t)->send = send;
	(*t)->arg = arg;
	if (!files_scp_server(session_router(s)) || session_kind(s) != SESSION_EXEC)
		return refuse(*t, "Administratively disabled.");
	if (session_privilege(s) < 15)
		return refuse(*t, "Privilege denied.");
	switch (type) {
	case PROTO_FILE_WRITE:
		return begin_write(*t, payload);
	case PROTO_FILE_DATA:
		return add(*t, payload, len);
	case PROTO_FILE_WHOLE:
		return finish_write(*t);
	case PROTO_FILE_READ:
		return begin_read(*t, payload);
	case PROTO_FILE_NEXT:
		return next_piece(*t);
	default:
		return -1;
	}
}

void
file_transfer_end(struct file_transfer *t)
{
	if (t == NULL)
		return;
	close_all(t);
	free(t);
}
