/*
 * plain_bridge.c - the least a bridge on libpcap does: what comes in on one device goes out on the other.
 *
 * usage: plain_bridge DEVICE DEVICE
 * No filter, no addresses learnt, no checks: what a program gets who knows libpcap and no more.
 */
#include <pcap/pcap.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

static pcap_t *
open_device(const char *name)
{
	char err[PCAP_ERRBUF_SIZE] = "";
	pcap_t *p = pcap_create(name, err);

	if (p == NULL || pcap_set_snaplen(p, 65535) != 0 || pcap_set_promisc(p, 1) != 0 ||
		pcap_set_immediate_mode(p, 1) != 0 || pcap_set_buffer_size(p, 16 << 20) != 0 ||
		pcap_activate(p) < 0 || pcap_setdirection(p, PCAP_D_IN) != 0 ||
		pcap_setnonblock(p, 1, err) != 0) {
		fprintf(stderr, "%s: %s\n", name, p != NULL ? pcap_geterr(p) : err);
		exit(1);
	}
	return p;
}

static void
pass(u_char *to, const struct pcap_pkthdr *h, const u_char *bytes)
{
	(void)!pcap_inject((pcap_t *)to, bytes, h->caplen);
}

int
main(int argc, char **argv)
{
	pcap_t *side[2];
	struct pollfd fds[2];

	if (argc != 3) {
		fputs("usage: plain_bridge DEVICE DEVICE\n", stderr);
		return 2;
	}
	for (int i = 0; i < 2; i++) {
		side[i] = open_device(argv[1 + i]);
		fds[i] = (struct pollfd){ pcap_get_selectable_fd(side[i]), POLLIN, 0 };
	}
	for (;;) {
		int any = 0;

		for (int i = 0; i < 2; i++)
			any += pcap_dispatch(side[i], 64, pass, (u_char *)side[1 - i]);
		if (any == 0 && poll(fds, 2, -1) < 0)
			return 1;
	}
}
