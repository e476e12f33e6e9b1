/*
 * crypto.c - the router's key pairs: crypto key generate, zeroize, show crypto key mypubkey rsa.
 *
 * The dialogs are those of IOS 15.  A pair is named by its label, or after the router, which must have a
 * name of its own and a domain then.  Making a large one takes seconds: a helper thread's work, during
 * which this session waits and all others go on.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands/commands.h"
#include "cli/commands/handlers.h"

enum { LOOK_MS = 50 };

struct dialog {
	struct yes_no question;
	char label[SSH_LABEL_MAX + 1];
	unsigned bits; /* 0: to be asked */
};

/* ---- making it ---- */

struct waiting {
	struct router *router;
	bool finished;
	int rc;
};

static void
pair_made(void *arg, int rc)
{
	struct waiting *w = arg;

	w->finished = true;
	w->rc = rc;
}

static int64_t
wait_step(struct session *s, void *arg)
{
	const struct waiting *w = arg;

	if (!w->finished)
		return LOOK_MS;
	if (w->rc == 0)
		session_put(s, "[OK]\n");
	else if (w->rc == -EIO)
		session_put(s, "[OK]\n% The keys could not be saved: they are lost at a reload\n");
	else
		session_put(s, "[Failed]\n");
	return WORK_DONE;
}

/* The pair will be made all the same. */
static void
wait_stopped(struct session *s, void *arg)
{
	(void)arg;
	session_put(s, "\n");
}

static void
wait_done(void *arg)
{
	struct waiting *w = arg;

	ssh_pair_forget_waiter(w->router, w);
	free(w);
}

static int
generate(struct session *s, const struct dialog *d)
{
	struct session_work work = { wait_step, wait_stopped, wait_done, NULL };
	struct waiting *w = calloc(1, sizeof(*w));
	char line[128];
	int rc;

	if (w == NULL)
		return command_refuse(s, "%% Out of memory");
	w->router = session_router(s);
	rc = ssh_pair_generate(w->router, d->label, d->bits, pair_made, w);
	if (rc < 0) {
		free(w);
		if (rc == -EBUSY)
			return command_refuse(s, "%% Another key pair is being generated");
		return command_refuse(s, "%% No more than %d key pairs can be kept", SSH_PAIRS_MAX);
	}
	snprintf(line, sizeof(line),
		"%% Generating %u bit RSA keys, keys will be non-exportable...", d->bits);
	session_put(s, line);
	work.arg = w;
	session_work(s, &work);
	return 0;
}

/* ---- what is to be known first ---- */

static void ask_modulus(struct session *s, struct dialog *d);

static void
modulus_answered(struct session *s, const char *answer, void *arg)
{
	const struct word word = { .text = answer, .len = strlen(answer) };
	struct dialog *d = arg;
	uint32_t bits = SSH_BITS_DEFAULT;

	if (word.len > 0 && !word_number(&word, SSH_BITS_LEAST, SSH_BITS_MOST, &bits)) {
		session_printf(s, "%% A decimal number between %d and %d.\n", SSH_BITS_LEAST,
			SSH_BITS_MOST);
		ask_modulus(s, d);
		return;
	}
	d->bits = bits;
	(void)generate(s, d);
}

static void
ask_modulus(struct session *s, struct dialog *d)
{
	char prompt[64];

	snprintf(prompt, sizeof(prompt), "How many bits in the modulus [%d]: ", SSH_BITS_DEFAULT);
	session_ask(s, ASK_LINE, prompt, modulus_answered, d);
}

static void
choose_modulus(struct session *s, struct dialog *d)
{
	session_printf(s,
		"Choose the size of the key modulus in the range of %d to %d for your\n"
		"  General Purpose Keys. Choosing a key modulus greater than 512 may take\n"
		"  a few minutes.\n\n",
		SSH_BITS_LEAST, SSH_BITS_MOST);
	ask_modulus(s, d);
}

static void
replace_answered(struct session *s, bool yes, struct yes_no *q)
{
	if (yes)
		choose_modulus(s, (struct dialog *)q);
}

