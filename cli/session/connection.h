/*
 * connection.h - one client of the control socket, as the files that serve it share it.
 *
 * connection.c is its life and what comes in, requests.c what a request does, replies.c what goes out.
 */
#ifndef CLI_CONNECTION_H
#define CLI_CONNECTION_H

#include "cli/session/protocol.h"
#include "cli/session/server_internal.h"
#include "cli/session/session.h"

struct bufferevent;
struct evbuffer;
struct file_transfer;

enum { OUTPUT_HIGH = 256 * 1024 };	/* unread bytes that make a client slow */

struct connection {
	TAILQ_ENTRY(connection) link;
	struct server *server;
	struct bufferevent *bev;
	struct event *timer;		/* how long the client may be silent */
	struct event *turn;		/* when the running command goes on (session_work) */
	struct session *session;	/* NULL until HELLO, but over SSH */
	bool started;			/* HELLO has come */
	bool admitted;			/* SSH: AUTH was accepted */
	bool asked_key;			/* ... the AUTH being answered only asks */
	struct line *vty;		/* the session is on this vty, whatever its HELLO says */
	bool serving;			/* a request is running */
	struct file_transfer *transfer; /* NULL: none yet */
	struct evbuffer *output;	/* printed by the running request */
	struct evbuffer *caused;	/* log lines of the running request, as frames */
	enum ask_kind ask_kind;
	char *ask_prompt;
	bool ended;	      /* BYE is sent: close when it is out */
	unsigned long unseen; /* log lines dropped since the last one shown */
};

/* ---- connection.c ---- */

/*
 * Every request but RESIZE is answered here: READY, ASK or BYE.  When the router is about to reload
 * there is no prompt to come any more, and the connection's end is the answer.  A command that goes on
 * is answered when it has ended.
 */
void connection_finish_request(struct connection *c, int status);
/* The running command's next turn; a client that does not read what it printed makes it wait. */
void connection_await_turn(struct connection *c);

/* ---- requests.c ---- */

/* While a command goes on, only some requests are taken; the others wait. */
bool request_may_serve(const struct connection *c, enum proto_type type);
/* Serves one request, whose text a NUL follows; false when it is not one. */
bool request_serve(struct connection *c, enum proto_type type, const char *text, size_t len);
/* Answers AUTH. After AUTH_CLOSE only the verdict goes out. */
void request_send_verdict(struct connection *c, enum auth_verdict verdict);
/* An SSH login: its session, and the banner it is shown before it says who it is. */
bool request_greet(struct connection *c);

/* ---- replies.c ---- */

void connection_send(struct connection *c, enum proto_type type, const void *payload, size_t len);
/* Bytes on their way to the client. */
size_t connection_unread(const struct connection *c);
/* What was printed goes out, in frames of a size that pages well; nothing is copied. */
void connection_flush_output(struct connection *c);
/* The log lines that the running request caused go out. */
void connection_flush_caused(struct connection *c);
void connection_send_ready(struct connection *c, int status);
void connection_send_ask(struct connection *c);
/* The last frame. */
void connection_send_bye(struct connection *c);
/* Adds a log line to `out`; whether the line being typed is drawn again under it is decided now. */
void connection_put_log(struct connection *c, struct evbuffer *out, const char *text);
/* Tells of log lines that a slow client has missed, once it reads again. */
void connection_tell_unseen(struct connection *c);

#endif
