/*
 * login_test.c - coming in: SSH's questions before a session, banners, late answers, `no exec`, timeouts
 * that end a session, and lines cleared under somebody.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <poll.h>
#include <string.h>

#include "tests/unit/rig.h"

#define KEY "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDV4aIyr6zoD5nN3TAK7q7zeo1XZPboAetgyohUT/5Zl"

static const char users[] = "username anna privilege 15 secret s3cret\n"
			    "username ben secret b0b\n"
			    "line vty 0 4\n login local\n";

/* A login on the lowest vty for this transport, its text in g->said. */
struct guest {
	struct rig *g;
	struct session *s;
	struct text said;
	enum ask_kind kind;
	bool closed;
};

static void
guest_output(void *arg, const char *text, size_t len)
{
	struct guest *v = arg;

	text_addf(&v->said, "%.*s", (int)len, text);
}

static void
guest_ask(void *arg, enum ask_kind kind, const char *prompt)
{
	struct guest *v = arg;

	v->kind = kind;
	text_addf(&v->said, "<%s>", prompt);
}

static void
guest_closed(void *arg)
{
	((struct guest *)arg)->closed = true;
}

static void
guest_come(struct guest *v, struct rig *g, enum line_transport transport)
{
	const struct session_ops ops = { guest_output, guest_ask, guest_closed, v };
	struct line *l = line_take_vty(g->router, transport);

	assert_non_null(l);
	strcpy(l->peer, "192.0.2.7");
	*v = (struct guest){ .g = g };
	text_add(&v->said, "");
	v->s = session_create(g->router, g->grammar, SESSION_VTY, l, &ops);
	assert_non_null(v->s);
}

static void
guest_leave(struct guest *v)
{
	session_destroy(v->s);
	text_fini(&v->said);
}

/* Waits, by the hands of the clock; returns how long it took. */
static uint64_t
guest_wait(struct guest *v)
{
	uint64_t before = v->g->mono_ms;

	while (session_working(v->s)) {
		rig_turn(v->g, session_work_wait_ms(v->s));
		session_work_turn(v->s);
	}
	return v->g->mono_ms - before;
}

static enum auth_verdict
guest_auth(struct guest *v, enum auth_method method, const char *user, const char *proof)
{
	enum auth_verdict verdict = session_authenticate(v->s, method, user, proof);

	if (verdict != AUTH_WAIT)
		return verdict;
	guest_wait(v);
	return session_verdict(v->s);
}

static void
test_ssh_password(void **state)
{
	struct rig *g = *state;
	struct guest v;

	rig_load(g, users);
	guest_come(&v, g, LINE_SSH);
	assert_int_equal(guest_auth(&v, AUTH_PASSWORD, "anna", "wrong"), AUTH_REFUSED);
	assert_int_equal(guest_auth(&v, AUTH_PASSWORD, "nobody", "s3cret"), AUTH_REFUSED);
	assert_int_equal(guest_auth(&v, AUTH_PASSWORD, "anna", "s3cret"), AUTH_ACCEPTED);
	session_start(v.s);
	assert_false(session_asking(v.s));
	assert_int_equal(session_privilege(v.s), 15);
	assert_string_equal(session_user(v.s), "anna");
	assert_string_equal(session_line(v.s)->user, "anna");
	guest_leave(&v);
	guest_come(&v, g, LINE_SSH);
	assert_int_equal(guest_auth(&v, AUTH_PASSWORD, "ben", "b0b"), AUTH_ACCEPTED);
	session_start(v.s);
	assert_int_equal(session_privilege(v.s), 1);
	guest_leave(&v);
}

