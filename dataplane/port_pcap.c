/*
 * port_pcap.c - a live port on libpcap.
 *
 * "pcap:NETDEV".  Promiscuous, immediate, non-blocking; only what comes in is captured, so our own
 * transmissions never return.  libpcap hands over no offload metadata: what a sender on the same
 * machine left to its hardware is recognised by offload_guess() and repaired before it leaves.
 * Where that matters for speed, the packet driver is the better choice.
 *
 * A handle is for one device and cannot be moved: when the device is removed the port is down for
 * good, also when another comes under its name, and says so.  Here too packet is the better choice.
 *
 * The host's own stack hears the device too: give it no address there.
 * Used by the worker; info() by anyone.  Reference: pcap(3PCAP).
 */
#include "dataplane/port.h"

#include <errno.h>
#include <pcap/pcap.h>
#include <stdlib.h>
#include <string.h>

#include "dataplane/frame_store.h"
#include "dataplane/netdev.h"
#include "dataplane/offload.h"

enum {
	KERNEL_BUFFER = 32 << 20, /* with offloads on, libpcap takes 64 KiB of it per frame */
	STORE_SIZE = 8 * PACKET_MAX,
	STATS_EVERY = 256, /* bursts, when there is never a quiet one */
};

struct pcap_port {
	struct port base;
	struct netdev dev;
	pcap_t *pcap;
	uint64_t tick_ns; /* what tv_usec counts */
	struct frame_store store;
	unsigned bursts;
	uint32_t drops_seen; /* libpcap's own counter, which wraps */
	_Atomic uint64_t kernel_drops;
	atomic_bool failed; /* error is set; nothing more will come */
	char error[PCAP_ERRBUF_SIZE];
};

static void
pcap_port_close(struct port *base)
{
	struct pcap_port *p = (struct pcap_port *)base;

	if (p->pcap != NULL)
		pcap_close(p->pcap);
	netdev_close(&p->dev);
	frame_store_fini(&p->store);
	free(p);
}

static int
activate(struct pcap_port *p, char err[DP_ERR_MAX])
{
	char why[PCAP_ERRBUF_SIZE] = "";
	int ret;

	p->pcap = pcap_create(p->dev.name, why);
	if (p->pcap == NULL)
		return port_fail(err, EIO, "%s: %s", p->dev.name, why);
	pcap_set_snaplen(p->pcap, PACKET_MAX);
	pcap_set_promisc(p->pcap, 1);
	pcap_set_immediate_mode(p->pcap, 1);
	pcap_set_buffer_size(p->pcap, KERNEL_BUFFER);
	/* Refused where the platform has microseconds only; asked below which it became. */
	(void)pcap_set_tstamp_precision(p->pcap, PCAP_TSTAMP_PRECISION_NANO);
	ret = pcap_activate(p->pcap);
	if (ret < 0) {
		const char *detail = pcap_geterr(p->pcap);

		return port_fail(err, ret == PCAP_ERROR_PERM_DENIED ? EPERM : EIO, "%s: %s%s%s",
			p->dev.name, pcap_statustostr(ret), detail[0] != '\0' ? ": " : "", detail);
	}
	if (pcap_datalink(p->pcap) != DLT_EN10MB)
		return port_fail(err, EPROTONOSUPPORT, "%s: not an Ethernet device", p->dev.name);
	if (pcap_setdirection(p->pcap, PCAP_D_IN) < 0)
		return port_fail(err, ENOTSUP, "%s: %s", p->dev.name, pcap_geterr(p->pcap));
	if (pcap_setnonblock(p->pcap, 1, why) < 0)
		return port_fail(err, EIO, "%s: %s", p->dev.name, why);
	if (pcap_get_selectable_fd(p->pcap) < 0)
		return port_fail(err, ENOTSUP, "%s: libpcap cannot wait on it", p->dev.name);
	p->tick_ns = pcap_get_tstamp_precision(p->pcap) == PCAP_TSTAMP_PRECISION_NANO ? 1 : 1000;
	return 0;
}

