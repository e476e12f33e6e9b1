/*
 * program.h - acegate as the session of a login: what it takes is made ready before the login's process
 * is confined, and used when the client has said what it wants.
 */
#ifndef VTY_PROGRAM_H
#define VTY_PROGRAM_H

#include "cli/vty/runner.h"

struct program {
	struct runner runner;
	int master, slave;	/* the pseudo-terminal; -1 given away or closed */
	int stream[2];		/* ours, acegate's */
};

/*
 * session is the router's socket; it stays the caller's to close, as vty->fd does. 0 or -errno, and then
 * the process is only good to end.
 */
int program_prepare(struct program *p, const struct vty_program *vty, int session);
void program_window(struct program *p, unsigned rows, unsigned columns);
/*
 * Starts an interactive session on the pseudo-terminal. Returns its master, the caller's to close now, or
 * -errno.
 */
int program_shell(struct program *p);
/*
 * Starts a session of one command (at most PROGRAM_COMMAND_MAX bytes). Returns our end of its stdin and
 * stdout, the caller's to close now; shutting down our side of it is the end of its input. Or -errno.
 */
enum { PROGRAM_COMMAND_MAX = 4096 };
int program_exec(struct program *p, const char *command);
/*
 * No more will be typed at the shell: when all that was has been done, acegate ends.  A window without
 * rows and columns tells it so.
 */
void program_end_input(struct program *p);
/* Waits for its end: its exit status, or 255 when it had none. What was never started ends now. */
int program_wait(struct program *p);

#endif
