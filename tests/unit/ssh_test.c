/*
 * ssh_test.c - acegate-vtyd over SSH, with a client of libssh's, against a router played by the test;
 * the acegate behind it is the real one.
 *
 * Holds T14 to T18 of what clients need, as far as they are not the router's: versions, algorithms,
 * methods, shells with and without a terminal, commands, refusals; that slow readers lose nothing and
 * cost nothing; and that nothing starts before somebody was let in.
 */
#include <errno.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <libssh/libssh.h>
#include <libssh/server.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "cli/session/session.h"
#include "tests/lib/fake_router.h"
#include "tests/lib/ssh_client.h"
#include "tests/lib/vtyd.h"

enum { SLOW_LINES = 200000, SLOW_LINE = 65, MODEST_KB = 4 * 1024 };

static struct vtyd vtyd;
static char keys[16384]; /* what the router tells SSH servers */
static char user_key[4096], user_key_public[256];
static const char *const good[] = { "s3same", NULL };

/* ---- keys, as the router makes them ---- */

static void
add_pem(char *text, size_t size, EVP_PKEY *key)
{
	BIO *bio = BIO_new(BIO_s_mem());
	char *pem;
	long n;

	assert_non_null(key);
	assert_int_equal(PEM_write_bio_PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL), 1);
	n = BIO_get_mem_data(bio, &pem);
	snprintf(text + strlen(text), size - strlen(text), "%.*s", (int)n, pem);
	BIO_free(bio);
	EVP_PKEY_free(key);
}

static void
make_keys(void)
{
	ssh_key key = NULL;
	char *base64 = NULL, *pem = NULL;

	snprintf(keys, sizeof(keys), "timeout 30\nretries 3\n");
	add_pem(keys, sizeof(keys), EVP_PKEY_Q_keygen(NULL, NULL, "RSA", (size_t)2048));
	add_pem(keys, sizeof(keys), EVP_PKEY_Q_keygen(NULL, NULL, "ED25519"));
	assert_int_equal(ssh_pki_generate(SSH_KEYTYPE_ED25519, 0, &key), SSH_OK);
	assert_int_equal(ssh_pki_export_pubkey_base64(key, &base64), SSH_OK);
	assert_int_equal(ssh_pki_export_privkey_base64(key, NULL, NULL, NULL, &pem), SSH_OK);
	snprintf(user_key_public, sizeof(user_key_public), "ssh-ed25519 %s", base64);
	snprintf(user_key, sizeof(user_key), "%s", pem);
	ssh_string_free_char(base64);
	ssh_string_free_char(pem);
	ssh_key_free(key);
}

static int
start(void **state)
{
	(void)state;
	if (keys[0] == '\0')
		make_keys();
	if (vtyd_start(&vtyd, "ssh") < 0)
		return -1;
	vtyd_tell_ssh(&vtyd, keys);
	return 0;
}

static int
stop(void **state)
{
	(void)state;
	return vtyd_stop(&vtyd);
}

/* ---- a login ---- */

struct login {
	struct fake f;
	struct ssh_client c;
	pid_t client;
};

static void
begin(struct login *l)
{
	l->c.port = ntohs(vtyd.address.sin_port);
	l->c.user = "anna";
	if (l->c.passwords == NULL)
		l->c.passwords = good;
	l->client = ssh_client_start(&l->c, &l->f.user);
	l->f.router = vtyd_take_any_login(&vtyd);
	fake_says(&l->f, PROTO_OUTPUT, ssh_client_banner != NULL ? "Nobody\ncomes in here.\n" : "");
	fake_hears(&l->f, PROTO_TRANSPORT, "aes256-gcm@openssh.com aead-gcm");
}

static void
asked(struct login *l, char method, const char *proof, enum auth_verdict verdict)
{
	char frame[512];
	int n = snprintf(frame, sizeof(frame), "%canna%c%s", method, 0, proof);
	uint8_t byte = (uint8_t)verdict;

	fake_hears_bytes(&l->f, PROTO_AUTH, frame, (size_t)n);
	fake_says_bytes(&l->f, PROTO_VERDICT, &byte, 1);
}

