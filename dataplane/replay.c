/*
 * replay.c - a capture through one list: no ports, no privilege.
 *
 * Uses the pipeline's own parser and the engine's own classifier, so that a capture is judged here
 * as its frames would be on an interface.  Any link type in which IP is easily found will do.
 * Broken frames are counted by reason and go on no pile.
 *
 * A plain pcap file is read in chunks (savefile.h), by several threads when the caller has columns
 * of counters for them and no frame is to be written, whose order would matter: verdicts do not
 * depend on each other.  Anything else comes through libpcap, in one thread.
 */
#include "dataplane/dataplane.h"

#include <errno.h>
#include <pcap/pcap.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "dataplane/capture.h"
#include "dataplane/link_header.h"
#include "dataplane/packet.h"
#include "dataplane/parse.h"
#include "dataplane/port.h"
#include "dataplane/savefile.h"

struct replay {
	const struct dp_replay *job;
	struct capture *capture;
	int link_type;
	struct capture_writer *writer[2]; /* by enum acl_action */
	bool fast;			  /* read from file, not from capture */
	pthread_mutex_t lock;		  /* the file's next chunk, progress */
	struct savefile file;
};

struct worker {
	struct replay *r;
	unsigned thread; /* its column of the counters */
	pthread_t id;
	struct dp_replay_result sum;
	int error;
	struct savefile_chunk chunk;
	size_t n; /* packets of the list's family: those in ours and key */
	struct packet pkt[DP_BURST], *ours[DP_BURST];
	struct acl_key key[DP_BURST];
	struct acl_mac_key mac_key[DP_BURST];
};

static enum packet_family
list_family(enum acl_kind kind)
{
	return kind == ACL_IPV6 ? PACKET_IPV6 : kind == ACL_MAC ? PACKET_OTHER : PACKET_IPV4;
}

/* Into the next free key. */
static enum dp_drop
read_key(struct worker *w, const struct packet *p, const struct ether_view *v)
{
	uint16_t tag;

	switch (p->family) {
	case PACKET_IPV4:
		return parse_ipv4(p->data + v->l3, p->len - v->l3, &w->key[w->n]);
	case PACKET_IPV6:
		return parse_ipv6(p->data + v->l3, p->len - v->l3, &w->key[w->n]);
	default:
		tag = v->tags > 0 ? load16(p->data + v->tag_at) : 0;
		parse_mac(p->data, p->len, v, tag & VID_MASK, (uint8_t)(tag >> PRIORITY_SHIFT),
			&w->mac_key[w->n]);
		return DP_DROP_NONE;
	}
}

/* Keeps the frame if it is one for the list; if not, counts what it is. */
static void
sort_out(struct worker *w, struct packet *p)
{
	const struct replay *r = w->r;
	enum dp_drop why = DP_DROP_truncated;
	struct ether_view v;
	bool ours = true;

	w->sum.packets++;
	p->bytes = p->wire_len;
	if (p->len == p->wire_len) {
		why = link_header_locate(r->link_type, p, &v);
		ours = p->family == list_family(r->job->kind);
	}
	if (why == DP_DROP_NONE && ours)
		why = read_key(w, p, &v);
	if (why != DP_DROP_NONE)
		w->sum.broken[why]++;
	else if (!ours)
		w->sum.not_ip++;
	else
		w->ours[w->n++] = p;
}

static uint64_t
time_ms(const struct packet *p)
{
	return p->time_ns / 1000000;
}

/* Counts a verdict and keeps the frame; -errno when it could not be written. */
static int
book(struct worker *w, const struct packet *p, const struct acl_verdict *v)
{
	const struct dp_list *list = &w->r->job->list;
	struct capture_writer *writer = w->r->writer[v->action];

	if (list->program != NULL && list->counters != NULL)
		acl_counters_hit(list->counters, w->thread, v->slot, 1, p->bytes, time_ms(p));
	if (v->action == ACL_PERMIT)
		w->sum.permitted++;
	else
		w->sum.denied++;
	if (v->action == ACL_DENY && v->slot == ACL_SLOT_IMPLICIT)
		w->sum.implicit++;
	if (writer == NULL || capture_write(writer, p))
		return 0;
	return errno != 0 ? -errno : -EIO;
}

/* The verdicts on the frames that were kept. */
static void
judge(const struct worker *w, struct acl_verdict *verdict)
{
	const struct acl_program *program = w->r->job->list.program;

	if (program == NULL) {
		for (size_t i = 0; i < w->n; i++)
			verdict[i] = (struct acl_verdict){ .action = ACL_PERMIT };
	} else if (w->r->job->kind == ACL_MAC) {
		acl_classify_mac(program, w->mac_key, w->n, verdict);
	} else {
		acl_classify(program, w->key, NULL, w->n, time_ms(w->ours[0]), verdict);
	}
}

static int
run_burst(struct worker *w, size_t got)
{
	struct acl_verdict verdict[DP_BURST];
	int ret = 0;

	w->n = 0;
	for (size_t i = 0; i < got; i++)
		sort_out(w, &w->pkt[i]);
	if (w->n > 0)
		judge(w, verdict);
	for (size_t i = 0; i < w->n && ret == 0; i++)
		ret = book(w, w->ours[i], &verdict[i]);
	return ret;
}

/* ---- where frames come from ---- */

static bool
next_chunk(struct worker *w)
{
	struct replay *r = w->r;
	const struct dp_replay *job = r->job;
	bool got;

	pthread_mutex_lock(&r->lock);
	got = savefile_fill(&r->file, &w->chunk);
	if (got && job->progress != NULL)
		job->progress(job->progress_arg, r->file.offset, r->file.size);
	pthread_mutex_unlock(&r->lock);
	return got;
}

