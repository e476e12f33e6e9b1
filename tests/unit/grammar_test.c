/*
 * grammar_test.c - matching, carets, ambiguity, `?`, Tab, `no`, sub-modes and filters, on small tables.
 *
 * The handlers print what they were given, so that a test reads the screen and nothing else.  Carets
 * are those of the reference: the first character that no command could continue with.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/lib/shell.h"

/* "clock", "no count=7", ... */
static int
say(struct session *s, const struct args *a, const char *what, const char *const *names)
{
	char text[512];
	size_t n = (size_t)snprintf(text, sizeof(text), "%s%s",
		args_default(a) ? "default "
		: args_no(a)	? "no "
				: "",
		what);

	for (; *names != NULL; names++)
		if (args_has(a, *names))
			n += (size_t)snprintf(
				text + n, sizeof(text) - n, " %s=%s", *names, args_text(a, *names));
	session_printf(s, "%s\n", text);
	return 0;
}

#define SAYS(fn, what, ...)                                                                        \
	static int fn(struct session *s, const struct args *a)                                     \
	{                                                                                          \
		static const char *const names[] = { __VA_ARGS__ __VA_OPT__(, ) NULL };            \
		return say(s, a, what, names);                                                     \
	}

SAYS(run_clock, "clock", "detail")
SAYS(run_clear, "clear")
SAYS(run_version, "version")
SAYS(run_secret, "secret")
SAYS(run_count, "count", "count")
SAYS(run_exact, "exact", "echo", "echo-reply")
SAYS(run_address, "address", "address")
SAYS(run_iface, "interface", "interface", "in", "out")
SAYS(run_description, "description", "text")
SAYS(run_group, "group", "list", "in", "out")
SAYS(run_hostname, "hostname", "name")
SAYS(run_logging, "logging", "size", "level")
SAYS(run_shared, "shared", "text")
SAYS(run_offered, "offered")
SAYS(run_refused, "refused")

static int
run_lines(struct session *s, const struct args *a)
{
	(void)a;
	session_print(s, "interface Vlan1\n ip access-group In in\n shutdown\n"
			 "interface Fa4\n description A|B {1}\n!\nline con 0\n");
	return 0;
}

static int
run_configure(struct session *s, const struct args *a)
{
	(void)a;
	session_enter(s, MODE_GLOBAL_CONFIG);
	return 0;
}

static int
run_enter(struct session *s, const struct args *a)
{
	struct interface *i = interface_find(session_router(s), args_text(a, "name"));

	if (i == NULL)
		return -1;
	session_enter_interface(s, i);
	return 0;
}

static int
run_list(struct session *s, const struct args *a)
{
	session_enter_list(s, args_text(a, "list"), ACL_EXTENDED);
	return 0;
}

static int
run_entry(struct session *s, const struct args *a)
{
	char text[ACE_TEXT_MAX] = "";

	if (args_ace(a) != NULL)
		ace_format(args_ace(a), ACE_SHOW, NULL, text, sizeof(text));
	session_printf(s, "%s%u|%s\n", args_no(a) ? "no " : "", args_number(a, "seq", 0), text);
	return 0;
}

static int
run_exit(struct session *s, const struct args *a)
{
	(void)a;
	session_exit(s);
	return 0;
}

#define EXEC .mode = MODE_USER_EXEC
#define CONFIG .mode = MODE_GLOBAL_CONFIG, .privilege = 15

/* Only what has an address can be given this. */
static bool
is_vlan(struct session *s)
{
	return strncmp(session_interface(s)->name, "Vlan", 4) == 0;
}

