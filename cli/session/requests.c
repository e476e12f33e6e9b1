/*
 * requests.c - what the requests of a client of the control socket do to its session.
 *
 * An SSH login has its session before HELLO: the login banner is the first thing it is sent (an empty
 * OUTPUT without one: the line is yours), then AUTH asks until somebody is let in (admission.c).
 *
 * Control thread.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <event2/buffer.h>
#include <event2/event.h>

#include "cli/session/connection.h"
#include "cli/session/file_transfer.h"

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

	/* Its own request: connection_finish_request() looks. Another's (`clear line`): it is told from the loop. */
	if (!c->serving)
		event_active(c->timer, EV_TIMEOUT, 0);
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
	connection_finish_request(c, 0);
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
	connection_send(c, PROTO_LINE, line, strlen(line));
}

/*
 * A command that this ends is owed its own answer; it comes first, so that what is said about the end
 * belongs to the interrupt: a client drops what the command itself still had to say.
 */
static void
interrupt(struct connection *c, bool of_line)
{
	if (session_working(c->session)) {
		event_del(c->turn);
		connection_flush_output(c);
		connection_send_ready(c, 0);
	}
	if (of_line)
		session_stop(c->session);
	else
		session_interrupt(c->session);
}

bool
request_may_serve(const struct connection *c, enum proto_type type)
{
	if (c->session == NULL || !session_working(c->session))
		return true;
	return type == PROTO_INTERRUPT || type == PROTO_RESIZE;
}

void
request_send_verdict(struct connection *c, enum auth_verdict verdict)
{
	const uint8_t byte = (uint8_t)verdict;

	connection_send(c, PROTO_VERDICT, &byte, 1);
	c->admitted = verdict == AUTH_ACCEPTED && !c->asked_key;
	c->ended = verdict == AUTH_CLOSE;
}

/* What an SSH login says before HELLO. A verdict that takes its time is sent by on_turn(). */
static bool
admission(struct connection *c, enum proto_type type, const char *text, size_t len)
{
	int rc;

	if (type == PROTO_TRANSPORT) /* once: each is logged */
		return c->vty->cipher[0] == '\0' &&
		       admission_transport(c->server->opt.router, c->vty, text);
	if (type != PROTO_AUTH || c->admitted)
		return false;
	rc = admission_auth(c->session, text, len);
	if (rc < 0)
		return false;
	c->asked_key = text[0] == PROTO_KEY_QUERY;
	if (rc == AUTH_WAIT)
		connection_await_turn(c);
	else
		request_send_verdict(c, (enum auth_verdict)rc);
	return true;
}

static void
send_to_client(void *arg, enum proto_type type, const void *payload, size_t len)
{
	connection_send(arg, type, payload, len);
}

bool
request_serve(struct connection *c, enum proto_type type, const char *text, size_t len)
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
	case PROTO_FILE_WRITE:
	case PROTO_FILE_DATA:
	case PROTO_FILE_WHOLE:
	case PROTO_FILE_READ:
	case PROTO_FILE_NEXT:
		status = file_transfer_serve(
			&c->transfer, c->session, type, text, len, send_to_client, c);
		break;
	default: /* only the server says the others */
		return false;
	}
	connection_finish_request(c, status);
	return true;
}

bool
request_greet(struct connection *c)
{
	if (!make_session(c, SESSION_VTY, c->vty))
		return false;
	session_greet(c->session);
	if (evbuffer_get_length(c->output) == 0)
		connection_send(c, PROTO_OUTPUT, "", 0);
	connection_flush_output(c);
	return true;
}
