/*
 * out.h - bytes on their way to the terminal.
 */
#ifndef CONSOLE_OUT_H
#define CONSOLE_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <wchar.h>

struct out {
	int fd;
	bool line_start;	/* the cursor stands at the start of a line */
	bool failed;		/* the terminal is gone; everything more is dropped */
	size_t used;
	char buf[8192];
};

void out_init(struct out *o, int fd);
/* Bytes as they are; they do not end a line. */
void out_raw(struct out *o, const char *s, size_t n);
void out_string(struct out *o, const char *s);
void out_repeat(struct out *o, char c, size_t n);
void out_wide(struct out *o, const wchar_t *s, size_t n);
/* Text of the router's: every '\n' becomes CR LF. */
void out_text(struct out *o, const char *s, size_t n);
void out_newline(struct out *o);
/* A new line, unless the cursor is at the start of one already. */
void out_fresh_line(struct out *o);
/* Writes what has collected; blocks while the terminal does. */
void out_flush(struct out *o);

#endif
