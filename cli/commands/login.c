/*
 * login.c - `login block-for` and its relatives: what happens when logins fail; show login.
 */
#include <stdio.h>
#include <string.h>

#include "cli/commands/commands.h"
#include "cli/commands/handlers.h"

static struct login_policy *
policy(struct session *s)
{
	return login_policy(session_router(s));
}

static int
run_block(struct session *s, const struct args *a)
{
	struct login_policy *p = policy(s);

	p->block_for_s = args_no(a) ? 0 : args_number(a, "seconds", 0);
	p->attempts = args_no(a) ? 0 : args_number(a, "tries", 0);
	p->within_s = args_no(a) ? 0 : args_number(a, "window", 0);
	if (args_no(a)) /* what stands on it goes with it */
		p->quiet_class[0] = '\0';
	login_policy_watch(session_router(s));
	return 0;
}

static int
run_delay(struct session *s, const struct args *a)
{
	policy(s)->delay_s = args_no(a) ? 0 : args_number(a, "seconds", 0);
	return 0;
}

static int
run_quiet(struct session *s, const struct args *a)
{
	struct login_policy *p = policy(s);
	const char *name = args_no(a) ? "" : args_text(a, "list");

	if (strlen(name) > ACL_NAME_MAX)
		return command_refuse(s, "%% Invalid access list name.");
	strcpy(p->quiet_class, name);
	return 0;
}

static int
run_log(struct session *s, const struct args *a)
{
	unsigned every = args_no(a) ? 0 : args_number(a, "every", 1);

	if (args_has(a, "on-failure"))
		policy(s)->log_failure_every = every;
	else
		policy(s)->log_success_every = every;
	return 0;
}

static int
run_show(struct session *s, const struct args *a)
{
	struct text t = { 0 };

	if (args_has(a, "failures"))
		show_login_failures(&t, session_router(s));
	else
		show_login(&t, session_router(s));
	return command_print(s, &t);
}

#define LOGIN "Enable secure login checking\n"
#define BLOCK                                                                                      \
	LOGIN "Set quiet-mode active time period\nTime period in seconds\n"                        \
	      "Set max number of fail attempts\nFail attempts max value\n"                         \
	      "Watch period for fail attempts\nTime period in seconds"
#define DELAY LOGIN "Set delay between successive fail login\nTime period in seconds"
#define QUIET                                                                                      \
	LOGIN "Set quiet-mode options\nSet ACL for quiet-mode\nIP access list number\n"            \
	      "Access-list name"
#define LOG(when)                                                                                  \
	LOGIN when "Generate syslogs on such a login\nSet the number of logins between messages\n" \
		   "Number of logins"

const struct command login_commands[] = {
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "login block-for <seconds:1-65535> attempts <tries:1-65535> within "
			  "<window:1-65535>",
		.no_syntax = "login block-for [<seconds:1-65535> [attempts <tries:1-65535> [within "
			     "<window:1-65535>]]]",
		.help = BLOCK,
		.no_help = BLOCK,
		.run = run_block },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "login delay <seconds:1-10>",
		.no_syntax = "login delay [<seconds:1-10>]",
		.help = DELAY,
		.no_help = DELAY,
		.run = run_delay },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "login quiet-mode access-class {<list:1-2699>|<list:acl>}",
		.no_syntax = "login quiet-mode access-class [<list:1-2699>|<list:acl>]",
		.help = QUIET,
		.no_help = QUIET,
		.run = run_quiet },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "login on-failure log [every <every:1-65535>]",
		.no_syntax = "login on-failure [log [every <every:1-65535>]]",
		.help = LOG("Set options for failed login attempt\n"),
		.no_help = LOG("Set options for failed login attempt\n"),
		.run = run_log },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "login on-success log [every <every:1-65535>]",
		.no_syntax = "login on-success [log [every <every:1-65535>]]",
		.help = LOG("Set options for successful login attempt\n"),
		.no_help = LOG("Set options for successful login attempt\n"),
		.run = run_log },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "show login [failures]",
		.help = "Show running system information\nDisplay Secure Login Configurations and "
			"State\nDisplay the login failures",
		.flags = CMD_OUTPUT,
		.run = run_show },
	{ .syntax = NULL },
};
