/*
 * acl_log.c - what packets matched by `log` entries become: a line at once for a flow's first
 * packet, then one every five minutes with the count since, until five minutes pass without a
 * packet.
 *
 * (Cisco, "Understanding Access Control List Logging".)  A flow is entry, action, protocol,
 * addresses and ports or ICMP type and code.  `log-update threshold N` has it reported after every
 * N packets too; `logging interval MS` lets one packet per MS in here and counts the others as
 * missed.  All flows report after the same interval, so the list in order of their next report is
 * the list in order of the last one: due flows are at its head.
 *
 * The table is bounded.  When it is full the flow that reported longest ago makes room if it has been
 * silent for a while: a flood of one-packet flows must not blind the log for the five minutes that
 * each would stay.  A flow that finds no room, and events the dataplane's ring had no room for, are
 * counted as missed and said in %SEC-6-IPACCESSLOGRL.  Verdicts were given long before any of this
 * runs.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "router/acl_flow.h"
#include "router/internal.h"

enum {
	BUCKETS = 4096,
	FLOWS_MAX = 16384,
	DRAIN_BATCH = 256, /* events per turn of the event loop: sessions stay responsive */
	MISSED_SAY_MS = 60000,
	SILENT_MS = 10000, /* a flow that may make room for another */
};

int
acl_log_init(struct router *r)
{
	r->acl_log.bucket = calloc(BUCKETS, sizeof(struct acl_flow *));
	return r->acl_log.bucket == NULL ? -ENOMEM : 0;
}

void
acl_log_fini(struct router *r)
{
	struct acl_flow *f = r->acl_log.oldest;

	while (f != NULL) {
		struct acl_flow *newer = f->newer;

		free(f);
		f = newer;
	}
	free(r->acl_log.bucket);
}

/* FNV-1a over the key. */
static struct acl_flow **
bucket_of(struct acl_log *log, const struct flow_key *key)
{
	const unsigned char *p = (const unsigned char *)key;
	uint32_t h = 2166136261u;

	for (size_t i = 0; i < sizeof(*key); i++)
		h = (h ^ p[i]) * 16777619u;
	return &log->bucket[h % BUCKETS];
}

static void
key_of(const struct dp_log_event *ev, struct flow_key *k)
{
	memset(k, 0, sizeof(*k));
	k->list_id = ev->list_id;
	k->slot = ev->slot;
	k->ipv6 = (ev->key.has & ACL_IS_IPV6) != 0;
	if (k->ipv6) {
		memcpy(k->src, ev->key.src6, sizeof(k->src));
		memcpy(k->dst, ev->key.dst6, sizeof(k->dst));
	} else {
		k->src[0] = ev->key.src;
		k->dst[0] = ev->key.dst;
	}
	k->action = ev->action;
	k->proto = ev->key.proto;
	k->log = ev->log;
	if (ev->key.has & ACL_HAS_PORTS) {
		k->sport = ev->key.sport;
		k->dport = ev->key.dport;
	}
	if (ev->key.has & (ACL_HAS_ICMP | ACL_HAS_IGMP)) {
		k->icmp[0] = ev->key.icmp_type;
		k->icmp[1] = ev->key.icmp_code;
	}
	if (ev->log == ACE_LOG_INPUT) {
		k->ifindex = ev->rx_ifindex;
		memcpy(k->mac, ev->src_mac, 6);
	}
}

static void
unlink_by_age(struct acl_log *log, struct acl_flow *f)
{
	*(f->older != NULL ? &f->older->newer : &log->oldest) = f->newer;
	*(f->newer != NULL ? &f->newer->older : &log->newest) = f->older;
}

static void
append_by_age(struct acl_log *log, struct acl_flow *f)
{
	f->older = log->newest;
	f->newer = NULL;
	*(log->newest != NULL ? &log->newest->newer : &log->oldest) = f;
	log->newest = f;
}

static void
forget(struct acl_log *log, struct acl_flow *f)
{
	struct acl_flow **at = bucket_of(log, &f->key);

	while (*at != f)
		at = &(*at)->next_in_bucket;
	*at = f->next_in_bucket;
	unlink_by_age(log, f);
	log->flows--;
	free(f);
}

/* Says a flow's count and starts its next interval. */
static void
report_and_wait(struct router *r, struct acl_flow *f, uint64_t now)
{
	acl_flow_report(r, f);
	f->packets = 0;
	f->due_ms = now + ACL_LOG_INTERVAL_MS;
	unlink_by_age(&r->acl_log, f);
	append_by_age(&r->acl_log, f);
}

