/*
 * console_pty_test.c - acegate on a pseudo-terminal, to the byte, against a router played by the test.
 *
 * Holds T3-T8 and T11 of what clients need: literal echo, silent secrets, every Enter once, CR LF,
 * type-ahead, the pager's marker.  No check waits for a pause: see tests/lib/fake_router.h.
 */
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

#include <cmocka.h>

#include "tests/lib/fake_router.h"

enum { SESSION_FD = 100 };

#define WIPE "\b\b\b\b\b\b\b\b\b        \b\b\b\b\b\b\b\b\b"

static struct fake f;
static pid_t acegate;
static int slave; /* kept open, to look at the modes after acegate has gone */

static void
start_window(const char *hello, unsigned short rows, unsigned short columns)
{
	struct winsize size = { .ws_row = rows, .ws_col = columns };
	char path[512];
	int pair[2];

	memset(&f, 0, sizeof(f));
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), 0);
	assert_int_equal(openpty(&f.user, &slave, NULL, NULL, &size), 0);
	fcntl(f.user, F_SETFD, FD_CLOEXEC);
	acegate = fork();
	if (acegate == 0) {
		login_tty(slave);
		dup2(pair[1], SESSION_FD);
		setenv("TERM", "xterm-256color", 1); /* must not matter */
		execl(fake_program("acegate", path, sizeof(path)), "acegate", "--session-fd", "100",
			(char *)NULL);
		_exit(127);
	}
	close(pair[1]);
	f.router = pair[0];
	fake_hears(&f, PROTO_HELLO, hello);
}

/* A session at its prompt. */
static void
start(void)
{
	start_window("vty 24 80", 24, 80);
	fake_ready(&f, "R1#", 24, 80, 0);
	fake_shows(&f, "R1#");
}

/* Waits for acegate; its exit status, or minus the signal. */
static int
status(void)
{
	int s;

	assert_int_equal(waitpid(acegate, &s, 0), acegate);
	return WIFEXITED(s) ? WEXITSTATUS(s) : -WTERMSIG(s);
}

/* The router ends the session, while a line is being run or, with "\r\n" to see, at the prompt. */
static void
end_showing(const char *text)
{
	fake_says(&f, PROTO_BYE, "");
	assert_int_equal(status(), 0);
	fake_shows(&f, text);
	close(slave);
	fake_shows_end(&f);
	close(f.user);
	close(f.router);
}

static void
end(void)
{
	end_showing("");
}

static void
end_at_prompt(void)
{
	end_showing("\r\n");
}

/* Types a line that the router must get, echoed once. */
static void
line(const char *text)
{
	fake_types(&f, text);
	fake_shows(&f, text);
	fake_types(&f, "\r");
	fake_shows(&f, "\r\n");
	fake_hears(&f, PROTO_EXECUTE, text);
}

/* A key that has seen enough, at the pager. */
static void
stops(const char *key)
{
	fake_types(&f, key);
	fake_shows(&f, WIPE);
	fake_hears(&f, PROTO_INTERRUPT, "line");
}

static void
test_echo_is_literal(void **state)
{
	char all[128];
	size_t n = 0;

	(void)state;
	start();
	for (char c = ' '; c <= '~'; c++) {
		if (c != '?')
			all[n++] = c;
	}
	all[n] = '\0';
	line(all + 40);
	fake_ready(&f, "R1#", 24, 80, 0);
	fake_shows(&f, "R1#");
	for (size_t i = 0; i < 40; i++) { /* key by key */
		fake_types_bytes(&f, all + i, 1);
		fake_shows_bytes(&f, all + i, 1);
	}
	fake_types(&f, "\r");
	fake_shows(&f, "\r\n");
	all[40] = '\0';
	fake_hears(&f, PROTO_EXECUTE, all);
	fake_ready(&f, "R1#", 24, 80, 0);
	fake_shows(&f, "R1#");
	line("h\xc3\xa9llo \xe2\x82\xac");
	end();
}

static void
test_every_enter_counts_once(void **state)
{
	static const struct {
		const char *keys;
		size_t n;
	} enter[] = { { "\r", 1 }, { "\n", 1 }, { "\r\n", 2 }, { "\r\0", 2 } };

	(void)state;
	start();
	for (int round = 0; round < 2; round++) {
		for (size_t i = 0; i < 4; i++) {
			fake_types(&f, "a");
			fake_types_bytes(&f, "\0b", 2);
			fake_types_bytes(&f, enter[i].keys, enter[i].n);
			fake_shows(&f, "ab\r\n");
			fake_hears(&f, PROTO_EXECUTE, "ab");
			fake_ready(&f, "R1#", 24, 80, 0);
			fake_shows(&f, "R1#");
			fake_types_bytes(&f, enter[i].keys, enter[i].n);
			fake_shows(&f, "\r\n");
			fake_hears(&f, PROTO_EXECUTE, "");
			fake_ready(&f, "R1#", 24, 80, 0);
			fake_shows(&f, "R1#");
		}
	}
	end_at_prompt();
}

/* netmiko: CR, then, when the question or the prompt is there, LF. */
static void
test_line_feed_after_the_answer(void **state)
{
	(void)state;
	start();
	line("copy run start");
	fake_asks(&f, ASK_LINE, "Destination filename [startup-config]? ");
	fake_shows(&f, "Destination filename [startup-config]? ");
	fake_types(&f, "\n");
	fake_shows(&f, "\r\n");
	fake_hears(&f, PROTO_ANSWER, "");
	fake_ready(&f, "R1#", 2, 80, 0);
	fake_shows(&f, "R1#");
	line("show");
	fake_says(&f, PROTO_OUTPUT, "1\n2\n3\n");
	fake_shows(&f, "1\r\n --More-- ");
	fake_types(&f, "\n");
	fake_shows(&f, WIPE "2\r\n --More-- ");
	stops("q");
	fake_ready(&f, "R1#", 24, 80, 0);
	fake_ready(&f, "R1#", 24, 80, 0);
	fake_shows(&f, "R1#");
	/* Torn apart, and there before the answer: one Enter. ^C shows that it was read by then. */
	line("show clock");
	fake_types(&f, "\n\x03");
	fake_hears(&f, PROTO_INTERRUPT, "line");
	fake_ready(&f, "R1#", 24, 80, 0);
	fake_ready(&f, "R1#", 24, 80, 0);
	fake_shows(&f, "R1#");
	/* Both Enters in one write. */
	fake_types(&f, "copy run start\r\n\r\n");
	fake_shows(&f, "copy run start\r\n");
	fake_hears(&f, PROTO_EXECUTE, "copy run start");
	fake_asks(&f, ASK_LINE, "Destination filename [startup-config]? ");
	fake_shows(&f, "Destination filename [startup-config]? \r\n");
	fake_hears(&f, PROTO_ANSWER, "");
	fake_ready(&f, "R1#", 24, 80, 0);
	fake_shows(&f, "R1#");
	end_at_prompt();
}

