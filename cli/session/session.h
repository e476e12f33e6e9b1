/*
 * session.h - one login: its mode, privilege, prompt and questions; what handlers print through.
 *
 * A session is driven from outside by lines and keys' requests, and answers through struct session_ops.
 * The same object serves the control socket, the configuration loader, acegate replay and the
 * transcript tests.  One libcli cli_def per session holds mode, privilege, the registered rows and the
 * output filters.  Control thread.
 */
#ifndef CLI_SESSION_H
#define CLI_SESSION_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "cli/grammar/grammar.h"
#include "router/router.h"

struct session;

enum session_kind {
	SESSION_CONSOLE,	/* con 0, interactive; privilege 15 is one `enable` away */
	SESSION_VTY,		/* must log in first as the line says, or by session_authenticate() */
	SESSION_EXEC,		/* one command over SSH: the user's privilege, never paged, asks nothing */
	SESSION_BATCH,		/* acegate -c / -f: privileged, asks nothing (every answer is Enter) */
	SESSION_LOADER,		/* startup-config: global config, prints nothing */
};

enum ask_kind {
	ASK_LINE,		/* a line, echoed */
	ASK_SECRET,		/* a line, not echoed */
	ASK_CONFIRM,		/* one key: Enter or y accepts ("y"), anything else declines ("n") */
	ASK_TEXT,		/* the next line of a text (a banner): files and batches go on with it */
};

struct session_ops {
	/* Output text; lines end in '\n'. Never blocks. */
	void (*output)(void *arg, const char *text, size_t len);
	/* A question was put; the answer comes by session_answer(). */
	void (*ask)(void *arg, enum ask_kind kind, const char *prompt);
	/* The session has ended (exit, failed login); nothing more will come. Destroy it later. */
	void (*closed)(void *arg);
	void *arg;
};

/* line: con 0 (several may share it) or a taken vty; NULL for batch and loader. NULL without memory. */
struct session *session_create(struct router *r, const struct grammar *g, enum session_kind kind,
	struct line *line, const struct session_ops *ops);
/* Releases its line. */
void session_destroy(struct session *s);
/* Banner and login dialog, or straight to EXEC. */
void session_start(struct session *s);

/*
 * SSH: who comes in is settled before the session starts; session_start() then asks nothing more.
 * user and proof are as they came (protocol.h says what a proof is). After AUTH_CLOSE (too many tries,
 * or a line that lets nobody in) only session_destroy() may follow.
 */
enum auth_method { AUTH_PASSWORD, AUTH_KEY_QUERY, AUTH_KEY };
enum auth_verdict { AUTH_REFUSED, AUTH_ACCEPTED, AUTH_CLOSE, AUTH_WAIT };
enum auth_verdict session_authenticate(struct session *s, enum auth_method method, const char *user,
	const char *proof);
/* After AUTH_WAIT, once session_working() is over: the verdict. */
enum auth_verdict session_verdict(const struct session *s);
/* Prints what a client sees before it authenticates: `banner login`, or nothing. */
void session_greet(struct session *s);
/* It shall run one command (SESSION_EXEC) instead of a shell. Before session_start(). */
void session_set_exec(struct session *s);

/* One typed line. 0 done (or a question was put), -1 refused. */
int session_execute(struct session *s, const char *line);
void session_answer(struct session *s, const char *answer);
/* Ctrl-C, Ctrl-Z with what stood on the line. */
void session_interrupt(struct session *s);
/* Ctrl-C while a line was being run, or enough of its output: work and question end, a mode does not. */
void session_stop(struct session *s);
void session_end_key(struct session *s, const char *line);
void session_help(struct session *s, const char *text);
void session_complete(struct session *s, const char *text, char *out, size_t size);
/* "Router(config)#"; the host part is cut to 20 characters in config modes. buf >= 128. */
char *session_prompt(const struct session *s, char *buf, size_t size);
bool session_asking(const struct session *s);
bool session_closed(const struct session *s);
/* At its line's login dialog: nobody has been let in yet. */
bool session_logging_in(const struct session *s);
/* How long it may be silent now: 30 s at a login prompt, then the line's exec-timeout; 0 for ever. */
unsigned session_patience_s(const struct session *s);
/* It was silent that long: a login prompt counts as a failed try, anything else ends the session. */
void session_timed_out(struct session *s);
/* It was closed for its silence and sits on a console: RETURN there begins another. */
bool session_returns(const struct session *s);

/* ---- for handlers ---- */

