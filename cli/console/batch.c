/*
 * batch.c - acegate -c and -f: lines without a terminal.
 *
 * The lines run in one privileged session, the next only after the one before was answered, so what is
 * printed stands in order and an error stops nothing: like lines pasted on a console.  A `!` comment
 * or a blank line is skipped here.  The session may end early (exit, reload); then the rest is not run.
 */
#include "cli/console/console.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/console/wire.h"
#include "cli/session/session.h"
#include "words/words.h"

struct batch {
	struct wire wire;
	struct proto_ready ready;
	bool over;	 /* the session ended in order */
	bool refused;	 /* some line was */
	bool text;	 /* a text is being given, line by line */
	bool unreadable; /* some file was */
};

/* Takes one frame; true when it answers the request under way. */
static bool
batch_on_frame(struct batch *b, enum proto_type type, const uint8_t *payload, size_t len)
{
	switch (type) {
	case PROTO_OUTPUT:
		fwrite(payload, 1, len, stdout);
		return false;
	case PROTO_MONITOR:
		if (len > 0)
			fwrite(payload + 1, 1, len - 1, stdout);
		putchar('\n');
		return false;
	case PROTO_READY:
		if (proto_ready_decode(payload, len, &b->ready) < 0)
			b->wire.gone = true;
		return true;
	case PROTO_ASK: /* nobody is there to answer, but a text's next line is at hand */
		b->text = len > 0 && payload[0] == ASK_TEXT;
		if (b->text)
			return true;
		wire_send(&b->wire, PROTO_ANSWER, "", 0);
		return false;
	case PROTO_BYE:
		b->over = true;
		return true;
	default:
		b->wire.gone = true;
		return false;
	}
}

/* Sends a request and sees it through. False when the session is over or the router gone. */
static bool
batch_request(struct batch *b, enum proto_type type, const char *payload, size_t n)
{
	enum proto_type answer;
	const uint8_t *data;
	size_t len;
	bool answered = false;

	wire_send(&b->wire, type, payload, n);
	while (!answered && !b->wire.gone) {
		while (!answered && wire_next(&b->wire, &answer, &data, &len))
			answered = batch_on_frame(b, answer, data, len);
		if (!answered && !b->wire.gone) {
			fflush(stdout); /* a ping prints while it runs */
			wire_fill(&b->wire);
		}
	}
	fflush(stdout);
	return !b->over && !b->wire.gone;
}

/*
 * Runs line[0..n), which is where's `number`. False when the batch cannot go on.  A refused line of a
 * file is named; what was wrong with it the router has printed, line and caret and all.
 */
static bool
batch_line(struct batch *b, const char *line, size_t n, const char *where, unsigned number)
{
	enum proto_type type = b->text ? PROTO_ANSWER : PROTO_EXECUTE;
	bool goes_on;

	while (n > 0 && (line[n - 1] == '\r' || line[n - 1] == '\n'))
		n--;
	if (!b->text && (strspn(line, " \t") >= n || line[strspn(line, " \t")] == '!'))
		return true;
	if (n >= WORDS_MAX_LINE) {
		fprintf(stderr, "acegate: %s:%u: line is too long\n", where != NULL ? where : "-c",
			number);
		b->refused = true;
		return true;
	}
	b->ready.status = 0;
	b->text = false;
	goes_on = batch_request(b, type, line, n);
	if (b->ready.status != 0) {
		if (where != NULL)
			fprintf(stderr, "acegate: %s:%u: refused: %.*s\n", where, number, (int)n,
				line);
		b->refused = true;
	}
	return goes_on;
}

static bool
batch_text(struct batch *b, const char *text)
{
	bool goes_on = true;

	for (unsigned number = 1; goes_on && *text != '\0'; number++) {
		size_t n = strcspn(text, "\n");

		goes_on = batch_line(b, text, n, NULL, number);
		text += n + (text[n] == '\n');
	}
	return goes_on;
}

static bool
batch_file(struct batch *b, const char *name)
{
	bool is_stdin = strcmp(name, "-") == 0;
	FILE *f = is_stdin ? stdin : fopen(name, "r");
	char *line = NULL;
	size_t room = 0;
	ssize_t n;
	bool goes_on = true;

	if (f == NULL) {
		fprintf(stderr, "acegate: %s: %s\n", name, strerror(errno));
		b->unreadable = true;
		return true;
	}
	for (unsigned number = 1; goes_on && (n = getline(&line, &room, f)) >= 0; number++)
		goes_on = batch_line(b, line, (size_t)n, is_stdin ? "stdin" : name, number);
	if (ferror(f)) {
		fprintf(stderr, "acegate: %s: cannot read on\n", name);
		b->unreadable = true;
	}
	free(line);
	if (!is_stdin)
		fclose(f);
	return goes_on;
}

enum console_status
console_batch(int fd, const struct console_batch *batch, size_t n)
{
	static const char hello[] = "batch 0 0";
	struct batch b = { 0 };
	bool goes_on;

	wire_init(&b.wire, fd);
	goes_on = batch_request(&b, PROTO_HELLO, hello, strlen(hello));
	for (size_t i = 0; goes_on && i < n; i++)
		goes_on = batch[i].text != NULL ? batch_text(&b, batch[i].text)
						: batch_file(&b, batch[i].name);
	if (b.wire.gone && !b.over)
		fprintf(stderr, "acegate: the router has gone away\n");
	wire_fini(&b.wire);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		fprintf(stderr, "acegate: cannot write: %s\n", strerror(errno));
		return CONSOLE_REFUSED;
	}
	return b.refused || b.unreadable || (b.wire.gone && !b.over) ? CONSOLE_REFUSED
								     : CONSOLE_DONE;
}
