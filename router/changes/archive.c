/*
 * archive.c - the settings of `archive`, and the log of commands that changed the configuration.
 */
#include "router/archive.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "router/changes/changes.h"
#include "router/internal.h"

int
changes_init(struct router *r)
{
	r->changes = calloc(1, sizeof(*r->changes));
	if (r->changes == NULL)
		return -1;
	archive_set_defaults(r);
	return 0;
}

static void
forget_oldest(struct changes *c)
{
	free(c->command[c->first].text);
	c->command[c->first].text = NULL;
	c->first = (c->first + 1) % c->room;
	c->commands--;
}

void
changes_fini(struct router *r)
{
	if (r->changes == NULL)
		return;
	rollback_forget(r);
	while (r->changes->commands > 0)
		forget_oldest(r->changes);
	free(r->changes->command);
	free(r->changes);
	r->changes = NULL;
}

struct archive *
archive_settings(struct router *r)
{
	return &r->changes->archive;
}

void
archive_set_defaults(struct router *r)
{
	r->changes->archive = (struct archive){
		.maximum = ARCHIVE_MAXIMUM_DEFAULT,
		.log_size = ARCHIVE_LOG_SIZE_DEFAULT,
	};
}

void
archive_set_period(struct router *r, uint32_t minutes)
{
	struct archive *a = &r->changes->archive;

	a->period_min = minutes;
	a->next_ms = clock_mono_ms(r->clock) + (uint64_t)minutes * 60000;
}

/* ---- log config ---- */

/* Room for the whole ring, the entries in order from its start. False without memory. */
static bool
make_ring(struct changes *c, size_t room)
{
	struct archive_command *ring = calloc(room, sizeof(*ring));

	if (ring == NULL)
		return false;
	while (c->commands > room)
		forget_oldest(c);
	for (size_t i = 0; i < c->commands; i++)
		ring[i] = c->command[(c->first + i) % c->room];
	free(c->command);
	c->command = ring;
	c->room = room;
	c->first = 0;
	return true;
}

void
archive_log_command(struct router *r, const char *user, const char *line, const char *text)
{
	struct changes *c = r->changes;
	struct archive_command *command;

	if (!c->archive.log)
		return;
	if (c->room != c->archive.log_size && !make_ring(c, c->archive.log_size))
		return;
	if (c->commands == c->room)
		forget_oldest(c);
	command = &c->command[(c->first + c->commands) % c->room];
	command->text = strdup(text);
	if (command->text == NULL)
		return;
	c->commands++;
	command->index = ++c->last_index;
	snprintf(command->user, sizeof(command->user), "%s", user);
	snprintf(command->line, sizeof(command->line), "%s", line);
	if (c->archive.log_syslog)
		logging_emit(r, "PARSER", 5, "CFGLOG_LOGGEDCMD", "User:%s  logged command:%s", user,
			text);
}

const struct archive_command *
archive_log_at(const struct router *r, size_t i)
{
	const struct changes *c = r->changes;

	return i < c->commands ? &c->command[(c->first + i) % c->room] : NULL;
}

void
archive_set_log_size(struct router *r, unsigned size)
{
	struct changes *c = r->changes;

	c->archive.log_size = size;
	if (c->room != 0)
		(void)make_ring(c, size);
}