static const struct command exec_table[] = {
	{ EXEC, .syntax = "show clock [detail]",
		.help = "Show running system information\n"
			"Display the system clock\nDisplay detailed information",
		.flags = CMD_OUTPUT, .run = run_clock },
	{ EXEC, .syntax = "show version", .help = "Show running system information\nVersion",
		.run = run_version },
	{ EXEC, .syntax = "show lines", .help = "Show running system information\nSome lines",
		.flags = CMD_OUTPUT, .run = run_lines },
	{ EXEC, .syntax = "show secrets", .help = "Show running system information\nNot for you",
		.flags = CMD_HIDDEN, .run = run_secret },
	{ EXEC, .syntax = "show interfaces [<interface:ifname>] [{in|out}]",
		.help = "Show running system information\nInterface "
			"status\nWhich\nInbound\nOutbound",
		.flags = CMD_OUTPUT, .run = run_iface },
	{ EXEC, .privilege = 15, .syntax = "clear counters", .help = "Reset functions\nCounters",
		.run = run_clear },
	{ EXEC, .privilege = 15, .syntax = "configure terminal",
		.help = "Enter configuration mode\nConfigure from the terminal",
		.run = run_configure },
	{ EXEC, .syntax = "count {<count:1-99>|<count:200-299>}",
		.help = "Count\nA small number\nA large number", .run = run_count },
	{ EXEC, .syntax = "ping {echo|echo-reply}", .help = "Ping\nEcho\nEcho reply",
		.run = run_exact },
	{ EXEC, .syntax = "address <address:ipv4>", .help = "Address\nAn address",
		.run = run_address },
	{ .syntax = NULL },
};

static const struct command config_table[] = {
	{ CONFIG, .syntax = "hostname <name:word>", .no_syntax = "hostname [<name:word>]",
		.help = "Set system's network name\nThis system's network name",
		.no_help = "Set system's network name\nThis system's network name",
		.run = run_hostname },
	{ CONFIG, .syntax = "interface <name:ifname>", .help = "Select an interface to configure\n",
		.run = run_enter },
	{ CONFIG, .syntax = "ip access-list extended <list:acl>",
		.help = "Global IP configuration subcommands\nNamed access-list\nExtended\nName",
		.run = run_list },
	{ CONFIG, .syntax = "logging buffered [<size:4096-99999>] [{<level:0-7>|<level:word>}]",
		.no_syntax = "=",
		.help = "Modify message logging facilities\nSet buffered logging parameters\n"
			"Logging buffer size\nLogging severity level\nLogging severity name",
		.run = run_logging },
	{ CONFIG, .syntax = "do <command:exec>", .help = "To run exec commands in config mode\n",
		.run = NULL },
	{ CONFIG, .syntax = "shared <text:line>", .help = "In both modes\nText",
		.run = run_shared },
	{ CONFIG, .syntax = "exit", .help = "Exit from configure mode", .run = run_exit },
	{ .syntax = NULL },
};

static const struct command sub_table[] = {
	{ .mode = MODE_CONFIG_IF,
		.privilege = 15,
		.syntax = "description <text:line>",
		.no_syntax = "description [<text:line>]",
		.help = "Interface specific description\nUp to 240 characters describing this "
			"interface",
		.no_help = "Interface specific description\nUp to 240 characters describing this "
			   "interface",
		.run = run_description },
	{ .mode = MODE_CONFIG_IF,
		.privilege = 15,
		.syntax = "ip access-group <list:acl> {in|out}",
		.no_syntax = "=",
		.help = "Interface Internet Protocol config commands\nSpecify access control for "
			"packets\n"
			"Access-list name\ninbound packets\noutbound packets",
		.run = run_group },
	{ .mode = MODE_CONFIG_IF,
		.privilege = 15,
		.syntax = "shutdown",
		.no_syntax = "=",
		.help = "Shutdown the selected interface",
		.run = run_refused },
	{ .mode = MODE_CONFIG_IF,
		.privilege = 15,
		.syntax = "exit",
		.help = "Exit from interface configuration mode",
		.run = run_exit },
	{ .mode = MODE_CONFIG_IF,
		.privilege = 15,
		.syntax = "autostate",
		.help = "Only a VLAN has it",
		.flags = CMD_HIDDEN,
		.run = run_offered,
		.offered = is_vlan },
	{ .mode = MODE_EXT_NACL,
		.privilege = 15,
		.syntax = "[<seq:1-2147483647>] <entry:ace-ext>",
		.no_syntax = "{<seq:1-2147483647> [<entry:ace-ext>]|<entry:ace-ext>}",
		.help = "Sequence Number\n",
		.no_help = "Sequence Number\n\n",
		.run = run_entry },
	{ .syntax = NULL },
};

