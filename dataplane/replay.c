/*
 * replay.c - a capture through one list: no ports, no threads, no privilege.
 *
 * Uses the pipeline's own parser and the engine's own classifier, so that a capture is judged here
 * as its frames would be on an interface.  Any link type in which IPv4 is easily found will do.
 * Broken frames are counted by reason and go on no pile. Link types:
 * draft-ietf-opsawg-pcaplinktype.
 */
#include "dataplane/dataplane.h"

#include <errno.h>
#include <pcap/pcap.h>
#include <pcap/sll.h>
#include <string.h>

#include "dataplane/capture.h"
#include "dataplane/packet.h"
#include "dataplane/parse.h"
#include "dataplane/port.h"

enum { BSD_AF_INET = 2, NULL_HEADER = 4 }; /* AF_INET is 2 wherever such captures are made */

struct replay {
	const struct dp_replay *job;
	struct dp_replay_result *result;
	struct capture *capture;
	int link_type;
	struct capture_writer *writer[2]; /* by enum acl_action */
};

static bool
link_type_known(int type)
{
	switch (type) {
	case DLT_EN10MB:
	case DLT_RAW:
	case DLT_IPV4:
	case DLT_LINUX_SLL:
	case DLT_LINUX_SLL2:
	case DLT_NULL:
	case DLT_LOOP:
		return true;
	default:
		return false;
	}
}

/* The length of the link's own header; for those with an EtherType, where that is. */
static size_t
link_header(int type, size_t *ether_type_at)
{
	*ether_type_at = 0;
	switch (type) {
	case DLT_EN10MB:
		*ether_type_at = 12;
		return ETHER_HEADER;
	case DLT_LINUX_SLL:
		*ether_type_at = 14;
		return SLL_HDR_LEN;
	case DLT_LINUX_SLL2:
		return SLL2_HDR_LEN;
	case DLT_NULL:
	case DLT_LOOP:
		return NULL_HEADER;
	default:
		return 0;
	}
}

/* Finds the IPv4 packet in a frame: *ip false when there is none. Takes tags out of p->bytes. */
static enum dp_drop
locate(int link_type, struct packet *p, bool *ip, size_t *l3)
{
	size_t type_at, header = link_header(link_type, &type_at);
	struct ether_view v;
	enum dp_drop why;

	*ip = false;
	*l3 = header;
	if (p->len < header)
		return DP_DROP_runt;
	switch (link_type) {
	case DLT_RAW:
		*ip = p->len == 0 || p->data[0] >> 4 != 6;
		return DP_DROP_NONE;
	case DLT_IPV4:
		*ip = true;
		return DP_DROP_NONE;
	case DLT_LOOP:
		*ip = load32(p->data) == BSD_AF_INET;
		return DP_DROP_NONE;
	case DLT_NULL: /* in the byte order of the machine that captured */
		*ip = load32(p->data) == BSD_AF_INET || load32(p->data) == BSD_AF_INET << 24;
		return DP_DROP_NONE;
	default:
		why = parse_ether(p->data, p->len, load16(p->data + type_at), header, &v);
		*ip = v.type == TYPE_IPV4;
		*l3 = v.l3;
		p->bytes -= 4u * v.tags;
		return why;
	}
}

/* Whether the frame is one for the list; if not, counts what it is. */
static bool
sort_out(struct replay *r, struct packet *p)
{
	enum dp_drop why = DP_DROP_truncated;
	size_t l3 = 0;
	bool ip = true;

	r->result->packets++;
	p->bytes = p->wire_len;
	if (p->len == p->wire_len)
		why = locate(r->link_type, p, &ip, &l3);
	if (why == DP_DROP_NONE && ip)
		why = parse_ipv4(p->data + l3, p->len - l3, &p->key);
	if (why != DP_DROP_NONE)
		r->result->broken[why]++;
	else if (!ip)
		r->result->not_ip++;
	return why == DP_DROP_NONE && ip;
}

/* Counts a verdict and keeps the frame; -errno when it could not be written. */
static int
book(struct replay *r, const struct packet *p, const struct acl_verdict *v)
{
	const struct dp_list *list = &r->job->list;

	if (list->program != NULL && list->counters != NULL)
		acl_counters_hit(list->counters, 0, v->slot, 1, p->bytes);
	if (v->action == ACL_PERMIT)
		r->result->permitted++;
	else
		r->result->denied++;
	if (v->action == ACL_DENY && v->slot == ACL_SLOT_IMPLICIT)
		r->result->implicit++;
	if (r->writer[v->action] == NULL || capture_write(r->writer[v->action], p))
		return 0;
	return errno != 0 ? -errno : -EIO;
}

static int
run(struct replay *r)
{
	struct packet pkt[DP_BURST], *ip[DP_BURST];
	struct acl_key key[DP_BURST];
	struct acl_verdict verdict[DP_BURST];
	size_t got;
	int ret;

	while ((got = capture_burst(r->capture, pkt, DP_BURST, UINT64_MAX)) > 0) {
		size_t n = 0;

		for (size_t i = 0; i < got; i++) {
			if (!sort_out(r, &pkt[i]))
				continue;
			verdict[n] = (struct acl_verdict){ .action = ACL_PERMIT };
			key[n] = pkt[i].key;
			ip[n++] = &pkt[i];
		}
		if (r->job->list.program != NULL && n > 0)
			acl_classify(r->job->list.program, key, n, verdict);
		for (size_t i = 0; i < n; i++) {
			ret = book(r, ip[i], &verdict[i]);
			if (ret < 0)
				return ret;
		}
	}
	return 0;
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
	if (!link_type_known(r->link_type))
		return port_fail(err, EPROTONOSUPPORT, "%s: link type %s (%d) is not supported",
			r->job->capture, name != NULL ? name : "unknown", r->link_type);
	ret = open_writer(r, ACL_PERMIT, r->job->permitted, err);
	return ret < 0 ? ret : open_writer(r, ACL_DENY, r->job->denied, err);
}

int
dp_replay(const struct dp_replay *job, struct dp_replay_result *result, char err[DP_ERR_MAX])
{
	struct replay r = { .job = job, .result = result };
	const char *path[2] = { [ACL_DENY] = job->denied, [ACL_PERMIT] = job->permitted };
	int ret;

	memset(result, 0, sizeof(*result));
	err[0] = '\0';
	ret = open_all(&r, err);
	if (ret == 0) {
		ret = run(&r);
		if (ret < 0)
			port_fail(err, -ret, "writing the captures: %s", strerror(-ret));
		else if (capture_error(r.capture) != NULL)
			ret = port_fail(err, EIO, "%s", capture_error(r.capture));
	}
	for (int i = 0; i < 2; i++) {
		int closed = capture_writer_close(r.writer[i]);

		if (closed < 0 && ret == 0)
			ret = port_fail(err, -closed, "%s: %s", path[i], strerror(-closed));
	}
	capture_close(r.capture);
	return ret;
}
