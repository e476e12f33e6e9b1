/*
 * offload.c - checksum completion and TCP/UDP segmentation in software.
 *
 * The rules are those of a network card, so that the receiver cannot tell: each segment repeats the
 * headers; sequence numbers advance by the payload; IPv4 identifications count up; FIN and PSH stay
 * for the last segment, CWR for the first (RFC 3168); lengths and checksums are each segment's own.
 * Used by the worker, on buffers it owns.
 * References: RFC 793, 768, 1071, 3168; virtio 1.2, section 5.1.6.
 */
#include "dataplane/offload.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "dataplane/checksum.h"
#include "dataplane/parse.h"

enum {
	SEGMENT_MEMORY = 4 * PACKET_MAX,
	TCP_CHECKSUM = 16,
	UDP_CHECKSUM = 6,
	SCTP_CHECKSUM = 8,
	TCP_FIN = 1,
	TCP_PSH = 8,
	TCP_CWR = 0x80,
	IPV6_HEADER = 40,
	IPV6_HOP_BY_HOP = 0,
	IPV6_DESTINATION = 60,
	IPV6_MAX_EXTENSIONS = 8,
	MIN_SEGMENT = 8,
};

struct l4_view {
	uint32_t l3, l4;  /* offsets in the frame */
	uint32_t headers; /* where the payload starts */
	uint32_t end;	  /* where it ends; Ethernet's padding follows */
	uint8_t proto;
	bool ipv6;
};

static bool
find_ipv4(const struct packet *p, struct l4_view *v)
{
	struct acl_key key;
	const uint8_t *ip = p->data + v->l3;

	if (parse_ipv4(ip, p->len - v->l3, &key) != DP_DROP_NONE)
		return false;
	if ((load16(ip + 6) & 0x3fff) != 0) /* a fragment has no checksum of its own */
		return false;
	v->proto = key.proto;
	v->l4 = v->l3 + (ip[0] & 15u) * 4;
	v->end = v->l3 + load16(ip + 2);
	return true;
}

static bool
find_ipv6(const struct packet *p, struct l4_view *v)
{
	const uint8_t *ip = p->data + v->l3;

	if (p->len < v->l3 + IPV6_HEADER || ip[0] >> 4 != 6)
		return false;
	v->end = v->l3 + IPV6_HEADER + load16(ip + 4);
	if (v->end > p->len)
		return false;
	v->ipv6 = true;
	v->proto = ip[6];
	v->l4 = v->l3 + IPV6_HEADER;
	for (int i = 0; i < IPV6_MAX_EXTENSIONS; i++) {
		if (v->proto != IPV6_HOP_BY_HOP && v->proto != IPV6_DESTINATION)
			break;
		if (v->l4 + 8 > v->end)
			return false;
		v->proto = p->data[v->l4];
		v->l4 += (p->data[v->l4 + 1] + 1u) * 8;
	}
	return v->l4 <= v->end;
}

/* Finds a whole TCP, UDP or SCTP header right behind an Ethernet header with at most one tag. */
static bool
find_l4(const struct packet *p, struct l4_view *v)
{
	struct ether_view ether;
	uint32_t header;

	*v = (struct l4_view){ 0 };
	if (p->len < ETHER_HEADER || parse_ether(p->data, p->len, load16(p->data + 12),
					     ETHER_HEADER, &ether) != DP_DROP_NONE)
		return false;
	v->l3 = ether.l3;
	if (ether.tags > 1 || ether.l3 != ETHER_HEADER + 4 * ether.tags)
		return false;
	if (ether.type == TYPE_IPV4	  ? !find_ipv4(p, v)
		: ether.type == TYPE_IPV6 ? !find_ipv6(p, v)
					  : true)
		return false;

	switch (v->proto) {
	case PROTO_TCP:
		if (v->l4 + 20 > v->end)
			return false;
		header = (p->data[v->l4 + 12] >> 4) * 4u;
		if (header < 20)
			return false;
		break;
	case PROTO_UDP:
		header = 8;
		break;
	case PROTO_SCTP:
		header = 12;
		break;
	default:
		return false;
	}
	v->headers = v->l4 + header;
	return v->headers <= v->end;
}

