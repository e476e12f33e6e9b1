/*
 * ssh.c - ip ssh, its pubkey-chain, show ssh and show ip ssh.
 *
 * In the chain a user's key is typed as it stands in a file, over as many lines as one likes, between
 * `key-string` and `exit`; what is kept, and shown, is its hash, as on IOS.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli/commands/commands.h"
#include "cli/commands/handlers.h"

static int
run_timeout(struct session *s, const struct args *a)
{
	ssh_settings(session_router(s))->timeout_s =
		args_no(a) ? SSH_TIMEOUT_DEFAULT_S : args_number(a, "seconds", 0);
	ssh_settings_changed(session_router(s));
	return 0;
}

static int
run_retries(struct session *s, const struct args *a)
{
	ssh_settings(session_router(s))->retries =
		args_no(a) ? SSH_RETRIES_DEFAULT : args_number(a, "tries", 0);
	ssh_settings_changed(session_router(s));
	return 0;
}

static int
run_version(struct session *s, const struct args *a)
{
	ssh_settings(session_router(s))->version = args_no(a) ? 0 : 2;
	ssh_settings_changed(session_router(s));
	return 0;
}

static int
run_logging(struct session *s, const struct args *a)
{
	ssh_settings(session_router(s))->log_events = !args_no(a);
	return 0;
}

/* The pair need not exist yet: as on IOS, SSH is off until it does. */
static int
run_keypair(struct session *s, const struct args *a)
{
	struct router *r = session_router(s);
	const char *name = args_no(a) ? "" : args_text(a, "label");

	if (strlen(name) > SSH_LABEL_MAX)
		return command_refuse(s, "%% The name of the keys is too long");
	if (name[0] != '\0' && ssh_pair_find(r, name) == NULL)
		session_printf(s,
			"Please create RSA keys to enable SSH (and of atleast %d bits for SSH "
			"v2).\n",
			SSH_BITS_LEAST);
	ssh_use_pair(r, name);
	return 0;
}

/* ---- the chain ---- */

static int
run_chain(struct session *s, const struct args *a)
{
	if (args_no(a))
		ssh_users_clear(session_router(s));
	else
		session_enter(s, MODE_SSH_PUBKEY);
	return 0;
}

static int
run_user(struct session *s, const struct args *a)
{
	const char *name = args_text(a, "name");

	if (strlen(name) > AAA_NAME_MAX)
		return command_refuse(
			s, "%% User name is too long (at most %d characters)", AAA_NAME_MAX);
	if (args_no(a)) {
		ssh_user_delete(session_router(s), name);
		return 0;
	}
	if (ssh_user_create(session_router(s), name) == NULL)
		return command_refuse(s, "%% Out of memory");
	session_enter_named(s, MODE_SSH_PUBKEY_USER, name);
	return 0;
}

static int
added(struct session *s, int rc)
{
	switch (rc) {
	case 0:
	case -EEXIST:
		return 0;
	case -ENOSPC:
		return command_refuse(s, "%% No more than %d keys per user", SSH_USER_KEYS_MAX);
	case -ENOMEM:
		return command_refuse(s, "%% Out of memory");
	default:
		return command_refuse(s, "%%SSH: Failed to decode the Key Value");
	}
}

static int
run_key_hash(struct session *s, const struct args *a)
{
	const char *type = args_text(a, "type"), *hash = args_text(a, "hash");
	const char *comment = args_text(a, "comment");
	struct router *r = session_router(s);

	if (!args_no(a))
		return added(s, ssh_user_add_hash(r, session_name(s), type, hash,
					comment != NULL ? comment : ""));
	ssh_user_remove_hash(r, session_name(s), type, hash);
	return 0;
}

struct key_text {
	char text[4096];
	size_t len;
};

static void
key_line_typed(struct session *s, const char *line, void *arg)
{
	struct key_text *k = arg;
	size_t len = strlen(line);
	const char *word = line + strspn(line, " \t");

	if (strcmp(word, "exit") == 0 || strcmp(word, "quit") == 0 || strcmp(word, "end") == 0) {
		(void)added(s, ssh_user_add_key(session_router(s), session_name(s), k->text));
		return;
	}
	if (k->len + len + 2 > sizeof(k->text)) {
		session_print(s, "%SSH: The key is too long\n");
		return;
	}
	memcpy(k->text + k->len, line, len);
	k->len += len;
	k->text[k->len++] = '\n';
	command_ask_text(s, "(conf-ssh-pubkey-data)#", key_line_typed, k);
}

