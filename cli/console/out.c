/*
 * out.c - collects what is printed and writes it before anybody waits.
 *
 * The terminal is in raw mode without output processing, so the CR before each LF is ours; that keeps
 * the bytes the same on a console, a pty and whatever the vty puts behind it.  The echo of a key is
 * flushed by the very poll that waits for the next one, so it is never late.
 */
#include "cli/console/out.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

void
out_init(struct out *o, int fd)
{
	o->fd = fd;
	o->line_start = true;
	o->failed = false;
	o->used = 0;
}

static void
out_put(struct out *o, const char *s, size_t n)
{
	while (n > 0) {
		size_t part = sizeof(o->buf) - o->used;

		if (part == 0) {
			out_flush(o);
			continue;
		}
		if (part > n)
			part = n;
		memcpy(o->buf + o->used, s, part);
		o->used += part;
		s += part;
		n -= part;
	}
}

void
out_raw(struct out *o, const char *s, size_t n)
{
	if (n > 0)
		o->line_start = false;
	out_put(o, s, n);
}

void
out_string(struct out *o, const char *s)
{
	out_raw(o, s, strlen(s));
}

void
out_repeat(struct out *o, char c, size_t n)
{
	while (n-- > 0)
		out_raw(o, &c, 1);
}

void
out_wide(struct out *o, const wchar_t *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char mb[MB_LEN_MAX];
		mbstate_t state = { 0 };
		size_t len = wcrtomb(mb, s[i], &state);

		if (len != (size_t)-1)
			out_raw(o, mb, len);
	}
}

void
out_newline(struct out *o)
{
	out_put(o, "\r\n", 2);
	o->line_start = true;
}

void
out_fresh_line(struct out *o)
{
	if (!o->line_start)
		out_newline(o);
}

void
out_text(struct out *o, const char *s, size_t n)
{
	while (n > 0) {
		const char *nl = memchr(s, '\n', n);
		size_t part = nl != NULL ? (size_t)(nl - s) : n;

		out_raw(o, s, part);
		if (nl == NULL)
			break;
		out_newline(o);
		s += part + 1;
		n -= part + 1;
	}
}

void
out_flush(struct out *o)
{
	size_t done = 0;

	while (done < o->used && !o->failed) {
		ssize_t n = write(o->fd, o->buf + done, o->used - done);

		if (n >= 0)
			done += (size_t)n;
		else if (errno != EINTR)
			o->failed = true;
	}
	o->used = 0;
}
