/*
 * replies.c - what a client of the control socket is sent: the answers, what was printed, log lines.
 *
 * Everything goes into the bufferevent's output, and waits there while the client does not read.
 * Control thread.
 */
#include <stdio.h>
#include <string.h>

#include <event2/buffer.h>
#include <event2/bufferevent.h>

#include "cli/session/connection.h"

enum { OUTPUT_CHUNK = 64 * 1024 }; /* of one OUTPUT frame */

void
connection_send(struct connection *c, enum proto_type type, const void *payload, size_t len)
{
	struct evbuffer *out = bufferevent_get_output(c->bev);
	uint8_t header[PROTO_HEADER];

	proto_header(header, type, len);
	evbuffer_add(out, header, sizeof(header));
	evbuffer_add(out, payload, len);
}

size_t
connection_unread(const struct connection *c)
{
	return evbuffer_get_length(bufferevent_get_output(c->bev));
}

void
connection_flush_output(struct connection *c)
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

void
connection_send_ready(struct connection *c, int status)
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
	connection_send(c, PROTO_READY, payload, len);
}

void
connection_send_bye(struct connection *c)
{
	static const char again[] = "return";

	connection_send(c, PROTO_BYE, again, session_returns(c->session) ? strlen(again) : 0);
	c->ended = true;
}

void
connection_send_ask(struct connection *c)
{
	const char *prompt = c->ask_prompt != NULL ? c->ask_prompt : "";
	uint8_t payload[256];
	size_t len = strnlen(prompt, sizeof(payload) - 1);

	payload[0] = (uint8_t)c->ask_kind;
	memcpy(payload + 1, prompt, len);
	connection_send(c, PROTO_ASK, payload, len + 1);
}

void
connection_put_log(struct connection *c, struct evbuffer *out, const char *text)
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

void
connection_tell_unseen(struct connection *c)
{
	char text[80];

	if (c->unseen == 0 || connection_unread(c) > 0)
		return;
	snprintf(text, sizeof(text), "%lu log messages were not shown here", c->unseen);
	c->unseen = 0;
	connection_put_log(c, bufferevent_get_output(c->bev), text);
}

void
connection_flush_caused(struct connection *c)
{
	evbuffer_add_buffer(bufferevent_get_output(c->bev), c->caused);
}
