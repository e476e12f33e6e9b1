/*
 * packet_vnet.c - virtio-net headers read and written.
 *
 * A kind of segmentation that we do not know is kept as that: such a frame is counted as one and
 * cannot be sent on.
 */
#include "dataplane/packet_vnet.h"

#include <string.h>

#ifndef VIRTIO_NET_HDR_GSO_UDP_L4
#define VIRTIO_NET_HDR_GSO_UDP_L4 5
#endif

static enum packet_gso
gso_of(const struct virtio_net_hdr *h)
{
	switch (h->gso_type & ~VIRTIO_NET_HDR_GSO_ECN) {
	case VIRTIO_NET_HDR_GSO_NONE:
		return GSO_NONE;
	case VIRTIO_NET_HDR_GSO_TCPV4:
		return GSO_TCP4;
	case VIRTIO_NET_HDR_GSO_TCPV6:
		return GSO_TCP6;
	case VIRTIO_NET_HDR_GSO_UDP_L4:
		return GSO_UDP;
	default:
		return GSO_UNKNOWN;
	}
}

struct packet_offload
packet_vnet_read(const struct virtio_net_hdr *h)
{
	return (struct packet_offload){
		.partial_checksum = (h->flags & VIRTIO_NET_HDR_F_NEEDS_CSUM) != 0,
		.ecn = (h->gso_type & VIRTIO_NET_HDR_GSO_ECN) != 0,
		.gso = gso_of(h),
		.gso_size = h->gso_size,
		.csum_start = h->csum_start,
		.csum_offset = h->csum_offset,
	};
}

void
packet_vnet_write(struct virtio_net_hdr *h, const struct packet *p)
{
	static const uint8_t gso_type[] = {
		[GSO_NONE] = VIRTIO_NET_HDR_GSO_NONE,
		[GSO_TCP4] = VIRTIO_NET_HDR_GSO_TCPV4,
		[GSO_TCP6] = VIRTIO_NET_HDR_GSO_TCPV6,
		[GSO_UDP] = VIRTIO_NET_HDR_GSO_UDP_L4,
	};

	memset(h, 0, sizeof(*h));
	if (p->offload.partial_checksum) {
		h->flags = VIRTIO_NET_HDR_F_NEEDS_CSUM;
		h->csum_start = p->offload.csum_start;
		h->csum_offset = p->offload.csum_offset;
	}
	if (p->offload.gso != GSO_NONE) {
		h->gso_type =
			gso_type[p->offload.gso] | (p->offload.ecn ? VIRTIO_NET_HDR_GSO_ECN : 0);
		h->gso_size = p->offload.gso_size;
		h->hdr_len = p->headers;
	}
}
