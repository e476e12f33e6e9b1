/*
 * port_packet.c - a live port on a Linux packet socket with virtio-net headers.
 *
 * "packet:NETDEV".  Every frame travels with the header that says what its sender left to the
 * hardware (PACKET_VNET_HDR, both ways), so partial checksums and frames of 64 KiB cross untouched.
 * The socket is made with protocol 0, which hears nothing, and bound only when its options are in
 * place.  Frames come in through a ring (packet_ring.h) and leave through another with a socket of
 * its own (packet_tx_ring.h), those too long for a ring through the first socket.  What we send, or
 * anyone on this machine sends through the device, is outgoing and never comes back in.  A VLAN tag that the kernel took off a frame comes back as metadata, tested by its
 * valid bit.
 *
 * A device that is removed takes the binding of the socket with it, and one ENETDOWN, which the
 * worker takes and forgets; then the socket is silent.  When a device of that name is there again
 * (a machine or a container was restarted), the next info() binds the same sockets to it: binding
 * needs no privilege, only making them did.
 *
 * The host's own stack hears the device too: give it no address there.
 * Used by the worker; info() by anyone, so the binding has a lock.  Reference: packet(7).
 */
#include "dataplane/port.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/virtio_net.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "dataplane/netdev.h"
#include "dataplane/offload.h"
#include "dataplane/packet_ring.h"
#include "dataplane/packet_tx_ring.h"
#include "dataplane/packet_vnet.h"

enum {
	SOCKET_BUFFER = 16 << 20,
	SCTP_CHECKSUM = 8,
};

/* What a frame sent through the socket needs for the system call. */
struct slot {
	struct virtio_net_hdr vnet;
	struct iovec iov[2];
};

struct packet_port {
	struct port base;
	struct netdev dev;
	int fd;
	pthread_mutex_t binding;
	struct packet_ring ring;
	struct packet_tx_ring tx_ring;
	uint8_t *memory; /* DP_BURST buffers of PACKET_MAX for what is too long for the ring */
	struct slot tx[DP_BURST];
	struct mmsghdr tx_msg[DP_BURST];
	_Atomic uint64_t kernel_drops;
};

static void
packet_close(struct port *base)
{
	struct packet_port *p = (struct packet_port *)base;

	packet_ring_close(&p->ring);
	packet_tx_ring_close(&p->tx_ring);
	if (p->fd >= 0)
		close(p->fd);
	netdev_close(&p->dev);
	pthread_mutex_destroy(&p->binding);
	free(p->memory);
	free(p);
}

/* Larger than the system's limit when we may, up to it when we may not. */
static void
enlarge(int fd, int force, int plain)
{
	int size = SOCKET_BUFFER;

	if (setsockopt(fd, SOL_SOCKET, force, &size, sizeof(size)) < 0)
		(void)setsockopt(fd, SOL_SOCKET, plain, &size, sizeof(size));
}

/*
 * Has the sockets on the device that has the name now, whatever it was on before.  0, or -errno with a
 * sentence while there is none.
 */
static int
follow_device(struct packet_port *p, char err[DP_ERR_MAX])
{
	struct packet_mreq all = { .mr_type = PACKET_MR_PROMISC };
	struct sockaddr_ll where = {
		.sll_family = AF_PACKET,
		.sll_protocol = htons(ETH_P_ALL),
	};
	int now, before, ret = 0;

	pthread_mutex_lock(&p->binding);
	now = netdev_index(&p->dev, err);
	before = netdev_bound_index(p->fd);
	if (now < 0) {
		ret = now;
		goto out;
	}
	if (now == before)
		goto out;
	/* First this, for it is the binding that says it is done. */
	all.mr_ifindex = now;
	if (setsockopt(p->fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &all, sizeof(all)) < 0) {
		ret = port_fail(
			err, errno, "%s: promiscuous mode: %s", p->dev.name, strerror(errno));
		goto out;
	}
	where.sll_ifindex = now;
	errno = -packet_tx_ring_bind(&p->tx_ring, now);
	if (errno != 0 || bind(p->fd, (struct sockaddr *)&where, sizeof(where)) < 0)
		ret = port_fail(err, errno, "%s: bind: %s", p->dev.name, strerror(errno));
	/* A device that was renamed is left as it was found. */
	all.mr_ifindex = ret == 0 ? before : now;
	if (all.mr_ifindex > 0)
		(void)setsockopt(p->fd, SOL_PACKET, PACKET_DROP_MEMBERSHIP, &all, sizeof(all));
out:
	pthread_mutex_unlock(&p->binding);
	return ret;
}

