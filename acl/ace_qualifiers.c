/*
 * ace_qualifiers.c - the table of the words behind the addresses and ports of an entry.
 *
 * In the order in which entries are displayed; `?` sorts by itself.  To add a qualifier: its words
 * in ace_names.c, its fields in struct ace (and in ace_equal() and the hash beside it), its functions
 * and its row in one of the files below, its name here, and its test in the compiled program.
 * Parsing, help, display, the reference matcher and the fragment rules then know it.
 *
 * Constant data and pure functions.
 */
#include "acl/ace_internal.h"

const struct ace_qualifier *const ace_qualifiers[] = {
	&ace_icmp,
	&ace_igmp,
	&ace_icmpv6,
	&ace_established,
	&ace_flags,
	&ace_match_all,
	&ace_match_any,
	&ace_precedence,
	&ace_tos,
	&ace_dscp,
	&ace_flow_label,
	&ace_option,
	&ace_ttl,
	&ace_fragments,
	&ace_extension,
	&ace_mobility_type,
	&ace_routing_type,
	&ace_undetermined,
	&ace_log,
	&ace_log_input,
	&ace_time_range,
	&ace_reflect,
};
const size_t ace_qualifier_count = sizeof(ace_qualifiers) / sizeof(ace_qualifiers[0]);

bool
ace_has_layer4(const struct ace *ace)
{
	if (ace_rare_of(ace)->service != NULL || ace->sport.op != PORT_ANY ||
		ace->dport.op != PORT_ANY)
		return true;
	for (size_t i = 0; i < ace_qualifier_count; i++)
		if (ace_qualifiers[i]->layer4 && ace_qualifiers[i]->is_set(ace))
			return true;
	return false;
}

bool
ace_qualifiers_match(
	const struct ace *ace, const struct acl_env *env, const struct acl_key *key, bool layer4)
{
	for (size_t i = 0; i < ace_qualifier_count; i++) {
		const struct ace_qualifier *q = ace_qualifiers[i];

		if (q->layer4 != layer4 || q->match == NULL || !q->is_set(ace))
			continue;
		if (!q->match(ace, env, key))
			return false;
	}
	return true;
}
