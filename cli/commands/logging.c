/*
 * logging.c - `logging ...`: which messages go to the buffer, the console, the monitors and syslog hosts.
 *
 * A destination's row without a level means every level, as IOS; `logging buffered` keeps what it
 * does not mention.
 */
#include <stddef.h>
#include <string.h>

#include "cli/commands/commands.h"
#include "cli/commands/handlers.h"

enum { LEVEL_ALL = LOG_LEVELS - 1, BUFFER_DEFAULT = 4096 };

/* The level that was typed, by number or by name. */
static int
level_of(const struct args *a, int absent)
{
	for (int level = 0; level < LOG_LEVELS; level++)
		if (args_has(a, logging_level_names[level]))
			return level;
	return (int)args_number(a, "level", (uint32_t)absent);
}

static int
set_destination(struct session *s, const struct args *a, enum log_destination which, int absent)
{
	struct logging_destination *d = logging_destination(session_router(s), which);
	int born = which == LOG_TO_HOSTS ? LOG_TRAP_DEFAULT : LEVEL_ALL;

	d->on = !args_no(a) || args_default(a);
	if (d->on)
		d->level = args_default(a) ? born : level_of(a, absent);
	return 0;
}

static int
run_buffered(struct session *s, const struct args *a)
{
	struct router *r = session_router(s);
	size_t size = logging_buffer_size(r);

	if (args_default(a))
		size = BUFFER_DEFAULT;
	if (!args_no(a))
		size = args_number(a, "size", (uint32_t)size);
	logging_set_buffer_size(r, size);
	return set_destination(s, a, LOG_TO_BUFFER, logging_destination(r, LOG_TO_BUFFER)->level);
}

static int
run_console(struct session *s, const struct args *a)
{
	return set_destination(s, a, LOG_TO_CONSOLE, LEVEL_ALL);
}

static int
run_monitor(struct session *s, const struct args *a)
{
	return set_destination(s, a, LOG_TO_MONITOR, LEVEL_ALL);
}

static int
run_trap(struct session *s, const struct args *a)
{
	return set_destination(s, a, LOG_TO_HOSTS, LOG_TRAP_DEFAULT);
}

/* Both are told in the log, as IOS does; not while the startup-config loads. */
static int
run_host(struct session *s, const struct args *a)
{
	struct router *r = session_router(s);
	uint32_t host = args_number(a, "host", 0);
	uint16_t port = (uint16_t)args_number(a, "port", SYSLOG_PORT);
	bool told = session_kind(s) != SESSION_LOADER;
	char text[IPV4_TEXT_MAX];

	ipv4_text(host, text);
	if (args_no(a)) {
		if (syslog_host_remove(r, host, port) && told)
			logging_emit(r, "SYS", 6, "LOGGINGHOST_STARTSTOP",
				"Logging to host %s port %u stopped - CLI initiated", text,
				(unsigned)port);
		return 0;
	}
	if (syslog_host_add(r, host, port) < 0)
		return command_refuse(s, "%% No more than %d logging hosts", SYSLOG_HOSTS);
	if (told)
		logging_emit(r, "SYS", 6, "LOGGINGHOST_STARTSTOP",
			"Logging to host %s port %u started - CLI initiated", text, (unsigned)port);
	return 0;
}

static int
run_facility(struct session *s, const struct args *a)
{
	struct syslog *log = syslog_settings(session_router(s));

	log->facility = SYSLOG_FACILITY_DEFAULT;
	for (unsigned i = 0; !args_no(a) && i < SYSLOG_FACILITIES; i++)
		if (args_has(a, syslog_facility_names[i]))
			log->facility = i;
	return 0;
}

static int
run_origin(struct session *s, const struct args *a)
{
	struct syslog *log = syslog_settings(session_router(s));

	log->origin = ORIGIN_NONE;
	if (args_no(a))
		return 0;
	if (args_has(a, "string") && strlen(args_text(a, "text")) > SYSLOG_ORIGIN_MAX)
		return command_refuse(
			s, "%% Origin-id is longer than %d characters", SYSLOG_ORIGIN_MAX);
	if (args_has(a, "hostname")) {
		log->origin = ORIGIN_HOSTNAME;
	} else if (args_has(a, "ip")) {
		log->origin = ORIGIN_IP;
	} else {
		log->origin = ORIGIN_STRING;
		strcpy(log->origin_text, args_text(a, "text"));
	}
	return 0;
}

