/*
 * logging.c - `show logging`: where messages go, how many went there, and the buffer itself.
 *
 * The shape is that of IOS 15.x, which scripts read by column and word.  Discriminators, filter
 * modules, XML and the persistent log do not exist here and are reported the way IOS reports their
 * absence.
 */
#include <inttypes.h>
#include <stdint.h>

#include "cli/show/show.h"

/* One destination; the second line stands under the first word, for the buffer one column less. */
static void
add_destination(
	struct text *t, struct router *r, enum log_destination which, const char *title, int indent)
{
	const struct logging_destination *d = logging_destination(r, which);

	if (!d->on) {
		text_addf(t, "    %s disabled\n", title);
		return;
	}
	text_addf(t, "    %s level %s, %" PRIu64 " messages logged, xml disabled,\n", title,
		logging_level_names[d->level], d->logged);
	text_addf(t, "%*sfiltering disabled\n", indent, "");
}

static void
add_host(struct text *t, const struct syslog_host *h, bool sequence_numbers)
{
	char address[IPV4_TEXT_MAX];

	text_addf(t, "        Logging to %s  (udp port %u, audit disabled,\n",
		ipv4_text(h->address, address), (unsigned)h->port);
	text_addf(t,
		"              link up),\n"
		"              %" PRIu64 " message lines logged, \n"
		"              0 message lines rate-limited, \n"
		"              %" PRIu64 " message lines dropped-by-MD, \n"
		"              xml disabled, sequence number %s\n"
		"              filtering disabled\n",
		h->logged, h->dropped, sequence_numbers ? "enabled" : "disabled");
}

static void
add_trap(struct text *t, struct router *r)
{
	const struct logging_destination *d = logging_destination(r, LOG_TO_HOSTS);
	const struct syslog *s = syslog_settings(r);

	if (!d->on) {
		text_add(t, "    Trap logging: disabled\n");
		return;
	}
	text_addf(t, "    Trap logging: level %s, %" PRIu64 " message lines logged\n",
		logging_level_names[d->level], d->logged);
	for (size_t i = 0; i < s->hosts; i++)
		add_host(t, &s->host[i], router_service(r, SERVICE_SEQUENCE_NUMBERS));
	text_add(t, "        Logging Source-Interface:       VRF Name:\n");
	if (s->source != NULL)
		text_addf(t, "        %s\n", s->source->name);
}

void
show_logging(struct text *t, struct router *r)
{
	const char *line;

	text_addf(t,
		"Syslog logging: %s (%" PRIu64 " messages dropped, %" PRIu64
		" messages rate-limited, 0 flushes, 0 overruns, xml disabled, filtering "
		"disabled)\n\n",
		logging_on(r) ? "enabled" : "disabled", logging_dropped(r),
		logging_rate_limited(r));
	text_add(t, "No Active Message Discriminator.\n\n\n\n"
		    "No Inactive Message Discriminator.\n\n\n");
	add_destination(t, r, LOG_TO_CONSOLE, "Console logging:", 21);
	add_destination(t, r, LOG_TO_MONITOR, "Monitor logging:", 21);
	add_destination(t, r, LOG_TO_BUFFER, "Buffer logging: ", 20);
	text_add(t, "    Count and timestamp logging messages: disabled\n"
		    "    Persistent logging: disabled\n\n"
		    "No active filter modules.\n\n");
	add_trap(t, r);
	if (!logging_destination(r, LOG_TO_BUFFER)->on)
		return;
	text_addf(t, "\nLog Buffer (%zu bytes):\n\n", logging_buffer_size(r));
	for (size_t i = 0; (line = logging_buffer_line(r, i)) != NULL; i++)
		text_addf(t, "%s\n", line);
}
