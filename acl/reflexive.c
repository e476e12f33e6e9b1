/*
 * reflexive.c - flows that may come back: learning them, knowing them again, and when they end.
 *
 * A flow is the mirror image of a packet that went out: addresses and ports changed round.  A
 * protocol without ports has one flow between two hosts.  The table itself is in reflexive_table.c.
 *
 * Belongs to one thread; never allocates once the table is there.
 */
#include <string.h>

#include "acl/acl.h"
#include "acl/reflexive_table.h"

enum {
	PROTO_TCP = 6,
	PROTO_UDP = 17,
	PROTO_SCTP = 132,
	TCP_FIN = 1,
	TCP_SYN = 2,
	TCP_RST = 4,
	TCP_ACK = 16,
	FIN_SENT = 1, /* by the side that the flow was learned from */
	FIN_CAME = 2,
	FIN_BOTH = FIN_SENT | FIN_CAME,
};

#define NONE REFLEXIVE_NONE

/* ---- packets ---- */

static bool
has_ports(uint8_t proto)
{
	return proto == PROTO_TCP || proto == PROTO_UDP || proto == PROTO_SCTP;
}

/* Is enough of the packet to be seen to tell its flow? */
static bool
tells_flow(const struct acl_key *key)
{
	if (key->has & (ACL_NONINITIAL | ACL_UNDETERMINED))
		return false;
	return !has_ports(key->proto) || (key->has & ACL_HAS_PORTS);
}

static uint8_t
flags_of(const struct acl_key *key)
{
	bool seen = key->proto == PROTO_TCP && (key->has & ACL_HAS_TCP_FLAGS);

	return seen && !(key->has & ACL_NONINITIAL) ? key->tcp_flags : 0;
}

/* The hosts of a packet that comes back. */
static struct reflexive_hosts
hosts_back(const struct acl_key *key)
{
	if (key->has & ACL_IS_IPV6)
		return (struct reflexive_hosts){
			.src = { key->src6[0], key->src6[1] },
			.dst = { key->dst6[0], key->dst6[1] },
			.ipv6 = true,
			.proto = key->proto,
		};
	return (struct reflexive_hosts){
		.src = { key->src }, .dst = { key->dst }, .proto = key->proto
	};
}

static struct reflexive_hosts
hosts_out(const struct acl_key *key)
{
	struct reflexive_hosts h = hosts_back(key);

	memcpy(h.src, key->has & ACL_IS_IPV6 ? key->dst6 : (uint64_t[2]){ key->dst }, 16);
	memcpy(h.dst, key->has & ACL_IS_IPV6 ? key->src6 : (uint64_t[2]){ key->src }, 16);
	return h;
}

/* ---- the life of a flow ---- */

/* A packet puts off its end; once both sides have said FIN nothing does any more. */
static void
refresh(struct reflexive *t, uint32_t at, uint64_t now_ms)
{
	const struct reflexive_flow *f = &t->flow[at];

	if (f->fins != FIN_BOTH)
		reflexive_flow_end(t, at, now_ms + f->timeout_s * UINT64_C(1000));
}

/* Follows the flags of a packet that one side sent; fin is that side's. */
static void
follow(struct reflexive *t, uint32_t at, uint8_t flags, uint8_t fin, uint64_t now_ms)
{
	struct reflexive_flow *f = &t->flow[at];
	bool closed = f->fins == FIN_BOTH;

	if (flags & TCP_RST) {
		reflexive_flow_drop(t, at);
		return;
	}
	if (!(flags & TCP_FIN))
		return;
	f->fins |= fin;
	if (!closed && f->fins == FIN_BOTH)
		reflexive_flow_end(t, at, now_ms + REFLEXIVE_FIN_MS);
}

