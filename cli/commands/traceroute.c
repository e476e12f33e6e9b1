/*
 * traceroute.c - `traceroute`, in one line or by its dialog.
 *
 * As with ping only the router's own addresses answer; for any other every probe waits its timeout
 * out, which the star shows.  Work of its session: it holds nobody else up and Ctrl-C ends it.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands/commands.h"
#include "cli/commands/handlers.h"
#include "cli/commands/reach.h"

enum { TARGET_MAX = 255, PROBES_MAX = 65535, TIMEOUT_MAX_S = 3600, TTL_MAX = 255 };

struct trace {
	struct reach_dialog dialog;
	char name[TARGET_MAX + 1]; /* the target as it was typed */
	uint32_t target, source;
	uint32_t probes, timeout_s, ttl_min, ttl_max;
	uint32_t ttl, probe; /* where it is */
	bool waiting, begun;
};

static const struct trace trace_defaults = {
	.probes = 3, .timeout_s = 3, .ttl_min = 1, .ttl_max = 30
};

/* ---- probes ---- */

/* Ourselves: the first hop, and it answers at once. */
static int64_t
trace_own(struct session *s, const struct trace *t)
{
	uint64_t begun = clock_mono_ms(router_clock(session_router(s)));
	char address[IPV4_TEXT_MAX], text[64];

	snprintf(text, sizeof(text), "%3" PRIu32 " %s", t->ttl, ipv4_text(t->target, address));
	session_put(s, text);
	for (uint32_t i = 0; i < t->probes; i++) {
		snprintf(text, sizeof(text), " %" PRIu64 " msec",
			clock_mono_ms(router_clock(session_router(s))) - begun);
		session_put(s, text);
	}
	session_put(s, "\n");
	return WORK_DONE;
}

/* "  1  *  *  * ", a star at a time. */
static int64_t
trace_step(struct session *s, void *arg)
{
	struct trace *t = arg;
	char number[16];

	if (ip_address_is_own(session_router(s), t->target))
		return trace_own(s, t);
	if (t->waiting) {
		session_put(s, " * ");
		if (++t->probe == t->probes) {
			session_put(s, "\n");
			t->probe = 0;
			t->ttl++;
		}
	}
	if (t->ttl > t->ttl_max)
		return WORK_DONE;
	if (t->probe == 0) {
		snprintf(number, sizeof(number), "%3" PRIu32 " ", t->ttl);
		session_put(s, number);
	}
	t->waiting = true;
	return (int64_t)t->timeout_s * 1000;
}

static void
trace_stopped(struct session *s, void *arg)
{
	(void)arg;
	session_put(s, "\n");
}

static int
trace_start(struct session *s, const struct trace *request)
{
	struct trace *t = malloc(sizeof(*t));
	char address[IPV4_TEXT_MAX];

	if (t == NULL)
		return command_refuse(s, "%% Out of memory");
	*t = *request;
	t->ttl = t->ttl_min;
	ipv4_text(t->target, address);
	session_print(s, "Type escape sequence to abort.\n");
	if (strcmp(t->name, address) == 0)
		session_printf(s, "Tracing the route to %s\n", address);
	else
		session_printf(s, "Tracing the route to %s (%s)\n", t->name, address);
	session_print(s, "VRF info: (vrf in name/id, vrf out name/id)\n");
	session_work(s, &(struct session_work){ trace_step, trace_stopped, free, t });
	return 0;
}

/* ---- the dialog ---- */

static enum reach_taken
take_protocol(struct session *s, void *request, const char *answer)
{
	(void)request;
	return reach_take_protocol(s, answer, "trace");
}

static enum reach_taken
take_target(struct session *s, void *request, const char *answer)
{
	struct trace *t = request;

	if (answer[0] == '\0') {
		command_refuse(s, "%% Bad IP address");
		return REACH_OVER;
	}
	snprintf(t->name, sizeof(t->name), "%s", answer);
	return reach_target(s, answer, &t->target) ? REACH_NEXT : REACH_OVER;
}

static enum reach_taken
take_source(struct session *s, void *request, const char *answer)
{
	if (answer[0] == '\0' || reach_source(s, answer, &((struct trace *)request)->source))
		return REACH_NEXT;
	return REACH_AGAIN;
}

/* Names are not looked up anyway, and no options are sent. */
static enum reach_taken
take_anything(struct session *s, void *request, const char *answer)
{
	(void)s;
	(void)request;
	(void)answer;
	return REACH_NEXT;
}

