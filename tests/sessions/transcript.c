/*
 * transcript.c - plays typed lines into a real shell and compares the whole screen, byte for byte.
 *
 * A .session file is the screen as it must look, from the first prompt on.  The runner prints the prompt
 * and finds what to type in the file itself: the next line that begins with that prompt.  At the end the
 * screen must be the file.  `transcript --update FILE...` writes the screen into the file instead.
 *
 * A log line that a command causes stands behind the prompt that follows, as on IOS, and the prompt
 * stands again below it, as on a line with `logging synchronous`.
 *
 * Marks in what is typed:
 *	?	at the end: the help key; the next line of input begins with what was typed so far
 *	<Tab>	at the end: the Tab key; the next one begins with the completed line
 *	^C ^Z	at the end: those keys
 *	^U	forgets what stands before it on the line
 *	<<x>>	an answer that is not echoed (a password, the key at a [confirm])
 *
 * Lines at the top that begin with # are not the screen:
 *	# startup: LINE		a line of the startup-config
 *	# session: console	(the default), or vty PEER, or batch
 *	anything else		a comment
 *
 * Router, tables and sessions are those that ship; the clock stands still, but for commands that take
 * time (ping), when it turns as fast as they want; a file system of one
 * temporary directory holds the startup-config and flash:.  Without arguments all files beside this one are played.
 */
#include <errno.h>
#include <ftw.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/commands/commands.h"
#include "cli/session/session.h"
#include "cli/show/show.h"

struct play {
	const char *name;
	char *file; /* all of it */
	const char *screen_begins;
	struct text startup;
	enum session_kind kind;
	char peer[LINE_PEER_MAX + 1];
	unsigned faults; /* of the file itself: it says nothing about the shell */

	char dir[32], startup_path[64], flash_path[64];
	struct router_clock clock;
	uint64_t waited_ms; /* for commands that take time */
	struct router *router;
	struct grammar *grammar;
	struct session *session;
	struct text screen, logged; /* logged: not on the screen yet */
	char question[256];
	enum ask_kind ask_kind;
	char redrawn[WORDS_MAX_LINE + ACL_NAME_MAX + 2]; /* on the line after ? or Tab */
};

static int64_t
play_wall(void *arg)
{
	const struct play *y = arg;

	/* Tue Nov 14 22:13:20 UTC 2023 */
	return INT64_C(1700000000123456) + (int64_t)y->waited_ms * 1000;
}

static uint64_t
play_mono(void *arg)
{
	const struct play *y = arg;

	return 3600000 + y->waited_ms; /* an hour after boot; 0 would mean never */
}

/* ---- the file ---- */

static char *
read_file(const char *name)
{
	FILE *f = fopen(name, "r");
	char *text = NULL;
	size_t room = 0;
	ssize_t len;

	if (f == NULL) {
		fprintf(stderr, "%s: %s\n", name, strerror(errno));
		exit(2);
	}
	len = getdelim(&text, &room, '\0', f);
	fclose(f);
	if (len < 0) {
		fprintf(stderr, "%s: empty\n", name);
		exit(2);
	}
	return text;
}

static bool
take_prefix(const char **p, const char *prefix)
{
	size_t len = strlen(prefix);

	if (strncmp(*p, prefix, len) != 0)
		return false;
	*p += len;
	return true;
}

/* One line of the head. */
static void
read_directive(struct play *y, const char *line, size_t len)
{
	if (take_prefix(&line, "# startup: ")) {
		text_addf(&y->startup, "%.*s\n", (int)(len - 11), line);
	} else if (take_prefix(&line, "# session: vty ")) {
		y->kind = SESSION_VTY;
		snprintf(y->peer, sizeof(y->peer), "%.*s", (int)(len - 15), line);
	} else if (take_prefix(&line, "# session: batch")) {
		y->kind = SESSION_BATCH;
	}
}

static void
read_head(struct play *y)
{
	const char *line = y->file;

	y->kind = SESSION_CONSOLE;
	while (*line == '#') {
		size_t len = strcspn(line, "\n");

		read_directive(y, line, len);
		line += len + (line[len] == '\n');
	}
	y->screen_begins = line;
}

/* ---- the session's side ---- */

static void
on_output(void *arg, const char *text, size_t len)
{
	struct play *y = arg;

	text_addf(&y->screen, "%.*s", (int)len, text);
}

static void
on_ask(void *arg, enum ask_kind kind, const char *prompt)
{
	struct play *y = arg;

	y->ask_kind = kind;
	snprintf(y->question, sizeof(y->question), "%s", prompt);
}

static void
on_closed(void *arg)
{
	(void)arg; /* the loop looks */
}

static void
on_log(void *arg, enum log_destination which, const char *line)
{
	struct play *y = arg;

	if (y->kind == SESSION_CONSOLE ? which == LOG_TO_CONSOLE
				       : which == LOG_TO_MONITOR && y->session != NULL &&
						 session_monitor(y->session))
		text_addf(y->kind == SESSION_BATCH ? &y->screen : &y->logged, "%s\n", line);
}

