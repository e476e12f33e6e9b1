/*
 * area.h - what the files of this room share: the area's directory and the way to a path in it.
 */
#ifndef ROUTER_FILES_AREA_H
#define ROUTER_FILES_AREA_H

#include "router/files.h"

/* A file being written has this name, and a number, until it takes its own. */
#define FILES_UNFINISHED ".unfinished-"

struct files {
	int root;		/* the directory; -1 without an area */
	uint64_t used;		/* bytes, as counted and written since */
	size_t count;		/* files and directories */
	unsigned unfinished;	/* numbers given out */
	bool prompt_quiet, scp_server;
};

struct files *files_of(const struct router *r);
/*
 * Opens the directory that a path's last part is in, and points *last at that part ("" for the area
 * itself, whose directory is then the area's).  The descriptor, which the caller closes, or -errno.
 */
int files_parent(struct router *r, const char *path, const char **last);
/* Counts what the area holds. 0 or -errno. */
int files_count(struct router *r);
/* What may still be written, after files_count(). */
uint64_t files_left(const struct router *r);

#endif
