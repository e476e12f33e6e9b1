/*
 * banner.c - banners shown: their text with IOS's tokens put in.
 *
 * $(hostname), $(domain), $(line) and $(line-desc), as "Configuring banners" of Cisco's documentation
 * has them; any other $(...) stays as it stands.
 */
#include "cli/session/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the token at p means and how long it is; 0 when it is none. */
static size_t
token(struct session *s, const char *p, char *value, size_t size)
{
	static const char *const name[] = { "$(hostname)", "$(domain)", "$(line-desc)", "$(line)" };
	size_t i;

	for (i = 0; i < 4; i++)
		if (strncmp(p, name[i], strlen(name[i])) == 0)
			break;
	switch (i) {
	case 0:
		snprintf(value, size, "%s", router_hostname(s->router));
		break;
	case 1:
		snprintf(value, size, "%s", ip_domain(s->router));
		break;
	case 2:
		snprintf(value, size, "%s", s->line->location);
		break;
	case 3:
		snprintf(value, size, "%u", line_absolute(s->line));
		break;
	default:
		return 0;
	}
	return strlen(name[i]);
}

void
banner_print(struct session *s, enum banner_kind kind)
{
	const char *text = banner_text(s->router, kind);
	char value[IP_DOMAIN_MAX + 1], *shown = NULL;
	size_t len = 0;
	FILE *f;

	if (text == NULL)
		return;
	f = open_memstream(&shown, &len);
	if (f == NULL)
		return;
	while (*text != '\0') {
		size_t n = token(s, text, value, sizeof(value));

		if (n > 0)
			fputs(value, f);
		else
			putc(*text, f);
		text += n > 0 ? n : 1;
	}
	if (fclose(f) == 0 && len > 0) {
		session_put(s, shown);
		if (shown[len - 1] != '\n')
			session_put(s, "\n");
		s->banner_shown = true;
	}
	free(shown);
}

void
session_greet(struct session *s)
{
	banner_print(s, BANNER_LOGIN);
}
