/*
 * running_config_logging.c - where messages go, in the running configuration: `logging ...` lines.
 *
 * IOS prints them in two places: what stays in the router near the top, what concerns syslog hosts
 * in front of the numbered lists.
 */
#include "cli/show/show_internal.h"

/* What router/logging.h says a router starts with. */
enum { LOGGING_BUFFER_DEFAULT = 4096, LOG_LEVEL_DEFAULT = LOG_LEVELS - 1 };

/* A destination's line; nothing when it is as it was born, unless all is wanted. */
static bool
add_destination(
	struct text *t, struct router *r, enum log_destination which, const char *name, bool all)
{
	const struct logging_destination *d = logging_destination(r, which);
	int born = which == LOG_TO_HOSTS ? LOG_TRAP_DEFAULT : LOG_LEVEL_DEFAULT;

	if (!d->on)
		text_addf(t, "no logging %s\n", name);
	else if (d->level != born || all)
		text_addf(t, "logging %s %s\n", name, logging_level_names[d->level]);
	else
		return false;
	return true;
}

/* The size stands before the level; IOS prints both once either was set. */
static bool
add_buffered(struct text *t, struct router *r, bool all)
{
	const struct logging_destination *d = logging_destination(r, LOG_TO_BUFFER);

	if (!d->on) {
		text_add(t, "no logging buffered\n");
		return true;
	}
	if (logging_buffer_size(r) == LOGGING_BUFFER_DEFAULT && d->level == LOG_LEVEL_DEFAULT &&
		!all)
		return false;
	text_addf(t, "logging buffered %zu", logging_buffer_size(r));
	if (d->level != LOG_LEVEL_DEFAULT)
		text_addf(t, " %s", logging_level_names[d->level]);
	text_add(t, "\n");
	return true;
}

/* What stays in the router: behind the boot markers, as on IOS. */
void
running_config_logging(struct text *t, struct router *r, bool all)
{
	bool any = false;

	if (!logging_on(r)) {
		text_add(t, "no logging on\n");
		any = true;
	}
	any |= add_buffered(t, r, all);
	any |= add_destination(t, r, LOG_TO_CONSOLE, "console", all);
	any |= add_destination(t, r, LOG_TO_MONITOR, "monitor", all);
	if (any)
		text_add(t, "!\n");
}

static bool
add_origin(struct text *t, const struct syslog *s)
{
	switch (s->origin) {
	case ORIGIN_NONE:
		return false;
	case ORIGIN_HOSTNAME:
		text_add(t, "logging origin-id hostname\n");
		break;
	case ORIGIN_IP:
		text_add(t, "logging origin-id ip\n");
		break;
	case ORIGIN_STRING:
		text_addf(t, "logging origin-id string %s\n", s->origin_text);
		break;
	}
	return true;
}

/* What goes to syslog hosts: in front of the numbered lists, as on IOS. */
bool
running_config_syslog(struct text *t, struct router *r, bool all)
{
	const struct syslog *s = syslog_settings(r);
	bool any = add_destination(t, r, LOG_TO_HOSTS, "trap", all);
	char address[IPV4_TEXT_MAX];

	any |= add_origin(t, s);
	if (s->facility != SYSLOG_FACILITY_DEFAULT || all) {
		text_addf(t, "logging facility %s\n", syslog_facility_names[s->facility]);
		any = true;
	}
	if (s->source != NULL) {
		text_addf(t, "logging source-interface %s\n", s->source->name);
		any = true;
	}
	for (size_t i = 0; i < s->hosts; i++) {
		text_addf(t, "logging host %s", ipv4_text(s->host[i].address, address));
		if (s->host[i].port != SYSLOG_PORT)
			text_addf(t, " transport udp port %u", (unsigned)s->host[i].port);
		text_add(t, "\n");
		any = true;
	}
	return any;
}
