/*
 * pipeline.c - the path of a frame, from the port it came in by to the ports it leaves by.
 *
 * Read pipeline_run() from top to bottom: that is the order in which things happen to a frame.  A
 * stage takes a burst and leaves in it what goes on; what does not has met drop_packet(), with a
 * reason, on the interface where it ended.  A flooded frame is one packet queued on several
 * interfaces; each meets its own out lists.
 *
 * The order is Cisco's for integrated routing and bridging: an SVI's or a routed port's list sees
 * what that interface receives or sends, and not what a VLAN switches among its own ports.
 * Owned by the worker; reads the snapshot of the current turn.
 */
#include "dataplane/forwarder.h"

#include <string.h>

#include "dataplane/parse.h"

static const struct dp_interface *
interface_of(const struct forwarder *f, uint32_t ifindex)
{
	return &f->snapshot->interface[ifindex];
}

static void
count_received(struct forwarder *f, uint32_t ifindex, const struct packet *p)
{
	struct if_stats *s = &f->stats[ifindex];

	stat_add(&s->rx_packets, p->packets);
	stat_add(&s->rx_bytes, p->bytes);
	stat_set(&s->last_rx_ms, f->now_ms);
	if (packet_is_group(p))
		stat_add(
			packet_is_broadcast(p) ? &s->rx_broadcasts : &s->rx_multicasts, p->packets);
}

/* The TCI of the first tag, in the frame or taken off by the kernel; 0 without any. */
static uint16_t
tag_of(const struct packet *p, const struct ether_view *v)
{
	if (v->tags > 0)
		return load16(p->data + v->tag_at);
	return p->tag_type != 0 ? p->tag : 0;
}

/*
 * Takes a tag off, as IEEE 802.1Q does with a frame for a port that sends untagged: a priority tag
 * (VID 0), or one that names the VLAN the port is in anyway.  Any other is another VLAN's frame.
 */
static enum dp_drop
accept_tag(const struct dp_interface *ifp, struct packet *p, struct ether_view *v)
{
	bool in_frame = v->tags > 0;
	uint16_t type = in_frame ? load16(p->data + v->tag_at - 2) : p->tag_type;
	uint16_t vid = tag_of(p, v) & VID_MASK;
	uint16_t own = ifp->kind == DP_IF_SWITCHPORT ? ifp->vlan : 0;

	if (v->tags == 0 && p->tag_type == 0)
		return DP_DROP_NONE;
	if (v->tags + (p->tag_type != 0) > 1 || type != TYPE_VLAN || (vid != 0 && vid != own))
		return DP_DROP_vlan_tag;
	p->bytes -= 4 * p->packets;
	p->tag_type = 0;
	if (!in_frame)
		return DP_DROP_NONE;
	if (v->tag_at != ETHER_HEADER) /* inside a SNAP header, where no bridge looks */
		return DP_DROP_vlan_tag;
	memmove(p->data + 4, p->data, 12);
	p->data += 4;
	p->len -= 4;
	p->wire_len -= 4;
	p->headers -= p->headers != 0 ? 4 : 0;
	p->offload.csum_start -= p->offload.partial_checksum ? 4 : 0;
	v->l3 -= 4;
	return DP_DROP_NONE;
}

/* 802.1D table 7-10: 01:80:c2:00:00:01..0f end here; BPDUs (..:00) pass, for bridges outside us. */
static bool
is_reserved(const uint8_t *mac)
{
	return memcmp(mac, "\x01\x80\xc2\x00\x00", 5) == 0 && mac[5] >= 1 && mac[5] <= 15;
}

/*
 * The key that lists of its family decide on.  A MAC list finds the frame in the port's VLAN, with
 * the priority its tag gave it, 0 without one.
 */
static enum dp_drop
read_key(const struct dp_interface *ifp, struct packet *p, const struct ether_view *v, uint8_t cos)
{
	switch (v->type) {
	case TYPE_IPV4:
		p->family = PACKET_IPV4;
		return parse_ipv4(p->data + v->l3, p->len - v->l3, &p->key);
	case TYPE_IPV6:
		p->family = PACKET_IPV6;
		return parse_ipv6(p->data + v->l3, p->len - v->l3, &p->key);
	default:
		p->family = PACKET_OTHER;
		parse_mac(p->data, p->len, v, ifp->vlan, cos, &p->mac_key);
		return DP_DROP_NONE;
	}
}

/* Is this a frame we can forward, and what is in it? */
static enum dp_drop
admit(const struct dp_interface *ifp, struct packet *p)
{
	struct ether_view v;
	enum dp_drop why;
	uint8_t cos;

	if (p->len < p->wire_len)
		return DP_DROP_truncated;
	if (p->len < ETHER_HEADER)
		return DP_DROP_runt;
	why = parse_ether(p->data, p->len, load16(p->data + 12), ETHER_HEADER, &v);
	if (why != DP_DROP_NONE)
		return why;
	cos = (uint8_t)(tag_of(p, &v) >> PRIORITY_SHIFT);
	why = accept_tag(ifp, p, &v);
	if (why != DP_DROP_NONE)
		return why;
	if ((p->data[6] & 1) != 0)
		return DP_DROP_source_multicast;
	if (is_reserved(p->data))
		return DP_DROP_reserved_multicast;
	return read_key(ifp, p, &v, cos);
}

