/*
 * packet_fuzz.c - frames of any bytes, through the parsers alone and through the whole dataplane.
 *
 * The input is frames, one behind the other: a byte that says which of five ports receives it (the
 * low bits) and whether its sender left work to the hardware (0x80); with that a kind, a segment
 * size, and where the checksum starts and stands (two bytes each but the first); two bytes of
 * length, and the frame.
 *
 * First the parsers and the offload code get each frame in memory of exactly its size.  Claims: a
 * key never says more than the frame holds; compiled lists and the readable matcher agree on it.
 * Then memory ports receive the frames, in a router with lists everywhere.  Claims: no frame comes
 * back out of its own port; one that comes out nowhere is counted as dropped, and the reason has a
 * name.
 */
#include <stdlib.h>
#include <string.h>

#include "dataplane/offload.h"
#include "dataplane/parse.h"
#include "dataplane/worker.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/fuzz_lists.h"
#include "tests/fuzz/fuzz_router.h"

enum { PORTS = 5, FRAME_OFFLOAD = 0x80, MTU = 1500 };

static struct fuzz_router f;
static uint32_t port_ifindex[PORTS];

static void
set_up(void)
{
	static const char *const name[PORTS] = { "FastEthernet0", "FastEthernet1", "FastEthernet2",
		"FastEthernet3", "FastEthernet4" };
	char err[DP_ERR_MAX];

	fuzz_router_open(&f, true);
	for (size_t i = 0; i < PORTS; i++) {
		port_ifindex[i] = interface_find(f.router, name[i])->ifindex;
		fuzz_require(dataplane_add_port(f.dp, port_ifindex[i], "memory", "", err) == 0,
			"%s", err);
	}
	fuzz_router_load_whole(f.router, fuzz_lists_config);
}

/* ---- the parsers ---- */

static void
check_key(const struct acl_key *key, size_t len)
{
	bool ipv6 = (key->has & ACL_IS_IPV6) != 0;
	int layer4 = ACL_HAS_PORTS | ACL_HAS_TCP_FLAGS | ACL_HAS_ICMP | ACL_HAS_IGMP;

	fuzz_require(len >= (ipv6 ? 40 : 20), "%zu bytes made a packet", len);
	fuzz_require((key->has & ACL_NONINITIAL) == 0 || (key->has & layer4) == 0,
		"a later fragment with a layer 4");
	fuzz_require((key->has & ACL_HAS_TCP_FLAGS) == 0 || key->proto == PROTO_TCP,
		"TCP flags of protocol %u", key->proto);
	fuzz_require((key->has & ACL_HAS_IGMP) == 0 || (key->proto == PROTO_IGMP && !ipv6),
		"IGMP of protocol %u", key->proto);
	fuzz_require(
		(key->has & ACL_HAS_ICMP) == 0 || key->proto == (ipv6 ? PROTO_ICMPV6 : PROTO_ICMP),
		"ICMP of protocol %u", key->proto);
	fuzz_require(key->options <= ACL_KEY_OPTIONS_MAX, "%u options", key->options);
	fuzz_lists_agree(f.router, key);
}

static void
parse_layer3(const uint8_t *frame, size_t len, const struct ether_view *v)
{
	enum dp_drop why;
	struct acl_key key;
	struct acl_mac_key mac;

	fuzz_require(v->l3 <= len, "layer 3 at %u of %zu bytes", v->l3, len);
	if (v->type == TYPE_IPV4)
		why = parse_ipv4(frame + v->l3, len - v->l3, &key);
	else if (v->type == TYPE_IPV6)
		why = parse_ipv6(frame + v->l3, len - v->l3, &key);
	else {
		parse_mac(frame, len, v, 1, 0, &mac);
		fuzz_lists_agree_mac(f.router, &mac);
		return;
	}
	fuzz_require(why < DP_DROP_COUNT, "reason %d", why);
	if (why == DP_DROP_NONE)
		check_key(&key, len - v->l3);
}

static void
parse(const uint8_t *frame, size_t len)
{
	struct ether_view v;

	if (len < ETHER_HEADER)
		return;
	if (parse_ether(frame, len, load16(frame + 12), ETHER_HEADER, &v) == DP_DROP_NONE)
		parse_layer3(frame, len, &v);
}