static enum reach_taken
take_timeout(struct session *s, void *request, const char *answer)
{
	return reach_take_number(
		s, answer, 0, TIMEOUT_MAX_S, &((struct trace *)request)->timeout_s);
}

static enum reach_taken
take_probes(struct session *s, void *request, const char *answer)
{
	return reach_take_number(s, answer, 1, PROBES_MAX, &((struct trace *)request)->probes);
}

static enum reach_taken
take_ttl_min(struct session *s, void *request, const char *answer)
{
	return reach_take_number(s, answer, 1, TTL_MAX, &((struct trace *)request)->ttl_min);
}

static enum reach_taken
take_ttl_max(struct session *s, void *request, const char *answer)
{
	struct trace *t = request;

	if (t->ttl_max < t->ttl_min)
		t->ttl_max = t->ttl_min;
	return reach_take_number(s, answer, t->ttl_min, TTL_MAX, &t->ttl_max);
}

static enum reach_taken
take_port(struct session *s, void *request, const char *answer)
{
	uint32_t port = 0;

	(void)request; /* no probe gets as far as a port */
	return reach_take_number(s, answer, 1, UINT16_MAX, &port);
}

static const struct reach_question trace_questions[] = {
	{ "Protocol [ip]: ", take_protocol, NULL },
	{ "Target IP address: ", take_target, NULL },
	{ "Source address: ", take_source, NULL },
	{ "Numeric display [n]: ", take_anything, NULL },
	{ "Timeout in seconds [3]: ", take_timeout, NULL },
	{ "Probe count [3]: ", take_probes, NULL },
	{ "Minimum Time to Live [1]: ", take_ttl_min, NULL },
	{ "Maximum Time to Live [30]: ", take_ttl_max, NULL },
	{ "Port Number [33434]: ", take_port, NULL },
	{ "Loose, Strict, Record, Timestamp, Verbose[none]: ", take_anything, NULL },
	{ NULL, NULL, NULL },
};

static void
start_asked(struct session *s, const void *request)
{
	(void)trace_start(s, request);
}

/* ---- the command ---- */

static int
run_dialog(struct session *s, const struct args *a)
{
	struct trace *t = session_memory(s, sizeof(*t));

	if (t == NULL)
		return command_refuse(s, "%% Out of memory");
	*t = trace_defaults;
	t->dialog.next = &trace_questions[args_has(a, "ip") ? 1 : 0];
	t->dialog.start = start_asked;
	reach_ask(s, &t->dialog);
	return 0;
}

static int
run_traceroute(struct session *s, const struct args *a)
{
	struct trace t = trace_defaults;

	if (!args_has(a, "target"))
		return run_dialog(s, a);
	snprintf(t.name, sizeof(t.name), "%s", args_text(a, "target"));
	if (!reach_target(s, t.name, &t.target))
		return -1;
	if (args_has(a, "from") && !reach_source(s, args_text(a, "from"), &t.source))
		return -1;
	t.probes = args_number(a, "probes", t.probes);
	t.timeout_s = args_number(a, "seconds", t.timeout_s);
	t.ttl_min = args_number(a, "least", t.ttl_min);
	t.ttl_max = args_number(a, "most", t.ttl_max);
	if (t.ttl_max < t.ttl_min)
		return command_refuse(s, "%% Maximum TTL must not be less than the minimum");
	return trace_start(s, &t);
}

/* They come in any order. */
#define OPTION                                                                                     \
	"{numeric|port <port:1-65535>|probe <probes:1-65535>|source <from:word>"                   \
	"|timeout <seconds:0-3600>|ttl <least:1-255> <most:1-255>}"
#define OPTION_HELP                                                                                \
	"\ndisplay numeric address\nspecify port number\nPort number\nspecify number of probes "   \
	"per hop\nNumber of probes\nspecify source address or name\nSource address or interface"   \
	"\nspecify time out\nTimeout in seconds\nspecify minimum and maximum ttl\nMinimum ttl"     \
	"\nMaximum ttl"

const struct command traceroute_commands[] = {
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "traceroute [ip] [<target:word> [" OPTION " [" OPTION " [" OPTION "]]]]",
		.help = "Trace route to destination\nIP Trace\nTrace route to destination address "
			"or hostname" OPTION_HELP OPTION_HELP OPTION_HELP,
		.run = run_traceroute },
	{ .syntax = NULL },
};
