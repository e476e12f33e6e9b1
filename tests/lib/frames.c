/*
 * frames.c - frames for tests, and the plainest checksum there is.
 */
#include "tests/lib/frames.h"

#include <string.h>

enum { ETHER = 14 };

static void
put16(uint8_t *p, uint32_t v)
{
	p[0] = (uint8_t)(v >> 8);
	p[1] = (uint8_t)v;
}

static void
put32(uint8_t *p, uint32_t v)
{
	put16(p, v >> 16);
	put16(p + 2, v);
}

uint16_t
sum16(uint32_t sum, const uint8_t *p, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		sum += i % 2 == 0 ? (uint32_t)p[i] << 8 : p[i];
		if (sum > 0xffff)
			sum -= 0xffff;
	}
	return (uint16_t)sum;
}

void
frame_mac(uint8_t n, uint8_t mac[6])
{
	memset(mac, n == 0xff ? 0xff : 0, 6);
	if (n != 0xff) {
		mac[0] = 2;
		mac[5] = n;
	}
}

/* Where layer 4 of an untagged frame starts, its protocol, length, and the pseudo-header's sum. */
static size_t
layer4(const uint8_t *b, uint8_t *proto, size_t *len, uint16_t *pseudo)
{
	const uint8_t *ip = b + ETHER;
	uint8_t tail[4] = { 0 };
	size_t header;

	if (ip[0] >> 4 == 4) {
		header = (ip[0] & 15u) * 4;
		*proto = ip[9];
		*len = (size_t)(ip[2] << 8 | ip[3]) - header;
		*pseudo = sum16(0, ip + 12, 8);
	} else {
		header = 40;
		*proto = ip[6];
		*len = (size_t)(ip[4] << 8 | ip[5]);
		*pseudo = sum16(0, ip + 8, 32);
	}
	tail[1] = *proto;
	put16(tail + 2, (uint32_t)*len);
	*pseudo = sum16(*pseudo, tail, 4);
	return ETHER + header;
}

static size_t
sum_field(uint8_t proto)
{
	return proto == 6 ? 16 : 6;
}

static size_t
build_ip(uint8_t *ip, const struct frame_spec *s, size_t l4_len)
{
	size_t header = s->ipv6 ? 40 : 20 + s->options;

	memset(ip, 0, header);
	if (s->ipv6) {
		ip[0] = 0x60;
		put16(ip + 4, (uint32_t)l4_len);
		ip[6] = s->proto;
		ip[7] = 64;
		ip[8] = 0xfd;
		ip[23] = s->from;
		ip[24] = 0xfd;
		ip[39] = s->to;
		return header;
	}
	ip[0] = (uint8_t)(0x40 | header / 4);
	put16(ip + 2, (uint32_t)(header + l4_len));
	put16(ip + 4, s->id);
	put16(ip + 6, s->fragment);
	ip[8] = 64;
	ip[9] = s->proto;
	put32(ip + 12, s->src);
	put32(ip + 16, s->dst);
	memset(ip + 20, 1, s->options); /* no-operations */
	put16(ip + 10, 0xffffu ^ sum16(0, ip, header));
	return header;
}

static size_t
build_l4(uint8_t *l4, const struct frame_spec *s)
{
	size_t header = s->proto == 6 ? 20 : s->proto == 17 || s->proto == 1 ? 8 : 4;

	memset(l4, 0, header);
	switch (s->proto) {
	case 6:
		put16(l4, s->sport);
		put16(l4 + 2, s->dport);
		put32(l4 + 4, s->seq);
		l4[12] = 5 << 4;
		l4[13] = s->tcp_flags;
		put16(l4 + 14, 65535);
		break;
	case 17:
		put16(l4, s->sport);
		put16(l4 + 2, s->dport);
		put16(l4 + 4, (uint32_t)(header + s->payload));
		break;
	default: /* ICMP, IGMP: the ports stand for type and code */
		l4[0] = (uint8_t)s->sport;
		l4[1] = (uint8_t)s->dport;
	}
	for (size_t i = 0; i < s->payload; i++)
		l4[header + i] = (uint8_t)(i % 251);
	return header + s->payload;
}

void
frame_build(struct frame *f, const struct frame_spec *s)
{
	size_t ip_header = s->ipv6 ? 40 : 20 + s->options;
	size_t l4_len = build_l4(f->bytes + ETHER + ip_header, s);
	uint16_t pseudo;
	uint8_t proto;
	size_t len, at;

	frame_mac(s->to, f->bytes);
	frame_mac(s->from, f->bytes + 6);
	put16(f->bytes + 12, s->ipv6 ? 0x86dd : 0x0800);
	build_ip(f->bytes + ETHER, s, l4_len);
	f->len = ETHER + ip_header + l4_len;
	at = layer4(f->bytes, &proto, &len, &pseudo);
	if (proto == 6 || proto == 17) {
		uint16_t sum = 0xffff ^ sum16(pseudo, f->bytes + at, len);

		put16(f->bytes + at + sum_field(proto), sum == 0 && proto == 17 ? 0xffff : sum);
	}
}

void
frame_other(struct frame *f, uint8_t to, uint8_t from, uint16_t type)
{
	memset(f->bytes, 0, 60);
	frame_mac(to, f->bytes);
	frame_mac(from, f->bytes + 6);
	put16(f->bytes + 12, type);
	f->len = 60;
}

void
frame_tag(struct frame *f, uint16_t tpid, uint16_t tci)
{
	memmove(f->bytes + 16, f->bytes + 12, f->len - 12);
	put16(f->bytes + 12, tpid);
	put16(f->bytes + 14, tci);
	f->len += 4;
}

void
frame_snap(struct frame *f)
{
	memmove(f->bytes + 20, f->bytes + 12, f->len - 12);
	put16(f->bytes + 12, (uint32_t)(f->len - 12 + 6));
	memcpy(f->bytes + 14, "\xaa\xaa\x03\x00\x00\x00", 6);
	f->len += 8;
}

bool
frame_sums_hold(const uint8_t *b, size_t len)
{
	uint16_t pseudo;
	uint8_t proto;
	size_t l4_len, at = layer4(b, &proto, &l4_len, &pseudo);

	if (at + l4_len > len)
		return false;
	if (b[ETHER] >> 4 == 4 && sum16(0, b + ETHER, at - ETHER) != 0xffff)
		return false;
	return sum16(pseudo, b + at, l4_len) == 0xffff;
}

void
frame_make_partial(struct frame *f)
{
	uint16_t pseudo;
	uint8_t proto;
	size_t len, at = layer4(f->bytes, &proto, &len, &pseudo);

	put16(f->bytes + at + sum_field(proto), pseudo);
}
