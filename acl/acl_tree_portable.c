/*
 * acl_tree_portable.c - the search with the compiler's own vectors: two rows at once on any machine
 * that has 16-byte vectors (SSE2, NEON), and right on those that have none.  And which searches this
 * machine can do.
 */
#include <string.h>

#include "acl/acl_tree.h"

#define ISA

#include "acl/acl_tree_match.h"

typedef uint64_t pairs2 __attribute__((vector_size(16)));
typedef uint16_t halves8 __attribute__((vector_size(16)));

const uint8_t acl_form_words[ACL_FORMS] = { 4, 6, 12, 8 };
const int8_t acl_form_meta[ACL_FORMS] = { 2, 4, 8, -1 };

INLINE uint64_t
pick(uint64_t from, uint64_t bits)
{
	uint64_t picked = 0;

	for (unsigned to = 0; bits != 0; bits &= bits - 1, to++)
		picked |= (from >> __builtin_ctzll(bits) & 1) << to;
	return picked;
}

INLINE pairs2
load(const uint64_t *p)
{
	pairs2 v;

	memcpy(&v, p, sizeof(v));
	return v;
}

/* How the keys differ from what two rows want of the last pair: its ports must lie within. */
INLINE pairs2
differ_last(pairs2 have, pairs2 value, pairs2 mask)
{
	const uint64_t low = UINT32_MAX;
	const pairs2 words = { low, low };
	const halves8 far = (halves8)have - (halves8)value;

	return (((have ^ value) & mask) & words) | ((pairs2)(far > (halves8)mask) & ~words);
}

INLINE unsigned
match_group(const uint64_t *group, const uint64_t *key, unsigned pairs)
{
	unsigned match = 0;

	for (unsigned i = 0; i < ACL_GROUP_ROWS; i += 2) {
		const uint64_t *column = group + i;
		pairs2 differ = { 0, 0 };

		for (unsigned p = 0; p < pairs; p++, column += 2 * ACL_GROUP_ROWS) {
			const pairs2 have = { key[p], key[p] };
			const pairs2 value = load(column), mask = load(column + ACL_GROUP_ROWS);

			differ |= p + 1 < pairs ? (have ^ value) & mask
						: differ_last(have, value, mask);
		}
		match |= (unsigned)(differ[0] == 0) << i | (unsigned)(differ[1] == 0) << (i + 1);
	}
	return match;
}

const struct acl_search acl_search_portable = SEARCH_TABLE("portable");

const struct acl_search *
acl_search_available(size_t i)
{
	const struct acl_search *can[3];
	size_t n = 0;

#if defined(__x86_64__)
	if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
		__builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
		__builtin_cpu_supports("bmi2"))
		can[n++] = &acl_search_avx512;
	if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2"))
		can[n++] = &acl_search_avx2;
#endif
	can[n++] = &acl_search_portable;
	return i < n ? can[i] : NULL;
}
