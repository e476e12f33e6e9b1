/*
 * grammar_types.c - the types a capture of a row may have: <name:type>.
 *
 * One table.  A type is usually one choice of words/; a list's name also knows the names that
 * exist, for Tab.  An interface name is either one word ("fa0") or a type, which `?` lists, and a
 * number; access-list entries and EXEC lines own the rest of the line (walk.c).  A range "1-99" is
 * a type too.
 *
 * accept() and names() get the struct walk they run in.  No state; control thread because of
 * names().
 */
#include "cli/grammar/internal.h"

#include <stdio.h>
#include <string.h>

#include "cli/session/session.h"
#include "router/router.h"

static void
name_lists(
	void *arg, const enum acl_kind *only, void (*add)(void *sink, const char *name), void *sink)
{
	struct walk *w = arg;
	const struct acl *acl;

	for (size_t i = 0; (acl = lists_at(session_router(w->session), i)) != NULL; i++)
		if (only == NULL || acl_kind(acl) == *only)
			add(sink, acl_name(acl));
}

static void
names_of_lists(void *arg, void (*add)(void *sink, const char *name), void *sink)
{
	name_lists(arg, NULL, add, sink);
}

static void
names_of_standard(void *arg, void (*add)(void *sink, const char *name), void *sink)
{
	static const enum acl_kind kind = ACL_STANDARD;

	name_lists(arg, &kind, add, sink);
}

static void
names_of_extended(void *arg, void (*add)(void *sink, const char *name), void *sink)
{
	static const enum acl_kind kind = ACL_EXTENDED;

	name_lists(arg, &kind, add, sink);
}

static void
names_of_users(void *arg, void (*add)(void *sink, const char *name), void *sink)
{
	struct walk *w = arg;
	const struct aaa_user *u;

	for (size_t i = 0; (u = aaa_user_at(session_router(w->session), i)) != NULL; i++)
		add(sink, u->name);
}

static size_t
accept_ifname(void *arg, const struct word *w, size_t n, size_t *bad)
{
	char name[IFNAME_MAX + 1];

	(void)arg;
	(void)n;
	return interface_name_parse(w, 1, name, bad);
}

/* The number behind a type that was a word of its own: walk.keyword. */
static size_t
accept_ifnumber(void *arg, const struct word *w, size_t n, size_t *bad)
{
	const struct walk *walk = arg;
	const struct word name[2] = { { walk->keyword, strlen(walk->keyword), 0 }, w[0] };
	char canonical[IFNAME_MAX + 1];
	size_t ignored;

	(void)n;
	*bad = 0;
	return interface_name_parse(name, 2, canonical, &ignored) == 2;
}

const struct choice capture_ifname_glued = {
	.type = CHOICE_CUSTOM,
	.text = "", /* the types' keywords stand for it in ? */
	.accept = accept_ifname,
};

const struct choice capture_ifname_number = {
	.type = CHOICE_CUSTOM,
	.accept = accept_ifnumber,
};

static const struct capture_type capture_types[] = {
	{ .name = "word", .choice = { .type = CHOICE_WORD, .text = "WORD" } },
	{ .name = "line", .choice = { .type = CHOICE_LINE, .text = "LINE" } },
	{ .name = "ipv4", .choice = { .type = CHOICE_IPV4, .text = "A.B.C.D" } },
	{ .name = "acl",
		.choice = { .type = CHOICE_WORD, .text = "WORD", .names = names_of_lists } },
	{ .name = "acl-std",
		.choice = { .type = CHOICE_WORD, .text = "WORD", .names = names_of_standard } },
	{ .name = "acl-ext",
		.choice = { .type = CHOICE_WORD, .text = "WORD", .names = names_of_extended } },
	{ .name = "user",
		.choice = { .type = CHOICE_WORD, .text = "WORD", .names = names_of_users } },
	{ .name = "ifname", .kind = CAPTURE_IFNAME },
	{ .name = "ace-std", .kind = CAPTURE_ACE, .acl = ACL_STANDARD, .dialect = ACE_IN_NAMED },
	{ .name = "ace-ext", .kind = CAPTURE_ACE, .acl = ACL_EXTENDED, .dialect = ACE_IN_NAMED },
	{ .name = "ace-std-num",
		.kind = CAPTURE_ACE,
		.acl = ACL_STANDARD,
		.dialect = ACE_IN_NUMBERED },
	{ .name = "ace-ext-num",
		.kind = CAPTURE_ACE,
		.acl = ACL_EXTENDED,
		.dialect = ACE_IN_NUMBERED },
	{ .name = "exec", .kind = CAPTURE_EXEC },
};

static const struct capture_type range_type = {
	.name = "range",
	.choice = { .type = CHOICE_NUMBER },
};

const struct capture_type *
capture_type_find(const char *name, size_t len, uint32_t *lo, uint32_t *hi)
{
	char text[32];
	int end = 0;

	if (len >= sizeof(text))
		return NULL;
	memcpy(text, name, len);
	text[len] = '\0';
	if (sscanf(text, "%u-%u%n", lo, hi, &end) == 2 && (size_t)end == len && *lo <= *hi)
		return &range_type;
	*lo = *hi = 0;
	for (size_t i = 0; i < sizeof(capture_types) / sizeof(capture_types[0]); i++)
		if (strcmp(capture_types[i].name, text) == 0)
			return &capture_types[i];
	return NULL;
}
