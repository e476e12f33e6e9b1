/*
 * mode.c - modes: entering them with what they work on, and leaving them as IOS does.
 *
 * The mode itself is libcli's.  A list, a time range or a group is kept by name, because another
 * session may delete it; interfaces live as long as the process.
 */
#include "cli/session/internal.h"

#include <stdio.h>
#include <string.h>

enum shell_mode
session_mode(const struct session *s)
{
	return dispatch_mode(s);
}

void
session_enter(struct session *s, enum shell_mode mode)
{
	s->interface = NULL;
	s->name[0] = '\0';
	dispatch_set_mode(s, mode);
}

void
session_enter_interface(struct session *s, struct interface *i)
{
	session_enter(s, MODE_CONFIG_IF);
	s->interface = i;
}

void
session_enter_named(struct session *s, enum shell_mode mode, const char *name)
{
	char kept[sizeof(s->name)];

	snprintf(kept, sizeof(kept), "%s", name); /* it may be ours */
	session_enter(s, mode);
	memcpy(s->name, kept, sizeof(s->name));
}

void
session_enter_list(struct session *s, const char *name, enum acl_kind kind)
{
	static const enum shell_mode mode[] = { [ACL_STANDARD] = MODE_STD_NACL,
		[ACL_EXTENDED] = MODE_EXT_NACL,
		[ACL_IPV6] = MODE_IPV6_ACL,
		[ACL_MAC] = MODE_EXT_MACL };

	session_enter_named(s, mode[kind], name);
}

void
session_enter_lines(struct session *s, enum line_kind kind, unsigned first, unsigned last)
{
	session_enter(s, MODE_CONFIG_LINE);
	s->lines.kind = kind;
	s->lines.first = first;
	s->lines.last = last;
}

struct interface *
session_interface(struct session *s)
{
	return s->interface;
}

const char *
session_name(struct session *s)
{
	return s->name;
}

void
session_lines(struct session *s, enum line_kind *kind, unsigned *first, unsigned *last)
{
	*kind = s->lines.kind;
	*first = s->lines.first;
	*last = s->lines.last;
}

/* "console", "admin on console", "vty0 (192.0.2.1)", "admin on vty0 (192.0.2.1)" */
static void
describe(const struct session *s, char *buf, size_t size)
{
	const char *on = s->user[0] != '\0' ? " on " : "";

	if (s->line != NULL && s->line->kind == LINE_VTY)
		snprintf(buf, size, "%s%svty%u (%s)", s->user, on, s->line->number, s->line->peer);
	else
		snprintf(buf, size, "%s%sconsole", s->user, on);
}

void
mode_leave_config(struct session *s)
{
	char who[LINE_USER_MAX + LINE_PEER_MAX + 32];

	if (dispatch_mode(s) == MODE_USER_EXEC)
		return;
	session_enter(s, MODE_USER_EXEC);
	if (s->kind == SESSION_LOADER)
		return;
	router_note_change(s->router, s->user);
	describe(s, who, sizeof(who));
	logging_emit(s->router, "SYS", 5, "CONFIG_I", "Configured from console by %s", who);
}

void
session_exit(struct session *s)
{
	enum shell_mode mode = dispatch_mode(s);

	if (mode == MODE_USER_EXEC)
		session_close(s);
	else if (shell_mode_info[mode].parent != 0)
		session_enter(s, shell_mode_info[mode].parent);
	else if (shell_mode_info[mode].sub)
		session_enter(s, MODE_GLOBAL_CONFIG);
	else if (s->kind != SESSION_LOADER) /* one `exit` too many does not end a file */
		mode_leave_config(s);
}

void
session_end(struct session *s)
{
	mode_leave_config(s);
}
