/*
 * ping.c - `ping`, in one line or by its dialog.
 *
 * The router does not forward on layer 3 yet, so the only addresses it reaches are its own, and those
 * of its loopbacks; any other gets no answer and costs its timeout on the router's clock, a dot each.
 * A ping is work of its session (session_work) and holds nobody else up; Ctrl-C ends it.
 *
 * Texts and dialog are those of Cisco IOS 12.4 and 15.x.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands/commands.h"
#include "cli/commands/handlers.h"
#include "cli/commands/reach.h"

enum {
	ROW = 70,   /* marks on a line */
	BURST = 70, /* answers taken in one step */
	BYTES_MIN = 36,
	BYTES_MAX = 18024,
	TIMEOUT_MAX_S = 3600,
	COUNT_MAX = INT32_MAX,
};

struct ping {
	struct reach_dialog dialog;
	uint32_t target, source; /* source 0: none was asked for */
	uint32_t count, size, timeout_s;
	uint32_t sweep_min, sweep_max, sweep_step; /* step 0: one size */
	uint32_t pattern;
	bool df, own_pattern;
	bool extended, sweep; /* the dialog's further questions */

	uint64_t probes, sent, received; /* probes: count times sizes */
	bool waiting;			 /* for the answer to the last one sent */
	uint64_t min_ms, max_ms, sum_ms;
};

static const struct ping ping_defaults = {
	.count = 5, .size = 100, .timeout_s = 2, .sweep_min = BYTES_MIN, .sweep_max = BYTES_MAX
};

/* ---- probes ---- */

static void
put_mark(struct session *s, struct ping *p, char mark)
{
	char text[3] = { mark, p->sent % ROW == 0 ? '\n' : '\0', '\0' };

	session_put(s, text);
}

/* marks: how many of those sent were printed. */
static void
put_result(struct session *s, const struct ping *p, uint64_t marks)
{
	char times[96] = "";

	if (p->received > 0)
		snprintf(times, sizeof(times),
			", round-trip min/avg/max = %" PRIu64 "/%" PRIu64 "/%" PRIu64 " ms",
			p->min_ms, p->sum_ms / p->received, p->max_ms);
	session_printf(s, "%sSuccess rate is %" PRIu64 " percent (%" PRIu64 "/%" PRIu64 ")%s\n",
		marks % ROW != 0 ? "\n" : "", p->sent == 0 ? 0 : p->received * 100 / p->sent,
		p->received, p->sent, times);
}

/* A packet to ourselves is answered before it could leave; 1 ms is the least IOS shows. */
static void
take_own_answer(struct session *s, struct ping *p, uint64_t sent_ms)
{
	uint64_t ms = clock_mono_ms(router_clock(session_router(s))) - sent_ms;

	if (ms == 0)
		ms = 1;
	if (p->received == 0 || ms < p->min_ms)
		p->min_ms = ms;
	if (ms > p->max_ms)
		p->max_ms = ms;
	p->sum_ms += ms;
	p->received++;
	p->sent++;
	put_mark(s, p, '!');
}

static int64_t
ping_step(struct session *s, void *arg)
{
	struct ping *p = arg;
	struct router *r = session_router(s);

	if (p->waiting) {
		p->waiting = false;
		p->sent++;
		put_mark(s, p, '.');
	}
	if (ip_address_is_own(r, p->target))
		for (int i = 0; i < BURST && p->sent < p->probes; i++)
			take_own_answer(s, p, clock_mono_ms(router_clock(r)));
	if (p->sent == p->probes) {
		put_result(s, p, p->sent);
		return WORK_DONE;
	}
	if (ip_address_is_own(r, p->target))
		return 0;
	p->waiting = true;
	return (int64_t)p->timeout_s * 1000;
}

static void
ping_stopped(struct session *s, void *arg)
{
	struct ping *p = arg;
	uint64_t marks = p->sent;

	p->sent += p->waiting;
	put_result(s, p, marks);
}

