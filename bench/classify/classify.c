/*
 * classify.c - how fast a list decides, beside librte_acl.
 *
 *   bench/classify [-n ENTRIES,...] [-c access|firewall|provider] [-t fresh|skewed|misses] [-o PERCENT]
 *                  [-r ROUNDS] [-p PACKETS] [-s SEED]
 *
 * For each character and size a list is generated and compiled by both; for each kind of traffic both
 * run over the same packets in turn, ROUNDS times, and the medians are printed.  The packets are far
 * more than caches hold and seldom the same twice.  Each burst is put where it was when the last one was
 * decided, in the form that the classifier reads, as a forwarder that has just parsed it does for either:
 * that is not part of the time.  Before that each
 * packet's answer is compared between the two, and a sample of ours with the readable matcher: a
 * difference ends the program with exit code 1.  What is held is counted at the allocator.
 */
#include <getopt.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench/classify/peer.h"

enum {
	ROUNDS_MAX = 99,
	SIZES_MAX = 8,
	CHECK_BUDGET = 20000000, /* entries looked at by the readable matcher in one cell */
};

struct options {
	size_t size[SIZES_MAX], sizes;
	int character, traffic; /* -1: all */
	unsigned odd_percent, rounds;
	size_t packets;
	uint64_t seed;
};

struct bench {
	struct options o;
	bool peer;
	struct acl_key *key;
	struct acl_verdict *verdict;
	uint32_t *peer_out;
};

struct subject { /* one list, compiled by both */
	struct bench_list list;
	struct acl_program *program;
	struct peer *peer;
};

