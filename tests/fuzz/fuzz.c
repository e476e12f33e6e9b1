/*
 * fuzz.c - see fuzz.h. Without memory a target ends: libFuzzer's limit is a finding, too.
 */
#include "tests/fuzz/fuzz.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
fuzz_fail(const char *file, int line, const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "%s:%d: ", file, line);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	abort();
}

uint8_t
fuzz_u8(struct fuzz_input *in)
{
	if (in->left == 0)
		return 0;
	in->left--;
	return *in->at++;
}

uint16_t
fuzz_u16(struct fuzz_input *in)
{
	uint8_t high = fuzz_u8(in);

	return (uint16_t)(high << 8 | fuzz_u8(in));
}

uint8_t *
fuzz_bytes(struct fuzz_input *in, size_t want, size_t *got)
{
	size_t n = want < in->left ? want : in->left;
	uint8_t *copy = malloc(n);

	fuzz_require(copy != NULL || n == 0, "out of memory");
	if (n > 0)
		memcpy(copy, in->at, n);
	in->at += n;
	in->left -= n;
	*got = n;
	return copy;
}

char *
fuzz_text(const uint8_t *data, size_t size)
{
	char *text = strndup((const char *)data, size);

	fuzz_require(text != NULL, "out of memory");
	return text;
}
