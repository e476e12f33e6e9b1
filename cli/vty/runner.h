/*
 * runner.h - the process that will be acegate for a login.
 *
 * It is forked before the login's transport is confined and reads from the network, for afterwards the
 * transport cannot start anything; it waits, having read nothing and holding no secret, until it is told
 * what to be. acegate then has an address space of its own.
 */
#ifndef VTY_RUNNER_H
#define VTY_RUNNER_H

#include <stddef.h>
#include <sys/types.h>

#include "cli/vty/vty.h"

enum { RUNNER_ARGUMENTS_MAX = 8192 };	/* bytes, with their NULs */

struct runner {
	pid_t pid;
	int control;
};

/* What is to be wiped in the process to come, where the login's has it in memory: keys. */
void runner_forgets(void *secret, size_t len);
/*
 * Forks it, confined. session is what acegate gets as --session-fd; the caller's stays open. 0 or -errno.
 */
int runner_start(struct runner *r, int session, const struct vty_program *program);
/*
 * It becomes "acegate --session-fd N ARGUMENT...", NULL-terminated; fd[0..2] become its stdin, stdout and
 * stderr, and stays open here; when fd[0] is a terminal, that is its controlling one. Once; from a
 * confined process, too. 0 or -errno.
 */
int runner_run(struct runner *r, const char *const *argument, const int fd[3]);
/* Waits for its end; without runner_run() that is now. What waitpid(2) says of it. */
int runner_wait(struct runner *r);

#endif
