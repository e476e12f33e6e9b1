/*
 * acl_memory_test.c - what 100,000 plain entries take: the list with its indexes, the program, and
 * the counters of one place; and that all of it is given back.
 *
 * Linked so that the engine's calls of the allocator come here first.  A block counts as what the
 * allocator made of it plus the eight bytes that it keeps in front.
 */
#include <malloc.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/lib/acl_lines.h"

enum {
	ENTRIES = 100000,
	MOST = 250, /* bytes an entry, all told */
	BLOCK_HEAD = 8,
};

static size_t held;

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_reallocarray(void *p, size_t n, size_t size);
void *__real_aligned_alloc(size_t align, size_t size);
void __real_free(void *p);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_reallocarray(void *p, size_t n, size_t size);
void *__wrap_aligned_alloc(size_t align, size_t size);
void __wrap_free(void *p);

static size_t
weight(void *p)
{
	return p != NULL ? malloc_usable_size(p) + BLOCK_HEAD : 0;
}

void *
__wrap_malloc(size_t size)
{
	void *p = __real_malloc(size);

	held += weight(p);
	return p;
}

void *
__wrap_calloc(size_t n, size_t size)
{
	void *p = __real_calloc(n, size);

	held += weight(p);
	return p;
}

void *
__wrap_reallocarray(void *p, size_t n, size_t size)
{
	size_t before = weight(p);
	void *grown = __real_reallocarray(p, n, size);

	if (grown != NULL)
		held += weight(grown) - before;
	return grown;
}

void *
__wrap_aligned_alloc(size_t align, size_t size)
{
	void *p = __real_aligned_alloc(align, size);

	held += weight(p);
	return p;
}

void
__wrap_free(void *p)
{
	held -= weight(p);
	__real_free(p);
}

static void
load(struct acl *acl)
{
	static const char *const tail[] = { "any", "any eq 80", "any eq 443 log", "any established",
		"10.0.0.0 0.255.255.255 range 5000 6000" };
	char line[128], addr[16];

	for (uint32_t i = 0; i < ENTRIES; i++) {
		snprintf(line, sizeof(line), "%s tcp host %s %s", i % 3 == 0 ? "deny" : "permit",
			ipv4_text(0xc0000000 + i, addr), tail[i % 5]);
		line_add(acl, 0, line);
	}
}

static void
plain_entries_are_small(void **state)
{
	size_t before = held, list, program;
	struct acl *acl = acl_create("long", ACL_EXTENDED, 1);
	struct acl_program *p;

	(void)state;
	load(acl);
	assert_int_equal(acl_ace_count(acl), ENTRIES);
	list = held - before;
	assert_int_equal(acl_compile(acl, NULL, &p), 0);
	program = held - before - list;
	assert_non_null(acl_counters_on(acl, 1, ACL_IN, 1));
	printf("# bytes an entry: list %.1f, program %.1f, counters %.1f\n", (double)list / ENTRIES,
		(double)program / ENTRIES, (double)(held - before - list - program) / ENTRIES);
	assert_true(list > ENTRIES * sizeof(struct acl_entry));
	assert_true(held - before < (size_t)ENTRIES * MOST);
	acl_program_unref(p);
	acl_destroy(acl);
	assert_int_equal(held, before);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_entries_are_small),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
