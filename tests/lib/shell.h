/*
 * shell.h - a router without frames, a grammar and a session whose screen is a string: what the tests
 * of the shell drive.
 */
#ifndef TESTS_LIB_SHELL_H
#define TESTS_LIB_SHELL_H

#include "cli/grammar/grammar.h"
#include "cli/session/session.h"
#include "router/router.h"

struct shell {
	struct router *router;
	struct grammar *grammar;
	struct session *session;
	struct line *line;
	struct router_clock clock;
	uint64_t waited_ms;
	char screen[16384];	/* what was printed since the last shell_type() */
	size_t len;
	char question[256];	/* the last one put; "" when answered */
	enum ask_kind ask_kind;
	bool closed;
};

/* A session at the prompt, or at its login. Fails the test when something is amiss. */
void shell_open(struct shell *sh, const struct command *const *tables, enum session_kind kind);
/* The same in two halves, to configure lines and users in between. */
void shell_boot(struct shell *sh, const struct command *const *tables);
void shell_connect(struct shell *sh, enum session_kind kind);
void shell_close(struct shell *sh);
/* Each returns the screen since. */
const char *shell_type(struct shell *sh, const char *line);
const char *shell_answer(struct shell *sh, const char *answer);
const char *shell_help(struct shell *sh, const char *text);
const char *shell_prompt(struct shell *sh);

#endif
