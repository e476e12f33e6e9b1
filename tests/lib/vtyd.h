/*
 * vtyd.h - acegate-vtyd as acegated starts it, with the channel in the hands of a test.
 */
#ifndef TESTS_VTYD_H
#define TESTS_VTYD_H

#include <netinet/in.h>
#include <sys/types.h>

enum { VTYD_LISTEN_FD = 100, VTYD_CHANNEL_FD = 101 };	/* in acegate-vtyd */

struct vtyd {
	pid_t pid;
	int channel;
	const char *transport;		/* "telnet", "ssh" */
	struct sockaddr_in address;	/* where it listens: a port of 127.0.0.1 */
};

/* 0, or -1. */
int vtyd_start(struct vtyd *v, const char *transport);
/* Closes the channel and waits: 0 when it ended with status 0. */
int vtyd_stop(struct vtyd *v);
/* A connection to it. */
int vtyd_dial(const struct vtyd *v);
/*
 * Takes the next login off the channel, which came from this port of 127.0.0.1: the router's end of it.
 */
int vtyd_take_login(const struct vtyd *v, unsigned port);
/* ... whoever it came from. */
int vtyd_take_any_login(const struct vtyd *v);
/* Tells it what SSH logins need. */
void vtyd_tell_ssh(const struct vtyd *v, const char *text);
/* The first child of a process; -1 when it has none. */
pid_t vtyd_child_of(pid_t parent);

#endif
