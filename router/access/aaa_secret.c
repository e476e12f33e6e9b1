/*
 * aaa_secret.c - the forms a secret is stored in, and checking a typed one against them.
 *
 * Type 0 is clear text, 7 Cisco's reversible code: each byte exclusive-ored with a fixed key from a
 * salt position on, as two hex digits (publicly known since 1995; it hides a password from a glance,
 * nothing more).  The hashes, types 5, 8 and 9, are aaa_hash.c's.
 */
#include <ctype.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "router/access/aaa_hash.h"

static const char type7_key[] = "dsfd;kfoA,.iyewrkldJKDHSUBsgvca69834ncxv9873254k;fg87";
enum { TYPE7_KEY_LEN = sizeof(type7_key) - 1, TYPE7_SALTS = 16 };

bool
aaa_type7_encode(const char *clear, unsigned salt, char *out)
{
	size_t n = strlen(clear);

	if (2 + 2 * n > AAA_SECRET_MAX || salt >= TYPE7_SALTS)
		return false;
	sprintf(out, "%02u", salt);
	for (size_t i = 0; i < n; i++) {
		unsigned char key = (unsigned char)type7_key[(salt + i) % TYPE7_KEY_LEN];

		sprintf(out + 2 + 2 * i, "%02X", (unsigned char)clear[i] ^ key);
	}
	return true;
}

bool
aaa_type7_decode(const char *coded, char *out)
{
	size_t n = strlen(coded);
	unsigned salt;

	if (n < 4 || n % 2 != 0 || n > AAA_SECRET_MAX || !isdigit((unsigned char)coded[0]) ||
		!isdigit((unsigned char)coded[1]))
		return false;
	salt = (unsigned)(coded[0] - '0') * 10 + (unsigned)(coded[1] - '0');
	if (salt >= TYPE7_KEY_LEN)
		return false;
	for (size_t i = 2; i < n; i += 2) {
		unsigned byte;

		if (!isxdigit((unsigned char)coded[i]) || !isxdigit((unsigned char)coded[i + 1]))
			return false;
		sscanf(coded + i, "%2x", &byte);
		*out++ =
			(char)(byte ^ (unsigned char)type7_key[(salt + i / 2 - 1) % TYPE7_KEY_LEN]);
	}
	*out = '\0';
	return true;
}

static int
make_clear(struct aaa_secret *s, const char *text, bool encrypt7)
{
	if (!s->reversible) {
		s->type = 5;
		return aaa_hash(5, text, s->text);
	}
	if (encrypt7) {
		unsigned char salt;

		if (getrandom(&salt, 1, 0) == 1 &&
			aaa_type7_encode(text, salt % TYPE7_SALTS, s->text)) {
			s->type = 7;
			return 0;
		}
	}
	s->type = 0;
	strcpy(s->text, text);
	return 0;
}

int
aaa_secret_make(struct aaa_secret *s, bool reversible, int type, const char *text, bool encrypt7)
{
	struct aaa_secret made = { .set = true, .reversible = reversible };
	char clear[AAA_SECRET_MAX + 1];
	int rc = 0;

	if (text[0] == '\0' || strlen(text) > AAA_SECRET_MAX)
		return -EINVAL;
	if (type <= 0) {
		rc = make_clear(&made, text, encrypt7);
	} else if ((type == 7 && reversible && aaa_type7_decode(text, clear)) ||
		   (!reversible && aaa_hash_is(type, text))) {
		made.type = type;
		strcpy(made.text, text);
	} else {
		rc = -EINVAL;
	}
	explicit_bzero(clear, sizeof(clear));
	if (rc == 0)
		*s = made;
	return rc;
}

/* Time depends on the typed text only, not on where it differs. */
static bool
same_text(const char *stored, const char *typed)
{
	size_t n = strlen(typed), m = strlen(stored);
	unsigned char diff = n == m ? 0 : 1;

	for (size_t i = 0; i < n; i++)
		diff |= (unsigned char)typed[i] ^ (unsigned char)stored[m == 0 ? 0 : i % m];
	return diff == 0;
}

int
aaa_secret_hash(struct aaa_secret *s, int type, const char *clear)
{
	struct aaa_secret made = { .set = true, .type = type };
	int rc;

	if (clear[0] == '\0' || strlen(clear) > AAA_SECRET_MAX)
		return -EINVAL;
	rc = aaa_hash(type, clear, made.text);
	if (rc == 0)
		*s = made;
	return rc;
}

bool
aaa_secret_is_slow(const struct aaa_secret *s)
{
	return s->set && (s->type == 8 || s->type == 9);
}

bool
aaa_secret_verify(const struct aaa_secret *s, const char *typed)
{
	char other[AAA_SECRET_MAX + 1];
	bool ok;

	if (!s->set || strlen(typed) > AAA_SECRET_MAX)
		return false;
	switch (s->type) {
	case 0:
		return same_text(s->text, typed);
	case 7:
		ok = aaa_type7_decode(s->text, other) && same_text(other, typed);
		break;
	default:
		ok = aaa_hash_again(s->type, typed, s->text, other) == 0 &&
		     same_text(s->text, other);
	}
	explicit_bzero(other, sizeof(other));
	return ok;
}