bool
reflexive_learn(struct reflexive *t, const struct acl_key *key, uint32_t timeout_s, uint64_t now_ms)
{
	bool ports = has_ports(key->proto);
	uint16_t sport = ports ? key->dport : 0, dport = ports ? key->sport : 0;
	const struct reflexive_hosts h = hosts_out(key);
	uint8_t flags = flags_of(key);
	uint32_t pair, at = NONE;

	if (!tells_flow(key))
		return true;
	if (timeout_s == 0)
		timeout_s = REFLEXIVE_TIMEOUT_S;
	reflexive_expire(t, now_ms);
	pair = reflexive_pair_find(t, &h);
	if (pair != NONE)
		at = reflexive_flow_find(t, pair, sport, dport);
	if (at == NONE) {
		if (flags & TCP_RST)
			return true;
		if (t->n == t->max)
			return false;
		at = reflexive_flow_make(t, &h, sport, dport, now_ms + timeout_s * UINT64_C(1000));
	}
	if ((flags & (TCP_SYN | TCP_ACK)) == TCP_SYN)
		t->flow[at].fins = 0; /* a new connection where one has just closed */
	t->flow[at].timeout_s = timeout_s;
	refresh(t, at, now_ms);
	follow(t, at, flags, FIN_SENT, now_ms);
	return true;
}

/* The pair's newest flow that has not run out. */
static uint32_t
newest(const struct reflexive *t, uint32_t pair, uint64_t now_ms)
{
	uint32_t at = t->pair[pair].first;

	while (at != NONE && t->flow[at].end_ms <= now_ms)
		at = t->flow[at].sibling.next;
	return at;
}

bool
reflexive_match(struct reflexive *t, const struct acl_key *key, uint32_t packets, uint64_t now_ms)
{
	const struct reflexive_hosts h = hosts_back(key);
	bool ports = has_ports(key->proto), later = (key->has & ACL_NONINITIAL) != 0;
	uint32_t pair, at;

	if (t->n == 0 || (key->has & ACL_UNDETERMINED) || (!later && !tells_flow(key)))
		return false;
	pair = reflexive_pair_find(t, &h);
	if (pair == NONE)
		return false;
	at = later ? newest(t, pair, now_ms)
		   : reflexive_flow_find(t, pair, ports ? key->sport : 0, ports ? key->dport : 0);
	if (at == NONE || t->flow[at].end_ms <= now_ms)
		return false;
	t->flow[at].packets += packets;
	refresh(t, at, now_ms);
	follow(t, at, flags_of(key), FIN_CAME, now_ms);
	return true;
}

void
reflexive_expire(struct reflexive *t, uint64_t now_ms)
{
	uint32_t at;

	while ((at = reflexive_flow_due(t, now_ms)) != NONE)
		if (t->flow[at].end_ms <= now_ms)
			reflexive_flow_drop(t, at);
		else
			reflexive_flow_put_off(t, at);
}

/* ---- what the control thread sees ---- */

static void
copy_address(uint32_t out[4], const uint64_t addr[2], bool ipv6)
{
	memset(out, 0, 4 * sizeof(out[0]));
	if (!ipv6) {
		out[0] = (uint32_t)addr[0];
		return;
	}
	for (size_t i = 0; i < 4; i++)
		out[i] = (uint32_t)(addr[i / 2] >> (i % 2 == 0 ? 32 : 0));
}

size_t
reflexive_copy(const struct reflexive *t, struct reflexive_entry *out, size_t max, uint64_t now_ms)
{
	size_t n = 0;

	for (uint32_t at = t->age.next; at != NONE; at = t->flow[at].age.next) {
		const struct reflexive_flow *f = &t->flow[at];
		const struct reflexive_hosts *h = &t->pair[f->pair].hosts;
		struct reflexive_entry *e;

		if (f->end_ms <= now_ms || n++ >= max)
			continue;
		e = &out[n - 1];
		*e = (struct reflexive_entry){
			.ipv6 = h->ipv6,
			.proto = h->proto,
			.sport = f->sport,
			.dport = f->dport,
			.packets = f->packets,
			.left_s = (uint32_t)((f->end_ms - now_ms + 999) / 1000),
		};
		copy_address(e->src, h->src, h->ipv6);
		copy_address(e->dst, h->dst, h->ipv6);
	}
	return n;
}
