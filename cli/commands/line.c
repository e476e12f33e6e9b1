/*
 * line.c - `line con 0`, `line vty A B`, and what is configured on terminal lines.
 *
 * Each setting is written to every line of the range the session is in.  `line vty 5 15` brings the
 * lines beyond 4 into being, and `no line vty 5 15` takes them away again; there are always five.
 */
#include <stddef.h>
#include <string.h>

#include "cli/commands/commands.h"
#include "cli/commands/handlers.h"

enum { VTYS_FIXED = 5, FOLLOW_WINDOW = -1, PRIVILEGE_DEFAULT = 1, EXEC_TIMEOUT_DEFAULT_S = 600 };

/* Calls set(line, a) for every line the session is configuring. */
static int
for_each_line(
	struct session *s, const struct args *a, void (*set)(struct line *l, const struct args *a))
{
	enum line_kind kind;
	unsigned first, last;

	session_lines(s, &kind, &first, &last);
	for (unsigned n = first; n <= last; n++)
		set(line_get(session_router(s), kind, n), a);
	return 0;
}

static int
remove_vtys(struct session *s, unsigned first, unsigned last)
{
	if (first < VTYS_FIXED)
		return command_refuse(s, "%% Can't delete last %d VTY lines", VTYS_FIXED);
	for (unsigned n = first; n <= last; n++)
		line_set_defaults(line_get(session_router(s), LINE_VTY, n));
	return 0;
}

static int
run_line(struct session *s, const struct args *a)
{
	enum line_kind kind = args_has(a, "vty") ? LINE_VTY : LINE_CON;
	unsigned first = args_number(a, "first", 0), last = args_number(a, "last", first);

	if (last < first)
		return command_refuse(s, "%% The last line comes before the first");
	if (args_no(a))
		return remove_vtys(s, first, last);
	/* Vtys have no gaps: line 7 brings 5 and 6 with it. */
	if (kind == LINE_VTY)
		for (unsigned n = VTYS_FIXED; n <= last; n++)
			line_get(session_router(s), kind, n)->configured = true;
	session_enter_lines(s, kind, first, last);
	return 0;
}

static void
set_login(struct line *l, const struct args *a)
{
	struct line defaults = { .kind = l->kind, .number = l->number };

	line_set_defaults(&defaults);
	if (args_default(a))
		l->login = defaults.login;
	else if (args_no(a))
		l->login = LOGIN_NONE;
	else
		l->login = args_has(a, "local") ? LOGIN_LOCAL : LOGIN_PASSWORD;
}

static int
run_login(struct session *s, const struct args *a)
{
	return for_each_line(s, a, set_login);
}

/* The password was made once, for type 7 is salted, and all lines of the range must agree. */
static void
store_password(struct session *s, const struct aaa_secret *password)
{
	enum line_kind kind;
	unsigned first, last;

	session_lines(s, &kind, &first, &last);
	for (unsigned n = first; n <= last; n++) {
		struct line *l = line_get(session_router(s), kind, n);

		memcpy(l->password, password->text, sizeof(l->password));
		l->password_type = password->type;
	}
}

static int
run_password(struct session *s, const struct args *a)
{
	bool encrypt7 = router_service(session_router(s), SERVICE_PASSWORD_ENCRYPTION);
	struct aaa_secret password = { .set = false };

	_Static_assert((int)LINE_PASSWORD_MAX == (int)AAA_SECRET_MAX, "a line holds a secret");
	if (!args_no(a) && aaa_secret_make(&password, true, args_has(a, "7") ? 7 : 0,
				   args_text(a, "text"), encrypt7) < 0) {
		if (args_has(a, "7"))
			return command_refuse(
				s, "Invalid encrypted password: %s", args_text(a, "text"));
		return command_refuse(
			s, "%% Password is too long (at most %d characters)", LINE_PASSWORD_MAX);
	}
	store_password(s, &password);
	explicit_bzero(&password, sizeof(password));
	return 0;
}

static void
set_exec_timeout(struct line *l, const struct args *a)
{
	if (args_default(a))
		l->exec_timeout_s = EXEC_TIMEOUT_DEFAULT_S;
	else if (args_no(a))
		l->exec_timeout_s = 0; /* never, as IOS */
	else
		l->exec_timeout_s =
			args_number(a, "minutes", 0) * 60 + args_number(a, "seconds", 0);
}

