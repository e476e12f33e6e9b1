/*
 * ssh.c - SSH's settings, what the server processes are told, and %SSH-5-* messages.
 *
 * The keys themselves are ssh_keys.c's, users' public keys ssh_users.c's.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "router/internal.h"

void
ssh_init(struct router *r)
{
	r->ssh.settings = (struct ssh_settings){ .timeout_s = SSH_TIMEOUT_DEFAULT_S,
		.retries = SSH_RETRIES_DEFAULT };
}

struct ssh_settings *
ssh_settings(struct router *r)
{
	return &r->ssh.settings;
}

void
ssh_settings_changed(struct router *r)
{
	if (r->ssh.changed != NULL)
		r->ssh.changed(r->ssh.changed_arg);
}

void
ssh_listen(struct router *r, void (*fn)(void *arg), void *arg)
{
	r->ssh.changed = fn;
	r->ssh.changed_arg = arg;
}

/* The pair clients are shown: the one configured, else the first. NULL: SSH is disabled. */
static const struct ssh_pair *
host_pair(const struct router *r)
{
	const char *name = r->ssh.settings.keypair;

	return name[0] != '\0' ? ssh_pair_find(r, name) : ssh_pair_at(r, 0);
}

bool
ssh_enabled(const struct router *r)
{
	return host_pair(r) != NULL;
}

char *
ssh_server_text(struct router *r)
{
	const struct ssh_settings *s = &r->ssh.settings;
	const struct ssh_pair *p = host_pair(r);
	char *text = NULL;

	if (p == NULL)
		return strdup("");
	if (asprintf(&text, "timeout %u\nretries %u\n%s%s", s->timeout_s, s->retries, p->rsa,
		    p->ed25519) < 0)
		return NULL;
	return text;
}

/* "2.0", or "1.99" while no version is configured: IOS would speak version 1, too. */
static const char *
version_name(const struct router *r)
{
	return r->ssh.settings.version == 2 ? "2.0" : "1.99";
}

void
ssh_keys_changed(struct router *r, bool was_enabled)
{
	bool enabled = ssh_enabled(r);

	if (enabled != was_enabled)
		logging_emit(r, "SSH", 5, enabled ? "ENABLED" : "DISABLED", "SSH %s has been %s",
			version_name(r), enabled ? "enabled" : "disabled");
	ssh_settings_changed(r);
}

void
ssh_announce(struct router *r)
{
	ssh_keys_changed(r, false);
}

void
ssh_use_pair(struct router *r, const char *label)
{
	bool was_enabled = ssh_enabled(r);

	snprintf(r->ssh.settings.keypair, sizeof(r->ssh.settings.keypair), "%s", label);
	ssh_keys_changed(r, was_enabled);
}

/* Only what an algorithm's name is written with: it goes into log lines. */
static void
keep_name(char *out, size_t size, const char *name)
{
	size_t n = 0;

	for (; *name != '\0' && n + 1 < size; name++)
		if ((*name >= 'a' && *name <= 'z') || (*name >= '0' && *name <= '9') ||
			strchr("-@._", *name) != NULL)
			out[n++] = *name;
	out[n] = '\0';
}

void
ssh_line_transport(struct router *r, struct line *l, const char *cipher, const char *hmac)
{
	keep_name(l->cipher, sizeof(l->cipher), cipher);
	keep_name(l->hmac, sizeof(l->hmac), hmac);
	if (r->ssh.settings.log_events)
		logging_emit(r, "SSH", 5, "SSH2_SESSION",
			"SSH2 Session request from %s (tty = %u) using crypto cipher '%s', hmac "
			"'%s' "
			"Succeeded",
			l->peer, l->number, l->cipher, l->hmac);
}

void
ssh_line_authenticated(struct router *r, const struct line *l, const char *user, bool ok)
{
	if (!r->ssh.settings.log_events)
		return;
	logging_emit(r, "SSH", 5, "SSH2_USERAUTH",
		"User '%s' authentication for SSH2 Session from %s (tty = %u) using crypto cipher "
		"'%s', hmac '%s' %s",
		user, l->peer, l->number, l->cipher, l->hmac, ok ? "Succeeded" : "Failed");
}

void
ssh_line_closed(struct router *r, const struct line *l)
{
	if (!r->ssh.settings.log_events || l->user[0] == '\0')
		return;
	logging_emit(r, "SSH", 5, "SSH2_CLOSE",
		"SSH2 Session from %s (tty = %u) for user '%s' using crypto cipher '%s', hmac '%s' "
		"closed",
		l->peer, l->number, l->user, l->cipher, l->hmac);
}

void
ssh_fini(struct router *r)
{
	ssh_keys_fini(r);
	ssh_users_clear(r);
}
