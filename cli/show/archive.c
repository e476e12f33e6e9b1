/*
 * archive.c - `show archive` and what belongs to it.
 */
#include "cli/show/archive.h"

#include <stdlib.h>
#include <string.h>

#include "cli/config/archive.h"
#include "cli/show/show_internal.h"

void
show_archive(struct text *t, struct router *r)
{
	unsigned maximum = archive_settings(r)->maximum;
	char next[URL_TEXT_MAX];
	struct archived *v;
	size_t n;

	if (!archive_enabled(r)) {
		text_add(t, " Archive feature not enabled\n");
		return;
	}
	(void)archive_list(r, &v, &n);
	archive_next_name(r, next);
	text_addf(t,
		"The maximum archive configurations allowed is %u.\n"
		"There are currently %zu archive configurations saved.\n"
		"The next archive file will be named %s\n Archive #  Name\n",
		maximum, n, next);
	for (size_t i = 0; i < n || i < maximum; i++)
		text_addf(t, "   %-8zu %s%s\n", i + 1, i < n ? v[i].name : "",
			i + 1 == n ? " <- Most Recent" : "");
	free(v);
}

void
show_rollback_timer(struct text *t, struct router *r)
{
	const struct rollback *b = rollback_pending(r);
	const struct router_clock *clock = router_clock(r);
	char when[SHOW_TIME_MAX];
	int64_t began;

	if (!b->pending) {
		text_add(t, "%No Rollback Confirmed Change pending\n");
		return;
	}
	began = clock_wall_us(clock) - (int64_t)(clock_mono_ms(clock) - b->began_ms) * 1000;
	text_addf(t,
		"Time configured(or reconfigured): %s\nTimer type: %s timer\n"
		"Timer value: %u minutes\nUser: %.*s\n",
		show_time(r, began, false, when), b->idle ? "idle" : "absolute", b->minutes,
		(int)strcspn(b->who, "("), b->who);
}

void
show_archive_log(struct text *t, struct router *r)
{
	const struct archive_command *c;

	text_add(t, " idx             user@line      Logged command\n");
	for (size_t i = 0; (c = archive_log_at(r, i)) != NULL; i++)
		text_addf(t, "%5u  %15s@%-9s|%s\n", c->index, c->user, c->line, c->text);
}

static void
add_log_config(struct text *t, const struct archive *a)
{
	if (!a->log && !a->log_hidekeys && !a->log_syslog &&
		a->log_size == ARCHIVE_LOG_SIZE_DEFAULT)
		return;
	text_add(t, " log config\n");
	if (a->log)
		text_add(t, "  logging enable\n");
	if (a->log_size != ARCHIVE_LOG_SIZE_DEFAULT)
		text_addf(t, "  logging size %u\n", a->log_size);
	if (a->log_syslog)
		text_add(t, "  notify syslog contenttype plaintext\n");
	if (a->log_hidekeys)
		text_add(t, "  hidekeys\n");
}

void
running_config_archive(struct text *t, struct router *r)
{
	const struct archive *a = archive_settings(r);
	struct text under = { 0 };

	if (files_prompt_quiet(r))
		text_add(t, "file prompt quiet\n!\n");
	add_log_config(&under, a);
	if (a->path[0] != '\0')
		text_addf(&under, " path %s\n", a->path);
	if (a->maximum != ARCHIVE_MAXIMUM_DEFAULT)
		text_addf(&under, " maximum %u\n", a->maximum);
	if (a->write_memory)
		text_add(&under, " write-memory\n");
	if (a->period_min != 0)
		text_addf(&under, " time-period %u\n", a->period_min);
	if (under.len > 0)
		text_addf(t, "archive\n%s!\n", under.s);
	t->failed |= under.failed;
	text_fini(&under);
}
