/*
 * editor.c - libedit, as the keyboard of an IOS line.
 *
 * libedit keeps the line, the cursor, the kill buffer, the key sequences and the histories; it does not
 * draw.  Its own drawing depends on terminal descriptions, pads, wraps and repaints, and robots that
 * wait for the literal echo of what they typed cannot bear any of that (paint.c draws instead).  So
 * libedit writes to /dev/null; and because it insists on a terminal whose modes it may set, it gets a
 * pseudo-terminal of its own, which leaves the user's alone: libedit would turn the kernel's echo on
 * between lines.
 *
 * Unbuffered mode makes el_wgets() return after every key, so that the line can be drawn; EL_GETCFN
 * hands it characters, and waits for them in the console's own loop, where the router is heard too.
 *
 * Keys: the Cisco IOS Configuration Fundamentals table of editing keys; any other control key does
 * nothing, and none of libedit's commands that could configure it (M-x) is bound.
 */
#include "cli/console/editor.h"

#include <histedit.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wctype.h>

enum {
	EDITOR_HISTORY_SIZE = 256, /* lines: the most that IOS keeps */
	EDITOR_IGNORED_KEY = 0x1f, /* bound to nothing */
};

struct editor {
	EditLine *el;
	FILE *null;
	int pty[2];
	HistoryW *history[EDITOR_HISTORIES], *using;
	enum editor_event event;
	bool overflowed;
	bool (*get_key)(void *arg, wchar_t *key);
	void *arg;
};

static struct editor *
editor_of(EditLine *el)
{
	void *e;

	el_wget(el, EL_CLIENTDATA, &e);
	return e;
}

/* EL_GETCFN: 1, or 0 for "end of file", which ends el_wgets() and nothing else. */
static int
editor_getc(EditLine *el, wchar_t *key)
{
	struct editor *e = editor_of(el);
	const LineInfoW *line = el_wline(el);

	if (!e->get_key(e->arg, key)) {
		e->event = EDITOR_NO_KEY;
		return 0;
	}
	if (line->lastchar - line->buffer >= EDITOR_LINE_MAX && iswprint((wint_t)*key)) {
		e->overflowed = true;
		*key = EDITOR_IGNORED_KEY;
	}
	return 1;
}

static unsigned char
editor_on_key(EditLine *el, enum editor_event event)
{
	editor_of(el)->event = event;
	return CC_NORM;
}

#define EDITOR_KEY_FUNCTION(name, event)                                                           \
	static unsigned char name(EditLine *el, int key)                                           \
	{                                                                                          \
		(void)key;                                                                         \
		return editor_on_key(el, event);                                                   \
	}
EDITOR_KEY_FUNCTION(editor_on_enter, EDITOR_ENTER)
EDITOR_KEY_FUNCTION(editor_on_help, EDITOR_HELP)
EDITOR_KEY_FUNCTION(editor_on_complete, EDITOR_COMPLETE)
EDITOR_KEY_FUNCTION(editor_on_interrupt, EDITOR_INTERRUPT)
EDITOR_KEY_FUNCTION(editor_on_end, EDITOR_END)
EDITOR_KEY_FUNCTION(editor_on_redisplay, EDITOR_REDISPLAY)

/* ^V: the next key stands for itself. libedit's own takes a wait that ended early for a typed ^D. */
static unsigned char
editor_on_quote(EditLine *el, int key)
{
	wchar_t text[2] = { 0 };

	(void)key;
	if (el_wgetc(el, text) == 1)
		el_winsertstr(el, text);
	return CC_NORM;
}

static const struct {
	const wchar_t *name;
	unsigned char (*fn)(EditLine *el, int key);
} editor_functions[] = {
	{ L"acegate-enter", editor_on_enter },
	{ L"acegate-help", editor_on_help },
	{ L"acegate-complete", editor_on_complete },
	{ L"acegate-interrupt", editor_on_interrupt },
	{ L"acegate-end", editor_on_end },
	{ L"acegate-redisplay", editor_on_redisplay },
	{ L"acegate-quote", editor_on_quote },
};

