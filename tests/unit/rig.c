/*
 * rig.c - see rig.h.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands/commands.h"
#include "tests/unit/rig.h"

/* 2023-11-14 22:13:20.123 UTC, five seconds after the machine came up. */
enum { START_MONO_MS = 5000 };
static const int64_t start_wall_us = INT64_C(1700000000123000);

static int64_t
wall(void *arg)
{
	return ((struct rig *)arg)->wall_us;
}

static uint64_t
mono(void *arg)
{
	return ((struct rig *)arg)->mono_ms;
}

static struct rig *
create(const char *startup_path, const char *flash_path, bool dp)
{
	struct router_options options = { .startup_path = startup_path, .flash_path = flash_path };
	struct dataplane_options dp_options = { .now_ms = mono };
	struct rig *g = calloc(1, sizeof(*g));

	assert_non_null(g);
	g->wall_us = start_wall_us;
	g->mono_ms = START_MONO_MS;
	g->clock = (struct router_clock){ wall, mono, g };
	g->grammar = grammar_create(command_tables);
	assert_non_null(g->grammar);
	dp_options.now_arg = g;
	if (dp) {
		g->dp = dataplane_create(&dp_options);
		assert_non_null(g->dp);
	}
	options.clock = &g->clock;
	options.dp = g->dp;
	g->router = router_create(&options);
	assert_non_null(g->router);
	return g;
}

struct rig *
rig_create(const char *startup_path, bool dp)
{
	return create(startup_path, NULL, dp);
}

struct rig *
rig_create_in(const char *directory, bool dp)
{
	char startup[256], flash[256];

	snprintf(startup, sizeof(startup), "%s/startup-config", directory);
	snprintf(flash, sizeof(flash), "%s/flash", directory);
	return create(startup, flash, dp);
}

void
rig_destroy(struct rig *g)
{
	session_destroy(g->session);
	router_destroy(g->router);
	dataplane_destroy(g->dp);
	grammar_destroy(g->grammar);
	text_fini(&g->said);
	free(g);
}

void
rig_turn(struct rig *g, uint64_t ms)
{
	g->mono_ms += ms;
	g->wall_us += (int64_t)ms * 1000;
}

static void
fault(void *arg, unsigned line, const char *message)
{
	(void)arg;
	print_error("line %u: %s\n", line, message);
}

void
rig_load(struct rig *g, const char *config)
{
	assert_int_equal(session_load(g->router, g->grammar, config, fault, NULL), 0);
}

static void
output(void *arg, const char *text, size_t len)
{
	struct rig *g = arg;

	text_addf(&g->said, "%.*s", (int)len, text);
}

static void
ask(void *arg, enum ask_kind kind, const char *prompt)
{
	struct rig *g = arg;

	(void)kind;
	text_addf(&g->said, "<%s>", prompt);
}

static void
closed(void *arg)
{
	struct rig *g = arg;

	text_add(&g->said, "<closed>");
}

const char *
rig_work(struct rig *g)
{
	while (session_working(g->session)) {
		rig_turn(g, session_work_wait_ms(g->session));
		session_work_turn(g->session);
	}
	return g->said.s;
}

const char *
rig_type(struct rig *g, const char *lines)
{
	const struct session_ops ops = { output, ask, closed, g };
	char *copy = strdup(lines), *rest = copy, *line;

	assert_non_null(copy);
	if (g->session == NULL) {
		g->session = session_create(g->router, g->grammar, SESSION_CONSOLE,
			line_get(g->router, LINE_CON, 0), &ops);
		assert_non_null(g->session);
		session_set_privilege(g->session, 15);
	}
	text_fini(&g->said);
	text_add(&g->said, "");
	while ((line = strsep(&rest, "\n")) != NULL) {
		rig_work(g); /* what is typed ahead waits */
		if (session_asking(g->session))
			session_answer(g->session, line);
		else
			session_execute(g->session, line);
	}
	free(copy);
	return g->said.s;
}

void
rig_says(struct rig *g, const char *lines, const char *expected)
{
	rig_type(g, lines);
	assert_string_equal(rig_work(g), expected);
}

int
rig_setup(void **state)
{
	*state = rig_create(NULL, false);
	return 0;
}

int
rig_teardown(void **state)
{
	rig_destroy(*state);
	return 0;
}