/* `ip access-list logging interval`: whether this packet comes too soon after the last one. */
static bool
too_soon(struct acl_log *log, uint64_t now)
{
	if (log->interval_ms == 0)
		return false;
	if (now < log->next_ms)
		return true;
	log->next_ms = now + log->interval_ms;
	return false;
}

static bool
has_room(struct acl_log *log, uint64_t now)
{
	struct acl_flow *f = log->oldest;

	if (log->flows < FLOWS_MAX)
		return true;
	if (f->packets > 0 || f->due_ms - ACL_LOG_INTERVAL_MS + SILENT_MS > now)
		return false;
	forget(log, f);
	return true;
}

void
acl_log_forget_list(struct router *r, uint32_t list_id)
{
	struct acl_flow *next;

	for (struct acl_flow *f = r->acl_log.oldest; f != NULL; f = next) {
		next = f->newer;
		if (f->key.list_id == list_id)
			forget(&r->acl_log, f);
	}
}

void
acl_log_packet(struct router *r, const struct dp_log_event *ev)
{
	struct acl_log *log = &r->acl_log;
	uint64_t now = clock_mono_ms(r->clock);
	struct flow_key key;
	struct acl_flow **bucket, *f;

	if (too_soon(log, now)) {
		log->missed += ev->packets;
		return;
	}
	key_of(ev, &key);
	bucket = bucket_of(log, &key);
	for (f = *bucket; f != NULL; f = f->next_in_bucket) {
		if (memcmp(&f->key, &key, sizeof(key)) != 0)
			continue;
		f->packets += ev->packets;
		if (log->threshold != 0 && f->packets >= log->threshold)
			report_and_wait(r, f, now);
		return;
	}
	f = has_room(log, now) ? calloc(1, sizeof(*f)) : NULL;
	if (f == NULL || lists_by_id(r, key.list_id) == NULL) {
		free(f);
		log->missed += ev->packets;
		return;
	}
	f->key = key;
	f->packets = ev->packets;
	f->next_in_bucket = *bucket;
	*bucket = f;
	append_by_age(log, f);
	log->flows++;
	report_and_wait(r, f, now);
}

uint32_t
acl_log_threshold(const struct router *r)
{
	return r->acl_log.threshold;
}

void
acl_log_set_threshold(struct router *r, uint32_t packets)
{
	r->acl_log.threshold = packets;
}

uint32_t
acl_log_interval(const struct router *r)
{
	return r->acl_log.interval_ms;
}

void
acl_log_set_interval(struct router *r, uint32_t ms)
{
	r->acl_log.interval_ms = ms;
	r->acl_log.next_ms = 0;
}

/* At once the first time, then at most once a minute: a flood must not turn into a flood of these.
 */
static void
say_missed(struct router *r, uint64_t now)
{
	struct acl_log *log = &r->acl_log;

	if (log->missed == 0 || (log->missed_said && now - log->missed_said_ms < MISSED_SAY_MS))
		return;
	logging_emit(r, "SEC", 6, "IPACCESSLOGRL",
		"access-list logging rate-limited or missed %llu packet%s",
		(unsigned long long)log->missed, log->missed == 1 ? "" : "s");
	r->logging.rate_limited += log->missed;
	log->missed = 0;
	log->missed_said = true;
	log->missed_said_ms = now;
}

int64_t
acl_log_tick(struct router *r)
{
	struct acl_log *log = &r->acl_log;
	uint64_t now = clock_mono_ms(r->clock);
	int64_t next = -1;

	while (log->oldest != NULL && log->oldest->due_ms <= now) {
		if (log->oldest->packets > 0)
			report_and_wait(r, log->oldest, now);
		else
			forget(log, log->oldest);
	}
	say_missed(r, now);
	if (log->oldest != NULL)
		next = (int64_t)(log->oldest->due_ms - now);
	if (log->missed > 0) {
		int64_t say = (int64_t)(log->missed_said_ms + MISSED_SAY_MS - now);

		next = next < 0 || say < next ? say : next;
	}
	return next;
}

static void
take_event(void *arg, const struct dp_log_event *ev)
{
	acl_log_packet(arg, ev);
}

bool
acl_log_drain(struct router *r)
{
	struct acl_log *log = &r->acl_log;
	uint64_t missed;
	size_t taken;

	if (r->dp == NULL)
		return false;
	taken = dataplane_drain(r->dp, DRAIN_BATCH, take_event, r);
	missed = dataplane_log_missed(r->dp);
	log->missed += missed - log->dataplane_missed;
	log->dataplane_missed = missed;
	say_missed(r, clock_mono_ms(r->clock));
	return taken == DRAIN_BATCH;
}