static const struct {
	const char *key, *function;
} editor_keys[] = {
	{ "\\r", "acegate-enter" },
	{ "?", "acegate-help" },
	{ "\\t", "acegate-complete" },
	{ "^C", "acegate-interrupt" },
	{ "^Z", "acegate-end" },
	{ "^L", "acegate-redisplay" },
	{ "^R", "acegate-redisplay" },
	{ "^V", "acegate-quote" },
	{ "^A", "ed-move-to-beg" },
	{ "^E", "ed-move-to-end" },
	{ "^B", "ed-prev-char" },
	{ "^F", "ed-next-char" },
	{ "^D", "ed-delete-next-char" },
	{ "^H", "em-delete-prev-char" },
	{ "^?", "em-delete-prev-char" },
	{ "^K", "ed-kill-line" },
	{ "^U", "em-kill-line" },
	{ "^X", "em-kill-line" },
	{ "^W", "ed-delete-prev-word" },
	{ "^Y", "em-yank" },
	{ "^T", "ed-transpose-chars" },
	{ "^N", "ed-next-history" },
	{ "^P", "ed-prev-history" },
	{ "\\eb", "ed-prev-word" },
	{ "\\eB", "ed-prev-word" },
	{ "\\ef", "em-next-word" },
	{ "\\eF", "em-next-word" },
	{ "\\ed", "em-delete-next-word" },
	{ "\\eD", "em-delete-next-word" },
	{ "\\ec", "em-capitol-case" },
	{ "\\eC", "em-capitol-case" },
	{ "\\el", "em-lower-case" },
	{ "\\eL", "em-lower-case" },
	{ "\\eu", "em-upper-case" },
	{ "\\eU", "em-upper-case" },
	{ "\\e^?", "ed-delete-prev-word" },
	/* The arrow and editing keys of ANSI terminals, in both of their spellings. */
	{ "\\e[A", "ed-prev-history" },
	{ "\\eOA", "ed-prev-history" },
	{ "\\e[B", "ed-next-history" },
	{ "\\eOB", "ed-next-history" },
	{ "\\e[C", "ed-next-char" },
	{ "\\eOC", "ed-next-char" },
	{ "\\e[D", "ed-prev-char" },
	{ "\\eOD", "ed-prev-char" },
	{ "\\e[H", "ed-move-to-beg" },
	{ "\\eOH", "ed-move-to-beg" },
	{ "\\e[1~", "ed-move-to-beg" },
	{ "\\e[7~", "ed-move-to-beg" },
	{ "\\e[F", "ed-move-to-end" },
	{ "\\eOF", "ed-move-to-end" },
	{ "\\e[4~", "ed-move-to-end" },
	{ "\\e[8~", "ed-move-to-end" },
	{ "\\e[3~", "ed-delete-next-char" },
	/* Insert, PageUp, PageDown: known only so that no part of them is taken for text. */
	{ "\\e[2~", "ed-ignore" },
	{ "\\e[5~", "ed-ignore" },
	{ "\\e[6~", "ed-ignore" },
};

static void
editor_bind(struct editor *e, const char *key, const char *function)
{
	el_set(e->el, EL_BIND, key, function, NULL);
}

/*
 * Everything starts out as text or nothing; then the table's keys get their meaning.  What libedit
 * binds on its own to Esc and a letter, a digit or a control key is unbound first.
 */
static void
editor_bind_keys(struct editor *e)
{
	char key[8];

	el_set(e->el, EL_EDITOR, "emacs");
	for (size_t i = 0; i < sizeof(editor_functions) / sizeof(editor_functions[0]); i++)
		el_wset(e->el, EL_ADDFN, editor_functions[i].name, editor_functions[i].name,
			editor_functions[i].fn);
	for (unsigned c = 1; c < 0xa0; c++) {
		bool control = c < 0x20 || c > 0x7f;

		snprintf(key, sizeof(key), "\\%03o", c);
		if (control && c != '\033')
			editor_bind(e, key, "ed-ignore");
		snprintf(key, sizeof(key), "\\e\\%03o", c);
		if (c < 0x80 && c != '[' && c != 'O') /* those lead into the sequences below */
			editor_bind(e, key, "ed-ignore");
	}
	for (size_t i = 0; i < sizeof(editor_keys) / sizeof(editor_keys[0]); i++)
		editor_bind(e, editor_keys[i].key, editor_keys[i].function);
}

