/*
 * netdev.c - questions to the kernel about a network device: SIOCGIF* of netdevice(7).
 *
 * The device may go away under our feet; then it has no link, and everything else stays as it was
 * last seen.  Another may come back under its name: whether a packet socket still is bound to the one
 * that is there now, only the kernel knows for sure (a device that returns from another network
 * namespace may even have its old index), so it is asked.  Stateless but for a socket; any thread.
 */
#include "dataplane/netdev.h"

#include <errno.h>
#include <linux/if_packet.h>
#include <net/if_arp.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

static bool
ask(const struct netdev *d, unsigned long what, struct ifreq *answer)
{
	memset(answer, 0, sizeof(*answer));
	memcpy(answer->ifr_name, d->name, sizeof(answer->ifr_name));
	return ioctl(d->fd, what, answer) == 0;
}

int
netdev_index(const struct netdev *d, char err[DP_ERR_MAX])
{
	struct ifreq ifr;
	int index;

	if (!ask(d, SIOCGIFINDEX, &ifr))
		return port_fail(err, errno, "%s: %s", d->name,
			errno == ENODEV ? "no such network device" : strerror(errno));
	index = ifr.ifr_ifindex;
	if (!ask(d, SIOCGIFHWADDR, &ifr))
		return port_fail(err, errno, "%s: %s", d->name, strerror(errno));
	if (ifr.ifr_hwaddr.sa_family == ARPHRD_LOOPBACK)
		return port_fail(err, EINVAL, "%s: a loopback device has no other end", d->name);
	if (ifr.ifr_hwaddr.sa_family != ARPHRD_ETHER)
		return port_fail(err, EINVAL, "%s: not an Ethernet device", d->name);
	return index;
}

int
netdev_bound_index(int packet_socket)
{
	struct sockaddr_ll at;
	socklen_t len = sizeof(at);

	return getsockname(packet_socket, (struct sockaddr *)&at, &len) < 0 ? -errno
									    : at.sll_ifindex;
}

int
netdev_open(struct netdev *d, const char *name, char err[DP_ERR_MAX])
{
	int ret;

	*d = (struct netdev){ .fd = -1 };
	if (name[0] == '\0')
		return port_fail(err, EINVAL, "a live port needs the name of a network device");
	if (strcmp(name, "any") == 0)
		return port_fail(
			err, EINVAL, "any: stands for all devices at once; a port is one of them");
	if (strlen(name) >= IFNAMSIZ)
		return port_fail(err, ENODEV, "%s: no such network device", name);
	memcpy(d->name, name, strlen(name) + 1);
	d->fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (d->fd < 0)
		return port_fail(err, errno, "%s: %s", name, strerror(errno));
	ret = netdev_index(d, err);
	return ret < 0 ? ret : 0;
}

void
netdev_close(struct netdev *d)
{
	if (d->fd >= 0)
		close(d->fd);
	d->fd = -1;
}

void
netdev_info(const struct netdev *d, struct port *port, struct dp_port_info *out)
{
	struct ifreq ifr;

	if (ask(d, SIOCGIFMTU, &ifr))
		atomic_store_explicit(&port->mtu, (uint32_t)ifr.ifr_mtu, memory_order_relaxed);
	out->mtu = atomic_load_explicit(&port->mtu, memory_order_relaxed);
	if (ask(d, SIOCGIFHWADDR, &ifr))
		memcpy(out->mac, ifr.ifr_hwaddr.sa_data, sizeof(out->mac));
	out->link_up = ask(d, SIOCGIFFLAGS, &ifr) && (ifr.ifr_flags & IFF_UP) != 0 &&
		       (ifr.ifr_flags & IFF_RUNNING) != 0;
}

enum dp_drop
netdev_send_error(int error)
{
	switch (error) {
	case ENOBUFS:
	case EAGAIN:
	case ENOMEM:
		return DP_DROP_tx_full;
	case EMSGSIZE:
		return DP_DROP_too_big;
	default:
		return DP_DROP_tx_error;
	}
}
