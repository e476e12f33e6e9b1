/*
 * dataplane.h - moves frames between ports; the rest of the house hands it snapshots and reads
 * counters.
 *
 * One worker thread owns the ports, the MAC tables and the frame path.  The control thread
 * publishes an immutable snapshot of how to forward (liburcu QSBR: one pointer, the old one freed
 * after a grace period), reads counters, and drains log events from a lock-free ring.  Nothing here
 * knows IOS words.
 *
 * The path of a frame (pipeline.c reads in this order): port in -> parse -> port lists -> VLAN
 * switch -> SVI in lists -> bridge group -> out lists -> port out.  Frames switched inside a VLAN
 * meet no SVI list (Cisco: an SVI's list filters what the SVI receives or sends, not what the VLAN
 * switches); a switchport's own lists see all that it receives.  An IPv4 list decides IPv4, an IPv6
 * list IPv6, a MAC list what is neither (ARP for one); each passes the rest.  Ports are access
 * ports: a priority tag, or one of the port's own VLAN, is taken off (IEEE 802.1Q); the list sees
 * the IP packet inside, in a SNAP header too.
 *
 * Packets and bytes, everywhere here, are those of a wire: a GSO frame counts as the packets it
 * will be cut into, bytes include each one's Ethernet header and exclude the check sequence.
 */
#ifndef DATAPLANE_DATAPLANE_H
#define DATAPLANE_DATAPLANE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "acl/acl.h"

enum {
	DP_MAX_INTERFACES = 256,	/* ifindex 1..255; 0 is none */
	DP_THREADS = 1,
	DP_ERR_MAX = 256,
};

struct dataplane;

/* ---- drop reasons: every frame that dies has one ---- */

#define DP_DROP_REASONS(X)						\
	X(acl_denied, "denied by an access list")			\
	X(truncated, "captured shorter than it was on the wire")	\
	X(runt, "shorter than an Ethernet header")			\
	X(ip_header_short, "IPv4 header cut off")			\
	X(ip_bad_version, "IP version is not 4")			\
	X(ip_bad_header_length, "IPv4 header length under 20 or past the frame")	\
	X(ip_bad_total_length, "IPv4 total length under the header or past the frame")	\
	X(ip6_header_short, "IPv6 header cut off")			\
	X(ip6_bad_version, "IP version is not 6")			\
	X(ip6_bad_payload_length, "IPv6 payload length past the frame")	\
	X(source_multicast, "source MAC address is a group address")	\
	X(reserved_multicast, "802.1D reserved destination, never bridged")	\
	X(vlan_tag, "tagged for a VLAN the port is not in")		\
	X(interface_down, "interface is shut down")			\
	X(no_forwarding, "interface has no VLAN and no bridge group")	\
	X(same_port, "destination is on the port it came from")		\
	X(no_port, "nowhere to send it")				\
	X(tx_full, "output queue full")					\
	X(tx_error, "output port refused it")				\
	X(too_big, "larger than the output port can send, and not divisible")

enum dp_drop {
	DP_DROP_NONE,
#define X(name, text) DP_DROP_##name,
	DP_DROP_REASONS(X)
#undef X
	DP_DROP_COUNT
};
const char *dp_drop_name(enum dp_drop why);	/* "acl_denied" */
const char *dp_drop_text(enum dp_drop why);	/* "denied by an access list" */

/* ---- the snapshot ---- */

enum dp_if_kind {
	DP_IF_NONE,
	DP_IF_SWITCHPORT,	/* layer 2 member of `vlan` */
	DP_IF_SVI,		/* the layer 3 side of `vlan`; has no port of its own */
	DP_IF_ROUTED,		/* a layer 3 port: forwards through its bridge group */
};

struct dp_list {		/* a list on an interface; program NULL passes everything */
	struct acl_program *program;
	struct acl_counters *counters;
};

struct dp_interface {
	enum dp_if_kind kind;
	bool up;		/* administratively up; a port's link is the port's matter */
	uint16_t vlan;		/* SWITCHPORT, SVI: 1..4094 */
	uint16_t bridge_group;	/* SVI, ROUTED: 0 none, 1..255 */
	/*
	 * IPv4 lists, by enum acl_direction.  A SWITCHPORT has only ACL_IN, its port list: it
	 * stands before the VLAN switch, which does not learn from what it denies.
	 */
	struct dp_list acl[2];
	struct dp_list acl6[2];	/* IPv6 lists; SVI and ROUTED */
	struct dp_list mac_in;	/* SWITCHPORT: for frames that are not IP, beside the port list */
};

