/*
 * acl_tree_portable.c - the search with the compiler's own vectors: four rows at once on any machine
 * that has 16-byte vectors (SSE2, NEON), and right on those that have none.  And which searches this
 * machine can do.
 */
#include "acl/acl_tree.h"

#define ISA
#define LANES 4

#include "acl/acl_tree_match.h"

typedef uint32_t words4 __attribute__((vector_size(16)));
typedef uint16_t halves8 __attribute__((vector_size(16)));

const uint8_t acl_form_words[ACL_FORMS] = { 4, 5, 12, 7 };
const int8_t acl_form_meta[ACL_FORMS] = { 2, 2, 8, -1 };

INLINE words4
load(const uint32_t *p)
{
	words4 v;

	memcpy(&v, p, sizeof(v));
	return v;
}

INLINE words4
all(uint32_t word)
{
	return (words4){ word, word, word, word };
}

INLINE uint64_t
leaf_lanes(const uint32_t *leaf, size_t n, size_t from, const uint32_t *key, unsigned words,
	int meta, bool fragment)
{
	const uint32_t *column = leaf + from;
	words4 differ = all(0), same;
	halves8 far;

	for (unsigned w = 0; w + 1 < words; w++, column += 2 * n) {
		words4 mask = load(column + n);

		if (fragment && (int)w == meta)
			mask &= all(~ACL_META_LAYER4);
		differ |= (all(key[w * ACL_TREE_BURST]) ^ load(column)) & mask;
	}
	if (!fragment) {
		far = (halves8)all(key[(words - 1) * ACL_TREE_BURST]) - (halves8)load(column);
		differ |= (words4)(far > (halves8)load(column + n));
	}
	same = (words4)(differ == all(0)) & (words4){ 1, 2, 4, 8 };
	return same[0] | same[1] | same[2] | same[3];
}

const struct acl_search acl_search_portable = SEARCH_TABLE("portable");

const struct acl_search *
acl_search_available(size_t i)
{
	const struct acl_search *can[3];
	size_t n = 0;

#if defined(__x86_64__)
	if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
		__builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("bmi2"))
		can[n++] = &acl_search_avx512;
	if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2"))
		can[n++] = &acl_search_avx2;
#endif
	can[n++] = &acl_search_portable;
	return i < n ? can[i] : NULL;
}
