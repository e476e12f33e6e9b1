/*
 * grammar_types.c - the types a capture of a row may have: <name:type>.
 *
 * One table.  A type is usually one choice of words/; a name of something also knows the names that
 * exist, for Tab.  An interface name is either one word ("fa0") or a type, which `?` lists, and a
 * number; access-list entries, group members, time windows and EXEC lines own the rest of the line
 * (walk.c).  A range "1-99" is a type too.
 *
 * accept() and names() get the struct walk they run in.  No state; control thread because of
 * names().
 */
#include "cli/grammar/internal.h"

#include <ctype.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cli/files/url.h"
#include "cli/session/session.h"
#include "router/router.h"

/* Sets of kinds: LISTS_IPV4 and the like. */
static void
name_lists(void *arg, unsigned kinds, void (*add)(void *sink, const char *name), void *sink)
{
	struct walk *w = arg;
	const struct acl *acl;

	for (size_t i = 0; (acl = lists_at(session_router(w->session), i)) != NULL; i++)
		if ((kinds & 1u << acl_kind(acl)) != 0)
			add(sink, acl_name(acl));
}

static void
names_of_ipv4(void *arg, void (*add)(void *sink, const char *name), void *sink)
{
	name_lists(arg, LISTS_IPV4, add, sink);
}

static void
names_of_lists(void *arg, void (*add)(void *sink, const char *name), void *sink)
{
	name_lists(arg, LISTS_ALL, add, sink);
}

static void
names_of_standard(void *arg, void (*add)(void *sink, const char *name), void *sink)
{
	name_lists(arg, 1 << ACL_STANDARD, add, sink);
}

static void
names_of_extended(void *arg, void (*add)(void *sink, const char *name), void *sink)
{
	name_lists(arg, 1 << ACL_EXTENDED, add, sink);
}

static void
names_of_ipv6(void *arg, void (*add)(void *sink, const char *name), void *sink)
{
	name_lists(arg, LISTS_IPV6, add, sink);
}

static void
names_of_mac(void *arg, void (*add)(void *sink, const char *name), void *sink)
{
	name_lists(arg, 1 << ACL_MAC, add, sink);
}

static void
names_of_time_ranges(void *arg, void (*add)(void *sink, const char *name), void *sink)
{
	struct walk *w = arg;
	const struct time_range *t;

	for (size_t i = 0; (t = time_ranges_at(session_router(w->session), i)) != NULL; i++)
		add(sink, time_range_name(t));
}

static void
names_of_groups(void *arg, void (*add)(void *sink, const char *name), void *sink)
{
	struct walk *w = arg;
	const struct object_group *g;

	for (size_t i = 0; (g = object_groups_at(session_router(w->session), i)) != NULL; i++)
		add(sink, object_group_name(g));
}

static void
names_of_kind(struct walk *w, enum object_group_kind kind,
	void (*add)(void *sink, const char *name), void *sink)
{
	const struct object_group *g;

	for (size_t i = 0; (g = object_groups_at(session_router(w->session), i)) != NULL; i++)
		if (object_group_kind(g) == kind)
			add(sink, object_group_name(g));
}

static void
names_of_network_groups(void *arg, void (*add)(void *sink, const char *name), void *sink)
{
	names_of_kind(arg, OBJECT_GROUP_NETWORK, add, sink);
}

static void
names_of_service_groups(void *arg, void (*add)(void *sink, const char *name), void *sink)
{
	names_of_kind(arg, OBJECT_GROUP_SERVICE, add, sink);
}

static void
names_of_reflexive(void *arg, void (*add)(void *sink, const char *name), void *sink)
{
	struct walk *w = arg;
	const char *name;

	for (size_t i = 0; (name = reflexive_lists_at(session_router(w->session), i)) != NULL; i++)
		add(sink, name);
}

static void
names_of_users(void *arg, void (*add)(void *sink, const char *name), void *sink)
{
	struct walk *w = arg;
	const struct aaa_user *u;

	for (size_t i = 0; (u = aaa_user_at(session_router(w->session), i)) != NULL; i++)
		add(sink, u->name);
}

