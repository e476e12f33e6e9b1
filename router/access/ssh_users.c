/*
 * ssh_users.c - `ip ssh pubkey-chain`: whose public keys are let in.
 *
 * Like IOS, of a key only its type and the MD5 of its blob (RFC 4253, 6.6) are kept: that is what
 * running-config prints (`key-hash`), and a key shown by a client is compared by the same hash.  To come in
 * with another key one would have to find a second one of the same hash, which nobody can do
 * for MD5; that two can be made alike does not help, for the hash is of a key the owner chose.
 */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>

#include "router/internal.h"

enum { MD5_BYTES = 16, BLOB_MAX = 4096 };

const struct ssh_user *
ssh_user_at(const struct router *r, size_t i)
{
	return i < r->ssh.users ? r->ssh.user[i] : NULL;
}

static struct ssh_user *
find(const struct router *r, const char *name)
{
	for (size_t i = 0; i < r->ssh.users; i++)
		if (strcmp(r->ssh.user[i]->name, name) == 0)
			return r->ssh.user[i];
	return NULL;
}

struct ssh_user *
ssh_user_create(struct router *r, const char *name)
{
	struct ssh_user *u = find(r, name), **grown;

	if (u != NULL)
		return u;
	grown = realloc(r->ssh.user, (r->ssh.users + 1) * sizeof(*grown));
	if (grown == NULL)
		return NULL;
	r->ssh.user = grown;
	u = calloc(1, sizeof(*u));
	if (u == NULL)
		return NULL;
	u->name = strdup(name);
	if (u->name == NULL) {
		free(u);
		return NULL;
	}
	r->ssh.user[r->ssh.users++] = u;
	return u;
}

static void
user_free(struct ssh_user *u)
{
	free(u->name);
	free(u);
}

bool
ssh_user_delete(struct router *r, const char *name)
{
	for (size_t i = 0; i < r->ssh.users; i++) {
		if (strcmp(r->ssh.user[i]->name, name) != 0)
			continue;
		user_free(r->ssh.user[i]);
		memmove(&r->ssh.user[i], &r->ssh.user[i + 1],
			(r->ssh.users - i - 1) * sizeof(*r->ssh.user));
		r->ssh.users--;
		return true;
	}
	return false;
}

void
ssh_users_clear(struct router *r)
{
	for (size_t i = 0; i < r->ssh.users; i++)
		user_free(r->ssh.user[i]);
	free(r->ssh.user);
	r->ssh.user = NULL;
	r->ssh.users = 0;
}

static bool
is_hash(const char *text)
{
	for (const char *p = text; *p != '\0'; p++)
		if (!isxdigit((unsigned char)*p))
			return false;
	return strlen(text) == 2 * MD5_BYTES;
}

static struct ssh_user_key *
find_key(struct ssh_user *u, const char *type, const char *hash)
{
	for (size_t i = 0; i < u->keys; i++)
		if (strcmp(u->key[i].type, type) == 0 && strcasecmp(u->key[i].hash, hash) == 0)
			return &u->key[i];
	return NULL;
}

int
ssh_user_add_hash(
	struct router *r, const char *user, const char *type, const char *hash, const char *comment)
{
	struct ssh_user *u;
	struct ssh_user_key *k;

	if (!is_hash(hash) || strlen(type) > SSH_KEYTYPE_MAX || strlen(comment) > SSH_COMMENT_MAX)
		return -EINVAL;
	u = ssh_user_create(r, user);
	if (u == NULL)
		return -ENOMEM;
	if (find_key(u, type, hash) != NULL)
		return -EEXIST;
	if (u->keys == SSH_USER_KEYS_MAX)
		return -ENOSPC;
	k = &u->key[u->keys++];
	strcpy(k->type, type);
	strcpy(k->comment, comment);
	for (size_t i = 0; i <= 2 * MD5_BYTES; i++)
		k->hash[i] = (char)toupper((unsigned char)hash[i]);
	return 0;
}

