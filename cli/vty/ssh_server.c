/*
 * ssh_server.c - what our SSH server offers: host keys and algorithms.
 *
 * The algorithms are what IOS 15 offers of those nobody warns of yet, and what current clients need:
 * OpenSSH, libssh, and paramiko, which has no GCM and knows curve25519 by its older name only.  Nothing
 * is read from libssh's own configuration files.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/vty/ssh.h"

static const char offered_kex[] =
	"curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256,"
	"ecdh-sha2-nistp384,ecdh-sha2-nistp521,diffie-hellman-group14-sha256,"
	"diffie-hellman-group16-sha512";
static const char offered_ciphers[] = "aes128-ctr,aes192-ctr,aes256-ctr,aes128-gcm@openssh.com,"
				      "aes256-gcm@openssh.com";
static const char offered_hmacs[] = "hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com,"
				    "hmac-sha2-256,hmac-sha2-512";
static const char offered_host_key_algorithms[] = "rsa-sha2-512,rsa-sha2-256,ssh-ed25519";
static const char offered_user_key_algorithms[] =
	"ssh-ed25519,ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,rsa-sha2-512,"
	"rsa-sha2-256";
static const char offered_version[] = "Cisco-1.25"; /* behind "SSH-2.0-" */

/* The host keys among the settings: PEM, one after the other. How many there are; -1 when one is bad. */
static int
server_keys(ssh_bind server, const char *settings)
{
	static const char begin[] = "-----BEGIN ", end[] = "-----END ";
	const char *from = settings;
	int n = 0;

	while ((from = strstr(from, begin)) != NULL) {
		const char *to = strstr(from, end);
		ssh_key key;
		char *pem;

		if (to == NULL)
			return -1;
		to += strcspn(to, "\n");
		pem = strndup(from, (size_t)(to - from) + (*to == '\n'));
		if (pem == NULL)
			return -1;
		key = ssh_server_key(pem);
		explicit_bzero(pem, strlen(pem));
		free(pem);
		/* The server owns the key from here. */
		if (key == NULL ||
			ssh_bind_options_set(server, SSH_BIND_OPTIONS_IMPORT_KEY, key) != SSH_OK)
			return -1;
		n++;
		from = to;
	}
	return n;
}

static bool
server_options(ssh_bind server)
{
	static const bool no = false;
	static const struct {
		enum ssh_bind_options_e option;
		const void *value;
	} options[] = {
		{ SSH_BIND_OPTIONS_PROCESS_CONFIG, &no },
		{ SSH_BIND_OPTIONS_BANNER, offered_version },
		{ SSH_BIND_OPTIONS_KEY_EXCHANGE, offered_kex },
		{ SSH_BIND_OPTIONS_CIPHERS_C_S, offered_ciphers },
		{ SSH_BIND_OPTIONS_CIPHERS_S_C, offered_ciphers },
		{ SSH_BIND_OPTIONS_HMAC_C_S, offered_hmacs },
		{ SSH_BIND_OPTIONS_HMAC_S_C, offered_hmacs },
		{ SSH_BIND_OPTIONS_HOSTKEY_ALGORITHMS, offered_host_key_algorithms },
		{ SSH_BIND_OPTIONS_PUBKEY_ACCEPTED_KEY_TYPES, offered_user_key_algorithms },
	};

	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++)
		if (ssh_bind_options_set(server, options[i].option, options[i].value) != SSH_OK)
			return false;
	return true;
}

ssh_bind
ssh_server_create(const char *settings, unsigned *timeout_s)
{
	ssh_bind server = ssh_bind_new();

	if (server == NULL)
		return NULL;
	if (server_options(server) && sscanf(settings, "timeout %u", timeout_s) == 1 &&
		server_keys(server, settings) > 0)
		return server;
	ssh_bind_free(server);
	return NULL;
}
