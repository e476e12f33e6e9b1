/*
 * connection.c - one client of the control socket: frames in, frames out, and its session.
 *
 * Requests are served one after the other, each to its end; what a command prints is gathered and
 * sent before the READY that answers it.  Log lines that a request of the session itself causes come
 * behind its answer, as on IOS, where another process writes them: the prompt first, then the line.
 *
 * While a client does not read, it is not read either: its requests wait (so its output buffer holds
 * one command's output at most) and log lines for it are dropped and counted.  Not reading takes more
 * than the input's high watermark: libevent calls back again and again as long as that is reached.
 * Anything that is not a legal frame ends the connection, never the server.
 *
 * A connection owns its session, its bufferevent (which closes the socket) and its timer; it is
 * freed only from the event loop's callbacks, never while its session is running.  Control thread.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>

#include "cli/session/connection.h"
#include "cli/session/file_transfer.h"

enum {
	SOCKET_PATIENCE_S = 30, /* for a HELLO, and for BYE to be read */
	SLOW_TURN_MS = 100,	/* how often to look whether a slow client reads again */
};

static void
rearm(struct connection *c)
{
	struct timeval tv = { .tv_sec = SOCKET_PATIENCE_S };

	if (c->started && !c->ended)
		tv.tv_sec = session_patience_s(c->session);
	else if (c->session != NULL && !c->ended)
		tv.tv_sec = (time_t)ssh_settings(c->server->opt.router)->timeout_s;
	if (tv.tv_sec > 0)
		event_add(c->timer, &tv);
	else
		event_del(c->timer);
}

void
connection_await_turn(struct connection *c)
{
	uint64_t ms = session_work_wait_ms(c->session);
	struct timeval tv;

	if (connection_unread(c) > OUTPUT_HIGH && ms < SLOW_TURN_MS)
		ms = SLOW_TURN_MS;
	tv = (struct timeval){ (time_t)(ms / 1000), (suseconds_t)(ms % 1000 * 1000) };
	event_add(c->turn, &tv);
}

void
connection_finish_request(struct connection *c, int status)
{
	connection_flush_output(c);
	if (session_working(c->session)) {
		connection_flush_caused(c);
		event_del(c->timer);
		connection_await_turn(c);
		return;
	}
	if (session_closed(c->session)) {
		connection_flush_caused(c);
		connection_send_bye(c);
	} else if (session_asking(c->session)) {
		connection_send_ask(c);
	} else if (!router_reload_requested(c->server->opt.router)) {
		connection_send_ready(c, status);
	}
	connection_flush_caused(c);
	rearm(c);
}

static void
connection_destroy(struct connection *c)
{
	struct server *srv = c->server;

	TAILQ_REMOVE(&srv->connections, c, link);
	if (c->started)
		srv->sessions--;
	if (c->session == NULL && c->vty != NULL)
		line_release(c->vty);
	file_transfer_end(c->transfer);
	session_destroy(c->session);
	if (c->timer != NULL)
		event_free(c->timer);
	if (c->turn != NULL)
		event_free(c->turn);
	if (c->output != NULL)
		evbuffer_free(c->output);
	if (c->caused != NULL)
		evbuffer_free(c->caused);
	if (c->bev != NULL)
		bufferevent_free(c->bev);
	free(c->ask_prompt);
	free(c);
}

/* ---- what comes ---- */

enum taken { TAKEN, NOT_YET, NOT_NOW, NOT_LEGAL };

/* Takes the first frame off the input, if it is there and it is its time, and serves it. */
static enum taken
take_frame(struct connection *c, struct evbuffer *in)
{
	uint8_t header[PROTO_HEADER];
	enum proto_type type;
	const uint8_t *payload;
	size_t len;
	long whole;
	char *text;
	bool ok;

	if (evbuffer_copyout(in, header, sizeof(header)) < (ev_ssize_t)sizeof(header))
		return NOT_YET;
	whole = proto_parse(header, SIZE_MAX, &type, &payload, &len);
	if (whole < 0)
		return NOT_LEGAL;
	if (evbuffer_get_length(in) < (size_t)whole)
		return NOT_YET;
	if (!request_may_serve(c, type))
		return NOT_NOW;
	text = malloc(len + 1);
	if (text == NULL)
		return NOT_LEGAL;
	evbuffer_drain(in, PROTO_HEADER);
	evbuffer_remove(in, text, len);
	text[len] = '\0'; /* a NUL inside ends the text: but for AUTH's none of ours has one */
	c->serving = true;
	ok = request_serve(c, type, text, len);
	c->serving = false;
	explicit_bzero(text, len); /* it may have been a password */
	free(text);
	return ok ? TAKEN : NOT_LEGAL;
}

