/*
 * logging.c - a message is stamped once and offered to each destination that is on and wants its
 * level.
 *
 * The buffer is a ring of lines bounded by bytes, as `logging buffered SIZE` says; the oldest lines
 * go first.  Listeners (the sessions' server, the daemon's stderr) get the line for the console and
 * for the monitors; syslog hosts get theirs from syslog.c.
 */
#include "router/logging.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "router/internal.h"

enum { BUFFER_DEFAULT = 4096, BUFFER_LEAST = 4096, LINE_LONGEST = 1024 };

const char *const logging_level_names[LOG_LEVELS] = { "emergencies", "alerts", "critical", "errors",
	"warnings", "notifications", "informational", "debugging" };

int
logging_init(struct router *r)
{
	struct logging *l = &r->logging;

	l->on = true;
	l->size = BUFFER_DEFAULT;
	for (int d = 0; d < LOG_DESTINATIONS; d++) {
		l->destination[d].on = true;
		l->destination[d].level = LOG_LEVELS - 1;
	}
	l->destination[LOG_TO_HOSTS].level = LOG_TRAP_DEFAULT;
	log_stamp_set_default(r, STAMP_OF_DEBUG);
	log_stamp_set_default(r, STAMP_OF_LOG);
	return 0;
}

void
logging_clear(struct router *r)
{
	struct logging *l = &r->logging;

	for (size_t i = 0; i < l->count; i++)
		free(l->line[(l->first + i) % l->room]);
	l->first = l->count = l->bytes = 0;
}

void
logging_fini(struct router *r)
{
	logging_clear(r);
	free(r->logging.line);
	while (r->logging.listeners != NULL) {
		struct log_listener *next = r->logging.listeners->next;

		free(r->logging.listeners);
		r->logging.listeners = next;
	}
}

struct logging_destination *
logging_destination(struct router *r, enum log_destination which)
{
	return &r->logging.destination[which];
}

bool
logging_on(const struct router *r)
{
	return r->logging.on;
}

void
logging_set_on(struct router *r, bool on)
{
	r->logging.on = on;
}

size_t
logging_buffer_size(const struct router *r)
{
	return r->logging.size;
}

int
logging_set_buffer_size(struct router *r, size_t bytes)
{
	if (bytes < BUFFER_LEAST)
		return -EINVAL;
	if (bytes != r->logging.size)
		logging_clear(r);
	r->logging.size = bytes;
	return 0;
}

const char *
logging_buffer_line(const struct router *r, size_t i)
{
	const struct logging *l = &r->logging;

	return i < l->count ? l->line[(l->first + i) % l->room] : NULL;
}

uint64_t
logging_dropped(const struct router *r)
{
	return r->logging.dropped;
}

uint64_t
logging_rate_limited(const struct router *r)
{
	return r->logging.rate_limited;
}

/* Doubles the ring, oldest line first. */
static bool
ring_grow(struct logging *l)
{
	size_t room = l->room == 0 ? 64 : l->room * 2;
	char **grown = malloc(room * sizeof(*grown));

	if (grown == NULL)
		return false;
	for (size_t i = 0; i < l->count; i++)
		grown[i] = l->line[(l->first + i) % l->room];
	free(l->line);
	l->line = grown;
	l->first = 0;
	l->room = room;
	return true;
}

static void
buffer_line(struct logging *l, const char *line)
{
	size_t len = strlen(line) + 1;
	char *copy;

	while (l->count > 0 && l->bytes + len > l->size) {
		char *oldest = l->line[l->first];

		l->bytes -= strlen(oldest) + 1;
		free(oldest);
		l->first = (l->first + 1) % l->room;
		l->count--;
	}
	copy = strdup(line);
	if (copy == NULL || (l->count == l->room && !ring_grow(l))) {
		free(copy);
		l->dropped++;
		return;
	}
	l->line[(l->first + l->count++) % l->room] = copy;
	l->bytes += len;
}

static void
deliver(struct router *r, enum log_destination which, int severity, const char *line)
{
	struct logging *l = &r->logging;
	struct logging_destination *d = &l->destination[which];

	if (!d->on || severity > d->level)
		return;
	d->logged++;
	if (which == LOG_TO_BUFFER) {
		buffer_line(l, line);
		return;
	}
	if (which == LOG_TO_HOSTS) {
		syslog_send(r, severity, line);
		return;
	}
	for (struct log_listener *i = l->listeners, *next; i != NULL; i = next) {
		next = i->next;
		i->fn(i->arg, which, line);
	}
}

/* How many bytes the UTF-8 character at p has; 0 when it is none, or a control character. */
static size_t
printable(const unsigned char *p)
{
	size_t more = *p >= 0xf0 ? 3 : *p >= 0xe0 ? 2 : 1;

	if (*p < 0x80)
		return *p >= ' ' && *p != 0x7f ? 1 : 0;
	if (*p < 0xc2 || *p > 0xf4 || (*p == 0xc2 && p[1] < 0xa0))
		return 0; /* 0xc2 and less than 0xa0: C1, which terminals obey, too */
	for (size_t i = 1; i <= more; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	return more + 1;
}

void
logging_clean(char *text)
{
	char *to = text;

	while (*text != '\0') {
		size_t n = printable((const unsigned char *)text);

		memmove(to, text, n);
		to += n;
		text += n > 0 ? n : 1;
	}
	*to = '\0';
}

void
logging_emit(struct router *r, const char *facility, int severity, const char *mnemonic,
	const char *fmt, ...)
{
	char line[LINE_LONGEST], stamp[LOG_STAMP_MAX];
	size_t len = 0;
	va_list ap;

	if (!r->logging.on)
		return;
	r->logging.sequence++;
	if (r->service[SERVICE_SEQUENCE_NUMBERS])
		len = (size_t)snprintf(line, sizeof(line), "%06" PRIu64 ": ", r->logging.sequence);
	len += (size_t)snprintf(line + len, sizeof(line) - len,
		"%s%%%s-%d-%s: ", log_stamp_now(r, STAMP_OF_LOG, stamp), facility, severity,
		mnemonic);
	va_start(ap, fmt);
	vsnprintf(line + len, sizeof(line) - len, fmt, ap);
	va_end(ap);
	logging_clean(line);
	for (int d = 0; d < LOG_DESTINATIONS; d++)
		deliver(r, (enum log_destination)d, severity, line);
}

int
logging_listen(struct router *r, logging_listener *fn, void *arg)
{
	struct log_listener *l = malloc(sizeof(*l));

	if (l == NULL)
		return -ENOMEM;
	*l = (struct log_listener){ .fn = fn, .arg = arg, .next = r->logging.listeners };
	r->logging.listeners = l;
	return 0;
}

void
logging_unlisten(struct router *r, logging_listener *fn, void *arg)
{
	for (struct log_listener **at = &r->logging.listeners; *at != NULL; at = &(*at)->next) {
		struct log_listener *l = *at;

		if (l->fn != fn || l->arg != arg)
			continue;
		*at = l->next;
		free(l);
		return;
	}
}