static int
run_exec_timeout(struct session *s, const struct args *a)
{
	return for_each_line(s, a, set_exec_timeout);
}

static void
set_privilege(struct line *l, const struct args *a)
{
	l->privilege = args_no(a) ? PRIVILEGE_DEFAULT : (int)args_number(a, "number", 0);
}

static int
run_privilege(struct session *s, const struct args *a)
{
	return for_each_line(s, a, set_privilege);
}

static void
set_length(struct line *l, const struct args *a)
{
	l->length = args_no(a) ? FOLLOW_WINDOW : (int)args_number(a, "lines", 0);
}

static int
run_length(struct session *s, const struct args *a)
{
	return for_each_line(s, a, set_length);
}

static void
set_width(struct line *l, const struct args *a)
{
	l->width = args_no(a) ? FOLLOW_WINDOW : (int)args_number(a, "columns", 0);
}

static int
run_width(struct session *s, const struct args *a)
{
	return for_each_line(s, a, set_width);
}

static void
set_synchronous(struct line *l, const struct args *a)
{
	l->logging_synchronous = !args_no(a);
}

static int
run_synchronous(struct session *s, const struct args *a)
{
	return for_each_line(s, a, set_synchronous);
}

static void
set_history(struct line *l, const struct args *a)
{
	l->history_size = args_no(a) ? -1 : (int)args_number(a, "lines", 0);
}

static int
run_history(struct session *s, const struct args *a)
{
	return for_each_line(s, a, set_history);
}

static void
set_transport(struct line *l, const struct args *a)
{
	bool all = args_has(a, "all") || args_default(a);

	l->transport_telnet = all || (args_has(a, "telnet") && !args_no(a));
	l->transport_ssh = all || (args_has(a, "ssh") && !args_no(a));
}

static int
run_transport(struct session *s, const struct args *a)
{
	return for_each_line(s, a, set_transport);
}

/* `no` takes off the list it names and no other: a slip must not open the line. */
static void
set_list(char bound[ACL_NAME_MAX + 1], const struct args *a)
{
	const char *name = args_text(a, "list");

	if (!args_no(a))
		strcpy(bound, name);
	else if (strcmp(bound, name) == 0)
		bound[0] = '\0';
}

static void
set_access_class(struct line *l, const struct args *a)
{
	set_list(l->access_class, a);
	l->access_class_vrf_also =
		l->access_class[0] != '\0' &&
		(args_no(a) ? l->access_class_vrf_also : args_has(a, "vrf-also"));
}

static void
set_ipv6_access_class(struct line *l, const struct args *a)
{
	set_list(l->ipv6_access_class, a);
}

static int
run_access_class(struct session *s, const struct args *a)
{
	if (strlen(args_text(a, "list")) > ACL_NAME_MAX)
		return command_refuse(s, "%% Invalid access list name.");
	return for_each_line(s, a, args_has(a, "ipv6") ? set_ipv6_access_class : set_access_class);
}

static bool
is_vty(struct session *s)
{
	enum line_kind kind;
	unsigned first, last;

	session_lines(s, &kind, &first, &last);
	return kind == LINE_VTY;
}

static int
run_exit(struct session *s, const struct args *a)
{
	(void)a;
	session_exit(s);
	return 0;
}

#define LINE "Configure a terminal line\n"
#define VTY "Virtual terminal\nFirst Line number\nLast Line number"
#define LOGIN "Enable password checking\nLocal password checking"
#define PASSWORD "Set a password\n"
#define TIMEOUT "Set the EXEC timeout\nTimeout in minutes\nTimeout in seconds"
#define PRIVILEGE                                                                                  \
	"Change privilege level for line\nAssign default privilege level for line\n"               \
	"Default privilege level for line"
#define LENGTH "Set number of lines on a screen\nNumber of lines on screen (0 for no pausing)"
#define WIDTH "Set width of the display terminal\nNumber of characters on a screen line"
#define HISTORY                                                                                    \
	"Enable and control the command history function\nSet history buffer size\n"               \
	"Size of history buffer"
#define TRANSPORT_INPUT                                                                            \
	"Define transport protocols for line\n"                                                    \
	"Define which protocols to use when connecting to the terminal server\n"
#define TELNET "TCP/IP Telnet protocol\n"
#define SSH "TCP/IP SSH protocol\n"
#define TRANSPORTS                                                                                 \
	TRANSPORT_INPUT "All protocols\nNo protocols\n" TELNET SSH SSH "TCP/IP Telnet protocol"
