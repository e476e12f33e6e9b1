/*
 * acegated.c - the router's composition root: start in order, and the end.
 *
 * Two processes (daemon/supervisor.h); this is the one that holds the router.  Order of its start: ports
 * and the control socket are opened while there is privilege; that goes; the startup-config (or the
 * factory configuration) is loaded with publishing held; then the dataplane starts to move frames, so
 * that no frame is ever forwarded by a half-read configuration.  One control thread runs everything but
 * the frames, on libevent.
 */
#include "config.h"

#include <errno.h>
#include <event2/event.h>
#include <libgen.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/commands/commands.h"
#include "cli/commands/factory.h"
#include "cli/grammar/grammar.h"
#include "cli/session/server.h"
#include "cli/session/session.h"
#include "daemon/confine.h"
#include "daemon/loop.h"
#include "daemon/options.h"
#include "daemon/ports.h"
#include "daemon/supervisor.h"
#include "daemon/vtyd.h"
#include "router/router.h"

struct daemon {
	struct options opt;
	struct event_base *base;
	struct dataplane *dp;
	struct syslog_transport syslog; /* opened while sockets still may be */
	struct router *router;
	struct grammar *grammar;
	struct server *server;
	struct supervised supervised;
	struct vtyd *vtyd;
	struct loop *loop;
};

/* ---- the configuration ---- */

struct faults {
	const char *file;
};

static void
print_fault(void *arg, unsigned line, const char *message)
{
	const struct faults *f = arg;

	fprintf(stderr, "%s:%u: %s\n", f->file, line, message);
}

/* Without them SSH is off, which is no reason not to route. */
static void
load_host_keys(struct daemon *d)
{
	int rc = d->opt.test ? 0 : ssh_keys_load(d->router);

	if (rc < 0)
		fprintf(stderr, "acegated: %s.keys: %s\n", d->opt.config,
			rc == -EINVAL ? "not a file of keys" : strerror(-rc));
}

/* Loads the startup-config, or the factory's without one. The number of faults, or -1. */
static long
load_configuration(struct daemon *d)
{
	struct faults faults = { d->opt.config };
	char *text = NULL;
	size_t len, wrong;
	int rc;

	load_host_keys(d);
	rc = config_store_load(d->router, &text, &len);

	if (rc == -ENOENT && !d->opt.test) {
		faults.file = "factory configuration";
		return (long)session_load(
			d->router, d->grammar, factory_config, print_fault, &faults);
	}
	if (rc < 0) {
		fprintf(stderr, "acegated: %s: %s\n", d->opt.config, strerror(-rc));
		return -1;
	}
	wrong = session_load(d->router, d->grammar, text, print_fault, &faults);
	free(text);
	return (long)wrong;
}

/* ---- start ---- */

static void
log_to_stderr(void *arg, enum log_destination which, const char *line)
{
	(void)arg;
	if (which == LOG_TO_CONSOLE)
		fprintf(stderr, "%s\n", line);
}

static void
make_run_directory(const char *socket_path)
{
	char copy[PATH_MAX];

	/* Ours to make; a directory that -s names is the user's. */
	snprintf(copy, sizeof(copy), "%s", socket_path);
	if (strcmp(dirname(copy), ACEGATE_RUNDIR) == 0)
		mkdir(ACEGATE_RUNDIR, 0755);
}

static int
set_up(struct daemon *d)
{
	struct router_options options = { .startup_path = d->opt.config,
		.flash_path = d->opt.test ? NULL : d->opt.flash,
		.reloaded = d->supervised.reloaded };

	d->grammar = grammar_create(command_tables);
	if (!d->opt.test && syslog_udp_open(&d->syslog) == 0)
		options.syslog = &d->syslog;
	if (!d->opt.test)
		d->dp = dataplane_create(&(struct dataplane_options){ 0 });
	options.dp = d->dp;
	d->router = router_create(&options);
	d->base = event_base_new();
	if (d->grammar == NULL || d->router == NULL || d->base == NULL ||
		(d->dp == NULL && !d->opt.test)) {
		fputs("acegated: out of memory\n", stderr);
		return -1;
	}
	return 0;
}

static int
open_doors(struct daemon *d)
{
	const struct server_options server = { .router = d->router,
		.grammar = d->grammar,
		.socket_path = d->opt.socket,
		.base = d->base };

	make_run_directory(d->opt.socket);
	d->server = server_create(&server);
	if (d->server == NULL)
		return -1;
	if (!d->supervised.logins)
		return 0;
	d->vtyd = vtyd_create(d->base, d->server, d->supervised.control);
	return d->vtyd != NULL ? 0 : -1;
}

static int
start(struct daemon *d)
{
	d->loop = loop_create(d->base, d->router, d->grammar, d->opt.exit_at_eof);
	if (d->loop == NULL)
		return -1;
	for (size_t i = 0; i < d->opt.ports; i++)
		if (ports_add(d->router, d->opt.port[i]) < 0)
			return -1;
	if (open_doors(d) < 0 || daemon_confine(&d->opt) < 0 || load_configuration(d) < 0 ||
		logging_listen(d->router, log_to_stderr, NULL) < 0)
		return -1;
	ssh_announce(d->router);
	return dataplane_start(d->dp);
}

static int
run(struct daemon *d)
{
	logging_emit(
		d->router, "SYS", 5, "RESTART", "System restarted -- acegate %s", PACKAGE_VERSION);
	return loop_run(d->loop);
}

static void
finish(struct daemon *d)
{
	vtyd_destroy(d->vtyd);
	server_destroy(d->server); /* closes vtyd's channel, which ends it */
	loop_destroy(d->loop);
	router_destroy(d->router);
	syslog_udp_close(&d->syslog);
	dataplane_destroy(d->dp);
	grammar_destroy(d->grammar);
	if (d->base != NULL)
		event_base_free(d->base);
}

static int
be_router(struct daemon *d)
{
	int status = 1;

	if (set_up(d) == 0 && start(d) == 0) {
		status = run(d);
		if (router_reload_requested(d->router))
			supervisor_send(d->supervised.control, SUPERVISOR_RELOAD, -1);
	}
	finish(d);
	return status;
}

static int
check_only(struct daemon *d)
{
	int status = set_up(d) == 0 && load_configuration(d) == 0 ? 0 : 1;

	finish(d);
	return status;
}

int
main(int argc, char **argv)
{
	struct daemon d = { 0 };
	int status = options_parse(argc, argv, &d.opt);

	if (status >= 0)
		return status;
	signal(SIGPIPE, SIG_IGN);
	if (d.opt.test)
		return check_only(&d);
	status = supervise(&d.opt, &d.supervised);
	return status >= 0 ? status : be_router(&d);
}
