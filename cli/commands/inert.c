/*
 * inert.c - lines of real configurations that have no effect here, and are taken, kept and printed, so
 * that such a configuration can be pasted: see router/inert.h, and docs/ios-parity.md for which.
 *
 * `?` does not list them: nobody should think that they do something.  Where only the `no` is true here
 * (there is no HTTP server, nothing that follows source routes), only `no` is a command.
 */
#include <stdio.h>
#include <string.h>

#include "cli/commands/commands.h"
#include "cli/commands/handlers.h"
#include "cli/commands/line.h"

enum inert_form {
	FORM_PLAIN, /* the line is kept; `no` takes it away */
	FORM_NO,    /* `no LINE` is kept; there is no LINE, and `default` takes it away */
	FORM_BOTH,  /* either is kept; `default` takes it away */
};

/* The text to keep: the words, then the value; "" for what `no` or `default` takes away. */
static const char *
text_to_keep(const struct args *a, enum inert_form form, const char *words, const char *value,
	char text[INERT_TEXT_MAX + 1])
{
	/* A row without the plain line has `no` for one of its words. */
	bool no = args_no(a) || args_has(a, "no"), away = args_default(a) || args_has(a, "default");

	text[0] = '\0';
	if (away || (form == FORM_PLAIN && no) || (form == FORM_NO && !no))
		return text;
	snprintf(text, INERT_TEXT_MAX + 1, "%s%s%s%s", no ? "no " : "", words,
		value != NULL ? " " : "", value != NULL ? value : "");
	return text;
}

/* Which of these words was typed; NULL: none. */
static const char *
typed_of(const struct args *a, const char *const *words)
{
	while (*words != NULL && !args_has(a, *words))
		words++;
	return *words;
}

/* ---- one handler for each setting: its place, its form, its words, its values ---- */

#define GLOBAL(name, which, form, words, ...)                                                      \
	static int run_##name(struct session *s, const struct args *a)                             \
	{                                                                                          \
		static const char *const values[] = { __VA_ARGS__ __VA_OPT__(, ) NULL };           \
		char text[INERT_TEXT_MAX + 1];                                                     \
                                                                                                   \
		inert_set(router_inert(session_router(s), which),                                  \
			text_to_keep(a, form, words, typed_of(a, values), text));                  \
		return 0;                                                                          \
	}
#define INTERFACE(name, which, form, words, ...)                                                   \
	static int run_##name(struct session *s, const struct args *a)                             \
	{                                                                                          \
		static const char *const values[] = { __VA_ARGS__ __VA_OPT__(, ) NULL };           \
		char text[INERT_TEXT_MAX + 1];                                                     \
                                                                                                   \
		inert_set(&session_interface(s)->inert[which],                                     \
			text_to_keep(a, form, words, typed_of(a, values), text));                  \
		return 0;                                                                          \
	}

GLOBAL(pad, INERT_PAD, FORM_NO, "service pad")
GLOBAL(keepalives_in, INERT_KEEPALIVES_IN, FORM_PLAIN, "service tcp-keepalives-in")
GLOBAL(keepalives_out, INERT_KEEPALIVES_OUT, FORM_PLAIN, "service tcp-keepalives-out")
GLOBAL(aaa, INERT_AAA, FORM_NO, "aaa new-model")
GLOBAL(source_route, INERT_SOURCE_ROUTE, FORM_NO, "ip source-route")
GLOBAL(cef, INERT_CEF, FORM_BOTH, "ip cef")
GLOBAL(ipv6_cef, INERT_IPV6_CEF, FORM_BOTH, "ipv6 cef")
GLOBAL(stp_mode, INERT_SPANNING_TREE_MODE, FORM_PLAIN, "spanning-tree mode", "mst", "pvst",
	"rapid-pvst")
GLOBAL(stp_id, INERT_SPANNING_TREE_ID, FORM_PLAIN, "spanning-tree extend system-id")
GLOBAL(vlan, INERT_VLAN_ALLOCATION, FORM_PLAIN, "vlan internal allocation policy", "ascending",
	"descending")