struct dp_snapshot {
	struct dp_interface interface[DP_MAX_INTERFACES];	/* by ifindex */
	uint32_t mac_age_seconds;	/* 300 on IOS; 0 = never */
	uint32_t reflexive_timeout_s;	/* where an entry names none; 0 = 300, as on IOS */
	uint64_t serial;		/* dataplane_publish() sets it */
};

/* Zeroed, or NULL. Before publishing, ref each program placed in it (acl_program_ref). */
struct dp_snapshot *dp_snapshot_create(void);
/* For one never published; unrefs its programs. */
void dp_snapshot_destroy(struct dp_snapshot *s);

/* ---- life ---- */

struct dataplane_options {
	uint64_t (*now_ms)(void *arg);	/* monotonic; NULL = CLOCK_MONOTONIC_COARSE */
	void *now_arg;
};

/* Control thread throughout, unless said otherwise. NULL without memory. */
struct dataplane *dataplane_create(const struct dataplane_options *opt);
/* Stops the worker, closes the ports, drops the snapshot. NULL is fine. */
void dataplane_destroy(struct dataplane *dp);
/*
 * Opens a port for an interface before dataplane_start(); nothing later needs privilege.  Drivers
 * and their arguments: "file" IN.pcap[,OUT.pcap] (or ,OUT.pcap: nothing comes in), "pcap" NETDEV,
 * "packet" NETDEV, "memory" "".  A device can be one port only; OUT must not be in use, here or
 * elsewhere. Frames wait in their ports until the first snapshot is published.  0, or -errno with a
 * sentence in err.
 */
int dataplane_add_port(struct dataplane *dp, uint32_t ifindex, const char *driver, const char *arg,
	char err[DP_ERR_MAX]);
/*
 * True when ports are to be opened with privilege (packet, pcap), for dropping rights afterwards.
 */
bool dataplane_has_port(const struct dataplane *dp, uint32_t ifindex);
#define DP_WORKER_NAME "frames"	/* what the worker's thread is called */
/* Starts the worker, once. 0 or -errno. */
int dataplane_start(struct dataplane *dp);
/*
 * For tests and replay, instead of dataplane_start(): one turn of the worker's loop in the caller;
 * returns the frames received.
 */
size_t dataplane_run_once(struct dataplane *dp);
/*
 * Takes over the snapshot, and returns after the grace period: no thread uses the old one, which is
 * freed.  Frames received after the return obey the new one.
 */
void dataplane_publish(struct dataplane *dp, struct dp_snapshot *snapshot);

/* ---- what happened ---- */

struct dp_log_event {		/* a packet decided by an IPv4 or IPv6 entry marked log */
	uint32_t list_id;	/* acl_id() */
	uint32_t slot;
	uint32_t ifindex;	/* whose list it was */
	uint32_t rx_ifindex;	/* for log-input: SVI or routed port; of a port list, its port */
	uint8_t direction;	/* enum acl_direction */
	uint8_t action;		/* enum acl_action */
	uint8_t log;		/* enum ace_log */
	uint8_t src_mac[6];
	uint32_t packets;	/* 1, or what a GSO frame stands for */
	struct acl_key key;
};

/* Becomes readable when events or the end of the last file port wait for the control thread. */
int dataplane_event_fd(const struct dataplane *dp);
/* Hands over at most max waiting events; returns how many. */
size_t dataplane_drain(struct dataplane *dp, size_t max,
	void (*fn)(void *arg, const struct dp_log_event *ev), void *arg);
/* Log events lost because the ring was full, since start. The verdict was not affected. */
uint64_t dataplane_log_missed(const struct dataplane *dp);
/*
 * True once every file port has delivered its last frame and the path is empty: then all counters
 * and log events are there, and every OUT is complete.  Never without a file port.
 */
bool dataplane_at_eof(const struct dataplane *dp);

