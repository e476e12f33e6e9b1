/*
 * lists.c - generated lists of three characters, in the manner of ClassBench (Taylor and Turner,
 * "ClassBench: A Packet Classification Benchmark", 2005): addresses come from nested prefixes of a few
 * sites, with the lengths, the ports and the protocols in the mixes that such lists have.
 *
 *   access    what guards a site: destinations exact, sources wide, one well-known port
 *   firewall  what stands between zones: one side or the other is `any`, both ports, wide ranges
 *   provider  what a provider keeps for customers: pairs of prefixes of all lengths
 *
 * No state but the caller's.
 */
#include "bench/classify/lists.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/lib/dice.h"

enum {
	TCP = 6,
	UDP = 17,
	ICMP = 1,
	ZIPF_FLOWS = 65536,
	MISS_TRIES = 64, /* packets drawn for each that is wanted */
};

const char *const bench_character_name[] = { "access", "firewall", "provider" };
const char *const bench_traffic_name[] = { "fresh", "skewed", "misses" };

struct share { /* one of several choices, in hundredths */
	unsigned percent, value;
};

enum port_kind { WILD, EXACT, HIGH, LOW, SOME };

/* What makes the character: shares that sum to a hundred. */
static const struct character {
	struct share src_len[6], dst_len[6], sport[5], dport[5], proto[4];
} characters[] = {
	[BENCH_ACCESS] = {
		.src_len = { { 35, 0 }, { 10, 12 }, { 15, 16 }, { 20, 24 }, { 10, 28 }, { 10, 32 } },
		.dst_len = { { 2, 0 }, { 3, 16 }, { 12, 24 }, { 8, 27 }, { 5, 30 }, { 70, 32 } },
		.sport = { { 99, WILD }, { 1, HIGH } },
		.dport = { { 8, WILD }, { 72, EXACT }, { 6, HIGH }, { 14, SOME } },
		.proto = { { 75, TCP }, { 17, UDP }, { 4, ICMP }, { 4, 0 } },
	},
	[BENCH_FIREWALL] = {
		.src_len = { { 32, 0 }, { 6, 8 }, { 12, 16 }, { 15, 24 }, { 5, 28 }, { 30, 32 } },
		.dst_len = { { 30, 0 }, { 4, 8 }, { 10, 16 }, { 16, 24 }, { 5, 29 }, { 35, 32 } },
		.sport = { { 72, WILD }, { 10, EXACT }, { 14, HIGH }, { 2, LOW }, { 2, SOME } },
		.dport = { { 22, WILD }, { 52, EXACT }, { 12, HIGH }, { 2, LOW }, { 12, SOME } },
		.proto = { { 62, TCP }, { 25, UDP }, { 6, ICMP }, { 7, 0 } },
	},
	[BENCH_PROVIDER] = {
		.src_len = { { 8, 0 }, { 7, 12 }, { 20, 18 }, { 35, 24 }, { 10, 29 }, { 20, 32 } },
		.dst_len = { { 7, 0 }, { 6, 10 }, { 18, 17 }, { 34, 24 }, { 10, 30 }, { 25, 32 } },
		.sport = { { 82, WILD }, { 12, EXACT }, { 4, HIGH }, { 2, SOME } },
		.dport = { { 38, WILD }, { 44, EXACT }, { 10, HIGH }, { 8, SOME } },
		.proto = { { 55, TCP }, { 25, UDP }, { 5, ICMP }, { 15, 0 } },
	},
};

/* Where the list's addresses are: sites, networks within them, hosts nested in those. */
struct sites {
	uint32_t *network;
	size_t n;
};

static void *
must(void *p)
{
	if (p == NULL) {
		perror("bench/classify");
		abort();
	}
	return p;
}

static unsigned
pick(struct dice *d, const struct share *share)
{
	unsigned left = dice_below(d, 100);

	while (left >= share->percent)
		left -= share++->percent;
	return share->value;
}

/* About one /24 for eight entries, in /16s that are themselves near each other. */
static struct sites
make_sites(struct dice *d, size_t entries)
{
	size_t bases = 4 + entries / 1000;
	struct sites s = { .n = 16 + entries / 8 };
	uint32_t *base = must(calloc(bases, sizeof(*base)));

	for (size_t i = 0; i < bases; i++)
		base[i] = (uint32_t)dice_roll(d) & 0xffff0000;
	s.network = must(calloc(s.n, sizeof(*s.network)));
	for (size_t i = 0; i < s.n; i++)
		s.network[i] = base[dice_below(d, (uint32_t)bases)] | dice_below(d, 256) << 8;
	free(base);
	return s;
}

static void
random_side(struct dice *d, const struct sites *s, unsigned len, uint32_t *addr, uint32_t *wild)
{
	/* Some networks are talked about more than others. */
	uint32_t at = dice_below(d, dice_below(d, (uint32_t)s->n) + 1);

	*wild = len == 0 ? UINT32_MAX : len == 32 ? 0 : UINT32_MAX >> len;
	*addr = (s->network[at] | dice_below(d, 256)) & ~*wild;
}

