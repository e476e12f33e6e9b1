/*
 * running_config.c - the configuration as text: `show running-config`, and what `write memory`
 * stores.
 *
 * The form is that of classic IOS 15.x: sections parted by "!", children one blank in, "end" last.
 * Only what differs from the defaults is printed, plus what IOS always prints.  Two rules hold
 * throughout and are tested: loading the text into a fresh router gives the same text again, and
 * two calls without a change between them give the same bytes.
 *
 * Access lists and what they name are in running_config_lists.c, terminal lines and secrets in
 * running_config_access.c, logging in running_config_logging.c, names, routes and the clock in
 * running_config_ip.c.
 */
#include "cli/show/show_internal.h"

/* The kept lines `first` to `last` of a block, each behind `indent`. False when there are none. */
static bool
add_inert(struct text *t, const struct inert *kept, int first, int last, const char *indent)
{
	bool any = false;

	for (int i = first; i <= last; i++)
		if (kept[i].text[0] != '\0') {
			text_addf(t, "%s%s\n", indent, kept[i].text);
			any = true;
		}
	return any;
}

/* The same of the router's own, with a "!" behind them. */
static void
add_inert_section(struct text *t, struct router *r, enum inert_global first, enum inert_global last)
{
	if (add_inert(t, router_inert(r, INERT_PAD), (int)first, (int)last, ""))
		text_add(t, "!\n");
}

/* "service timestamps log datetime msec localtime" */
static void
add_stamp(struct text *t, struct router *r, enum log_stamp_of which, const char *name)
{
	const struct log_stamp *st = log_stamp(r, which);

	if (st->kind == STAMP_NONE) {
		text_addf(t, "no service timestamps %s datetime msec\n", name);
		return;
	}
	text_addf(t, "service timestamps %s %s%s%s%s%s\n", name,
		st->kind == STAMP_UPTIME ? "uptime" : "datetime", st->msec ? " msec" : "",
		st->localtime ? " localtime" : "", st->show_timezone ? " show-timezone" : "",
		st->year ? " year" : "");
}

static void
add_services(struct text *t, struct router *r, bool all)
{
	add_inert(t, router_inert(r, INERT_PAD), INERT_PAD, INERT_KEEPALIVES_OUT, "");
	add_stamp(t, r, STAMP_OF_DEBUG, "debug");
	add_stamp(t, r, STAMP_OF_LOG, "log");
	text_addf(t, "%sservice password-encryption\n",
		router_service(r, SERVICE_PASSWORD_ENCRYPTION) ? "" : "no ");
	if (router_service(r, SERVICE_SEQUENCE_NUMBERS))
		text_add(t, "service sequence-numbers\n");
	else if (all)
		text_add(t, "no service sequence-numbers\n");
}

static void
add_identity(struct text *t, struct router *r, bool all)
{
	text_add(t, "version 15.4\n");
	add_services(t, r, all);
	text_addf(t, "!\nhostname %s\n!\nboot-start-marker\nboot-end-marker\n!\n",
		router_hostname(r));
	running_config_logging(t, r, all);
	running_config_enable(t, r);
	add_inert_section(t, r, INERT_AAA, INERT_AAA);
	running_config_clock(t, r, all);
	add_inert_section(t, r, INERT_SOURCE_ROUTE, INERT_SOURCE_ROUTE);
	running_config_names(t, r, all);
	add_inert_section(t, r, INERT_CEF, INERT_IPV6_CEF);
	running_config_login(t, r);
	running_config_users(t, r);
	add_inert_section(t, r, INERT_SPANNING_TREE_MODE, INERT_VLAN_ALLOCATION);
	running_config_ssh(t, r);
	if (router_bridge_irb(r))
		text_add(t, "bridge irb\n!\n");
}

/* " ip access-group NAME in", and out. */
static void
add_bound(struct text *t, const char *command, const char name[2][ACL_NAME_MAX + 1])
{
	static const char *const direction[] = { [ACL_IN] = "in", [ACL_OUT] = "out" };

	for (int dir = ACL_IN; dir <= ACL_OUT; dir++)
		if (name[dir][0] != '\0')
			text_addf(t, " %s %s %s\n", command, name[dir], direction[dir]);
}

static void
add_address(struct text *t, const struct interface *i)
{
	char address[IPV4_TEXT_MAX], mask[IPV4_TEXT_MAX];

	if (i->kind == DP_IF_SWITCHPORT)
		return;
	if (i->address == 0)
		text_add(t, " no ip address\n");
	else
		text_addf(t, " ip address %s %s\n", ipv4_text(i->address, address),
			ipv4_text(ip_length_mask(i->prefix_length), mask));
}

