/*
 * replay.c - a capture through one list: no ports, no threads, no privilege.
 *
 * Uses the pipeline's own parser and the engine's own classifier, so that a capture is judged here
 * as its frames would be on an interface.  Any link type in which IP is easily found will do.
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

enum {
	BSD_AF_INET = 2,   /* wherever such captures are made */
	BSD_AF_INET6 = 24, /* NetBSD, OpenBSD; others went their own ways */
	FREEBSD_AF_INET6 = 28,
	DARWIN_AF_INET6 = 30,
	NULL_HEADER = 4,
};

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
	case DLT_IPV6:
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

/* The family of a packet that follows a BSD link header, by its address family. */
static enum packet_family
bsd_family(uint32_t af)
{
	switch (af) {
	case BSD_AF_INET:
		return PACKET_IPV4;
	case BSD_AF_INET6:
	case FREEBSD_AF_INET6:
	case DARWIN_AF_INET6:
		return PACKET_IPV6;
	default:
		return PACKET_OTHER;
	}
}

/* A link header with an EtherType: looks through tags, and takes them out of p->bytes. */
static enum dp_drop
locate_ether(struct packet *p, size_t type_at, size_t header, struct ether_view *v)
{
	enum dp_drop why = parse_ether(p->data, p->len, load16(p->data + type_at), header, v);

	p->bytes -= 4u * v->tags;
	p->family = v->type == TYPE_IPV4   ? PACKET_IPV4
		    : v->type == TYPE_IPV6 ? PACKET_IPV6
					   : PACKET_OTHER;
	return why;
}

/* Finds out the family of a frame, and where its layer 3 is. */
static enum dp_drop
locate(int link_type, struct packet *p, struct ether_view *v)
{
	size_t type_at, header = link_header(link_type, &type_at);

	*v = (struct ether_view){ .l3 = (uint16_t)header };
	p->family = PACKET_OTHER;
	if (p->len < header)
		return DP_DROP_runt;
	switch (link_type) {
	case DLT_RAW:
		p->family = p->len > 0 && p->data[0] >> 4 == 6 ? PACKET_IPV6 : PACKET_IPV4;
		return DP_DROP_NONE;
	case DLT_IPV4:
		p->family = PACKET_IPV4;
		return DP_DROP_NONE;
	case DLT_IPV6:
		p->family = PACKET_IPV6;
		return DP_DROP_NONE;
	case DLT_LOOP:
		p->family = bsd_family(load32(p->data));
		return DP_DROP_NONE;
	case DLT_NULL: /* in the byte order of the machine that captured */
		p->family = bsd_family(load32(p->data));
		if (p->family == PACKET_OTHER)
			p->family = bsd_family(__builtin_bswap32(load32(p->data)));
		return DP_DROP_NONE;
	default:
		return locate_ether(p, type_at, header, v);
	}
}

static enum packet_family
list_family(enum acl_kind kind)
{
	return kind == ACL_IPV6 ? PACKET_IPV6 : kind == ACL_MAC ? PACKET_OTHER : PACKET_IPV4;
}

static enum dp_drop
read_key(struct packet *p, const struct ether_view *v)
{
	uint16_t tag;

	switch (p->family) {
	case PACKET_IPV4:
		return parse_ipv4(p->data + v->l3, p->len - v->l3, &p->key);
	case PACKET_IPV6:
		return parse_ipv6(p->data + v->l3, p->len - v->l3, &p->key);
	default:
		tag = v->tags > 0 ? load16(p->data + v->tag_at) : 0;
		parse_mac(p->data, p->len, v, tag & VID_MASK, (uint8_t)(tag >> PRIORITY_SHIFT),
			&p->mac_key);
		return DP_DROP_NONE;
	}
}

/* Whether the frame is one for the list; if not, counts what it is. */
static bool
sort_out(struct replay *r, struct packet *p)
{
	enum dp_drop why = DP_DROP_truncated;
	struct ether_view v;
	bool ours = true;

	r->result->packets++;
	p->bytes = p->wire_len;
	if (p->len == p->wire_len) {
		why = locate(r->link_type, p, &v);
		ours = p->family == list_family(r->job->kind);
	}
	if (why == DP_DROP_NONE && ours)
		why = read_key(p, &v);
	if (why != DP_DROP_NONE)
		r->result->broken[why]++;
	else if (!ours)
		r->result->not_ip++;
	return why == DP_DROP_NONE && ours;
}

static uint64_t
time_ms(const struct packet *p)
{
	return p->time_ns / 1000000;
}

/* Counts a verdict and keeps the frame; -errno when it could not be written. */
static int
book(struct replay *r, const struct packet *p, const struct acl_verdict *v)
{
	const struct dp_list *list = &r->job->list;

	if (list->program != NULL && list->counters != NULL)
		acl_counters_hit(list->counters, 0, v->slot, 1, p->bytes, time_ms(p));
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

/* The verdicts on a burst of frames of the list's family. */
static void
judge(const struct replay *r, struct packet *const *pkt, size_t n, struct acl_verdict *verdict)
{
	const struct acl_program *program = r->job->list.program;
	struct acl_mac_key mac_key[DP_BURST];
	struct acl_key key[DP_BURST];
	bool mac = r->job->kind == ACL_MAC;

	for (size_t i = 0; i < n; i++) {
		verdict[i] = (struct acl_verdict){ .action = ACL_PERMIT };
		if (mac)
			mac_key[i] = pkt[i]->mac_key;
		else
			key[i] = pkt[i]->key;
	}
	if (program == NULL || n == 0)
		return;
	if (mac)
		acl_classify_mac(program, mac_key, n, verdict);
	else
		acl_classify(program, key, NULL, n, time_ms(pkt[0]), verdict);
}

static int
run(struct replay *r)
{
	struct packet pkt[DP_BURST], *ours[DP_BURST];
	struct acl_verdict verdict[DP_BURST];
	size_t got;
	int ret;

	while ((got = capture_burst(r->capture, pkt, DP_BURST, UINT64_MAX)) > 0) {
		size_t n = 0;

		for (size_t i = 0; i < got; i++)
			if (sort_out(r, &pkt[i]))
				ours[n++] = &pkt[i];
		judge(r, ours, n, verdict);
		for (size_t i = 0; i < n; i++) {
			ret = book(r, ours[i], &verdict[i]);
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
	if (r->job->kind == ACL_MAC && r->link_type != DLT_EN10MB)
		return port_fail(err, EPROTONOSUPPORT,
			"%s: link type %s has no MAC addresses for a MAC list", r->job->capture,
			name);
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
