/*
 * changes.h - what the files of this room keep in struct router.
 */
#ifndef ROUTER_CHANGES_CHANGES_H
#define ROUTER_CHANGES_CHANGES_H

#include "router/archive.h"
#include "router/reload.h"

struct broadcast_listener {
	void (*fn)(void *arg, const char *text);
	void *arg;
};

struct changes {
	struct archive archive;
	struct archive_command *command;	/* a ring of `room`, from `first` */
	size_t first, commands, room;
	unsigned last_index;
	struct rollback rollback;
	struct reload_plan reload;
	unsigned reload_told;			/* stages of the shutdown that were broadcast */
	struct broadcast_listener broadcast;
};

#endif
