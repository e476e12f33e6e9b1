/*
 * input.c - the type-ahead queue of one terminal.
 *
 * Nothing typed is ever dropped or flushed: while a command runs, a question is put or the pager
 * waits, bytes collect here in order, and when the queue is full the terminal is simply not read, so
 * that the kernel and then the network hold the sender back.  One thread, no allocation.
 */
#include "cli/console/input.h"

size_t
input_room(const struct input *in)
{
	return INPUT_ROOM - in->used;
}

void
input_put(struct input *in, char *buf, size_t len)
{
	len = newline_fold(&in->newline, buf, len);
	for (size_t i = 0; i < len; i++)
		in->queue[(in->head + in->used++) % INPUT_ROOM] = buf[i];
}

static void
input_drop(struct input *in, size_t n)
{
	in->head = (in->head + n) % INPUT_ROOM;
	in->used -= n;
}

bool
input_next(struct input *in, wchar_t *out)
{
	while (in->used > 0) {
		mbstate_t state = { 0 };
		size_t n = 0, got = (size_t)-2;

		while (got == (size_t)-2 && n < in->used) {
			got = mbrtowc(out, &in->queue[(in->head + n) % INPUT_ROOM], 1, &state);
			n++;
		}
		if (got == (size_t)-2) {
			if (!in->eof)
				return false; /* the rest of the character is on its way */
			input_drop(in, n);
			continue;
		}
		if (got == (size_t)-1) {
			/* A lead byte without its tail: what broke it may start a character. */
			input_drop(in, n > 1 ? n - 1 : 1);
			continue;
		}
		input_drop(in, n);
		return true;
	}
	return false;
}

void
input_awaited(struct input *in)
{
	if (in->used == 0)
		newline_answered(&in->newline);
}

void
input_skip_sequence(struct input *in)
{
	bool csi = in->used > 0 && in->queue[in->head] == '[';

	if (!csi && (in->used == 0 || in->queue[in->head] != 'O'))
		return;
	do
		input_drop(in, 1);
	while (csi && in->used > 0 && in->queue[in->head] >= 0x20 && in->queue[in->head] < 0x40);
	if (in->used > 0 && in->queue[in->head] >= 0x40)
		input_drop(in, 1);
}

bool
input_take_interrupt(char *buf, size_t *len)
{
	bool found = false;
	size_t out = 0;

	for (size_t i = 0; i < *len; i++) {
		if (buf[i] == KEY_INTERRUPT || buf[i] == KEY_ESCAPE_IOS) {
			found = true;
			if (buf[i] == KEY_ESCAPE_IOS && i + 1 < *len &&
				(buf[i + 1] == 'x' || buf[i + 1] == 'X'))
				i++;
		} else {
			buf[out++] = buf[i];
		}
	}
	*len = out;
	return found;
}
