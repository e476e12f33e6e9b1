/*
 * capture.h - capture files: pcap and pcapng in, pcap out (libpcap's savefiles).
 *
 * Reading stays one frame ahead, so that several captures can be merged in the order of time.  File
 * ports and replay share this.  One thread at a time; capture_error() from any.
 */
#ifndef DATAPLANE_CAPTURE_H
#define DATAPLANE_CAPTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dataplane/dataplane.h"
#include "dataplane/packet.h"

struct capture;

/* 0, or -errno with a sentence that names the file. */
int capture_open(struct capture **out, const char *path, char err[DP_ERR_MAX]);
void capture_close(struct capture *c);
int capture_link_type(const struct capture *c);	/* DLT_... */
int capture_fd(const struct capture *c);	/* still the capture's; its position is libpcap's */
/* Whether the file's time stamps are finer than microseconds. */
bool capture_nanoseconds(const struct capture *c);
/* When the next frame was; false at the end. */
bool capture_next_time(struct capture *c, uint64_t *ns);
/*
 * Up to max frames not later than until_ns; 0 at the end.  The bytes stay valid until the next
 * call.
 */
size_t capture_burst(struct capture *c, struct packet *pkt, size_t max, uint64_t until_ns);
/* What ended reading before the end of the file, or NULL. */
const char *capture_error(const struct capture *c);

struct capture_writer;

/*
 * Creates or empties the file, unless it is being read or written here or by another acegate, when
 * nothing happens to it.  0, or -errno with a sentence.
 */
int capture_writer_open(struct capture_writer **out, const char *path, int link_type,
	bool nanoseconds, char err[DP_ERR_MAX]);
/* False once a write has failed: the disk is full. Time stamps finer than the file's are cut. */
bool capture_write(struct capture_writer *w, const struct packet *p);
/* Everything written so far is in the file afterwards. 0 or -errno. */
int capture_writer_flush(struct capture_writer *w);
/* 0, or -errno of the last flush. NULL is fine. */
int capture_writer_close(struct capture_writer *w);

#endif