static void
test_ssh_tries_are_counted(void **state)
{
	struct rig *g = *state;
	struct guest v;

	rig_load(g, users);
	rig_load(g, "ip ssh authentication-retries 2\n");
	guest_come(&v, g, LINE_SSH);
	assert_int_equal(session_authenticate(v.s, AUTH_PASSWORD, "anna", "x"), AUTH_WAIT);
	assert_int_equal(guest_wait(&v), LOGIN_DELAY_MS);
	assert_int_equal(session_verdict(v.s), AUTH_REFUSED);
	/* Asking for a key is no try. */
	assert_int_equal(guest_auth(&v, AUTH_KEY_QUERY, "anna", KEY), AUTH_REFUSED);
	rig_load(g, "login delay 3\n");
	assert_int_equal(session_authenticate(v.s, AUTH_PASSWORD, "anna", "x"), AUTH_WAIT);
	assert_int_equal(guest_wait(&v), 3000);
	assert_int_equal(session_verdict(v.s), AUTH_CLOSE);
	/* Too late. */
	assert_int_equal(guest_auth(&v, AUTH_PASSWORD, "anna", "s3cret"), AUTH_CLOSE);
	assert_int_equal(login_state(g->router).total, 2);
	guest_leave(&v);
}

static void
test_ssh_keys(void **state)
{
	struct rig *g = *state;
	struct guest v;

	rig_load(g, users);
	rig_load(g,
		"ip ssh pubkey-chain\n username anna\n  key-hash ssh-ed25519 "
		"FEC3D3A8DDA6F57FF310C53159417F6A\n username carl\n  key-string\n" KEY "\nexit\n");
	guest_come(&v, g, LINE_SSH);
	assert_int_equal(guest_auth(&v, AUTH_KEY_QUERY, "anna", KEY), AUTH_ACCEPTED);
	assert_int_equal(guest_auth(&v, AUTH_KEY_QUERY, "ben", KEY), AUTH_REFUSED);
	/* In the chain, but no user. */
	assert_int_equal(guest_auth(&v, AUTH_KEY, "carl", KEY), AUTH_REFUSED);
	assert_int_equal(guest_auth(&v, AUTH_KEY, "anna", KEY), AUTH_ACCEPTED);
	session_start(v.s);
	assert_int_equal(session_privilege(v.s), 15);
	guest_leave(&v);
	guest_come(&v, g, LINE_SSH);
	for (int i = 0; i < 64; i++)
		assert_int_equal(guest_auth(&v, AUTH_KEY_QUERY, "ben", KEY), AUTH_REFUSED);
	assert_int_equal(guest_auth(&v, AUTH_KEY_QUERY, "anna", KEY), AUTH_CLOSE);
	guest_leave(&v);
}

/* A line's own way of asking holds for SSH, too; but nobody comes in unasked. */
static void
test_ssh_and_the_line(void **state)
{
	struct rig *g = *state;
	struct guest v;

	guest_come(&v, g, LINE_SSH); /* `login`, no password */
	assert_int_equal(guest_auth(&v, AUTH_PASSWORD, "anna", ""), AUTH_CLOSE);
	guest_leave(&v);
	rig_load(g, "line vty 0 4\n no login\n password letmein\n");
	guest_come(&v, g, LINE_SSH);
	assert_int_equal(guest_auth(&v, AUTH_PASSWORD, "anna", "letmein"), AUTH_CLOSE);
	guest_leave(&v);
	rig_load(g, "line vty 0 4\n login\n privilege level 7\n");
	guest_come(&v, g, LINE_SSH);
	assert_int_equal(guest_auth(&v, AUTH_PASSWORD, "anna", "wrong"), AUTH_REFUSED);
	assert_int_equal(guest_auth(&v, AUTH_PASSWORD, "anna", "letmein"), AUTH_ACCEPTED);
	assert_int_equal(session_privilege(v.s), 7);
	guest_leave(&v);
	/* The line's password makes nobody a user, whatever name comes with it. */
	rig_load(g, "username anna privilege 15 secret s3cret\n");
	guest_come(&v, g, LINE_SSH);
	assert_int_equal(guest_auth(&v, AUTH_PASSWORD, "anna", "letmein"), AUTH_ACCEPTED);
	session_start(v.s);
	assert_int_equal(session_privilege(v.s), 7);
	guest_leave(&v);
	/* A session that was never let in does not begin. */
	guest_come(&v, g, LINE_SSH);
	session_start(v.s);
	assert_true(v.closed);
	guest_leave(&v);
}