static void
put_head(struct session *s, const struct ping *p)
{
	char target[IPV4_TEXT_MAX], source[IPV4_TEXT_MAX], size[32];

	if (p->sweep_step > 0)
		snprintf(size, sizeof(size), "[%" PRIu32 "..%" PRIu32 "]", p->sweep_min,
			p->sweep_max);
	else
		snprintf(size, sizeof(size), "%" PRIu32, p->size);
	session_printf(s,
		"Type escape sequence to abort.\n"
		"Sending %" PRIu64 ", %s-byte ICMP Echos to %s, timeout is %" PRIu32 " seconds:\n",
		p->probes, size, ipv4_text(p->target, target), p->timeout_s);
	if (p->source != 0)
		session_printf(s, "Packet sent with a source address of %s \n",
			ipv4_text(p->source, source));
	if (p->df)
		session_print(s, "Packet sent with the DF bit set\n");
	if (p->own_pattern)
		session_printf(s, "Packet has data pattern 0x%04" PRIX32 "\n", p->pattern);
}

static int
ping_start(struct session *s, const struct ping *request)
{
	struct ping *p = malloc(sizeof(*p));

	if (p == NULL)
		return command_refuse(s, "%% Out of memory");
	*p = *request;
	p->probes = p->count;
	if (p->sweep_step > 0)
		p->probes *= (p->sweep_max - p->sweep_min) / p->sweep_step + 1;
	put_head(s, p);
	session_work(s, &(struct session_work){ ping_step, ping_stopped, free, p });
	return 0;
}

/* ---- the dialog ---- */

static enum reach_taken
take_protocol(struct session *s, void *request, const char *answer)
{
	(void)request;
	return reach_take_protocol(s, answer, "ping");
}

static enum reach_taken
take_target(struct session *s, void *request, const char *answer)
{
	struct ping *p = request;

	if (answer[0] != '\0')
		return reach_target(s, answer, &p->target) ? REACH_NEXT : REACH_OVER;
	command_refuse(s, "%% Bad IP address");
	return REACH_OVER;
}

static enum reach_taken
take_count(struct session *s, void *request, const char *answer)
{
	return reach_take_number(s, answer, 1, COUNT_MAX, &((struct ping *)request)->count);
}

static enum reach_taken
take_size(struct session *s, void *request, const char *answer)
{
	return reach_take_number(s, answer, BYTES_MIN, BYTES_MAX, &((struct ping *)request)->size);
}

static enum reach_taken
take_timeout(struct session *s, void *request, const char *answer)
{
	return reach_take_number(s, answer, 0, TIMEOUT_MAX_S, &((struct ping *)request)->timeout_s);
}

static enum reach_taken
take_extended(struct session *s, void *request, const char *answer)
{
	(void)s;
	((struct ping *)request)->extended = reach_yes(answer);
	return REACH_NEXT;
}

static enum reach_taken
take_source(struct session *s, void *request, const char *answer)
{
	if (answer[0] == '\0' || reach_source(s, answer, &((struct ping *)request)->source))
		return REACH_NEXT;
	return REACH_AGAIN;
}

static enum reach_taken
take_tos(struct session *s, void *request, const char *answer)
{
	uint32_t tos = 0;

	(void)request;
	return reach_take_number(s, answer, 0, UINT8_MAX, &tos);
}

static enum reach_taken
take_df(struct session *s, void *request, const char *answer)
{
	(void)s;
	((struct ping *)request)->df = reach_yes(answer);
	return REACH_NEXT;
}

/* Of no consequence: what comes back is our own, byte for byte. */
static enum reach_taken
take_anything(struct session *s, void *request, const char *answer)
{
	(void)s;
	(void)request;
	(void)answer;
	return REACH_NEXT;
}

static enum reach_taken
take_pattern(struct session *s, void *request, const char *answer)
{
	struct ping *p = request;
	unsigned long pattern;
	char *end;

	if (answer[0] == '\0')
		return REACH_NEXT;
	pattern = strtoul(answer, &end, 16);
	if (*end != '\0' || pattern > UINT16_MAX) {
		command_refuse(s, "%% Invalid pattern, must be between 0x0 and 0xFFFF");
		return REACH_AGAIN;
	}
	p->pattern = (uint32_t)pattern;
	p->own_pattern = true;
	return REACH_NEXT;
}

static enum reach_taken
take_sweep(struct session *s, void *request, const char *answer)
{
	struct ping *p = request;

	(void)s;
	p->sweep = reach_yes(answer);
	p->sweep_step = p->sweep ? 1 : 0;
	return REACH_NEXT;
}

