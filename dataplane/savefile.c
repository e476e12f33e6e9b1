/*
 * savefile.c - chunks of whole records out of a pcap file.
 *
 * A chunk is read with one pread(2) and walked from record head to record head, which says where its
 * last whole record ends; the rest is read again with the next one.  That walk, all that must be done
 * by one thread at a time, also brings the heads into the cache for whoever works on the chunk.
 */
#include "dataplane/savefile.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	FILE_HEADER = 24,
	RECORD_HEADER = 16,
	LONGEST_RECORD = 262144, /* libpcap's own limit for Ethernet and IP */
	CHUNK = LONGEST_RECORD +
		RECORD_HEADER, /* so the longest one fits; within a second-level cache */
	NS_PER_SECOND = 1000000000,
};

static uint32_t
read32(const struct savefile *s, const uint8_t *p)
{
	uint32_t v;

	memcpy(&v, p, sizeof(v));
	return s->swapped ? __builtin_bswap32(v) : v;
}

/* Our byte order or the other, microseconds or nanoseconds; the rarer formats are not ours. */
static bool
known_magic(struct savefile *s, const uint8_t *p)
{
	static const struct {
		uint32_t magic;
		uint32_t ns_per_unit;
	} known[] = { { 0xa1b2c3d4, 1000 }, { 0xa1b23c4d, 1 } };

	for (int swapped = 0; swapped <= 1; swapped++) {
		s->swapped = swapped;
		for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
			s->ns_per_unit = known[i].ns_per_unit;
			if (read32(s, p) == known[i].magic)
				return true;
		}
	}
	return false;
}

/* Version 2.4, major and minor as two 16-bit numbers. */
static bool
known_version(const struct savefile *s, const uint8_t *p)
{
	static const uint16_t version[2] = { 2, 4 };
	uint16_t v[2];

	memcpy(v, p, sizeof(v));
	if (s->swapped)
		for (int i = 0; i < 2; i++)
			v[i] = __builtin_bswap16(v[i]);
	return memcmp(v, version, sizeof(v)) == 0;
}

bool
savefile_open(struct savefile *s, int fd)
{
	uint8_t header[FILE_HEADER];
	struct stat st;

	*s = (struct savefile){ .fd = fd, .offset = FILE_HEADER };
	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode) ||
		pread(fd, header, sizeof(header), 0) != sizeof(header) || !known_magic(s, header) ||
		!known_version(s, header + 4))
		return false;
	s->size = (uint64_t)st.st_size;
	s->snaplen = read32(s, header + 16);
	if (s->snaplen == 0 || s->snaplen > LONGEST_RECORD) /* "no limit", said in several ways */
		s->snaplen = LONGEST_RECORD;
	return true;
}

int
savefile_chunk_init(struct savefile_chunk *c)
{
	*c = (struct savefile_chunk){ .buffer = malloc(CHUNK) };
	return c->buffer != NULL ? 0 : -ENOMEM;
}

void
savefile_chunk_fini(struct savefile_chunk *c)
{
	free(c->buffer);
}

/* Where the last whole record of `have` bytes ends; a record that no file can have ends it all. */
static size_t
whole_records(struct savefile *s, const uint8_t *buffer, size_t have)
{
	size_t at = 0;

	while (have - at >= RECORD_HEADER) {
		uint32_t len = read32(s, buffer + at + 8);

		if (len > LONGEST_RECORD) {
			snprintf(s->fault, sizeof(s->fault),
				"a frame of %u bytes is longer than any", len);
			break;
		}
		if (have - at - RECORD_HEADER < len)
			break;
		at += RECORD_HEADER + len;
	}
	return at;
}

bool
savefile_fill(struct savefile *s, struct savefile_chunk *c)
{
	ssize_t got;

	c->at = c->end = 0;
	if (s->fault[0] != '\0')
		return false;
	got = pread(s->fd, c->buffer, CHUNK, (off_t)s->offset);
	if (got < 0)
		snprintf(s->fault, sizeof(s->fault), "%s", strerror(errno));
	if (got <= 0)
		return false;
	c->end = whole_records(s, c->buffer, (size_t)got);
	s->offset += c->end;
	if (c->end == 0 && s->fault[0] == '\0')
		snprintf(s->fault, sizeof(s->fault), "truncated in the middle of a frame");
	return c->end > 0;
}

bool
savefile_take(const struct savefile *s, struct savefile_chunk *c, struct savefile_record *r)
{
	uint8_t *head = c->buffer + c->at;
	uint32_t len, wire_len;

	if (c->at == c->end)
		return false;
	len = read32(s, head + 8);
	wire_len = read32(s, head + 12);
	c->at += RECORD_HEADER + len;
	r->bytes = head + RECORD_HEADER;
	r->len = len < s->snaplen ? len : s->snaplen;
	/* Against what is left of it: that is how libpcap tells of a record longer than the snaplen. */
	r->wire_len = wire_len > r->len ? wire_len : r->len;
	r->time_ns = (uint64_t)read32(s, head) * NS_PER_SECOND +
		     (uint64_t)read32(s, head + 4) * s->ns_per_unit;
	return true;
}
