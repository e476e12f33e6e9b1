/*
 * running_config_access.c - the parts of the configuration that say who may log in: enable secrets,
 * users, and the terminal lines.
 *
 * A secret is printed in the form it is stored, with its type.  A clear password has no type digit
 * on lines and for `enable`, and a 0 for users, as IOS; when the password itself begins like a type
 * ("7 up") the 0 is printed there too, or it would be read back as something else.
 */
#include "cli/show/show_internal.h"

#include <ctype.h>
#include <string.h>

/* "7 up", "0 x": a clear text that would be taken for a type and a text. */
static bool
begins_like_type(const char *clear)
{
	return isdigit((unsigned char)clear[0]) && (clear[1] == ' ' || clear[1] == '\0');
}

static void
add_password(struct text *t, int type, const char *stored)
{
	if (type != 0)
		text_addf(t, "password %d %s\n", type, stored);
	else
		text_addf(t, "password %s%s\n", begins_like_type(stored) ? "0 " : "", stored);
}

static void
add_user(struct text *t, const struct aaa_user *u)
{
	text_addf(t, "username %s", u->name);
	if (u->privilege != 1)
		text_addf(t, " privilege %d", u->privilege);
	if (u->secret.set)
		text_addf(t, " %s %d %s", u->secret.reversible ? "password" : "secret",
			u->secret.type, u->secret.text);
	text_add(t, "\n");
}

void
running_config_users(struct text *t, struct router *r)
{
	const struct aaa_secret *secret = aaa_enable_secret(r);
	const struct aaa_secret *password = aaa_enable_password(r);
	const struct aaa_user *u;

	if (secret->set)
		text_addf(t, "enable secret %d %s\n", secret->type, secret->text);
	if (password->set) {
		text_add(t, "enable ");
		add_password(t, password->type, password->text);
	}
	if (secret->set || password->set)
		text_add(t, "!\n");
	for (size_t i = 0; (u = aaa_user_at(r, i)) != NULL; i++)
		add_user(t, u);
	if (aaa_user_at(r, 0) != NULL)
		text_add(t, "!\n");
}

static void
add_login(struct text *t, const struct line *l)
{
	if (l->login == LOGIN_LOCAL)
		text_add(t, " login local\n");
	else if (l->login == LOGIN_PASSWORD)
		text_add(t, " login\n");
	else if (l->kind == LINE_VTY) /* on the console `no login` is the default */
		text_add(t, " no login\n");
}

static void
add_transport(struct text *t, const struct line *l, const struct line *defaults)
{
	if (l->transport_telnet == defaults->transport_telnet &&
		l->transport_ssh == defaults->transport_ssh)
		return;
	if (l->transport_telnet && l->transport_ssh)
		text_add(t, " transport input all\n");
	else if (!l->transport_telnet && !l->transport_ssh)
		text_add(t, " transport input none\n");
	else
		text_addf(t, " transport input %s\n", l->transport_ssh ? "ssh" : "telnet");
}

/* What stands under `line ...`: all that a line block says, so equal texts mean equal lines. */
static void
add_line_body(struct text *t, const struct line *l)
{
	struct line defaults = { .kind = l->kind, .number = l->number };

	line_set_defaults(&defaults);
	if (l->access_class[0] != '\0')
		text_addf(t, " access-class %s in%s\n", l->access_class,
			l->access_class_vrf_also ? " vrf-also" : "");
	if (l->ipv6_access_class[0] != '\0')
		text_addf(t, " ipv6 access-class %s in\n", l->ipv6_access_class);
	if (l->exec_timeout_s != defaults.exec_timeout_s)
		text_addf(
			t, " exec-timeout %u %u\n", l->exec_timeout_s / 60, l->exec_timeout_s % 60);
	if (l->privilege != defaults.privilege)
		text_addf(t, " privilege level %d\n", l->privilege);
	if (l->password[0] != '\0') {
		text_add(t, " ");
		add_password(t, l->password_type, l->password);
	}
	if (l->logging_synchronous)
		text_add(t, " logging synchronous\n");
	add_login(t, l);
	if (l->history_size != defaults.history_size)
		text_addf(t, " history size %d\n", l->history_size);
	if (l->length != defaults.length)
		text_addf(t, " length %d\n", l->length);
	if (l->width != defaults.width)
		text_addf(t, " width %d\n", l->width);
	if (l->kind == LINE_VTY)
		add_transport(t, l, &defaults);
}

static bool
same_body(const struct line *a, const struct line *b)
{
	struct text ta = { 0 }, tb = { 0 };
	bool same;

	add_line_body(&ta, a);
	add_line_body(&tb, b);
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
running_config_lines(struct text *t, struct router *r)
{
	unsigned first, last;

	text_add(t, "line con 0\n");
	add_line_body(t, line_get(r, LINE_CON, 0));
	for (first = 0; first < LINE_VTYS; first = last + 1) {
		last = first;
		if (!line_get(r, LINE_VTY, first)->configured)
			continue;
		last = last_of_block(r, first);
		text_addf(t, "line vty %u", first);
		if (last != first)
			text_addf(t, " %u", last);
		text_add(t, "\n");
		add_line_body(t, line_get(r, LINE_VTY, first));
	}
}
