/*
 * login_policy.c - failed logins counted; quiet mode, in which nobody new is let to a login prompt.
 *
 * Failures are counted within a window that begins anew each `within` seconds, as IOS does ("Time
 * remaining" of `show login`).  The last failure that `attempts` allows begins quiet mode: lines refuse
 * every address that the quiet-mode access class does not permit.  Those logged in stay, and the
 * console, which someone stands in front of, is never closed.
 */
#include <stdio.h>
#include <string.h>

#include "router/internal.h"

enum { PORT_TELNET = 23, PORT_SSH = 22 };

struct login_policy *
login_policy(struct router *r)
{
	return &r->login.policy;
}

static uint64_t
now_ms(const struct router *r)
{
	return clock_mono_ms(router_clock(r));
}

void
login_policy_watch(struct router *r)
{
	r->login.quiet = false;
	r->login.in_window = 0;
	r->login.since_ms = now_ms(r);
}

/* Begins a new window when the old one is over. */
static void
turn_window(struct router *r)
{
	uint64_t length = (uint64_t)r->login.policy.within_s * 1000;
	uint64_t passed = now_ms(r) - r->login.since_ms;

	if (length == 0 || r->login.quiet || passed < length)
		return;
	r->login.since_ms += passed / length * length;
	r->login.in_window = 0;
}

bool
login_admits(struct router *r, const struct line *l, const char *peer, uint16_t port)
{
	login_tick(r);
	if (!r->login.quiet || l->kind == LINE_CON)
		return true;
	return r->login.policy.quiet_class[0] != '\0' &&
	       access_class_permits(r, r->login.policy.quiet_class, l, peer, port);
}

unsigned
login_delay_ms(const struct router *r)
{
	unsigned configured = r->login.policy.delay_s * 1000;

	return configured > LOGIN_DELAY_MS ? configured : LOGIN_DELAY_MS;
}

static unsigned
port_of(const struct line *l)
{
	if (l->kind != LINE_VTY)
		return 0;
	return l->transport == LINE_SSH ? PORT_SSH : PORT_TELNET;
}

static const char *
address_of(const struct line *l)
{
	return l->kind == LINE_VTY ? l->peer : "0.0.0.0"; /* as IOS says of the console */
}

/* "15:38:54 UTC Wed Dec 10 2008" */
static const char *
date(const struct router *r, char buf[64])
{
	struct tm tm = router_local_time(r, clock_wall_us(router_clock(r)));

	snprintf(buf, 64, "%02d:%02d:%02d %s %s %s %d %d", tm.tm_hour, tm.tm_min, tm.tm_sec,
		router_zone(r)->name, time_day_names[tm.tm_wday], time_month_names[tm.tm_mon],
		tm.tm_mday, tm.tm_year + 1900);
	return buf;
}

/* What can be printed of it. */
static void
keep_user(char kept[LINE_USER_MAX + 1], const char *user)
{
	snprintf(kept, LINE_USER_MAX + 1, "%s", user);
	logging_clean(kept);
}

/* The newest stands first; a second failure of the same user from the same place moves up. */
static void
remember(struct router *r, const struct line *l, const char *user)
{
	struct login_failure f = {
		.port = port_of(l), .count = 1, .last = clock_wall_us(router_clock(r)) / 1000000
	};
	size_t i;

	snprintf(f.user, sizeof(f.user), "%s", user);
	snprintf(f.peer, sizeof(f.peer), "%s", address_of(l));
	for (i = 0; i < r->login.failures; i++) {
		const struct login_failure *old = &r->login.failure[i];

		if (old->port == f.port && strcmp(old->user, f.user) == 0 &&
			strcmp(old->peer, f.peer) == 0)
			break;
	}
	if (i < r->login.failures)
		f.count += r->login.failure[i].count;
	else if (r->login.failures < LOGIN_FAILURES_KEPT)
		r->login.failures++;
	else
		i = LOGIN_FAILURES_KEPT - 1; /* the oldest goes */
	memmove(&r->login.failure[1], &r->login.failure[0], i * sizeof(f));
	r->login.failure[0] = f;
}

