/*
 * prompt.c - the prompt, questions, and what keys do there.
 *
 * IOS prints every prompt at the start of a line with nothing behind it, answers `?` without Enter and
 * then shows prompt and line again, completes on a new line, and shows Ctrl-C and Ctrl-Z as typed.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/console/terminal.h"
#include "words/words.h"

static bool
prompt_is_secret(const struct terminal *t)
{
	return t->state == TERMINAL_ASKING && t->ask_kind == ASK_SECRET;
}

static void
prompt_paint(struct terminal *t)
{
	size_t n, cursor;
	const wchar_t *text = editor_text(t->editor, &n, &cursor);

	if (!prompt_is_secret(t))
		paint_line(&t->paint, text, n, cursor);
}

/* The line will stand behind `text`, which ends where the cursor is. */
static void
prompt_paint_start(struct terminal *t, const char *text)
{
	wchar_t wide[512];
	size_t n = mbstowcs(wide, text, sizeof(wide) / sizeof(wide[0]));

	t->line_on_screen = true;
	paint_start(&t->paint, &t->out, n == (size_t)-1 ? strlen(text) : paint_columns(wide, n),
		t->ready.width);
}

void
prompt_redraw(struct terminal *t)
{
	const char *text = t->state == TERMINAL_ASKING ? t->ask_prompt : t->ready.prompt;

	out_fresh_line(&t->out);
	out_string(&t->out, text);
	prompt_paint_start(t, text);
	prompt_paint(t);
}

/* The line as the router gets it: its first n characters. -1 when it is longer than a line may be. */
static long
prompt_line(struct terminal *t, size_t n, char buf[WORDS_MAX_LINE])
{
	size_t have, cursor, len = 0;
	const wchar_t *text = editor_text(t->editor, &have, &cursor);

	if (editor_overflowed(t->editor))
		return -1;
	for (size_t i = 0; i < n && i < have; i++) {
		char mb[MB_LEN_MAX];
		mbstate_t state = { 0 };
		size_t part = wcrtomb(mb, text[i], &state);

		if (part == (size_t)-1)
			continue;
		if (len + part >= WORDS_MAX_LINE)
			return -1;
		memcpy(buf + len, mb, part);
		len += part;
	}
	buf[len] = '\0';
	return (long)len;
}

static void
prompt_too_long(struct terminal *t)
{
	out_fresh_line(&t->out);
	out_string(&t->out, "% Line is too long");
	out_newline(&t->out);
	out_newline(&t->out);
	editor_clear(t->editor);
	prompt_redraw(t);
}

/* Sends the line with `type`; at a prompt it also goes into the history. */
static void
prompt_send_line(struct terminal *t, enum proto_type type)
{
	char line[WORDS_MAX_LINE];
	size_t n, cursor;
	long len;

	editor_text(t->editor, &n, &cursor);
	len = prompt_line(t, n, line);
	out_newline(&t->out);
	if (len < 0) {
		prompt_too_long(t);
		return;
	}
	if (t->state == TERMINAL_PROMPT && strspn(line, " \t") < (size_t)len)
		editor_remember(t->editor);
	terminal_request(t, REQUEST_LINE, type, line, (size_t)len);
	explicit_bzero(line, sizeof(line));
}

/* Sends what is left of the cursor; false when that is too long to ask about. */
static bool
prompt_send_left(struct terminal *t, enum terminal_request request, enum proto_type type)
{
	char line[WORDS_MAX_LINE];
	size_t n, cursor;
	long len;

	editor_text(t->editor, &n, &cursor);
	len = prompt_line(t, cursor, line);
	if (len < 0)
		return false;
	terminal_request(t, request, type, line, (size_t)len);
	return true;
}

static void
prompt_help(struct terminal *t)
{
	if (t->state == TERMINAL_ASKING) {
		editor_insert(t->editor, L"?");
		prompt_paint(t);
		return;
	}
	out_string(&t->out, "?");
	out_newline(&t->out);
	if (!prompt_send_left(t, REQUEST_HELP, PROTO_HELP))
		prompt_too_long(t);
}

/* Ctrl-C: what stands on the line is dropped. */
static void
prompt_interrupt(struct terminal *t)
{
	if (!prompt_is_secret(t))
		out_string(&t->out, "^C");
	out_newline(&t->out);
	terminal_request(t, REQUEST_LINE, PROTO_INTERRUPT, "", 0);
}

static void
prompt_end(struct terminal *t)
{
	if (t->state == TERMINAL_ASKING && t->ask_kind != ASK_TEXT)
		return;
	out_string(&t->out, "^Z");
	prompt_send_line(t, PROTO_END);
}

