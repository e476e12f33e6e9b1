/*
 * logging.h - syslog messages as IOS writes them: the buffer, the console, the monitors; and the
 * flow table behind `log` entries.
 *
 * A line is "*Nov 23 18:43:01.123: %SEC-6-IPACCESSLOGP: list Inside denied ..."; '*' because no NTP
 * says the clock is right.
 */
#ifndef ROUTER_LOGGING_H
#define ROUTER_LOGGING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dataplane/dataplane.h"

struct router;

enum { LOG_LEVELS = 8 };	/* 0 emergencies .. 7 debugging */
extern const char *const logging_level_names[LOG_LEVELS];

enum log_destination {
	LOG_TO_CONSOLE,
	LOG_TO_MONITOR,
	LOG_TO_BUFFER,
	LOG_TO_HOSTS,	/* `logging trap`: syslog.h */
	LOG_DESTINATIONS
};
/* What `logging trap` is without a level: informational. */
enum { LOG_TRAP_DEFAULT = 6 };

struct logging_destination {
	bool on;
	int level;		/* messages of this severity and below go there; 7 by default, 6 for hosts */
	uint64_t logged;
};

/* Never NULL. `logging console|monitor|buffered|trap [LEVEL]` edit it in place. */
struct logging_destination *logging_destination(struct router *r, enum log_destination which);
bool logging_on(const struct router *r);
void logging_set_on(struct router *r, bool on);
/* The buffer's size in bytes, 4096.. ; changing it clears it, as IOS does. 4096 by default. */
size_t logging_buffer_size(const struct router *r);
int logging_set_buffer_size(struct router *r, size_t bytes);
void logging_clear(struct router *r);
/* The buffered lines, oldest first; NULL after the last. */
const char *logging_buffer_line(const struct router *r, size_t i);
uint64_t logging_dropped(const struct router *r);
uint64_t logging_rate_limited(const struct router *r);

/*
 * Takes out of text, in place, what is not printable UTF-8: names that strangers give go into messages,
 * and must neither begin a line of their own nor move a cursor.
 */
void logging_clean(char *text);
/*
 * Emits "%FACILITY-SEVERITY-MNEMONIC: text" with its stamp, to every destination that wants it. One line
 * always: the text is cleaned.
 */
void logging_emit(struct router *r, const char *facility, int severity, const char *mnemonic,
	const char *fmt, ...) __attribute__((format(printf, 5, 6)));

/*
 * Sessions and the daemon's stderr listen here; the line has no line end.  Called in the control
 * thread, must not call back into logging.  Remove with the same pair.
 */
typedef void logging_listener(void *arg, enum log_destination which, const char *line);
int logging_listen(struct router *r, logging_listener *fn, void *arg);
void logging_unlisten(struct router *r, logging_listener *fn, void *arg);

/* ---- packets matched by entries marked `log` (Cisco: ACL logging; first at once, then each 5 minutes) ---- */

enum { ACL_LOG_INTERVAL_MS = 300000 };

/* `ip access-list log-update threshold`: a flow is also reported after so many packets; 0: never. */
uint32_t acl_log_threshold(const struct router *r);
void acl_log_set_threshold(struct router *r, uint32_t packets);
/* `ip access-list logging interval`: at most one packet in so many ms is looked at; 0: all. */
uint32_t acl_log_interval(const struct router *r);
void acl_log_set_interval(struct router *r, uint32_t ms);

/* One event from the dataplane. */
void acl_log_packet(struct router *r, const struct dp_log_event *ev);
/* Reports the flows that are due; call about once a second. Returns ms until the next is due, or -1. */
int64_t acl_log_tick(struct router *r);
/*
 * Takes a bounded batch of the dataplane's events and says what was missed; call when
 * dataplane_event_fd() is readable, and again while it returns true: more may wait.
 */
bool acl_log_drain(struct router *r);

#endif
