/*
 * options.h - acegated's command line.
 */
#ifndef DAEMON_OPTIONS_H
#define DAEMON_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

enum { OPTIONS_PORTS_MAX = 32, OPTIONS_LISTEN_MAX = 8 };

/* The strings are argv's, or live as long as the process. */
struct options {
	const char *config;			/* NULL: nowhere to save */
	const char *socket;
	const char *flash;			/* the file area; NULL: none */
	const char *telnet[OPTIONS_LISTEN_MAX];	/* ADDR:PORT each */
	size_t telnets;
	const char *ssh[OPTIONS_LISTEN_MAX];
	size_t sshs;
	const char *port[OPTIONS_PORTS_MAX];	/* PORT=DRIVER:ARG each */
	size_t ports;
	bool exit_at_eof;
	bool test;				/* check the configuration and exit */
};

/*
 * -1 to go on, else the exit status: 0 after --help and --version, 2 with a message on stderr for what
 * is not understood. Fills in what was not given.
 */
int options_parse(int argc, char **argv, struct options *o);

#endif