static void
test_type_ahead(void **state)
{
	(void)state;
	start();
	/* A command, the answer to its question, the pager's keys, the next command: one write. */
	fake_types(&f, "copy run start\rfile\rshow x\r q"
		       "exit\r");
	fake_shows(&f, "copy run start\r\n");
	fake_hears(&f, PROTO_EXECUTE, "copy run start");
	fake_asks(&f, ASK_LINE, "Destination filename [startup-config]? ");
	fake_shows(&f, "Destination filename [startup-config]? file\r\n");
	fake_hears(&f, PROTO_ANSWER, "file");
	fake_says(&f, PROTO_OUTPUT, "Building configuration...\n[OK]\n");
	fake_ready(&f, "R1#", 3, 80, 0);
	fake_shows(&f, "Building configuration...\r\n[OK]\r\nR1#show x\r\n");
	fake_hears(&f, PROTO_EXECUTE, "show x");
	fake_says(&f, PROTO_OUTPUT, "1\n2\n3\n4\n5\n6\n");
	fake_ready(&f, "R1#", 3, 80, 0);
	fake_shows(&f, "1\r\n2\r\n --More-- " WIPE "3\r\n4\r\n --More-- " WIPE);
	fake_hears(&f, PROTO_INTERRUPT, "line");
	fake_ready(&f, "R1#", 3, 80, 0);
	fake_shows(&f, "R1#exit\r\n");
	fake_hears(&f, PROTO_EXECUTE, "exit");
	end();
}

static void
test_long_paste(void **state)
{
	static char paste[1 << 20];
	char text[64];
	size_t n = 0;
	pid_t typist;

	(void)state;
	start();
	for (int i = 0; i < 5000; i++)
		n += (size_t)sprintf(
			paste + n, "permit ip host 10.0.%d.%d any\r", i / 250, i % 250);
	typist = fork(); /* writes while we read */
	if (typist == 0) {
		fake_types_bytes(&f, paste, n);
		_exit(0);
	}
	for (int i = 0; i < 5000; i++) {
		snprintf(text, sizeof(text), "permit ip host 10.0.%d.%d any", i / 250, i % 250);
		fake_shows(&f, text);
		fake_shows(&f, "\r\n");
		fake_hears(&f, PROTO_EXECUTE, text);
		fake_ready(&f, "R1#", 24, 80, 0);
		fake_shows(&f, "R1#");
	}
	waitpid(typist, NULL, 0);
	end_at_prompt();
}

static void
test_secret_is_silent(void **state)
{
	(void)state;
	start_window("vty 24 80", 24, 80);
	fake_says(&f, PROTO_OUTPUT, "\n\nUser Access Verification\n\n");
	fake_asks(&f, ASK_LINE, "Username: ");
	fake_shows(&f, "\r\n\r\nUser Access Verification\r\n\r\nUsername: ");
	fake_types(&f, "ann\r");
	fake_shows(&f, "ann\r\n");
	fake_hears(&f, PROTO_ANSWER, "ann");
	fake_asks(&f, ASK_SECRET, "Password: ");
	fake_shows(&f, "Password: ");
	fake_types(&f, "se?c\x02X\x7f\x05ret\r"); /* edited unseen; ? is a character */
	fake_shows(&f, "\r\n");
	fake_hears(&f, PROTO_ANSWER, "se?cret");
	fake_ready(&f, "R1>", 24, 80, 0);
	fake_shows(&f, "R1>");
	fake_types(&f, "\x1b[A\x1b[Aok\r"); /* neither answer is in the history */
	fake_shows(&f, "ok\r\n");
	fake_hears(&f, PROTO_EXECUTE, "ok");
	end();
}

static void
test_confirm_takes_one_key(void **state)
{
	static const char *const keys[][2] = { { "\r", "y" }, { "y", "y" }, { "Y", "y" },
		{ "n", "n" }, { "\x03", "n" }, { "x", "n" } };

	(void)state;
	start();
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		line("clear logging");
		fake_asks(&f, ASK_CONFIRM, "Clear logging buffer [confirm]");
		fake_shows(&f, "Clear logging buffer [confirm]");
		fake_types(&f, keys[i][0]);
		fake_shows(&f, "\r\n");
		fake_hears(&f, PROTO_ANSWER, keys[i][1]);
		fake_ready(&f, "R1#", 24, 80, 0);
		fake_shows(&f, "R1#");
	}
	end_at_prompt();
}

static void
test_help(void **state)
{
	(void)state;
	start();
	fake_types(&f, "show ip ?");
	fake_shows(&f, "show ip ?\r\n");
	fake_hears(&f, PROTO_HELP, "show ip ");
	fake_says(&f, PROTO_OUTPUT, "  interface  x\n\n");
	fake_ready(&f, "R1#", 24, 80, 0);
	fake_shows(&f, "  interface  x\r\n\r\nR1#show ip ");
	fake_types(&f, "\x02\x02?"); /* in the middle: what is left of the cursor is asked about */
	fake_shows(&f, "\b\b?\r\n");
	fake_hears(&f, PROTO_HELP, "show i");
	fake_ready(&f, "R1#", 24, 80, 0);
	fake_shows(&f, "R1#show ip \b\b");
	fake_types(&f, "\x05\x16?\r");
	fake_shows(&f, "p ?\r\n");
	fake_hears(&f, PROTO_EXECUTE, "show ip ?");
	end();
}