static void
admit(struct login *l)
{
	begin(l);
	asked(l, 'p', "s3same", AUTH_ACCEPTED);
}

static void
shell(struct login *l, const char *hello)
{
	admit(l);
	fake_hears(&l->f, PROTO_HELLO, hello);
	fake_ready(&l->f, "R1#", 24, 80, 0);
	fake_shows(&l->f, "R1#");
}

static void
ends(struct login *l, int status)
{
	assert_int_equal(ssh_client_wait(l->client), status);
	close(l->f.user);
	close(l->f.router);
}

static void
log_out(struct login *l)
{
	fake_types(&l->f, "exit\r");
	fake_shows(&l->f, "exit\r\n");
	fake_hears(&l->f, PROTO_EXECUTE, "exit");
	fake_says(&l->f, PROTO_BYE, "");
	fake_hears_end(&l->f);
	fake_shows_end(&l->f);
	ends(l, 0);
}

/* ---- authentication ---- */

static void
test_version(void **state)
{
	static const char version[] = "SSH-2.0-Cisco-1.25\r\n";
	struct fake f = { .user = vtyd_dial(&vtyd) };

	(void)state;
	f.router = vtyd_take_any_login(&vtyd);
	fake_says(&f, PROTO_OUTPUT, "");
	fake_shows(&f, version);
	close(f.user);
	fake_hears_end(&f); /* a client that goes takes nothing with it */
	close(f.router);
}

static void
test_password(void **state)
{
	static struct login l;

	(void)state;
	l.c = (struct ssh_client){ .terminal = true, .rows = 40, .columns = 132 };
	shell(&l, "vty 40 132");
	fake_types(&l.f, "show clock\r");
	fake_shows(&l.f, "show clock\r\n");
	fake_hears(&l.f, PROTO_EXECUTE, "show clock");
	fake_says(&l.f, PROTO_OUTPUT, "noon\n");
	fake_ready(&l.f, "R1#", 40, 132, 0);
	fake_shows(&l.f, "noon\r\nR1#");
	log_out(&l);
}

static void
test_interactive(void **state)
{
	static const char *const passwords[] = { "wrong", "s3same", NULL };
	static struct login l;

	(void)state;
	l.c = (struct ssh_client){ .method = CLIENT_INTERACTIVE, .passwords = passwords };
	begin(&l);
	asked(&l, 'p', "wrong", AUTH_REFUSED);
	asked(&l, 'p', "s3same", AUTH_ACCEPTED);
	fake_hears(&l.f, PROTO_HELLO, "vty 24 80");
	fake_ready(&l.f, "R1#", 24, 80, 0);
	fake_shows(&l.f, "R1#");
	log_out(&l);
}

static void
test_key(void **state)
{
	static struct login l;

	(void)state;
	l.c = (struct ssh_client){ .method = CLIENT_KEY, .key = user_key };
	begin(&l);
	asked(&l, 'q', user_key_public, AUTH_ACCEPTED);
	/* The query lets nobody in: only now the session may start. */
	asked(&l, 'k', user_key_public, AUTH_ACCEPTED);
	fake_hears(&l.f, PROTO_HELLO, "vty 24 80");
	fake_ready(&l.f, "R1#", 24, 80, 0);
	fake_shows(&l.f, "R1#");
	log_out(&l);
}

static void
test_refused(void **state)
{
	static const char *const passwords[] = { "a", "b", "c", "d", NULL };
	static struct login l, m;

	(void)state;
	l.c = (struct ssh_client){ .passwords = passwords };
	begin(&l);
	asked(&l, 'p', "a", AUTH_REFUSED);
	asked(&l, 'p', "b", AUTH_REFUSED);
	asked(&l, 'p', "c", AUTH_CLOSE);
	fake_hears_end(&l.f);
	ends(&l, CLIENT_CUT_OFF);
	m.c = (struct ssh_client){ .method = CLIENT_KEY, .key = user_key };
	begin(&m);
	asked(&m, 'q', user_key_public, AUTH_REFUSED);
	fake_hears_end(&m.f);
	ends(&m, CLIENT_REFUSED);
}

