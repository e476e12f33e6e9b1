/*
 * console.h - acegate, the terminal of the router: an interactive console and batches of lines.
 *
 * A client of the control socket and nothing more: it edits lines, sends them, pages what comes back.
 * The router decides what they mean (cli/session/protocol.h).
 */
#ifndef CONSOLE_CONSOLE_H
#define CONSOLE_CONSOLE_H

#include <stdbool.h>
#include <stddef.h>

enum console_status {		/* the program's exit status */
	CONSOLE_DONE = 0,
	CONSOLE_REFUSED = 1,	/* a line was refused, or the router went away */
	CONSOLE_UNREACHABLE = 2,
};

/* The descriptor of a control socket, or -1 with a message on stderr. */
int console_connect(const char *socket_path);

/*
 * An interactive session on the terminal at stdin and stdout, over fd, which it takes over. vty: the
 * session is a login over the network; otherwise, when the router goes away, the next one at
 * socket_path goes on with another session. Returns the exit status.
 */
enum console_status console_run(int fd, const char *socket_path, bool vty);

/* Lines to run: `text` as it stands, or else the lines of the file `name` ("-" is stdin). */
struct console_batch {
	const char *text;
	const char *name;
};
/*
 * Runs them in order in one privileged session over fd, which it takes over; what they print goes to
 * stdout, which of them were refused to stderr. Returns the exit status.
 */
enum console_status console_batch(int fd, const struct console_batch *batch, size_t n);

/*
 * One command of a login over SSH, which stands on stdin, over fd, which it takes over; what it prints
 * goes to stdout. Returns the exit status.
 */
enum console_status console_exec(int fd);

#endif
