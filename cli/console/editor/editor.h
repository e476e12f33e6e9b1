/*
 * editor.h - the line editor: keys in, an edited line and what to do with it out. libedit lives here.
 */
#ifndef CONSOLE_EDITOR_EDITOR_H
#define CONSOLE_EDITOR_EDITOR_H

#include <stdbool.h>
#include <stddef.h>
#include <wchar.h>

struct editor;

enum editor_event {
	EDITOR_CHANGED,		/* the line or the cursor may have changed */
	EDITOR_ENTER,
	EDITOR_HELP,		/* ? */
	EDITOR_COMPLETE,	/* Tab */
	EDITOR_INTERRUPT,	/* Ctrl-C */
	EDITOR_END,		/* Ctrl-Z */
	EDITOR_REDISPLAY,	/* Ctrl-L, Ctrl-R */
	EDITOR_NO_KEY,		/* get_key() had none to give */
};

/* Each has lines of its own behind the up and down keys; a question has none. */
enum editor_history { EDITOR_EXEC, EDITOR_CONFIG, EDITOR_HISTORIES, EDITOR_QUESTION = EDITOR_HISTORIES };

enum { EDITOR_LINE_MAX = 4095 };	/* characters of a line; more are refused at Enter */

/*
 * get_key() waits for the next character; false when it gives up waiting. NULL without memory or
 * pseudo-terminals.
 */
struct editor *editor_create(bool (*get_key)(void *arg, wchar_t *key), void *arg);
void editor_destroy(struct editor *e);

/* Lets one key, or one sequence of keys such as Esc b, do its work. */
enum editor_event editor_key(struct editor *e);
/* The line; valid until the next call of any other function here. */
const wchar_t *editor_text(struct editor *e, size_t *n, size_t *cursor);
/* More was typed than a line may hold. */
bool editor_overflowed(const struct editor *e);
void editor_clear(struct editor *e);
void editor_insert(struct editor *e, const wchar_t *text);
/* Replaces what is left of the cursor. */
void editor_replace_left(struct editor *e, const wchar_t *text);

/* What is deleted from now on can be yanked, unless it is the answer to a question. */
void editor_use_history(struct editor *e, enum editor_history which);
/* How many lines each history keeps, at most 256; 0: none. The oldest go first. */
void editor_set_history_size(struct editor *e, unsigned lines);
/* Keeps the line in the history in use, unless it repeats the newest there. */
void editor_remember(struct editor *e);

#endif
