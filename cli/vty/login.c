/*
 * login.c - one login over telnet: gives acegate a terminal, and relays.
 *
 * What acegate takes is made ready first, then the rights go, and only then the network is listened to.
 */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "cli/vty/confine.h"
#include "cli/vty/program.h"
#include "cli/vty/relay.h"
#include "cli/vty/vty.h"

static void
login_tune(int net)
{
	int on = 1, ahead = VTY_SEND_AHEAD;

	setsockopt(net, SOL_SOCKET, SO_SNDBUF, &ahead, sizeof(ahead));
	setsockopt(net, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	setsockopt(net, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on));
	setsockopt(net, SOL_SOCKET, SO_OOBINLINE, &on, sizeof(on)); /* TELNET's Synch */
}

void
vty_login(int net, int session, const struct vty_program *program)
{
	struct program acegate;
	int terminal;

	login_tune(net);
	if (program_prepare(&acegate, program, session) < 0)
		_exit(1);
	vty_confine_transport();
	close(session);
	close(program->fd);
	terminal = program_shell(&acegate);
	if (terminal < 0)
		_exit(1);
	relay_run(net, terminal);
	program_wait(&acegate);
	_exit(0);
}
