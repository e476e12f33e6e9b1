/*
 * captures.c - the pcap and pcapng formats, spelled out.
 */
#include "tests/lib/captures.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char scratch[64];
static char paths[8][256];
static unsigned n_paths;
static char made[64][256];
static size_t n_made;

static void
require(bool ok, const char *what)
{
	if (ok)
		return;
	perror(what);
	exit(99); /* automake: the test could not be run */
}

const char *
scratch_path(const char *name)
{
	char *p = paths[n_paths++ % 8];

	if (scratch[0] == '\0') {
		const char *dir = getenv("TMPDIR");

		snprintf(scratch, sizeof(scratch), "%s/captures-XXXXXX",
			dir != NULL && strlen(dir) < 32 ? dir : "/tmp");
		require(mkdtemp(scratch) != NULL, scratch);
	}
	snprintf(p, sizeof(paths[0]), "%s/%s", scratch, name);
	require(n_made < 64, "scratch files");
	memcpy(made[n_made++], p, sizeof(paths[0]));
	return p;
}

void
scratch_remove(void)
{
	while (n_made > 0)
		unlink(made[--n_made]);
	if (scratch[0] != '\0')
		require(rmdir(scratch) == 0, scratch);
	scratch[0] = '\0';
}

FILE *
pcap_begin(const char *path, uint32_t magic, uint32_t link_type)
{
	uint32_t header[6] = { magic, 0, 0, 0, 262144, link_type };
	FILE *f = fopen(path, "wb");

	require(f != NULL, path);
	memcpy(&header[1], (uint16_t[]){ 2, 4 }, 4);
	require(fwrite(header, sizeof(header), 1, f) == 1, path);
	return f;
}

void
pcap_record(FILE *f, uint32_t sec, uint32_t frac, const void *data, size_t caplen, size_t len)
{
	uint32_t header[4] = { sec, frac, (uint32_t)caplen, (uint32_t)len };

	require(fwrite(header, sizeof(header), 1, f) == 1, "record");
	require(caplen == 0 || fwrite(data, caplen, 1, f) == 1, "record");
}

void
pcapng_write(const char *path, const void *data, size_t len, uint32_t frac)
{
	uint64_t stamp = 1000000u + frac;
	uint32_t padded = (uint32_t)(len + 3) & ~3u, size = 32 + padded;
	uint32_t section[7] = { 0x0a0d0d0a, 28, 0x1a2b3c4d, 1, 0xffffffff, 0xffffffff, 28 };
	uint32_t interface[5] = { 1, 20, 1, 262144, 20 }; /* Ethernet */
	uint32_t packet[7] = { 6, size, 0, (uint32_t)(stamp >> 32), (uint32_t)stamp, (uint32_t)len,
		(uint32_t)len };
	FILE *f = fopen(path, "wb");

	require(f != NULL, path);
	fwrite(section, sizeof(section), 1, f);
	fwrite(interface, sizeof(interface), 1, f);
	fwrite(packet, sizeof(packet), 1, f);
	fwrite(data, len, 1, f);
	fwrite("\0\0\0", padded - len, 1, f);
	fwrite(&size, sizeof(size), 1, f);
	require(fclose(f) == 0, path);
}

bool
pcap_read(const char *path, struct pcap_view *v)
{
	FILE *f = fopen(path, "rb");
	size_t size, at = 24;

	require(f != NULL, path);
	size = fread(v->bytes, 1, sizeof(v->bytes), f);
	fclose(f);
	v->n = 0;
	if (size < 24)
		return false;
	memcpy(&v->magic, v->bytes, 4);
	memcpy(&v->link_type, v->bytes + 20, 4);
	while (at < size) {
		struct pcap_view_record *r = &v->record[v->n];

		if (size - at < 16 || v->n == 256)
			return false;
		memcpy(r, v->bytes + at, 16);
		r->data = v->bytes + at + 16;
		if (size - at - 16 < r->caplen)
			return false;
		at += 16 + r->caplen;
		v->n++;
	}
	return true;
}
