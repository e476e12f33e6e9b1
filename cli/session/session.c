/*
 * session.c - a login's life, and the requests that drive it.
 *
 * Every request comes in here: a line, an answer, a key.  A line is matched against the grammar; a
 * refusal is printed (refusal.c), a match is run through libcli (dispatch.c).  A command that needs
 * an answer puts its question and returns; session_answer() goes on with it.  Nothing blocks.
 *
 * Whoever creates a session destroys it, but not inside one of its callbacks.  Control thread.
 */
#include "cli/session/internal.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CONFIG_HOST_MAX = 20, LOGIN_PATIENCE_S = 30, CTRL_C = 'C' - '@' };

static void
hang_up(void *arg)
{
	session_close(arg);
}

/* con 0 is shared: the first to find it free holds it, until it goes. */
static void
touch_line(struct session *s)
{
	if (s->line == NULL)
		return;
	s->line->last_input_ms = clock_mono_ms(router_clock(s->router));
	if (s->line->busy)
		return;
	s->owns_line = true;
	line_take(s->router, s->line, hang_up, s);
	snprintf(s->line->user, sizeof(s->line->user), "%s", s->user);
}

struct session *
session_create(struct router *r, const struct grammar *g, enum session_kind kind, struct line *line,
	const struct session_ops *ops)
{
	struct session *s = calloc(1, sizeof(*s));

	if (s == NULL)
		return NULL;
	s->router = r;
	s->grammar = g;
	s->kind = kind;
	s->line = line;
	s->owns_line = line != NULL && line->kind == LINE_VTY;
	s->ops = *ops;
	s->length = s->width = -1;
	s->history_size =
		line != NULL && line->history_size >= 0 ? line->history_size : HISTORY_DEFAULT;
	if (!dispatch_init(s)) {
		session_destroy(s);
		return NULL;
	}
	if (s->owns_line)
		line_take(r, line, hang_up, s);
	touch_line(s);
	if (kind == SESSION_BATCH || kind == SESSION_LOADER)
		session_set_privilege(s, 15);
	if (kind == SESSION_LOADER)
		dispatch_set_mode(s, MODE_GLOBAL_CONFIG);
	return s;
}

void
session_destroy(struct session *s)
{
	if (s == NULL)
		return;
	session_work_stop(s, false);
	if (s->cli != NULL)
		mode_leave_config(s);
	if (s->owns_line && s->line->transport == LINE_SSH)
		ssh_line_closed(s->router, s->line);
	if (s->owns_line)
		line_release(s->line);
	dispatch_fini(s);
	history_fini(s);
	free(s->memory);
	free(s);
}

void
session_start(struct session *s)
{
	if (s->kind == SESSION_CONSOLE || s->kind == SESSION_VTY)
		login_start(s);
}

void
session_set_exec(struct session *s)
{
	s->kind = SESSION_EXEC;
}

/* Skips what IOS does not read; NULL when nothing is left: a blank line, a comment. */
static const char *
meaningful(const char *line)
{
	const char *p = line + strspn(line, " \t");

	return *p == '\0' || *p == '!' ? NULL : line;
}

/*
 * Copies a line without the control characters in it, which IOS does not take into a line either: a
 * file with stray carriage returns must not make names that look alike and are not.  Ctrl-C, behind
 * Ctrl-V, is the delimiter of a banner: it becomes the "^C" that configurations have.
 */
static void
copy_printable(char clean[WORDS_MAX_LINE], const char *line)
{
	size_t n = 0;

	for (; *line != '\0' && n + 2 < WORDS_MAX_LINE; line++) {
		if (*line == CTRL_C) {
			clean[n++] = '^';
			clean[n++] = 'C';
		} else if (*line == '\t' || !iscntrl((unsigned char)*line)) {
			clean[n++] = *line;
		}
	}
	clean[n] = '\0';
}

int
session_execute(struct session *s, const char *line)
{
	enum shell_mode mode = dispatch_mode(s);
	char clean[WORDS_MAX_LINE];
	struct grammar_match m;
	int rc;

	touch_line(s);
	if (session_asking(s)) {
		session_answer(s, line);
		return 0;
	}
	if (s->closed)
		return 0;
	if (session_working(s))
		return -1;
	if (strlen(line) >= WORDS_MAX_LINE) {
		session_print(s, "% Line is too long\n");
		return -1;
	}
	copy_printable(clean, line);
	line = clean;
	if (meaningful(line) == NULL)
		return 0;
	if (grammar_match(s->grammar, s, mode, session_privilege(s), line, &m) == GRAMMAR_REFUSED) {
		history_add(s, line);
		refusal_print(s, line, &m.err);
		grammar_match_fini(&m);
		return -1;
	}
	if ((m.row->flags & CMD_NO_HISTORY) == 0)
		history_add(s, line);
	if (m.mode != mode)
		session_enter(s, m.mode);
	rc = dispatch_run(s, &m);
	if (rc == 0)
		config_log(s, &m, line);
	grammar_match_fini(&m);
	return rc;
}

void
session_answer(struct session *s, const char *answer)
{
	struct question q = s->question;

	touch_line(s);
	if (q.answered == NULL)
		return;
	s->question.answered = NULL;
	if (q.kind == ASK_CONFIRM)
		answer = *answer == '\0' || *answer == 'y' || *answer == 'Y' ? "y" : "n";
	q.answered(s, answer, q.arg);
}

