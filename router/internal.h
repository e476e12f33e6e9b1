/*
 * internal.h - struct router itself, for the files of router/ only.
 */
#ifndef ROUTER_INTERNAL_H
#define ROUTER_INTERNAL_H

#include "router/router.h"

struct list_key {
	const char *name;
	enum acl_kind space;	/* the name space's */
	uint32_t id;
};

struct list {
	struct list_key key;	/* first: the index's trees hold it */
	struct acl *acl;
	struct acl_program *program;	/* what was last compiled */
	bool stale;		/* all of it is to be compiled again */
	bool dirty;		/* the list was edited since */
	bool ragged;		/* among r->ragged: its program is not whole */
	uint64_t ragged_ms;	/* when it was last edited */
	struct list *next_ragged;
	uint64_t in_force;	/* the commit that last put it before packets */
	bool edited;		/* among r->edited */
	struct list *next_edited;
	struct list *next;	/* in the graveyard */
};

struct group {
	struct object_group *group;
	uint64_t walked;	/* the last walk that came by */
	size_t expanded;	/* members, those of groups within too, when it did */
};

struct range {
	struct time_range *range;
	bool active;		/* as the lists were last told */
};

struct reflexive_list {
	struct reflexive *table;
	char name[];
};

struct log_listener {
	logging_listener *fn;
	void *arg;
	struct log_listener *next;
};

struct logging {
	bool on;
	struct logging_destination destination[LOG_DESTINATIONS];
	char **line;		/* ring of the buffered lines */
	size_t first, count, room;
	size_t bytes, size;	/* bytes held, bytes allowed */
	uint64_t dropped, rate_limited;
	struct log_stamp stamp[STAMPS];
	uint64_t sequence;	/* of lines, for `service sequence-numbers` */
	struct log_listener *listeners;
};

struct time_of_day {
	const struct router_clock *calendar;	/* what the router was given */
	struct router_clock own;		/* what router_clock() gives */
	int64_t ahead_us;			/* of the calendar */
	bool set;				/* by `clock set` */
	struct clock_zone zone;
};

struct ip_settings {
	char domain[IP_DOMAIN_MAX + 1];
	uint32_t name_server[IP_NAME_SERVERS];
	size_t name_servers;
	struct ip_host *host;		/* by name */
	size_t hosts;
	struct static_route *route;	/* by prefix and length */
	size_t routes;
	uint32_t default_gateway;
};

struct usage {			/* as the last tick found it */
	struct usage_thread thread[USAGE_THREADS];
	size_t threads;
	uint64_t ticked_ms, lowest;
};

struct if_watch {		/* interface_stats.c: what was last seen, and the rates */
	struct dp_if_stats baseline;
	uint64_t cleared_ms;
	uint64_t rx_bytes, rx_packets, tx_bytes, tx_packets;
	double in_bytes_per_s, in_packets_per_s, out_bytes_per_s, out_packets_per_s;
	bool line_seen, line_up;	/* link_watch.c: what was last told or taken as known */
	bool fault_told;
};

struct acl_flow;

struct acl_log {
	struct acl_flow **bucket;
	struct acl_flow *oldest, *newest;	/* in the order their reports fall due */
	size_t flows;
	uint64_t missed;		/* not yet said */
	uint64_t dataplane_missed;	/* what the dataplane had counted when last asked */
	uint32_t threshold;		/* ip access-list log-update threshold; 0 none */
	uint32_t interval_ms;		/* ip access-list logging interval; 0 none */
	uint64_t next_ms;		/* when the interval lets the next packet through */
	uint64_t missed_said_ms;
	bool missed_said;
};

struct ssh {
	struct ssh_settings settings;
	struct ssh_pair *pair[SSH_PAIRS_MAX];
	size_t pairs;
	struct generation *generation;	/* ssh_keys.c: the pair being made */
	struct ssh_user **user;
	size_t users;
	void (*changed)(void *arg);
	void *changed_arg;
};

struct login_watch {
	struct login_policy policy;
	bool quiet;
	uint64_t since_ms;		/* the window's begin, or quiet mode's */
	unsigned in_window;
	uint64_t total, successes;
	struct login_failure failure[LOGIN_FAILURES_KEPT];	/* newest first */
	size_t failures;
};

struct work;

struct router {
	const struct router_clock *clock;
	struct dataplane *dp;
	char *startup_path;
	uint64_t started_ms;

	char hostname[HOSTNAME_MAX + 1];
	bool bridge_irb;
	bool bridge[256];
	bool service[SERVICE_COUNT];
	struct inert inert[INERT_GLOBALS];
	struct aaa_secret enable_secret[AAA_LEVELS], enable_password[AAA_LEVELS];
	struct aaa_user **user;
	size_t users;
	struct line con, aux;
	struct line vty[LINE_VTYS];
	struct ssh ssh;
	struct login_watch login;
	char *banner[BANNERS];
	struct work *work;		/* NULL: jobs run where they are given */

