/*
 * telnet_test.c - acegate-vtyd over a real TCP connection, to the byte, against a router played by the
 * test; the acegate behind it is the real one.
 *
 * Holds T3, T4, T6, T9, T10 and T13 of what clients need, and that no login disturbs another.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
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
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/lib/fake_router.h"
#include "tests/lib/vtyd.h"

static const char greeting[] = "\xff\xfb\x01\xff\xfb\x03\xff\xfd\x18\xff\xfd\x1f";

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { SANITIZED = 1 };
#else
enum { SANITIZED = 0 };
#endif

static struct vtyd vtyd;

static int
start_vtyd(void **state)
{
	(void)state;
	return vtyd_start(&vtyd, "telnet");
}

static int
stop_vtyd(void **state)
{
	(void)state;
	return vtyd_stop(&vtyd);
}

/* Takes the login dialled at `user`: the router's end of it. */
static int
take_login(int user)
{
	struct sockaddr_in from;
	socklen_t len = sizeof(from);

	assert_int_equal(getsockname(user, (struct sockaddr *)&from, &len), 0);
	return vtyd_take_login(&vtyd, ntohs(from.sin_port));
}

static void
login(struct fake *f)
{
	memset(f, 0, sizeof(*f));
	f->user = vtyd_dial(&vtyd);
	f->router = take_login(f->user);
	fake_hears(f, PROTO_HELLO, "vty 24 80");
	fake_ready(f, "R1>", 24, 80, 0);
	fake_shows_bytes(f, greeting, sizeof(greeting) - 1);
	fake_shows(f, "R1>");
}

static void
logout(struct fake *f)
{
	fake_says(f, PROTO_BYE, "");
	fake_hears_end(f);
	fake_shows(f, "\r\n");
	fake_shows_end(f);
	close(f->user);
	close(f->router);
}

#define TYPES(f, bytes) fake_types_bytes((f), (bytes), sizeof(bytes) - 1)
#define SHOWS(f, bytes) fake_shows_bytes((f), (bytes), sizeof(bytes) - 1)

/* ---- the protocol ---- */

static void
test_a_session(void **state)
{
	static struct fake f;

	(void)state;
	login(&f);
	fake_types(&f, "show clock\r\n");
	fake_shows(&f, "show clock\r\n");
	fake_hears(&f, PROTO_EXECUTE, "show clock");
	fake_says(&f, PROTO_OUTPUT, "*12:00:00.000 UTC Mon Jan 1 2024\n");
	fake_ready(&f, "R1>", 24, 80, 0);
	fake_shows(&f, "*12:00:00.000 UTC Mon Jan 1 2024\r\nR1>");
	fake_types(&f, "exit\r");
	fake_shows(&f, "exit\r\n");
	fake_hears(&f, PROTO_EXECUTE, "exit");
	fake_says(&f, PROTO_BYE, "");
	fake_shows_end(&f);
	fake_hears_end(&f);
	close(f.user);
	close(f.router);
}

static void
test_a_client_that_refuses_everything(void **state)
{
	static struct fake f;

	(void)state;
	login(&f);
	/* A refusal is not answered (RFC 1143), and the echo goes on all the same (T4). */
	TYPES(&f, "\xff\xfe\x01\xff\xfe\x03\xff\xfc\x18\xff\xfc\x1f");
	fake_types(&f, "show");
	fake_shows(&f, "show");
	/* Agreed to and then taken back, it is. */
	TYPES(&f, "\xff\xfd\x01\xff\xfe\x01");
	SHOWS(&f, "\xff\xfb\x01\xff\xfc\x01");
	fake_types(&f, " clock");
	fake_shows(&f, " clock");
	fake_types(&f, "\r\n");
	fake_shows(&f, "\r\n");
	fake_hears(&f, PROTO_EXECUTE, "show clock");
	fake_ready(&f, "R1>", 24, 80, 0);
	fake_shows(&f, "R1>");
	logout(&f);
}

