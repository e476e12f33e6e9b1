/*
 * interfaces.c - `show interfaces`: state, hardware, load and counters of each interface.
 *
 * The lines and their order are IOS's, the figures the dataplane's own.  Programs that read this expect
 * the lines on keepalives, ARP and the queues' lengths: they say what IOS says of an interface nobody
 * has configured them on, for here nobody can.
 */
#include <inttypes.h>
#include <string.h>

#include "cli/show/show_internal.h"

/* How many packets IOS lets wait. */
enum { INPUT_QUEUE = 75, OUTPUT_QUEUE = 40 };

/* The bandwidth and delay IOS assumes of a type of interface. */
struct nominal {
	const char *type;
	uint32_t kbit, delay_us;
};

static struct nominal
nominal_of(const struct interface *i)
{
	static const struct nominal table[] = {
		{ "Ethernet", 10000, 1000 }, { "GigabitEthernet", 1000000, 10 },
		{ "TenGigabitEthernet", 10000000, 10 }, { "Loopback", 8000000, 5000 },
		{ "FastEthernet", 100000, 100 }, /* and what is not in the table, Vlans above all */
	};
	size_t n = sizeof(table) / sizeof(table[0]), k = 0;
	struct nominal found;

	while (k < n - 1 && strncmp(i->name, table[k].type, strlen(table[k].type)) != 0)
		k++;
	found = table[k];
	if (i->bandwidth_kbit != 0)
		found.kbit = i->bandwidth_kbit;
	if (i->delay_tens_us != 0)
		found.delay_us = i->delay_tens_us * 10;
	return found;
}

/* What one interface's block is made from. */
struct facts {
	struct dp_if_stats stats;
	struct interface_rates rates;
	struct dp_port_info port;
	bool has_port;
	uint64_t now_ms, cleared_ms;
};

static void
gather(struct router *r, const struct interface *i, struct facts *f)
{
	struct dataplane *dp = router_dataplane(r);

	memset(f, 0, sizeof(*f));
	f->now_ms = clock_mono_ms(router_clock(r));
	f->cleared_ms = interface_stats_cleared_ms(r, i);
	interface_stats(r, i, &f->stats);
	interface_rates(r, i, &f->rates);
	f->has_port = dp != NULL && dataplane_port_info(dp, i->ifindex, &f->port);
}

/* 1..255 of 255, as IOS; an idle line is 1. */
static unsigned
load(uint64_t bits_per_second, uint32_t kbit)
{
	uint64_t n = bits_per_second * 255 / ((uint64_t)kbit * 1000);

	return n < 1 ? 1 : n > 255 ? 255 : (unsigned)n;
}

static uint64_t
input_errors(const struct facts *f)
{
	return f->stats.drops[DP_DROP_runt] + f->stats.drops[DP_DROP_truncated] +
	       f->port.kernel_drops;
}

static unsigned
reliability(const struct facts *f)
{
	uint64_t bad = input_errors(f), all = f->stats.rx_packets + bad;

	return all == 0 ? 255 : 255 - (unsigned)(255 * bad / all);
}

static void
add_hardware(struct text *t, struct router *r, const struct interface *i, const struct facts *f)
{
	char mac[SHOW_MAC_MAX];
	uint8_t address[6];

	if (interface_is_loopback(i)) {
		text_add(t, "  Hardware is Loopback\n");
		return;
	}
	show_mac(show_interface_mac(r, i, address), mac);
	if (f->has_port)
		text_addf(t, "  Hardware is %s port%s%s", f->port.driver,
			f->port.device[0] != '\0' ? " " : "", f->port.device);
	else
		text_addf(t, "  Hardware is %s", i->kind == DP_IF_SVI ? "EtherSVI" : "not present");
	text_addf(t, ", address is %s (bia %s)\n", mac, mac);
}

static unsigned
mtu_of(const struct interface *i, const struct facts *f)
{
	if (interface_is_loopback(i))
		return 1514;
	return f->has_port ? f->port.mtu : 1500;
}

static void
add_line_properties(struct text *t, const struct interface *i, const struct facts *f)
{
	struct nominal nominal = nominal_of(i);
	char address[IPV4_TEXT_MAX];

	if (i->address != 0)
		text_addf(t, "  Internet address is %s/%u\n", ipv4_text(i->address, address),
			i->prefix_length);
	text_addf(t, "  MTU %u bytes, BW %" PRIu32 " Kbit/sec, DLY %" PRIu32 " usec, \n",
		mtu_of(i, f), nominal.kbit, nominal.delay_us);
	text_addf(t, "     reliability %u/255, txload %u/255, rxload %u/255\n", reliability(f),
		load(f->rates.out_bps, nominal.kbit), load(f->rates.in_bps, nominal.kbit));
	text_addf(t, "  Encapsulation %s, loopback not set\n",
		interface_is_loopback(i) ? "LOOPBACK" : "ARPA");
	text_addf(t, "  Keepalive %s\n", i->kind == DP_IF_SVI ? "not supported" : "set (10 sec)");
	if (!interface_is_loopback(i))
		text_add(t, "  ARP type: ARPA, ARP Timeout 04:00:00\n");
}