static void
random_ports(struct dice *d, enum port_kind kind, uint16_t port[2])
{
	static const uint16_t known[] = { 80, 443, 25, 53, 22, 23, 110, 143, 389, 1433, 1521, 3306,
		3389, 8080, 161, 123, 137, 138, 139, 445, 500, 514, 993, 995, 5060, 636 };
	static const uint16_t range[][2] = { { 20, 21 }, { 135, 139 }, { 6000, 6063 },
		{ 8000, 8100 }, { 5000, 5010 }, { 49152, 65535 }, { 33434, 33523 },
		{ 1024, 5000 } };

	port[0] = 0;
	port[1] = UINT16_MAX;
	switch (kind) {
	case WILD:
		break;
	case EXACT:
		port[0] = port[1] = dice_one_in(d, 5) ? (uint16_t)dice_roll(d)
						      : known[dice_below(d, dice_below(d, 26) + 1)];
		break;
	case HIGH:
		port[0] = 1024;
		break;
	case LOW:
		port[1] = 1023;
		break;
	case SOME:
		memcpy(port, range[dice_below(d, 8)], sizeof(range[0]));
		if (!dice_one_in(d, 3))
			break;
		port[0] = (uint16_t)dice_below(d, 60000);
		port[1] = (uint16_t)(port[0] + 1 + dice_below(d, 2000));
		break;
	}
}

/* Moves some don't-care bits to the middle of the address. */
static void
make_odd(struct dice *d, uint32_t *addr, uint32_t *wild)
{
	*wild = dice_one_in(d, 2) ? 0x0000ff00 : 0x00ff0000;
	if (dice_one_in(d, 2))
		*wild = (uint32_t)dice_roll(d) & (uint32_t)dice_roll(d) & 0x00ffffff;
	*addr &= ~*wild;
}

static struct bench_rule
random_rule(struct dice *d, const struct character *c, const struct sites *src,
	const struct sites *dst, unsigned odd_percent)
{
	struct bench_rule r = { .action = dice_below(d, 4) == 0 ? ACL_DENY : ACL_PERMIT };

	random_side(d, src, pick(d, c->src_len), &r.src, &r.src_wild);
	random_side(d, dst, pick(d, c->dst_len), &r.dst, &r.dst_wild);
	r.proto = (uint8_t)pick(d, c->proto);
	r.any_proto = r.proto == 0;
	random_ports(d, WILD, r.sport);
	random_ports(d, WILD, r.dport);
	if (r.proto == TCP || r.proto == UDP) {
		random_ports(d, (enum port_kind)pick(d, c->sport), r.sport);
		random_ports(d, (enum port_kind)pick(d, c->dport), r.dport);
	}
	if (dice_below(d, 100) < odd_percent) {
		if (dice_one_in(d, 2))
			make_odd(d, &r.src, &r.src_wild);
		else
			make_odd(d, &r.dst, &r.dst_wild);
	}
	return r;
}

/* Would it swallow all that follows it? */
static bool
is_too_wide(const struct bench_rule *r)
{
	unsigned fixed = (unsigned)__builtin_popcount(~r->src_wild) +
			 (unsigned)__builtin_popcount(~r->dst_wild);

	return fixed < 16;
}

static struct ace_ports
ports_of(const uint16_t port[2])
{
	struct ace_ports p = { .op = PORT_ANY };

	if (port[0] == 0 && port[1] == UINT16_MAX)
		return p;
	p.op = port[0] == port[1] ? PORT_EQ : PORT_RANGE;
	p.n = port[0] == port[1] ? 1 : 2;
	memcpy(p.port, port, sizeof(p.port));
	if (p.n == 1)
		p.port[1] = 0;
	return p;
}

static struct ace
ace_of(const struct bench_rule *r)
{
	struct ace ace = {
		.kind = ACL_EXTENDED,
		.action = r->action,
		.src6 = { 0 },
		.dscp = ACE_UNSET,
		.precedence = ACE_UNSET,
		.tos = ACE_UNSET,
		.icmp_type = ICMP_ANY,
		.icmp_code = ICMP_ANY,
		.any_proto = r->any_proto,
		.proto = r->proto,
	};

	ace.src = (struct ace_addr){ r->src, r->src_wild };
	ace.dst = (struct ace_addr){ r->dst, r->dst_wild };
	ace.sport = ports_of(r->sport);
	ace.dport = ports_of(r->dport);
	return ace;
}

