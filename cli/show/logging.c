/*
 * logging.c - `show logging`: where messages go, how many went there, and the buffer itself.
 *
 * The shape is that of IOS 15.x, which scripts read by column and word.  There is
 * no syslog host yet, so trap logging says that it is off; discriminators, filter modules, XML and
 * the persistent log do not exist here and are reported the way IOS reports their absence.
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
		    "No active filter modules.\n\n"
		    "    Trap logging: disabled\n");
	if (!logging_destination(r, LOG_TO_BUFFER)->on)
		return;
	text_addf(t, "\nLog Buffer (%zu bytes):\n\n", logging_buffer_size(r));
	for (size_t i = 0; (line = logging_buffer_line(r, i)) != NULL; i++)
		text_addf(t, "%s\n", line);
}
