/*
 * ssh.c - `show ssh`, `show ip ssh`, `show crypto key mypubkey rsa`, and `ip ssh` in running-config.
 */
#include <stdio.h>
#include <string.h>

#include "cli/show/show_internal.h"

void
show_ssh(struct text *t, struct router *r)
{
	const struct line *l;
	bool any = false;

	for (unsigned n = 0; (l = line_get(r, LINE_VTY, n)) != NULL; n++) {
		if (!l->busy || l->transport != LINE_SSH || l->cipher[0] == '\0')
			continue;
		if (!any)
			text_add(t, "Connection Version Mode Encryption  Hmac         "
				    "State                 Username\n");
		any = true;
		for (int out = 0; out < 2; out++)
			text_addf(t, "%-10u 2.0     %-4s %-11s %-12s %-21s %s\n", n,
				out ? "OUT" : "IN", l->cipher, l->hmac,
				l->user[0] != '\0' ? "Session started" : "Authenticating", l->user);
	}
	if (!any)
		text_add(t, "%No SSHv2 server connections running.\n");
	text_add(t, "%No SSHv1 server connections running.\n");
}

void
show_ip_ssh(struct text *t, struct router *r)
{
	const struct ssh_settings *s = ssh_settings(r);

	text_addf(t, "SSH %s - version %s\n", ssh_enabled(r) ? "Enabled" : "Disabled",
		s->version == 2 ? "2.0" : "1.99");
	if (!ssh_enabled(r))
		text_addf(t,
			"%%Please create RSA keys to enable SSH (and of atleast %d bits for SSH "
			"v2).\n",
			SSH_BITS_LEAST);
	text_addf(t, "Authentication timeout: %u secs; Authentication retries: %u\n", s->timeout_s,
		s->retries);
}

/* Eight words of four bytes to a line, as IOS. */
static void
add_key_data(struct text *t, const uint8_t *data, size_t len)
{
	for (size_t i = 0; i < len; i++)
		text_addf(t, "%s%02X%s", i % 32 == 0 ? "  " : "", data[i],
			i % 32 == 31 || i + 1 == len ? "\n"
			: i % 4 == 3		     ? " "
						     : "");
}

void
show_crypto_keys(struct text *t, struct router *r, const char *label)
{
	const struct ssh_pair *p;
	char when[SHOW_TIME_MAX];

	for (size_t i = 0; (p = ssh_pair_at(r, i)) != NULL; i++) {
		if (label != NULL && strcmp(label, p->label) != 0)
			continue;
		text_addf(t,
			"%% Key pair was generated at: %s\n"
			"Key name: %s\n"
			"Key type: RSA KEYS\n"
			" Storage Device: not specified\n"
			" Usage: General Purpose Key\n"
			" Key is not exportable.\n"
			" Key Data:\n",
			show_time(r, p->made * 1000000, false, when), p->label);
		add_key_data(t, p->rsa_public, p->rsa_public_len);
	}
}

static void
add_chain(struct text *t, struct router *r)
{
	const struct ssh_user *u;

	if (ssh_user_at(r, 0) == NULL)
		return;
	text_add(t, "ip ssh pubkey-chain\n");
	for (size_t i = 0; (u = ssh_user_at(r, i)) != NULL; i++) {
		text_addf(t, "  username %s\n", u->name);
		for (size_t k = 0; k < u->keys; k++)
			text_addf(t, "   key-hash %s %s%s%s\n", u->key[k].type, u->key[k].hash,
				u->key[k].comment[0] != '\0' ? " " : "", u->key[k].comment);
	}
}

void
running_config_ssh(struct text *t, struct router *r)
{
	const struct ssh_settings *s = ssh_settings(r);
	size_t before = t->len;

	if (s->timeout_s != SSH_TIMEOUT_DEFAULT_S)
		text_addf(t, "ip ssh time-out %u\n", s->timeout_s);
	if (s->retries != SSH_RETRIES_DEFAULT)
		text_addf(t, "ip ssh authentication-retries %u\n", s->retries);
	if (s->keypair[0] != '\0')
		text_addf(t, "ip ssh rsa keypair-name %s\n", s->keypair);
	if (s->log_events)
		text_add(t, "ip ssh logging events\n");
	if (s->version != 0)
		text_addf(t, "ip ssh version %d\n", s->version);
	add_chain(t, r);
	if (t->len != before)
		text_add(t, "!\n");
}
