/*
 * keys.c - the sequences of cursor and function keys, brought to the few that are bound.
 *
 * Terminals send far more than IOS knows: modifiers (ESC [ 1 ; 5 D), function keys, the marks of a
 * bracketed paste.  libedit matches sequences by their letters and takes the rest of an unknown one
 * for text, so a Ctrl-Left would leave "5D" on the line.  Here a sequence is read to its end by the
 * rules of ECMA-48, modifiers are dropped, and one that nobody knows becomes one that does nothing.
 *
 * Ctrl-^ is IOS's escape character, and Ctrl-^ x its way out of a session within the session: there is
 * none here, so the x is not typed either.
 */
#include "cli/console/editor/internal.h"

static const wchar_t csi_nothing[] = L"2~"; /* Insert, which is bound to nothing */
enum { SS3_NOTHING = L'z', KEY_CTRL_CARET = 0x1e };

static void
keys_push(struct keys *k, const wchar_t *text)
{
	for (; *text != L'\0' && k->n_pending < KEYS_PENDING; text++)
		k->pending[k->n_pending++] = *text;
}

static bool
keys_is_cursor(wchar_t key)
{
	return (key >= L'A' && key <= L'D') || key == L'H' || key == L'F';
}

/* The rest of ESC [, of which `key` is the first. False when no more keys come. */
static bool
keys_csi(struct keys *k, wchar_t key)
{
	wchar_t first = key, known[3] = { 0 };
	size_t length = 1;

	for (; key >= 0x20 && key < 0x40; length++)
		if (!k->get_key(k->arg, &key))
			return false;
	if (key == L'[' && length == 1) { /* the Linux console's function keys: ESC [ [ A */
		if (!k->get_key(k->arg, &key))
			return false;
		keys_push(k, csi_nothing);
	} else if (keys_is_cursor(key)) {
		known[0] = key;
		keys_push(k, known);
	} else if (key == L'~' && length == 2 && first >= L'1' && first <= L'8') {
		known[0] = first;
		known[1] = key;
		keys_push(k, known);
	} else {
		keys_push(k, csi_nothing);
		known[0] = key;
		if (key < 0x20) /* broken off by a control key, which means what it means */
			keys_push(k, known);
	}
	return true;
}

static void
keys_ss3(struct keys *k, wchar_t key)
{
	wchar_t known[2] = { keys_is_cursor(key) ? key : SS3_NOTHING, L'\0' };

	keys_push(k, known);
}

static bool
keys_pop(struct keys *k, wchar_t *key)
{
	if (k->n_pending == 0)
		return false;
	*key = k->pending[0];
	k->n_pending--;
	for (size_t i = 0; i < k->n_pending; i++)
		k->pending[i] = k->pending[i + 1];
	return true;
}

static void
keys_follow(struct keys *k, wchar_t key)
{
	if (key == L'\033')
		k->state = KEYS_ESC;
	else if (k->state == KEYS_ESC && key == L'[')
		k->state = KEYS_CSI;
	else if (k->state == KEYS_ESC && key == L'O')
		k->state = KEYS_SS3;
	else
		k->state = KEYS_TEXT;
}

bool
keys_next(struct keys *k, wchar_t *key)
{
	bool after_escape;

	if (keys_pop(k, key))
		return true;
	do { /* ESC ESC [ A: the first is Alt's */
		if (!k->get_key(k->arg, key))
			return false;
	} while (k->state == KEYS_ESC && *key == L'\033');
	if (k->state == KEYS_CSI || k->state == KEYS_SS3) {
		if (k->state == KEYS_SS3)
			keys_ss3(k, *key);
		else if (!keys_csi(k, *key))
			return false;
		k->state = KEYS_TEXT;
		return keys_pop(k, key);
	}
	after_escape = k->after_escape;
	k->after_escape = *key == KEY_CTRL_CARET;
	if (after_escape && (*key == L'x' || *key == L'X'))
		*key = KEY_IGNORED;
	keys_follow(k, *key);
	return true;
}
