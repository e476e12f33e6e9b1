/*
 * link_header.c - finds layer 3 behind the link headers that captures come with.
 *
 * Link types: draft-ietf-opsawg-pcaplinktype.
 */
#include "dataplane/link_header.h"

#include <pcap/pcap.h>
#include <pcap/sll.h>

enum {
	BSD_AF_INET = 2,   /* wherever such captures are made */
	BSD_AF_INET6 = 24, /* NetBSD, OpenBSD; others went their own ways */
	FREEBSD_AF_INET6 = 28,
	DARWIN_AF_INET6 = 30,
	NULL_HEADER = 4,
};

bool
link_header_known(int type)
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
header_length(int type, size_t *ether_type_at)
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

enum dp_drop
link_header_locate(int link_type, struct packet *p, struct ether_view *v)
{
	size_t type_at, header = header_length(link_type, &type_at);

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
