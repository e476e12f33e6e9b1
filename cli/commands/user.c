/*
 * user.c - who may log in and who may enable: username, enable secret, enable password.
 *
 * A type digit says that the text behind it is stored in that form already; without one it is
 * clear. How each form is checked and kept is router/aaa's matter.  Deleting a user asks first, as
 * IOS does.
 */
#include <errno.h>
#include <stdint.h>
#include <string.h>

#include "cli/commands/commands.h"
#include "cli/commands/handlers.h"

/* The type digit that was typed; 0 for clear text. */
static int
type_of(const struct args *a)
{
	static const struct {
		const char *word;
		int type;
	} types[] = { { "5", 5 }, { "7", 7 }, { "8", 8 }, { "9", 9 } };

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (args_has(a, types[i].word))
			return types[i].type;
	return 0;
}

/* What `algorithm-type` asks for; 0 when it was not typed. */
static int
algorithm_of(const struct args *a)
{
	if (args_has(a, "md5"))
		return 5;
	if (args_has(a, "sha256"))
		return 8;
	return args_has(a, "scrypt") ? 9 : 0;
}

/* Makes *secret of the captured text, as `secret` or `password`. */
static int
make_secret(struct session *s, const struct args *a, struct aaa_secret *secret)
{
	bool encrypt7 = router_service(session_router(s), SERVICE_PASSWORD_ENCRYPTION);
	const char *text = args_text(a, "text");
	bool reversible = args_has(a, "password");
	int algorithm = algorithm_of(a), rc;

	if (algorithm != 0)
		rc = aaa_secret_hash(secret, algorithm, text);
	else
		rc = aaa_secret_make(secret, reversible, type_of(a), text, encrypt7);
	if (rc == 0)
		return 0;
	if (rc == -EIO)
		return command_refuse(s, "%% The secret could not be hashed");
	if (type_of(a) == 0)
		return command_refuse(
			s, "%% Password is too long (at most %d characters)", AAA_SECRET_MAX);
	if (reversible)
		return command_refuse(s, "Invalid encrypted password: %s", text);
	return command_refuse(s, "ERROR: The secret you entered is not a valid encrypted secret.");
}

/*
 * Who is to be deleted, remembered until the question is answered.  The user may be gone by then
 * and the question may never be answered, so neither a pointer to the user nor a copy of the name
 * will do: this is a number made of the name (FNV-1a).
 */
static uintptr_t
name_key(const char *name)
{
	uint64_t h = UINT64_C(14695981039346656037);

	while (*name != '\0')
		h = (h ^ (unsigned char)*name++) * UINT64_C(1099511628211);
	return (uintptr_t)h;
}

static void
delete_answered(struct session *s, const char *answer, void *arg)
{
	struct router *r = session_router(s);
	const struct aaa_user *u;

	if (strcmp(answer, "y") != 0)
		return;
	for (size_t i = 0; (u = aaa_user_at(r, i)) != NULL; i++) {
		if (name_key(u->name) == (uintptr_t)arg) {
			aaa_user_delete(r, u->name);
			return;
		}
	}
}

static int
run_no_username(struct session *s, const char *name)
{
	if (aaa_user_find(session_router(s), name) != NULL)
		session_ask(s, ASK_CONFIRM,
			"This operation will remove all username related configurations with same"
			" name.Do you want to continue? [confirm]",
			delete_answered, (void *)name_key(name));
	return 0;
}

static int
run_username(struct session *s, const struct args *a)
{
	const char *name = args_text(a, "name");
	struct aaa_secret secret = { .set = false };
	struct aaa_user *u;

	if (args_no(a))
		return run_no_username(s, name);
	if (args_has(a, "text") && make_secret(s, a, &secret) < 0)
		return -1;
	u = aaa_user_create(session_router(s), name);
	if (u == NULL)
		return command_refuse(
			s, "%% User name is too long (at most %d characters)", AAA_NAME_MAX);
	if (args_has(a, "level"))
		u->privilege = (int)args_number(a, "level", 0);
	if (secret.set)
		u->secret = secret;
	explicit_bzero(&secret, sizeof(secret));
	return 0;
}

