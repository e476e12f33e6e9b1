/*
 * acegated.c - the router's composition root: options, start in order, the event loop, the end.
 *
 * Order of start: ports are opened while there is privilege; the startup-config (or the factory
 * configuration) is loaded with publishing held; the control socket and the telnet listener open;
 * the capabilities go; then the dataplane starts to move frames, so that no frame is ever forwarded
 * by a half-read configuration.  One control thread runs everything but the frames, on libevent.
 */
#include "config.h"

#include <errno.h>
#include <event2/event.h>
#include <getopt.h>
#include <libgen.h>
#include <limits.h>
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/capability.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/commands/commands.h"
#include "cli/commands/factory.h"
#include "cli/grammar/grammar.h"
#include "cli/session/protocol.h"
#include "cli/session/server.h"
#include "cli/session/session.h"
#include "router/router.h"

/* Set for the process that a `reload` starts. */
#define RELOADED "ACEGATE_RELOADED"

enum { PORTS_MAX = 32, VTYD_RESTART_MS = 1000 };

struct options {
	const char *config;
	const char *socket;
	const char *telnet;
	const char *port[PORTS_MAX];
	size_t ports;
	bool exit_at_eof;
	bool test;
};

struct daemon {
	struct options opt;
	char **argv;
	struct event_base *base;
	struct dataplane *dp;
	struct router *router;
	struct grammar *grammar;
	struct server *server;
	struct event *events, *log_timer, *minute_timer, *tidy_timer, *tidy, *stats_timer, *sigint,
		*sigterm, *sigchld, *vtyd_timer, *links;
	int telnet_fd, links_fd;
	pid_t vtyd;
	bool stop, eof_reported;
	int status;
};

/* ---- options ---- */

static void
usage(FILE *out)
{
	fputs("usage: acegated [-c CONFIG] [-p PORT=DRIVER:ARG]... [-s SOCKET] [--telnet "
	      "ADDR:PORT]\n"
	      "                [--exit-at-eof] [-t]\n"
	      "  -c, --config CONFIG   startup-config: read at start, written by `write memory`\n"
	      "  -p, --port PORT=...   give an interface a port:\n"
	      "                          FastEthernet0=file:IN.pcap[,OUT.pcap]   captures\n"
	      "                          FastEthernet0=packet:NETDEV             AF_PACKET\n"
	      "                          FastEthernet0=pcap:NETDEV               libpcap\n"
	      "                          FastEthernet0=NETDEV                    the best there "
	      "is\n"
	      "  -s, --socket SOCKET   control socket\n"
	      "      --telnet ADDR:PORT  listen for telnet\n"
	      "      --exit-at-eof     end when every file port has reached its end\n"
	      "  -t, --test            check the configuration and exit\n"
	      "  -h, --help            this text\n"
	      "  -V, --version         the version\n",
		out);
}

