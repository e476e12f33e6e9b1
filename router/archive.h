/*
 * archive.h - `archive`: how configurations are kept, and the change that must be confirmed.
 *
 * State only; what is written where, and the rolling back, is cli/config's.  Control thread.
 */
#ifndef ROUTER_ARCHIVE_H
#define ROUTER_ARCHIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "router/files.h"

struct router;

enum {
	ARCHIVE_MAXIMUM_DEFAULT = 10, ARCHIVE_MAXIMUM_MOST = 14,
	ARCHIVE_LOG_SIZE_DEFAULT = 100, ARCHIVE_LOG_SIZE_MOST = 1000,
	ARCHIVE_WHO_MAX = 160,
};

struct archive {
	char path[FILES_PATH_MAX + 16];	/* as typed, $h and $t in it; "" not set */
	unsigned maximum;		/* configurations kept, 1-14 */
	bool write_memory;		/* one at each `write memory` */
	uint32_t period_min;		/* one every so many minutes; 0 never */
	uint64_t next_ms;		/* when, on the monotonic clock */
	/* log config */
	bool log, log_hidekeys, log_syslog;
	unsigned log_size;
};

struct archive *archive_settings(struct router *r);
/* Back to the defaults: `no archive`. */
void archive_set_defaults(struct router *r);
void archive_set_period(struct router *r, uint32_t minutes);

/* ---- log config: the commands that changed the configuration ---- */

struct archive_command {
	unsigned index;		/* counts up from 1 */
	char user[65];		/* "console" when nobody logged in */
	char line[16];		/* "con0", "vty0" */
	char *text;
};

/* Remembers one, when `logging enable` says so, and tells syslog of it when `notify syslog` does. */
void archive_log_command(struct router *r, const char *user, const char *line, const char *text);
/* Oldest first; NULL behind the last. */
const struct archive_command *archive_log_at(const struct router *r, size_t i);
/* `logging size`: the oldest beyond it go. */
void archive_set_log_size(struct router *r, unsigned size);

/* ---- rollback confirmed change ---- */

struct line;

struct rollback {
	bool pending;
	bool idle;			/* the minutes count from the line's last input */
	unsigned minutes;
	uint64_t began_ms;		/* or when it was last set anew */
	const struct line *line;	/* whose idleness counts; NULL: nobody's */
	bool warned;			/* a minute before the end */
	char who[ARCHIVE_WHO_MAX];	/* "admin(Priv: 15, View: 0)" */
	char file[FILES_PATH_MAX + 16];	/* where the backup is */
	char *target;			/* the configuration to go back to */
};

/* Never NULL. */
const struct rollback *rollback_pending(const struct router *r);
/* Takes target over; what was pending is forgotten. */
void rollback_start(struct router *r, const struct rollback *plan);
void rollback_set_timer(struct router *r, bool idle, unsigned minutes, const struct line *line);
void rollback_forget(struct router *r);
/* When it falls due, on the monotonic clock in ms. */
uint64_t rollback_due(const struct router *r);
/* Tells of the last minute when it has come, once. Ms until something is due; -1 when nothing is pending. */
int64_t rollback_tick(struct router *r);

#endif
