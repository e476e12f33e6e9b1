/*
 * rig.h - a whole router without a process: model, grammar, a clock we turn, and a session to type
 * into. For the tests of cli/show and cli/commands.
 */
#ifndef TESTS_UNIT_RIG_H
#define TESTS_UNIT_RIG_H

#include "cli/grammar/grammar.h"
#include "cli/session/session.h"
#include "cli/show/show.h"
#include "router/router.h"

struct rig {
	int64_t wall_us; /* the hands of the clock */
	uint64_t mono_ms;
	struct router_clock clock;
	struct grammar *grammar;
	struct dataplane *dp;
	struct router *router;
	struct session *session; /* on con 0, in privileged EXEC; made by rig_type() */
	struct text said;	 /* what it printed and asked since the last rig_type() */
};

/* startup_path may be NULL; dp: with a dataplane that rig_destroy() ends. Aborts without memory. */
struct rig *rig_create(const char *startup_path, bool dp);
/* With a startup-config and flash: in this directory, which the test removes. */
struct rig *rig_create_in(const char *directory, bool dp);
void rig_destroy(struct rig *g);
void rig_turn(struct rig *g, uint64_t ms);
/* Loads configuration text; a refused line fails the test. */
void rig_load(struct rig *g, const char *config);
/* Types lines, parted by '\n', and returns all that was said. A question is said as "<PROMPT>". */
const char *rig_type(struct rig *g, const char *lines);
/* Lets the command that is running go on to its end, turning the clock as it wants; what was said. */
const char *rig_work(struct rig *g);
/* Types lines and compares what was said. */
void rig_says(struct rig *g, const char *lines, const char *expected);

/* cmocka fixtures: *state is a rig without a dataplane. */
int rig_setup(void **state);
int rig_teardown(void **state);
#define WITH_RIG(test) cmocka_unit_test_setup_teardown(test, rig_setup, rig_teardown)

/* What `configure terminal` says. */
#define RIG_CONFIGURE "Enter configuration commands, one per line.  End with CNTL/Z.\n"

#endif