static int
parse_options(int argc, char **argv, struct options *o)
{
	static const struct option longs[] = { { "config", required_argument, NULL, 'c' },
		{ "port", required_argument, NULL, 'p' },
		{ "socket", required_argument, NULL, 's' },
		{ "telnet", required_argument, NULL, 'T' },
		{ "exit-at-eof", no_argument, NULL, 'E' }, { "test", no_argument, NULL, 't' },
		{ "help", no_argument, NULL, 'h' }, { "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 } };
	int c;

	while ((c = getopt_long(argc, argv, "c:p:s:thV", longs, NULL)) != -1) {
		switch (c) {
		case 'c':
			o->config = optarg;
			break;
		case 'p':
			if (o->ports == PORTS_MAX) {
				fprintf(stderr, "acegated: more than %d ports\n", PORTS_MAX);
				exit(2);
			}
			o->port[o->ports++] = optarg;
			break;
		case 's':
			o->socket = optarg;
			break;
		case 'T':
			o->telnet = optarg;
			break;
		case 'E':
			o->exit_at_eof = true;
			break;
		case 't':
			o->test = true;
			break;
		case 'h':
			usage(stdout);
			exit(0);
		case 'V':
			puts("acegated " PACKAGE_VERSION);
			exit(0);
		default:
			usage(stderr);
			return -1;
		}
	}
	if (optind != argc) {
		fprintf(stderr, "acegated: unexpected argument \"%s\"\n", argv[optind]);
		return -1;
	}
	if (o->test && o->config == NULL) {
		fputs("acegated: -t needs -c CONFIG\n", stderr);
		return -1;
	}
	return 0;
}

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

/* Loads the startup-config, or the factory's without one. The number of faults, or -1. */
static long
load_configuration(struct daemon *d)
{
	struct faults faults = { d->opt.config };
	char *text = NULL;
	size_t len, wrong;
	int rc = config_store_load(d->router, &text, &len);

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

static int
check_configuration(struct daemon *d)
{
	long wrong = load_configuration(d);

	return wrong == 0 ? 0 : 1;
}

/* ---- ports ---- */

/* "file:a.pcap" -> driver and argument; a bare netdev gets the best driver. */
static void
split_driver(const char *spec, char *driver, size_t size, const char **arg)
{
	static const char *const drivers[] = { "file", "packet", "pcap", "memory" };

	for (size_t i = 0; i < sizeof(drivers) / sizeof(drivers[0]); i++) {
		size_t len = strlen(drivers[i]);

		if (strncmp(spec, drivers[i], len) == 0 && spec[len] == ':') {
			snprintf(driver, size, "%s", drivers[i]);
			*arg = spec + len + 1;
			return;
		}
	}
	snprintf(driver, size, "packet");
	*arg = spec;
}

static int
add_port(struct daemon *d, const char *option)
{
	char name[IFNAME_MAX + 1], typed[128], driver[16], err[DP_ERR_MAX];
	const char *equals = strchr(option, '='), *arg;
	struct word w[3];
	struct interface *i;
	struct dp_port_info info;
	size_t bad, n;

	if (equals == NULL || (size_t)(equals - option) >= sizeof(typed)) {
		fprintf(stderr, "acegated: -p %s: not PORT=DRIVER:ARG\n", option);
		return -1;
	}
	snprintf(typed, sizeof(typed), "%.*s", (int)(equals - option), option);
	n = words_split(typed, w, 3);
	if (n == 0 || interface_name_parse(w, n, name, &bad) != n) {
		fprintf(stderr, "acegated: -p %s: \"%s\" is not an interface\n", option, typed);
		return -1;
	}
	i = interface_create(d->router, name);
	if (i == NULL || i->kind == DP_IF_SVI) {
		fprintf(stderr, "acegated: -p %s: %s cannot have a port\n", option, name);
		return -1;
	}
	split_driver(equals + 1, driver, sizeof(driver), &arg);
	if (dataplane_add_port(d->dp, i->ifindex, driver, arg, err) < 0) {
		fprintf(stderr, "acegated: %s: %s\n", name, err);
		return -1;
	}
	if (dataplane_port_info(d->dp, i->ifindex, &info) &&
		(info.mac[0] | info.mac[1] | info.mac[2]))
		memcpy(i->mac, info.mac, sizeof(i->mac));
	return 0;
}

/* ---- telnet ---- */

static int
listen_on(const char *where)
{
	char host[256];
	const char *colon = strrchr(where, ':');
	struct addrinfo hints = { .ai_flags = AI_PASSIVE | AI_NUMERICSERV,
		.ai_socktype = SOCK_STREAM },
			*found = NULL;
	int fd = -1, one = 1, rc;

	if (colon == NULL || (size_t)(colon - where) >= sizeof(host)) {
		fprintf(stderr, "acegated: --telnet %s: not ADDR:PORT\n", where);
		return -1;
	}
	snprintf(host, sizeof(host), "%.*s", (int)(colon - where), where);
	if (host[0] == '[' && host[strlen(host) - 1] == ']') {
		memmove(host, host + 1, strlen(host));
		host[strlen(host) - 1] = '\0';
	}
	rc = getaddrinfo(
		host[0] == '\0' || strcmp(host, "*") == 0 ? NULL : host, colon + 1, &hints, &found);
	if (rc != 0) {
		fprintf(stderr, "acegated: --telnet %s: %s\n", where, gai_strerror(rc));
		return -1;
	}
	fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd >= 0)
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (fd < 0 || bind(fd, found->ai_addr, found->ai_addrlen) < 0 || listen(fd, 64) < 0) {
		fprintf(stderr, "acegated: --telnet %s: %s\n", where, strerror(errno));
		if (fd >= 0)
			close(fd);
		fd = -1;
	}
	freeaddrinfo(found);
	return fd;
}

/* Beside our own executable when run in place, else where it was installed. */
static void
vtyd_path(char *path, size_t size)
{
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);

	if (n > 0) {
		self[n] = '\0';
		snprintf(path, size, "%s/acegate-vtyd", dirname(self));
		if (access(path, X_OK) == 0)
			return;
	}
	snprintf(path, size, "%s/acegate-vtyd", ACEGATE_LIBEXECDIR);
}

static void
exec_vtyd(const char *path, int listen_fd, int channel_fd)
{
	char listening[16], channel[16];
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	/* dup(2) leaves close-on-exec behind. */
	snprintf(listening, sizeof(listening), "%d", dup(listen_fd));
	snprintf(channel, sizeof(channel), "%d", dup(channel_fd));
	execl(path, "acegate-vtyd", "--listen-fd", listening, "--channel-fd", channel,
		(char *)NULL);
	_exit(127);
}

static int
start_vtyd(struct daemon *d)
{
	char path[PATH_MAX];
	int pair[2];

	vtyd_path(path, sizeof(path));
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
		return -errno;
	d->vtyd = fork();
	if (d->vtyd == 0)
		exec_vtyd(path, d->telnet_fd, pair[1]);
	close(pair[1]);
	if (d->vtyd < 0) {
		close(pair[0]);
		return -errno;
	}
	return server_add_vty_channel(d->server, pair[0]);
}

static void
on_vtyd_timer(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	start_vtyd(arg);
}

static void
on_child(evutil_socket_t fd, short what, void *arg)
{
	struct daemon *d = arg;
	struct timeval later = { VTYD_RESTART_MS / 1000, 0 };
	int status;
	pid_t pid;

	(void)fd;
	(void)what;
	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		if (pid != d->vtyd)
			continue;
		d->vtyd = -1;
		fprintf(stderr, "acegated: acegate-vtyd ended (status %#x), starting it again\n",
			(unsigned)status);
		evtimer_add(d->vtyd_timer, &later);
	}
}