static int
run_key_string(struct session *s, const struct args *a)
{
	struct key_text *k = session_memory(s, sizeof(*k));

	(void)a;
	if (k == NULL)
		return command_refuse(s, "%% Out of memory");
	command_ask_text(s, "(conf-ssh-pubkey-data)#", key_line_typed, k);
	return 0;
}

static int
run_exit(struct session *s, const struct args *a)
{
	(void)a;
	session_exit(s);
	return 0;
}

/* ---- show ---- */

static int
run_show_ssh(struct session *s, const struct args *a)
{
	struct text t = { 0 };

	(void)a;
	show_ssh(&t, session_router(s));
	return command_print(s, &t);
}

static int
run_show_ip_ssh(struct session *s, const struct args *a)
{
	struct text t = { 0 };

	(void)a;
	show_ip_ssh(&t, session_router(s));
	return command_print(s, &t);
}

#define IP_SSH "Global IP configuration subcommands\nConfigure ssh options\n"
#define TIMEOUT IP_SSH "Specify SSH time-out interval\nSSH time-out interval (secs)"
#define RETRIES IP_SSH "Specify number of authentication retries\nNumber of authentication retries"
#define VERSION IP_SSH "Specify protocol version to be supported\nProtocol version"
#define KEYPAIR                                                                                    \
	IP_SSH "Configure RSA keypair name for SSH\nRSA key-pair name for SSH\nRSA key-pair label"
#define KEY_HASH "Specify key hash\nKey type\nKey hash\nComment of the key"
#define SHOW "Show running system information\n"

const struct command ssh_commands[] = {
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "ip ssh time-out <seconds:1-120>",
		.no_syntax = "ip ssh time-out [<seconds:1-120>]",
		.help = TIMEOUT,
		.no_help = TIMEOUT,
		.run = run_timeout },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "ip ssh authentication-retries <tries:0-5>",
		.no_syntax = "ip ssh authentication-retries [<tries:0-5>]",
		.help = RETRIES,
		.no_help = RETRIES,
		.run = run_retries },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "ip ssh version <version:2-2>",
		.no_syntax = "ip ssh version [<version:2-2>]",
		.help = VERSION,
		.no_help = VERSION,
		.run = run_version },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "ip ssh logging events",
		.no_syntax = "=",
		.help = IP_SSH "Configure logging for SSH\nLog SSH events",
		.run = run_logging },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "ip ssh rsa keypair-name <label:word>",
		.no_syntax = "ip ssh rsa keypair-name [<label:word>]",
		.help = KEYPAIR,
		.no_help = KEYPAIR,
		.run = run_keypair },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "ip ssh pubkey-chain",
		.no_syntax = "=",
		.help = IP_SSH "pubkey-chain",
		.run = run_chain },
	{ .mode = MODE_SSH_PUBKEY,
		.privilege = 15,
		.syntax = "username <name:user>",
		.no_syntax = "=",
		.help = "SSH server user's username\nUser name",
		.run = run_user },
	{ .mode = MODE_SSH_PUBKEY,
		.privilege = 15,
		.syntax = "exit",
		.help = "Exit from ssh pubkey chain mode",
		.run = run_exit },
	{ .mode = MODE_SSH_PUBKEY_USER,
		.privilege = 15,
		.syntax = "key-string",
		.help = "Specify key string",
		.run = run_key_string },
	{ .mode = MODE_SSH_PUBKEY_USER,
		.privilege = 15,
		.syntax = "key-hash <type:word> <hash:word> [<comment:line>]",
		.no_syntax = "=",
		.help = KEY_HASH,
		.run = run_key_hash },
	{ .mode = MODE_SSH_PUBKEY_USER,
		.privilege = 15,
		.syntax = "exit",
		.help = "Exit from ssh pubkey chain user mode",
		.run = run_exit },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show ssh",
		.help = SHOW "Status of SSH server connections",
		.flags = CMD_OUTPUT,
		.run = run_show_ssh },
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "show ip ssh",
		.help = SHOW "IP information\nInformation about IP ssh",
		.flags = CMD_OUTPUT,
		.run = run_show_ip_ssh },
	{ .syntax = NULL },
};