static void
test_tab(void **state)
{
	(void)state;
	start();
	fake_types(&f, "sh\t");
	fake_shows(&f, "sh");
	fake_hears(&f, PROTO_COMPLETE, "sh");
	fake_says(&f, PROTO_LINE, "show ");
	fake_ready(&f, "R1#", 24, 80, 0);
	fake_shows(&f, "\r\nR1#show ");
	fake_types(&f, "i\t");
	fake_shows(&f, "i");
	fake_hears(&f, PROTO_COMPLETE, "show i");
	fake_says(&f, PROTO_LINE, "show i"); /* ambiguous */
	fake_ready(&f, "R1#", 24, 80, 0);
	fake_types(&f, "p\x01\x06\x06\t"); /* before the end: the rest stays */
	fake_shows(&f, "p\b\b\b\b\b\b\bsh");
	fake_hears(&f, PROTO_COMPLETE, "sh");
	fake_says(&f, PROTO_LINE, "SHOW");
	fake_ready(&f, "R1#", 24, 80, 0);
	fake_shows(&f, "\r\nR1#SHOWow ip\b\b\b\b\b");
	fake_types(&f, "\r");
	fake_shows(&f, "\r\n");
	fake_hears(&f, PROTO_EXECUTE, "SHOWow ip");
	end();
}

static void
test_interrupt_and_end(void **state)
{
	(void)state;
	start();
	fake_types(&f, "hostname X\x03");
	fake_shows(&f, "hostname X^C\r\n");
	fake_hears(&f, PROTO_INTERRUPT, "");
	fake_ready(&f, "R1#", 24, 80, 0);
	fake_shows(&f, "R1#");
	fake_types(&f, "hostname Y\x1a");
	fake_shows(&f, "hostname Y^Z\r\n");
	fake_hears(&f, PROTO_END, "hostname Y");
	fake_ready(&f, "Y#", 24, 80, 0);
	fake_shows(&f, "Y#");
	line("enable");
	fake_asks(&f, ASK_SECRET, "Password: ");
	fake_shows(&f, "Password: ");
	fake_types(&f, "x\x03");
	fake_shows(&f, "\r\n");
	fake_hears(&f, PROTO_INTERRUPT, "");
	fake_ready(&f, "Y#", 24, 80, 0);
	fake_shows(&f, "Y#");
	/* While a line runs: at once, the rest is not shown, and two answers are owed. */
	line("ping 10.0.0.1");
	fake_says(&f, PROTO_OUTPUT, "!!");
	fake_shows(&f, "!!");
	fake_types(&f, "next\x03\r");
	fake_hears(&f, PROTO_INTERRUPT, "line");
	fake_says(&f, PROTO_OUTPUT, "!!!\n");
	fake_ready(&f, "Y#", 24, 80, 0);
	fake_ready(&f, "Y#", 24, 80, 0);
	fake_shows(&f, "\r\nY#next\r\n");
	fake_hears(&f, PROTO_EXECUTE, "next");
	end();
}

static void
test_pager(void **state)
{
	(void)state;
	start();
	line("terminal length 5");
	fake_ready(&f, "R1#", 5, 20, 0);
	fake_shows(&f, "R1#");
	line("a");
	fake_says(&f, PROTO_OUTPUT, "1\n2\n3\n4\n");
	fake_ready(&f, "R1#", 5, 20, 0);
	fake_shows(&f, "1\r\n2\r\n3\r\n4\r\nR1#"); /* ends with the page: no marker */
	line("b");
	fake_says(&f, PROTO_OUTPUT, "1\n2\n3\n4\n");
	fake_shows(&f, "1\r\n2\r\n3\r\n4\r\n");
	fake_says(&f, PROTO_OUTPUT, "5\n6\n7\n8\n9\n10\n11\n");
	fake_shows(&f, " --More-- ");
	fake_types(&f, "\r");
	fake_shows(&f, WIPE "5\r\n --More-- ");
	fake_types(&f, "\r");
	fake_shows(&f, WIPE "6\r\n --More-- ");
	fake_types(&f, " ");
	fake_shows(&f, WIPE "7\r\n8\r\n9\r\n10\r\n --More-- ");
	stops("q");
	fake_says(&f, PROTO_OUTPUT, "12\n13\n"); /* what was under way */
	fake_ready(&f, "R1#", 5, 20, 0);
	fake_ready(&f, "R1#", 5, 20, 0);
	fake_shows(&f, "R1#");
	line("c");
	fake_says(&f, PROTO_OUTPUT, "0123456789012345678901234567890123456789xyz\n2\n3\n");
	fake_shows(&f, "0123456789012345678901234567890123456789xyz\r\n2\r\n --More-- ");
	stops("\x03");
	fake_ready(&f, "R1#", 0, 20, 0);
	fake_ready(&f, "R1#", 0, 20, 0);
	fake_shows(&f, "R1#");
	line("d");
	fake_says(&f, PROTO_OUTPUT, "1\n2\n3\n4\n5\n6\n");
	fake_shows(&f, "1\r\n2\r\n3\r\n4\r\n5\r\n6\r\n");
	fake_ready(&f, "R1#", 0, 20, 0);
	fake_shows(&f, "R1#");
	end_at_prompt();
}

/* Nine lines on a screen of four, of which the first page is shown. */
static void
starts_nine_lines(void)
{
	line("show");
	fake_says(&f, PROTO_OUTPUT, "a1\nb1\na2\nb2\na3\nb3\na4\n");
	fake_shows(&f, "a1\r\nb1\r\na2\r\n --More-- ");
}

static void
ends_nine_lines(const char *shown)
{
	fake_says(&f, PROTO_OUTPUT, "b4\na"); /* a line in two pieces, without an end */
	fake_says(&f, PROTO_OUTPUT, "5");
	fake_ready(&f, "R1#", 4, 80, 0);
	fake_shows(&f, shown);
}

