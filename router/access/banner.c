/*
 * banner.c - the banners' texts. When they are shown is cli/session's.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "router/internal.h"

const char *const banner_names[BANNERS] = { [BANNER_EXEC] = "exec",
	[BANNER_INCOMING] = "incoming",
	[BANNER_LOGIN] = "login",
	[BANNER_MOTD] = "motd" };

const char *
banner_text(const struct router *r, enum banner_kind kind)
{
	return r->banner[kind];
}

int
banner_set(struct router *r, enum banner_kind kind, const char *text)
{
	char *kept = NULL;

	if (text != NULL) {
		if (strlen(text) > BANNER_TEXT_MAX)
			return -EINVAL;
		kept = strdup(text);
		if (kept == NULL)
			return -ENOMEM;
	}
	free(r->banner[kind]);
	r->banner[kind] = kept;
	return 0;
}

bool
banner_delimiter(const char *text, char delimiter[3])
{
	/* After IOS's own, what people use; never what would look like a comment. */
	static const char order[] = "#@%&~+=|*$_/;:?.,'\"`<>()[]{}\\-0123456789"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

	strcpy(delimiter, "^C");
	if (strstr(text, delimiter) == NULL)
		return true;
	for (const char *p = order; *p != '\0'; p++) {
		delimiter[0] = *p;
		delimiter[1] = '\0';
		if (strchr(text, *p) == NULL)
			return true;
	}
	return false;
}

void
banners_fini(struct router *r)
{
	for (int i = 0; i < BANNERS; i++)
		banner_set(r, (enum banner_kind)i, NULL);
}
