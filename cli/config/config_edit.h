/*
 * config_edit.h - makes a router's configuration the one a text says, and nothing else.
 *
 * The text is canonical: show_running_config_body() with text.numbered, of this router or another.  Lines
 * are removed and added through the same commands that people type, as few as will do; then the
 * configuration is written again and compared, and what still differs is built anew, for as many passes
 * as IOS makes.  So it is exact, or says that it is not.  The caller holds the router, that the dataplane
 * sees only the outcome.  Control thread.
 */
#ifndef CLI_CONFIG_EDIT_H
#define CLI_CONFIG_EDIT_H

#include "cli/grammar/grammar.h"
#include "cli/show/show.h"
#include "router/router.h"

enum { CONFIG_PASSES_MAX = 5 };

/* The whole configuration, with every sequence number; free with text_fini(). False without memory. */
bool config_snapshot(struct router *r, struct text *t);
/*
 * The passes it took, 0 when nothing differed; -1 when it still differs after CONFIG_PASSES_MAX, or without
 * memory.  commands, if not NULL, gets the lines that were run, as IOS lists them.
 */
int config_edit(struct router *r, const struct grammar *g, const char *target,
	struct text *commands);

#endif
