/*
 * capture.c - reading and writing capture files through libpcap.
 *
 * libpcap reads pcap and pcapng, in either byte order and either precision, and is asked for
 * nanoseconds always.  It keeps the frame read last; we hand out copies, a burst at a time, and
 * look at the one it keeps to know what time comes next.  An error in the middle of a file ends it
 * where it is: what was read before counts.
 * References: pcap-savefile(5), draft-ietf-opsawg-pcapng.
 */
#include "dataplane/capture.h"

#include <errno.h>
#include <fcntl.h>
#include <pcap/pcap.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dataplane/frame_store.h"
#include "dataplane/port.h"

enum {
	LONGEST_RECORD = 262144, /* libpcap's own limit for Ethernet and IP */
	STORE_SIZE = 2 * LONGEST_RECORD,
	NS_PER_SECOND = 1000000000,
};

struct capture {
	pcap_t *pcap;
	bool nanoseconds;
	bool have; /* head and bytes are the next frame */
	struct pcap_pkthdr *head;
	const u_char *bytes;
	struct frame_store store;
	atomic_bool failed; /* error is set */
	char error[DP_ERR_MAX];
	char path[256];
};

struct capture_writer {
	pcap_t *pcap;
	pcap_dumper_t *dump;
	bool nanoseconds;
};

/* Reads ahead by one frame. */
static void
advance(struct capture *c)
{
	int got = pcap_next_ex(c->pcap, &c->head, &c->bytes);

	c->have = got == 1;
	if (c->have && c->head->caplen > LONGEST_RECORD) {
		c->have = false;
		port_fail(c->error, EFBIG, "%s: a frame of %u bytes is longer than any", c->path,
			c->head->caplen);
		atomic_store(&c->failed, true);
	} else if (got == PCAP_ERROR) {
		port_fail(c->error, EIO, "%s: %s", c->path, pcap_geterr(c->pcap));
		atomic_store(&c->failed, true);
	}
}

/*
 * Looks at the magic number for what libpcap does not tell: whether the file has nanoseconds.  Of a
 * pipe, and of pcapng where each interface may differ, the finer is assumed: it loses nothing.
 */
static bool
sniff_nanoseconds(FILE *f)
{
	static const uint8_t micro[2][4] = {
		{ 0xa1, 0xb2, 0xc3, 0xd4 },
		{ 0xd4, 0xc3, 0xb2, 0xa1 },
	};
	uint8_t magic[4];
	size_t got;

	if (fseek(f, 0, SEEK_SET) != 0)
		return true;
	got = fread(magic, 1, sizeof(magic), f);
	rewind(f);
	return got != sizeof(magic) ||
	       (memcmp(magic, micro[0], 4) != 0 && memcmp(magic, micro[1], 4) != 0);
}

/*
 * Opens a file and marks it as read (many may) or written (one may), so that no capture is emptied
 * while something still reads it.  Pipes and devices need no such care.  NULL with errno.
 */
static FILE *
open_locked(const char *path, int flags, int lock, const char *mode)
{
	int fd = open(path, flags | O_CLOEXEC, 0666);
	struct stat st;
	FILE *f;

	if (fd < 0)
		return NULL;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && flock(fd, lock | LOCK_NB) < 0)
		goto fail;
	f = fdopen(fd, mode);
	if (f != NULL)
		return f;
fail:
	if (errno == EWOULDBLOCK)
		errno = EBUSY;
	close(fd);
	return NULL;
}

static int
open_failed(char err[DP_ERR_MAX], const char *path)
{
	int error = errno;

	return port_fail(err, error, "%s: %s", path,
		error == EBUSY ? "is being read or written already" : strerror(error));
}

int
capture_open(struct capture **out, const char *path, char err[DP_ERR_MAX])
{
	struct capture *c = calloc(1, sizeof(*c));
	char why[PCAP_ERRBUF_SIZE];
	FILE *f = NULL;
	int ret;

	if (c == NULL || frame_store_init(&c->store, STORE_SIZE) < 0) {
		ret = port_fail(err, ENOMEM, "%s: %s", path, strerror(ENOMEM));
		goto fail;
	}
	f = open_locked(path, O_RDONLY, LOCK_SH, "rb");
	if (f == NULL) {
		ret = open_failed(err, path);
		goto fail;
	}
	snprintf(c->path, sizeof(c->path), "%s", path);
	c->nanoseconds = sniff_nanoseconds(f);
	c->pcap = pcap_fopen_offline_with_tstamp_precision(f, PCAP_TSTAMP_PRECISION_NANO, why);
	if (c->pcap == NULL) {
		ret = port_fail(err, EINVAL, "%s: %s", path, why);
		fclose(f);
		goto fail;
	}
	advance(c);
	*out = c;
	return 0;
fail:
	capture_close(c);
	return ret;
}

