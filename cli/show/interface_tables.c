/*
 * interface_tables.c - interfaces one to a line: `show interfaces description`, `status`, `counters`,
 * `summary`.
 *
 * Columns are those of Cisco IOS 12.4/15.x.  Speed and duplex are the device's own business and are
 * shown as "auto".
 */
#include <inttypes.h>

#include "cli/show/show_internal.h"

static bool
wanted(const struct interface *i, const struct interface *only)
{
	return only == NULL || only == i;
}

void
show_interfaces_description(struct text *t, struct router *r, const struct interface *only)
{
	const struct interface *i;
	char name[IFNAME_MAX + 1];

	text_add(t, "Interface                      Status         Protocol Description\n");
	for (size_t k = 0; (i = interface_at(r, k)) != NULL; k++) {
		if (!wanted(i, only))
			continue;
		text_addf(t, "%-30s %-14s %-8s %s\n", interface_short_name(i->name, name),
			i->shutdown ? "admin down" : show_interface_state(r, i).status,
			show_interface_state(r, i).protocol, i->description);
	}
}

static const char *
status_of(struct router *r, const struct interface *i)
{
	if (i->shutdown)
		return "disabled";
	return interface_line_up(r, i) ? "connected" : "notconnect";
}

static void
add_status(struct text *t, struct router *r, const struct interface *i)
{
	struct dataplane *dp = router_dataplane(r);
	char name[IFNAME_MAX + 1], vlan[16] = "routed";
	struct dp_port_info port;
	bool has_port = dp != NULL && dataplane_port_info(dp, i->ifindex, &port);

	if (i->kind == DP_IF_SWITCHPORT)
		snprintf(vlan, sizeof(vlan), "%u", (unsigned)i->vlan);
	text_addf(t, "%-9s %-18.18s %-12s %-10s %6s %6s %s\n", interface_short_name(i->name, name),
		i->description, status_of(r, i), vlan, "auto", "auto",
		has_port ? port.driver : "Not Present");
}

void
show_interfaces_status(struct text *t, struct router *r, const struct interface *only)
{
	const struct interface *i;

	text_add(t, "\nPort      Name               Status       Vlan       Duplex  Speed Type\n");
	for (size_t k = 0; (i = interface_at(r, k)) != NULL; k++)
		if (wanted(i, only) && i->kind != DP_IF_SVI && !interface_is_loopback(i))
			add_status(t, r, i);
}

static void
add_counts(struct text *t, const struct interface *i, uint64_t octets, uint64_t packets,
	uint64_t multicasts, uint64_t broadcasts)
{
	char name[IFNAME_MAX + 1];

	text_addf(t, "%-10s %13" PRIu64 " %14" PRIu64 " %14" PRIu64 " %14" PRIu64 " \n",
		interface_short_name(i->name, name), octets, packets - multicasts - broadcasts,
		multicasts, broadcasts);
}

void
show_interfaces_counters(struct text *t, struct router *r, const struct interface *only)
{
	const struct interface *i;
	struct dp_if_stats s;

	text_add(t, "\nPort            InOctets    InUcastPkts    InMcastPkts    InBcastPkts \n");
	for (size_t k = 0; (i = interface_at(r, k)) != NULL; k++) {
		if (!wanted(i, only))
			continue;
		interface_stats(r, i, &s);
		add_counts(t, i, s.rx_bytes, s.rx_packets, s.rx_multicasts, s.rx_broadcasts);
	}
	text_add(t, "\nPort           OutOctets   OutUcastPkts   OutMcastPkts   OutBcastPkts \n");
	for (size_t k = 0; (i = interface_at(r, k)) != NULL; k++) {
		if (!wanted(i, only))
			continue;
		interface_stats(r, i, &s);
		add_counts(t, i, s.tx_bytes, s.tx_packets, s.tx_multicasts, s.tx_broadcasts);
	}
}

/* "*" marks what is up; the drops of the queues, and the rates. */
void
show_interfaces_summary(struct text *t, struct router *r, const struct interface *only)
{
	const struct interface *i;

	text_add(t, "\n *: interface is up\n"
		    " IHQ: pkts in input hold queue     IQD: pkts dropped from input queue\n"
		    " OHQ: pkts in output hold queue    OQD: pkts dropped from output queue\n"
		    " RXBS: rx rate (bits/sec)          RXPS: rx rate (pkts/sec)\n"
		    " TXBS: tx rate (bits/sec)          TXPS: tx rate (pkts/sec)\n"
		    " TRTL: throttle count\n\n"
		    "  Interface                   IHQ       IQD       OHQ       OQD      RXBS"
		    "      RXPS      TXBS      TXPS      TRTL\n"
		    "---------------------------------------------------------------------------"
		    "--------------------------------------\n");
	for (size_t k = 0; (i = interface_at(r, k)) != NULL; k++) {
		struct dataplane *dp = router_dataplane(r);
		struct dp_port_info port = { 0 };
		struct interface_rates rates;
		struct dp_if_stats s;

		if (!wanted(i, only))
			continue;
		if (dp != NULL)
			(void)dataplane_port_info(dp, i->ifindex, &port);
		interface_stats(r, i, &s);
		interface_rates(r, i, &rates);
		text_addf(t,
			"%c %-22s %8d %9" PRIu64 " %9d %9" PRIu64 " %9" PRIu64 " %9" PRIu64
			" %9" PRIu64 " %9" PRIu64 " %9d\n",
			interface_line_up(r, i) ? '*' : ' ', i->name, 0, port.kernel_drops, 0,
			s.drops[DP_DROP_tx_full], rates.in_bps, rates.in_pps, rates.out_bps,
			rates.out_pps, 0);
	}
}
