/*
 * savefile.h - plain pcap files read fast: by several threads, a chunk each, nothing copied twice.
 *
 * Knows the classic format in a regular file, either byte order, micro- and nanoseconds; everything
 * else is libpcap's (capture.h), which has also looked at the file's header before.  The file is cut
 * into chunks of whole records; whoever takes the next one must be alone, reading a chunk is its
 * owner's.  Reference: pcap-savefile(5).
 */
#ifndef DATAPLANE_SAVEFILE_H
#define DATAPLANE_SAVEFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct savefile {
	int fd;			/* the opener's */
	bool swapped;		/* written on a machine of the other byte order */
	uint32_t ns_per_unit;	/* of a time stamp's fraction: 1 or 1000 */
	uint32_t snaplen;	/* no record holds more */
	uint64_t offset;	/* of the next chunk */
	uint64_t size;		/* of the file, when it was opened */
	char fault[80];		/* why it ended before its end; "" it did not */
};

struct savefile_chunk {
	uint8_t *buffer;
	size_t at, end;		/* the records not yet taken */
};

struct savefile_record {
	uint8_t *bytes;		/* in the chunk, until it is filled again */
	uint32_t len, wire_len;
	uint64_t time_ns;
};

/* False when the file is not one for us; nothing is read from it then that others would miss. */
bool savefile_open(struct savefile *s, int fd);
/* 0 or -ENOMEM. */
int savefile_chunk_init(struct savefile_chunk *c);
void savefile_chunk_fini(struct savefile_chunk *c);
/* The next chunk: false at the end of what can be read, see fault. */
bool savefile_fill(struct savefile *s, struct savefile_chunk *c);
/* The chunk's next record; false after its last. */
bool savefile_take(const struct savefile *s, struct savefile_chunk *c, struct savefile_record *r);

#endif
