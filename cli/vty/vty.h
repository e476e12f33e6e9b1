/*
 * vty.h - logins over the network: a listener, and one unprivileged process per login.
 *
 * acegated binds the sockets and starts acegate-vtyd with them.  For each login the listener hands
 * acegated one end of a fresh socket pair, with the peer's address, and forks a process that keeps the
 * other end and the connection: it speaks TELNET or SSH, and runs acegate, usually on a pseudo-terminal,
 * with that end as its session.  What the network sends is never parsed in a process that holds the router.
 */
#ifndef VTY_VTY_H
#define VTY_VTY_H

#include <stddef.h>

/*
 * Bytes the kernel may hold for a slow network.  Left alone it takes megabytes, and what it has taken
 * is shown, long after Ctrl-C.
 */
enum { VTY_SEND_AHEAD = 16384 };

enum { VTY_LISTENERS_MAX = 16, VTY_LOGINS_MAX = 64, VTY_SSH_TEXT_MAX = 32 * 1024 };

enum vty_transport { VTY_TELNET, VTY_SSH };

struct vty_listener {
	int fd;			/* a listening TCP socket */
	enum vty_transport transport;
};

struct vty_program {		/* the acegate that logins run */
	char path[4096];
	int fd;			/* O_PATH: still ours to run where the path is not */
};

struct vty_options {
	struct vty_listener listener[VTY_LISTENERS_MAX];
	size_t listeners;
	int channel;		/* SOCK_SEQPACKET, to acegated */
	struct vty_program program;
};

/* Serves until the channel closes or SIGTERM comes. Returns the exit status. */
int vty_serve(const struct vty_options *opt);

/*
 * One login, in its own process: runs until either side ends it. net is the connection, session the
 * router's; takes over both. It starts acegate's process (runner.h), then gives up what is left of its
 * rights (vty_confine_transport()), and only then reads what the network sent.
 */
void vty_login(int net, int session, const struct vty_program *program) __attribute__((noreturn));
/* Likewise over SSH. settings: what the router gives SSH servers (ssh_server_text()); it is wiped. */
void vty_ssh_login(int net, int session, const struct vty_program *program, char *settings)
	__attribute__((noreturn));

#endif