static void
test_options(void **state)
{
	static struct fake f;

	(void)state;
	login(&f);
	/* LINEMODE, NEW-ENVIRON, BINARY both ways, COMPRESS2: each is refused once. */
	TYPES(&f, "\xff\xfb\x22\xff\xfb\x27\xff\xfd\x00\xff\xfb\x00\xff\xfd\x56");
	SHOWS(&f, "\xff\xfe\x22\xff\xfe\x27\xff\xfc\x00\xff\xfe\x00\xff\xfc\x56");
	/* Agreed to, and a terminal type nobody asked about: nothing is to be seen of it. */
	TYPES(&f, "\xff\xfd\x01\xff\xfd\x03\xff\xfb\x18\xff\xfa\x18\x00XTERM\xff\xf0");
	/* NOP, go-ahead, data mark. */
	TYPES(&f, "a\xff\xf1\xff\xf1\xff\xf1"
		  "b\xff\xf9"
		  "c\xff\xf2"
		  "d");
	fake_shows(&f, "abcd");
	/* 255 itself arrives, and is no character. */
	TYPES(&f, "e\xff\xff"
		  "f\xc3\xa9");
	fake_shows(&f, "ef\xc3\xa9");
	/* Erase character, erase line, are you there. */
	TYPES(&f, "\xff\xf7");
	fake_shows(&f, "\b \b");
	TYPES(&f, "\xff\xf8");
	fake_shows(&f, "\b\b\b\b\b\b      \b\b\b\b\b\b");
	TYPES(&f, "\xff\xf6");
	fake_shows(&f, "\r\n[Yes]\r\n");
	/* Break and interrupt process are Ctrl-C. */
	TYPES(&f, "x\xff\xf3");
	fake_shows(&f, "x^C\r\n");
	fake_hears(&f, PROTO_INTERRUPT, "");
	fake_ready(&f, "R1>", 24, 80, 0);
	fake_shows(&f, "R1>");
	TYPES(&f, "y\xff\xf4");
	fake_shows(&f, "y^C\r\n");
	fake_hears(&f, PROTO_INTERRUPT, "");
	fake_ready(&f, "R1>", 24, 80, 0);
	fake_shows(&f, "R1>");
	logout(&f);
}

static void
hears_window(struct fake *f, const char *window)
{
	fake_hears(f, PROTO_RESIZE, window);
	fake_hears(f, PROTO_COMPLETE, "");
	fake_says(f, PROTO_LINE, "");
	fake_ready(f, "R1>", 24, 80, 0);
}

static void
test_window(void **state)
{
	static struct fake f;

	(void)state;
	login(&f);
	TYPES(&f, "\xff\xfb\x1f\xff\xfa\x1f\x00\x84\x00\x28\xff\xf0");
	hears_window(&f, "40 132");
	/* 255 columns: IAC IAC inside the option. */
	TYPES(&f, "\xff\xfa\x1f\x00\xff\xff\x00\x50\xff\xf0");
	hears_window(&f, "80 255");
	TYPES(&f, "\xff\xfa\x1f\x00\x00\x00\x00\xff\xf0");
	hears_window(&f, "24 80");
	TYPES(&f, "\xff\xfa\x1f\x01\xff\xf0ok"); /* cut short: no window */
	fake_shows(&f, "ok");
	TYPES(&f, "\xff\xfa\x1f\x01\xff\xff\x03\xe8\xff\xf0"); /* netmiko's 511 x 1000 */
	hears_window(&f, "1000 511");
	logout(&f);
}

static void
test_every_enter_counts_once(void **state)
{
	static struct fake f;

	(void)state;
	login(&f);
	TYPES(&f, "a\rb\nc\r\nd\r\0e\0\r\r\n");
	for (const char *p = "abcde"; *p != '\0'; p++) {
		char text[2] = { *p };

		fake_shows(&f, text);
		fake_shows(&f, "\r\n");
		fake_hears(&f, PROTO_EXECUTE, text);
		fake_ready(&f, "R1>", 24, 80, 0);
		fake_shows(&f, "R1>");
	}
	fake_shows(&f, "\r\n");
	fake_hears(&f, PROTO_EXECUTE, "");
	fake_ready(&f, "R1>", 24, 80, 0);
	fake_shows(&f, "R1>");
	logout(&f);
}