struct router *session_router(struct session *s);
const struct grammar *session_grammar(const struct session *s);
enum session_kind session_kind(const struct session *s);
struct line *session_line(struct session *s);	/* NULL for batch and loader */
const char *session_user(const struct session *s);	/* "" unknown */
int session_privilege(const struct session *s);
void session_set_privilege(struct session *s, int level);
enum shell_mode session_mode(const struct session *s);
/* Enters a mode; the mode's object is kept with it until the mode is left. */
void session_enter(struct session *s, enum shell_mode mode);
void session_enter_interface(struct session *s, struct interface *i);
void session_enter_list(struct session *s, const char *name, enum acl_kind kind);
void session_enter_named(struct session *s, enum shell_mode mode, const char *name);
void session_enter_lines(struct session *s, enum line_kind kind, unsigned first, unsigned last);
struct interface *session_interface(struct session *s);
/* Of the list, time range or group: by name, for another session may delete it. */
const char *session_name(struct session *s);
void session_lines(struct session *s, enum line_kind *kind, unsigned *first, unsigned *last);
/*
 * `exit`: one mode up; at EXEC the session closes. `end`: to EXEC.  Leaving config, however it happens,
 * logs %SYS-5-CONFIG_I and notes who changed the configuration last; handlers need not.
 */
void session_exit(struct session *s);
void session_end(struct session *s);
void session_close(struct session *s);

/* Prints through libcli's filters; text may hold several lines, each ended by '\n'. */
void session_print(struct session *s, const char *text);
void session_printf(struct session *s, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/*
 * Puts a question; answered() runs when the answer comes: the typed line, for ASK_CONFIRM "y" or "n".
 * Batch sessions answer at once as Enter would: "", or "y".  So does a single command over SSH, but it
 * declines an ASK_CONFIRM: "n".  Ctrl-C forgets the question.  An ASK_TEXT is answered by the next line,
 * where there is one.
 */
void session_ask(struct session *s, enum ask_kind kind, const char *prompt,
	void (*answered)(struct session *s, const char *answer, void *arg), void *arg);

/* Puts text out as it stands, past the filters: parts of a line, too. */
void session_put(struct session *s, const char *text);

/*
 * Zeroed memory for a dialog of several questions: it stays until the next call, or the session's end,
 * however the dialog ends.  NULL without memory.
 */
void *session_memory(struct session *s, size_t size);

/*
 * A command that takes its time (ping): the handler starts the work and returns.  step() is called at
 * once, and again whenever the time it gave has passed on the router's clock, until it returns
 * WORK_DONE.  Meanwhile there is no prompt and the session takes no line.  Ctrl-C ends it, after
 * stopped() has printed what is left to say; done() comes last in any case and frees arg.  While the
 * startup-config loads nothing waits: done() comes at once.
 */
enum { WORK_DONE = -1 };
struct session_work {
	int64_t (*step)(struct session *s, void *arg);	/* ms until the next, or WORK_DONE */
	void (*stopped)(struct session *s, void *arg);
	void (*done)(void *arg);
	void *arg;
};
void session_work(struct session *s, const struct session_work *w);
/* For who drives the session: is there work, when to call, and the call, which does what is due. */
bool session_working(const struct session *s);
uint64_t session_work_wait_ms(const struct session *s);
void session_work_turn(struct session *s);

/*
 * Is this what the secret says? answered() runs when that is known: now, or later, when the session has
 * waited for a slow hash (a helper thread's work) or, `late`, for a wrong answer's delay.  It does not
 * run when Ctrl-C or the session's end comes before.
 */
void session_verify(struct session *s, const struct aaa_secret *secret, const char *typed, bool late,
	void (*answered)(struct session *s, bool right, void *arg), void *arg);

/* The same, late, for who has no secret: as much work as checking this one, and always wrong. */
void session_verify_nobody(struct session *s, const struct aaa_secret *secret, const char *typed,
	void (*answered)(struct session *s, bool right, void *arg), void *arg);

/* terminal length/width: -1 follows the window. */
void session_set_length(struct session *s, int lines);
void session_set_width(struct session *s, int columns);
void session_set_window(struct session *s, int rows, int columns);
int session_length(const struct session *s);	/* effective; 0 = no paging */
int session_width(const struct session *s);	/* effective; 0 = endless */
bool session_monitor(const struct session *s);
void session_set_monitor(struct session *s, bool on);
/* The session's EXEC or config history, oldest first; NULL after the last. */
const char *session_history(const struct session *s, size_t i);
int session_history_size(const struct session *s);
void session_set_history_size(struct session *s, int size);

/* ---- the configuration loader ---- */

/*
 * Runs a configuration's lines up to `end`; fault() hears of each refused one ("FILE:LINE: message" is
 * the caller's to print). Returns the number of faults. The router publishes once, at the end.  The
 * lines that `show` puts before a configuration ("Building configuration...") are skipped.
 */
size_t session_load(struct router *r, const struct grammar *g, const char *text,
	void (*fault)(void *arg, unsigned line, const char *message), void *arg);

#endif
