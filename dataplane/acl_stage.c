/*
 * acl_stage.c - a burst of frames meets the lists of an interface.
 *
 * Each list decides the packets of its own family: those of the burst are classified together, then
 * each is counted at the entry that decided, logged if the entry asks for it, and dropped or kept;
 * packets of other families stay where they are.  The verdict is final before the log is touched: a
 * full ring loses the event, never the packet (Cisco logs the same way, after the fact).  A list
 * without entries has no program and passes everything.
 *
 * What an entry that reflects lets out is in its reflexive table before the packet can leave, so
 * that the answer cannot be faster.  The tables are ours to change: worker only.
 */
#include "dataplane/forwarder.h"

#include <string.h>

/* A list where it stands. */
struct post {
	const struct dp_list *list;
	uint32_t ifindex;
	enum acl_direction dir;
	enum packet_family family; /* of the packets it decides */
};

static void
log_packet(struct forwarder *f, const struct post *at, const struct packet *p,
	const struct acl_verdict *v)
{
	struct dp_log_event ev = {
		.list_id = acl_program_list_id(at->list->program),
		.slot = v->slot,
		.ifindex = at->ifindex,
		.rx_ifindex = p->rx_ifindex,
		.direction = (uint8_t)at->dir,
		.action = v->action,
		.log = v->log,
		.packets = p->packets,
		.key = p->key,
	};

	memcpy(ev.src_mac, p->data + 6, sizeof(ev.src_mac));
	log_ring_push(&f->log, &ev);
}

/*
 * The packet's answers may come in; a full table only means that they will not.  Learning also
 * clears the table of what has run out: only here is room needed.
 */
static void
reflect(struct forwarder *f, uint32_t ifindex, const struct packet *p, const struct acl_verdict *v)
{
	uint32_t timeout =
		v->reflect_timeout_s != 0 ? v->reflect_timeout_s : f->snapshot->reflexive_timeout_s;

	if (!reflexive_learn(v->reflect, &p->key, timeout, f->now_ms))
		stat_add(&f->stats[ifindex].reflexive_full, p->packets);
}

/* Applies the verdicts, one for each packet of the list's family in the order of the burst. */
static void
settle(struct forwarder *f, const struct post *at, const struct acl_verdict *v, struct burst *b)
{
	const struct dp_list *list = at->list;
	size_t kept = 0;

	for (size_t i = 0; i < b->n; i++) {
		struct packet *p = b->pkt[i];

		if (p->family != at->family) {
			b->pkt[kept++] = p;
			continue;
		}
		if (list->counters != NULL)
			acl_counters_hit(list->counters, f->thread, v->slot, p->packets, p->bytes,
				f->now_ms);
		if (v->log != ACE_LOG_NONE && at->family != PACKET_OTHER)
			log_packet(f, at, p, v);
		if (v->action == ACL_PERMIT && v->reflect != NULL)
			reflect(f, at->ifindex, p, v);
		if (v->action == ACL_PERMIT)
			b->pkt[kept++] = p;
		else
			drop_packet(f, at->ifindex, p, DP_DROP_acl_denied);
		v++;
	}
	b->n = kept;
}

static void
ip_list(struct forwarder *f, const struct post *at, struct burst *b)
{
	struct acl_key key[DP_BURST];
	uint32_t packets[DP_BURST];
	struct acl_verdict verdict[DP_BURST];
	size_t n = 0;

	if (at->list->program == NULL)
		return;
	for (size_t i = 0; i < b->n; i++) {
		const struct packet *p = b->pkt[i];

		if (p->family == at->family) {
			packets[n] = p->packets;
			key[n++] = p->key;
		}
	}
	if (n == 0)
		return;
	acl_classify(at->list->program, key, packets, n, f->now_ms, verdict);
	settle(f, at, verdict, b);
}

static void
mac_list(struct forwarder *f, const struct post *at, struct burst *b)
{
	struct acl_mac_key key[DP_BURST];
	struct acl_verdict verdict[DP_BURST];
	size_t n = 0;

	if (at->list->program == NULL)
		return;
	for (size_t i = 0; i < b->n; i++)
		if (b->pkt[i]->family == at->family)
			key[n++] = b->pkt[i]->mac_key;
	if (n == 0)
		return;
	acl_classify_mac(at->list->program, key, n, verdict);
	settle(f, at, verdict, b);
}

void
acl_port_in(struct forwarder *f, uint32_t ifindex, struct burst *b)
{
	const struct dp_interface *ifp = &f->snapshot->interface[ifindex];
	struct post ipv4 = { &ifp->acl[ACL_IN], ifindex, ACL_IN, PACKET_IPV4 };
	struct post other = { &ifp->mac_in, ifindex, ACL_IN, PACKET_OTHER };

	ip_list(f, &ipv4, b);
	mac_list(f, &other, b);
}

void
acl_layer3(struct forwarder *f, uint32_t ifindex, enum acl_direction dir, struct burst *b)
{
	const struct dp_interface *ifp = &f->snapshot->interface[ifindex];
	struct post ipv4 = { &ifp->acl[dir], ifindex, dir, PACKET_IPV4 };
	struct post ipv6 = { &ifp->acl6[dir], ifindex, dir, PACKET_IPV6 };

	ip_list(f, &ipv4, b);
	ip_list(f, &ipv6, b);
}
