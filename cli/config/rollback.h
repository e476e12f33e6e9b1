/*
 * rollback.h - rollback confirmed change: a configuration that comes back by itself unless it is
 * confirmed (`configure terminal revert timer`), and all else that configuring does by the clock.
 *
 * Control thread.
 */
#ifndef CLI_CONFIG_ROLLBACK_H
#define CLI_CONFIG_ROLLBACK_H

#include "cli/config/config_replace.h"
#include "cli/files/url.h"

/* What a rollback will need, taken before the change. */
struct rollback_backup {
	char file[URL_TEXT_MAX];	/* the archived configuration */
	char *target;			/* the configuration in full; rollback_arm() or the caller's free() */
};

/* Archives the running configuration and says so in the log. 0 or -errno. */
int rollback_backup(struct router *r, struct rollback_backup *b);
/* From now on the change goes back, unless it is confirmed. line NULL: an idle timer counts from now. */
void rollback_arm(struct router *r, struct rollback_backup *b, bool idle, unsigned minutes,
	const struct line *line, const char *who);
/* Goes back now; what was pending is pending no more. out as config_replace()'s. */
enum replace_result rollback_run(struct router *r, const struct grammar *g, struct replace *out);

/*
 * Does what is due: rollbacks, archives at their period, the warnings before a reload and the reload.
 * Ms until something is due again, -1 for never.  After every turn of the event loop.
 */
int64_t config_timers_tick(struct router *r, const struct grammar *g);

#endif
