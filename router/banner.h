/*
 * banner.h - the banners: texts that lines show before and after a login.
 *
 * A text is kept as it stood between its delimiters, line ends included; "\n" ends a line.
 */
#ifndef ROUTER_BANNER_H
#define ROUTER_BANNER_H

#include <stdbool.h>
#include <stddef.h>

struct router;

enum { BANNER_TEXT_MAX = 8192 };
enum banner_kind { BANNER_EXEC, BANNER_INCOMING, BANNER_LOGIN, BANNER_MOTD, BANNERS };
extern const char *const banner_names[BANNERS];	/* "exec", "incoming", "login", "motd" */

/* NULL: none. */
const char *banner_text(const struct router *r, enum banner_kind kind);
/* NULL removes. 0, -EINVAL (too long), -ENOMEM. */
int banner_set(struct router *r, enum banner_kind kind, const char *text);

/*
 * What may stand around the text in a configuration: "^C", as IOS, or another character that the text has
 * not. False when it has them all: such a text cannot be configured.
 */
bool banner_delimiter(const char *text, char delimiter[3]);

#endif