/* netmiko logs in with bare CRs and goes on with LFs: each is an Enter, once it was answered. */
static void
test_line_feed_after_the_answer(void **state)
{
	static struct fake f;

	(void)state;
	login(&f);
	fake_types(&f, "copy run start\r");
	fake_shows(&f, "copy run start\r\n");
	fake_hears(&f, PROTO_EXECUTE, "copy run start");
	fake_asks(&f, ASK_LINE, "Destination filename [startup-config]? ");
	fake_shows(&f, "Destination filename [startup-config]? ");
	fake_types(&f, "\n");
	fake_shows(&f, "\r\n");
	fake_hears(&f, PROTO_ANSWER, "");
	fake_ready(&f, "R1>", 24, 80, 0);
	fake_shows(&f, "R1>");
	/* A CR LF in two segments is one, though its echo was seen already. */
	fake_types(&f, "show\r");
	fake_shows(&f, "show\r\n");
	fake_hears(&f, PROTO_EXECUTE, "show");
	TYPES(&f, "\n\xff\xf4"); /* the interrupt shows that the LF has arrived */
	fake_hears(&f, PROTO_INTERRUPT, "line");
	fake_ready(&f, "R1>", 24, 80, 0);
	fake_ready(&f, "R1>", 24, 80, 0);
	fake_shows(&f, "R1>");
	logout(&f);
}

/* ---- loads, ends ---- */

static void
test_much_to_read(void **state)
{
	static struct fake f;
	static char text[200000], shown[250000];
	size_t n = 0, m = 0;

	(void)state;
	for (int i = 0; n < sizeof(text) - 64; i++) {
		int len = sprintf(text + n, "line %d \xff of many\n", i);

		n += (size_t)len;
		m += (size_t)sprintf(shown + m, "line %d \xff\xff of many\r\n", i);
	}
	login(&f);
	fake_types(&f, "show\r");
	fake_shows(&f, "show\r\n");
	fake_hears(&f, PROTO_EXECUTE, "show");
	fake_ready(&f, "R1>", 0, 80, 0);
	fake_shows(&f, "R1>");
	fake_types(&f, "all\r");
	fake_hears(&f, PROTO_EXECUTE, "all");
	/* Written while nobody reads; the session ends at once behind it. */
	for (int i = 0; i < 10; i++)
		fake_says_bytes(&f, PROTO_OUTPUT, text, i < 9 ? 1000 : 0);
	fake_says_bytes(&f, PROTO_OUTPUT, text, n);
	fake_says(&f, PROTO_BYE, "");
	fake_shows(&f, "all\r\n");
	for (int i = 0; i < 9; i++) {
		size_t k = 0;

		for (size_t j = 0; j < 1000; j++)
			k += (text[j] == '\n' || text[j] == '\xff') ? 2 : 1;
		fake_shows_bytes(&f, shown, k);
	}
	fake_shows_bytes(&f, shown, m);
	fake_shows_end(&f);
	fake_hears_end(&f);
	close(f.user);
	close(f.router);
}

static void
test_much_is_typed(void **state)
{
	static struct fake f;
	char text[64];
	pid_t typist;

	(void)state;
	login(&f);
	typist = fork();
	if (typist == 0) {
		for (int i = 0; i < 4000; i++) {
			snprintf(text, sizeof(text), "permit udp any eq %d any\r\n", i);
			fake_types(&f, text);
		}
		_exit(0);
	}
	for (int i = 0; i < 4000; i++) {
		snprintf(text, sizeof(text), "permit udp any eq %d any", i);
		fake_shows(&f, text);
		fake_shows(&f, "\r\n");
		fake_hears(&f, PROTO_EXECUTE, text);
		fake_ready(&f, "R1>", 24, 80, 0);
		fake_shows(&f, "R1>");
	}
	waitpid(typist, NULL, 0);
	logout(&f);
}

