/*
 * running_config_lists.c - access lists, and what their entries name, in the running configuration.
 *
 * Classic IOS 15.x prints IPv4 lists without sequence numbers, numbered ones as `access-list N ...`
 * lines near the end.  With `ip access-list persistent` the form is that of newer IOS: every IPv4
 * list is an `ip access-list` block, each entry with its number and one blank behind `deny`, a
 * remark with the number of the entry it stands before (reference 2.3; client contract section 6).
 * Both read back to what they were made from, the second with its numbers.
 *
 * An IPv6 entry's number is printed where reading the line without it would give another, or
 * always in the newer form.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/show/show_internal.h"

enum { SEQ_STEP = 10 };

static bool
persistent(const struct router *r)
{
	return router_service(r, SERVICE_ACCESS_LIST_PERSISTENT);
}

/* The newer form: because it is configured, or because the text is to lose nothing. */
static bool
in_full(const struct text *t, const struct router *r)
{
	return t->numbered || persistent(r);
}

/* ---- what entries name ---- */

void
running_config_object_groups(struct text *t, struct router *r)
{
	const struct object_group *g;

	for (size_t i = 0; (g = object_groups_at(r, i)) != NULL; i++) {
		text_addf(t, "object-group %s %s\n",
			object_group_kind(g) == OBJECT_GROUP_NETWORK ? "network" : "service",
			object_group_name(g));
		if (object_group_description(g)[0] != '\0')
			text_addf(t, " description %s\n", object_group_description(g));
		show_object_members(t, g);
		text_add(t, "!\n");
	}
}

void
running_config_time_ranges(struct text *t, struct router *r)
{
	const struct time_range *range;
	const struct time_window *w;
	char words[TIME_RANGE_TEXT_MAX];

	for (size_t i = 0; (range = time_ranges_at(r, i)) != NULL; i++) {
		text_addf(t, "time-range %s\n", time_range_name(range));
		for (size_t k = 0; (w = time_range_at(range, k)) != NULL; k++) {
			time_window_format(w, words, sizeof(words));
			text_addf(t, " %s\n", words);
		}
		text_add(t, "!\n");
	}
}

void
running_config_list_options(struct text *t, struct router *r)
{
	uint32_t threshold = acl_log_threshold(r), interval = acl_log_interval(r);
	uint32_t timeout = reflexive_lists_timeout(r);
	size_t before = t->len;

	if (persistent(r))
		text_add(t, "ip access-list persistent\n");
	if (threshold != 0)
		text_addf(t, "ip access-list log-update threshold %" PRIu32 "\n", threshold);
	if (interval != 0)
		text_addf(t, "ip access-list logging interval %" PRIu32 "\n", interval);
	if (timeout != REFLEXIVE_TIMEOUT_DEFAULT_S)
		text_addf(t, "ip reflexive-list timeout %" PRIu32 "\n", timeout);
	if (t->len != before)
		text_add(t, "!\n");
}

/* ---- the classic form ---- */

/*
 * Whether every entry of a numbered list may be typed as `access-list N ...`.  One made in
 * `ip access-list` mode may hold what the numbered form refuses (several ports after eq), and an
 * empty one has no line at all; both are printed the way they were typed, or they would be lost.
 */
static bool
fits_numbered_form(const struct acl *acl)
{
	for (size_t i = 0; i < acl_length(acl); i++) {
		char line[ACE_TEXT_MAX];
		struct word w[WORDS_MAX];
		struct parse_error err;
		struct word_reader reader = { .line = line, .word = w, .err = &err };
		struct ace_room room;
		struct ace ace;

		ace_format(&acl_at(acl, i)->ace, ACE_CONFIG, NULL, line, sizeof(line));
		reader.n = words_split(line, w, WORDS_MAX);
		if (ace_parse(&reader, acl_kind(acl), ACE_IN_NUMBERED, &ace, &room) < 0)
			return false;
	}
	return acl_length(acl) > 0;
}

static bool
prints_as_numbered(const struct text *t, const struct router *r, const struct acl *acl)
{
	enum acl_kind kind;

	if (in_full(t, r))
		return false;
	return acl_number_kind(acl_name(acl), &kind) && fits_numbered_form(acl);
}

/* Each entry and remark on a line of its own, behind `prefix`. */
static void
add_entries(struct text *t, const struct acl *acl, const char *prefix)
{
	char words[ACE_TEXT_MAX];

	for (size_t i = 0; i < acl_length(acl); i++) {
		ace_format(&acl_at(acl, i)->ace, ACE_CONFIG, NULL, words, sizeof(words));
		text_addf(t, "%s%s\n", prefix, words);
	}
}

