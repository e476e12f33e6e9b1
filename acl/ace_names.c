/*
 * ace_names.c - the tables of names: protocols, ports, ICMP and IGMP types, TCP flags, the values of
 * the header's fields, and the few fixed words.
 *
 * Constant data, in the order `?` lists it; free for every thread.
 *
 * The names that are displayed are those of classic IOS 15.x (12.4 too): drip is one, while
 * msrpc, onep-plain, onep-tls, ripv6 and the TCP word syslog came with later releases and are only
 * understood.  The same goes for igrp, which 12.2 had.  Protocol 4 and IGMP-carried DVMRP are
 * displayed by the words ipinip and dvmrp only when typed so; `ip` is not in the table because it
 * is every protocol.  References: IANA protocol numbers and service names, RFC
 * 792/950/1256/1393/1812 for ICMP, Cisco's command reference for which of them IOS names.
 */
#include "acl/ace_names.h"

#include "acl/acl.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define TABLE(rows)                                                                                \
	{                                                                                          \
		rows, COUNT(rows)                                                                  \
	}

static const struct ace_name actions[] = {
	{ "deny", "Specify packets to reject", ACTION_DENY, 0, NAME_SHOWN },
	{ "evaluate", "Evaluate an access list", ACTION_EVALUATE, 0, NAME_SHOWN },
	{ "permit", "Specify packets to forward", ACTION_PERMIT, 0, NAME_SHOWN },
	{ "remark", "Access list entry comment", ACTION_REMARK, 0, NAME_SHOWN },
};
const struct ace_names ace_actions = TABLE(actions);

static const struct ace_name protocols[] = {
	{ "ahp", "Authentication Header Protocol", 51, 0, NAME_SHOWN },
	{ "dvmrp", "dvmrp", 2, 0, NAME_OTHER },
	{ "eigrp", "Cisco's EIGRP routing protocol", 88, 0, NAME_SHOWN },
	{ "esp", "Encapsulation Security Payload", 50, 0, NAME_SHOWN },
	{ "gre", "Cisco's GRE tunneling", 47, 0, NAME_SHOWN },
	{ "icmp", "Internet Control Message Protocol", 1, 0, NAME_SHOWN },
	{ "igmp", "Internet Gateway Message Protocol", 2, 0, NAME_SHOWN },
	{ "igrp", "Cisco's IGRP routing protocol", 9, 0, NAME_ACCEPTED },
	{ "ipinip", "IP in IP tunneling", 4, 0, NAME_OTHER },
	{ "nos", "KA9Q NOS compatible IP over IP tunneling", 94, 0, NAME_SHOWN },
	{ "ospf", "OSPF routing protocol", 89, 0, NAME_SHOWN },
	{ "pcp", "Payload Compression Protocol", 108, 0, NAME_SHOWN },
	{ "pim", "Protocol Independent Multicast", 103, 0, NAME_SHOWN },
	{ "tcp", "Transmission Control Protocol", 6, 0, NAME_SHOWN },
	{ "udp", "User Datagram Protocol", 17, 0, NAME_SHOWN },
};
const struct ace_names ace_protocols = TABLE(protocols);

static const struct ace_name port_ops[] = {
	{ "eq", "Match only packets on a given port number", PORT_EQ, 0, NAME_SHOWN },
	{ "gt", "Match only packets with a greater port number", PORT_GT, 0, NAME_SHOWN },
	{ "lt", "Match only packets with a lower port number", PORT_LT, 0, NAME_SHOWN },
	{ "neq", "Match only packets not on a given port number", PORT_NEQ, 0, NAME_SHOWN },
	{ "range", "Match only packets in the range of port numbers", PORT_RANGE, 0, NAME_SHOWN },
};
const struct ace_names ace_port_ops = TABLE(port_ops);

