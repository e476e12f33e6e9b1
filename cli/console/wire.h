/*
 * wire.h - the client's end of the control socket: frames out, frames in.
 */
#ifndef CONSOLE_WIRE_H
#define CONSOLE_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/session/protocol.h"

struct wire {
	int fd;
	bool gone;	/* closed by the router, or it spoke nonsense */
	uint8_t *buf;
	size_t start, end, room;
};

void wire_init(struct wire *w, int fd);
/* Closes fd too. */
void wire_fini(struct wire *w);
void wire_send(struct wire *w, enum proto_type type, const void *payload, size_t len);
/* Reads what is there, once; blocks when nothing is. */
void wire_fill(struct wire *w);
/* The next whole frame among what was read. *payload is valid until wire_fill(). */
bool wire_next(struct wire *w, enum proto_type *type, const uint8_t **payload, size_t *len);

#endif