static enum reach_taken
take_sweep_min(struct session *s, void *request, const char *answer)
{
	return reach_take_number(
		s, answer, BYTES_MIN, BYTES_MAX, &((struct ping *)request)->sweep_min);
}

static enum reach_taken
take_sweep_max(struct session *s, void *request, const char *answer)
{
	struct ping *p = request;

	return reach_take_number(s, answer, p->sweep_min, BYTES_MAX, &p->sweep_max);
}

static enum reach_taken
take_sweep_step(struct session *s, void *request, const char *answer)
{
	return reach_take_number(s, answer, 1, BYTES_MAX, &((struct ping *)request)->sweep_step);
}

static bool
is_extended(const void *request)
{
	return ((const struct ping *)request)->extended;
}

static bool
is_sweep(const void *request)
{
	return ((const struct ping *)request)->sweep;
}

static const struct reach_question ping_questions[] = {
	{ "Protocol [ip]: ", take_protocol, NULL },
	{ "Target IP address: ", take_target, NULL },
	{ "Repeat count [5]: ", take_count, NULL },
	{ "Datagram size [100]: ", take_size, NULL },
	{ "Timeout in seconds [2]: ", take_timeout, NULL },
	{ "Extended commands [n]: ", take_extended, NULL },
	{ "Source address or interface: ", take_source, is_extended },
	{ "Type of service [0]: ", take_tos, is_extended },
	{ "Set DF bit in IP header? [no]: ", take_df, is_extended },
	{ "Validate reply data? [no]: ", take_anything, is_extended },
	{ "Data pattern [0xABCD]: ", take_pattern, is_extended },
	{ "Loose, Strict, Record, Timestamp, Verbose[none]: ", take_anything, is_extended },
	{ "Sweep range of sizes [n]: ", take_sweep, NULL },
	{ "Sweep min size [36]: ", take_sweep_min, is_sweep },
	{ "Sweep max size [18024]: ", take_sweep_max, is_sweep },
	{ "Sweep interval [1]: ", take_sweep_step, is_sweep },
	{ NULL, NULL, NULL },
};

static void
start_asked(struct session *s, const void *request)
{
	(void)ping_start(s, request);
}

/* ---- the command ---- */

static int
run_dialog(struct session *s, const struct args *a)
{
	struct ping *p = session_memory(s, sizeof(*p));

	if (p == NULL)
		return command_refuse(s, "%% Out of memory");
	*p = ping_defaults;
	p->dialog.next = &ping_questions[args_has(a, "ip") ? 1 : 0];
	p->dialog.start = start_asked;
	reach_ask(s, &p->dialog);
	return 0;
}

static int
run_ping(struct session *s, const struct args *a)
{
	struct ping p = ping_defaults;

	if (!args_has(a, "target"))
		return run_dialog(s, a);
	if (!reach_target(s, args_text(a, "target"), &p.target))
		return -1;
	if (args_has(a, "from") && !reach_source(s, args_text(a, "from"), &p.source))
		return -1;
	p.count = args_number(a, "count", p.count);
	p.size = args_number(a, "bytes", p.size);
	p.timeout_s = args_number(a, "seconds", p.timeout_s);
	p.df = args_has(a, "df-bit");
	return ping_start(s, &p);
}

/* They come in any order; four are as many as anybody types. */
#define OPTION                                                                                     \
	"{df-bit|repeat <count:1-2147483647>|size <bytes:36-18024>|source <from:word>"             \
	"|timeout <seconds:0-3600>|validate}"
#define OPTION_HELP                                                                                \
	"\nenable do not fragment bit in IP header\nspecify repeat count\nRepeat count"            \
	"\nspecify datagram size\nDatagram size\nspecify source address or name\n"                 \
	"Source address or interface\nspecify timeout interval\nTimeout in seconds\nvalidate "     \
	"reply data"

const struct command ping_commands[] = {
	{ .mode = MODE_USER_EXEC,
		.privilege = 1,
		.syntax = "ping [ip] [<target:word> [" OPTION " [" OPTION " [" OPTION " [" OPTION
			  "]]]]]",
		.help = "Send echo messages\nIP echo\nPing destination address or "
			"hostname" OPTION_HELP OPTION_HELP OPTION_HELP OPTION_HELP,
		.run = run_ping },
	{ .syntax = NULL },
};
