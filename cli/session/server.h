/*
 * server.h - the control socket and the vty channel: logins become sessions on the event loop.
 *
 * acegated listens on a Unix socket (mode 0660: who may open it is privileged by the file system, like
 * someone at the console port) and holds one end of a socketpair to acegate-vtyd.  For each login vtyd
 * sends one SOCK_SEQPACKET message, the transport and the peer's address and port as text ("ssh
 * 192.0.2.1 40000"; or "telnet ..."), with the session's own socket attached (SCM_RIGHTS); that session is a vty whatever its HELLO says, so hostile
 * bytes can never choose to be a console.  When no line is free, or the line's access class refuses the
 * address, the socket is closed at once.  The other way the channel carries what an SSH server needs,
 * host keys included, whenever that changes (ssh_server_text() in router/ssh.h).
 */
#ifndef CLI_SERVER_H
#define CLI_SERVER_H

#include "cli/grammar/grammar.h"
#include "router/router.h"

struct event_base;
struct server;

/*
 * Logins from the network that have not been let in yet: one makes room for one more, the oldest of the
 * address that has most of them; likewise when all lines are taken.
 */
enum { SERVER_STRANGERS_MAX = 10 };

struct server_options {
	struct event_base *base;
	struct router *router;
	const struct grammar *grammar;
	const char *socket_path;
};

/*
 * NULL with a message on stderr. Removes a stale socket; refuses one that answers.  Makes the process
 * ignore SIGPIPE.
 */
struct server *server_create(const struct server_options *opt);
void server_destroy(struct server *s);
/*
 * Takes over fd, the router's end of the channel to acegate-vtyd, in place of an earlier one: vtyd was
 * started again.  Sessions of the earlier one go on.  0 or -errno.
 */
int server_add_vty_channel(struct server *s, int fd);
/* Sessions alive, for tests and `show users`. */
size_t server_session_count(const struct server *s);

#endif
