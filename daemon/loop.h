/*
 * loop.h - the control thread's event loop: everything that is no session's and no frame's.
 */
#ifndef DAEMON_LOOP_H
#define DAEMON_LOOP_H

#include <stdbool.h>

#include "cli/grammar/grammar.h"
#include "router/router.h"

struct event_base;
struct loop;

/*
 * Hears signals, the dataplane, the links and the clock on base's behalf. With exit_at_eof it ends when
 * the captures do. NULL with a message.
 */
struct loop *loop_create(struct event_base *base, struct router *r, const struct grammar *g,
	bool exit_at_eof);
/* Runs until a signal, a `reload` or an exit is asked for. The process's exit status. */
int loop_run(struct loop *l);
void loop_destroy(struct loop *l);

#endif
