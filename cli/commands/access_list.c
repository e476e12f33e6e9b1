/*
 * access_list.c - both ways to write an IPv4 access list, and the two list modes.
 *
 * `access-list N ...` and `ip access-list ... N` edit the same object.  A session
 * in a list's mode remembers its name, not the list: when another session deletes it, the next
 * entry makes it anew, as on IOS.  Every edit takes effect before the handler returns.
 */
#include <stddef.h>

#include "cli/commands/commands.h"
#include "cli/commands/handlers.h"

/* ---- access-list N ... ---- */

static int
run_numbered(struct session *s, const struct args *a)
{
	const char *name = args_text(a, "list");
	struct router *r = session_router(s);
	struct parse_error err;
	enum acl_kind kind;
	struct acl *acl;

	if (args_no(a)) { /* whatever entry stands behind it, as IOS */
		lists_delete(r, name);
		return 0;
	}
	acl_number_kind(name, &kind);
	acl = lists_open(r, name, kind, &err);
	if (acl == NULL || lists_add(r, acl, 0, args_ace(a), &err) < 0)
		return command_refuse(s, "%s", err.text);
	return 0;
}

/* ---- ip access-list standard|extended NAME ---- */

static int
run_named(struct session *s, const struct args *a)
{
	enum acl_kind kind = args_has(a, "standard") ? ACL_STANDARD : ACL_EXTENDED;
	struct router *r = session_router(s);
	const char *name = args_text(a, "list");
	struct parse_error err;

	if (args_no(a) && lists_find(r, name) == NULL)
		return 0;
	if (lists_open(r, name, kind, &err) == NULL)
		return command_refuse(s, "%s", err.text);
	if (args_no(a))
		lists_delete(r, name);
	else
		session_enter_list(s, name, kind);
	return 0;
}

static int
run_resequence(struct session *s, const struct args *a)
{
	struct router *r = session_router(s);
	const char *name = args_text(a, "list");
	struct acl *acl = lists_find(r, name);
	struct parse_error err;

	if (acl == NULL)
		return command_refuse(s, "%% Access list %s does not exist", name);
	if (lists_resequence(r, acl, args_number(a, "start", 0), args_number(a, "step", 0), &err) <
		0)
		return command_refuse(s, "%s", err.text);
	return 0;
}

/* ---- inside a list ---- */

/* The entry of a `no` line: by its number, whatever stands behind that, else by its text. */
static void
remove_entry(struct router *r, struct acl *acl, const struct args *a)
{
	uint32_t seq = args_number(a, "seq", 0);

	if (seq != 0)
		lists_remove_seq(r, acl, seq);
	else
		lists_remove(r, acl, args_ace(a));
}

static int
run_entry(struct session *s, const struct args *a)
{
	enum acl_kind kind = session_mode(s) == MODE_STD_NACL ? ACL_STANDARD : ACL_EXTENDED;
	struct router *r = session_router(s);
	struct parse_error err;
	struct acl *acl = lists_open(r, session_name(s), kind, &err);

	if (acl == NULL)
		return command_refuse(s, "%s", err.text);
	if (args_no(a))
		remove_entry(r, acl, a);
	else if (lists_add(r, acl, args_number(a, "seq", 0), args_ace(a), &err) < 0)
		return command_refuse(s, "%s", err.text);
	return 0;
}

static int
run_exit(struct session *s, const struct args *a)
{
	(void)a;
	session_exit(s);
	return 0;
}

#define ACCESS_LIST "Add an access list entry\n"
#define STANDARD "IP standard access list\n"
#define STANDARD_MORE "IP standard access list (expanded range)\n"
#define EXTENDED "IP extended access list\n"
#define EXTENDED_MORE "IP extended access list (expanded range)\n"
#define NUMBERED_HELP                                                                              \
	ACCESS_LIST STANDARD "An entry\n" STANDARD_MORE "An entry\n" EXTENDED                      \
			     "An entry\n" EXTENDED_MORE "An entry"
#define IP "Global IP configuration subcommands\n"
#define NAMED "Named access-list\n"
#define NAMED_SYNTAX                                                                               \
	"ip access-list {standard {<list:1-99>|<list:1300-1999>|<list:acl-std>}"                   \
	"|extended {<list:100-199>|<list:2000-2699>|<list:acl-ext>}}"
#define SEQUENCE "Sequence Number\n"
#define NACL_EXIT "Exit from access-list configuration mode"

const struct command acl_commands[] = {
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "access-list {<list:1-99> <entry:ace-std-num>"
			  "|<list:1300-1999> <entry:ace-std-num>"
			  "|<list:100-199> <entry:ace-ext-num>"
			  "|<list:2000-2699> <entry:ace-ext-num>}",
		.no_syntax = "access-list {<list:1-99> [<entry:ace-std-num>]"
			     "|<list:1300-1999> [<entry:ace-std-num>]"
			     "|<list:100-199> [<entry:ace-ext-num>]"
			     "|<list:2000-2699> [<entry:ace-ext-num>]}",
		.help = NUMBERED_HELP,
		.no_help = NUMBERED_HELP,
		.run = run_numbered },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = NAMED_SYNTAX,
		.no_syntax = "=",
		.help = IP NAMED "Standard Access List\n"
				 "Standard IP access-list number\n"
				 "Standard IP access-list number (expanded range)\n"
				 "Access-list name\n"
				 "Extended Access List\n"
				 "Extended IP access-list number\n"
				 "Extended IP access-list number (expanded range)\n"
				 "Access-list name",
		.run = run_named },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "ip access-list resequence {<list:1-99>|<list:100-199>|<list:1300-1999>"
			  "|<list:2000-2699>|<list:acl>}"
			  " <start:1-2147483647> <step:1-2147483647>",
		.help = IP NAMED "Resequence Access List\n"
				 "Standard IP access-list number\n"
				 "Extended IP access-list number\n"
				 "Standard IP access-list number (expanded range)\n"
				 "Extended IP access-list number (expanded range)\n"
				 "Access-list name\n"
				 "Starting Sequence Number\n"
				 "Step to increment the sequence number",
		.run = run_resequence },
	{ .mode = MODE_EXT_NACL,
		.privilege = 15,
		.syntax = "[<seq:1-2147483647>] <entry:ace-ext>",
		.no_syntax = "{<seq:1-2147483647> [<entry:ace-ext>]|<entry:ace-ext>}",
		.help = SEQUENCE "An entry",
		.no_help = SEQUENCE "An entry\nAn entry",
		.run = run_entry },
	{ .mode = MODE_EXT_NACL,
		.privilege = 15,
		.syntax = "exit",
		.help = NACL_EXIT,
		.run = run_exit },
	{ .mode = MODE_STD_NACL,
		.privilege = 15,
		.syntax = "[<seq:1-2147483647>] <entry:ace-std>",
		.no_syntax = "{<seq:1-2147483647> [<entry:ace-std>]|<entry:ace-std>}",
		.help = SEQUENCE "An entry",
		.no_help = SEQUENCE "An entry\nAn entry",
		.run = run_entry },
	{ .mode = MODE_STD_NACL,
		.privilege = 15,
		.syntax = "exit",
		.help = NACL_EXIT,
		.run = run_exit },
	{ .syntax = NULL },
};
