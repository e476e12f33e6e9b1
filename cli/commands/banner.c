/*
 * banner.c - banner motd, login, exec, incoming: texts between two delimiters, over as many lines as they
 * take.
 *
 * The delimiter is the first character of the text, or the two of "^C", which is how running-config
 * writes Ctrl-C; Ctrl-C itself, typed behind Ctrl-V or found in a file, is the same.  The text ends with the line the delimiter stands on; what follows it there is ignored, as
 * on IOS.
 */
#include <stdio.h>
#include <string.h>

#include "cli/commands/commands.h"
#include "cli/commands/handlers.h"

enum { CTRL_C = 'C' - '@' };

static const char ctrl_c[] = "^C";

struct banner {
	enum banner_kind kind;
	char delimiter[3];
	char text[BANNER_TEXT_MAX + 1];
	size_t len;
	bool too_long;
};

static void
add(struct banner *b, const char *text, size_t len)
{
	if (b->len + len > BANNER_TEXT_MAX) {
		b->too_long = true;
		return;
	}
	memcpy(b->text + b->len, text, len);
	b->len += len;
	b->text[b->len] = '\0';
}

/* Ctrl-C is kept as it is written, so that the text reads back the same. */
static void
add_line(struct banner *b, const char *line, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (line[i] == CTRL_C)
			add(b, ctrl_c, strlen(ctrl_c));
		else
			add(b, line + i, 1);
}

/* Where the text ends on this line; NULL: further down. */
static const char *
end_in(const struct banner *b, const char *line)
{
	const char *end = strstr(line, b->delimiter), *key = NULL;

	if (strcmp(b->delimiter, ctrl_c) == 0)
		key = strchr(line, CTRL_C);
	return end == NULL || (key != NULL && key < end) ? key : end;
}

static int
keep(struct session *s, const struct banner *b)
{
	char delimiter[3];

	if (b->too_long)
		return command_refuse(
			s, "%% Banner is too long (at most %d characters)", BANNER_TEXT_MAX);
	if (!banner_delimiter(b->text, delimiter))
		return command_refuse(s, "%% Banner leaves no character for a delimiter");
	/* Nothing between the delimiters is no banner. */
	if (banner_set(session_router(s), b->kind, b->len > 0 ? b->text : NULL) < 0)
		return command_refuse(s, "%% Out of memory");
	return 0;
}

static void
line_typed(struct session *s, const char *line, void *arg)
{
	struct banner *b = arg;
	const char *end = end_in(b, line);

	add_line(b, line, end != NULL ? (size_t)(end - line) : strlen(line));
	if (end != NULL) {
		(void)keep(s, b);
		return;
	}
	add(b, "\n", 1);
	command_ask_text(s, "", line_typed, b);
}

static enum banner_kind
kind_of(const struct args *a)
{
	for (int i = 0; i < BANNERS; i++)
		if (args_has(a, banner_names[i]))
			return (enum banner_kind)i;
	return BANNER_MOTD;
}

static int
run_banner(struct session *s, const struct args *a)
{
	const char *text = args_text(a, "text"), *end;
	struct banner *b;

	if (args_no(a)) {
		banner_set(session_router(s), kind_of(a), NULL);
		return 0;
	}
	b = session_memory(s, sizeof(*b));
	if (b == NULL)
		return command_refuse(s, "%% Out of memory");
	b->kind = kind_of(a);
	snprintf(b->delimiter, sizeof(b->delimiter), "%.*s", strncmp(text, ctrl_c, 2) == 0 ? 2 : 1,
		text);
	text += strlen(b->delimiter);
	end = strstr(text, b->delimiter);
	add(b, text, end != NULL ? (size_t)(end - text) : strlen(text));
	if (end != NULL)
		return keep(s, b);
	add(b, "\n", 1);
	session_printf(s, "Enter TEXT message.  End with the character '%s'.\n", b->delimiter);
	command_ask_text(s, "", line_typed, b);
	return 0;
}

#define TEXT "c banner-text c, where 'c' is a delimiting character"
#define BANNER                                                                                     \
	"Define a login banner\nSet EXEC process creation banner\n"                                \
	"Set incoming terminal line banner\nSet login banner\nSet Message of the Day banner"

const struct command banner_commands[] = {
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "banner {{exec|incoming|login|motd} <text:line>|<text:line>}",
		.no_syntax = "banner {exec|incoming|login|motd}",
		.help = BANNER "\n" TEXT "\n" TEXT,
		.no_help = BANNER,
		.run = run_banner },
	{ .syntax = NULL },
};