/* Whether the frame is of the kind its metadata says. */
static bool
gso_agrees(const struct packet *p, const struct l4_view *v)
{
	switch (p->offload.gso) {
	case GSO_TCP4:
		return v->proto == PROTO_TCP && !v->ipv6;
	case GSO_TCP6:
		return v->proto == PROTO_TCP && v->ipv6;
	case GSO_UDP:
		return v->proto == PROTO_UDP;
	default:
		return false;
	}
}

void
offload_account(struct packet *p)
{
	uint32_t tag = p->tag_type != 0 ? 4 : 0;
	struct l4_view v;

	p->packets = 1;
	p->bytes = p->wire_len + tag;
	p->headers = 0;
	if (p->offload.gso == GSO_NONE || p->offload.gso_size == 0 || !find_l4(p, &v) ||
		!gso_agrees(p, &v))
		return;
	p->headers = (uint16_t)v.headers;
	if (v.end - v.headers > p->offload.gso_size) {
		p->packets = (v.end - v.headers + p->offload.gso_size - 1) / p->offload.gso_size;
		p->bytes += (p->packets - 1) * (v.headers + tag);
	}
}

void
offload_guess(struct packet *p, uint32_t mtu)
{
	struct l4_view v;
	uint16_t pseudo, offset;
	uint32_t repeated;
	bool oversized;

	if (!find_l4(p, &v) || v.proto == PROTO_SCTP)
		return;
	offset = v.proto == PROTO_TCP ? TCP_CHECKSUM : UDP_CHECKSUM;
	pseudo = checksum_fold(checksum_pseudo(p->data + v.l3, v.proto, v.end - v.l4));
	repeated = v.headers - v.l3;
	oversized = v.proto == PROTO_TCP && v.end - v.l3 > mtu && repeated + MIN_SEGMENT <= mtu;
	if (oversized) {
		p->offload.gso = v.ipv6 ? GSO_TCP6 : GSO_TCP4;
		p->offload.gso_size = (uint16_t)(mtu - repeated);
		/* Whoever put it together checked its sums; each piece gets a new one. */
		store16(p->data + v.l4 + offset, pseudo);
	} else if (load16(p->data + v.l4 + offset) != pseudo) {
		return;
	}
	p->offload.partial_checksum = true;
	p->offload.csum_start = (uint16_t)v.l4;
	p->offload.csum_offset = offset;
}

bool
offload_complete_checksum(struct packet *p)
{
	uint32_t start = p->offload.csum_start, field = start + p->offload.csum_offset;
	struct l4_view v;
	uint32_t end = p->len;
	bool known = find_l4(p, &v) && v.l4 == start;
	uint16_t sum;

	if (known)
		end = v.end;
	if (known && v.proto == PROTO_SCTP && p->offload.csum_offset == SCTP_CHECKSUM) {
		uint32_t crc;

		memset(p->data + field, 0, 4);
		crc = checksum_crc32c(p->data + start, end - start);
		for (int i = 0; i < 4; i++) /* the only sum that travels low byte first */
			p->data[field + i] = (uint8_t)(crc >> 8 * i);
	} else {
		if (field + 2 > end)
			return false;
		/* The field holds the pseudo-header's sum, and so brings it in. */
		sum = (uint16_t)~checksum_fold(checksum_add(0, p->data + start, end - start));
		/* For UDP zero means "no checksum" (RFC 768). */
		if (sum == 0 && p->offload.csum_offset == UDP_CHECKSUM)
			sum = 0xffff;
		store16(p->data + field, sum);
	}
	p->offload.partial_checksum = false;
	return true;
}

