/*
 * ace_ipv6_names.c - the words of IPv6 entries that stand for numbers; the ports' are IPv4's.
 *
 * Types and codes of ICMPv6: RFC 4443 (errors, echo), 2710 and 3810 (multicast listeners), 4861
 * (neighbours), 2894 (renumbering); of mobility headers: RFC 6275.  Constant data.
 */
#include "acl/ace_ipv6.h"

#define TABLE(rows)                                                                                \
	{                                                                                          \
		rows, sizeof(rows) / sizeof((rows)[0])                                             \
	}

static const struct ace_name protocols[] = {
	{ "ahp", "Authentication Header Protocol", 51, 0, NAME_SHOWN },
	{ "esp", "Encapsulation Security Payload", 50, 0, NAME_SHOWN },
	{ "hbh", "Hop by Hop options header", 0, 0, NAME_SHOWN },
	{ "icmp", "Internet Control Message Protocol", 58, 0, NAME_SHOWN },
	{ "pcp", "Payload Compression Protocol", 108, 0, NAME_SHOWN },
	{ "sctp", "Streams Control Transmission Protocol", 132, 0, NAME_SHOWN },
	{ "tcp", "Transmission Control Protocol", 6, 0, NAME_SHOWN },
	{ "udp", "User Datagram Protocol", 17, 0, NAME_SHOWN },
};
const struct ace_names ace_ipv6_protocols = TABLE(protocols);

static const struct ace_name icmp_types[] = {
	{ "beyond-scope", "Destination beyond scope", 1, 2, NAME_SHOWN },
	{ "destination-unreachable", "Destination address is unreachable", 1, 3, NAME_SHOWN },
	{ "dhaad-reply", "Home agent address discovery reply", 145, ICMP_ANY, NAME_SHOWN },
	{ "dhaad-request", "Home agent address discovery request", 144, ICMP_ANY, NAME_SHOWN },
	{ "echo-reply", "Echo reply", 129, ICMP_ANY, NAME_SHOWN },
	{ "echo-request", "Echo request (ping)", 128, ICMP_ANY, NAME_SHOWN },
	{ "header", "Parameter header problems", 4, 0, NAME_SHOWN },
	{ "hop-limit", "Hop limit exceeded in transit", 3, 0, NAME_SHOWN },
	{ "mld-query", "Multicast Listener Discovery Query", 130, ICMP_ANY, NAME_SHOWN },
	{ "mld-reduction", "Multicast Listener Discovery Reduction", 132, ICMP_ANY, NAME_SHOWN },
	{ "mld-report", "Multicast Listener Discovery Report", 131, ICMP_ANY, NAME_SHOWN },
	{ "mld-v2-report", "Multicast Listener Discovery v2 Report", 143, ICMP_ANY, NAME_SHOWN },
	{ "mpd-advertisement", "Mobile prefix advertisement", 147, ICMP_ANY, NAME_SHOWN },
	{ "mpd-solicitation", "Mobile prefix solicitation", 146, ICMP_ANY, NAME_SHOWN },
	{ "nd-na", "Neighbor discovery neighbor advertisements", 136, ICMP_ANY, NAME_SHOWN },
	{ "nd-ns", "Neighbor discovery neighbor solicitations", 135, ICMP_ANY, NAME_SHOWN },
	{ "next-header", "Parameter next header problems", 4, 1, NAME_SHOWN },
	{ "no-admin", "Administration prohibited destination", 1, 1, NAME_SHOWN },
	{ "no-route", "No route to destination", 1, 0, NAME_SHOWN },
	{ "packet-too-big", "Packet too big", 2, ICMP_ANY, NAME_SHOWN },
	{ "parameter-option", "Parameter option problems", 4, 2, NAME_SHOWN },
	{ "parameter-problem", "All parameter problems", 4, ICMP_ANY, NAME_SHOWN },
	{ "port-unreachable", "Port unreachable", 1, 4, NAME_SHOWN },
	{ "reassembly-timeout", "Reassembly timeout", 3, 1, NAME_SHOWN },
	{ "redirect", "Neighbor redirect", 137, ICMP_ANY, NAME_SHOWN },
	{ "reject-route", "Reject route to destination", 1, 6, NAME_SHOWN },
	{ "renum-command", "Router renumbering command", 138, 0, NAME_SHOWN },
	{ "renum-result", "Router renumbering result", 138, 1, NAME_SHOWN },
	{ "renum-seq-number", "Router renumbering sequence number reset", 138, 255, NAME_SHOWN },
	{ "router-advertisement", "Neighbor discovery router advertisements", 134, ICMP_ANY,
		NAME_SHOWN },
	{ "router-renumbering", "All router renumbering", 138, ICMP_ANY, NAME_SHOWN },
	{ "router-solicitation", "Neighbor discovery router solicitations", 133, ICMP_ANY,
		NAME_SHOWN },
	{ "source-policy", "Source address failed ingress/egress policy", 1, 5, NAME_SHOWN },
	{ "time-exceeded", "All time exceeded", 3, ICMP_ANY, NAME_SHOWN },
	{ "unreachable", "All unreachable", 1, ICMP_ANY, NAME_SHOWN },
};
const struct ace_names ace_icmpv6_types = TABLE(icmp_types);

static const struct ace_name mobility_types[] = {
	{ "bind-acknowledgement", "Binding acknowledgement", 6, 0, NAME_SHOWN },
	{ "bind-error", "Binding error", 7, 0, NAME_SHOWN },
	{ "bind-refresh", "Binding refresh request", 0, 0, NAME_SHOWN },
	{ "bind-update", "Binding update", 5, 0, NAME_SHOWN },
	{ "cot", "Care-of test", 4, 0, NAME_SHOWN },
	{ "coti", "Care-of test init", 2, 0, NAME_SHOWN },
	{ "hot", "Home test", 3, 0, NAME_SHOWN },
	{ "hoti", "Home test init", 1, 0, NAME_SHOWN },
};
const struct ace_names ace_mobility_types = TABLE(mobility_types);

/* Ports by number only. */
const struct ace_names ace_sctp_ports = { icmp_types, 0 };
