/*
 * peer_rte_acl.c - the peer: librte_acl as DPDK's own examples use it.
 *
 * Five fields; addresses by mask length, or by bit mask when the list has don't-care bits in the
 * middle, which is the only way that it takes those.  Its best algorithm, bursts of 256, no huge pages.
 * It reads packets of 16 bytes in network order, through pointers.
 */
#include "bench/classify/peer.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <rte_acl.h>
#include <rte_eal.h>
#include <rte_malloc.h>

enum { FIELDS = 5 };

RTE_ACL_RULE_DEF(rte_rule, FIELDS);

struct rte_packet {
	uint8_t proto, pad[3];
	uint32_t src, dst;
	uint16_t sport, dport;
};

struct peer {
	struct rte_acl_ctx *ctx;
	struct rte_packet *packet;
	size_t n;
};

static enum rte_acl_classify_alg best;

static const struct {
	enum rte_acl_classify_alg alg;
	const char *name;
} algorithms[] = {
	{ RTE_ACL_CLASSIFY_AVX512X32, "librte_acl AVX512x32" },
	{ RTE_ACL_CLASSIFY_AVX512X16, "librte_acl AVX512x16" },
	{ RTE_ACL_CLASSIFY_AVX2, "librte_acl AVX2" },
	{ RTE_ACL_CLASSIFY_SSE, "librte_acl SSE" },
	{ RTE_ACL_CLASSIFY_SCALAR, "librte_acl scalar" },
};

enum { ALGORITHMS = sizeof(algorithms) / sizeof(algorithms[0]) };

bool
peer_init(void)
{
	char *argv[] = { "classify", "--no-huge", "--no-shconf", "-m", "6144", "--no-pci",
		"--log-level=1", "--force-max-simd-bitwidth=512", NULL };
	struct rte_acl_param param = {
		.name = "probe", .socket_id = SOCKET_ID_ANY, .rule_size = RTE_ACL_RULE_SZ(FIELDS)
	};
	struct rte_acl_ctx *probe;
	size_t i = 0;

	param.max_rule_num = 1;
	if (rte_eal_init(sizeof(argv) / sizeof(argv[0]) - 1, argv) < 0)
		return false;
	probe = rte_acl_create(&param);
	if (probe == NULL)
		return false;
	while (i + 1 < ALGORITHMS && rte_acl_set_ctx_classify(probe, algorithms[i].alg) != 0)
		i++;
	best = algorithms[i].alg;
	rte_acl_free(probe);
	return true;
}

const char *
peer_name(void)
{
	for (size_t i = 0; i < ALGORITHMS; i++)
		if (algorithms[i].alg == best)
			return algorithms[i].name;
	return "librte_acl";
}

static bool
is_prefix(uint32_t wild)
{
	return (wild & (wild + 1)) == 0;
}

static bool
has_odd(const struct bench_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (!is_prefix(l->rule[i].src_wild) || !is_prefix(l->rule[i].dst_wild))
			return true;
	return false;
}

static uint32_t
address_mask(uint32_t wild, bool odd)
{
	return odd ? ~wild : (uint32_t)__builtin_popcount(~wild);
}

static bool
add_rules(struct rte_acl_ctx *ctx, const struct bench_list *l, bool odd)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct bench_rule *b = &l->rule[i];
		struct rte_rule r = {
			.data = { .category_mask = 1,
				.priority = (int32_t)(RTE_ACL_MAX_PRIORITY - i),
				.userdata = (uint32_t)i + 1 },
		};

		r.field[0].value.u8 = b->proto;
		r.field[0].mask_range.u8 = b->any_proto ? 0 : 255;
		r.field[1].value.u32 = b->src;
		r.field[1].mask_range.u32 = address_mask(b->src_wild, odd);
		r.field[2].value.u32 = b->dst;
		r.field[2].mask_range.u32 = address_mask(b->dst_wild, odd);
		r.field[3].value.u16 = b->sport[0];
		r.field[3].mask_range.u16 = b->sport[1];
		r.field[4].value.u16 = b->dport[0];
		r.field[4].mask_range.u16 = b->dport[1];
		if (rte_acl_add_rules(ctx, (const struct rte_acl_rule *)&r, 1) != 0)
			return false;
	}
	return true;
}

