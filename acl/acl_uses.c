/*
 * acl_uses.c - what a list's entries refer to by name: which lists must be compiled again when a time
 * range opens or a group changes, and where reflexive lists are made.
 *
 * A walk over the list for each question; most entries refer to nothing.  Control thread.
 */
#include "acl/acl_internal.h"

#include <string.h>

#include "acl/ace_internal.h"

static bool
same(const char *text, const char *name)
{
	return text != NULL && strcmp(text, name) == 0;
}

/* The rare parts of item i, the empty ones if it has none. */
static const struct ace_rare *
rare_at(const struct acl *acl, size_t i)
{
	return ace_rare_of(&acl_at(acl, i)->ace);
}

bool
acl_uses_time_range(const struct acl *acl, const char *name)
{
	for (size_t i = 0; i < acl_length(acl); i++)
		if (same(rare_at(acl, i)->time_range, name))
			return true;
	return false;
}

bool
acl_uses_object_group(const struct acl *acl, const char *name)
{
	for (size_t i = 0; i < acl_length(acl); i++) {
		const struct ace_rare *rare = rare_at(acl, i);

		if (same(rare->service, name) || same(rare->src_group, name) ||
			same(rare->dst_group, name))
			return true;
	}
	return false;
}

bool
acl_uses_reflexive(const struct acl *acl, const char *name, bool *reflects)
{
	bool uses = false;

	*reflects = false;
	for (size_t i = 0; i < acl_length(acl); i++) {
		if (!same(rare_at(acl, i)->reflexive, name))
			continue;
		uses = true;
		if (!acl_at(acl, i)->ace.is_evaluate)
			*reflects = true;
	}
	return uses;
}