static int
run_source(struct session *s, const struct args *a)
{
	struct syslog *log = syslog_settings(session_router(s));
	const struct interface *i = NULL;

	if (!args_no(a)) {
		i = command_interface(s, a);
		if (i == NULL)
			return -1;
	}
	log->source = i;
	return 0;
}

static int
run_on(struct session *s, const struct args *a)
{
	logging_set_on(session_router(s), !args_no(a) || args_default(a));
	return 0;
}

#define LOGGING "Modify message logging facilities\n"
#define LEVELS                                                                                     \
	"[<level:0-7>|emergencies|alerts|critical|errors|warnings|notifications|informational"     \
	"|debugging]"
#define LEVELS_HELP                                                                                \
	"Logging severity level\n"                                                                 \
	"System is unusable                (severity=0)\n"                                         \
	"Immediate action needed           (severity=1)\n"                                         \
	"Critical conditions               (severity=2)\n"                                         \
	"Error conditions                  (severity=3)\n"                                         \
	"Warning conditions                (severity=4)\n"                                         \
	"Normal but significant conditions (severity=5)\n"                                         \
	"Informational messages            (severity=6)\n"                                         \
	"Debugging messages                (severity=7)"

#define UDP                                                                                        \
	"\nSpecify the transport protocol (default=UDP)\nUser Datagram Protocol"                   \
	"\nSpecify the UDP port number (default=514)\nPort number"
#define FACILITY                                                                                   \
	LOGGING "Facility parameter for syslog messages\nKernel\nUser process\nMail system\n"      \
		"System daemons\nAuthorization system\nSyslog itself\nLine printer system\n"       \
		"USENET news\nUnix-to-Unix copy system\nSystem use\nSystem use\nSystem use\n"      \
		"System use\nSystem use\nSystem use\nCron/at facility\nLocal use\nLocal use\n"     \
		"Local use\nLocal use\nLocal use\nLocal use\nLocal use\nLocal use"
#define ORIGIN                                                                                     \
	LOGGING "Add origin ID to syslog messages\nUse origin hostname as ID\n"                    \
		"Use origin IP address as ID\nDefine a unique text string as ID\nText string"

const struct command logging_commands[] = {
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "logging buffered [<size:4096-2147483647>] " LEVELS,
		.no_syntax = "=",
		.help = LOGGING
		"Set buffered logging parameters\nLogging buffer size\n" LEVELS_HELP,
		.run = run_buffered },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "logging console " LEVELS,
		.no_syntax = "=",
		.help = LOGGING "Set console logging parameters\n" LEVELS_HELP,
		.run = run_console },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "logging monitor " LEVELS,
		.no_syntax = "=",
		.help = LOGGING "Set terminal line (monitor) logging parameters\n" LEVELS_HELP,
		.run = run_monitor },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "logging on",
		.no_syntax = "=",
		.help = LOGGING "Enable logging to all enabled destinations",
		.run = run_on },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "logging trap " LEVELS,
		.no_syntax = "=",
		.help = LOGGING "Set syslog server logging level\n" LEVELS_HELP,
		.run = run_trap },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "logging host <host:ipv4> [transport udp port <port:1-65535>]",
		.no_syntax = "=",
		.help = LOGGING
		"Set syslog server IP address and parameters\nIP address of the syslog server" UDP,
		.run = run_host },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "logging <host:ipv4> [transport udp port <port:1-65535>]",
		.no_syntax = "=",
		.help = LOGGING "IP address of the syslog server" UDP,
		.run = run_host },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "logging facility {kern|user|mail|daemon|auth|syslog|lpr|news|uucp|sys9"
			  "|sys10|sys11|sys12|sys13|sys14|cron|local0|local1|local2|local3|local4"
			  "|local5|local6|local7}",
		.no_syntax = "logging facility [kern|user|mail|daemon|auth|syslog|lpr|news|uucp"
			     "|sys9|sys10|sys11|sys12|sys13|sys14|cron|local0|local1|local2|local3"
			     "|local4|local5|local6|local7]",
		.help = FACILITY,
		.no_help = FACILITY,
		.run = run_facility },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "logging origin-id {hostname|ip|string <text:line>}",
		.no_syntax = "logging origin-id [hostname|ip|string [<text:line>]]",
		.help = ORIGIN,
		.no_help = ORIGIN,
		.run = run_origin },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "logging source-interface <if:ifname>",
		.no_syntax = "logging source-interface [<if:ifname>]",
		.help = LOGGING "Specify interface for source address in logging transactions\n",
		.no_help = LOGGING "Specify interface for source address in logging transactions\n",
		.run = run_source },
	{ .syntax = NULL },
};
