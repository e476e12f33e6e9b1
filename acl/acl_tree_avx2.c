/*
 * acl_tree_avx2.c - the search with AVX2: half a group at once.
 */
#include "acl/acl_tree.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define ISA __attribute__((target("avx2,bmi,bmi2")))

#include "acl/acl_tree_match.h"

INLINE uint64_t
pick(uint64_t from, uint64_t bits)
{
	return _pext_u64(from, bits);
}

INLINE unsigned
match_half(const uint64_t *group, const uint64_t *key, unsigned pairs)
{
	__m256i differ = _mm256_setzero_si256(), same;

	for (unsigned p = 0; p < pairs; p++, group += 2 * ACL_GROUP_ROWS) {
		const __m256i have = _mm256_set1_epi64x((int64_t)key[p]);
		const __m256i value = _mm256_load_si256((const __m256i *)group);
		const __m256i mask = _mm256_load_si256((const __m256i *)(group + ACL_GROUP_ROWS));
		__m256i other = _mm256_and_si256(_mm256_xor_si256(have, value), mask);

		if (p + 1 == pairs)
			other = _mm256_blend_epi32(other,
				_mm256_subs_epu16(_mm256_sub_epi16(have, value), mask), 0xaa);
		differ = _mm256_or_si256(differ, other);
	}
	same = _mm256_cmpeq_epi64(differ, _mm256_setzero_si256());
	return (unsigned)_mm256_movemask_pd(_mm256_castsi256_pd(same));
}

INLINE unsigned
match_group(const uint64_t *group, const uint64_t *key, unsigned pairs)
{
	return match_half(group, key, pairs) | match_half(group + ACL_GROUP_ROWS / 2, key, pairs)
						       << ACL_GROUP_ROWS / 2;
}

const struct acl_search acl_search_avx2 = SEARCH_TABLE("AVX2");

#endif
