/*
 * replay_main.c - `acegate replay`: a piece of the composition root, for it needs every room.
 *
 * A router without a dataplane is made and reads the configuration, through the same grammar and model
 * as the real one; the list that it binds to the interface is compiled as it would be there, and
 * dataplane's replay sends the frames through it.  The hits land in the list's own counters, so what is
 * shown is what `show access-lists` would show.  Needs no privilege and touches no network.
 */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "acl/acl.h"
#include "cli/commands/commands.h"
#include "cli/session/session.h"
#include "cli/show/show.h"
#include "dataplane/dataplane.h"
#include "replay_main.h"
#include "router/router.h"

static const char usage_text[] =
	"usage: acegate replay -c CONFIG -i INTERFACE -d in|out [-w PERMITTED.pcap]\n"
	"                      [-x DENIED.pcap] CAPTURE\n"
	"Sends every frame of CAPTURE (pcap or pcapng) through the access list that CONFIG\n"
	"binds to INTERFACE in that direction; prints the list with its hits, and the sums.\n"
	"Frames of any VLAN count, as in a capture of a trunk; a live port drops other VLANs'.\n"
	"  -c, --config CONFIG      a configuration, as `show running-config` prints it\n"
	"  -i, --interface NAME     e.g. Vlan1, fa4\n"
	"  -d, --direction in|out\n"
	"  -w, --permitted FILE     write what passes there\n"
	"  -x, --denied FILE        write what is denied there\n";

enum { OPT_HELP = 256 };

static const struct option options[] = {
	{ "config", required_argument, NULL, 'c' },
	{ "interface", required_argument, NULL, 'i' },
	{ "direction", required_argument, NULL, 'd' },
	{ "permitted", required_argument, NULL, 'w' },
	{ "denied", required_argument, NULL, 'x' },
	{ "help", no_argument, NULL, OPT_HELP },
	{ 0 },
};

enum {
	THREADS_MAX = 16,
	PROGRESS_AFTER_MS = 500, /* short captures show no bar */
	PROGRESS_EVERY_MS = 100,
	PROGRESS_CELLS = 40,
};

struct progress {
	uint64_t started_ms, drawn_ms;
	bool drawn;
};

struct replay {
	struct progress progress;
	const char *config, *interface, *direction;
	struct dp_replay job;
	struct grammar *grammar;
	struct router *router;
	struct acl *acl; /* NULL: nothing is bound there */
};

/* Returns -1 to go on, else the exit status. */
static int
parse_arguments(int argc, char **argv, struct replay *r)
{
	int c;

	while ((c = getopt_long(argc, argv, "c:i:d:w:x:", options, NULL)) != -1) {
		switch (c) {
		case 'c':
			r->config = optarg;
			break;
		case 'i':
			r->interface = optarg;
			break;
		case 'd':
			r->direction = optarg;
			break;
		case 'w':
			r->job.permitted = optarg;
			break;
		case 'x':
			r->job.denied = optarg;
			break;
		case OPT_HELP:
			fputs(usage_text, stdout);
			return 0;
		default:
			fputs("Try acegate replay --help.\n", stderr);
			return 2;
		}
	}
	if (optind + 1 == argc)
		r->job.capture = argv[optind];
	if (r->config == NULL || r->interface == NULL || r->direction == NULL ||
		r->job.capture == NULL ||
		(strcmp(r->direction, "in") != 0 && strcmp(r->direction, "out") != 0)) {
		fputs(usage_text, stderr);
		return 2;
	}
	return -1;
}

static void
print_fault(void *config, unsigned line, const char *message)
{
	fprintf(stderr, "%s:%u: %s\n", (const char *)config, line, message);
}

static int
load_config(struct replay *r)
{
	const struct router_options opt = { .startup_path = r->config };
	char *text = NULL;
	size_t len, faults;
	int err;

	r->grammar = grammar_create(command_tables);
	r->router = router_create(&opt);
	if (r->grammar == NULL || r->router == NULL) {
		fputs("acegate: out of memory\n", stderr);
		return -1;
	}
	err = config_store_load(r->router, &text, &len);
	if (err < 0) {
		fprintf(stderr, "acegate: %s: %s\n", r->config, strerror(-err));
		return -1;
	}
	faults = session_load(r->router, r->grammar, text, print_fault, (void *)r->config);
	free(text);
	return faults == 0 ? 0 : -1;
}

/* ---- the bar on a terminal ---- */

static uint64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