static const struct ace_name tcp_ports[] = {
	{ "bgp", "Border Gateway Protocol (179)", 179, 0, NAME_SHOWN },
	{ "chargen", "Character generator (19)", 19, 0, NAME_SHOWN },
	{ "cmd", "Remote commands (rcmd, 514)", 514, 0, NAME_SHOWN },
	{ "daytime", "Daytime (13)", 13, 0, NAME_SHOWN },
	{ "discard", "Discard (9)", 9, 0, NAME_SHOWN },
	{ "domain", "Domain Name Service (53)", 53, 0, NAME_SHOWN },
	{ "drip", "Dynamic Routing Information Protocol (3949)", 3949, 0, NAME_SHOWN },
	{ "echo", "Echo (7)", 7, 0, NAME_SHOWN },
	{ "exec", "Exec (rsh, 512)", 512, 0, NAME_SHOWN },
	{ "finger", "Finger (79)", 79, 0, NAME_SHOWN },
	{ "ftp", "File Transfer Protocol (21)", 21, 0, NAME_SHOWN },
	{ "ftp-data", "FTP data connections (20)", 20, 0, NAME_SHOWN },
	{ "gopher", "Gopher (70)", 70, 0, NAME_SHOWN },
	{ "hostname", "NIC hostname server (101)", 101, 0, NAME_SHOWN },
	{ "ident", "Ident Protocol (113)", 113, 0, NAME_SHOWN },
	{ "irc", "Internet Relay Chat (194)", 194, 0, NAME_SHOWN },
	{ "klogin", "Kerberos login (543)", 543, 0, NAME_SHOWN },
	{ "kshell", "Kerberos shell (544)", 544, 0, NAME_SHOWN },
	{ "login", "Login (rlogin, 513)", 513, 0, NAME_SHOWN },
	{ "lpd", "Printer service (515)", 515, 0, NAME_SHOWN },
	{ "msrpc", "MS Remote Procedure Call (135)", 135, 0, NAME_ACCEPTED },
	{ "nntp", "Network News Transport Protocol (119)", 119, 0, NAME_SHOWN },
	{ "onep-plain", "Onep Cleartext (15001)", 15001, 0, NAME_ACCEPTED },
	{ "onep-tls", "Onep TLS (15002)", 15002, 0, NAME_ACCEPTED },
	{ "pim-auto-rp", "PIM Auto-RP (496)", 496, 0, NAME_SHOWN },
	{ "pop2", "Post Office Protocol v2 (109)", 109, 0, NAME_SHOWN },
	{ "pop3", "Post Office Protocol v3 (110)", 110, 0, NAME_SHOWN },
	{ "smtp", "Simple Mail Transport Protocol (25)", 25, 0, NAME_SHOWN },
	{ "sunrpc", "Sun Remote Procedure Call (111)", 111, 0, NAME_SHOWN },
	{ "syslog", "Syslog (514)", 514, 0, NAME_ACCEPTED },
	{ "tacacs", "TAC Access Control System (49)", 49, 0, NAME_SHOWN },
	{ "talk", "Talk (517)", 517, 0, NAME_SHOWN },
	{ "telnet", "Telnet (23)", 23, 0, NAME_SHOWN },
	{ "time", "Time (37)", 37, 0, NAME_SHOWN },
	{ "uucp", "Unix-to-Unix Copy Program (540)", 540, 0, NAME_SHOWN },
	{ "whois", "Nicname (43)", 43, 0, NAME_SHOWN },
	{ "www", "World Wide Web (HTTP, 80)", 80, 0, NAME_SHOWN },
};
const struct ace_names ace_tcp_ports = TABLE(tcp_ports);