int
segmenter_init(struct segmenter *s)
{
	*s = (struct segmenter){ .memory = malloc(SEGMENT_MEMORY) };
	return s->memory == NULL ? -ENOMEM : 0;
}

void
segmenter_fini(struct segmenter *s)
{
	free(s->memory);
	s->memory = NULL;
}

enum dp_drop
segmenter_begin(struct segmenter *s, const struct packet *whole, uint32_t max_frame)
{
	struct l4_view v;

	if (whole->offload.gso_size == 0 || !find_l4(whole, &v) || !gso_agrees(whole, &v))
		return DP_DROP_too_big;
	s->size = whole->offload.gso_size;
	if (max_frame != 0 && v.headers + s->size > max_frame) {
		/* TCP is a stream and may be cut anywhere; a datagram is what it is. */
		if (v.proto != PROTO_TCP || v.headers + MIN_SEGMENT > max_frame)
			return DP_DROP_too_big;
		s->size = max_frame - v.headers;
	}
	s->whole = whole;
	s->l3 = v.l3;
	s->l4 = v.l4;
	s->headers = v.headers;
	s->payload = v.end - v.headers;
	s->proto = v.proto;
	s->ipv6 = v.ipv6;
	s->at = 0;
	s->count = 0;
	return DP_DROP_NONE;
}

static void
fix_ip(const struct segmenter *s, uint8_t *ip, uint32_t len)
{
	if (s->ipv6) {
		store16(ip + 4, (uint16_t)(len - IPV6_HEADER));
		return;
	}
	store16(ip + 2, (uint16_t)len);
	store16(ip + 4, (uint16_t)(load16(ip + 4) + s->count));
	store16(ip + 10, 0);
	store16(ip + 10, (uint16_t)~checksum_fold(checksum_add(0, ip, s->l4 - s->l3)));
}

static void
fix_l4(const struct segmenter *s, const uint8_t *ip, uint8_t *l4, uint32_t len, bool last)
{
	uint32_t field = s->proto == PROTO_TCP ? TCP_CHECKSUM : UDP_CHECKSUM;
	uint16_t sum;

	if (s->proto == PROTO_TCP) {
		store32(l4 + 4, load32(l4 + 4) + s->at);
		if (!last)
			l4[13] &= (uint8_t) ~(TCP_FIN | TCP_PSH);
		if (s->count != 0)
			l4[13] &= (uint8_t)~TCP_CWR;
	} else {
		store16(l4 + 4, (uint16_t)len);
	}
	store16(l4 + field, 0);
	sum = (uint16_t)~checksum_fold(checksum_add(checksum_pseudo(ip, s->proto, len), l4, len));
	if (sum == 0 && s->proto == PROTO_UDP)
		sum = 0xffff;
	store16(l4 + field, sum);
}

bool
segmenter_next(struct segmenter *s)
{
	uint8_t *frame = s->memory;

	s->burst.n = 0;
	while (s->burst.n < DP_BURST) {
		uint32_t rest = s->payload - s->at;
		uint32_t piece = rest < s->size ? rest : s->size;
		uint32_t len = s->headers + piece;
		struct packet *p = &s->segment[s->burst.n];

		/* A frame without payload is one segment, not none. */
		if ((rest == 0 && s->count != 0) || frame + len > s->memory + SEGMENT_MEMORY)
			break;
		memcpy(frame, s->whole->data, s->headers);
		memcpy(frame + s->headers, s->whole->data + s->headers + s->at, piece);
		fix_ip(s, frame + s->l3, len - s->l3);
		fix_l4(s, frame + s->l3, frame + s->l4, len - s->l4, piece == rest);
		*p = (struct packet){
			.data = frame,
			.len = len,
			.wire_len = len,
			.time_ns = s->whole->time_ns,
			.packets = 1,
			.bytes = len,
		};
		s->burst.pkt[s->burst.n++] = p;
		s->at += piece;
		s->count++;
		frame += len;
	}
	return s->burst.n > 0;
}