static const char *
since(const struct facts *f, uint64_t last_ms, char buf[SHOW_TIME_MAX])
{
	if (last_ms == 0)
		return "never";
	return show_age(f->now_ms > last_ms ? (f->now_ms - last_ms) / 1000 : 0, buf);
}

/* "5 minute", "30 second": how IOS names the load interval. */
static void
add_rates(struct text *t, const struct interface *i, const struct interface_rates *rates)
{
	bool minutes = i->load_interval_s % 60 == 0;
	unsigned n = minutes ? i->load_interval_s / 60 : i->load_interval_s;
	const char *unit = minutes ? "minute" : "second";

	text_addf(t,
		"  %u %s input rate %" PRIu64 " bits/sec, %" PRIu64 " packets/sec\n"
		"  %u %s output rate %" PRIu64 " bits/sec, %" PRIu64 " packets/sec\n",
		n, unit, rates->in_bps, rates->in_pps, n, unit, rates->out_bps, rates->out_pps);
}

static void
add_activity(struct text *t, const struct interface *i, const struct facts *f)
{
	char in[SHOW_TIME_MAX], out[SHOW_TIME_MAX], cleared[SHOW_TIME_MAX];

	text_addf(t, "  Last input %s, output %s, output hang never\n",
		since(f, f->stats.last_rx_ms, in), since(f, f->stats.last_tx_ms, out));
	text_addf(t, "  Last clearing of \"show interface\" counters %s\n",
		since(f, f->cleared_ms, cleared));
	text_addf(t,
		"  Input queue: 0/%d/%" PRIu64 "/0 (size/max/drops/flushes);"
		" Total output drops: %" PRIu64 "\n",
		INPUT_QUEUE, f->port.kernel_drops, f->stats.drops[DP_DROP_tx_full]);
	text_addf(t, "  Queueing strategy: fifo\n  Output queue: 0/%d (size/max)\n",
		interface_is_loopback(i) ? 0 : OUTPUT_QUEUE);
	add_rates(t, i, &f->rates);
}

static void
add_counters(struct text *t, const struct facts *f)
{
	const struct dp_if_stats *s = &f->stats;

	text_addf(t, "     %" PRIu64 " packets input, %" PRIu64 " bytes, %" PRIu64 " no buffer\n",
		s->rx_packets, s->rx_bytes, f->port.kernel_drops);
	text_addf(t, "     Received %" PRIu64 " broadcasts (%" PRIu64 " multicasts)\n",
		s->rx_broadcasts + s->rx_multicasts, s->rx_multicasts);
	text_addf(t, "     %" PRIu64 " runts, 0 giants, 0 throttles\n", s->drops[DP_DROP_runt]);
	text_addf(t,
		"     %" PRIu64 " input errors, 0 CRC, %" PRIu64 " frame, 0 overrun, 0 ignored\n",
		input_errors(f), s->drops[DP_DROP_truncated]);
	text_addf(t, "     %" PRIu64 " packets output, %" PRIu64 " bytes, 0 underruns\n",
		s->tx_packets, s->tx_bytes);
	text_addf(t, "     %" PRIu64 " output errors, 0 collisions, 0 interface resets\n",
		s->drops[DP_DROP_tx_error] + s->drops[DP_DROP_too_big]);
}

static void
add_interface(struct text *t, struct router *r, const struct interface *i)
{
	struct show_state state = show_interface_state(r, i);
	struct facts f;

	gather(r, i, &f);
	text_addf(t, "%s is %s, line protocol is %s\n", i->name, state.status, state.protocol);
	add_hardware(t, r, i, &f);
	if (i->description[0] != '\0')
		text_addf(t, "  Description: %s\n", i->description);
	add_line_properties(t, i, &f);
	add_activity(t, i, &f);
	add_counters(t, &f);
}

void
show_interfaces(struct text *t, struct router *r, const struct interface *only)
{
	const struct interface *i;

	if (only != NULL) {
		add_interface(t, r, only);
		return;
	}
	for (size_t k = 0; (i = interface_at(r, k)) != NULL; k++)
		add_interface(t, r, i);
}
