/*
 * login.c - who are you: the dialog a line asks for before EXEC.
 *
 * `no login` (the console's default) goes straight in, `login` wants the line's password, `login
 * local` a user and a secret.  Three wrong answers end the session; a blank user name only asks
 * again, because robots send empty lines while they wait.  An unconfigured vty refuses, as IOS
 * does. Texts: Cisco IOS 12.4/15.x.
 */
#include "cli/session/internal.h"

#include <stdio.h>
#include <string.h>

enum { LOGIN_TRIES = 3 };

static const char ask_user[] = "Username: ";
static const char ask_password[] = "Password: ";

static void put_question(struct session *s);

/* The level is the user's where it was given one, else the line's. */
static void
succeed(struct session *s, const struct aaa_user *u)
{
	int level = u != NULL && u->privilege != 1 ? u->privilege : s->line->privilege;

	s->logging_in = false;
	if (s->owns_line)
		snprintf(s->line->user, sizeof(s->line->user), "%s", s->user);
	session_set_privilege(s, level);
}

/* Counts a try; after the last, the session says so and ends. */
static void
fail(struct session *s, const char *each_time, const char *at_last)
{
	session_print(s, each_time);
	s->user[0] = '\0';
	if (++s->tries < LOGIN_TRIES) {
		put_question(s);
		return;
	}
	session_print(s, at_last);
	session_close(s);
}

static void
line_password_typed(struct session *s, const char *answer, void *arg)
{
	struct aaa_secret secret = {
		.set = s->line->password[0] != '\0',
		.reversible = true,
		.type = s->line->password_type,
	};

	(void)arg;
	snprintf(secret.text, sizeof(secret.text), "%s", s->line->password);
	if (aaa_secret_verify(&secret, answer))
		succeed(s, NULL);
	else
		fail(s, "", "% Bad passwords\n");
}

static void
user_password_typed(struct session *s, const char *answer, void *arg)
{
	const struct aaa_user *u = aaa_user_find(s->router, s->user);

	(void)arg;
	if (u != NULL && aaa_secret_verify(&u->secret, answer))
		succeed(s, u);
	else
		fail(s, "% Login invalid\n\n", "");
}

static void
user_typed(struct session *s, const char *answer, void *arg)
{
	(void)arg;
	snprintf(s->user, sizeof(s->user), "%s", answer);
	if (s->user[0] == '\0')
		session_ask(s, ASK_LINE, ask_user, user_typed, NULL);
	else
		session_ask(s, ASK_SECRET, ask_password, user_password_typed, NULL);
}

static void
put_question(struct session *s)
{
	if (s->line->login == LOGIN_LOCAL)
		session_ask(s, ASK_LINE, ask_user, user_typed, NULL);
	else
		session_ask(s, ASK_SECRET, ask_password, line_password_typed, NULL);
}

void
login_start(struct session *s)
{
	if (s->line->login == LOGIN_NONE) {
		succeed(s, NULL);
		return;
	}
	s->logging_in = true;
	if (s->line->login == LOGIN_PASSWORD && s->line->password[0] == '\0') {
		session_print(s, "\n\nPassword required, but none set\n");
		session_close(s);
		return;
	}
	session_print(s, "\n\nUser Access Verification\n\n");
	put_question(s);
}

void
login_timed_out(struct session *s)
{
	bool user = s->question.answered == user_typed;

	session_printf(s, "\n%% %s timeout expired!\n", user ? ask_user : ask_password);
	fail(s, "", "% Bad passwords\n");
}
