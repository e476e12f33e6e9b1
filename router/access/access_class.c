/*
 * access_class.c - who may log in on a vty: the line's access class asked about the peer's address.
 *
 * The same entries as for packets, asked through the readable matcher: a login is rare, and unlike
 * the compiled program it can be asked without the reflexive tables, which are the worker's alone.
 * The packet is the login's first: a TCP SYN to port 23 (22 for SSH) of 0.0.0.0, as IOS logs it.  An undefined
 * list and one without entries let everyone in.
 *
 * Hits count where no interface does: at index 0.  Its counters are written by this thread only.
 */
#include <arpa/inet.h>
#include <string.h>

#include "router/internal.h"

enum { TCP = 6, TCP_SYN = 2, TELNET = 23, SSH = 22, SYN_BYTES = 40, SYN_BYTES_IPV6 = 60 };

static uint64_t
big_endian_64(const uint8_t *p)
{
	uint64_t v = 0;

	for (int i = 0; i < 8; i++)
		v = v << 8 | p[i];
	return v;
}

/* The login as a packet; false when the peer is not an address. */
static bool
key_of(const char *peer, uint16_t port, struct acl_key *key)
{
	struct in_addr v4;
	struct in6_addr v6;

	*key = (struct acl_key){ .proto = TCP,
		.tcp_flags = TCP_SYN,
		.sport = port,
		.dport = TELNET,
		.ttl = 255,
		.has = ACL_HAS_PORTS | ACL_HAS_TCP_FLAGS };
	if (inet_pton(AF_INET, peer, &v4) == 1) {
		key->src = ntohl(v4.s_addr);
		return true;
	}
	if (inet_pton(AF_INET6, peer, &v6) != 1)
		return false;
	key->has |= ACL_IS_IPV6;
	key->src6[0] = big_endian_64(v6.s6_addr);
	key->src6[1] = big_endian_64(v6.s6_addr + 8);
	return true;
}

static void
count_and_log(
	struct router *r, struct acl *acl, const struct acl_key *key, const struct acl_verdict *v)
{
	uint64_t now = clock_mono_ms(r->clock);
	struct acl_counters *c = acl_counters_on(acl, LINE_IFINDEX, ACL_IN, DP_THREADS);
	const struct dp_log_event ev = { .list_id = acl_id(acl),
		.slot = v->slot,
		.direction = ACL_IN,
		.action = v->action,
		.log = v->log,
		.packets = 1,
		.key = *key };

	if (c != NULL)
		acl_counters_hit(c, 0, v->slot, 1,
			(key->has & ACL_IS_IPV6) != 0 ? SYN_BYTES_IPV6 : SYN_BYTES, now);
	if (v->log != ACE_LOG_NONE)
		acl_log_packet(r, &ev);
}

bool
access_class_permits(
	struct router *r, const char *name, const struct line *l, const char *peer, uint16_t port)
{
	const struct acl_env env = { r->env.arg, r->env.object_group, r->env.time_range_active,
		NULL };
	struct acl_verdict v;
	struct acl_key key;
	struct acl *acl;

	if (!key_of(peer, port, &key))
		return false; /* a filter that cannot be asked lets nobody in */
	key.dport = l->transport == LINE_SSH ? SSH : TELNET;
	if ((key.has & ACL_IS_IPV6) != 0)
		acl = lists_find_kind(r, name, ACL_IPV6);
	else
		acl = lists_find(r, name);
	if (acl == NULL || acl_ace_count(acl) == 0)
		return true;
	v = acl_classify_reference(acl, &env, &key, clock_mono_ms(r->clock));
	count_and_log(r, acl, &key, &v);
	return v.action == ACL_PERMIT;
}

bool
line_admits(struct router *r, const struct line *l, const char *peer, uint16_t port)
{
	struct in6_addr v6;
	const char *name =
		inet_pton(AF_INET6, peer, &v6) == 1 ? l->ipv6_access_class : l->access_class;

	if (!login_admits(r, l, peer, port))
		return false;
	if (l->access_class[0] == '\0' && l->ipv6_access_class[0] == '\0')
		return true;
	return access_class_permits(r, name, l, peer, port);
}
