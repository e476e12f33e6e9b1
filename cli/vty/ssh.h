/*
 * ssh.h - what the files of an SSH login's process share: one connection, one session on it.
 *
 * ssh_login.c is the life of the process, ssh_server.c what the server offers, ssh_auth.c who may come
 * in, ssh_channel.c what the client may then ask for, ssh_relay.c the bytes.  libssh lives here.
 */
#ifndef VTY_SSH_H
#define VTY_SSH_H

#include <stdbool.h>
#include <stddef.h>

#include <libssh/callbacks.h>
#include <libssh/libssh.h>
#include <libssh/server.h>

#include "cli/console/wire.h"
#include "cli/vty/program.h"

enum { SSH_CHUNK = 16 * 1024 };

struct ssh_chunk {		/* bytes on their way */
	size_t start, used;
	char data[SSH_CHUNK];
};

struct ssh_login {
	ssh_session ssh;
	int net;
	struct wire router;	/* until acegate has it */
	struct program program;
	struct ssh_server_callbacks_struct server_callbacks;
	struct ssh_channel_callbacks_struct channel_callbacks;

	/* authentication */
	char *banner;		/* to be shown before it; NULL none, or it was */
	char *kbdint_user;	/* who was asked for a password */
	bool admitted;
	bool over;		/* nothing more is to be said to this client */

	/* the session */
	ssh_channel channel;	/* NULL until it is opened */
	bool remote_closed;	/* the client closed it */
	int fd;			/* acegate's terminal or stream; -1 until it is started */
	bool shell;		/* it is a terminal */
	bool input_ended;	/* no more input will come, and acegate knows */
	struct ssh_chunk in, out;
};

/* ---- ssh_server.c ---- */

/*
 * A server as the router's settings have it, with its host keys; *timeout_s is how long an
 * authentication may take.  NULL when they are no such settings.
 */
ssh_bind ssh_server_create(const char *settings, unsigned *timeout_s);

/* ---- ssh_key.c ---- */

/* A host key in PEM (PKCS #8), the caller's to free; NULL when it is none. */
ssh_key ssh_server_key(const char *pem);

/* ---- ssh_auth.c ---- */

void ssh_auth_init(struct ssh_login *l);
/* A message of keyboard-interactive. True when it was one. */
bool ssh_auth_interactive(struct ssh_login *l, ssh_message msg);
/* A method of no use here: the banner, and which there are. */
void ssh_auth_none(struct ssh_login *l);

/* ---- ssh_channel.c ---- */

/* Session channels are taken from now on: one. */
void ssh_channel_init(struct ssh_login *l);

/* ---- ssh_relay.c ---- */

/* Moves what can be moved. False when acegate has ended and all it wrote is on its way. */
bool ssh_relay_turn(struct ssh_login *l);
/* What ssh_relay_turn() waits for at l->fd. */
short ssh_relay_events(struct ssh_login *l);

#endif