/* Serves what has come, as long as the client reads what it is sent. */
static void
pump(struct connection *c)
{
	struct evbuffer *in = bufferevent_get_input(c->bev);

	connection_tell_unseen(c);
	while (!c->ended && connection_unread(c) <= OUTPUT_HIGH) {
		enum taken taken = take_frame(c, in);

		if (taken == NOT_LEGAL)
			connection_destroy(c);
		else if (taken == NOT_NOW)
			bufferevent_disable(c->bev, EV_READ); /* until on_turn(), on_drained() */
		if (taken != TAKEN)
			return;
	}
	if (c->ended && connection_unread(c) == 0)
		connection_destroy(c);
	else
		bufferevent_disable(c->bev, EV_READ); /* until on_drained() */
}

static void
on_read(struct bufferevent *bev, void *arg)
{
	(void)bev;
	pump(arg);
}

/* All that was sent is out. */
static void
on_drained(struct bufferevent *bev, void *arg)
{
	struct connection *c = arg;

	if (!c->ended)
		bufferevent_enable(bev, EV_READ);
	pump(c);
}

static void
on_event(struct bufferevent *bev, short what, void *arg)
{
	(void)bev;
	(void)what; /* EOF or an error: either way the client is gone */
	connection_destroy(arg);
}

static void
on_silence(evutil_socket_t fd, short what, void *arg)
{
	struct connection *c = arg;

	(void)fd;
	(void)what;
	if (!c->started || c->ended) {
		connection_destroy(c);
		return;
	}
	if (!session_closed(c->session)) {
		c->serving = true;
		session_timed_out(c->session);
		c->serving = false;
	}
	connection_finish_request(c, 0);
}

static void
on_turn(evutil_socket_t fd, short what, void *arg)
{
	struct connection *c = arg;

	(void)fd;
	(void)what;
	if (connection_unread(c) > OUTPUT_HIGH) {
		connection_await_turn(c);
		return;
	}
	c->serving = true;
	session_work_turn(c->session);
	c->serving = false;
	if (c->started)
		connection_finish_request(c, 0);
	else if (session_working(c->session))
		connection_await_turn(c);
	else
		request_send_verdict(c, session_verdict(c->session));
	if (!session_working(c->session)) {
		bufferevent_enable(c->bev, EV_READ);
		pump(c); /* what waited */
	}
}

static bool
is_stranger(const struct connection *c)
{
	if (c->vty == NULL || c->ended || c->admitted)
		return false;
	return !c->started || session_logging_in(c->session);
}

/* From this address; NULL: from any. */
static size_t
strangers_from(const struct server *s, const char *peer)
{
	const struct connection *c;
	size_t n = 0;

	TAILQ_FOREACH(c, &s->connections, link)
	n += is_stranger(c) && (peer == NULL || strcmp(c->vty->peer, peer) == 0);
	return n;
}

/*
 * Whoever holds connections open without logging in shall not keep others from it: the oldest goes, who
 * means to log in needs seconds; and of the address that has most, so that it is the crowd that makes
 * room, and not who came alone.
 */
static struct connection *
most_dispensable(struct server *s)
{
	struct connection *c, *found = NULL;
	size_t most = 0;

	TAILQ_FOREACH(c, &s->connections, link)
	{
		size_t n = is_stranger(c) ? strangers_from(s, c->vty->peer) : 0;

		if (n > most) {
			most = n;
			found = c;
		}
	}
	return found;
}