void
capture_names_behind(const struct word *before, struct walk *w,
	void (*add)(void *sink, const char *name), void *sink)
{
	static const struct {
		const char *keyword;
		void (*names)(void *arg, void (*add)(void *sink, const char *name), void *sink);
	} behind[] = {
		{ "evaluate", names_of_reflexive },
		{ "reflect", names_of_reflexive },
		{ "time-range", names_of_time_ranges },
		{ "object-group", names_of_groups },
		{ "group-object", names_of_groups },
	};

	for (size_t i = 0; i < sizeof(behind) / sizeof(behind[0]); i++)
		if (word_abbreviates(before, behind[i].keyword))
			behind[i].names(w, add, sink);
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

/* There is one of this name; without a session (the check of the tables) there are all. */
static bool
is_there(const struct walk *w, const char *name)
{
	return w->session == NULL || interface_find(session_router(w->session), name) != NULL;
}

static size_t
accept_interface(void *arg, const struct word *w, size_t n, size_t *bad)
{
	char name[IFNAME_MAX + 1];
	size_t letters = 0;

	(void)n;
	if (interface_name_parse(w, 1, name, bad) == 0)
		return 0;
	while (isalpha((unsigned char)w->text[letters]))
		letters++;
	*bad = letters; /* it is the number that there is none of */
	return is_there(arg, name);
}

static size_t
accept_interface_number(void *arg, const struct word *w, size_t n, size_t *bad)
{
	const struct walk *walk = arg;
	char name[IFNAME_MAX + 1];

	if (accept_ifnumber(arg, w, n, bad) == 0)
		return 0;
	snprintf(name, sizeof(name), "%s%.*s", walk->keyword, (int)w->len, w->text);
	return is_there(walk, name);
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

const struct choice capture_interface_glued = {
	.type = CHOICE_CUSTOM,
	.text = "",
	.accept = accept_interface,
};

const struct choice capture_interface_number = {
	.type = CHOICE_CUSTOM,
	.accept = accept_interface_number,
};

/* ---- names of files ---- */

static bool
is_in(const struct word *w, enum url_place place)
{
	size_t len = url_prefix(w->text, w->len);

	for (const struct url_file_system *fs = url_file_systems; fs->prefix != NULL; fs++)
		if (fs->place == place)
			return len == strlen(fs->prefix) &&
			       strncasecmp(w->text, fs->prefix, len) == 0;
	return false;
}

static size_t
accept_flash(void *arg, const struct word *w, size_t n, size_t *bad)
{
	(void)arg;
	(void)n;
	*bad = 0;
	return is_in(w, URL_FLASH);
}

static size_t
accept_nvram(void *arg, const struct word *w, size_t n, size_t *bad)
{
	(void)arg;
	(void)n;
	*bad = 0;
	return is_in(w, URL_NVRAM);
}

static size_t
accept_system(void *arg, const struct word *w, size_t n, size_t *bad)
{
	(void)arg;
	(void)n;
	*bad = 0;
	return is_in(w, URL_SYSTEM);
}

/* Of a file system, but for the colon: what nobody means a file to be called. */
static bool
names_file_system(const struct word *w)
{
	static const char *const remote[] = { "ftp", "http", "https", "rcp", "scp", "tftp" };

	for (size_t i = 0; i < sizeof(remote) / sizeof(remote[0]); i++)
		if (w->len == strlen(remote[i]) && strncasecmp(w->text, remote[i], w->len) == 0)
			return true;
	for (const struct url_file_system *fs = url_file_systems; fs->prefix != NULL; fs++)
		if (w->len + 1 == strlen(fs->prefix) &&
			strncasecmp(w->text, fs->prefix, w->len) == 0)
			return true;
	return false;
}

/* A name without a file system; never an option, so that a wrong one gets its caret. */
static size_t
accept_bare_name(void *arg, const struct word *w, size_t n, size_t *bad)
{
	(void)arg;
	(void)n;
	*bad = 0;
	return memchr(w->text, ':', w->len) == NULL && w->text[0] != '/' && !names_file_system(w);
}

/* What is in the area itself, as it would be typed. */
static void
names_of_files(void *arg, void (*add)(void *sink, const char *name), void *sink)
{
	struct walk *w = arg;
	struct file_info *v;
	size_t n;

	if (files_list(session_router(w->session), "", &v, &n) < 0)
		return;
	for (size_t i = 0; i < n; i++) {
		char name[FILES_PART_MAX + 8];

		snprintf(name, sizeof(name), "flash:%s", v[i].name);
		if (strlen(name) <= ACL_NAME_MAX)
			add(sink, name);
	}
	free(v);
}

static void
name_startup(void *arg, void (*add)(void *sink, const char *name), void *sink)
{
	(void)arg;
	add(sink, "nvram:startup-config");
}

static void
name_running(void *arg, void (*add)(void *sink, const char *name), void *sink)
{
	(void)arg;
	add(sink, "system:running-config");
}

#define FILE_HELP "Directory or file name"

const struct choice capture_file[CAPTURE_FILE_CHOICES] = {
	{ .type = CHOICE_CUSTOM,
		.text = "flash:",
		.help = FILE_HELP,
		.accept = accept_flash,
		.names = names_of_files },
	{ .type = CHOICE_CUSTOM,
		.text = "nvram:",
		.help = FILE_HELP,
		.accept = accept_nvram,
		.names = name_startup },
	{ .type = CHOICE_CUSTOM,
		.text = "system:",
		.help = FILE_HELP,
		.accept = accept_system,
		.names = name_running },
	{ .type = CHOICE_CUSTOM, .text = "WORD", .help = FILE_HELP, .accept = accept_bare_name },
};

/* ---- times ---- */

static size_t
accept_time(void *arg, const struct word *w, size_t n, size_t *bad)
{
	unsigned h, m, s;
	int end = 0;

	(void)arg;
	(void)n;
	*bad = 0;
	return sscanf(w->text, "%2u:%2u:%2u%n", &h, &m, &s, &end) == 3 && (size_t)end == w->len &&
	       h <= 23 && m <= 59 && s <= 59;
}

/* Hours and minutes, up to 999 hours: a time of day, or a while. */
static size_t
accept_hours(void *arg, const struct word *w, size_t n, size_t *bad)
{
	unsigned h, m;
	int end = 0;

	(void)arg;
	(void)n;
	*bad = 0;
	return isdigit((unsigned char)w->text[0]) &&
	       sscanf(w->text, "%3u:%2u%n", &h, &m, &end) == 2 && (size_t)end == w->len && m <= 59;
}

/* "Jan", "january": three letters at least, as IOS has it. */
static size_t
accept_month(void *arg, const struct word *w, size_t n, size_t *bad)
{
	(void)arg;
	(void)n;
	*bad = 0;
	if (w->len < 3)
		return 0;
	for (size_t i = 0; i < 12; i++)
		if (word_abbreviates(w, time_month_full_names[i]))
			return 1;
	return 0;
}

/* Hours ahead of UTC or, negative, behind it. */
static size_t
accept_offset(void *arg, const struct word *w, size_t n, size_t *bad)
{
	size_t sign = w->text[0] == '-';
	const struct word digits = { w->text + sign, w->len - sign, w->at + sign };
	uint32_t hours;

	(void)arg;
	(void)n;
	*bad = 0;
	return word_number(&digits, 0, 23, &hours);
}

/* ---- captures that own the rest of the line ---- */

static int
parse_ace(const struct capture_type *type, struct word_reader *r, struct parsed *out)
{
	out->what = PARSED_ACE;
	return ace_parse(r, type->acl, type->dialect, &out->ace, &out->room);
}

static int
parse_object(const struct capture_type *type, struct word_reader *r, struct parsed *out)
{
	out->what = PARSED_OBJECT;
	return object_parse(r, type->group, &out->object);
}

static int
parse_window(const struct capture_type *type, struct word_reader *r, struct parsed *out)
{
	(void)type;
	out->what = PARSED_WINDOW;
	return time_window_parse(r, &out->window);
}

static const struct capture_type capture_types[] = {
	{ .name = "word", .choice = { .type = CHOICE_WORD, .text = "WORD" } },
	{ .name = "line", .choice = { .type = CHOICE_LINE, .text = "LINE" } },
	{ .name = "ipv4", .choice = { .type = CHOICE_IPV4, .text = "A.B.C.D" } },
	{ .name = "acl",
		.choice = { .type = CHOICE_WORD, .text = "WORD", .names = names_of_ipv4 } },
	{ .name = "acl-std",
		.choice = { .type = CHOICE_WORD, .text = "WORD", .names = names_of_standard } },
	{ .name = "acl-ext",
		.choice = { .type = CHOICE_WORD, .text = "WORD", .names = names_of_extended } },
	{ .name = "acl-ipv6",
		.choice = { .type = CHOICE_WORD, .text = "WORD", .names = names_of_ipv6 } },
	{ .name = "acl-mac",
		.choice = { .type = CHOICE_WORD, .text = "WORD", .names = names_of_mac } },
	{ .name = "acl-any",
		.choice = { .type = CHOICE_WORD, .text = "WORD", .names = names_of_lists } },
	{ .name = "user",
		.choice = { .type = CHOICE_WORD, .text = "WORD", .names = names_of_users } },
	{ .name = "time-range",
		.choice = { .type = CHOICE_WORD, .text = "WORD", .names = names_of_time_ranges } },
	{ .name = "object-group",
		.choice = { .type = CHOICE_WORD, .text = "WORD", .names = names_of_groups } },
	{ .name = "network-group",
		.choice = { .type = CHOICE_WORD,
			.text = "WORD",
			.names = names_of_network_groups } },
	{ .name = "service-group",
		.choice = { .type = CHOICE_WORD,
			.text = "WORD",
			.names = names_of_service_groups } },
	{ .name = "reflexive",
		.choice = { .type = CHOICE_WORD, .text = "WORD", .names = names_of_reflexive } },
	{ .name = "time",
		.choice = { .type = CHOICE_CUSTOM, .text = "hh:mm:ss", .accept = accept_time } },
	{ .name = "hours",
		.choice = { .type = CHOICE_CUSTOM, .text = "hhh:mm", .accept = accept_hours } },
	{ .name = "month",
		.choice = { .type = CHOICE_CUSTOM, .text = "MONTH", .accept = accept_month } },
	{ .name = "utc-offset",
		.choice = { .type = CHOICE_CUSTOM,
			.text = "<-23 - 23>",
			.accept = accept_offset } },
	{ .name = "ifname", .kind = CAPTURE_IFNAME },
	{ .name = "interface", .kind = CAPTURE_IFNAME, .existing = true },
	{ .name = "url", .kind = CAPTURE_URL },
	{ .name = "file", .kind = CAPTURE_FILE },
	{ .name = "ace-std",
		.kind = CAPTURE_PARSED,
		.parse = parse_ace,
		.acl = ACL_STANDARD,
		.dialect = ACE_IN_NAMED },
	{ .name = "ace-ext",
		.kind = CAPTURE_PARSED,
		.parse = parse_ace,
		.acl = ACL_EXTENDED,
		.dialect = ACE_IN_NAMED },
	{ .name = "ace-std-num",
		.kind = CAPTURE_PARSED,
		.parse = parse_ace,
		.acl = ACL_STANDARD,
		.dialect = ACE_IN_NUMBERED },
	{ .name = "ace-ext-num",
		.kind = CAPTURE_PARSED,
		.parse = parse_ace,
		.acl = ACL_EXTENDED,
		.dialect = ACE_IN_NUMBERED },
	{ .name = "ace-ipv6",
		.kind = CAPTURE_PARSED,
		.parse = parse_ace,
		.acl = ACL_IPV6,
		.dialect = ACE_IN_NAMED },
	{ .name = "ace-mac",
		.kind = CAPTURE_PARSED,
		.parse = parse_ace,
		.acl = ACL_MAC,
		.dialect = ACE_IN_NAMED },
	{ .name = "object-network",
		.kind = CAPTURE_PARSED,
		.parse = parse_object,
		.group = OBJECT_GROUP_NETWORK },
	{ .name = "object-service",
		.kind = CAPTURE_PARSED,
		.parse = parse_object,
		.group = OBJECT_GROUP_SERVICE },
	{ .name = "time-window", .kind = CAPTURE_PARSED, .parse = parse_window },
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
