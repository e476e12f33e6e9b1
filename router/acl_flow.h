/*
 * acl_flow.h - a flow that `log` entries have seen: what acl_log.c keeps and acl_flow_text.c says.
 */
#ifndef ROUTER_ACL_FLOW_H
#define ROUTER_ACL_FLOW_H

#include <stdint.h>

struct router;

struct flow_key {
	uint64_t src[2], dst[2]; /* IPv4 in [0] */
	uint32_t list_id, slot, ifindex;
	uint16_t sport, dport;
	uint8_t action, proto, log, icmp[2];
	uint8_t ipv6;
	uint8_t mac[6];
	uint8_t zero[4]; /* to the end: the key is hashed and compared as bytes */
};

_Static_assert(sizeof(struct flow_key) == 64, "struct flow_key has no padding");

struct acl_flow {
	struct flow_key key;
	uint64_t due_ms, packets; /* since the last report */
	struct acl_flow *next_in_bucket;
	struct acl_flow *older, *newer;
};

/* Says how many packets there were since the last report, in IOS's words. */
void acl_flow_report(struct router *r, const struct acl_flow *f);

#endif
