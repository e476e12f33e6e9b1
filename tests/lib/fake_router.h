/*
 * fake_router.h - both ends of a terminal session in the hands of a test: the router's, and the
 * user's.
 *
 * The test says what the router says and types what the user types, and checks each frame and every
 * byte in between.  All checks are exact: a byte too many shows up as the wrong byte of the next
 * check.  What does not come at all fails the test after FAKE_PATIENCE_MS.
 */
#ifndef TESTS_FAKE_ROUTER_H
#define TESTS_FAKE_ROUTER_H

#include <stddef.h>
#include <sys/types.h>

#include "cli/session/protocol.h"
#include "cli/session/session.h"

enum { FAKE_PATIENCE_MS = 30000 };

struct fake {
	int router;		/* the router's end of the session */
	int user;		/* the user's end: a pty's master, or a connection */
	int history;		/* lines of history READY tells; 0: 20, the usual, -1: none */
	size_t have;		/* of a frame from the session */
	uint8_t buf[1 << 16];
};

/* The programs under test: $ACEGATE_BUILD, else the current directory. */
const char *fake_program(const char *name, char *buf, size_t size);

/* ---- the router's end ---- */

/* The next frame is this one. */
void fake_hears(struct fake *f, enum proto_type type, const char *text);
void fake_hears_bytes(struct fake *f, enum proto_type type, const void *p, size_t n);
void fake_hears_end(struct fake *f);
void fake_says(struct fake *f, enum proto_type type, const char *text);
void fake_says_bytes(struct fake *f, enum proto_type type, const void *p, size_t len);
void fake_ready(struct fake *f, const char *prompt, unsigned length, unsigned width, int flags);
void fake_asks(struct fake *f, enum ask_kind kind, const char *prompt);

/* ---- the user's end ---- */

void fake_types(struct fake *f, const char *keys);
void fake_types_bytes(struct fake *f, const char *keys, size_t n);
/* The next bytes on the screen are these. */
void fake_shows(struct fake *f, const char *text);
void fake_shows_bytes(struct fake *f, const char *bytes, size_t n);
/* Whatever comes before it, these bytes come. */
void fake_shows_until(struct fake *f, const char *text);
/* Nothing more comes: the other side has closed, or hung up. */
void fake_shows_end(struct fake *f);

#endif