/* No line is free: the client is reset, and has not seen a byte. */
static void
test_turned_away(void **state)
{
	struct pollfd ready = { .events = POLLIN };
	char byte;

	(void)state;
	ready.fd = vtyd_dial(&vtyd);
	close(take_login(ready.fd));
	assert_int_equal(poll(&ready, 1, FAKE_PATIENCE_MS), 1);
	assert_int_equal(read(ready.fd, &byte, 1), -1);
	assert_int_equal(errno, ECONNRESET);
	close(ready.fd);
}

static void
test_client_vanishes(void **state)
{
	static struct fake a, b;
	const struct linger at_once = { .l_onoff = 1 };

	(void)state;
	login(&a);
	login(&b);
	close(a.user); /* in order */
	fake_hears_end(&a);
	close(a.router);
	login(&a);
	setsockopt(a.user, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
	close(a.user); /* by a reset */
	fake_hears_end(&a);
	close(a.router);
	fake_types(&b, "still here\r"); /* the other login has not noticed */
	fake_shows(&b, "still here\r\n");
	fake_hears(&b, PROTO_EXECUTE, "still here");
	fake_ready(&b, "R1>", 24, 80, 0);
	fake_shows(&b, "R1>");
	logout(&b);
}

/* A script piped into a connection: its last lines run and are seen, though it closed its side. */
static void
test_client_closes_its_side(void **state)
{
	static struct fake f;

	(void)state;
	login(&f);
	fake_types(&f, "show clock\r\nexit\r\n");
	shutdown(f.user, SHUT_WR);
	fake_hears(&f, PROTO_EXECUTE, "show clock");
	fake_says(&f, PROTO_OUTPUT, "noon\n");
	fake_ready(&f, "R1>", 24, 80, 0);
	fake_hears(&f, PROTO_EXECUTE, "exit");
	fake_says(&f, PROTO_BYE, "");
	fake_shows(&f, "show clock\r\nnoon\r\nR1>exit\r\n");
	fake_shows_end(&f);
	close(f.user);
	close(f.router);
}

/* Asked to inflate what it sends, a client is hung up on; others are not. */
static void
test_compression_is_hung_up_on(void **state)
{
	static struct fake a, b;

	(void)state;
	login(&a);
	login(&b);
	TYPES(&a, "\xff\xfa\x56\xff\xf0garbage");
	fake_hears_end(&a);
	close(a.user);
	close(a.router);
	logout(&b);
}

/* The login's process has ended: the network hears it, whatever it still sends. */
static void
ends_with_the_router(struct fake *f, const char *bytes, size_t n)
{
	struct pollfd p = { .fd = f->user, .events = 0 };

	fake_says(f, PROTO_BYE, "");
	fake_hears_end(f);
	for (int ms = 0; ms < FAKE_PATIENCE_MS; ms += 100) {
		if (send(f->user, bytes, n, MSG_DONTWAIT | MSG_NOSIGNAL) < 0 && errno != EAGAIN)
			break;
		if (poll(&p, 1, 100) > 0 && (p.revents & (POLLERR | POLLHUP)) != 0)
			break;
	}
	assert_true(send(f->user, bytes, n, MSG_DONTWAIT | MSG_NOSIGNAL) < 0 && errno != EAGAIN);
	close(f->user);
	close(f->router);
}

/* A client that does not take leave, but goes on sending. */
static void
test_a_client_that_stays(void **state)
{
	static struct fake f;

	(void)state;
	login(&f);
	ends_with_the_router(&f, "x", 1);
}

/* One that asks whether we are there until nothing fits any more, and reads none of the answers. */
static void
test_a_client_that_does_not_read(void **state)
{
	static const char ask[] =
		"\xff\xf6\xff\xf6\xff\xf6\xff\xf6\xff\xf6\xff\xf6\xff\xf6\xff\xf6";
	static struct fake f;
	int full = 0;

	(void)state;
	login(&f);
	while (full < 20) {
		ssize_t n = send(f.user, ask, sizeof(ask) - 1, MSG_DONTWAIT | MSG_NOSIGNAL);

		assert_true(n > 0 || errno == EAGAIN);
		full = n > 0 ? 0 : full + 1;
		if (n < 0)
			poll(NULL, 0, 50);
	}
	ends_with_the_router(&f, ask, sizeof(ask) - 1);
}

static void
test_logins_have_no_rights(void **state)
{
	static struct fake f;
	pid_t pid = vtyd.pid;
	struct stat terminal;

	(void)state;
	login(&f);
	for (int i = 0; i < 2; i++) { /* the relay, then its acegate */
		unsigned uid = 0, no_new_privs = 0;
		unsigned long long capabilities = 1;
		char path[64], line[256];
		FILE *status;

		pid = vtyd_child_of(pid);
		assert_true(pid > 0);
		snprintf(path, sizeof(path), "/proc/%d/status", pid);
		status = fopen(path, "r");
		assert_non_null(status);
		while (fgets(line, sizeof(line), status) != NULL) {
			sscanf(line, "Uid: %u", &uid);
			sscanf(line, "NoNewPrivs: %u", &no_new_privs);
			sscanf(line, "CapPrm: %llx", &capabilities);
		}
		fclose(status);
		assert_int_not_equal(uid, 0);
		assert_int_equal(no_new_privs, 1);
		assert_true(capabilities == 0);
		/* Nor the terminal that it all was started from. */
		for (int fd = 0; fd <= 2; fd++) {
			char target[64] = "";

			snprintf(path, sizeof(path), "/proc/%d/fd/%d", pid, fd);
			if (i == 0 && readlink(path, target, sizeof(target) - 1) > 0 &&
				!(SANITIZED && fd == 2))
				assert_string_equal(target, "/dev/null");
		}
		/* acegate's own is closed to the other logins, which are the same user. */
		snprintf(path, sizeof(path), "/proc/%d/fd/0", pid);
		if (i == 1 && geteuid() == 0) {
			assert_int_equal(stat(path, &terminal), 0);
			assert_true(S_ISCHR(terminal.st_mode));
			assert_int_equal(terminal.st_mode & 07777, 0);
		}
		/* The listener and the channel are not theirs. */
		for (int fd = VTYD_LISTEN_FD; fd <= VTYD_CHANNEL_FD; fd++) {
			snprintf(path, sizeof(path), "/proc/%d/fd/%d", pid, fd);
			assert_int_equal(access(path, F_OK), -1);
			assert_int_equal(errno, ENOENT);
		}
	}
	logout(&f);
}

/* The router is gone: so is the listener, and every login with it. */
static void
test_the_channel_closes(void **state)
{
	static struct fake f;

	(void)state;
	assert_int_equal(start_vtyd(NULL), 0);
	login(&f);
	assert_int_equal(stop_vtyd(NULL), 0);
	fake_hears_end(&f);
	close(f.user);
	close(f.router);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_session),
		cmocka_unit_test(test_a_client_that_refuses_everything),
		cmocka_unit_test(test_options),
		cmocka_unit_test(test_window),
		cmocka_unit_test(test_every_enter_counts_once),
		cmocka_unit_test(test_line_feed_after_the_answer),
		cmocka_unit_test(test_much_to_read),
		cmocka_unit_test(test_much_is_typed),
		cmocka_unit_test(test_turned_away),
		cmocka_unit_test(test_client_vanishes),
		cmocka_unit_test(test_client_closes_its_side),
		cmocka_unit_test(test_compression_is_hung_up_on),
		cmocka_unit_test(test_a_client_that_stays),
		cmocka_unit_test(test_a_client_that_does_not_read),
		cmocka_unit_test(test_logins_have_no_rights),
	};
	const struct CMUnitTest endings[] = { cmocka_unit_test(test_the_channel_closes) };

	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, start_vtyd, stop_vtyd) +
	       cmocka_run_group_tests(endings, NULL, NULL);
}