static void
test_banner(void **state)
{
	static struct login l;

	(void)state;
	ssh_client_banner = "Nobody\r\ncomes in here.\r\n";
	l.c = (struct ssh_client){ .method = CLIENT_INTERACTIVE };
	shell(&l, "vty 24 80");
	log_out(&l);
	ssh_client_banner = NULL;
}

static void
test_host_keys(void **state)
{
	static const char *const algorithms[] = { "rsa-sha2-256", "rsa-sha2-512", "ssh-ed25519" };
	static struct login l;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		l = (struct login){ .c.host_key = algorithms[i] };
		shell(&l, "vty 24 80");
		log_out(&l);
	}
}

/* No line is free, or there are no host keys: a reset, and not a byte before it. */
static void
test_turned_away(void **state)
{
	struct pollfd p = { .events = POLLIN };
	char byte;

	(void)state;
	for (int i = 0; i < 2; i++) {
		if (i == 1)
			vtyd_tell_ssh(&vtyd, "");
		p.fd = vtyd_dial(&vtyd);
		if (i == 0)
			close(vtyd_take_any_login(&vtyd));
		assert_int_equal(poll(&p, 1, FAKE_PATIENCE_MS), 1);
		assert_int_equal(read(p.fd, &byte, 1), -1);
		assert_int_equal(errno, ECONNRESET);
		close(p.fd);
	}
	vtyd_tell_ssh(&vtyd, keys);
}

/* The router closes while the client thinks: so does the connection. */
static void
test_router_gives_up(void **state)
{
	struct fake f = { .user = vtyd_dial(&vtyd) };
	char text[4096];
	ssize_t n;

	(void)state;
	f.router = vtyd_take_any_login(&vtyd);
	fake_says(&f, PROTO_OUTPUT, "");
	fake_shows(&f, "SSH-2.0-Cisco-1.25\r\n");
	close(f.router);
	do
		n = read(f.user, text, sizeof(text));
	while (n > 0);
	close(f.user);
}

/* ---- sessions ---- */

static void
test_window(void **state)
{
	static struct login l;

	(void)state;
	l.c = (struct ssh_client){ .terminal = true };
	shell(&l, "vty 24 80"); /* 0 x 0 is not known */
	ssh_client_resize(l.client);
	fake_hears(&l.f, PROTO_RESIZE, "60 140");
	fake_hears(&l.f, PROTO_COMPLETE, "");
	fake_says(&l.f, PROTO_LINE, "");
	fake_ready(&l.f, "R1#", 60, 140, 0);
	log_out(&l);
}

/* `printf 'show clock\n' | ssh -T`: what was typed is done, however long it takes, and then it ends. */
static void
test_end_of_input(void **state)
{
	static struct login l;

	(void)state;
	l.c = (struct ssh_client){ 0 };
	shell(&l, "vty 24 80");
	fake_types(&l.f, "show clock\nping\n");
	shutdown(l.f.user, SHUT_WR);
	fake_hears(&l.f, PROTO_EXECUTE, "show clock");
	fake_says(&l.f, PROTO_OUTPUT, "noon\n");
	fake_ready(&l.f, "R1#", 24, 80, 0);
	fake_hears(&l.f, PROTO_EXECUTE, "ping");
	poll(NULL, 0, 500); /* a command that takes longer than the end of input is waited for */
	fake_says(&l.f, PROTO_OUTPUT, ".....\n");
	fake_ready(&l.f, "R1#", 24, 80, 0);
	fake_hears_end(&l.f);
	fake_shows(&l.f, "show clock\r\nnoon\r\nR1#ping\r\n.....\r\nR1#\r\n");
	fake_shows_end(&l.f);
	ends(&l, 0);
}

