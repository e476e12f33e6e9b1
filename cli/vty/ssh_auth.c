/*
 * ssh_auth.c - who may come in: what the client proves, put to the router.
 *
 * The router is asked with a frame and answers with a verdict, and only that counts.  This process knows
 * neither users nor secrets; what libssh verifies here is the signature that proves a key, and a router
 * told that it did would believe it.  Waiting for the verdict blocks: nothing else is to be done for
 * this client, and the router may take its time on purpose.
 *
 * Passwords come by either of two methods; both mean the same.  The banner goes out before the first
 * answer to the first method tried, and a client that shows it, shows it before it asks for a password.
 */
#include <stdlib.h>
#include <string.h>

#include "cli/session/session.h"
#include "cli/vty/ssh.h"

enum { AUTH_FRAME_MAX = 16 * 1024 };

/* Lines end CR LF on the wire (RFC 4252, section 5.4). NULL without memory. */
static ssh_string
auth_banner_text(const char *banner)
{
	char *text = malloc(2 * strlen(banner) + 1), *end = text;
	ssh_string string;

	if (text == NULL)
		return NULL;
	for (; *banner != '\0'; banner++) {
		if (*banner == '\n')
			*end++ = '\r';
		*end++ = *banner;
	}
	*end = '\0';
	string = ssh_string_from_char(text);
	free(text);
	return string;
}

static void
auth_show_banner(struct ssh_login *l)
{
	ssh_string text;

	if (l->banner == NULL)
		return;
	text = auth_banner_text(l->banner);
	if (text != NULL) {
		ssh_send_issue_banner(l->ssh, text);
		ssh_string_free(text);
	}
	free(l->banner);
	l->banner = NULL;
}

/* The router's answer to the question just put. */
static enum auth_verdict
auth_await(struct ssh_login *l)
{
	enum proto_type type;
	const uint8_t *payload;
	size_t len;

	while (!l->router.gone) {
		while (wire_next(&l->router, &type, &payload, &len)) {
			if (type == PROTO_VERDICT && len == 1 && payload[0] <= AUTH_CLOSE)
				return (enum auth_verdict)payload[0];
		}
		if (!l->router.gone)
			wire_fill(&l->router);
	}
	return AUTH_CLOSE;
}

/* "USER\0PROOF" to the router. */
static enum auth_verdict
auth_ask(struct ssh_login *l, enum proto_method method, const char *user, const char *proof)
{
	size_t user_len = strlen(user) + 1, proof_len = strlen(proof);
	char *frame;
	enum auth_verdict verdict;

	if (l->over || user_len + proof_len > AUTH_FRAME_MAX)
		return AUTH_REFUSED;
	frame = malloc(1 + user_len + proof_len);
	if (frame == NULL)
		return AUTH_REFUSED;
	frame[0] = (char)method;
	memcpy(frame + 1, user, user_len);
	memcpy(frame + 1 + user_len, proof, proof_len);
	wire_send(&l->router, PROTO_AUTH, frame, 1 + user_len + proof_len);
	explicit_bzero(frame, 1 + user_len + proof_len);
	free(frame);
	verdict = auth_await(l);
	if (verdict == AUTH_CLOSE)
		l->over = true;
	if (verdict == AUTH_ACCEPTED && method != PROTO_KEY_QUERY)
		l->admitted = true;
	return verdict;
}

static int
auth_on_password(ssh_session ssh, const char *user, const char *password, void *arg)
{
	struct ssh_login *l = arg;

	(void)ssh;
	auth_show_banner(l);
	return auth_ask(l, PROTO_PASSWORD, user, password) == AUTH_ACCEPTED ? SSH_AUTH_SUCCESS
									    : SSH_AUTH_DENIED;
}

/* "TYPE BASE64", as in a file of keys. NULL when there is no such form. */
static char *
auth_key_text(ssh_key key)
{
	const char *type = ssh_key_type_to_char(ssh_key_type(key));
	char *base64 = NULL, *text = NULL;

	if (type == NULL || ssh_pki_export_pubkey_base64(key, &base64) != SSH_OK)
		return NULL;
	text = malloc(strlen(type) + 1 + strlen(base64) + 1);
	if (text != NULL)
		stpcpy(stpcpy(stpcpy(text, type), " "), base64);
	ssh_string_free_char(base64);
	return text;
}

/* A query first, as a rule; then the same key with a signature, which libssh has verified. */
static int
auth_on_key(ssh_session ssh, const char *user, struct ssh_key_struct *key, char state, void *arg)
{
	struct ssh_login *l = arg;
	enum auth_verdict verdict = AUTH_REFUSED;
	char *text;

	(void)ssh;
	auth_show_banner(l);
	if (state != SSH_PUBLICKEY_STATE_NONE && state != SSH_PUBLICKEY_STATE_VALID)
		return SSH_AUTH_DENIED;
	text = auth_key_text(key);
	if (text != NULL)
		verdict = auth_ask(l,
			state == SSH_PUBLICKEY_STATE_VALID ? PROTO_KEY : PROTO_KEY_QUERY, user,
			text);
	free(text);
	return verdict == AUTH_ACCEPTED ? SSH_AUTH_SUCCESS : SSH_AUTH_DENIED;
}

/* The one question there is. */
static void
auth_ask_client(struct ssh_login *l, ssh_message msg)
{
	const char *prompts[] = { "Password: " };
	char echo[] = { 0 };
	const char *user = ssh_message_auth_user(msg);

	free(l->kbdint_user);
	l->kbdint_user = strdup(user != NULL ? user : "");
	ssh_message_auth_interactive_request(msg, "", "", 1, prompts, echo);
}

static void
auth_take_answer(struct ssh_login *l, ssh_message msg)
{
	const char *answer = NULL;
	enum auth_verdict verdict = AUTH_REFUSED;

	if (ssh_userauth_kbdint_getnanswers(l->ssh) == 1)
		answer = ssh_userauth_kbdint_getanswer(l->ssh, 0);
	if (answer != NULL && l->kbdint_user != NULL)
		verdict = auth_ask(l, PROTO_PASSWORD, l->kbdint_user, answer);
	if (verdict == AUTH_ACCEPTED)
		ssh_message_auth_reply_success(msg, 0);
	else
		ssh_message_reply_default(msg);
}

bool
ssh_auth_interactive(struct ssh_login *l, ssh_message msg)
{
	if (ssh_message_type(msg) != SSH_REQUEST_AUTH ||
		ssh_message_subtype(msg) != SSH_AUTH_METHOD_INTERACTIVE)
		return false;
	auth_show_banner(l);
	if (ssh_message_auth_kbdint_is_response(msg))
		auth_take_answer(l, msg);
	else
		auth_ask_client(l, msg);
	return true;
}

void
ssh_auth_none(struct ssh_login *l)
{
	auth_show_banner(l);
}

void
ssh_auth_init(struct ssh_login *l)
{
	l->server_callbacks.auth_password_function = auth_on_password;
	l->server_callbacks.auth_pubkey_function = auth_on_key;
	ssh_set_auth_methods(l->ssh,
		SSH_AUTH_METHOD_PUBLICKEY | SSH_AUTH_METHOD_INTERACTIVE | SSH_AUTH_METHOD_PASSWORD);
}
