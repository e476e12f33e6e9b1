/*
 * terminal.h - one interactive session, as the parts of the console share it.
 *
 * console.c owns the loop and hears the router, prompt.c does what keys at a prompt ask for,
 * terminal_output.c prints and pages, more.c asks at the end of a page.  One thread.
 */
#ifndef CONSOLE_TERMINAL_H
#define CONSOLE_TERMINAL_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/console/editor/editor.h"
#include "cli/console/input.h"
#include "cli/console/out.h"
#include "cli/console/pager.h"
#include "cli/console/paint.h"
#include "cli/console/sieve.h"
#include "cli/console/wire.h"
#include "cli/session/session.h"

enum terminal_state {
	TERMINAL_WAITING,	/* for the router to answer `request` */
	TERMINAL_PROMPT,	/* for a line */
	TERMINAL_ASKING,	/* for the answer to a question */
};

enum terminal_request {
	REQUEST_LINE,		/* a line, an answer, Ctrl-Z: then comes a fresh prompt */
	REQUEST_HELP,		/* then the prompt with the line as it stands */
	REQUEST_COMPLETE,	/* then the completed line, if it changed */
	REQUEST_WINDOW,		/* nothing: only READY's length and width are wanted */
};

struct terminal {
	struct wire wire;
	struct input in;
	struct out out;
	struct pager pager;
	struct sieve sieve;	/* what the pager was told to show of the rest */
	struct paint paint;
	struct editor *editor;

	enum terminal_state state;
	enum terminal_request request;
	struct proto_ready ready;
	enum ask_kind ask_kind;
	char ask_prompt[512];

	unsigned owed;		/* answers (READY, ASK) the router still owes us */
	char *completed;	/* what LINE brought */
	bool line_on_screen;	/* the cursor stands in a line, behind its prompt */
	bool discard;		/* the user has seen enough of this command's output */
	bool resized;		/* the window changed since READY was made */
	bool vty;		/* a login over the network */
	bool input_ends;	/* its client will type no more than is on its way here */
	bool heard;		/* the router has said something */
	bool over;		/* the session ended in order */
	bool returns;		/* ... for its silence: RETURN begins another */
};

/* ---- console.c ---- */

/* Sends a request and waits for its answer from now on. */
void terminal_request(struct terminal *t, enum terminal_request request, enum proto_type type,
	const void *payload, size_t len);
/* A line or an answer is being run: there is something to interrupt. */
bool terminal_runs_line(const struct terminal *t);
/* Ctrl-C, or enough of the output of a line that is being run; once is enough. */
void terminal_interrupt(struct terminal *t);
/* One turn of the loop: prints, waits for a key or the router, takes what came. */
void terminal_turn(struct terminal *t);
/* Reads what was typed into the queue. interrupts: Ctrl-C does not wait its turn there. */
void terminal_read_keys(struct terminal *t, bool interrupts);
/*
 * Waits for a key (fds[0], on stdin) or something else. Once it was announced that no more will be
 * typed, not to get one in a while is the end of the input.
 */
int terminal_poll(struct terminal *t, struct pollfd fds[2]);
/* Tells the router of a changed window, if it changed. */
void terminal_window(struct terminal *t);
/* Nothing more can happen: the session, its router or its terminal has ended. */
bool terminal_ended(const struct terminal *t);

/* ---- prompt.c ---- */

/* Waits for one key at the prompt or question, and does what it asks. */
void prompt_key(struct terminal *t);
/*
 * READY was answered to `request`, or came unasked: puts the prompt on the screen as it should be.
 * changed: the prompt is another than before.
 */
void prompt_ready(struct terminal *t, bool changed);
void prompt_ask(struct terminal *t, enum ask_kind kind, const char *text, size_t len);
/* Prints the prompt, or question, with the line behind it. */
void prompt_redraw(struct terminal *t);
/* For editor_create(). */
bool prompt_get_key(void *terminal, wchar_t *key);

/* ---- reconnect.c ---- */

/*
 * The router went away: waits a while for one to come back, and for RETURN. The descriptor of a new
 * session, or -1 with a message where one is due.
 */
int console_reconnect(const char *socket_path);
/* The session ended for its silence: waits for RETURN; what it returns is the same. */
int console_await_return(const char *socket_path);

/* ---- terminal_output.c ---- */

/* Text of the router's, paged while a line is being run. */
void terminal_output(struct terminal *t, const char *text, size_t n);
/* The output of a request has ended. */
void terminal_output_ends(struct terminal *t);
/* A log line. synchronous: the line being typed is put back under it. */
void terminal_monitor(struct terminal *t, bool synchronous, const char *text, size_t n);

/* ---- more.c ---- */

/* The page is full and there is more: what is wanted of it. */
enum more { MORE_STOP, MORE_GOES_ON, MORE_FILTERED };
enum more more_ask(struct terminal *t);

#endif
