/*
 * internal.h - struct editor and its parts, shared by the files of this room only.
 */
#ifndef CONSOLE_EDITOR_INTERNAL_H
#define CONSOLE_EDITOR_INTERNAL_H

#include <histedit.h>
#include <stdio.h>

#include "cli/console/editor/editor.h"

enum {
	HISTORY_MOST = 256,	/* lines: the most that `terminal history size` takes */
	DELETE_BUFFER_ITEMS = 10,
	KEYS_PENDING = 4,
	KEY_IGNORED = 0x1f,	/* bound to nothing */
};

struct history {		/* zero-initialise */
	wchar_t *line[HISTORY_MOST];	/* oldest first */
	size_t n;
};

/* Where in the history in use the up and down keys have come to. */
struct browse {
	bool on;
	size_t at;
	wchar_t *typed;		/* the line that was being typed before */
};

/* What was deleted last, for ^Y and Esc Y; zero-initialise. */
struct delete_buffer {
	wchar_t *item[DELETE_BUFFER_ITEMS];
	size_t n, newest;
	size_t shown;		/* the item that was yanked last */
	size_t shown_len;	/* and how much of the line left of the cursor it is */
	bool yanked;		/* by the key before this one */
	bool yanks;		/* by this one */
};

/* Keys as the terminal sends them, on their way to libedit; zero-initialise. */
struct keys {
	enum { KEYS_TEXT, KEYS_ESC, KEYS_CSI, KEYS_SS3 } state;
	bool after_escape;	/* Ctrl-^ was the last */
	wchar_t pending[KEYS_PENDING];
	size_t n_pending;
	bool (*get_key)(void *arg, wchar_t *key);
	void *arg;
};

struct editor {
	EditLine *el;
	FILE *null;
	int pty[2];
	enum editor_event event;
	bool overflowed;
	struct keys keys;
	struct history history[EDITOR_HISTORIES];
	size_t history_size;
	enum editor_history using;
	struct browse browse;
	struct delete_buffer deleted;
};

/* The editor behind a libedit function's argument. */
struct editor *editor_of(EditLine *el);
/* Replaces the characters from..to of the line and leaves the cursor behind them; text may be NULL. */
void editor_replace(struct editor *e, size_t from, size_t to, const wchar_t *text);

/* ---- bindings.c ---- */

/* Gives every key its meaning. */
void bindings_set(struct editor *e);

/* ---- keys.c ---- */

/* The next key; false when there is none. Sequences nobody binds come as ones that do nothing. */
bool keys_next(struct keys *k, wchar_t *key);

/* ---- recall.c; the functions are libedit's kind ---- */

unsigned char recall_on_older(EditLine *el, int key);
unsigned char recall_on_newer(EditLine *el, int key);
unsigned char recall_on_oldest(EditLine *el, int key);
unsigned char recall_on_newest(EditLine *el, int key);
/* The next line begins: nothing is browsed. */
void recall_leave(struct editor *e);
void recall_fini(struct editor *e);

/* ---- delete_buffer.c ---- */

unsigned char delete_on_to_end(EditLine *el, int key);
unsigned char delete_on_line(EditLine *el, int key);
unsigned char delete_on_word_left(EditLine *el, int key);
unsigned char delete_on_word_right(EditLine *el, int key);
unsigned char delete_on_yank(EditLine *el, int key);
unsigned char delete_on_yank_next(EditLine *el, int key);
void delete_buffer_fini(struct delete_buffer *d);

#endif