static size_t
burst_of_chunk(struct worker *w)
{
	struct savefile_record record;
	size_t n = 0;

	while (n < DP_BURST && savefile_take(&w->r->file, &w->chunk, &record)) {
		struct packet *p = &w->pkt[n++];

		p->data = record.bytes;
		p->len = record.len;
		p->wire_len = record.wire_len;
		p->time_ns = record.time_ns;
	}
	return n;
}

static size_t
next_burst(struct worker *w)
{
	size_t n;

	if (!w->r->fast)
		return capture_burst(w->r->capture, w->pkt, DP_BURST, UINT64_MAX);
	n = burst_of_chunk(w);
	return n > 0 || !next_chunk(w) ? n : burst_of_chunk(w);
}

static void *
work(void *arg)
{
	struct worker *w = arg;
	size_t got;

	while (w->error == 0 && (got = next_burst(w)) > 0)
		w->error = run_burst(w, got);
	return NULL;
}

/* ---- the whole ---- */

static void
add_up(struct dp_replay_result *sum, const struct dp_replay_result *more)
{
	sum->packets += more->packets;
	sum->permitted += more->permitted;
	sum->denied += more->denied;
	sum->implicit += more->implicit;
	sum->not_ip += more->not_ip;
	for (int i = 0; i < DP_DROP_COUNT; i++)
		sum->broken[i] += more->broken[i];
}

static unsigned
threads_for(const struct replay *r)
{
	if (!r->fast || r->job->threads < 1 || r->writer[ACL_PERMIT] != NULL ||
		r->writer[ACL_DENY] != NULL)
		return 1;
	return r->job->threads;
}

/* The caller is the first worker. A thread that cannot be started leaves its share to the others. */
static int
run(struct replay *r, struct dp_replay_result *result)
{
	unsigned threads = threads_for(r), started = 1;
	struct worker *w = calloc(threads, sizeof(*w));
	int ret = w == NULL ? -ENOMEM : 0;

	for (unsigned i = 0; i < threads && ret == 0; i++) {
		w[i].r = r;
		w[i].thread = i;
		ret = savefile_chunk_init(&w[i].chunk);
	}
	if (ret == 0) {
		while (started < threads &&
			pthread_create(&w[started].id, NULL, work, &w[started]) == 0)
			started++;
		work(&w[0]);
		for (unsigned i = 1; i < started; i++)
			pthread_join(w[i].id, NULL);
	}
	for (unsigned i = 0; w != NULL && i < threads; i++) {
		add_up(result, &w[i].sum);
		if (ret == 0)
			ret = w[i].error;
		savefile_chunk_fini(&w[i].chunk);
	}
	free(w);
	return ret;
}

static int
open_writer(struct replay *r, enum acl_action which, const char *path, char err[DP_ERR_MAX])
{
	if (path == NULL)
		return 0;
	return capture_writer_open(
		&r->writer[which], path, r->link_type, capture_nanoseconds(r->capture), err);
}

static int
open_all(struct replay *r, char err[DP_ERR_MAX])
{
	int ret = capture_open(&r->capture, r->job->capture, err);
	const char *name;

	if (ret < 0)
		return ret;
	r->link_type = capture_link_type(r->capture);
	name = pcap_datalink_val_to_name(r->link_type);
	if (!link_header_known(r->link_type))
		return port_fail(err, EPROTONOSUPPORT, "%s: link type %s (%d) is not supported",
			r->job->capture, name != NULL ? name : "unknown", r->link_type);
	if (r->job->kind == ACL_MAC && r->link_type != DLT_EN10MB)
		return port_fail(err, EPROTONOSUPPORT,
			"%s: link type %s has no MAC addresses for a MAC list", r->job->capture,
			name);
	r->fast = !r->job->through_libpcap && savefile_open(&r->file, capture_fd(r->capture));
	ret = open_writer(r, ACL_PERMIT, r->job->permitted, err);
	return ret < 0 ? ret : open_writer(r, ACL_DENY, r->job->denied, err);
}

/* What ended the reading before the file's end. */
static int
broken_off(const struct replay *r, char err[DP_ERR_MAX])
{
	if (r->fast && r->file.fault[0] != '\0')
		return port_fail(err, EIO, "%s: %s", r->job->capture, r->file.fault);
	if (!r->fast && capture_error(r->capture) != NULL)
		return port_fail(err, EIO, "%s", capture_error(r->capture));
	return 0;
}

int
dp_replay(const struct dp_replay *job, struct dp_replay_result *result, char err[DP_ERR_MAX])
{
	struct replay r = { .job = job, .lock = PTHREAD_MUTEX_INITIALIZER };
	const char *path[2] = { [ACL_DENY] = job->denied, [ACL_PERMIT] = job->permitted };
	int ret;

	memset(result, 0, sizeof(*result));
	err[0] = '\0';
	ret = open_all(&r, err);
	if (ret == 0) {
		ret = run(&r, result);
		if (ret == -ENOMEM)
			port_fail(err, ENOMEM, "%s", strerror(ENOMEM));
		else if (ret < 0)
			port_fail(err, -ret, "writing the captures: %s", strerror(-ret));
		else
			ret = broken_off(&r, err);
	}
	for (int i = 0; i < 2; i++) {
		int closed = capture_writer_close(r.writer[i]);

		if (closed < 0 && ret == 0)
			ret = port_fail(err, -closed, "%s: %s", path[i], strerror(-closed));
	}
	capture_close(r.capture);
	return ret;
}