static void
on_fault(void *arg, unsigned line, const char *message)
{
	struct play *y = arg;

	y->faults++;
	fprintf(stderr, "%s: startup line %u: %s\n", y->name, line, message);
}

static void
on_broadcast(void *arg, const char *text)
{
	struct play *y = arg;

	text_addf(&y->logged, "%s\n", text);
}

static void
boot(struct play *y)
{
	const struct session_ops ops = { on_output, on_ask, on_closed, y };
	struct router_options opt = {
		.clock = &y->clock, .startup_path = y->startup_path, .flash_path = y->flash_path
	};
	struct line *line = NULL;

	y->clock = (struct router_clock){ play_wall, play_mono, y };
	strcpy(y->dir, "/tmp/acegate-play-XXXXXX");
	if (mkdtemp(y->dir) == NULL) {
		perror(y->dir);
		exit(2);
	}
	snprintf(y->startup_path, sizeof(y->startup_path), "%s/startup-config", y->dir);
	snprintf(y->flash_path, sizeof(y->flash_path), "%s/flash", y->dir);
	y->router = router_create(&opt);
	y->grammar = grammar_create(command_tables);
	if (y->startup.s != NULL)
		session_load(y->router, y->grammar, y->startup.s, on_fault, y);
	logging_listen(y->router, on_log, y);
	router_on_broadcast(y->router, on_broadcast, y);
	if (y->kind == SESSION_CONSOLE)
		line = line_get(y->router, LINE_CON, 0);
	else if (y->kind == SESSION_VTY)
		line = line_take_vty(y->router, LINE_TELNET);
	if (line != NULL)
		strcpy(line->peer, y->peer);
	y->session = session_create(y->router, y->grammar, y->kind, line, &ops);
	session_start(y->session);
}

static int
remove_file(const char *path, const struct stat *st, int type, struct FTW *where)
{
	(void)st;
	(void)type;
	(void)where;
	return remove(path);
}

static void
halt(struct play *y)
{
	logging_unlisten(y->router, on_log, y);
	session_destroy(y->session);
	grammar_destroy(y->grammar);
	router_destroy(y->router);
	nftw(y->dir, remove_file, 8, FTW_DEPTH | FTW_PHYS);
	text_fini(&y->screen);
	text_fini(&y->logged);
	text_fini(&y->startup);
	free(y->file);
}

/* ---- typing ---- */

/* Cuts the mark off the end of what is typed; false when it is not there. */
static bool
ends_with(char *typed, const char *mark)
{
	size_t len = strlen(typed), mark_len = strlen(mark);

	if (len < mark_len || strcmp(typed + len - mark_len, mark) != 0)
		return false;
	typed[len - mark_len] = '\0';
	return true;
}

static void
answer(struct play *y, char *typed)
{
	char *secret = typed;

	if (ends_with(typed, "^C")) {
		session_interrupt(y->session);
		return;
	}
	if (strncmp(typed, "<<", 2) == 0 && ends_with(typed, ">>"))
		secret += 2;
	session_answer(y->session, secret);
}

/* A command that goes on: to its end, in no time. */
static void
work(struct play *y)
{
	while (session_working(y->session)) {
		y->waited_ms += session_work_wait_ms(y->session);
		session_work_turn(y->session);
	}
}

/* Does what the line says, beginning with what stood there already. */
static void
type(struct play *y, const char *rest)
{
	const char *wiped = strstr(rest, "^U");
	char line[sizeof(y->redrawn)];

	if (wiped != NULL)
		snprintf(line, sizeof(line), "%s", wiped + 2);
	else
		snprintf(line, sizeof(line), "%s%s", y->redrawn, rest);
	y->redrawn[0] = '\0';
	if (session_asking(y->session)) {
		answer(y, line);
	} else if (ends_with(line, "?")) {
		session_help(y->session, line);
		snprintf(y->redrawn, sizeof(y->redrawn), "%s", line);
	} else if (ends_with(line, "<Tab>")) {
		session_complete(y->session, line, y->redrawn, sizeof(y->redrawn));
	} else if (ends_with(line, "^C")) {
		session_interrupt(y->session);
	} else if (ends_with(line, "^Z")) {
		session_end_key(y->session, line);
	} else {
		session_execute(y->session, line);
	}
	work(y);
}

/* Where a line of the text begins with these words, at or after `from`; NULL when none does. */
static const char *
find_line(const char *from, const char *begins)
{
	size_t len = strlen(begins);

	while (*from != '\0') {
		if (strncmp(from, begins, len) == 0)
			return from;
		from += strcspn(from, "\n");
		from += *from == '\n';
	}
	return NULL;
}

static void
what_waits(const struct play *y, char prompt[256])
{
	if (session_asking(y->session))
		snprintf(prompt, 256, "%s", y->question);
	else
		session_prompt(y->session, prompt, 256);
}

