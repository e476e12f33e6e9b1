/*
 * terminal_output.c - what the router says, put on the screen a page at a time.
 *
 * A page that is full asks for a key (more.c), and the keys may filter what is still to come
 * (sieve.c).  Between two pieces of a long output the keyboard is looked at, so that Ctrl-C ends it at
 * once, however much of it there is.
 */
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "cli/console/terminal.h"

enum { OUTPUT_PIECE = 4096 };

/* Ctrl-C, if it was typed meanwhile, is heard now. */
static void
output_hear_keys(struct terminal *t)
{
	struct pollfd keys = { .fd = STDIN_FILENO, .events = POLLIN };

	out_flush(&t->out);
	if (!t->in.eof && input_room(&t->in) > 0 && poll(&keys, 1, 0) > 0)
		terminal_read_keys(t, terminal_runs_line(t));
}

/* Prints as long as it is wanted. */
static void
output_put(struct terminal *t, const char *text, size_t n)
{
	while (n > OUTPUT_PIECE && !t->discard) {
		out_text(&t->out, text, OUTPUT_PIECE);
		text += OUTPUT_PIECE;
		n -= OUTPUT_PIECE;
		output_hear_keys(t);
	}
	if (!t->discard)
		out_text(&t->out, text, n);
}

/* For the sieve: shows text page by page; false when the user has seen enough. */
static bool
output_page(void *arg, const char *text, size_t n)
{
	struct terminal *t = arg;

	while (n > 0 && !t->discard) {
		size_t fits = pager_fit(&t->pager, text, n);

		output_put(t, text, fits);
		text += fits;
		n -= fits;
		if (n == 0 || t->discard)
			break;
		switch (more_ask(t)) {
		case MORE_STOP:
			terminal_interrupt(t);
			break;
		case MORE_GOES_ON:
			break;
		case MORE_FILTERED:
			return sieve_pass(&t->sieve, text, n, output_page, t);
		}
	}
	return !t->discard;
}

void
terminal_output(struct terminal *t, const char *text, size_t n)
{
	if (t->line_on_screen) { /* unasked for: the line it interrupts is not paged */
		out_fresh_line(&t->out);
		out_text(&t->out, text, n);
	} else if (!t->discard) {
		(void)sieve_pass(&t->sieve, text, n, output_page, t);
	}
}

void
terminal_output_ends(struct terminal *t)
{
	if (!t->discard)
		(void)sieve_end(&t->sieve, output_page, t);
	sieve_clear(&t->sieve);
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
