/*
 * input.h - what was typed and not yet used: the type-ahead, as bytes in and characters out.
 */
#ifndef CONSOLE_INPUT_H
#define CONSOLE_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <wchar.h>

#include "cli/console/newline.h"

enum { INPUT_ROOM = 65536 };

enum {
	KEY_INTERRUPT = 0x03,	/* Ctrl-C */
	KEY_ESCAPE_IOS = 0x1e,	/* Ctrl-^, IOS's own interrupt */
	KEY_ENTER = '\r',
};

struct input {		/* zero-initialise */
	char queue[INPUT_ROOM];
	size_t head, used;
	struct newline newline;
	bool eof;	/* nothing more will be typed */
};

/* How many bytes input_put() takes now. */
size_t input_room(const struct input *in);
/* Appends what the terminal gave; newlines are folded in buf on the way. len <= input_room(). */
void input_put(struct input *in, char *buf, size_t len);
/* Takes the next whole character; false when there is none yet. Bytes that are not UTF-8 are skipped. */
bool input_next(struct input *in, wchar_t *out);
/*
 * A prompt, a question or the pager's marker waits for a key: when nothing is typed ahead, the last
 * Enter is answered by it, and an LF that comes now is another one (newline.c).
 */
void input_awaited(struct input *in);
/* Esc was taken: drops the rest of the cursor key's sequence it may begin, as far as it has come. */
void input_skip_sequence(struct input *in);
/* Takes an interrupt key, and what belongs to it (Ctrl-^ x), out of buf[0..*len); true when there was one. */
bool input_take_interrupt(char *buf, size_t *len);

#endif