/* The lists whose number is lo..hi; lists_at() gives those of a kind in ascending order. */
static bool
add_number_range(struct text *t, struct router *r, unsigned long lo, unsigned long hi)
{
	char prefix[32 + ACL_NAME_MAX];
	const struct acl *acl;
	bool any = false;

	for (size_t i = 0; (acl = lists_at(r, i)) != NULL; i++) {
		unsigned long number = strtoul(acl_name(acl), NULL, 10);

		if (number < lo || number > hi || !prints_as_numbered(t, r, acl))
			continue;
		snprintf(prefix, sizeof(prefix), "access-list %s ", acl_name(acl));
		add_entries(t, acl, prefix);
		any = true;
	}
	return any;
}

/* Standard and extended ranges alternate, so that the numbers ascend over both kinds. */
bool
running_config_numbered_lists(struct text *t, struct router *r)
{
	static const struct {
		unsigned long lo, hi;
	} ranges[] = { { 1, 99 }, { 100, 199 }, { 1300, 1999 }, { 2000, 2699 } };
	bool any = false;

	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		any |= add_number_range(t, r, ranges[i].lo, ranges[i].hi);
	return any;
}

/* ---- the newer form ---- */

/* The number of the entry that follows item i; 0 when none does. */
static uint32_t
following_seq(const struct acl *acl, size_t i)
{
	for (; i < acl_length(acl); i++)
		if (!acl_at(acl, i)->ace.is_remark)
			return acl_at(acl, i)->seq;
	return 0;
}

static void
add_numbered_entries(struct text *t, const struct acl *acl)
{
	static const char padded[] = "deny   ";
	char words[ACE_TEXT_MAX];

	for (size_t i = 0; i < acl_length(acl); i++) {
		uint32_t seq = following_seq(acl, i);
		const char *rest = words;

		ace_format(&acl_at(acl, i)->ace, ACE_CONFIG, NULL, words, sizeof(words));
		text_add(t, " ");
		if (seq != 0)
			text_addf(t, "%" PRIu32 " ", seq);
		if (strncmp(words, padded, strlen(padded)) == 0) {
			text_add(t, "deny ");
			rest += strlen(padded);
		}
		text_addf(t, "%s\n", rest);
	}
}

/* ---- blocks ---- */

static void
add_ipv4_blocks(struct text *t, struct router *r, enum acl_kind kind)
{
	const struct acl *acl;
	bool any = false;

	for (size_t i = 0; (acl = lists_at(r, i)) != NULL; i++) {
		if (acl_kind(acl) != kind || prints_as_numbered(t, r, acl))
			continue;
		text_addf(t, "ip access-list %s %s\n",
			kind == ACL_STANDARD ? "standard" : "extended", acl_name(acl));
		if (in_full(t, r))
			add_numbered_entries(t, acl);
		else
			add_entries(t, acl, " ");
		any = true;
	}
	if (any)
		text_add(t, "!\n");
}

void
running_config_named_lists(struct text *t, struct router *r)
{
	add_ipv4_blocks(t, r, ACL_STANDARD);
	add_ipv4_blocks(t, r, ACL_EXTENDED);
}

static void
add_ipv6_entries(struct text *t, const struct acl *acl, bool numbers)
{
	char words[ACE_TEXT_MAX];
	uint32_t last = 0;

	for (size_t i = 0; i < acl_length(acl); i++) {
		const struct acl_entry *e = acl_at(acl, i);

		ace_format(&e->ace, ACE_CONFIG, NULL, words, sizeof(words));
		text_add(t, " ");
		if (!e->ace.is_remark) {
			if (numbers || e->seq != last + SEQ_STEP)
				text_addf(t, "sequence %" PRIu32 " ", e->seq);
			last = e->seq;
		}
		text_addf(t, "%s\n", words);
	}
}

void
running_config_other_lists(struct text *t, struct router *r)
{
	const struct acl *acl;

	for (size_t i = 0; (acl = lists_at(r, i)) != NULL; i++) {
		if (acl_kind(acl) == ACL_IPV6) {
			text_addf(t, "ipv6 access-list %s\n", acl_name(acl));
			add_ipv6_entries(t, acl, in_full(t, r));
		} else if (acl_kind(acl) == ACL_MAC) {
			text_addf(t, "mac access-list extended %s\n", acl_name(acl));
			add_entries(t, acl, " ");
		} else {
			continue;
		}
		text_add(t, "!\n");
	}
}