#define ISAKMP_HELP(port) "Internet Security Association and Key Management Protocol (" port ")"
static const struct ace_name udp_ports[] = {
	{ "biff", "Biff (mail notification, comsat, 512)", 512, 0, NAME_SHOWN },
	{ "bootpc", "Bootstrap Protocol (BOOTP) client (68)", 68, 0, NAME_SHOWN },
	{ "bootps", "Bootstrap Protocol (BOOTP) server (67)", 67, 0, NAME_SHOWN },
	{ "discard", "Discard (9)", 9, 0, NAME_SHOWN },
	{ "dnsix", "DNSIX security protocol auditing (195)", 195, 0, NAME_SHOWN },
	{ "domain", "Domain Name Service (DNS, 53)", 53, 0, NAME_SHOWN },
	{ "echo", "Echo (7)", 7, 0, NAME_SHOWN },
	{ "isakmp", ISAKMP_HELP("500"), 500, 0, NAME_SHOWN },
	{ "mobile-ip", "Mobile IP registration (434)", 434, 0, NAME_SHOWN },
	{ "nameserver", "IEN116 name service (obsolete, 42)", 42, 0, NAME_SHOWN },
	{ "netbios-dgm", "NetBios datagram service (138)", 138, 0, NAME_SHOWN },
	{ "netbios-ns", "NetBios name service (137)", 137, 0, NAME_SHOWN },
	{ "netbios-ss", "NetBios session service (139)", 139, 0, NAME_SHOWN },
	{ "non500-isakmp", ISAKMP_HELP("4500"), 4500, 0, NAME_SHOWN },
	{ "ntp", "Network Time Protocol (123)", 123, 0, NAME_SHOWN },
	{ "pim-auto-rp", "PIM Auto-RP (496)", 496, 0, NAME_SHOWN },
	{ "rip", "Routing Information Protocol (router, in.routed, 520)", 520, 0, NAME_SHOWN },
	{ "ripv6", "Routing Information Protocol for IPv6 (521)", 521, 0, NAME_ACCEPTED },
	{ "snmp", "Simple Network Management Protocol (161)", 161, 0, NAME_SHOWN },
	{ "snmptrap", "SNMP Traps (162)", 162, 0, NAME_SHOWN },
	{ "sunrpc", "Sun Remote Procedure Call (111)", 111, 0, NAME_SHOWN },
	{ "syslog", "System Logger (514)", 514, 0, NAME_SHOWN },
	{ "tacacs", "TAC Access Control System (49)", 49, 0, NAME_SHOWN },
	{ "talk", "Talk (517)", 517, 0, NAME_SHOWN },
	{ "tftp", "Trivial File Transfer Protocol (69)", 69, 0, NAME_SHOWN },
	{ "time", "Time (37)", 37, 0, NAME_SHOWN },
	{ "who", "Who service (rwho, 513)", 513, 0, NAME_SHOWN },
	{ "xdmcp", "X Display Manager Control Protocol (177)", 177, 0, NAME_SHOWN },
};
const struct ace_names ace_udp_ports = TABLE(udp_ports);

static const struct ace_name icmp_types[] = {
	{ "administratively-prohibited", "Administratively prohibited", 3, 13, NAME_SHOWN },
	{ "alternate-address", "Alternate address", 6, ICMP_ANY, NAME_SHOWN },
	{ "conversion-error", "Datagram conversion", 31, ICMP_ANY, NAME_SHOWN },
	{ "dod-host-prohibited", "Host prohibited", 3, 10, NAME_SHOWN },
	{ "dod-net-prohibited", "Net prohibited", 3, 9, NAME_SHOWN },
	{ "echo", "Echo (ping)", 8, ICMP_ANY, NAME_SHOWN },
	{ "echo-reply", "Echo reply", 0, ICMP_ANY, NAME_SHOWN },
	{ "general-parameter-problem", "Parameter problem", 12, 0, NAME_SHOWN },
	{ "host-isolated", "Host isolated", 3, 8, NAME_SHOWN },
	{ "host-precedence-unreachable", "Host unreachable for precedence", 3, 14, NAME_SHOWN },
	{ "host-redirect", "Host redirect", 5, 1, NAME_SHOWN },
	{ "host-tos-redirect", "Host redirect for TOS", 5, 3, NAME_SHOWN },
	{ "host-tos-unreachable", "Host unreachable for TOS", 3, 12, NAME_SHOWN },
	{ "host-unknown", "Host unknown", 3, 7, NAME_SHOWN },
	{ "host-unreachable", "Host unreachable", 3, 1, NAME_SHOWN },
	{ "information-reply", "Information replies", 16, ICMP_ANY, NAME_SHOWN },
	{ "information-request", "Information requests", 15, ICMP_ANY, NAME_SHOWN },
	{ "mask-reply", "Mask replies", 18, ICMP_ANY, NAME_SHOWN },
	{ "mask-request", "Mask requests", 17, ICMP_ANY, NAME_SHOWN },
	{ "mobile-redirect", "Mobile host redirect", 32, ICMP_ANY, NAME_SHOWN },
	{ "net-redirect", "Network redirect", 5, 0, NAME_SHOWN },
	{ "net-tos-redirect", "Net redirect for TOS", 5, 2, NAME_SHOWN },
	{ "net-tos-unreachable", "Network unreachable for TOS", 3, 11, NAME_SHOWN },
	{ "net-unreachable", "Net unreachable", 3, 0, NAME_SHOWN },
	{ "network-unknown", "Network unknown", 3, 6, NAME_SHOWN },
	{ "no-room-for-option", "Parameter required but no room", 12, 2, NAME_SHOWN },
	{ "option-missing", "Parameter required but not present", 12, 1, NAME_SHOWN },
	{ "packet-too-big", "Fragmentation needed and DF set", 3, 4, NAME_SHOWN },
	{ "parameter-problem", "All parameter problems", 12, ICMP_ANY, NAME_SHOWN },
	{ "port-unreachable", "Port unreachable", 3, 3, NAME_SHOWN },
	{ "precedence-unreachable", "Precedence cutoff", 3, 15, NAME_SHOWN },
	{ "protocol-unreachable", "Protocol unreachable", 3, 2, NAME_SHOWN },
	{ "reassembly-timeout", "Reassembly timeout", 11, 1, NAME_SHOWN },
	{ "redirect", "All redirects", 5, ICMP_ANY, NAME_SHOWN },
	{ "router-advertisement", "Router discovery advertisements", 9, ICMP_ANY, NAME_SHOWN },
	{ "router-solicitation", "Router discovery solicitations", 10, ICMP_ANY, NAME_SHOWN },
	{ "source-quench", "Source quenches", 4, ICMP_ANY, NAME_SHOWN },
	{ "source-route-failed", "Source route failed", 3, 5, NAME_SHOWN },
	{ "time-exceeded", "All time exceededs", 11, ICMP_ANY, NAME_SHOWN },
	{ "timestamp-reply", "Timestamp replies", 14, ICMP_ANY, NAME_SHOWN },
	{ "timestamp-request", "Timestamp requests", 13, ICMP_ANY, NAME_SHOWN },
	{ "traceroute", "Traceroute", 30, ICMP_ANY, NAME_SHOWN },
	{ "ttl-exceeded", "TTL exceeded", 11, 0, NAME_SHOWN },
	{ "unreachable", "All unreachables", 3, ICMP_ANY, NAME_SHOWN },
};
const struct ace_names ace_icmp_types = TABLE(icmp_types);

