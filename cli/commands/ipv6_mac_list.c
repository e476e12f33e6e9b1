/*
 * ipv6_mac_list.c - IPv6 and MAC access lists: the commands that open them and their two modes.
 *
 * An IPv6 entry's number stands before or behind it, with the word `sequence`.  IOS keeps no empty
 * IPv6 list: entering the mode makes nothing, the first entry does, and the last one takes the list
 * along when it goes (reference 1.10).  A MAC list is there from its command on; its entries have
 * no numbers that could be typed.
 */
#include <stddef.h>
#include <string.h>

#include "cli/commands/commands.h"
#include "cli/commands/handlers.h"

static int
run_ipv6_list(struct session *s, const struct args *a)
{
	const char *name = args_text(a, "list");

	if (args_no(a))
		lists_delete_kind(session_router(s), name, ACL_IPV6);
	else if (strlen(name) > ACL_NAME_MAX)
		return command_refuse(s, "%% Invalid access list name.");
	else
		session_enter_list(s, name, ACL_IPV6);
	return 0;
}

static int
run_ipv6_entry(struct session *s, const struct args *a)
{
	uint32_t seq = args_number(a, "seq", args_ace_sequence(a));
	struct router *r = session_router(s);
	struct parse_error err;
	struct acl *acl;

	if (args_no(a)) {
		acl = lists_find_kind(r, session_name(s), ACL_IPV6);
		if (acl != NULL && seq != 0)
			lists_remove_seq(r, acl, seq);
		else if (acl != NULL)
			lists_remove(r, acl, args_ace(a));
		return 0;
	}
	acl = lists_open(r, session_name(s), ACL_IPV6, &err);
	if (acl == NULL || lists_add(r, acl, seq, args_ace(a), &err) < 0)
		return command_refuse(s, "%s", err.text);
	return 0;
}

static int
run_mac_list(struct session *s, const struct args *a)
{
	struct router *r = session_router(s);
	const char *name = args_text(a, "list");
	struct parse_error err;

	if (args_no(a))
		lists_delete_kind(r, name, ACL_MAC);
	else if (lists_open(r, name, ACL_MAC, &err) == NULL)
		return command_refuse(s, "%s", err.text);
	else
		session_enter_list(s, name, ACL_MAC);
	return 0;
}

static int
run_mac_entry(struct session *s, const struct args *a)
{
	struct router *r = session_router(s);
	struct parse_error err;
	struct acl *acl = lists_open(r, session_name(s), ACL_MAC, &err);

	if (acl == NULL)
		return command_refuse(s, "%s", err.text);
	if (args_no(a))
		lists_remove(r, acl, args_ace(a));
	else if (lists_add(r, acl, 0, args_ace(a), &err) < 0)
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

#define SEQUENCE "Sequence number for this entry\nSequence Number\n"

const struct command more_acl_commands[] = {
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "ipv6 access-list <list:acl-ipv6>",
		.no_syntax = "=",
		.help = "Global IPv6 configuration commands\n"
			"Configure access lists\n"
			"User selected string identifying this access list",
		.run = run_ipv6_list },
	{ .mode = MODE_IPV6_ACL,
		.privilege = 15,
		.syntax = "[sequence <seq:1-4294967294>] <entry:ace-ipv6>",
		.no_syntax = "{sequence <seq:1-4294967294> [<entry:ace-ipv6>]|<entry:ace-ipv6>}",
		.help = SEQUENCE "An entry",
		.no_help = SEQUENCE "An entry\nAn entry",
		.run = run_ipv6_entry },
	{ .mode = MODE_IPV6_ACL,
		.privilege = 15,
		.syntax = "exit",
		.help = "Exit from access-list configuration mode",
		.run = run_exit },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "mac access-list extended <list:acl-mac>",
		.no_syntax = "=",
		.help = "Global MAC configuration subcommands\n"
			"Named access-list\n"
			"Extended Access List\n"
			"Access-list name",
		.run = run_mac_list },
	{ .mode = MODE_EXT_MACL,
		.privilege = 15,
		.syntax = "<entry:ace-mac>",
		.no_syntax = "=",
		.help = "An entry",
		.run = run_mac_entry },
	{ .mode = MODE_EXT_MACL,
		.privilege = 15,
		.syntax = "exit",
		.help = "Exit from access-list configuration mode",
		.run = run_exit },
	{ .syntax = NULL },
};
