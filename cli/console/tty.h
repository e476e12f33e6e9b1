/*
 * tty.h - the user's terminal: raw while acegate runs, restored however it ends.
 */
#ifndef CONSOLE_TTY_H
#define CONSOLE_TTY_H

#include <poll.h>
#include <stdbool.h>

/*
 * Sets fd raw and silent: no echo, no signals from keys, no newline translation either way; catches
 * the signals that end a program and SIGWINCH. One terminal per process. 0 or -errno.
 */
int tty_raw(int fd);
/* Puts the terminal back as it was; fine to call twice. Typed bytes not yet read stay readable. */
void tty_restore(void);
/* The window's size; false (and 24 x 80) where it has none. */
bool tty_size(int fd, unsigned *rows, unsigned *columns);
/* True once after each change of the window's size. */
bool tty_resized(void);
/* poll(), which a change of the window's size interrupts (-1, EINTR); ms -1: without a limit. */
int tty_poll(struct pollfd *fds, nfds_t n, int ms);

#endif
