/*
 * program.c - acegate as the session of a login.
 *
 * The pseudo-terminal starts out without echo, and with newline translation for what acegate prints on
 * stderr before it has set its modes or after it has put them back.  The command of an exec session goes
 * ahead of everything else on its stdin, ended by a NUL: there, other than among its arguments, nobody
 * else on the machine can read it.
 */
#include "cli/vty/program.h"

#include <errno.h>
#include <pty.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

enum { PROGRAM_ROWS = 24, PROGRAM_COLUMNS = 80 };

static int
program_open_terminal(struct program *p)
{
	struct winsize size = { .ws_row = PROGRAM_ROWS, .ws_col = PROGRAM_COLUMNS };
	struct termios modes = { 0 };

	cfmakeraw(&modes);
	modes.c_cflag |= CREAD | CS8;
	modes.c_oflag |= OPOST | ONLCR;
	modes.c_cc[VMIN] = 1;
	cfsetspeed(&modes, B38400);
	if (openpty(&p->master, &p->slave, NULL, &modes, &size) < 0)
		return -errno;
	/* Every login is the same user: none is to open another's terminal, and hear passwords typed. */
	return fchmod(p->slave, 0) < 0 ? -errno : 0;
}

int
program_prepare(struct program *p, const struct vty_program *vty, int session)
{
	int rc = program_open_terminal(p);

	if (rc == 0 && socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, p->stream) < 0)
		rc = -errno;
	return rc < 0 ? rc : runner_start(&p->runner, session, vty);
}

void
program_window(struct program *p, unsigned rows, unsigned columns)
{
	struct winsize size = { 0 };

	size.ws_row = rows > 0 ? (unsigned short)rows : PROGRAM_ROWS;
	size.ws_col = columns > 0 ? (unsigned short)columns : PROGRAM_COLUMNS;
	ioctl(p->master, TIOCSWINSZ, &size);
}

void
program_end_input(struct program *p)
{
	const struct winsize none = { 0 };

	ioctl(p->master, TIOCSWINSZ, &none);
}

/* acegate's descriptors are its own now: that it closes them is to be noticed. */
static int
program_started(struct program *p, int rc, int ours)
{
	close(p->slave);
	close(p->stream[1]);
	close(ours == p->master ? p->stream[0] : p->master);
	return rc < 0 ? rc : ours;
}

int
program_shell(struct program *p)
{
	static const char *const arguments[] = { NULL };
	const int fd[] = { p->slave, p->slave, p->slave };

	return program_started(p, runner_run(&p->runner, arguments, fd), p->master);
}

int
program_exec(struct program *p, const char *command)
{
	static const char *const arguments[] = { "--exec", NULL };
	const int fd[] = { p->stream[1], p->stream[1], p->stream[1] };
	const size_t len = strlen(command) + 1;
	int rc = 0;

	if (len > PROGRAM_COMMAND_MAX + 1)
		rc = -E2BIG;
	else if (send(p->stream[0], command, len, MSG_NOSIGNAL | MSG_DONTWAIT) != (ssize_t)len)
		rc = -EIO; /* an empty socket takes it whole */
	else
		rc = runner_run(&p->runner, arguments, fd);
	return program_started(p, rc, p->stream[0]);
}

int
program_wait(struct program *p)
{
	int status = runner_wait(&p->runner);

	return WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}
