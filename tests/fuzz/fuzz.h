/*
 * fuzz.h - what the fuzz targets share.
 *
 * A target is one function that is given any bytes and must live: no crash, no leak, no undefined
 * behaviour, and none of its own claims broken.  clang's libFuzzer calls it with what it thinks up;
 * replay.c calls it with the files of its corpus, which needs no clang.
 */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* The target. Always 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A claim that does not hold: says so and aborts, which is a finding. */
void fuzz_fail(const char *file, int line, const char *fmt, ...)
	__attribute__((format(printf, 3, 4), noreturn));
#define fuzz_require(claim, ...)                                                                   \
	do {                                                                                       \
		if (!(claim))                                                                      \
			fuzz_fail(__FILE__, __LINE__, __VA_ARGS__);                                \
	} while (0)

/* The rest of an input, eaten from the front. */
struct fuzz_input {
	const uint8_t *at;
	size_t left;
};

/* 0 when there is nothing left. */
uint8_t fuzz_u8(struct fuzz_input *in);
uint16_t fuzz_u16(struct fuzz_input *in);
/*
 * The next `want` bytes, or as many as are left, in memory of exactly that size, so that a
 * sanitizer sees every step beyond; *got is how many.  Free it.
 */
uint8_t *fuzz_bytes(struct fuzz_input *in, size_t want, size_t *got);
/* The bytes as a string of its own: up to the first NUL. Free it. */
char *fuzz_text(const uint8_t *data, size_t size);

#endif
