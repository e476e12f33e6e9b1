/*
 * options.c - acegated's command line, read with getopt_long(3).
 *
 * The file area is `flash` beside the startup-config unless --flash names another: a router that has
 * nowhere to save its configuration has nowhere to keep files either.
 */
#include "config.h"

#include <getopt.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "cli/session/protocol.h"
#include "daemon/options.h"

enum { OPT_TELNET = 256, OPT_SSH, OPT_FLASH, OPT_EXIT_AT_EOF };

static const char usage_text[] =
	"usage: acegated [-c CONFIG] [-p PORT=DRIVER:ARG]... [-s SOCKET] [--telnet ADDR:PORT]...\n"
	"                [--ssh ADDR:PORT]... [--flash DIR] [--exit-at-eof] [-t]\n"
	"  -c, --config CONFIG   startup-config: read at start, written by `write memory`\n"
	"  -p, --port PORT=...   give an interface a port:\n"
	"                          FastEthernet0=file:IN.pcap[,OUT.pcap]   captures\n"
	"                          FastEthernet0=packet:NETDEV             AF_PACKET\n"
	"                          FastEthernet0=pcap:NETDEV               libpcap\n"
	"                          FastEthernet0=NETDEV                    the best there is\n"
	"  -s, --socket SOCKET   control socket\n"
	"      --telnet ADDR:PORT  listen for telnet\n"
	"      --ssh ADDR:PORT   listen for SSH\n"
	"      --flash DIR       where flash: is; without it, `flash` beside CONFIG\n"
	"      --exit-at-eof     end when every file port has reached its end\n"
	"  -t, --test            check the configuration and exit\n"
	"  -h, --help            this text\n"
	"  -V, --version         the version\n";

static const struct option longs[] = {
	{ "config", required_argument, NULL, 'c' },
	{ "port", required_argument, NULL, 'p' },
	{ "socket", required_argument, NULL, 's' },
	{ "telnet", required_argument, NULL, OPT_TELNET },
	{ "ssh", required_argument, NULL, OPT_SSH },
	{ "flash", required_argument, NULL, OPT_FLASH },
	{ "exit-at-eof", no_argument, NULL, OPT_EXIT_AT_EOF },
	{ "test", no_argument, NULL, 't' },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'V' },
	{ NULL, 0, NULL, 0 },
};

/* One more of an option that may be repeated: -1 to go on, 2 when there are too many. */
static int
add(const char **list, size_t *n, size_t max, const char *what)
{
	if (*n == max) {
		fprintf(stderr, "acegated: more than %zu %s\n", max, what);
		return 2;
	}
	list[(*n)++] = optarg;
	return -1;
}

static int
take_option(int c, struct options *o)
{
	switch (c) {
	case 'c':
		o->config = optarg;
		return -1;
	case 'p':
		return add(o->port, &o->ports, OPTIONS_PORTS_MAX, "ports");
	case 's':
		o->socket = optarg;
		return -1;
	case OPT_TELNET:
		return add(o->telnet, &o->telnets, OPTIONS_LISTEN_MAX, "telnet addresses");
	case OPT_SSH:
		return add(o->ssh, &o->sshs, OPTIONS_LISTEN_MAX, "SSH addresses");
	case OPT_FLASH:
		o->flash = optarg;
		return -1;
	case OPT_EXIT_AT_EOF:
		o->exit_at_eof = true;
		return -1;
	case 't':
		o->test = true;
		return -1;
	case 'h':
		fputs(usage_text, stdout);
		return 0;
	case 'V':
		puts("acegated " PACKAGE_VERSION);
		return 0;
	default:
		fputs(usage_text, stderr);
		return 2;
	}
}

static const char *
default_flash(const char *config)
{
	static char path[PATH_MAX];
	char copy[PATH_MAX];

	snprintf(copy, sizeof(copy), "%s", config);
	if (snprintf(path, sizeof(path), "%s/flash", dirname(copy)) >= (int)sizeof(path))
		return NULL;
	return path;
}

int
options_parse(int argc, char **argv, struct options *o)
{
	int c, status = -1;

	o->socket = proto_default_socket();
	while (status < 0 && (c = getopt_long(argc, argv, "c:p:s:thV", longs, NULL)) != -1)
		status = take_option(c, o);
	if (status >= 0)
		return status;
	if (optind != argc) {
		fprintf(stderr, "acegated: unexpected argument \"%s\"\n", argv[optind]);
		return 2;
	}
	if (o->test && o->config == NULL) {
		fputs("acegated: -t needs -c CONFIG\n", stderr);
		return 2;
	}
	if (o->flash == NULL && o->config != NULL)
		o->flash = default_flash(o->config);
	return -1;
}
