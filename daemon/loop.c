/*
 * loop.c - the control thread's event loop, on libevent.
 *
 * Sessions are the server's events; here are the others: what the worker has to tell, links that come
 * and go, statistics, and what falls due by itself.
 */
#include "config.h"

#include <event2/event.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/config/rollback.h"
#include "daemon/loop.h"

struct loop {
	struct event_base *base;
	struct router *router;
	const struct grammar *grammar;
	struct event *dataplane, *log_timer, *minute_timer, *login_timer, *config_timer,
		*tidy_timer, *stats_timer, *sigint, *sigterm, *links, *work;
	int links_fd, work_fd;
	bool exit_at_eof, stop, eof_reported;
};

static void
on_signal(evutil_socket_t fd, short what, void *arg)
{
	struct loop *l = arg;

	(void)fd;
	(void)what;
	l->stop = true;
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
 * What falls due by itself: reports of logged flows, time ranges that open or close, the end of quiet
 * mode, a change that nobody confirmed, a scheduled reload, lists to make whole.  After every turn of
 * the loop, for any of them may have made something due: a command, a packet, a login.
 */
static void
arm_timers(struct loop *l)
{
	arm(l->log_timer, acl_log_tick(l->router));
	arm(l->minute_timer, time_ranges_tick(l->router));
	arm(l->login_timer, login_tick(l->router));
	arm(l->config_timer, config_timers_tick(l->router, l->grammar));
	arm(l->tidy_timer, lists_tidy_tick(l->router));
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
report_eof(struct loop *l)
{
	const struct interface *i;
	struct dp_port_info info;

	if (l->eof_reported || !dataplane_at_eof(router_dataplane(l->router)))
		return;
	l->eof_reported = true;
	for (size_t k = 0; (i = interface_at(l->router, k)) != NULL; k++)
		if (dataplane_port_info(router_dataplane(l->router), i->ifindex, &info) &&
			info.error[0] != '\0')
			fprintf(stderr, "acegated: %s: %s\n", i->name, info.error);
	if (l->exit_at_eof)
		l->stop = true;
}

static void
on_dataplane(evutil_socket_t fd, short what, void *arg)
{
	struct loop *l = arg;

	(void)fd;
	(void)what;
	if (acl_log_drain(l->router))
		event_active(l->dataplane, EV_READ, 0);
	report_eof(l);
}

static void
on_stats_timer(evutil_socket_t fd, short what, void *arg)
{
	struct loop *l = arg;

	(void)fd;
	(void)what;
	interface_stats_tick(l->router);
	usage_tick(l->router);
	link_watch_look(l->router);
}

static void
on_links(evutil_socket_t fd, short what, void *arg)
{
	struct loop *l = arg;

	(void)what;
	link_watch_read(l->router, fd);
}

/* Helper threads have finished something. */
static void
on_work(evutil_socket_t fd, short what, void *arg)
{
	struct loop *l = arg;

	(void)fd;
	(void)what;
	work_collect(l->router);
}

static bool
make_event(struct loop *l, struct event **ev, int fd, short what, event_callback_fn fn)
{
	*ev = event_new(l->base, fd, what, fn, l);
	if (*ev == NULL)
		return false;
	return (what & (EV_READ | EV_SIGNAL)) == 0 || event_add(*ev, NULL) == 0;
}

static bool
make_events(struct loop *l)
{
	const struct timeval stats = { .tv_sec = INTERFACE_STATS_TICK_MS / 1000 };

	l->work_fd = work_open(l->router);
	if (l->work_fd < 0)
		return false;
	l->links_fd = link_watch_open(); /* without it, the timer's look has to do */
	return make_event(l, &l->sigint, SIGINT, EV_SIGNAL | EV_PERSIST, on_signal) &&
	       make_event(l, &l->sigterm, SIGTERM, EV_SIGNAL | EV_PERSIST, on_signal) &&
	       make_event(l, &l->log_timer, -1, 0, on_timer) &&
	       make_event(l, &l->minute_timer, -1, 0, on_timer) &&
	       make_event(l, &l->login_timer, -1, 0, on_timer) &&
	       make_event(l, &l->config_timer, -1, 0, on_timer) &&
	       make_event(l, &l->tidy_timer, -1, 0, on_timer) &&
	       make_event(l, &l->work, l->work_fd, EV_READ | EV_PERSIST, on_work) &&
	       make_event(l, &l->stats_timer, -1, EV_PERSIST, on_stats_timer) &&
	       make_event(l, &l->dataplane, dataplane_event_fd(router_dataplane(l->router)),
		       EV_READ | EV_PERSIST, on_dataplane) &&
	       (l->links_fd < 0 ||
		       make_event(l, &l->links, l->links_fd, EV_READ | EV_PERSIST, on_links)) &&
	       event_add(l->stats_timer, &stats) == 0;
}

struct loop *
loop_create(struct event_base *base, struct router *r, const struct grammar *g, bool exit_at_eof)
{
	struct loop *l = calloc(1, sizeof(*l));

	if (l != NULL) {
		*l = (struct loop){ .base = base,
			.router = r,
			.grammar = g,
			.links_fd = -1,
			.exit_at_eof = exit_at_eof };
		if (make_events(l))
			return l;
	}
	fputs("acegated: out of memory\n", stderr);
	loop_destroy(l);
	return NULL;
}

int
loop_run(struct loop *l)
{
	int status = 0;

	while (!l->stop) {
		arm_timers(l);
		if (event_base_loop(l->base, EVLOOP_ONCE) != 0)
			break;
		if (router_exit_requested(l->router, &status) || router_reload_requested(l->router))
			l->stop = true;
	}
	/* What sessions were told last should still reach them. */
	for (int i = 0; i < 8; i++)
		event_base_loop(l->base, EVLOOP_NONBLOCK);
	while (acl_log_drain(l->router))
		;
	return status;
}

void
loop_destroy(struct loop *l)
{
	if (l == NULL)
		return;
	struct event *all[] = { l->dataplane, l->log_timer, l->minute_timer, l->login_timer,
		l->config_timer, l->tidy_timer, l->stats_timer, l->sigint, l->sigterm, l->links,
		l->work };

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (all[i] != NULL)
			event_free(all[i]);
	if (l->links_fd >= 0)
		close(l->links_fd);
	free(l);
}