static void
progress_draw(void *arg, uint64_t done, uint64_t total)
{
	static const char full[] = "########################################";
	struct progress *p = arg;
	uint64_t now = now_ms();
	int cells =
		total > 0 && done < total ? (int)(done * PROGRESS_CELLS / total) : PROGRESS_CELLS;

	if (now < p->started_ms + PROGRESS_AFTER_MS || now < p->drawn_ms + PROGRESS_EVERY_MS)
		return;
	fprintf(stderr, "\r[%-*.*s] %3d%% of %" PRIu64 " MB", PROGRESS_CELLS, cells, full,
		cells * 100 / PROGRESS_CELLS, total >> 20);
	p->drawn_ms = now;
	p->drawn = true;
}

static void
progress_wipe(const struct progress *p)
{
	if (p->drawn)
		fputs("\r\033[K", stderr);
}

static void
progress_start(struct replay *r)
{
	if (!isatty(STDERR_FILENO))
		return;
	r->progress.started_ms = now_ms();
	r->job.progress = progress_draw;
	r->job.progress_arg = &r->progress;
}

/* ---- the list ---- */

static unsigned
thread_count(void)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);

	return cores < 1 ? 1 : cores > THREADS_MAX ? THREADS_MAX : (unsigned)cores;
}

/* Finds the list bound there, compiled and counted as the dataplane would. */
static int
find_list(struct replay *r)
{
	enum acl_direction dir = strcmp(r->direction, "in") == 0 ? ACL_IN : ACL_OUT;
	char name[IFNAME_MAX + 1];
	struct word w[3];
	size_t bad, n = words_split(r->interface, w, 3);
	struct interface *i = NULL;

	if (n > 0 && interface_name_parse(w, n, name, &bad) == n)
		i = interface_find(r->router, name);
	if (i == NULL) {
		fprintf(stderr, "acegate: %s: no such interface\n", r->interface);
		return -1;
	}
	r->acl = lists_find(r->router, i->access_group[dir]);
	if (r->acl == NULL) {
		fprintf(stderr, "acegate: %s %s: %s%s; everything passes\n", i->name, r->direction,
			i->access_group[dir][0] != '\0' ? "there is no list "
							: "no access list is bound",
			i->access_group[dir]);
		return 0;
	}
	r->job.kind = acl_kind(r->acl);
	r->job.list.counters = acl_counters_on(r->acl, i->ifindex, dir, r->job.threads);
	if (r->job.list.counters == NULL ||
		acl_compile(r->acl, router_acl_env(r->router), &r->job.list.program) < 0) {
		fputs("acegate: out of memory\n", stderr);
		return -1;
	}
	return 0;
}

static void
print_result(const struct replay *r, const struct dp_replay_result *sum)
{
	struct text t = { 0 };

	if (r->acl != NULL)
		show_access_list(&t, r->router, r->acl, NULL);
	for (int why = 0; why < DP_DROP_COUNT; why++) {
		if (sum->broken[why] > 0)
			text_addf(&t, "%" PRIu64 " frame%s dropped: %s\n", sum->broken[why],
				sum->broken[why] == 1 ? "" : "s", dp_drop_text(why));
	}
	text_addf(&t,
		"%" PRIu64 " packets: %" PRIu64 " permitted, %" PRIu64 " denied (%" PRIu64
		" by the implicit deny), %" PRIu64 " not IP\n",
		sum->packets, sum->permitted, sum->denied, sum->implicit, sum->not_ip);
	fputs(t.s != NULL ? t.s : "", stdout);
	text_fini(&t);
}

int
replay_main(int argc, char **argv)
{
	struct replay r = { 0 };
	struct dp_replay_result sum = { 0 };
	char err[DP_ERR_MAX] = "";
	int status = parse_arguments(argc, argv, &r);

	if (status >= 0)
		return status;
	status = 1;
	r.job.threads = thread_count();
	if (load_config(&r) < 0 || find_list(&r) < 0)
		goto out;
	progress_start(&r);
	if (dp_replay(&r.job, &sum, err) == 0)
		status = 0;
	progress_wipe(&r.progress);
	print_result(&r, &sum);
	if (fflush(stdout) != 0) {
		fprintf(stderr, "acegate: cannot write: %s\n", strerror(errno));
		status = 1;
	}
	if (err[0] != '\0')
		fprintf(stderr, "acegate: %s\n", err);
out:
	acl_program_unref(r.job.list.program);
	router_destroy(r.router);
	grammar_destroy(r.grammar);
	return status;
}