static void
make_room(struct server *s)
{
	if (strangers_from(s, NULL) >= SERVER_STRANGERS_MAX)
		connection_destroy(most_dispensable(s));
}

bool
connections_free_line(
	struct server *s, enum line_transport transport, const char *peer, uint16_t port)
{
	struct connection *c = most_dispensable(s);
	const struct line *l = c != NULL ? c->vty : NULL;
	size_t crowd = l != NULL ? strangers_from(s, l->peer) : 0;

	/* Not for one of the crowd, nor from who is alone: then nobody would get to the end of a password. */
	if (crowd < 2 || crowd <= strangers_from(s, peer) || !l->configured || !l->exec)
		return false;
	if (!(transport == LINE_SSH ? l->transport_ssh : l->transport_telnet) ||
		!line_admits(s->opt.router, l, peer, port))
		return false;
	connection_destroy(c);
	return true;
}

void
connection_open(struct server *s, int fd, struct line *vty)
{
	struct connection *c = calloc(1, sizeof(*c));

	if (c == NULL) {
		close(fd);
		if (vty != NULL)
			line_release(vty);
		return;
	}
	if (vty != NULL)
		make_room(s);
	c->server = s;
	c->vty = vty;
	TAILQ_INSERT_TAIL(&s->connections, c, link);
	evutil_make_socket_nonblocking(fd);
	c->bev = bufferevent_socket_new(s->opt.base, fd, BEV_OPT_CLOSE_ON_FREE);
	if (c->bev == NULL)
		close(fd);
	c->output = evbuffer_new();
	c->caused = evbuffer_new();
	c->timer = evtimer_new(s->opt.base, on_silence, c);
	c->turn = evtimer_new(s->opt.base, on_turn, c);
	if (c->bev == NULL || c->output == NULL || c->caused == NULL || c->timer == NULL ||
		c->turn == NULL) {
		connection_destroy(c);
		return;
	}
	bufferevent_setcb(c->bev, on_read, on_drained, on_event, c);
	bufferevent_setwatermark(c->bev, EV_READ, 0, PROTO_MAX + PROTO_HEADER);
	bufferevent_enable(c->bev, EV_READ | EV_WRITE);
	if (vty != NULL && vty->transport == LINE_SSH && !request_greet(c)) {
		connection_destroy(c);
		return;
	}
	rearm(c);
}

/* Consoles see what goes to the console, `terminal monitor` what goes to monitors. */
static bool
wants_log(const struct connection *c, enum log_destination which)
{
	if (!c->started || c->ended)
		return false;
	if (session_kind(c->session) == SESSION_CONSOLE)
		return which == LOG_TO_CONSOLE;
	return which == LOG_TO_MONITOR && session_monitor(c->session);
}

static void
show_line(struct connection *c, const char *line)
{
	if (connection_unread(c) + evbuffer_get_length(c->caused) > OUTPUT_HIGH) {
		c->unseen++;
	} else if (c->serving && session_kind(c->session) != SESSION_BATCH) {
		connection_put_log(c, c->caused, line);
	} else {
		connection_flush_output(c); /* what was printed before comes before */
		connection_put_log(c, bufferevent_get_output(c->bev), line);
	}
}

void
connections_show_log(struct server *s, enum log_destination which, const char *line)
{
	struct connection *c;

	TAILQ_FOREACH(c, &s->connections, link)
	if (wants_log(c, which))
		show_line(c, line);
}

/* Somebody sits at it, and is logged in. */
static bool
is_terminal(const struct connection *c)
{
	return c->session != NULL && c->started && !c->ended &&
	       (session_kind(c->session) == SESSION_CONSOLE ||
		       session_kind(c->session) == SESSION_VTY);
}

void
connections_broadcast(struct server *s, const char *text)
{
	struct connection *c;

	TAILQ_FOREACH(c, &s->connections, link)
	if (is_terminal(c))
		show_line(c, text);
}

void
connections_destroy(struct server *s)
{
	struct connection *c;

	while ((c = TAILQ_FIRST(&s->connections)) != NULL)
		connection_destroy(c);
}
