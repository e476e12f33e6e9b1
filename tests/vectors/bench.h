/*
 * bench.h - for tests: a dataplane on a workbench, with memory ports and a clock that tests turn.
 *
 * The wiring is a small branch router's: FA0, FA1, FA2 are switchports of VLAN 1, VLAN1 its SVI,
 * WAN a routed port, both in bridge group 1; FA3 is a switchport of VLAN 2 with the SVI VLAN2.
 */
#ifndef TESTS_BENCH_H
#define TESTS_BENCH_H

#include <stdint.h>

#include "dataplane/dataplane.h"
#include "tests/lib/frames.h"

enum { FA0 = 1, FA1, FA2, FA3, WAN, VLAN1, VLAN2 };

extern struct dataplane *bench;
extern uint64_t bench_now_ms;

/* cmocka set-up and tear-down: memory ports on FA0-FA3 and WAN, published. */
int bench_set_up(void **state);
int bench_tear_down(void **state);
/* A dataplane on the bench's clock, without ports. */
struct dataplane *bench_dataplane(void);
/* A snapshot of the wiring above, everything up; to change and publish. */
struct dp_snapshot *bench_snapshot(void);
/* Binds a list: compiles it and takes its counters. NULL binds nothing. */
void bench_bind(struct dp_snapshot *s, uint32_t ifindex, enum acl_direction dir, struct acl *acl);
/* Publishes the wiring with one list bound. */
void bench_publish_bound(uint32_t ifindex, enum acl_direction dir, struct acl *acl);

/* Puts a frame on a port and lets the dataplane work until it has no more to do. */
void bench_send(uint32_t ifindex, const struct frame *f);
/* Takes from every port what it sent: "WAN FA1", in the order FA0 FA1 FA2 FA3 WAN; "" nothing. */
const char *bench_seen(void);
/* The one frame that a port sent; fails the test when there is none. */
const struct frame *bench_take(uint32_t ifindex);
uint64_t bench_drops(uint32_t ifindex, enum dp_drop why);
/* Drops of all kinds on all interfaces. */
uint64_t bench_all_drops(void);

#endif