static bool
build(struct rte_acl_ctx *ctx, bool odd)
{
	const uint8_t address = odd ? RTE_ACL_FIELD_TYPE_BITMASK : RTE_ACL_FIELD_TYPE_MASK;
	const struct rte_acl_config config = {
		.num_categories = 1,
		.num_fields = FIELDS,
		.defs = {
			{ RTE_ACL_FIELD_TYPE_BITMASK, 1, 0, 0, offsetof(struct rte_packet, proto) },
			{ address, 4, 1, 1, offsetof(struct rte_packet, src) },
			{ address, 4, 2, 2, offsetof(struct rte_packet, dst) },
			{ RTE_ACL_FIELD_TYPE_RANGE, 2, 3, 3, offsetof(struct rte_packet, sport) },
			{ RTE_ACL_FIELD_TYPE_RANGE, 2, 4, 3, offsetof(struct rte_packet, dport) },
		},
	};

	return rte_acl_build(ctx, &config) == 0 && rte_acl_set_ctx_classify(ctx, best) == 0;
}

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static size_t
heap(void)
{
	struct rte_malloc_socket_stats s = { 0 };
	size_t sum = 0;

	for (int socket = 0; socket < 8; socket++)
		if (rte_malloc_get_socket_stats(socket, &s) == 0)
			sum += s.heap_allocsz_bytes;
	return sum;
}

struct peer *
peer_make(const struct bench_list *l, double *seconds, size_t *bytes)
{
	static unsigned made;
	char name[RTE_ACL_NAMESIZE];
	struct rte_acl_param param = { .name = name,
		.socket_id = SOCKET_ID_ANY,
		.rule_size = RTE_ACL_RULE_SZ(FIELDS),
		.max_rule_num = (uint32_t)l->n };
	struct peer *p = calloc(1, sizeof(*p));
	bool odd = has_odd(l);
	double start;
	size_t before;

	snprintf(name, sizeof(name), "bench%u", made++);
	before = heap();
	p->ctx = rte_acl_create(&param);
	if (p->ctx == NULL || !add_rules(p->ctx, l, odd)) {
		peer_destroy(p);
		return NULL;
	}
	start = now();
	if (!build(p->ctx, odd)) {
		peer_destroy(p);
		return NULL;
	}
	*seconds = now() - start;
	*bytes = heap() - before;
	return p;
}

void
peer_destroy(struct peer *p)
{
	rte_acl_free(p->ctx);
	free(p->packet);
	free(p);
}

void
peer_load(struct peer *p, const struct acl_key *key, size_t n)
{
	free(p->packet);
	p->packet = calloc(n, sizeof(*p->packet));
	p->n = n;
	for (size_t i = 0; i < n; i++)
		p->packet[i] = (struct rte_packet){ .proto = key[i].proto,
			.src = htonl(key[i].src),
			.dst = htonl(key[i].dst),
			.sport = htons(key[i].sport),
			.dport = htons(key[i].dport) };
}

double
peer_run(struct peer *p, uint32_t *out, bool keep)
{
	struct rte_packet packet[BENCH_BURST];
	const uint8_t *data[BENCH_BURST];
	double sum = 0;

	for (size_t i = 0; i < BENCH_BURST; i++)
		data[i] = (const uint8_t *)&packet[i];
	for (size_t i = 0; i < p->n; i += BENCH_BURST) {
		size_t n = p->n - i < BENCH_BURST ? p->n - i : BENCH_BURST;
		uint64_t start;

		memcpy(packet, p->packet + i, n * sizeof(packet[0]));
		start = bench_ticks();
		rte_acl_classify(p->ctx, data, out + (keep ? i : 0), (uint32_t)n, 1);
		sum += bench_took(start);
	}
	return sum;
}
