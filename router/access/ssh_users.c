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

/* The string (u32 length, bytes) at the front of what is left: its length, or -1 when it is not all there. */
static long
string_len(const unsigned char *p, size_t left)
{
	size_t n;

	if (left < 4)
		return -1;
	n = (size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 | p[3];
	return n <= left - 4 ? (long)n : -1;
}

/* How many strings a key of this type is made of, its type's name the first (RFC 4253, 5656, 8709). */
static unsigned
strings_of(const char *type)
{
	return strcmp(type, "ssh-rsa") == 0 || strncmp(type, "ecdsa-", 6) == 0 ? 3 : 2;
}

/* Is this a key, no more and no less? Its type's name is its first string. */
static bool
is_whole_key(const unsigned char *blob, size_t len, char type[SSH_KEYTYPE_MAX + 1])
{
	long n = string_len(blob, len);
	unsigned strings = 0;

	if (n <= 0 || n > SSH_KEYTYPE_MAX)
		return false;
	for (long i = 0; i < n; i++)
		if (!isalnum(blob[4 + i]) && strchr("-@.", blob[4 + i]) == NULL)
			return false;
	memcpy(type, blob + 4, (size_t)n);
	type[n] = '\0';
	for (size_t at = 0; at < len; at += 4 + (size_t)n, strings++) {
		n = string_len(blob + at, len - at);
		if (n < 0)
			return false;
	}
	return strings == strings_of(type);
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
	if (n < (int)padding || !is_whole_key(blob, (size_t)n - padding, type))
		return false;
	if (EVP_Digest(blob, (size_t)n - padding, md5, NULL, EVP_md5(), NULL) != 1)
		return false;
	for (int i = 0; i < MD5_BYTES; i++)
		sprintf(hash + 2 * i, "%02X", md5[i]);
	return true;
}

/* What stands behind the key, without line ends; what is too long is cut. */
static void
keep_comment(char comment[SSH_COMMENT_MAX + 1], const char *p)
{
	size_t n = 0;

	for (p += strspn(p, " \t\n"); *p != '\0' && n < SSH_COMMENT_MAX; p++)
		if (!iscntrl((unsigned char)*p))
			comment[n++] = *p;
	while (n > 0 && comment[n - 1] == ' ')
		n--;
	comment[n] = '\0';
}

/*
 * Reads "[TYPE] BASE64 [COMMENT]" with breaks anywhere in the base64, as terminals and mail make them: a
 * key knows itself where it ends, so each break is tried as the end.  Every key begins with "AAAA".
 */
static bool
read_key(const char *text, char type[SSH_KEYTYPE_MAX + 1], char hash[33],
	char comment[SSH_COMMENT_MAX + 1])
{
	char base64[(BLOB_MAX + 2) / 3 * 4];
	const char *p = strstr(text, "AAAA");
	size_t n = 0, tried = 0;

	for (; p != NULL; p++) {
		if (*p == '\0' || isspace((unsigned char)*p)) {
			/* A break behind a break ends nothing: a megabyte of them costs no more. */
			if (n != tried && digest(base64, n, type, hash)) {
				keep_comment(comment, p);
				return true;
			}
			if (*p == '\0')
				return false;
			tried = n;
			continue;
		}
		if ((!isalnum((unsigned char)*p) && strchr("+/=", *p) == NULL) ||
			n == sizeof(base64))
			return false;
		base64[n++] = *p;
	}
	return false;
}

int
ssh_user_add_key(struct router *r, const char *user, const char *text)
{
	char type[SSH_KEYTYPE_MAX + 1], hash[33], comment[SSH_COMMENT_MAX + 1];

	if (!read_key(text, type, hash, comment))
		return -EINVAL;
	return ssh_user_add_hash(r, user, type, hash, comment);
}

bool
ssh_user_has_key(const struct router *r, const char *user, const char *key)
{
	struct ssh_user *u = find(r, user);
	char type[SSH_KEYTYPE_MAX + 1], hash[33], comment[SSH_COMMENT_MAX + 1];

	return u != NULL && read_key(key, type, hash, comment) && find_key(u, type, hash) != NULL;
}
