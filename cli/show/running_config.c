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
 * running_config_access.c.
 */
#include "cli/show/show_internal.h"

/* What router/logging.h says a router starts with. */
enum { LOGGING_BUFFER_DEFAULT = 4096, LOG_LEVEL_DEFAULT = LOG_LEVELS - 1 };

static void
add_services(struct text *t, const struct router *r)
{
	static const struct {
		enum router_service which;
		const char *on, *off;
	} services[] = {
		{ SERVICE_TIMESTAMPS_DEBUG_MSEC, "service timestamps debug datetime msec",
			"no service timestamps debug datetime msec" },
		{ SERVICE_TIMESTAMPS_LOG_MSEC, "service timestamps log datetime msec",
			"no service timestamps log datetime msec" },
		{ SERVICE_PASSWORD_ENCRYPTION, "service password-encryption",
			"no service password-encryption" },
	};

	for (size_t i = 0; i < sizeof(services) / sizeof(services[0]); i++)
		text_addf(t, "%s\n",
			router_service(r, services[i].which) ? services[i].on : services[i].off);
}

static void
add_identity(struct text *t, struct router *r)
{
	text_add(t, "version 15.4\n");
	add_services(t, r);
	text_addf(t, "!\nhostname %s\n!\nboot-start-marker\nboot-end-marker\n!\n",
		router_hostname(r));
	running_config_users(t, r);
	if (!router_service(r, SERVICE_IP_DOMAIN_LOOKUP))
		text_add(t, "no ip domain lookup\n!\n");
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
add_interface(struct text *t, const struct interface *i)
{
	text_addf(t, "interface %s\n", i->name);
	if (i->description[0] != '\0')
		text_addf(t, " description %s\n", i->description);
	if (i->kind != DP_IF_SWITCHPORT)
		text_add(t, " no ip address\n");
	add_bound(t, "ip access-group", i->access_group);
	if (i->shutdown)
		text_add(t, " shutdown\n");
	add_bound(t, "ipv6 traffic-filter", i->traffic_filter);
	if (i->mac_access_group[0] != '\0')
		text_addf(t, " mac access-group %s in\n", i->mac_access_group);
	if (i->bridge_group != 0)
		text_addf(t, " bridge-group %u\n", (unsigned)i->bridge_group);
}

static bool
add_destination(struct text *t, struct router *r, enum log_destination which, const char *name)
{
	const struct logging_destination *d = logging_destination(r, which);

	if (!d->on)
		text_addf(t, "no logging %s\n", name);
	else if (d->level != LOG_LEVEL_DEFAULT)
		text_addf(t, "logging %s %s\n", name, logging_level_names[d->level]);
	else
		return false;
	return true;
}

/* The size stands before the level; IOS prints both once either was set. */
static bool
add_buffered(struct text *t, struct router *r)
{
	const struct logging_destination *d = logging_destination(r, LOG_TO_BUFFER);

	if (!d->on) {
		text_add(t, "no logging buffered\n");
		return true;
	}
	if (logging_buffer_size(r) == LOGGING_BUFFER_DEFAULT && d->level == LOG_LEVEL_DEFAULT)
		return false;
	text_addf(t, "logging buffered %zu", logging_buffer_size(r));
	if (d->level != LOG_LEVEL_DEFAULT)
		text_addf(t, " %s", logging_level_names[d->level]);
	text_add(t, "\n");
	return true;
}

static bool
add_logging(struct text *t, struct router *r)
{
	bool any = false;

	if (!logging_on(r)) {
		text_add(t, "no logging on\n");
		any = true;
	}
	any |= add_buffered(t, r);
	any |= add_destination(t, r, LOG_TO_CONSOLE, "console");
	any |= add_destination(t, r, LOG_TO_MONITOR, "monitor");
	return any;
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

void
show_running_config_body(struct text *t, struct router *r)
{
	const struct interface *interface;
	bool any;

	add_identity(t, r);
	running_config_object_groups(t, r);
	for (size_t i = 0; (interface = interface_at(r, i)) != NULL; i++) {
		add_interface(t, interface);
		text_add(t, "!\n");
	}
	running_config_list_options(t, r);
	running_config_named_lists(t, r);
	any = add_logging(t, r);
	any |= running_config_numbered_lists(t, r);
	if (any)
		text_add(t, "!\n");
	running_config_other_lists(t, r);
	add_bridges(t, r);
	running_config_lines(t, r);
	text_add(t, "!\n");
	running_config_time_ranges(t, r);
	text_add(t, "end\n");
}

void
show_config_file(struct text *t, struct router *r)
{
	char when[SHOW_TIME_MAX];
	const char *who = NULL;
	int64_t changed = router_last_change(r, &who);

	text_add(t, "!\n");
	if (changed != 0) {
		text_addf(t, "! Last configuration change at %s",
			show_time(changed * 1000000, false, when));
		if (who != NULL && who[0] != '\0')
			text_addf(t, " by %s", who);
		text_add(t, "\n!\n");
	}
	show_running_config_body(t, r);
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

	show_config_file(&config, r);
	add_head_and(t, &config);
}

void
show_running_config_interface(struct text *t, const struct interface *i)
{
	struct text config = { 0 };

	text_add(&config, "!\n");
	add_interface(&config, i);
	text_add(&config, "end\n");
	add_head_and(t, &config);
}