static void
test_pager_filters(void **state)
{
	(void)state;
	start();
	line("terminal length 4");
	fake_ready(&f, "R1#", 4, 80, 0);
	fake_shows(&f, "R1#");

	starts_nine_lines();
	fake_types(&f, "+a\r");
	fake_shows(&f, WIPE "+a\r\nfiltering...\r\na3\r\na4\r\n");
	ends_nine_lines("a5\r\nR1#");

	starts_nine_lines();
	fake_types(&f, "-a\r");
	fake_shows(&f, WIPE "-a\r\nfiltering...\r\nb2\r\nb3\r\n");
	ends_nine_lines("b4\r\nR1#");

	starts_nine_lines();
	fake_types(&f, "/^[ab]4\r"); /* from there on, everything, by pages */
	fake_shows(&f, WIPE "/^[ab]4\r\nfiltering...\r\na4\r\n");
	ends_nine_lines("b4\r\na5\r\nR1#");

	starts_nine_lines();
	fake_types(
		&f, "+b\x7f\x7f\xc3\xa9\x15[ab]\r"); /* edited; another filter at the next marker */
	fake_shows(&f, WIPE "+b\b \b\xc3\xa9\b \b[ab]\r\nfiltering...\r\n");
	fake_shows(&f, "b2\r\na3\r\nb3\r\n --More-- ");
	fake_types(&f, "-a\r");
	fake_shows(&f, WIPE "-a\r\nfiltering...\r\n");
	ends_nine_lines("b4\r\nR1#");

	/* Given up, or no expression: the marker stands there again. A filter is the output's own. */
	starts_nine_lines();
	fake_types(&f, "+x\x03");
	fake_shows(&f, WIPE "+x\r\n --More-- ");
	fake_types(&f, "/\r");
	fake_shows(&f, WIPE "/\r\n --More-- ");
	fake_types(&f, "/(\r");
	fake_shows(&f, WIPE "/(\r\n% Failed to compile regular expression\r\n --More-- ");
	fake_types(&f, "?");
	fake_shows(&f, WIPE "  Space   Show the next page\r\n  Return  Show the next line\r\n");
	fake_shows_until(&f, "Stop\r\n --More-- ");
	fake_types(&f, "\x1b[B"); /* any other key, whole */
	fake_shows(&f, WIPE);
	fake_hears(&f, PROTO_INTERRUPT, "line");
	fake_ready(&f, "R1#", 4, 80, 0);
	fake_ready(&f, "R1#", 4, 80, 0);
	fake_shows(&f, "R1#");
	end_at_prompt();
}

/* Ctrl-C is heard between two pieces of an output that goes on and on. */
static void
test_interrupt_is_heard_at_once(void **state)
{
	static char text[PROTO_MAX];
	bool heard = false;
	pid_t router;

	(void)state;
	start();
	line("terminal length 0");
	fake_ready(&f, "R1#", 0, 80, 0);
	fake_shows(&f, "R1#");
	line("show");
	memset(text, 'x', sizeof(text));
	router = fork(); /* fills the terminal, which nobody reads, and waits with the rest */
	if (router == 0) {
		for (;;)
			if (proto_send(f.router, PROTO_OUTPUT, text, sizeof(text)) < 0)
				_exit(0);
	}
	fake_shows(&f, "xxxx");
	fake_types(&f, "\x03");
	/* The screen is read on: what was under way comes, but not a whole frame of what was not. */
	for (size_t seen = 0; !heard;) {
		struct pollfd both[] = {
			{ .fd = f.router, .events = POLLIN },
			{ .fd = f.user, .events = POLLIN },
		};
		char got[256];
		ssize_t n;

		assert_true(poll(both, 2, FAKE_PATIENCE_MS) > 0);
		heard = both[0].revents != 0;
		if (both[1].revents == 0)
			continue;
		n = read(f.user, got, sizeof(got));
		assert_true(n > 0);
		seen += (size_t)n;
		assert_true(seen < sizeof(text));
	}
	fake_hears(&f, PROTO_INTERRUPT, "line");
	kill(router, SIGKILL);
	waitpid(router, NULL, 0);
	kill(acegate, SIGTERM);
	assert_int_equal(status(), -SIGTERM);
	close(slave);
	close(f.user);
	close(f.router);
}

static void
test_a_question_starts_a_new_page(void **state)
{
	(void)state;
	start();
	line("x");
	fake_ready(&f, "R1#", 4, 80, 0);
	fake_shows(&f, "R1#");
	line("reload");
	fake_says(&f, PROTO_OUTPUT, "1\n2\n3\n");
	fake_asks(&f, ASK_LINE, "Save? ");
	fake_shows(&f, "1\r\n2\r\n3\r\nSave? ");
	fake_types(&f, "no\r");
	fake_shows(&f, "no\r\n");
	fake_hears(&f, PROTO_ANSWER, "no");
	fake_says(&f, PROTO_OUTPUT, "4\n5\n6\n");
	fake_ready(&f, "R1#", 4, 80, 0);
	fake_shows(&f, "4\r\n5\r\n6\r\nR1#");
	end_at_prompt();
}

static void
logs(const char *text, bool synchronous)
{
	char payload[128];
	int n = snprintf(payload, sizeof(payload), "-%s", text);

	payload[0] = synchronous ? PROTO_MONITOR_SYNCHRONOUS : 0;
	fake_says_bytes(&f, PROTO_MONITOR, payload, (size_t)n);
}

