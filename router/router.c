/*
 * router.c - the router as a whole: birth, death, and the settings that belong to no part.
 */
#include "router/router.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "router/internal.h"

static const struct object_group *
env_object_group(void *arg, const char *name)
{
	return object_groups_find(arg, name);
}

static bool
env_time_range_active(void *arg, const char *name)
{
	return time_ranges_active(arg, name);
}

static struct reflexive *
env_reflexive(void *arg, const char *name)
{
	return reflexive_lists_find(arg, name);
}

struct router *
router_create(const struct router_options *opt)
{
	struct router *r = calloc(1, sizeof(*r));

	if (r == NULL)
		return NULL;
	r->clock = opt->clock != NULL ? opt->clock : &router_system_clock;
	r->dp = opt->dp;
	r->reloaded = opt->reloaded;
	r->started_ms = clock_mono_ms(r->clock);
	r->next_list_id = 1;
	r->tidy_fd = -1;
	r->env = (struct acl_env){ r, env_object_group, env_time_range_active, env_reflexive };
	r->reflexive_timeout_s = REFLEXIVE_TIMEOUT_DEFAULT_S;
	strcpy(r->hostname, "Router");
	r->service[SERVICE_TIMESTAMPS_LOG_MSEC] = true;
	r->service[SERVICE_TIMESTAMPS_DEBUG_MSEC] = true;
	r->service[SERVICE_IP_DOMAIN_LOOKUP] = true;
	r->hold = 1; /* the dataplane first hears of it when it is whole */
	lines_init(r);
	if (logging_init(r) < 0 || acl_log_init(r) < 0 || interfaces_init(r) < 0)
		goto fail;
	if (opt->startup_path != NULL) {
		r->startup_path = strdup(opt->startup_path);
		if (r->startup_path == NULL)
			goto fail;
	}
	router_release(r);
	return r;
fail:
	router_destroy(r);
	return NULL;
}

void
router_destroy(struct router *r)
{
	if (r == NULL)
		return;
	if (r->dp != NULL) {
		/* Programs and counters must not be in use when the lists go. */
		struct dp_snapshot *empty = dp_snapshot_create();

		if (empty != NULL)
			dataplane_publish(r->dp, empty);
	}
	lists_tidy_fini(r);
	lists_fini(r);
	object_groups_fini(r);
	time_ranges_fini(r);
	reflexive_lists_fini(r);
	acl_log_fini(r);
	logging_fini(r);
	aaa_fini(r);
	interfaces_fini(r);
	free(r->startup_path);
	explicit_bzero(r, sizeof(*r));
	free(r);
}

const char *
router_hostname(const struct router *r)
{
	return r->hostname;
}

int
router_set_hostname(struct router *r, const char *name)
{
	size_t len = strlen(name);

	if (len == 0 || len > HOSTNAME_MAX || !isalpha((unsigned char)name[0]))
		return -EINVAL;
	for (size_t i = 0; i < len; i++)
		if (!isalnum((unsigned char)name[i]) && strchr("-._", name[i]) == NULL)
			return -EINVAL;
	strcpy(r->hostname, name);
	return 0;
}

bool
router_bridge_irb(const struct router *r)
{
	return r->bridge_irb;
}

void
router_set_bridge_irb(struct router *r, bool on)
{
	r->bridge_irb = on;
	router_changed(r);
}

bool
router_bridge_exists(const struct router *r, unsigned n)
{
	return n >= 1 && n <= 255 && r->bridge[n];
}

void
router_set_bridge(struct router *r, unsigned n, bool on)
{
	if (n < 1 || n > 255)
		return;
	r->bridge[n] = on;
	router_changed(r);
}

bool
router_service(const struct router *r, enum router_service which)
{
	return r->service[which];
}

void
router_set_service(struct router *r, enum router_service which, bool on)
{
	r->service[which] = on;
}

void
router_request_exit(struct router *r, int status)
{
	r->exit_requested = true;
	r->exit_status = status;
}

bool
router_exit_requested(const struct router *r, int *status)
{
	*status = r->exit_status;
	return r->exit_requested;
}

void
router_request_reload(struct router *r)
{
	r->reload_requested = true;
}

bool
router_reload_requested(const struct router *r)
{
	return r->reload_requested;
}

const struct acl_env *
router_acl_env(const struct router *r)
{
	return &r->env;
}

bool
router_was_reloaded(const struct router *r)
{
	return r->reloaded;
}

struct dataplane *
router_dataplane(struct router *r)
{
	return r->dp;
}

const struct router_clock *
router_clock(const struct router *r)
{
	return r->clock;
}

void
router_note_change(struct router *r, const char *who)
{
	r->last_change_us = clock_wall_us(r->clock);
	snprintf(r->last_change_by, sizeof(r->last_change_by), "%s", who);
}

int64_t
router_last_change(const struct router *r, const char **who)
{
	*who = r->last_change_by;
	return r->last_change_us / 1000000;
}

uint64_t
router_started_ms(const struct router *r)
{
	return r->started_ms;
}