/* ---- the work that senders leave ---- */

static void
cut(const struct packet *p)
{
	static struct segmenter s;
	uint32_t frames = 0;

	if (s.memory == NULL)
		fuzz_require(segmenter_init(&s) == 0, "out of memory");
	if (segmenter_begin(&s, p, MTU + ETHER_HEADER) != DP_DROP_NONE)
		return;
	while (segmenter_next(&s))
		for (size_t i = 0; i < s.burst.n; i++, frames++)
			fuzz_require(s.burst.pkt[i]->len <= MTU + ETHER_HEADER, "cut to %u bytes",
				s.burst.pkt[i]->len);
	fuzz_require(frames >= p->packets, "%u packets were cut into %u", p->packets, frames);
}

static void
offload(const uint8_t *frame, size_t len, const struct packet_offload *what)
{
	struct packet p = { .len = (uint32_t)len, .wire_len = (uint32_t)len };

	p.data = malloc(len);
	fuzz_require(p.data != NULL, "out of memory");
	memcpy(p.data, frame, len);
	if (what != NULL)
		p.offload = *what;
	else
		offload_guess(&p, MTU);
	offload_account(&p);
	fuzz_require(p.packets >= 1 && p.bytes >= len, "%zu bytes count as %u", len, p.bytes);
	if (p.offload.gso != GSO_NONE)
		cut(&p);
	else if (p.offload.partial_checksum)
		offload_complete_checksum(&p);
	free(p.data);
}

/* ---- the whole way ---- */

static uint64_t
drops(void)
{
	struct dp_if_stats s;
	uint64_t sum = 0;

	for (uint32_t i = 0; i < DP_MAX_INTERFACES; i++) {
		if (interface_by_index(f.router, i) == NULL)
			continue;
		dataplane_if_stats(f.dp, i, &s);
		for (int why = 0; why < DP_DROP_COUNT; why++)
			sum += s.drops[why];
	}
	return sum;
}

/* Takes what the ports sent; how many frames. */
static size_t
take(size_t received_on)
{
	static uint8_t frame[PACKET_MAX];
	size_t len, n = 0;

	for (size_t i = 0; i < PORTS; i++) {
		while ((len = dataplane_memory_take(f.dp, port_ifindex[i], frame, sizeof(frame))) >
			0) {
			fuzz_require(i != received_on, "sent back where it came from");
			fuzz_require(len >= ETHER_HEADER, "%zu bytes were sent", len);
			n++;
		}
	}
	return n;
}

static void
forward(size_t port, const uint8_t *frame, size_t len, const struct packet_offload *what)
{
	uint64_t before = drops();

	fuzz_require(port_memory_put(f.dp->f.port[port_ifindex[port]], frame, len, what) == 0,
		"no room for %zu bytes", len);
	while (dataplane_run_once(f.dp) > 0)
		;
	fuzz_require(take(port) > 0 || drops() > before, "a frame has vanished");
	while (acl_log_drain(f.router))
		;
}

static void
one_frame(struct fuzz_input *in)
{
	uint8_t how = fuzz_u8(in), *frame;
	struct packet_offload what = { 0 };
	bool offloaded = (how & FRAME_OFFLOAD) != 0;
	size_t len;

	if (offloaded) {
		what.gso = fuzz_u8(in) % (GSO_UNKNOWN + 1);
		what.gso_size = fuzz_u16(in);
		what.csum_start = fuzz_u16(in);
		what.csum_offset = fuzz_u16(in);
		what.partial_checksum = true;
	}
	frame = fuzz_bytes(in, fuzz_u16(in), &len);
	parse(frame, len);
	offload(frame, len, offloaded ? &what : NULL);
	forward(how % PORTS, frame, len, offloaded ? &what : NULL);
	free(frame);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input in = { data, size };

	if (f.router == NULL)
		set_up();
	dataplane_mac_clear(f.dp);
	reflexive_lists_clear(f.router, NULL);
	while (in.left > 0) {
		one_frame(&in);
		fuzz_router_turn(&f, 10);
	}
	return 0;
}
