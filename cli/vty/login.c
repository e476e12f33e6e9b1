/*
 * login.c - one login: gives up its rights, gives acegate a terminal, and relays.
 *
 * The pseudo-terminal is opened after the rights are gone, so that it belongs to nobody.  It starts
 * out without echo, and with newline translation for what acegate prints on stderr before it has set
 * its modes or after it has put them back.  acegate leads the terminal's session: when this process
 * ends, however it ends, the kernel hangs up on acegate.
 */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "cli/vty/confine.h"
#include "cli/vty/relay.h"
#include "cli/vty/vty.h"

static int
login_open_pty(int *master, int *slave)
{
	struct winsize size = { .ws_row = 24, .ws_col = 80 };
	struct termios modes = { 0 };

	cfmakeraw(&modes);
	modes.c_cflag |= CREAD | CS8;
	modes.c_oflag |= OPOST | ONLCR;
	modes.c_cc[VMIN] = 1;
	cfsetspeed(&modes, B38400);
	return openpty(master, slave, NULL, &modes, &size) < 0 ? -errno : 0;
}

/* Becomes acegate on the terminal. */
static void __attribute__((noreturn))
login_exec(int slave, int session, const struct vty_program *program)
{
	const int keep[] = { session, program->fd };
	static char *const environment[] = { "TERM=dumb", "PATH=/usr/bin:/bin", "HOME=/", NULL };
	char number[16];
	char *const argv[] = { "acegate", "--session-fd", number, NULL };

	snprintf(number, sizeof(number), "%d", session);
	if (setsid() < 0 || ioctl(slave, TIOCSCTTY, 0) < 0 || dup2(slave, STDIN_FILENO) < 0 ||
		dup2(slave, STDOUT_FILENO) < 0 || dup2(slave, STDERR_FILENO) < 0)
		_exit(127);
	confine_descriptors(keep, sizeof(keep) / sizeof(keep[0]));
	fcntl(session, F_SETFD, 0);
	execve(program->path, argv, environment);
	/* A tree that nobody may enter: the open descriptor leads past it. */
	execveat(program->fd, "", argv, environment, AT_EMPTY_PATH);
	_exit(127);
}

static void
login_tune(int net)
{
	int on = 1;

	setsockopt(net, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	setsockopt(net, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on));
	setsockopt(net, SOL_SOCKET, SO_OOBINLINE, &on, sizeof(on)); /* TELNET's Synch */
}

void
vty_login(int net, int session, const struct vty_program *program)
{
	int master, slave;
	pid_t acegate;

	login_tune(net);
	if (login_open_pty(&master, &slave) < 0)
		_exit(1);
	acegate = fork();
	if (acegate == 0)
		login_exec(slave, session, program);
	close(slave);
	close(session);
	close(program->fd);
	if (acegate > 0) {
		relay_run(net, master);
		while (waitpid(acegate, NULL, 0) < 0 && errno == EINTR)
			continue;
	}
	_exit(0);
}