/* The type on the wire; what IOS calls by other numbers is in ace_layer4.c. */
static const struct ace_name igmp_types[] = {
	{ "dvmrp", "Distance Vector Multicast Routing Protocol", 0x13, 0, NAME_SHOWN },
	{ "host-query", "IGMP Membership Query", 0x11, 0, NAME_SHOWN },
	{ "host-report", "IGMP Membership Report", 0x12, 0, NAME_SHOWN },
	{ "mtrace-resp", "Multicast Traceroute Response", 0x1e, 0, NAME_SHOWN },
	{ "mtrace-route", "Multicast Traceroute", 0x1f, 0, NAME_SHOWN },
	{ "pim", "Protocol Independent Multicast", 0x14, 0, NAME_SHOWN },
	{ "trace", "Multicast trace", 0x15, 0, NAME_SHOWN },
	{ "v1host-report", "IGMPv1 Membership Report", 0x12, 0, NAME_ACCEPTED },
	{ "v2host-report", "IGMPv2 Membership Report", 0x16, 0, NAME_SHOWN },
	{ "v2leave-group", "IGMPv2 Leave Group", 0x17, 0, NAME_SHOWN },
	{ "v3host-report", "IGMPv3 Membership Report", 0x22, 0, NAME_SHOWN },
};
const struct ace_names ace_igmp_types = TABLE(igmp_types);

static const struct ace_name tcp_flags[] = {
	{ "ack", "Match on the ACK bit", 16, 0, NAME_SHOWN },
	{ "fin", "Match on the FIN bit", 1, 0, NAME_SHOWN },
	{ "psh", "Match on the PSH bit", 8, 0, NAME_SHOWN },
	{ "rst", "Match on the RST bit", 4, 0, NAME_SHOWN },
	{ "syn", "Match on the SYN bit", 2, 0, NAME_SHOWN },
	{ "urg", "Match on the URG bit", 32, 0, NAME_SHOWN },
};
const struct ace_names ace_tcp_flags = TABLE(tcp_flags);