	struct interface *interface[DP_MAX_INTERFACES];	/* in running-config order */
	size_t interfaces;
	struct interface *by_index[DP_MAX_INTERFACES];
	struct if_watch watch[DP_MAX_INTERFACES];	/* by ifindex */

	struct list **list;	/* in show order */
	size_t lists, lists_room;
	void *list_names, *list_ids;	/* lists_index.c */
	struct list *edited;	/* what their edits took out is still to be reclaimed */
	struct list *graveyard;	/* deleted; freed after the grace period */
	struct list *ragged;
	struct tidying *tidying;	/* lists_tidy.c */
	uint32_t next_list_id;

	struct acl_env env;	/* how lists ask for the next three */
	struct group *group;		/* in show order */
	size_t groups;
	uint64_t group_walks;
	struct range *range;		/* by name */
	size_t ranges;
	struct reflexive_list **reflexive;	/* by name */
	size_t reflexives;
	uint32_t reflexive_timeout_s;

	struct logging logging;
	struct acl_log acl_log;
	struct syslog syslog;
	struct time_of_day time;
	struct ip_settings ip;
	struct usage usage;

	struct files *files;	/* never NULL once made */
	struct changes *changes;	/* likewise */

	bool changed;		/* the dataplane does not know yet */
	int hold;
	uint64_t commits;	/* snapshots made so far */

	int64_t last_change_us;
	char last_change_by[LINE_USER_MAX + 1];
	bool exit_requested, reload_requested, reloaded;
	int exit_status;
};

/* forwarding.c: the model has changed; tells the dataplane unless held. */
void router_changed(struct router *r);
/* Whether packets may meet the list, now or with the next snapshot. */
bool forwarding_asks(const struct router *r, const struct list *l);
/* lists_index.c */
int lists_index_add(struct router *r, struct list *l);	/* 0, or -1 without memory */
void lists_index_remove(struct router *r, struct list *l);
struct list *lists_find_list(struct router *r, const char *name, enum acl_kind kind);
struct acl *lists_by_id(struct router *r, uint32_t id);
/* lists.c */
/* Does any list use it? uses() is acl_uses_time_range() or the like. */
bool lists_use(struct router *r, bool (*uses)(const struct acl *acl, const char *name),
	const char *name);
/* Those that do must be compiled again. False when there are none; else publish. */
bool lists_make_stale(struct router *r, bool (*uses)(const struct acl *acl, const char *name),
	const char *name);
/* Nothing uses what edits since the last call took out any more. */
void lists_reclaim(struct router *r);
void lists_fini(struct router *r);
/* files/files.c: path NULL, or one that cannot be opened: a router without flash:. 0 or -errno. */
int files_init(struct router *r, const char *path);
void files_fini(struct router *r);
/* changes/archive.c. 0, or -1 without memory. */
int changes_init(struct router *r);
void changes_fini(struct router *r);
/* lists_tidy.c: the list has a new program; the list is going. */
void lists_note_program(struct router *r, struct list *l);
void lists_tidy_forget(struct router *r, struct list *l);
/* interface.c */
int interfaces_init(struct router *r);
void interfaces_fini(struct router *r);
/* object_groups.c, time_ranges.c, reflexive_lists.c */
void object_groups_fini(struct router *r);
void time_ranges_fini(struct router *r);
/* Makes the table if there is none. 0 or -ENOMEM. */
int reflexive_lists_open(struct router *r, const char *name);
void reflexive_lists_fini(struct router *r);
/* work.c: ends the helpers; every job's done() has run then */
void work_fini(struct router *r);
/* access/line.c, access/aaa.c */
void lines_init(struct router *r);
void aaa_fini(struct router *r);
/* access/access_class.c: what the list says of a login from there; what is undefined permits. */
bool access_class_permits(struct router *r, const char *name, const struct line *l, const char *peer,
	uint16_t port);
/* access/banner.c */
void banners_fini(struct router *r);
/* access/ssh.c, access/ssh_keys.c */
void ssh_init(struct router *r);
void ssh_fini(struct router *r);
void ssh_keys_fini(struct router *r);
/* Keys came or went: says so if that enabled or disabled SSH, and tells the listener. */
void ssh_keys_changed(struct router *r, bool was_enabled);
/* config_store.c: the file at path is now this text, whole or not at all, mode 0600. 0 or -errno. */
int config_store_write(const char *path, const char *text, size_t len);
/* logging.c, acl_log.c */
int logging_init(struct router *r);
/* time_of_day.c: first of all; from here on r->clock is the router's own. */
void time_of_day_init(struct router *r, const struct router_clock *calendar);
/* ip/ip_routes.c: those over this interface are gone with it */
void static_routes_forget(struct router *r, const struct interface *i);
/* ip/ip_settings.c */
void ip_settings_fini(struct router *r);
void logging_fini(struct router *r);
int acl_log_init(struct router *r);
void acl_log_fini(struct router *r);
/* The list is gone, and with it what its flows could be reported as. */
void acl_log_forget_list(struct router *r, uint32_t list_id);

#endif
