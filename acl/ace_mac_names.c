/*
 * ace_mac_names.c - the EtherTypes that IOS has names for.
 *
 * The numbers are those of the public lists of EtherTypes (IEEE registration authority, IANA "IEEE
 * 802 Numbers") and, where these only say "DEC", of what is known from DEC's own protocols.  xns-idp
 * is a name of older switches.  Constant data, in the order `?` lists it.
 */
#include "acl/ace_mac.h"

static const struct ace_name ethertypes[] = {
	{ "aarp", "AppleTalk address resolution (0x80F3)", 0x80f3, 0, NAME_SHOWN },
	{ "amber", "DEC Amber (0x6008)", 0x6008, 0, NAME_SHOWN },
	{ "appletalk", "AppleTalk over Ethernet (0x809B)", 0x809b, 0, NAME_SHOWN },
	{ "dec-spanning", "DEC spanning tree (0x8038)", 0x8038, 0, NAME_SHOWN },
	{ "decnet-iv", "DECnet Phase IV (0x6003)", 0x6003, 0, NAME_SHOWN },
	{ "diagnostic", "DEC diagnostics (0x6005)", 0x6005, 0, NAME_SHOWN },
	{ "dsm", "DEC DSM (0x8039)", 0x8039, 0, NAME_SHOWN },
	{ "etype-6000", "EtherType 0x6000", 0x6000, 0, NAME_SHOWN },
	{ "etype-8042", "EtherType 0x8042", 0x8042, 0, NAME_SHOWN },
	{ "lat", "DEC local area transport (0x6004)", 0x6004, 0, NAME_SHOWN },
	{ "lavc-sca", "DEC local area VAX clusters (0x6007)", 0x6007, 0, NAME_SHOWN },
	{ "mop-console", "DEC MOP remote console (0x6002)", 0x6002, 0, NAME_SHOWN },
	{ "mop-dump", "DEC MOP dump and load (0x6001)", 0x6001, 0, NAME_SHOWN },
	{ "msdos", "DEC MS-DOS (0x8041)", 0x8041, 0, NAME_SHOWN },
	{ "mumps", "DEC MUMPS (0x6009)", 0x6009, 0, NAME_SHOWN },
	{ "netbios", "DEC NetBIOS (0x8040)", 0x8040, 0, NAME_SHOWN },
	{ "vines-echo", "Banyan VINES echo (0x0BAF)", 0x0baf, 0, NAME_SHOWN },
	{ "vines-ip", "Banyan VINES (0x0BAD)", 0x0bad, 0, NAME_SHOWN },
	{ "xns-idp", "Xerox XNS datagrams (0x0600)", 0x0600, 0, NAME_ACCEPTED },
};
const struct ace_names ace_ethertypes = { ethertypes, sizeof(ethertypes) / sizeof(ethertypes[0]) };
