/*
 * router.h - what the router is configured to be, and what it knows. No words typed, no frames.
 *
 * One struct router per process, owned by the control thread; everything in router/ runs there.  The
 * functions validate, change the model, and bring the dataplane in line before they return, so that
 * the very next packet obeys.  Each part has its own header; this one is what cli/ includes.
 */
#ifndef ROUTER_ROUTER_H
#define ROUTER_ROUTER_H

#include "acl/acl.h"
#include "dataplane/dataplane.h"
#include "router/clock.h"
#include "router/inert.h"
#include "router/interface.h"
#include "router/interface_stats.h"
#include "router/link_watch.h"
#include "router/lists.h"
#include "router/object_groups.h"
#include "router/time_ranges.h"
#include "router/reflexive_lists.h"
#include "router/line.h"
#include "router/aaa.h"
#include "router/ssh.h"
#include "router/login_policy.h"
#include "router/banner.h"
#include "router/work.h"
#include "router/logging.h"
#include "router/config_store.h"
#include "router/files.h"
#include "router/archive.h"
#include "router/reload.h"
#include "router/ip_routes.h"
#include "router/ip_settings.h"
#include "router/log_stamp.h"
#include "router/syslog.h"
#include "router/time_of_day.h"
#include "router/usage.h"

enum { HOSTNAME_MAX = 63 };

struct router;

struct router_options {
	const struct router_clock *clock;	/* NULL = the system's */
	const char *startup_path;		/* NULL: nowhere to save */
	const char *flash_path;			/* the file area's directory; NULL: there is none */
	struct dataplane *dp;			/* NULL: no frames (checking a configuration, replay) */
	const struct syslog_transport *syslog;	/* how lines reach syslog hosts; must outlive the router; NULL: not */
	bool reloaded;				/* `reload` brought us here, not a start from outside */
};

/* NULL without memory. Starts with FastEthernet0-4 and Vlan1, no configuration. */
struct router *router_create(const struct router_options *opt);
void router_destroy(struct router *r);

const char *router_hostname(const struct router *r);
/* 0, or -EINVAL when it is not a legal IOS host name (letter first, letters digits - . _, <= 63). */
int router_set_hostname(struct router *r, const char *name);

/* `bridge irb` and `bridge N protocol ieee`. N 1..255. */
bool router_bridge_irb(const struct router *r);
void router_set_bridge_irb(struct router *r, bool on);
bool router_bridge_exists(const struct router *r, unsigned n);
void router_set_bridge(struct router *r, unsigned n, bool on);

/* `service password-encryption`, `no ip domain lookup`, ...: switches with no behaviour of their own. */
enum router_service {
	SERVICE_PASSWORD_ENCRYPTION,
	SERVICE_SEQUENCE_NUMBERS,	/* a number in front of each log line */
	SERVICE_IP_DOMAIN_LOOKUP,
	SERVICE_ACCESS_LIST_PERSISTENT,	/* running-config keeps sequence numbers, as newer IOS */
	SERVICE_COUNT
};
bool router_service(const struct router *r, enum router_service which);
void router_set_service(struct router *r, enum router_service which, bool on);

/* Asks the event loop to stop; reload and end-of-file use it. */
void router_request_exit(struct router *r, int status);
bool router_exit_requested(const struct router *r, int *status);
/* `reload`: the process should start again with the startup-config. */
void router_request_reload(struct router *r);
bool router_reload_requested(const struct router *r);
bool router_was_reloaded(const struct router *r);

/* How entries find what they name: for compiling, for matching, for (active) in show. */
const struct acl_env *router_acl_env(const struct router *r);
struct dataplane *router_dataplane(struct router *r);
const struct router_clock *router_clock(const struct router *r);
/*
 * Rebuilds and publishes the dataplane's snapshot when anything in the model changed since the last
 * time, and reclaims what the old one used. Every changing function of router/ ends with it; a loader
 * that makes many changes wraps them in router_hold()/router_release() to publish once.
 */
void router_commit(struct router *r);
void router_hold(struct router *r);
void router_release(struct router *r);

/* When the running configuration last changed (wall clock; 0 = not since start), and by whom. */
void router_note_change(struct router *r, const char *who);
int64_t router_last_change(const struct router *r, const char **who);
/* Monotonic ms at start, for uptime. */
uint64_t router_started_ms(const struct router *r);

#endif
