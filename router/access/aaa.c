/*
 * aaa.c - the table of users and the enable secrets. How a secret is stored is aaa_secret.c's.
 */
#include <stdlib.h>
#include <string.h>

#include "router/internal.h"

struct aaa_user *
aaa_user_at(struct router *r, size_t i)
{
	return i < r->users ? r->user[i] : NULL;
}

struct aaa_user *
aaa_user_find(struct router *r, const char *name)
{
	for (size_t i = 0; i < r->users; i++)
		if (strcmp(r->user[i]->name, name) == 0)
			return r->user[i];
	return NULL;
}

struct aaa_user *
aaa_user_create(struct router *r, const char *name)
{
	struct aaa_user *u = aaa_user_find(r, name);
	struct aaa_user **grown;

	if (u != NULL)
		return u;
	if (name[0] == '\0' || strlen(name) > AAA_NAME_MAX)
		return NULL;
	grown = realloc(r->user, (r->users + 1) * sizeof(*grown));
	if (grown == NULL)
		return NULL;
	r->user = grown;
	u = calloc(1, sizeof(*u));
	if (u == NULL)
		return NULL;
	strcpy(u->name, name);
	u->privilege = 1;
	r->user[r->users++] = u;
	return u;
}

static void
user_free(struct aaa_user *u)
{
	explicit_bzero(u, sizeof(*u));
	free(u);
}

bool
aaa_user_delete(struct router *r, const char *name)
{
	for (size_t i = 0; i < r->users; i++) {
		if (strcmp(r->user[i]->name, name) != 0)
			continue;
		user_free(r->user[i]);
		memmove(&r->user[i], &r->user[i + 1], (r->users - i - 1) * sizeof(*r->user));
		r->users--;
		return true;
	}
	return false;
}

struct aaa_secret *
aaa_enable_secret(struct router *r, int level)
{
	return &r->enable_secret[level];
}

struct aaa_secret *
aaa_enable_password(struct router *r, int level)
{
	return &r->enable_password[level];
}

const struct aaa_secret *
aaa_decoy(const struct router *r)
{
	for (size_t i = 0; i < r->users; i++)
		if (r->user[i]->secret.set)
			return &r->user[i]->secret;
	return NULL;
}

/* From the text, so that equal passwords look alike and lines that share one stay one block. */
static unsigned
salt_of(const char *clear)
{
	unsigned sum = 0;

	while (*clear != '\0')
		sum += (unsigned char)*clear++;
	return sum % 16;
}

static void
encrypt_secret(struct aaa_secret *s)
{
	char coded[AAA_SECRET_MAX + 1];

	if (!s->set || !s->reversible || s->type != 0)
		return;
	if (!aaa_type7_encode(s->text, salt_of(s->text), coded))
		return; /* too long for type 7: IOS too leaves it as it is */
	strcpy(s->text, coded);
	s->type = 7;
}

static void
encrypt_line(struct line *l)
{
	char coded[AAA_SECRET_MAX + 1];

	if (l->password[0] == '\0' || l->password_type != 0)
		return;
	if (!aaa_type7_encode(l->password, salt_of(l->password), coded))
		return;
	strcpy(l->password, coded);
	l->password_type = 7;
}

void
aaa_encrypt_all(struct router *r)
{
	for (int level = 0; level < AAA_LEVELS; level++)
		encrypt_secret(&r->enable_password[level]);
	for (size_t i = 0; i < r->users; i++)
		encrypt_secret(&r->user[i]->secret);
	encrypt_line(&r->con);
	encrypt_line(&r->aux);
	for (unsigned i = 0; i < LINE_VTYS; i++)
		encrypt_line(&r->vty[i]);
}

void
aaa_fini(struct router *r)
{
	for (size_t i = 0; i < r->users; i++)
		user_free(r->user[i]);
	free(r->user);
}