static const struct command *const tables[] = { exec_table, config_table, sub_table, NULL };

static int
setup(void **state)
{
	static struct shell sh;

	shell_open(&sh, tables, SESSION_CONSOLE);
	session_set_privilege(sh.session, 15);
	*state = &sh;
	return 0;
}

static int
teardown(void **state)
{
	shell_close(*state);
	return 0;
}

struct sample {
	enum shell_mode mode;
	const char *line;
	const char *screen;
};

static void
enter(struct shell *sh, enum shell_mode mode)
{
	if (mode == MODE_CONFIG_IF)
		session_enter_interface(sh->session, interface_find(sh->router, "FastEthernet4"));
	else
		session_enter(sh->session, mode);
}

static void
check_samples(struct shell *sh, const struct sample *t, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		enter(sh, t[i].mode);
		if (strcmp(shell_type(sh, t[i].line), t[i].screen) != 0)
			fail_msg("\"%s\" printed \"%s\" instead of \"%s\"", t[i].line, sh->screen,
				t[i].screen);
	}
}

#define N(a) (sizeof(a) / sizeof((a)[0]))

static void
matches(void **state)
{
	static const struct sample t[] = {
		{ MODE_USER_EXEC, "show clock", "clock\n" },
		{ MODE_USER_EXEC, "sh clo", "clock\n" },
		{ MODE_USER_EXEC, "  SHOW\tClock  Det ", "clock detail=detail\n" },
		{ MODE_USER_EXEC, "ping echo", "exact echo=echo\n" },
		{ MODE_USER_EXEC, "ping echo-", "exact echo-reply=echo-reply\n" },
		{ MODE_USER_EXEC, "count 7", "count count=7\n" },
		{ MODE_USER_EXEC, "count 0207", "count count=207\n" },
		{ MODE_USER_EXEC, "address 10.1.2.3", "address address=10.1.2.3\n" },
		{ MODE_USER_EXEC, "show secrets", "secret\n" },
		{ MODE_USER_EXEC, "", "" },
		{ MODE_USER_EXEC, "   ", "" },
		{ MODE_USER_EXEC, "! show nonsense", "" },
		{ MODE_GLOBAL_CONFIG, "logging buffered", "logging\n" },
		{ MODE_GLOBAL_CONFIG, "logging buffered 8192 deb",
			"logging size=8192 level=deb\n" },
		{ MODE_GLOBAL_CONFIG, "logging buffered 7", "logging level=7\n" },
		{ MODE_GLOBAL_CONFIG, "shared  two  blanks ", "shared text=two  blanks \n" },
	};

	check_samples(*state, t, N(t));
}

static void
interface_names(void **state)
{
	static const struct sample t[] = {
		{ MODE_USER_EXEC, "show interfaces", "interface\n" },
		{ MODE_USER_EXEC, "show int fa0", "interface interface=FastEthernet0\n" },
		{ MODE_USER_EXEC, "show int fast 4 out",
			"interface interface=FastEthernet4 out=out\n" },
		{ MODE_USER_EXEC, "show int vlan 1", "interface interface=Vlan1\n" },
		{ MODE_USER_EXEC, "show int GI0/1 in",
			"interface interface=GigabitEthernet0/1 in=in\n" },
		{ MODE_USER_EXEC, "show int in", "interface in=in\n" },
		{ MODE_USER_EXEC, "show interfaces vlan", "% Incomplete command.\n\n" },
		{ MODE_USER_EXEC, "show interfaces vlan one",
			"                            ^\n% Invalid input detected at '^' "
			"marker.\n\n" },
		{ MODE_USER_EXEC, "show interfaces fo0",
			"                        ^\n% Invalid input detected at '^' marker.\n\n" },
	};

	check_samples(*state, t, N(t));
}

