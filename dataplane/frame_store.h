/*
 * frame_store.h - where a port keeps the bytes of a burst until its next one.
 *
 * One piece of memory, handed out front to back and given back all at once; allocated when the port
 * is opened, so receiving allocates nothing.
 */
#ifndef DATAPLANE_FRAME_STORE_H
#define DATAPLANE_FRAME_STORE_H

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

struct frame_store {
	uint8_t *memory;
	size_t size, used;
};

/* 0 or -ENOMEM. */
static inline int
frame_store_init(struct frame_store *s, size_t size)
{
	*s = (struct frame_store){ .memory = malloc(size), .size = size };
	return s->memory == NULL ? -ENOMEM : 0;
}

static inline void
frame_store_fini(struct frame_store *s)
{
	free(s->memory);
	s->memory = NULL;
}

static inline size_t
frame_store_room(const struct frame_store *s)
{
	return s->size - s->used;
}

/* The caller has made sure of the room. */
static inline uint8_t *
frame_store_take(struct frame_store *s, size_t len)
{
	uint8_t *p = s->memory + s->used;

	s->used += len;
	return p;
}

static inline void
frame_store_reset(struct frame_store *s)
{
	s->used = 0;
}

#endif
