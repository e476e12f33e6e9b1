/*
 * aaa_hash.h - the one-way forms of a secret, as text: types 5, 8, 9.
 *
 * The texts are "$1$SALT$22 characters" (MD5-crypt), "$8$SALT$43" (PBKDF2-HMAC-SHA256, 20000
 * iterations) and "$9$SALT$43" (scrypt, N 16384, r 1, p 1), the salt 14 characters and the hash in
 * base64 of Cisco's alphabet, as IOS 15.3(3)M prints them.  No state: any thread.
 */
#ifndef ROUTER_ACCESS_AAA_HASH_H
#define ROUTER_ACCESS_AAA_HASH_H

#include <stdbool.h>

#include "router/aaa.h"

/* Of clear text, with a salt made up. 0, -EINVAL (no such type), -EIO. out > AAA_SECRET_MAX. */
int aaa_hash(int type, const char *clear, char *out);
/* With the salt of a stored one. */
int aaa_hash_again(int type, const char *clear, const char *stored, char *out);
/* Is the text of this type's form? */
bool aaa_hash_is(int type, const char *text);

#endif
