/*
 * handlers.c - printing, refusing and naming things, for the handlers of every table. No state.
 */
#include "cli/commands/handlers.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int
command_print(struct session *s, struct text *t)
{
	bool failed = t->failed;

	if (t->s != NULL)
		session_print(s, t->s);
	text_fini(t);
	return failed ? command_refuse(s, "%% Out of memory") : 0;
}

int
command_refuse(struct session *s, const char *fmt, ...)
{
	char line[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	/* Past the filters: nobody should look for an error in a file, or not at all. */
	session_put(s, line);
	session_put(s, "\n");
	return -1;
}

struct interface *
command_interface(struct session *s, const struct args *a)
{
	const char *name = args_text(a, "if");
	struct interface *i = interface_find(session_router(s), name);

	if (i == NULL)
		command_refuse(s, "%% Interface %s does not exist", name);
	return i;
}

char *
command_origin(struct session *s, char *buf, size_t size)
{
	const struct line *l = session_line(s);
	const char *user = session_user(s);

	if (l == NULL || l->kind == LINE_CON)
		snprintf(buf, size, "console");
	else
		snprintf(buf, size, "%s%svty%u (%s)", user, user[0] != '\0' ? " on " : "",
			l->number, l->peer);
	return buf;
}

static void
yes_no_typed(struct session *s, const char *answer, void *arg)
{
	const struct word word = { .text = answer, .len = strlen(answer) };
	struct yes_no *q = arg;
	bool nobody = session_kind(s) == SESSION_BATCH || session_kind(s) == SESSION_EXEC ||
		      session_kind(s) == SESSION_LOADER;
	bool yes = word.len > 0 && word_abbreviates(&word, "yes");

	if (yes || nobody || (word.len > 0 && word_abbreviates(&word, "no"))) {
		q->answered(s, yes, q);
		return;
	}
	session_print(s, "% Please answer 'yes' or 'no'.\n");
	command_ask_yes_no(s, q);
}

void
command_ask_yes_no(struct session *s, struct yes_no *q)
{
	session_ask(s, ASK_LINE, q->prompt, yes_no_typed, q);
}

void
command_ask_text(struct session *s, const char *mode,
	void (*typed)(struct session *s, const char *line, void *arg), void *arg)
{
	char prompt[128] = "";

	if (mode[0] != '\0')
		snprintf(prompt, sizeof(prompt), "%.20s%s", router_hostname(session_router(s)),
			mode);
	session_ask(s, ASK_TEXT, prompt, typed, arg);
}
