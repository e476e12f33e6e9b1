/*
 * tty.c - the modes of the terminal, and the signals that concern it.
 *
 * The terminal stays raw and silent for the whole life of the program, not only while a line is
 * edited: otherwise the kernel would echo what is typed ahead, and the editor again.  Modes change
 * without flushing, so nothing typed is lost at either end.
 *
 * A signal handler has no argument, so what it needs (the saved modes, the window flag) are this
 * file's only statics.  The ending signals restore the terminal from the handler itself, because the
 * program may be blocked writing to it; then they take their normal course.
 */
#include "cli/console/tty.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

static struct termios tty_saved;
static volatile sig_atomic_t tty_fd = -1;
static volatile sig_atomic_t tty_window_changed;
static sigset_t tty_wait_mask;

static const int tty_ending_signals[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM };

void
tty_restore(void)
{
	int fd = tty_fd;

	tty_fd = -1;
	if (fd >= 0)
		tcsetattr(fd, TCSADRAIN, &tty_saved);
}

static void
tty_on_ending(int sig)
{
	int fd = tty_fd;

	/* Not DRAIN: a terminal that does not read any more would hold us here. */
	tty_fd = -1;
	if (fd >= 0)
		tcsetattr(fd, TCSANOW, &tty_saved);
	signal(sig, SIG_DFL);
	raise(sig);
}

static void
tty_on_window(int sig)
{
	(void)sig;
	tty_window_changed = 1;
}

static void
tty_catch(void)
{
	struct sigaction ending = { .sa_handler = tty_on_ending };
	struct sigaction window = { .sa_handler = tty_on_window };
	sigset_t block;

	for (size_t i = 0; i < sizeof(tty_ending_signals) / sizeof(tty_ending_signals[0]); i++)
		sigaction(tty_ending_signals[i], &ending, NULL);
	sigaction(SIGWINCH, &window, NULL);
	/* The window may change only inside tty_poll(): no call elsewhere needs to mind EINTR. */
	sigemptyset(&block);
	sigaddset(&block, SIGWINCH);
	sigprocmask(SIG_BLOCK, &block, &tty_wait_mask);
	sigdelset(&tty_wait_mask, SIGWINCH);
}

int
tty_raw(int fd)
{
	struct termios raw;

	if (tcgetattr(fd, &tty_saved) < 0)
		return -errno;
	raw = tty_saved;
	cfmakeraw(&raw);
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	tty_catch();
	tty_fd = fd;
	if (tcsetattr(fd, TCSADRAIN, &raw) < 0)
		return -errno;
	return 0;
}

bool
tty_size(int fd, unsigned *rows, unsigned *columns)
{
	struct winsize ws = { 0 };
	bool known = ioctl(fd, TIOCGWINSZ, &ws) == 0 && (ws.ws_row > 0 || ws.ws_col > 0);

	*rows = ws.ws_row > 0 ? ws.ws_row : 24;
	*columns = ws.ws_col > 0 ? ws.ws_col : 80;
	return known;
}

bool
tty_resized(void)
{
	bool changed = tty_window_changed != 0;

	tty_window_changed = 0;
	return changed;
}

int
tty_poll(struct pollfd *fds, nfds_t n, int ms)
{
	const struct timespec limit = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L };

	return ppoll(fds, n, ms < 0 ? NULL : &limit, &tty_wait_mask);
}
