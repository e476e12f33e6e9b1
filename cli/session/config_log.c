/*
 * config_log.c - `archive`, `log config`: the commands that changed the configuration, as they were typed.
 *
 * Secrets are never in it: what stands behind `secret` and `key-string` is starred out always, behind
 * `password` and `key` under `hidekeys`, as IOS does.
 */
#include "cli/session/internal.h"

#include <stdio.h>
#include <string.h>

/* Does what stands behind this word stay hidden? */
static bool
hides(const struct word *w, bool keys)
{
	static const struct {
		const char *keyword;
		bool always;
	} secret[] = {
		{ "secret", true },
		{ "key-string", true },
		{ "password", false },
		{ "key", false },
	};

	for (size_t i = 0; i < sizeof(secret) / sizeof(secret[0]); i++)
		if (w->len >= 3 && word_abbreviates(w, secret[i].keyword))
			return keys || secret[i].always;
	return false;
}

/* The line without what nobody should read; out holds WORDS_MAX_LINE. */
static void
star_out(const char *line, bool keys, char *out)
{
	struct word word[WORDS_MAX];
	size_t n = words_split(line, word, WORDS_MAX), i = 0;
	int len;

	while (i < n && !hides(&word[i], keys))
		i++;
	if (i + 1 >= n) {
		snprintf(out, WORDS_MAX_LINE, "%s", n > 0 ? line + word[0].at : "");
		return;
	}
	len = (int)(word[i].at + word[i].len - word[0].at);
	snprintf(out, WORDS_MAX_LINE, "%.*s *****", len, line + word[0].at);
}

void
config_log(struct session *s, const struct grammar_match *m, const char *line)
{
	static const char *const moves[] = { "exit", "end" };
	char text[WORDS_MAX_LINE], where[16] = "console0";

	if (!archive_settings(s->router)->log || s->kind == SESSION_LOADER || m->is_do ||
		m->mode == MODE_USER_EXEC)
		return;
	for (size_t i = 0; i < sizeof(moves) / sizeof(moves[0]); i++)
		if (strcmp(m->row->syntax, moves[i]) == 0)
			return;
	if (s->line != NULL && s->line->kind == LINE_VTY)
		snprintf(where, sizeof(where), "vty%u", s->line->number);
	star_out(line, archive_settings(s->router)->log_hidekeys, text);
	archive_log_command(s->router, s->user[0] != '\0' ? s->user : "console", where, text);
}
