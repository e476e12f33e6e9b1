/*
 * console.c - the loop of an interactive session: keys on one side, the router on the other.
 *
 * Requests go one at a time; while one is under way keys only collect.  The exception is Ctrl-C while a
 * line is being run: INTERRUPT goes out at once, the rest of the output is dropped, and the router then
 * owes two answers, of which the second counts.
 *
 * A login over the network whose client closes its side is told by a window of no size (cli/vty): what
 * was typed by then is done, and then it ends.
 *
 * Ends: BYE or the end of the typed input (in order), the router's closing, or the terminal's
 * (silently; a hang-up comes as a signal, tty.c).  When the router closes, a login over the network
 * ends with it, and a console waits for it to come back (reconnect.c).  One thread.
 */
#include "cli/console/console.h"

#include <errno.h>
#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "cli/console/terminal.h"
#include "cli/console/tty.h"

int
console_connect(const char *socket_path)
{
	const char *path = socket_path != NULL ? socket_path : proto_default_socket();
	int fd = proto_connect(path);

	if (fd >= 0)
		return fd;
	fprintf(stderr, "acegate: cannot reach the router at %s: %s\n", path, strerror(-fd));
	return -1;
}

enum { INPUT_QUIET_MS = 250 };

bool
terminal_ended(const struct terminal *t)
{
	return t->over || t->wire.gone || t->out.failed;
}

void
terminal_request(struct terminal *t, enum terminal_request request, enum proto_type type,
	const void *payload, size_t len)
{
	t->state = TERMINAL_WAITING;
	t->request = request;
	t->owed++;
	free(t->completed);
	t->completed = NULL;
	if (request == REQUEST_LINE || request == REQUEST_HELP) {
		t->line_on_screen = false;
		t->discard = false;
		pager_page(&t->pager);
	}
	wire_send(&t->wire, type, payload, len);
}

bool
terminal_runs_line(const struct terminal *t)
{
	return t->state == TERMINAL_WAITING && t->request == REQUEST_LINE;
}

void
terminal_interrupt(struct terminal *t)
{
	if (t->discard)
		return;
	t->discard = true;
	t->owed++;
	wire_send(&t->wire, PROTO_INTERRUPT, "line", 4);
}

void
terminal_window(struct terminal *t)
{
	unsigned rows, columns;
	char text[32];

	if (!tty_resized())
		return;
	if (!tty_size(STDIN_FILENO, &rows, &columns) && t->vty) {
		t->input_ends = true;
		return;
	}
	snprintf(text, sizeof(text), "%u %u", rows, columns);
	wire_send(&t->wire, PROTO_RESIZE, text, strlen(text));
	if (t->state == TERMINAL_PROMPT)
		terminal_request(t, REQUEST_WINDOW, PROTO_COMPLETE, "", 0);
	else
		t->resized = true;
}

void
terminal_read_keys(struct terminal *t, bool interrupts)
{
	char buf[4096];
	size_t room = input_room(&t->in), len;
	ssize_t n = read(STDIN_FILENO, buf, room < sizeof(buf) ? room : sizeof(buf));

	if (n < 0 && errno == EINTR)
		return;
	if (n <= 0) {
		t->in.eof = true;
		return;
	}
	len = (size_t)n;
	if (interrupts && input_take_interrupt(buf, &len)) {
		tcflush(STDOUT_FILENO,
			TCOFLUSH); /* the terminal need not show what it has not yet */
		terminal_interrupt(t);
	}
	input_put(&t->in, buf, len);
}

/* An answer came: true when it is the last one owed, or came unasked. */
static bool
terminal_answered(struct terminal *t)
{
	if (t->owed > 0)
		t->owed--;
	return t->owed == 0;
}

static void
terminal_on_ready(struct terminal *t, const uint8_t *payload, size_t len)
{
	struct proto_ready ready;
	bool changed;

	if (proto_ready_decode(payload, len, &ready) < 0) {
		t->wire.gone = true;
		return;
	}
	changed = strcmp(t->ready.prompt, ready.prompt) != 0;
	terminal_output_ends(t);
	if (t->ready.history != ready.history)
		editor_set_history_size(t->editor, ready.history);
	t->ready = ready;
	t->pager.length = ready.length;
	t->pager.width = ready.width;
	if (!terminal_answered(t)) {
		t->discard = false; /* the line's output ends here; what comes is the interrupt's */
		return;
	}
	prompt_ready(t, changed);
	if (t->resized) {
		t->resized = false;
		terminal_request(t, REQUEST_WINDOW, PROTO_COMPLETE, "", 0);
	}
}