void
session_ask(struct session *s, enum ask_kind kind, const char *prompt,
	void (*answered)(struct session *s, const char *answer, void *arg), void *arg)
{
	s->question = (struct question){ kind, answered, arg };
	if (kind == ASK_TEXT && s->kind != SESSION_EXEC) {
		s->ops.ask(s->ops.arg, kind, prompt);
		return;
	}
	if (kind == ASK_TEXT) { /* one line is all there will be */
		s->question.answered = NULL;
		return;
	}
	switch (s->kind) {
	case SESSION_CONSOLE:
	case SESSION_VTY:
		s->ops.ask(s->ops.arg, kind, prompt);
		return;
	case SESSION_EXEC:
	case SESSION_BATCH:
		session_printf(s, "%s\n", prompt);
		break;
	case SESSION_LOADER:
		break;
	}
	/* Over SSH nobody may have meant it: IOS waits for a key, and hears the connection end instead. */
	session_answer(s, s->kind == SESSION_EXEC && kind == ASK_CONFIRM ? "n" : "");
}

bool
session_logging_in(const struct session *s)
{
	return s->logging_in;
}

bool
session_asking(const struct session *s)
{
	return s->question.answered != NULL;
}

bool
session_closed(const struct session *s)
{
	return s->closed;
}

void
session_interrupt(struct session *s)
{
	touch_line(s);
	if (s->logging_in)
		return;
	if (session_working(s))
		session_work_stop(s, true);
	else if (session_asking(s))
		s->question.answered = NULL;
	else
		session_end(s);
}

void
session_stop(struct session *s)
{
	if (session_working(s) || session_asking(s))
		session_interrupt(s);
	else
		touch_line(s);
}

void
session_end_key(struct session *s, const char *line)
{
	if (s->logging_in)
		return;
	if (s->question.answered != NULL && s->question.kind == ASK_TEXT)
		s->question.answered = NULL; /* of a banner nothing is kept, as with Ctrl-C */
	else
		(void)session_execute(s, line);
	if (!session_asking(s))
		session_end(s);
}

void
session_help(struct session *s, const char *text)
{
	unsigned width = (unsigned)session_width(s);

	touch_line(s);
	if (!session_asking(s) && strlen(text) < WORDS_MAX_LINE)
		grammar_help(s->grammar, s, dispatch_mode(s), session_privilege(s), text, width);
}

void
session_complete(struct session *s, const char *text, char *out, size_t size)
{
	touch_line(s);
	if (!session_asking(s) && strlen(text) < WORDS_MAX_LINE)
		grammar_complete(
			s->grammar, s, dispatch_mode(s), session_privilege(s), text, out, size);
	else
		snprintf(out, size, "%s", text);
}

/* Until `absolute-timeout` ends it; 0 when nothing does. */
static uint64_t
lifetime_left_ms(const struct session *s)
{
	uint64_t whole = (uint64_t)s->line->absolute_timeout_min * 60000;
	uint64_t lived = clock_mono_ms(router_clock(s->router)) - s->begun_ms;

	if (whole == 0)
		return 0;
	return lived < whole ? whole - lived : 1;
}

unsigned
session_patience_s(const struct session *s)
{
	unsigned idle, left;

	if (s->line == NULL)
		return 0;
	if (s->logging_in)
		return LOGIN_PATIENCE_S;
	idle = s->line->exec_timeout_s;
	left = (unsigned)((lifetime_left_ms(s) + 999) / 1000);
	return left != 0 && (idle == 0 || left < idle) ? left : idle;
}

void
session_timed_out(struct session *s)
{
	if (s->logging_in) {
		login_timed_out(s);
		return;
	}
	if (lifetime_left_ms(s) == 1)
		session_print(s, "\n*\n*\n* Line timeout expired\n*\n*\n");
	if (s->kind == SESSION_CONSOLE) {
		session_printf(s,
			"\n\n\n%s con0 is now available\n\n\n\n\n"
			"Press RETURN to get started.\n\n\n\n\n\n\n\n",
			router_hostname(s->router));
		s->returns = true;
	}
	session_close(s);
}

bool
session_returns(const struct session *s)
{
	return s->returns;
}

char *
session_prompt(const struct session *s, char *buf, size_t size)
{
	const char *host = router_hostname(s->router);
	enum shell_mode mode = dispatch_mode(s);

	if (mode == MODE_USER_EXEC)
		snprintf(buf, size, "%s%c", host, session_privilege(s) > 1 ? '#' : '>');
	else
		snprintf(buf, size, "%.*s(%s)#", CONFIG_HOST_MAX, host,
			shell_mode_info[mode].prompt);
	return buf;
}

void
session_close(struct session *s)
{
	if (s->closed)
		return;
	session_work_stop(s, false);
	s->closed = true;
	s->question.answered = NULL;
	s->ops.closed(s->ops.arg);
}

struct router *
session_router(struct session *s)
{
	return s->router;
}

const struct grammar *
session_grammar(const struct session *s)
{
	return s->grammar;
}

enum session_kind
session_kind(const struct session *s)
{
	return s->kind;
}

struct line *
session_line(struct session *s)
{
	return s->line;
}

const char *
session_user(const struct session *s)
{
	return s->user;
}