/* The terminal libedit may have: wide enough that no line of ours ever wraps on it. */
static bool
editor_open_pty(struct editor *e)
{
	struct winsize size = { .ws_row = 24, .ws_col = 2 * EDITOR_LINE_MAX + 16 };

	return openpty(&e->pty[0], &e->pty[1], NULL, NULL, &size) == 0;
}

static bool
editor_open_histories(struct editor *e)
{
	HistEventW ev;

	for (int i = 0; i < EDITOR_HISTORIES; i++) {
		e->history[i] = history_winit();
		if (e->history[i] == NULL)
			return false;
		history_w(e->history[i], &ev, H_SETSIZE, EDITOR_HISTORY_SIZE);
		history_w(e->history[i], &ev, H_SETUNIQUE, 1);
	}
	return true;
}

struct editor *
editor_create(bool (*get_key)(void *arg, wchar_t *key), void *arg)
{
	struct editor *e = calloc(1, sizeof(*e));

	if (e == NULL)
		return NULL;
	e->get_key = get_key;
	e->arg = arg;
	e->pty[0] = e->pty[1] = -1;
	e->null = fopen("/dev/null", "r+");
	if (e->null == NULL || !editor_open_pty(e) || !editor_open_histories(e))
		goto fail;
	/* libedit knows this entry everywhere; what it says about drawing does not matter. */
	setenv("TERM", "dumb", 1);
	e->el = el_init_fd("acegate", e->null, e->null, e->null, e->pty[1], e->pty[1], e->pty[1]);
	if (e->el == NULL)
		goto fail;
	el_wset(e->el, EL_CLIENTDATA, e);
	el_wset(e->el, EL_GETCFN, editor_getc);
	el_wset(e->el, EL_SIGNAL, 0);
	editor_use_history(e, EDITOR_EXEC);
	el_wset(e->el, EL_UNBUFFERED, 1);
	editor_bind_keys(e);
	return e;
fail:
	editor_destroy(e);
	return NULL;
}

void
editor_destroy(struct editor *e)
{
	if (e == NULL)
		return;
	if (e->el != NULL)
		el_end(e->el);
	for (int i = 0; i < EDITOR_HISTORIES; i++) {
		if (e->history[i] != NULL)
			history_wend(e->history[i]);
	}
	for (int i = 0; i < 2; i++) {
		if (e->pty[i] >= 0)
			close(e->pty[i]);
	}
	if (e->null != NULL)
		fclose(e->null);
	free(e);
}

enum editor_event
editor_key(struct editor *e)
{
	int n;

	e->event = EDITOR_CHANGED;
	el_wgets(e->el, &n);
	return e->event;
}

const wchar_t *
editor_text(struct editor *e, size_t *n, size_t *cursor)
{
	const LineInfoW *line = el_wline(e->el);

	*n = (size_t)(line->lastchar - line->buffer);
	*cursor = (size_t)(line->cursor - line->buffer);
	return line->buffer;
}

bool
editor_overflowed(const struct editor *e)
{
	return e->overflowed;
}

void
editor_clear(struct editor *e)
{
	e->overflowed = false;
	el_reset(e->el);
}

void
editor_insert(struct editor *e, const wchar_t *text)
{
	el_winsertstr(e->el, text);
}

void
editor_replace_left(struct editor *e, const wchar_t *text)
{
	el_deletestr(e->el, el_cursor(e->el, 0));
	el_winsertstr(e->el, text);
}

void
editor_use_history(struct editor *e, enum editor_history which)
{
	e->using = e->history[which];
	el_wset(e->el, EL_HIST, history_w, e->using);
}

void
editor_remember(struct editor *e)
{
	wchar_t line[EDITOR_LINE_MAX + 1];
	size_t n, cursor;
	const wchar_t *text = editor_text(e, &n, &cursor);
	HistEventW ev;

	if (n > EDITOR_LINE_MAX)
		n = EDITOR_LINE_MAX;
	wmemcpy(line, text, n);
	line[n] = L'\0';
	history_w(e->using, &ev, H_ENTER, line);
}