static void
test_log_lines(void **state)
{
	(void)state;
	start();
	fake_types(&f, "show cl");
	fake_shows(&f, "show cl");
	logs("%SYS-5-CONFIG_I: one", false);
	fake_shows(&f, "\r\n%SYS-5-CONFIG_I: one\r\n");
	logs("%SYS-5-CONFIG_I: two", false);
	fake_shows(&f, "%SYS-5-CONFIG_I: two\r\n");
	fake_types(&f, "o"); /* as it stands; the line is still there */
	fake_shows(&f, "o");
	fake_types(&f, "\x12");
	fake_shows(&f, "\r\nR1#show clo");
	fake_types(&f, "\r");
	fake_shows(&f, "\r\n");
	fake_hears(&f, PROTO_EXECUTE, "show clo");
	fake_ready(&f, "R1#", 24, 80, 0);
	fake_shows(&f, "R1#");
	fake_types(&f, "abc\x02");
	fake_shows(&f, "abc\b");
	logs("%LINK-3-UPDOWN: x", true);
	fake_shows(&f, "\r\n%LINK-3-UPDOWN: x\r\nR1#abc\b");
	fake_types(&f, "\r");
	fake_shows(&f, "\r\n");
	fake_hears(&f, PROTO_EXECUTE, "abc");
	fake_asks(&f, ASK_SECRET, "Password: ");
	fake_shows(&f, "Password: ");
	logs("%LINK-3-UPDOWN: y", true);
	fake_shows(&f, "\r\n%LINK-3-UPDOWN: y\r\nPassword: ");
	fake_types(&f, "s\r");
	fake_shows(&f, "\r\n");
	fake_hears(&f, PROTO_ANSWER, "s");
	end();
}

/* A notice of several lines is one block, and what was typed stands behind it once. */
static void
test_notice(void **state)
{
	(void)state;
	start();
	fake_types(&f, "abc");
	fake_shows(&f, "abc");
	logs("\n\n***\n*** --- SHUTDOWN ABORTED ---\n***\n", true);
	fake_shows(&f, "\r\n\r\n\r\n***\r\n*** --- SHUTDOWN ABORTED ---\r\n***\r\n\r\nR1#abc");
	fake_types(&f, "\x15");
	fake_shows(&f, "\b\b\b   \b\b\b");
	end_at_prompt();
}

/* The delimiter of a banner may be Ctrl-C, typed behind Ctrl-V; Ctrl-Z leaves its text. */
static void
test_banner_keys(void **state)
{
	(void)state;
	start();
	fake_types(&f, "banner motd \x16\x03\r");
	fake_shows(&f, "banner motd ^C\r\n");
	fake_hears(&f, PROTO_EXECUTE, "banner motd \x03");
	fake_asks(&f, ASK_TEXT, "");
	fake_types(&f, "half\x1a");
	fake_shows(&f, "half^Z\r\n");
	fake_hears(&f, PROTO_END, "half");
	fake_ready(&f, "R1#", 24, 80, 0);
	fake_shows(&f, "R1#");
	end_at_prompt();
}

/* What each key sequence draws, and the line it leaves. */
static void
test_editing_keys(void **state)
{
	static const struct {
		const char *keys, *drawn, *line;
	} cases[] = {
		{ "ab\x7f", "ab\b \b", "a" },
		{ "ab\x08", "ab\b \b", "a" },
		{ "\x7f\x08\x04", "", "" },
		{ "abc\x01X", "abc\b\b\bXabc\b\b\b", "Xabc" },
		{ "abc\x02\x02\x04", "abc\b\bc \b\b", "ac" },
		{ "abc\x01\x06\x06-", "abc\b\b\bab-c\b", "ab-c" },
		{ "abc\x01\x05-", "abc\b\b\babc-", "abc-" },
		{ "abc\x02\x0b", "abc\b \b", "ab" },
		{ "abc\x15", "abc\b\b\b   \b\b\b", "" },
		{ "abc\x02\x18x", "abc\b\b\b   \b\b\bx",
			"x" }, /* all of it, wherever the cursor is */
		{ "abc\x02\x02\x15x", "abc\b\b\b   \b\b\bx", "x" },
		{ "one two\x17", "one two\b\b\b   \b\b\b", "one " },
		{ "ab\x17\x19", "ab\b\b  \b\bab", "ab" },
		{ "ab\x14", "ab\b\bba", "ba" },
		{ "a b\x1b"
		  "b\x1b"
		  "bX",
			"a b\b\b\bXa b\b\b\b", "Xa b" },
		{ "a b\x01\x1b"
		  "f-",
			"a b\b\b\ba- b\b\b", "a- b" },
		{ "a bc\x01\x1b"
		  "d",
			"a bc\b\b\b\b bc \b\b\b\b", " bc" },
		{ "abc\x1b[D\x1b[D\x1b[CX", "abc\b\bbXc\b", "abXc" },
		{ "abc\x1bOH1\x1b[F2", "abc\b\b\b1abc\b\b\babc2", "1abc2" },
		{ "abc\x1b[1~\x1b[3~", "abc\b\b\bbc \b\b\b", "bc" },
		{ "a\x1b[5~\x1b[2~\x07\x0f\x1b"
		  "x\x1b"
		  "5b",
			"ab", "ab" },
		/* keys IOS does not know: nothing of them is text */
		{ "a\x1b[15~\x1b[[A\x1bOP\x1b[200~b\x1b[201~c\x1b\x1b[3;5~", "abc", "abc" },
		{ "abc\x1b[1;5DX", "abc\bXc\b", "abXc" }, /* modifiers do not matter */
		{ "a\x1e"
		  "xb\x1ey",
			"aby", "aby" }, /* Ctrl-^ x */
		/* ^T in the middle, ^V and a key */
		{ "abc\x02\x02\x14", "abc\b\b\bbac\b", "bac" },
		{ "a\x16\x15\x7f"
		  "b",
			"a^U\b\b  \b\bb", "ab" },
		{ "one two\x01\x1b"
		  "c\x1bu",
			"one two\b\b\b\b\b\b\bOne two\b\b\b\b TWO", "One TWO" },
		{ "ONE TWO\x01\x1bl", "ONE TWO\b\b\b\b\b\b\bone TWO\b\b\b\b", "one TWO" },
	};

	(void)state;
	start();
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		fake_types(&f, cases[i].keys);
		fake_shows(&f, cases[i].drawn);
		fake_types(&f, "\r");
		fake_shows(&f, "\r\n");
		fake_hears(&f, PROTO_EXECUTE, cases[i].line);
		fake_ready(&f, "R1#", 24, 80, 0);
		fake_shows(&f, "R1#");
	}
	end_at_prompt();
}

