/*
 * log_stamp.h - the time in front of a log line, as `service timestamps` says.
 *
 *	datetime msec				*Mar  1 00:02:16.331:
 *	datetime localtime show-timezone year	*Mar  1 2024 01:02:16 CET:
 *	uptime					00:02:16:  5d20h:  1w2d:
 *
 * "*" when nobody vouches for the time.  Shapes: Cisco IOS 12.4/15.x.
 */
#ifndef ROUTER_LOG_STAMP_H
#define ROUTER_LOG_STAMP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct router;

enum log_stamp_kind { STAMP_NONE, STAMP_UPTIME, STAMP_DATETIME };
struct log_stamp {
	enum log_stamp_kind kind;
	bool msec, localtime, show_timezone, year;	/* of STAMP_DATETIME */
};
enum log_stamp_of { STAMP_OF_DEBUG, STAMP_OF_LOG, STAMPS };
enum { LOG_STAMP_MAX = 64 };

/* Never NULL; edited in place. Both are `datetime msec` at first. */
struct log_stamp *log_stamp(struct router *r, enum log_stamp_of which);
void log_stamp_set_default(struct router *r, enum log_stamp_of which);
/* The stamp of now with ": " behind it, "" when there is to be none. Returns buf. */
char *log_stamp_now(struct router *r, enum log_stamp_of which, char buf[LOG_STAMP_MAX]);

#endif
