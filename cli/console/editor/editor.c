/*
 * editor.c - libedit, as the keyboard of an IOS line.
 *
 * libedit keeps the line and the cursor, tells key sequences apart and moves by characters and words;
 * what IOS has beyond it are functions of ours among its own (recall.c, delete_buffer.c).  It does not
 * draw.  Its own drawing depends on terminal descriptions, pads, wraps and repaints, and robots that
 * wait for the literal echo of what they typed cannot bear any of that (paint.c draws instead).  So
 * libedit writes to /dev/null; and because it insists on a terminal whose modes it may set, it gets a
 * pseudo-terminal of its own, which leaves the user's alone: libedit would turn the kernel's echo on
 * between lines.
 *
 * Unbuffered mode makes el_wgets() return after every key, so that the line can be drawn; EL_GETCFN
 * hands it characters, and waits for them in the console's own loop, where the router is heard too.
 *
 * An editor belongs to one session of the console and owns all it points to.  One thread.
 */
#include <pty.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <wctype.h>

#include "cli/console/editor/internal.h"

struct editor *
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
	bool text = e->keys.state == KEYS_TEXT;

	if (!keys_next(&e->keys, key)) {
		e->event = EDITOR_NO_KEY;
		return 0;
	}
	if (text && line->lastchar - line->buffer >= EDITOR_LINE_MAX && iswprint((wint_t)*key)) {
		e->overflowed = true;
		*key = KEY_IGNORED;
	}
	return 1;
}

/* The terminal libedit may have: wide enough that no line of ours ever wraps on it. */
static bool
editor_open_pty(struct editor *e)
{
	struct winsize size = { .ws_row = 24, .ws_col = 2 * EDITOR_LINE_MAX + 16 };

	/* Nobody opens it by its name: over the network, other logins are the same user. */
	return openpty(&e->pty[0], &e->pty[1], NULL, NULL, &size) == 0 && fchmod(e->pty[1], 0) == 0;
}

struct editor *
editor_create(bool (*get_key)(void *arg, wchar_t *key), void *arg)
{
	struct editor *e = calloc(1, sizeof(*e));

	if (e == NULL)
		return NULL;
	e->keys.get_key = get_key;
	e->keys.arg = arg;
	e->using = EDITOR_QUESTION;
	e->pty[0] = e->pty[1] = -1;
	e->null = fopen("/dev/null", "r+");
	if (e->null == NULL || !editor_open_pty(e))
		goto fail;
	/* libedit knows this entry everywhere; what it says about drawing does not matter. */
	setenv("TERM", "dumb", 1);
	e->el = el_init_fd("acegate", e->null, e->null, e->null, e->pty[1], e->pty[1], e->pty[1]);
	if (e->el == NULL)
		goto fail;
	el_wset(e->el, EL_CLIENTDATA, e);
	el_wset(e->el, EL_GETCFN, editor_getc);
	el_wset(e->el, EL_SIGNAL, 0);
	el_wset(e->el, EL_UNBUFFERED, 1);
	bindings_set(e);
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
	recall_fini(e);
	delete_buffer_fini(&e->deleted);
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
	e->deleted.yanks = false;
	el_wgets(e->el, &n);
	if (e->event == EDITOR_NO_KEY)
		e->keys.state = KEYS_TEXT; /* libedit has forgotten the sequence, too */
	else
		e->deleted.yanked = e->deleted.yanks;
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
	recall_leave(e);
	el_reset(e->el);
}

void
editor_insert(struct editor *e, const wchar_t *text)
{
	el_winsertstr(e->el, text);
}

void
editor_replace(struct editor *e, size_t from, size_t to, const wchar_t *text)
{
	el_cursor(e->el, (int)to - el_cursor(e->el, 0));
	el_deletestr(e->el, (int)(to - from));
	if (text != NULL && *text != L'\0')
		el_winsertstr(e->el, text);
}

void
editor_replace_left(struct editor *e, const wchar_t *text)
{
	editor_replace(e, 0, (size_t)el_cursor(e->el, 0), text);
}
