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

#include "cli/session/protocol.h"
#include "cli/session/server_internal.h"
#include "cli/session/session.h"

enum {
	OUTPUT_CHUNK = 64 * 1024, /* of one OUTPUT frame */
	OUTPUT_HIGH = 256 * 1024, /* unread bytes that make a client slow */
	SOCKET_PATIENCE_S = 30,	  /* for a HELLO, and for BYE to be read */
};

struct connection {
	TAILQ_ENTRY(connection) link;
	struct server *server;
	struct bufferevent *bev;
	struct event *timer;	 /* how long the client may be silent */
	struct session *session; /* NULL until HELLO */
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
	session_prompt(s, r.prompt, sizeof(r.prompt));
	len = proto_ready_encode(&r, payload, sizeof(payload));
	send_frame(c, PROTO_READY, payload, len);
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
	(void)arg; /* finish_request() looks */
}

static void
rearm(struct connection *c)
{
	struct timeval tv = { .tv_sec = SOCKET_PATIENCE_S };

	if (c->session != NULL && !c->ended)
		tv.tv_sec = session_patience_s(c->session);
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

/*
 * Every request but RESIZE is answered here: READY, ASK or BYE.  When the router is about to reload
 * there is no prompt to come any more, and the connection's end is the answer.
 */
static void
finish_request(struct connection *c, int status)
{
	flush_output(c);
	if (session_closed(c->session)) {
		flush_caused(c);
		send_frame(c, PROTO_BYE, NULL, 0);
		c->ended = true;
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
	if (c->session != NULL)
		srv->sessions--;
	else if (c->vty != NULL)
		line_release(c->vty);
	session_destroy(c->session);
	if (c->timer != NULL)
		event_free(c->timer);
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

/* "KIND ROWS COLUMNS" makes the session. False when it is not that. */
static bool
hello(struct connection *c, const char *text)
{
	const struct server_options *opt = &c->server->opt;
	const struct session_ops ops = { on_output, on_ask, on_closed, c };
	enum session_kind kind = SESSION_VTY;
	struct line *line = c->vty;
	char word[16];
	int rows, columns;

	if (c->session != NULL || sscanf(text, "%15s %d %d", word, &rows, &columns) != 3)
		return false;
	if (line == NULL && strcmp(word, "batch") == 0) {
		kind = SESSION_BATCH;
	} else if (line == NULL && strcmp(word, "console") == 0) {
		kind = SESSION_CONSOLE;
		line = line_get(opt->router, LINE_CON, 0);
	} else if (line == NULL) {
		return false;
	}
	c->session = session_create(opt->router, opt->grammar, kind, line, &ops);
	if (c->session == NULL)
		return false;
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

/* Serves one request; false when it is not one. */
static bool
serve(struct connection *c, enum proto_type type, const char *text)
{
	int status = 0;

	if (type == PROTO_HELLO)
		return hello(c, text);
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
		session_interrupt(c->session);
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

/* Takes the first frame off the input: 1 served, 0 not there yet, -1 not legal. */
static int
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
		return 0;
	whole = proto_parse(header, SIZE_MAX, &type, &payload, &len);
	if (whole < 0)
		return -1;
	if (evbuffer_get_length(in) < (size_t)whole)
		return 0;
	text = malloc(len + 1);
	if (text == NULL)
		return -1;
	evbuffer_drain(in, PROTO_HEADER);
	evbuffer_remove(in, text, len);
	text[len] = '\0'; /* a NUL inside ends the text: none of ours has one */
	c->serving = true;
	ok = serve(c, type, text);
	c->serving = false;
	free(text);
	return ok ? 1 : -1;
}

/* Serves what has come, as long as the client reads what it is sent. */
static void
pump(struct connection *c)
{
	struct evbuffer *in = bufferevent_get_input(c->bev);

	tell_unseen(c);
	while (!c->ended && unread(c) <= OUTPUT_HIGH) {
		int served = take_frame(c, in);

		if (served == 0)
			return;
		if (served < 0) {
			connection_destroy(c);
			return;
		}
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
	if (c->session == NULL || c->ended) {
		connection_destroy(c);
		return;
	}
	session_timed_out(c->session);
	finish_request(c, 0);
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
	if (c->bev == NULL || c->output == NULL || c->caused == NULL || c->timer == NULL) {
		connection_destroy(c);
		return;
	}
	bufferevent_setcb(c->bev, on_read, on_drained, on_event, c);
	bufferevent_setwatermark(c->bev, EV_READ, 0, PROTO_MAX + PROTO_HEADER);
	bufferevent_enable(c->bev, EV_READ | EV_WRITE);
	rearm(c);
}

/* Consoles see what goes to the console, `terminal monitor` what goes to monitors. */
static bool
wants_log(const struct connection *c, enum log_destination which)
{
	if (c->session == NULL || c->ended)
		return false;
	if (session_kind(c->session) == SESSION_CONSOLE)
		return which == LOG_TO_CONSOLE;
	return which == LOG_TO_MONITOR && session_monitor(c->session);
}

static void
show_log(struct connection *c, enum log_destination which, const char *line)
{
	if (!wants_log(c, which))
		return;
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
	show_log(c, which, line);
}

void
connections_destroy(struct server *s)
{
	struct connection *c;

	while ((c = TAILQ_FIRST(&s->connections)) != NULL)
		connection_destroy(c);
}
