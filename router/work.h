/*
 * work.h - what takes too long for the control thread: slow hashes, making keys, compiling long lists.
 *
 * A job runs in a helper thread and comes back to the control thread.  There is one thread for each
 * lane, so that a key being made does not hold up a login; jobs of a lane run one after the other, in
 * the order given.  A job must touch nothing of the router while it runs.
 *
 * Without work_open() (tests, `acegated -t`, the startup-config being read) jobs run at once, where they
 * are given.
 */
#ifndef ROUTER_WORK_H
#define ROUTER_WORK_H

#include <stdbool.h>

struct router;

enum work_lane { WORK_SECRETS, WORK_KEYS, WORK_LISTS, WORK_LANES };

struct job {
	void (*run)(struct job *j);	/* helper thread */
	void (*done)(struct job *j);	/* control thread; may free the job */
	struct job *next;		/* work.c's */
};

/* The job stays the caller's memory, untouched until done(). */
void work_submit(struct router *r, enum work_lane lane, struct job *j);
/* From now on helpers do the work. The descriptor to watch, readable when work_collect() is due; -errno. */
int work_open(struct router *r);
/* Runs done() of what has been finished. */
void work_collect(struct router *r);
/* For run(): the router is going; whatever takes long should give up. */
bool work_stopping(void);

#endif
