/*
 * fuzz_router.h - a whole router for a fuzz target: model, grammar of the real command tables, and
 * a clock that only the target turns.
 */
#ifndef TESTS_FUZZ_ROUTER_H
#define TESTS_FUZZ_ROUTER_H

#include <stdbool.h>
#include <stdint.h>

#include "cli/grammar/grammar.h"
#include "router/router.h"

struct fuzz_router {
	int64_t wall_us;
	uint64_t mono_ms;
	struct router_clock clock;
	struct dataplane *dp;
	struct router *router;
};

/* Made at the first call and kept. */
const struct grammar *fuzz_grammar(void);
/* Factory-fresh; with_dp: with a dataplane that has no ports yet. */
void fuzz_router_open(struct fuzz_router *f, bool with_dp);
void fuzz_router_close(struct fuzz_router *f);
void fuzz_router_turn(struct fuzz_router *f, uint64_t ms);
/* Loads a configuration; returns the number of lines refused. Each must say why, in one line. */
size_t fuzz_router_load(struct router *r, const char *config);
/* Loads one that has no faults: a line that is refused is a finding. */
void fuzz_router_load_whole(struct router *r, const char *config);
/*
 * The claim of running_config.c: what it prints is taken by a fresh router without a fault, which
 * then prints the same bytes; and printing changes nothing.
 */
void fuzz_router_round_trip(struct router *r);

#endif