/* Port in: counts what arrived and keeps what can go on. */
static void
receive(struct forwarder *f, uint32_t ifindex, size_t n, struct burst *b)
{
	const struct dp_interface *ifp = interface_of(f, ifindex);

	b->n = 0;
	for (size_t i = 0; i < n; i++) {
		struct packet *p = &f->rx[i];
		enum dp_drop why;

		offload_account(p);
		p->rx_ifindex = ifindex;
		if (!ifp->up) {
			drop_packet(f, ifindex, p, DP_DROP_interface_down);
			continue;
		}
		count_received(f, ifindex, p);
		why = admit(ifp, p);
		if (why == DP_DROP_NONE)
			b->pkt[b->n++] = p;
		else
			drop_packet(f, ifindex, p, why);
	}
}

static void
queue_on(struct forwarder *f, uint32_t ifindex, struct packet *p)
{
	struct burst *q = &f->queue[ifindex];

	if (q->n == 0)
		f->queued[f->n_queued++] = (uint8_t)ifindex;
	q->pkt[q->n++] = p;
}

/*
 * Takes what is queued on an interface; f->queued keeps naming it, and an empty queue does no harm.
 */
static struct burst
take_queue(struct forwarder *f, uint32_t ifindex)
{
	struct burst b = f->queue[ifindex];

	f->queue[ifindex].n = 0;
	return b;
}

/* Switches a burst within a domain, from one of its members onto the queues of others. */
static void
switch_frames(struct forwarder *f, uint16_t domain, uint32_t from, const struct burst *b)
{
	struct bridge_targets to;

	for (size_t i = 0; i < b->n; i++) {
		bridge_forward(&f->bridge, domain, from, b->pkt[i]->data, f->now_ms, &to);
		if (to.n == 0)
			drop_packet(f, from, b->pkt[i], to.why);
		for (size_t t = 0; t < to.n; t++)
			queue_on(f, to.ifindex[t], b->pkt[i]);
	}
}

/* Layer 3 in: what an SVI or a routed port receives meets its lists, then its bridge group. */
static void
layer3_in(struct forwarder *f, uint32_t ifindex, struct burst *b)
{
	const struct dp_interface *ifp = interface_of(f, ifindex);

	for (size_t i = 0; i < b->n; i++)
		b->pkt[i]->rx_ifindex = ifindex;
	acl_layer3(f, ifindex, ACL_IN, b);
	if (ifp->bridge_group != 0) {
		switch_frames(f, bridge_domain_of_group(ifp->bridge_group), ifindex, b);
		return;
	}
	/* An interface without a bridge group routes: the FIB will stand here. */
	for (size_t i = 0; i < b->n; i++)
		drop_packet(f, ifindex, b->pkt[i], DP_DROP_no_forwarding);
}

/* Layer 3 out: the lists of the interface it leaves by; an SVI then switches into its VLAN. */
static void
layer3_out(struct forwarder *f, uint32_t ifindex)
{
	const struct dp_interface *ifp = interface_of(f, ifindex);
	struct burst b = take_queue(f, ifindex);

	acl_layer3(f, ifindex, ACL_OUT, &b);
	if (ifp->kind == DP_IF_ROUTED) {
		egress_send(f, ifindex, &b);
		return;
	}
	for (size_t i = 0; i < b.n; i++)
		egress_count(f, ifindex, b.pkt[i]);
	switch_frames(f, ifp->vlan, ifindex, &b);
}

void
pipeline_run(struct forwarder *f, uint32_t ifindex, size_t n)
{
	const struct dp_interface *ifp = interface_of(f, ifindex);
	struct burst b;

	/* Port in: whole, well-formed, ours. */
	receive(f, ifindex, n, &b);

	/* The VLAN, behind the port's lists; what is for the SVI, or for all, goes up. */
	f->n_queued = 0;
	if (ifp->kind == DP_IF_SWITCHPORT && ifp->vlan != 0) {
		acl_port_in(f, ifindex, &b);
		switch_frames(f, ifp->vlan, ifindex, &b);
		ifindex = bridge_svi(&f->bridge, f->snapshot, ifp->vlan);
		b = take_queue(f, ifindex);
		for (size_t i = 0; i < b.n; i++)
			count_received(f, ifindex, b.pkt[i]);
	} else if (ifp->kind != DP_IF_ROUTED) {
		for (size_t i = 0; i < b.n; i++)
			drop_packet(f, ifindex, b.pkt[i], DP_DROP_no_forwarding);
		return;
	}

	/* Layer 3 in: the in lists, then the bridge group. */
	layer3_in(f, ifindex, &b);

	/* Layer 3 out: the out lists; routed ports send, SVIs hand down to their VLANs. */
	for (size_t i = 0, members = f->n_queued; i < members; i++)
		if (interface_of(f, f->queued[i])->kind != DP_IF_SWITCHPORT &&
			f->queue[f->queued[i]].n > 0)
			layer3_out(f, f->queued[i]);

	/* The VLANs' ports send. */
	for (size_t i = 0; i < f->n_queued; i++) {
		b = take_queue(f, f->queued[i]);
		if (b.n > 0)
			egress_send(f, f->queued[i], &b);
	}
}
