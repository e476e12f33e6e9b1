/*
 * protocol.h - what acegate and acegated say to each other over the control socket.
 *
 * Frames: u32 big-endian length of the payload, u8 type, payload (not terminated). A client sends
 * HELLO, then one request at a time, and waits for the READY, ASK or BYE that answers each of them,
 * HELLO included.  INTERRUPT may come at any moment and is answered once like the others (a client
 * that interrupts while it waits therefore waits for two, and what comes between them is about the
 * interruption); RESIZE may come at any moment and is not
 * answered.  An ANSWER that nothing asks for any more is answered by READY.  OUTPUT and MONITOR
 * frames come whenever there is something to show; a BYE may come at any moment too.  Who is waiting
 * while the router reloads hears the connection end instead.
 *
 * An SSH login first hears an OUTPUT: the login banner, or empty; now the line is its own.  Then it
 * says who it is, by AUTH, as often as the router lets it; only when one was accepted (not a query) it
 * may send HELLO, "vty" for a shell or "exec" for a single EXECUTE that is never paged and whose
 * questions are answered as Enter would, except that a [confirm] is declined, or for the FILE_ requests
 * of an scp.
 *
 * A frame longer than PROTO_MAX or of an unknown type ends the connection; either side survives that.
 */
#ifndef CLI_PROTOCOL_H
#define CLI_PROTOCOL_H

#include <stddef.h>
#include <stdint.h>

enum { PROTO_HEADER = 5, PROTO_MAX = 1 << 20 };

enum proto_type {
	/* acegate -> acegated */
	PROTO_HELLO = 1,	/* "KIND ROWS COLUMNS"; KIND = console | batch | vty | exec */
	PROTO_EXECUTE,		/* a line */
	PROTO_HELP,		/* the text left of the cursor when ? was typed */
	PROTO_COMPLETE,		/* ... when Tab was typed */
	PROTO_ANSWER,		/* to an ASK */
	PROTO_INTERRUPT,	/* Ctrl-C: "" at the prompt, "line" while a line is being run */
	PROTO_END,		/* Ctrl-Z; the line's text */
	PROTO_RESIZE,		/* "ROWS COLUMNS" */
	PROTO_AUTH,		/* u8 enum proto_method, "USER\0PROOF"; before HELLO */
	PROTO_TRANSPORT,	/* "CIPHER HMAC": how an SSH login is protected; before AUTH, not answered */
	PROTO_FILE_WRITE,	/* "BYTES URL": a file of flash: is to be written; "exec" only, as those below */
	PROTO_FILE_DATA,	/* the next of its bytes */
	PROTO_FILE_WHOLE,	/* that was all of it: it takes its name */
	PROTO_FILE_READ,	/* a url: answered by FILE_FOUND and READY */
	PROTO_FILE_NEXT,	/* answered by FILE_BYTES and READY */
	/* acegated -> acegate */
	PROTO_OUTPUT = 64,	/* text to page; '\n' line ends */
	PROTO_MONITOR,		/* u8 flags, a log line, or a notice of several in one; not paged; no
				 * line end behind the last */
	PROTO_READY,		/* u8 status (0 done, 1 refused), u8 flags, u16 length, u16 width,
				 * u16 lines of history, prompt text */
	PROTO_ASK,		/* u8 enum ask_kind, prompt text */
	PROTO_LINE,		/* to COMPLETE, before READY: the whole line as it should now stand */
	PROTO_BYE,		/* the session is over; a last OUTPUT may have come before. "return": only
				 * for its silence, and RETURN on the same terminal begins another */
	PROTO_VERDICT,		/* to AUTH: u8 enum auth_verdict (session.h) */
	PROTO_FILE_FOUND,	/* "BYTES SECONDS": how long the file is, and how old (since 1970) */
	PROTO_FILE_BYTES,	/* the next of its bytes, 64 KiB at most; none at its end */
};

/* What PROOF is. */
enum proto_method {
	PROTO_PASSWORD = 'p',	/* the password */
	PROTO_KEY_QUERY = 'q',	/* "ssh-ed25519 BASE64": would this key be let in? */
	PROTO_KEY = 'k',	/* likewise, and its signature has been verified */
};

enum {
	PROTO_READY_CONFIG = 1 << 0,		/* a config mode: history is kept apart from EXEC's */
};

enum {
	PROTO_MONITOR_SYNCHRONOUS = 1 << 0,	/* logging synchronous: redraw what is typed after it */
};

struct proto_ready {
	int status, flags;
	unsigned length, width, history;
	char prompt[256];
};

/* Writes a frame's header into h[PROTO_HEADER]. */
void proto_header(uint8_t *h, enum proto_type type, size_t len);
/* Takes a complete frame off the front of buf: its total length, 0 when more bytes are needed, -1 when
 * the frame is not legal. *type, *payload, *len describe it. */
long proto_parse(const uint8_t *buf, size_t have, enum proto_type *type, const uint8_t **payload,
	size_t *len);
/* READY's payload, both ways. encode returns its length (<= size) or 0; decode -1 when malformed. */
size_t proto_ready_encode(const struct proto_ready *r, uint8_t *buf, size_t size);
int proto_ready_decode(const uint8_t *p, size_t len, struct proto_ready *r);

/* ---- blocking helpers for the client side ---- */

/* Sends all; 0 or -errno. */
int proto_send(int fd, enum proto_type type, const void *payload, size_t len);
/* Connects to a control socket; the descriptor or -errno. */
int proto_connect(const char *path);
/* The default path: $ACEGATE_SOCKET, else the run directory's acegate.sock. */
const char *proto_default_socket(void);

#endif
