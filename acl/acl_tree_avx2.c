/*
 * acl_tree_avx2.c - the search with AVX2: eight rows at once.
 */
#include "acl/acl_tree.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define ISA __attribute__((target("avx2,bmi,bmi2")))
#define LANES 8

#include "acl/acl_tree_match.h"

INLINE __m256i
load(const uint32_t *p)
{
	return _mm256_loadu_si256((const __m256i *)p);
}

INLINE uint64_t
leaf_lanes(const uint32_t *leaf, size_t n, size_t from, const uint32_t *key, unsigned words,
	int meta, bool fragment)
{
	const uint32_t *column = leaf + from;
	__m256i differ = _mm256_setzero_si256(), same, far;

	for (unsigned w = 0; w + 1 < words; w++, column += 2 * n) {
		__m256i mask = load(column + n), other;

		if (fragment && (int)w == meta)
			mask = _mm256_andnot_si256(_mm256_set1_epi32(ACL_META_LAYER4), mask);
		other = _mm256_xor_si256(
			_mm256_set1_epi32((int)key[w * ACL_TREE_BURST]), load(column));
		differ = _mm256_or_si256(differ, _mm256_and_si256(other, mask));
	}
	if (!fragment) {
		far = _mm256_sub_epi16(
			_mm256_set1_epi32((int)key[(words - 1) * ACL_TREE_BURST]), load(column));
		differ = _mm256_or_si256(differ, _mm256_subs_epu16(far, load(column + n)));
	}
	same = _mm256_cmpeq_epi32(differ, _mm256_setzero_si256());
	return (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(same));
}

const struct acl_search acl_search_avx2 = SEARCH_TABLE("AVX2");

#endif
