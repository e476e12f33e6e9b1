/*
 * show.h - text makers: data in, IOS text out. They change nothing and print nothing themselves.
 *
 * Each appends to a struct text; the handlers in cli/commands hand it to session_print(), and
 * `write memory` hands show_config_file()'s to the config store. Shapes: IOS 12.4/15.x.
 * They know the router only, not sessions. Control thread.
 */
#ifndef CLI_SHOW_H
#define CLI_SHOW_H

#include <stdbool.h>
#include <stddef.h>

#include "router/router.h"

/* A growing string, always terminated once something was added; zero-initialise, free with
 * text_fini(). */
struct text {
	char *s;
	size_t len, room;
	bool failed; /* out of memory: what is there is cut short */
	bool numbered; /* access lists in full: in blocks, with every sequence number */
};
void text_add(struct text *t, const char *s);
void text_addf(struct text *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void text_fini(struct text *t);

/* One list as show access-lists prints it, counters summed; `on` != NULL: that interface and
 * direction only, which the header then names. */
struct show_where {
	const struct interface *interface;
	enum acl_direction direction;
};
void show_access_list(struct text *t, struct router *r, const struct acl *acl,
	const struct show_where *on);
/*
 * The lists of these kinds (LISTS_IPV4 ...) with the reflexive ones; name NULL: all of them.  An
 * unknown name prints nothing, as IOS.  -errno when the reflexive entries could not be had.
 */
int show_access_lists(struct text *t, struct router *r, const char *name, unsigned kinds);
/* Every list of this name, with all its counters. */
void show_access_lists_detail(struct text *t, struct router *r, const char *name);
/* The lists bound to an interface; name != NULL: that one only. */
void show_access_lists_interface(struct text *t, struct router *r, const struct interface *i,
	bool in, bool out, const char *name);

/* The whole configuration, from "version" to "end". */
void show_running_config_body(struct text *t, struct router *r);
/* What `write memory` stores: the comment that says who changed it when, and the body. */
void show_config_file(struct text *t, struct router *r);
/* As `show running-config` prints it, with the "Building configuration..." head. */
void show_running_config(struct text *t, struct router *r);
/* The same with what is as it was born, too. */
void show_running_config_all(struct text *t, struct router *r);
void show_running_config_interface(struct text *t, const struct interface *i);
/* 0 also when there is none (which it says); -errno when it could not be read. */
int show_startup_config(struct text *t, struct router *r);

/* name NULL: all. */
void show_time_range(struct text *t, struct router *r, const char *name);
void show_object_group(struct text *t, struct router *r, const char *name);

void show_reload(struct text *t, struct router *r);
/* "Reload scheduled for ... by WHO", as it would be in so many seconds. */
void show_reload_plan(struct text *t, struct router *r, uint64_t seconds, const char *who,
	const char *reason);
void show_logging(struct text *t, struct router *r);
/* only NULL: every interface, in running-config order. */
void show_interfaces(struct text *t, struct router *r, const struct interface *only);
void show_ip_interface(struct text *t, struct router *r, const struct interface *only);
void show_ip_interface_brief(struct text *t, struct router *r, const struct interface *only);
/* Only interfaces with an IPv6 filter have something to show. */
void show_ipv6_interface(struct text *t, struct router *r, const struct interface *only);
/* The switchports' MAC lists. */
void show_mac_access_group(struct text *t, struct router *r, const struct interface *only);
/* -errno when the dataplane could not be asked. */
int show_mac_address_table(struct text *t, struct router *r);
void show_platform_drops(struct text *t, struct router *r);
/* One line for each interface; only NULL: all. */
void show_interfaces_description(struct text *t, struct router *r, const struct interface *only);
void show_interfaces_status(struct text *t, struct router *r, const struct interface *only);
void show_interfaces_counters(struct text *t, struct router *r, const struct interface *only);
void show_interfaces_summary(struct text *t, struct router *r, const struct interface *only);

/* kinds: a set of 1 << enum route_kind. -ENOMEM without memory. */
enum { SHOW_ROUTES_ALL = (1 << ROUTE_CONNECTED) | (1 << ROUTE_LOCAL) | (1 << ROUTE_STATIC) };
int show_ip_route(struct text *t, struct router *r, unsigned kinds);
/* The route to an address; exact: the one of this prefix and mask. */
struct show_route_of {
	uint32_t address, mask;
	bool exact;
};
int show_ip_route_to(struct text *t, struct router *r, const struct show_route_of *of);
/* name NULL: all hosts. */
void show_hosts(struct text *t, struct router *r, const char *name);
void show_arp(struct text *t, struct router *r, const struct interface *only);
void show_protocols(struct text *t, struct router *r);

void show_version(struct text *t, struct router *r);
void show_inventory(struct text *t, struct router *r);
void show_memory_statistics(struct text *t, struct router *r);
void show_processes_memory(struct text *t, struct router *r);
/* sorted: the busiest first. */
void show_processes_cpu(struct text *t, struct router *r, bool sorted);
/* -errno when a part could not be had. */
int show_tech_support(struct text *t, struct router *r);
void show_clock(struct text *t, struct router *r, bool detail);
void show_calendar(struct text *t, struct router *r);
void show_ssh(struct text *t, struct router *r);
void show_ip_ssh(struct text *t, struct router *r);
/* label NULL: all. */
void show_crypto_keys(struct text *t, struct router *r, const char *label);
void show_login(struct text *t, struct router *r);
void show_login_failures(struct text *t, struct router *r);
/* only NULL: every line there is. */
void show_line(struct text *t, struct router *r, const struct line *only);
/* self: the line of who asks, or NULL. all: lines nobody is on, too. */
void show_users(struct text *t, struct router *r, const struct line *self, bool all);

#endif
