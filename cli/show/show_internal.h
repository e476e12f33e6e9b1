/*
 * show_internal.h - what several text makers share.
 */
#ifndef CLI_SHOW_INTERNAL_H
#define CLI_SHOW_INTERNAL_H

#include <stdint.h>

#include "cli/show/show.h"

enum { SHOW_TIME_MAX = 64, SHOW_MAC_MAX = 16, SHOW_HEAD_MAX = ACL_NAME_MAX + 32 };

/*
 * "18:57:38 UTC Mon Oct 19 2015", or with ".347" behind the seconds, in the router's time zone.
 * Returns buf.
 */
char *show_time(const struct router *r, int64_t wall_us, bool milliseconds, char buf[SHOW_TIME_MAX]);
/* "00:01:02" under a day, then "1d02h", "1w2d", "1y3w", as IOS writes an age. Returns buf. */
char *show_age(uint64_t seconds, char buf[SHOW_TIME_MAX]);
/* "1 week, 2 days, 3 hours, 4 minutes", as `show version` writes the uptime. Returns buf. */
char *show_uptime(uint64_t seconds, char buf[SHOW_TIME_MAX]);
/* "cc98.91ff.cbc2". Returns buf. */
char *show_mac(const uint8_t mac[6], char buf[SHOW_MAC_MAX]);

/* The same as a serial number: "CC9891FFCBC2". Returns buf. */
char *show_serial(const uint8_t mac[6], char buf[SHOW_MAC_MAX]);
/* The serial number of the router: the address of the first interface that has a port. Returns buf. */
char *show_board_id(struct router *r, char buf[SHOW_MAC_MAX]);
/* The two words of an interface's state: "up", "down" or "administratively down"; "up" or "down".
 */
struct show_state {
	const char *status, *protocol;
};
struct show_state show_interface_state(struct router *r, const struct interface *i);

/* The address of its port, or the one made up for an interface that has none. Returns mac. */
uint8_t *show_interface_mac(struct router *r, const struct interface *i, uint8_t mac[6]);

/* access_lists.c: "Extended IP access list Inside". Returns buf. */
char *show_access_list_head(const struct acl *acl, char buf[SHOW_HEAD_MAX]);
/* One entry's line, with so many matches. */
void show_access_list_entry(struct text *t, struct router *r, const struct acl *acl,
	const struct acl_entry *e, uint64_t packets);
/* " (3 matches)", nothing for none. */
void show_matches(struct text *t, uint64_t packets);
/* reflexive.c: the entries of one family; name NULL: of every list. 0 or -errno. */
int show_reflexive_lists(struct text *t, struct router *r, const char *name, bool ipv6);
/* object_group.c: the members, one to a line, a blank in. */
void show_object_members(struct text *t, const struct object_group *g);

/* running_config_logging.c: where messages go inside, with "!"; to hosts, without (false: nothing). */
void running_config_logging(struct text *t, struct router *r, bool all);
bool running_config_syslog(struct text *t, struct router *r, bool all);
/* running_config_ip.c: all with their "!". */
void running_config_clock(struct text *t, struct router *r, bool all);
void running_config_names(struct text *t, struct router *r, bool all);
void running_config_routes(struct text *t, struct router *r);
/* running_config_access.c: `enable secret`, `username` lines with their "!"; the line blocks. */
void running_config_users(struct text *t, struct router *r);
void running_config_enable(struct text *t, struct router *r);
/* A stored password with its type, where that is needed, and a line end. */
void running_config_password(struct text *t, int type, const char *stored);
/* running_config_line.c */
void running_config_lines(struct text *t, struct router *r, bool all);
/* login.c, ssh.c: with their "!", nothing when nothing is configured. */
void running_config_login(struct text *t, struct router *r);
void running_config_banners(struct text *t, struct router *r);
void running_config_ssh(struct text *t, struct router *r);

/* archive.c: `file prompt`, `archive`, with its "!". */
void running_config_archive(struct text *t, struct router *r);
/* running_config_lists.c: all with their "!". */
void running_config_object_groups(struct text *t, struct router *r);
void running_config_time_ranges(struct text *t, struct router *r);
/* What holds for all lists, then IPv4 lists in blocks. */
void running_config_list_options(struct text *t, struct router *r);
void running_config_named_lists(struct text *t, struct router *r);
/* `access-list N ...` lines, without a "!"; false when there are none. */
bool running_config_numbered_lists(struct text *t, struct router *r);
/* IPv6 and MAC lists in blocks. */
void running_config_other_lists(struct text *t, struct router *r);

#endif
