/*
 * wire.c - reads frames off the control socket into one growing buffer.
 *
 * The buffer holds at most one legal frame that is not complete yet plus one read, so what the router
 * can make us hold is bounded by PROTO_MAX; a pager that waits reads nothing and thereby holds the
 * router's output back.
 */
#include "cli/console/wire.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WIRE_READ = 65536 };

void
wire_init(struct wire *w, int fd)
{
	*w = (struct wire){ .fd = fd };
}

void
wire_fini(struct wire *w)
{
	free(w->buf);
	close(w->fd);
}

void
wire_send(struct wire *w, enum proto_type type, const void *payload, size_t len)
{
	if (!w->gone && proto_send(w->fd, type, payload, len) < 0)
		w->gone = true;
}

/* Room for another read; false without memory. */
static bool
wire_make_room(struct wire *w)
{
	uint8_t *grown;

	if (w->start > 0) {
		memmove(w->buf, w->buf + w->start, w->end - w->start);
		w->end -= w->start;
		w->start = 0;
	}
	if (w->room - w->end >= WIRE_READ)
		return true;
	grown = realloc(w->buf, w->end + WIRE_READ);
	if (grown == NULL)
		return false;
	w->buf = grown;
	w->room = w->end + WIRE_READ;
	return true;
}

void
wire_fill(struct wire *w)
{
	ssize_t n;

	if (!wire_make_room(w)) {
		w->gone = true;
		return;
	}
	do
		n = read(w->fd, w->buf + w->end, WIRE_READ);
	while (n < 0 && errno == EINTR);
	if (n <= 0)
		w->gone = true;
	else
		w->end += (size_t)n;
}

bool
wire_next(struct wire *w, enum proto_type *type, const uint8_t **payload, size_t *len)
{
	long n;

	if (w->start == w->end) /* before the first byte there is no buffer either */
		return false;
	n = proto_parse(w->buf + w->start, w->end - w->start, type, payload, len);
	if (n < 0)
		w->gone = true;
	if (n <= 0)
		return false;
	w->start += (size_t)n;
	return true;
}
