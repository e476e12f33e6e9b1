/*
 * acl_tree_avx512.c - the search with AVX-512: a group at once.
 */
#include "acl/acl_tree.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define ISA __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,bmi,bmi2,popcnt")))

#include "acl/acl_tree_match.h"

enum {
	DIFFER = 0x28, /* (a ^ b) & c */
};

INLINE uint64_t
pick(uint64_t from, uint64_t bits)
{
	return _pext_u64(from, bits);
}

INLINE unsigned
match_group(const uint64_t *group, const uint64_t *key, unsigned pairs)
{
	const __mmask32 ports = 0xcccccccc; /* the high halves, 16 bits each */
	__m512i differ = _mm512_setzero_si512(), other, far;

	for (unsigned p = 0; p < pairs; p++, group += 2 * ACL_GROUP_ROWS) {
		const __m512i have = _mm512_set1_epi64((int64_t)key[p]);
		const __m512i value = _mm512_load_si512(group);
		const __m512i mask = _mm512_load_si512(group + ACL_GROUP_ROWS);

		if (p + 1 == pairs) {
			far = _mm512_subs_epu16(_mm512_sub_epi16(have, value), mask);
			other = _mm512_ternarylogic_epi64(have, value, mask, DIFFER);
			other = _mm512_mask_blend_epi16(ports, other, far);
		} else {
			other = _mm512_ternarylogic_epi64(have, value, mask, DIFFER);
		}
		differ = _mm512_or_si512(differ, other);
	}
	return _mm512_testn_epi64_mask(differ, differ);
}

const struct acl_search acl_search_avx512 = SEARCH_TABLE("AVX-512");

#endif