/* Of this thread's own time: what else the machine does is not ours to measure. */
static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int
by_value(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static double
median(double *v, size_t n)
{
	qsort(v, n, sizeof(*v), by_value);
	return v[n / 2];
}

/* ---- answers ---- */

static double
run_ours(struct bench *b, const struct acl_program *p, bool keep)
{
	struct acl_key key[BENCH_BURST];
	double sum = 0;

	for (size_t i = 0; i < b->o.packets; i += BENCH_BURST) {
		size_t n = b->o.packets - i < BENCH_BURST ? b->o.packets - i : BENCH_BURST;
		uint64_t start;

		memcpy(key, b->key + i, n * sizeof(key[0]));
		start = bench_ticks();
		acl_classify(p, key, NULL, n, 1, b->verdict + (keep ? i : 0));
		sum += bench_took(start);
	}
	return sum;
}

static void
wrong(const struct acl_key *k, const char *who, uint32_t got, uint32_t want)
{
	fprintf(stderr, "bench/classify: proto %u %08x:%u -> %08x:%u: we say slot %u, %s says %u\n",
		k->proto, k->src, k->sport, k->dst, k->dport, got, who, want);
	exit(1);
}

/* The n-th entry added has slot n, as long as none was removed. */
static void
check(struct bench *b, const struct subject *s)
{
	size_t sample = CHECK_BUDGET / s->list.n, misses = 0;

	(void)run_ours(b, s->program, true);
	if (s->peer != NULL) {
		(void)peer_run(s->peer, b->peer_out, true);
		for (size_t i = 0; i < b->o.packets; i++)
			if (b->verdict[i].slot != b->peer_out[i])
				wrong(&b->key[i], "librte_acl", b->verdict[i].slot, b->peer_out[i]);
	}
	if (sample > b->o.packets)
		sample = b->o.packets;
	for (size_t i = 0; i < sample; i++) {
		size_t at = i * (b->o.packets / sample);
		struct acl_verdict want = acl_classify_reference(s->list.acl, NULL, &b->key[at], 1);

		misses += want.implicit;
		if (b->verdict[at].slot != want.slot || b->verdict[at].action != want.action)
			wrong(&b->key[at], "the matcher", b->verdict[at].slot, want.slot);
	}
	printf(" %5zu%% missed", misses * 100 / sample);
}

/* ---- times ---- */

static void
measure(struct bench *b, const struct subject *s)
{
	double ours[ROUNDS_MAX], theirs[ROUNDS_MAX], mine, peer;

	check(b, s);
	for (unsigned r = 0; r < b->o.rounds; r++) {
		ours[r] = run_ours(b, s->program, false);
		if (s->peer != NULL)
			theirs[r] = peer_run(s->peer, b->peer_out, false);
	}
	mine = (double)b->o.packets / median(ours, b->o.rounds) / 1e6;
	printf("  ours %6.2f M/s", mine);
	if (s->peer != NULL) {
		peer = (double)b->o.packets / median(theirs, b->o.rounds) / 1e6;
		printf("  peer %6.2f M/s  ratio %5.2f", peer, mine / peer);
	}
	printf("\n");
	fflush(stdout);
}

static bool
make_subject(struct bench *b, enum bench_character c, size_t n, struct subject *s)
{
	double ours = 0, theirs = 0, start, best = 1e9;
	size_t held, bytes = 0;

	memset(s, 0, sizeof(*s));
	s->list = bench_list_make(c, n, b->o.odd_percent, b->o.seed);
	held = mallinfo2().uordblks + mallinfo2().hblkhd;
	for (int i = 0; i < 3; i++) {
		acl_program_unref(s->program);
		start = now();
		if (acl_compile(s->list.acl, NULL, &s->program) != 0)
			return false;
		ours = now() - start;
		best = ours < best ? ours : best;
	}
	held = mallinfo2().uordblks + mallinfo2().hblkhd - held;
	if (b->peer)
		s->peer = peer_make(&s->list, &theirs, &bytes);
	printf("%s %zu: ours %.1f ms %.2f MB", bench_character_name[c], n, best * 1e3,
		(double)held / 1e6);
	if (s->peer != NULL)
		printf("; peer %.1f ms %.2f MB; ratios %.1f %.1f", theirs * 1e3,
			(double)bytes / 1e6, theirs / best, (double)bytes / (double)held);
	printf("\n");
	return true;
}

static void
run_list(struct bench *b, enum bench_character c, size_t n)
{
	struct subject s;

	if (!make_subject(b, c, n, &s)) {
		fprintf(stderr, "bench/classify: out of memory\n");
		exit(1);
	}
	for (int t = 0; t < BENCH_TRAFFICS; t++) {
		if (b->o.traffic >= 0 && b->o.traffic != t)
			continue;
		bench_traffic_make(
			(enum bench_traffic)t, &s.list, s.program, b->o.seed, b->key, b->o.packets);
		if (s.peer != NULL)
			peer_load(s.peer, b->key, b->o.packets);
		printf("  %-8s", bench_traffic_name[t]);
		measure(b, &s);
	}
	if (s.peer != NULL)
		peer_destroy(s.peer);
	acl_program_unref(s.program);
	bench_list_fini(&s.list);
}

/* ---- options ---- */

static int
name_index(const char *const *name, int n, const char *text)
{
	for (int i = 0; i < n; i++)
		if (strcmp(name[i], text) == 0)
			return i;
	fprintf(stderr, "bench/classify: unknown: %s\n", text);
	exit(2);
}

static void
read_sizes(struct options *o, char *text)
{
	o->sizes = 0;
	for (char *t = strtok(text, ","); t != NULL && o->sizes < SIZES_MAX; t = strtok(NULL, ","))
		o->size[o->sizes++] = strtoull(t, NULL, 10);
}

static struct options
read_options(int argc, char **argv)
{
	struct options o = { .size = { 1000, 10000, 50000 },
		.sizes = 3,
		.character = -1,
		.traffic = -1,
		.rounds = 7,
		.packets = 1 << 20,
		.seed = 1 };
	int c;

	while ((c = getopt(argc, argv, "n:c:t:o:r:p:s:")) != -1) {
		if (c == 'n')
			read_sizes(&o, optarg);
		else if (c == 'c')
			o.character = name_index(bench_character_name, BENCH_CHARACTERS, optarg);
		else if (c == 't')
			o.traffic = name_index(bench_traffic_name, BENCH_TRAFFICS, optarg);
		else if (c == 'o')
			o.odd_percent = (unsigned)strtoul(optarg, NULL, 10);
		else if (c == 'r')
			o.rounds = (unsigned)strtoul(optarg, NULL, 10);
		else if (c == 'p')
			o.packets = strtoull(optarg, NULL, 10);
		else if (c == 's')
			o.seed = strtoull(optarg, NULL, 10);
		else
			exit(2);
	}
	if (o.rounds == 0 || o.rounds > ROUNDS_MAX || o.packets == 0)
		exit(2);
	return o;
}

int
main(int argc, char **argv)
{
	struct bench b = { .o = read_options(argc, argv) };

	b.key = calloc(b.o.packets, sizeof(*b.key));
	b.verdict = calloc(b.o.packets, sizeof(*b.verdict));
	b.peer_out = calloc(b.o.packets, sizeof(*b.peer_out));
	if (b.key == NULL || b.verdict == NULL || b.peer_out == NULL)
		return 1;
	b.peer = peer_init();
	printf("peer: %s\n", peer_name());
	for (size_t i = 0; i < b.o.sizes; i++)
		for (int c = 0; c < BENCH_CHARACTERS; c++)
			if (b.o.character < 0 || b.o.character == c)
				run_list(&b, (enum bench_character)c, b.o.size[i]);
	return 0;
}