/* Everything about the socket but the worker's own arrays. */
static int
set_up_socket(struct packet_port *p, char err[DP_ERR_MAX])
{
	int on = 1;
	const char *what = "socket";

	p->fd = socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (p->fd < 0)
		goto fail;
	what = "PACKET_VNET_HDR";
	if (setsockopt(p->fd, SOL_PACKET, PACKET_VNET_HDR, &on, sizeof(on)) < 0)
		goto fail;
	what = "PACKET_IGNORE_OUTGOING";
	if (setsockopt(p->fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &on, sizeof(on)) < 0)
		goto fail;
	enlarge(p->fd, SO_RCVBUFFORCE, SO_RCVBUF);
	enlarge(p->fd, SO_SNDBUFFORCE, SO_SNDBUF);
	errno = -packet_ring_open(&p->ring, p->fd);
	what = "PACKET_RX_RING";
	if (errno != 0)
		goto fail;
	errno = -packet_tx_ring_open(&p->tx_ring);
	what = "PACKET_TX_RING";
	if (errno != 0)
		goto fail;
	return follow_device(p, err);
fail:
	return port_fail(err, errno, "%s: %s: %s", p->dev.name, what, strerror(errno));
}

/* The parts of the message headers that never change. */
static void
set_up_messages(struct packet_port *p)
{
	for (size_t i = 0; i < DP_BURST; i++) {
		struct slot *tx = &p->tx[i];

		tx->iov[0] = (struct iovec){ &tx->vnet, sizeof(tx->vnet) };
		p->tx_msg[i].msg_hdr.msg_iov = tx->iov;
		p->tx_msg[i].msg_hdr.msg_iovlen = 2;
	}
}

static int
packet_open(struct port **out, const char *arg, char err[DP_ERR_MAX])
{
	struct packet_port *p = calloc(1, sizeof(*p));
	struct dp_port_info info;
	int ret;

	if (p == NULL)
		return port_fail(err, ENOMEM, "%s", strerror(ENOMEM));
	p->base.ops = &port_packet_ops;
	p->fd = -1;
	p->tx_ring.fd = -1;
	pthread_mutex_init(&p->binding, NULL);
	ret = netdev_open(&p->dev, arg, err);
	if (ret < 0)
		goto fail;
	memcpy(p->base.device, p->dev.name, sizeof(p->dev.name));
	p->memory = malloc((size_t)DP_BURST * PACKET_MAX);
	if (p->memory == NULL) {
		ret = port_fail(err, ENOMEM, "%s", strerror(ENOMEM));
		goto fail;
	}
	ret = set_up_socket(p, err);
	if (ret < 0)
		goto fail;
	set_up_messages(p);
	netdev_info(&p->dev, &p->base, &info);
	*out = &p->base;
	return 0;
fail:
	packet_close(&p->base);
	return ret;
}

static uint64_t
wall_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_REALTIME, &ts);
	return (uint64_t)ts.tv_sec * 1000000000 + (uint64_t)ts.tv_nsec;
}

/* Fetches a frame that is whole only in the socket's queue, into a buffer of ours. */
static bool
receive_long(struct packet_port *p, uint8_t *buffer, struct packet *pkt)
{
	struct virtio_net_hdr vnet;
	struct iovec iov[2] = { { &vnet, sizeof(vnet) }, { buffer, PACKET_MAX } };
	struct msghdr msg = { .msg_iov = iov, .msg_iovlen = 2 };
	ssize_t got = recvmsg(p->fd, &msg, MSG_DONTWAIT);

	if (got < (ssize_t)sizeof(vnet)) /* one whose header the kernel cannot write, for one */
		return false;
	pkt->data = buffer;
	pkt->len = (uint32_t)(got - (ssize_t)sizeof(vnet));
	pkt->offload = packet_vnet_read(&vnet);
	return true;
}

/* What a slot holds. False when it is lost. */
static bool
receive(struct packet_port *p, struct tpacket2_hdr *h, uint8_t *buffer, struct packet *pkt)
{
	pkt->data = packet_ring_frame(h);
	pkt->len = h->tp_snaplen;
	pkt->wire_len = h->tp_len;
	if ((h->tp_status & TP_STATUS_VLAN_VALID) != 0) {
		pkt->tag = h->tp_vlan_tci;
		pkt->tag_type = (h->tp_status & TP_STATUS_VLAN_TPID_VALID) != 0 ? h->tp_vlan_tpid
										: ETH_P_8021Q;
	}
	if ((h->tp_status & TP_STATUS_COPY) != 0)
		return receive_long(p, buffer, pkt);
	pkt->offload = packet_vnet_read(packet_ring_vnet(h));
	return true;
}