/* The prompt "Router#" is 7 wide, "Router(config)#" 15, "Router(config-if)#" 18. */
static void
carets(void **state)
{
	static const struct {
		enum shell_mode mode;
		const char *line;
		size_t column;
	} t[] = {
		{ MODE_USER_EXEC, "shwo clock", 7 + 2 },
		{ MODE_USER_EXEC, "show clack", 7 + 7 },
		{ MODE_USER_EXEC, "show clock now", 7 + 11 },
		{ MODE_USER_EXEC, "  show clocks", 7 + 12 },
		{ MODE_USER_EXEC, "count 150", 7 + 6 },
		{ MODE_USER_EXEC, "count two", 7 + 6 },
		{ MODE_USER_EXEC, "address 5.18.144.189/32", 7 + 8 + 12 },
		{ MODE_USER_EXEC, "show version | include x", 7 + 13 },
		{ MODE_GLOBAL_CONFIG, "hostname a b", 15 + 11 },
		{ MODE_GLOBAL_CONFIG, "show clock", 15 + 2 },
		{ MODE_GLOBAL_CONFIG, "do show clack", 15 + 10 },
		{ MODE_GLOBAL_CONFIG, "do", 0 },
		{ MODE_CONFIG_IF, "ip acess-group 101 in", 18 + 5 },
		{ MODE_CONFIG_IF, "ip access-group 101 in out", 18 + 23 },
		{ MODE_CONFIG_IF, "ip access-list standard", 18 + 15 },
		{ MODE_EXT_NACL, "permitt ip any any", 24 + 6 },
		{ MODE_EXT_NACL, "permit tcpp any any", 24 + 10 },
		{ MODE_EXT_NACL, "10 permit tcpp any any", 24 + 13 },
		{ MODE_EXT_NACL, "remerk hello", 24 + 3 },
	};

	for (size_t i = 0; i < N(t); i++) {
		struct shell *sh = *state;
		char want[256];

		enter(sh, t[i].mode);
		if (t[i].column == 0)
			snprintf(want, sizeof(want), "%% Incomplete command.\n\n");
		else
			snprintf(want, sizeof(want),
				"%*s^\n%% Invalid input detected at '^' marker.\n\n",
				(int)t[i].column, "");
		if (strcmp(shell_type(sh, t[i].line), want) != 0)
			fail_msg("\"%s\": \"%s\" instead of \"%s\"", t[i].line, sh->screen, want);
	}
}

static void
refusals(void **state)
{
	static const struct sample t[] = {
		{ MODE_USER_EXEC, "c", "% Ambiguous command:  \"c\"\n" },
		{ MODE_USER_EXEC, "co terminal", "% Ambiguous command:  \"co terminal\"\n" },
		{ MODE_USER_EXEC, "show", "% Incomplete command.\n\n" },
		{ MODE_USER_EXEC, "show clock |", "% Incomplete command.\n\n" },
		{ MODE_USER_EXEC, "show clock | include", "% Incomplete command.\n\n" },
		{ MODE_USER_EXEC, "foo",
			"Translating \"foo\"...domain server (255.255.255.255)\n"
			"% Unknown command or computer name, or unable to find computer "
			"address\n" },
		{ MODE_GLOBAL_CONFIG, "foo",
			"               ^\n"
			"% Invalid input detected at '^' marker.\n\n" },
		{ MODE_CONFIG_IF, "ip", "% Incomplete command.\n\n" },
	};
	struct shell *sh = *state;

	check_samples(sh, t, N(t));
	router_set_service(sh->router, SERVICE_IP_DOMAIN_LOOKUP, false);
	session_enter(sh->session, MODE_USER_EXEC);
	assert_string_equal(shell_type(sh, " foo "),
		"Translating \"foo\"\n"
		"% Unknown command or computer name, or unable to find computer address\n");
}

static void
negation(void **state)
{
	static const struct sample t[] = {
		{ MODE_GLOBAL_CONFIG, "no hostname", "no hostname\n" },
		{ MODE_GLOBAL_CONFIG, "no hostname old", "no hostname name=old\n" },
		{ MODE_GLOBAL_CONFIG, "default hostname", "default hostname\n" },
		{ MODE_GLOBAL_CONFIG, "no logging buffered 8192", "no logging size=8192\n" },
		{ MODE_GLOBAL_CONFIG, "no", "% Incomplete command.\n\n" },
		{ MODE_GLOBAL_CONFIG, "no interface vlan 1",
			"                  ^\n"
			"% Invalid input detected at '^' marker.\n\n" },
		{ MODE_CONFIG_IF, "no ip access-group X in", "no group list=X in=in\n" },
		{ MODE_EXT_NACL, "no 10", "no 10|\n" },
		{ MODE_EXT_NACL, "no permit ip any any", "no 0|permit ip any any\n" },
		{ MODE_EXT_NACL, "no 10 permit ip any any", "no 10|permit ip any any\n" },
	};

	check_samples(*state, t, N(t));
}

