/*
 * reconnect.c - the console stays when its session has ended, as a console cable does: because the
 * router went away, or because nobody typed for as long as exec-timeout allows.
 *
 * After `reload`, or a crash that something repairs, the router is back within seconds.  Until then,
 * and until RETURN is pressed, the terminal is the user's own, with its modes and its Ctrl-C.  Whether
 * the router is back is tried by connecting; that connection is closed again, because a session that
 * says nothing is not kept open while nobody presses RETURN.  One thread.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/console/console.h"
#include "cli/console/terminal.h"

enum { RECONNECT_TRIES = 150, RECONNECT_PAUSE_MS = 200 }; /* half a minute in all */

/* True when a router answers at path, false when none does for too long. */
static bool
reconnect_wait_for_router(const char *path)
{
	static const struct timespec pause = { .tv_nsec = RECONNECT_PAUSE_MS * 1000000L };

	for (int i = 0; i < RECONNECT_TRIES; i++) {
		int fd;

		nanosleep(&pause, NULL); /* first: the old one may not have hung up everywhere */
		fd = proto_connect(path);
		if (fd >= 0) {
			close(fd);
			return true;
		}
	}
	return false;
}

/* False when the terminal is gone, or its user said so (Ctrl-D). */
static bool
reconnect_wait_for_return(void)
{
	char typed[256];
	ssize_t n;

	do
		n = read(STDIN_FILENO, typed, sizeof(typed));
	while (n > 0 && memchr(typed, '\n', (size_t)n) == NULL &&
		memchr(typed, '\r', (size_t)n) == NULL);
	return n > 0;
}

int
console_await_return(const char *socket_path)
{
	int fd;

	if (!reconnect_wait_for_return())
		return -1;
	fd = proto_connect(socket_path != NULL ? socket_path : proto_default_socket());
	return fd >= 0 ? fd : console_reconnect(socket_path);
}

int
console_reconnect(const char *socket_path)
{
	const char *path = socket_path != NULL ? socket_path : proto_default_socket();
	int fd;

	fputs("acegate: waiting for it to come back\n", stderr);
	do {
		if (!reconnect_wait_for_router(path)) {
			fputs("acegate: it has not come back\n", stderr);
			return -1;
		}
		fputs("\n\nPress RETURN to get started.\n\n\n", stdout);
		fflush(stdout);
		if (!reconnect_wait_for_return())
			return -1;
		fd = proto_connect(path);
	} while (fd < 0);
	return fd;
}