/* A slow hash is a helper thread's work: the session waits, and goes on when it is done. */
static void
test_slow_hashes(void **state)
{
	struct rig *g = *state;
	int fd = work_open(g->router);
	struct pollfd p = { .fd = fd, .events = POLLIN };
	struct guest v;

	rig_load(g, "username dora algorithm-type scrypt secret slow\n"
		    "line vty 0 4\n login local\n");
	guest_come(&v, g, LINE_TELNET);
	session_start(v.s);
	session_answer(v.s, "dora");
	session_answer(v.s, "slow");
	assert_true(session_working(v.s));
	assert_false(session_asking(v.s));
	assert_int_equal(poll(&p, 1, 60000), 1);
	work_collect(g->router);
	guest_wait(&v);
	assert_string_equal(session_line(v.s)->user, "dora");
	guest_leave(&v);
	/* A session that goes while its check runs. */
	guest_come(&v, g, LINE_TELNET);
	session_start(v.s);
	session_answer(v.s, "dora");
	session_answer(v.s, "wrong");
	guest_leave(&v);
	assert_int_equal(poll(&p, 1, 60000), 1);
	work_collect(g->router);
}

static void
test_wrong_answers_come_late(void **state)
{
	struct rig *g = *state;
	struct guest v;

	rig_load(g, users);
	guest_come(&v, g, LINE_TELNET);
	session_start(v.s);
	for (int i = 0; i < 3; i++) {
		session_answer(v.s, "anna");
		session_answer(v.s, "wrong");
		assert_int_equal(guest_wait(&v), LOGIN_DELAY_MS);
	}
	assert_true(v.closed);
	assert_int_equal(login_state(g->router).total, 3);
	guest_leave(&v);
}

static void
test_banners(void **state)
{
	struct rig *g = *state;
	struct guest v;

	rig_load(g, users);
	rig_load(g, "hostname R1\nip domain name example.com\n"
		    "banner motd #Welcome to $(hostname).$(domain), line $(line)#\n"
		    "banner login ^C\nNo trespassing.\n\n! really\n^C\n"
		    "banner exec @Be nice@\n");
	guest_come(&v, g, LINE_TELNET);
	session_start(v.s);
	assert_string_equal(v.said.s,
		"Welcome to R1.example.com, line 2\n\nNo trespassing.\n\n! really\n"
		"\nUser Access Verification\n\n<Username: >");
	session_answer(v.s, "anna");
	session_answer(v.s, "s3cret");
	assert_non_null(strstr(v.said.s, "<Password: >Be nice\n"));
	guest_leave(&v);
	rig_load(g, "line vty 0 4\n no motd-banner\n no exec-banner\n");
	guest_come(&v, g, LINE_SSH);
	session_greet(v.s);
	assert_string_equal(v.said.s, "\nNo trespassing.\n\n! really\n");
	guest_auth(&v, AUTH_PASSWORD, "anna", "s3cret");
	session_start(v.s);
	assert_string_equal(v.said.s, "\nNo trespassing.\n\n! really\n");
	guest_leave(&v);
}

static void
test_absolute_timeout(void **state)
{
	struct rig *g = *state;
	struct guest v;

	rig_load(g, "line vty 0 4\n no login\n exec-timeout 0 0\n");
	guest_come(&v, g, LINE_TELNET);
	session_start(v.s);
	assert_int_equal(session_patience_s(v.s), 0);
	rig_load(g, "line vty 0 4\n absolute-timeout 2\n exec-timeout 1 0\n");
	assert_int_equal(session_patience_s(v.s), 60);
	rig_turn(g, 90000);
	assert_int_equal(session_patience_s(v.s), 30);
	rig_turn(g, 30000);
	session_timed_out(v.s);
	assert_true(v.closed);
	assert_string_equal(v.said.s, "\n*\n*\n* Line timeout expired\n*\n*\n");
	guest_leave(&v);
}

static void
test_clear_line(void **state)
{
	struct rig *g = *state;
	struct guest v;

	rig_load(g, users);
	guest_come(&v, g, LINE_TELNET);
	session_start(v.s);
	rig_says(g, "clear line 0", "% Not allowed to clear current line\n");
	rig_says(g, "clear line vty 0\nn", "<[confirm]>");
	assert_false(v.closed);
	rig_says(g, "clear line 2\n", "<[confirm]> [OK]\n");
	assert_true(v.closed);
	guest_leave(&v);
	rig_says(g, "clear line vty 0\n", "<[confirm]> [OK]\n"); /* nobody is there */
}

