/*
 * authenticate.c - who comes in by SSH: passwords and public keys, asked before a session begins.
 *
 * The line says how, as for telnet: `login local` knows users by their secrets and by the keys of
 * `ip ssh pubkey-chain`; `login` takes the line's password, whoever says so.  A line without a password,
 * or with `no login`, lets nobody in: there is no SSH session without authentication.
 *
 * A wrong try is answered late and counts; after `ip ssh authentication-retries` of them the connection
 * ends.  Asking whether a key would be taken is no try, but is not for guessing either: after QUERIES_MOST
 * such questions the connection ends, too.
 */
#include "cli/session/internal.h"

#include <stdio.h>
#include <string.h>

enum { QUERIES_MOST = 64 };

static void
accept(struct session *s)
{
	s->verdict = AUTH_ACCEPTED;
	s->authenticated = true;
	ssh_line_authenticated(s->router, s->line, s->user, true);
	login_succeeded(s->router, s->line, s->user);
	login_succeed(s, s->line->login == LOGIN_LOCAL ? aaa_user_find(s->router, s->user) : NULL);
}

static void
refuse(struct session *s, enum login_fault why)
{
	unsigned most = ssh_settings(s->router)->retries;

	ssh_line_authenticated(s->router, s->line, s->user, false);
	login_failed(s->router, s->line, s->user, why);
	s->tries++;
	s->verdict = s->tries < (most > 0 ? most : 1) ? AUTH_REFUSED : AUTH_CLOSE;
}

static void
password_checked(struct session *s, bool right, void *arg)
{
	(void)arg;
	bool local = s->line->login == LOGIN_LOCAL;

	if (right && (!local || aaa_user_find(s->router, s->user) != NULL))
		accept(s);
	else
		refuse(s, LOGIN_BAD_PASSWORD);
}

static void
unknown_user_checked(struct session *s, bool right, void *arg)
{
	(void)right;
	(void)arg;
	refuse(s, LOGIN_BAD_USER);
}

static void
check_password(struct session *s, const char *typed)
{
	struct aaa_secret secret;

	if (s->line->login == LOGIN_LOCAL) {
		login_check_user(s, typed, password_checked, unknown_user_checked);
		return;
	}
	secret = line_secret(s->line);
	session_verify(s, &secret, typed, true, password_checked, NULL);
	explicit_bzero(&secret, sizeof(secret));
}

/* A user, and one of the chain's keys for it. */
static bool
key_is_known(struct session *s, const char *key)
{
	return s->line->login == LOGIN_LOCAL && aaa_user_find(s->router, s->user) != NULL &&
	       ssh_user_has_key(s->router, s->user, key);
}

/*
 * A name that fits nowhere is nobody's.  What cannot be printed is left out: where the line's password
 * is enough, whatever stands here will be the name of who configured the router.
 */
static void
keep_user(struct session *s, const char *user)
{
	snprintf(s->user, sizeof(s->user), "%s", strlen(user) < sizeof(s->user) ? user : "");
	logging_clean(s->user);
}

static bool
line_lets_in(const struct line *l)
{
	return l->exec &&
	       (l->login == LOGIN_LOCAL || (l->login == LOGIN_PASSWORD && l->password[0] != '\0'));
}

enum auth_verdict
session_authenticate(
	struct session *s, enum auth_method method, const char *user, const char *proof)
{
	if (s->verdict == AUTH_CLOSE || !line_lets_in(s->line))
		return AUTH_CLOSE;
	keep_user(s, user);
	s->verdict = AUTH_WAIT;
	switch (method) {
	case AUTH_PASSWORD:
		check_password(s, proof);
		break;
	case AUTH_KEY_QUERY:
		s->verdict = key_is_known(s, proof) ? AUTH_ACCEPTED : AUTH_REFUSED;
		if (++s->queries > QUERIES_MOST)
			s->verdict = AUTH_CLOSE;
		break;
	case AUTH_KEY:
		if (key_is_known(s, proof))
			accept(s);
		else
			refuse(s, LOGIN_BAD_USER);
		break;
	}
	return s->verdict;
}

enum auth_verdict
session_verdict(const struct session *s)
{
	return s->verdict;
}
