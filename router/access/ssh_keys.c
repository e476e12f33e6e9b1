/*
 * ssh_keys.c - the host keys: made, kept, thrown away.
 *
 * A pair of IOS's is an RSA pair with a name.  Each of ours has an Ed25519 pair beside it, made at the
 * same moment: today's clients prefer it, and it costs nothing.  Keys are made by libcrypto in a helper
 * thread (an RSA modulus of 4096 bits takes seconds).
 *
 * CONFIG.keys holds them all: for each pair "pair LABEL SECONDS BITS" and the two private keys as PEM.  It
 * is written when a pair comes or goes, not by `write memory`: a key that a client has been shown
 * should outlive a crash.  Written like the startup-config, whole or not at all, and born with mode 0600.
 * Without -c the keys live in memory alone.
 */
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "router/internal.h"

static void
free_secret(char *text)
{
	if (text != NULL)
		explicit_bzero(text, strlen(text));
	free(text);
}

static void
pair_free(struct ssh_pair *p)
{
	if (p == NULL)
		return;
	free_secret(p->rsa);
	free_secret(p->ed25519);
	free(p->rsa_public);
	free(p);
}

/* ---- libcrypto ---- */

/* libcrypto asks between candidates whether to go on. */
static int
go_on(EVP_PKEY_CTX *ctx)
{
	(void)ctx;
	return work_stopping() ? 0 : 1;
}

static EVP_PKEY *
make_key(int type, unsigned bits)
{
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_id(type, NULL);
	EVP_PKEY *key = NULL;

	if (ctx == NULL || EVP_PKEY_keygen_init(ctx) <= 0)
		goto out;
	EVP_PKEY_CTX_set_cb(ctx, go_on);
	if (type == EVP_PKEY_RSA && EVP_PKEY_CTX_set_rsa_keygen_bits(ctx, (int)bits) <= 0)
		goto out;
	if (EVP_PKEY_keygen(ctx, &key) <= 0)
		key = NULL;
out:
	EVP_PKEY_CTX_free(ctx);
	return key;
}

/* The private key as PEM; NULL without memory. */
static char *
key_text(EVP_PKEY *key)
{
	BIO *bio = BIO_new(BIO_s_secmem());
	char *text = NULL, *data;
	long len;

	if (bio != NULL &&
		PEM_write_bio_PKCS8PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL) == 1) {
		len = BIO_get_mem_data(bio, &data);
		text = strndup(data, (size_t)len);
	}
	BIO_free_all(bio);
	return text;
}

static bool
set_rsa(struct ssh_pair *p, EVP_PKEY *key)
{
	unsigned char *der = NULL;
	int len = i2d_PUBKEY(key, &der);

	p->rsa = key_text(key);
	p->bits = (unsigned)EVP_PKEY_get_bits(key);
	p->rsa_public = len > 0 ? malloc((size_t)len) : NULL;
	if (p->rsa_public != NULL) {
		memcpy(p->rsa_public, der, (size_t)len);
		p->rsa_public_len = (size_t)len;
	}
	OPENSSL_free(der);
	return p->rsa != NULL && p->rsa_public != NULL;
}

/* Makes both keys of the pair. */
static bool
pair_make(struct ssh_pair *p, unsigned bits)
{
	EVP_PKEY *rsa = make_key(EVP_PKEY_RSA, bits);
	EVP_PKEY *ed25519 = rsa != NULL ? make_key(EVP_PKEY_ED25519, 0) : NULL;
	bool ok = ed25519 != NULL && set_rsa(p, rsa);

	if (ok)
		p->ed25519 = key_text(ed25519);
	EVP_PKEY_free(rsa);
	EVP_PKEY_free(ed25519);
	return ok && p->ed25519 != NULL;
}

/* ---- the file ---- */

/* "CONFIG.keys"; false when nothing can be kept. */
static bool
keys_path(const struct router *r, char path[PATH_MAX])
{
	return r->startup_path != NULL &&
	       snprintf(path, PATH_MAX, "%s.keys", r->startup_path) < PATH_MAX;
}

/* What the file holds: the caller frees and wipes. NULL without memory. */
static char *
keys_text(const struct router *r)
{
	char *text = NULL;
	size_t len;
	FILE *f = open_memstream(&text, &len);
	bool failed;

	if (f == NULL)
		return NULL;
	for (size_t i = 0; i < r->ssh.pairs; i++) {
		const struct ssh_pair *p = r->ssh.pair[i];

		fprintf(f, "pair %s %" PRId64 " %u\n%s%s", p->label, p->made, p->bits, p->rsa,
			p->ed25519);
	}
	failed = ferror(f) != 0;
	if (fclose(f) != 0 || failed) {
		free_secret(text);
		return NULL;
	}
	return text;
}

static int
keys_save(const struct router *r)
{
	char path[PATH_MAX];
	char *text;
	int rc;

	if (!keys_path(r, path))
		return 0;
	if (r->ssh.pairs == 0)
		return unlink(path) < 0 && errno != ENOENT ? -errno : 0;
	text = keys_text(r);
	if (text == NULL)
		return -ENOMEM;
	rc = config_store_write(path, text, strlen(text));
	free_secret(text);
	return rc;
}

void
ssh_keys_erase_file(struct router *r)
{
	char path[PATH_MAX];

	if (keys_path(r, path))
		unlink(path);
}

