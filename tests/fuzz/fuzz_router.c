/*
 * fuzz_router.c - see fuzz_router.h.
 */
#include "tests/fuzz/fuzz_router.h"

#include <stdlib.h>
#include <string.h>

#include "cli/commands/commands.h"
#include "cli/session/session.h"
#include "cli/show/show.h"
#include "tests/fuzz/fuzz.h"

/* 2023-11-14 22:13:20.123 UTC, a Tuesday, five seconds after the machine came up. */
static const int64_t start_wall_us = INT64_C(1700000000123000);
static const uint64_t start_mono_ms = 5000;

static int64_t
wall(void *arg)
{
	return ((struct fuzz_router *)arg)->wall_us;
}

static uint64_t
mono(void *arg)
{
	return ((struct fuzz_router *)arg)->mono_ms;
}

const struct grammar *
fuzz_grammar(void)
{
	static struct grammar *g;

	if (g == NULL)
		g = grammar_create(command_tables);
	fuzz_require(g != NULL, "out of memory");
	return g;
}

void
fuzz_router_open(struct fuzz_router *f, bool with_dp)
{
	const struct dataplane_options dp = { .now_ms = mono, .now_arg = f };
	struct router_options opt = { .clock = &f->clock };

	*f = (struct fuzz_router){
		.wall_us = start_wall_us,
		.mono_ms = start_mono_ms,
		.clock = { wall, mono, f },
	};
	if (with_dp) {
		f->dp = dataplane_create(&dp);
		fuzz_require(f->dp != NULL, "no dataplane");
	}
	opt.dp = f->dp;
	f->router = router_create(&opt);
	fuzz_require(f->router != NULL, "no router");
}

void
fuzz_router_close(struct fuzz_router *f)
{
	router_destroy(f->router);
	dataplane_destroy(f->dp);
}

void
fuzz_router_turn(struct fuzz_router *f, uint64_t ms)
{
	f->mono_ms += ms;
	f->wall_us += (int64_t)ms * 1000;
	acl_log_tick(f->router);
	time_ranges_tick(f->router);
}

struct faults {
	size_t n;
	unsigned last;
};

static void
on_fault(void *arg, unsigned line, const char *message)
{
	struct faults *f = arg;

	fuzz_require(line > f->last, "line %u was refused after line %u", line, f->last);
	fuzz_require(message[0] != '\0', "line %u was refused without a word", line);
	fuzz_require(strchr(message, '\n') == NULL, "line %u: several lines: %s", line, message);
	f->last = line;
	f->n++;
}

size_t
fuzz_router_load(struct router *r, const char *config)
{
	struct faults f = { 0 };
	size_t n = session_load(r, fuzz_grammar(), config, on_fault, &f);

	fuzz_require(n == f.n, "%zu faults were counted, %zu told", n, f.n);
	return n;
}

static void
on_own_fault(void *arg, unsigned line, const char *message)
{
	const char *config = arg;

	for (unsigned i = 1; i < line; i++)
		config += strcspn(config, "\n") + 1;
	fuzz_fail(__FILE__, __LINE__, "a line of our own is refused: \"%.*s\": %s",
		(int)strcspn(config, "\n"), config, message);
}

void
fuzz_router_load_whole(struct router *r, const char *config)
{
	session_load(r, fuzz_grammar(), config, on_own_fault, (void *)config);
}

static void
print_config(struct text *t, struct router *r)
{
	*t = (struct text){ 0 };
	show_running_config_body(t, r);
	fuzz_require(!t->failed, "out of memory");
}

static void
read_back(const char *config)
{
	struct fuzz_router fresh;
	struct text again;

	fuzz_router_open(&fresh, false);
	fuzz_router_load_whole(fresh.router, config);
	print_config(&again, fresh.router);
	fuzz_require(strcmp(config, again.s) == 0, "printed:\n%s\nread back:\n%s", config, again.s);
	text_fini(&again);
	fuzz_router_close(&fresh);
}

void
fuzz_router_round_trip(struct router *r)
{
	static char *last; /* most inputs end with a configuration that was just tried */
	struct text first, again;

	print_config(&first, r);
	print_config(&again, r);
	fuzz_require(strcmp(first.s, again.s) == 0, "printing has changed the configuration:\n%s%s",
		first.s, again.s);
	if (last == NULL || strcmp(last, first.s) != 0)
		read_back(first.s);
	free(last);
	last = first.s;
	text_fini(&again);
}
