/*
 * aaa_hash.c - see aaa_hash.h.  MD5-crypt is libcrypt's, the other two libcrypto's.
 */
#include <crypt.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include <openssl/evp.h>

#include "router/access/aaa_hash.h"

enum {
	SALT5 = 4, /* as IOS makes it; up to 8 are read */
	SALT5_MOST = 8,
	SALT = 14, /* types 8 and 9 */
	HASH_BYTES = 32,
	HASH_TEXT = 43, /* in base64, not padded */
	PBKDF2_ITERATIONS = 20000,
	SCRYPT_N = 16384,
	SCRYPT_R = 1,
	SCRYPT_P = 1,
	SCRYPT_MEMORY = 32 << 20, /* a bound for libcrypto; it takes 2 MB */
};

/* crypt's and Cisco's alphabet are one; the order of the bits is not. */
static const char alphabet[] = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

static bool
make_salt(char *salt, size_t n)
{
	unsigned char raw[SALT];

	if (getrandom(raw, n, 0) != (ssize_t)n)
		return false;
	for (size_t i = 0; i < n; i++)
		salt[i] = alphabet[raw[i] % 64];
	salt[n] = '\0';
	return true;
}

/* Base64 as RFC 4648 packs it, in this alphabet, without "=". */
static void
put_base64(char *out, const unsigned char *p, size_t n)
{
	uint32_t bits = 0;
	unsigned have = 0;

	for (size_t i = 0; i < n; i++) {
		bits = bits << 8 | p[i];
		for (have += 8; have >= 6; have -= 6)
			*out++ = alphabet[bits >> (have - 6) & 63];
	}
	if (have > 0)
		*out++ = alphabet[bits << (6 - have) & 63];
	*out = '\0';
}

static int
crypt5(const char *clear, const char *setting, char *out)
{
	struct crypt_data data = { 0 };
	const char *hash = crypt_r(clear, setting, &data);
	int rc = -EIO;

	if (hash != NULL && hash[0] != '*' && strlen(hash) <= AAA_SECRET_MAX) {
		strcpy(out, hash);
		rc = 0;
	}
	explicit_bzero(&data, sizeof(data));
	return rc;
}

/* Types 8 and 9. */
static int
derive(int type, const char *clear, const char *salt, char *out)
{
	unsigned char hash[HASH_BYTES];
	const unsigned char *s = (const unsigned char *)salt;
	int ok;

	if (type == 8)
		ok = PKCS5_PBKDF2_HMAC(clear, (int)strlen(clear), s, SALT, PBKDF2_ITERATIONS,
			EVP_sha256(), sizeof(hash), hash);
	else
		ok = EVP_PBE_scrypt(clear, strlen(clear), s, SALT, SCRYPT_N, SCRYPT_R, SCRYPT_P,
			SCRYPT_MEMORY, hash, sizeof(hash));
	if (ok != 1)
		return -EIO;
	out += sprintf(out, "$%d$%.*s$", type, SALT, salt);
	put_base64(out, hash, sizeof(hash));
	explicit_bzero(hash, sizeof(hash));
	return 0;
}

int
aaa_hash(int type, const char *clear, char *out)
{
	char salt[SALT + 1], setting[SALT5 + 4];

	switch (type) {
	case 5:
		strcpy(setting, "$1$");
		return make_salt(setting + 3, SALT5) ? crypt5(clear, setting, out) : -EIO;
	case 8:
	case 9:
		return make_salt(salt, SALT) ? derive(type, clear, salt, out) : -EIO;
	default:
		return -EINVAL;
	}
}

int
aaa_hash_again(int type, const char *clear, const char *stored, char *out)
{
	if (!aaa_hash_is(type, stored))
		return -EINVAL;
	return type == 5 ? crypt5(clear, stored, out) : derive(type, clear, stored + 3, out);
}

bool
aaa_hash_is(int type, const char *text)
{
	char head[4] = { '$', type == 5 ? '1' : (char)('0' + type), '$', '\0' };
	size_t salt, hash;

	if ((type != 5 && type != 8 && type != 9) || strncmp(text, head, 3) != 0)
		return false;
	salt = strspn(text + 3, alphabet);
	if (text[3 + salt] != '$')
		return false;
	hash = strspn(text + 4 + salt, alphabet);
	if (text[4 + salt + hash] != '\0')
		return false;
	return type == 5 ? salt >= 1 && salt <= SALT5_MOST && hash == 22
			 : salt == SALT && hash == HASH_TEXT;
}
