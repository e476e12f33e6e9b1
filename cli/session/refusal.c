/*
 * refusal.c - the text of an error: why a line was refused, in IOS's words.
 *
 * A person sees the caret under the character that no command can continue with, counted from the
 * start of the prompt.  A batch session has no prompt on the screen, so it is shown together with
 * the line, that the caret may stand under something.  The loader's messages go into a log, so they
 * name the offending word, never the line: it may hold a secret.
 */
#include "cli/session/internal.h"

#include <stdio.h>
#include <string.h>

/* Blanks as wide as what stands before the caret; UTF-8 is one column a character. */
static void
put_caret(struct session *s, const char *line, size_t at)
{
	char prompt[128], caret[sizeof(prompt) + WORDS_MAX_LINE + 2];
	size_t n = strlen(session_prompt(s, prompt, sizeof(prompt)));

	if (s->kind == SESSION_BATCH)
		session_printf(s, "%s%s\n", prompt, line);
	memset(caret, ' ', n);
	for (size_t i = 0; i < at && line[i] != '\0'; i++) {
		if (((unsigned char)line[i] & 0xc0) == 0x80)
			continue;
		caret[n++] = line[i] == '\t' ? '\t' : ' ';
	}
	snprintf(caret + n, sizeof(caret) - n, "^\n");
	session_print(s, caret);
}

/* The word of the line that holds offset `at`. */
static struct word
word_at(const char *line, size_t at)
{
	struct word word[WORDS_MAX];
	size_t n = words_split(line, word, WORDS_MAX), i = 0;

	if (n == 0)
		return (struct word){ "", 0, 0 };
	while (i + 1 < n && word[i + 1].at <= at)
		i++;
	return word[i];
}

static void
loader_print(struct session *s, const char *line, const struct parse_error *e)
{
	struct word w;

	switch (e->fault) {
	case PARSE_INVALID:
		w = word_at(line, e->at);
		session_printf(s, "%% Invalid input detected at '%.*s'\n", (int)w.len, w.text);
		break;
	case PARSE_AMBIGUOUS:
		w = word_at(line, e->at - 1);
		session_printf(s, "%% Ambiguous command:  \"%.*s\"\n", (int)w.len, w.text);
		break;
	case PARSE_INCOMPLETE:
		session_print(s, "% Incomplete command.\n");
		break;
	case PARSE_MESSAGE:
		session_printf(s, "%s\n", e->text);
		break;
	case PARSE_OK:
		break;
	}
}

/* A single unknown word at EXEC might be a host to telnet to; there is no name server to know it.
 */
static void
put_translation(struct session *s, const char *line)
{
	struct word w = word_at(line, 0);
	bool lookup = router_service(s->router, SERVICE_IP_DOMAIN_LOOKUP);

	session_printf(s, "Translating \"%.*s\"%s\n", (int)w.len, w.text,
		lookup ? "...domain server (255.255.255.255)" : "");
	session_print(
		s, "% Unknown command or computer name, or unable to find computer address\n");
}

static bool
is_single_word(const char *line)
{
	struct word word[2];

	return words_split(line, word, 2) == 1;
}

void
refusal_print(struct session *s, const char *line, const struct parse_error *e)
{
	if (s->kind == SESSION_LOADER) {
		loader_print(s, line, e);
		return;
	}
	switch (e->fault) {
	case PARSE_INVALID:
		if (session_mode(s) == MODE_USER_EXEC && is_single_word(line) &&
			(s->line == NULL || s->line->transport_preferred != PREFERRED_NONE)) {
			put_translation(s, line);
			return;
		}
		put_caret(s, line, e->at);
		session_print(s, "% Invalid input detected at '^' marker.\n\n");
		break;
	case PARSE_INCOMPLETE:
		session_print(s, "% Incomplete command.\n\n");
		break;
	case PARSE_AMBIGUOUS:
		session_printf(s, "%% Ambiguous command:  \"%s\"\n", line);
		break;
	case PARSE_MESSAGE:
		session_printf(s, "%s\n", e->text);
		break;
	case PARSE_OK:
		break;
	}
}
