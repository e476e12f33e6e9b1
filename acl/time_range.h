/*
 * time_range.h - named windows of time that entries refer to (IOS time-range).
 *
 * One absolute window and any number of periodic ones: active when the absolute window is open and,
 * if there are periodic ones, one of them is.  A range with neither is always active.  The end minute
 * is inside ("9:00 to 17:00" ends with 17:00:59), as the customary "0:00 to 23:59" for a whole day
 * asks.  A window whose end lies before its start goes on into the next day ("22:00 to 6:00").
 * Pure: the caller brings the time as minutes since 1970 in the router's time zone; control thread.
 */
#ifndef ACL_TIME_RANGE_H
#define ACL_TIME_RANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "words/words.h"

enum { TIME_RANGE_NAME_MAX = 64, TIME_RANGE_TEXT_MAX = 160 };

/* Bits of `days`: Monday 1 << 0 .. Sunday 1 << 6. */
enum { DAYS_WEEKDAYS = 0x1f, DAYS_WEEKEND = 0x60, DAYS_DAILY = 0x7f };

struct time_window {
	bool absolute;
	/* absolute: minutes since 1970; INT64_MIN, INT64_MAX when that side is open */
	int64_t start, end;
	/* periodic: */
	uint8_t days;
	uint16_t from, to;	/* minutes of the day */
	int8_t to_day;		/* 0 Monday .. 6 Sunday for `Monday 9:00 to Friday 17:00`; -1 the same day */
};

struct time_range;

/* NULL without memory; the name is cut at TIME_RANGE_NAME_MAX. */
struct time_range *time_range_create(const char *name);
void time_range_destroy(struct time_range *t);	/* NULL is fine */
const char *time_range_name(const struct time_range *t);
/* The windows, an absolute one first, the periodic ones as they came; NULL behind the last. */
const struct time_window *time_range_at(const struct time_range *t, size_t i);
/* An absolute one replaces the one there. 1 added or replaced, 0 already there, -1 without memory. */
int time_range_add(struct time_range *t, const struct time_window *w);
/* True when there was one. An absolute one removes the one there, whatever its times. */
bool time_range_remove(struct time_range *t, const struct time_window *w);
bool time_range_active(const struct time_range *t, int64_t minute);

/*
 * `absolute ...` or `periodic ...` at r->pos to the end of the line; choices in r->expect.
 * 0, or -1 with *r->err and *w undefined.
 */
int time_window_parse(struct word_reader *r, struct time_window *w);
/*
 * "periodic weekdays 9:00 to 17:00" (no leading zero), "absolute start 03:45 23 October 2025".
 * The length, < TIME_RANGE_TEXT_MAX.
 */
size_t time_window_format(const struct time_window *w, char *buf, size_t size);

#endif