/* A name is a stranger's: in a log it is one line of text, and no more. */
static void
test_names_in_the_log(void **state)
{
	static const char name[] = "x\n*Mar  1 00:00:00: %SYS-5-FAKE: y\x1b[2J\xc2\x9b\x9b\xc3\xa9";
	struct rig *g = *state;
	struct guest v;
	const char *said;

	rig_load(g, users);
	rig_load(g, "ip ssh logging events\nlogin on-failure log\n");
	guest_come(&v, g, LINE_SSH);
	assert_int_equal(guest_auth(&v, AUTH_PASSWORD, name, "wrong"), AUTH_REFUSED);
	guest_leave(&v);
	said = rig_type(g, "show logging");
	assert_non_null(
		strstr(said, "User 'x*Mar  1 00:00:00: %SYS-5-FAKE: y[2J\xc3\xa9' authentication"));
	assert_non_null(strstr(said, "[user: x*Mar  1 00:00:00: %SYS-5-FAKE: y[2J\xc3\xa9]"));
	assert_null(strstr(said, "\n*Mar  1 00:00:00: %SYS-5-FAKE"));
	assert_null(strchr(said, '\x1b'));
	assert_null(strchr(said, '\x9b'));
}

/* Nobody's password is never right: not even somebody else's, and that takes as long as any other. */
static void
test_nobodys_password(void **state)
{
	struct rig *g = *state;
	struct guest v;

	rig_load(g, users);
	guest_come(&v, g, LINE_SSH);
	assert_int_equal(session_authenticate(v.s, AUTH_PASSWORD, "nobody", "s3cret"), AUTH_WAIT);
	assert_int_equal(guest_wait(&v), LOGIN_DELAY_MS);
	assert_int_equal(session_verdict(v.s), AUTH_REFUSED);
	guest_leave(&v);
}

static void
test_ssh_events(void **state)
{
	struct rig *g = *state;
	struct guest v;

	rig_load(g, users);
	rig_load(g, "ip ssh logging events\n");
	guest_come(&v, g, LINE_SSH);
	ssh_line_transport(g->router, session_line(v.s), "aes256-ctr", "hmac-sha2-256");
	guest_auth(&v, AUTH_PASSWORD, "ben", "b0b");
	session_start(v.s);
	rig_says(g, "show ssh",
		"Connection Version Mode Encryption  Hmac         State                 Username\n"
		"0          2.0     IN   aes256-ctr  hmac-sha2-256 Session started       ben\n"
		"0          2.0     OUT  aes256-ctr  hmac-sha2-256 Session started       ben\n"
		"%No SSHv1 server connections running.\n");
	guest_leave(&v);
	rig_says(g, "show ssh",
		"%No SSHv2 server connections running.\n%No SSHv1 server connections running.\n");
	assert_non_null(strstr(rig_type(g, "show logging"),
		"%SSH-5-SSH2_SESSION: SSH2 Session request from 192.0.2.7 (tty = 0) using crypto "
		"cipher 'aes256-ctr', hmac 'hmac-sha2-256' Succeeded\n"));
	assert_non_null(strstr(g->said.s,
		"%SSH-5-SSH2_USERAUTH: User 'ben' authentication for SSH2 Session from 192.0.2.7 "
		"(tty = 0) using crypto cipher 'aes256-ctr', hmac 'hmac-sha2-256' Succeeded\n"));
	assert_non_null(strstr(g->said.s,
		"%SSH-5-SSH2_CLOSE: SSH2 Session from 192.0.2.7 (tty = 0) for user 'ben' using "
		"crypto cipher 'aes256-ctr', hmac 'hmac-sha2-256' closed\n"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_RIG(test_ssh_password),
		WITH_RIG(test_ssh_tries_are_counted),
		WITH_RIG(test_ssh_keys),
		WITH_RIG(test_ssh_and_the_line),
		WITH_RIG(test_slow_hashes),
		WITH_RIG(test_wrong_answers_come_late),
		WITH_RIG(test_banners),
		WITH_RIG(test_absolute_timeout),
		WITH_RIG(test_clear_line),
		WITH_RIG(test_names_in_the_log),
		WITH_RIG(test_nobodys_password),
		WITH_RIG(test_ssh_events),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