/* Reads "pair ..." and the two keys behind it. NULL when that is not what stands there. */
static struct ssh_pair *
read_pair(BIO *bio)
{
	char line[SSH_LABEL_MAX + 64];
	struct ssh_pair *p;
	EVP_PKEY *rsa = NULL, *ed25519 = NULL;
	int n = BIO_gets(bio, line, sizeof(line));
	bool ok;

	if (n <= 0)
		return NULL;
	p = calloc(1, sizeof(*p));
	if (p == NULL)
		return NULL;
	ok = sscanf(line, "pair %127s %" SCNd64 " %u", p->label, &p->made, &p->bits) == 3;
	if (ok)
		rsa = PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL);
	if (rsa != NULL)
		ed25519 = PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL);
	ok = ed25519 != NULL && EVP_PKEY_get_base_id(rsa) == EVP_PKEY_RSA &&
	     EVP_PKEY_get_base_id(ed25519) == EVP_PKEY_ED25519 && set_rsa(p, rsa);
	if (ok)
		p->ed25519 = key_text(ed25519);
	EVP_PKEY_free(rsa);
	EVP_PKEY_free(ed25519);
	if (ok && p->ed25519 != NULL)
		return p;
	pair_free(p);
	return NULL;
}

int
ssh_keys_load(struct router *r)
{
	char path[PATH_MAX];
	struct ssh_pair *p;
	BIO *bio;
	int rc = 0;

	if (!keys_path(r, path) || (access(path, F_OK) < 0 && errno == ENOENT))
		return 0;
	bio = BIO_new_file(path, "re");
	if (bio == NULL)
		return errno != 0 ? -errno : -EIO;
	while ((p = read_pair(bio)) != NULL) {
		if (r->ssh.pairs < SSH_PAIRS_MAX)
			r->ssh.pair[r->ssh.pairs++] = p;
		else
			pair_free(p);
	}
	if (r->ssh.pairs == 0 || !BIO_eof(bio))
		rc = -EINVAL;
	BIO_free(bio);
	return rc;
}

/* ---- the pairs there are ---- */

const struct ssh_pair *
ssh_pair_at(const struct router *r, size_t i)
{
	return i < r->ssh.pairs ? r->ssh.pair[i] : NULL;
}

const struct ssh_pair *
ssh_pair_find(const struct router *r, const char *label)
{
	for (size_t i = 0; i < r->ssh.pairs; i++)
		if (strcmp(r->ssh.pair[i]->label, label) == 0)
			return r->ssh.pair[i];
	return NULL;
}

/* Puts a new pair in the place of one of its name, or behind the others. */
static void
pair_keep(struct router *r, struct ssh_pair *p)
{
	for (size_t i = 0; i < r->ssh.pairs; i++) {
		if (strcmp(r->ssh.pair[i]->label, p->label) == 0) {
			pair_free(r->ssh.pair[i]);
			r->ssh.pair[i] = p;
			return;
		}
	}
	r->ssh.pair[r->ssh.pairs++] = p;
}

struct generation {
	struct job job; /* first: what work.c hands back */
	struct router *router;
	struct ssh_pair *pair;
	unsigned bits;
	bool made;
	void (*done)(void *arg, int rc); /* NULL: nobody waits any more */
	void *arg;
};

static void
generation_run(struct job *j)
{
	struct generation *g = (struct generation *)j;

	g->made = pair_make(g->pair, g->bits);
}

static void
generation_done(struct job *j)
{
	struct generation *g = (struct generation *)j;
	struct router *r = g->router;
	bool was_enabled = ssh_enabled(r);
	int rc = -EIO;

	r->ssh.generation = NULL;
	if (g->made) {
		g->pair->made = clock_wall_us(router_clock(r)) / 1000000;
		pair_keep(r, g->pair);
		rc = keys_save(r) == 0 ? 0 : -EIO;
	} else {
		pair_free(g->pair);
		rc = -ENOMEM;
	}
	if (g->done != NULL)
		g->done(g->arg, rc);
	free(g);
	ssh_keys_changed(r, was_enabled);
}

int
ssh_pair_generate(struct router *r, const char *label, unsigned bits,
	void (*done)(void *arg, int rc), void *arg)
{
	struct generation *g;

	if (r->ssh.generation != NULL)
		return -EBUSY;
	if (r->ssh.pairs == SSH_PAIRS_MAX && ssh_pair_find(r, label) == NULL)
		return -ENOSPC;
	g = calloc(1, sizeof(*g));
	if (g == NULL)
		return -ENOMEM;
	g->pair = calloc(1, sizeof(*g->pair));
	if (g->pair == NULL) {
		free(g);
		return -ENOMEM;
	}
	snprintf(g->pair->label, sizeof(g->pair->label), "%s", label);
	g->job.run = generation_run;
	g->job.done = generation_done;
	g->router = r;
	g->bits = bits;
	g->done = done;
	g->arg = arg;
	r->ssh.generation = g;
	work_submit(r, WORK_KEYS, &g->job);
	return 0;
}

void
ssh_pair_forget_waiter(struct router *r, void *arg)
{
	if (r->ssh.generation != NULL && r->ssh.generation->arg == arg)
		r->ssh.generation->done = NULL;
}

int
ssh_pair_zeroize(struct router *r, const char *label)
{
	bool was_enabled = ssh_enabled(r);
	size_t kept = 0;
	int rc;

	for (size_t i = 0; i < r->ssh.pairs; i++) {
		if (label == NULL || strcmp(r->ssh.pair[i]->label, label) == 0)
			pair_free(r->ssh.pair[i]);
		else
			r->ssh.pair[kept++] = r->ssh.pair[i];
	}
	if (kept == r->ssh.pairs)
		return 0;
	r->ssh.pairs = kept;
	rc = keys_save(r);
	ssh_keys_changed(r, was_enabled);
	return rc;
}

void
ssh_keys_fini(struct router *r)
{
	for (size_t i = 0; i < r->ssh.pairs; i++)
		pair_free(r->ssh.pair[i]);
	r->ssh.pairs = 0;
}