/* ---- the loop ---- */

static void
on_signal(evutil_socket_t fd, short what, void *arg)
{
	struct daemon *d = arg;

	(void)fd;
	(void)what;
	d->stop = true;
}

static void
arm(struct event *timer, int64_t ms)
{
	struct timeval tv = { ms / 1000, ms % 1000 * 1000 };

	if (ms >= 0)
		evtimer_add(timer, &tv);
	else
		evtimer_del(timer);
}

/*
 * What falls due by itself: reports of logged flows, time ranges that open or close, lists to make whole.  After every
 * turn of the loop, for any of them may have made something due: a command, a packet, a login.
 */
static void
arm_timers(struct daemon *d)
{
	arm(d->log_timer, acl_log_tick(d->router));
	arm(d->minute_timer, time_ranges_tick(d->router));
	arm(d->tidy_timer, lists_tidy_tick(d->router));
}

/* Nothing to do but to wake the loop. */
static void
on_timer(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	(void)arg;
}

/* The captures have ended; where one was broken, that is worth a word. */
static void
report_eof(struct daemon *d)
{
	const struct interface *i;
	struct dp_port_info info;

	if (d->eof_reported || !dataplane_at_eof(d->dp))
		return;
	d->eof_reported = true;
	for (size_t k = 0; (i = interface_at(d->router, k)) != NULL; k++)
		if (dataplane_port_info(d->dp, i->ifindex, &info) && info.error[0] != '\0')
			fprintf(stderr, "acegated: %s: %s\n", i->name, info.error);
	if (d->opt.exit_at_eof)
		d->stop = true;
}

