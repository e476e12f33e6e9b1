/*
 * interface_parameters.c - an interface's IP address, and what is told of its line: bandwidth, delay, load
 * interval.
 *
 * The router does not route yet: an address is what `show`, ping and syslog know it by, and lists
 * filter what passes through the bridge as ever.  A switchport has none.
 */
#include <errno.h>

#include "cli/commands/commands.h"
#include "cli/commands/handlers.h"

/* An address a host may have: not of network 0 or 127, not multicast or beyond. */
static bool
is_host_address(uint32_t address)
{
	uint32_t first = address >> 24;

	return first != 0 && first != 127 && first < 224;
}

/* Says what is wrong with them, as IOS does. */
static int
check_address(struct session *s, uint32_t address, uint32_t mask)
{
	int length = ip_mask_length(mask);
	char text[IPV4_TEXT_MAX];

	if (length <= 0)
		return command_refuse(
			s, "Bad mask 0x%X for address %s", mask, ipv4_text(address, text));
	if (!is_host_address(address))
		return command_refuse(s, "Not a valid host address - %s", ipv4_text(address, text));
	if (length < 31 && ((address & ~mask) == 0 || (address | mask) == UINT32_MAX))
		return command_refuse(
			s, "Bad mask /%d for address %s", length, ipv4_text(address, text));
	return 0;
}

static int
remove_address(struct session *s, const struct args *a)
{
	struct interface *i = session_interface(s);
	const struct interface *other;

	if (args_has(a, "own") &&
		(args_number(a, "own", 0) != i->address ||
			args_number(a, "mask", 0) != ip_length_mask(i->prefix_length)))
		return command_refuse(s, "Invalid address");
	return interface_set_address(session_router(s), i, 0, 0, &other);
}

static int
run_ip_address(struct session *s, const struct args *a)
{
	uint32_t address = args_number(a, "own", 0), mask = args_number(a, "mask", 0);
	struct interface *i = session_interface(s);
	const struct interface *other = NULL;
	char network[IPV4_TEXT_MAX];
	int rc;

	if (i->kind == DP_IF_SWITCHPORT)
		return args_no(a) ? 0
				  : command_refuse(s, "%% IP addresses may not be configured on L2 "
						      "links.");
	if (args_no(a))
		return remove_address(s, a);
	rc = check_address(s, address, mask);
	if (rc < 0)
		return rc;
	rc = interface_set_address(
		session_router(s), i, address, (unsigned)ip_mask_length(mask), &other);
	if (rc == -EADDRINUSE)
		return command_refuse(s, "%% %s overlaps with %s",
			ipv4_text(address & mask, network), other->name);
	i->address_from_startup = session_kind(s) == SESSION_LOADER;
	return 0;
}

static int
run_bandwidth(struct session *s, const struct args *a)
{
	session_interface(s)->bandwidth_kbit = args_no(a) ? 0 : args_number(a, "kbit", 0);
	return 0;
}

static int
run_delay(struct session *s, const struct args *a)
{
	session_interface(s)->delay_tens_us = args_no(a) ? 0 : args_number(a, "tens", 0);
	return 0;
}

static int
run_load_interval(struct session *s, const struct args *a)
{
	unsigned seconds = args_no(a) ? LOAD_INTERVAL_DEFAULT_S
				      : args_number(a, "seconds", LOAD_INTERVAL_DEFAULT_S);

	if (seconds % 30 != 0)
		return command_refuse(s, "%% Load interval must be a multiple of 30 seconds");
	session_interface(s)->load_interval_s = seconds;
	return 0;
}

#define IP "Interface Internet Protocol config commands\n"
#define ADDRESS "Set the IP address of an interface\nIP address\nIP subnet mask"
#define BANDWIDTH "Set bandwidth informational parameter\nBandwidth in kilobits"
#define DELAY "Specify interface throughput delay\nThroughput delay (tens of microseconds)"
#define LOAD                                                                                       \
	"Specify interval for load calculation for an interface\nLoad interval delay in seconds"

const struct command interface_parameter_commands[] = {
	{ .mode = MODE_CONFIG_IF,
		.privilege = 15,
		.syntax = "ip address <own:ipv4> <mask:ipv4>",
		.no_syntax = "ip address [<own:ipv4> <mask:ipv4>]",
		.help = IP ADDRESS,
		.no_help = IP ADDRESS,
		.run = run_ip_address },
	{ .mode = MODE_CONFIG_IF,
		.privilege = 15,
		.syntax = "bandwidth <kbit:1-10000000>",
		.no_syntax = "bandwidth [<kbit:1-10000000>]",
		.help = BANDWIDTH,
		.no_help = BANDWIDTH,
		.run = run_bandwidth },
	{ .mode = MODE_CONFIG_IF,
		.privilege = 15,
		.syntax = "delay <tens:1-16777215>",
		.no_syntax = "delay [<tens:1-16777215>]",
		.help = DELAY,
		.no_help = DELAY,
		.run = run_delay },
	{ .mode = MODE_CONFIG_IF,
		.privilege = 15,
		.syntax = "load-interval <seconds:30-600>",
		.no_syntax = "load-interval [<seconds:30-600>]",
		.help = LOAD,
		.no_help = LOAD,
		.run = run_load_interval },
	{ .syntax = NULL },
};
