/*
 * acl_tree_avx512.c - the search with AVX-512: sixteen rows at once.
 */
#include "acl/acl_tree.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define ISA __attribute__((target("avx512f,avx512bw,avx512vl,bmi,bmi2,popcnt")))
#define LANES 16
#define OWN_DESCENT

#include "acl/acl_tree_match.h"

enum {
	DIFFER = 0x28, /* (a ^ b) & c */
};

INLINE uint64_t
leaf_lanes(const uint32_t *leaf, size_t n, size_t from, const uint32_t *key, unsigned words,
	int meta, bool fragment)
{
	const uint32_t *column = leaf + from;
	__m512i differ = _mm512_setzero_si512(), far;

	for (unsigned w = 0; w + 1 < words; w++, column += 2 * n) {
		const __m512i value = _mm512_loadu_si512(column);
		__m512i mask = _mm512_loadu_si512(column + n);

		if (fragment && (int)w == meta)
			mask = _mm512_andnot_si512(_mm512_set1_epi32(ACL_META_LAYER4), mask);
		differ = _mm512_or_si512(differ,
			_mm512_ternarylogic_epi32(_mm512_set1_epi32((int)key[w * ACL_TREE_BURST]),
				value, mask, DIFFER));
	}
	if (!fragment) {
		far = _mm512_sub_epi16(_mm512_set1_epi32((int)key[(words - 1) * ACL_TREE_BURST]),
			_mm512_loadu_si512(column));
		differ = _mm512_or_si512(
			differ, _mm512_subs_epu16(far, _mm512_loadu_si512(column + n)));
	}
	return _mm512_testn_epi32_mask(differ, differ);
}

/* Puts the chosen of sixteen words behind each other; what is stored behind them does not count. */
INLINE void
append(uint32_t *to, __mmask16 chosen, __m512i v)
{
	_mm512_storeu_si512(to, _mm512_maskz_compress_epi32(chosen, v));
}

/* Goes one level down with all of `now`, sixteen at once; as in acl_tree_match.h. */
INLINE void
descend(const struct acl_tree *t, const uint32_t *key, bool fragment, const struct acl_steps *now,
	struct acl_steps *next, struct acl_steps *end)
{
	const __m512i ones = _mm512_set1_epi32(1);
	size_t going = 0;

	for (size_t i = 0; i < now->n; i += LANES) {
		const size_t left = now->n - i;
		const __mmask16 all = left < LANES ? (__mmask16)((1U << left) - 1) : 0xffff;
		const __m512i step = _mm512_maskz_loadu_epi32(all, now->v + i);
		const __m512i packet =
			_mm512_and_si512(step, _mm512_set1_epi32(ACL_TREE_BURST - 1));
		const __m512i at = _mm512_srli_epi32(step, ACL_PACKET_BITS);
		const __m512i child = _mm512_i32gather_epi32(at, t->node, 8);
		/* shift, word and flags, mask: from the low byte up */
		const __m512i how = _mm512_i32gather_epi32(at, (const char *)t->node + 4, 8);
		const __m512i mask = _mm512_srli_epi32(how, 16);
		const __m512i word = _mm512_and_si512(
			_mm512_srli_epi32(how, 8), _mm512_set1_epi32(ACL_NODE_WORD));
		const __m512i bits = _mm512_i32gather_epi32(
			_mm512_or_si512(_mm512_slli_epi32(word, ACL_PACKET_BITS), packet), key, 4);
		const __m512i shift = _mm512_and_si512(how, _mm512_set1_epi32(31));
		const __m512i behind = _mm512_add_epi32(_mm512_add_epi32(child, mask), ones);
		__m512i to = _mm512_add_epi32(
			child, _mm512_and_si512(_mm512_srlv_epi32(bits, shift), mask));
		__mmask16 leaf = _mm512_mask_test_epi32_mask(
			all, how, _mm512_set1_epi32(ACL_NODE_LEAF << 8));
		__mmask16 rest = _mm512_mask_test_epi32_mask(
			all, how, _mm512_set1_epi32(ACL_NODE_REST << 8));

		if (fragment) {
			__mmask16 own = _mm512_mask_test_epi32_mask(
				all, how, _mm512_set1_epi32(ACL_NODE_LAYER4 << 8));

			to = _mm512_mask_mov_epi32(to, own, behind);
			to = _mm512_mask_add_epi32(to, own & rest, to, ones);
			rest &= ~own;
		}
		__mmask16 some =
			_mm512_mask_test_epi32_mask(leaf, how, _mm512_set1_epi32((int)0xffff00ff));

		append(end->v + end->n, some, step);
		end->n += (size_t)__builtin_popcount(some);
		append(next->v + going, rest,
			_mm512_or_si512(_mm512_slli_epi32(behind, ACL_PACKET_BITS), packet));
		going += (size_t)__builtin_popcount(rest);
		leaf = all & (__mmask16)~leaf;
		append(next->v + going, leaf,
			_mm512_or_si512(_mm512_slli_epi32(to, ACL_PACKET_BITS), packet));
		going += (size_t)__builtin_popcount(leaf);
	}
	next->n = going;
}

const struct acl_search acl_search_avx512 = SEARCH_TABLE("AVX-512");

#endif