static void
on_dataplane(evutil_socket_t fd, short what, void *arg)
{
	struct daemon *d = arg;

	(void)fd;
	(void)what;
	if (acl_log_drain(d->router))
		event_active(d->events, EV_READ, 0);
	report_eof(d);
}

static void
on_tidy(evutil_socket_t fd, short what, void *arg)
{
	struct daemon *d = arg;

	(void)fd;
	(void)what;
	lists_tidy_read(d->router);
}

static void
on_stats_timer(evutil_socket_t fd, short what, void *arg)
{
	struct daemon *d = arg;

	(void)fd;
	(void)what;
	interface_stats_tick(d->router);
	link_watch_look(d->router);
}

static void
on_links(evutil_socket_t fd, short what, void *arg)
{
	struct daemon *d = arg;

	(void)what;
	link_watch_read(d->router, fd);
}

static void
log_to_stderr(void *arg, enum log_destination which, const char *line)
{
	(void)arg;
	if (which == LOG_TO_CONSOLE)
		fprintf(stderr, "%s\n", line);
}

/* Nothing that comes after needs privilege: ports and sockets are open. */
static int
drop_capabilities(void)
{
	cap_t none = cap_init();
	int rc;

	if (none == NULL)
		return -errno;
	rc = cap_set_proc(none) < 0 ? -errno : 0;
	cap_free(none);
	return rc;
}

static struct event *
make_event(struct daemon *d, int fd, short what, event_callback_fn fn)
{
	struct event *ev = event_new(d->base, fd, what, fn, d);

	if (ev == NULL) {
		fputs("acegated: out of memory\n", stderr);
		exit(1);
	}
	if (what & (EV_READ | EV_SIGNAL))
		event_add(ev, NULL);
	return ev;
}

