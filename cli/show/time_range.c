/*
 * time_range.c - `show time-range`: each range, its windows, and a line for every entry that uses
 * it.
 */
#include <string.h>

#include "cli/show/show_internal.h"

static void
add_users(struct text *t, struct router *r, const char *name)
{
	const struct acl *acl;

	for (size_t i = 0; (acl = lists_at(r, i)) != NULL; i++) {
		if (!acl_uses_time_range(acl, name))
			continue;
		for (size_t k = 0; k < acl_length(acl); k++) {
			const struct ace_rare *rare = acl_at(acl, k)->ace.rare;

			if (rare != NULL && rare->time_range != NULL &&
				strcmp(rare->time_range, name) == 0)
				text_addf(t, "   used in: %s ACL entry\n",
					acl_kind(acl) == ACL_IPV6 ? "IPv6" : "IP");
		}
	}
}

void
show_time_range(struct text *t, struct router *r, const char *name)
{
	const struct time_window *w;
	const struct time_range *range;
	char words[TIME_RANGE_TEXT_MAX];

	for (size_t i = 0; (range = time_ranges_at(r, i)) != NULL; i++) {
		const char *this = time_range_name(range);

		if (name != NULL && strcmp(name, this) != 0)
			continue;
		text_addf(t, "time-range entry: %s (%s)\n", this,
			time_ranges_active(r, this) ? "active" : "inactive");
		for (size_t k = 0; (w = time_range_at(range, k)) != NULL; k++) {
			time_window_format(w, words, sizeof(words));
			text_addf(t, "   %s\n", words);
		}
		add_users(t, r, this);
	}
}
