/*
 * telnet_fuzz.c - what a telnet client may send: options, windows, commands, spellings of Enter.
 *
 * Claims: the answers are bounded as nvt.h says, and it makes no difference how the network cuts the
 * bytes up.
 */
#include <stdlib.h>
#include <string.h>

#include "cli/show/show.h"
#include "cli/vty/nvt.h"
#include "tests/fuzz/fuzz.h"

struct side {
	struct text keys, sent, windows;
	bool alive;
};

/* Bytes as hexadecimal digits, since they may be anything. */
static void
note(struct text *t, const char *buf, size_t len)
{
	for (size_t i = 0; i < len; i++)
		text_addf(t, "%02x", (unsigned char)buf[i]);
}

static void
on_keys(void *arg, const char *buf, size_t len)
{
	note(&((struct side *)arg)->keys, buf, len);
}

static void
on_send(void *arg, const char *buf, size_t len)
{
	note(&((struct side *)arg)->sent, buf, len);
}

static void
on_window(void *arg, unsigned rows, unsigned columns)
{
	text_addf(&((struct side *)arg)->windows, "%u,%u;", rows, columns);
}

/* All the bytes, `step` at a time. */
static void
receive(struct side *s, const uint8_t *data, size_t size, size_t step)
{
	const struct nvt_ops ops = { on_keys, on_send, on_window, s };
	struct nvt *v = nvt_create(&ops);
	size_t greeting;

	fuzz_require(v != NULL, "out of memory");
	*s = (struct side){ .alive = true };
	text_add(&s->keys, "");
	text_add(&s->sent, "");
	text_add(&s->windows, "");
	nvt_greet(v);
	greeting = s->sent.len;
	for (size_t at = 0; at < size && s->alive; at += step)
		s->alive = nvt_receive(
			v, (const char *)data + at, size - at < step ? size - at : step);
	fuzz_require(s->sent.len - greeting <= 2 * NVT_ANSWER_MAX * size,
		"%zu bytes made %zu digits", size, s->sent.len - greeting);
	nvt_destroy(v);
}

static void
forget(struct side *s)
{
	text_fini(&s->keys);
	text_fini(&s->sent);
	text_fini(&s->windows);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct side whole, bytes;

	receive(&whole, data, size, size > 0 ? size : 1);
	receive(&bytes, data, size, 1);
	fuzz_require(whole.alive == bytes.alive, "alive or not: it depends");
	fuzz_require(strcmp(whole.keys.s, bytes.keys.s) == 0, "keys %s or %s", whole.keys.s,
		bytes.keys.s);
	fuzz_require(strcmp(whole.sent.s, bytes.sent.s) == 0, "sent %s or %s", whole.sent.s,
		bytes.sent.s);
	fuzz_require(strcmp(whole.windows.s, bytes.windows.s) == 0, "windows %s or %s",
		whole.windows.s, bytes.windows.s);
	forget(&whole);
	forget(&bytes);
	return 0;
}
