/*
 * terminal_output.c - what the router says, put on the screen a page at a time.
 *
 * While ` --More-- ` stands there the control socket is not read: the rest of the output waits in the
 * router, and a log line behind it waits too.  The keys that answer come out of the same queue as all
 * others, so type-ahead reaches the pager in order (IOS reads them the same way).
 */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "cli/console/terminal.h"
#include "cli/console/tty.h"

/* The marker and what wipes it, to the byte: many expect scripts look for both. */
static const char output_more[] = " --More-- ";
static const char output_wipe[] = "\b\b\b\b\b\b\b\b\b        \b\b\b\b\b\b\b\b\b";

/* The next key for the pager; false when there will be none. */
static bool
output_pager_key(struct terminal *t, wchar_t *key)
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
		if (tty_poll(fds, 2) < 0) {
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

/* The page is full and there is more: true when it is wanted. */
static bool
output_more_wanted(struct terminal *t)
{
	wchar_t key = 0;
	bool more = true;

	out_string(&t->out, output_more);
	if (!output_pager_key(t, &key))
		return false;
	out_string(&t->out, output_wipe);
	t->out.line_start = true;
	if (key == L' ')
		pager_page(&t->pager);
	else if (key == KEY_ENTER)
		pager_row(&t->pager);
	else
		more = false;
	return more;
}

void
terminal_output(struct terminal *t, const char *text, size_t n)
{
	if (t->line_on_screen) { /* unasked for: the line it interrupts is not paged */
		out_fresh_line(&t->out);
		out_text(&t->out, text, n);
		return;
	}
	while (n > 0 && !t->discard) {
		size_t fits = pager_fit(&t->pager, text, n);

		out_text(&t->out, text, fits);
		text += fits;
		n -= fits;
		if (n > 0)
			t->discard = !output_more_wanted(t);
	}
}

void
terminal_monitor(struct terminal *t, bool synchronous, const char *text, size_t n)
{
	out_fresh_line(&t->out);
	out_text(&t->out, text, n);
	out_newline(&t->out);
	if (t->line_on_screen && synchronous)
		prompt_redraw(t);
}