/* The ENETDOWN of a removed device would wake us for ever: the ring does not eat it. */
static void
clear_error(const struct packet_port *p)
{
	int error;
	socklen_t len = sizeof(error);

	(void)getsockopt(p->fd, SOL_SOCKET, SO_ERROR, &error, &len);
}

static size_t
packet_rx_burst(struct port *base, struct packet *pkt, size_t max, uint64_t until_ns)
{
	struct packet_port *p = (struct packet_port *)base;
	struct tpacket2_hdr *h;
	uint64_t now = 0;
	size_t n = 0;

	(void)until_ns;
	packet_ring_release(&p->ring);
	while (n < max && (h = packet_ring_take(&p->ring)) != NULL) {
		if (now == 0)
			now = wall_ns();
		pkt[n] = (struct packet){ .time_ns = now };
		if (!receive(p, h, p->memory + n * PACKET_MAX, &pkt[n])) {
			atomic_fetch_add_explicit(&p->kernel_drops, 1, memory_order_relaxed);
			continue;
		}
		/* virtio-net has no word for SCTP's CRC; only here is it known to be missing. */
		if (pkt[n].offload.partial_checksum && pkt[n].offload.gso == GSO_NONE &&
			pkt[n].offload.csum_offset == SCTP_CHECKSUM)
			(void)offload_complete_checksum(&pkt[n]);
		n++;
	}
	if (n == 0)
		clear_error(p);
	return n;
}

/* Frames that the ring does not take. Sends all of them, or knows why not. */
static void
send_through_socket(struct packet_port *p, struct packet *const *pkt, size_t n, enum dp_drop *fate)
{
	size_t at = 0;

	for (size_t i = 0; i < n; i++) {
		packet_vnet_write(&p->tx[i].vnet, pkt[i]);
		p->tx[i].iov[1] = (struct iovec){ pkt[i]->data, pkt[i]->len };
	}
	while (at < n) {
		int sent = sendmmsg(p->fd, p->tx_msg + at, (unsigned)(n - at), MSG_DONTWAIT);
		int error = sent < 0 ? errno : 0;

		for (int i = 0; i < sent; i++)
			fate[at++] = DP_DROP_NONE;
		if (sent <= 0 && error != EINTR)
			fate[at++] = netdev_send_error(error);
	}
}

/* Frames at the front that are not for the ring; all, when it refused the first of them. */
static size_t
not_for_ring(struct packet *const *pkt, size_t n)
{
	size_t i = 0;

	while (i < n && !packet_tx_ring_fits(pkt[i]))
		i++;
	return i > 0 ? i : n;
}

static void
packet_tx_burst(struct port *base, struct packet *const *pkt, size_t n, enum dp_drop *fate)
{
	struct packet_port *p = (struct packet_port *)base;
	size_t at = 0;

	while (at < n) {
		size_t more = packet_tx_ring_send(&p->tx_ring, pkt + at, n - at);

		while (more-- > 0)
			fate[at++] = DP_DROP_NONE;
		if (at == n)
			break;
		more = not_for_ring(pkt + at, n - at);
		send_through_socket(p, pkt + at, more, fate + at);
		at += more;
	}
}

static int
packet_fd(const struct port *base)
{
	return ((const struct packet_port *)base)->fd;
}

static bool
packet_glance(const struct port *base)
{
	return packet_ring_waits(&((const struct packet_port *)base)->ring);
}

static void
packet_info(struct port *base, struct dp_port_info *out)
{
	struct packet_port *p = (struct packet_port *)base;
	struct tpacket_stats lost;
	socklen_t len = sizeof(lost);
	int bound = follow_device(p, out->error);

	netdev_info(&p->dev, base, out);
	out->link_up = out->link_up && bound == 0;
	/* The kernel forgets what it has told. */
	if (getsockopt(p->fd, SOL_PACKET, PACKET_STATISTICS, &lost, &len) == 0)
		atomic_fetch_add_explicit(&p->kernel_drops, lost.tp_drops, memory_order_relaxed);
	out->kernel_drops = atomic_load_explicit(&p->kernel_drops, memory_order_relaxed);
}

const struct port_ops port_packet_ops = {
	.driver = "packet",
	.offload = true,
	.open = packet_open,
	.rx_burst = packet_rx_burst,
	.tx_burst = packet_tx_burst,
	.fd = packet_fd,
	.glance = packet_glance,
	.info = packet_info,
	.close = packet_close,
};