/* Types keys, and Enter: the router gets `line`, whatever it looked like on the way. */
static void
leaves(const char *keys, const char *text)
{
	char end[600];

	fake_types(&f, keys);
	fake_types(&f, "\x12\r"); /* drawn once more, so that the end of what is shown is known */
	snprintf(end, sizeof(end), "\r\nR1#%s\r\n", text);
	fake_shows_until(&f, end);
	fake_hears(&f, PROTO_EXECUTE, text);
	fake_ready(&f, "R1#", 24, 80, 0);
	fake_shows(&f, "R1#");
}

static void
test_delete_buffer(void **state)
{
	(void)state;
	start();
	leaves("\x19\x1b"
	       "yx",
		"x"); /* nothing was deleted yet */
	leaves("one two\x17\x17three\x19\x19",
		"threeone one "); /* ^W twice, ^Y twice: the newest */
	leaves("\x19\x1b"
	       "y",
		"two"); /* Esc Y: the next, in its place */
	leaves("\x19\x1b"
	       "y\x1bY",
		"one "); /* ... and round to the first */
	leaves("\x1b"
	       "yx",
		"x"); /* only behind ^Y */
	leaves("\x19x\x1b"
	       "y",
		"one x");
	/* Eleven: the first is forgotten. All ways of deleting but by character. */
	leaves("1 1\x15"
	       "2\x18"
	       "3\x01\x0b"
	       "4\x01\x1b"
	       "d5\x17"
	       "6\x1b\x7f"
	       "7\x17"
	       "8\x17"
	       "9\x17"
	       "10\x17"
	       "11\x17x\x7fy\x04",
		"y");
	leaves("\x19\x1by\x1by\x1by\x1by\x1by\x1by\x1by\x1by\x1by", "2");
	leaves("\x19\x1by\x1by\x1by\x1by\x1by\x1by\x1by\x1by\x1by\x1by", "11");
	/* What is deleted of an answer, which may be a password, does not come back. */
	line("enable");
	fake_asks(&f, ASK_SECRET, "Password: ");
	fake_shows(&f, "Password: ");
	fake_types(&f, "secret\x15x\r");
	fake_shows(&f, "\r\n");
	fake_hears(&f, PROTO_ANSWER, "x");
	fake_ready(&f, "R1#", 24, 80, 0);
	fake_shows(&f, "R1#");
	leaves("\x19", "11");
	end_at_prompt();
}

static void
test_history_keys(void **state)
{
	char text[8];

	(void)state;
	start();
	leaves("\x10\x0e\x1b<\x1b>x", "x"); /* there is none yet */
	for (int i = 1; i <= 25; i++) {
		snprintf(text, sizeof(text), "l%d", i);
		leaves(text, text);
	}
	leaves("\x1b<", "l6"); /* READY says 20 lines; this is the newest now */
	leaves("typed\x1b<\x1b>", "l6");
	leaves("typed\x1b<\x0e\x10\x1b>\x0e!", "typed!");
	leaves("\x10\x10\x10\x0e\x10", "l25"); /* typed!, l6 */
	leaves("\x1b[A\x1bOA\x1b[B", "l25");
	/* terminal history size 3: the oldest are forgotten at once */
	f.history = 3;
	leaves("a", "a");
	leaves("\x1b<", "typed!");
	f.history = -1;
	leaves("b", "b");
	leaves("\x10\x1b<c", "c");
	end_at_prompt();
}

static void
test_histories_are_apart(void **state)
{
	(void)state;
	start();
	line("show one");
	fake_ready(&f, "R1#", 24, 80, 0);
	fake_shows(&f, "R1#");
	line("configure terminal");
	fake_ready(&f, "R1(config)#", 24, 80, PROTO_READY_CONFIG);
	fake_shows(&f, "R1(config)#");
	line("hostname R1");
	fake_ready(&f, "R1(config)#", 24, 80, PROTO_READY_CONFIG);
	fake_shows(&f, "R1(config)#");
	fake_types(&f, "\x10\x10\x0e\x0ex");
	fake_shows(&f, "hostname R1\b\b\b\b\b\b\b\b\b\b\b           \b\b\b\b\b\b\b\b\b\b\bx");
	fake_types(&f, "\x1a");
	fake_shows(&f, "^Z\r\n");
	fake_hears(&f, PROTO_END, "x");
	fake_ready(&f, "R1#", 24, 80, 0);
	fake_shows(&f, "R1#");
	fake_types(&f, "\x1b[A\x1bOA");
	fake_shows(&f, "configure terminal\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b"
		       "show one          \b\b\b\b\b\b\b\b\b\b");
	fake_types(&f, "\r");
	fake_shows(&f, "\r\n");
	fake_hears(&f, PROTO_EXECUTE, "show one");
	end();
}

static void
test_width(void **state)
{
	char text[601];

	(void)state;
	start();
	for (size_t i = 0; i < 600; i++)
		text[i] = (char)('a' + i % 26);
	text[600] = '\0';
	line("terminal width 0");
	fake_ready(&f, "R1#", 24, 0, 0);
	fake_shows(&f, "R1#");
	line(text);
	fake_ready(&f, "R1#", 24, 511, 0);
	fake_shows(&f, "R1#");
	line(text);
	fake_ready(&f, "R1#", 24, 80, 0);
	fake_shows(&f, "R1#");
	text[76] = '\0';
	line(text); /* fits: nothing moves */
	fake_ready(&f, "R1#", 24, 80, 0);
	fake_shows(&f, "R1#");
	text[76] = 'y';
	text[77] = '\0';
	fake_types(&f, text); /* does not: shifts by ten, with a $ */
	fake_shows_bytes(&f, text, 76);
	for (int i = 0; i < 76; i++)
		fake_shows(&f, "\b");
	fake_shows(&f, "$");
	fake_shows_bytes(&f, text + 10, 67);
	fake_shows(&f, "        \b\b\b\b\b\b\b\b");
	fake_types(&f, "\r");
	fake_shows(&f, "\r\n");
	fake_hears(&f, PROTO_EXECUTE, text);
	end();
}

