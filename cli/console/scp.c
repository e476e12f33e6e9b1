/*
 * scp.c - `scp -t flash:/file`, `scp -f flash:/file`: the far end of an scp client, over SSH.
 *
 * The protocol is rcp's as OpenSSH's `scp -O` and the libraries of the network people speak it: each
 * message is answered by a byte, 0 for good, 1 and a line for what went wrong.  It is spoken here, by a
 * process without rights; the router is asked for files by PROTO_FILE_ requests and decides.  There are no
 * directories to copy and no patterns to expand, and nothing is ever run.
 */
#include "cli/console/console.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/console/scp.h"

enum { LINE_MAX_BYTES = 2048, PIECE = 64 * 1024, SAID_MAX = 512 };

struct scp {
	struct wire *wire;
	bool to, times; /* -t; -p */
	bool directory; /* -t: the name is a directory's, the file's comes in the message */
	char target[LINE_MAX_BYTES];
	char said[SAID_MAX]; /* by the router, when it refuses */
	size_t said_len;
	char found[64]; /* "SIZE TIME" */
	char *piece;	/* the router's last bytes */
	size_t piece_len;
};

/* ---- the client, on stdin and stdout ---- */

/* All of it, or false. */
static bool
get(void *buf, size_t len)
{
	char *p = buf;

	while (len > 0) {
		ssize_t n = read(STDIN_FILENO, p, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		p += n;
		len -= (size_t)n;
	}
	return true;
}

static bool
put(const void *buf, size_t len)
{
	const char *p = buf;

	while (len > 0) {
		ssize_t n = write(STDOUT_FILENO, p, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		p += n;
		len -= (size_t)n;
	}
	return true;
}

static bool
put_good(void)
{
	return put("", 1);
}

static void
put_error(const char *why)
{
	char line[SAID_MAX + 16];
	int len = snprintf(line, sizeof(line), "\001scp: %s\n", why);

	(void)put(line, (size_t)len);
}

/* A message up to its line end, which is left out. False at the end of the input, or when it is too long. */
static bool
get_line(char *line, size_t size)
{
	for (size_t n = 0; n < size; n++) {
		if (!get(&line[n], 1))
			return false;
		if (line[n] == '\n') {
			line[n] = '\0';
			return true;
		}
	}
	return false;
}

/* The client's byte: whether all is well. What it complains about is its own user's to read. */
static bool
get_good(void)
{
	char line[LINE_MAX_BYTES], byte;

	if (!get(&byte, 1))
		return false;
	if (byte == 0)
		return true;
	(void)get_line(line, sizeof(line));
	return false;
}

/* ---- the router ---- */

static void
keep_said(struct scp *p, const uint8_t *text, size_t len)
{
	for (size_t i = 0; i < len && p->said_len + 1 < sizeof(p->said); i++)
		p->said[p->said_len++] = text[i] == '\n' ? ' ' : (char)text[i];
	p->said[p->said_len] = '\0';
}

static bool
keep_piece(struct scp *p, const uint8_t *data, size_t len)
{
	if (len > PIECE)
		return false;
	memcpy(p->piece, data, len);
	p->piece_len = len;
	return true;
}

/* Takes one frame; 1 when it is a good answer, -1 a bad one, 0 when it is none. */
static int
on_frame(struct scp *p, enum proto_type type, const uint8_t *payload, size_t len)
{
	struct proto_ready ready;

	switch (type) {
	case PROTO_OUTPUT:
		keep_said(p, payload, len);
		return 0;
	case PROTO_FILE_FOUND:
		snprintf(p->found, sizeof(p->found), "%.*s", (int)len, (const char *)payload);
		return 0;
	case PROTO_FILE_BYTES:
		return keep_piece(p, payload, len) ? 0 : -1;
	case PROTO_READY:
		return proto_ready_decode(payload, len, &ready) == 0 && ready.status == 0 ? 1 : -1;
	case PROTO_MONITOR:
		return 0;
	default:
		return -1;
	}
}

/* Sees a request through; false when the router refuses or is gone. */
static bool
ask(struct scp *p, enum proto_type request, const void *payload, size_t n)
{
	enum proto_type type;
	const uint8_t *data;
	size_t len;
	int answer = 0;

	p->said_len = 0;
	p->said[0] = '\0';
	wire_send(p->wire, request, payload, n);
	while (answer == 0 && !p->wire->gone) {
		while (answer == 0 && wire_next(p->wire, &type, &data, &len))
			answer = on_frame(p, type, data, len);
		if (answer == 0 && !p->wire->gone)
			wire_fill(p->wire);
	}
	if (answer != 1 && p->said_len == 0)
		snprintf(p->said, sizeof(p->said), "the router has gone away");
	return answer == 1;
}

/* ---- -t: a file comes ---- */

/*
 * The file's bytes, and the byte behind them. False when it goes wrong, which the client has been told: it
 * listens only when it has sent everything, so everything is taken.
 */
static bool
receive_bytes(struct scp *p, unsigned long long size)
{
	bool ok = true;

	while (size > 0) {
		size_t n = size < PIECE ? (size_t)size : PIECE;

		if (!get(p->piece, n))
			return false;
		ok = ok && ask(p, PROTO_FILE_DATA, p->piece, n);
		size -= n;
	}
	if (!get_good())
		return false;
	if (ok && ask(p, PROTO_FILE_WHOLE, "", 0))
		return put_good();
	put_error(p->said);
	return false;
}

/* "C0644 1234 name" */
static bool
receive_file(struct scp *p, const char *message)
{
	unsigned long long size;
	char name[2 * LINE_MAX_BYTES + 32];
	unsigned mode;
	int at = 0;

	if (sscanf(message, "C%o %llu %n", &mode, &size, &at) != 2 || at == 0 ||
		message[at] == '\0' || strchr(message + at, '/') != NULL) {
		put_error("bad message");
		return false;
	}
	snprintf(name, sizeof(name), "%llu %s%s%s", size, p->target,
		p->directory && p->target[strlen(p->target) - 1] != ':' &&
				p->target[strlen(p->target) - 1] != '/'
			? "/"
			: "",
		p->directory ? message + at : "");
	if (!ask(p, PROTO_FILE_WRITE, name, strlen(name))) {
		put_error(p->said);
		return false;
	}
	return put_good() && receive_bytes(p, size);
}

static bool
sink(struct scp *p)
{
	char message[LINE_MAX_BYTES];

	if (!put_good())
		return false;
	while (get_line(message, sizeof(message))) {
		switch (message[0]) {
		case 'C':
			if (!receive_file(p, message))
				return false;
			break;
		case 'T': /* a file gets the router's time */
			if (!put_good())
				return false;
			break;
		case '\001':
		case '\002':
			return false;
		default:
			put_error("only files can be copied");
			return false;
		}
	}
	return true;
}

/* ---- -f: a file goes ---- */

static bool
send_file(struct scp *p)
{
	char message[LINE_MAX_BYTES + 64];
	unsigned long long size = 0;
	long long when = 0;
	const char *base;

	if (!ask(p, PROTO_FILE_READ, p->target, strlen(p->target))) {
		put_error(p->said);
		return false;
	}
	(void)sscanf(p->found, "%llu %lld", &size, &when);
	if (p->times) {
		snprintf(message, sizeof(message), "T%lld 0 %lld 0\n", when, when);
		if (!put(message, strlen(message)) || !get_good())
			return false;
	}
	/* What the client asked for, behind the last slash: it compares. */
	base = strrchr(p->target, '/') != NULL ? strrchr(p->target, '/') + 1 : p->target;
	snprintf(message, sizeof(message), "C0644 %llu %s\n", size, base);
	if (!put(message, strlen(message)) || !get_good())
		return false;
	while (size > 0) {
		/* What has been told is what is sent, whatever happens to the file meanwhile. */
		if (!ask(p, PROTO_FILE_NEXT, "", 0) || p->piece_len == 0)
			return false;
		if (p->piece_len > size)
			p->piece_len = (size_t)size;
		if (!put(p->piece, p->piece_len))
			return false;
		size -= p->piece_len;
	}
	return put_good() && get_good();
}

/* ---- the command ---- */

/* A word of the command, its quotes taken off. NULL at the end. */
static char *
next_word(char **rest)
{
	char *word = *rest + strspn(*rest, " "), *end;

	if (*word == '\0')
		return NULL;
	if (*word == '\'' || *word == '"') {
		end = strchr(word + 1, *word);
		word++;
	} else {
		end = strchr(word, ' ');
	}
	if (end == NULL)
		end = word + strlen(word);
	*rest = *end == '\0' ? end : end + 1;
	*end = '\0';
	return word;
}

/* "scp -p -t flash:/file". False when it is not understood. */
static bool
read_command(struct scp *p, char *command)
{
	char *rest = command, *word = next_word(&rest);
	bool from = false;

	while ((word = next_word(&rest)) != NULL && word[0] == '-' && strcmp(word, "--") != 0) {
		for (const char *o = word + 1; *o != '\0'; o++) {
			if (*o == 't')
				p->to = true;
			else if (*o == 'f')
				from = true;
			else if (*o == 'p')
				p->times = true;
			else if (*o == 'd')
				p->directory = true;
			else if (*o != 'v' && *o != 'q' && *o != 'r')
				return false;
		}
	}
	if (word != NULL && strcmp(word, "--") == 0)
		word = next_word(&rest);
	if (word == NULL || *word == '\0' || next_word(&rest) != NULL || p->to == from ||
		strlen(word) >= sizeof(p->target))
		return false;
	strcpy(p->target, word);
	/* "flash:" alone, or what ends in a slash, is where a file goes under its own name. */
	if (p->to && strchr(":/", word[strlen(word) - 1]) != NULL)
		p->directory = true;
	return true;
}

bool
scp_is_command(const char *command)
{
	return strncmp(command, "scp ", 4) == 0;
}

bool
scp_run(struct wire *wire, char *command)
{
	struct scp p = { .wire = wire };
	bool ok = false;

	p.piece = malloc(PIECE);
	if (p.piece == NULL || !read_command(&p, command))
		put_error("not supported");
	else if (p.to)
		ok = sink(&p);
	else
		ok = get_good() && send_file(&p);
	free(p.piece);
	return ok;
}
