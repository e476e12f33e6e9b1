/*
 * ace_equal.c - when are two entries the same, and the hash that goes with it.
 *
 * The same means: the same meaning, and the same text when displayed; `eq www telnet` and
 * `eq telnet www` are two entries, as on IOS.  Since what is displayed is made from these fields
 * and nothing else, comparing the fields decides both.  Pure functions.
 */
#include "acl/acl_internal.h"

#include <string.h>

static bool
ports_equal(const struct ace_ports *a, const struct ace_ports *b)
{
	return a->op == b->op && a->n == b->n &&
	       memcmp(a->port, b->port, a->n * sizeof(a->port[0])) == 0;
}

static bool
address_equal(const struct ace_addr *a, const struct ace_addr *b)
{
	return a->addr == b->addr && a->wild == b->wild;
}

bool
ace_equal(const struct ace *a, const struct ace *b)
{
	if (a->is_remark || b->is_remark)
		return a->is_remark && b->is_remark && a->remark_len == b->remark_len &&
		       memcmp(a->remark, b->remark, a->remark_len) == 0;
	return a->action == b->action && a->any_proto == b->any_proto &&
	       a->proto_other == b->proto_other && a->proto == b->proto &&
	       address_equal(&a->src, &b->src) && address_equal(&a->dst, &b->dst) &&
	       ports_equal(&a->sport, &b->sport) && ports_equal(&a->dport, &b->dport) &&
	       a->flags_op == b->flags_op && a->flags == b->flags && a->icmp_type == b->icmp_type &&
	       a->icmp_code == b->icmp_code && a->log == b->log;
}

/* FNV-1a's step over whole values, with a shift so that high bits reach low ones. */
static uint64_t
mix(uint64_t hash, uint64_t value)
{
	hash = (hash ^ value) * 0x100000001b3ULL;
	return hash ^ hash >> 29;
}

static uint64_t
mix_ports(uint64_t hash, const struct ace_ports *p)
{
	hash = mix(hash, (uint64_t)p->op << 8 | p->n);
	for (unsigned i = 0; i < p->n; i++)
		hash = mix(hash, p->port[i]);
	return hash;
}

uint32_t
ace_hash(const struct ace *ace)
{
	uint64_t hash = 0xcbf29ce484222325ULL;

	if (ace->is_remark) {
		for (unsigned i = 0; i < ace->remark_len; i++)
			hash = mix(hash, (unsigned char)ace->remark[i]);
		return (uint32_t)(hash ^ hash >> 32);
	}
	hash = mix(hash, (uint64_t)ace->src.addr << 32 | ace->src.wild);
	hash = mix(hash, (uint64_t)ace->dst.addr << 32 | ace->dst.wild);
	hash = mix(hash, (uint64_t)ace->proto << 24 | (uint64_t)ace->flags << 16 |
				 (uint64_t)ace->flags_op << 8 | ace->log);
	hash = mix(hash, (uint64_t)(uint16_t)ace->icmp_type << 16 | (uint16_t)ace->icmp_code);
	hash = mix(hash,
		(uint64_t)ace->action << 2 | (uint64_t)ace->any_proto << 1 | ace->proto_other);
	hash = mix_ports(hash, &ace->sport);
	hash = mix_ports(hash, &ace->dport);
	return (uint32_t)(hash ^ hash >> 32);
}
