/*
 * file_dialog.c - see file_dialog.h.
 */
#include "cli/commands/file_dialog.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli/commands/handlers.h"

bool
file_url(struct session *s, const char *text, struct url *u)
{
	if (url_parse(text, u))
		return true;
	command_refuse(s, "%%Error opening %s (No such device)", text);
	return false;
}

int
file_refuse(struct session *s, const char *doing, const struct url *u, int rc)
{
	char name[URL_TEXT_MAX];

	return command_refuse(s, "%%Error %s %s (%s)", doing, url_text(u, name), url_strerror(rc));
}

bool
file_asks_nothing(struct session *s)
{
	return session_kind(s) == SESSION_BATCH || files_prompt_quiet(session_router(s));
}

void
file_ask_name(struct session *s, const char *what, const struct url *u,
	void (*answered)(struct session *s, const char *answer, void *arg), void *arg)
{
	char question[URL_TEXT_MAX + 64];

	snprintf(question, sizeof(question), "%s [%s]? ", what,
		u->place == URL_FLASH ? u->path : url_base(u));
	session_ask(s, ASK_LINE, question, answered, arg);
}

bool
file_renamed(struct session *s, const char *answer, struct url *u)
{
	struct url other;

	if (answer[0] == '\0')
		return true;
	if (!file_url(s, answer, &other))
		return false;
	if (strchr(answer, ':') == NULL)
		other.place = u->place;
	*u = other;
	return true;
}