GLOBAL(http, INERT_HTTP, FORM_NO, "ip http server")
GLOBAL(https, INERT_HTTPS, FORM_NO, "ip http secure-server")
GLOBAL(cdp, INERT_CDP, FORM_BOTH, "cdp run")
INTERFACE(switchport, INERT_SWITCHPORT_MODE, FORM_PLAIN, "switchport mode access")
INTERFACE(redirects, INERT_REDIRECTS, FORM_NO, "ip redirects")
INTERFACE(unreachables, INERT_UNREACHABLES, FORM_NO, "ip unreachables")
INTERFACE(proxy_arp, INERT_PROXY_ARP, FORM_NO, "ip proxy-arp")
INTERFACE(duplex, INERT_DUPLEX, FORM_PLAIN, "duplex", "auto", "full", "half")
INTERFACE(speed, INERT_SPEED, FORM_PLAIN, "speed", "auto", "10", "100", "1000")
INTERFACE(cdp_enable, INERT_INTERFACE_CDP, FORM_BOTH, "cdp enable")
INTERFACE(portfast, INERT_PORTFAST, FORM_PLAIN, "spanning-tree portfast")

static void
set_stopbits(struct line *l, const struct args *a)
{
	static const char *const values[] = { "1", "1.5", "2", NULL };
	char text[INERT_TEXT_MAX + 1];

	inert_set(&l->inert[INERT_STOPBITS],
		text_to_keep(a, FORM_PLAIN, "stopbits", typed_of(a, values), text));
}

static int
run_stopbits(struct session *s, const struct args *a)
{
	return line_for_each(s, a, set_stopbits);
}

static void
set_line_speed(struct line *l, const struct args *a)
{
	char text[INERT_TEXT_MAX + 1], speed[16];

	snprintf(speed, sizeof(speed), "%u", args_number(a, "bits", 0));
	inert_set(&l->inert[INERT_LINE_SPEED], text_to_keep(a, FORM_PLAIN, "speed", speed, text));
}

static int
run_line_speed(struct session *s, const struct args *a)
{
	return line_for_each(s, a, set_line_speed);
}

static bool
is_switchport(struct session *s)
{
	return session_interface(s)->kind == DP_IF_SWITCHPORT;
}

static bool
is_layer3(struct session *s)
{
	return !is_switchport(s);
}

#define IN_MODE(where) .mode = where, .privilege = 15, .flags = CMD_HIDDEN
#define NO "Negate a command or set its defaults\nSet a command to its defaults\n"
#define IP_CONFIG "Global IP configuration subcommands\n"
#define IP_INTERFACE "Interface Internet Protocol config commands\n"
#define SERVICE "Modify use of network based services\n"
#define STP "Spanning Tree Subsystem\n"
#define MODES "Spanning tree operating mode\n"
#define MODE_NAMES "Multiple spanning tree\nPer-Vlan spanning tree\nPer-Vlan rapid spanning tree"
#define VLAN "Vlan commands\ninternal VLAN\nvlan allocation\nallocation policy\n"
#define POLICIES "ascending policy\ndescending policy"
#define DUPLEX                                                                                     \
	"Configure duplex operation.\nEnable AUTO duplex configuration\n"                          \
	"Force full duplex operation\nForce half-duplex operation"
#define SPEED                                                                                      \
	"Configure speed operation.\nEnable AUTO speed configuration\n"                            \
	"Force 10 Mbps operation\nForce 100 Mbps operation\nForce 1000 Mbps operation"
#define BITS "Set async line stop bits\nOne stop bit\nOne and one-half stop bits\nTwo stop bits"
#define LINE_SPEED "Set the transmit and receive speeds\nTransmit and receive speeds"

/* A command of these words, and its `no`. */
#define TOGGLE(where, words, what, handler)                                                        \
	{                                                                                          \
		IN_MODE(where), .syntax = words, .no_syntax = "=", .help = what, .run = handler    \
	}
/* Only the `no` of it. */
#define NEVER(where, words, what, handler)                                                         \
	{                                                                                          \
		IN_MODE(where), .syntax = "{no|default} " words, .help = NO what, .run = handler   \
	}
/* One of several values; behind `no` it may be left out. */
#define VALUE(where, words, values, what, handler)                                                 \
	{                                                                                          \
		IN_MODE(where), .syntax = words " {" values "}",                                   \
				.no_syntax = words " [" values "]", .help = what, .no_help = what, \
				.run = handler                                                     \
	}

