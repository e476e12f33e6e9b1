/*
 * filters.h - the stages that output goes through behind `|`; for this room only.
 *
 * A chain is a list of stages.  Lines are pushed into the first, each pushes on what it lets through, and
 * what leaves the last is put on the session's screen.  Nothing is gathered: a stage holds a few lines at
 * most, whatever comes.  Control thread.
 */
#ifndef CLI_SESSION_FILTERS_H
#define CLI_SESSION_FILTERS_H

#include "cli/session/internal.h"

struct stage;

struct stage_kind {
	const char *name;	/* the keyword; the first letters differ, and one is enough */
	/* Makes it of what stands behind the keyword. False when it cannot be, which it has said. */
	bool (*init)(struct stage *st, const char *text);
	void (*line)(struct stage *st, const char *line);
	/* No more lines will come; all the same it may still push some on. */
	void (*end)(struct stage *st);
	void (*fini)(struct stage *st);
	size_t size;		/* of the stage, with its own part */
};

struct stage {
	const struct stage_kind *kind;
	struct session *session;
	struct stage *next;	/* NULL: the screen */
};

extern const struct stage_kind *const stage_kinds[];	/* NULL ends */

/* Gives a line to whoever comes behind st. */
void stage_pass(struct stage *st, const char *line);

/* ---- lines.c: begin, count, exclude, include, section; file.c: append, redirect, tee ---- */
extern const struct stage_kind stage_begin, stage_count, stage_exclude, stage_include,
	stage_section, stage_append, stage_redirect, stage_tee;

#endif
