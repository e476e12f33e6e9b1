/*
 * shell.c - the shell's test bench: see shell.h. A clock that moves for work alone.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/lib/shell.h"

static int64_t
shell_wall(void *arg)
{
	const struct shell *sh = arg;

	return INT64_C(1700000000123456) + (int64_t)sh->waited_ms * 1000;
}

static uint64_t
shell_mono(void *arg)
{
	const struct shell *sh = arg;

	return 5000 + sh->waited_ms;
}

/* A wrong password is answered late: in no time, here. */
static void
wait_for_work(struct shell *sh)
{
	while (session_working(sh->session)) {
		sh->waited_ms += session_work_wait_ms(sh->session);
		session_work_turn(sh->session);
	}
}

static void
on_output(void *arg, const char *text, size_t len)
{
	struct shell *sh = arg;

	assert_true(sh->len + len < sizeof(sh->screen));
	memcpy(sh->screen + sh->len, text, len);
	sh->len += len;
	sh->screen[sh->len] = '\0';
}

static void
on_ask(void *arg, enum ask_kind kind, const char *prompt)
{
	struct shell *sh = arg;

	sh->ask_kind = kind;
	assert_true(strlen(prompt) < sizeof(sh->question));
	strcpy(sh->question, prompt);
}

static void
on_closed(void *arg)
{
	struct shell *sh = arg;

	sh->closed = true;
}

static void
wipe(struct shell *sh)
{
	sh->len = 0;
	sh->screen[0] = '\0';
	sh->question[0] = '\0';
}

void
shell_boot(struct shell *sh, const struct command *const *tables)
{
	const struct router_options opt = { .clock = &sh->clock };

	memset(sh, 0, sizeof(*sh));
	sh->clock = (struct router_clock){ shell_wall, shell_mono, sh };
	sh->router = router_create(&opt);
	assert_non_null(sh->router);
	sh->grammar = grammar_create(tables);
	assert_non_null(sh->grammar);
}

void
shell_connect(struct shell *sh, enum session_kind kind)
{
	const struct session_ops ops = { on_output, on_ask, on_closed, sh };

	wipe(sh);
	sh->closed = false;
	sh->line = NULL;
	if (kind == SESSION_CONSOLE)
		sh->line = line_get(sh->router, LINE_CON, 0);
	else if (kind == SESSION_VTY)
		sh->line = line_take_vty(sh->router, LINE_TELNET);
	sh->session = session_create(sh->router, sh->grammar, kind, sh->line, &ops);
	assert_non_null(sh->session);
	session_start(sh->session);
}

void
shell_open(struct shell *sh, const struct command *const *tables, enum session_kind kind)
{
	shell_boot(sh, tables);
	shell_connect(sh, kind);
}

void
shell_close(struct shell *sh)
{
	session_destroy(sh->session);
	grammar_destroy(sh->grammar);
	router_destroy(sh->router);
	memset(sh, 0, sizeof(*sh));
}

const char *
shell_type(struct shell *sh, const char *line)
{
	wipe(sh);
	(void)session_execute(sh->session, line);
	wait_for_work(sh);
	return sh->screen;
}

const char *
shell_answer(struct shell *sh, const char *answer)
{
	assert_true(session_asking(sh->session));
	wipe(sh);
	session_answer(sh->session, answer);
	wait_for_work(sh);
	return sh->screen;
}

const char *
shell_help(struct shell *sh, const char *text)
{
	wipe(sh);
	session_help(sh->session, text);
	return sh->screen;
}

const char *
shell_prompt(struct shell *sh)
{
	static char prompt[128];

	return session_prompt(sh->session, prompt, sizeof(prompt));
}
