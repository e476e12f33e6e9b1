/*
 * line.h - what the two tables of line configuration share.
 */
#ifndef CLI_COMMANDS_LINE_H
#define CLI_COMMANDS_LINE_H

#include "cli/session/session.h"

/* Calls set(line, a) for every line the session is configuring. 0, for a handler to return. */
int line_for_each(struct session *s, const struct args *a,
	void (*set)(struct line *l, const struct args *a));

#endif