void
capture_close(struct capture *c)
{
	if (c == NULL)
		return;
	if (c->pcap != NULL)
		pcap_close(c->pcap);
	frame_store_fini(&c->store);
	free(c);
}

int
capture_link_type(const struct capture *c)
{
	return pcap_datalink(c->pcap);
}

int
capture_fd(const struct capture *c)
{
	return fileno(pcap_file(c->pcap));
}

bool
capture_nanoseconds(const struct capture *c)
{
	return c->nanoseconds;
}

bool
capture_next_time(struct capture *c, uint64_t *ns)
{
	if (!c->have)
		return false;
	*ns = (uint64_t)c->head->ts.tv_sec * NS_PER_SECOND + (uint64_t)c->head->ts.tv_usec;
	return true;
}

size_t
capture_burst(struct capture *c, struct packet *pkt, size_t max, uint64_t until_ns)
{
	size_t n = 0;
	uint64_t ns;

	frame_store_reset(&c->store);
	while (n < max && capture_next_time(c, &ns) && ns <= until_ns &&
		c->head->caplen <= frame_store_room(&c->store)) {
		uint32_t len = c->head->caplen;

		pkt[n] = (struct packet){
			.data = frame_store_take(&c->store, len),
			.len = len,
			.wire_len = c->head->len > len ? c->head->len : len,
			.time_ns = ns,
		};
		memcpy(pkt[n++].data, c->bytes, len);
		advance(c);
	}
	return n;
}

const char *
capture_error(const struct capture *c)
{
	return atomic_load(&c->failed) ? c->error : NULL;
}

int
capture_writer_open(struct capture_writer **out, const char *path, int link_type, bool nanoseconds,
	char err[DP_ERR_MAX])
{
	struct capture_writer *w = calloc(1, sizeof(*w));
	FILE *f = NULL;
	int ret;

	if (w == NULL)
		return port_fail(err, ENOMEM, "%s: %s", path, strerror(ENOMEM));
	w->nanoseconds = nanoseconds;
	w->pcap = pcap_open_dead_with_tstamp_precision(link_type, LONGEST_RECORD,
		nanoseconds ? PCAP_TSTAMP_PRECISION_NANO : PCAP_TSTAMP_PRECISION_MICRO);
	if (w->pcap == NULL) {
		ret = port_fail(err, ENOMEM, "%s: %s", path, strerror(ENOMEM));
		goto fail;
	}
	f = open_locked(path, O_WRONLY | O_CREAT, LOCK_EX, "wb");
	if (f == NULL) {
		ret = open_failed(err, path);
		goto fail;
	}
	/* A pipe or a device cannot be emptied and need not be. */
	(void)!ftruncate(fileno(f), 0);
	w->dump = pcap_dump_fopen(w->pcap, f); /* closes f when it fails */
	if (w->dump == NULL || pcap_dump_flush(w->dump) < 0) {
		ret = port_fail(err, EIO, "%s: cannot be written", path);
		goto fail;
	}
	*out = w;
	return 0;
fail:
	capture_writer_close(w);
	return ret;
}

bool
capture_write(struct capture_writer *w, const struct packet *p)
{
	uint64_t rest = p->time_ns % NS_PER_SECOND;
	struct pcap_pkthdr h = {
		.ts.tv_sec = (time_t)(p->time_ns / NS_PER_SECOND),
		.ts.tv_usec = (suseconds_t)(w->nanoseconds ? rest : rest / 1000),
		.caplen = p->len,
		.len = p->wire_len,
	};

	pcap_dump((u_char *)w->dump, &h, p->data);
	return ferror(pcap_dump_file(w->dump)) == 0;
}

int
capture_writer_flush(struct capture_writer *w)
{
	errno = 0;
	if (pcap_dump_flush(w->dump) < 0 || ferror(pcap_dump_file(w->dump)) != 0)
		return errno != 0 ? -errno : -EIO;
	return 0;
}

int
capture_writer_close(struct capture_writer *w)
{
	int ret = 0;

	if (w == NULL)
		return 0;
	if (w->dump != NULL) {
		ret = capture_writer_flush(w);
		pcap_dump_close(w->dump);
	}
	if (w->pcap != NULL)
		pcap_close(w->pcap);
	free(w);
	return ret;
}
