/*
 * ace_equal.c - when are two entries the same, and the hash that goes with it.
 *
 * The same means: the same meaning, and the same text when displayed; `eq www telnet` and
 * `eq telnet www` are two entries, as on IOS.  Since what is displayed is made from these fields
 * and nothing else, comparing the fields decides both.  Both entries are of lists of the same kind.
 * Pure functions.
 */
#include "acl/acl_internal.h"

#include <string.h>

#include "acl/ace_internal.h"

/* The union of addresses as numbers, whatever the kind. */
enum { ADDRESS_WORDS = 4 };
_Static_assert(offsetof(struct ace, sport) - offsetof(struct ace, src6) ==
		       ADDRESS_WORDS * sizeof(uint64_t),
	"the widest addresses fill the union");

static bool
ports_equal(const struct ace *a, const struct ace_ports *ap, const struct ace *b,
	const struct ace_ports *bp)
{
	if (ap->op != bp->op || ap->n != bp->n)
		return false;
	for (unsigned i = 0; i < ap->n; i++)
		if (ace_port(a, ap, i) != ace_port(b, bp, i))
			return false;
	return true;
}

static bool
texts_equal(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return strcmp(a, b) == 0;
}

/* The ports aside, which are compared with the entry's other ports. */
static bool
rare_equal(const struct ace_rare *a, const struct ace_rare *b)
{
	if (a == b)
		return true;
	for (size_t i = 0; i < ACE_RARE_TEXTS; i++)
		if (!texts_equal(ace_rare_text_of(a, i), ace_rare_text_of(b, i)))
			return false;
	return a->reflect_timeout_s == b->reflect_timeout_s && a->ttl_op == b->ttl_op &&
	       a->ttl[0] == b->ttl[0] && a->ttl[1] == b->ttl[1] && a->option == b->option &&
	       a->flow_label == b->flow_label && a->routing_type == b->routing_type &&
	       a->mobility_type == b->mobility_type && a->ethertype == b->ethertype &&
	       a->lsap == b->lsap && a->type_wild == b->type_wild && a->vlan == b->vlan &&
	       a->cos == b->cos;
}

bool
ace_equal(const struct ace *a, const struct ace *b)
{
	if (a->is_remark || b->is_remark)
		return a->is_remark && b->is_remark &&
		       strcmp(a->rare->remark, b->rare->remark) == 0;
	return a->action == b->action && a->is_evaluate == b->is_evaluate &&
	       a->any_proto == b->any_proto && a->proto_other == b->proto_other &&
	       a->fragments == b->fragments && a->undetermined == b->undetermined &&
	       a->proto == b->proto && a->src_len == b->src_len && a->dst_len == b->dst_len &&
	       a->log == b->log && a->ext == b->ext &&
	       memcmp(&a->src6, &b->src6, ADDRESS_WORDS * sizeof(uint64_t)) == 0 &&
	       ports_equal(a, &a->sport, b, &b->sport) && ports_equal(a, &a->dport, b, &b->dport) &&
	       a->flags_op == b->flags_op && a->flags == b->flags &&
	       a->flags_clear == b->flags_clear && a->dscp == b->dscp &&
	       a->precedence == b->precedence && a->tos == b->tos && a->icmp_type == b->icmp_type &&
	       a->icmp_code == b->icmp_code && rare_equal(ace_rare_of(a), ace_rare_of(b));
}

/* FNV-1a's step over whole values, with a shift so that high bits reach low ones. */
static uint64_t
mix(uint64_t hash, uint64_t value)
{
	hash = (hash ^ value) * 0x100000001b3ULL;
	return hash ^ hash >> 29;
}

static uint64_t
mix_ports(uint64_t hash, const struct ace *ace, const struct ace_ports *p)
{
	hash = mix(hash, (uint64_t)p->op << 8 | p->n);
	for (unsigned i = 0; i < p->n; i++)
		hash = mix(hash, ace_port(ace, p, i));
	return hash;
}

static uint64_t
mix_rare(uint64_t hash, const struct ace_rare *rare)
{
	for (size_t i = 0; i < ACE_RARE_TEXTS; i++) {
		const char *text = ace_rare_text_of(rare, i);

		hash = mix(hash, i);
		for (; text != NULL && *text != '\0'; text++)
			hash = mix(hash, (unsigned char)*text);
	}
	hash = mix(hash, rare->reflect_timeout_s);
	hash = mix(hash, (uint64_t)rare->ttl_op << 16 | (uint64_t)rare->ttl[0] << 8 | rare->ttl[1]);
	hash = mix(hash, (uint64_t)(uint32_t)rare->flow_label << 32 | (uint16_t)rare->option);
	hash = mix(
		hash, (uint64_t)(uint16_t)rare->routing_type << 16 | (uint16_t)rare->mobility_type);
	hash = mix(hash, (uint64_t)(uint32_t)rare->ethertype << 32 | (uint32_t)rare->lsap);
	return mix(hash, (uint64_t)rare->type_wild << 32 | (uint64_t)(uint16_t)rare->vlan << 16 |
				 (uint8_t)rare->cos);
}

uint32_t
ace_hash(const struct ace *ace)
{
	const uint64_t address[ADDRESS_WORDS] = { ace->src6[0], ace->src6[1], ace->dst6[0],
		ace->dst6[1] };
	uint64_t hash = 0xcbf29ce484222325ULL;

	for (size_t i = 0; i < ADDRESS_WORDS; i++)
		hash = mix(hash, address[i]);
	hash = mix(hash, (uint64_t)ace->src_len << 8 | ace->dst_len);
	hash = mix(hash, (uint64_t)ace->proto << 40 | (uint64_t)ace->flags << 32 |
				 (uint64_t)ace->flags_clear << 24 | (uint64_t)ace->flags_op << 16 |
				 (uint64_t)ace->ext << 8 | ace->log);
	hash = mix(hash, (uint64_t)(uint16_t)ace->icmp_type << 16 | (uint16_t)ace->icmp_code);
	hash = mix(hash, (uint64_t)(uint8_t)ace->dscp << 16 |
				 (uint64_t)(uint8_t)ace->precedence << 8 | (uint8_t)ace->tos);
	hash = mix(hash, (uint64_t)ace->action << 6 | (uint64_t)ace->is_remark << 5 |
				 (uint64_t)ace->is_evaluate << 4 | (uint64_t)ace->any_proto << 3 |
				 (uint64_t)ace->proto_other << 2 | (uint64_t)ace->fragments << 1 |
				 ace->undetermined);
	hash = mix_ports(hash, ace, &ace->sport);
	hash = mix_ports(hash, ace, &ace->dport);
	if (ace->rare != NULL)
		hash = mix_rare(hash, ace->rare);
	return (uint32_t)(hash ^ hash >> 32);
}
