/*
 * blast.c - sends Ethernet frames of one size as fast as a device takes them: many UDP flows.
 *
 * usage: blast DEVICE SECONDS BYTES SOURCE-MAC DESTINATION-MAC
 * Prints how many were sent; SECONDS 0 sends one burst.  Frames go through a PACKET_TX_RING, a burst
 * to a system call, and bypass the queueing discipline, so that what forwards them is slower than what
 * makes them; the flows are the same in every run (65,536 source and destination addresses and ports,
 * drawn from a fixed seed).
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/ip.h>
#include <netinet/udp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
	FLOWS = 65536,
	BURST = 64,
	BYTES_MAX = 1514,
	SLOT = 2048,
	SLOTS = 512,
	BLOCK = 1 << 16,
	RING = SLOT * SLOTS,
	HEADER = TPACKET_ALIGN(
		sizeof(struct tpacket2_hdr)), /* where the kernel looks for the frame */
};

struct ring {
	int fd;
	uint8_t *map;
	size_t next;
};

static uint32_t
next(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*state >> 33);
}

static uint16_t
header_sum(const struct iphdr *ip)
{
	uint16_t word[sizeof(*ip) / 2];
	uint32_t sum = 0;

	memcpy(word, ip, sizeof(word));
	for (size_t i = 0; i < sizeof(word) / sizeof(word[0]); i++)
		sum += word[i];
	sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t) ~(sum + (sum >> 16));
}

static void
build(uint8_t *f, size_t bytes, const uint8_t from[6], const uint8_t to[6])
{
	struct iphdr ip = { .version = 4, .ihl = 5, .ttl = 64, .protocol = IPPROTO_UDP };
	struct udphdr udp = { .len = htons((uint16_t)(bytes - ETH_HLEN - sizeof(ip))) };

	ip.tot_len = htons((uint16_t)(bytes - ETH_HLEN));
	memcpy(f, to, 6);
	memcpy(f + 6, from, 6);
	f[12] = ETHERTYPE_IP >> 8;
	f[13] = ETHERTYPE_IP & 0xff;
	memcpy(f + ETH_HLEN, &ip, sizeof(ip));
	memcpy(f + ETH_HLEN + sizeof(ip), &udp, sizeof(udp));
}

/* Another flow in a frame that is there. */
static void
vary(uint8_t *f, uint32_t flow)
{
	uint64_t state = flow;
	struct iphdr ip;
	uint16_t port[2];

	memcpy(&ip, f + ETH_HLEN, sizeof(ip));
	ip.saddr = htonl(0x0a000000 | (next(&state) & 0x3ffff));
	ip.daddr = htonl(0xc0a80000 | (next(&state) & 0xffff));
	ip.check = 0;
	ip.check = header_sum(&ip);
	memcpy(f + ETH_HLEN, &ip, sizeof(ip));
	port[0] = htons((uint16_t)(1024 + next(&state) % 60000));
	port[1] = htons((uint16_t)(1024 + next(&state) % 60000));
	memcpy(f + ETH_HLEN + sizeof(ip), port, sizeof(port));
}

static struct tpacket2_hdr *
slot_at(const struct ring *r, size_t i)
{
	return (struct tpacket2_hdr *)(r->map + i % SLOTS * SLOT);
}

static void
open_device(struct ring *r, const char *name)
{
	struct sockaddr_ll at = { .sll_family = AF_PACKET,
		.sll_ifindex = (int)if_nametoindex(name) };
	struct tpacket_req size = { BLOCK, RING / BLOCK, SLOT, SLOTS };
	int version = TPACKET_V2, one = 1;

	r->fd = socket(AF_PACKET, SOCK_RAW, 0);
	if (r->fd < 0 || bind(r->fd, (struct sockaddr *)&at, sizeof(at)) < 0 ||
		setsockopt(r->fd, SOL_PACKET, PACKET_QDISC_BYPASS, &one, sizeof(one)) < 0 ||
		setsockopt(r->fd, SOL_PACKET, PACKET_VERSION, &version, sizeof(version)) < 0 ||
		setsockopt(r->fd, SOL_PACKET, PACKET_TX_RING, &size, sizeof(size)) < 0)
		goto fail;
	r->map = mmap(NULL, RING, PROT_READ | PROT_WRITE, MAP_SHARED, r->fd, 0);
	if (r->map != MAP_FAILED)
		return;
fail:
	perror(name);
	exit(1);
}

/* Sends the next frames of the ring, as far as their slots are free; how many. */
static uint64_t
send_burst(struct ring *r, size_t bytes, uint32_t flow)
{
	uint64_t n = 0;

	for (; n < BURST; n++) {
		struct tpacket2_hdr *h = slot_at(r, r->next + n);

		if (__atomic_load_n(&h->tp_status, __ATOMIC_ACQUIRE) != TP_STATUS_AVAILABLE)
			break;
		vary((uint8_t *)h + HEADER, flow + (uint32_t)n);
		h->tp_len = (uint32_t)bytes;
		__atomic_store_n(&h->tp_status, TP_STATUS_SEND_REQUEST, __ATOMIC_RELEASE);
	}
	r->next += n;
	/* What is refused stays in its slot, and goes with the next burst. */
	if (send(r->fd, NULL, 0, 0) < 0 && errno != ENOBUFS && errno != EAGAIN) {
		perror("send");
		exit(1);
	}
	return n;
}

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
read_mac(const char *text, uint8_t mac[6])
{
	if (sscanf(text, "%hhx:%hhx:%hhx:%hhx:%hhx:%hhx", &mac[0], &mac[1], &mac[2], &mac[3],
		    &mac[4], &mac[5]) == 6)
		return;
	fprintf(stderr, "blast: %s: not a MAC address\n", text);
	exit(2);
}

int
main(int argc, char **argv)
{
	struct ring ring = { 0 };
	uint8_t from[6], to[6];
	uint64_t sent = 0;
	uint32_t flow = 0;
	double until;
	size_t bytes;

	if (argc != 6) {
		fputs("usage: blast DEVICE SECONDS BYTES SOURCE-MAC DESTINATION-MAC\n", stderr);
		return 2;
	}
	bytes = strtoul(argv[3], NULL, 10);
	if (bytes < 60 || bytes > BYTES_MAX)
		return 2;
	read_mac(argv[4], from);
	read_mac(argv[5], to);
	open_device(&ring, argv[1]);
	for (size_t i = 0; i < SLOTS; i++)
		build((uint8_t *)slot_at(&ring, i) + HEADER, bytes, from, to);
	until = now() + strtod(argv[2], NULL);
	do {
		sent += send_burst(&ring, bytes, flow);
		flow = (flow + BURST) % FLOWS;
	} while (now() < until);
	printf("%llu\n", (unsigned long long)sent);
	return 0;
}