static void
terminal_on_frame(struct terminal *t, enum proto_type type, const uint8_t *payload, size_t len)
{
	const char *text = (const char *)payload;

	t->heard = true;
	switch (type) {
	case PROTO_OUTPUT:
		terminal_output(t, text, len);
		break;
	case PROTO_MONITOR:
		if (len > 0)
			terminal_monitor(t, (payload[0] & PROTO_MONITOR_SYNCHRONOUS) != 0, text + 1,
				len - 1);
		break;
	case PROTO_READY:
		terminal_on_ready(t, payload, len);
		break;
	case PROTO_ASK:
		terminal_output_ends(t);
		if (len > 0 && terminal_answered(t))
			prompt_ask(t, payload[0], text + 1, len - 1);
		break;
	case PROTO_LINE:
		free(t->completed);
		t->completed = strndup(text, len);
		break;
	case PROTO_BYE:
		terminal_output_ends(t);
		t->over = true;
		t->returns = len > 0;
		break;
	default:
		t->wire.gone = true;
		break;
	}
}

int
terminal_poll(struct terminal *t, struct pollfd fds[2])
{
	int n = tty_poll(fds, 2, t->input_ends && fds[0].fd >= 0 ? INPUT_QUIET_MS : -1);

	if (n == 0)
		t->in.eof = true;
	return n;
}

void
terminal_turn(struct terminal *t)
{
	bool want_keys = !t->in.eof && input_room(&t->in) > 0;
	struct pollfd fds[] = {
		{ .fd = want_keys ? STDIN_FILENO : -1, .events = POLLIN },
		{ .fd = t->wire.fd, .events = POLLIN },
	};
	enum proto_type type;
	const uint8_t *payload;
	size_t len;

	out_flush(&t->out);
	if (terminal_poll(t, fds) < 0) {
		if (errno == EINTR)
			terminal_window(t);
		else
			t->over = true;
		return;
	}
	if (fds[0].revents != 0)
		terminal_read_keys(t, terminal_runs_line(t));
	if (fds[1].revents == 0)
		return;
	wire_fill(&t->wire);
	while (!t->over && wire_next(&t->wire, &type, &payload, &len))
		terminal_on_frame(t, type, payload, len);
}

static bool
terminal_start(struct terminal *t, bool vty)
{
	unsigned rows, columns;
	char hello[64];
	int err;

	/* Characters are UTF-8 whatever the environment says; C.UTF-8 is built into the C library. */
	setlocale(LC_CTYPE, "C.UTF-8");
	out_init(&t->out, STDOUT_FILENO);
	t->editor = editor_create(prompt_get_key, t);
	if (t->editor == NULL) {
		fprintf(stderr, "acegate: no memory or no pseudo-terminal for the line editor\n");
		return false;
	}
	err = tty_raw(STDIN_FILENO);
	if (err < 0) {
		fprintf(stderr, "acegate: stdin is not a terminal: %s\n", strerror(-err));
		return false;
	}
	t->vty = vty;
	t->input_ends = !tty_size(STDIN_FILENO, &rows, &columns) && vty;
	t->ready.width = columns;
	snprintf(hello, sizeof(hello), "%s %u %u", vty ? "vty" : "console", rows, columns);
	terminal_request(t, REQUEST_LINE, PROTO_HELLO, hello, strlen(hello));
	return true;
}

enum console_end {
	CONSOLE_OVER,
	CONSOLE_LOST,	 /* the router has gone away, and the user is still there */
	CONSOLE_RETURNS, /* the session was silent too long */
};

/* One session, to its end. */
static enum console_status
console_session(int fd, bool vty, enum console_end *how)
{
	struct terminal *t = calloc(1, sizeof(*t));
	enum console_status status = CONSOLE_REFUSED;

	*how = CONSOLE_OVER;
	if (t == NULL) {
		close(fd);
		return status;
	}
	wire_init(&t->wire, fd);
	if (!terminal_start(t, vty))
		goto out;
	while (!terminal_ended(t)) {
		if (t->state == TERMINAL_WAITING)
			terminal_turn(t);
		else
			prompt_key(t);
	}
	if (t->over || !t->wire.gone)
		status = CONSOLE_DONE;
	/* A login that never heard a word was refused, and its client shall hear none either. */
	if (t->heard || !vty)
		out_fresh_line(&t->out);
	out_flush(&t->out);
	tty_restore();
	if (status != CONSOLE_DONE && t->heard && !t->in.eof && !t->out.failed)
		*how = CONSOLE_LOST;
	else if (t->returns && !t->in.eof && !t->out.failed)
		*how = CONSOLE_RETURNS;
	if (status != CONSOLE_DONE && !vty)
		fprintf(stderr, "acegate: the router has gone away\n");
out:
	editor_destroy(t->editor);
	wire_fini(&t->wire);
	sieve_clear(&t->sieve);
	free(t->completed);
	free(t);
	return status;
}

enum console_status
console_run(int fd, const char *socket_path, bool vty)
{
	enum console_end how;
	enum console_status status = console_session(fd, vty, &how);

	while (how != CONSOLE_OVER && !vty) {
		fd = how == CONSOLE_LOST ? console_reconnect(socket_path)
					 : console_await_return(socket_path);
		if (fd < 0)
			break;
		status = console_session(fd, vty, &how);
	}
	return status;
}
