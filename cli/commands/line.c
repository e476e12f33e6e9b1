/*
 * line.c - `line con 0`, `line vty A B`, and who may come in there.  What the terminal on a line is like
 * is line_terminal.c's.
 *
 * Each setting is written to every line of the range the session is in.  `line vty 5 15` brings the
 * lines beyond 4 into being, and `no line vty 5 15` takes them away again; there are always five.
 */
#include <stddef.h>
#include <string.h>

#include "cli/commands/commands.h"
#include "cli/commands/handlers.h"
#include "cli/commands/line.h"

enum { VTYS_FIXED = 5, PRIVILEGE_DEFAULT = 1 };

int
line_for_each(
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
	enum line_kind kind = args_has(a, "vty")   ? LINE_VTY
			      : args_has(a, "aux") ? LINE_AUX
						   : LINE_CON;
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
	return line_for_each(s, a, set_login);
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
set_privilege(struct line *l, const struct args *a)
{
	l->privilege = args_no(a) ? PRIVILEGE_DEFAULT : (int)args_number(a, "number", 0);
}

static int
run_privilege(struct session *s, const struct args *a)
{
	return line_for_each(s, a, set_privilege);
}

static unsigned
transports(const struct args *a)
{
	unsigned both = LINE_TELNET | LINE_SSH;

	if (args_has(a, "all") || args_default(a))
		return both;
	if (args_no(a))
		return 0;
	return (args_has(a, "telnet") ? LINE_TELNET : 0) | (args_has(a, "ssh") ? LINE_SSH : 0);
}

static void
set_transport(struct line *l, const struct args *a)
{
	unsigned which = transports(a);

	l->transport_telnet = (which & LINE_TELNET) != 0;
	l->transport_ssh = (which & LINE_SSH) != 0;
	l->transport_named =
		!args_no(a) && !args_default(a) && args_has(a, "telnet") && args_has(a, "ssh");
}

static int
run_transport(struct session *s, const struct args *a)
{
	return line_for_each(s, a, set_transport);
}

static void
set_output(struct line *l, const struct args *a)
{
	l->transport_output = transports(a);
}

static int
run_output(struct session *s, const struct args *a)
{
	return line_for_each(s, a, set_output);
}

static void
set_preferred(struct line *l, const struct args *a)
{
	if (args_default(a))
		l->transport_preferred = PREFERRED_DEFAULT;
	else if (args_no(a) || args_has(a, "none"))
		l->transport_preferred = PREFERRED_NONE;
	else
		l->transport_preferred = args_has(a, "ssh") ? PREFERRED_SSH : PREFERRED_TELNET;
}

static int
run_preferred(struct session *s, const struct args *a)
{
	return line_for_each(s, a, set_preferred);
}

static void
set_exec(struct line *l, const struct args *a)
{
	l->exec = args_default(a) || !args_no(a);
}

static int
run_exec(struct session *s, const struct args *a)
{
	return line_for_each(s, a, set_exec);
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
	return line_for_each(s, a, args_has(a, "ipv6") ? set_ipv6_access_class : set_access_class);
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
#define PRIVILEGE                                                                                  \
	"Change privilege level for line\nAssign default privilege level for line\n"               \
	"Default privilege level for line"
#define TRANSPORT "Define transport protocols for line\n"
#define TRANSPORT_INPUT                                                                            \
	TRANSPORT "Define which protocols to use when connecting to the terminal server\n"
#define TRANSPORT_OUTPUT TRANSPORT "Define which protocols to use for outgoing connections\n"
#define TRANSPORT_PREFERRED                                                                        \
	TRANSPORT "Specify the preferred protocol to use\nNo preferred protocol\n" SSH             \
		  "TCP/IP Telnet protocol"
#define TELNET "TCP/IP Telnet protocol\n"
#define SSH "TCP/IP SSH protocol\n"
#define TRANSPORTS "All protocols\nNo protocols\n" TELNET SSH SSH "TCP/IP Telnet protocol"
#define TRANSPORT_SYNTAX "{all|none|telnet [ssh]|ssh [telnet]}"

const struct command line_commands[] = {
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax =
			"line {aux <first:0-0>|console <first:0-0>|vty <first:0-15> [<last:0-15>]}",
		.no_syntax = "line vty <first:0-15> [<last:0-15>]",
		.help = LINE "Auxiliary line\nFirst Line number\n"
			     "Primary terminal line\nFirst Line number\n" VTY,
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
		.syntax = "privilege level <number:0-15>",
		.no_syntax = "privilege level [<number:0-15>]",
		.help = PRIVILEGE,
		.no_help = PRIVILEGE,
		.run = run_privilege },
	{ .mode = MODE_CONFIG_LINE,
		.privilege = 15,
		.syntax = "transport input " TRANSPORT_SYNTAX,
		.no_syntax = "transport input [" TRANSPORT_SYNTAX "]",
		.help = TRANSPORT_INPUT TRANSPORTS,
		.no_help = TRANSPORT_INPUT TRANSPORTS,
		.run = run_transport },
	{ .mode = MODE_CONFIG_LINE,
		.privilege = 15,
		.syntax = "transport output " TRANSPORT_SYNTAX,
		.no_syntax = "transport output [" TRANSPORT_SYNTAX "]",
		.help = TRANSPORT_OUTPUT TRANSPORTS,
		.no_help = TRANSPORT_OUTPUT TRANSPORTS,
		.run = run_output },
	{ .mode = MODE_CONFIG_LINE,
		.privilege = 15,
		.syntax = "transport preferred {none|ssh|telnet}",
		.no_syntax = "transport preferred [none|ssh|telnet]",
		.help = TRANSPORT_PREFERRED,
		.no_help = TRANSPORT_PREFERRED,
		.run = run_preferred },
	{ .mode = MODE_CONFIG_LINE,
		.privilege = 15,
		.syntax = "exec",
		.no_syntax = "=",
		.help = "Configure an EXEC shell",
		.run = run_exec },
	{ .mode = MODE_CONFIG_LINE,
		.privilege = 15,
		.syntax = "access-class {<list:1-199>|<list:1300-2699>|<list:acl>} in [vrf-also]",
		.no_syntax = "=",
		.help = "Filter connections based on an IP access list\n"
			"IP access list\n"
			"IP expanded access list\n"
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
