/*
 * internal.h - struct session, shared by the files of this room only.
 *
 * Mode and privilege are libcli's (session->cli); everything else about a login is here.
 */
#ifndef CLI_SESSION_INTERNAL_H
#define CLI_SESSION_INTERNAL_H

#include "cli/session/session.h"

struct cli_def;

enum { HISTORY_DEFAULT = 10, HISTORY_MAX = 256 };

struct history {
	char *v[HISTORY_MAX];	/* oldest first */
	size_t n;
};

struct question {
	enum ask_kind kind;
	void (*answered)(struct session *s, const char *answer, void *arg);	/* NULL: none is open */
	void *arg;
};

struct session {
	struct router *router;
	const struct grammar *grammar;
	enum session_kind kind;
	struct line *line;
	bool owns_line;		/* busy is ours to clear: several consoles share con 0 */
	struct session_ops ops;
	struct cli_def *cli;
	const struct grammar_match *match;	/* the line being run */
	bool closed;
	bool returns;		/* session_returns() */

	/* what the mode works on */
	struct interface *interface;
	char name[ACL_NAME_MAX + 1];	/* of a list, a time range, a group */
	struct {
		enum line_kind kind;
		unsigned first, last;
	} lines;

	struct question question;
	void *memory;		/* session_memory() */
	struct session_work work;	/* step NULL: none */
	uint64_t work_due_ms;
	char user[LINE_USER_MAX + 1];
	bool logging_in;
	unsigned tries;
	bool authenticated;	/* by SSH, before the session began */
	enum auth_verdict verdict;
	unsigned queries;	/* of keys */
	bool banner_shown;
	uint64_t begun_ms;	/* when it was let in */

	int length, width;	/* terminal length, width; -1 not set */
	int rows, columns;	/* the window; 0 not known */
	bool monitor;
	struct history history[2];	/* EXEC's, config's */
	int history_size;
};

/* ---- dispatch.c: libcli ---- */

/* The session's cli_def with every row of the grammar. False without memory. */
bool dispatch_init(struct session *s);
void dispatch_fini(struct session *s);
/* Runs the matched row, through its filters. 0 or -1. */
int dispatch_run(struct session *s, const struct grammar_match *m);
/* Puts one line out, past the filters. */
void dispatch_put_line(struct session *s, const char *line);
enum shell_mode dispatch_mode(const struct session *s);
void dispatch_set_mode(struct session *s, enum shell_mode mode);

/* ---- filters/ ---- */

/* What libcli knows the filters of a line by, all of them together. */
#define FILTERS_NAME "filters"
/* Gives this session's cli_def the filters of IOS. False without memory. */
bool filters_register(struct cli_def *cli);

/* ---- refusal.c ---- */

/* Says why a line was refused, as this kind of session hears it. */
void refusal_print(struct session *s, const char *line, const struct parse_error *e);

/* ---- mode.c ---- */

/* Back to EXEC, saying so in the log, if the session was configuring. */
void mode_leave_config(struct session *s);

/* ---- login.c ---- */

void login_start(struct session *s);
/* Lets it in, at the user's level (NULL: the line's). */
void login_succeed(struct session *s, const struct aaa_user *u);
/* Checks s->user's secret; an unknown user takes as long. */
void login_check_user(struct session *s, const char *typed,
	void (*known)(struct session *s, bool right, void *arg),
	void (*unknown)(struct session *s, bool right, void *arg));
/* The line's password, as a secret: wipe it. */
struct aaa_secret line_secret(const struct line *l);

/* ---- banner.c ---- */

/* Nothing without such a banner. */
void banner_print(struct session *s, enum banner_kind kind);

void login_timed_out(struct session *s);

/* ---- work.c ---- */

/* Ends the work there may be; say: with what is left to say. */
void session_work_stop(struct session *s, bool say);

/* ---- config_log.c ---- */

/* Tells the archive's log of a line that was just run. */
void config_log(struct session *s, const struct grammar_match *m, const char *line);

/* ---- history.c ---- */

void history_add(struct session *s, const char *line);
void history_fini(struct session *s);

#endif