#define TRANSPORT_SYNTAX "{all|none|telnet [ssh]|ssh [telnet]}"

const struct command line_commands[] = {
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "line {console <first:0-0>|vty <first:0-15> [<last:0-15>]}",
		.no_syntax = "line vty <first:0-15> [<last:0-15>]",
		.help = LINE "Primary terminal line\nFirst Line number\n" VTY,
		.no_help = LINE VTY,
		.run = run_line },
	{ .mode = MODE_CONFIG_LINE,
		.privilege = 15,
		.syntax = "login [local]",
		.no_syntax = "=",
		.help = LOGIN,
		.run = run_login },
	{ .mode = MODE_CONFIG_LINE,
		.privilege = 15,
		.syntax = "password {0 <text:line>|7 <text:word>|<text:line>}",
		.no_syntax = "password [<text:line>]",
		.help = PASSWORD "Specifies an UNENCRYPTED password will follow\n"
				 "The UNENCRYPTED text\n"
				 "Specifies a HIDDEN password will follow\n"
				 "The HIDDEN text\n"
				 "The UNENCRYPTED (cleartext) line password",
		.no_help = PASSWORD "The password",
		.run = run_password },
	{ .mode = MODE_CONFIG_LINE,
		.privilege = 15,
		.syntax = "exec-timeout <minutes:0-35791> [<seconds:0-2147483>]",
		.no_syntax = "exec-timeout [<minutes:0-35791> [<seconds:0-2147483>]]",
		.help = TIMEOUT,
		.no_help = TIMEOUT,
		.run = run_exec_timeout },
	{ .mode = MODE_CONFIG_LINE,
		.privilege = 15,
		.syntax = "privilege level <number:0-15>",
		.no_syntax = "privilege level [<number:0-15>]",
		.help = PRIVILEGE,
		.no_help = PRIVILEGE,
		.run = run_privilege },
	{ .mode = MODE_CONFIG_LINE,
		.privilege = 15,
		.syntax = "length <lines:0-512>",
		.no_syntax = "length [<lines:0-512>]",
		.help = LENGTH,
		.no_help = LENGTH,
		.run = run_length },
	{ .mode = MODE_CONFIG_LINE,
		.privilege = 15,
		.syntax = "width <columns:0-512>",
		.no_syntax = "width [<columns:0-512>]",
		.help = WIDTH,
		.no_help = WIDTH,
		.run = run_width },
	{ .mode = MODE_CONFIG_LINE,
		.privilege = 15,
		.syntax = "logging synchronous",
		.no_syntax = "=",
		.help = "Modify message logging facilities\nSynchronized message output",
		.run = run_synchronous },
	{ .mode = MODE_CONFIG_LINE,
		.privilege = 15,
		.syntax = "history size <lines:0-256>",
		.no_syntax = "history size [<lines:0-256>]",
		.help = HISTORY,
		.no_help = HISTORY,
		.run = run_history },
	{ .mode = MODE_CONFIG_LINE,
		.privilege = 15,
		.syntax = "transport input " TRANSPORT_SYNTAX,
		.no_syntax = "transport input [all|none|telnet [ssh]|ssh [telnet]]",
		.help = TRANSPORTS,
		.no_help = TRANSPORTS,
		.run = run_transport },
	{ .mode = MODE_CONFIG_LINE,
		.privilege = 15,
		.syntax = "access-class {<list:1-2699>|<list:acl>} in [vrf-also]",
		.no_syntax = "=",
		.help = "Filter connections based on an IP access list\n"
			"IP access list number\n"
			"Access-list name\n"
			"Filter incoming connections\n"
			"Same access list is applied for all VRFs",
		.run = run_access_class,
		.offered = is_vty },
	{ .mode = MODE_CONFIG_LINE,
		.privilege = 15,
		.syntax = "ipv6 access-class <list:acl-ipv6> in",
		.no_syntax = "=",
		.help = "IPv6 options\n"
			"Filter connections based on an IPv6 access list\n"
			"Access-list name\n"
			"Filter incoming connections",
		.run = run_access_class,
		.offered = is_vty },
	{ .mode = MODE_CONFIG_LINE,
		.privilege = 15,
		.syntax = "exit",
		.help = "Exit from line configuration mode",
		.run = run_exit },
	{ .syntax = NULL },
};