static int
pcap_port_open(struct port **out, const char *arg, char err[DP_ERR_MAX])
{
	struct pcap_port *p = calloc(1, sizeof(*p));
	struct dp_port_info info;
	int ret;

	if (p == NULL)
		return port_fail(err, ENOMEM, "%s", strerror(ENOMEM));
	p->base.ops = &port_pcap_ops;
	ret = netdev_open(&p->dev, arg, err);
	if (ret < 0)
		goto fail;
	memcpy(p->base.device, p->dev.name, sizeof(p->dev.name));
	if (frame_store_init(&p->store, STORE_SIZE) < 0) {
		ret = port_fail(err, ENOMEM, "%s", strerror(ENOMEM));
		goto fail;
	}
	ret = activate(p, err);
	if (ret < 0)
		goto fail;
	netdev_info(&p->dev, &p->base, &info);
	*out = &p->base;
	return 0;
fail:
	pcap_port_close(&p->base);
	return ret;
}

/* In the worker, because a pcap_t is one thread's; info() reads the sum. */
static void
count_losses(struct pcap_port *p)
{
	struct pcap_stat s;

	if (pcap_stats(p->pcap, &s) < 0)
		return;
	atomic_fetch_add_explicit(
		&p->kernel_drops, (uint32_t)(s.ps_drop - p->drops_seen), memory_order_relaxed);
	p->drops_seen = s.ps_drop;
}

static size_t
pcap_rx_burst(struct port *base, struct packet *pkt, size_t max, uint64_t until_ns)
{
	struct pcap_port *p = (struct pcap_port *)base;
	uint32_t mtu = atomic_load_explicit(&base->mtu, memory_order_relaxed);
	struct pcap_pkthdr *h;
	const u_char *bytes;
	size_t n = 0;
	int got = 0;

	(void)until_ns;
	if (atomic_load_explicit(&p->failed, memory_order_relaxed))
		return 0;
	frame_store_reset(&p->store);
	while (n < max && frame_store_room(&p->store) >= PACKET_MAX) {
		got = pcap_next_ex(p->pcap, &h, &bytes);
		if (got != 1)
			break;
		pkt[n] = (struct packet){
			.data = frame_store_take(&p->store, h->caplen),
			.len = h->caplen,
			.wire_len = h->len,
			.time_ns = (uint64_t)h->ts.tv_sec * 1000000000 +
				   (uint64_t)h->ts.tv_usec * p->tick_ns,
		};
		memcpy(pkt[n].data, bytes, h->caplen);
		if (h->caplen == h->len)
			offload_guess(&pkt[n], mtu);
		n++;
	}
	if (got < 0) {
		snprintf(p->error, sizeof(p->error), "%s", pcap_geterr(p->pcap));
		atomic_store(&p->failed, true);
	}
	if (n < max || ++p->bursts % STATS_EVERY == 0)
		count_losses(p);
	return n;
}

static void
pcap_tx_burst(struct port *base, struct packet *const *pkt, size_t n, enum dp_drop *fate)
{
	struct pcap_port *p = (struct pcap_port *)base;

	for (size_t i = 0; i < n; i++) {
		errno = 0;
		fate[i] = pcap_inject(p->pcap, pkt[i]->data, pkt[i]->len) < 0
				  ? netdev_send_error(errno)
				  : DP_DROP_NONE;
	}
}

static int
pcap_port_fd(const struct port *base)
{
	return pcap_get_selectable_fd(((const struct pcap_port *)base)->pcap);
}

static void
pcap_info(struct port *base, struct dp_port_info *out)
{
	struct pcap_port *p = (struct pcap_port *)base;
	int bound = netdev_bound_index(pcap_port_fd(base));

	netdev_info(&p->dev, base, out);
	out->kernel_drops = atomic_load_explicit(&p->kernel_drops, memory_order_relaxed);
	if (bound < 0 || bound != netdev_index(&p->dev, out->error))
		port_fail(out->error, ENODEV,
			"%s: the device was removed; a pcap port has it again only after a restart",
			p->dev.name);
	else if (atomic_load(&p->failed))
		snprintf(out->error, sizeof(out->error), "%s", p->error);
	out->link_up = out->link_up && out->error[0] == '\0';
}

const struct port_ops port_pcap_ops = {
	.driver = "pcap",
	.open = pcap_port_open,
	.rx_burst = pcap_rx_burst,
	.tx_burst = pcap_tx_burst,
	.fd = pcap_port_fd,
	.info = pcap_info,
	.close = pcap_port_close,
};
