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
 * An SSH login has its session before HELLO: the login banner is the first thing it is sent (an empty
 * OUTPUT without one: the line is yours), then AUTH asks until somebody is let in (admission.c).
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

#include "cli/session/protocol.h"
#include "cli/session/server_internal.h"
#include "cli/session/session.h"

enum {
	OUTPUT_CHUNK = 64 * 1024, /* of one OUTPUT frame */
	OUTPUT_HIGH = 256 * 1024, /* unread bytes that make a client slow */
	SOCKET_PATIENCE_S = 30,	  /* for a HELLO, and for BYE to be read */
	SLOW_TURN_MS = 100,	  /* how often to look whether a slow client reads again */
};

struct connection {
	TAILQ_ENTRY(connection) link;
	struct server *server;
	struct bufferevent *bev;
	struct event *timer;	 /* how long the client may be silent */
	struct event *turn;	 /* when the running command goes on (session_work) */
	struct session *session; /* NULL until HELLO, but over SSH */
	bool started;		 /* HELLO has come */
	bool admitted;		 /* SSH: AUTH was accepted */
	bool asked_key;		 /* ... the AUTH being answered only asks */
	struct line *vty;	 /* the session is on this vty, whatever its HELLO says */
	bool serving;		 /* a request is running */
	struct evbuffer *output; /* printed by the running request */
	struct evbuffer *caused; /* log lines of the running request, as frames */
	enum ask_kind ask_kind;
	char *ask_prompt;
	bool ended;	      /* BYE is sent: close when it is out */
	unsigned long unseen; /* log lines dropped since the last one shown */
};

/* ---- out ---- */

static void
send_frame(struct connection *c, enum proto_type type, const void *payload, size_t len)
{
	struct evbuffer *out = bufferevent_get_output(c->bev);
	uint8_t header[PROTO_HEADER];

	proto_header(header, type, len);
	evbuffer_add(out, header, sizeof(header));
	evbuffer_add(out, payload, len);
}

static size_t
unread(const struct connection *c)
{
	return evbuffer_get_length(bufferevent_get_output(c->bev));
}

/* What was printed goes out, in frames of a size that pages well; nothing is copied. */
static void
flush_output(struct connection *c)
{
	struct evbuffer *out = bufferevent_get_output(c->bev);
	size_t left;

	while ((left = evbuffer_get_length(c->output)) > 0) {
		size_t len = left < OUTPUT_CHUNK ? left : OUTPUT_CHUNK;
		uint8_t header[PROTO_HEADER];

		proto_header(header, PROTO_OUTPUT, len);
		evbuffer_add(out, header, sizeof(header));
		evbuffer_remove_buffer(c->output, out, len);
	}
}

static void
send_ready(struct connection *c, int status)
{
	struct session *s = c->session;
	struct proto_ready r = { .status = status != 0 };
	uint8_t payload[sizeof(r.prompt) + 16];
	size_t len;

	if (session_mode(s) != MODE_USER_EXEC)
		r.flags |= PROTO_READY_CONFIG;
	r.length = (unsigned)session_length(s);
	r.width = (unsigned)session_width(s);
	r.history = (unsigned)session_history_size(s);
	session_prompt(s, r.prompt, sizeof(r.prompt));
	len = proto_ready_encode(&r, payload, sizeof(payload));
	send_frame(c, PROTO_READY, payload, len);
}

static void
send_bye(struct connection *c)
{
	static const char again[] = "return";

	send_frame(c, PROTO_BYE, again, session_returns(c->session) ? strlen(again) : 0);
	c->ended = true;
}

static void
send_ask(struct connection *c)
{
	const char *prompt = c->ask_prompt != NULL ? c->ask_prompt : "";
	uint8_t payload[256];
	size_t len = strnlen(prompt, sizeof(payload) - 1);

	payload[0] = (uint8_t)c->ask_kind;
	memcpy(payload + 1, prompt, len);
	send_frame(c, PROTO_ASK, payload, len + 1);
}

/* Adds a log line to `out`; whether the line being typed is drawn again under it is decided now. */
static void
put_log(struct connection *c, struct evbuffer *out, const char *text)
{
	const struct line *line = session_line(c->session);
	uint8_t head[PROTO_HEADER + 1] = { 0 };
	size_t len = strlen(text);

	proto_header(head, PROTO_MONITOR, len + 1);
	if (line != NULL && line->logging_synchronous)
		head[PROTO_HEADER] = PROTO_MONITOR_SYNCHRONOUS;
	evbuffer_add(out, head, sizeof(head));
	evbuffer_add(out, text, len);
}

/* Tells of log lines that a slow client has missed, once it reads again. */
static void
tell_unseen(struct connection *c)
{
	char text[80];

	if (c->unseen == 0 || unread(c) > 0)
		return;
	snprintf(text, sizeof(text), "%lu log messages were not shown here", c->unseen);
	c->unseen = 0;
	put_log(c, bufferevent_get_output(c->bev), text);
}