static const char *
reason(enum login_fault why)
{
	switch (why) {
	case LOGIN_BAD_USER:
		return "Login Authentication Failed - BadUser";
	case LOGIN_BAD_PASSWORD:
		return "Login Authentication Failed - BadPassword";
	case LOGIN_TIMED_OUT:
		break;
	}
	return "Login Authentication Failed";
}

static void
begin_quiet(struct router *r, const struct line *l, const char *user, enum login_fault why)
{
	const struct login_policy *p = &r->login.policy;
	uint64_t passed_s = (now_ms(r) - r->login.since_ms) / 1000;
	char when[64];

	r->login.quiet = true;
	r->login.since_ms = now_ms(r);
	logging_emit(r, "SEC_LOGIN", 1, "QUIET_MODE_ON",
		"Still timeleft for watching failures is %u secs, [user: %s] [Source: %s] "
		"[localport: %u] [Reason: %s] [ACL: %s] at %s",
		(unsigned)(p->within_s - passed_s), user, address_of(l), port_of(l), reason(why),
		p->quiet_class[0] != '\0' ? p->quiet_class : "sl_def_acl", date(r, when));
}

void
login_failed(struct router *r, const struct line *l, const char *typed, enum login_fault why)
{
	const struct login_policy *p = &r->login.policy;
	char user[LINE_USER_MAX + 1], when[64];

	keep_user(user, typed);
	login_tick(r);
	turn_window(r);
	r->login.total++;
	r->login.in_window++;
	remember(r, l, user);
	if (p->log_failure_every != 0 && r->login.total % p->log_failure_every == 0)
		logging_emit(r, "SEC_LOGIN", 4, "LOGIN_FAILED",
			"Login failed [user: %s] [Source: %s] [localport: %u] [Reason: %s] at %s",
			user, address_of(l), port_of(l), reason(why), date(r, when));
	if (p->block_for_s != 0 && !r->login.quiet && r->login.in_window >= p->attempts)
		begin_quiet(r, l, user, why);
}

void
login_succeeded(struct router *r, const struct line *l, const char *typed)
{
	const struct login_policy *p = &r->login.policy;
	char user[LINE_USER_MAX + 1], when[64];

	keep_user(user, typed);
	r->login.successes++;
	if (p->log_success_every != 0 && r->login.successes % p->log_success_every == 0)
		logging_emit(r, "SEC_LOGIN", 5, "LOGIN_SUCCESS",
			"Login Success [user: %s] [Source: %s] [localport: %u] at %s", user,
			address_of(l), port_of(l), date(r, when));
}

int64_t
login_tick(struct router *r)
{
	uint64_t length = (uint64_t)r->login.policy.block_for_s * 1000;
	uint64_t passed = now_ms(r) - r->login.since_ms;
	char when[64];

	if (!r->login.quiet)
		return -1;
	if (passed < length)
		return (int64_t)(length - passed);
	login_policy_watch(r);
	logging_emit(r, "SEC_LOGIN", 5, "QUIET_MODE_OFF",
		"Quiet Mode is OFF, because block period timed out at %s", date(r, when));
	return -1;
}

struct login_state
login_state(const struct router *r)
{
	const struct login_policy *p = &r->login.policy;
	uint64_t passed = (now_ms(r) - r->login.since_ms) / 1000;
	uint64_t length = r->login.quiet ? p->block_for_s : p->within_s;
	struct login_state s = { r->login.quiet, 0, r->login.in_window, r->login.total };

	if (!s.quiet && length != 0 && passed >= length)
		s.in_window = 0; /* of a window nothing has happened in yet */
	if (length != 0)
		s.remaining_s =
			(unsigned)(s.quiet && passed > length ? 0 : length - passed % length);
	return s;
}

const struct login_failure *
login_failure_at(const struct router *r, size_t i)
{
	return i < r->login.failures ? &r->login.failure[i] : NULL;
}
