/*
 * exec.c - `ssh host "show clock"`: one command, and what it prints.
 *
 * The command comes first on stdin, ended by a NUL: acegate-vtyd sends it so.  There is no terminal, no
 * prompt, no echo and no pager; lines end CR LF, as everything that IOS says does.  Whether the command
 * was refused is in what it prints: the status says only whether it was run.  `scp` is no command of the
 * router's: scp.c answers it.
 */
#include "cli/console/console.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/console/scp.h"
#include "cli/console/wire.h"
#include "words/words.h"

struct exec {
	struct wire wire;
	bool answered, over;
};

/* Byte by byte, for what follows is not ours. Its length, or -1 when it does not end in time. */
static int
exec_read_command(char *command, size_t size)
{
	for (size_t n = 0; n < size;) {
		ssize_t got = read(STDIN_FILENO, command + n, 1);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		if (command[n++] == '\0')
			return (int)n - 1;
	}
	return -1;
}

static void
exec_print(const char *text, size_t len)
{
	while (len > 0) {
		const char *end = memchr(text, '\n', len);
		size_t n = end != NULL ? (size_t)(end - text) : len;

		fwrite(text, 1, n, stdout);
		if (end == NULL)
			return;
		fputs("\r\n", stdout);
		text += n + 1;
		len -= n + 1;
	}
}

static void
exec_on_frame(struct exec *e, enum proto_type type, const uint8_t *payload, size_t len)
{
	switch (type) {
	case PROTO_OUTPUT:
		exec_print((const char *)payload, len);
		break;
	case PROTO_READY:
		e->answered = true;
		break;
	case PROTO_BYE:
		e->over = true;
		break;
	case PROTO_MONITOR:
		break;
	default: /* nobody is asked anything */
		e->wire.gone = true;
		break;
	}
}

/*
 * Waits for the router, or for the client to go: a command may have years to go, and when nobody hears it
 * any more it shall not keep a line.  That the client sends no more is not that.
 */
static void
exec_wait(struct exec *e)
{
	struct pollfd fds[] = { { .fd = e->wire.fd, .events = POLLIN }, { .fd = STDOUT_FILENO } };
	int n;

	do
		n = poll(fds, 2, -1);
	while (n < 0 && errno == EINTR);
	if (n < 0 || (fds[1].revents & (POLLHUP | POLLERR)) != 0)
		e->wire.gone = true;
	else
		wire_fill(&e->wire);
}

/* Sends a request and prints what comes, up to its answer. */
static void
exec_request(struct exec *e, enum proto_type request, const char *text)
{
	enum proto_type type;
	const uint8_t *payload;
	size_t len;

	e->answered = false;
	wire_send(&e->wire, request, text, strlen(text));
	while (!e->answered && !e->over && !e->wire.gone && !ferror(stdout)) {
		while (wire_next(&e->wire, &type, &payload, &len))
			exec_on_frame(e, type, payload, len);
		fflush(stdout);
		if (!e->answered && !e->over && !e->wire.gone)
			exec_wait(e);
	}
}

enum console_status
console_exec(int fd)
{
	char command[WORDS_MAX_LINE + 1];
	struct exec e = { 0 };
	bool copied = true;

	wire_init(&e.wire, fd);
	if (exec_read_command(command, sizeof(command)) >= 0) {
		exec_request(&e, PROTO_HELLO, "exec 0 0");
		if (e.answered && scp_is_command(command))
			copied = scp_run(&e.wire, command);
		else if (e.answered)
			exec_request(&e, PROTO_EXECUTE, command);
	}
	wire_fini(&e.wire);
	return copied && (e.answered || e.over) ? CONSOLE_DONE : CONSOLE_REFUSED;
}
