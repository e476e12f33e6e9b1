/*
 * blast.c - sends Ethernet frames of one size as fast as a device takes them: many UDP flows.
 *
 * usage: blast DEVICE SECONDS BYTES DESTINATION-MAC
 * Prints how many were sent.  Frames bypass the queueing discipline and go 64 to a system call; the
 * flows are the same in every run (65,536 source addresses and ports, drawn from a fixed seed).
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
#include <sys/socket.h>
#include <time.h>

enum { FLOWS = 65536, BATCH = 64, BYTES_MAX = 1514 };

static uint8_t frame[BATCH][BYTES_MAX];

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
build(uint8_t *f, size_t bytes, const uint8_t mac[6])
{
	static const uint8_t from[6] = { 2, 0, 0, 0, 0, 0xb1 };
	struct iphdr ip = { .version = 4, .ihl = 5, .ttl = 64, .protocol = IPPROTO_UDP };
	struct udphdr udp = { .len = htons((uint16_t)(bytes - ETH_HLEN - sizeof(ip))) };

	ip.tot_len = htons((uint16_t)(bytes - ETH_HLEN));
	memcpy(f, mac, 6);
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

static int
open_device(const char *name)
{
	struct sockaddr_ll at = { .sll_family = AF_PACKET,
		.sll_ifindex = (int)if_nametoindex(name) };
	int fd = socket(AF_PACKET, SOCK_RAW, 0), one = 1;

	if (fd < 0 || bind(fd, (struct sockaddr *)&at, sizeof(at)) < 0 ||
		setsockopt(fd, SOL_PACKET, PACKET_QDISC_BYPASS, &one, sizeof(one)) < 0) {
		perror(name);
		exit(1);
	}
	return fd;
}

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int
main(int argc, char **argv)
{
	struct iovec iov[BATCH];
	struct mmsghdr msg[BATCH] = { 0 };
	uint64_t sent = 0;
	uint8_t mac[6];
	double until;
	size_t bytes;
	int fd;

	if (argc != 5 || sscanf(argv[4], "%hhx:%hhx:%hhx:%hhx:%hhx:%hhx", &mac[0], &mac[1], &mac[2],
				 &mac[3], &mac[4], &mac[5]) != 6) {
		fputs("usage: blast DEVICE SECONDS BYTES DESTINATION-MAC\n", stderr);
		return 2;
	}
	bytes = strtoul(argv[3], NULL, 10);
	if (bytes < 60 || bytes > BYTES_MAX)
		return 2;
	for (size_t i = 0; i < BATCH; i++) {
		build(frame[i], bytes, mac);
		iov[i] = (struct iovec){ frame[i], bytes };
		msg[i].msg_hdr = (struct msghdr){ .msg_iov = &iov[i], .msg_iovlen = 1 };
	}
	fd = open_device(argv[1]);
	until = now() + strtod(argv[2], NULL);
	for (uint32_t flow = 0; now() < until; flow = (flow + BATCH) % FLOWS) {
		int n;

		for (uint32_t i = 0; i < BATCH; i++)
			vary(frame[i], flow + i);
		n = sendmmsg(fd, msg, BATCH, 0);
		if (n > 0)
			sent += (uint64_t)n;
		else if (errno != ENOBUFS && errno != EAGAIN)
			break;
	}
	printf("%llu\n", (unsigned long long)sent);
	return 0;
}
