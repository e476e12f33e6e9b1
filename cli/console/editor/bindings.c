/*
 * bindings.c - which key does what: the editing keys of IOS.
 *
 * Source: the table of editing keys in the Cisco IOS Configuration Fundamentals Guide.  Any other
 * control key does nothing, and none of libedit's commands that could configure it (M-x) is bound.
 */
#include "cli/console/editor/internal.h"

static unsigned char
bindings_on_key(EditLine *el, enum editor_event event)
{
	editor_of(el)->event = event;
	return CC_NORM;
}

#define BINDINGS_KEY(name, event)                                                                  \
	static unsigned char name(EditLine *el, int key)                                           \
	{                                                                                          \
		(void)key;                                                                         \
		return bindings_on_key(el, event);                                                 \
	}
BINDINGS_KEY(bindings_on_enter, EDITOR_ENTER)
BINDINGS_KEY(bindings_on_help, EDITOR_HELP)
BINDINGS_KEY(bindings_on_complete, EDITOR_COMPLETE)
BINDINGS_KEY(bindings_on_interrupt, EDITOR_INTERRUPT)
BINDINGS_KEY(bindings_on_end, EDITOR_END)
BINDINGS_KEY(bindings_on_redisplay, EDITOR_REDISPLAY)

/* ^V: the next key stands for itself. libedit's own takes a wait that ended early for a typed ^D. */
static unsigned char
bindings_on_quote(EditLine *el, int key)
{
	wchar_t text[2] = { 0 };

	(void)key;
	if (el_wgetc(el, text) == 1)
		el_winsertstr(el, text);
	editor_of(el)->keys.state = KEYS_TEXT; /* a quoted Esc begins no sequence */
	return CC_NORM;
}

static const struct {
	const wchar_t *name;
	unsigned char (*fn)(EditLine *el, int key);
} bindings_functions[] = {
	{ L"acegate-enter", bindings_on_enter },
	{ L"acegate-help", bindings_on_help },
	{ L"acegate-complete", bindings_on_complete },
	{ L"acegate-interrupt", bindings_on_interrupt },
	{ L"acegate-end", bindings_on_end },
	{ L"acegate-redisplay", bindings_on_redisplay },
	{ L"acegate-quote", bindings_on_quote },
	{ L"acegate-older", recall_on_older },
	{ L"acegate-newer", recall_on_newer },
	{ L"acegate-oldest", recall_on_oldest },
	{ L"acegate-newest", recall_on_newest },
	{ L"acegate-delete-to-end", delete_on_to_end },
	{ L"acegate-delete-line", delete_on_line },
	{ L"acegate-delete-word-left", delete_on_word_left },
	{ L"acegate-delete-word-right", delete_on_word_right },
	{ L"acegate-yank", delete_on_yank },
	{ L"acegate-yank-next", delete_on_yank_next },
};

static const struct {
	const char *key, *function;
} bindings_keys[] = {
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
	{ "^K", "acegate-delete-to-end" },
	{ "^U", "acegate-delete-line" },
	{ "^X", "acegate-delete-line" },
	{ "^W", "acegate-delete-word-left" },
	{ "^Y", "acegate-yank" },
	{ "^T", "ed-transpose-chars" },
	{ "^N", "acegate-newer" },
	{ "^P", "acegate-older" },
	{ "\\eb", "ed-prev-word" },
	{ "\\eB", "ed-prev-word" },
	{ "\\ef", "em-next-word" },
	{ "\\eF", "em-next-word" },
	{ "\\ed", "acegate-delete-word-right" },
	{ "\\eD", "acegate-delete-word-right" },
	{ "\\ec", "em-capitol-case" },
	{ "\\eC", "em-capitol-case" },
	{ "\\el", "em-lower-case" },
	{ "\\eL", "em-lower-case" },
	{ "\\eu", "em-upper-case" },
	{ "\\eU", "em-upper-case" },
	{ "\\e^?", "acegate-delete-word-left" },
	{ "\\e^H", "acegate-delete-word-left" },
	{ "\\ey", "acegate-yank-next" },
	{ "\\eY", "acegate-yank-next" },
	{ "\\e<", "acegate-oldest" },
	{ "\\e>", "acegate-newest" },
	/* The arrow and editing keys of ANSI terminals, in both of their spellings. */
	{ "\\e[A", "acegate-older" },
	{ "\\eOA", "acegate-older" },
	{ "\\e[B", "acegate-newer" },
	{ "\\eOB", "acegate-newer" },
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
	/* Insert, PageUp, PageDown, and what keys.c makes of those that nobody knows. */
	{ "\\e[2~", "ed-ignore" },
	{ "\\e[5~", "ed-ignore" },
	{ "\\e[6~", "ed-ignore" },
	{ "\\eOz", "ed-ignore" },
};

static void
bindings_bind(struct editor *e, const char *key, const char *function)
{
	el_set(e->el, EL_BIND, key, function, NULL);
}

/*
 * Everything starts out as text or nothing; then the table's keys get their meaning.  What libedit
 * binds on its own to Esc and a letter, a digit or a control key is unbound first.
 */
void
bindings_set(struct editor *e)
{
	char key[8];

	el_set(e->el, EL_EDITOR, "emacs");
	for (size_t i = 0; i < sizeof(bindings_functions) / sizeof(bindings_functions[0]); i++)
		el_wset(e->el, EL_ADDFN, bindings_functions[i].name, bindings_functions[i].name,
			bindings_functions[i].fn);
	for (unsigned c = 1; c < 0xa0; c++) {
		bool control = c < 0x20 || c > 0x7f;

		snprintf(key, sizeof(key), "\\%03o", c);
		if (control && c != '\033')
			bindings_bind(e, key, "ed-ignore");
		snprintf(key, sizeof(key), "\\e\\%03o", c);
		if (c < 0x80 && c != '[' && c != 'O') /* those lead into the sequences below */
			bindings_bind(e, key, "ed-ignore");
	}
	for (size_t i = 0; i < sizeof(bindings_keys) / sizeof(bindings_keys[0]); i++)
		bindings_bind(e, bindings_keys[i].key, bindings_keys[i].function);
}