static void
test_command(void **state)
{
	static struct login l;

	(void)state;
	l.c = (struct ssh_client){ .command = "show access-lists", .terminal = true };
	admit(&l);
	fake_hears(&l.f, PROTO_HELLO, "exec 0 0");
	fake_ready(&l.f, "R1#", 24, 80, 0);
	fake_hears(&l.f, PROTO_EXECUTE, "show access-lists");
	fake_says(&l.f, PROTO_OUTPUT, "Extended IP access list A\n    10 permit ip any any\n");
	fake_ready(&l.f, "R1#", 24, 80, 0);
	fake_hears_end(&l.f);
	fake_shows(&l.f, "Extended IP access list A\r\n    10 permit ip any any\r\n");
	fake_shows_end(&l.f);
	ends(&l, 0);
	/* A refused one was run, too. */
	l = (struct login){ .c.command = "show foo" };
	admit(&l);
	fake_hears(&l.f, PROTO_HELLO, "exec 0 0");
	fake_ready(&l.f, "R1#", 24, 80, 0);
	fake_hears(&l.f, PROTO_EXECUTE, "show foo");
	fake_says(&l.f, PROTO_OUTPUT, "% Invalid input\n\n");
	proto_send(l.f.router, PROTO_READY, "\1\0\0\0\0\0\0\0R1#", 11);
	fake_shows(&l.f, "% Invalid input\r\n\r\n");
	fake_shows_end(&l.f);
	ends(&l, 0);
	/* One that the router did not answer is none. */
	l = (struct login){ .c.command = "reload" };
	admit(&l);
	fake_hears(&l.f, PROTO_HELLO, "exec 0 0");
	close(l.f.router);
	fake_shows_end(&l.f);
	assert_int_equal(ssh_client_wait(l.client), 1);
	close(l.f.user);
}

/* Everything else a client may ask for: refused, and the session goes on. */
static void
ask_for_more(void *session, void *channel)
{
	ssh_channel other = ssh_channel_new(session), forward = ssh_channel_new(session);
	int port = 0;

	if (ssh_channel_request_env(channel, "LANG", "C") == SSH_OK ||
		ssh_channel_request_subsystem(channel, "sftp") == SSH_OK ||
		ssh_channel_request_x11(channel, 0, NULL, NULL, 0) == SSH_OK ||
		ssh_channel_request_auth_agent(channel) != SSH_OK || /* is not answered */
		ssh_channel_open_session(other) == SSH_OK ||
		ssh_channel_open_forward(forward, "127.0.0.1", 1, "127.0.0.1", 1) == SSH_OK ||
		ssh_channel_listen_forward(session, NULL, 0, &port) == SSH_OK)
		_exit(CLIENT_WRONG);
	if (ssh_send_ignore(session, "nothing") != SSH_OK || ssh_send_keepalive(session) != SSH_OK)
		_exit(CLIENT_WRONG);
}

static void
test_refusals(void **state)
{
	static struct login l;

	(void)state;
	l.c = (struct ssh_client){
		.terminal = true, .rows = 24, .columns = 80, .extra = ask_for_more
	};
	shell(&l, "vty 24 80");
	log_out(&l);
}

static unsigned
memory_kb(pid_t pid)
{
	char path[64], line[256];
	unsigned kb = 0;
	FILE *status;

	snprintf(path, sizeof(path), "/proc/%d/status", pid);
	status = fopen(path, "r");
	assert_non_null(status);
	while (fgets(line, sizeof(line), status) != NULL)
		sscanf(line, "VmHWM: %u", &kb);
	fclose(status);
	return kb;
}

/* 13 MB for a client that reads nothing until all that can be sent was sent: all of it comes, in the
 * end, and meanwhile it is nowhere but with the router. */
static void
test_slow_reader(void **state)
{
	static struct login l;
	static char block[SLOW_LINE * 1000 + 1];
	char line[SLOW_LINE + 2];
	unsigned before;
	pid_t router;

	(void)state;
	l.c = (struct ssh_client){ .command = "show" };
	admit(&l);
	fake_hears(&l.f, PROTO_HELLO, "exec 0 0");
	fake_ready(&l.f, "R1#", 24, 80, 0);
	fake_hears(&l.f, PROTO_EXECUTE, "show");
	before = memory_kb(vtyd_child_of(vtyd.pid));
	router = fork();
	if (router == 0) {
		for (int i = 0; i < SLOW_LINES / 1000; i++) {
			for (int k = 0; k < 1000; k++)
				sprintf(block + k * SLOW_LINE, "%0*d%s", SLOW_LINE - 1,
					i * 1000 + k, "\n");
			fake_says_bytes(&l.f, PROTO_OUTPUT, block, sizeof(block) - 1);
		}
		fake_ready(&l.f, "R1#", 24, 80, 0);
		_exit(0);
	}
	for (int i = 0; i < SLOW_LINES; i++) {
		sprintf(line, "%0*d\r\n", SLOW_LINE - 1, i);
		fake_shows(&l.f, line);
		if (i == 1000) { /* it can only have been held up by now */
			assert_int_equal(waitpid(router, NULL, WNOHANG), 0);
			assert_true(memory_kb(vtyd_child_of(vtyd.pid)) - before < MODEST_KB);
		}
	}
	waitpid(router, NULL, 0);
	fake_shows_end(&l.f);
	ends(&l, 0);
}

