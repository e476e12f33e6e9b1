/*
 * login.c - `show login`, `show login failures`, and in running-config `login ...` and the banners.
 *
 * Shapes: Cisco IOS, "Login Enhancements (Login Block)".
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/show/show_internal.h"

static void
add_delay(struct text *t, struct router *r)
{
	const struct login_policy *p = login_policy(r);

	if (p->delay_s != 0)
		text_addf(t, "     A login delay of %u seconds is applied.\n", p->delay_s);
	else if (p->block_for_s != 0)
		text_add(t, "     A default login delay of 1 seconds is applied.\n");
	else
		text_add(t, "     No login delay has been applied.\n");
	if (p->quiet_class[0] != '\0')
		text_addf(t, "     Quiet-Mode access list %s is applied.\n", p->quiet_class);
	else
		text_add(t, "     No Quiet-Mode access list has been configured.\n");
	text_add(t, "\n");
}

static void
add_state(struct text *t, struct router *r)
{
	const struct login_policy *p = login_policy(r);
	const struct login_state s = login_state(r);

	if (s.quiet) {
		text_addf(t,
			"     Router presently in Quiet-Mode.\n"
			"     Will remain in Quiet-Mode for %u seconds.\n",
			s.remaining_s);
		if (p->quiet_class[0] != '\0')
			text_addf(t, "     Restricted logins filtered by applied ACL %s.\n",
				p->quiet_class);
		else
			text_add(t, "     Denying logins from all sources.\n");
		return;
	}
	text_addf(t,
		"     Router presently in Normal-Mode.\n"
		"     Current Watch Window\n"
		"         Time remaining: %u seconds.\n"
		"         Login failures for current window: %u.\n"
		"     Total login failures: %" PRIu64 ".\n",
		s.remaining_s, s.in_window, s.total);
}

void
show_login(struct text *t, struct router *r)
{
	const struct login_policy *p = login_policy(r);

	add_delay(t, r);
	if (p->block_for_s == 0) {
		text_add(t, "     Router NOT enabled to watch for login Attacks\n");
		return;
	}
	text_addf(t,
		"     Router enabled to watch for login Attacks.\n"
		"     If more than %u login failures occur in %u seconds or less,\n"
		"     logins will be disabled for %u seconds.\n\n",
		p->attempts, p->within_s, p->block_for_s);
	add_state(t, r);
}

void
show_login_failures(struct text *t, struct router *r)
{
	const struct login_failure *f;
	char when[SHOW_TIME_MAX];

	if (login_failure_at(r, 0) == NULL) {
		text_add(t, "*** No logged failed login attempts with the device.***\n");
		return;
	}
	text_addf(t,
		"Total failed logins: %" PRIu64 "\n"
		"Detailed information about last %d failures\n\n"
		"Username        SourceIPAddr    lPort Count TimeStamp\n",
		login_state(r).total, LOGIN_FAILURES_KEPT);
	for (size_t i = 0; (f = login_failure_at(r, i)) != NULL; i++)
		text_addf(t, "%-15s %-15s %-5u %-5u %s\n", f->user, f->peer, f->port, f->count,
			show_time(r, f->last * 1000000, false, when));
}

static void
add_log(struct text *t, const char *when, unsigned every)
{
	if (every == 0)
		return;
	text_addf(t, "login %s log", when);
	if (every != 1)
		text_addf(t, " every %u", every);
	text_add(t, "\n");
}

void
running_config_login(struct text *t, struct router *r)
{
	const struct login_policy *p = login_policy(r);
	size_t before = t->len;

	if (p->block_for_s != 0)
		text_addf(t, "login block-for %u attempts %u within %u\n", p->block_for_s,
			p->attempts, p->within_s);
	if (p->delay_s != 0)
		text_addf(t, "login delay %u\n", p->delay_s);
	if (p->quiet_class[0] != '\0')
		text_addf(t, "login quiet-mode access-class %s\n", p->quiet_class);
	add_log(t, "on-failure", p->log_failure_every);
	add_log(t, "on-success", p->log_success_every);
	if (t->len != before)
		text_add(t, "!\n");
}

void
running_config_banners(struct text *t, struct router *r)
{
	size_t before = t->len;

	for (int i = 0; i < BANNERS; i++) {
		const char *text = banner_text(r, (enum banner_kind)i);
		char delimiter[3];

		if (text != NULL && banner_delimiter(text, delimiter))
			text_addf(t, "banner %s %s%s%s\n", banner_names[i], delimiter, text,
				delimiter);
	}
	if (t->len != before)
		text_add(t, "!\n");
}