static const struct ace_name precedences[] = {
	{ "critical", "Match packets with critical precedence (5)", 5, 0, NAME_SHOWN },
	{ "flash", "Match packets with flash precedence (3)", 3, 0, NAME_SHOWN },
	{ "flash-override", "Match packets with flash override precedence (4)", 4, 0, NAME_SHOWN },
	{ "immediate", "Match packets with immediate precedence (2)", 2, 0, NAME_SHOWN },
	{ "internet", "Match packets with internetwork control precedence (6)", 6, 0, NAME_SHOWN },
	{ "network", "Match packets with network control precedence (7)", 7, 0, NAME_SHOWN },
	{ "priority", "Match packets with priority precedence (1)", 1, 0, NAME_SHOWN },
	{ "routine", "Match packets with routine precedence (0)", 0, 0, NAME_SHOWN },
};
const struct ace_names ace_precedences = TABLE(precedences);

static const struct ace_name tos_values[] = {
	{ "max-reliability", "Match packets with max reliable TOS (2)", 2, 0, NAME_SHOWN },
	{ "max-throughput", "Match packets with max throughput TOS (4)", 4, 0, NAME_SHOWN },
	{ "min-delay", "Match packets with min delay TOS (8)", 8, 0, NAME_SHOWN },
	{ "min-monetary-cost", "Match packets with min monetary cost TOS (1)", 1, 0, NAME_SHOWN },
	{ "normal", "Match packets with normal TOS (0)", 0, 0, NAME_SHOWN },
};
const struct ace_names ace_tos_values = TABLE(tos_values);

#define DSCP_HELP(name, bits) "Match packets with " name " dscp (" bits ")"
static const struct ace_name dscp_values[] = {
	{ "af11", DSCP_HELP("AF11", "001010"), 10, 0, NAME_SHOWN },
	{ "af12", DSCP_HELP("AF12", "001100"), 12, 0, NAME_SHOWN },
	{ "af13", DSCP_HELP("AF13", "001110"), 14, 0, NAME_SHOWN },
	{ "af21", DSCP_HELP("AF21", "010010"), 18, 0, NAME_SHOWN },
	{ "af22", DSCP_HELP("AF22", "010100"), 20, 0, NAME_SHOWN },
	{ "af23", DSCP_HELP("AF23", "010110"), 22, 0, NAME_SHOWN },
	{ "af31", DSCP_HELP("AF31", "011010"), 26, 0, NAME_SHOWN },
	{ "af32", DSCP_HELP("AF32", "011100"), 28, 0, NAME_SHOWN },
	{ "af33", DSCP_HELP("AF33", "011110"), 30, 0, NAME_SHOWN },
	{ "af41", DSCP_HELP("AF41", "100010"), 34, 0, NAME_SHOWN },
	{ "af42", DSCP_HELP("AF42", "100100"), 36, 0, NAME_SHOWN },
	{ "af43", DSCP_HELP("AF43", "100110"), 38, 0, NAME_SHOWN },
	{ "cs1", DSCP_HELP("CS1(precedence 1)", "001000"), 8, 0, NAME_SHOWN },
	{ "cs2", DSCP_HELP("CS2(precedence 2)", "010000"), 16, 0, NAME_SHOWN },
	{ "cs3", DSCP_HELP("CS3(precedence 3)", "011000"), 24, 0, NAME_SHOWN },
	{ "cs4", DSCP_HELP("CS4(precedence 4)", "100000"), 32, 0, NAME_SHOWN },
	{ "cs5", DSCP_HELP("CS5(precedence 5)", "101000"), 40, 0, NAME_SHOWN },
	{ "cs6", DSCP_HELP("CS6(precedence 6)", "110000"), 48, 0, NAME_SHOWN },
	{ "cs7", DSCP_HELP("CS7(precedence 7)", "111000"), 56, 0, NAME_SHOWN },
	{ "default", DSCP_HELP("default", "000000"), 0, 0, NAME_SHOWN },
	{ "ef", DSCP_HELP("EF", "101110"), 46, 0, NAME_SHOWN },
};
const struct ace_names ace_dscp_values = TABLE(dscp_values);