static void
entries(void **state)
{
	static const struct sample t[] = {
		{ MODE_EXT_NACL, "permit tcp host 192.168.200.198 any eq 25 log",
			"0|permit tcp host 192.168.200.198 any eq smtp log\n" },
		{ MODE_EXT_NACL, "20 den ip any an", "20|deny ip any any\n" },
		{ MODE_EXT_NACL, "10", "% Incomplete command.\n\n" },
		{ MODE_EXT_NACL, "permit tcp any", "% Incomplete command.\n\n" },
	};

	check_samples(*state, t, N(t));
}

static void
sub_modes(void **state)
{
	struct shell *sh = *state;

	session_enter(sh->session, MODE_GLOBAL_CONFIG);
	shell_type(sh, "interface fa4");
	assert_string_equal(shell_prompt(sh), "Router(config-if)#");
	assert_string_equal(session_interface(sh->session)->name, "FastEthernet4");
	/* The sub-mode's own comes first; `do` stays; a global command leaves. */
	assert_string_equal(shell_type(sh, "description a"), "description text=a\n");
	assert_string_equal(shell_type(sh, "do show clock"), "clock\n");
	assert_string_equal(shell_prompt(sh), "Router(config-if)#");
	assert_string_equal(shell_type(sh, "hostname b"), "hostname name=b\n");
	assert_string_equal(shell_prompt(sh), "Router(config)#");
	assert_null(session_interface(sh->session));
	shell_type(sh, "interface vlan 1");
	shell_type(sh, "ip access-list extended Inside");
	assert_string_equal(shell_prompt(sh), "Router(config-ext-nacl)#");
	assert_string_equal(session_name(sh->session), "Inside");
	/* Both refuse: the one that understood more speaks. */
	shell_type(sh, "interface fa4");
	assert_string_equal(shell_type(sh, "ip access-list foo"),
		"                                 ^\n% Invalid input detected at '^' marker.\n\n");
	assert_string_equal(shell_prompt(sh), "Router(config-if)#");
	shell_type(sh, "exit");
	assert_string_equal(shell_prompt(sh), "Router(config)#");
	shell_type(sh, "exit");
	assert_string_equal(shell_prompt(sh), "Router#");
}

/* A row that the object does not have is not there. */
static void
offered(void **state)
{
	struct shell *sh = *state;

	session_enter_interface(sh->session, interface_find(sh->router, "Vlan1"));
	assert_string_equal(shell_type(sh, "autostate"), "offered\n");
	session_enter_interface(sh->session, interface_find(sh->router, "FastEthernet4"));
	assert_string_equal(shell_type(sh, "autostate"),
		"                  ^\n% Invalid input detected at '^' marker.\n\n");
}

static void
privileges(void **state)
{
	struct shell *sh = *state;

	session_set_privilege(sh->session, 1);
	assert_string_equal(shell_prompt(sh), "Router>");
	assert_string_equal(shell_type(sh, "configure terminal"),
		"         ^\n% Invalid input detected at '^' marker.\n\n");
	assert_string_equal(shell_type(sh, "co 7"), "count count=7\n");
	assert_string_equal(shell_help(sh, "c"), "count  \n\n");
	session_set_privilege(sh->session, 15);
	assert_string_equal(shell_help(sh, "c"), "clear  configure  count  \n\n");
}