/* ---- the session's side ---- */

static void
on_output(void *arg, const char *text, size_t len)
{
	struct connection *c = arg;

	evbuffer_add(c->output, text, len);
}

static void
on_ask(void *arg, enum ask_kind kind, const char *prompt)
{
	struct connection *c = arg;

	c->ask_kind = kind;
	free(c->ask_prompt);
	c->ask_prompt = strdup(prompt);
}

static void
on_closed(void *arg)
{
	struct connection *c = arg;

	/* Its own request: finish_request() looks. Another's (`clear line`): it is told from the loop. */
	if (!c->serving)
		event_active(c->timer, EV_TIMEOUT, 0);
}

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

static void
flush_caused(struct connection *c)
{
	evbuffer_add_buffer(bufferevent_get_output(c->bev), c->caused);
}

/* The running command's next turn; a client that does not read what it printed makes it wait. */
static void
await_turn(struct connection *c)
{
	uint64_t ms = session_work_wait_ms(c->session);
	struct timeval tv;

	if (unread(c) > OUTPUT_HIGH && ms < SLOW_TURN_MS)
		ms = SLOW_TURN_MS;
	tv = (struct timeval){ (time_t)(ms / 1000), (suseconds_t)(ms % 1000 * 1000) };
	event_add(c->turn, &tv);
}

/*
 * Every request but RESIZE is answered here: READY, ASK or BYE.  When the router is about to reload
 * there is no prompt to come any more, and the connection's end is the answer.  A command that goes on
 * is answered when it has ended.
 */
static void
finish_request(struct connection *c, int status)
{
	flush_output(c);
	if (session_working(c->session)) {
		flush_caused(c);
		event_del(c->timer);
		await_turn(c);
		return;
	}
	if (session_closed(c->session)) {
		flush_caused(c);
		send_bye(c);
	} else if (session_asking(c->session)) {
		send_ask(c);
	} else if (!router_reload_requested(c->server->opt.router)) {
		send_ready(c, status);
	}
	flush_caused(c);
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

/* ---- requests ---- */

static bool
make_session(struct connection *c, enum session_kind kind, struct line *line)
{
	const struct server_options *opt = &c->server->opt;
	const struct session_ops ops = { on_output, on_ask, on_closed, c };

	c->session = session_create(opt->router, opt->grammar, kind, line, &ops);
	return c->session != NULL;
}

/* The session that HELLO's first word asks for; a vty is one whatever it says. */
static bool
session_of_kind(struct connection *c, const char *word)
{
	if (c->vty != NULL)
		return make_session(c, SESSION_VTY, c->vty);
	if (strcmp(word, "batch") == 0)
		return make_session(c, SESSION_BATCH, NULL);
	if (strcmp(word, "console") == 0)
		return make_session(
			c, SESSION_CONSOLE, line_get(c->server->opt.router, LINE_CON, 0));
	return false;
}

/* Over SSH it is there, and may start when somebody was let in. */
static bool
admitted_session(struct connection *c, const char *word)
{
	if (!c->admitted)
		return false;
	if (strcmp(word, "exec") == 0)
		session_set_exec(c->session);
	return true;
}

/* "KIND ROWS COLUMNS" starts the session. False when it is not that. */
static bool
hello(struct connection *c, const char *text)
{
	char word[16];
	int rows, columns;

	if (c->started || sscanf(text, "%15s %d %d", word, &rows, &columns) != 3)
		return false;
	if (c->session != NULL ? !admitted_session(c, word) : !session_of_kind(c, word))
		return false;
	c->started = true;
	c->server->sessions++;
	session_set_window(c->session, rows, columns);
	session_start(c->session);
	finish_request(c, 0);
	return true;
}

static bool
resize(struct connection *c, const char *text)
{
	int rows, columns;

	if (sscanf(text, "%d %d", &rows, &columns) != 2)
		return false;
	session_set_window(c->session, rows, columns);
	return true;
}

static void
complete(struct connection *c, const char *text)
{
	char line[WORDS_MAX_LINE + ACL_NAME_MAX + 2];

	session_complete(c->session, text, line, sizeof(line));
	send_frame(c, PROTO_LINE, line, strlen(line));
}

/* A command that this ends is owed its own answer, before that to the interrupt. */
static void
interrupt(struct connection *c, bool of_line)
{
	bool working = session_working(c->session);

	if (of_line)
		session_stop(c->session);
	else
		session_interrupt(c->session);
	if (!working)
		return;
	event_del(c->turn);
	finish_request(c, 0);
}

/* While a command goes on, only these are taken; the others wait. */
static bool
may_serve(const struct connection *c, enum proto_type type)
{
	if (c->session == NULL || !session_working(c->session))
		return true;
	return type == PROTO_INTERRUPT || type == PROTO_RESIZE;
}

/* Answers AUTH. After AUTH_CLOSE only the verdict goes out. */
static void
send_verdict(struct connection *c, enum auth_verdict verdict)
{
	const uint8_t byte = (uint8_t)verdict;

	send_frame(c, PROTO_VERDICT, &byte, 1);
	c->admitted = verdict == AUTH_ACCEPTED && !c->asked_key;
	c->ended = verdict == AUTH_CLOSE;
}

/* What an SSH login says before HELLO. A verdict that takes its time is sent by on_turn(). */
static bool
admission(struct connection *c, enum proto_type type, const char *text, size_t len)
{
	int rc;

	if (type == PROTO_TRANSPORT)
		return admission_transport(c->server->opt.router, c->vty, text);
	if (type != PROTO_AUTH || c->admitted)
		return false;
	rc = admission_auth(c->session, text, len);
	if (rc < 0)
		return false;
	c->asked_key = text[0] == PROTO_KEY_QUERY;
	if (rc == AUTH_WAIT)
		await_turn(c);
	else
		send_verdict(c, (enum auth_verdict)rc);
	return true;
}

/* Serves one request; false when it is not one. */
static bool
serve(struct connection *c, enum proto_type type, const char *text, size_t len)
{
	int status = 0;

	if (type == PROTO_HELLO)
		return hello(c, text);
	if (c->session != NULL && !c->started)
		return admission(c, type, text, len);
	if (c->session == NULL)
		return false;
	switch (type) {
	case PROTO_RESIZE:
		return resize(c, text);
	case PROTO_EXECUTE:
		status = session_execute(c->session, text);
		break;
	case PROTO_HELP:
		session_help(c->session, text);
		break;
	case PROTO_COMPLETE:
		complete(c, text);
		break;
	case PROTO_ANSWER:
		session_answer(c->session, text);
		break;
	case PROTO_INTERRUPT:
		interrupt(c, *text != '\0');
		break;
	case PROTO_END:
		session_end_key(c->session, text);
		break;
	default: /* only the server says the others */
		return false;
	}
	finish_request(c, status);
	return true;
}

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
	if (!may_serve(c, type))
		return NOT_NOW;
	text = malloc(len + 1);
	if (text == NULL)
		return NOT_LEGAL;
	evbuffer_drain(in, PROTO_HEADER);
	evbuffer_remove(in, text, len);
	text[len] = '\0'; /* a NUL inside ends the text: but for AUTH's none of ours has one */
	c->serving = true;
	ok = serve(c, type, text, len);
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

	tell_unseen(c);
	while (!c->ended && unread(c) <= OUTPUT_HIGH) {
		enum taken taken = take_frame(c, in);

		if (taken == NOT_LEGAL)
			connection_destroy(c);
		else if (taken == NOT_NOW)
			bufferevent_disable(c->bev, EV_READ); /* until on_turn(), on_drained() */
		if (taken != TAKEN)
			return;
	}
	if (c->ended && unread(c) == 0)
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
	finish_request(c, 0);
}

