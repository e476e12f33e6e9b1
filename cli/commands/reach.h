/*
 * reach.h - what ping and traceroute share: whom they are to reach, from where, and their dialogs.
 */
#ifndef CLI_COMMANDS_REACH_H
#define CLI_COMMANDS_REACH_H

#include <stdbool.h>
#include <stdint.h>

#include "cli/session/session.h"

/* The address that was typed, or that of a known host; false when it is neither, which it has said. */
bool reach_target(struct session *s, const char *text, uint32_t *address);
/* An own address, or an interface that has one; false when it is neither, which it has said. */
bool reach_source(struct session *s, const char *text, uint32_t *address);
/* "y", "yes"; anything else is no. */
bool reach_yes(const char *answer);

/* What became of an answer: the next question, the same again (it has said why), or no ping at all. */
enum reach_taken { REACH_NEXT, REACH_AGAIN, REACH_OVER };

struct reach_question {
	const char *prompt;	/* NULL behind the last */
	enum reach_taken (*take)(struct session *s, void *request, const char *answer);
	bool (*asked)(const void *request);	/* whether it is at all; NULL: always */
};

/* The first member of what is requested, which lives in session_memory(). */
struct reach_dialog {
	const struct reach_question *next;
	void (*start)(struct session *s, const void *request);
};

/* Asks from d->next on, and starts when all are answered. */
void reach_ask(struct session *s, struct reach_dialog *d);
/* A number between lo and hi; an empty answer leaves *out alone. */
enum reach_taken reach_take_number(struct session *s, const char *answer, uint32_t lo, uint32_t hi,
	uint32_t *out);
/* "ip", or nothing. */
enum reach_taken reach_take_protocol(struct session *s, const char *answer, const char *command);

#endif
