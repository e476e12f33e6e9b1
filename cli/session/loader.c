/*
 * loader.c - a configuration file, line by line, through the same commands that people type.
 *
 * A file is a session without a person: global config, privilege 15, prints nothing.  What a
 * refused line printed becomes its fault.  `end` brings the session to EXEC, and that ends the
 * load.
 */
#include "cli/session/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct loader {
	char said[512]; /* what the line printed, as one line */
	size_t len;
};

/* Keeps what is printed, the line ends as blanks; what does not fit is cut off. */
static void
keep_output(void *arg, const char *text, size_t len)
{
	struct loader *l = arg;

	for (size_t i = 0; i < len && l->len + 1 < sizeof(l->said); i++)
		l->said[l->len++] = text[i] == '\n' ? ' ' : text[i];
	l->said[l->len] = '\0';
}

static void
ask_nobody(void *arg, enum ask_kind kind, const char *prompt)
{
	(void)arg;
	(void)kind;
	(void)prompt;
}

static void
closed(void *arg)
{
	(void)arg;
}

/* What `show running-config` and `show startup-config` say before the configuration itself. */
static bool
is_heading(const char *line)
{
	static const char *const heading[] = { "Building configuration...",
		"Current configuration : ", "Using " };

	for (size_t i = 0; i < sizeof(heading) / sizeof(heading[0]); i++)
		if (strncmp(line, heading[i], strlen(heading[i])) == 0)
			return true;
	return false;
}

static bool
is_blank(const char *line)
{
	return line[strspn(line, " \t")] == '\0';
}

/* Copies the line at text into *line, without its end. Returns where the next one begins. */
static const char *
next_line(const char *text, char **line, size_t *room)
{
	size_t len = strcspn(text, "\n"), used = len;
	const char *next = text + len + (text[len] == '\n');

	if (len + 1 > *room) {
		char *more = realloc(*line, len + 1);

		if (more == NULL)
			return NULL;
		*line = more;
		*room = len + 1;
	}
	while (used > 0 && text[used - 1] == '\r')
		used--;
	memcpy(*line, text, used);
	(*line)[used] = '\0';
	return next;
}

/* Runs one line; false when it was refused. */
static bool
load_line(struct session *s, struct loader *l, const char *line)
{
	l->len = 0;
	l->said[0] = '\0';
	if (session_execute(s, line) == 0)
		return true;
	while (l->len > 0 && l->said[l->len - 1] == ' ')
		l->said[--l->len] = '\0';
	return false;
}

size_t
session_load(struct router *r, const struct grammar *g, const char *text,
	void (*fault)(void *arg, unsigned line, const char *message), void *arg)
{
	struct loader l = { .len = 0 };
	const struct session_ops ops = { keep_output, ask_nobody, closed, &l };
	struct session *s = session_create(r, g, SESSION_LOADER, NULL, &ops);
	bool heading = true;
	char *line = NULL;
	size_t room = 0, faults = 0;

	if (s == NULL) {
		fault(arg, 0, "Low on memory");
		return 1;
	}
	router_hold(r);
	for (unsigned number = 1; *text != '\0' && session_mode(s) != MODE_USER_EXEC; number++) {
		text = next_line(text, &line, &room);
		if (text == NULL) {
			fault(arg, number, "Low on memory");
			faults++;
			break;
		}
		if (!session_asking(s) && (is_blank(line) || (heading && is_heading(line))))
			continue;
		heading = false;
		if (!load_line(s, &l, line)) {
			fault(arg, number, l.said);
			faults++;
		}
	}
	router_release(r);
	free(line);
	session_destroy(s);
	return faults;
}