/* A paste of 2 MB into a session that does not read: it waits, and nothing of it is lost. */
static void
test_much_is_typed(void **state)
{
	static struct login l;
	char text[64];
	pid_t typist;

	(void)state;
	l.c = (struct ssh_client){ .terminal = true, .rows = 24, .columns = 80 };
	shell(&l, "vty 24 80");
	typist = fork();
	if (typist == 0) {
		for (int i = 0; i < 4000; i++) {
			snprintf(text, sizeof(text), "permit udp any eq %d any\r", i);
			fake_types(&l.f, text);
		}
		_exit(0);
	}
	for (int i = 0; i < 4000; i++) {
		snprintf(text, sizeof(text), "permit udp any eq %d any", i);
		fake_shows(&l.f, text);
		fake_shows(&l.f, "\r\n");
		fake_hears(&l.f, PROTO_EXECUTE, text);
		fake_ready(&l.f, "R1#", 24, 80, 0);
		fake_shows(&l.f, "R1#");
	}
	waitpid(typist, NULL, 0);
	log_out(&l);
}

/* Killed, or reset: the router hears of it, and no other login does. */
static void
test_client_vanishes(void **state)
{
	static struct login a, b;

	(void)state;
	shell(&a, "vty 24 80");
	shell(&b, "vty 24 80");
	kill(a.client, SIGKILL);
	fake_hears_end(&a.f);
	ends(&a, -1);
	log_out(&b);
	/* While a command runs that nobody will hear any more: it may be a long one, and has a line. */
	a = (struct login){ .c.command = "ping 192.0.2.1 repeat 1000000" };
	admit(&a);
	fake_hears(&a.f, PROTO_HELLO, "exec 0 0");
	fake_ready(&a.f, "R1>", 24, 80, 0);
	fake_hears(&a.f, PROTO_EXECUTE, "ping 192.0.2.1 repeat 1000000");
	kill(a.client, SIGKILL);
	fake_hears_end(&a.f);
	ends(&a, -1);
}

/* Bytes that are no SSH end that login, and no other. */
static void
test_garbage(void **state)
{
	static struct login l;
	static const char *const garbage[] = { "GET / HTTP/1.0\r\n\r\n", "SSH-1.5-old\r\n",
		"SSH-2.0-x\r\n\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", "\r\n\r\n\r\n" };

	(void)state;
	shell(&l, "vty 24 80");
	for (size_t i = 0; i < sizeof(garbage) / sizeof(garbage[0]); i++) {
		struct fake f = { .user = vtyd_dial(&vtyd) };

		f.router = vtyd_take_any_login(&vtyd);
		fake_says(&f, PROTO_OUTPUT, "");
		fake_types(&f, garbage[i]);
		shutdown(f.user, SHUT_WR);
		fake_hears_end(&f);
		close(f.user);
		close(f.router);
	}
	log_out(&l);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_version),
		cmocka_unit_test(test_password),
		cmocka_unit_test(test_interactive),
		cmocka_unit_test(test_key),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_banner),
		cmocka_unit_test(test_host_keys),
		cmocka_unit_test(test_turned_away),
		cmocka_unit_test(test_router_gives_up),
		cmocka_unit_test(test_window),
		cmocka_unit_test(test_end_of_input),
		cmocka_unit_test(test_command),
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_slow_reader),
		cmocka_unit_test(test_much_is_typed),
		cmocka_unit_test(test_client_vanishes),
		cmocka_unit_test(test_garbage),
	};

	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, start, stop);
}