const struct command inert_commands[] = {
	NEVER(MODE_GLOBAL_CONFIG, "service pad", SERVICE "Enable PAD commands", run_pad),
	TOGGLE(MODE_GLOBAL_CONFIG, "service tcp-keepalives-in",
		SERVICE "Generate keepalives on idle incoming network connections",
		run_keepalives_in),
	TOGGLE(MODE_GLOBAL_CONFIG, "service tcp-keepalives-out",
		SERVICE "Generate keepalives on idle outgoing network connections",
		run_keepalives_out),
	NEVER(MODE_GLOBAL_CONFIG, "aaa new-model",
		"Authentication, Authorization and Accounting.\n"
		"Enable NEW access control commands and functions.(Disables OLD commands.)",
		run_aaa),
	NEVER(MODE_GLOBAL_CONFIG, "ip source-route",
		IP_CONFIG "Process packets with source routing header options", run_source_route),
	TOGGLE(MODE_GLOBAL_CONFIG, "ip cef", IP_CONFIG "Cisco Express Forwarding", run_cef),
	TOGGLE(MODE_GLOBAL_CONFIG, "ipv6 cef",
		"Global IPv6 configuration commands\nCisco Express Forwarding for IPv6",
		run_ipv6_cef),
	VALUE(MODE_GLOBAL_CONFIG, "spanning-tree mode", "mst|pvst|rapid-pvst", STP MODES MODE_NAMES,
		run_stp_mode),
	TOGGLE(MODE_GLOBAL_CONFIG, "spanning-tree extend system-id",
		STP "Spanning Tree 802.1t extensions\nExtend system-id into priority portion of "
		    "the bridge id",
		run_stp_id),
	VALUE(MODE_GLOBAL_CONFIG, "vlan internal allocation policy", "ascending|descending",
		VLAN POLICIES, run_vlan),
	NEVER(MODE_GLOBAL_CONFIG, "ip http server",
		IP_CONFIG "HTTP server configuration\nEnable http server", run_http),
	NEVER(MODE_GLOBAL_CONFIG, "ip http secure-server",
		IP_CONFIG "HTTP server configuration\nEnable HTTP secure server", run_https),
	TOGGLE(MODE_GLOBAL_CONFIG, "cdp run", "Global CDP configuration subcommands\nEnable CDP",
		run_cdp),
	{ IN_MODE(MODE_CONFIG_IF), .syntax = "switchport mode access",
		.no_syntax = "switchport mode [access]",
		.help = "Set switching mode characteristics\nSet trunking mode of the interface\n"
			"Set trunking mode to ACCESS unconditionally",
		.no_help =
			"Set switching mode characteristics\nSet trunking mode of the interface\n"
			"Set trunking mode to ACCESS unconditionally",
		.run = run_switchport, .offered = is_switchport },
	{ IN_MODE(MODE_CONFIG_IF), .syntax = "{no|default} ip redirects",
		.help = NO IP_INTERFACE "Enable sending ICMP Redirect messages",
		.run = run_redirects, .offered = is_layer3 },
	{ IN_MODE(MODE_CONFIG_IF), .syntax = "{no|default} ip unreachables",
		.help = NO IP_INTERFACE "Enable sending ICMP Unreachable messages",
		.run = run_unreachables, .offered = is_layer3 },
	{ IN_MODE(MODE_CONFIG_IF), .syntax = "{no|default} ip proxy-arp",
		.help = NO IP_INTERFACE "Enable proxy ARP", .run = run_proxy_arp,
		.offered = is_layer3 },
	VALUE(MODE_CONFIG_IF, "duplex", "auto|full|half", DUPLEX, run_duplex),
	VALUE(MODE_CONFIG_IF, "speed", "auto|10|100|1000", SPEED, run_speed),
	TOGGLE(MODE_CONFIG_IF, "cdp enable", "CDP interface subcommands\nEnable CDP on interface",
		run_cdp_enable),
	{ IN_MODE(MODE_CONFIG_IF), .syntax = "spanning-tree portfast", .no_syntax = "=",
		.help = STP "Enable an interface to move directly to forwarding on link up",
		.run = run_portfast, .offered = is_switchport },
	VALUE(MODE_CONFIG_LINE, "stopbits", "1|1.5|2", BITS, run_stopbits),
	{ IN_MODE(MODE_CONFIG_LINE), .syntax = "speed <bits:300-115200>",
		.no_syntax = "speed [<bits:300-115200>]", .help = LINE_SPEED, .no_help = LINE_SPEED,
		.run = run_line_speed },
	{ .syntax = NULL },
};
