/*
 * running_config_line.c - the terminal lines in the configuration.
 *
 * Lines that say the same are one block; what is said is what differs from the defaults, `login` of a
 * vty always.  With `all`, the defaults too.
 */
#include <string.h>

#include "cli/show/show_internal.h"

static void
add_timeouts(struct text *t, const struct line *l, const struct line *defaults, bool all)
{
	if (l->session_timeout_min != 0)
		text_addf(t, " session-timeout %u\n", l->session_timeout_min);
	if (l->access_class[0] != '\0')
		text_addf(t, " access-class %s in%s\n", l->access_class,
			l->access_class_vrf_also ? " vrf-also" : "");
	if (l->ipv6_access_class[0] != '\0')
		text_addf(t, " ipv6 access-class %s in\n", l->ipv6_access_class);
	if (all || l->exec_timeout_s != defaults->exec_timeout_s)
		text_addf(
			t, " exec-timeout %u %u\n", l->exec_timeout_s / 60, l->exec_timeout_s % 60);
	if (l->absolute_timeout_min != 0)
		text_addf(t, " absolute-timeout %u\n", l->absolute_timeout_min);
}

static void
add_switch(struct text *t, const char *name, bool on, bool normally, bool all)
{
	if (all || on != normally)
		text_addf(t, " %s%s\n", on ? "" : "no ", name);
}

static void
add_login(struct text *t, const struct line *l, bool all)
{
	if (l->login == LOGIN_LOCAL)
		text_add(t, " login local\n");
	else if (l->login == LOGIN_PASSWORD)
		text_add(t, " login\n");
	else if (all || l->kind == LINE_VTY) /* elsewhere `no login` is the default */
		text_add(t, " no login\n");
}

static void
add_number(struct text *t, const char *name, int value, int normally, bool all)
{
	if (value >= 0)
		text_addf(t, " %s %d\n", name, value);
	else if (all)
		text_addf(t, " %s %d\n", name, normally);
}

/* " transport input ssh" */
static void
add_transports(struct text *t, const char *direction, unsigned which)
{
	text_addf(t, " transport %s", direction);
	if (which == (LINE_TELNET | LINE_SSH))
		text_add(t, " all\n");
	else if (which == 0)
		text_add(t, " none\n");
	else
		text_addf(t, " %s\n", which == LINE_SSH ? "ssh" : "telnet");
}

static unsigned
input_of(const struct line *l)
{
	return (l->transport_telnet ? LINE_TELNET : 0) | (l->transport_ssh ? LINE_SSH : 0);
}

static void
add_transport(struct text *t, const struct line *l, const struct line *defaults, bool all)
{
	static const char *const preferred[] = {
		[PREFERRED_NONE] = "none", [PREFERRED_TELNET] = "telnet", [PREFERRED_SSH] = "ssh"
	};

	if (l->transport_preferred != PREFERRED_DEFAULT)
		text_addf(t, " transport preferred %s\n", preferred[l->transport_preferred]);
	else if (all)
		text_add(t, " transport preferred telnet\n");
	if (l->kind == LINE_VTY && l->transport_named)
		text_add(t, " transport input telnet ssh\n");
	else if (l->kind == LINE_VTY && (all || input_of(l) != input_of(defaults)))
		add_transports(t, "input", input_of(l));
	if (all || l->transport_output != defaults->transport_output)
		add_transports(t, "output", l->transport_output);
}

/* What stands under `line ...`: all that a line block says, so equal texts mean equal lines. */
static void
add_line_body(struct text *t, const struct line *l, bool all)
{
	struct line defaults = { .kind = l->kind, .number = l->number };

	line_set_defaults(&defaults);
	add_timeouts(t, l, &defaults, all);
	if (all || l->privilege != defaults.privilege)
		text_addf(t, " privilege level %d\n", l->privilege);
	if (l->password[0] != '\0') {
		text_add(t, " password ");
		running_config_password(t, l->password_type, l->password);
	}
	if (l->location[0] != '\0')
		text_addf(t, " location %s\n", l->location);
	add_switch(t, "motd-banner", l->motd_banner, true, all);
	add_switch(t, "exec-banner", l->exec_banner, true, all);
	add_switch(t, "exec", l->exec, true, all);
	add_switch(t, "logging synchronous", l->logging_synchronous, false, all);
	add_login(t, l, all);
	add_number(t, "history size", l->history_size, LINE_HISTORY_DEFAULT, all);
	add_number(t, "length", l->length, LINE_LENGTH_DEFAULT, all);
	add_number(t, "width", l->width, LINE_WIDTH_DEFAULT, all);
	add_transport(t, l, &defaults, all);
	for (int i = 0; i < INERT_LINES; i++)
		if (l->inert[i].text[0] != '\0')
			text_addf(t, " %s\n", l->inert[i].text);
}

static bool
same_body(const struct line *a, const struct line *b)
{
	struct text ta = { 0 }, tb = { 0 };
	bool same;

	add_line_body(&ta, a, false);
	add_line_body(&tb, b, false);
	same = ta.len == tb.len && (ta.len == 0 || memcmp(ta.s, tb.s, ta.len) == 0);
	text_fini(&ta);
	text_fini(&tb);
	return same;
}

/*
 * The last vty of the block that begins at `first`: neighbours that say the same.  Vty 0-4 and 5-15
 * are blocks of their own even when equal, as on IOS.
 */
static unsigned
last_of_block(struct router *r, unsigned first)
{
	const struct line *head = line_get(r, LINE_VTY, first);
	unsigned last = first;

	while (last + 1 < LINE_VTYS && last + 1 != 5) {
		const struct line *next = line_get(r, LINE_VTY, last + 1);

		if (!next->configured || !same_body(head, next))
			break;
		last++;
	}
	return last;
}

void
running_config_lines(struct text *t, struct router *r, bool all)
{
	unsigned first, last;

	text_add(t, "line con 0\n");
	add_line_body(t, line_get(r, LINE_CON, 0), all);
	text_add(t, "line aux 0\n");
	add_line_body(t, line_get(r, LINE_AUX, 0), all);
	for (first = 0; first < LINE_VTYS; first = last + 1) {
		last = first;
		if (!line_get(r, LINE_VTY, first)->configured)
			continue;
		last = last_of_block(r, first);
		text_addf(t, "line vty %u", first);
		if (last != first)
			text_addf(t, " %u", last);
		text_add(t, "\n");
		add_line_body(t, line_get(r, LINE_VTY, first), all);
	}
}
