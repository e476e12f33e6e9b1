/*
 * vtyd.c - acegate-vtyd: logins over the network. Started by acegated, not by hand.
 *
 * Reads what it was handed, finds the acegate to run, and closes every other descriptor it inherited;
 * the work is in cli/vty.
 */
#include "config.h"

#include <fcntl.h>
#include <getopt.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/vty/confine.h"
#include "cli/vty/vty.h"

static const char usage_text[] =
	"usage: acegate-vtyd {--telnet-fd N | --ssh-fd N}... --channel-fd M\n"
	"Lets users of the network log in to the router over TELNET and SSH. acegated starts it: "
	"each N\n"
	"is a listening socket, M a sequenced-packet socket to acegated.\n";

enum { OPT_TELNET = 256, OPT_SSH, OPT_CHANNEL, OPT_HELP, OPT_VERSION };

static const struct option options[] = {
	{ "telnet-fd", required_argument, NULL, OPT_TELNET },
	{ "ssh-fd", required_argument, NULL, OPT_SSH },
	{ "channel-fd", required_argument, NULL, OPT_CHANNEL },
	{ "help", no_argument, NULL, OPT_HELP },
	{ "version", no_argument, NULL, OPT_VERSION },
	{ 0 },
};

/* A descriptor we inherited, or -1 with a message. */
static int
inherited_fd(const char *option, const char *text)
{
	char *end;
	long fd = strtol(text, &end, 10);

	if (*text != '\0' && *end == '\0' && fd >= 3 && fd <= INT_MAX &&
		fcntl((int)fd, F_SETFD, FD_CLOEXEC) == 0)
		return (int)fd;
	fprintf(stderr, "acegate-vtyd: %s %s: not an open descriptor\n", option, text);
	return -1;
}

/* -1 to go on, else the exit status. */
static int
add_listener(struct vty_options *o, enum vty_transport transport, const char *option)
{
	struct vty_listener *l = &o->listener[o->listeners];

	if (o->listeners == VTY_LISTENERS_MAX) {
		fprintf(stderr, "acegate-vtyd: more than %d listeners\n", VTY_LISTENERS_MAX);
		return 2;
	}
	l->transport = transport;
	l->fd = inherited_fd(option, optarg);
	if (l->fd < 0)
		return 2;
	o->listeners++;
	return -1;
}

/* Returns -1 to go on, else the exit status. */
static int
parse_arguments(int argc, char **argv, struct vty_options *o)
{
	int c, status = -1;

	while (status < 0 && (c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (c) {
		case OPT_TELNET:
			status = add_listener(o, VTY_TELNET, "--telnet-fd");
			break;
		case OPT_SSH:
			status = add_listener(o, VTY_SSH, "--ssh-fd");
			break;
		case OPT_CHANNEL:
			o->channel = inherited_fd("--channel-fd", optarg);
			if (o->channel < 0)
				return 2;
			break;
		case OPT_HELP:
			fputs(usage_text, stdout);
			return 0;
		case OPT_VERSION:
			puts(PACKAGE_STRING);
			return 0;
		default:
			return 2;
		}
	}
	if (status >= 0)
		return status;
	if (optind < argc || o->listeners == 0 || o->channel < 0) {
		fputs(usage_text, stderr);
		return 2;
	}
	return -1;
}

/* The acegate beside our own executable when run in place, else the installed one. */
static int
find_program(struct vty_program *p)
{
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);

	if (n > 0) {
		self[n] = '\0';
		snprintf(p->path, sizeof(p->path), "%s/acegate", dirname(self));
	}
	if (n <= 0 || access(p->path, X_OK) < 0)
		snprintf(p->path, sizeof(p->path), "%s/acegate", ACEGATE_BINDIR);
	p->fd = open(p->path, O_PATH | O_CLOEXEC);
	if (p->fd < 0) {
		fprintf(stderr, "acegate-vtyd: ");
		perror(p->path);
		return -1;
	}
	return 0;
}

int
main(int argc, char **argv)
{
	static struct vty_options o = { .channel = -1 };
	int keep[VTY_LISTENERS_MAX + 1];
	int status = parse_arguments(argc, argv, &o);

	if (status >= 0)
		return status;
	for (size_t i = 0; i < o.listeners; i++)
		keep[i] = o.listener[i].fd;
	keep[o.listeners] = o.channel;
	confine_descriptors(keep, o.listeners + 1);
	if (find_program(&o.program) < 0)
		return 1;
	if (vty_confine_listener(&o.program) < 0)
		return 1;
	return vty_serve(&o);
}
