/*
 * login_policy.h - `login block-for`, `delay`, `quiet-mode`, `on-failure`, `on-success`: what happens when
 * logins fail, and what is said of them.
 *
 * Cisco IOS, "Login Enhancements (Login Block)".  A failed try is always answered late: after
 * LOGIN_DELAY_MS, or after `login delay` if that is longer.
 */
#ifndef ROUTER_LOGIN_POLICY_H
#define ROUTER_LOGIN_POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "router/line.h"

struct router;

enum { LOGIN_DELAY_MS = 1000, LOGIN_FAILURES_KEPT = 50 };

struct login_policy {		/* as configured */
	unsigned block_for_s;	/* 0: failures are not watched */
	unsigned attempts, within_s;
	unsigned delay_s;	/* 0: not configured */
	char quiet_class[ACL_NAME_MAX + 1];	/* who may log in while others may not; "" nobody */
	unsigned log_failure_every, log_success_every;	/* 0: not logged */
};
struct login_policy *login_policy(struct router *r);
/* `login block-for` was set or taken away: watching begins anew. */
void login_policy_watch(struct router *r);

/* Quiet mode: does this address get a login at all? port 0: not known. */
bool login_admits(struct router *r, const struct line *l, const char *peer, uint16_t port);
unsigned login_delay_ms(const struct router *r);

enum login_fault { LOGIN_BAD_USER, LOGIN_BAD_PASSWORD, LOGIN_TIMED_OUT };
/* user may hold anything that was typed; what a log line cannot hold is left out. */
void login_failed(struct router *r, const struct line *l, const char *user, enum login_fault why);
void login_succeeded(struct router *r, const struct line *l, const char *user);
/* Ends quiet mode when its time has come. ms until then, or -1. */
int64_t login_tick(struct router *r);

struct login_failure {
	char user[LINE_USER_MAX + 1], peer[LINE_PEER_MAX + 1];
	unsigned port;		/* 22, 23; 0 the console */
	unsigned count;
	int64_t last;		/* seconds since 1970 */
};
struct login_state {		/* for show login */
	bool quiet;
	unsigned remaining_s;	/* of quiet mode, or of the watch window */
	unsigned in_window;
	uint64_t total;
};
struct login_state login_state(const struct router *r);
/* Newest first; NULL after the last. */
const struct login_failure *login_failure_at(const struct router *r, size_t i);

#endif