static void
on_turn(evutil_socket_t fd, short what, void *arg)
{
	struct connection *c = arg;

	(void)fd;
	(void)what;
	if (unread(c) > OUTPUT_HIGH) {
		await_turn(c);
		return;
	}
	c->serving = true;
	session_work_turn(c->session);
	c->serving = false;
	if (c->started)
		finish_request(c, 0);
	else if (session_working(c->session))
		await_turn(c);
	else
		send_verdict(c, session_verdict(c->session));
	if (!session_working(c->session)) {
		bufferevent_enable(c->bev, EV_READ);
		pump(c); /* what waited */
	}
}

/* An SSH login: its session, and the banner it is shown before it says who it is. */
static bool
greet(struct connection *c)
{
	if (!make_session(c, SESSION_VTY, c->vty))
		return false;
	session_greet(c->session);
	if (evbuffer_get_length(c->output) == 0)
		send_frame(c, PROTO_OUTPUT, "", 0);
	flush_output(c);
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
	if (vty != NULL && vty->transport == LINE_SSH && !greet(c)) {
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
	if (unread(c) + evbuffer_get_length(c->caused) > OUTPUT_HIGH) {
		c->unseen++;
	} else if (c->serving && session_kind(c->session) != SESSION_BATCH) {
		put_log(c, c->caused, line);
	} else {
		flush_output(c); /* what was printed before comes before */
		put_log(c, bufferevent_get_output(c->bev), line);
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
	char *copy = strdup(text), *rest = copy, *line;
	struct connection *c;

	while (copy != NULL && (line = strsep(&rest, "\n")) != NULL)
		TAILQ_FOREACH(c, &s->connections, link)
	if (is_terminal(c))
		show_line(c, line);
	free(copy);
}

void
connections_destroy(struct server *s)
{
	struct connection *c;

	while ((c = TAILQ_FIRST(&s->connections)) != NULL)
		connection_destroy(c);
}
