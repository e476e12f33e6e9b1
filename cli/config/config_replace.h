/*
 * config_replace.h - the running configuration replaced by another, wholly or not at all.
 *
 * Everything is tried on a copy first: the text on a router of its own, which says what it means in
 * canonical form and which of its lines nobody takes; then the edits on a copy of this router.  Only what
 * has worked there is done here, and the dataplane sees the outcome alone, at once.  Control thread.
 */
#ifndef CLI_CONFIG_REPLACE_H
#define CLI_CONFIG_REPLACE_H

#include "cli/grammar/grammar.h"
#include "cli/show/show.h"
#include "router/router.h"

enum replace_result {
	REPLACE_DONE,
	REPLACE_REFUSED,	/* lines of the text are refused: nothing has been changed */
	REPLACE_IMPOSSIBLE,	/* the edits do not lead there: nothing has been changed */
	REPLACE_FAILED,		/* they did on the copy; what was before has been restored */
	REPLACE_BROKEN,		/* ... and could not be restored, either */
};

struct replace {
	struct text refused;	/* the lines nobody takes, one to a line */
	struct text commands;	/* what was run, as `configure replace ... list` shows it */
	int passes;
};

/* text: a whole configuration, as in a file, or config_snapshot()'s. replace_fini() *out in any case. */
enum replace_result config_replace(struct router *r, const struct grammar *g, const char *text,
	struct replace *out);
void replace_fini(struct replace *out);

#endif
