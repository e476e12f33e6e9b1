/*
 * acl_stage.c - a burst of frames meets the list of an interface.
 *
 * The IPv4 packets of the burst are classified together, then each is counted at the entry that
 * decided, logged if the entry asks for it, and dropped or kept.  The verdict is final before the
 * log is touched: a full ring loses the event, never the packet (Cisco logs the same way, after the
 * fact). A list without entries has no program and passes everything.  Worker only.
 */
#include "dataplane/forwarder.h"

#include <string.h>

static void
log_packet(struct forwarder *f, const struct dp_list *list, uint32_t ifindex,
	enum acl_direction dir, const struct packet *p, const struct acl_verdict *v)
{
	struct dp_log_event ev = {
		.list_id = acl_program_list_id(list->program),
		.slot = v->slot,
		.ifindex = ifindex,
		.rx_ifindex = p->l3_ifindex,
		.direction = (uint8_t)dir,
		.action = v->action,
		.log = v->log,
		.packets = p->packets,
		.key = p->key,
	};

	memcpy(ev.src_mac, p->data + 6, sizeof(ev.src_mac));
	log_ring_push(&f->log, &ev);
}

void
acl_stage(struct forwarder *f, uint32_t ifindex, enum acl_direction dir, struct burst *b)
{
	const struct dp_list *list = &f->snapshot->interface[ifindex].acl[dir];
	struct acl_key key[DP_BURST];
	struct acl_verdict verdict[DP_BURST];
	size_t n = 0, kept = 0, decided = 0;

	if (list->program == NULL)
		return;
	for (size_t i = 0; i < b->n; i++)
		if (b->pkt[i]->ipv4)
			key[n++] = b->pkt[i]->key;
	if (n == 0)
		return;
	acl_classify(list->program, key, n, verdict);

	for (size_t i = 0; i < b->n; i++) {
		struct packet *p = b->pkt[i];

		if (p->ipv4) {
			const struct acl_verdict *v = &verdict[decided++];

			if (list->counters != NULL)
				acl_counters_hit(
					list->counters, f->thread, v->slot, p->packets, p->bytes);
			if (v->log != ACE_LOG_NONE)
				log_packet(f, list, ifindex, dir, p, v);
			if (v->action == ACL_DENY) {
				drop_packet(f, ifindex, p, DP_DROP_acl_denied);
				continue;
			}
		}
		b->pkt[kept++] = p;
	}
	b->n = kept;
}
