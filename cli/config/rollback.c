/*
 * rollback.c - see rollback.h.
 *
 * The promise is that nobody locks himself out: so the way back is kept in memory, is tried on a copy
 * before anything is touched, and takes effect at once.  If it cannot be gone, what is configured stays
 * and the log says so.
 */
#include "cli/config/rollback.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/config/archive.h"
#include "cli/config/config_edit.h"

#define FACILITY "ARCHIVE_DIFF"

int
rollback_backup(struct router *r, struct rollback_backup *b)
{
	struct text is;
	int rc = archive_save(r, b->file);

	if (rc < 0)
		return rc;
	logging_emit(r, FACILITY, 5, "ROLLBK_CNFMD_CHG_BACKUP",
		"Backing up current running config to %s", b->file);
	if (!config_snapshot(r, &is))
		return -ENOMEM;
	b->target = is.s;
	return 0;
}

void
rollback_arm(struct router *r, struct rollback_backup *b, bool idle, unsigned minutes,
	const struct line *line, const char *who)
{
	struct rollback plan = {
		.idle = idle, .minutes = minutes, .line = line, .target = b->target
	};

	snprintf(plan.who, sizeof(plan.who), "%s", who);
	snprintf(plan.file, sizeof(plan.file), "%s", b->file);
	b->target = NULL;
	rollback_start(r, &plan);
	if (idle)
		logging_emit(r, FACILITY, 5, "ROLLBK_CNFMD_CHG_START_IDLETIMER",
			"User: %s: Scheduled to rollback to config %s if session has been idle "
			"for %u minutes",
			who, plan.file, minutes);
	else
		logging_emit(r, FACILITY, 5, "ROLLBK_CNFMD_CHG_START_ABSTIMER",
			"User: %s: Scheduled to rollback to config %s in %u minutes", who,
			plan.file, minutes);
}

static const char *
why(enum replace_result result)
{
	switch (result) {
	case REPLACE_DONE:
		break;
	case REPLACE_REFUSED:
		return "lines of it are refused";
	case REPLACE_IMPOSSIBLE:
		return "it cannot be reached from here";
	case REPLACE_FAILED:
		return "the edits failed, and have been undone";
	case REPLACE_BROKEN:
		return "the edits failed midway";
	}
	return "";
}

enum replace_result
rollback_run(struct router *r, const struct grammar *g, struct replace *out)
{
	const struct rollback *b = rollback_pending(r);
	enum replace_result result;

	logging_emit(
		r, FACILITY, 5, "ROLLBK_CNFMD_CHG_ROLLBACK_START", "Start rolling to: %s", b->file);
	result = config_replace(r, g, b->target, out);
	if (result == REPLACE_DONE)
		router_note_change(r, "");
	else
		logging_emit(r, FACILITY, 3, "ROLLBK_CNFMD_CHG_ERROR",
			"Rollback to config %s failed, the configuration stays as it is: %s",
			b->file, why(result));
	rollback_forget(r);
	return result;
}

/* ---- by the clock ---- */

static int64_t
tick_rollback(struct router *r, const struct grammar *g)
{
	int64_t next = rollback_tick(r);
	struct replace done;

	if (next != 0)
		return next;
	(void)rollback_run(r, g, &done);
	replace_fini(&done);
	return -1;
}

static int64_t
tick_archive(struct router *r)
{
	struct archive *a = archive_settings(r);
	uint64_t now = clock_mono_ms(router_clock(r));
	char name[URL_TEXT_MAX];
	int rc;

	if (a->period_min == 0 || !archive_enabled(r))
		return -1;
	if (now >= a->next_ms) {
		archive_set_period(r, a->period_min);
		rc = archive_save(r, name);
		if (rc < 0)
			logging_emit(r, "ARCHIVE", 3, "WRITEFAIL",
				"The running configuration could not be archived: %s",
				url_strerror(rc));
	}
	return (int64_t)(a->next_ms - now);
}

int64_t
config_timers_tick(struct router *r, const struct grammar *g)
{
	const int64_t due[] = { tick_rollback(r, g), tick_archive(r), reload_tick(r) };
	int64_t next = -1;

	for (size_t i = 0; i < sizeof(due) / sizeof(due[0]); i++)
		if (due[i] >= 0 && (next < 0 || due[i] < next))
			next = due[i];
	return next;
}
