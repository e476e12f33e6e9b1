/*
 * aaa.h - users, enable secrets, and how they are stored.
 *
 * Type 0 clear, 5 MD5-crypt (libcrypt), 7 Cisco's reversible code, 8 PBKDF2-SHA256 and 9 scrypt
 * (libcrypto).  A clear secret is hashed at once, to type 5 unless `algorithm-type` says otherwise, and
 * forgotten.
 */
#ifndef ROUTER_AAA_H
#define ROUTER_AAA_H

#include <stdbool.h>
#include <stddef.h>

struct router;

enum { AAA_NAME_MAX = 64, AAA_SECRET_MAX = 128 };

struct aaa_secret {
	bool set;
	bool reversible;	/* `password` rather than `secret` */
	int type;		/* 0, 5, 7, 8, 9 */
	char text[AAA_SECRET_MAX + 1];	/* as running-config prints it after the type */
};

struct aaa_user {
	char name[AAA_NAME_MAX + 1];
	int privilege;		/* 1 by default */
	struct aaa_secret secret;	/* .set false: `username X nopassword` is not offered; never matches */
};

/*
 * Makes a secret of what was typed: type -1 or 0 = clear text.  `secret`: clear is hashed to type 5;
 * `password`: clear stays, or becomes type 7 under service password-encryption.  0, or -EINVAL when an
 * already-hashed text is malformed for its type (IOS: "ERROR: The secret you entered is not a valid
 * encrypted secret.").
 */
int aaa_secret_make(struct aaa_secret *s, bool reversible, int type, const char *text, bool encrypt7);
/* A `secret` of clear text, hashed as type 5, 8 or 9. 0, -EINVAL (empty, too long), -EIO. */
int aaa_secret_hash(struct aaa_secret *s, int type, const char *clear);
/* Does checking one take milliseconds (8, 9)? Then it is a helper thread's work. */
bool aaa_secret_is_slow(const struct aaa_secret *s);
/*
 * A secret to check a password against that is nobody's, so that an unknown name takes as long as a
 * known one: some user's, the result means nothing. NULL without users.
 */
const struct aaa_secret *aaa_decoy(const struct router *r);
/* Constant-time against the stored form. False for an unset secret. */
bool aaa_secret_verify(const struct aaa_secret *s, const char *typed);
/* Type 7, both ways. out >= AAA_SECRET_MAX + 1; false when malformed or too long. */
bool aaa_type7_encode(const char *clear, unsigned salt, char *out);
bool aaa_type7_decode(const char *coded, char *out);

struct aaa_user *aaa_user_find(struct router *r, const char *name);
struct aaa_user *aaa_user_at(struct router *r, size_t i);	/* in the order configured */
/* Finds or makes; NULL when the name is too long or without memory. */
struct aaa_user *aaa_user_create(struct router *r, const char *name);
bool aaa_user_delete(struct router *r, const char *name);

enum { AAA_LEVELS = 16, AAA_LEVEL_FULL = 15 };

/* What `enable LEVEL` asks for; 1 <= level < AAA_LEVELS. `enable secret` wins over `enable password`. */
struct aaa_secret *aaa_enable_secret(struct router *r, int level);
struct aaa_secret *aaa_enable_password(struct router *r, int level);
/* service password-encryption was turned on: rewrites stored clear passwords as type 7. */
void aaa_encrypt_all(struct router *r);

#endif