bool
ssh_user_remove_hash(struct router *r, const char *user, const char *type, const char *hash)
{
	struct ssh_user *u = find(r, user);
	struct ssh_user_key *k = u != NULL ? find_key(u, type, hash) : NULL;

	if (k == NULL)
		return false;
	memmove(k, k + 1, (size_t)(&u->key[u->keys] - (k + 1)) * sizeof(*k));
	u->keys--;
	return true;
}

/* A key's blob begins with its type as a string (u32 length, text). */
static bool
blob_type(const unsigned char *blob, size_t len, char type[SSH_KEYTYPE_MAX + 1])
{
	size_t n = len < 4 ? 0
			   : (size_t)blob[0] << 24 | (size_t)blob[1] << 16 | (size_t)blob[2] << 8 |
				     blob[3];

	if (n == 0 || n > SSH_KEYTYPE_MAX || n > len - 4)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!isalnum(blob[4 + i]) && strchr("-@.", blob[4 + i]) == NULL)
			return false;
	memcpy(type, blob + 4, n);
	type[n] = '\0';
	return true;
}

/* Type and hash of what was written in base64; false when it is no key. */
static bool
digest(const char *base64, size_t len, char type[SSH_KEYTYPE_MAX + 1], char hash[33])
{
	unsigned char blob[BLOB_MAX], md5[MD5_BYTES];
	size_t padding = 0;
	int n;

	while (padding < len && base64[len - 1 - padding] == '=')
		padding++;
	if (len == 0 || len % 4 != 0 || padding > 2 || len / 4 * 3 > sizeof(blob))
		return false;
	n = EVP_DecodeBlock(blob, (const unsigned char *)base64, (int)len);
	if (n < (int)padding || !blob_type(blob, (size_t)n - padding, type))
		return false;
	if (EVP_Digest(blob, (size_t)n - padding, md5, NULL, EVP_md5(), NULL) != 1)
		return false;
	for (int i = 0; i < MD5_BYTES; i++)
		sprintf(hash + 2 * i, "%02X", md5[i]);
	return true;
}

/*
 * The key within "[TYPE] BASE64 [COMMENT]": its letters are joined to base64[], over blanks, from where
 * every key begins ("AAAA") to where it must end by its own padding or another kind of word comes.
 */
static size_t
join_base64(const char *text, char *base64, size_t size, const char **behind)
{
	const char *p = strstr(text, "AAAA");
	size_t n = 0;

	*behind = "";
	if (p == NULL)
		return 0;
	for (; *p != '\0'; p++) {
		if (isspace((unsigned char)*p))
			continue;
		if (n > 0 && base64[n - 1] == '=' && *p != '=')
			break;
		if ((!isalnum((unsigned char)*p) && strchr("+/=", *p) == NULL) || n == size)
			return 0;
		base64[n++] = *p;
	}
	*behind = p;
	return n;
}

/* A one-line key with its comment ("ssh-ed25519 AAAA... anna@desk") is split by words instead. */
static bool
read_key(const char *text, char type[SSH_KEYTYPE_MAX + 1], char hash[33], const char **comment)
{
	char base64[BLOB_MAX / 3 * 4 + 4];
	const char *begin = strstr(text, "AAAA");
	size_t n = join_base64(text, base64, sizeof(base64), comment);

	if (n > 0 && digest(base64, n, type, hash))
		return true;
	if (begin == NULL)
		return false;
	n = strcspn(begin, " \t");
	*comment = begin + n + strspn(begin + n, " \t");
	return digest(begin, n, type, hash);
}

int
ssh_user_add_key(struct router *r, const char *user, const char *text)
{
	char type[SSH_KEYTYPE_MAX + 1], hash[33], kept[SSH_COMMENT_MAX + 1];
	const char *comment;

	if (!read_key(text, type, hash, &comment))
		return -EINVAL;
	snprintf(kept, sizeof(kept), "%s", comment);
	return ssh_user_add_hash(r, user, type, hash, kept);
}

bool
ssh_user_has_key(const struct router *r, const char *user, const char *key)
{
	struct ssh_user *u = find(r, user);
	char type[SSH_KEYTYPE_MAX + 1], hash[33];
	const char *comment;

	return u != NULL && read_key(key, type, hash, &comment) && find_key(u, type, hash) != NULL;
}