struct dp_if_stats {
	uint64_t rx_packets, rx_bytes, rx_broadcasts, rx_multicasts;
	uint64_t tx_packets, tx_bytes, tx_broadcasts, tx_multicasts;
	uint64_t drops[DP_DROP_COUNT];
	uint64_t last_rx_ms, last_tx_ms;	/* on the dataplane's clock; 0 = never */
	/* Let out by an entry that reflects, with no room in its table for the way back. */
	uint64_t reflexive_full;
};
/* GSO frames count as the packets they stand for. */
void dataplane_if_stats(const struct dataplane *dp, uint32_t ifindex, struct dp_if_stats *out);

struct dp_port_info {
	char driver[16];
	char device[256];	/* file or netdev */
	uint8_t mac[6];		/* zero when it has none (file, memory) */
	uint32_t mtu;
	bool link_up;
	uint64_t kernel_drops;	/* lost before we saw them */
	char error[DP_ERR_MAX];	/* what ended its reading early or keeps it down, or "" */
};
/*
 * false when the interface has no port.  A packet port whose device came back is bound to it here:
 * ask when devices change.
 */
bool dataplane_port_info(const struct dataplane *dp, uint32_t ifindex, struct dp_port_info *out);

struct dp_mac_entry {
	uint16_t vlan;		/* 0 for entries of a bridge group */
	uint16_t bridge_group;
	uint8_t mac[6];
	uint32_t ifindex;
	uint32_t age_seconds;
};
/* A copy of the tables, taken between bursts. *out is malloc'ed; returns the count or -errno. */
int dataplane_mac_entries(struct dataplane *dp, struct dp_mac_entry **out);
void dataplane_mac_clear(struct dataplane *dp);

/*
 * The living entries of a reflexive table, taken between bursts: at most max into out, oldest
 * first; returns how many there are.
 */
int dataplane_reflexive_copy(
	struct dataplane *dp, struct reflexive *t, struct reflexive_entry *out, size_t max);
/* Forgets them all; no packet received after the return finds one. */
void dataplane_reflexive_clear(struct dataplane *dp, struct reflexive *t);

/* ---- memory ports, for tests ---- */

/* Puts a frame where the port of ifindex will receive it; copies. 0 or -errno. */
int dataplane_memory_put(struct dataplane *dp, uint32_t ifindex, const void *frame, size_t len);
/* Takes the oldest frame the port sent; its length, or 0 for none. */
size_t dataplane_memory_take(struct dataplane *dp, uint32_t ifindex, void *frame, size_t size);
/* Plugs its wire in or out: what link_up tells, no more. 0 or -errno. */
int dataplane_memory_link(struct dataplane *dp, uint32_t ifindex, bool up);

/*
 * ---- replay: a capture through one list, no ports ----
 *
 * Only frames of the list's family are judged and written.  A frame counts in packets and in one of
 * permitted, denied (of these implicit by the implicit deny), broken[] (of the family, but
 * malformed; or cut short by the capture), or not_ip: of another family, such as IPv6 for an IPv4
 * list, or IP for a MAC list.  What is written has the capture's link type and precision.  There is
 * no port here, so none whose VLAN a tag could miss: a frame counts whatever its VLAN tags, and a
 * capture of a trunk is tried as a whole; a MAC list needs Ethernet, and reads VLAN and priority from
 * the first tag.  Hit times are the capture's, in milliseconds since 1970 UTC.  Reflexive tables are
 * asked but not filled: the list stands alone.
 */

struct dp_replay {
	const char *capture;	/* pcap or pcapng; Ethernet, raw IP, Linux cooked, ... */
	const char *permitted;	/* capture to write, or NULL */
	const char *denied;
	enum acl_kind kind;	/* the list's, for one without entries has no program to ask */
	struct dp_list list;	/* program NULL passes everything of that kind */
	unsigned threads;	/* at most so many, each with a column of list.counters; 0 = 1 */
	bool through_libpcap;	/* also what the faster reader could read: for tests */
	/* How many bytes of the file are read, now and then; from any of the threads, one at a time. */
	void (*progress)(void *arg, uint64_t done, uint64_t total);
	void *progress_arg;
};
struct dp_replay_result {
	uint64_t packets, permitted, denied, implicit, not_ip;
	uint64_t broken[DP_DROP_COUNT];	/* counted in packets, neither permitted nor denied */
};
/* 0, or -errno with a sentence in err; *result then holds what was read up to there. */
int dp_replay(const struct dp_replay *job, struct dp_replay_result *result, char err[DP_ERR_MAX]);

#endif
