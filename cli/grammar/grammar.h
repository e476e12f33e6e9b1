/*
 * grammar.h - commands are rows of tables; this turns the tables into matching, `?`, Tab, the caret,
 * `no`, and the libcli commands behind them.
 *
 * A row's syntax is words with typed captures:
 *
 *	"ip access-group <list:acl> {in|out}"
 *
 *	word		a keyword
 *	<name:type>	a capture; types are in grammar_types.c: a range "1-99", "word", "line", "ipv4",
 *			"acl", "acl-std", "acl-ext", "acl-ipv6", "acl-mac", "acl-any" (a list's name; Tab knows
 *			those that exist), "user", "time-range", "network-group", "service-group",
 *			"object-group", "reflexive" (likewise), "ifname", "interface" (one that there is),
 *			"time" ("22:13:20"), "month" ("Nov", "november"), "utc-offset" (hours, -23 to 23),
 *			"url" ("flash:NAME" and the like), "file" (the same, or a name in flash:); to the
 *			end of the line: "ace-ext", "ace-std", "ace-ext-num", "ace-std-num", "ace-ipv6",
 *			"ace-mac" (an entry), "object-network", "object-service" (a group's member),
 *			"time-window", "exec" (an EXEC line, for `do`). The name may stand in several
 *			branches.
 *	[ ... ]		may be left out
 *	{ a | b }	one of
 *
 * `help` has one line per keyword and capture, in the order they stand in the syntax.  All rows of a
 * mode (and, in a config sub-mode, of global config behind it) are matched together, word by word,
 * as IOS does: the choices at a position are those of every row still alive.
 *
 * The tables are static and shared; a struct grammar compiled from them is immutable and shared by
 * all sessions.  Control thread.
 */
#ifndef CLI_GRAMMAR_H
#define CLI_GRAMMAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "acl/acl.h"
#include "words/words.h"

struct session;

enum shell_mode {		/* a session's mode, and the libcli mode number */
	MODE_USER_EXEC,		/* user and privileged EXEC: privilege decides between > and # */
	MODE_GLOBAL_CONFIG,
	MODE_CONFIG_IF,
	MODE_EXT_NACL,
	MODE_STD_NACL,
	MODE_CONFIG_LINE,
	MODE_IPV6_ACL,
	MODE_EXT_MACL,
	MODE_TIME_RANGE,
	MODE_NETWORK_GROUP,
	MODE_SERVICE_GROUP,
	MODE_ARCHIVE,
	MODE_ARCHIVE_LOG,
	MODE_SSH_PUBKEY,
	MODE_SSH_PUBKEY_USER,
	SHELL_MODES
};
/* What a mode is called: "config-if" in the prompt, the header line of its `?`. */
struct shell_mode_info {
	const char *prompt;	/* "" for EXEC */
	const char *help_header;	/* "Exec commands:" */
	bool sub;		/* below global config */
	enum shell_mode parent;	/* a mode between it and global config; 0: none */
};
extern const struct shell_mode_info shell_mode_info[SHELL_MODES];

enum {
	CMD_OUTPUT = 1 << 0,	/* takes `| include ...` */
	CMD_HIDDEN = 1 << 1,	/* accepted, not listed by ? */
	CMD_NO_HISTORY = 1 << 2,
};

struct args;

struct command {
	enum shell_mode mode;
	int privilege;		/* the least that may see and run it: 0, 1 or 15 */
	const char *syntax;
	const char *no_syntax;	/* what stands behind `no` and `default`; NULL: neither exists; "=": the same */
	const char *help;	/* "\n"-separated, one per keyword and capture of syntax; "": none */
	const char *no_help;	/* the same for no_syntax; NULL with "=" */
	int flags;
	/* 0, or -1 when refused (then it has printed why). args die with the call. */
	int (*run)(struct session *s, const struct args *a);
	/* Whether what the session is configuring has this command at all (a switchport has no access
	 * group); when not, the row is not there. NULL: always. */
	bool (*offered)(struct session *s);
};

/* ---- what a handler asks of the matched line ---- */

bool args_no(const struct args *a);		/* `no ...` (and `default ...`, which also sets args_default) */
bool args_default(const struct args *a);
bool args_has(const struct args *a, const char *keyword_or_name);	/* was it there? */
/* The text of a capture or, for a keyword taken from { }, its full word; NULL when absent. Keywords of a
 * capture's kind ("ifname") come canonical. */
const char *args_text(const struct args *a, const char *name);
uint32_t args_number(const struct args *a, const char *name, uint32_t absent);
const struct ace *args_ace(const struct args *a);	/* the ace-* capture; NULL when absent */
uint32_t args_ace_sequence(const struct args *a);	/* IPv6: the number behind it; 0 none */
const struct object *args_object(const struct args *a);	/* likewise the object-* capture */
const struct time_window *args_window(const struct args *a);	/* and the time-window one */

/* ---- the compiled whole ---- */

struct grammar;

/* tables: NULL-terminated array of arrays, each ended by a row with syntax NULL. A wrong row (bad syntax,
 * help count) is a programming error: the function prints which and aborts. NULL without memory. */
struct grammar *grammar_create(const struct command *const *tables);
void grammar_destroy(struct grammar *g);

enum grammar_result { GRAMMAR_MATCHED, GRAMMAR_REFUSED };
struct grammar_match {
	const struct command *row;
	struct args *args;		/* free with grammar_match_fini() */
	enum shell_mode mode;		/* the mode it was found in: global config from a sub-mode */
	unsigned index;			/* the row's place in the order of grammar_each() */
	bool is_do;			/* an EXEC row reached through `do`; mode is then the one typed in */
	const char *filter;		/* "include", ... when `| filter pattern` stood behind; else NULL */
	const char *pattern;		/* what stands behind that, verbatim; lives with args */
	struct parse_error err;		/* when refused */
};
/* Matches one line (not empty, not a comment). */
enum grammar_result grammar_match(const struct grammar *g, struct session *s, enum shell_mode mode,
	int privilege, const char *line, struct grammar_match *m);
void grammar_match_fini(struct grammar_match *m);

/* `?` after `text`: writes what IOS prints (table, or the words that fit a prefix, or % Unrecognized
 * command), through session output. width wraps it. */
void grammar_help(const struct grammar *g, struct session *s, enum shell_mode mode, int privilege,
	const char *text, unsigned width);
/* Tab after `text`: *out is the whole line, completed and with a blank behind when unique, else unchanged. */
void grammar_complete(const struct grammar *g, struct session *s, enum shell_mode mode, int privilege,
	const char *text, char *out, size_t size);
/* Every row, in the order of the tables: for libcli, docs and tests. */
void grammar_each(const struct grammar *g, void (*fn)(void *arg, const struct command *row), void *arg);
/*
 * The rows that meet at a position with the same keyword or capture but other words about it: ? shows
 * only the first one's.  Calls fn for each; returns how many. For tests.
 */
size_t grammar_help_conflicts(const struct grammar *g,
	void (*fn)(void *arg, const struct command *shown, const struct command *unheard,
		const char *token),
	void *arg);

#endif