static int
make_events(struct daemon *d)
{
	d->base = event_base_new();
	if (d->base == NULL)
		return -1;
	d->sigint = make_event(d, SIGINT, EV_SIGNAL | EV_PERSIST, on_signal);
	d->sigterm = make_event(d, SIGTERM, EV_SIGNAL | EV_PERSIST, on_signal);
	d->sigchld = make_event(d, SIGCHLD, EV_SIGNAL | EV_PERSIST, on_child);
	d->log_timer = make_event(d, -1, 0, on_timer);
	d->minute_timer = make_event(d, -1, 0, on_timer);
	d->tidy_timer = make_event(d, -1, 0, on_timer);
	if (lists_tidy_fd(d->router) >= 0)
		d->tidy = make_event(d, lists_tidy_fd(d->router), EV_READ | EV_PERSIST, on_tidy);
	d->vtyd_timer = make_event(d, -1, 0, on_vtyd_timer);
	d->stats_timer = make_event(d, -1, EV_PERSIST, on_stats_timer);
	d->events = make_event(d, dataplane_event_fd(d->dp), EV_READ | EV_PERSIST, on_dataplane);
	on_child(-1, 0, d);		 /* what a reload's predecessor left */
	d->links_fd = link_watch_open(); /* without it, the timer's look has to do */
	if (d->links_fd >= 0)
		d->links = make_event(d, d->links_fd, EV_READ | EV_PERSIST, on_links);
	event_add(d->stats_timer, &(struct timeval){ .tv_sec = INTERFACE_STATS_TICK_MS / 1000 });
	return 0;
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
start(struct daemon *d)
{
	const struct server_options server = { .router = d->router,
		.grammar = d->grammar,
		.socket_path = d->opt.socket,
		.base = d->base };
	int rc;

	make_run_directory(d->opt.socket);
	d->server = server_create(&server);
	if (d->server == NULL)
		return -1;
	if (d->opt.telnet != NULL) {
		d->telnet_fd = listen_on(d->opt.telnet);
		if (d->telnet_fd < 0 || start_vtyd(d) < 0)
			return -1;
	}
	rc = drop_capabilities();
	if (rc < 0)
		fprintf(stderr, "acegated: capabilities: %s\n", strerror(-rc));
	return dataplane_start(d->dp);
}

static void
run(struct daemon *d)
{
	logging_emit(
		d->router, "SYS", 5, "RESTART", "System restarted -- acegate %s", PACKAGE_VERSION);
	while (!d->stop) {
		arm_timers(d);
		if (event_base_loop(d->base, EVLOOP_ONCE) != 0)
			break;
		if (router_exit_requested(d->router, &d->status) ||
			router_reload_requested(d->router))
			d->stop = true;
	}
	/* What sessions were told last should still reach them. */
	for (int i = 0; i < 8; i++)
		event_base_loop(d->base, EVLOOP_NONBLOCK);
	while (acl_log_drain(d->router))
		;
}

static void
finish(struct daemon *d)
{
	struct event *all[] = { d->events, d->log_timer, d->minute_timer, d->tidy_timer, d->tidy,
		d->stats_timer, d->sigint, d->sigterm, d->sigchld, d->vtyd_timer, d->links };

	server_destroy(d->server); /* closes vtyd's channel, which ends it */
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (all[i] != NULL)
			event_free(all[i]);
	router_destroy(d->router);
	dataplane_destroy(d->dp);
	grammar_destroy(d->grammar);
	if (d->telnet_fd >= 0)
		close(d->telnet_fd);
	if (d->links_fd >= 0)
		close(d->links_fd);
	if (d->base != NULL)
		event_base_free(d->base);
}

static int
set_up(struct daemon *d)
{
	struct router_options options = { .startup_path = d->opt.config,
		.reloaded = getenv(RELOADED) != NULL };

	unsetenv(RELOADED);

	d->grammar = grammar_create(command_tables);
	if (!d->opt.test)
		d->dp = dataplane_create(&(struct dataplane_options){ 0 });
	options.dp = d->dp;
	d->router = router_create(&options);
	if (d->grammar == NULL || d->router == NULL || (d->dp == NULL && !d->opt.test)) {
		fputs("acegated: out of memory\n", stderr);
		return -1;
	}
	return 0;
}

int
main(int argc, char **argv)
{
	struct daemon d = { .argv = argv, .telnet_fd = -1, .links_fd = -1, .vtyd = -1 };
	bool reload = false;

	d.opt.socket = proto_default_socket();
	if (parse_options(argc, argv, &d.opt) < 0)
		return 2;
	signal(SIGPIPE, SIG_IGN);
	d.status = 1;
	if (set_up(&d) < 0)
		goto out;
	if (d.opt.test) {
		d.status = check_configuration(&d);
		goto out;
	}
	if (make_events(&d) < 0)
		goto out;
	for (size_t i = 0; i < d.opt.ports; i++)
		if (add_port(&d, d.opt.port[i]) < 0)
			goto out;
	if (load_configuration(&d) < 0 || logging_listen(d.router, log_to_stderr, NULL) < 0 ||
		start(&d) < 0)
		goto out;
	d.status = 0;
	run(&d);
	reload = router_reload_requested(d.router);
out:
	finish(&d);
	if (reload) {
		/* A fresh process: nothing of the old configuration can linger. */
		setenv(RELOADED, "1", 1);
		execv("/proc/self/exe", argv);
		perror("acegated: reload");
		return 1;
	}
	return d.status;
}
