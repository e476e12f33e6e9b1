/*
 * fake_router.c - see the header. Reads wait for data, never for time: the limit is there to fail, not
 * to pass.
 */
#include "tests/lib/fake_router.h"

#include <errno.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

const char *
fake_program(const char *name, char *buf, size_t size)
{
	const char *build = getenv("ACEGATE_BUILD");

	snprintf(buf, size, "%s/%s", build != NULL ? build : ".", name);
	return buf;
}

/* Control characters made visible, for messages. */
static char *
fake_visible(const char *p, size_t n)
{
	static char text[2][8192];
	static int turn;
	char *out = text[turn ^= 1], *t = out;

	for (size_t i = 0; i < n && t < out + sizeof(text[0]) - 8; i++)
		t += sprintf(t,
			(unsigned char)p[i] < 0x20 || (unsigned char)p[i] > 0x7e ? "\\%02x" : "%c",
			(unsigned char)p[i]);
	*t = '\0';
	return out;
}

/* What is there, at most n bytes; 0 at the end. */
static size_t
fake_read(int fd, void *p, size_t n, const char *waiting_for)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };
	ssize_t got;

	if (poll(&poll_fd, 1, FAKE_PATIENCE_MS) <= 0)
		fail_msg("nothing came, waiting for %s", waiting_for);
	got = read(fd, p, n);
	if (got < 0 && errno != EIO && errno != ECONNRESET)
		fail_msg("waiting for %s: %s", waiting_for, strerror(errno));
	return got > 0 ? (size_t)got : 0;
}

/* ---- the router's end ---- */

/* The next whole frame; false at the end. */
static bool
fake_frame(struct fake *f, enum proto_type *type, const uint8_t **payload, size_t *len,
	const char *waiting_for)
{
	long n;

	while ((n = proto_parse(f->buf, f->have, type, payload, len)) == 0) {
		size_t got = fake_read(
			f->router, f->buf + f->have, sizeof(f->buf) - f->have, waiting_for);

		if (got == 0)
			return false;
		f->have += got;
	}
	assert_true(n > 0);
	return true;
}

static void
fake_frame_done(struct fake *f, size_t len)
{
	size_t n = PROTO_HEADER + len;

	memmove(f->buf, f->buf + n, f->have - n);
	f->have -= n;
}

void
fake_hears(struct fake *f, enum proto_type type, const char *text)
{
	fake_hears_bytes(f, type, text, strlen(text));
}

void
fake_hears_bytes(struct fake *f, enum proto_type type, const void *p, size_t n)
{
	const char *text = fake_visible(p, n);
	enum proto_type got;
	const uint8_t *payload;
	size_t len;

	if (!fake_frame(f, &got, &payload, &len, text))
		fail_msg("the session ended instead of saying %d \"%s\"", type, text);
	if (got != type || len != n || memcmp(payload, p, len) != 0)
		fail_msg("heard %d \"%s\", not %d \"%s\"", got,
			fake_visible((const char *)payload, len), type, text);
	fake_frame_done(f, len);
}

void
fake_hears_end(struct fake *f)
{
	enum proto_type got;
	const uint8_t *payload;
	size_t len;

	if (fake_frame(f, &got, &payload, &len, "the end of the session"))
		fail_msg("heard %d \"%s\", not the end", got,
			fake_visible((const char *)payload, len));
}

void
fake_says_bytes(struct fake *f, enum proto_type type, const void *p, size_t len)
{
	assert_int_equal(proto_send(f->router, type, p, len), 0);
}

void
fake_says(struct fake *f, enum proto_type type, const char *text)
{
	fake_says_bytes(f, type, text, strlen(text));
}

void
fake_ready(struct fake *f, const char *prompt, unsigned length, unsigned width, int flags)
{
	struct proto_ready r = { .flags = flags, .length = length, .width = width };
	uint8_t payload[512];

	r.history = f->history < 0 ? 0 : f->history > 0 ? (unsigned)f->history : 20;
	snprintf(r.prompt, sizeof(r.prompt), "%s", prompt);
	fake_says_bytes(f, PROTO_READY, payload, proto_ready_encode(&r, payload, sizeof(payload)));
}

void
fake_asks(struct fake *f, enum ask_kind kind, const char *prompt)
{
	char payload[256];
	int n = snprintf(payload, sizeof(payload), "%c%s", kind + 1, prompt);

	payload[0] = (char)kind;
	fake_says_bytes(f, PROTO_ASK, payload, (size_t)n);
}

/* ---- the user's end ---- */

void
fake_types_bytes(struct fake *f, const char *keys, size_t n)
{
	while (n > 0) {
		ssize_t done = write(f->user, keys, n);

		assert_true(done > 0);
		keys += done;
		n -= (size_t)done;
	}
}

void
fake_types(struct fake *f, const char *keys)
{
	fake_types_bytes(f, keys, strlen(keys));
}

void
fake_shows_bytes(struct fake *f, const char *bytes, size_t n)
{
	size_t done = 0;

	while (done < n) {
		char got[4096];
		size_t want = n - done < sizeof(got) ? n - done : sizeof(got);
		size_t part = fake_read(f->user, got, want, fake_visible(bytes + done, want));

		if (part == 0)
			fail_msg("the end came, waiting for \"%s\"",
				fake_visible(bytes + done, n - done));
		if (memcmp(got, bytes + done, part) != 0)
			fail_msg("shows \"%s\", not \"%s\"", fake_visible(got, part),
				fake_visible(bytes + done, n - done));
		done += part;
	}
}

void
fake_shows(struct fake *f, const char *text)
{
	fake_shows_bytes(f, text, strlen(text));
}

void
fake_shows_until(struct fake *f, const char *text)
{
	size_t n = 0, len = strlen(text);
	char got[8192];

	while (n < len || memcmp(got + n - len, text, len) != 0) {
		if (n == sizeof(got))
			fail_msg("shows \"%s\" and no end of it", fake_visible(got, n));
		if (fake_read(f->user, got + n, 1, text) == 0)
			fail_msg("the end came behind \"%s\"", fake_visible(got, n));
		n++;
	}
}

void
fake_shows_end(struct fake *f)
{
	char got[4096];
	size_t n = fake_read(f->user, got, sizeof(got), "the end");

	if (n > 0)
		fail_msg("shows \"%s\", not the end", fake_visible(got, n));
}
