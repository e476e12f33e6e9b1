/*
 * login.c - who are you: the dialog a line asks for before EXEC, and its banners.
 *
 * `no login` (the console's default) goes straight in, `login` wants the line's password, `login
 * local` a user and a secret.  Three wrong answers end the session; a blank user name only asks
 * again, because robots send empty lines while they wait.  An unconfigured vty refuses, as IOS
 * does.  Who came by SSH has said who they are before (authenticate.c).
 *
 * Order: banner motd, banner login, a blank line, the dialog, banner exec, the prompt.  Texts: Cisco
 * IOS 12.4/15.x.
 */
#include "cli/session/internal.h"

#include <stdio.h>
#include <string.h>

enum { LOGIN_TRIES = 3 };

static const char ask_user[] = "Username: ";
static const char ask_password[] = "Password: ";

static void put_question(struct session *s);

void
login_succeed(struct session *s, const struct aaa_user *u)
{
	/* The level is the user's where it was given one, else the line's. */
	int level = u != NULL && u->privilege != 1 ? u->privilege : s->line->privilege;

	s->logging_in = false;
	if (s->owns_line)
		snprintf(s->line->user, sizeof(s->line->user), "%s", s->user);
	s->begun_ms = clock_mono_ms(router_clock(s->router));
	session_set_privilege(s, level);
}

static void
enter(struct session *s, const struct aaa_user *u)
{
	/* Over SSH the level was given with the proof: a name alone, on a line with a password, gives none. */
	if (!s->authenticated)
		login_succeed(s, u);
	if (!s->authenticated && s->line->login != LOGIN_NONE)
		login_succeeded(s->router, s->line, s->user);
	if (s->line->exec_banner)
		banner_print(s, BANNER_EXEC);
}

/* Counts a try; after the last, the session says so and ends. */
static void
fail(struct session *s, enum login_fault why, const char *each_time, const char *at_last)
{
	login_failed(s->router, s->line, s->user, why);
	session_print(s, each_time);
	s->user[0] = '\0';
	if (++s->tries < LOGIN_TRIES) {
		put_question(s);
		return;
	}
	session_print(s, at_last);
	session_close(s);
}

struct aaa_secret
line_secret(const struct line *l)
{
	struct aaa_secret secret = {
		.set = l->password[0] != '\0',
		.reversible = true,
		.type = l->password_type,
	};

	snprintf(secret.text, sizeof(secret.text), "%s", l->password);
	return secret;
}

static void
line_password_checked(struct session *s, bool right, void *arg)
{
	(void)arg;
	if (right)
		enter(s, NULL);
	else
		fail(s, LOGIN_BAD_PASSWORD, "", "% Bad passwords\n");
}

static void
line_password_typed(struct session *s, const char *answer, void *arg)
{
	struct aaa_secret secret = line_secret(s->line);

	(void)arg;
	session_verify(s, &secret, answer, true, line_password_checked, NULL);
	explicit_bzero(&secret, sizeof(secret));
}

/* The user may have been deleted, or have got another secret, while this was being checked. */
static void
user_password_checked(struct session *s, bool right, void *arg)
{
	(void)arg;
	const struct aaa_user *u = aaa_user_find(s->router, s->user);

	if (right && u != NULL)
		enter(s, u);
	else
		fail(s, u != NULL ? LOGIN_BAD_PASSWORD : LOGIN_BAD_USER, "% Login invalid\n\n", "");
}

static void
unknown_user_checked(struct session *s, bool right, void *arg)
{
	(void)right;
	(void)arg;
	fail(s, LOGIN_BAD_USER, "% Login invalid\n\n", "");
}

void
login_check_user(struct session *s, const char *typed,
	void (*known)(struct session *s, bool right, void *arg),
	void (*unknown)(struct session *s, bool right, void *arg))
{
	static const struct aaa_secret nobodys = { .set = false };
	const struct aaa_user *u = aaa_user_find(s->router, s->user);
	const struct aaa_secret *secret = u != NULL ? &u->secret : aaa_decoy(s->router);

	if (u != NULL)
		session_verify(s, secret, typed, true, known, NULL);
	else
		session_verify_nobody(s, secret != NULL ? secret : &nobodys, typed, unknown, NULL);
}

static void
user_password_typed(struct session *s, const char *answer, void *arg)
{
	(void)arg;
	login_check_user(s, answer, user_password_checked, unknown_user_checked);
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
	if (!s->line->exec || (s->line->transport == LINE_SSH && !s->authenticated)) {
		session_close(s);
		return;
	}
	if (s->line->motd_banner)
		banner_print(s, BANNER_MOTD);
	if (s->authenticated || s->line->login == LOGIN_NONE) {
		enter(s, NULL);
		return;
	}
	s->logging_in = true;
	banner_print(s, BANNER_LOGIN);
	if (s->line->login == LOGIN_PASSWORD && s->line->password[0] == '\0') {
		session_print(s, "\n\nPassword required, but none set\n");
		session_close(s);
		return;
	}
	session_print(s, s->banner_shown ? "\nUser Access Verification\n\n"
					 : "\n\nUser Access Verification\n\n");
	put_question(s);
}

void
login_timed_out(struct session *s)
{
	bool user = s->question.answered == user_typed;

	session_printf(s, "\n%% %s timeout expired!\n", user ? ask_user : ask_password);
	fail(s, LOGIN_TIMED_OUT, "", "% Bad passwords\n");
}
