/*
 * object_group.c - `show object-group`: network groups, then service groups, each member as it was
 * typed.
 */
#include <string.h>

#include "cli/show/show_internal.h"

void
show_object_members(struct text *t, const struct object_group *g)
{
	const struct object *o;
	char words[OBJECT_TEXT_MAX];

	for (size_t i = 0; (o = object_group_at(g, i)) != NULL; i++) {
		object_format(o, words, sizeof(words));
		text_addf(t, " %s\n", words);
	}
}

void
show_object_group(struct text *t, struct router *r, const char *name)
{
	const struct object_group *g;

	for (size_t i = 0; (g = object_groups_at(r, i)) != NULL; i++) {
		if (name != NULL && strcmp(name, object_group_name(g)) != 0)
			continue;
		text_addf(t, "%s object group %s\n",
			object_group_kind(g) == OBJECT_GROUP_NETWORK ? "Network" : "Service",
			object_group_name(g));
		if (object_group_description(g)[0] != '\0')
			text_addf(t, " Description %s\n", object_group_description(g));
		show_object_members(t, g);
	}
}