static void
add_interface(struct text *t, const struct interface *i, bool all)
{
	text_addf(t, "interface %s\n", i->name);
	if (i->description[0] != '\0')
		text_addf(t, " description %s\n", i->description);
	if (i->bandwidth_kbit != 0)
		text_addf(t, " bandwidth %u\n", i->bandwidth_kbit);
	add_inert(t, i->inert, INERT_SWITCHPORT_MODE, INERT_SWITCHPORT_MODE, " ");
	add_address(t, i);
	add_bound(t, "ip access-group", i->access_group);
	add_inert(t, i->inert, INERT_REDIRECTS, INERT_PROXY_ARP, " ");
	if (i->load_interval_s != LOAD_INTERVAL_DEFAULT_S || all)
		text_addf(t, " load-interval %u\n", i->load_interval_s);
	if (i->delay_tens_us != 0)
		text_addf(t, " delay %u\n", i->delay_tens_us);
	if (i->shutdown)
		text_add(t, " shutdown\n");
	else if (all)
		text_add(t, " no shutdown\n");
	add_inert(t, i->inert, INERT_DUPLEX, INERT_PORTFAST, " ");
	add_bound(t, "ipv6 traffic-filter", i->traffic_filter);
	if (i->mac_access_group[0] != '\0')
		text_addf(t, " mac access-group %s in\n", i->mac_access_group);
	if (i->bridge_group != 0)
		text_addf(t, " bridge-group %u\n", (unsigned)i->bridge_group);
}

static void
add_bridges(struct text *t, const struct router *r)
{
	bool any = false;

	for (unsigned n = 1; n <= 255; n++) {
		if (!router_bridge_exists(r, n))
			continue;
		text_addf(t, "bridge %u protocol ieee\n", n);
		any = true;
	}
	if (any)
		text_add(t, "!\n");
}

/* all: with what is as it was born, too. */
static void
add_body(struct text *t, struct router *r, bool all)
{
	const struct interface *interface;
	bool any;

	add_identity(t, r, all);
	running_config_archive(t, r);
	running_config_object_groups(t, r);
	for (size_t i = 0; (interface = interface_at(r, i)) != NULL; i++) {
		add_interface(t, interface, all);
		text_add(t, "!\n");
	}
	add_inert_section(t, r, INERT_HTTP, INERT_HTTPS);
	running_config_routes(t, r);
	if (files_scp_server(r))
		text_add(t, "ip scp server enable\n!\n");
	running_config_list_options(t, r);
	running_config_named_lists(t, r);
	any = running_config_syslog(t, r, all);
	any |= running_config_numbered_lists(t, r);
	if (any)
		text_add(t, "!\n");
	running_config_other_lists(t, r);
	add_inert_section(t, r, INERT_CDP, INERT_CDP);
	add_bridges(t, r);
	running_config_banners(t, r);
	running_config_lines(t, r, all);
	text_add(t, "!\n");
	running_config_time_ranges(t, r);
	text_add(t, "end\n");
}

void
show_running_config_body(struct text *t, struct router *r)
{
	add_body(t, r, false);
}

static void
add_file(struct text *t, struct router *r, bool all)
{
	char when[SHOW_TIME_MAX];
	const char *who = NULL;
	int64_t changed = router_last_change(r, &who);

	text_add(t, "!\n");
	if (changed != 0) {
		text_addf(t, "! Last configuration change at %s",
			show_time(r, changed * 1000000, false, when));
		if (who != NULL && who[0] != '\0')
			text_addf(t, " by %s", who);
		text_add(t, "\n!\n");
	}
	add_body(t, r, all);
}

void
show_config_file(struct text *t, struct router *r)
{
	add_file(t, r, false);
}

static void
add_head_and(struct text *t, struct text *config)
{
	t->failed |= config->failed;
	text_addf(
		t, "Building configuration...\n\nCurrent configuration : %zu bytes\n", config->len);
	if (config->s != NULL)
		text_add(t, config->s);
	text_fini(config);
}

void
show_running_config(struct text *t, struct router *r)
{
	struct text config = { 0 };

	add_file(&config, r, false);
	add_head_and(t, &config);
}

void
show_running_config_all(struct text *t, struct router *r)
{
	struct text config = { 0 };

	add_file(&config, r, true);
	add_head_and(t, &config);
}

void
show_running_config_interface(struct text *t, const struct interface *i)
{
	struct text config = { 0 };

	text_add(&config, "!\n");
	add_interface(&config, i, false);
	text_add(&config, "end\n");
	add_head_and(t, &config);
}
