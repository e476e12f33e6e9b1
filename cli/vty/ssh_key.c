/*
 * ssh_key.c - a host key as libssh takes it.
 *
 * The router keeps keys in PKCS #8, which libssh reads; but of an Ed25519 key in that form it does not
 * work out the public half (0.10.6), and then has no host key to show.  So those are written out again
 * the way OpenSSH does ("openssh-key-v1", PROTOCOL.key of its sources), which states both halves.
 */
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/vty/ssh.h"

enum { ED25519_BYTES = 32, BLOB_MAX = 512 };

struct blob {
	size_t n;
	uint8_t p[BLOB_MAX]; /* far more than one Ed25519 key takes */
};

static void
put(struct blob *b, const void *p, size_t n)
{
	memcpy(b->p + b->n, p, n);
	b->n += n;
}

static void
put_number(struct blob *b, uint32_t v)
{
	const uint8_t big_endian[] = { (uint8_t)(v >> 24), (uint8_t)(v >> 16), (uint8_t)(v >> 8),
		(uint8_t)v };

	put(b, big_endian, sizeof(big_endian));
}

/* A string of RFC 4251. */
static void
put_string(struct blob *b, const void *p, size_t n)
{
	put_number(b, (uint32_t)n);
	put(b, p, n);
}

static void
put_text(struct blob *b, const char *text)
{
	put_string(b, text, strlen(text));
}

static void
put_ed25519(struct blob *out, const uint8_t *public, const uint8_t *seed)
{
	struct blob key = { 0 }, both = { 0 }, secret = { 0 };

	put_text(&key, "ssh-ed25519");
	put_string(&key, public, ED25519_BYTES);
	put(&both, seed, ED25519_BYTES);
	put(&both, public, ED25519_BYTES);
	put_number(&secret, 0); /* twice the same: where a passphrase was right */
	put_number(&secret, 0);
	put(&secret, key.p, key.n);
	put_string(&secret, both.p, both.n);
	put_text(&secret, "");
	for (uint8_t pad = 1; secret.n % 8 != 0; pad++)
		put(&secret, &pad, 1);

	put(out, "openssh-key-v1", sizeof("openssh-key-v1"));
	put_text(out, "none");
	put_text(out, "none");
	put_text(out, "");
	put_number(out, 1);
	put_string(out, key.p, key.n);
	put_string(out, secret.p, secret.n);
	explicit_bzero(&both, sizeof(both));
	explicit_bzero(&secret, sizeof(secret));
}

static ssh_key
import(const char *pem)
{
	ssh_key key = NULL;

	return ssh_pki_import_privkey_base64(pem, NULL, NULL, NULL, &key) == SSH_OK ? key : NULL;
}

static ssh_key
import_ed25519(const EVP_PKEY *pkey)
{
	uint8_t public[ED25519_BYTES], seed[ED25519_BYTES];
	size_t public_len = sizeof(public), seed_len = sizeof(seed);
	char base64[BLOB_MAX * 2], pem[BLOB_MAX * 2 + 128];
	struct blob blob = { 0 };
	ssh_key key = NULL;

	if (EVP_PKEY_get_raw_public_key(pkey, public, &public_len) == 1 &&
		EVP_PKEY_get_raw_private_key(pkey, seed, &seed_len) == 1) {
		put_ed25519(&blob, public, seed);
		EVP_EncodeBlock((unsigned char *)base64, blob.p, (int)blob.n);
		snprintf(pem, sizeof(pem),
			"-----BEGIN OPENSSH PRIVATE KEY-----\n%s\n"
			"-----END OPENSSH PRIVATE KEY-----\n",
			base64);
		key = import(pem);
	}
	explicit_bzero(seed, sizeof(seed));
	explicit_bzero(&blob, sizeof(blob));
	explicit_bzero(base64, sizeof(base64));
	explicit_bzero(pem, sizeof(pem));
	return key;
}

ssh_key
ssh_server_key(const char *pem)
{
	BIO *bio = BIO_new_mem_buf(pem, -1);
	EVP_PKEY *pkey = bio != NULL ? PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL) : NULL;
	ssh_key key = NULL;

	if (pkey != NULL)
		key = EVP_PKEY_is_a(pkey, "ED25519") ? import_ed25519(pkey) : import(pem);
	EVP_PKEY_free(pkey);
	BIO_free(bio);
	return key;
}