static void
help_tables(void **state)
{
	struct shell *sh = *state;

	assert_string_equal(shell_help(sh, ""), "Exec commands:\n"
						"  address    Address\n"
						"  clear      Reset functions\n"
						"  configure  Enter configuration mode\n"
						"  count      Count\n"
						"  ping       Ping\n"
						"  show       Show running system information\n"
						"\n");
	assert_string_equal(shell_help(sh, "show clock "),
		"  detail  Display detailed information\n"
		"  |       Output modifiers\n"
		"  <cr>\n"
		"\n");
	assert_string_equal(shell_help(sh, "show "), "  clock       Display the system clock\n"
						     "  interfaces  Interface status\n"
						     "  lines       Some lines\n"
						     "  version     Version\n"
						     "\n");
	assert_string_equal(shell_help(sh, "show clock detail | "),
		"  append    Append redirected output to URL\n"
		"  begin     Begin with the line that matches\n"
		"  count     Count number of lines which match regexp\n"
		"  exclude   Exclude lines that match\n"
		"  include   Include lines that match\n"
		"  redirect  Redirect output to URL\n"
		"  section   Filter a section of output\n"
		"  tee       Copy output to URL\n"
		"\n");
	assert_string_equal(shell_help(sh, "sh clock | inc "), "  LINE  Regular Expression\n\n");
	assert_string_equal(shell_help(sh, "sh clock | inc foo "), "  LINE    <cr>\n\n");
	assert_string_equal(shell_help(sh, "count "),
		"  <1-99>     A small number\n  <200-299>  A large number\n\n");
	assert_string_equal(shell_help(sh, "address "), "  A.B.C.D  An address\n\n");
	assert_string_equal(shell_help(sh, "show version "), "  <cr>\n\n");
	/* Alone, a hidden row is no secret any more. */
	assert_string_equal(shell_help(sh, "show secrets "), "  <cr>\n\n");
}

static void
help_words(void **state)
{
	struct shell *sh = *state;

	assert_string_equal(shell_help(sh, "c"), "clear  configure  count  \n\n");
	assert_string_equal(shell_help(sh, "sh"), "show  \n\n");
	assert_string_equal(shell_help(sh, "show c"), "clock  \n\n");
	assert_string_equal(shell_help(sh, "show inter"), "interfaces  \n\n");
	assert_string_equal(shell_help(sh, "count 2"), "<1-99>  <200-299>  \n\n");
	assert_string_equal(shell_help(sh, "count 20"), "<1-99>  <200-299>  \n\n");
	assert_string_equal(shell_help(sh, "count 201"), "<200-299>  \n\n");
	assert_string_equal(shell_help(sh, "count 30"), "<1-99>  \n\n");
	assert_string_equal(shell_help(sh, "count 300"), "% Unrecognized command\n");
	assert_string_equal(shell_help(sh, "address 10."), "A.B.C.D  \n\n");
	assert_string_equal(shell_help(sh, "address 10.x"), "% Unrecognized command\n");
	assert_string_equal(shell_help(sh, "zz"), "% Unrecognized command\n");
	assert_string_equal(shell_help(sh, "zz "), "% Unrecognized command\n");
	assert_string_equal(shell_help(sh, "show clock x y "), "% Unrecognized command\n");
	assert_string_equal(shell_help(sh, "co "), "% Ambiguous command:  \"co \"\n");
	session_set_width(sh->session, 20);
	assert_string_equal(shell_help(sh, "c"), "clear  configure  \ncount  \n\n");
}

