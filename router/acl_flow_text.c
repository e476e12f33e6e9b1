/*
 * acl_flow_text.c - the log line of a flow: which of IOS's messages it is, and its words.
 *
 * %SEC-6-IPACCESSLOGP for TCP and UDP, DP for ICMP, SP for IGMP with a type, RP for protocols that
 * IOS names in them, NP for the others and for standard lists; %IPV6-6-ACCESSLOG... likewise, with
 * the entry's number behind the list.  An entry's cookie stands in brackets at the end (Cisco IOS
 * 12.4(22)T and later).
 */
#include <stdio.h>
#include <string.h>

#include "router/acl_flow.h"
#include "router/internal.h"

enum { ICMP = 1, IGMP = 2, TCP = 6, UDP = 17, ICMPV6 = 58, EIGRP = 88, OSPF = 89, PIM = 103 };

/* " (Vlan1 0022.bd37.c800)" behind the source, for log-input. */
static void
input_text(struct router *r, const struct flow_key *k, char *buf, size_t size)
{
	struct interface *i = interface_by_index(r, k->ifindex);

	buf[0] = '\0';
	if (k->log != ACE_LOG_INPUT || i == NULL)
		return;
	snprintf(buf, size, " (%s %02x%02x.%02x%02x.%02x%02x)", i->name, k->mac[0], k->mac[1],
		k->mac[2], k->mac[3], k->mac[4], k->mac[5]);
}

/* Protocols IOS names in these lines; the others appear by number. */
static const char *
routing_protocol_name(uint8_t proto)
{
	switch (proto) {
	case IGMP:
	case EIGRP:
	case OSPF:
	case PIM:
		return acl_protocol_name(proto);
	default:
		return NULL;
	}
}

/* What the lines of a flow are made of. */
struct flow_text {
	char list[ACL_NAME_MAX + 16]; /* IPv6: with the entry's number */
	const char *action;
	char src[IPV6_TEXT_MAX], dst[IPV6_TEXT_MAX];
	char input[IFNAME_MAX + 32];
	char tail[32 + ACE_NAME_MAX]; /* "3 packets [COOKIE]" */
};

static void
make_text(struct router *r, const struct acl_flow *f, const struct acl *acl, struct flow_text *t)
{
	const struct acl_entry *e = acl_by_slot(acl, f->key.slot);
	const struct ace_rare *rare = e != NULL ? e->ace.rare : NULL;
	int len;

	snprintf(t->list, sizeof(t->list), "%s", acl_name(acl));
	if (f->key.ipv6) {
		snprintf(t->list, sizeof(t->list), "%s/%u", acl_name(acl), e != NULL ? e->seq : 0);
		ipv6_text(f->key.src, t->src);
		ipv6_text(f->key.dst, t->dst);
	} else {
		ipv4_text((uint32_t)f->key.src[0], t->src);
		ipv4_text((uint32_t)f->key.dst[0], t->dst);
	}
	t->action = f->key.action == ACL_PERMIT ? "permitted" : "denied";
	input_text(r, &f->key, t->input, sizeof(t->input));
	len = snprintf(t->tail, sizeof(t->tail), "%llu packet%s", (unsigned long long)f->packets,
		f->packets == 1 ? "" : "s");
	if (rare != NULL && rare->cookie != NULL)
		snprintf(t->tail + len, sizeof(t->tail) - (size_t)len, " [%s]", rare->cookie);
}

static void
report_ipv6(struct router *r, const struct flow_key *k, const struct flow_text *t)
{
	if (k->proto == TCP || k->proto == UDP)
		logging_emit(r, "IPV6", 6, "ACCESSLOGP", "list %s %s %s %s(%u)%s -> %s(%u), %s",
			t->list, t->action, acl_protocol_name(k->proto), t->src, k->sport, t->input,
			t->dst, k->dport, t->tail);
	else if (k->proto == ICMPV6)
		logging_emit(r, "IPV6", 6, "ACCESSLOGDP",
			"list %s %s icmpv6 %s%s -> %s (%u/%u), %s", t->list, t->action, t->src,
			t->input, t->dst, k->icmp[0], k->icmp[1], t->tail);
	else
		logging_emit(r, "IPV6", 6, "ACCESSLOGNP", "list %s %s %u %s%s -> %s, %s", t->list,
			t->action, k->proto, t->src, t->input, t->dst, t->tail);
}

static void
report_ipv4(struct router *r, const struct flow_key *k, const struct flow_text *t)
{
	if (k->proto == TCP || k->proto == UDP)
		logging_emit(r, "SEC", 6, "IPACCESSLOGP", "list %s %s %s %s(%u)%s -> %s(%u), %s",
			t->list, t->action, acl_protocol_name(k->proto), t->src, k->sport, t->input,
			t->dst, k->dport, t->tail);
	else if (k->proto == ICMP)
		logging_emit(r, "SEC", 6, "IPACCESSLOGDP", "list %s %s icmp %s%s -> %s (%u/%u), %s",
			t->list, t->action, t->src, t->input, t->dst, k->icmp[0], k->icmp[1],
			t->tail);
	else if (k->proto == IGMP && k->icmp[0] != 0)
		logging_emit(r, "SEC", 6, "IPACCESSLOGSP", "list %s %s igmp %s%s -> %s (%u), %s",
			t->list, t->action, t->src, t->input, t->dst, k->icmp[0], t->tail);
	else if (routing_protocol_name(k->proto) != NULL)
		logging_emit(r, "SEC", 6, "IPACCESSLOGRP", "list %s %s %s %s%s -> %s, %s", t->list,
			t->action, routing_protocol_name(k->proto), t->src, t->input, t->dst,
			t->tail);
	else
		logging_emit(r, "SEC", 6, "IPACCESSLOGNP", "list %s %s %u %s%s -> %s, %s", t->list,
			t->action, k->proto, t->src, t->input, t->dst, t->tail);
}

void
acl_flow_report(struct router *r, const struct acl_flow *f)
{
	const struct acl *acl = lists_by_id(r, f->key.list_id);
	struct flow_text t;

	if (acl == NULL)
		return; /* deleted since; nothing to name it by */
	make_text(r, f, acl, &t);
	if (acl_kind(acl) == ACL_STANDARD)
		logging_emit(r, "SEC", 6, "IPACCESSLOGNP", "list %s %s 0 %s -> %s, %s", t.list,
			t.action, t.src, t.dst, t.tail);
	else if (f->key.ipv6)
		report_ipv6(r, &f->key, &t);
	else
		report_ipv4(r, &f->key, &t);
}
