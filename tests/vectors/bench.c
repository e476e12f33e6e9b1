/*
 * bench.c - the workbench that the packet vectors share.
 */
#include "tests/vectors/bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct dataplane *bench;
struct acl_env bench_env;
uint64_t bench_now_ms;

static const struct {
	uint32_t ifindex;
	const char *name;
} ports[] = { { FA0, "FA0" }, { FA1, "FA1" }, { FA2, "FA2" }, { FA3, "FA3" }, { WAN, "WAN" } };

enum { PORTS = sizeof(ports) / sizeof(ports[0]) };

static uint64_t
bench_clock(void *arg)
{
	(void)arg;
	return bench_now_ms;
}

struct dataplane *
bench_dataplane(void)
{
	const struct dataplane_options opt = { .now_ms = bench_clock };
	struct dataplane *dp = dataplane_create(&opt);

	assert_non_null(dp);
	bench_now_ms = 1000;
	return dp;
}

int
bench_set_up(void **state)
{
	char err[DP_ERR_MAX];

	(void)state;
	bench = bench_dataplane();
	bench_env = (struct acl_env){ 0 };
	for (size_t i = 0; i < PORTS; i++)
		if (dataplane_add_port(bench, ports[i].ifindex, "memory", "", err) < 0)
			return -1;
	dataplane_publish(bench, bench_snapshot());
	return 0;
}

int
bench_tear_down(void **state)
{
	(void)state;
	dataplane_destroy(bench);
	bench = NULL;
	return 0;
}

struct dp_snapshot *
bench_snapshot(void)
{
	struct dp_snapshot *s = dp_snapshot_create();

	assert_non_null(s);
	s->mac_age_seconds = 300;
	for (uint32_t i = FA0; i <= FA2; i++)
		s->interface[i] = (struct dp_interface){ .kind = DP_IF_SWITCHPORT, .vlan = 1 };
	s->interface[FA3] = (struct dp_interface){ .kind = DP_IF_SWITCHPORT, .vlan = 2 };
	s->interface[WAN] = (struct dp_interface){ .kind = DP_IF_ROUTED, .bridge_group = 1 };
	s->interface[VLAN1] =
		(struct dp_interface){ .kind = DP_IF_SVI, .vlan = 1, .bridge_group = 1 };
	s->interface[VLAN2] = (struct dp_interface){ .kind = DP_IF_SVI, .vlan = 2 };
	for (uint32_t i = FA0; i <= VLAN2; i++)
		s->interface[i].up = true;
	return s;
}

void
bench_bind(struct dp_snapshot *s, uint32_t ifindex, enum acl_direction dir, struct acl *acl)
{
	struct dp_interface *ifp = &s->interface[ifindex];
	struct dp_list *l;

	if (acl == NULL)
		return;
	l = acl_kind(acl) == ACL_MAC	? &ifp->mac_in
	    : acl_kind(acl) == ACL_IPV6 ? &ifp->acl6[dir]
					: &ifp->acl[dir];
	assert_int_equal(acl_compile(acl, &bench_env, &l->program), 0);
	l->counters = acl_counters_on(acl, ifindex, dir, DP_THREADS);
	assert_non_null(l->counters);
}

void
bench_publish_bound(uint32_t ifindex, enum acl_direction dir, struct acl *acl)
{
	struct dp_snapshot *s = bench_snapshot();

	bench_bind(s, ifindex, dir, acl);
	dataplane_publish(bench, s);
}

void
bench_send(uint32_t ifindex, const struct frame *f)
{
	assert_int_equal(dataplane_memory_put(bench, ifindex, f->bytes, f->len), 0);
	assert_int_equal(dataplane_run_once(bench), 1);
}

const char *
bench_seen(void)
{
	static char text[256];
	static uint8_t frame[70000];
	size_t len = 0;

	text[0] = '\0';
	for (size_t i = 0; i < PORTS; i++)
		while (dataplane_memory_take(bench, ports[i].ifindex, frame, sizeof(frame)) > 0)
			if (len < sizeof(text))
				len += (size_t)snprintf(text + len, sizeof(text) - len, "%s%s",
					len == 0 ? "" : " ", ports[i].name);
	return text;
}

const struct frame *
bench_take(uint32_t ifindex)
{
	static struct frame f;

	f.len = dataplane_memory_take(bench, ifindex, f.bytes, sizeof(f.bytes));
	assert_int_not_equal(f.len, 0);
	return &f;
}

uint64_t
bench_drops(uint32_t ifindex, enum dp_drop why)
{
	struct dp_if_stats s;

	dataplane_if_stats(bench, ifindex, &s);
	return s.drops[why];
}

uint64_t
bench_all_drops(void)
{
	uint64_t sum = 0;

	for (uint32_t i = 0; i < DP_MAX_INTERFACES; i++)
		for (int why = 0; why < DP_DROP_COUNT; why++)
			sum += bench_drops(i, (enum dp_drop)why);
	return sum;
}