/* One key answers: Enter and y accept. */
static void
prompt_confirm(struct terminal *t)
{
	wchar_t key;
	bool yes;

	if (!prompt_get_key(t, &key))
		return;
	yes = key == KEY_ENTER || key == L'y' || key == L'Y';
	out_newline(&t->out);
	terminal_request(t, REQUEST_LINE, PROTO_ANSWER, yes ? "y" : "n", 1);
}

bool
prompt_get_key(void *terminal, wchar_t *key)
{
	struct terminal *t = terminal;
	enum terminal_state state = t->state;

	while (t->state == state && !terminal_ended(t)) {
		if (input_next(&t->in, key))
			return true;
		if (t->in.eof) {
			t->over = true;
		} else {
			input_awaited(&t->in);
			terminal_turn(t);
		}
	}
	return false;
}

void
prompt_key(struct terminal *t)
{
	if (t->state == TERMINAL_ASKING && t->ask_kind == ASK_CONFIRM) {
		prompt_confirm(t);
		return;
	}
	switch (editor_key(t->editor)) {
	case EDITOR_CHANGED:
		prompt_paint(t);
		break;
	case EDITOR_ENTER:
		prompt_send_line(t, t->state == TERMINAL_ASKING ? PROTO_ANSWER : PROTO_EXECUTE);
		break;
	case EDITOR_HELP:
		prompt_help(t);
		break;
	case EDITOR_COMPLETE:
		if (t->state == TERMINAL_PROMPT)
			prompt_send_left(t, REQUEST_COMPLETE, PROTO_COMPLETE);
		break;
	case EDITOR_INTERRUPT:
		prompt_interrupt(t);
		break;
	case EDITOR_END:
		prompt_end(t);
		break;
	case EDITOR_REDISPLAY:
		out_newline(&t->out);
		prompt_redraw(t);
		break;
	case EDITOR_NO_KEY:
		break;
	}
}

/* Tab was answered: shows the completed line, if it is another one. */
static void
prompt_completed(struct terminal *t)
{
	char line[WORDS_MAX_LINE];
	wchar_t wide[WORDS_MAX_LINE];
	size_t n, cursor;

	editor_text(t->editor, &n, &cursor);
	if (t->completed == NULL || prompt_line(t, cursor, line) < 0 ||
		strcmp(line, t->completed) == 0 ||
		mbstowcs(wide, t->completed, WORDS_MAX_LINE) >= WORDS_MAX_LINE)
		return;
	editor_replace_left(t->editor, wide);
	out_newline(&t->out);
	prompt_redraw(t);
}

/* The window has another width. A line that does not fit it as it stands is drawn again below. */
static void
prompt_window(struct terminal *t)
{
	if (paint_resize(&t->paint, t->ready.width))
		return;
	out_newline(&t->out);
	prompt_redraw(t);
}

static void
prompt_fresh(struct terminal *t)
{
	editor_clear(t->editor);
	prompt_redraw(t);
}

void
prompt_ready(struct terminal *t, bool changed)
{
	enum terminal_state was = t->state;

	t->state = TERMINAL_PROMPT;
	editor_use_history(t->editor,
		(t->ready.flags & PROTO_READY_CONFIG) != 0 ? EDITOR_CONFIG : EDITOR_EXEC);
	if (was == TERMINAL_ASKING)
		prompt_fresh(t); /* the question is void */
	else if (was == TERMINAL_WAITING && t->request == REQUEST_LINE)
		prompt_fresh(t);
	else if (was == TERMINAL_WAITING && t->request == REQUEST_HELP)
		prompt_redraw(t);
	else if (changed)
		prompt_redraw(t);
	else if (was == TERMINAL_WAITING && t->request == REQUEST_COMPLETE)
		prompt_completed(t);
	else if (was == TERMINAL_WAITING && t->request == REQUEST_WINDOW)
		prompt_window(t);
}

void
prompt_ask(struct terminal *t, enum ask_kind kind, const char *text, size_t len)
{
	const char *last = memrchr(text, '\n', len);
	size_t skip = last != NULL ? (size_t)(last + 1 - text) : 0;

	t->state = TERMINAL_ASKING;
	t->ask_kind = kind;
	snprintf(t->ask_prompt, sizeof(t->ask_prompt), "%.*s", (int)(len - skip), text + skip);
	editor_clear(t->editor);
	editor_use_history(t->editor, EDITOR_QUESTION);
	out_text(&t->out, text, len);
	prompt_paint_start(t, t->ask_prompt);
}