/* Shows the log lines that wait, behind the prompt; returns where the file goes on after them. */
static const char *
show_logged(struct play *y, const char *from)
{
	struct text shown = { 0 };
	char prompt[256];
	const char *at;

	if (y->logged.len == 0)
		return from;
	what_waits(y, prompt);
	if (!session_closed(y->session))
		text_addf(&shown, "%s%s\n", prompt, y->redrawn);
	text_add(&shown, y->logged.s);
	text_add(&y->screen, shown.s);
	at = find_line(from, prompt);
	if (at != NULL && strncmp(at, shown.s, shown.len) == 0)
		from = at + shown.len;
	text_fini(&shown);
	text_fini(&y->logged);
	return from;
}

/* The next line to type: it begins with the prompt and what was drawn behind it again. */
static const char *
next_input(struct play *y, const char *from, char *begins, size_t size)
{
	char prompt[256];
	const char *at;

	what_waits(y, prompt);
	snprintf(begins, size, "%s%s", prompt, y->redrawn);
	at = find_line(from, begins);
	if (at == NULL && find_line(from, prompt) != NULL) {
		printf("# %s: the line after ? or Tab must begin with \"%s\"\n", y->name, begins);
		y->faults++;
	}
	return at;
}

/*
 * A text's lines (a banner's) are asked for without a prompt to know them by: they stand right behind what
 * was printed since the screen was `shown` long.
 */
static const char *
behind_output(const struct play *y, size_t shown, const char *at)
{
	const char *printed = y->screen.s + shown;

	if (!session_asking(y->session) || y->question[0] != '\0')
		return at;
	return strncmp(at, printed, strlen(printed)) == 0 ? at + strlen(printed) : at;
}

/* Types all the file has to say; leaves the screen. */
static void
play(struct play *y)
{
	const char *at = y->screen_begins;

	while (!session_closed(y->session)) {
		char begins[sizeof(y->redrawn) + 256], *rest;
		size_t len, shown;

		at = next_input(y, at, begins, sizeof(begins));
		if (at == NULL)
			return;
		len = strcspn(at, "\n");
		text_addf(&y->screen, "%.*s", (int)len, at);
		if (at[len] == '\0')
			return; /* the prompt it ends with */
		text_add(&y->screen, "\n");
		rest = strndup(at + strlen(begins), len - strlen(begins));
		at += len + 1;
		shown = y->screen.len;
		type(y, rest);
		free(rest);
		at = behind_output(y, shown, at);
		at = show_logged(y, at);
	}
}

/* ---- the verdict ---- */

static void
complain(const struct play *y)
{
	const char *want = y->screen_begins, *got = y->screen.s != NULL ? y->screen.s : "";
	unsigned line = 1;

	for (const char *p = y->file; p < want; p++)
		line += *p == '\n';
	for (;;) {
		size_t want_len = strcspn(want, "\n"), got_len = strcspn(got, "\n");

		if (want_len != got_len || memcmp(want, got, want_len) != 0 ||
			want[want_len] != got[got_len]) {
			printf("# %s:%u\n#  wanted: \"%.*s\"\n#     got: \"%.*s\"\n", y->name, line,
				(int)want_len, want, (int)got_len, got);
			return;
		}
		want += want_len + 1;
		got += got_len + 1;
		line++;
	}
}

static bool
update(const struct play *y)
{
	FILE *f = fopen(y->name, "w");

	if (f == NULL) {
		fprintf(stderr, "%s: %s\n", y->name, strerror(errno));
		return false;
	}
	fprintf(f, "%.*s%s", (int)(y->screen_begins - y->file), y->file, y->screen.s);
	return fclose(f) == 0;
}

static bool
run(const char *name, bool updating)
{
	struct play y = { .name = name };
	bool same;

	y.file = read_file(name);
	read_head(&y);
	boot(&y);
	play(&y);
	same = y.faults == 0 && y.screen.s != NULL && strcmp(y.screen.s, y.screen_begins) == 0;
	if (!same && updating && y.faults == 0)
		same = update(&y);
	else if (!same)
		complain(&y);
	halt(&y);
	return same;
}

int
main(int argc, char **argv)
{
	bool updating = argc > 1 && strcmp(argv[1], "--update") == 0;
	int first = updating ? 2 : 1;
	size_t failed = 0;
	glob_t all = { 0 };

	if (first == argc && glob(SESSIONS_DIR "/*.session", 0, NULL, &all) != 0) {
		fprintf(stderr, "no *.session in %s\n", SESSIONS_DIR);
		return 2;
	}
	for (int i = first; i < argc; i++)
		glob(argv[i], GLOB_NOCHECK | (i > first ? GLOB_APPEND : 0), NULL, &all);
	printf("1..%zu\n", all.gl_pathc);
	for (size_t i = 0; i < all.gl_pathc; i++) {
		bool ok = run(all.gl_pathv[i], updating);

		printf("%sok %zu - %s\n", ok ? "" : "not ", i + 1, all.gl_pathv[i]);
		failed += !ok;
	}
	globfree(&all);
	return failed > 0;
}