/* The label typed, or the router's full name; false when it has none, which it has said. */
static bool
name_keys(struct session *s, const struct args *a, char label[SSH_LABEL_MAX + 1])
{
	struct router *r = session_router(s);
	const char *typed = args_text(a, "label");
	int n;

	if (typed != NULL) {
		n = snprintf(label, SSH_LABEL_MAX + 1, "%s", typed);
	} else if (strcmp(router_hostname(r), "Router") == 0) {
		return command_refuse(s, "%% Please define a hostname other than Router.") == 0;
	} else if (ip_domain(r)[0] == '\0') {
		return command_refuse(s, "%% Please define a domain-name first.") == 0;
	} else {
		n = snprintf(label, SSH_LABEL_MAX + 1, "%s.%s", router_hostname(r), ip_domain(r));
	}
	if (n > SSH_LABEL_MAX)
		return command_refuse(s, "%% The name of the keys is too long") == 0;
	return true;
}

static int
run_generate(struct session *s, const struct args *a)
{
	struct dialog *d = session_memory(s, sizeof(*d));
	bool there;

	if (session_kind(s) == SESSION_LOADER)
		return command_refuse(s, "%% Keys are not generated from a configuration");
	if (d == NULL)
		return command_refuse(s, "%% Out of memory");
	if (!name_keys(s, a, d->label))
		return -1; /* it has said why */
	d->bits = args_number(a, "bits", 0);
	there = ssh_pair_find(session_router(s), d->label) != NULL;
	if (there)
		session_printf(s, "%% You already have RSA keys defined named %s.\n", d->label);
	else
		session_printf(s, "The name for the keys will be: %s\n", d->label);
	if (d->bits == 0 && there) {
		d->question = (struct yes_no){ "% Do you really want to replace them? [yes/no]: ",
			replace_answered };
		command_ask_yes_no(s, &d->question);
		return 0;
	}
	if (d->bits == 0) {
		choose_modulus(s, d);
		return 0;
	}
	session_printf(s, "%s\n%% The key modulus size is %u bits\n",
		there ? "% They will be replaced.\n" : "", d->bits);
	return generate(s, d);
}

/* ---- zeroize ---- */

static void
zeroize_answered(struct session *s, bool yes, struct yes_no *q)
{
	const struct dialog *d = (struct dialog *)q;

	if (yes && ssh_pair_zeroize(session_router(s), d->label[0] != '\0' ? d->label : NULL) < 0)
		session_print(s, "% The file of the keys could not be changed\n");
}

static int
run_zeroize(struct session *s, const struct args *a)
{
	const char *label = args_text(a, "label");
	struct dialog *d = session_memory(s, sizeof(*d));

	if (d == NULL)
		return command_refuse(s, "%% Out of memory");
	if (label == NULL && ssh_pair_at(session_router(s), 0) == NULL)
		return command_refuse(s, "%% No Signature RSA Keys found in configuration.\n");
	if (label != NULL && ssh_pair_find(session_router(s), label) == NULL)
		return command_refuse(s, "%% No RSA key pair found with name %s\n", label);
	if (label != NULL)
		session_printf(s, "%% Keys to be removed are named '%s'.\n", label);
	else
		session_print(s, "% All keys will be removed.\n");
	session_print(s, "% All router certs issued using these keys will also be removed.\n");
	snprintf(d->label, sizeof(d->label), "%s", label != NULL ? label : "");
	d->question = (struct yes_no){ "Do you really want to remove these keys? [yes/no]: ",
		zeroize_answered };
	command_ask_yes_no(s, &d->question);
	return 0;
}

static int
run_show_keys(struct session *s, const struct args *a)
{
	struct text t = { 0 };

	show_crypto_keys(&t, session_router(s), args_text(a, "label"));
	return command_print(s, &t);
}

#define CRYPTO "Encryption module\nLong term key operations\n"
#define MODULUS "Provide number of modulus bits on the command line\nsize of the key modulus\n"
#define LABEL "Provide a label\nRSA keypair label\n"

const struct command crypto_commands[] = {
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "crypto key generate rsa [general-keys] [label <label:word> [modulus "
			  "<bits:1024-4096>]|modulus <bits:1024-4096> [label <label:word>]]",
		.help = CRYPTO
		"Generate new keys\nGenerate RSA keys\n"
		"Generate a general purpose RSA key pair for signing and encryption\n" LABEL MODULUS
			MODULUS "Provide a label\nRSA keypair label",
		.run = run_generate },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "crypto key zeroize rsa [<label:word>]",
		.help = CRYPTO "Remove keys\nRemove RSA keys\nRSA keypair label",
		.run = run_zeroize },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "show crypto key mypubkey rsa [<label:word>]",
		.help = "Show running system information\nEncryption module\n"
			"Show long term public keys\nShow public keys associated with this router\n"
			"Show RSA public keys\nRSA keypair label",
		.flags = CMD_OUTPUT,
		.run = run_show_keys },
	{ .syntax = NULL },
};