struct bench_list
bench_list_make(enum bench_character character, size_t n, unsigned odd_percent, uint64_t seed)
{
	struct dice d = { .state = seed * 1000003 + (uint64_t)character };
	struct bench_list l = { .acl = must(acl_create("bench", ACL_EXTENDED, 1)) };
	struct sites src = make_sites(&d, n), dst = make_sites(&d, n);
	struct parse_error err;

	l.rule = must(calloc(n, sizeof(*l.rule)));
	while (l.n < n) {
		struct bench_rule r =
			random_rule(&d, &characters[character], &src, &dst, odd_percent);
		struct ace ace = ace_of(&r);

		if (!is_too_wide(&r) && acl_add(l.acl, 0, &ace, &err) == 1)
			l.rule[l.n++] = r;
	}
	free(src.network);
	free(dst.network);
	return l;
}

void
bench_list_fini(struct bench_list *l)
{
	acl_destroy(l->acl);
	free(l->rule);
}

/* ---- traffic ---- */

/* As the parser fills it: what the protocol has. */
static void
random_layer4(struct dice *d, struct acl_key *key)
{
	key->ttl = 64;
	if (key->proto == TCP || key->proto == UDP)
		key->has |= ACL_HAS_PORTS;
	else
		key->sport = key->dport = 0;
	if (key->proto == TCP) {
		key->has |= ACL_HAS_TCP_FLAGS;
		key->tcp_flags = dice_one_in(d, 8) ? 2 : 16;
	}
	if (key->proto == ICMP) {
		key->has |= ACL_HAS_ICMP;
		key->icmp_type = dice_one_in(d, 2) ? 0 : 8;
	}
}

static uint16_t
port_within(struct dice *d, const uint16_t port[2])
{
	return (uint16_t)(port[0] + dice_below(d, port[1] - port[0] + 1U));
}

static struct acl_key
key_for(struct dice *d, const struct bench_rule *r)
{
	static const uint8_t proto[] = { TCP, TCP, TCP, UDP, UDP, ICMP, 47, 50 };
	struct acl_key key = { .src6 = { 0 } };

	key.src = r->src | ((uint32_t)dice_roll(d) & r->src_wild);
	key.dst = r->dst | ((uint32_t)dice_roll(d) & r->dst_wild);
	key.proto = r->any_proto ? proto[dice_below(d, 8)] : r->proto;
	key.sport = port_within(d, r->sport);
	key.dport = port_within(d, r->dport);
	random_layer4(d, &key);
	return key;
}

/* Half of them are about addresses that the list speaks of, half about any at all. */
static struct acl_key
random_key_of(struct dice *d, const struct bench_list *l)
{
	struct bench_rule any = { .src_wild = UINT32_MAX,
		.dst_wild = UINT32_MAX,
		.sport = { 0, UINT16_MAX },
		.dport = { 0, UINT16_MAX },
		.any_proto = true };

	if (dice_one_in(d, 2)) {
		const struct bench_rule *a = &l->rule[dice_below(d, (uint32_t)l->n)];
		const struct bench_rule *b = &l->rule[dice_below(d, (uint32_t)l->n)];

		any.src = a->src;
		any.src_wild = a->src_wild;
		any.dst = b->dst;
		any.dst_wild = b->dst_wild;
	}
	return key_for(d, &any);
}

static void
make_misses(struct dice *d, const struct bench_list *l, const struct acl_program *p,
	struct acl_key *key, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (int tries = 0; tries < MISS_TRIES; tries++) {
			struct acl_verdict v;

			key[i] = random_key_of(d, l);
			acl_classify(p, &key[i], NULL, 1, 1, &v);
			if (v.implicit)
				break;
		}
}

static void
make_skewed(struct dice *d, const struct bench_list *l, struct acl_key *key, size_t n)
{
	struct acl_key *flow = must(calloc(ZIPF_FLOWS, sizeof(*flow)));

	for (size_t i = 0; i < ZIPF_FLOWS; i++)
		flow[i] = key_for(d, &l->rule[dice_below(d, (uint32_t)l->n)]);
	/* The inverse of the Zipf distribution's integral for s = 1. */
	for (size_t i = 0; i < n; i++) {
		double u = (double)(dice_roll(d) >> 11) / (double)(UINT64_C(1) << 53);
		size_t rank = (size_t)exp(u * log(ZIPF_FLOWS)) - 1;

		key[i] = flow[rank < ZIPF_FLOWS ? rank : ZIPF_FLOWS - 1];
	}
	free(flow);
}

void
bench_traffic_make(enum bench_traffic traffic, const struct bench_list *l,
	const struct acl_program *p, uint64_t seed, struct acl_key *key, size_t n)
{
	struct dice d = { .state = seed * 7919 + (uint64_t)traffic };

	switch (traffic) {
	case BENCH_FRESH:
		for (size_t i = 0; i < n; i++)
			key[i] = key_for(&d, &l->rule[dice_below(&d, (uint32_t)l->n)]);
		break;
	case BENCH_SKEWED:
		make_skewed(&d, l, key, n);
		break;
	case BENCH_MISSES:
		make_misses(&d, l, p, key, n);
		break;
	case BENCH_TRAFFICS:
		break;
	}
}