static void
test_too_long_a_line(void **state)
{
	static char text[5000];

	(void)state;
	start();
	line("terminal width 0");
	fake_ready(&f, "R1#", 24, 0, 0);
	fake_shows(&f, "R1#");
	memset(text, 'x', 4095);
	line(text); /* the longest there may be */
	fake_ready(&f, "R1#", 24, 0, 0);
	fake_shows(&f, "R1#");
	text[4095] = 'x';
	fake_types(&f, text);
	fake_shows_bytes(&f, text, 4095);
	fake_types(&f, "\r");
	fake_shows(&f, "\r\n% Line is too long\r\n\r\nR1#");
	line("short"); /* nothing of it was run */
	end();
}

static void
test_window(void **state)
{
	struct winsize size = { .ws_row = 40, .ws_col = 132 };

	(void)state;
	start_window("vty 24 80", 0, 0); /* unknown: 24 x 80 */
	fake_ready(&f, "R1#", 24, 80, 0);
	fake_shows(&f, "R1#");
	fake_types(&f, "sh");
	fake_shows(&f, "sh");
	assert_int_equal(ioctl(f.user, TIOCSWINSZ, &size), 0);
	fake_hears(&f, PROTO_RESIZE, "40 132");
	fake_hears(&f, PROTO_COMPLETE, ""); /* to learn the length and width in force now */
	fake_types(&f, "ow\r");
	fake_says(&f, PROTO_LINE, "");
	fake_ready(&f, "R1#", 3, 132, 0);
	fake_shows(&f, "ow\r\n");
	fake_hears(&f, PROTO_EXECUTE, "show");
	fake_says(&f, PROTO_OUTPUT, "1\n2\n3\n");
	fake_shows(&f, "1\r\n2\r\n --More-- ");
	stops("q");
	fake_ready(&f, "R1#", 3, 132, 0);
	fake_ready(&f, "R1#", 3, 132, 0);
	fake_shows(&f, "R1#");
	end_at_prompt();
}

static void
resizes(unsigned short columns)
{
	struct winsize size = { .ws_row = 24, .ws_col = columns };
	char said[16];

	assert_int_equal(ioctl(f.user, TIOCSWINSZ, &size), 0);
	snprintf(said, sizeof(said), "24 %u", columns);
	fake_hears(&f, PROTO_RESIZE, said);
	fake_hears(&f, PROTO_COMPLETE, "");
	fake_says(&f, PROTO_LINE, "");
	fake_ready(&f, "R1#", 24, columns, 0);
}

/* The line being typed follows the window: it scrolls where that ends now. */
static void
test_window_and_line(void **state)
{
	(void)state;
	start();
	fake_types(&f, "0123456789012345678901234567890");
	fake_shows(&f, "0123456789012345678901234567890");
	resizes(40); /* fits: nothing is drawn */
	fake_types(&f, "12345");
	fake_shows(&f, "12345");
	fake_types(&f, "6");
	fake_shows_until(&f, "$012345678901234567890123456");
	fake_shows_until(&f, "\b\b\b\b\b\b\b\b");
	resizes(80); /* there is room for all of it again */
	fake_shows(&f, "\r\nR1#0123456789012345678901234567890123456");
	resizes(30); /* ... and no more */
	fake_shows(&f, "\r\nR1#$01234567890123456");
	fake_types(&f, "\r");
	fake_shows_until(&f, "\r\n");
	fake_hears(&f, PROTO_EXECUTE, "0123456789012345678901234567890123456");
	end();
}

/* The terminal is as it was, however the session ends. */
static void
test_terminal_is_restored(void **state)
{
	static const int signals[] = { 0, SIGTERM, SIGHUP, SIGINT };

	(void)state;
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		struct termios before, during, after;

		start_window("vty 24 80", 24, 80);
		assert_int_equal(tcgetattr(slave, &during), 0);
		assert_int_equal(during.c_lflag & (ECHO | ICANON | ISIG), 0);
		fake_ready(&f, "R1#", 24, 80, 0);
		fake_shows(&f, "R1#");
		if (signals[i] != 0) {
			kill(acegate, signals[i]);
			assert_int_equal(status(), -signals[i]);
		} else {
			fake_says(&f, PROTO_BYE, "");
			assert_int_equal(status(), 0);
			fake_shows(&f, "\r\n");
		}
		assert_int_equal(tcgetattr(slave, &after), 0);
		close(slave);
		close(f.user);
		assert_int_equal(openpty(&f.user, &slave, NULL, NULL, NULL), 0);
		assert_int_equal(tcgetattr(slave, &before), 0);
		assert_int_equal(after.c_iflag, before.c_iflag);
		assert_int_equal(after.c_oflag, before.c_oflag);
		assert_int_equal(after.c_lflag, before.c_lflag);
		close(slave);
		close(f.user);
		close(f.router);
	}
}

static void
test_router_goes_away(void **state)
{
	(void)state;
	start();
	close(f.router); /* a login ends without a word */
	assert_int_equal(status(), 1);
	fake_shows(&f, "\r\n");
	close(slave);
	fake_shows_end(&f);
	close(f.user);
	/* At the pager, too. */
	start();
	line("x");
	fake_ready(&f, "R1#", 2, 80, 0);
	fake_shows(&f, "R1#");
	line("y");
	fake_says(&f, PROTO_OUTPUT, "1\n2\n3\n");
	fake_shows(&f, "1\r\n --More-- ");
	close(f.router);
	assert_int_equal(status(), 1);
	fake_shows(&f, "\r\n");
	close(slave);
	fake_shows_end(&f);
	close(f.user);
	/* Before it said a word: a login that was turned away, without a word. */
	start_window("vty 24 80", 24, 80);
	close(f.router);
	assert_int_equal(status(), 1);
	close(slave);
	fake_shows_end(&f);
	close(f.user);
}

/* ---- the console of a router that reloads ---- */

#define GONE "acegate: the router has gone away\r\nacegate: waiting for it to come back\r\n"

static int listener;

static void
take_session(void)
{
	struct pollfd ready = { .fd = listener, .events = POLLIN };

	assert_int_equal(poll(&ready, 1, FAKE_PATIENCE_MS), 1);
	f.router = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
	assert_true(f.router >= 0);
	f.have = 0;
}

