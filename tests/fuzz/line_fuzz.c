/*
 * line_fuzz.c - the line parser as a keyboard reaches it: a real session over the real tables.
 *
 * The input is what is typed, byte by byte: `?` asks for help behind what stands on the line, Tab
 * completes it, Enter runs it or answers the question, Ctrl-C and Ctrl-Z do what they do, and three
 * more control bytes stand for what does not come from a keyboard (below).  The first line may say
 * who types: "@vty", "@batch", or "@console", which it is anyway.
 *
 * Claims: the prompt is one line; what is printed ends its line; Tab keeps what was typed, makes no
 * word that the parser then refuses, and has no more to add to its own answer; and the
 * configuration that comes of it all survives the round trip.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cli/session/session.h"
#include "cli/show/show.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/fuzz_router.h"

enum {
	KEY_INTERRUPT = 0x03,
	KEY_HOUR = 0x08,   /* an hour passes, with timeouts */
	KEY_MINUTE = 0x10, /* a minute does */
	KEY_WINDOW = 0x17, /* the window changes: a byte of rows, a byte of columns */
	KEY_END = 0x1a,
	LINE_MAX_TYPED = 2 * WORDS_MAX_LINE, /* longer than the parser takes */
	COMPLETION_MAX = LINE_MAX_TYPED + ACL_NAME_MAX + 2,
};

struct typist {
	struct fuzz_router f;
	struct session *session;
	char line[COMPLETION_MAX];
	size_t len;
	struct text screen; /* what the last key made it print */
};

static void
on_output(void *arg, const char *text, size_t len)
{
	struct typist *t = arg;

	text_addf(&t->screen, "%.*s", (int)len, text);
}

static void
on_ask(void *arg, enum ask_kind kind, const char *prompt)
{
	(void)arg;
	fuzz_require(kind <= ASK_TEXT && strchr(prompt, '\n') == NULL, "asked: %s", prompt);
}

static void
on_closed(void *arg)
{
	(void)arg;
}

static void
clear_screen(struct typist *t)
{
	if (t->screen.len > 0)
		fuzz_require(t->screen.s[t->screen.len - 1] == '\n', "an unfinished line: %s",
			t->screen.s);
	text_fini(&t->screen);
	t->screen = (struct text){ 0 };
}

static void
clear_line(struct typist *t)
{
	t->len = 0;
	t->line[0] = '\0';
}

static void
type_byte(struct typist *t, uint8_t byte)
{
	if (t->len + 1 >= LINE_MAX_TYPED)
		return;
	t->line[t->len++] = (char)byte;
	t->line[t->len] = '\0';
}

/* What stood on the line is on the new one but for the case of the last word. */
static void
check_completion(struct typist *t, const char *out)
{
	char again[COMPLETION_MAX];
	size_t len = strlen(out);

	fuzz_require(strncasecmp(out, t->line, t->len) == 0, "\"%s\" became \"%s\"", t->line, out);
	if (strcmp(out, t->line) == 0)
		return;
	fuzz_require(len > t->len && out[len - 1] == ' ', "\"%s\" became \"%s\"", t->line, out);
	session_complete(t->session, out, again, sizeof(again));
	fuzz_require(strcmp(out, again) == 0, "\"%s\", then \"%s\"", out, again);
	clear_screen(t);
	session_help(t->session, out);
	fuzz_require(t->screen.len > 0 && strstr(t->screen.s, "% Unrec") == NULL,
		"\"%s\" was made of \"%s\" and is not taken", out, t->line);
}

static void
complete(struct typist *t)
{
	char out[COMPLETION_MAX];

	session_complete(t->session, t->line, out, sizeof(out));
	if (t->len + 1 < WORDS_MAX_LINE && !session_asking(t->session))
		check_completion(t, out);
	t->len = strlen(out) < LINE_MAX_TYPED ? strlen(out) : LINE_MAX_TYPED - 1;
	memcpy(t->line, out, t->len);
	t->line[t->len] = '\0';
}

static void
enter(struct typist *t)
{
	if (session_asking(t->session))
		session_answer(t->session, t->line);
	else
		session_execute(t->session, t->line);
	if (session_working(t->session)) /* nobody turns its clock */
		session_interrupt(t->session);
	clear_line(t);
}

static void
pass(struct typist *t, uint64_t ms)
{
	unsigned patience = session_patience_s(t->session);

	fuzz_router_turn(&t->f, ms);
	if (patience != 0 && patience * UINT64_C(1000) <= ms)
		session_timed_out(t->session);
}

static void
press(struct typist *t, uint8_t key, struct fuzz_input *in)
{
	switch (key) {
	case '\n':
	case '\r':
		enter(t);
		break;
	case '?':
		session_help(t->session, t->line);
		break;
	case '\t':
		complete(t);
		break;
	case KEY_INTERRUPT:
		session_interrupt(t->session);
		clear_line(t);
		break;
	case KEY_END:
		session_end_key(t->session, t->line);
		clear_line(t);
		break;
	case KEY_HOUR:
	case KEY_MINUTE:
		pass(t, key == KEY_HOUR ? 3600 * 1000 : 60 * 1000);
		break;
	case KEY_WINDOW:
		key = fuzz_u8(in);
		session_set_window(t->session, key, fuzz_u8(in));
		break;
	case '\0':
		break;
	default:
		type_byte(t, key);
		break;
	}
}

static void
check_prompt(const struct typist *t)
{
	char prompt[128];
	size_t len = strlen(session_prompt(t->session, prompt, sizeof(prompt)));

	fuzz_require(len > 1 && (prompt[len - 1] == '#' || prompt[len - 1] == '>'), "prompt: %s",
		prompt);
	for (size_t i = 0; i < len; i++)
		fuzz_require(isgraph((unsigned char)prompt[i]), "prompt: %s", prompt);
}

static bool
said(struct fuzz_input *in, const char *word)
{
	size_t len = strlen(word);

	if (in->left < len || memcmp(in->at, word, len) != 0)
		return false;
	in->at += len;
	in->left -= len;
	return true;
}

static void
sit_down(struct typist *t, struct fuzz_input *in)
{
	const struct session_ops ops = { on_output, on_ask, on_closed, t };
	enum session_kind kind = SESSION_CONSOLE;
	struct line *line = line_get(t->f.router, LINE_CON, 0);

	if (said(in, "@vty\n")) {
		kind = SESSION_VTY;
		line = line_take_vty(t->f.router, LINE_TELNET);
	} else if (said(in, "@batch\n")) {
		kind = SESSION_BATCH;
		line = NULL;
	} else {
		said(in, "@console\n");
	}
	t->session = session_create(t->f.router, fuzz_grammar(), kind, line, &ops);
	fuzz_require(t->session != NULL, "no session");
	session_start(t->session);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input in = { data, size };
	struct typist *t = calloc(1, sizeof(*t));

	fuzz_require(t != NULL, "out of memory");
	fuzz_router_open(&t->f, false);
	sit_down(t, &in);
	while (in.left > 0 && !session_closed(t->session)) {
		clear_screen(t);
		press(t, fuzz_u8(&in), &in);
		check_prompt(t);
	}
	clear_screen(t);
	session_destroy(t->session);
	fuzz_router_round_trip(t->f.router);
	fuzz_router_close(&t->f);
	free(t);
	return 0;
}
