/*
 * handlers.h - what the handlers of several tables share.
 */
#ifndef CLI_COMMANDS_HANDLERS_H
#define CLI_COMMANDS_HANDLERS_H

#include "cli/grammar/grammar.h"
#include "cli/session/session.h"
#include "cli/show/show.h"

/* Prints the text and frees it. 0, or -1 when memory ran out while it was made. */
int command_print(struct session *s, struct text *t);
/* Prints a sentence and a line end, past the filters. Returns -1, so that a handler may `return` it. */
int command_refuse(struct session *s, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The interface that the capture `if` names; NULL when there is none, which it has said. */
struct interface *command_interface(struct session *s, const struct args *a);
/* "console" or "admin on vty0 (192.0.2.1)": who did it, as log lines say it. Returns buf. */
char *command_origin(struct session *s, char *buf, size_t size);

/*
 * A question that is put until it is answered yes or no; batch sessions say no, for Enter is neither.  It
 * begins what a dialog keeps in session_memory(), and answered() gets it back.
 */
struct yes_no {
	const char *prompt;
	void (*answered)(struct session *s, bool yes, struct yes_no *q);
};
void command_ask_yes_no(struct session *s, struct yes_no *q);
/* Asks for the next line of a text. mode: what stands behind the host's name in the prompt; "": none. */
void command_ask_text(struct session *s, const char *mode,
	void (*typed)(struct session *s, const char *line, void *arg), void *arg);

#endif
