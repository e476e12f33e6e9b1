/*
 * acegate.c - the terminal of the router: console, batches, replay. Chooses; the work is in
 * cli/console and replay_main.c.
 *
 * Exit status: 0 done, 1 a line was refused or something failed, 2 the router cannot be reached or the
 * command line is wrong.
 */
#include "config.h"

#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/console/console.h"
#include "replay_main.h"

static const char usage_text[] =
	"usage: acegate [-s SOCKET] [-c COMMAND]... [-f FILE]...\n"
	"       acegate replay -c CONFIG -i INTERFACE -d in|out [-w PERMITTED.pcap]\n"
	"                      [-x DENIED.pcap] CAPTURE\n"
	"The terminal of the router. Without -c and -f: a console, or the lines of stdin\n"
	"when that is no terminal.\n"
	"  -s, --socket SOCKET    the router's control socket (default: $ACEGATE_SOCKET, else\n"
	"                         " ACEGATE_RUNDIR "/acegate.sock)\n"
	"  -c, --command COMMAND  run COMMAND, privileged, and print what it prints\n"
	"  -f, --file FILE        run the lines of FILE (\"-\": stdin)\n"
	"      --help, --version\n"
	"With -c, -f and piped lines nothing is asked: reload, erase, clear and copy act at\n"
	"once; but reload is refused while changes are not saved (write memory first).\n"
	"acegate replay sends the frames of a capture through the access list bound to an\n"
	"interface, without a router, whatever VLAN they are tagged for; acegate replay --help\n"
	"tells more.\n"
	"Status: 0; 1 when a command was refused; 2 when the router cannot be reached.\n";

enum { OPT_SESSION_FD = 256, OPT_EXEC, OPT_HELP, OPT_VERSION };

static const struct option options[] = {
	{ "socket", required_argument, NULL, 's' },
	{ "command", required_argument, NULL, 'c' },
	{ "file", required_argument, NULL, 'f' },
	{ "session-fd", required_argument, NULL, OPT_SESSION_FD }, /* acegate-vtyd's */
	{ "exec", no_argument, NULL, OPT_EXEC },		   /* likewise */
	{ "help", no_argument, NULL, OPT_HELP },
	{ "version", no_argument, NULL, OPT_VERSION },
	{ 0 },
};

struct arguments {
	const char *socket;
	int session_fd; /* -1: connect to the socket */
	bool exec;	/* one command of a login over SSH */
	struct console_batch *batch;
	size_t batches;
};

static void
add_batch(struct arguments *a, const char *text, const char *name)
{
	a->batch[a->batches++] = (struct console_batch){ .text = text, .name = name };
}

/* A descriptor we inherited; it is not for anyone we might start. */
static int
inherited_fd(const char *text)
{
	char *end;
	long fd = strtol(text, &end, 10);

	if (*text == '\0' || *end != '\0' || fd < 3 || fd > 65535 ||
		fcntl((int)fd, F_SETFD, FD_CLOEXEC) < 0) {
		fprintf(stderr, "acegate: --session-fd %s: not an open descriptor\n", text);
		return -1;
	}
	return (int)fd;
}

/* Returns -1 to go on, else the exit status. */
static int
parse_arguments(int argc, char **argv, struct arguments *a)
{
	int c;

	while ((c = getopt_long(argc, argv, "s:c:f:", options, NULL)) != -1) {
		switch (c) {
		case 's':
			a->socket = optarg;
			break;
		case 'c':
			add_batch(a, optarg, NULL);
			break;
		case 'f':
			add_batch(a, NULL, optarg);
			break;
		case OPT_SESSION_FD:
			a->session_fd = inherited_fd(optarg);
			if (a->session_fd < 0)
				return 2;
			break;
		case OPT_EXEC:
			a->exec = true;
			break;
		case OPT_HELP:
			fputs(usage_text, stdout);
			return 0;
		case OPT_VERSION:
			puts(PACKAGE_STRING);
			return 0;
		default:
			fputs("Try acegate --help.\n", stderr);
			return 2;
		}
	}
	if (optind < argc) {
		fprintf(stderr, "acegate: unexpected \"%s\"\nTry acegate --help.\n", argv[optind]);
		return 2;
	}
	return -1;
}

static int
run(struct arguments *a)
{
	bool vty = a->session_fd >= 0;
	int fd = vty ? a->session_fd : console_connect(a->socket);

	if (fd < 0)
		return CONSOLE_UNREACHABLE;
	if (vty && a->exec)
		return console_exec(fd);
	if (a->batches == 0 && !vty && !isatty(STDIN_FILENO))
		add_batch(a, NULL, "-");
	return a->batches > 0 ? console_batch(fd, a->batch, a->batches)
			      : console_run(fd, a->socket, vty);
}

int
main(int argc, char **argv)
{
	struct arguments a = { .session_fd = -1 };
	int status;

	if (argc > 1 && strcmp(argv[1], "replay") == 0)
		return replay_main(argc - 1, argv + 1);
	a.batch = calloc((size_t)argc + 1, sizeof(*a.batch));
	if (a.batch == NULL) {
		perror("acegate");
		return 1;
	}
	status = parse_arguments(argc, argv, &a);
	if (status < 0)
		status = run(&a);
	free(a.batch);
	return status;
}