static int
run_enable_secret(struct session *s, const struct args *a)
{
	struct router *r = session_router(s);
	int level = (int)args_number(a, "level", AAA_LEVEL_FULL);
	struct aaa_secret *stored =
		args_has(a, "secret") ? aaa_enable_secret(r, level) : aaa_enable_password(r, level);

	if (!args_no(a))
		return make_secret(s, a, stored);
	explicit_bzero(stored, sizeof(*stored));
	return 0;
}

#define CLEAR_FOLLOWS(what) "Specifies an UNENCRYPTED " what " will follow\n"
#define SECRET_HELP(line)                                                                          \
	CLEAR_FOLLOWS("secret")                                                                    \
	"The UNENCRYPTED text\n"                                                                   \
	"Specifies a MD5 HASHED secret will follow\nThe HASHED text\n"                             \
	"Specifies a PBKDF2 HASHED secret will follow\nThe HASHED text\n"                          \
	"Specifies a SCRYPT HASHED secret will follow\nThe HASHED text\n" line
#define PASSWORD_HELP(line)                                                                        \
	CLEAR_FOLLOWS("password")                                                                  \
	"The UNENCRYPTED text\nSpecifies a HIDDEN password will follow\nThe HIDDEN text\n" line
#define SECRET_TEXT "{0 <text:line>|5 <text:word>|8 <text:word>|9 <text:word>|<text:line>}"
#define SECRET_SYNTAX "secret " SECRET_TEXT
#define PASSWORD_TEXT "{0 <text:line>|7 <text:word>|<text:line>}"
#define PASSWORD_SYNTAX "password " PASSWORD_TEXT
#define ALGORITHM "algorithm-type {md5|scrypt|sha256} secret "
#define ALGORITHM_HELP                                                                             \
	"Algorithm to use for hashing the plaintext secret\n"                                      \
	"Encode the password using the MD5 algorithm\n"                                            \
	"Encode the password using the SCRYPT hashing algorithm\n"                                 \
	"Encode the password using the PBKDF2 hashing algorithm\n"
#define LEVEL "Set exec level password\nLevel number\n"
#define ENABLE "Modify enable password parameters\n"
#define ENABLE_SECRET "Assign the privileged level secret\n"
#define ENABLE_PASSWORD "Assign the privileged level password\n"
#define ENABLE_CLEAR "The UNENCRYPTED (cleartext) 'enable' secret"
#define USERNAME "Establish User Name Authentication\nUser name\n"
#define USER_SECRET "Specify the secret for the user\n"
#define USER_CLEAR "The UNENCRYPTED (cleartext) user secret\n"

const struct command user_commands[] = {
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "username <name:user> [privilege <level:0-15>] [" ALGORITHM
			  "<text:line>|" SECRET_SYNTAX "|" PASSWORD_SYNTAX "]",
		.no_syntax = "username <name:user> [<tail:line>]",
		.help = USERNAME
		"Set user privilege level\nUser privilege level\n" ALGORITHM_HELP USER_SECRET
			USER_CLEAR USER_SECRET SECRET_HELP(
				USER_CLEAR) "Specify the password for the "
					    "user\n" PASSWORD_HELP(
						    "The UNENCRYPTED (cleartext) user "
						    "password"),
		.no_help = USERNAME "Anything that was configured with it",
		.run = run_username },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "enable " ALGORITHM "[level <level:1-15>] <text:line>",
		.help = ENABLE ALGORITHM_HELP ENABLE_SECRET LEVEL ENABLE_CLEAR,
		.run = run_enable_secret },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "enable secret [level <level:1-15>] " SECRET_TEXT,
		.no_syntax = "enable secret [level <level:1-15>] [<tail:line>]",
		.help = ENABLE ENABLE_SECRET LEVEL SECRET_HELP(ENABLE_CLEAR),
		.no_help = ENABLE ENABLE_SECRET LEVEL "The secret",
		.run = run_enable_secret },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "enable password [level <level:1-15>] " PASSWORD_TEXT,
		.no_syntax = "enable password [level <level:1-15>] [<tail:line>]",
		.help = ENABLE ENABLE_PASSWORD LEVEL PASSWORD_HELP(
			"The UNENCRYPTED (cleartext) 'enable' password"),
		.no_help = ENABLE ENABLE_PASSWORD LEVEL "The password",
		.run = run_enable_secret },
	{ .syntax = NULL },
};
