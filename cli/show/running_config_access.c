/*
 * running_config_access.c - the parts of the configuration that say who may log in: enable secrets and
 * users.
 *
 * A secret is printed in the form it is stored, with its type.  A clear password has no type digit
 * on lines and for `enable`, and a 0 for users, as IOS; when the password itself begins like a type
 * ("7 up") the 0 is printed there too, or it would be read back as something else.
 */
#include "cli/show/show_internal.h"

#include <ctype.h>
#include <string.h>

/* "7 up", "0 x": a clear text that would be taken for a type and a text. */
static bool
begins_like_type(const char *clear)
{
	return isdigit((unsigned char)clear[0]) && (clear[1] == ' ' || clear[1] == '\0');
}

void
running_config_password(struct text *t, int type, const char *stored)
{
	if (type != 0)
		text_addf(t, "%d %s\n", type, stored);
	else
		text_addf(t, "%s%s\n", begins_like_type(stored) ? "0 " : "", stored);
}

/* "enable secret level 5 9 $9$..."; nothing, and false, when there is none. */
static bool
add_enable(struct text *t, int level, const char *word, const struct aaa_secret *s)
{
	if (!s->set)
		return false;
	text_addf(t, "enable %s ", word);
	if (level != AAA_LEVEL_FULL)
		text_addf(t, "level %d ", level);
	running_config_password(t, s->type, s->text);
	return true;
}

static void
add_user(struct text *t, const struct aaa_user *u)
{
	text_addf(t, "username %s", u->name);
	if (u->privilege != 1)
		text_addf(t, " privilege %d", u->privilege);
	if (u->secret.set)
		text_addf(t, " %s %d %s", u->secret.reversible ? "password" : "secret",
			u->secret.type, u->secret.text);
	text_add(t, "\n");
}

void
running_config_enable(struct text *t, struct router *r)
{
	bool any = false;

	for (int level = 1; level < AAA_LEVELS; level++)
		any |= add_enable(t, level, "secret", aaa_enable_secret(r, level));
	for (int level = 1; level < AAA_LEVELS; level++)
		any |= add_enable(t, level, "password", aaa_enable_password(r, level));
	if (any)
		text_add(t, "!\n");
}

void
running_config_users(struct text *t, struct router *r)
{
	const struct aaa_user *u;

	for (size_t i = 0; (u = aaa_user_at(r, i)) != NULL; i++)
		add_user(t, u);
	if (aaa_user_at(r, 0) != NULL)
		text_add(t, "!\n");
}
