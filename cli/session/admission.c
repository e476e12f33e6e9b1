/*
 * admission.c - an SSH login before its session starts: what its frames say, put to the session.
 *
 * The frames come from a process that speaks with a client nobody has let in yet, so they are taken
 * apart with distrust: a payload that is not of the form protocol.h gives ends the connection.  Whether
 * somebody may come in is session_authenticate()'s to say.  Control thread.
 */
#include <stdio.h>
#include <string.h>

#include "cli/session/protocol.h"
#include "cli/session/server_internal.h"
#include "cli/session/session.h"

static bool
method_of(char byte, enum auth_method *method)
{
	switch (byte) {
	case PROTO_PASSWORD:
		*method = AUTH_PASSWORD;
		return true;
	case PROTO_KEY_QUERY:
		*method = AUTH_KEY_QUERY;
		return true;
	case PROTO_KEY:
		*method = AUTH_KEY;
		return true;
	}
	return false;
}

int
admission_auth(struct session *s, const char *payload, size_t len)
{
	enum auth_method method;
	const char *user = payload + 1, *proof;
	size_t user_len;

	if (len < 2 || !method_of(payload[0], &method))
		return -1;
	user_len = strnlen(user, len - 1);
	if (user_len == len - 1)
		return -1; /* no proof */
	proof = user + user_len + 1;
	if (strlen(proof) != len - 1 - user_len - 1)
		return -1; /* the caller has put an end behind the payload: this one is another */
	return (int)session_authenticate(s, method, user, proof);
}

bool
admission_transport(struct router *r, struct line *l, const char *text)
{
	char cipher[LINE_ALGORITHM_MAX + 1], hmac[LINE_ALGORITHM_MAX + 1], rest;

	_Static_assert(LINE_ALGORITHM_MAX == 47, "the widths below");
	if (sscanf(text, "%47s %47s%c", cipher, hmac, &rest) != 2)
		return false;
	for (const char *p = text; *p != '\0'; p++)
		if (*p < ' ' || *p > '~')
			return false;
	ssh_line_transport(r, l, cipher, hmac);
	return true;
}