static void
help_of_modes(void **state)
{
	struct shell *sh = *state;

	session_enter_interface(sh->session, interface_find(sh->router, "Vlan1"));
	assert_string_equal(shell_help(sh, ""),
		"Interface configuration commands:\n"
		"  default      Set a command to its defaults\n"
		"  description  Interface specific description\n"
		"  exit         Exit from interface configuration mode\n"
		"  ip           Interface Internet Protocol config commands\n"
		"  no           Negate a command or set its defaults\n"
		"  shutdown     Shutdown the selected interface\n"
		"\n");
	/* Global commands work here, but do not show; `do` helps all the same. */
	assert_string_equal(shell_help(sh, "host"), "% Unrecognized command\n");
	assert_string_equal(shell_help(sh, "do show cl"), "clock  \n\n");
	assert_string_equal(shell_help(sh, "description "),
		"  LINE  Up to 240 characters describing this interface\n\n");
	session_set_width(sh->session, 40);
	assert_string_equal(shell_help(sh, "description "),
		"  LINE  Up to 240 characters describing\n        this interface\n\n");
	session_set_width(sh->session, 80);

	session_enter(sh->session, MODE_EXT_NACL);
	assert_string_equal(shell_help(sh, "10 permit ip "),
		"  A.B.C.D       Source address\n"
		"  any           Any source host\n"
		"  host          A single source host\n"
		"  object-group  Source network object group\n"
		"\n");
	assert_string_equal(shell_help(sh, "p"), "permit  \n\n");
	session_enter(sh->session, MODE_GLOBAL_CONFIG);
	assert_string_equal(shell_help(sh, "interface fa"), "FastEthernet  \n\n");
	assert_string_equal(
		shell_help(sh, "interface vlan "), "  <1-4094>  Vlan interface number\n\n");
	assert_string_equal(shell_help(sh, "no "), "  hostname  Set system's network name\n"
						   "  logging   Modify message logging facilities\n"
						   "\n");
}

static void
check_tab(struct shell *sh, const char *text, const char *want)
{
	char line[256];

	session_complete(sh->session, text, line, sizeof(line));
	assert_string_equal(line, want);
}

static void
completion(void **state)
{
	struct shell *sh = *state;
	struct parse_error err;

	check_tab(sh, "sh", "show ");
	check_tab(sh, "  SH", "  show ");
	check_tab(sh, "sh clo", "sh clock ");
	check_tab(sh, "c", "c");
	check_tab(sh, "show ", "show ");
	check_tab(sh, "", "");
	check_tab(sh, "zz", "zz");
	check_tab(sh, "show inte", "show interfaces ");
	check_tab(sh, "show clock | inc", "show clock | include ");
	check_tab(sh, "show interfaces vl", "show interfaces Vlan ");
	session_enter(sh->session, MODE_EXT_NACL);
	check_tab(sh, "10 per", "10 permit ");
	check_tab(sh, "permit tc", "permit tcp ");

	assert_non_null(lists_open(sh->router, "Inside", ACL_EXTENDED, &err));
	enter(sh, MODE_CONFIG_IF);
	check_tab(sh, "ip access-group In", "ip access-group Inside ");
	check_tab(sh, "ip access-group in", "ip access-group in");
	assert_non_null(lists_open(sh->router, "Insight", ACL_STANDARD, &err));
	check_tab(sh, "ip access-group In", "ip access-group In");
	check_tab(sh, "ip access-group Insid", "ip access-group Inside ");
}

static void
filters(void **state)
{
	static const struct sample t[] = {
		{ MODE_USER_EXEC, "show lines | include ^int", "interface Vlan1\ninterface Fa4\n" },
		{ MODE_USER_EXEC, "show lines | i Vlan1|con", "interface Vlan1\nline con 0\n" },
		{ MODE_USER_EXEC, "show lines|inc con", "line con 0\n" },
		{ MODE_USER_EXEC, "show lines |inc con", "line con 0\n" },
		{ MODE_USER_EXEC, "show lines | include CON", "" },
		{ MODE_USER_EXEC, "show lines | include group In ", " ip access-group In in\n" },
		{ MODE_USER_EXEC, "show lines | include shutdown ", "" },
		{ MODE_USER_EXEC, "show lines | include {1}", " description A|B {1}\n" },
		{ MODE_USER_EXEC, "show lines | include [{]1", " description A|B {1}\n" },
		{ MODE_USER_EXEC, "show lines | exclude ^ |!",
			"interface Vlan1\ninterface Fa4\nline con 0\n" },
		{ MODE_USER_EXEC, "show lines | begin ^!", "!\nline con 0\n" },
		{ MODE_USER_EXEC, "show lines | section Vlan1",
			"interface Vlan1\n ip access-group In in\n shutdown\n" },
		{ MODE_USER_EXEC, "show lines | section access-group",
			"interface Vlan1\n ip access-group In in\n" },
		{ MODE_USER_EXEC, "show lines | count ^ ",
			"Number of lines which match regexp = 3\n" },
		{ MODE_USER_EXEC, "show lines | include (",
			"% Failed to compile regular expression\n" },
		{ MODE_USER_EXEC, "show clock detail | include x", "" },
		{ MODE_GLOBAL_CONFIG, "do show lines | include con", "line con 0\n" },
		{ MODE_CONFIG_IF, "description a | include b", "description text=a | include b\n" },
		{ MODE_CONFIG_IF, "description a|b", "description text=a|b\n" },
	};
	struct shell *sh = *state;

	check_samples(sh, t, N(t));
	/* A filter ends with its command. */
	session_enter(sh->session, MODE_USER_EXEC);
	assert_string_equal(shell_type(sh, "show clock"), "clock\n");
}

