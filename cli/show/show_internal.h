/*
 * show_internal.h - what several text makers share.
 */
#ifndef CLI_SHOW_INTERNAL_H
#define CLI_SHOW_INTERNAL_H

#include <stdint.h>

#include "cli/show/show.h"

enum { SHOW_TIME_MAX = 64, SHOW_MAC_MAX = 16 };

/* "18:57:38 UTC Mon Oct 19 2015", or with ".347" behind the seconds. Returns buf. */
char *show_time(int64_t wall_us, bool milliseconds, char buf[SHOW_TIME_MAX]);
/* "00:01:02" under a day, then "1d02h", "1w2d", "1y3w", as IOS writes an age. Returns buf. */
char *show_age(uint64_t seconds, char buf[SHOW_TIME_MAX]);
/* "1 week, 2 days, 3 hours, 4 minutes", as `show version` writes the uptime. Returns buf. */
char *show_uptime(uint64_t seconds, char buf[SHOW_TIME_MAX]);
/* "cc98.91ff.cbc2". Returns buf. */
char *show_mac(const uint8_t mac[6], char buf[SHOW_MAC_MAX]);

/* The two words of an interface's state: "up", "down" or "administratively down"; "up" or "down".
 */
struct show_state {
	const char *status, *protocol;
};
struct show_state show_interface_state(struct router *r, const struct interface *i);

/* The address of its port, or the one made up for an interface that has none. Returns mac. */
uint8_t *show_interface_mac(struct router *r, const struct interface *i, uint8_t mac[6]);

/* running_config_access.c: `enable secret`, `username` lines with their "!"; the line blocks. */
void running_config_users(struct text *t, struct router *r);
void running_config_lines(struct text *t, struct router *r);

#endif
