/*
 * reflexive.c - reflexive lists as `show access-lists` prints them: the temporary entries, each
 * with its matches and the seconds it has left.
 *
 * An entry reads like one that was typed, so ace_format() writes it.  A list without entries is not
 * shown (Cisco, "Configuring IP Session Filtering").  One table may hold both families; each is
 * shown with its own kind of lists.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/show/show_internal.h"

enum { TCP = 6, UDP = 17, SCTP = 132 };

static struct ace
ace_of(const struct reflexive_entry *e)
{
	bool ports = e->proto == TCP || e->proto == UDP || (e->ipv6 && e->proto == SCTP);
	struct ace ace = { .kind = e->ipv6 ? ACL_IPV6 : ACL_EXTENDED,
		.action = ACL_PERMIT,
		.proto = e->proto,
		.dscp = ACE_UNSET,
		.precedence = ACE_UNSET,
		.tos = ACE_UNSET,
		.icmp_type = ICMP_ANY,
		.icmp_code = ICMP_ANY };

	if (e->ipv6) {
		for (int half = 0; half < 2; half++) {
			ace.src6[half] = (uint64_t)e->src[2 * half] << 32 | e->src[2 * half + 1];
			ace.dst6[half] = (uint64_t)e->dst[2 * half] << 32 | e->dst[2 * half + 1];
		}
		ace.src_len = ace.dst_len = 128;
	} else {
		ace.src.addr = e->src[0];
		ace.dst.addr = e->dst[0];
	}
	if (ports) {
		ace.sport = (struct ace_ports){ .op = PORT_EQ, .n = 1, .port = { e->sport } };
		ace.dport = (struct ace_ports){ .op = PORT_EQ, .n = 1, .port = { e->dport } };
	}
	return ace;
}

static void
add_entry(struct text *t, const struct reflexive_entry *e)
{
	struct ace ace = ace_of(e);
	char words[ACE_TEXT_MAX];

	ace_format(&ace, ACE_SHOW, NULL, words, sizeof(words));
	/* IOS leaves the blank that parts the destination from its port, even without a port. */
	text_addf(t, "     %s%s", words, ace.dport.op == PORT_ANY && !e->ipv6 ? " " : "");
	show_matches(t, e->packets);
	text_addf(t, " (time left %" PRIu32 ")\n", e->left_s);
}

static int
add_table(struct text *t, struct router *r, const char *name, bool ipv6)
{
	struct reflexive_entry *entry;
	int n = reflexive_lists_entries(r, name, &entry);
	bool head = false;

	for (int i = 0; i < n; i++) {
		if (entry[i].ipv6 != ipv6)
			continue;
		if (!head)
			text_addf(t,
				ipv6 ? "IPv6 access list %s (reflexive)\n"
				     : "Reflexive IP access list %s\n",
				name);
		head = true;
		add_entry(t, &entry[i]);
	}
	free(entry);
	return n < 0 ? n : 0;
}

int
show_reflexive_lists(struct text *t, struct router *r, const char *name, bool ipv6)
{
	const char *at;
	int rc = 0;

	for (size_t i = 0; rc == 0 && (at = reflexive_lists_at(r, i)) != NULL; i++)
		if (name == NULL || strcmp(name, at) == 0)
			rc = add_table(t, r, at, ipv6);
	return rc;
}
