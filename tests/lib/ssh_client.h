/*
 * ssh_client.h - an SSH client of libssh's in a process of its own: its session's bytes are a socket's.
 */
#ifndef TESTS_SSH_CLIENT_H
#define TESTS_SSH_CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum ssh_client_method { CLIENT_PASSWORD, CLIENT_INTERACTIVE, CLIENT_KEY };

struct ssh_client {		/* what it does */
	unsigned port;		/* of 127.0.0.1 */
	const char *user;
	enum ssh_client_method method;
	const char *const *passwords;	/* tried in order, NULL-terminated */
	const char *key;	/* private, PEM */
	const char *host_key;	/* the host key algorithm it insists on; NULL the first that is offered */
	const char *command;	/* NULL: a shell */
	bool terminal;
	unsigned rows, columns;	/* 0 0 with a terminal: it does not know */
	void (*extra)(void *session, void *channel);	/* before the shell: more requests; NULL none */
};

/* What it ends with, when not with the session's exit status. */
enum {
	CLIENT_NO_STATUS = 100,	/* the channel closed without one */
	CLIENT_NO_CONNECTION,
	CLIENT_REFUSED,		/* after all passwords, each answered */
	CLIENT_CUT_OFF,		/* the connection ended during authentication */
	CLIENT_NO_SESSION,
	CLIENT_WRONG,		/* what it checks itself */
};

/*
 * Starts it; *fd is its session's stdin and stdout: shutting down its writing side is the end of input.
 */
pid_t ssh_client_start(const struct ssh_client *c, int *fd);
/* Its window changes, to 60 rows of 140. */
void ssh_client_resize(pid_t client);
/* Waits for its end. */
int ssh_client_wait(pid_t client);
/* The banner that clients started from now on must be shown before they authenticate; NULL: none. */
extern const char *ssh_client_banner;

#endif
