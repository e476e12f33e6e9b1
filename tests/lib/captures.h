/*
 * captures.h - for tests: capture files written and read byte by byte, without libpcap.
 */
#ifndef TESTS_CAPTURES_H
#define TESTS_CAPTURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { MAGIC_MICRO = 0xa1b2c3d4, MAGIC_NANO = 0xa1b23c4d };

/*
 * A path in the test's scratch directory, removed by scratch_remove(). Valid until the 8th next
 * call.
 */
const char *scratch_path(const char *name);
void scratch_remove(void);

/* Writes a pcap header in this machine's byte order; exits the test when it cannot. */
FILE *pcap_begin(const char *path, uint32_t magic, uint32_t link_type);
/*
 * One record; frac in the unit of the magic; len is what it was on the wire, caplen what is
 * written.
 */
void pcap_record(FILE *f, uint32_t sec, uint32_t frac, const void *data, size_t caplen, size_t len);
/* A pcapng file of one interface (Ethernet, microseconds) with one frame at 1 s + frac. */
void pcapng_write(const char *path, const void *data, size_t len, uint32_t frac);

struct pcap_view {
	uint32_t magic, link_type;
	size_t n;			/* records */
	struct pcap_view_record {
		uint32_t sec, frac, caplen, len;
		const uint8_t *data;
	} record[256];
	uint8_t bytes[1 << 20];
};
/* Reads a whole pcap file; false unless it is complete to the last byte. */
bool pcap_read(const char *path, struct pcap_view *v);

#endif
