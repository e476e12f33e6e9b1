/*
 * usage.h - what the router's process uses of the machine: processor time by thread, and memory.
 *
 * Figures are the kernel's and the C library's: /proc/self/task, /proc/meminfo, mallinfo2(3).  Where
 * they cannot be read (a process so confined) they are 0.  Control thread.
 */
#ifndef ROUTER_USAGE_H
#define ROUTER_USAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct router;

enum { USAGE_TICK_MS = 5000, USAGE_THREADS = 32, USAGE_NAME_MAX = 16 };

/* Shares are of one processor, in percent. */
struct usage_share {
	double five_seconds, one_minute, five_minutes;
};

struct usage_thread {
	int id;				/* the kernel's */
	char name[USAGE_NAME_MAX];
	bool forwards;			/* it moves frames: what IOS does at interrupt level */
	uint64_t runtime_ms;		/* of processor time, since it was made */
	uint64_t invoked;		/* how often it was given a processor */
	struct usage_share share;
};

struct usage_memory {
	uint64_t total, free;		/* the machine's; free: what it could still give */
	uint64_t lowest;		/* the least `free` seen since the router started */
	uint64_t heap, heap_used, heap_largest;	/* malloc's: had from the system, in use, largest free at the top */
	uint64_t resident;		/* the process, in RAM */
};

/* To be called every USAGE_TICK_MS. */
void usage_tick(struct router *r);
/* All threads together, and those that forward. */
void usage_cpu(struct router *r, struct usage_share *all, struct usage_share *forwarding);
/* By id, ascending; *n <= USAGE_THREADS. */
void usage_threads(struct router *r, struct usage_thread out[USAGE_THREADS], size_t *n);
void usage_memory(struct router *r, struct usage_memory *out);

#endif
