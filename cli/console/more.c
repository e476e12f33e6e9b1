/*
 * more.c - ` --More-- `: the keys that answer it.
 *
 * While it stands there the control socket is not read: the rest of the output waits in the router,
 * and a log line behind it waits too.  The keys come out of the same queue as all others, so type-ahead
 * reaches the pager in order (IOS reads them the same way).
 *
 * Space, Enter, `/`, `+` and `-` are Cisco's ("Searching and filtering CLI output"); `?` is ours, the
 * newer releases' words for it are not known.  Any other key has seen enough.
 */
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/console/terminal.h"
#include "cli/console/tty.h"

enum { MORE_PATTERN_MAX = 240 };

/* The marker and what wipes it, to the byte: many expect scripts look for both. */
static const char more_marker[] = " --More-- ";
static const char more_wipe[] = "\b\b\b\b\b\b\b\b\b        \b\b\b\b\b\b\b\b\b";

static const char more_bad[] = "% Failed to compile regular expression\n";
static const char more_filtering[] = "filtering...\n";
static const char more_help[] = "  Space   Show the next page\n"
				"  Return  Show the next line\n"
				"  /RE     Go on from the first line that matches RE\n"
				"  +RE     Go on with lines that match RE\n"
				"  -RE     Go on with lines that do not match RE\n"
				"  ?       Show these keys\n"
				"  other   Stop\n";

/* The next key for the pager; false when there will be none. */
static bool
more_key(struct terminal *t, wchar_t *key)
{
	out_flush(&t->out);
	while (!input_next(&t->in, key)) {
		struct pollfd fds[] = {
			{ .fd = STDIN_FILENO, .events = POLLIN },
			{ .fd = t->wire.fd, .events = POLLRDHUP },
		};

		if (t->in.eof || terminal_ended(t))
			return false;
		input_awaited(&t->in);
		if (terminal_poll(t, fds) < 0) {
			if (errno != EINTR)
				return false;
			terminal_window(t);
			continue;
		}
		if (fds[1].revents != 0)
			t->wire.gone = true;
		else if (fds[0].revents != 0)
			terminal_read_keys(t, false);
	}
	return true;
}

/* Takes the last character off what was typed, and off the screen. */
static void
more_rub_out(struct terminal *t, wchar_t *text, size_t *n)
{
	size_t columns = paint_columns(&text[--*n], 1);

	out_repeat(&t->out, '\b', columns);
	out_repeat(&t->out, ' ', columns);
	out_repeat(&t->out, '\b', columns);
}

/* Reads the expression behind `/`, `+` or `-`. False when there is none: it was given up. */
static bool
more_pattern(struct terminal *t, wchar_t mode, wchar_t text[MORE_PATTERN_MAX + 1])
{
	size_t n = 0;
	wchar_t key;

	out_wide(&t->out, &mode, 1);
	while (more_key(t, &key) && key != KEY_ENTER) {
		if (key == KEY_INTERRUPT || key == KEY_ESCAPE_IOS) {
			n = 0;
			break;
		}
		if (key == 0x7f || key == '\b') {
			if (n > 0)
				more_rub_out(t, text, &n);
		} else if (key == 0x15 || key == 0x18) { /* ^U, ^X */
			while (n > 0)
				more_rub_out(t, text, &n);
		} else if (key >= ' ' && n < MORE_PATTERN_MAX) {
			text[n++] = key;
			out_wide(&t->out, &key, 1);
		}
	}
	text[n] = L'\0';
	out_newline(&t->out);
	return n > 0;
}

/* True when the rest of the output is filtered now. */
static bool
more_filter(struct terminal *t, wchar_t mode)
{
	wchar_t wide[MORE_PATTERN_MAX + 1];
	char pattern[(MORE_PATTERN_MAX + 1) * MB_LEN_MAX];

	if (!more_pattern(t, mode, wide))
		return false;
	if (wcstombs(pattern, wide, sizeof(pattern)) == (size_t)-1 ||
		!sieve_set(&t->sieve, (char)mode, pattern)) {
		out_text(&t->out, more_bad, sizeof(more_bad) - 1);
		return false;
	}
	out_text(&t->out, more_filtering, sizeof(more_filtering) - 1);
	return true;
}

enum more
more_ask(struct terminal *t)
{
	wchar_t key;

	for (;;) {
		out_string(&t->out, more_marker);
		if (!more_key(t, &key))
			return MORE_STOP;
		out_string(&t->out, more_wipe);
		t->out.line_start = true;
		switch (key) {
		case L' ':
			pager_page(&t->pager);
			return MORE_GOES_ON;
		case KEY_ENTER:
			pager_row(&t->pager);
			return MORE_GOES_ON;
		case L'?':
			out_text(&t->out, more_help, sizeof(more_help) - 1);
			break;
		case L'/':
		case L'+':
		case L'-':
			if (!more_filter(t, key))
				break;
			pager_page(&t->pager);
			return MORE_FILTERED;
		case L'\033':
			input_skip_sequence(&t->in);
			return MORE_STOP;
		default:
			return MORE_STOP;
		}
	}
}
