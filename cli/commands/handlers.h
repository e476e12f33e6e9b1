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
/* Prints a sentence and a line end. Returns -1, so that a handler may `return` it. */
int command_refuse(struct session *s, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The interface that the capture `if` names; NULL when there is none, which it has said. */
struct interface *command_interface(struct session *s, const struct args *a);
/* "console" or "admin on vty0 (192.0.2.1)": who did it, as log lines say it. Returns buf. */
char *command_origin(struct session *s, char *buf, size_t size);

#endif
