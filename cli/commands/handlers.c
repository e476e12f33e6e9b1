/*
 * handlers.c - printing, refusing and naming things, for the handlers of every table. No state.
 */
#include "cli/commands/handlers.h"

#include <stdarg.h>
#include <stdio.h>

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
	session_printf(s, "%s\n", line);
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