static void
status_of_lines(void **state)
{
	struct shell *sh = *state;

	assert_int_equal(session_execute(sh->session, "show clock"), 0);
	assert_int_equal(session_execute(sh->session, "show clocks"), -1);
	assert_int_equal(session_execute(sh->session, "show lines | include ("), -1);
	session_enter(sh->session, MODE_GLOBAL_CONFIG);
	assert_int_equal(session_execute(sh->session, "interface tunnel 99"), -1);
	assert_int_equal(session_execute(sh->session, "! comment"), 0);
}

/* ---- rows that disagree ---- */

static const struct command agreeing[] = {
	{ EXEC, .syntax = "show clock", .help = "Show\nClock", .run = run_clock },
	{ EXEC, .syntax = "show clock detail", .help = "Show\nThe clock\nMore", .run = run_clock },
	{ EXEC, .syntax = "clock show", .help = "Set\nSomething else", .run = run_clock },
	{ .syntax = NULL },
};

static void
note_conflict(
	void *arg, const struct command *shown, const struct command *unheard, const char *token)
{
	char *text = arg;

	sprintf(text + strlen(text), "%s: %s / %s\n", token, shown->syntax, unheard->syntax);
}

static void
conflicts(void **state)
{
	static const struct command *const disagreeing[] = { agreeing, NULL };
	struct grammar *g = grammar_create(disagreeing);
	char text[256] = "";

	(void)state;
	assert_non_null(g);
	assert_int_equal(grammar_help_conflicts(g, note_conflict, text), 1);
	assert_string_equal(text, "clock: show clock / show clock detail\n");
	grammar_destroy(g);

	g = grammar_create(tables);
	assert_int_equal(grammar_help_conflicts(g, note_conflict, text), 0);
	grammar_destroy(g);
}

static void
count_row(void *arg, const struct command *row)
{
	size_t *n = arg;

	assert_non_null(row->syntax);
	++*n;
}

static void
rows_in_order(void **state)
{
	struct shell *sh = *state;
	size_t n = 0;

	grammar_each(sh->grammar, count_row, &n);
	assert_int_equal(n, N(exec_table) + N(config_table) + N(sub_table) - 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(matches, setup, teardown),
		cmocka_unit_test_setup_teardown(interface_names, setup, teardown),
		cmocka_unit_test_setup_teardown(carets, setup, teardown),
		cmocka_unit_test_setup_teardown(refusals, setup, teardown),
		cmocka_unit_test_setup_teardown(negation, setup, teardown),
		cmocka_unit_test_setup_teardown(entries, setup, teardown),
		cmocka_unit_test_setup_teardown(sub_modes, setup, teardown),
		cmocka_unit_test_setup_teardown(offered, setup, teardown),
		cmocka_unit_test_setup_teardown(privileges, setup, teardown),
		cmocka_unit_test_setup_teardown(help_tables, setup, teardown),
		cmocka_unit_test_setup_teardown(help_words, setup, teardown),
		cmocka_unit_test_setup_teardown(help_of_modes, setup, teardown),
		cmocka_unit_test_setup_teardown(completion, setup, teardown),
		cmocka_unit_test_setup_teardown(filters, setup, teardown),
		cmocka_unit_test_setup_teardown(status_of_lines, setup, teardown),
		cmocka_unit_test_setup_teardown(rows_in_order, setup, teardown),
		cmocka_unit_test(conflicts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