#define OPTION_HELP(name, number) "Match packets with " name " option (" number ")"
static const struct ace_name ip_options[] = {
	{ "add-ext", OPTION_HELP("Address Extension", "147"), 147, 0, NAME_SHOWN },
	{ "any-options", "Match packets with ANY option", OPTION_ANY, 0, NAME_SHOWN },
	{ "com-security", OPTION_HELP("Commercial Security", "134"), 134, 0, NAME_SHOWN },
	{ "dps", OPTION_HELP("Dynamic Packet State", "151"), 151, 0, NAME_SHOWN },
	{ "encode", OPTION_HELP("Encode", "15"), 15, 0, NAME_SHOWN },
	{ "eool", OPTION_HELP("End of Options", "0"), 0, 0, NAME_SHOWN },
	{ "ext-ip", OPTION_HELP("Extended IP", "145"), 145, 0, NAME_SHOWN },
	{ "ext-security", OPTION_HELP("Extended Security", "133"), 133, 0, NAME_SHOWN },
	{ "finn", OPTION_HELP("Experimental Flow Control", "205"), 205, 0, NAME_SHOWN },
	{ "imitd", OPTION_HELP("IMI Traffic Descriptor", "144"), 144, 0, NAME_SHOWN },
	{ "lsr", OPTION_HELP("Loose Source Route", "131"), 131, 0, NAME_SHOWN },
	{ "mtup", OPTION_HELP("MTU Probe", "11"), 11, 0, NAME_SHOWN },
	{ "mtur", OPTION_HELP("MTU Reply", "12"), 12, 0, NAME_SHOWN },
	{ "no-op", OPTION_HELP("No Operation", "1"), 1, 0, NAME_SHOWN },
	{ "nsapa", OPTION_HELP("NSAP Addresses", "150"), 150, 0, NAME_SHOWN },
	{ "record-route", OPTION_HELP("Record Route", "7"), 7, 0, NAME_SHOWN },
	{ "router-alert", OPTION_HELP("Router Alert", "148"), 148, 0, NAME_SHOWN },
	{ "sdb", OPTION_HELP("Selective Directed Broadcast", "149"), 149, 0, NAME_SHOWN },
	{ "security", OPTION_HELP("Basic Security", "130"), 130, 0, NAME_SHOWN },
	{ "ssr", OPTION_HELP("Strict Source Routing", "137"), 137, 0, NAME_SHOWN },
	{ "stream-id", OPTION_HELP("Stream ID", "136"), 136, 0, NAME_SHOWN },
	{ "timestamp", OPTION_HELP("Time Stamp", "68"), 68, 0, NAME_SHOWN },
	{ "traceroute", OPTION_HELP("Trace Route", "82"), 82, 0, NAME_SHOWN },
	{ "ump", OPTION_HELP("Upstream Multicast Packet", "152"), 152, 0, NAME_SHOWN },
	{ "visa", OPTION_HELP("Experimental Access Control", "142"), 142, 0, NAME_SHOWN },
	{ "zsu", OPTION_HELP("Experimental Measurement", "10"), 10, 0, NAME_SHOWN },
};
const struct ace_names ace_ip_options = TABLE(ip_options);

static const struct ace_name ttl_ops[] = {
	{ "eq", "Match only packets on a given TTL number", PORT_EQ, 0, NAME_SHOWN },
	{ "gt", "Match only packets with a greater TTL number", PORT_GT, 0, NAME_SHOWN },
	{ "lt", "Match only packets with a lower TTL number", PORT_LT, 0, NAME_SHOWN },
	{ "neq", "Match only packets not on a given TTL number", PORT_NEQ, 0, NAME_SHOWN },
	{ "range", "Match only packets in the range of TTLs", PORT_RANGE, 0, NAME_SHOWN },
};
const struct ace_names ace_ttl_ops = TABLE(ttl_ops);

const struct ace_name *
ace_name_shown(const struct ace_names *names, uint32_t value, int code)
{
	for (size_t i = 0; i < names->n; i++) {
		const struct ace_name *name = &names->v[i];

		if (name->value == value && name->code == code && name->use == NAME_SHOWN)
			return name;
	}
	return NULL;
}

const struct ace_name *
ace_name_other(const struct ace_names *names, uint32_t value)
{
	for (size_t i = 0; i < names->n; i++)
		if (names->v[i].value == value && names->v[i].use == NAME_OTHER)
			return &names->v[i];
	return NULL;
}

const struct ace_names *
ace_port_names(uint8_t proto)
{
	switch (proto) {
	case 6:
		return &ace_tcp_ports;
	case 17:
		return &ace_udp_ports;
	default:
		return NULL;
	}
}

const char *
acl_protocol_name(uint8_t proto)
{
	const struct ace_name *name = ace_name_shown(&ace_protocols, proto, 0);

	return name != NULL ? name->name : NULL;
}
