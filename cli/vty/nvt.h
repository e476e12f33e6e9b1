/*
 * nvt.h - the TELNET protocol (RFC 854), server side: the network's bytes to keys, text to its bytes.
 * libtelnet lives here.
 */
#ifndef VTY_NVT_H
#define VTY_NVT_H

#include <stdbool.h>
#include <stddef.h>

struct nvt;

struct nvt_ops {
	/* What was typed; an Enter is still CR LF, CR NUL or whatever the client sends. */
	void (*keys)(void *arg, const char *buf, size_t len);
	/* Bytes for the network. */
	void (*send)(void *arg, const char *buf, size_t len);
	/* The client's window; 0 = it does not know. */
	void (*window)(void *arg, unsigned rows, unsigned columns);
	void *arg;
};

/* One byte received makes at most this many to send. */
enum { NVT_ANSWER_MAX = 8 };

/* NULL without memory. */
struct nvt *nvt_create(const struct nvt_ops *ops);
void nvt_destroy(struct nvt *v);
/* The options we want: what a Cisco router sends first, in its order. */
void nvt_greet(struct nvt *v);
/* Takes bytes of the network's. False when the client cannot be talked to any more. */
bool nvt_receive(struct nvt *v, const char *buf, size_t len);
void nvt_print(struct nvt *v, const char *buf, size_t len);

#endif