/* acegate on a console, its socket in a directory of its own. */
static void
start_console(char dir[static 32])
{
	struct sockaddr_un addr = { .sun_family = AF_UNIX };
	struct winsize size = { .ws_row = 24, .ws_col = 80 };
	char path[512];

	memset(&f, 0, sizeof(f));
	strcpy(dir, "/tmp/acegate-test-XXXXXX");
	assert_non_null(mkdtemp(dir));
	snprintf(addr.sun_path, sizeof(addr.sun_path), "%s/s", dir);
	listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(listener, (struct sockaddr *)&addr, sizeof(addr)), 0);
	assert_int_equal(listen(listener, 8), 0);
	assert_int_equal(openpty(&f.user, &slave, NULL, NULL, &size), 0);
	fcntl(f.user, F_SETFD, FD_CLOEXEC);
	acegate = fork();
	if (acegate == 0) {
		login_tty(slave);
		execl(fake_program("acegate", path, sizeof(path)), "acegate", "-s", addr.sun_path,
			(char *)NULL);
		_exit(127);
	}
	take_session();
	fake_hears(&f, PROTO_HELLO, "console 24 80");
	fake_ready(&f, "R1#", 24, 80, 0);
	fake_shows(&f, "R1#");
}

static void
remove_socket(const char *dir)
{
	char path[64];

	close(listener);
	snprintf(path, sizeof(path), "%s/s", dir);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(dir), 0);
}

static void
test_console_comes_back(void **state)
{
	char dir[32];

	(void)state;
	start_console(dir);
	line("reload");
	fake_asks(&f, ASK_CONFIRM, "Proceed with reload? [confirm]");
	fake_shows(&f, "Proceed with reload? [confirm]");
	fake_types(&f, "\r");
	fake_shows(&f, "\r\n");
	fake_hears(&f, PROTO_ANSWER, "y");
	close(f.router); /* no prompt */
	fake_shows(&f, GONE "\r\n\r\nPress RETURN to get started.\r\n\r\n\r\n");
	take_session(); /* only looked whether we are there */
	fake_hears_end(&f);
	close(f.router);
	fake_types(&f, "\r");
	fake_shows(&f, "\r\n"); /* the kernel's echo: the terminal is the user's meanwhile */
	take_session();
	fake_hears(&f, PROTO_HELLO, "console 24 80");
	fake_ready(&f, "R1>", 24, 80, 0);
	fake_shows(&f, "R1>");
	line("enable");
	end();
	remove_socket(dir);
}

/* exec-timeout: the console stays, and RETURN begins again. */
static void
test_console_returns(void **state)
{
	char dir[32];

	(void)state;
	start_console(dir);
	fake_types(&f, "sho");
	fake_shows(&f, "sho");
	fake_says(&f, PROTO_OUTPUT, "\n\n\nR1 con0 is now available\n\n");
	fake_says(&f, PROTO_BYE, "return");
	fake_shows(&f, "\r\n\r\n\r\n\r\nR1 con0 is now available\r\n\r\n");
	fake_hears_end(&f);
	close(f.router);
	fake_types(&f, "\r");
	fake_shows(&f, "\r\n");
	take_session();
	fake_hears(&f, PROTO_HELLO, "console 24 80");
	fake_ready(&f, "R1>", 24, 80, 0);
	fake_shows(&f, "R1>");
	line("enable");
	end();
	remove_socket(dir);
}

/* Nobody has to wait for a router. */
static void
test_console_gives_up(void **state)
{
	char dir[32];

	(void)state;
	start_console(dir);
	remove_socket(dir);
	close(f.router);
	fake_shows(&f, "\r\n" GONE);
	fake_types(&f, "\x03");
	assert_int_equal(status(), -SIGINT);
	close(slave);
	close(f.user);
}

/* A router that speaks nonsense is as good as gone. */
static void
test_nonsense(void **state)
{
	static const uint8_t frames[][8] = {
		{ 0xff, 0xff, 0xff, 0xff, PROTO_OUTPUT }, /* too long */
		{ 0, 0, 0, 0, 200 },			  /* unknown */
		{ 0, 0, 0, 2, PROTO_READY, 0, 0 },	  /* cut short */
		{ 0, 0, 0, 0, PROTO_EXECUTE },		  /* the wrong way */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(frames) / sizeof(frames[0]); i++) {
		size_t n = PROTO_HEADER + (frames[i][3] == 2 ? 2 : 0);

		start();
		assert_int_equal(write(f.router, frames[i], n), n);
		assert_int_equal(status(), 1);
		fake_shows(&f, "\r\n");
		close(slave);
		fake_shows_end(&f);
		close(f.user);
		close(f.router);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_echo_is_literal),
		cmocka_unit_test(test_every_enter_counts_once),
		cmocka_unit_test(test_line_feed_after_the_answer),
		cmocka_unit_test(test_type_ahead),
		cmocka_unit_test(test_long_paste),
		cmocka_unit_test(test_secret_is_silent),
		cmocka_unit_test(test_confirm_takes_one_key),
		cmocka_unit_test(test_help),
		cmocka_unit_test(test_tab),
		cmocka_unit_test(test_interrupt_and_end),
		cmocka_unit_test(test_pager),
		cmocka_unit_test(test_pager_filters),
		cmocka_unit_test(test_interrupt_is_heard_at_once),
		cmocka_unit_test(test_a_question_starts_a_new_page),
		cmocka_unit_test(test_log_lines),
		cmocka_unit_test(test_notice),
		cmocka_unit_test(test_banner_keys),
		cmocka_unit_test(test_editing_keys),
		cmocka_unit_test(test_delete_buffer),
		cmocka_unit_test(test_history_keys),
		cmocka_unit_test(test_histories_are_apart),
		cmocka_unit_test(test_width),
		cmocka_unit_test(test_too_long_a_line),
		cmocka_unit_test(test_window),
		cmocka_unit_test(test_window_and_line),
		cmocka_unit_test(test_terminal_is_restored),
		cmocka_unit_test(test_router_goes_away),
		cmocka_unit_test(test_console_comes_back),
		cmocka_unit_test(test_console_returns),
		cmocka_unit_test(test_console_gives_up),
		cmocka_unit_test(test_nonsense),
	};

	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
